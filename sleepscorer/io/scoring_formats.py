"""One row for each format of scorings, read or written.

The dialogs, the command line and the tests are made from these tables.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sleepscorer.domain.alignment import StoredScoring
from sleepscorer.domain.errors import RecordingError, ScoringError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import Scoring
from sleepscorer.domain.texts import file_name
from sleepscorer.io import (
    bids_events,
    csv_scoring,
    edfbrowser,
    json_scoring,
    luna_annot,
    nsrr_xml,
    profusion_xml,
    session,
)
from sleepscorer.io.annotation_scoring import MOST_DURATION_S, about_unknown_names
from sleepscorer.io.codes import NAMES_OF_EVENT
from sleepscorer.io.edf_header import ANNOTATION_LABELS
from sleepscorer.io.edf_scoring import (
    read_edf_scoring,
    write_edf_hypnogram,
    write_edf_rk_hypnogram,
    write_scored_copy,
)
from sleepscorer.io.losses import (
    ALL_KINDS,
    EVERYTHING,
    Holds,
    Part,
    channel_name,
    edf_text,
    free_note,
    kinds_with,
    losses_of_start,
    one_line,
    reduced,
    unquoted,
)
from sleepscorer.io.questions import QuestionError
from sleepscorer.io.signal_hypnogram import LABEL as HYPNOGRAM_LABEL
from sleepscorer.io.signal_hypnogram import read_signal_hypnogram
from sleepscorer.io.stage_lines import (
    looks_like_labels,
    looks_like_numbers,
    write_yasa_labels,
    write_yasa_numbers,
)
from sleepscorer.io.tables.programs import ANY, BIDS, EDFBROWSER, PROGRAMS, Program
from sleepscorer.io.tables.reading import looks_like_table, reader_of
from sleepscorer.io.text_files import decoded, refuse_no_file

_HEAD_BYTES = 16_384
_EDF_MAGICS = (b"0       ", b"\xffBIOSEMI")


@dataclass(frozen=True, slots=True)
class FileHead:
    """Beginning of a file, which its format is recognised by.

    Attributes
    ----------
    data
        The first bytes.
    text
        The same as text, without a line that is cut off.
    """

    data: bytes
    text: str

    @classmethod
    def of(cls, path: Path) -> FileHead:
        """Read the beginning of a file.

        Raises
        ------
        ScoringError
            It can't be read.
        """
        refuse_no_file(path)
        try:
            with path.open("rb") as file:
                data = file.read(_HEAD_BYTES)
        except OSError as error:
            raise ScoringError(
                "{path} can't be read: {reason}.", path=path, reason=error
            ) from error
        text = decoded(data[: len(data) // 2 * 2] if len(data) == _HEAD_BYTES else data)
        if len(data) == _HEAD_BYTES:
            text = text.rpartition("\n")[0] or text
        return cls(data, text)

    @property
    def first_line(self) -> str:
        """The first line that is not empty, without blanks around it."""
        return next((line.strip() for line in self.text.splitlines() if line.strip()), "")


@dataclass(frozen=True, slots=True)
class ReadableFormat:
    """A file format that scorings are read from.

    Attributes
    ----------
    id
        Word on the command line.
    name
        Name in dialogs.
    suffix
        Suffix of its files; empty for that of the recording.
    recognises
        Whether a file that begins so is of this format.
    read
        Reads a scoring; raises ScoringError or RecordingError.
    asks
        Whether reading takes the recording, too, to decide what a file leaves open.
    """

    id: str
    name: Phrase
    suffix: str
    recognises: Callable[[FileHead], bool]
    read: Callable[..., StoredScoring]
    asks: bool = field(default=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class ScoringFormat(ReadableFormat):
    """A file format that scorings are read from and written to.

    Attributes
    ----------
    file_ending
        What follows the recording's name in the file's name.
    holds
        What it can hold beside the stages.
    writer
        Writes a scoring that the format can hold to a path, wholly or not at all; one that copies
        the recording takes ``progress`` too.
    side_files
        What it writes beside the file at a path.
    """

    file_ending: str
    holds: Holds
    writer: Callable[..., None]
    side_files: Callable[[Path], tuple[Path, ...]] = lambda _: ()

    @property
    def copies_recording(self) -> bool:
        """Whether its files hold the recording too, so that writing one takes a while."""
        return not self.suffix

    def file_name(self, recording_name: str) -> str:
        """Name of the file for a recording's file name, e.g. ``"night-hypnogram.edf"``."""
        recording = Path(recording_name)
        suffix = recording.suffix if self.copies_recording else ""
        return file_name(recording.stem, f"{self.file_ending}{suffix}")

    def files(self, path: Path) -> tuple[Path, ...]:
        """All files that writing to a path makes or replaces, the path itself first."""
        return (path, *self.side_files(path))

    def losses(self, scoring: Scoring, *, start: datetime | None = None) -> tuple[Phrase, ...]:
        """Say in a sentence each what of a scoring the format can't hold; empty when all.

        Parameters
        ----------
        scoring
            All there is.
        start
            When its first epoch begins, where no recording tells it.
        """
        return (*reduced(scoring, self.holds)[1], *losses_of_start(start, self.holds))

    def write(
        self,
        path: Path,
        scored: ScoredRecording,
        *,
        progress: Callable[[float], None] = lambda _: None,
    ) -> None:
        """Write what the format can hold of a scoring, wholly or not at all.

        Parameters
        ----------
        path
            The file.
        scored
            The scoring.
        progress
            Called with the fraction done where the recording is copied; may raise to stop.

        Raises
        ------
        ScoringError
            The file can't be written.
        RecordingError
            The recording has to be read for it and can't be.
        """
        held, _ = reduced(scored.scoring, self.holds)
        options = {"progress": progress} if self.copies_recording else {}
        self.writer(path, replace(scored, scoring=held), **options)


def _edf_labels(head: FileHead) -> list[str]:
    n_signals = head.data[252:256].decode("latin-1").strip()
    if not (head.data.startswith(_EDF_MAGICS) and n_signals.isdecimal()):
        return []
    labels = head.data[256 : 256 + 16 * int(n_signals)].decode("latin-1")
    return [labels[i : i + 16].strip() for i in range(0, len(labels), 16)]


def _has_hypnogram_signal(head: FileHead) -> bool:
    return any(HYPNOGRAM_LABEL.search(label) for label in _edf_labels(head))


def _has_annotations(head: FileHead) -> bool:
    # A hypnogram among the signals goes first: such files have no stages among their annotations.
    is_annotated = any(label in ANNOTATION_LABELS for label in _edf_labels(head))
    return is_annotated and not _has_hypnogram_signal(head)


def _has_mark(program: Program) -> Callable[[FileHead], bool]:
    return lambda head: program.mark is not None and bool(program.mark.search(head.text))


_WHOLE_START = (Part.START, Part.DATE)
_EDF_HOLDS = Holds(
    parts=frozenset({Part.LIGHTS, Part.CHANNELS, Part.LINKS_OF_EVENTS, *_WHOLE_START}),
    kinds=ALL_KINDS,
    channel=channel_name,
    note=lambda text: free_note(edf_text(text)),
)
_EDFBROWSER_HOLDS = Holds(parts=frozenset({Part.LIGHTS}), kinds=ALL_KINDS, note=free_note)

SCORING_FORMATS = (
    ScoringFormat(
        "edf",
        Phrase("EDF+ annotations (AASM)"),
        ".edf",
        _has_annotations,
        read_edf_scoring,
        file_ending="-hypnogram.edf",
        holds=_EDF_HOLDS,
        writer=write_edf_hypnogram,
    ),
    ScoringFormat(
        "edf-rk",
        Phrase("EDF+ annotations (R&K, as Sleep-EDF)"),
        ".edf",
        lambda _: False,  # the texts tell; both are read alike
        read_edf_scoring,
        file_ending="-hypnogram-rk.edf",
        holds=_EDF_HOLDS,
        writer=write_edf_rk_hypnogram,
    ),
    ScoringFormat(
        "edf-copy",
        Phrase("EDF+ or BDF+ copy of the recording with annotations"),
        "",
        lambda _: False,
        read_edf_scoring,
        file_ending="-scored",
        holds=_EDF_HOLDS,
        writer=write_scored_copy,
    ),
    ScoringFormat(
        "csv",
        Phrase("CSV, one row an epoch"),
        ".csv",
        lambda head: head.first_line == csv_scoring.HEADER,
        csv_scoring.read_csv,
        file_ending=".csv",
        holds=Holds(
            frozenset(
                {Part.NAMED_SOURCES, Part.ROUNDED_PROBABILITIES, Part.COMMENTS, *_WHOLE_START}
            )
        ),
        writer=csv_scoring.write_csv,
    ),
    ScoringFormat(
        "json",
        Phrase("JSON, everything"),
        ".json",
        lambda head: f'"{json_scoring.FORMAT}"' in head.text,
        json_scoring.read_json,
        file_ending=".json",
        holds=Holds(EVERYTHING, ALL_KINDS),
        writer=json_scoring.write_json,
    ),
    ScoringFormat(
        "session",
        Phrase("SleepScorer session (HDF5), everything"),
        session.SUFFIX,
        lambda head: head.data.startswith(session.SEAL),
        session.read_session_scoring,
        file_ending=session.SUFFIX,
        holds=Holds(EVERYTHING, ALL_KINDS),
        writer=session.write_session_scoring,
    ),
    ScoringFormat(
        "nsrr",
        Phrase("NSRR XML"),
        ".xml",
        lambda head: f"<{nsrr_xml.ROOT}" in head.text,
        nsrr_xml.read_nsrr_xml,
        file_ending="-nsrr.xml",
        holds=Holds(
            frozenset({Part.CHANNELS, Part.SPO2, Part.LINKS_OF_EVENTS, Part.START}),
            kinds_with(lambda kind: NAMES_OF_EVENT[kind].nsrr),
            channel=channel_name,
        ),
        writer=nsrr_xml.write_nsrr_xml,
    ),
    ScoringFormat(
        "profusion",
        Phrase("Profusion XML (Compumedics)"),
        ".xml",
        lambda head: f"<{profusion_xml.ROOT}" in head.text,
        profusion_xml.read_profusion_xml,
        file_ending="-profusion.xml",
        holds=Holds(
            frozenset({Part.CHANNELS, Part.SPO2}),
            kinds_with(lambda kind: NAMES_OF_EVENT[kind].profusion),
            channel=channel_name,
        ),
        writer=profusion_xml.write_profusion_xml,
    ),
    ScoringFormat(
        "edfbrowser-csv",
        Phrase("EDFbrowser CSV"),
        ".csv",
        _has_mark(EDFBROWSER),
        reader_of(EDFBROWSER),
        asks=True,
        file_ending="-edfbrowser.csv",
        holds=_EDFBROWSER_HOLDS,
        writer=edfbrowser.write_edfbrowser_csv,
    ),
    ScoringFormat(
        "edfbrowser-xml",
        Phrase("EDFbrowser XML"),
        ".xml",
        lambda head: f"<{edfbrowser.ROOT}" in head.text,
        edfbrowser.read_edfbrowser_xml,
        file_ending="-edfbrowser.xml",
        holds=replace(_EDFBROWSER_HOLDS, parts=frozenset({Part.LIGHTS, *_WHOLE_START})),
        writer=edfbrowser.write_edfbrowser_xml,
    ),
    ScoringFormat(
        "yasa",
        Phrase("YASA text, labels"),
        ".txt",
        lambda head: looks_like_labels(head.text),
        reader_of(ANY),
        asks=True,
        file_ending="-yasa.txt",
        holds=Holds(),
        writer=write_yasa_labels,
    ),
    ScoringFormat(
        "yasa-numbers",
        Phrase("YASA text, numbers"),
        ".txt",
        lambda head: looks_like_numbers(head.text),
        reader_of(ANY),
        asks=True,
        file_ending="-yasa-numbers.txt",
        holds=Holds(),
        writer=write_yasa_numbers,
    ),
    ScoringFormat(
        "bids",
        Phrase("BIDS events table"),
        ".tsv",
        _has_mark(BIDS),
        reader_of(BIDS),
        asks=True,
        file_ending="_events.tsv",
        holds=Holds(
            frozenset({Part.LIGHTS, Part.CHANNELS}),
            ALL_KINDS,
            channel=lambda label: channel_name(unquoted(label)),
            note=lambda text: free_note(unquoted(text)),
        ),
        writer=bids_events.write_bids_events,
        side_files=lambda path: (bids_events.side_file(path),),
    ),
    ScoringFormat(
        "luna",
        Phrase("Luna .annot"),
        ".annot",
        lambda head: luna_annot.is_luna_annot(head.text),
        luna_annot.read_luna_annot,
        file_ending=".annot",
        holds=Holds(
            frozenset(
                {
                    *(Part.LIGHTS, Part.CHANNELS, Part.SPO2),
                    *(Part.EVENT_REMARKS, Part.LINKS_OF_EVENTS),
                }
            ),
            ALL_KINDS,
            text=lambda text: one_line(text).replace("|", "/"),
            channel=lambda label: channel_name(unquoted(label)),
            note=lambda text: one_line(text).replace("|", "/"),
        ),
        writer=luna_annot.write_luna_annot,
    ),
)
"""Formats that a scoring can be exported to."""

READ_ONLY_FORMATS = (
    ReadableFormat(
        "edf-signal",
        Phrase("Hypnogram stored as a signal (EDF)"),
        ".edf",
        _has_hypnogram_signal,
        read_signal_hypnogram,
    ),
    *(
        ReadableFormat(
            program.id,
            program.name,
            program.suffix,
            _has_mark(program),
            reader_of(program),
            asks=True,
        )
        for program in PROGRAMS
    ),
    # The last: any other table that has stages in it.
    ReadableFormat(
        ANY.id,
        ANY.name,
        ANY.suffix,
        lambda head: looks_like_table(head.text),
        reader_of(ANY),
        asks=True,
    ),
)
"""Formats that a scoring is only read from."""

_OWN_FORMATS = ("json", "session", "csv")  # their notes are notes

READABLE_FORMATS: tuple[ReadableFormat, ...] = SCORING_FORMATS + READ_ONLY_FORMATS

READABLE_SUFFIXES = tuple(
    dict.fromkeys([*(row.suffix for row in READABLE_FORMATS if row.suffix), ".bdf"])
)


def scoring_format(format_id: str) -> ScoringFormat:
    """Return the format of an id; raise KeyError for an unknown one."""
    return {row.id: row for row in SCORING_FORMATS}[format_id]


def recognised_format(path: Path) -> ReadableFormat:
    """Tell the format of a file from its content.

    Raises
    ------
    ScoringError
        It can't be read, or is none that scorings are read from.
    """
    head = FileHead.of(path)
    for row in READABLE_FORMATS:
        if row.recognises(head):
            return row
    if head.data.startswith(_EDF_MAGICS):  # its header names the patient, who is not to be told
        raise ScoringError(
            "{file} is a recording without annotations, so it holds no stages. Choose a scoring of "
            "it; sleepscorer score makes one, and so does the window.",
            file=path.name,
        )
    raise ScoringError(
        "{file} is no scoring that is known here (it begins with “{text}”); known are: {formats}.",
        file=path.name,
        text=head.first_line[:40],
        formats=tuple(row.name for row in READABLE_FORMATS),
    )


def is_scoring(path: Path, recording: RecordingIdentity) -> bool:
    """Whether a file holds stages or events that a recording can be given."""
    try:
        found = read_scoring(path, recording)
    except ScoringError as error:
        return isinstance(error, QuestionError)
    return bool(found.spans or found.events)


def read_scoring(path: Path, recording: RecordingIdentity | None = None) -> StoredScoring:
    """Read a scoring in whatever format it is.

    Parameters
    ----------
    path
        The file.
    recording
        The recording that it belongs to, where that is known; it decides some of what the file
        leaves open.

    Raises
    ------
    QuestionError
        It can be read in more than one way.
    ScoringError
        It can't be read or makes no sense.
    """
    row = recognised_format(path)
    try:
        stored_scoring = row.read(path, recording) if row.asks else row.read(path)
        if (
            not stored_scoring.spans
            and row.id == "edf"
            and _has_hypnogram_signal(FileHead.of(path))
        ):
            stored_scoring = read_signal_hypnogram(path)
    except RecordingError as error:
        raise ScoringError(str(error)) from error
    if stored_scoring.stop_s > MOST_DURATION_S:
        raise ScoringError(
            "{file} has stages after {stop_s:g} s, longer than any recording.",
            file=path.name,
            stop_s=stored_scoring.stop_s,
        )
    if row.id in _OWN_FORMATS:
        return stored_scoring
    unknown = about_unknown_names(stored_scoring.events)
    return replace(stored_scoring, notes=(*stored_scoring.notes, *unknown))
