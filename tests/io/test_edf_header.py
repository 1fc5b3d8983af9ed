import io
import tracemalloc
from contextlib import closing, suppress
from datetime import datetime, time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sleepscorer.domain.errors import RecordingError
from sleepscorer.domain.recording import UNKNOWN_DATE
from sleepscorer.io.edf import open_edf, read_edf_annotations

# Place and width of the fields that are numbers, in a file of one signal.
NUMBERS = {
    "length of the header": (184, 8),
    "number of data records": (236, 8),
    "duration of a data record": (244, 8),
    "number of signals": (252, 4),
    "samples per data record": (472, 8),
}
CALIBRATION = {
    "physical minimum": (360, 8),
    "physical maximum": (368, 8),
    "digital minimum": (376, 8),
    "digital maximum": (384, 8),
}
NO_NUMBERS = (
    "",
    "x",
    "1.2.3",
    "nan",
    "inf",
    "-inf",
    "1_0",
    "0x10",
    "--1",
    "1 2",
    "\x00",
    "½",
    "\xff",
)


@pytest.fixture
def night(raw_signal):
    return [raw_signal(np.arange(30))]


@pytest.mark.parametrize("field", NUMBERS)
@pytest.mark.parametrize("text", NO_NUMBERS)
def test_that_a_number_that_is_none_is_an_error_with_file_and_field(
    write_edf_bytes, night, field, text
):
    path = write_edf_bytes(night, 3, fields={NUMBERS[field]: text})
    with pytest.raises(
        RecordingError, match=rf"night\.edf: the {field}.* \(byte \d+ of the header"
    ):
        open_edf(path)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("length of the header", "511"),
        ("length of the header", "512.5"),
        ("length of the header", "0"),
        ("length of the header", "-512"),
        ("length of the header", "768"),
        ("length of the header", "99999999"),
        ("length of the header", "9e99"),
        ("number of data records", "-2"),
        ("number of data records", "2.5"),
        ("number of data records", "-9e99"),
        ("duration of a data record", "-1"),
        ("duration of a data record", "-9e99"),
        ("number of signals", "0"),
        ("number of signals", "-1"),
        ("number of signals", "9999"),
        ("number of signals", "1.5"),
        ("samples per data record", "-1"),
        ("samples per data record", "9.5"),
        ("samples per data record", "-9e99"),
        ("samples per data record", "100001"),
        ("samples per data record", "9e99"),
    ],
)
def test_that_an_impossible_number_is_an_error_with_file_and_field(
    write_edf_bytes, night, field, text
):
    # The length of the header stands for the number of signals, which it depends on.
    named = "length of the header" if text == "9999" else field
    path = write_edf_bytes(night, 3, fields={NUMBERS[field]: text})
    with pytest.raises(RecordingError, match=rf"night\.edf: the {named}.* reads "):
        open_edf(path)


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("samples per data record", "99999", "no samples"),
        ("samples per data record", "0", "no samples"),
        ("duration of a data record", "1e-5", "reads 10 in 1e-05 s"),
        ("duration of a data record", "1e-300", "reads 10 in 1e-300 s"),
        ("duration of a data record", "9e99", "would last"),
        ("duration of a data record", "9e307", "would last"),
        ("duration of a data record", "9999999", "would last"),
    ],
)
def test_that_a_number_that_the_file_can_not_hold_is_an_error(
    write_edf_bytes, night, field, text, message
):
    path = write_edf_bytes(night, 3, fields={NUMBERS[field]: text})
    with pytest.raises(RecordingError, match=rf"night\.edf.* {message}"):
        open_edf(path)


@pytest.mark.parametrize("text", ["99999999", "9e99", "9e307"])
def test_that_too_many_announced_records_are_remarked(write_edf_bytes, night, opened, text):
    recording = opened(write_edf_bytes(night, 3, fields={NUMBERS["number of data records"]: text}))
    assert recording.duration_s == 3
    assert "is shorter than its header says" in recording.notices[0]


@pytest.mark.parametrize("field", CALIBRATION)
@pytest.mark.parametrize("text", NO_NUMBERS)
def test_that_a_calibration_that_is_none_is_remarked(write_edf_bytes, night, opened, field, text):
    recording = opened(write_edf_bytes(night, 3, fields={CALIBRATION[field]: text}))
    assert (
        "night.edf: the calibration of signal 1, “EEG Fpz-Cz”, is impossible"
        in (recording.notices[0])
    )
    np.testing.assert_array_equal(recording.read(recording.channels[0], 0, 3), np.arange(30))


def test_that_a_field_may_be_padded_with_nul(write_edf_bytes, night, opened):
    recording = opened(write_edf_bytes(night, 3, fields={(184, 8): "512\x00\x00\x00\x00\x00"}))
    assert recording.duration_s == 3


# Start


@pytest.mark.parametrize(
    ("date", "time", "recording_field", "start"),
    [
        ("21.11.26", "22.30.00", "Startdate 21-NOV-2026 X X X", datetime(2026, 11, 21, 22, 30)),
        ("21.11.26", "22.30.00", "", datetime(2026, 11, 21, 22, 30)),
        ("21.11.26", "22.30.00", "Startdate", datetime(2026, 11, 21, 22, 30)),
        ("21.11.26", "22.30.00", "Startdate X X X X", datetime(2026, 11, 21, 22, 30)),
        ("21.11.26", "22:30:00", "X", datetime(2026, 11, 21, 22, 30)),
        ("01.01.85", "00.00.00", "", datetime(1985, 1, 1)),
        ("31.12.84", "23.59.59", "", datetime(2084, 12, 31, 23, 59, 59)),
        # The recording field has the century, and the month in English and any case.
        ("24.04.89", "16.13.00", "Startdate 24-apr-1889 X", datetime(1889, 4, 24, 16, 13)),
        ("01.01.yy", "16.13.00", "Startdate 01-JAN-2090 X", datetime(2090, 1, 1, 16, 13)),
        # An impossible one is left to the short date.
        ("24.04.89", "16.13.00", "Startdate 31-FEB-1989 X", datetime(1989, 4, 24, 16, 13)),
        ("24.04.89", "16.13.00", "Startdate 24-ABC-1989 X", datetime(1989, 4, 24, 16, 13)),
        ("24.04.89", "16.13.00", "Startdate 24-APR-9999 X", datetime(1989, 4, 24, 16, 13)),
    ],
)
def test_that_the_start_is_read(write_edf_bytes, night, opened, date, time, recording_field, start):
    recording = opened(write_edf_bytes(night, 3, date=date, time=time, recording=recording_field))
    assert recording.start == start
    assert recording.notices == ()


@pytest.mark.parametrize(
    "date", ["00.00.00", "32.01.26", "21.13.26", "1.1.2026", "1.1.-5", "21.11", "", "xx.xx.xx"]
)
def test_that_the_time_of_day_is_kept_where_the_date_makes_no_sense(
    write_edf_bytes, night, opened, date
):
    recording = opened(write_edf_bytes(night, 3, date=date, recording="X"))
    assert recording.start == datetime.combine(UNKNOWN_DATE, time(22, 30))
    (notice,) = recording.notices
    assert f"no valid start date (“{date}”); only the time of day, 22:30:00" in notice


@pytest.mark.parametrize(
    "version", ["0", "0\0\0\0\0\0\0\0", "0      \0", "0   \xa0   ", "\0       ", "1       "]
)
def test_that_an_odd_version_field_is_named_and_the_file_opened(
    write_edf_bytes, night, opened, version
):
    field = version.ljust(8, "\0") if len(version) < 8 else version
    recording = opened(write_edf_bytes(night, 3, fields={(0, 8): field}))
    assert recording.duration_s == 3
    (notice,) = recording.notices
    assert "the version field at the beginning reads" in notice


def test_that_a_24_bit_file_with_an_odd_version_field_stays_one(write_edf_bytes, night, opened):
    recording = opened(write_edf_bytes(night, 3, is_bdf=True, fields={(0, 8): "\0BIOSEMI"}))
    assert recording.header.sample_bytes == 3


@pytest.mark.parametrize(
    ("label", "read"),
    [
        ("C4-M1\0\0ab", "C4-M1"),  # a C string, and what was there before it
        ("\0\0C4-M1", "C4-M1"),
        ("C4\tM1", "C4 M1"),
        ("C4-M1\r\n", "C4-M1"),
        ("C4\x7fM1", "C4 M1"),
    ],
)
def test_that_a_label_has_no_control_letters(write_edf_bytes, raw_signal, opened, label, read):
    recording = opened(write_edf_bytes([raw_signal(np.zeros(3), label)], 3))
    assert [channel.label for channel in recording.channels] == [read]


@pytest.mark.parametrize(
    ("date", "time"),
    [
        ("00.00.00", "00.00.00"),  # what programs write that know neither
        ("21.11.26", "24.00.00"),
        ("21.11.26", "22.60.00"),
        ("21.11.26", "22.30"),
        ("21.11.26", ""),
        ("21.11.26", "ab.cd.ef"),
    ],
)
def test_that_an_impossible_start_is_remarked(write_edf_bytes, night, opened, date, time):
    recording = opened(write_edf_bytes(night, 3, date=date, time=time, recording="X"))
    assert recording.start is None
    assert recording.clock_time(10) is None
    (notice,) = recording.notices
    assert f"night.edf has no valid start date and time (“{date}”, “{time}”)" in notice


# No EDF at all


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"0",
        b"Dear colleague, please find the recording attached.\n" * 20,
        b"\x89PNG\r\n\x1a\n" + bytes(1000),
        b"\x89HDF\r\n\x1a\n" + bytes(1000),
        bytes(1000),
        b"\xff" * 1000,
        b"1       " + b" " * 1000,
    ],
)
def test_that_another_file_is_refused_by_name(tmp_path, content):
    path = tmp_path / "letter.edf"
    path.write_bytes(content)
    with pytest.raises(RecordingError, match=r"letter\.edf is not an EDF or BDF file"):
        open_edf(path)
    with pytest.raises(RecordingError, match=r"letter\.edf is not an EDF or BDF file"):
        read_edf_annotations(path)


@pytest.mark.parametrize("n_bytes", [8, 100, 255, 256, 300, 511])
def test_that_a_file_that_ends_in_its_header_is_refused(write_edf_bytes, night, n_bytes):
    path = write_edf_bytes(night, 3)
    path.write_bytes(path.read_bytes()[:n_bytes])
    message = (
        rf"night\.edf ends inside its header \(after {n_bytes} of {256 if n_bytes < 256 else 512}"
    )
    with pytest.raises(RecordingError, match=message):
        open_edf(path)


def test_that_a_missing_file_and_a_folder_are_named(tmp_path):
    with pytest.raises(RecordingError, match=r"gone\.edf can't be opened: No such file"):
        open_edf(tmp_path / "gone.edf")
    with pytest.raises(RecordingError, match="can't be opened: Is a directory"):
        read_edf_annotations(tmp_path)


def test_that_a_file_that_may_not_be_read_is_named(tmp_path, monkeypatch):
    # By hand: the administrator may read everything.
    def refuse(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(RecordingError, match=r"night\.edf can't be opened: Permission denied"):
        open_edf(tmp_path / "night.edf")


def test_that_a_disk_error_within_the_header_names_the_file(tmp_path, monkeypatch):
    class BadSector(io.BytesIO):
        def fileno(self) -> int:
            return file.fileno()

        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    path = tmp_path / "night.edf"
    path.touch()
    with path.open("rb") as file:
        monkeypatch.setattr(Path, "open", lambda *_arguments: BadSector())
        with pytest.raises(RecordingError, match=r"night\.edf can't be read any more at byte 0"):
            open_edf(path)


# Anything


def small_files(raw_edf, raw_signal) -> list[bytes]:
    """A discontinuous EDF+ file and a BDF file, with calibrated signals and annotations."""
    tals = [
        f"+{onset}\x14\x14\x00+{onset}.5\x151\x14Apnea@@Flow\x14\x00".encode()
        for onset in (0, 1, 5)
    ]
    signals = [raw_signal(np.arange(30)), raw_signal(np.arange(3), "SaO2", "%", ("0", "100"))]
    return [
        bytes(raw_edf(signals, 3, tals, reserved="EDF+D")),
        bytes(raw_edf(signals, 3, tals, reserved="BDF+C", is_bdf=True)),
        bytes(raw_edf(signals, 3)),
    ]


@settings(max_examples=250, deadline=None)
@given(data=st.data())
def test_that_whatever_happens_to_a_file_it_is_read_or_refused(
    tmp_path_factory, raw_edf, raw_signal, data
):
    content = bytearray(data.draw(st.sampled_from(small_files(raw_edf, raw_signal))))
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content))) :]
    # Digits, points and signs do more harm than other bytes: they make other numbers.
    byte = st.sampled_from(list(b"0123456789.-+eE \x00\x14\x15")) | st.integers(0, 255)
    places = st.integers(0, max(len(content) - 1, 0))
    # Runs of bytes, since a number has several.
    for place, run in data.draw(
        st.lists(st.tuples(places, st.lists(byte, min_size=1, max_size=8)), max_size=6)
    ):
        content[place : place + len(run)] = bytes(run)
    path = tmp_path_factory.mktemp("fuzz") / "night.edf"
    path.write_bytes(content)
    tracemalloc.start()
    # Everything but a RecordingError fails the test.
    with suppress(RecordingError):
        read_edf_annotations(path)
        with closing(open_edf(path)) as recording:
            assert recording.n_epochs >= 0
            recording.clock_time(recording.duration_s)
            recording.read_annotations()
            for channel in recording.channels:
                for start_s in (0, recording.duration_s - 30):
                    values = recording.read(channel, start_s, start_s + 30)
                    assert not np.isinf(values).any()
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 64 * 2**20
