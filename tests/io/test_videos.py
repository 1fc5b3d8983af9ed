from datetime import datetime

import pytest

from sleepscorer.io.videos import offset_s, start_in_name, video_beside

START = datetime(2026, 3, 1, 22, 15, 30)


def test_that_only_a_video_of_the_same_name_is_taken(tmp_path):
    recording = tmp_path / "night.edf"
    for name in ("night.edf", "other.mp4", "night.txt", "night2.avi"):
        (tmp_path / name).touch()
    assert video_beside(recording) is None
    (tmp_path / "Night.MP4").touch()
    assert video_beside(recording) == tmp_path / "Night.MP4"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cam1_20260301-221530.mp4", START),
        ("2026-03-01 22.15.30.avi", START),
        ("2026-03-01T22-15-30.mkv", START),
        ("2026_03_01_22h15m30.mp4", START),
        ("20261301_221530.mp4", None),
        ("120260301221530.mp4", None),
        ("night.mp4", None),
        ("20260301.mp4", None),
    ],
)
def test_that_the_start_is_read_from_the_name(name, expected):
    assert start_in_name(name) == expected


@pytest.mark.parametrize(
    ("recording_start", "expected"),
    [
        (datetime(2026, 3, 1, 22, 15, 0), 30.0),
        (datetime(2026, 3, 1, 22, 20, 30), -300.0),
        (datetime(2026, 3, 3, 22, 15, 30), None),
        (datetime(2026, 2, 28, 22, 15, 30), None),
        (datetime(1985, 1, 1, 22, 15, 0), 30.0),
        (datetime(1985, 1, 1, 23, 15, 30), -3600.0),
        (datetime(1985, 1, 1), None),  # nothing is known
    ],
)
def test_that_the_video_of_another_night_has_no_place(recording_start, expected):
    assert offset_s(START, recording_start, 8 * 3600.0) == expected
