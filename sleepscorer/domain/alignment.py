"""Put a scoring that has its own clock and its own epochs onto a recording's 30-s epochs."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from sleepscorer.domain.clock_times import known_start
from sleepscorer.domain.epochs import EPOCH_S, n_complete_epochs
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.event_decisions import NO_DECISIONS, EventDecisions
from sleepscorer.domain.event_index import EventIndex
from sleepscorer.domain.events import EventKind, ScoredEvent, mark_key
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.phrases import Phrase, joined
from sleepscorer.domain.prediction import Prediction
from sleepscorer.domain.provenance import Imported, Person, is_human
from sleepscorer.domain.scoring import EpochScore, Lights, Remark, Scoring, SignOff
from sleepscorer.domain.stages import Stage

if TYPE_CHECKING:
    from collections.abc import Mapping

_DAY_S = 86_400
_HOUR_S = 3_600
_ANY_DAY = date(2000, 1, 2)
_TOLERANCE_S = 1e-3
"""Times of two files that differ by less are the same: formats round to the millisecond."""


@dataclass(frozen=True, slots=True)
class StageSpan:
    """A stretch of time with one stage, as a file has it.

    Attributes
    ----------
    onset_s
        Seconds from the start of the file.
    duration_s
        Seconds.
    score
        The stage and who gave it.
    """

    onset_s: float
    duration_s: float
    score: EpochScore

    @property
    def stop_s(self) -> float:
        """Seconds from the start of the file to the end of the stretch."""
        return self.onset_s + self.duration_s


@dataclass(frozen=True, slots=True)
class StoredScoring:
    """A scoring as it stands in a file: on the file's own clock, in its own epochs.

    Attributes
    ----------
    start
        Clock time of second 0; a time of day when the file has no date, None when it has neither.
    spans
        Stages in order of onset.
    duration_s
        How long the file says that the recording is, in seconds; None when it does not.
    hypnodensity, others
        Predictions for the 30-s epochs from second 0 on.
    events, decisions, lights
        In seconds from the start of the file.
    remarks
        Remarks by 30-s epoch from second 0 on.
    scorer
        Who answers for it; empty when the file does not say.
    sign_off
        Who signed it off; it holds only where all of it is taken over as it is.
    notes
        Sentences about what was odd in the file and how it was read.
    is_open_ended
        Whether its last stage lasts to the end of the recording.
    elapsed
        What counts from the start of the recording in a file whose other times are clock times.
    """

    start: datetime | time | None
    spans: tuple[StageSpan, ...]
    duration_s: float | None = None
    hypnodensity: Hypnodensity | None = None
    others: tuple[Prediction, ...] = ()
    events: tuple[ScoredEvent, ...] = ()
    decisions: EventDecisions = NO_DECISIONS
    lights: Lights = field(default_factory=Lights)
    remarks: Mapping[int, Remark] = field(default_factory=dict)
    scorer: str = ""
    sign_off: SignOff | None = None
    notes: tuple[Phrase, ...] = ()
    is_open_ended: bool = False
    elapsed: StoredScoring | None = None

    def imported_from(self, file: str, by: str = "") -> StoredScoring:
        """Build the same scoring, with a source for all that the file does not say who gave.

        Parameters
        ----------
        file
            Name of the file.
        by
            Name of the person whose it is; empty where nobody says so.
        """
        source = Imported(file, Person(by) if by.strip() else None)
        return replace(
            self,
            spans=tuple(
                replace(span, score=EpochScore(span.score.stage, source))
                if span.score.stage is not Stage.UNSCORED and span.score.source is None
                else span
                for span in self.spans
            ),
            events=tuple(
                event.by(source) if event.source is None else event for event in self.events
            ),
            elapsed=None if self.elapsed is None else self.elapsed.imported_from(file, by),
        )

    @property
    def is_by_somebody(self) -> bool:
        """Whether it says itself who or what gave all of its stages and events."""
        scores = (span.score for span in self.spans)
        return all(
            score.source is not None for score in scores if score.stage is not Stage.UNSCORED
        ) and all(event.source is not None for event in self.events)

    @property
    def epoch_s(self) -> float:
        """Length of its epochs in seconds: the shortest span, 30 s when it has none."""
        durations = [span.duration_s for span in self.spans if span.duration_s > 0]
        return min(durations, default=EPOCH_S)

    @property
    def stop_s(self) -> float:
        """Where it ends, in seconds from its start."""
        return max([self.duration_s or 0.0, *(span.stop_s for span in self.spans)])

    def later_by(self, offset_s: float) -> StoredScoring:
        """Build the same scoring with all times moved by some seconds, but for its start."""
        return replace(
            self,
            spans=tuple(
                replace(span, onset_s=round(span.onset_s + offset_s, 6)) for span in self.spans
            ),
            events=_later(self.events, offset_s),
            decisions=self.decisions.later_by(offset_s),
            lights=self.lights.later_by(offset_s),
        )


@dataclass(frozen=True, slots=True)
class Alignment:
    """A stored scoring on the epochs of a recording.

    Attributes
    ----------
    scoring
        The scoring.
    mismatches
        A sentence for each thing that did not fit and what was done about it; empty when all fits.
    start
        Clock time of the first epoch, a time of day where the date is not known; None when nothing
        is.
    """

    scoring: Scoring
    mismatches: tuple[Phrase, ...]
    start: datetime | time | None = None


def spans_of(
    scores: Sequence[EpochScore], *, onset_s: float = 0.0, epoch_s: float = EPOCH_S
) -> tuple[StageSpan, ...]:
    """Spans of epochs that follow each other."""
    return tuple(
        StageSpan(onset_s + epoch * epoch_s, epoch_s, score) for epoch, score in enumerate(scores)
    )


def stored(scoring: Scoring, start: datetime | None) -> StoredScoring:
    """Give a scoring the form that files are read in."""
    return StoredScoring(
        start=start,
        spans=spans_of(scoring.scores),
        duration_s=len(scoring) * EPOCH_S,
        hypnodensity=scoring.hypnodensity,
        others=scoring.others,
        events=scoring.events,
        decisions=scoring.decisions,
        lights=scoring.lights,
        remarks=scoring.remarks,
        scorer=scoring.scorer,
        sign_off=scoring.sign_off,
    )


def on_own_grid(stored_scoring: StoredScoring) -> Alignment:
    """Align a stored scoring when there is no recording: its own epochs are the measure.

    Raises
    ------
    ScoringError
        Some of its times count from the start of the recording, and only that tells where it is.
    """
    if stored_scoring.elapsed is not None:
        raise ScoringError(
            "Some rows have clock times and others count from the start of the "
            "recording; only with the recording can they be put together. Import "
            "the file there, or give the recording with --recording."
        )
    onsets_s = [span.onset_s for span in stored_scoring.spans]
    first_s = min(onsets_s, default=0.0)
    # Epochs run on from the first stage's, back to where the file begins.
    n_before = math.ceil((max(first_s, 0.0) - _TOLERANCE_S) / EPOCH_S)
    origin_s = first_s - n_before * EPOCH_S
    start = known_start(stored_scoring.start)
    notes: tuple[Phrase, ...] = ()
    if stored_scoring.is_open_ended:
        notes = (
            Phrase(
                "The last stage lasts to the end of the recording, which is not "
                "there: it was given one epoch."
            ),
        )
    n_epochs = math.ceil((stored_scoring.stop_s - origin_s - _TOLERANCE_S) / EPOCH_S)
    # Any start will do: the file is its own measure.
    own_start = start if isinstance(start, datetime) else datetime.combine(_ANY_DAY, time())
    own = replace(stored_scoring, start=own_start, is_open_ended=False)
    aligned = align(
        own,
        start=own_start + timedelta(seconds=origin_s),
        duration_s=max(n_epochs, 0) * EPOCH_S,
    )
    placed = f"{_amount(abs(origin_s))} {'after' if origin_s < 0 else 'before'}"
    mismatches = tuple(one for one in aligned.mismatches if placed not in one)
    moment = datetime.combine(_ANY_DAY, start) if isinstance(start, time) else start
    if moment is not None:
        moment += timedelta(seconds=origin_s)
    return Alignment(
        aligned.scoring,
        (*notes, *mismatches),
        moment.time() if moment is not None and isinstance(start, time) else moment,
    )


def align(stored_scoring: StoredScoring, *, start: datetime | None, duration_s: float) -> Alignment:
    """Put a stored scoring onto the 30-s epochs of a recording, by clock time.

    An epoch gets the stage that fills most of it, where scored parts fill at least half of it.
    Nothing moves without a sentence that says so.

    Parameters
    ----------
    stored_scoring
        What was read.
    start
        Clock time of the recording's first sample; None when unknown.
    duration_s
        The recording's length in seconds, gaps included.
    """
    n_epochs = n_complete_epochs(duration_s)
    offset_s, mismatches = _offset(stored_scoring, start, duration_s)
    if stored_scoring.elapsed is not None:
        stored_scoring = _with_elapsed(stored_scoring, offset_s)
    if stored_scoring.is_open_ended:
        stored_scoring = _until(stored_scoring, duration_s - offset_s)
    spans, overlaps = _without_overlaps(stored_scoring.spans)
    if overlaps:
        mismatches.append(
            Phrase(
                "{n} {n:stage begins before the one before it|stages begin before the one before "
                "them} ends; each was ended where the next begins.",
                n=overlaps,
            )
        )
    scores, n_mixed = _scores(spans, offset_s, n_epochs)
    mismatches += _grid_mismatches(stored_scoring, offset_s, n_mixed)
    mismatches += _extent_mismatches(spans, offset_s, n_epochs)
    mismatches += _apart_mismatches(stored_scoring, offset_s, duration_s)
    mismatches += _hole_mismatches(spans, offset_s, n_epochs, start)
    shift = _whole_epochs(offset_s)
    hypnodensity = remarks = None
    others: tuple[Prediction, ...] = ()
    if shift is None:
        if stored_scoring.hypnodensity or stored_scoring.others or stored_scoring.remarks:
            mismatches.append(
                Phrase(
                    "Probabilities and remarks belong to epochs that lie between those "
                    "of the recording; they were left out."
                )
            )
    else:
        if stored_scoring.hypnodensity is not None:
            hypnodensity = _shifted(stored_scoring.hypnodensity, shift, n_epochs)
        others = tuple(_shifted(one, shift, n_epochs) for one in stored_scoring.others)
        remarks = {
            epoch + shift: remark
            for epoch, remark in stored_scoring.remarks.items()
            if 0 <= epoch + shift < n_epochs
        }
        n_outside = len(stored_scoring.remarks) - len(remarks)
        if n_outside:
            mismatches.append(
                Phrase(
                    "{n} {n:remark is on an epoch|remarks are on epochs} outside the recording; "
                    "{n:it was|they were} left out.",
                    n=n_outside,
                )
            )
    events, n_outside = _events(stored_scoring.events, offset_s, duration_s)
    if n_outside:
        mismatches.append(
            Phrase(
                "{n} {n:event lies|events lie} outside the recording; {n:it was|they were} "
                "left out.",
                n=n_outside,
            )
        )
    scoring = Scoring(
        n_epochs,
        scores=scores,
        hypnodensity=hypnodensity,
        others=others,
        events=events,
        decisions=stored_scoring.decisions.later_by(offset_s),
        lights=stored_scoring.lights.later_by(offset_s),
        remarks=remarks or {},
        scorer=stored_scoring.scorer,
        sign_off=None if mismatches else stored_scoring.sign_off,
    )
    return Alignment(scoring, (*stored_scoring.notes, *mismatches))


def imported_into(
    scoring: Scoring,
    imported: Scoring,
    *,
    has_stages: bool,
    events: EventIndex | None = None,
) -> Scoring:
    """Put what a file holds in the place of what there is; what it does not hold stays.

    Events take the place of those of the groups that the file holds; those that are the same stay
    whose they are. Notes and remarks replace nothing, they are added: a comment goes after the one
    that there is. What was signed off before is so no longer.

    Parameters
    ----------
    scoring
        The scoring as it is.
    imported
        The file's, on the same epochs.
    has_stages
        Whether the file holds stages at all.
    events
        What `imported_events` gives; None to work it out.
    """
    shown = imported.hypnodensity or scoring.hypnodensity
    return Scoring(
        len(scoring),
        scores=imported.scores if has_stages else scoring.scores,
        hypnodensity=shown,
        others=_beside(shown, (*imported.others, *scoring.predictions)),
        events=imported_events(scoring, imported) if events is None else events,
        decisions=scoring.decisions.changed(NO_DECISIONS, imported.decisions),
        lights=scoring.lights if imported.lights == Lights() else imported.lights,
        remarks={
            epoch: _both(
                scoring.remarks.get(epoch, Remark()), imported.remarks.get(epoch, Remark())
            )
            for epoch in scoring.remarks.keys() | imported.remarks.keys()
        },
        scorer=imported.scorer or scoring.scorer,
    )


def imported_events(scoring: Scoring, imported: Scoring) -> EventIndex:
    """All events once what a file holds is put in the place of what there is."""
    if not scoring.events:
        return imported.event_index
    return EventIndex.of((*_kept_events(scoring, imported), *_taken_events(scoring, imported)))


def _kept_events(scoring: Scoring, imported: Scoring) -> list[ScoredEvent]:
    groups = {event.kind.group for event in imported.events if event.kind is not EventKind.NOTE}
    marks = set(map(mark_key, imported.events))
    return [
        event
        for event in scoring.events
        if mark_key(event) not in marks
        and (event.kind is EventKind.NOTE or event.kind.group not in groups)
    ]


def _taken_events(scoring: Scoring, imported: Scoring) -> list[ScoredEvent]:
    people_s = {mark_key(event): event for event in scoring.events if is_human(event.source)}
    if not people_s:
        return list(imported.events)
    return [people_s.get(mark_key(event), event) for event in imported.events]


def _beside(shown: Hypnodensity | None, predictions: Iterable[Prediction]) -> list[Prediction]:
    """Predictions beside the one that is shown, the first of each version and task."""
    found: dict[tuple[str, str, str], Prediction] = {}
    for prediction in predictions:
        found.setdefault(prediction.subject, prediction)
    if shown is not None:
        found.pop(Prediction.of_stages(shown).subject, None)
    return list(found.values())


def _both(remark: Remark, added: Remark) -> Remark:
    comment = remark.comment
    if f"; {added.comment}; " not in f"; {comment}; ":  # the same file may be imported twice
        comment = "; ".join(filter(None, (comment, added.comment)))
    return Remark(comment, artefact=remark.artefact or added.artefact)


def _offset(
    stored_scoring: StoredScoring, start: datetime | None, duration_s: float
) -> tuple[float, list[Phrase]]:
    """Seconds to add to the file's times, and what has to be said about them."""
    stored_start, own_start = known_start(stored_scoring.start), known_start(start)
    if stored_start is None:
        return 0.0, [
            Phrase(
                "The file does not say when it begins; it was taken to begin with the recording."
            )
        ]
    if start is None or own_start is None:
        return 0.0, [
            Phrase(
                "The recording does not say when it begins; the scoring was taken to begin with it."
            )
        ]
    first_s, stop_s = _extent(stored_scoring)
    clock = stored_start.time() if isinstance(stored_start, datetime) else stored_start
    offset_s = _by_clock(clock, start, first_s, stop_s, duration_s)
    sentences = []
    if isinstance(stored_scoring.start, datetime):
        dated_s = (stored_scoring.start - start).total_seconds()
        both_dated = isinstance(stored_start, datetime) and isinstance(own_start, datetime)
        shared_s = _shared(dated_s, first_s, stop_s, duration_s)
        # Either date may be hidden or wrong; a scoring of another night can't be meant.
        if both_dated and shared_s >= min(EPOCH_S, _shared(offset_s, first_s, stop_s, duration_s)):
            offset_s = dated_s
        elif isinstance(stored_start, datetime) and dated_s != offset_s:
            sentences.append(
                Phrase(
                    "The scoring is dated {scoring:%Y-%m-%d %H:%M:%S} and the recording "
                    "{recording:%Y-%m-%d %H:%M:%S}; it was placed by the time of day alone.",
                    scoring=stored_scoring.start,
                    recording=start,
                )
            )
    elif abs(offset_s) < 1:  # such files hold whole seconds
        offset_s = 0.0
    if abs(offset_s) < _TOLERANCE_S:
        return 0.0, sentences
    when = f"{stored_start:%Y-%m-%d %H:%M:%S}" if isinstance(stored_start, datetime) else None
    values = {
        "when": when or f"{stored_start:%H:%M:%S}",
        "amount": _amount(abs(offset_s)),
        "start": start,
    }
    if offset_s > 0:
        sentence = Phrase(
            "The scoring begins at {when}, {amount} after the recording "
            "({start:%Y-%m-%d %H:%M:%S}); it was placed by clock time.",
            **values,
        )
    else:
        sentence = Phrase(
            "The scoring begins at {when}, {amount} before the recording "
            "({start:%Y-%m-%d %H:%M:%S}); it was placed by clock time.",
            **values,
        )
    return offset_s, [*sentences, sentence]


def _extent(stored_scoring: StoredScoring) -> tuple[float, float]:
    """Where its first stage or event begins and its last one ends, in its own seconds."""
    spans, events = stored_scoring.spans, stored_scoring.events
    parts = [(span.onset_s, span.stop_s) for span in spans]
    parts = parts or [(event.onset_s, event.stop_s) for event in events]
    return (
        min((onset_s for onset_s, _ in parts), default=0.0),
        max((stop_s for _, stop_s in parts), default=0.0),
    )


def _by_clock(
    clock: time, start: datetime, first_s: float, stop_s: float, duration_s: float
) -> float:
    """Seconds from a moment to the time of day at which most of a scoring is in the recording."""
    nearest_s = _nearest(clock, start)
    days = range(-1, math.ceil(duration_s / _DAY_S) + 1)
    candidates = sorted((nearest_s + day * _DAY_S for day in days), key=abs)
    return max(candidates, key=lambda offset_s: _shared(offset_s, first_s, stop_s, duration_s))


def _shared(offset_s: float, first_s: float, stop_s: float, duration_s: float) -> float:
    """Seconds of a scoring that are in the recording."""
    return max(min(stop_s + offset_s, duration_s) - max(first_s + offset_s, 0.0), 0.0)


def _nearest(clock: time, start: datetime) -> float:
    """Seconds from a moment to the nearest one, before or after, with that time of day."""
    offset_s = (datetime.combine(start.date(), clock) - start).total_seconds()
    return (offset_s + _DAY_S / 2) % _DAY_S - _DAY_S / 2


def _with_elapsed(stored_scoring: StoredScoring, offset_s: float) -> StoredScoring:
    """Put what counts from the recording's start among what has clock times."""
    assert stored_scoring.elapsed is not None
    elapsed = stored_scoring.elapsed.later_by(-offset_s)
    lights = stored_scoring.lights
    return replace(
        stored_scoring,
        spans=(*stored_scoring.spans, *elapsed.spans),
        events=(*stored_scoring.events, *elapsed.events),
        lights=elapsed.lights if lights == Lights() else lights,
        notes=(*stored_scoring.notes, *elapsed.notes),
        elapsed=None,
    )


def _until(stored_scoring: StoredScoring, stop_s: float) -> StoredScoring:
    """Let the last stage end where the recording does."""
    last = max(stored_scoring.spans, key=lambda span: span.onset_s)
    spans = tuple(
        replace(span, duration_s=max(stop_s - span.onset_s, 0.0)) if span is last else span
        for span in stored_scoring.spans
    )
    return replace(stored_scoring, spans=spans, is_open_ended=False)


def _without_overlaps(spans: tuple[StageSpan, ...]) -> tuple[tuple[StageSpan, ...], int]:
    ordered = sorted(spans, key=lambda span: span.onset_s)
    cut = []
    n_cut = 0
    for span, following in itertools.zip_longest(ordered, ordered[1:]):
        if following is not None and following.onset_s < span.stop_s - _TOLERANCE_S:
            n_cut += 1
            span = replace(span, duration_s=following.onset_s - span.onset_s)
        cut.append(span)
    return tuple(cut), n_cut


def _scores(
    spans: tuple[StageSpan, ...], offset_s: float, n_epochs: int
) -> tuple[list[EpochScore], int]:
    """Scores of the recording's epochs, and how many of them hold more than one stage."""
    shares_s: dict[int, dict[EpochScore, float]] = {}
    for span in spans:
        first_s = max(span.onset_s + offset_s, 0.0)
        stop_s = min(span.stop_s + offset_s, n_epochs * EPOCH_S)
        for epoch in range(math.floor(first_s / EPOCH_S), math.ceil(stop_s / EPOCH_S)):
            share_s = min(stop_s, (epoch + 1) * EPOCH_S) - max(first_s, epoch * EPOCH_S)
            if share_s > _TOLERANCE_S:
                share = shares_s.setdefault(epoch, {})
                share[span.score] = share.get(span.score, 0.0) + share_s
    scores = [EpochScore()] * n_epochs
    n_mixed = 0
    for epoch, share in shares_s.items():
        n_mixed += len({score.stage for score in share}) > 1
        if sum(share.values()) >= EPOCH_S / 2 - _TOLERANCE_S:
            scores[epoch] = max(share, key=share.__getitem__)  # of equals the first in time
    return scores, n_mixed


def _grid_mismatches(stored_scoring: StoredScoring, offset_s: float, n_mixed: int) -> list[Phrase]:
    epoch_s = stored_scoring.epoch_s
    off_grid = sum(
        abs((span.onset_s + offset_s + EPOCH_S / 2) % EPOCH_S - EPOCH_S / 2) > _TOLERANCE_S
        for span in stored_scoring.spans
    )
    rule = Phrase(
        "each 30-s epoch got the stage that fills most of it ({n} of "
        "them hold more than one stage)",
        n=n_mixed,
    )
    if epoch_s < EPOCH_S - _TOLERANCE_S:
        return [
            Phrase("The scoring has epochs of {epoch_s:g} s; {rule}.", epoch_s=epoch_s, rule=rule)
        ]
    if off_grid:
        return [
            Phrase(
                "{n} of {total} stages {n:begins|begin} between the recording's epochs; {rule}.",
                n=off_grid,
                total=len(stored_scoring.spans),
                rule=rule,
            )
        ]
    return []


def _extent_mismatches(
    spans: tuple[StageSpan, ...], offset_s: float, n_epochs: int
) -> list[Phrase]:
    if not spans:
        return [Phrase("The file holds no stages.")]
    before_s = -(spans[0].onset_s + offset_s)
    after_s = spans[-1].stop_s + offset_s - n_epochs * EPOCH_S
    sentences = []
    if before_s > _TOLERANCE_S:
        sentences.append(
            Phrase(
                "The first {amount} of the scoring are before the recording; they were left out.",
                amount=_amount(before_s),
            )
        )
    elif before_s < -_TOLERANCE_S:
        sentences.append(
            Phrase(
                "The scoring leaves the first {amount} of the recording unscored.",
                amount=_amount(-before_s),
            )
        )
    if after_s > _TOLERANCE_S:
        sentences.append(
            Phrase(
                "The last {amount} of the scoring are after the last complete epoch "
                "of the recording; they were left out.",
                amount=_amount(after_s),
            )
        )
    elif after_s < -_TOLERANCE_S:
        sentences.append(
            Phrase(
                "The scoring leaves the last {amount} of the recording unscored.",
                amount=_amount(-after_s),
            )
        )
    return sentences


def _apart_mismatches(
    stored_scoring: StoredScoring, offset_s: float, duration_s: float
) -> list[Phrase]:
    """Say where nothing of a scoring lies in the recording, and whether half a day is why."""
    first_s, stop_s = _extent(stored_scoring)
    if not stored_scoring.spans or _shared(offset_s, first_s, stop_s, duration_s) > 0:
        return []
    sentence = Phrase(
        "No stage of the scoring lies in the recording: check that they are of the same night."
    )
    halves = (offset_s - _DAY_S / 2, offset_s + _DAY_S / 2)
    if any(_shared(half_s, first_s, stop_s, duration_s) > 0 for half_s in halves):
        hint = Phrase("Twelve hours away it would, as when clock times lack AM and PM.")
        return [joined(sentence, hint)]
    return [sentence]


def _hole_mismatches(
    spans: tuple[StageSpan, ...], offset_s: float, n_epochs: int, start: datetime | None
) -> list[Phrase]:
    """Say where the scoring has no stages though it has some before and after."""
    holes = []
    stop_s = None
    for span in spans:
        if stop_s is not None and span.onset_s - stop_s > _TOLERANCE_S:
            first_s = max(stop_s + offset_s, 0.0)
            last_s = min(span.onset_s + offset_s, n_epochs * EPOCH_S)
            if last_s - first_s > _TOLERANCE_S:
                holes.append((first_s, last_s - first_s))
        stop_s = max(span.stop_s, stop_s or -math.inf)
    if not holes:
        return []

    def moment(time_s: float) -> str:
        if start is None:
            return f"{time_s:g} s"
        return f"{start + timedelta(seconds=time_s):%H:%M:%S}"

    total_s = sum(lasts_s for _, lasts_s in holes)
    places = Phrase("one place")
    if len(holes) > 1:
        places = Phrase("{n} {n:place|places}", n=len(holes))
    sentences = [
        Phrase(
            "The scoring has no stages for {amount} inside it, in {places}, the "
            "first at {first}; they are unscored.",
            amount=_amount(total_s),
            places=places,
            first=moment(holes[0][0]),
        )
    ]
    hours = [first_s for first_s, lasts_s in holes if abs(lasts_s - _HOUR_S) < 1]
    if hours:
        sentences.append(
            Phrase(
                "At {when} just one hour is missing, as when the clocks are put "
                "forward in the night; if so, what follows is an hour late.",
                when=moment(hours[0]),
            )
        )
    return sentences


def _amount(seconds: float) -> Phrase:
    n_epochs = seconds / EPOCH_S
    if n_epochs >= 1 and abs(n_epochs - round(n_epochs)) < 1e-6:
        if round(n_epochs) == 1:
            return Phrase("1 epoch ({seconds:g} s)", seconds=seconds)
        return Phrase("{n} {n:epoch|epochs} ({seconds:g} s)", n=round(n_epochs), seconds=seconds)
    return Phrase("{seconds:g} s", seconds=seconds)


def _whole_epochs(offset_s: float) -> int | None:
    shift = round(offset_s / EPOCH_S)
    return shift if abs(offset_s - shift * EPOCH_S) < _TOLERANCE_S else None


_Predicted = TypeVar("_Predicted", Hypnodensity, Prediction)


def _shifted(predicted: _Predicted, shift: int, n_epochs: int) -> _Predicted:
    if shift == 0 and len(predicted) == n_epochs:
        return predicted
    n_classes = predicted.probabilities.shape[1]
    probabilities = np.full((n_epochs, n_classes), np.nan, np.float32)
    first, stop = max(shift, 0), min(len(predicted) + shift, n_epochs)
    if first < stop:
        probabilities[first:stop] = predicted.probabilities[first - shift : stop - shift]
    return replace(predicted, probabilities=probabilities)


def _events(
    events: tuple[ScoredEvent, ...], offset_s: float, duration_s: float
) -> tuple[tuple[ScoredEvent, ...], int]:
    moved = _later(events, offset_s)
    inside = tuple(event for event in moved if event.stop_s >= 0 and event.onset_s <= duration_s)
    return inside, len(moved) - len(inside)


def _later(events: tuple[ScoredEvent, ...], offset_s: float) -> tuple[ScoredEvent, ...]:
    if offset_s == 0:
        return events
    return tuple(replace(event, onset_s=round(event.onset_s + offset_s, 6)) for event in events)
