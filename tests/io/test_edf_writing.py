from dataclasses import dataclass
from datetime import datetime, timedelta

import edfio
import mne
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.errors import ScoringError
from sleepscorer.io.edf import open_edf, read_edf_annotations
from sleepscorer.io.edf_writing import (
    recording_additional_words,
    write_annotation_file,
    write_edf,
)

START = datetime(2026, 1, 1, 22, 30)


@dataclass(frozen=True)
class Signal:
    label: str
    unit: str
    sfreq: float
    samples: np.ndarray
    physical_range: tuple[float, float] | None = None


def noise(n_times, size, seed=0):
    return (size * np.random.default_rng(seed).standard_normal(n_times)).astype(np.float32)


EEG = Signal("EEG C4-M1", "µV", 100.0, noise(1000, 40), (-655.36, 655.34))
ECG = Signal("ECG", "mV", 125.0, noise(1250, 0.5, 1), (-6.5536, 6.5534))
SPO2 = Signal("SpO2", "%", 1.0, np.linspace(90, 99, 10, dtype=np.float32))
SIGNALS = (EEG, ECG, SPO2)
UV_PER_UNIT = {"µV": 1, "mV": 1000}


def half_step(signal):
    low, high = signal.physical_range or (signal.samples.min(), signal.samples.max())
    # A hair more than half, because samples are read in single precision.
    return 0.501 * (high - low) / 65535


@pytest.fixture
def path(tmp_path):
    return tmp_path / "night.edf"


def written(path, **keywords):
    write_edf(path, SIGNALS, start=START, **keywords)
    return path


def test_that_signals_are_read_back_within_half_a_step(path):
    recording = open_edf(written(path))
    try:
        assert recording.start == START
        assert recording.duration_s == 10
        assert recording.notices == ()
        for signal, channel in zip(SIGNALS, recording.channels, strict=True):
            assert (channel.label, channel.sfreq) == (signal.label, signal.sfreq)
            assert channel.unit == ("µV" if signal.unit in UV_PER_UNIT else signal.unit)
            scale = UV_PER_UNIT.get(signal.unit, 1)
            values = recording.read(channel, 0, 10)
            assert np.abs(values - signal.samples * scale).max() <= half_step(signal) * scale
    finally:
        recording.close()


def test_that_edfio_and_mne_read_the_same_file(path):
    annotations = [Annotation(2.5, 3.0, "Hypopnea", "SpO2"), Annotation(4.0, 0.0, "Lights off")]
    edf = edfio.read_edf(written(path, annotations=annotations), lazy_load_data=False)
    assert edf.startdatetime == START
    assert edf.reserved == "EDF+C"
    assert [signal.physical_dimension for signal in edf.signals] == ["uV", "mV", "%"]
    for signal, stored in zip(SIGNALS, edf.signals, strict=True):
        assert np.abs(stored.data - signal.samples).max() <= half_step(signal)
    assert [tuple(annotation) for annotation in edf.annotations] == [
        (2.5, 3.0, "Hypopnea@@SpO2"),
        (4.0, None, "Lights off"),
    ]

    raw = mne.io.read_raw_edf(path, include=["EEG C4-M1"], verbose="ERROR")
    assert np.abs(raw.get_data(units="uV")[0] - EEG.samples).max() <= half_step(EEG)
    assert raw.info["meas_date"].replace(tzinfo=None) == START
    assert list(raw.annotations.onset) == [2.5, 4.0]


def test_that_samples_at_the_limits_of_the_range_are_written(path):
    low, high = EEG.physical_range
    samples = np.clip(noise(1000, 2000), low, high)
    write_edf(path, [Signal("C4", "uV", 100.0, samples, (low, high))], start=START)
    stored = edfio.read_edf(path, lazy_load_data=False).signals[0]
    assert stored.digital.min() == -32768
    assert stored.digital.max() == 32767


def test_that_annotations_are_read_back_with_their_channels(path):
    annotations = (
        Annotation(0.0, 30.0, "Sleep stage W"),
        Annotation(1.25, 0.0, "Lights off", "EEG C4-M1"),
        Annotation(7.123456, 2.5, "Ronchopathie – größer 3 µV"),
    )
    recording = open_edf(written(path, annotations=annotations))
    assert recording.read_annotations() == annotations
    recording.close()


def test_that_a_start_between_two_seconds_is_kept(path):
    start = START + timedelta(microseconds=123456)
    annotation = Annotation(1.5, 0.0, "here")
    write_edf(path, SIGNALS, start=start, annotations=[annotation])
    recording = open_edf(path)
    assert recording.start == start
    (read,) = recording.read_annotations()
    assert read.onset_s == pytest.approx(1.5, abs=1e-9)
    recording.close()
    write_annotation_file(path, [annotation], start=start)
    assert edfio.read_edf(path).startdatetime == start
    (read,) = read_edf_annotations(path)
    assert read.onset_s == pytest.approx(1.5, abs=1e-9)


def test_that_an_unknown_start_is_written_as_unknown(path):
    write_edf(path, SIGNALS, start=None)
    with pytest.raises(edfio.AnonymizedDateError):
        edfio.read_edf(path).startdate  # noqa: B018


def test_that_an_annotation_file_has_one_record_without_duration(path):
    annotations = tuple(Annotation(30.0 * epoch, 30.0, "Sleep stage N2") for epoch in range(960))
    write_annotation_file(path, annotations, start=START)
    edf = edfio.read_edf(path)
    assert (edf.num_signals, edf.num_data_records, edf.data_record_duration) == (0, 1, 0)
    assert edf.reserved == "EDF+C"
    assert edf.startdatetime == START
    assert read_edf_annotations(path) == annotations
    assert len(mne.read_annotations(path)) == 960


@given(
    st.lists(
        st.builds(
            Annotation,
            st.integers(0, 36_000_000).map(lambda ms: ms / 1000),
            st.integers(0, 600_000).map(lambda ms: ms / 1000),
            st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="@")),
            st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_that_any_annotations_are_read_back(tmp_path_factory, annotations):
    path = tmp_path_factory.mktemp("annotations") / "any.edf"
    write_annotation_file(path, annotations, start=START)
    assert sorted(read_edf_annotations(path)) == sorted(annotations)


def test_that_control_characters_become_blanks(path):
    write_annotation_file(path, [Annotation(0, 0, "a\nb\x14c\x00d")], start=START)
    assert read_edf_annotations(path)[0].description == "a b c d"


def test_that_what_is_no_letter_is_written_as_one_that_says_so(path):
    write_annotation_file(path, [Annotation(0, 0, "M\udcfcller")], start=START)
    assert read_edf_annotations(path)[0].description == "M�ller"


@pytest.mark.parametrize(
    ("annotation", "reason"),
    [
        (Annotation(0, 0, ""), "has no text"),
        (Annotation(0, 0, "arousal@@C4"), "“@”"),
        (Annotation(0, 0, "me@", "C4"), "“@”"),
        (Annotation(float("nan"), 0, "when?"), "impossible time"),
        (Annotation(0, -1, "backwards"), "impossible time"),
        (Annotation(0, float("inf"), "for ever"), "impossible time"),
    ],
)
def test_that_an_annotation_edf_can_not_hold_is_named(path, annotation, reason):
    with pytest.raises(ScoringError, match=reason) as raised:
        write_annotation_file(path, [annotation], start=START)
    assert path.name in str(raised.value)
    assert not path.exists()


@pytest.mark.parametrize(
    ("signals", "reason"),
    [
        ([], "no signals"),
        ([Signal("a label of 17 let", "uV", 100.0, noise(100, 1))], "a label of 17 let"),
        ([Signal("C4", "uV", 100.0, np.array([0, np.nan], np.float32))], "finite"),
        ([Signal("C4", "uV", 100.0, np.array([], np.float32))], "C4"),
        ([Signal("C4", "uV", 100.0, noise(100, 9), (-1, 1))], "out of physical range"),
        ([EEG, Signal("SpO2", "%", 1.0, np.ones(9, np.float32))], "durations"),
    ],
)
def test_that_signals_edf_can_not_hold_are_refused_with_the_reason(path, signals, reason):
    with pytest.raises(ScoringError, match=reason) as raised:
        write_edf(path, signals, start=START)
    assert path.name in str(raised.value)
    assert not path.exists()


def test_that_an_annotation_file_without_annotations_is_refused(path):
    with pytest.raises(ScoringError, match="no annotations"):
        write_annotation_file(path, [], start=START)


@pytest.mark.parametrize("year", [1984, 2085])
def test_that_a_year_outside_of_edf_is_refused(path, year):
    with pytest.raises(ScoringError, match=str(year)):
        write_edf(path, SIGNALS, start=datetime(year, 1, 1))


def test_that_the_patient_and_additional_words_are_in_the_header(path):
    written(path, patient_code="P 7", patient_name="Zoë Müller", recording_additional=("A", "B"))
    edf = edfio.read_edf(path)
    assert (edf.patient.code, edf.patient.name) == ("P_7", "Zoe_Muller")
    assert edf.recording.additional == ("A", "B")
    assert recording_additional_words(path) == ("A", "B")
    with pytest.raises(ScoringError, match="maximum field length"):
        written(path, patient_name="x" * 80)


def test_that_an_anonymous_recording_names_nobody(path):
    edf = edfio.read_edf(written(path))
    assert edf.local_patient_identification == "X X X X"
    assert recording_additional_words(path) == ()


@pytest.mark.parametrize("n_bytes", [0, 100, 3000])
def test_that_interrupted_writing_leaves_the_old_file(path, full_disk, n_bytes):
    path.write_bytes(b"old")
    with full_disk(n_bytes), pytest.raises(ScoringError, match="File too large"):
        written(path)
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]


def test_that_a_missing_folder_is_an_error_with_the_path(tmp_path):
    with pytest.raises(ScoringError, match="missing"):
        written(tmp_path / "missing" / "night.edf")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"0       ",
        b"\xffBIOSEMI" + b"Startdate X X X X SIMULATED".rjust(107).ljust(400),
        b"0       " + b"".ljust(80) + b"a b c d e SIMULATED".ljust(168),
        bytes(range(256)),
    ],
)
def test_that_other_files_have_no_additional_words(path, content):
    path.write_bytes(content)
    assert recording_additional_words(path) == ()


def test_that_what_is_no_readable_file_has_no_additional_words(tmp_path, monkeypatch):
    assert recording_additional_words(tmp_path) == ()
    assert recording_additional_words(tmp_path / "missing.edf") == ()
    path = written(tmp_path / "night.edf", recording_additional=("A",))

    def refuse(*_arguments):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", refuse)
    assert recording_additional_words(path) == ()
