"""Two scorings of one night, and the third that comes of deciding where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.agreement import Agreement, confusion_matrix
from sleepscorer.domain.event_agreement import COMPARED, same_events
from sleepscorer.domain.event_decisions import NO_DECISIONS, EventDecisions, EventLink, bare
from sleepscorer.domain.events import ScoredEvent
from sleepscorer.domain.provenance import agreed
from sleepscorer.domain.scoring import EpochScore, Scoring
from sleepscorer.domain.stages import Stage


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """How two scorings of a night differ.

    Attributes
    ----------
    agreement
        Over the epochs that both have scored; rows of its confusion matrix are the stages of the
        first. F1 of a stage is its specific agreement: the same whoever is the first.
    differing
        Epochs with two different stages, in order of time, shape (n_differing,).
    only_first, only_second
        Epochs that only one has scored, in order of time.
    """

    agreement: Agreement
    differing: npt.NDArray[np.int64]
    only_first: npt.NDArray[np.int64]
    only_second: npt.NDArray[np.int64]

    @classmethod
    def of(cls, first: Scoring, second: Scoring) -> Comparison:
        """Compare epoch by epoch.

        Raises
        ------
        ValueError
            They have different numbers of epochs.
        """
        if len(first) != len(second):
            raise ValueError(f"a scoring of {len(second)} epochs for {len(first)} epochs")
        stages, others = _stages(first), _stages(second)
        scored, other_scored = stages >= 0, others >= 0
        return cls(
            Agreement.from_confusion(confusion_matrix(stages, others)),
            np.flatnonzero(scored & other_scored & (stages != others)),
            np.flatnonzero(scored & ~other_scored),
            np.flatnonzero(~scored & other_scored),
        )

    @property
    def to_adjudicate(self) -> npt.NDArray[np.int64]:
        """Epochs on which there is something to decide, in order of time."""
        parts = (self.differing, self.only_first, self.only_second)
        return np.sort(np.concatenate(parts))


def _stages(scoring: Scoring) -> npt.NDArray[np.int64]:
    return np.fromiter(scoring.stages, np.int64, len(scoring))


def second_scoring(scoring: Scoring) -> Scoring:
    """Make an empty scoring for a second scorer, who sees nothing of the first or the model.

    Only when the light went off and on is taken over: it was noted in the night, not scored.
    """
    return Scoring(len(scoring), lights=scoring.lights)


def consensus_scoring(first: Scoring, second: Scoring, adjudicator: str) -> Scoring:
    """Begin the scoring that decides between two.

    Epochs with the same stage in both are taken over as a joint decision. All others are unscored
    and without a source, for the adjudicator to decide with the usual edits. Predictions, events,
    remarks and lights are those of the first, decisions on events of both; events that only the
    second has are added. Those of one kind that are the same by :func:`same_events` are one event,
    joint and where the first marked it: two hands never mark the same seconds.

    Parameters
    ----------
    first, second
        Neither is changed.
    adjudicator
        Name of whoever decides; answers for the scoring.

    Raises
    ------
    ValueError
        They have different numbers of epochs.
    """
    if len(first) != len(second):
        raise ValueError(f"a scoring of {len(second)} epochs for {len(first)} epochs")
    pairs = zip(first.scores, second.scores, strict=True)
    same = _same(first.events, second.events)
    others = tuple(same.get(event, event) for event in second.events)
    return Scoring(
        len(first),
        scores=[_agreed(score, other) for score, other in pairs],
        hypnodensity=first.hypnodensity,
        others=first.others,
        events=_joined(first.events, others),
        decisions=_moved(second.decisions, same).changed(NO_DECISIONS, first.decisions),
        lights=first.lights,
        remarks=first.remarks,
        scorer=adjudicator,
    )


def _agreed(score: EpochScore, other: EpochScore) -> EpochScore:
    if score.stage is not other.stage or score.stage is Stage.UNSCORED:
        return EpochScore()
    return EpochScore(score.stage, agreed(score.source, other.source))


def _same(
    events: tuple[ScoredEvent, ...], others: tuple[ScoredEvent, ...]
) -> dict[ScoredEvent, ScoredEvent]:
    """Events that the first marked a little elsewhere: the second's, and in its place the first's.

    What both marked alike is left out.
    """
    marks, other_marks = ({event.mark for event in some} for some in (events, others))
    left = [one for one in events if not one.is_proposed and one.mark not in other_marks]
    other_left = [one for one in others if not one.is_proposed and one.mark not in marks]
    found: dict[ScoredEvent, ScoredEvent] = {}
    for kind in {kind for _name, kinds in COMPARED for kind in kinds}:
        of_kind = ([one for one in some if one.kind is kind] for some in (left, other_left))
        found.update((other, one.by(other.source)) for one, other in same_events(*of_kind))
    return found


def _moved(decisions: EventDecisions, places: Mapping[ScoredEvent, ScoredEvent]) -> EventDecisions:
    """Decisions whose links are between events where they are now."""
    marks = {bare(former): bare(event) for former, event in places.items()}
    links = (
        EventLink(marks.get(one.first, one.first), marks.get(one.second, one.second), one.holds)
        for one in decisions.links
    )
    return EventDecisions(decisions.rejected, tuple(links))


def _joined(events: tuple[ScoredEvent, ...], others: tuple[ScoredEvent, ...]) -> list[ScoredEvent]:
    known = {event.mark for event in events}
    sources = {event.mark: event.source for event in others}
    return [
        *(
            replace(event, source=agreed(event.source, sources[event.mark]))
            if event.mark in sources
            else event
            for event in events
        ),
        *(event for event in others if event.mark not in known),
    ]


def undecided(consensus: Scoring, comparison: Comparison) -> npt.NDArray[np.int64]:
    """Epochs that wait for the adjudicator, in order of time.

    Parameters
    ----------
    consensus
        What :func:`consensus_scoring` made, as far as it has been decided.
    comparison
        Of the two scorings that it decides between.
    """
    epochs = comparison.to_adjudicate
    is_open = np.array([not consensus[int(epoch)].is_human for epoch in epochs], bool)
    return np.asarray(epochs[is_open], np.int64)
