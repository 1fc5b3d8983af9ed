"""Copies of EDF and BDF files with other annotations and header texts; samples stay as they are.

Formats: see `edf_header`. A data record's samples are copied byte by byte, so that a copy of a
discontinuous or 24-bit recording is as good as the recording.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.errors import ScoringError
from sleepscorer.file_questions import is_same
from sleepscorer.io.atomic import replacing
from sleepscorer.io.edf import EdfRecording
from sleepscorer.io.edf_header import (
    ANNOTATION_LABELS,
    MONTHS,
    VERSIONS,
    EdfHeader,
    EdfSignal,
)
from sleepscorer.io.edf_writing import annotation_text
from sleepscorer.io.harmless import (
    harmless_labels,
    harmless_number,
    harmless_prefilter,
    harmless_unit,
)
from sleepscorer.io.text_files import seconds

_PROGRESS_RECORDS = 100
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
    harmless
        Whether only those texts and numbers of signals are kept that are known to name nobody,
        see `harmless`; transducer and reserved texts never are.
    """

    patient: str
    recording: str
    start: datetime
    harmless: bool = False


def copy_with_annotations(
    source: EdfRecording,
    target: Path,
    annotations: Iterable[Annotation],
    texts: HeaderTexts | None = None,
    *,
    may_replace: bool = True,
    progress: Callable[[float], None] = lambda _: None,
) -> None:
    """Copy a recording with other annotations in the place of its own.

    Parameters
    ----------
    source
        The open recording; its file must still be what was opened.
    target
        The copy, written wholly or not at all; never the source itself.
    annotations
        All annotations of the copy; onsets count from the first sample.
    texts
        Other header texts; the recording's own without.
    may_replace
        Whether a file that is there may be replaced.
    progress
        Called with the fraction done; may raise to stop, which leaves no copy.

    Raises
    ------
    RecordingError
        The source can't be read, or is not what was opened any more.
    ScoringError
        The copy can't be written.
    """
    source.check_on_disk()
    if is_same(target, source.path):
        raise ScoringError("{file} is the recording itself; choose another name.", file=target.name)
    header = source.header
    onsets_s = source.record_onsets_s()
    tals = tuple(
        _tal(target, annotation, float(onsets_s[0]))
        for annotation in sorted(annotations, key=lambda one: one.onset_s)
    )
    rows = _distributed([_time_text(onset_s) for onset_s in onsets_s], tals)
    width = -(-max(map(len, rows)) // header.sample_bytes) * header.sample_bytes
    pieces = [
        (signal.first_byte, signal.stop_byte(header.sample_bytes))
        for signal in _in_file_order(header)
        if signal not in header.annotation_signals
    ]
    with replacing(target, may_replace=may_replace) as copy:
        copy.write(_copied_header(header, source.n_records, width, texts))
        for number, (row, record) in enumerate(zip(rows, source.record_bytes(), strict=True)):
            if number % _PROGRESS_RECORDS == 0:
                progress(number / source.n_records)
            signals = b"".join(record[first:stop] for first, stop in pieces)
            copy.write(signals + row.ljust(width, b"\x00"))
        progress(1.0)


def _tal(path: Path, annotation: Annotation, origin_s: float) -> tuple[float, bytes]:
    onset_s = annotation.onset_s + origin_s
    sign = "" if onset_s < 0 else "+"
    duration = f"\x15{seconds(annotation.duration_s)}" if annotation.duration_s else ""
    text = annotation_text(path, annotation)
    return onset_s, f"{sign}{_time_text(onset_s)}{duration}\x14{text}\x14\x00".encode()


def _time_text(time_s: float) -> str:
    # Nine decimals: the first sample may be at a fraction that is no whole microsecond.
    return f"{time_s:.9f}".rstrip("0").rstrip(".")


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
    header: EdfHeader,
    n_records: int,
    annotation_bytes: int,
    texts: HeaderTexts | None,
) -> bytes:
    raw = header.raw
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
    columns = [[cells[index] for index in own] for cells in columns]
    if texts is not None and texts.harmless:
        columns = _harmless_columns(columns)
    signal_headers = b"".join(
        b"".join(cells) + text.encode("ascii").ljust(width)
        for cells, text, width in zip(columns, added, _WIDTHS, strict=True)
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
            VERSIONS[header.sample_bytes],
            patient,
            recording,
            start,
            str(256 * (len(own) + 2)).encode().ljust(8),
            f"{kind}+{continuity}".encode().ljust(44),
            str(n_records).encode().ljust(8),
            _field(harmless_number(_text(raw[244:252])), 8),
            str(len(own) + 1).encode().ljust(4),
            signal_headers,
        )
    )


def _harmless_columns(columns: Sequence[Sequence[bytes]]) -> list[list[bytes]]:
    """Fields of the signals of which only what is known to name nobody is left.

    They are written anew: behind the end of a text there may be what was in some memory.
    """
    texts = [[_text(cell) for cell in cells] for cells in columns]
    keep: Sequence[Callable[[str], str]] = (
        *(str, _nothing, harmless_unit),
        *(harmless_number,) * 4,
        *(harmless_prefilter, harmless_number, _nothing),
    )
    texts = [[kept(text) for text in cells] for kept, cells in zip(keep, texts, strict=True)]
    texts[0] = list(harmless_labels(texts[0]))
    return [
        [_field(text, width) for text in cells] for cells, width in zip(texts, _WIDTHS, strict=True)
    ]


def _nothing(_text: str) -> str:
    return ""


def _text(field: bytes) -> str:
    return field.decode("latin-1").strip(" \x00").partition("\x00")[0].rstrip()


def _field(text: str, width: int) -> bytes:
    return text.encode("latin-1", "replace")[:width].ljust(width)


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
