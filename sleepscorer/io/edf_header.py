"""The header of EDF, EDF+ and BDF files.

Format: Kemp et al. 1992, https://www.edfplus.info/specs/edf.html; EDF+: Kemp & Olivan 2003,
https://www.edfplus.info/specs/edfplus.html; BDF: https://www.biosemi.com/faq/file_format.htm.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

from sleepscorer.domain.errors import RecordingError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.recording import UNKNOWN_DATE
from sleepscorer.io.source_file import SourceFile

ANNOTATION_LABELS = ("EDF Annotations", "BDF Annotations")

VERSIONS = {2: b"0       ", 3: b"\xffBIOSEMI"}
"""What EDF and BDF files begin with, by the bytes in a sample."""

_HIGHEST_HZ = 100_000.0
_LARGEST_VALUE = 1e20  # beyond, the single precision that samples are read in overflows
_LAST_YEAR = 2999  # clock times must be countable from it


@dataclass(frozen=True, slots=True)
class EdfSignal:
    """One signal header; a physical value is ``gain · digital + offset``.

    Attributes
    ----------
    label, unit
        As stored, without surrounding blanks.
    n_per_record
        Samples in a data record.
    first_byte
        Place of its samples in a data record.
    gain, offset
        Calibration, in units.
    transducer, prefiltering
        What it was recorded with, as stored.
    """

    label: str
    unit: str
    n_per_record: int
    first_byte: int
    gain: float
    offset: float
    transducer: str = ""
    prefiltering: str = ""

    def stop_byte(self, sample_bytes: int) -> int:
        """Place after its last sample in a data record."""
        return self.first_byte + self.n_per_record * sample_bytes


@dataclass(frozen=True, slots=True)
class EdfHeader:
    """What a header says.

    Attributes
    ----------
    raw
        Its bytes.
    patient, recording
        Identification fields.
    start
        Clock time, to the second; None when it makes no sense.
    n_records
        Number of data records; -1 when unknown.
    record_s
        Duration of a data record; 0 in files of annotations only.
    sample_bytes
        Bytes in a sample: 2 in EDF, 3 in BDF.
    is_continuous
        False when data records may be apart in time (EDF+D).
    signals, annotation_signals
        Ordinary signals and those that hold annotations.
    notices
        Sentences about what made no sense and how it was read.
    """

    raw: bytes
    patient: str
    recording: str
    start: datetime | None
    n_records: int
    record_s: float
    sample_bytes: int
    is_continuous: bool
    signals: tuple[EdfSignal, ...]
    annotation_signals: tuple[EdfSignal, ...]
    notices: tuple[Phrase, ...]

    @property
    def n_bytes(self) -> int:
        """Its length."""
        return len(self.raw)

    @property
    def record_bytes(self) -> int:
        """Length of a data record."""
        everything = self.signals + self.annotation_signals
        return max((signal.stop_byte(self.sample_bytes) for signal in everything), default=0)


def read_header(source: SourceFile) -> EdfHeader:
    """Read the header at the beginning of a file.

    Raises
    ------
    RecordingError
        It is no EDF or BDF header, or one that can't be true.
    """
    path = source.path
    fixed = source.read(0, 256)
    sample_bytes = _sample_bytes(fixed)
    if sample_bytes is None:
        raise RecordingError(
            "{file} is not an EDF or BDF file (it does not begin like one); "
            "choose the recording, or export it as EDF from the program that "
            "made it.",
            file=path.name,
        )
    if len(fixed) < 256:
        raise _ends_in_header(path, len(fixed), 256)
    fields = _Fields(path, fixed)
    n_bytes = fields.integer(Phrase("length of the header"), 184, 8, minimum=256)
    n_records = fields.integer(Phrase("number of data records"), 236, 8, minimum=-1)
    record_s = fields.number(Phrase("duration of a data record"), 244, 8)
    n_signals = fields.integer(Phrase("number of signals"), 252, 4, minimum=1)
    if n_bytes != 256 * (n_signals + 1):
        raise fields.error(
            Phrase("length of the header"),
            184,
            Phrase(
                "{n_bytes} bytes, which does not fit {n_signals} signals",
                n_bytes=n_bytes,
                n_signals=n_signals,
            ),
        )
    if record_s < 0:
        raise fields.error(
            Phrase("duration of a data record"),
            244,
            Phrase("{record_s:g} s, below zero", record_s=record_s),
        )
    header = fixed + source.read(256, n_bytes - 256)
    if len(header) != n_bytes:
        raise _ends_in_header(path, len(header), n_bytes)
    notices: list[Phrase] = []
    if fixed[:8] != VERSIONS[sample_bytes]:
        notices.append(
            Phrase(
                "{file}: the version field at the beginning reads {found!r} instead "
                "of {wanted!r}; the rest of the header fits, so it was opened.",
                file=path.name,
                found=fixed[:8],
                wanted=VERSIONS[sample_bytes],
            )
        )
    signals, annotation_signals = _read_signals(
        _Fields(path, header), n_signals, record_s, sample_bytes, notices
    )
    reserved = fields.text(192, 44)
    patient, recording = fields.text(8, 80), fields.text(88, 80)
    start_time = _time_of_day(fields.text(176, 8))
    day = _date_with_century(recording) or _date_without_century(fields.text(168, 8))
    # Midnight of no day is what programs write that know neither.
    start = None
    if start_time is not None and (day is not None or start_time != time()):
        start = datetime.combine(day or UNKNOWN_DATE, start_time)
    if start is not None and day is None:
        notices.append(
            Phrase(
                "{file} has no valid start date (“{day}”); only the time of day, "
                "{start_time}, was taken from it.",
                file=path.name,
                day=fields.text(168, 8),
                start_time=start_time,
            )
        )
    if start is None:
        notices.append(
            Phrase(
                "{file} has no valid start date and time (“{day}”, “{time}”); "
                "times count from the start of the recording.",
                file=path.name,
                day=fields.text(168, 8),
                time=fields.text(176, 8),
            )
        )
    is_continuous = reserved[3:5] != "+D"
    if not is_continuous and not annotation_signals:
        is_continuous = True
        notices.append(
            Phrase(
                "{file} says that it has gaps but not where; it is shown as if it had none.",
                file=path.name,
            )
        )
    return EdfHeader(
        raw=header,
        patient=patient,
        recording=recording,
        start=start,
        n_records=n_records,
        record_s=record_s,
        sample_bytes=sample_bytes,
        is_continuous=is_continuous,
        signals=signals,
        annotation_signals=annotation_signals,
        notices=tuple(notices),
    )


def _ends_in_header(path: Path, n_bytes: int, n_expected: int) -> RecordingError:
    return RecordingError(
        "{file} ends inside its header (after {n_bytes} of {n_expected} "
        "bytes); it was not copied completely.",
        file=path.name,
        n_bytes=n_bytes,
        n_expected=n_expected,
    )


def _read_signals(
    fields: _Fields, n_signals: int, record_s: float, sample_bytes: int, notices: list[Phrase]
) -> tuple[tuple[EdfSignal, ...], tuple[EdfSignal, ...]]:
    signals: list[EdfSignal] = []
    annotation_signals: list[EdfSignal] = []
    first_byte = 0
    for index in range(n_signals):

        def at(column: int, width: int, index: int = index) -> int:
            """Position of a field: the header lists field by field, not signal by signal."""
            return 256 + column * n_signals + index * width

        label = fields.text(at(0, 16), 16)
        name = Phrase("of signal {number}, “{label}”,", number=index + 1, label=label)
        field = Phrase("samples per data record {signal}", signal=name)
        n_per_record = fields.integer(field, at(216, 8), 8, minimum=0)
        is_annotation = label in ANNOTATION_LABELS
        if not is_annotation and record_s and n_per_record > _HIGHEST_HZ * record_s:
            value = Phrase(
                "{n_per_record:g} in {record_s:g} s, more than any amplifier gives",
                n_per_record=n_per_record,
                record_s=record_s,
            )
            raise fields.error(field, at(216, 8), value)
        limits = tuple(fields.number_or_nan(at(column, 8), 8) for column in (104, 112, 120, 128))
        gain, offset = _calibration(*limits)
        unit, transducer = fields.text(at(96, 8), 8), fields.text(at(16, 80), 80)
        prefiltering = fields.text(at(136, 80), 80)
        signal = EdfSignal(
            label, unit, n_per_record, first_byte, gain, offset, transducer, prefiltering
        )
        first_byte = signal.stop_byte(sample_bytes)
        if is_annotation:
            annotation_signals.append(signal)
            continue
        if not math.isfinite(gain):
            notices.append(
                Phrase(
                    "{file}: the calibration {signal} is impossible (physical {low:g} to {high:g}, "
                    "digital {digital_low:g} to {digital_high:g}); its stored "
                    "numbers are shown as they are.",
                    file=fields.file_name,
                    signal=name,
                    low=limits[0],
                    high=limits[1],
                    digital_low=limits[2],
                    digital_high=limits[3],
                )
            )
            signal = replace(signal, unit="", gain=1.0, offset=0.0)
        signals.append(signal)
    return tuple(signals), tuple(annotation_signals)


def _calibration(
    physical_min: float, physical_max: float, digital_min: float, digital_max: float
) -> tuple[float, float]:
    """Gain and offset of physical = gain · digital + offset; NaN when there are none."""
    digital_span = digital_max - digital_min
    gain = (physical_max - physical_min) / digital_span if digital_span else math.nan
    offset = physical_min - gain * digital_min
    is_possible = 1 / _LARGEST_VALUE < abs(gain) < _LARGEST_VALUE and abs(offset) < _LARGEST_VALUE
    return (gain, offset) if is_possible else (math.nan, math.nan)


class _Fields:
    """Fields of a header; a number that can't be one is an error that says where."""

    def __init__(self, path: Path, data: bytes) -> None:
        self.file_name = path.name
        self._data = data

    def text(self, position: int, width: int) -> str:
        return _text(self._data[position : position + width])

    def number(self, name: Phrase, position: int, width: int) -> float:
        number = self.number_or_nan(position, width)
        if math.isnan(number):
            raise self.error(name, position, f"“{self.text(position, width)}”")
        return number

    def number_or_nan(self, position: int, width: int) -> float:
        number = parse_number(self.text(position, width).replace(",", "."))
        return math.nan if number is None else number

    def integer(self, name: Phrase, position: int, width: int, *, minimum: int) -> int:
        number = self.number(name, position, width)
        if number != int(number) or number < minimum:
            raise self.error(name, position, f"“{self.text(position, width)}”")
        return int(number)

    def error(self, name: Phrase, position: int, value: str | Phrase) -> RecordingError:
        return RecordingError(
            "{file}: the {name} (byte {position} of the header) reads {value}; "
            "the header is damaged. Export the recording again from the program "
            "that made it.",
            file=self.file_name,
            name=name,
            position=position,
            value=value,
        )


def parse_number(text: str) -> float | None:
    """Read a finite number; None for any other text."""
    try:
        # Python takes "1_0" for ten.
        number = float(text.replace("_", "?"))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _text(field: bytes) -> str:
    """Text of a field: ASCII by the standard; µ and umlauts in Latin-1 are met.

    Some programs write a C string and leave what was there before behind its NUL; other control
    letters mean nothing.
    """
    text = field.decode("latin-1").strip(" \x00").partition("\x00")[0]
    return "".join(" " if letter < " " or letter == "\x7f" else letter for letter in text).strip()


MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def _sample_bytes(fixed: bytes) -> int | None:
    """Bytes in a sample, 2 in EDF and 3 in BDF; None for another file.

    Programs pad the version with NUL or leave a stray byte in it. What has the lengths of a header
    in their places is one all the same.
    """
    for sample_bytes, version in VERSIONS.items():
        if fixed[:8] == version:
            return sample_bytes
    n_bytes, n_signals = (parse_number(_text(part)) for part in (fixed[184:192], fixed[252:256]))
    if n_bytes is None or n_signals is None or n_bytes != 256 * (n_signals + 1):
        return None
    return 3 if b"BIOSEMI" in fixed[:9].upper() else 2


def _time_of_day(text: str) -> time | None:
    try:
        hour, minute, second = (int(part) for part in text.replace(":", ".").split("."))
        return time(hour, minute, second)
    except ValueError:
        return None


def _date_with_century(recording_text: str) -> date | None:
    """Date of EDF+, ``Startdate 24-APR-1989 …``; None where there is none or it is unknown, X."""
    words = recording_text.split()
    if len(words) < 2 or words[0] != "Startdate":
        return None
    try:
        day, month, year = words[1].upper().split("-")
        found = date(int(year), MONTHS.index(month) + 1, int(day))
    except ValueError:
        return None
    return found if found.year <= _LAST_YEAR else None


def _date_without_century(date_text: str) -> date | None:
    """Date of EDF, dd.mm.yy: 85–99 are the 1900s (clipping date of EDF+)."""
    try:
        day, month, year = (int(part) for part in date_text.split("."))
        return date(year + (1900 if year >= 85 else 2000), month, day) if 0 <= year < 100 else None
    except ValueError:
        return None
