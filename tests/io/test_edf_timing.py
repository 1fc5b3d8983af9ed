"""When the records of a discontinuous file were taken."""

import time
from contextlib import closing

import numpy as np
import pytest

from sleepscorer.domain.errors import RecordingError
from sleepscorer.domain.recording import Stretch
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import Scoring
from sleepscorer.io.edf import open_edf
from sleepscorer.io.edf_scoring import write_scored_copy
from sleepscorer.io.edf_timing import timing_of

N_RECORDS = 1200
GRID = np.arange(N_RECORDS, dtype=float)


def stretches(onsets_s, record_s: float = 1.0) -> tuple[tuple[Stretch, ...], tuple[str, ...]]:
    timing = timing_of(np.array(onsets_s, float), record_s, "night.edf")
    return tuple(run.stretch for run in timing.runs), timing.notices


@pytest.mark.parametrize("record_s", [0.1, 1.0, 30.0])
@pytest.mark.parametrize("jitter", [0.003, 0.01, 0.05, 0.1])
@pytest.mark.parametrize("kind", ["even", "normal"])
def test_that_jitter_around_the_grid_is_no_gap(record_s, jitter, kind):
    chance = np.random.default_rng(1)
    shifts = chance.uniform(-jitter, jitter, N_RECORDS)
    if kind == "normal":
        shifts = np.clip(chance.normal(0, jitter / 3, N_RECORDS), -jitter, jitter)
    found, notices = stretches((GRID + shifts) * record_s, record_s)
    (stretch,) = found
    assert stretch.stop_s == pytest.approx(N_RECORDS * record_s, abs=jitter * record_s)
    assert notices == ()


@pytest.mark.parametrize("gap_s", [0.5, 2.0, 600.0])
@pytest.mark.parametrize("jitter", [0.0, 0.01, 0.04])
def test_that_a_pause_between_jittering_records_is_a_gap(gap_s, jitter):
    shifts = np.random.default_rng(2).uniform(-jitter, jitter, N_RECORDS)
    found, _ = stretches(GRID + shifts + np.where(GRID >= 700, gap_s, 0))
    first, second = found
    assert first.stop_s == pytest.approx(700, abs=2 * jitter + 1e-9)
    assert second.start_s == pytest.approx(700 + gap_s, abs=2 * jitter + 1e-9)


@pytest.mark.parametrize("gap_s", [0.01, 0.003])
def test_that_a_small_pause_is_seen_where_nothing_jitters(gap_s):
    found, _ = stretches(GRID + np.where(GRID >= 700, gap_s, 0))
    assert [stretch.start_s for stretch in found] == pytest.approx([0, 700 + gap_s])


@pytest.mark.parametrize("drift", [1e-4, -1e-4, 1e-3, 0.02, -0.05])
@pytest.mark.parametrize("jitter", [0.0, 0.01])
def test_that_drift_is_followed_and_said(drift, jitter):
    shifts = np.random.default_rng(3).uniform(-jitter, jitter, N_RECORDS)
    timing = timing_of(GRID * (1 + drift) + shifts, 1.0, "night.edf")
    (run,) = timing.runs
    np.testing.assert_allclose(run.onsets_s(1.0), GRID * (1 + drift), atol=0.02)
    (notice,) = timing.notices
    assert f"{abs(drift):.2%}"[:3] in notice
    assert ("slower" if drift > 0 else "faster") in notice


def test_that_drift_that_comes_and_goes_never_adds_up():
    wander = 3 * np.sin(GRID / N_RECORDS * 2 * np.pi)
    timing = timing_of(GRID + wander, 1.0, "night.edf")
    (run,) = timing.runs
    np.testing.assert_allclose(run.onsets_s(1.0), GRID + wander, atol=0.1)


@pytest.mark.parametrize("record", [1, 2, 600, N_RECORDS - 2, N_RECORDS - 1])
@pytest.mark.parametrize("damaged_s", [-1000.0, -0.7, np.nan])
def test_that_one_damaged_onset_is_put_where_its_neighbours_say(record, damaged_s):
    onsets_s = GRID.copy()
    onsets_s[record] += damaged_s
    check_pinned(onsets_s, record)


@pytest.mark.parametrize("record", [0, 1, 2, 600, N_RECORDS - 2])
@pytest.mark.parametrize("damaged_s", [0.7, 9.0, 90_000.0])
def test_that_one_onset_that_is_too_late_is_put_where_its_neighbours_say(record, damaged_s):
    onsets_s = GRID.copy()
    onsets_s[record] += damaged_s
    check_pinned(onsets_s, record)


def check_pinned(onsets_s, record: int) -> None:
    found, notices = stretches(onsets_s)
    assert found == (Stretch(0, N_RECORDS),)
    (notice,) = notices
    assert f"the onset of data record {record + 1} is damaged" in notice


def test_that_pauses_after_every_record_stay_pauses():
    found, notices = stretches(GRID * 10)
    assert len(found) == N_RECORDS
    assert found[7] == Stretch(70, 71)
    assert notices == ()


def test_that_short_stretches_between_pauses_keep_their_place():
    found, _ = stretches([0, 1, 2, 3, 20, 21, 40, 60, 61, 62, 63, 64])
    assert found == (Stretch(0, 4), Stretch(20, 22), Stretch(40, 41), Stretch(60, 65))


def test_that_a_clock_set_back_by_an_hour_is_recognised_and_said():
    found, notices = stretches(GRID - np.where(GRID >= 700, 3600, 0))
    assert found == (Stretch(0, N_RECORDS),)
    (notice,) = notices
    assert "at data record 701 the recorder's clock was set back by one hour" in notice


def test_that_a_pause_of_exactly_one_hour_may_be_summer_time():
    found, notices = stretches(GRID + np.where(GRID >= 700, 3600, 0))
    assert found == (Stretch(0, 700), Stretch(4300, N_RECORDS + 3600))
    assert "pauses for exactly one hour at data record 701" in notices[0]


@pytest.mark.parametrize("back_s", [1.0, 30.0, 7200.0])
def test_that_records_that_overlap_are_refused(back_s):
    with pytest.raises(RecordingError, match="data record 701 begins before the one before it"):
        stretches(GRID - np.where(GRID >= 700, back_s, 0))


def test_that_a_night_that_jitters_takes_seconds_at_most():
    n_records = 8 * 3600
    onsets_s = np.arange(n_records) + np.random.default_rng(4).uniform(-0.01, 0.01, n_records)
    begun = time.perf_counter()
    found, _ = stretches(onsets_s)
    assert len(found) == 1
    assert time.perf_counter() - begun < 5


# Through files


def tals(onsets_s) -> list[bytes]:
    return [f"+{onset_s:.6f}\x14\x14\x00".encode() for onset_s in onsets_s]


def test_that_samples_of_a_drifting_file_lie_at_their_times(write_edf_bytes, raw_signal, opened):
    onsets_s = np.arange(600) * 1.01
    digital = np.arange(6000)  # ten a second by the header, 9.9 by the clock
    path = write_edf_bytes([raw_signal(digital)], 600, tals(onsets_s), reserved="EDF+D")
    recording = opened(path)
    assert recording.duration_s == pytest.approx(606)
    values = recording.read(recording.channels[0], 0, 606) * 10  # the numbers stored
    expected = np.arange(values.size) / 1.01
    np.testing.assert_allclose(values, expected, atol=0.7)


def test_that_parts_of_a_drifting_file_equal_the_whole(write_edf_bytes, raw_signal, opened):
    onsets_s = np.arange(600) * 0.997
    path = write_edf_bytes([raw_signal(np.arange(6000))], 600, tals(onsets_s), reserved="EDF+D")
    recording = opened(path)
    (channel,) = recording.channels
    whole = recording.read(channel, 0, recording.duration_s)
    parts = [recording.read(channel, start_s, start_s + 30) for start_s in range(0, 600, 30)]
    np.testing.assert_array_equal(np.concatenate(parts), whole)
    assert np.isfinite(whole).all()


def test_that_annotations_after_a_clock_was_set_back_lie_where_their_record_is(
    write_edf_bytes, raw_signal, opened
):
    onsets_s = np.arange(600) - np.where(np.arange(600) >= 300, 3600, 0) + 4000
    keepers = tals(onsets_s)
    keepers[400] += b"+800.5\x14Arousal\x14\x00"
    path = write_edf_bytes([raw_signal(np.arange(6000))], 600, keepers, reserved="EDF+D")
    (annotation,) = opened(path).read_annotations()
    assert annotation.onset_s == pytest.approx(400.5)


@pytest.mark.parametrize("shape", ["jitter", "drift", "gap", "damaged"])
def test_that_a_copy_has_the_times_of_the_recording(
    write_edf_bytes, raw_signal, opened, tmp_path, shape
):
    onsets_s = np.arange(600.0)
    if shape == "jitter":
        onsets_s += np.random.default_rng(5).uniform(-0.01, 0.01, 600)
    elif shape == "drift":
        onsets_s *= 1.001
    elif shape == "gap":
        onsets_s[200:] += 100
    else:
        onsets_s[200] = 7
    onsets_s = onsets_s - onsets_s.min()
    path = write_edf_bytes([raw_signal(np.arange(6000))], 600, tals(onsets_s), reserved="EDF+D")
    recording = opened(path)
    scored = ScoredRecording.of(recording, Scoring(recording.n_epochs))
    write_scored_copy(tmp_path / "copy.edf", scored)
    copy = opened(tmp_path / "copy.edf")
    assert len(copy.stretches) == len(recording.stretches)
    np.testing.assert_allclose(
        copy.read(copy.channels[0], 0, 700), recording.read(recording.channels[0], 0, 700), atol=1
    )


def test_that_onsets_that_jitter_by_10_ms_are_one_stretch(sleepscorer_data):
    path = sleepscorer_data / "field-cases" / "J01-edf-d-onsets-jitter-10ms.edf"
    with closing(open_edf(path)) as recording:
        assert len(recording.stretches) == 1
