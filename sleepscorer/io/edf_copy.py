"""Copies of EDF and BDF files with other annotations and header texts; samples stay as they are.

Formats: see `edf_header`. A data record's samples are copied byte by byte, so that a copy of a
discontinuous or 24-bit recording is as good as the recording.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.errors import RecordingError, ScoringError
from sleepscorer.file_questions import is_same
from sleepscorer.io.atomic import replacing
from sleepscorer.io.edf_header import (
    ANNOTATION_LABELS,
    MONTHS,
    EdfHeader,
    EdfSignal,
    parse_number,
    read_header,
)
from sleepscorer.io.edf_writing import annotation_text
from sleepscorer.io.text_files import seconds

_BLOCK_BYTES = 8 * 2**20
_FREE_COLUMNS = (1, 9)  # transducer and reserved: free texts of each signal
_WIDTHS = (16, 80, 8, 8, 8, 8, 8, 80, 8, 32)
"""Widths of the fields of a signal header: label, transducer, unit, limits, filters, samples…"""


@dataclass(frozen=True, slots=True)
class HeaderTexts:
    """Header texts of a copy that differ from the recording's.

    Attributes
    ----------
    patient, recording
        The two identification fields, at most 80 ASCII characters.
    start
        Clock time to the second.
    keeps_free_texts
        Whether the transducer and reserved texts of signals are kept; they can name a device and
        its owner.
    """

    patient: str
    recording: str
    start: datetime
    keeps_free_texts: bool = True


def copy_with_annotations(
    source: Path,
    target: Path,
    annotations: Iterable[Annotation],
    texts: HeaderTexts | None = None,
    *,
    progress: Callable[[float], None] = lambda _: None,
) -> None:
    """Copy a recording with other annotations in the place of its own.

    Parameters
    ----------
    source
        EDF, EDF+ or BDF file with signals.
    target
        The copy, written wholly or not at all; never the source itself.
    annotations
        All annotations of the copy; onsets count from the first sample.
    texts
        Other header texts; the recording's own without.
    progress
        Called with the fraction done; may raise to stop, which leaves no copy.

    Raises
    ------
    RecordingError
        The source can't be read.
    ScoringError
        The copy can't be written.
    """
    if is_same(target, source):
        raise ScoringError(f"{target.name} is the recording itself; choose another name.")
    try:
        with source.open("rb") as file:
            header = read_header(file, source)
            file.seek(0)
            raw_header = file.read(header.n_bytes)
            if not header.signals or header.record_s == 0:
                raise ScoringError(f"{source.name} has no signals to copy.")
            n_records = _n_records(file, header)
            if n_records == 0:
                raise ScoringError(f"{source.name} has no samples to copy.")
            onsets = _record_onsets(
                file, header, n_records, lambda fraction: progress(fraction / 2)
            )
            origin_s = float(onsets[0])
            tals = tuple(
                _tal(target, annotation, origin_s)
                for annotation in sorted(annotations, key=lambda one: one.onset_s)
            )
            rows = _distributed(onsets, tals)
            sample_bytes = header.sample_bytes
            width = -(-max(map(len, rows)) // sample_bytes) * sample_bytes
            with replacing(target) as temporary, temporary.open("wb") as copy:
                copy.write(_copied_header(raw_header, header, n_records, width, texts))
                records = _signal_records(
                    file, header, n_records, lambda fraction: progress((1 + fraction) / 2)
                )
                for row, data in zip(rows, records, strict=True):
                    copy.write(data)
                    copy.write(row.ljust(width, b"\x00"))
                progress(1.0)
    except OSError as error:
        raise RecordingError(f"{source} can't be read: {error.strerror or error}.") from error


def _n_records(file: BinaryIO, header: EdfHeader) -> int:
    n_data_bytes = file.seek(0, 2) - header.n_bytes
    present = max(n_data_bytes, 0) // header.record_bytes
    return present if header.n_records == -1 else min(header.n_records, present)


def _blocks(
    file: BinaryIO, header: EdfHeader, n_records: int, progress: Callable[[float], None]
) -> Iterator[bytes]:
    """Yield the data records one by one, read in larger pieces."""
    size = header.record_bytes
    step = max(_BLOCK_BYTES // size, 1)
    file.seek(header.n_bytes)
    for first in range(0, n_records, step):
        progress(first / n_records)
        block = file.read(min(step, n_records - first) * size)
        for position in range(0, len(block), size):
            yield block[position : position + size]


def _signal_records(
    file: BinaryIO, header: EdfHeader, n_records: int, progress: Callable[[float], None]
) -> Iterator[bytes]:
    """Yield of each record the bytes of the signals that are no annotations."""
    pieces = [
        (signal.first_byte, signal.stop_byte(header.sample_bytes))
        for signal in _in_file_order(header)
        if signal not in header.annotation_signals
    ]
    for record in _blocks(file, header, n_records, progress):
        yield b"".join(record[first:stop] for first, stop in pieces)


def _record_onsets(
    file: BinaryIO, header: EdfHeader, n_records: int, progress: Callable[[float], None]
) -> Sequence[str]:
    """Onset of each record as written in its time-keeping TAL; computed where there is none."""
    computed = [seconds(record * header.record_s) for record in range(n_records)]
    if not header.annotation_signals:
        return computed
    signal = header.annotation_signals[0]
    first, stop = signal.first_byte, signal.stop_byte(header.sample_bytes)
    onsets = []
    for record, data in enumerate(_blocks(file, header, n_records, progress)):
        onset = data[first:stop].partition(b"\x14")[0].decode("ascii", "replace")
        if parse_number(onset) is None:
            if not header.is_continuous:
                raise ScoringError(
                    f"Data record {record + 1} of this discontinuous recording has no onset; its "
                    "copy would have none either."
                )
            onset = computed[record]
        onsets.append(onset.lstrip("+"))
    return onsets


def _tal(path: Path, annotation: Annotation, origin_s: float) -> tuple[float, bytes]:
    onset_s = annotation.onset_s + origin_s
    sign = "" if onset_s < 0 else "+"
    duration = f"\x15{seconds(annotation.duration_s)}" if annotation.duration_s else ""
    text = annotation_text(path, annotation)
    # Nine decimals: the first sample may be at a fraction that is no whole microsecond.
    onset = f"{onset_s:.9f}".rstrip("0").rstrip(".")
    return onset_s, f"{sign}{onset}{duration}\x14{text}\x14\x00".encode()


def _distributed(onsets: Sequence[str], tals: Sequence[tuple[float, bytes]]) -> list[bytes]:
    """Put each annotation into the record in which it begins, or where there is room after it."""
    keepers = [f"+{onset}".replace("+-", "-").encode() + b"\x14\x14\x00" for onset in onsets]
    longest_keeper = max(map(len, keepers))
    room = max((len(tal) for _, tal in tals), default=0)
    room = max(room, 2 * -(-sum(len(tal) for _, tal in tals) // len(onsets)))
    while True:
        rows = list(keepers)
        next_record = 0
        fits = True
        for onset_s, tal in tals:
            while next_record + 1 < len(rows) and (
                float(onsets[next_record + 1]) <= onset_s
                or len(rows[next_record]) + len(tal) > longest_keeper + room
            ):
                next_record += 1
            rows[next_record] += tal
            fits = fits and len(rows[next_record]) <= longest_keeper + room
        if fits:
            return rows
        room *= 2


def _in_file_order(header: EdfHeader) -> list[EdfSignal]:
    return sorted(header.signals + header.annotation_signals, key=lambda signal: signal.first_byte)


def _copied_header(
    raw: bytes,
    header: EdfHeader,
    n_records: int,
    annotation_bytes: int,
    texts: HeaderTexts | None,
) -> bytes:
    n_signals = len(raw) // 256 - 1
    columns: list[list[bytes]] = []
    position = 256
    for width in _WIDTHS:
        cells = [raw[position + i * width : position + (i + 1) * width] for i in range(n_signals)]
        columns.append(cells)
        position += n_signals * width
    kind = "EDF" if header.sample_bytes == 2 else "BDF"
    own = [
        index
        for index, label in enumerate(columns[0])
        if label.decode("latin-1").strip(" \x00") not in ANNOTATION_LABELS
    ]
    limit = 2 ** (8 * header.sample_bytes - 1)
    added = (
        f"{kind} Annotations",
        "",
        "",
        "-1",
        "1",
        str(-limit),
        str(limit - 1),
        "",
        str(annotation_bytes // header.sample_bytes),
        "",
    )
    keeps_free_texts = texts is None or texts.keeps_free_texts
    signal_headers = b"".join(
        b"".join(
            cells[index] if column not in _FREE_COLUMNS or keeps_free_texts else b" " * width
            for index in own
        )
        + text.encode("ascii").ljust(width)
        for column, (cells, text, width) in enumerate(zip(columns, added, _WIDTHS, strict=True))
    )
    patient, recording = _identification(raw, header)
    start = raw[168:184]
    if texts is not None:
        patient, recording = (
            text.encode("ascii", "replace")[:80].ljust(80)
            for text in (texts.patient, texts.recording)
        )
        start = f"{texts.start:%d.%m.%y%H.%M.%S}".encode("ascii")
    continuity = "C" if header.is_continuous else "D"
    return b"".join(
        (
            raw[:8],
            patient,
            recording,
            start,
            str(256 * (len(own) + 2)).encode().ljust(8),
            f"{kind}+{continuity}".encode().ljust(44),
            str(n_records).encode().ljust(8),
            raw[244:252],
            str(len(own) + 1).encode().ljust(4),
            signal_headers,
        )
    )


def _identification(raw: bytes, header: EdfHeader) -> tuple[bytes, bytes]:
    """Patient and recording fields; those of plain files get the form that EDF+ prescribes."""
    patient, recording = raw[8:88], raw[88:168]
    if raw[192:196] in (b"EDF+", b"BDF+"):
        return patient, recording
    if recording.startswith(b"Startdate "):
        return patient, recording
    start = header.start  # month names in English whatever the language of the machine
    day = "X" if start is None else f"{start:%d}-{MONTHS[start.month - 1]}-{start.year}"
    prefix = f"Startdate {day} X X ".encode("ascii")
    return b"X X X " + _word(patient, 80 - 6), prefix + _word(recording, 80 - len(prefix))


def _word(field: bytes, width: int) -> bytes:
    word = b"_".join(field.replace(b"\x00", b" ").split()) or b"X"
    return word[:width].ljust(width)
