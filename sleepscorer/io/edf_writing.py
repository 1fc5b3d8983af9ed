"""EDF+ files written with edfio: recordings, and annotations alone.

Format: Kemp & Olivan 2003, https://www.edfplus.info/specs/edfplus.html.
"""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

import numpy as np
import numpy.typing as npt
from edfio import Edf, EdfAnnotation, EdfSignal, Patient, Recording

from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.recording import UNKNOWN_DATE
from sleepscorer.domain.texts import storable
from sleepscorer.file_questions import is_file
from sleepscorer.io.atomic import replacing

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_CHANNEL_LINK = "@@"
_UNKNOWN = "X"

# Bytes of an EDF header: the version, and the end of the recording field.
_EDF_VERSION = b"0       "
_RECORDING_FIELD = slice(88, 168)


class WritableSignal(Protocol):
    """What is needed of a signal to write it."""

    @property
    def label(self) -> str:
        """Label of at most 16 ASCII characters."""
        ...

    @property
    def unit(self) -> str:
        """Unit of the samples, at most 8 ASCII characters; ``"µV"`` is written as ``"uV"``."""
        ...

    @property
    def sfreq(self) -> float:
        """Sampling rate in Hz."""
        ...

    @property
    def samples(self) -> npt.NDArray[np.float32]:
        """Shape (n_times,), in the unit, all finite and inside the physical range."""
        ...

    @property
    def physical_range(self) -> tuple[float, float] | None:
        """Values of the least and greatest 16-bit number; None for the range of the samples."""
        ...


def write_edf(
    path: Path,
    signals: Sequence[WritableSignal],
    *,
    start: datetime | None,
    annotations: Iterable[Annotation] = (),
    patient_code: str = "",
    patient_name: str = "",
    recording_additional: Sequence[str] = (),
) -> None:
    """Write a continuous EDF+ recording, wholly or not at all.

    Parameters
    ----------
    path
        The file; an existing one is replaced.
    signals
        At least one, all of the same duration.
    start
        Clock time of the first sample, to the microsecond; None when it is unknown.
    annotations
        Onsets count from the first sample. A channel is written as ``text@@channel``; control
        characters such as line breaks become blanks.
    patient_code, patient_name
        Empty when anonymous. Blanks become underscores and accents are dropped, as EDF+ demands.
    recording_additional
        Words at the end of the recording field.

    Raises
    ------
    ScoringError
        The file can't be written, or EDF+ can't hold what is to be written.
    """
    if not signals:
        raise ScoringError("{file} can't be written, because there are no signals.", file=path.name)
    edf_signals = [_edf_signal(path, one) for one in signals]
    patient = _subfield(patient_code), _subfield(patient_name)
    _write(path, edf_signals, start, annotations, patient, recording_additional)


def write_annotation_file(
    path: Path,
    annotations: Iterable[Annotation],
    *,
    start: datetime | None,
    patient_code: str = "",
    patient_name: str = "",
    recording_additional: Sequence[str] = (),
) -> None:
    """Write annotations without signals, as Sleep-EDF has its hypnograms, wholly or not at all.

    The file has one data record of duration 0. The parameters are those of `write_edf`; there
    must be at least one annotation.

    Raises
    ------
    ScoringError
        The file can't be written, or EDF+ can't hold what is to be written.
    """
    annotations = tuple(annotations)
    if not annotations:
        raise ScoringError(
            "{file} can't be written, because there are no annotations.", file=path.name
        )
    patient = _subfield(patient_code), _subfield(patient_name)
    _write(path, [], start, annotations, patient, recording_additional)


def recording_additional_words(path: Path) -> tuple[str, ...]:
    """Read the words that follow the equipment in the recording field of an EDF+ header.

    Only the header's first bytes are read. There are no such words in files of other formats and
    in what is no readable file.
    """
    try:
        # Asked first, because opening a pipe would wait for its writer.
        if not is_file(path):
            return ()
        with path.open("rb") as file:
            header = file.read(_RECORDING_FIELD.stop)
    except OSError:
        return ()
    words = header[_RECORDING_FIELD].decode("ascii", "replace").split()
    is_edf_plus = header.startswith(_EDF_VERSION) and words[:1] == ["Startdate"]
    return tuple(words[5:]) if is_edf_plus else ()


def _write(
    path: Path,
    signals: list[EdfSignal],
    start: datetime | None,
    annotations: Iterable[Annotation],
    patient: tuple[str, str],
    recording_additional: Sequence[str],
) -> None:
    edf_annotations = [_edf_annotation(path, annotation) for annotation in annotations]
    startdate, starttime = _start(path, start)
    code, name = patient
    try:
        edf = Edf(
            signals,
            patient=Patient(code=code, name=name),
            recording=Recording(startdate=startdate, additional=recording_additional),
            starttime=starttime,
            annotations=edf_annotations,
        )
    except ValueError as error:
        raise ScoringError(
            "{file} can't be written as EDF+: {error}.", file=path.name, error=error
        ) from error
    with replacing(path) as file:
        edf.write(_Forwarding(file))


class _Forwarding(io.BytesIO):
    """What edfio takes for memory; it goes into a file, whose errors edfio would not check."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file

    def write(self, data: ReadableBuffer, /) -> int:
        return self._file.write(data)


def _edf_signal(path: Path, one: WritableSignal) -> EdfSignal:
    try:
        return EdfSignal(
            # Kept in single precision: in double a sample at the limit may lie outside it.
            cast("npt.NDArray[np.float64]", one.samples),
            one.sfreq,
            label=one.label,
            physical_dimension=one.unit.replace("µ", "u").replace("μ", "u"),
            physical_range=one.physical_range,
        )
    except ValueError as error:
        raise ScoringError(
            "{file} can't be written as EDF+, because of the signal “{signal}”: {error}.",
            file=path.name,
            signal=one.label,
            error=error,
        ) from error


def annotation_text(path: Path, annotation: Annotation) -> str:
    """Text of an annotation as EDF+ has it, with its channel and without control characters.

    Raises
    ------
    ScoringError
        EDF+ can't hold it.
    """
    text = _writable(annotation.description, annotation.channel)
    has_time = math.isfinite(annotation.onset_s) and 0 <= annotation.duration_s < math.inf
    is_read_back = len(text.partition(_CHANNEL_LINK)[0]) == len(annotation.description)
    if has_time and text and is_read_back:
        return text
    at = Phrase(
        "{file} can't be written: the annotation “{text}” at {onset_s:g} s",
        file=path.name,
        text=_linked(annotation.description, annotation.channel),
        onset_s=annotation.onset_s,
    )
    if not has_time:
        raise ScoringError(
            "{at} has an impossible time (duration {duration_s:g} s).",
            at=at,
            duration_s=annotation.duration_s,
        )
    if not text:
        raise ScoringError("{at} has no text; give it one or delete it.", at=at)
    raise ScoringError(
        "{at} has an “@” where EDF+ would take what follows for a channel; write it differently.",
        at=at,
    )


def _linked(text: str, channel: str) -> str:
    return f"{text}{_CHANNEL_LINK}{channel}" if channel else text


@lru_cache(maxsize=4096)  # half a million annotations repeat a few texts
def _writable(text: str, channel: str) -> str:
    letters = _linked(text, channel)
    return storable(
        "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in letters)
    )


def _edf_annotation(path: Path, annotation: Annotation) -> EdfAnnotation:
    text = annotation_text(path, annotation)
    return EdfAnnotation(annotation.onset_s, annotation.duration_s or None, text)


def _start(path: Path, start: datetime | None) -> tuple[date | None, time]:
    if start is None:
        return None, time()
    if start.date() == UNKNOWN_DATE:
        return None, start.time()
    # The two-digit year of the header counts from 1985.
    if not 1985 <= start.year <= 2084:
        raise ScoringError(
            "{file} can't be written: EDF+ holds recordings of the years 1985 to "
            "2084, not of {year}.",
            file=path.name,
            year=start.year,
        )
    return start.date(), start.time()


def _subfield(text: str) -> str:
    """Word for the patient field: ASCII without blanks, X when empty."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "_".join(ascii_text.split()) or _UNKNOWN
