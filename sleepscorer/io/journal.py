"""The journal: every change as it is made, so that nothing is lost when the program ends abruptly.

A file of JSON lines that is only ever appended to. The first line holds the scoring as it was when
the recording was opened; each other line one change (when, who, what, the new and the former
state), or that the session was saved, or that the recording was closed on purpose. The last line
may be cut off where the program was killed while writing it.
"""

from __future__ import annotations

import base64
import json
import os
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import singledispatch
from pathlib import Path
from typing import Any

import numpy as np

from sleepscorer import __version__
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import (
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
    StageEdit,
)
from sleepscorer.domain.stages import Stage
from sleepscorer.file_questions import files_in, rested_s, size_of
from sleepscorer.io.json_scoring import (
    document_of,
    document_of_event,
    document_of_lights,
    event_of,
    lights_of_document,
    scoring_of,
)

SUFFIX = ".journal"
_FINISHED_SUFFIX = ".closed"
_FORMAT = "SleepScorer journal"
_VERSION = 1
_MOST_BYTES = 2**28
_SETTLED_S = 60.0
"""A journal that has rested for so long is not one that is just being begun."""

KEPT_DAYS = 30
"""How long a finished journal is kept: it names files, scorers and what they remarked."""


class Journal:
    """Writes the changes of one opened recording.

    When it can't be written, that is said once, by the exception of the change concerned; from
    then on nothing is journalled any more and nothing raises.

    Parameters
    ----------
    folder
        Where journals are kept; made when it is missing.
    scored
        The scoring as it is now.
    source
        The file that was opened, a recording or a session.

    Raises
    ------
    ScoringError
        The journal can't be written.
    """

    def __init__(self, folder: Path, scored: ScoredRecording, source: Path) -> None:
        now = datetime.now()
        self.path = folder / f"{now:%Y-%m-%dT%H-%M-%S}-{uuid.uuid4().hex[:8]}{SUFFIX}"
        header = {
            "format": _FORMAT,
            "format_version": _VERSION,
            "application": f"SleepScorer {__version__}",
            "at": now.isoformat(timespec="milliseconds"),
            "source": str(source),
            "scoring": document_of(scored),
        }
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("xb")
        except OSError as error:
            raise self._not_written(error) from error
        self._has_changes = False
        self._append(header)
        self.sync()

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
            It can't be written.
        """
        self._has_changes = True
        self._append_now(
            scorer=scorer,
            what=what,
            edit=document_of_edit(edit),
            inverse=document_of_edit(inverse),
        )

    def note_saved(self, path: Path) -> None:
        """Append that the session was saved: nothing before this needs to be restored.

        Raises
        ------
        ScoringError
            It can't be written.
        """
        if self.is_broken:
            self._finish_broken()
        self._append_now(saved=str(path))

    def close(self) -> None:
        """Append that the recording was closed on purpose, and close the file.

        One without a change is removed.

        Raises
        ------
        ScoringError
            It can't be written.
        """
        if self.is_broken:
            self._finish_broken()
            return
        self._append_now(closed=True)
        self.abandon()
        if self._has_changes:
            _put_away(self.path)
        else:
            with suppress(OSError):  # it says that it was closed, that is enough
                self.path.unlink()

    def abandon(self) -> None:
        """Close the file and leave the work in it unfinished."""
        # Closing writes what is still in memory; on a full disk that fails once more.
        with suppress(OSError):
            self._file.close()

    @property
    def is_broken(self) -> bool:
        """Whether nothing is written any more."""
        return self._file.closed

    def sync(self) -> None:
        """Have what was appended written to the disk, in case the power fails.

        Raises
        ------
        ScoringError
            It can't be written.
        """
        if self.is_broken:
            return
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            self.abandon()
            raise self._not_written(error) from error

    def _finish_broken(self) -> None:
        """Have what it holds not offered: newer work was saved, or all of it given up."""
        with suppress(ScoringError):
            mark_finished(self.path)

    def _append_now(self, **entry: object) -> None:
        if self.is_broken:
            return
        self._append({"at": datetime.now().isoformat(timespec="milliseconds"), **entry})

    def _append(self, entry: Mapping[str, object]) -> None:
        line = json.dumps(entry, ensure_ascii=True, allow_nan=False)
        try:
            self._file.write(line.encode("ascii") + b"\n")
            # From here on it survives the end of the program, though not yet that of the machine.
            self._file.flush()
        except OSError as error:
            self.abandon()
            raise self._not_written(error) from error

    def _not_written(self, error: OSError) -> ScoringError:
        return ScoringError(
            f"The journal {self.path} can't be written ({error.strerror}): your changes would be "
            "lost if the program ended now. Save the session often."
        )


@dataclass(frozen=True, slots=True)
class UnfinishedWork:
    """What a journal holds of work that was neither saved nor given up.

    Attributes
    ----------
    journal_path
        The journal.
    source
        The file that was open, a recording or a session.
    recording
        What the recording is recognised by.
    scoring
        The scoring after the last change.
    n_changes
        Number of changes since the last time the session was saved.
    last_change
        When the last change was made.
    """

    journal_path: Path
    source: Path
    recording: RecordingIdentity
    scoring: Scoring
    n_changes: int
    last_change: datetime


def unfinished_work(
    folder: Path,
    recording: RecordingIdentity | None = None,
    *,
    is_in_use: Callable[[Path], bool] = lambda _: False,
) -> Iterator[UnfinishedWork]:
    """Find the work in a folder of journals that was neither saved nor given up, latest first.

    Journals that can't be read are passed over: there is nothing to be had from them. Those that
    turn out to hold nothing unfinished are put away.

    Parameters
    ----------
    folder
        Where the journals are.
    recording
        The recording that the work has to belong to; of other journals only the head is read.
    is_in_use
        Whether somebody still writes a journal; it is passed over.
    """
    for path in reversed(files_in(folder, SUFFIX)):
        if not is_in_use(path):
            work = _unfinished(path, recording)
            if work is not None:
                yield work


def journals_of(folder: Path, recording: RecordingIdentity) -> Iterator[dict[str, Any]]:
    """Yield the entries of all journals of a recording, finished ones too, the earliest first."""
    paths = (*files_in(folder, SUFFIX), *files_in(folder, _FINISHED_SUFFIX))
    for path in sorted(paths, key=lambda path: path.stem):
        damages = (OSError, ValueError, KeyError, TypeError, AttributeError)
        with suppress(*damages), path.open("rb") as file:
            header = json.loads(file.readline())
            identity = _identity(header["scoring"]["recording"])
            if header["format"] == _FORMAT and not identity.difference(recording):
                yield from (entry for entry in _entries(file) if isinstance(entry, dict))


def remove_old_journals(folder: Path) -> None:
    """Remove the journals that were finished more than `KEPT_DAYS` days ago."""
    for path in files_in(folder, _FINISHED_SUFFIX):
        with suppress(OSError):  # it can be removed another time
            if rested_s(path) > KEPT_DAYS * 86_400:
                path.unlink()


def mark_finished(journal_path: Path) -> None:
    """Append to a journal that its work was restored or given up; one that is gone already was.

    Raises
    ------
    ScoringError
        It can't be written.
    """
    try:
        with journal_path.open("rb+") as file:  # "ab" would make one that is not there
            file.seek(0, os.SEEK_END)
            # On a line of its own: the last one may have been cut off.
            file.write(b'\n{"closed": true}\n')
    except FileNotFoundError:
        return
    except OSError as error:
        raise ScoringError(
            f"The journal {journal_path} can't be written ({error.strerror}); its work will be "
            "offered again."
        ) from error
    _put_away(journal_path)


def _put_away(journal_path: Path) -> None:
    """Keep a finished journal under a name that is not searched for unfinished work."""
    # Should it fail, the mark in the journal says the same; only looking takes longer.
    with suppress(OSError):
        journal_path.rename(journal_path.with_suffix(_FINISHED_SUFFIX))


def _unfinished(path: Path, recording: RecordingIdentity | None) -> UnfinishedWork | None:
    try:
        if (size_of(path) or 0) > _MOST_BYTES:
            return None
        with path.open("rb") as file:
            header = json.loads(file.readline())
            if header["format"] != _FORMAT or int(header["format_version"]) > _VERSION:
                return None
            if recording is not None and _identity(header["scoring"]["recording"]).difference(
                recording
            ):
                return None
            work = _replayed(path, header, _entries(file))
        if work is None and rested_s(path) > _SETTLED_S:
            _put_away(path)
        return work
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return None


def _entries(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    for line in lines:
        try:
            entry = json.loads(line)
        except ValueError:
            continue  # cut off by the end of the program
        yield entry


def _replayed(
    path: Path, header: Mapping[str, Any], entries: Iterable[Mapping[str, Any]]
) -> UnfinishedWork | None:
    document = header["scoring"]
    scoring = scoring_of(document)
    n_changes = 0
    last_change = header["at"]
    for entry in entries:
        if "closed" in entry:
            return None
        if "saved" in entry:
            n_changes = 0
        if "edit" in entry:
            scoring.apply(edit_of(entry["edit"]))
            n_changes += 1
            last_change = entry["at"]
    if n_changes == 0:
        return None
    return UnfinishedWork(
        journal_path=path,
        source=Path(header["source"]),
        recording=_identity(document["recording"]),
        scoring=scoring,
        n_changes=n_changes,
        last_change=datetime.fromisoformat(last_change),
    )


def _identity(document: Mapping[str, Any]) -> RecordingIdentity:
    start = document["start"]
    return RecordingIdentity(
        file_name=str(document["file_name"]),
        start=None if start is None else datetime.fromisoformat(start),
        duration_s=float(document["duration_s"]),
        labels=tuple(document["channels"]),
    )


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
    scores = [[score.stage.label, score.source] for score in edit.scores]
    return {"type": "stages", "epochs": list(edit.epochs), "scores": scores}


def _stage_edit(document: Mapping[str, Any]) -> StageEdit:
    scores = (EpochScore(Stage.from_label(label), source) for label, source in document["scores"])
    return StageEdit(tuple(document["epochs"]), tuple(scores))


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
    return {"type": "prediction", "model": model, "stages": document_of_edit(edit.stages)}


def _prediction_edit(document: Mapping[str, Any]) -> PredictionEdit:
    model = document["model"]
    stages = _stage_edit(document["stages"])
    if model is None:
        return PredictionEdit(None, stages)
    data = np.frombuffer(base64.b64decode(model["probabilities"]), "<f4")
    hypnodensity = Hypnodensity(
        data.reshape(-1, 5).astype(np.float32),
        model=model["name"],
        weights_sha256=model["weights_sha256"],
        derivation=model["derivation"],
    )
    return PredictionEdit(hypnodensity, stages)


@document_of_edit.register
def _(edit: EventEdit) -> dict[str, object]:
    removed = [document_of_event(event) for event in edit.removed]
    added = [document_of_event(event) for event in edit.added]
    return {"type": "events", "removed": removed, "added": added}


def _event_edit(document: Mapping[str, Any]) -> EventEdit:
    removed, added = (
        tuple(event_of(one) for one in document[name]) for name in ("removed", "added")
    )
    return EventEdit(removed, added)


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
def _(edit: EditSeries) -> dict[str, object]:
    return {"type": "series", "edits": [document_of_edit(one) for one in edit.edits]}


_READERS: Mapping[str, Callable[[Mapping[str, Any]], Edit]] = {
    "stages": _stage_edit,
    "prediction": _prediction_edit,
    "events": _event_edit,
    "remarks": _remark_edit,
    "lights": lambda document: LightsEdit(lights_of_document(document)),
    "scorer": lambda document: ScorerEdit(document["scorer"]),
    "series": lambda document: EditSeries(tuple(edit_of(one) for one in document["edits"])),
}
