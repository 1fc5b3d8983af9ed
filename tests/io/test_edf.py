import itertools
import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.channels import ChannelKind
from sleepscorer.domain.errors import RecordingError
from sleepscorer.domain.recording import UNKNOWN_DATE, Stretch
from sleepscorer.io.edf import open_edf, read_edf_annotations, read_edf_start

START = datetime(2026, 11, 21, 22, 30)


def tal(onset: str, *texts: str, duration: str = "") -> bytes:
    """Bytes of a TAL; without texts, the one that keeps the time of a data record."""
    head = onset + (f"\x15{duration}" if duration else "") + "\x14"
    return (head + "".join(f"{text}\x14" for text in texts or ("",))).encode() + b"\x00"


def counting(n_records: int, n_per_record: int = 10) -> np.ndarray:
    """Samples 0, 1, 2 … of all records, so that a sample says where it was."""
    return np.arange(n_records * n_per_record)


@pytest.fixture
def discontinuous(write_edf_bytes, raw_signal):
    """Write a discontinuous file of 10 Hz with the given onsets of its 1-s records."""

    def write(*onsets: str, **options):
        signal = raw_signal(counting(len(onsets)), physical=("-32768", "32767"))
        tals = [tal(onset) for onset in onsets]
        return write_edf_bytes([signal], len(onsets), tals, reserved="EDF+D", **options)

    return write


# Calibration


@pytest.mark.parametrize(
    ("unit", "expected_unit", "factor"),
    [
        ("uV", "µV", 1),
        ("µV", "µV", 1),
        ("mV", "µV", 1000),
        ("V", "µV", 1e6),
        ("nV", "µV", 1e-3),
        ("%", "%", 1),
        # No unit: a voltage where the label is that of one.
        ("", "µV", 1),
    ],
)
def test_that_every_voltage_is_read_in_microvolts(
    write_edf_bytes, raw_signal, unit, expected_unit, factor, opened
):
    signal = raw_signal(np.array([-100, 0, 250, 32767]), unit=unit, physical=("-32768", "32767"))
    recording = opened(write_edf_bytes([signal], 1))
    (channel,) = recording.channels
    assert channel.unit == expected_unit
    values = recording.read(channel, 0, 1)
    assert values.dtype == np.float32
    np.testing.assert_allclose(values, np.array([-100, 0, 250, 32767]) * factor, rtol=1e-6)


def test_that_a_signal_without_a_unit_that_is_no_voltage_stays_without(
    write_edf_bytes, raw_signal, opened
):
    recording = opened(write_edf_bytes([raw_signal(counting(1), "Event marker", "")], 1))
    assert recording.channels[0].unit == ""
    assert recording.channels[0].kind is ChannelKind.OTHER


@pytest.mark.parametrize(
    ("physical", "expected"),
    [
        (("-100", "100"), [-100, 0, 100]),
        (("100", "-100"), [100, 0, -100]),  # stored with inverted polarity
        (("0", "1"), [0, 0.5, 1]),
        (("1000", "1002"), [1000, 1001, 1002]),
        (("-0,5", "0,5"), [-0.5, 0, 0.5]),  # decimal comma
        (("-1e2", "1E+2"), [-100, 0, 100]),
    ],
)
def test_that_the_calibration_is_applied(write_edf_bytes, raw_signal, physical, expected, opened):
    signal = raw_signal(
        np.array([-1000, 0, 1000]), physical=physical, digital_range=("-1000", "1000")
    )
    recording = opened(write_edf_bytes([signal], 1))
    values = recording.read(recording.channels[0], 0, 1)
    np.testing.assert_allclose(values, expected, rtol=1e-6, atol=1e-5)
    assert recording.notices == ()


@pytest.mark.parametrize(
    ("physical", "digital_range"),
    [
        (("5", "5"), ("-1000", "1000")),
        (("-100", "100"), ("7", "7")),
        (("x", "100"), ("-1000", "1000")),
        (("-100", ""), ("-1000", "1000")),
        (("-100", "100"), ("nan", "1000")),
        (("-100", "inf"), ("-1000", "1000")),
        (("-9e99", "9e99"), ("-1000", "1000")),
        (("-1e-99", "1e-99"), ("-1000", "1000")),
        (("9e307", "-9e307"), ("-1", "1")),
        (("9e99", "8.9e99"), ("0", "1e99")),
    ],
)
def test_that_an_impossible_calibration_is_remarked_and_stored_numbers_shown(
    write_edf_bytes, raw_signal, physical, digital_range, opened
):
    signals = [
        raw_signal(np.array([1, 2, 3]), "Flow", "L/s"),
        raw_signal(np.array([1, -2, 3]), "SaO2", "%", physical, digital_range),
    ]
    recording = opened(write_edf_bytes(signals, 1))
    values = recording.read(recording.channels[1], 0, 1)
    np.testing.assert_array_equal(values, [1, -2, 3])
    assert recording.channels[1].unit == ""
    (notice,) = recording.notices
    assert "night.edf: the calibration of signal 2, “SaO2”, is impossible" in notice


def test_that_24_bit_samples_keep_their_sign(write_edf_bytes, raw_signal, opened):
    digital = np.array([0, 1, -1, 255, -256, 65536, -65537, 2**23 - 1, -(2**23)])
    limits = ("-8388608", "8388607")
    signal = raw_signal(digital, "Fp1", "uV", limits, limits)
    recording = opened(write_edf_bytes([signal], 3, is_bdf=True, name="night.bdf"))
    np.testing.assert_array_equal(recording.read(recording.channels[0], 0, 3), digital)


# Channels


def test_that_each_channel_has_its_own_rate(write_edf_bytes, raw_signal, opened):
    signals = [
        raw_signal(counting(4, 50), "EEG C4-M1"),
        raw_signal(counting(4, 1), "SaO2", "%"),
        raw_signal(counting(4, 7), "Flow", ""),
    ]
    recording = opened(write_edf_bytes(signals, 4, record_s="2"))
    assert [channel.sfreq for channel in recording.channels] == [25, 0.5, 3.5]
    assert recording.duration_s == 8
    for channel, n_times in zip(recording.channels, (200, 4, 28), strict=True):
        assert recording.read(channel, 0, 8).size == n_times


def test_that_labels_that_occur_again_are_numbered(write_edf_bytes, raw_signal, opened):
    labels = ["EMG", "EMG", "EMG (2)", "EMG", "", ""]
    signals = [raw_signal(counting(1) + 100 * k, label) for k, label in enumerate(labels)]
    recording = opened(write_edf_bytes(signals, 1))
    found = [channel.label for channel in recording.channels]
    assert found == ["EMG", "EMG (2)", "EMG (2) (2)", "EMG (3)", "", "(2)"]
    assert [channel.kind.name for channel in recording.channels[:4]] == ["EMG"] * 4
    for label in found:
        first_value = recording.read(recording.channel(label), 0, 1)[0]
        assert first_value == pytest.approx(10 * found.index(label), abs=0.01)


def test_that_signals_without_samples_are_left_out(write_edf_bytes, raw_signal, opened):
    signals = [raw_signal(counting(2)), raw_signal(np.zeros(0), "ECG"), raw_signal(counting(2, 3))]
    recording = opened(write_edf_bytes(signals, 2))
    assert [channel.label for channel in recording.channels] == ["EEG Fpz-Cz", "EEG Fpz-Cz (2)"]
    np.testing.assert_allclose(
        recording.read(recording.channels[1], 1, 2), [0.3, 0.4, 0.5], atol=1e-3
    )


# Reading


@given(data=st.data())
def test_that_any_part_equals_the_same_part_of_the_whole(
    tmp_path_factory, raw_edf, raw_signal, data
):
    n_records = data.draw(st.integers(1, 12))
    n_per_record = data.draw(st.integers(1, 20))
    record_s = data.draw(st.sampled_from([0.1, 0.5, 1, 2.5, 30]))
    signals = [
        raw_signal(counting(n_records, 3), "SaO2", "%"),
        raw_signal(counting(n_records, n_per_record), physical=("-32768", "32767")),
    ]
    path = tmp_path_factory.mktemp("night") / "night.edf"
    path.write_bytes(bytes(raw_edf(signals, n_records, record_s=str(record_s))))
    with closing(open_edf(path)) as recording:
        channel = recording.channels[1]
        whole = recording.read(channel, 0, recording.duration_s)
        np.testing.assert_array_equal(whole, counting(n_records, n_per_record))
        for _ in range(5):
            first = data.draw(st.integers(0, whole.size))
            stop = data.draw(st.integers(first, whole.size))
            part = recording.read(channel, first / channel.sfreq, stop / channel.sfreq)
            np.testing.assert_array_equal(part, whole[first:stop])


@pytest.mark.parametrize(
    ("start_s", "stop_s", "expected"),
    [
        (-10, 0, []),
        (-10, 0.2, [0, 1]),
        (2.8, 99, [28, 29]),
        (3, 99, []),
        (99, 100, []),
        (2, 1, []),
        (0.05, 0.15, [1]),
    ],
)
def test_that_parts_outside_the_recording_give_no_samples(
    write_edf_bytes, raw_signal, start_s, stop_s, expected, opened
):
    recording = opened(write_edf_bytes([raw_signal(counting(3), physical=("-32768", "32767"))], 3))
    values = recording.read(recording.channels[0], start_s, stop_s)
    np.testing.assert_array_equal(values, expected)
    assert values.dtype == np.float32


def test_that_reading_is_done_in_blocks_without_a_seam(
    write_edf_bytes, raw_signal, monkeypatch, opened
):
    signals = [raw_signal(counting(50), physical=("-32768", "32767"))]
    tals = [tal(f"+{record}") + tal(f"+{record}.5", f"event {record}") for record in range(50)]
    path = write_edf_bytes(signals, 50, tals)
    monkeypatch.setattr("sleepscorer.io.edf._BLOCK_BYTES", 300)
    recording = opened(path)
    np.testing.assert_array_equal(recording.read(recording.channels[0], 0, 50), counting(50))
    assert [one.description for one in recording.read_annotations()] == [
        f"event {record}" for record in range(50)
    ]


def test_that_two_threads_read_the_right_samples_at_once(write_edf_bytes, raw_signal, opened):
    n_records = 300
    signals = [
        raw_signal(counting(n_records) + offset, label, physical=("-32768", "32767"))
        for label, offset in (("C3-M2", 0), ("C4-M1", 10_000))
    ]
    recording = opened(write_edf_bytes(signals, n_records))
    barrier = threading.Barrier(2)

    def differences(index: int) -> int:
        barrier.wait()
        n_wrong = 0
        for start in range(0, n_records - 7, 7):
            values = recording.read(recording.channels[index], start, start + 7)
            expected = np.arange(start * 10, start * 10 + 70) + index * 10_000
            n_wrong += int((values != expected).sum())
        return n_wrong

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(differences, (0, 1))) == [0, 0]


def test_that_a_page_of_a_large_file_needs_little_memory(write_edf_bytes, raw_signal, opened):
    # 20 channels of 500 Hz for 10 h, all zeros: the file is sparse and takes no space.
    signals = [raw_signal(np.zeros(500), f"C{k}-M1") for k in range(20)]
    n_records = 36_000
    path = write_edf_bytes(signals, 1, fields={(236, 8): str(n_records)})
    with path.open("rb+") as file:
        file.truncate(256 * 21 + n_records * 20 * 500 * 2)
    tracemalloc.start()
    recording = opened(path)
    for channel in recording.channels:
        assert recording.read(channel, 18_000, 18_030).size == 15_000
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert recording.duration_s == 36_000
    assert peak_bytes < 4 * 2**20


# Where the file ends


@pytest.mark.parametrize("announced", [-1, 5])
def test_that_a_file_with_all_its_records_needs_no_remark(
    write_edf_bytes, raw_signal, announced, opened
):
    path = write_edf_bytes([raw_signal(counting(5))], 5, fields={(236, 8): str(announced)})
    recording = opened(path)
    assert recording.duration_s == 5
    assert recording.notices == ()


@pytest.mark.parametrize("announced", [0, 4])
def test_that_records_beyond_the_announced_ones_are_opened_with_a_remark(
    write_edf_bytes, raw_signal, announced, opened
):
    path = write_edf_bytes([raw_signal(counting(5))], 5, fields={(236, 8): str(announced)})
    recording = opened(path)
    assert recording.duration_s == 5
    assert recording.read(recording.channels[0], 0, 5).size == 50
    (notice,) = recording.notices
    assert f"5 data records instead of {announced}" in notice


def test_that_missing_records_are_remarked(write_edf_bytes, raw_signal, opened):
    path = write_edf_bytes([raw_signal(counting(5))], 5, fields={(236, 8): "60"}, record_s="2")
    recording = opened(path)
    assert recording.duration_s == 10
    (notice,) = recording.notices
    assert (
        "night.edf is shorter than its header says: the last 110 s of 120 s are missing." in notice
    )


def test_that_an_unfinished_last_record_is_left_out_and_remarked(
    write_edf_bytes, raw_signal, opened
):
    path = write_edf_bytes([raw_signal(counting(5), physical=("-32768", "32767"))], 5)
    path.write_bytes(path.read_bytes()[:-3])
    recording = opened(path)
    np.testing.assert_array_equal(recording.read(recording.channels[0], 0, 5), counting(4))
    (notice,) = recording.notices
    assert "the last data record is incomplete" in notice


@pytest.mark.parametrize("n_bytes_left", [0, 1, 19])
def test_that_a_file_without_a_complete_record_is_refused(
    write_edf_bytes, raw_signal, n_bytes_left
):
    path = write_edf_bytes([raw_signal(counting(5))], 5)
    path.write_bytes(path.read_bytes()[: 512 + n_bytes_left])
    with pytest.raises(RecordingError, match=r"night\.edf has a header but no samples after it"):
        open_edf(path)


@pytest.mark.parametrize("n_more", [0, 100])
def test_that_a_file_whose_signals_all_have_no_samples_is_refused(
    write_edf_bytes, raw_signal, n_more
):
    path = write_edf_bytes([raw_signal(np.zeros(0))], 5)
    path.write_bytes(path.read_bytes() + b"\x00" * n_more)
    with pytest.raises(RecordingError, match="no samples"):
        open_edf(path)


def test_that_a_file_with_annotations_but_no_samples_is_refused(write_edf_bytes, raw_signal):
    with pytest.raises(RecordingError, match="no samples"):
        open_edf(write_edf_bytes([raw_signal(np.zeros(0))], 2, [tal("+0"), tal("+1")]))


def test_that_data_records_of_no_duration_are_refused(write_edf_bytes, raw_signal):
    with pytest.raises(RecordingError, match="duration of a data record reads 0 s"):
        open_edf(write_edf_bytes([raw_signal(counting(5))], 5, record_s="0"))


def test_that_a_file_that_shrinks_while_it_is_open_is_an_error(write_edf_bytes, raw_signal, opened):
    path = write_edf_bytes([raw_signal(counting(5000))], 5000)
    recording = opened(path)
    with path.open("rb+") as file:
        file.truncate(1000)
    with pytest.raises(RecordingError, match=r"night\.edf has become shorter while it was open"):
        recording.read(recording.channels[0], 4000, 4030)


def test_that_reading_after_closing_is_an_error(write_edf_bytes, raw_signal, opened):
    recording = opened(write_edf_bytes([raw_signal(counting(5))], 5))
    recording.read(recording.channels[0], 0, 5)
    recording.close()
    with pytest.raises(RecordingError, match="can't be read any more"):
        recording.read(recording.channels[0], 0, 5)


def test_that_a_disk_that_goes_away_is_an_error(write_edf_bytes, raw_signal, opened):
    class Unplugged:
        def __init__(self, file):
            self.file = file

        def fileno(self):
            return self.file.fileno()

        def seek(self, position):
            raise OSError(5, "Input/output error")

        def close(self):
            self.file.close()

    recording = opened(write_edf_bytes([raw_signal(counting(5))], 5))
    recording._source._file = Unplugged(recording._source._file)
    with pytest.raises(RecordingError, match="can't be read any more at byte 512") as raised:
        recording.read(recording.channels[0], 0, 5)
    assert isinstance(raised.value.__cause__, OSError)


# Gaps


def test_that_gaps_of_a_discontinuous_file_are_nan_at_their_place_in_time(discontinuous, opened):
    recording = opened(discontinuous("+0", "+1", "+4", "+5", "+9"))
    assert recording.duration_s == 10
    assert recording.stretches == (Stretch(0, 2), Stretch(4, 6), Stretch(9, 10))
    values = recording.read(recording.channels[0], 0, 10)
    expected = np.full(100, np.nan)
    expected[:20], expected[40:60], expected[90:] = range(20), range(20, 40), range(40, 50)
    np.testing.assert_array_equal(values, expected)


def test_that_epochs_of_a_discontinuous_file_lie_on_clock_time(discontinuous, opened):
    recording = opened(discontinuous("+0", "+100", "+299"))
    assert recording.n_epochs == 10
    assert recording.start == START


@given(data=st.data())
def test_that_any_part_of_a_discontinuous_file_equals_that_part_of_the_whole(
    tmp_path_factory, raw_edf, raw_signal, data
):
    gaps = data.draw(st.lists(st.sampled_from([0, 0, 0, 0.5, 3]), min_size=1, max_size=12))
    onsets = np.arange(len(gaps)) + np.cumsum(gaps)
    signal = raw_signal(counting(len(gaps)), physical=("-32768", "32767"))
    file = raw_edf([signal], len(gaps), [tal(f"+{onset}") for onset in onsets], reserved="EDF+D")
    path = tmp_path_factory.mktemp("night") / "night.edf"
    path.write_bytes(bytes(file))
    with closing(open_edf(path)) as recording:
        channel = recording.channels[0]
        whole = recording.read(channel, 0, recording.duration_s)
        assert whole.size == round(recording.duration_s * 10)
        for onset, record in zip(onsets - onsets[0], range(len(gaps)), strict=True):
            first = round(onset * 10)
            np.testing.assert_array_equal(whole[first : first + 10], np.arange(10) + record * 10)
        assert np.isfinite(whole).sum() == 10 * len(gaps)
        for stretch, following in itertools.pairwise(recording.stretches):
            assert stretch.start_s < stretch.stop_s < following.start_s
        for _ in range(5):
            first = data.draw(st.integers(0, whole.size))
            stop = data.draw(st.integers(first, whole.size))
            np.testing.assert_array_equal(
                recording.read(channel, first / 10, stop / 10), whole[first:stop]
            )


def test_that_a_stretch_off_the_grid_of_samples_is_put_on_it(discontinuous, opened):
    recording = opened(discontinuous("+0", "+2.03", "+4.57"))
    values = recording.read(recording.channels[0], 0, 6)
    np.testing.assert_array_equal(values[20:30], range(10, 20))
    np.testing.assert_array_equal(values[46:56], range(20, 30))
    assert recording.stretches[1] == Stretch(2.03, 3.03)


@pytest.mark.parametrize(
    "onsets", [("+0", "+0.333", "+0.667", "+1", "+1.333"), ("+0", "+0.334", "+0.666", "+1")]
)
def test_that_onsets_rounded_to_the_millisecond_leave_no_gaps(discontinuous, onsets, opened):
    recording = opened(discontinuous(*onsets, record_s="0.333333"))
    assert len(recording.stretches) == 1
    assert np.isfinite(recording.read(recording.channels[0], 0, 2)).all()


def test_that_the_start_of_a_discontinuous_file_is_the_onset_of_its_first_record(
    discontinuous, opened
):
    recording = opened(discontinuous("+3600.25", "+3700.25"))
    assert recording.start == START + timedelta(seconds=3600.25)
    assert recording.stretches == (Stretch(0, 1), Stretch(100, 101))


def test_that_a_record_that_overlaps_the_one_before_a_little_cuts_it_short(discontinuous, opened):
    recording = opened(discontinuous("+0", "+0.8", "+1.8"))
    assert recording.stretches == (Stretch(0, 0.8), Stretch(0.8, 2.8))
    expected = [*range(8), *range(10, 30)]
    np.testing.assert_array_equal(recording.read(recording.channels[0], 0, 3), expected)


@pytest.mark.parametrize("onsets", [("+0", "+1", "+1.2"), ("+5", "+0"), ("+0", "+0")])
def test_that_records_in_disorder_are_refused_by_their_number(discontinuous, onsets):
    with pytest.raises(RecordingError, match=f"data record {len(onsets)} begins before the one"):
        open_edf(discontinuous(*onsets))


@pytest.mark.parametrize("onset", ["", "x", "+1e99", "nan", "+1_0", "+99999999"])
def test_that_a_record_without_a_possible_onset_is_put_after_the_one_before_it_and_said(
    discontinuous, onset, opened
):
    recording = opened(discontinuous("+0", onset, "+2", "+9"))
    assert recording.stretches == (Stretch(0, 3), Stretch(9, 10))
    (notice,) = recording.notices
    assert "the onset of data record 2 is damaged" in notice


def test_that_a_file_most_of_whose_records_have_no_onset_is_refused(discontinuous):
    with pytest.raises(RecordingError, match="data record 2 of this discontinuous file has no"):
        open_edf(discontinuous("+0", "", "x", "+3"))


def test_that_an_annotation_signal_without_samples_gives_no_onsets(write_edf_bytes, raw_signal):
    path = write_edf_bytes(
        [raw_signal(counting(2))],
        2,
        [b"", b""],
        tal_bytes=0,
        reserved="EDF+D",
    )
    with pytest.raises(
        RecordingError, match="data record 1 of this discontinuous file has no onset"
    ):
        open_edf(path)


def test_that_a_recording_of_more_than_five_weeks_is_refused(discontinuous):
    with pytest.raises(RecordingError, match=r"would last 34\.7 days"):
        open_edf(discontinuous("+0", "+3000000"))


def test_that_a_discontinuous_file_without_onsets_is_shown_without_gaps(
    write_edf_bytes, raw_signal, opened
):
    recording = opened(write_edf_bytes([raw_signal(counting(3))], 3, reserved="EDF+D"))
    assert recording.stretches == (Stretch(0, 3),)
    (notice,) = recording.notices
    assert "says that it has gaps but not where" in notice


def test_that_onsets_of_a_continuous_file_do_not_matter_but_the_first(
    write_edf_bytes, raw_signal, opened
):
    tals = [tal("+0.25"), tal("+7"), b"garbage"]
    recording = opened(write_edf_bytes([raw_signal(counting(3))], 3, tals, reserved="EDF+C"))
    assert recording.stretches == (Stretch(0, 3),)
    assert recording.start == START + timedelta(seconds=0.25)


@pytest.mark.parametrize(("last", "is_said"), [("+2.25", False), ("+39.25", True)])
def test_that_a_continuous_file_that_ends_later_than_its_records_is_said(
    write_edf_bytes, raw_signal, opened, last, is_said
):
    tals = [tal("+0.25"), tal("+1.25"), tal(last)]
    recording = opened(write_edf_bytes([raw_signal(counting(3))], 3, tals, reserved="EDF+C"))
    assert recording.stretches == (Stretch(0, 3),)
    assert any("begins 37 s later" in notice for notice in recording.notices) is is_said


@pytest.mark.parametrize("first", [b"garbage", b"+1e300\x14\x14\x00", b"\x14\x14"])
def test_that_a_continuous_file_with_an_impossible_first_onset_starts_at_its_header(
    write_edf_bytes, raw_signal, first, opened
):
    recording = opened(write_edf_bytes([raw_signal(counting(1))], 1, [first], reserved="EDF+C"))
    assert recording.start == START


def test_that_24_bit_files_may_be_discontinuous_too(write_edf_bytes, raw_signal, opened):
    limits = ("-8388608", "8388607")
    signal = raw_signal(np.array([-1, 2, -3, 4]), "Fp1", "uV", limits, limits)
    tals = [tal("+0"), tal("+5", "Lights off")]
    recording = opened(
        write_edf_bytes([signal], 2, tals, reserved="BDF+D", is_bdf=True, name="night.bdf")
    )
    np.testing.assert_array_equal(recording.read(recording.channels[0], 0, 1), [-1, 2])
    np.testing.assert_array_equal(recording.read(recording.channels[0], 5, 6), [-3, 4])
    assert recording.read_annotations() == (Annotation(5, 0, "Lights off"),)


# Annotations


def test_that_annotations_are_read_with_duration_channel_and_all_their_texts(
    write_edf_bytes, raw_signal, opened
):
    tals = [
        tal("+0")
        + tal("+0.5", "Lights off", "Movement time")
        + tal("+1.5", "Apnea", duration="12.5"),
        tal("+1") + tal("+0.25", "Limb movement@@EMG RAT", duration="3"),
        tal("+2", "At the onset of its record"),
    ]
    recording = opened(write_edf_bytes([raw_signal(counting(3))], 3, tals, reserved="EDF+C"))
    assert recording.read_annotations() == (
        Annotation(0.25, 3, "Limb movement", "EMG RAT"),
        Annotation(0.5, 0, "Lights off"),
        Annotation(0.5, 0, "Movement time"),
        Annotation(1.5, 12.5, "Apnea"),
        Annotation(2, 0, "At the onset of its record"),
    )


def test_that_onsets_count_from_the_first_sample(write_edf_bytes, raw_signal, opened):
    tals = [tal("+0.75") + tal("+1.5", "Lights off"), tal("+100.75") + tal("+100.75", "Lights on")]
    path = write_edf_bytes([raw_signal(counting(2))], 2, tals, reserved="EDF+D")
    recording = opened(path)
    expected = (Annotation(0.75, 0, "Lights off"), Annotation(100, 0, "Lights on"))
    assert recording.read_annotations() == expected == read_edf_annotations(path)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (tal("-5", "Before the start"), (Annotation(-5, 0, "Before the start"),)),
        (tal("+1", "Grüße 王"), (Annotation(1, 0, "Grüße 王"),)),
        (b"+1\x14M\xfcller\x14\x00", (Annotation(1, 0, "Müller"),)),
        (
            "+1\x14Grüße\x14".encode() + b"Schlaflabor K\xf6ln\x14\x00",
            (Annotation(1, 0, "Grüße"), Annotation(1, 0, "Schlaflabor Köln")),
        ),
        (b"+1\x14\xbd h wach, 37 \xb0C\x14\x00", (Annotation(1, 0, "½ h wach, 37 °C"),)),
        (tal("+1", "Negative", duration="-4"), (Annotation(1, 0, "Negative"),)),
        (tal("+1", "Odd", duration="x"), (Annotation(1, 0, "Odd"),)),
        (tal("+1", "@@C4"), (Annotation(1, 0, "", "C4"),)),
        (b"+1\x14Unfinished", (Annotation(1, 0, "Unfinished"),)),
        (tal("x", "Nowhere"), ()),
        (tal("+nan", "Nowhere"), ()),
        (tal("+1", ""), ()),
        (b"\xff\xfe\x14\x14\x00\x00\x14", ()),
        (b"+1\x15", ()),
    ],
)
def test_that_odd_annotations_are_read_as_far_as_they_make_sense(
    write_edf_bytes, raw_signal, data, expected, opened
):
    recording = opened(write_edf_bytes([raw_signal(counting(1))], 1, [tal("+0") + data]))
    assert recording.read_annotations() == expected


def test_that_an_unfinished_annotation_does_not_run_on_into_the_next_signal(
    write_edf_bytes, raw_signal, opened
):
    text = "+0\x14\x14\x00+0.5\x14Cut off here"
    as_samples = np.frombuffer(text.encode().ljust(40), "<i2").astype(int)
    signals = [raw_signal(as_samples, "EDF Annotations"), raw_signal(counting(1))]
    path = write_edf_bytes(signals, 1, [tal("+0.7", "Next signal")])
    recording = opened(path)
    assert len(recording.channels) == 1
    found = [(one.onset_s, one.description.strip()) for one in recording.read_annotations()]
    assert found == [(0.5, "Cut off here"), (0.7, "Next signal")]


def test_that_a_recording_without_annotation_signal_has_none(write_edf_bytes, raw_signal, opened):
    path = write_edf_bytes([raw_signal(counting(1))], 1)
    recording = opened(path)
    assert recording.read_annotations() == () == read_edf_annotations(path)


def test_that_a_file_of_annotations_alone_is_no_recording_but_can_be_read(write_edf_bytes):
    path = write_edf_bytes([], 1, [tal("+0") + tal("+30", "Sleep stage W")], record_s="0")
    with pytest.raises(RecordingError, match=r"night\.edf holds annotations only and no signals"):
        open_edf(path)
    assert read_edf_annotations(path) == (Annotation(30, 0, "Sleep stage W"),)


@pytest.mark.parametrize(
    ("date", "start"),
    [
        ("21.11.26", START + timedelta(seconds=0.75)),
        ("00.00.00", datetime.combine(UNKNOWN_DATE, START.time()) + timedelta(seconds=0.75)),
    ],
)
def test_that_the_start_of_a_file_can_be_read_alone(write_edf_bytes, date, start):
    tals = [tal("+0.75") + tal("+30.75", "Sleep stage W")]
    path = write_edf_bytes([], 1, tals, record_s="0", date=date, recording="")
    assert read_edf_start(path) == start


@pytest.mark.parametrize("n_bytes_left", [512, 513])
def test_that_annotations_cut_off_after_the_header_are_none(write_edf_bytes, n_bytes_left):
    path = write_edf_bytes([], 1, [tal("+0") + tal("+30", "Sleep stage W")], record_s="0")
    path.write_bytes(path.read_bytes()[:n_bytes_left])
    assert read_edf_annotations(path) == ()


def test_that_an_annotation_signal_of_no_bytes_holds_no_annotations(write_edf_bytes):
    path = write_edf_bytes([], 3, [b""] * 3, tal_bytes=0, record_s="0")
    path.write_bytes(path.read_bytes() + b"\x00" * 10)
    assert read_edf_annotations(path) == ()
