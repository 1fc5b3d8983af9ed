"""What is read from real files, against what edfio, pyEDFlib and MNE read from them."""

import warnings
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import edfio
import mne
import numpy as np
import pyedflib
import pytest

from sleepscorer.domain.errors import RecordingError
from sleepscorer.io.edf import EdfRecording, open_edf, read_edf_annotations

RECORDINGS = (
    "continuous/SC4001-first5min.edf",
    "continuous/dynamo-segment1.edf",
    "odd-files/edf-jl/bdf_test.bdf",
    "odd-files/edf-jl/bdf_test.edf",
    "odd-files/edf-jl/evt.bdf",
    "odd-files/edf-jl/test.edf",
    "odd-files/edf-jl/test_uneven_samp.edf",
    "odd-files/edfio/mne_test.bdf",
    "odd-files/edfio/mne_test.edf",
    "odd-files/edfio/short_psg.bdf",
    "odd-files/edfio/test_subsecond.bdf",
    "odd-files/edfio/test_subsecond.edf",
    "odd-files/edfize/simulated-01.edf",
    "odd-files/edfjs/sample.edf",
)
ANNOTATIONS_ALONE = (
    "annotations/HMC-SN001-sleepscoring.edf",
    "continuous/SC4001EC-Hypnogram.edf",
    "continuous/dynamo-segment1-hypnogram.edf",
    "odd-files/edfio/SC4001EC-Hypnogram.bdf",
)
WITHOUT_SAMPLES = ("odd-files/edfize/invalid-date.edf", "odd-files/edfize/zero-data-records.edf")
# It refuses ":" in times and a date that is none.
NOT_FOR_PYEDFLIB = ("odd-files/edf-jl/bdf_test.edf", "odd-files/edf-jl/test_uneven_samp.edf")
INVALID_DATE = ("odd-files/edf-jl/test_uneven_samp.edf",)
ANONYMOUS_DATE = (
    "annotations/HMC-SN001-sleepscoring.edf",
    "continuous/dynamo-segment1-hypnogram.edf",
    "continuous/dynamo-segment1.edf",
)
# It reads the fraction .3945312 as .0394531.
SUBSECOND = ("odd-files/edfio/test_subsecond.bdf", "odd-files/edfio/test_subsecond.edf")
IN_UV = {"V": 1e6, "mV": 1e3, "uV": 1}


@pytest.fixture(autouse=True)
def _warnings_of_the_other_readers_do_not_matter() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@pytest.fixture
def night(request, sleepscorer_data) -> Iterator[EdfRecording]:
    with closing(open_edf(sleepscorer_data / request.param)) as recording:
        yield recording


def read_with_edfio(path: Path) -> Any:
    return edfio.read_bdf(path) if path.suffix == ".bdf" else edfio.read_edf(path)


def read_with_mne(path: Path) -> Any:
    read = mne.io.read_raw_bdf if path.suffix == ".bdf" else mne.io.read_raw_edf
    # As EEG, or MNE would give a channel of markers another scale.
    return read(path, stim_channel=None, verbose="ERROR")


def assert_same_values(values: np.ndarray, expected: np.ndarray, step: float) -> None:
    """Compare within a tenth of the quantisation step, or of single precision where coarser."""
    assert values.shape == expected.shape
    largest = np.abs(expected).max(initial=0)
    tolerance = max(0.1 * abs(step), 2 * np.finfo(np.float32).eps * largest)
    np.testing.assert_allclose(values, expected, rtol=0, atol=tolerance)


def test_that_every_file_of_the_collection_is_named_here(sleepscorer_data):
    found = {
        str(path.relative_to(sleepscorer_data).as_posix())
        for path in sleepscorer_data.rglob("*")
        if path.suffix.casefold() in (".edf", ".bdf")
        and "field-cases" not in path.parts  # made for the tests that name them
    }
    assert found == {*RECORDINGS, *ANNOTATIONS_ALONE, *WITHOUT_SAMPLES}


@pytest.mark.parametrize("night", RECORDINGS, indirect=True)
def test_that_samples_are_those_that_edfio_reads(night):
    edf = read_with_edfio(night.path)
    assert [channel.label for channel in night.channels] == list(edf.labels)
    for channel, signal in zip(night.channels, edf.signals, strict=True):
        in_uv = IN_UV.get(signal.physical_dimension, 1)
        step = (signal.physical_max - signal.physical_min) / (
            signal.digital_max - signal.digital_min
        )
        assert channel.sfreq == pytest.approx(signal.sampling_frequency)
        values = night.read(channel, 0, night.duration_s)
        assert_same_values(values, signal.data * in_uv, step * in_uv)


@pytest.mark.parametrize(
    "night", [name for name in RECORDINGS if name not in NOT_FOR_PYEDFLIB], indirect=True
)
def test_that_samples_and_start_are_those_that_pyedflib_reads(night, request):
    with closing(pyedflib.EdfReader(str(night.path))) as reader:
        assert [channel.label for channel in night.channels] == reader.getSignalLabels()
        for index, channel in enumerate(night.channels):
            header = reader.getSignalHeader(index)
            in_uv = IN_UV.get(header["dimension"], 1)
            step = (header["physical_max"] - header["physical_min"]) / (
                header["digital_max"] - header["digital_min"]
            )
            assert channel.sfreq == pytest.approx(header["sample_frequency"])
            values = night.read(channel, 0, night.duration_s)
            assert_same_values(values, reader.readSignal(index) * in_uv, step * in_uv)
        if request.node.callspec.params["night"] not in SUBSECOND:
            assert night.start == reader.getStartdatetime()


@pytest.mark.parametrize("night", RECORDINGS, indirect=True)
def test_that_samples_and_start_are_those_that_mne_reads(night):
    raw = read_with_mne(night.path)
    # MNE resamples the slower channels: there is nothing to compare those with.
    fastest = [channel for channel in night.channels if channel.sfreq == raw.info["sfreq"]]
    assert fastest
    for channel in fastest:
        # Voltages come in volts, everything else as it is stored.
        expected = raw.get_data([channel.index])[0] * (1e6 if channel.unit == "µV" else 1)
        values = night.read(channel, 0, night.duration_s)
        assert_same_values(values, expected, np.ptp(expected) / 2**16)
    date = raw.info["meas_date"]
    start = night.start and night.start.replace(microsecond=0)
    assert start == (date and date.replace(tzinfo=None))


@pytest.mark.parametrize(
    "night",
    [name for name in RECORDINGS if name not in INVALID_DATE + ANONYMOUS_DATE],
    indirect=True,
)
def test_that_the_start_is_the_one_that_edfio_reads(night):
    edf = read_with_edfio(night.path)
    assert (night.start.date(), night.start.time()) == (edf.startdate, edf.starttime)


@pytest.mark.parametrize("name", RECORDINGS + ANNOTATIONS_ALONE)
def test_that_annotations_are_those_that_edfio_reads(sleepscorer_data, name):
    found = read_edf_annotations(sleepscorer_data / name)
    edf = read_with_edfio(sleepscorer_data / name)
    expected = sorted(edf.annotations, key=lambda one: one.onset)
    assert [one.onset_s for one in found] == pytest.approx([one.onset for one in expected])
    assert [one.duration_s for one in found] == [one.duration or 0 for one in expected]
    texts = [f"{one.description}@@{one.channel}".removesuffix("@@") for one in found]
    assert texts == [one.text for one in expected]


@pytest.mark.parametrize(
    "name", [name for name in RECORDINGS + ANNOTATIONS_ALONE if name not in NOT_FOR_PYEDFLIB]
)
def test_that_annotations_are_those_that_pyedflib_reads(sleepscorer_data, name):
    found = read_edf_annotations(sleepscorer_data / name)
    with closing(pyedflib.EdfReader(str(sleepscorer_data / name))) as reader:
        onsets_s, durations_s, texts = reader.readAnnotations()
    assert [one.onset_s for one in found] == pytest.approx(sorted(onsets_s), abs=1e-6)
    expected = sorted(zip(onsets_s, np.maximum(durations_s, 0), texts, strict=True))
    assert sorted((one.duration_s, one.description) for one in found) == sorted(
        (duration_s, text.partition("@@")[0]) for _, duration_s, text in expected
    )


@pytest.mark.parametrize("name", RECORDINGS + ANNOTATIONS_ALONE)
def test_that_annotations_are_those_that_mne_reads(sleepscorer_data, name):
    found = read_edf_annotations(sleepscorer_data / name)
    expected = mne.read_annotations(sleepscorer_data / name)
    np.testing.assert_allclose([one.onset_s for one in found], expected.onset, atol=1e-6)
    # MNE keeps an annotation that occurs twice once, and its own order among the simultaneous.
    assert {(round(one.onset_s, 3), one.description) for one in found} == {
        (round(float(onset_s), 3), str(text).partition("@@")[0])
        for onset_s, text in zip(expected.onset, expected.description, strict=True)
    }


@pytest.mark.parametrize("night", RECORDINGS, indirect=True)
def test_that_any_page_equals_that_part_of_the_whole(night):
    rng = np.random.default_rng(0)
    for channel in night.channels[:5]:
        whole = night.read(channel, 0, night.duration_s)
        assert whole.size == round(night.duration_s * channel.sfreq)
        for _ in range(20):
            first, stop = np.sort(rng.integers(0, whole.size + 1, 2))
            page = night.read(channel, first / channel.sfreq, stop / channel.sfreq)
            np.testing.assert_array_equal(page, whole[first:stop])


@pytest.mark.parametrize("name", ANNOTATIONS_ALONE)
def test_that_annotations_alone_are_no_recording(sleepscorer_data, name):
    with pytest.raises(RecordingError, match="holds annotations only and no signals"):
        open_edf(sleepscorer_data / name)


@pytest.mark.parametrize("name", WITHOUT_SAMPLES)
def test_that_a_file_without_samples_is_refused(sleepscorer_data, name):
    with pytest.raises(RecordingError, match="has a header but no samples"):
        open_edf(sleepscorer_data / name)
    assert read_edf_annotations(sleepscorer_data / name) == ()


@pytest.mark.parametrize("night", RECORDINGS, indirect=True)
def test_that_only_the_invalid_date_is_worth_a_remark(night, request):
    invalid_date = request.node.callspec.params["night"] in INVALID_DATE
    assert len(night.notices) == invalid_date
    assert (night.start is None) == invalid_date


def test_that_the_kinds_of_the_sleep_edf_night_are_recognised(sleepscorer_data):
    with closing(open_edf(sleepscorer_data / RECORDINGS[0])) as night:
        kinds = [channel.kind.value for channel in night.channels]
    assert kinds == ["EEG", "EEG", "EOG", "Respiration", "EMG", "Other", "Other"]
