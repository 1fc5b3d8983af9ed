import os
import struct
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import h5py
import mne
import numpy as np
import pytest
import scipy.io

from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.errors import RecordingError
from sleepscorer.domain.recording import Recording, Stretch
from sleepscorer.io.recordings import open_recording

N_TIMES = 7000
SFREQ = 200.0


@pytest.fixture
def opened() -> Iterator[Callable[[Path], Recording]]:
    with ExitStack() as stack:
        yield lambda path: stack.enter_context(closing(open_recording(path)))


@pytest.fixture
def brainvision(tmp_path) -> Path:
    """A night of channels C4 (0.1 µV a step), EMG (1 mV a step) and SaO2 (%), counting up."""
    (tmp_path / "night.vhdr").write_text(
        """Brain Vision Data Exchange Header File Version 1.0
[Common Infos]
Codepage=UTF-8
DataFile=night.eeg
MarkerFile=night.vmrk
DataFormat=BINARY
DataOrientation=MULTIPLEXED
NumberOfChannels=3
SamplingInterval=5000
[Binary Infos]
BinaryFormat=INT_16
[Channel Infos]
Ch1=C4,,0.1,µV
Ch2=EMG,,1,mV
Ch3=M1,,0.1,µV
""",
        encoding="utf-8",
    )
    (tmp_path / "night.vmrk").write_text(
        """Brain Vision Data Exchange Marker File, Version 1.0
[Common Infos]
Codepage=UTF-8
DataFile=night.eeg
[Marker Infos]
Mk1=New Segment,,1,1,0,20260101223000250000
Mk2=Comment,Lights off,401,200,0
""",
        encoding="utf-8",
    )
    counting = np.arange(N_TIMES)
    samples = np.stack((counting, counting, np.full(N_TIMES, 10)), axis=1)
    (tmp_path / "night.eeg").write_bytes(samples.astype("<i2").tobytes())
    return tmp_path / "night.vhdr"


@pytest.fixture
def eeglab(tmp_path) -> Path:
    counting = np.arange(N_TIMES, dtype=np.float32)
    locations = np.array([("C3", "EEG"), ("EOG L", "EOG")], dtype=[("labels", "O"), ("type", "O")])
    events = np.array(
        [(201.0, "Lights off", 40.0)],
        dtype=[("latency", "O"), ("type", "O"), ("duration", "O")],
    )
    content = {
        "setname": "night",
        "nbchan": 2,
        "pnts": N_TIMES,
        "trials": 1,
        "srate": SFREQ,
        "xmin": 0.0,
        "xmax": (N_TIMES - 1) / SFREQ,
        "data": np.stack((counting, -counting)),
        "chanlocs": locations,
        "event": events,
        "urevent": [],
        "epoch": [],
        "icaweights": [],
        "icasphere": [],
        "icawinv": [],
        "icachansind": [],
        "ref": "common",
    }
    path = tmp_path / "night.set"
    scipy.io.savemat(path, {"EEG": content}, appendmat=False)
    return path


def fif(path: Path, *, acquisition: datetime | None = None, skipped: int = 0) -> Path:
    """Write channels EEG Fpz-Cz, respiration and stimulus that count up in µV."""
    info = mne.create_info(["EEG Fpz-Cz", "belt", "STI"], SFREQ, ["eeg", "resp", "stim"])
    info.set_meas_date(acquisition and acquisition.replace(tzinfo=UTC))
    counting = np.arange(N_TIMES) * 1e-6
    raw = mne.io.RawArray(np.stack([counting] * 3), info, first_samp=skipped, verbose="ERROR")
    raw.set_annotations(mne.Annotations([5.0], [2.0], ["Lights off"]))
    raw.save(path, verbose="ERROR")
    return path


def read_whole(path: Path) -> None:
    with closing(open_recording(path)) as recording:
        recording.read(recording.channels[0], 0, recording.duration_s)


def test_that_brainvision_is_read_in_microvolts_with_markers_and_start(brainvision, opened):
    recording = opened(brainvision)
    assert recording.start == datetime(2026, 1, 1, 22, 30, 0, 250_000)
    assert recording.stretches == (Stretch(0, N_TIMES / SFREQ),)
    assert [(one.label, one.kind.name, one.unit) for one in recording.channels] == [
        ("C4", "EEG", "µV"),
        ("EMG", "EMG", "µV"),
        ("M1", "EEG", "µV"),
    ]
    c4, emg, _ = recording.channels
    values = recording.read(c4, 1, 2)
    assert values.dtype == np.float32
    np.testing.assert_allclose(values, np.arange(200, 400) * 0.1, rtol=1e-6)
    np.testing.assert_allclose(recording.read(emg, 0, 0.02), [0, 1000, 2000, 3000], rtol=1e-6)
    assert recording.read_annotations() == (Annotation(2, 1, "Comment/Lights off"),)
    assert recording.notices == ()


def test_that_eeglab_is_read_in_microvolts_with_events(eeglab, opened):
    recording = opened(eeglab)
    assert recording.start is None
    assert recording.duration_s == N_TIMES / SFREQ
    assert [(one.label, one.kind.name) for one in recording.channels] == [
        ("C3", "EEG"),
        ("EOG L", "EOG"),
    ]
    values = recording.read(recording.channels[1], 1, 1.02)
    np.testing.assert_allclose(values, [-200, -201, -202, -203], rtol=1e-6)
    assert recording.read_annotations() == (Annotation(1, 0.2, "Lights off"),)


@pytest.mark.parametrize("name", ["night_raw.fif", "night.fif", "NIGHT.FIF"])
def test_that_fif_is_read_in_microvolts_under_any_name(tmp_path, opened, name):
    acquisition = datetime(2026, 1, 1, 22, 30)
    path = fif(tmp_path / "night_raw.fif", acquisition=acquisition).rename(tmp_path / name)
    recording = opened(path)
    assert recording.start == acquisition
    # What the label does not tell, the type of the channel does.
    assert [(one.kind.name, one.unit) for one in recording.channels] == [
        ("EEG", "µV"),
        ("RESPIRATION", ""),
        ("OTHER", ""),
    ]
    values = recording.read(recording.channels[0], 1, 1.02)
    np.testing.assert_allclose(values, [200, 201, 202, 203], rtol=1e-6)
    np.testing.assert_allclose(recording.read(recording.channels[1], 0.01, 0.015), [2e-6])
    assert recording.read_annotations() == (Annotation(5, 2, "Lights off"),)


@pytest.mark.parametrize(
    ("acquisition", "start"),
    [(datetime(2026, 1, 1, 22, 30), datetime(2026, 1, 1, 22, 30, 10)), (None, None)],
)
def test_that_the_start_is_that_of_the_first_sample_not_of_the_acquisition(
    tmp_path, opened, acquisition, start
):
    path = fif(tmp_path / "night_raw.fif", acquisition=acquisition, skipped=int(10 * SFREQ))
    recording = opened(path)
    assert recording.start == start
    assert recording.read(recording.channels[0], 0, 0.01).tolist() == pytest.approx([0, 1])
    assert recording.read_annotations() == (Annotation(5, 2, "Lights off"),)


def test_that_derivations_can_be_made(brainvision, opened):
    values = opened(brainvision).read_derivation(Derivation("C4", "M1"), 0, 0.02)
    np.testing.assert_allclose(values, [-1, -0.9, -0.8, -0.7], rtol=1e-6)


@pytest.mark.parametrize(
    ("start_s", "stop_s", "n_times"), [(-5, 0, 0), (-5, 0.01, 2), (34.99, 99, 2), (99, 100, 0)]
)
def test_that_parts_outside_the_recording_give_no_samples(
    brainvision, opened, start_s, stop_s, n_times
):
    recording = opened(brainvision)
    values = recording.read(recording.channels[0], start_s, stop_s)
    assert (values.size, values.dtype) == (n_times, np.float32)


@pytest.mark.parametrize("n_bytes_left", [0, 100, None])
def test_that_data_that_go_away_are_an_error(brainvision, opened, n_bytes_left):
    recording = opened(brainvision)
    data = brainvision.with_suffix(".eeg")
    if n_bytes_left is None:
        data.unlink()
    else:
        data.write_bytes(data.read_bytes()[:n_bytes_left])
    with pytest.raises(RecordingError, match=r"night\.vhdr can't be read any more at 5 s"):
        recording.read(recording.channels[0], 5, 6)


@pytest.mark.parametrize("suffix", [".vhdr", ".fif", ".set"])
@pytest.mark.parametrize("content", [b"", b"Dear colleague,\n" * 50, bytes(1000), b"\xff" * 1000])
def test_that_another_file_is_refused_by_name(tmp_path, suffix, content):
    path = tmp_path / f"letter{suffix}"
    path.write_bytes(content)
    with pytest.raises(RecordingError, match=rf"letter\{suffix} can't be read by MNE: .*[^.]\.$"):
        open_recording(path)


@pytest.mark.parametrize("n_bytes", [200, 5_000, 50_000])
def test_that_a_file_that_was_cut_is_refused(tmp_path, eeglab, n_bytes):
    for path in (eeglab, fif(tmp_path / "night_raw.fif")):
        path.write_bytes(path.read_bytes()[:n_bytes])
        with pytest.raises(RecordingError, match=rf"{path.name} can't be read"):
            read_whole(path)


def test_that_a_header_without_its_data_is_refused(brainvision):
    brainvision.with_suffix(".eeg").unlink()
    with pytest.raises(RecordingError, match=r"night\.vhdr can't be read by MNE"):
        open_recording(brainvision)


# Pauses


def with_markers(vhdr: Path, *markers: str) -> Path:
    head = "Brain Vision Data Exchange Marker File, Version 1.0\n[Common Infos]\nCodepage=UTF-8\n"
    lines = "".join(f"Mk{number}={text}\n" for number, text in enumerate(markers, start=1))
    vhdr.with_suffix(".vmrk").write_text(
        f"{head}DataFile=night.eeg\n[Marker Infos]\n{lines}", encoding="utf-8"
    )
    return vhdr


BEGUN = "New Segment,,1,1,0,20260101223000000000"


@pytest.mark.parametrize("pause_s", [0.5, 2, 600])
def test_that_a_pause_of_brainvision_is_a_gap(brainvision, opened, pause_s):
    stamp = f"{datetime(2026, 1, 1, 22, 30, 10) + timedelta(seconds=pause_s):%Y%m%d%H%M%S%f}"
    path = with_markers(
        brainvision, BEGUN, f"New Segment,,2001,1,0,{stamp}", "Comment,Arousal,2401,0,0"
    )
    recording = opened(path)
    assert recording.stretches == (Stretch(0, 10), Stretch(10 + pause_s, 35 + pause_s))
    assert recording.duration_s == 35 + pause_s
    channel = recording.channels[0]
    values = recording.read(channel, 9.99, 10.01 + pause_s)
    assert values[:2] == pytest.approx([199.8, 199.9])
    assert np.isnan(values[2:-2]).all()
    assert values[-2:] == pytest.approx([200, 200.1])
    assert recording.read_annotations()[-1].onset_s == pytest.approx(12 + pause_s)


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ("New Segment,,2001,1,0,20260101223010002000", None),  # clocks differ by milliseconds
        ("New Segment,,2001,1,0", "does not say for how long"),
        ("New Segment,,2001,1,0,00000000000000000000", "does not say for how long"),
        ("New Segment,,2001,1,0,20260101213010000000", "was set back by 3600 s"),
        ("New Segment,,2001,1,0,20260101233010000000", "pauses for exactly one hour"),
    ],
)
def test_that_what_a_second_segment_leaves_open_is_said(brainvision, opened, second, said):
    recording = opened(with_markers(brainvision, BEGUN, second))
    assert len(recording.notices) == (said is not None)
    assert said is None or said in recording.notices[0]


def test_that_what_a_fif_file_skips_is_a_gap(tmp_path, opened):
    path = fif(tmp_path / "night_raw.fif", acquisition=datetime(2026, 1, 1, 22, 30))
    raw = mne.io.read_raw_fif(path, preload=True, verbose="ERROR")
    raw.set_annotations(mne.Annotations([10.0, 20.0], [5.0, 0.0], ["BAD_ACQ_SKIP", "Arousal"]))
    raw.save(tmp_path / "skipping_raw.fif", verbose="ERROR")
    recording = opened(tmp_path / "skipping_raw.fif")
    assert recording.stretches == (Stretch(0, 10), Stretch(15, 35))
    values = recording.read(recording.channels[0], 9, 16)
    assert np.flatnonzero(np.isnan(values)).tolist() == list(range(200, 1200))
    assert [one.description for one in recording.read_annotations()] == ["Arousal"]


# Renamed files, and what other programs leave behind


@pytest.mark.parametrize("name", ["other", "nächte"])
def test_that_renamed_brainvision_files_find_each_other(brainvision, opened, name):
    for suffix in (".vhdr", ".eeg", ".vmrk"):
        brainvision.with_suffix(suffix).rename(brainvision.with_name(f"{name}{suffix}"))
    recording = opened(brainvision.with_name(f"{name}.vhdr"))
    assert recording.path.name == f"{name}.vhdr"
    assert recording.read(recording.channels[0], 0, 0.01) == pytest.approx([0, 0.1])
    assert recording.read_annotations() != ()
    assert f"names night.eeg, which is not there; {name}.eeg was taken" in recording.notices[0]


def test_that_renamed_files_of_no_common_name_are_said(brainvision):
    brainvision.with_suffix(".eeg").rename(brainvision.with_name("elsewhere.eeg"))
    with pytest.raises(RecordingError, match=r"the file night\.eeg that it names is not beside it"):
        open_recording(brainvision)


@pytest.mark.parametrize("suffix", [".eeg", ".vhdr", ".vmrk"])
def test_that_brainvision_files_that_change_while_open_are_said(brainvision, opened, suffix):
    recording = opened(brainvision)
    content = brainvision.with_suffix(suffix).read_bytes()
    brainvision.with_suffix(suffix).write_bytes(content[:-2] + b"XX")
    with pytest.raises(RecordingError, match=rf"night\{suffix} was overwritten"):
        recording.check_on_disk()


def test_that_a_crash_of_the_parser_is_a_sentence(sleepscorer_data):
    with pytest.raises(RecordingError, match=r"crash\.set (is damaged|can't be read)"):
        open_recording(sleepscorer_data / "fault-cases" / "crash.set")


def test_that_an_empty_chaninfo_opens(sleepscorer_data, opened):
    recording = opened(sleepscorer_data / "field-cases" / "K02-eeglab-empty-chaninfo.set")
    assert recording.channels
    assert np.isfinite(recording.read(recording.channels[0], 0, 1)).all()


def test_that_a_file_of_matlab_7_3_opens(sleepscorer_data, opened):
    recording = opened(sleepscorer_data / "field-cases" / "K03-eeglab-matlab-7.3.set")
    assert recording.channels
    assert np.isfinite(recording.read(recording.channels[0], 0, 1)).all()


@pytest.mark.parametrize("n_channels", [1, 2, 5])
def test_that_a_file_of_matlab_7_3_is_read_channel_by_channel(tmp_path, opened, n_channels):
    # Such a file is HDF5, with the axes of arrays in the order of Fortran.
    data = np.arange(N_TIMES)[:, None] + 10_000.0 * np.arange(n_channels)
    fields = {"nbchan": n_channels, "pnts": N_TIMES, "trials": 1, "srate": SFREQ, "xmin": 0.0}
    path = tmp_path / "night.set"
    with h5py.File(path, "w", userblock_size=512) as file:
        group = file.create_group("EEG")
        group["data"] = data.astype(np.float32)
        for name, value in (fields | {"xmax": (N_TIMES - 1) / SFREQ}).items():
            group[name] = np.array([[float(value)]])
    with path.open("rb+") as raw:
        raw.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64".ljust(124) + b"\x00\x02IM")
    recording = opened(path)
    assert len(recording.channels) == n_channels
    for index, channel in enumerate(recording.channels):
        values = recording.read(channel, 0, 0.02)
        assert values == pytest.approx(10_000 * index + np.arange(4))


def test_that_damage_that_mne_sees_only_when_asked_is_a_sentence(tmp_path):
    path = fif(tmp_path / "night_raw.fif")
    content = bytearray(path.read_bytes())
    about_channel = struct.pack(">iii", 203, 30, 96)  # tag, type and size
    kind_at = content.index(about_channel) + 16 + 8
    content[kind_at : kind_at + 4] = b"    "
    path.write_bytes(content)
    with pytest.raises(RecordingError, match=r"night_raw\.fif can't be read by MNE: Unknown chan"):
        open_recording(path)
    path.unlink()  # and none of its files is held open, which Windows would not allow


@pytest.mark.parametrize("suffix", [".vhdr", ".fif", ".set"])
def test_that_an_error_of_mne_is_one_line(tmp_path, suffix):
    path = tmp_path / f"letter{suffix}"
    path.write_bytes(b"[Common Infos]\nDear colleague,\n" * 50)
    with pytest.raises(RecordingError) as raised:
        open_recording(path)
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 400


def test_that_two_segments_at_one_place_open_whether_or_not_they_have_a_clock(brainvision, opened):
    recording = opened(with_markers(brainvision, "New Segment,,1,1,0", BEGUN, BEGUN))
    assert len(recording.stretches) == 1


def test_that_values_beyond_all_measure_are_missing_and_not_infinite(brainvision, opened):
    header = brainvision.read_text(encoding="utf-8").replace("C4,,0.1", "C4,,1e99")
    brainvision.write_text(header, encoding="utf-8")
    recording = opened(brainvision)
    damaged, whole = (recording.read(one, 0.0, 2.0) for one in recording.channels[:2])
    assert not np.isinf(damaged).any()
    assert np.isnan(damaged[1:]).all()
    assert np.isfinite(whole).all()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
@pytest.mark.parametrize("suffix", [".vhdr", ".vmrk", ".eeg"])
def test_that_a_pipe_in_the_place_of_a_file_is_refused(brainvision, suffix):
    pipe = brainvision.with_suffix(suffix)
    pipe.unlink()
    os.mkfifo(pipe)
    with pytest.raises(RecordingError, match=rf"night\{suffix}"):
        open_recording(brainvision)


def test_that_what_mne_says_on_several_lines_is_one_sentence(brainvision, monkeypatch):
    def fail(*_, **__):
        raise AttributeError("'NoneType' object has no attribute 'get'\n  in a header\n")

    monkeypatch.setattr(mne.io, "read_raw_brainvision", fail)
    with pytest.raises(RecordingError) as caught:
        open_recording(brainvision)
    assert str(caught.value).endswith("has no attribute 'get' in a header.")
