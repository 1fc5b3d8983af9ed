"""What a folder of journals holds: work that was neither saved nor given up, and the history.

A damaged journal is restored up to the damage and from the other side of it: a change says the new
state of its epochs, so it holds whatever was before it. What is missing is counted, never guessed.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.event_index import EventIndex
from sleepscorer.domain.scored_recording import RecordingIdentity
from sleepscorer.domain.scoring import AllEventsEdit, Edit, EditSeries, EventEdit, Scoring
from sleepscorer.file_questions import (
    at_once,
    can_be_beside,
    files_in,
    is_missing,
    is_there,
    rested_s,
    size_of,
)
from sleepscorer.io.journal import (
    DAMAGE,
    FINISHED_SUFFIX,
    FORMAT,
    MOST_BYTES,
    SUFFIX,
    VERSION,
    Change,
    NamedEvents,
    change_of,
    entry_of,
    has_check,
    line_of,
    number_of,
    put_away,
)
from sleepscorer.io.json_scoring import events_of, scoring_of, sources_of
from sleepscorer.io.session import read_session

_TWO_HEADS_VERSION = 2
_SETTLED_S = 60.0
"""A journal that has rested for so long is not one that is just being begun."""

KEPT_DAYS = 30
"""How long a finished journal is kept: it names files, scorers and what they remarked."""


@dataclass(frozen=True, slots=True)
class UnfinishedWork:
    """What a journal holds of work that was neither saved nor given up.

    Attributes
    ----------
    journal_path
        The journal.
    source
        The file that was open, a recording or a session, or the session that it was saved to.
    seal
        Seal of the session that the work goes on from; empty where it is none's, or that is not
        known.
    recording
        What the recording is recognised by.
    scoring
        The scoring after the last change.
    n_changes
        Number of changes since the last time the session was saved.
    last_change
        When the last change was made.
    last_epoch
        First epoch of the last change that says where the work was; None where none does.
    n_missing
        At least how many changes are damaged in the journal and not in the scoring.
    """

    journal_path: Path
    source: Path
    recording: RecordingIdentity
    scoring: Scoring
    n_changes: int
    last_change: datetime
    last_epoch: int | None = None
    n_missing: int = 0
    seal: bytes = b""


class _UnreadableError(Exception):
    """A journal does not say any more what it was about."""


def unfinished_work(
    folder: Path,
    recording: RecordingIdentity | None = None,
    *,
    is_in_use: Callable[[Path], bool] = lambda _: False,
) -> Iterator[UnfinishedWork]:
    """Find the work in a folder of journals that was neither saved nor given up, latest first.

    Journals that can't be read are passed over, see `unreadable_journals`. Those that turn out to
    hold nothing unfinished are put away.

    Parameters
    ----------
    folder
        Where the journals are.
    recording
        The recording that the work has to belong to; of other journals only the head is read.
    is_in_use
        Whether somebody still writes a journal; it is passed over.
    """
    for path in reversed(_in_order(files_in(folder, SUFFIX))):
        if not is_in_use(path):
            with suppress(_UnreadableError):
                work = _unfinished(path, recording)
                if work is not None:
                    yield work


def unreadable_journals(
    folder: Path, *, is_in_use: Callable[[Path], bool] = lambda _: False
) -> list[Path]:
    """Find the journals that nothing can be restored from, latest first."""
    found = []
    for path in reversed(_in_order(files_in(folder, SUFFIX))):
        if not is_in_use(path):
            try:
                _unfinished(path, None)
            except _UnreadableError:
                found.append(path)
    return found


def changes_of(folder: Path, recording: RecordingIdentity) -> Iterator[Change]:
    """Yield what all journals of a recording hold, finished ones too, the earliest first."""
    for path in _in_order((*files_in(folder, SUFFIX), *files_in(folder, FINISHED_SUFFIX))):
        with suppress(_UnreadableError), _opened(path) as journal:
            if journal is not None and not _identity_in(journal[0]).difference(recording):
                for entry in journal[1]:
                    change = change_of(entry) if entry is not None and "edit" in entry else None
                    if change is not None:
                        yield change


def remove_old_journals(folder: Path) -> None:
    """Remove the journals that were finished more than `KEPT_DAYS` days ago."""
    for path in files_in(folder, FINISHED_SUFFIX):
        if rested_s(path) > KEPT_DAYS * 86_400:
            with suppress(OSError):  # it can be removed another time
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
            file.write(b"\n" + line_of({"closed": True}))
    except FileNotFoundError:
        return
    except OSError as error:
        if put_away(journal_path):  # a full disk lets a file be renamed
            return
        raise ScoringError(
            "The journal {path} can't be written ({reason}); its work will be offered again.",
            path=journal_path,
            reason=error,
        ) from error
    put_away(journal_path)


def _in_order(paths: Iterable[Path]) -> list[Path]:
    return sorted(paths, key=lambda path: (number_of(path), path.name))


def _unfinished(path: Path, recording: RecordingIdentity | None) -> UnfinishedWork | None:
    """Read a journal; raise `_UnreadableError` for one that nothing can be restored from."""
    with _opened(path) as journal:
        if journal is None:
            return None
        if recording is not None and _identity_in(journal[0]).difference(recording):
            return None
        work = _replayed(path, *journal)
        is_cut = int(journal[0]["format_version"]) >= _TWO_HEADS_VERSION and _is_cut_in_head(path)
    if work is None and rested_s(path) > _SETTLED_S:
        if is_cut:
            raise _UnreadableError(path)
        put_away(path)
    return work


def _is_cut_in_head(path: Path) -> bool:
    """Whether less is there than the two heads that every journal begins with.

    What followed may have been work, which is not to be passed over without a word.
    """
    with path.open("rb") as file:
        return sum(line.endswith(b"\n") and bool(line.strip()) for line in file) < 2


@contextmanager
def _opened(path: Path) -> Iterator[tuple[dict[str, Any], Iterator[dict[str, Any] | None]] | None]:
    """Give head and entries of a journal, None for a damaged one; whatever fails is damage.

    There is nothing to be had from a journal that is only just being begun, or a newer one's.
    """
    try:
        if (size_of(path) or 0) > MOST_BYTES:
            raise _UnreadableError(path)
        with path.open("rb") as file:
            entries = _entries(file)
            header = next((one for one in entries if one is not None and "format" in one), None)
            if header is None and rested_s(path) < _SETTLED_S:
                yield None
            elif header is None or header["format"] != FORMAT:
                raise _UnreadableError(path)
            else:
                yield (header, entries) if int(header["format_version"]) <= VERSION else None
    except _UnreadableError:
        raise
    # One journal must keep neither the others from being offered nor a recording from being opened.
    except Exception as error:
        raise _UnreadableError(path) from error


def _entries(lines: Iterable[bytes]) -> Iterator[dict[str, Any] | None]:
    is_checked = False
    for line in lines:
        if not line.strip():
            continue
        # What is left of a line may read as a whole one: where others have a check, it has none.
        is_checked = is_checked or has_check(line)
        entry = None if is_checked and not has_check(line) else entry_of(line)
        # The last line may be cut off by the end of the program, where nothing was done yet. Zeros
        # are what a disk gives instead of what it lost.
        if entry is not None or line.endswith(b"\n") or b"\0" in line:
            yield entry


def _replayed(
    path: Path, header: Mapping[str, Any], entries: Iterable[dict[str, Any] | None]
) -> UnfinishedWork | None:
    replay = _Replay(scoring_of(header["scoring"]), datetime.fromisoformat(header["at"]))
    replay.take_seal(header)
    for entry in entries:
        if entry is None:
            replay.note_damage()
        elif "closed" in entry:
            return None
        else:
            replay.go_on(entry)
    replay.end()
    if replay.n_changes == 0:
        return None
    return UnfinishedWork(
        journal_path=path,
        source=replay.saved_session or Path(header["source"]),
        recording=_identity_in(header),
        scoring=replay.scoring,
        n_changes=replay.n_changes,
        last_change=replay.last_change,
        last_epoch=replay.last_epoch,
        n_missing=replay.n_missing,
        seal=replay.seal,
    )


class _Replay:
    """Makes the changes of a journal once more and counts those that are missing."""

    def __init__(self, scoring: Scoring, begun: datetime) -> None:
        self.scoring = scoring
        self.last_change = begun
        self.last_epoch: int | None = None
        self.n_changes = 0
        self.n_missing = 0
        self._n_in_all = 0
        self._n_damaged_lines = 0
        self._number = 0
        self._saved: Path | None = None
        self._seal = b""
        self._named: dict[object, EventIndex] = {}

    @property
    def seal(self) -> bytes:
        """Seal of the session that the work goes on from; what is missing may have changed it."""
        return b"" if self.n_missing else self._seal

    @property
    def saved_session(self) -> Path | None:
        """The session that the work was saved to, where it is still there."""
        saved = self._saved
        if saved is None or not self.seal:
            return None
        return saved if at_once(partial(is_there, saved), otherwise=False) else None

    def take_seal(self, told: Mapping[str, Any]) -> None:
        """Take over which session the work is of from now on."""
        self._seal = bytes.fromhex(str(told.get("seal", "")))

    def note_damage(self) -> None:
        """Pass over a line that can't be read."""
        self._n_damaged_lines += 1

    def go_on(self, entry: Mapping[str, Any]) -> None:
        """Take the next line that can be read."""
        if "events" in entry:
            with suppress(*DAMAGE):  # what needs them is missing then
                events = events_of(entry["events"], sources_of(entry["sources"]))
                self._named[entry["name"]] = EventIndex.of(events)
            return
        number = entry.get("n")
        if isinstance(number, int) and number <= self._number:
            return  # a line that is there twice
        self._count_missing(number)
        if "saved" in entry or "seal" in entry:
            with suppress(ValueError):
                self.take_seal(entry)
        if "saved" in entry:
            self._take_saved(Path(str(entry["saved"])))
        if "edit" in entry:
            self._make(entry)

    def end(self) -> None:
        """Count what is missing at the end; undo the saving of a file that is not there."""
        self.n_missing += self._n_damaged_lines
        if self._saved is not None and self.n_changes == 0:
            # Saved just before the power failed, it may never have got onto the disk.
            is_lost = at_once(partial(_has_gone, self._saved), otherwise=False)
            self.n_changes = self._n_in_all if is_lost else 0

    def _count_missing(self, number: object) -> None:
        if isinstance(number, int):
            # Damage can swallow the ends of lines: only the numbers say how many there were.
            self.n_missing += max(number - self._number - 1, 0)
            self._number = number
        else:
            self.n_missing += self._n_damaged_lines
        self._n_damaged_lines = 0

    def _take_saved(self, path: Path) -> None:
        self._saved = path
        self.n_changes = 0
        if self.n_missing:
            # The session has what is missing here, unless it has gone since.
            with suppress(ScoringError):
                saved = read_session(path).scored.scoring
                if len(saved) == len(self.scoring):
                    self.scoring = saved
                    self.n_missing = 0

    def _make(self, entry: Mapping[str, Any]) -> None:
        change = change_of(entry)
        if change is None or not self._is_made(change.edit):
            self.n_missing += 1
            return
        self.last_change = change.at
        epochs = change.edit.epochs
        if epochs and len(epochs) < len(self.scoring) // 2:  # a whole night says nothing of a place
            self.last_epoch = epochs[0]
        self.n_changes += 1
        self._n_in_all += 1

    def _is_made(self, edit: Edit) -> bool:
        try:
            edits: Sequence[Edit] = (self._meant(edit),)
            if self.n_missing:
                edits = [_fitting(one, self.scoring) for one in _parts(edits[0])]
            for one in edits:
                self.scoring.apply(one)
        except DAMAGE:
            return False
        return True

    def _meant(self, edit: Edit) -> Edit:
        """Put in the events that are told by their names."""
        match edit:
            case EditSeries(edits=edits):
                return EditSeries(tuple(map(self._meant, edits)))
            case NamedEvents(name=name, former=former):
                there = self.scoring.event_index
                self._named.setdefault(former, there)
                return AllEventsEdit(self._named[name], there)
            case _:
                return edit


def _parts(edit: Edit) -> Iterator[Edit]:
    if isinstance(edit, EditSeries):
        for one in edit.edits:
            yield from _parts(one)
    else:
        yield edit


def _fitting(edit: Edit, scoring: Scoring) -> Edit:
    """Let a change be made although changes before it are missing.

    Only events are told by what they were: one whose mark is missing can't be taken away, and one
    whose removal is missing is not marked a second time.
    """
    if not isinstance(edit, EventEdit):
        return edit
    there = Counter(scoring.events)
    removed = Counter(edit.removed) & there
    added = Counter(edit.added) - (there - removed)
    return EventEdit(tuple(removed.elements()), tuple(added.elements()))


def _identity_in(header: Mapping[str, Any]) -> RecordingIdentity:
    document = header["scoring"]["recording"]
    start = document["start"]
    return RecordingIdentity(
        file_name=str(document["file_name"]),
        start=None if start is None else datetime.fromisoformat(start),
        duration_s=float(document["duration_s"]),
        labels=tuple(document["channels"]),
        content=str(document.get("content", "")),  # not in earlier journals
    )


def _has_gone(saved: Path) -> bool:
    """Whether a session is not there, in a folder that is."""
    return is_missing(saved) and can_be_beside(saved)
