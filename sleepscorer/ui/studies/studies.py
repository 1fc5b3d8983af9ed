"""The nights of a laboratory as long as the window lasts: found, looked at, staged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from sleepscorer.batch.outcomes import Failed, Outcome, Skipped
from sleepscorer.domain.phrases import Phrase, phrase_of
from sleepscorer.file_questions import absolute, answered, is_folder
from sleepscorer.studies.facts import FactReader, Facts, unreadable
from sleepscorer.studies.nights import Night, StudyFolder, nights_in
from sleepscorer.studies.staging import Staging, stage_nights
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.tasks import Progress, Task, TaskRunner

LIMIT_S = 10.0
"""How long a folder or a night may keep us waiting."""

_AT_ONCE = 24
"""Nights that are looked at before they are shown."""


class _Looked(NamedTuple):
    """What was found of nights, and folders that keep us waiting."""

    facts: dict[Path, Facts]
    silent: set[StudyFolder]


class Studies(QObject):
    """What there is and how far it is; all questions to the file system are asked in tasks.

    Parameters
    ----------
    tasks
        Does the work.
    lines
        The folders, see `StudyFolder.line`.
    voters
        Gives how many derivations vote where nights are staged.
    open_recording
        Gives the recording that is open; None where none is.
    hides_identity
        Gives whether names, which folders may have too, are hidden.

    Attributes
    ----------
    found
        Emitted with nights that were found, and whether they are all of a search.
    forgotten
        Emitted with nights that are not there any more.
    learnt
        Emitted with what is known of nights, by night.
    changed
        Emitted when folders, or what is under way, are others than before.
    progressed
        Emitted with a `Staging`.
    file_wanted
        Emitted with what is to be opened.
    said
        Emitted with a sentence.
    failed
        Emitted with an exception.
    """

    found = Signal(object)
    forgotten = Signal(object)
    learnt = Signal(object)
    changed = Signal()
    progressed = Signal(object)
    file_wanted = Signal(Path)
    said = Signal(str)
    failed = Signal(object)
    _listed = Signal(int, object)
    _staged = Signal(object)

    def __init__(
        self,
        tasks: TaskRunner,
        lines: Iterable[str],
        voters: Callable[[], int],
        open_recording: Callable[[], Path | None],
        hides_identity: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.folders: list[StudyFolder] = []
        for line in lines:
            with suppress(ValueError, RecursionError):  # what is no folder is none
                self.folders.append(StudyFolder.of_line(line))
        self.nights: dict[Path, Night] = {}
        self.facts: dict[Path, Facts] = {}
        self.outcomes: dict[Path, str] = {}
        self.staging: Staging | None = None
        self.wanted: Callable[[], Sequence[Night]] = lambda: ()
        self._tasks, self._voters, self._open_recording = tasks, voters, open_recording
        self._hides_identity = hides_identity
        self._reader = FactReader()
        self._stalled: set[StudyFolder] = set()
        self._seen: set[Path] = set()
        self._n_searches = 0
        self._searching: Task | None = None
        self._reading: Task | None = None
        self._task: Task | None = None
        self._after_search: Callable[[], None] | None = None
        self._listed.connect(self._take_listed)
        self._staged.connect(self._take_staged)

    # What there is

    @property
    def is_searching(self) -> bool:
        """Whether folders are being looked into."""
        return self._searching is not None

    @property
    def is_staging(self) -> bool:
        """Whether nights are being staged."""
        return self._task is not None

    def is_unknown(self, night: Night) -> bool:
        """Whether a night is still to be looked at, in a folder that answers."""
        return night.path not in self.facts and night.study not in self._stalled

    def _named(self, path: Path) -> str:
        """What a folder is called: by its number while a name may be a person's."""
        if not self._hides_identity():
            return str(path)
        places = [study.path for study in self.folders]
        numbers = [n for n, place in enumerate(places, 1) if path.is_relative_to(place)]
        return tr("Folder {number}").format(number=(numbers or [len(places) + 1])[0])

    # What can be done

    def add_folder(self, path: Path) -> None:
        """List the nights of a folder, too; that of a file where one is given."""

        def on_answer(folder: Path) -> None:
            if any(study.path == folder for study in self.folders):
                text = tr("{folder} is listed already.")
                self.said.emit(text.format(folder=self._named(folder)))
                return
            self.folders.append(StudyFolder(folder))
            self.changed.emit()
            self.search()

        def work(report: Progress) -> Path:
            def ask() -> Path:
                place = absolute(path)
                return place if is_folder(place) else place.parent

            return answered(ask, limit_s=LIMIT_S, meanwhile=lambda: report(0.0))

        def on_failure(error: Exception) -> None:
            if isinstance(error, OSError):
                self.said.emit(tr(_about_folder(self._named(path), error)))
            else:
                self.failed.emit(error)

        self._tasks.submit(work, on_success=on_answer, on_failure=on_failure)

    def remove_folder(self, study: StudyFolder) -> None:
        """List the nights of a folder no more; nothing in it changes."""
        self.folders.remove(study)
        self._forget([path for path, night in self.nights.items() if night.study == study])
        self.changed.emit()
        self.search()

    def keep_sessions_in(self, study: StudyFolder, folder: Path | None) -> None:
        """Keep the sessions of a folder elsewhere; None for beside the recordings."""
        self.folders[self.folders.index(study)] = StudyFolder(study.path, folder)
        self.changed.emit()
        self.search()

    def search(self) -> None:
        """Look into all folders again, and at all nights that are asked for."""
        self._n_searches += 1
        number, folders = self._n_searches, tuple(self.folders)
        self._stalled.clear()
        self._seen.clear()
        self.facts.clear()  # those of files that have not changed are not read again
        if self._searching is not None:
            self._searching.cancel()

        def work(report: Progress) -> list[StudyFolder]:
            silent = []
            for study in folders:
                try:
                    self._list(study, number, report)
                except TimeoutError as error:
                    silent.append(study)
                    self._listed.emit(number, _about_folder(self._named(study.path), error))
            return silent

        def on_success(silent: list[StudyFolder]) -> None:
            self._stalled.update(silent)
            gone = [
                path
                for path, night in self.nights.items()
                if path not in self._seen and night.study not in self._stalled
            ]
            self._forget(gone)
            self.look()

        def on_finish() -> None:
            if self._searching is task:
                self._searching = None
                self.changed.emit()
                then, self._after_search = self._after_search, None
                if then is not None:
                    then()

        task = self._searching = self._tasks.submit(
            work, on_success=on_success, on_failure=self.failed.emit, on_finish=on_finish
        )
        self.changed.emit()

    def look(self) -> None:
        """Look at the nights that are wanted first, and go on until none is."""
        if self._reading is not None:
            return
        nights = [night for night in self.wanted() if self.is_unknown(night)][:_AT_ONCE]
        if not nights:
            return
        number = self._n_searches

        def on_finish() -> None:
            if self._reading is task:
                self._reading = None
                self.look()

        def on_success(looked: _Looked) -> None:
            if number == self._n_searches:
                self._learn(looked)

        task = self._reading = self._tasks.submit(
            lambda report: self._facts_of(nights, report),
            on_success=on_success,
            on_failure=self.failed.emit,
            on_finish=on_finish,
        )

    def take_saved(self, session: Path) -> None:
        """Look again at the open night, which was saved; what a batch said of it before is past."""
        recording = self._open_recording()
        if recording is not None and self.outcomes.get(recording) != WAITS:
            self.outcomes.pop(recording, None)
        self.look_again_at(session)

    def look_again_at(self, path: Path) -> None:
        """Look again at the night that a file is a recording or a session of."""
        for night in self.nights.values():
            is_own = path == night.path or path in night.sessions
            if not is_own and path.parent in (
                night.path.parent,
                night.study.results / night.folder,
            ):
                is_own = path.stem == night.path.stem or path.stem.startswith(f"{night.path.stem}-")
            if is_own:
                sessions = tuple(dict.fromkeys((*night.sessions, path)))
                if path != night.path:
                    self.nights[night.path] = Night(night.path, night.study, sessions)
                self.facts.pop(night.path, None)
                self.found.emit((self.nights[night.path],))
        self.look()

    def open_next(self, ordered: Callable[[], Sequence[Night]]) -> None:
        """Open the next night behind the one that is open that nobody signed off.

        Parameters
        ----------
        ordered
            Gives the nights in their order.
        """
        if not self.folders:
            self.said.emit(tr("The study list is empty: add a folder first (File > Study list)."))
            return
        if not self.nights or self.is_searching:
            self._after_search = lambda: self._open_next(ordered())
            if not self.is_searching:
                self.search()
            return
        self._open_next(ordered())

    def open(self, night: Night) -> None:
        """Open a night: its session, else the recording."""
        facts = self.facts.get(night.path, Facts())
        self.file_wanted.emit(facts.session or night.path)

    def stage(self, nights: Sequence[Night]) -> None:
        """Stage nights in the background, each into a session."""
        is_open = self._open_recording()
        chosen = [night for night in nights if night.path != is_open]
        if len(chosen) < len(nights):
            text = tr("The night that is open is left out: F9 stages it.")
            self.said.emit(text)
        if not chosen or self._task is not None:
            return
        all_nights, voters = tuple(self.nights.values()), self._voters()

        def work(report: Progress) -> None:
            state = Staging(0, len(chosen), None, None)

            def tell(now: Staging) -> None:
                nonlocal state
                state = now
                self._staged.emit(now)
                report(now.n_done / now.n_all)

            def stage() -> None:
                stage_nights(
                    *(chosen, all_nights),
                    voters=voters,
                    progress=tell,
                    meanwhile=lambda: report(state.n_done / state.n_all),
                )

            answered(stage, meanwhile=lambda: report(state.n_done / state.n_all))

        def on_finish() -> None:
            self._task = self.staging = None
            for night in chosen:
                if self.outcomes.get(night.path) == WAITS:
                    del self.outcomes[night.path]
            self.found.emit(tuple(self.nights.values()))
            self.changed.emit()

        self.outcomes.update((night.path, WAITS) for night in chosen)
        self.found.emit(tuple(chosen))
        self._task = self._tasks.submit(
            work,
            on_success=lambda _: None,
            on_failure=self.failed.emit,
            on_finish=on_finish,
            shown_as=tr("Staging %n night(s)", None, len(chosen)),
            outlasts_recording=True,
        )
        self.changed.emit()

    def cancel(self) -> None:
        """Stage no more; what was staged stays."""
        if self._task is not None:
            self._task.cancel()

    # How

    def _list(self, study: StudyFolder, number: int, report: Progress) -> None:
        """Say which nights a folder holds, one folder below it after the other."""
        failures: list[OSError] = []
        nights = nights_in(study, on_failure=failures.append)
        while True:
            some = answered(
                lambda: next(nights, None), limit_s=LIMIT_S, meanwhile=lambda: report(0.0)
            )
            for error in failures:
                name = self._named(Path(str(error.filename)))
                self._listed.emit(number, _about_folder(name, error))
            failures.clear()
            if some is None:
                return
            self._listed.emit(number, some)

    def _take_listed(self, number: int, listed: tuple[Night, ...] | Phrase) -> None:
        if number != self._n_searches:
            return
        if isinstance(listed, Phrase):
            self.said.emit(tr(listed))
            return
        self._seen.update(night.path for night in listed)
        self.nights.update((night.path, night) for night in listed)
        self.found.emit(listed)

    def _forget(self, paths: Sequence[Path]) -> None:
        for path in paths:
            del self.nights[path]
            self.facts.pop(path, None)
            self.outcomes.pop(path, None)
        self.forgotten.emit(frozenset(paths))

    def _facts_of(self, nights: Sequence[Night], report: Progress) -> _Looked:
        """Look at nights, and at none of a folder any more that keeps us waiting."""
        looked = _Looked({}, set())
        for night in nights:
            if night.study in looked.silent:
                continue
            try:
                looked.facts[night.path] = answered(
                    partial(self._reader.facts, night),
                    limit_s=LIMIT_S,
                    meanwhile=lambda: report(0.0),
                )
            except TimeoutError as error:
                looked.silent.add(night.study)
                looked.facts[night.path] = unreadable(night.path, error)
        return looked

    def _learn(self, looked: _Looked) -> None:
        known = {path: one for path, one in looked.facts.items() if path in self.nights}
        self._stalled |= looked.silent
        self.facts.update(known)
        self.learnt.emit(frozenset(known))

    def _open_next(self, nights: Sequence[Night]) -> None:
        paths, after = [night.path for night in nights], self._open_recording()
        begin = paths.index(after) + 1 if after in paths else 0
        in_turn = (*nights[begin:], *nights[:begin])
        candidates = [night for night in in_turn if night.path != after]
        # What could not be read may be readable by now.
        known = {
            path: one
            for path, one in self.facts.items()
            if one.status is not None or not one.is_recording
        }

        def work(report: Progress) -> tuple[_Looked, Night | None, int]:
            all_looked, n_unreadable = _Looked({}, set()), 0
            for number, night in enumerate(candidates):
                report(number / len(candidates))
                if night.study in all_looked.silent:
                    continue
                facts = known.get(night.path)
                if facts is None:
                    looked = self._facts_of([night], report)
                    all_looked.silent.update(looked.silent)
                    all_looked.facts.update(looked.facts)
                    facts = looked.facts[night.path]
                if not facts.is_recording or night.study in all_looked.silent:
                    continue
                if facts.status is None:  # it can't be opened, nor would what follows it ever be
                    n_unreadable += 1
                elif not facts.status.is_done:
                    return all_looked, night, n_unreadable
            return all_looked, None, n_unreadable

        def on_success(answer: tuple[_Looked, Night | None, int]) -> None:
            looked, night, n_unreadable = answer
            self._learn(looked)
            if night is not None:
                self.open(night)
            elif looked.silent:
                text = tr("No other night is to be done, but {folder} does not answer.")
                silent = min(looked.silent, key=str).path
                self.said.emit(text.format(folder=self._named(silent)))
            elif n_unreadable:
                text = tr("No other night is to be done, but %n can't be read.", None, n_unreadable)
                self.said.emit(text)
            elif not nights:
                self.said.emit(tr("The study list shows no night."))
            else:
                text = tr("Every other night that the study list shows is signed off.")
                self.said.emit(text)

        self._tasks.submit(
            work,
            on_success=on_success,
            on_failure=self.failed.emit,
            shown_as=tr("Looking for the next night"),
            outlasts_recording=True,
        )

    def _take_staged(self, staging: Staging) -> None:
        if self._task is None or self._task.is_cancelled:
            return
        self.staging = staging
        outcome = staging.outcome
        if outcome is not None:
            path = Path(outcome.recording)
            self.outcomes.pop(path, None)
            if text := _about(outcome):
                self.outcomes[path] = text
            night = self.nights.get(path)
            if night is not None:
                self.look_again_at(night.study.results / outcome.result)
        self.progressed.emit(staging)


WAITS = Phrase("waits to be staged")
"""What is said of a night in a batch before it is known what becomes of it."""


def _about(outcome: Outcome) -> str:
    """What is worth saying of a night that was to be staged."""
    match outcome:
        case Failed(sentence=sentence):
            return sentence
        case Skipped(reason="left alone"):  # its sentence is for who types commands
            return Phrase("Its session is there already and was left alone.")
        case Skipped(reason="no recording", sentence=sentence):
            return sentence
        case _:
            return ""


def _about_folder(name: str, error: OSError) -> Phrase:
    return Phrase("{folder} can't be looked into: {reason}.", folder=name, reason=phrase_of(error))
