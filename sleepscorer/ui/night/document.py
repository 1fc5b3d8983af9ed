"""The recording that is open and its scoring, as the window sees them."""

from __future__ import annotations

import math
import re
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from sleepscorer.domain.channels import Derivation, staging_derivations
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import RecordingError, ScoringError
from sleepscorer.domain.event_decisions import (
    EventDecisions,
    EventLink,
    bare,
    following,
    is_of_family,
)
from sleepscorer.domain.event_index import EventIndex
from sleepscorer.domain.event_list import Listed, ListedRemark, RemarkKind
from sleepscorer.domain.events import ScoredEvent
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.prediction import STAGES, Prediction
from sleepscorer.domain.provenance import Model, Person
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import (
    DecisionsEdit,
    Edit,
    EditSeries,
    EpochScore,
    EventEdit,
    Lights,
    LightsEdit,
    Remark,
    RemarkEdit,
    Scoring,
    SignOff,
    SignOffEdit,
    StageEdit,
    prediction_edit,
    replacement_edit,
    stage_edit,
    withdrawing,
)
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.votes import Vote
from sleepscorer.file_questions import (
    absolute,
    at_once,
    can_be_beside,
    home,
    is_file,
    is_same,
    is_there,
    resolved,
)
from sleepscorer.io.atomic import remove_abandoned
from sleepscorer.io.journal import Journal
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import ScoringFormat
from sleepscorer.io.session import SUFFIX as SESSION_SUFFIX
from sleepscorer.io.session import (
    Session,
    is_session,
    read_seal,
    read_session,
    write_session,
)
from sleepscorer.ui.base.language import N_, event_name, tr
from sleepscorer.ui.base.tasks import Progress

_UNNAMED = "Scorer"

Wait = Callable[[Callable[[], bytes]], bytes]
"""Calls what writes, where nobody has to wait for it for ever, and returns its answer."""


class OpenedFile:
    """What opening a file yields, made off the GUI thread.

    Attributes
    ----------
    recording
        The open recording; whoever takes it closes it.
    scoring
        Its scoring: the saved one of a session, else a blank one.
    session_path
        The session file; None when a recording was opened by itself.
    seal
        The session file's seal; empty without.
    beside
        A session that lies beside a recording that was opened by itself; None where none does.
    """

    def __init__(self, path: Path) -> None:
        # Before the content: what is saved anew in between is then taken for changed.
        self.seal = read_seal(path) if is_session(path) else b""
        session = read_session(path) if is_session(path) else None
        self.session_path = None if session is None else path
        recording_path = path if session is None else session.find_recording(path)
        self.recording = open_recording(recording_path)
        try:
            remove_abandoned(path.parent)
            usual = path.with_suffix(SESSION_SUFFIX)
            self.beside = usual if session is None and is_file(usual) else None
            self.scoring = _scoring_for(self.recording, session, path)
        except BaseException:
            self.recording.close()
            raise


def _scoring_for(recording: Recording, session: Session | None, path: Path) -> Scoring:
    if recording.n_epochs == 0:
        raise RecordingError(
            "{file} lasts {duration_s:g} s, less than one {epoch_s:g}-s epoch; there is nothing to "
            "score in it.",
            file=recording.path.name,
            duration_s=recording.duration_s,
            epoch_s=EPOCH_S,
        )
    if session is None:
        return Scoring(recording.n_epochs)
    difference = session.scored.recording.difference(RecordingIdentity.of(recording))
    if difference:
        raise ScoringError(
            "{recording} is not the recording that {session} was scored on: {difference}. Put "
            "the right recording beside the session file and open that again.",
            recording=recording.path,
            session=path.name,
            difference=difference,
        )
    return session.scored.scoring


class _EditCommand(QUndoCommand):
    """An edit on the undo stack."""

    def __init__(
        self, apply: Callable[[Edit, str], Edit], edit: Edit, *, text: str, what: str
    ) -> None:
        super().__init__(text)
        self._apply = apply
        self._edit = edit
        self._what = what

    def redo(self) -> None:
        self._edit = self._apply(self._edit, self._what)

    def undo(self) -> None:
        # Applying an edit yields the one that takes it back.
        self._edit = self._apply(self._edit, f"undo {self._what}")


class Document(QObject):
    """One open recording with its scoring; every change goes through the undo stack.

    Attributes
    ----------
    scores_changed
        Emitted with the epochs whose score has changed.
    hypnodensity_changed
        Emitted when there is another hypnodensity, or none any more.
    sign_off_changed
        Emitted when the scoring is signed off, or is so no longer.
    journal_failed
        Emitted with a `ScoringError`, once, when changes can't be journalled any more.
    recording, scoring
        What is open.
    scorer
        Name of the person who scores.
    saw_model
        Whether that person has seen what a model made of the night: `Sight` knows.
    rule
        Name of the rule that hypopneas count by, for files; empty where nobody said.
    undo_stack
        Every change, and what is put beside.
    """

    scores_changed = Signal(object)
    hypnodensity_changed = Signal()
    sign_off_changed = Signal()
    journal_failed = Signal(object)

    def __init__(
        self,
        opened: OpenedFile,
        scorer: str,
        journal: Journal | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._journal = journal
        self.scorer = scorer
        self.saw_model = False
        self.rule = ""
        self.recording = opened.recording
        self.scoring = opened.scoring
        self.session_path = opened.session_path
        self._seals = [opened.seal]
        self._writing: dict[Path, threading.Lock] = {}
        self._n_edits = 0
        self.undo_stack = QUndoStack(self)
        self._last_changed: Sequence[int] = ()
        self._shown_hypnodensity = self.scoring.hypnodensity
        self._shown_sign_off = self.scoring.sign_off
        self.scoring.subscribe(self._on_scoring_edited)

    @property
    def derivations(self) -> tuple[Derivation, ...]:
        """EEG derivations that can be staged, the preferred one first."""
        return staging_derivations(self.recording.channels)

    @property
    def person(self) -> Person:
        """Who scores now."""
        return Person(self.scorer.strip() or _UNNAMED, saw_model=self.saw_model)

    @property
    def shows_model(self) -> bool:
        """Whether anything of the scoring is a model's."""
        scoring = self.scoring
        return bool(scoring.predictions) or any(
            isinstance(score.source, Model) for score in scoring.scores
        )

    @property
    def predictions(self) -> tuple[Prediction, ...]:
        """Predictions of the stages, the one that is shown first."""
        return tuple(one for one in self.scoring.predictions if one.task == STAGES)

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether something would be lost: what else stands on the stack changes no scoring."""
        stack = self.undo_stack
        if stack.cleanIndex() < 0:
            return True
        first, stop = sorted((stack.cleanIndex(), stack.index()))
        return any(isinstance(stack.command(n), _EditCommand) for n in range(first, stop))

    @property
    def proposed_path(self) -> Path:
        """Where the session is saved unless the technician says otherwise.

        Where it was; else beside the recording, under the scorer's name if there is one already.
        """
        usual = self.beside(self.recording.path.with_suffix(SESSION_SUFFIX).name)
        if self.session_path is not None:
            return self.session_path
        if not is_there(usual):
            return usual
        scorer = re.sub(r"\W+", "-", self.scorer).strip("-") or "scorer"
        number, path = 2, usual.with_stem(f"{usual.stem}-{scorer}")
        while is_there(path):
            path, number = usual.with_stem(f"{usual.stem}-{scorer}-{number}"), number + 1
        return path

    def beside(self, name: str) -> Path:
        """Where a file of some name is proposed: beside the recording.

        In the technician's own folder where that of the recording has gone or is closed to them.
        """
        path = self.recording.path.with_name(name)
        is_possible = at_once(partial(can_be_beside, path), otherwise=False)
        return path if is_possible else home() / name

    @property
    def scored_recording(self) -> ScoredRecording:
        """The scoring as it is now, to be exported."""
        return ScoredRecording.of(self.recording, self.scoring, self.rule)

    def is_scored(self, epochs: Sequence[int], stage: Stage | None = None) -> bool:
        """Whether who scores now gave some epochs a stage already, or the ones that they have."""
        scores, person = [self.scoring[epoch] for epoch in epochs], self.person
        return all(
            score == EpochScore(score.stage if stage is None else stage, person) for score in scores
        )

    def score(self, epochs: Sequence[int], stage: Stage) -> None:
        """Give a stage to some epochs, as one step to undo; none where all have it already."""
        if self.is_scored(epochs, stage):
            return
        is_unscored = stage is Stage.UNSCORED
        if len(epochs) == 1:
            step = (
                N_("no stage for epoch {first}") if is_unscored else N_("{stage} for epoch {first}")
            )
        else:
            step = (
                N_("no stage for {count} {count:epoch|epochs}")
                if is_unscored
                else N_("{stage} for {count} {count:epoch|epochs}")
            )
        edit = stage_edit(epochs, stage, self.person)
        self._push(edit, step, stage=stage.label, first=epochs[0] + 1, count=len(epochs))

    def confirm(self, epochs: Sequence[int]) -> None:
        """Answer for the stages that some epochs have, each its own, as one step to undo."""
        if self.is_scored(epochs):
            return
        if len(epochs) == 1:
            self.score(epochs, self.scoring[epochs[0]].stage)
            return
        scores = tuple(EpochScore(self.scoring[epoch].stage, self.person) for epoch in epochs)
        step = N_("confirmation of {count} {count:epoch|epochs}")
        self._push(StageEdit(tuple(epochs), scores), step, count=len(epochs))

    def take_over(
        self,
        hypnodensity: Hypnodensity,
        votes: Sequence[Vote] | None = None,
        beside: Sequence[Prediction] = (),
    ) -> None:
        """Take over the network's stages where there is no other, as one step to undo.

        Where all of that is so already there is no step. Without votes, those that are kept of its
        version stay. What it answered `beside` the stages is kept with them.
        """
        edit = prediction_edit(self.scoring, hypnodensity, votes, beside)
        scores = tuple(self.scoring[epoch] for epoch in edit.epochs)
        is_as_before = (hypnodensity, edit.stages.scores) == (self.scoring.hypnodensity, scores)
        if not is_as_before or edit.others is not None:
            self._push(edit, N_("automatic scoring"))

    def set_lights(self, lights: Lights) -> None:
        """Mark when the lights went off and on."""
        if lights != self.scoring.lights:
            self._push(LightsEdit(lights), N_("times of the lights"))

    def set_light(self, name: str, time_s: float) -> None:
        """Mark when the light went ``"off"`` or ``"on"``, where `Lights.switched` puts it.

        Raises
        ------
        ScoringError
            It would go on before it went off; nothing is changed.
        """
        self._change_lights(
            lambda lights: lights.switched(self._within(time_s), is_off=name == "off"),
            N_("lights off") if name == "off" else N_("lights on"),
        )

    def move_light(self, index: int, time_s: float) -> None:
        """Move one of the marks of the lights.

        Raises
        ------
        ScoringError
            It would pass another one; nothing is changed.
        """
        self._change_lights(
            lambda lights: lights.moved(index, self._within(time_s)), N_("times of the lights")
        )

    def interrupt_night(self, on_s: float, off_s: float) -> None:
        """Mark that the light was on for a while.

        Raises
        ------
        ScoringError
            It was not off for all of that time; nothing is changed.
        """
        self._change_lights(
            lambda lights: lights.interrupted(on_s, self._within(off_s)), N_("light on for a while")
        )

    def _within(self, time_s: float) -> float:
        return min(max(time_s, 0.0), self.recording.duration_s)

    def _change_lights(self, change: Callable[[Lights], Lights], step: str) -> None:
        try:
            lights = change(self.scoring.lights)
        except ValueError as error:
            raise ScoringError(
                "Lights on can't be before lights off; move the other marker first."
            ) from error
        if lights != self.scoring.lights:
            self._push(LightsEdit(lights), step)

    def comment_on(self, epoch: int) -> str:
        """Comment on an epoch; empty without."""
        return self._remark(epoch).comment

    def comment(self, epoch: int, text: str) -> None:
        """Write a comment on an epoch; an empty one takes it away."""
        remark = self._remark(epoch)
        if text != remark.comment:
            edit = RemarkEdit((epoch,), (replace(remark, comment=text),))
            self._push(edit, N_("comment on epoch {epoch}"), epoch=epoch + 1)

    def toggle_artefact(self, epochs: Sequence[int]) -> None:
        """Mark epochs as disturbed, or none of them where all are."""
        artefact = not all(self._remark(epoch).artefact for epoch in epochs)
        remarks = tuple(replace(self._remark(epoch), artefact=artefact) for epoch in epochs)
        step = N_("artefact") if artefact else N_("no artefact")
        self._push(RemarkEdit(tuple(epochs), remarks), step)

    def sign_off(self, by: str, at: datetime) -> None:
        """Sign the scoring off as it is now; any change after that ends it."""
        self._push(SignOffEdit(SignOff(by, at)), N_("sign-off by {name}"), name=by)

    def add_event(self, event: ScoredEvent) -> ScoredEvent:
        """Mark an event, and return it as it is marked."""
        marked = replace(event, source=self.person)
        self._push_event(EventEdit(added=(marked,)), N_("mark of {event}"), event)
        return marked

    def remove_event(self, event: ScoredEvent) -> None:
        """Take the mark of an event away; one that a program suggested is rejected with it."""
        if event.is_proposed:
            self.reject_events((event,))
        else:
            self._push_event(self._events_edit([(event, None)]), N_("removal of {event}"), event)

    def remove_marks(self, items: Sequence[Listed]) -> None:
        """Take events, comments and artefacts away, as one step to undo."""
        if len(items) == 1 and isinstance(items[0], ScoredEvent):
            self.remove_event(items[0])
            return
        events = tuple(one for one in items if isinstance(one, ScoredEvent))
        remarks: dict[int, Remark] = {}
        for one in items:
            if isinstance(one, ListedRemark):
                remark = remarks.get(one.epoch, self._remark(one.epoch))
                if one.kind is RemarkKind.ARTEFACT:
                    remarks[one.epoch] = replace(remark, artefact=False)
                else:
                    remarks[one.epoch] = replace(remark, comment="")
        edits = (
            self._events_edit([(event, None) for event in events]),
            RemarkEdit(tuple(remarks), tuple(remarks.values())),
        )
        self._push(EditSeries(edits), N_("removal of {count} {count:mark|marks}"), count=len(items))

    def change_events(
        self,
        events: Sequence[ScoredEvent],
        changed: Sequence[ScoredEvent],
        *,
        confirms: bool = False,
    ) -> tuple[ScoredEvent, ...]:
        """Put other events in the place of some, as one step, and return all as they are marked.

        Suggestions that are as before are confirmed if that is asked for.
        """
        seen = replace(self.person, saw_model=True)
        marked = tuple(
            self._marked(new, in_place_of=event)
            if new.mark != event.mark
            else event.by(seen)
            if confirms and event.is_proposed
            else event
            for event, new in zip(events, changed, strict=True)
        )
        pairs = [pair for pair in zip(events, marked, strict=True) if pair[0] is not pair[1]]
        if pairs:
            edit = self._events_edit(pairs)
            if len(pairs) == 1:
                self._push_event(edit, N_("change of {event}"), pairs[0][0])
            else:
                self._push(edit, N_("change of {count} {count:event|events}"), count=len(pairs))
        return marked

    def change_event(self, event: ScoredEvent, changed: ScoredEvent) -> ScoredEvent:
        """Put another event in the place of one, and return that as it is marked."""
        (marked,) = self.change_events((event,), (changed,))
        return marked

    def _marked(self, changed: ScoredEvent, *, in_place_of: ScoredEvent) -> ScoredEvent:
        return changed.in_place_of(in_place_of).by(self.person)

    def confirm_events(self, events: Sequence[ScoredEvent]) -> tuple[ScoredEvent, ...]:
        """Answer for events that a program proposed, as one step; return them as they are marked.

        They are the person's who saw them.
        """
        person = replace(self.person, saw_model=True)
        marked = tuple(event.by(person) for event in events)
        edit = EventEdit(tuple(events), marked)
        if len(events) == 1:
            self._push_event(edit, N_("confirmation of {event}"), events[0])
        else:
            self._push(
                edit,
                N_("confirmation of {count} suggested {count:event|events}"),
                count=len(events),
            )
        return marked

    def reject_events(self, events: Sequence[ScoredEvent]) -> None:
        """Take events that a program proposed away, as one step; they are not proposed again."""
        edit = self._events_edit([(event, None) for event in events])
        if len(events) == 1:
            self._push_event(edit, N_("rejection of {event}"), events[0])
        else:
            self._push(
                edit, N_("rejection of {count} suggested {count:event|events}"), count=len(events)
            )

    def propose_events(self, events: Sequence[ScoredEvent]) -> None:
        """Put a program's events in the place of those that nobody decided on, as one step."""
        former = [one for one in self.scoring.events if one.is_proposed]
        if former != list(events):
            edit = EventEdit(tuple(former), tuple(events))
            self._push(edit, N_("{count} suggested {count:event|events}"), count=len(events))

    def forget_rejections(self) -> None:
        """Let what was rejected be suggested again."""
        rejected = self.scoring.decisions.rejected
        edit = DecisionsEdit(removed=EventDecisions(rejected=rejected))
        self._push(edit, N_("{count} {count:rejection|rejections} forgotten"), count=len(rejected))

    def link_events(self, first: ScoredEvent, second: ScoredEvent, *, holds: bool) -> None:
        """Say that two events belong together, or that they do not."""
        edit = DecisionsEdit(added=EventDecisions(links=(EventLink(first, second, holds),)))
        step = N_("link of {event}") if holds else N_("cut link of {event}")
        self._push_event(edit, step, first)

    def _events_edit(self, changes: Sequence[tuple[ScoredEvent, ScoredEvent | None]]) -> Edit:
        """Build the edit that makes events others, or takes them away, with what it decides.

        Links follow. A suggestion that goes, or that becomes something else, is rejected. Of
        events that are the same, as a file may hold them, each is one of its own.
        """
        removed = tuple(event for event, _ in changes)
        edit = EventEdit(removed, tuple(other for _, other in changes if other is not None))
        gone, come = following(self.scoring.decisions, self._without_twins(changes))
        rejected = tuple(
            event
            for event, other in changes
            if event.is_proposed and (other is None or not is_of_family(event, other))
        )
        come = EventDecisions(rejected, come.links)
        if not gone and not come:
            return edit
        return EditSeries((edit, DecisionsEdit(gone, come)))

    def _without_twins(
        self, changes: Sequence[tuple[ScoredEvent, ScoredEvent | None]]
    ) -> dict[ScoredEvent, ScoredEvent | None]:
        """What becomes of events, but for those of which another that is the same stays.

        A link is with either of them, so it stays, too.
        """
        links = self.scoring.decisions.links
        ends = {end for link in links for end in (link.first, link.second)}
        n_changed = Counter(bare(event) for event, _ in changes if links)
        stays = {
            end
            for end in ends & n_changed.keys()
            if n_changed[end] < sum(bare(one) == end for one in self._touching(end.onset_s))
        }
        return {event: other for event, other in changes if not stays or bare(event) not in stays}

    def _touching(self, time_s: float) -> tuple[ScoredEvent, ...]:
        return self.scoring.event_index.between(time_s, math.nextafter(time_s, math.inf))

    def restore(self, scoring: Scoring, seal: bytes = b"") -> None:
        """Take over work that was never saved, as one step to undo.

        It is saved into the session that is open where it went on from just that, as its seal says.
        Else it may have been another scorer's, or others saved the session since: it is saved
        under another name.
        """
        self._push(replacement_edit(self.scoring, scoring), N_("restored work"))
        if not seal or seal not in self._seals:
            self._leave_session()

    def begin_another(self, scoring: Scoring, step: str) -> None:
        """Begin another scoring of the same night in place of this one, which was saved.

        It is saved under a name of its own, so that the one before it stays, and undoing does not
        lead back into that.
        """
        self._push(replacement_edit(self.scoring, scoring), step)
        self.undo_stack.clear()
        self.undo_stack.resetClean()
        self._leave_session()

    def _leave_session(self) -> None:
        """Let what is scored be no session's until it is saved."""
        self.session_path = None
        self._with_journal(lambda journal: journal.note_begun())

    def prepare_events(self, events: EventIndex) -> None:
        """Have events worded that are to replace all that there are, on any thread."""
        journal = self._journal
        if journal is not None:
            journal.prepare(events)

    def take_over_file(self, scoring: Scoring, name: str) -> None:
        """Take over the scoring of a file, as one step to undo."""
        self._push(replacement_edit(self.scoring, scoring), N_("import of {file}"), file=name)

    def undo(self) -> Sequence[int]:
        """Take the last change back and return the epochs concerned."""
        self._last_changed = ()
        self.undo_stack.undo()
        return self._last_changed

    def redo(self) -> Sequence[int]:
        """Make the change that was taken back again and return the epochs concerned."""
        self._last_changed = ()
        self.undo_stack.redo()
        return self._last_changed

    def save(self, path: Path, wait: Wait = lambda write: write()) -> None:
        """Write the session file.

        Parameters
        ----------
        path
            Where.
        wait
            Waits for it. What is changed meanwhile is not saved, and is known not to be; what is
            given up is not saved either, and changes no file as far as that can be helped.

        Raises
        ------
        ScoringError
            It can't be written, or was saved by another window since this one opened or saved it;
            the document stays unsaved.
        """
        recording_path = absolute(self.recording.path)
        scored = ScoredRecording.of(self.recording, self.scoring.copy(), self.rule)
        session = Session(recording_path, scored, self.scorer)
        own_path, seals, n_edits = self.session_path, self._seals, self._n_edits
        # One that was given up may still be at it: then the later one is written later.
        writing = self._writing.setdefault(path, threading.Lock())

        def write() -> bytes:
            with writing:
                is_own = own_path is not None and resolved(path) == resolved(own_path)
                if is_own and read_seal(path) not in (*seals, b""):
                    raise ScoringError(
                        "{file} was saved by somebody else since you opened or saved it; it was "
                        "left as it is. Save your work under another name (File > Save session "
                        "as) and compare the two.",
                        file=path,
                    )
                seal = write_session(path, session)
                seals.append(seal)  # ours, too, where it was given up at the last moment
                return seal

        self._seals = [wait(write)]
        self.session_path = path
        if self._n_edits == n_edits:
            self.undo_stack.setClean()
            self._with_journal(lambda journal: journal.note_saved(path, self._seals[0]))

    def prepared_export(
        self, path: Path, scoring_format: ScoringFormat, scoring: Scoring
    ) -> Callable[[Progress], None]:
        """Return what writes a scoring, as it is now, in another format.

        It may run while the scoring is edited on; whether all is saved does not change. It raises
        ScoringError when the file can't be written or would replace the recording itself.
        """
        scored = ScoredRecording.of(self.recording, scoring.copy(), self.rule)

        def write(progress: Progress) -> None:
            self.recording.check_on_disk()
            if is_same(path, self.recording.path):
                raise ScoringError(
                    "{file} is the recording itself; choose another name for the export.",
                    file=path.name,
                )
            scoring_format.write(path, scored, progress=progress)

        return write

    def finish(self) -> None:
        """End the journal; what was not saved is given up."""
        self._with_journal(lambda journal: journal.close())
        self._journal = None

    def _remark(self, epoch: int) -> Remark:
        return self.scoring.remarks.get(epoch, Remark())

    def _push(self, edit: Edit, step: str, **values: object) -> None:
        """Make an edit: `step` names it, marked to be translated, with placeholders for values."""
        named = Phrase(step, **values)
        self._push_named(edit, text=tr(named), what=str(named))

    def _push_event(self, edit: Edit, step: str, event: ScoredEvent) -> None:
        text = tr(step).format(event=event_name(event))
        self._push_named(edit, text=text, what=step.format(event=event.description))

    def _push_named(self, edit: Edit, *, text: str, what: str) -> None:
        edit = withdrawing(self.scoring, edit)
        # The journal is read in any language, the history only in this one.
        self.undo_stack.push(_EditCommand(self._apply, edit, text=text, what=what))

    def _apply(self, edit: Edit, text: str) -> Edit:
        self._n_edits += 1
        inverse = self.scoring.apply(edit)
        self._with_journal(
            lambda journal: journal.record(edit, inverse, scorer=self.scorer, what=text)
        )
        return inverse

    def _with_journal(self, write: Callable[[Journal], None]) -> None:
        if self._journal is None:
            return
        try:
            write(self._journal)
        except ScoringError as error:
            # Said once: the work goes on, the journal takes nothing more.
            self.journal_failed.emit(error)

    def _on_scoring_edited(self, epochs: Sequence[int]) -> None:
        self._last_changed = epochs
        self.scores_changed.emit(epochs)
        if self.scoring.hypnodensity is not self._shown_hypnodensity:
            self._shown_hypnodensity = self.scoring.hypnodensity
            self.hypnodensity_changed.emit()
        if self.scoring.sign_off != self._shown_sign_off:
            self._shown_sign_off = self.scoring.sign_off
            self.sign_off_changed.emit()
