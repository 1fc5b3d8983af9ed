"""The header of EDF, EDF+ and BDF files.

Format: Kemp et al. 1992, https://www.edfplus.info/specs/edf.html; EDF+: Kemp & Olivan 2003,
https://www.edfplus.info/specs/edfplus.html; BDF: https://www.biosemi.com/faq/file_format.htm.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from sleepscorer.domain.errors import RecordingError

ANNOTATION_LABELS = ("EDF Annotations", "BDF Annotations")


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
    """

    label: str
    unit: str
    n_per_record: int
    first_byte: int
    gain: float
    offset: float

    def stop_byte(self, sample_bytes: int) -> int:
        """Place after its last sample in a data record."""
        return self.first_byte + self.n_per_record * sample_bytes


@dataclass(frozen=True, slots=True)
class EdfHeader:
    """What a header says.

    Attributes
    ----------
    n_bytes
        Its length.
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
    remarks
        Sentences about what made no sense and how it was read.
    """

    n_bytes: int
    start: datetime | None
    n_records: int
    record_s: float
    sample_bytes: int
    is_continuous: bool
    signals: tuple[EdfSignal, ...]
    annotation_signals: tuple[EdfSignal, ...]
    remarks: tuple[str, ...]

    @property
    def record_bytes(self) -> int:
        """Length of a data record."""
        everything = self.signals + self.annotation_signals
        return max((signal.stop_byte(self.sample_bytes) for signal in everything), default=0)


def read_header(file: BinaryIO, path: Path) -> EdfHeader:
    """Read the header at the beginning of a file.

    Raises
    ------
    RecordingError
        It is no EDF or BDF header, or one that can't be true.
    """
    fixed = file.read(256)
    if fixed[:8] == b"0       ":
        sample_bytes = 2
    elif fixed[:8] == b"\xffBIOSEMI":
        sample_bytes = 3
    else:
        raise RecordingError(
            f"{path.name} is not an EDF or BDF file (it does not begin like one); choose the "
            "recording, or export it as EDF from the program that made it."
        )
    fields = _Fields(path, fixed)
    n_bytes = fields.integer("length of the header", 184, 8, minimum=256)
    n_records = fields.integer("number of data records", 236, 8, minimum=-1)
    record_s = fields.number("duration of a data record", 244, 8)
    n_signals = fields.integer("number of signals", 252, 4, minimum=1)
    if n_bytes != 256 * (n_signals + 1):
        raise fields.error(
            "length of the header", 184, f"{n_bytes} bytes, which does not fit {n_signals} signals"
        )
    if record_s < 0:
        raise fields.error("duration of a data record", 244, f"{record_s:g} s, below zero")
    per_signal = file.read(n_bytes - 256)
    if len(fixed) + len(per_signal) != n_bytes:
        raise RecordingError(
            f"{path.name} ends inside its header (after {len(fixed) + len(per_signal)} of "
            f"{n_bytes} bytes); it was not copied completely."
        )
    remarks: list[str] = []
    signals, annotation_signals = _read_signals(
        _Fields(path, fixed + per_signal), n_signals, sample_bytes, remarks
    )
    reserved = fields.text(192, 44)
    start = _start(fields.text(168, 8), fields.text(176, 8), fields.text(88, 80))
    if start is None:
        remarks.append(
            f"{path.name} has no valid start date and time (“{fields.text(168, 8)}”, "
            f"“{fields.text(176, 8)}”); times count from the start of the recording."
        )
    return EdfHeader(
        n_bytes=n_bytes,
        start=start,
        n_records=n_records,
        record_s=record_s,
        sample_bytes=sample_bytes,
        is_continuous=not (reserved[3:5] == "+D" and annotation_signals),
        signals=signals,
        annotation_signals=annotation_signals,
        remarks=tuple(remarks),
    )


def _read_signals(
    fields: _Fields, n_signals: int, sample_bytes: int, remarks: list[str]
) -> tuple[tuple[EdfSignal, ...], tuple[EdfSignal, ...]]:
    signals: list[EdfSignal] = []
    annotation_signals: list[EdfSignal] = []
    first_byte = 0
    for index in range(n_signals):

        def at(column: int, width: int, index: int = index) -> int:
            """Position of a field: the header lists field by field, not signal by signal."""
            return 256 + column * n_signals + index * width

        label = fields.text(at(0, 16), 16)
        name = f"of signal {index + 1} (“{label}”)"
        n_per_record = fields.integer(f"samples per data record {name}", at(216, 8), 8, minimum=0)
        is_annotation = label in ANNOTATION_LABELS
        limits = tuple(fields.number_or_nan(at(column, 8), 8) for column in (104, 112, 120, 128))
        gain, offset = _calibration(*limits)
        signal = EdfSignal(label, fields.text(at(96, 8), 8), n_per_record, first_byte, gain, offset)
        first_byte = signal.stop_byte(sample_bytes)
        if is_annotation:
            annotation_signals.append(signal)
            continue
        if not math.isfinite(gain):
            remarks.append(
                f"The calibration {name} is impossible (physical {limits[0]:g} to {limits[1]:g}, "
                f"digital {limits[2]:g} to {limits[3]:g}); its stored numbers are shown as they "
                "are."
            )
            signal = EdfSignal(label, "", n_per_record, signal.first_byte, 1.0, 0.0)
        signals.append(signal)
    return tuple(signals), tuple(annotation_signals)


def _calibration(
    physical_min: float, physical_max: float, digital_min: float, digital_max: float
) -> tuple[float, float]:
    """Gain and offset of physical = gain · digital + offset; NaN when there is none."""
    digital_span = digital_max - digital_min
    gain = (physical_max - physical_min) / digital_span if digital_span else math.nan
    return gain or math.nan, physical_min - gain * digital_min


class _Fields:
    """Fields of a header; a number that can't be one is an error that says where."""

    def __init__(self, path: Path, data: bytes) -> None:
        self._path = path
        self._data = data

    def text(self, position: int, width: int) -> str:
        # ASCII by the standard; µ and umlauts in Latin-1 are met.
        return self._data[position : position + width].decode("latin-1").strip(" \x00")

    def number(self, name: str, position: int, width: int) -> float:
        number = self.number_or_nan(position, width)
        if math.isnan(number):
            raise self.error(name, position, f"“{self.text(position, width)}”")
        return number

    def number_or_nan(self, position: int, width: int) -> float:
        number = parse_number(self.text(position, width).replace(",", "."))
        return math.nan if number is None else number

    def integer(self, name: str, position: int, width: int, *, minimum: int) -> int:
        number = self.number(name, position, width)
        if number != int(number) or number < minimum:
            raise self.error(name, position, f"“{self.text(position, width)}”")
        return int(number)

    def error(self, name: str, position: int, value: str) -> RecordingError:
        return RecordingError(
            f"{self._path.name}: the {name} (byte {position} of the header) reads {value}; the "
            "header is damaged. Export the recording again from the program that made it."
        )


def parse_number(text: str) -> float | None:
    """Read a finite number; None for any other text."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def _start(date_text: str, time_text: str, recording_text: str) -> datetime | None:
    """Start from the header; the EDF+ date in the recording field has the century."""
    try:
        hour, minute, second = (int(part) for part in time_text.replace(":", ".").split("."))
        day, month, year = (int(part) for part in date_text.split("."))
        # EDF+ clipping date: 85–99 are the 1900s.
        day_of_start = date(year + (1900 if year >= 85 else 2000), month, day)
    except ValueError:
        return None
    words = recording_text.split()
    if len(words) > 1 and words[0] == "Startdate":
        try:
            plus_day, plus_month, plus_year = words[1].upper().split("-")
            day_of_start = date(int(plus_year), MONTHS.index(plus_month) + 1, int(plus_day))
        except ValueError:
            pass  # "X": unknown there, so the short date counts
    try:
        return datetime(
            day_of_start.year, day_of_start.month, day_of_start.day, hour, minute, second
        )
    except ValueError:
        return None
