"""The journal: every change as it is made, so that nothing is lost when the program ends abruptly.

A file of JSON lines that is only ever appended to. The first line holds the scoring as it was when
the recording was opened, and stands there twice; each other line one change (its number, when, who,
what, the new and the former state), or that the session was saved, or that the recording was closed
on purpose. A change that replaces all events names them: they are on a line of their own before it,
or those that were there before such a change. Each line ends with a check of itself. The last one
may be cut off where the program was killed while writing it. Only the owner of the computer's
account may read it.

In versions 1 to 4, no events had names. In versions 1 to 3, there were no decisions on events
beside marking them. In versions 1 and 2, each event stood by itself, not in columns, and was there
once more in what takes a change back. In version 1, the sources of stages were the texts that
`provenance_of` reads; a document of those has no entry "sources". Events had no source, and there
was neither a sign-off nor more than one prediction.
"""

from __future__ import annotations

import base64
import errno
import itertools
import json
import os
import re
import uuid
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import singledispatch
from io import FileIO
from pathlib import Path
from typing import Any, NoReturn
from weakref import WeakKeyDictionary

import numpy as np

from sleepscorer import __version__
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.event_index import EventIndex
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.provenance import UNKNOWN_MODEL, Model, provenance_of
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import (
    AllEventsEdit,
    DecisionsEdit,
    Edit,
    EditSeries,
    EpochScore,
    EventEdit,
    LightsEdit,
    PredictionEdit,
    Remark,
    RemarkEdit,
    ScorerEdit,
    Scoring,
    SignOffEdit,
    StageEdit,
    model_of,
)
from sleepscorer.domain.stages import Stage
from sleepscorer.file_questions import files_in
from sleepscorer.io.atomic import flush_folder
from sleepscorer.io.json_scoring import (
    columns_of,
    decisions_of,
    document_of,
    document_of_decisions,
    document_of_lights,
    document_of_prediction,
    events_of,
    lights_of_document,
    prediction_of,
    sign_off_of,
    sources_of,
)
from sleepscorer.io.private_files import make_private_folder, opened_private
from sleepscorer.io.provenance import SIGN_OFFS, SourceTable, source_of

SUFFIX = ".journal"
FINISHED_SUFFIX = ".closed"
FORMAT = "SleepScorer journal"
VERSION = 5
MOST_BYTES = 2**28
"""A longer one is not read, so that none is written."""

DAMAGE = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError)
"""What reading or making a change raises where its line is damaged."""

_APART_BYTES = 4096
_CHECK_BYTES = len(', "crc": "00000000"}')
_NUMBER = re.compile(r"(\d{7})-\d{4}-")


class Journal:
    """Writes the changes of one opened recording.

    When it can't be written, that is said once, by the exception of the change concerned. What
    could not be written waits and is tried again with each change that follows and by `sync`, so
    that a full disk that has room again, or a share that is back, loses nothing.

    Parameters
    ----------
    folder
        Where journals are kept; made when it is missing, for its owner alone.
    scored
        The scoring as it is now.
    source
        The file that was opened, a recording or a session.
    seal
        The session's seal, by which it is known again; empty for a recording.

    Raises
    ------
    ScoringError
        The journal can't be written.
    """

    def __init__(
        self, folder: Path, scored: ScoredRecording, source: Path, seal: bytes = b""
    ) -> None:
        now = datetime.now()
        name = f"{_next_number(folder):07d}-{now:%Y-%m-%dT%H-%M-%S}-{uuid.uuid4().hex[:8]}"
        self.path = folder / f"{name}{SUFFIX}"
        header = {
            "format": FORMAT,
            "format_version": VERSION,
            "application": f"SleepScorer {__version__}",
            "at": now.isoformat(timespec="milliseconds"),
            "source": str(source),
            "seal": seal.hex(),
            "scoring": document_of(scored, in_columns=True),
        }
        self._n_entries = 0
        self._n_bytes = 0
        # What replaces all events is written once, not at every undo and redo.
        self._names = WeakKeyDictionary[EventIndex, int]()
        self._prepared = WeakKeyDictionary[EventIndex, tuple[int, bytes]]()
        self._free_names = itertools.count(1)
        self._is_told = self._is_ended = self._has_changes = False
        line = line_of(header)
        # All that follows rests on it: it is there twice, so far apart that no damaged sector or
        # page of the disk takes both.
        self._waiting = line + b" " * _APART_BYTES + b"\n" + line
        try:
            make_private_folder(folder)
            self._file = opened_private(self.path)
            self._write_waiting()
        except OSError as error:
            raise self._not_written(error) from error
        self.sync()
        flush_folder(folder)

    def prepare(self, events: EventIndex) -> None:
        """Word what may replace all events, on any thread: half a million take seconds."""
        self._prepared[events] = self._worded(events)

    def record(self, edit: Edit, inverse: Edit, *, scorer: str, what: str) -> None:
        """Append a change that was made.

        Parameters
        ----------
        edit, inverse
            The change, and the one that takes it back (the former state).
        scorer
            Who made it.
        what
            A few words on it.

        Raises
        ------
        ScoringError
            It can't be written now.
        """
        self._has_changes = True
        self._append(
            scorer=scorer,
            what=what,
            edit=document_of_edit(self._naming(edit)),
            inverse=document_of_edit(_without_events(inverse)),
        )

    def note_saved(self, path: Path, seal: bytes = b"") -> None:
        """Append that the session was saved: nothing before this needs to be restored.

        Parameters
        ----------
        path, seal
            The session and its seal.

        Raises
        ------
        ScoringError
            It can't be written now.
        """
        self._append(saved=str(path), seal=seal.hex())

    def note_begun(self) -> None:
        """Append that what is scored from here on is no session's yet.

        Raises
        ------
        ScoringError
            It can't be written now.
        """
        self._append(seal="")

    def close(self) -> None:
        """Append that the recording was closed on purpose, and close the file.

        One without a change is removed.

        Raises
        ------
        ScoringError
            It can neither be written nor put away: its work will be offered again.
        """
        if self._is_ended:
            return
        try:
            self._append(closed=True)
        except ScoringError:
            if not put_away(self.path):  # a full disk lets a file be renamed
                raise
        self.abandon()
        if self._has_changes:
            put_away(self.path)
        else:
            with suppress(OSError):  # it says that it was closed, that is enough
                self.path.unlink()

    def abandon(self) -> None:
        """Close the file and leave the work in it unfinished."""
        self._is_ended = True
        self._close_file()

    @property
    def is_broken(self) -> bool:
        """Whether something waits that could not be written."""
        return bool(self._waiting)

    def sync(self) -> None:
        """Have what was appended written to the disk, in case the power fails.

        Raises
        ------
        ScoringError
            It can't be written, which is said once.
        """
        if self._is_ended:
            return
        try:
            self._write_waiting()
            os.fsync(self._file.fileno())
        except OSError as error:
            self._tell(error)

    def _worded(self, events: EventIndex) -> tuple[int, bytes]:
        """Name events; return the name and the line that holds them."""
        name, table = next(self._free_names), SourceTable(one.source for one in events.events)
        columns = columns_of(events.events, table)
        line = {"name": name, "events": columns, "sources": table.documents}
        return name, line_of(line)

    def _naming(self, edit: Edit) -> Edit:
        """Say by name what replaces all events, and have it written first if it never was."""
        match edit:
            case EditSeries(edits=edits):
                return EditSeries(tuple(map(self._naming, edits)))
            case AllEventsEdit(events=events, former=former):
                if events not in self._names:
                    prepared = self._prepared.pop(events, None)
                    self._names[events], line = prepared or self._worded(events)
                    self._waiting += line
                if former not in self._names:
                    self._names[former] = next(self._free_names)
                return NamedEvents(self._names[events], self._names[former])
            case _:
                return edit

    def _append(self, **entry: object) -> None:
        if self._is_ended:
            return
        self._n_entries += 1
        at = datetime.now().isoformat(timespec="milliseconds")
        self._waiting += line_of({"n": self._n_entries, "at": at, **entry})
        try:
            # From here on it survives the end of the program, though not yet that of the machine.
            self._write_waiting()
        except OSError as error:
            self._tell(error)

    def _write_waiting(self) -> None:
        if not self._waiting:
            return
        if self._file.closed:
            self._file = self._reopened()
        if self._n_bytes + len(self._waiting) > MOST_BYTES:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        n_written = 0
        while n_written < len(self._waiting):
            n_written += self._file.write(self._waiting[n_written:])
        self._n_bytes += n_written
        self._waiting = b""
        self._is_told = False

    def _reopened(self) -> FileIO:
        """Open the file again where the last whole line ends: part of one may have been written."""
        file = FileIO(self.path, "rb+")
        file.truncate(self._n_bytes)
        file.seek(self._n_bytes)
        return file

    def _tell(self, error: OSError) -> None:
        self._close_file()
        if not self._is_told:
            self._is_told = True
            raise self._not_written(error) from error

    def _close_file(self) -> None:
        with suppress(OSError):
            self._file.close()

    def _not_written(self, error: OSError) -> ScoringError:
        return ScoringError(
            "The journal {path} can't be written ({reason}): your changes would "
            "be lost if the program ended now. Save the session often.",
            path=self.path,
            reason=error,
        )


def line_of(entry: Mapping[str, object]) -> bytes:
    """Write an entry as a line that ends with a check of itself."""
    text = json.dumps(entry, ensure_ascii=True, allow_nan=False)
    # A flipped bit often leaves another stage or epoch that reads just as well.
    return f'{text[:-1]}, "crc": "{zlib.crc32(text.encode()):08x}"}}\n'.encode("ascii")


def has_check(line: bytes) -> bool:
    """Whether a line ends with a check of itself, as all do but those of the first journals."""
    check = line.rstrip(b"\r\n")[-_CHECK_BYTES:]
    return check.startswith(b', "crc": "') and check.endswith(b'"}')


def entry_of(line: bytes) -> dict[str, Any] | None:
    """Read an entry; None for a damaged line."""
    body, check = line.rstrip(b"\r\n")[:-_CHECK_BYTES], line.rstrip(b"\r\n")[-_CHECK_BYTES:]
    if has_check(line) and check[-10:-2] != f"{zlib.crc32(body + b'}'):08x}".encode():
        return None
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) else None


@dataclass(frozen=True, slots=True)
class NamedEvents:
    """Other events in the place of all that there are, by names that only their journal knows.

    Attributes
    ----------
    name
        Of all events from now on.
    former
        Of those that they take the place of.
    """

    name: int
    former: int

    @property
    def epochs(self) -> tuple[int, ...]:
        """None can be told."""
        return ()

    def apply_to(self, scoring: Scoring) -> NoReturn:
        """Raise ValueError: a replay of the journal puts in what is meant."""
        raise ValueError(f"events {self.name} are not known to a scoring of {len(scoring)} epochs")


@dataclass(frozen=True, slots=True)
class Change:
    """A change as a journal holds it.

    Attributes
    ----------
    at
        When it was made, by the clock of the computer.
    scorer
        Who made it.
    what
        A few words on it.
    edit
        The change.
    """

    at: datetime
    scorer: str
    what: str
    edit: Edit
    _inverse: Mapping[str, Any]

    @property
    def inverse(self) -> Edit:
        """What takes it back but for events; read only now, since restoring does not need it.

        Raises
        ------
        LookupError, TypeError, ValueError, AttributeError, ArithmeticError
            It is damaged.
        """
        return edit_of(self._inverse)


def change_of(entry: Mapping[str, Any]) -> Change | None:
    """Change that an entry with ``"edit"`` holds; None for a damaged or a later one."""
    try:
        return Change(
            datetime.fromisoformat(entry["at"]),
            str(entry.get("scorer", "")),
            str(entry.get("what", "")),
            edit_of(entry["edit"]),
            entry.get("inverse", {}),
        )
    except DAMAGE:
        return None


def number_of(journal_path: Path) -> int:
    """Which journal of its folder it is, by its name; 0 for one of a time without numbers.

    The clock may have run backwards in between: it does not tell which is the later one.
    """
    number = _NUMBER.match(journal_path.name)
    return int(number[1]) if number else 0


def put_away(journal_path: Path) -> bool:
    """Keep a finished journal under a name that is not searched for unfinished work.

    Should it fail, a mark in the journal says the same; only looking takes longer.
    """
    try:
        journal_path.rename(journal_path.with_suffix(FINISHED_SUFFIX))
    except OSError:
        return False
    return True


def _next_number(folder: Path) -> int:
    paths = (*files_in(folder, SUFFIX), *files_in(folder, FINISHED_SUFFIX))
    return 1 + max(map(number_of, paths), default=0)


@singledispatch
def document_of_edit(edit: Edit) -> dict[str, object]:
    """Express an edit in what JSON can hold."""
    raise TypeError(f"no journal entry for {type(edit).__name__}")


def edit_of(document: Mapping[str, Any]) -> Edit:
    """Read the edit of a document that `document_of_edit` made.

    Raises
    ------
    KeyError, TypeError, ValueError
        It is no such document.
    """
    return _READERS[document["type"]](document)


@document_of_edit.register
def _(edit: StageEdit) -> dict[str, object]:
    table = SourceTable(score.source for score in edit.scores)
    scores = [[score.stage.label, table.number(score.source)] for score in edit.scores]
    return {
        "type": "stages",
        "epochs": list(edit.epochs),
        "scores": scores,
        "sources": table.documents,
    }


def _stage_edit(document: Mapping[str, Any], model: Model = UNKNOWN_MODEL) -> StageEdit:
    pairs = [(Stage.from_label(label), source) for label, source in document["scores"]]
    if "sources" in document:
        known = sources_of(document["sources"])
        scores = tuple(EpochScore(stage, source_of(number, known)) for stage, number in pairs)
    else:
        scores = tuple(EpochScore(stage, provenance_of(text, model)) for stage, text in pairs)
    return StageEdit(tuple(document["epochs"]), scores)


@document_of_edit.register
def _(edit: PredictionEdit) -> dict[str, object]:
    hypnodensity = edit.hypnodensity
    model = None
    if hypnodensity is not None:
        data = np.ascontiguousarray(hypnodensity.probabilities, "<f4").tobytes()
        model = {
            "name": hypnodensity.model,
            "weights_sha256": hypnodensity.weights_sha256,
            "derivation": hypnodensity.derivation,
            "probabilities": base64.b64encode(data).decode("ascii"),
        }
    others = None
    if edit.others is not None:
        others = [document_of_prediction(one) for one in edit.others]
    return {
        "type": "prediction",
        "model": model,
        "others": others,
        "stages": document_of_edit(edit.stages),
    }


def _prediction_edit(document: Mapping[str, Any]) -> PredictionEdit:
    model = document["model"]
    others = None
    if document.get("others") is not None:  # not in earlier versions
        others = tuple(prediction_of(one) for one in document["others"])
    if model is None:
        return PredictionEdit(None, _stage_edit(document["stages"]), others)
    data = np.frombuffer(base64.b64decode(model["probabilities"]), "<f4")
    hypnodensity = Hypnodensity(
        data.reshape(-1, 5).astype(np.float32),
        model=model["name"],
        weights_sha256=model["weights_sha256"],
        derivation=model["derivation"],
    )
    stages = _stage_edit(document["stages"], model_of(hypnodensity))
    return PredictionEdit(hypnodensity, stages, others)


@document_of_edit.register
def _(edit: EventEdit) -> dict[str, object]:
    table = SourceTable(event.source for event in (*edit.removed, *edit.added))
    removed, added = (columns_of(events, table) for events in (edit.removed, edit.added))
    return {"type": "events", "removed": removed, "added": added, "sources": table.documents}


def _event_edit(document: Mapping[str, Any]) -> EventEdit:
    sources = sources_of(document.get("sources", []))
    return EventEdit(*(events_of(document[name], sources) for name in ("removed", "added")))


@document_of_edit.register
def _(edit: NamedEvents) -> dict[str, object]:
    return {"type": "named_events", "name": edit.name, "former": edit.former}


@document_of_edit.register
def _(edit: DecisionsEdit) -> dict[str, object]:
    table = SourceTable(event.source for event in (*edit.removed.rejected, *edit.added.rejected))
    removed, added = (document_of_decisions(one, table) for one in (edit.removed, edit.added))
    return {"type": "decisions", "removed": removed, "added": added, "sources": table.documents}


def _decisions_edit(document: Mapping[str, Any]) -> DecisionsEdit:
    sources = sources_of(document["sources"])
    return DecisionsEdit(*(decisions_of(document[name], sources) for name in ("removed", "added")))


def _without_events(inverse: Edit) -> Edit:
    """What takes a change back, without its events: the change itself says which there were."""
    match inverse:
        case EventEdit() | AllEventsEdit():
            return EventEdit()
        case EditSeries(edits=edits):
            return EditSeries(tuple(map(_without_events, edits)))
        case _:
            return inverse


@document_of_edit.register
def _(edit: RemarkEdit) -> dict[str, object]:
    remarks = [[remark.comment, remark.artefact] for remark in edit.remarks]
    return {"type": "remarks", "epochs": list(edit.epochs), "remarks": remarks}


def _remark_edit(document: Mapping[str, Any]) -> RemarkEdit:
    remarks = (Remark(comment, artefact) for comment, artefact in document["remarks"])
    return RemarkEdit(tuple(document["epochs"]), tuple(remarks))


@document_of_edit.register
def _(edit: LightsEdit) -> dict[str, object]:
    return {"type": "lights", **document_of_lights(edit.lights)}


@document_of_edit.register
def _(edit: ScorerEdit) -> dict[str, object]:
    return {"type": "scorer", "scorer": edit.scorer}


@document_of_edit.register
def _(edit: SignOffEdit) -> dict[str, object]:
    sign_off = None if edit.sign_off is None else SIGN_OFFS.to_builtins(edit.sign_off)
    return {"type": "sign_off", "sign_off": sign_off}


@document_of_edit.register
def _(edit: EditSeries) -> dict[str, object]:
    return {"type": "series", "edits": [document_of_edit(one) for one in edit.edits]}


_READERS: Mapping[str, Callable[[Mapping[str, Any]], Edit]] = {
    "stages": _stage_edit,
    "prediction": _prediction_edit,
    "events": _event_edit,
    "named_events": lambda document: NamedEvents(document["name"], document["former"]),
    "decisions": _decisions_edit,
    "remarks": _remark_edit,
    "lights": lambda document: LightsEdit(lights_of_document(document)),
    "scorer": lambda document: ScorerEdit(document["scorer"]),
    "sign_off": lambda document: SignOffEdit(sign_off_of(document["sign_off"])),
    "series": lambda document: EditSeries(tuple(edit_of(one) for one in document["edits"])),
}
