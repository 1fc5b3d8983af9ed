"""The scoring of a recording: what the technician edits and saves.

Every change is an edit, a value that knows how to apply itself and that yields the edit which
takes it back. Undo, the journal and tests are built on that one idea.
"""

from __future__ import annotations

import itertools
import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

import numpy as np

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.event_decisions import NO_DECISIONS, EventDecisions
from sleepscorer.domain.event_index import EventIndex
from sleepscorer.domain.events import ScoredEvent, in_order, sorting_key
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.prediction import Prediction
from sleepscorer.domain.provenance import UNKNOWN_MODEL, Model, Provenance, is_human
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.votes import Vote, is_of_vote, predictions_of, votes_of


@dataclass(frozen=True, slots=True)
class EpochScore:
    """Stage of one epoch and who gave it.

    Attributes
    ----------
    stage
        The stage, or `Stage.UNSCORED`.
    source
        Who or what gave it; None where that is not known. Nobody gave an unscored epoch: whatever
        source it is made with, it has none, and the model may stage it.
    """

    stage: Stage = Stage.UNSCORED
    source: Provenance | None = None

    def __post_init__(self) -> None:
        if self.stage is Stage.UNSCORED:
            object.__setattr__(self, "source", None)

    @property
    def is_human(self) -> bool:
        """Whether people gave this epoch its stage."""
        return is_human(self.source)

    @property
    def is_open(self) -> bool:
        """Whether a network may give it a stage: nobody has, or only a network.

        What was imported stays, although it is no person's: somebody wanted it here.
        """
        return self.stage is Stage.UNSCORED or isinstance(self.source, Model)


@dataclass(frozen=True, slots=True)
class SignOff:
    """Somebody looked through the whole scoring and answers for it.

    Attributes
    ----------
    by
        Name of the person.
    at
        When, with its time zone.

    Raises
    ------
    ValueError
        The person has no name, or the time no zone.
    """

    by: str
    at: datetime

    def __post_init__(self) -> None:
        if not self.by.strip():
            raise ValueError("a sign-off needs the name of a person")
        if self.at.tzinfo is None:
            raise ValueError("a sign-off needs a time with its zone")


@dataclass(frozen=True, slots=True)
class Remark:
    """What a scorer noted about an epoch beside its stage.

    Attributes
    ----------
    comment
        Free text; empty without.
    artefact
        Whether the epoch is marked as disturbed.
    """

    comment: str = ""
    artefact: bool = False


@dataclass(frozen=True, slots=True)
class LightInterruption:
    """A while in the night during which the light was on.

    Attributes
    ----------
    on_s, off_s
        When it was switched on and off again, in seconds from the start of the recording.
    """

    on_s: float
    off_s: float

    @property
    def duration_s(self) -> float:
        """How long the light was on, in seconds."""
        return self.off_s - self.on_s


@dataclass(frozen=True, slots=True)
class LightMark:
    """A moment at which the light was switched.

    Attributes
    ----------
    time_s
        Seconds from the start of the recording.
    is_off
        Whether it went off.
    """

    time_s: float
    is_off: bool


@dataclass(frozen=True, slots=True)
class Lights:
    """When the light was switched off and on again.

    Attributes
    ----------
    off_s, on_s
        When it went off for the first time and on for the last time, in seconds from the start of
        the recording; None when it was not marked.
    interruptions
        When it was on in between, in order of time.

    Raises
    ------
    ValueError
        The light goes on before it goes off, an interruption is not between, or a time is none.
    """

    off_s: float | None = None
    on_s: float | None = None
    interruptions: tuple[LightInterruption, ...] = ()

    def __post_init__(self) -> None:
        if self.off_s is not None and self.on_s is not None and self.on_s < self.off_s:
            raise ValueError(f"lights on at {self.on_s} s, before lights off at {self.off_s} s")
        if self.interruptions and self.off_s is None:
            raise ValueError("the light is interrupted without having gone off")
        between = (time_s for one in self.interruptions for time_s in (one.on_s, one.off_s))
        times_s = [time_s for time_s in (self.off_s, *between, self.on_s) if time_s is not None]
        if not all(math.isfinite(time_s) for time_s in times_s):
            raise ValueError(f"the light goes off or on at {times_s} s")
        if any(earlier > later for earlier, later in itertools.pairwise(times_s)):
            raise ValueError(f"the light goes off and on at {times_s} s, which is not in order")
        if any(one.duration_s == 0 for one in self.interruptions):
            raise ValueError("an interruption of the night has no length")

    @property
    def marks(self) -> tuple[LightMark, ...]:
        """Every time at which the light was switched, in order."""
        between = (
            mark
            for one in self.interruptions
            for mark in (LightMark(one.on_s, is_off=False), LightMark(one.off_s, is_off=True))
        )
        first = () if self.off_s is None else (LightMark(self.off_s, is_off=True),)
        last = () if self.on_s is None else (LightMark(self.on_s, is_off=False),)
        return (*first, *between, *last)

    @classmethod
    def of_marks(cls, marks: Sequence[LightMark]) -> Lights:
        """Build lights of marks that alternate; an interruption of no length is none.

        Raises
        ------
        ValueError
            They are not in order.
        """
        off_s = marks[0].time_s if marks and marks[0].is_off else None
        inner = marks[1:] if off_s is not None else marks
        on_s = inner[-1].time_s if inner and not inner[-1].is_off else None
        inner = inner[:-1] if on_s is not None else inner
        pairs = zip(inner[::2], inner[1::2], strict=True)
        interruptions = [LightInterruption(on.time_s, off.time_s) for on, off in pairs]
        return cls(off_s, on_s, tuple(one for one in interruptions if one.duration_s != 0))

    def moved(self, index: int, time_s: float) -> Lights:
        """Build lights with one of the marks at another time.

        Raises
        ------
        ValueError
            It would pass the mark before or after it.
        """
        marks = list(self.marks)
        marks[index] = replace(marks[index], time_s=time_s)
        return Lights.of_marks(marks)

    def switched(self, time_s: float, *, is_off: bool) -> Lights:
        """Build lights that go off or on at a time.

        The mark of this kind that begins what the time lies in moves there; where the light has
        been the other way since the mark before, the next such mark does, or it is a new one. So
        lights off after lights on begins the night again, and what lies between is an interruption.

        Raises
        ------
        ValueError
            The light would go on before it has gone off.
        """
        marks = list(self.marks)
        n_before = sum(mark.time_s <= time_s for mark in marks)
        mark = LightMark(time_s, is_off=is_off)
        if not n_before and marks and marks[0].is_off is not is_off:
            if not is_off:
                raise ValueError(f"lights on at {time_s} s, before lights off")
            return Lights.of_marks([mark, *marks])
        is_so_already = n_before > 0 and marks[n_before - 1].is_off is is_off
        place = n_before - 1 if is_so_already else n_before
        marks[place : place + 1] = [mark]
        return Lights.of_marks(marks)

    def interrupted(self, on_s: float, off_s: float) -> Lights:
        """Build lights that are on for a while within the time that they are off.

        Raises
        ------
        ValueError
            They are not off for all of that time.
        """
        marks = list(self.marks)
        n_before = sum(mark.time_s <= on_s for mark in marks)
        if not n_before or not marks[n_before - 1].is_off:
            raise ValueError(f"the light is on already at {on_s} s")
        marks[n_before:n_before] = [LightMark(on_s, is_off=False), LightMark(off_s, is_off=True)]
        return Lights.of_marks(marks)

    def later_by(self, offset_s: float) -> Lights:
        """Build lights with all times moved by some seconds, to the microsecond."""

        def moved(time_s: float) -> float:
            return round(time_s + offset_s, 6)

        return Lights(
            None if self.off_s is None else moved(self.off_s),
            None if self.on_s is None else moved(self.on_s),
            tuple(
                LightInterruption(moved(one.on_s), moved(one.off_s))
                for one in self.interruptions
                if moved(one.on_s) < moved(one.off_s)
            ),
        )


class Edit(Protocol):
    """A change of a scoring."""

    @property
    def epochs(self) -> Sequence[int]:
        """Epochs that the change touches."""
        ...

    def apply_to(self, scoring: Scoring) -> Edit:
        """Change the scoring and return the edit that takes the change back."""
        ...


@dataclass(frozen=True, slots=True)
class StageEdit:
    """New scores of some epochs.

    Attributes
    ----------
    epochs
        Indices of the epochs, each at most once.
    scores
        Their new scores, as many as epochs.

    Raises
    ------
    ValueError
        Epochs and scores differ in number, or an epoch is named twice.
    """

    epochs: tuple[int, ...]
    scores: tuple[EpochScore, ...]

    def __post_init__(self) -> None:
        if len(self.epochs) != len(self.scores):
            raise ValueError(f"{len(self.epochs)} epochs but {len(self.scores)} scores")
        if len(set(self.epochs)) != len(self.epochs):
            raise ValueError("an epoch is named twice")

    def apply_to(self, scoring: Scoring) -> StageEdit:
        """Set the scores; raise IndexError, changing nothing, for an epoch out of range."""
        return StageEdit(self.epochs, scoring._replace_scores(self.epochs, self.scores))


@dataclass(frozen=True, slots=True)
class PredictionEdit:
    """A new hypnodensity together with the stages that follow from it.

    Attributes
    ----------
    hypnodensity
        The one that is shown from now on; None for none.
    stages
        Stages that follow from it.
    others
        All other predictions from now on; None where they stay as they are.
    """

    hypnodensity: Hypnodensity | None
    stages: StageEdit
    others: tuple[Prediction, ...] | None = None

    @property
    def epochs(self) -> tuple[int, ...]:
        """Epochs whose stage changes; the hypnodensity itself concerns the whole night."""
        return self.stages.epochs

    def apply_to(self, scoring: Scoring) -> PredictionEdit:
        """Set all or nothing; raise ValueError for a prediction of another length."""
        scoring._check_epochs(self.stages.epochs)
        for prediction in (self.hypnodensity, *(self.others or ())):
            scoring._check_length(prediction)
        previous = scoring._replace_hypnodensity(self.hypnodensity)
        others = None if self.others is None else scoring._replace_others(self.others)
        return PredictionEdit(previous, self.stages.apply_to(scoring), others)


@dataclass(frozen=True, slots=True)
class EventEdit:
    """Some events taken away and others put in.

    Attributes
    ----------
    removed
        Events of the scoring.
    added
        New events.
    """

    removed: tuple[ScoredEvent, ...] = ()
    added: tuple[ScoredEvent, ...] = ()

    @property
    def epochs(self) -> tuple[int, ...]:
        """Epochs in which the events begin."""
        onsets = {int(event.onset_s // EPOCH_S) for event in self.removed + self.added}
        return tuple(sorted(onsets))

    def apply_to(self, scoring: Scoring) -> EventEdit:
        """Change the events; raise ValueError, changing nothing, for one that is not there."""
        scoring._replace_events(self.removed, self.added)
        return EventEdit(self.added, self.removed)


@dataclass(frozen=True, slots=True)
class AllEventsEdit:
    """Other events in the place of all that there are: as quick for half a million as for one.

    Attributes
    ----------
    events
        All events from now on.
    former
        Those that they take the place of, which says what is touched.
    """

    events: EventIndex
    former: EventIndex

    @property
    def epochs(self) -> tuple[int, ...]:
        """Epochs in which events begin, before or after."""
        onsets_s = np.append(self.former.onsets_s, self.events.onsets_s)
        return tuple(np.unique(onsets_s // EPOCH_S).astype(np.int64).tolist())

    def apply_to(self, scoring: Scoring) -> AllEventsEdit:
        """Replace all events."""
        return AllEventsEdit(scoring._replace_all_events(self.events), self.events)


@dataclass(frozen=True, slots=True)
class DecisionsEdit:
    """What people decided on events: some taken away and others put in.

    Attributes
    ----------
    removed
        Decisions that hold no longer; those that are not there are passed over.
    added
        New ones.
    """

    removed: EventDecisions = NO_DECISIONS
    added: EventDecisions = NO_DECISIONS

    @property
    def epochs(self) -> tuple[int, ...]:
        """No epoch changes."""
        return ()

    def apply_to(self, scoring: Scoring) -> DecisionsEdit:
        """Change what was decided."""
        former = scoring.decisions
        scoring._replace_decisions(former.changed(self.removed, self.added))
        return DecisionsEdit(
            EventDecisions(
                tuple(one for one in self.added.rejected if one not in former.rejected),
                tuple(one for one in self.added.links if one not in former.links),
            ),
            EventDecisions(
                tuple(one for one in former.rejected if one not in scoring.decisions.rejected),
                tuple(one for one in former.links if one not in scoring.decisions.links),
            ),
        )


@dataclass(frozen=True, slots=True)
class RemarkEdit:
    """New remarks on some epochs.

    Attributes
    ----------
    epochs
        Indices of the epochs, each at most once.
    remarks
        Their new remarks, as many as epochs; an empty one takes the remark away.

    Raises
    ------
    ValueError
        Epochs and remarks differ in number, or an epoch is named twice.
    """

    epochs: tuple[int, ...]
    remarks: tuple[Remark, ...]

    def __post_init__(self) -> None:
        if len(self.epochs) != len(self.remarks):
            raise ValueError(f"{len(self.epochs)} epochs but {len(self.remarks)} remarks")
        if len(set(self.epochs)) != len(self.epochs):
            raise ValueError("an epoch is named twice")

    def apply_to(self, scoring: Scoring) -> RemarkEdit:
        """Set the remarks; raise IndexError, changing nothing, for an epoch out of range."""
        return RemarkEdit(self.epochs, scoring._replace_remarks(self.epochs, self.remarks))


@dataclass(frozen=True, slots=True)
class LightsEdit:
    """New times of lights off and on."""

    lights: Lights

    @property
    def epochs(self) -> tuple[int, ...]:
        """No epoch changes."""
        return ()

    def apply_to(self, scoring: Scoring) -> LightsEdit:
        """Set all times."""
        return LightsEdit(scoring._replace_lights(self.lights))


@dataclass(frozen=True, slots=True)
class ScorerEdit:
    """Another name for whoever answers for the scoring."""

    scorer: str

    @property
    def epochs(self) -> tuple[int, ...]:
        """No epoch changes."""
        return ()

    def apply_to(self, scoring: Scoring) -> ScorerEdit:
        """Set the name."""
        return ScorerEdit(scoring._replace_scorer(self.scorer))


@dataclass(frozen=True, slots=True)
class SignOffEdit:
    """Somebody signs the scoring off, or the sign-off holds no longer."""

    sign_off: SignOff | None

    @property
    def epochs(self) -> tuple[int, ...]:
        """No epoch changes."""
        return ()

    def apply_to(self, scoring: Scoring) -> SignOffEdit:
        """Set or withdraw the sign-off."""
        return SignOffEdit(scoring._replace_sign_off(self.sign_off))


@dataclass(frozen=True, slots=True)
class EditSeries:
    """Several edits that are made and taken back as one.

    An edit that fails takes those before it back.
    """

    edits: tuple[Edit, ...]

    @property
    def epochs(self) -> tuple[int, ...]:
        """Epochs that any of them touches."""
        return tuple(sorted({epoch for edit in self.edits for epoch in edit.epochs}))

    def apply_to(self, scoring: Scoring) -> EditSeries:
        """Apply them in order."""
        inverses: list[Edit] = []
        try:
            for edit in self.edits:
                inverses.append(edit.apply_to(scoring))  # noqa: PERF401  the part done is needed
        except (IndexError, ValueError):
            for inverse in reversed(inverses):
                inverse.apply_to(scoring)
            raise
        return EditSeries(tuple(reversed(inverses)))


_MOST_PLACED = 20
"""Of so many events that there are, one is put in its place sooner than all are sorted."""

Observer = Callable[[Sequence[int]], None]


class Scoring:
    """Scores of all epochs of a recording, with the network's opinion where there is one.

    Parameters
    ----------
    n_epochs
        Number of complete 30-s epochs of the recording.
    scores
        Initial scores; all unscored without.
    hypnodensity
        Initial hypnodensity: the prediction that is shown, and that the review rests on.
    others
        What other versions predict, or for other tasks.
    events
        Initial events, in any order; an index of events is taken over as it is.
    decisions
        What people rejected of what was suggested, and what they linked.
    lights
        When the light went off and on.
    remarks
        Remarks by epoch; epochs without are left out.
    scorer
        Who answers for the scoring; empty when nobody has put a name to it.
    sign_off
        Who looked through all of this and answers for it; None where nobody has.

    Raises
    ------
    ValueError
        Scores or predictions are not of ``n_epochs`` epochs.
    IndexError
        A remark is on an epoch out of range.
    """

    def __init__(
        self,
        n_epochs: int,
        *,
        scores: Iterable[EpochScore] | None = None,
        hypnodensity: Hypnodensity | None = None,
        others: Iterable[Prediction] = (),
        events: Iterable[ScoredEvent] | EventIndex = (),
        decisions: EventDecisions = NO_DECISIONS,
        lights: Lights = Lights(),
        remarks: Mapping[int, Remark] = MappingProxyType({}),
        scorer: str = "",
        sign_off: SignOff | None = None,
    ) -> None:
        self._scores = [EpochScore()] * n_epochs if scores is None else list(scores)
        if len(self._scores) != n_epochs:
            raise ValueError(f"{len(self._scores)} scores for {n_epochs} epochs")
        self._hypnodensity: Hypnodensity | None = None
        self._replace_hypnodensity(hypnodensity)
        self._others: tuple[Prediction, ...] = ()
        self._replace_others(tuple(others))
        self._event_index = events if isinstance(events, EventIndex) else None
        self._events = events.events if isinstance(events, EventIndex) else in_order(events)
        self._decisions = decisions
        self._lights = lights
        self._remarks: dict[int, Remark] = {}
        self._replace_remarks(tuple(remarks), tuple(remarks.values()))
        self._scorer = scorer
        self._sign_off = sign_off
        self._observers: list[Observer] = []

    def __len__(self) -> int:
        return len(self._scores)

    def __getitem__(self, epoch: int) -> EpochScore:
        return self._scores[epoch]

    @property
    def scores(self) -> tuple[EpochScore, ...]:
        """Scores of all epochs."""
        return tuple(self._scores)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Stages of all epochs."""
        return tuple(score.stage for score in self._scores)

    @property
    def hypnodensity(self) -> Hypnodensity | None:
        """What the network believes, once it has been asked."""
        return self._hypnodensity

    @property
    def others(self) -> tuple[Prediction, ...]:
        """What other versions predict, or for other tasks."""
        return self._others

    @property
    def votes(self) -> tuple[Vote, ...]:
        """What each derivation said of the stages that are shown, as far as it was kept."""
        shown = self._hypnodensity
        return () if shown is None else votes_of(self._others, shown.model, shown.weights_sha256)

    @property
    def answers(self) -> tuple[Prediction, ...]:
        """What the version whose stages are shown says of other questions than the stages."""
        shown = self._hypnodensity
        if shown is None:
            return ()
        version = shown.model, shown.weights_sha256
        return tuple(
            one
            for one in self._others
            if (one.model, one.sha256) == version and not is_of_vote(one, *version)
        )

    @property
    def predictions(self) -> tuple[Prediction, ...]:
        """All predictions, the one that is shown first."""
        if self._hypnodensity is None:
            return self._others
        return (Prediction.of_stages(self._hypnodensity), *self._others)

    @property
    def events(self) -> tuple[ScoredEvent, ...]:
        """All events, in order of time."""
        return self._events

    @property
    def event_index(self) -> EventIndex:
        """Where they lie; made when it is asked for first after a change of the events."""
        if self._event_index is None:
            self._event_index = EventIndex(self._events)
        return self._event_index

    @property
    def decisions(self) -> EventDecisions:
        """What people rejected of what was suggested, and what they linked."""
        return self._decisions

    @property
    def lights(self) -> Lights:
        """When the light went off and on."""
        return self._lights

    @property
    def remarks(self) -> Mapping[int, Remark]:
        """Remarks by epoch, in order; epochs without are left out."""
        return MappingProxyType(dict(sorted(self._remarks.items())))

    @property
    def scorer(self) -> str:
        """Who answers for the scoring; empty when nobody has put a name to it."""
        return self._scorer

    @property
    def sign_off(self) -> SignOff | None:
        """Who looked through all of this and answers for it; None where nobody has."""
        return self._sign_off

    def subscribe(self, observer: Observer) -> None:
        """Call the observer with the epochs concerned after each edit."""
        self._observers.append(observer)

    def apply(self, edit: Edit) -> Edit:
        """Apply an edit and return the edit that takes it back."""
        inverse = edit.apply_to(self)
        for observer in self._observers:
            observer(edit.epochs)
        return inverse

    def copy(self) -> Scoring:
        """Return an independent scoring with the same content and no observers."""
        return Scoring(
            len(self),
            scores=self._scores,
            hypnodensity=self._hypnodensity,
            others=self._others,
            events=self.event_index,
            decisions=self._decisions,
            lights=self._lights,
            remarks=self._remarks,
            scorer=self._scorer,
            sign_off=self._sign_off,
        )

    def _check_epochs(self, epochs: tuple[int, ...]) -> None:
        for epoch in epochs:
            if not 0 <= epoch < len(self):
                raise IndexError(f"epoch {epoch} is outside the {len(self)} epochs")

    def _check_length(self, prediction: Hypnodensity | Prediction | None) -> None:
        if prediction is not None and len(prediction) != len(self):
            raise ValueError(f"hypnodensity of {len(prediction)} epochs for {len(self)} epochs")

    def _replace_scores(
        self, epochs: tuple[int, ...], scores: tuple[EpochScore, ...]
    ) -> tuple[EpochScore, ...]:
        self._check_epochs(epochs)
        previous = tuple(self._scores[epoch] for epoch in epochs)
        for epoch, score in zip(epochs, scores, strict=True):
            self._scores[epoch] = score
        return previous

    def _replace_hypnodensity(self, hypnodensity: Hypnodensity | None) -> Hypnodensity | None:
        self._check_length(hypnodensity)
        previous = self._hypnodensity
        self._hypnodensity = hypnodensity
        return previous

    def _replace_others(self, others: tuple[Prediction, ...]) -> tuple[Prediction, ...]:
        for prediction in others:
            self._check_length(prediction)
        previous, self._others = self._others, others
        return previous

    def _replace_events(
        self, removed: tuple[ScoredEvent, ...], added: tuple[ScoredEvent, ...]
    ) -> None:
        # Only what changes is looked for and placed: there may be half a million events.
        events, kept, done = self._events, list[ScoredEvent](), 0
        for event in in_order(removed):
            place = done  # what is removed often follows what was removed before
            if events[place : place + 1] != (event,):
                place = bisect_left(events, sorting_key(event), lo=done, key=sorting_key)
            if events[place : place + 1] != (event,):
                raise ValueError(f"there is no such event: {event}")
            kept += events[done:place]
            done = place + 1
        kept += events[done:]
        self._event_index = None
        if len(added) > len(kept) // _MOST_PLACED:
            self._events = in_order((*kept, *added))
            return
        parts, done = [], 0
        for event in in_order(added):
            place = bisect_right(kept, sorting_key(event), lo=done, key=sorting_key)
            parts += [*kept[done:place], event]
            done = place
        self._events = (*parts, *kept[done:])

    def _replace_all_events(self, index: EventIndex) -> EventIndex:
        previous = self.event_index
        self._events, self._event_index = index.events, index
        return previous

    def _replace_remarks(
        self, epochs: tuple[int, ...], remarks: tuple[Remark, ...]
    ) -> tuple[Remark, ...]:
        self._check_epochs(epochs)
        previous = tuple(self._remarks.pop(epoch, Remark()) for epoch in epochs)
        for epoch, remark in zip(epochs, remarks, strict=True):
            if remark != Remark():
                self._remarks[epoch] = remark
        return previous

    def _replace_decisions(self, decisions: EventDecisions) -> None:
        self._decisions = decisions

    def _replace_lights(self, lights: Lights) -> Lights:
        previous, self._lights = self._lights, lights
        return previous

    def _replace_scorer(self, scorer: str) -> str:
        previous, self._scorer = self._scorer, scorer
        return previous

    def _replace_sign_off(self, sign_off: SignOff | None) -> SignOff | None:
        previous, self._sign_off = self._sign_off, sign_off
        return previous


def stage_edit(epochs: Iterable[int], stage: Stage, source: Provenance) -> StageEdit:
    """Build the edit with which somebody gives one stage to some epochs."""
    indices = tuple(epochs)
    return StageEdit(indices, (EpochScore(stage, source),) * len(indices))


def withdrawing(scoring: Scoring, edit: Edit) -> Edit:
    """Build the edit that is a change and the end of the sign-off that it makes untrue.

    Taking it back leads to what was signed off, and so to the sign-off, too.
    """
    if scoring.sign_off is None or isinstance(edit, SignOffEdit):
        return edit
    return EditSeries((edit, SignOffEdit(None)))


def prediction_edit(
    scoring: Scoring,
    hypnodensity: Hypnodensity,
    votes: Sequence[Vote] | None = None,
    beside: Sequence[Prediction] = (),
) -> PredictionEdit:
    """Build the edit that shows a prediction, and takes its stages over where there is no other.

    Stages of people stay, and so do imported ones. What was shown before is kept beside it unless
    it is by the same version.

    Parameters
    ----------
    scoring
        What is to be changed.
    hypnodensity
        The prediction.
    votes
        What each derivation said, in place of what those of this version said before; None to
        leave that. A single vote is kept only where something is wrong with its signal: else it is
        the prediction.
    beside
        What the version answered to other questions, in place of what it answered before.

    Raises
    ------
    ValueError
        A prediction has another number of epochs.
    """
    scoring._check_length(hypnodensity)
    for prediction in beside:
        scoring._check_length(prediction)
    source = model_of(hypnodensity)
    epochs = tuple(epoch for epoch in range(len(scoring)) if scoring[epoch].is_open)
    scores = tuple(EpochScore(hypnodensity.stage(epoch), source) for epoch in epochs)
    replaced = {Prediction.of_stages(hypnodensity).subject, *(one.subject for one in beside)}
    others = tuple(one for one in scoring.predictions if one.subject not in replaced)
    others += tuple(beside)
    if votes is not None:
        version = hypnodensity.model, hypnodensity.weights_sha256
        others = tuple(one for one in others if not is_of_vote(one, *version))
        if len(votes) > 1 or not all(vote.is_plain for vote in votes):
            others += predictions_of(votes, *version)
    is_as_before = others == scoring.others
    return PredictionEdit(hypnodensity, StageEdit(epochs, scores), None if is_as_before else others)


def model_of(hypnodensity: Hypnodensity | None) -> Model:
    """Version of the network that a hypnodensity is by, as far as it tells."""
    if hypnodensity is None or not hypnodensity.model.strip():
        return UNKNOWN_MODEL
    return Model(hypnodensity.model, hypnodensity.weights_sha256)


def without_model(scoring: Scoring) -> Scoring:
    """Copy a scoring without anything that a network said, or may have in another program."""
    return Scoring(
        len(scoring),
        scores=[score if score.is_human else EpochScore() for score in scoring.scores],
        events=scoring.event_index.without(Model),
        decisions=EventDecisions(links=scoring.decisions.links),
        lights=scoring.lights,
        remarks=scoring.remarks,
        scorer=scoring.scorer,
        sign_off=scoring.sign_off,
    )


def replacement_edit(scoring: Scoring, other: Scoring) -> EditSeries:
    """Build the edit that makes a scoring equal to another one.

    Raises
    ------
    ValueError
        The other one has another number of epochs.
    """
    if len(other) != len(scoring):
        raise ValueError(f"a scoring of {len(other)} epochs for {len(scoring)} epochs")
    pairs = enumerate(zip(scoring.scores, other.scores, strict=True))
    changed = tuple(epoch for epoch, (score, new) in pairs if score != new)
    remarked = tuple(sorted(scoring.remarks.keys() | other.remarks.keys()))
    has_same_events = other.events == scoring.events
    events = () if has_same_events else (AllEventsEdit(other.event_index, scoring.event_index),)
    return EditSeries(
        (
            PredictionEdit(
                other.hypnodensity,
                StageEdit(changed, tuple(other[epoch] for epoch in changed)),
                other.others,
            ),
            *events,
            DecisionsEdit(scoring.decisions, other.decisions),
            RemarkEdit(remarked, tuple(other.remarks.get(epoch, Remark()) for epoch in remarked)),
            LightsEdit(other.lights),
            ScorerEdit(other.scorer),
            SignOffEdit(other.sign_off),
        )
    )
