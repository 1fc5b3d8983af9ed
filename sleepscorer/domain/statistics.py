"""Sleep statistics: the numbers of a night and of its parts.

What each number means, and on whose word, stands in ``resources/definitions.md`` under its id.
"""

from __future__ import annotations

import bisect
import itertools
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.event_rules import doubts_about
from sleepscorer.domain.events import (
    APNEAS_AND_HYPOPNEAS,
    BREATHING_EVENTS,
    LIMB_EVENTS,
    EventGroup,
    EventKind,
    ScoredEvent,
    suspected_names,
)
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.scoring import Scoring
from sleepscorer.domain.severity import Severity, decimals_of
from sleepscorer.domain.stages import SCORED_STAGES, Stage
from sleepscorer.domain.votes import SignalFault, reasons

_EPOCH_MIN = EPOCH_S / 60
_SLEEP = (Stage.N1, Stage.N2, Stage.N3, Stage.R)
_PERSISTENT_EPOCHS = 20
_LEAST_NREM_MIN, _LEAST_R_MIN = 15.0, 5.0  # Feinberg and Floyd 1979

_RESPIRATORY = (*BREATHING_EVENTS, EventGroup.DESATURATION)

_INDICES: Mapping[str, tuple[EventGroup, ...]] = {
    "arousal_index": (EventGroup.AROUSAL,),
    "ahi": APNEAS_AND_HYPOPNEAS,
    "rdi": BREATHING_EVENTS,
    "odi": (EventGroup.DESATURATION,),
    "lmi": LIMB_EVENTS,
    "plmsi": (EventGroup.PLM,),
}

NOT_SCORED = Phrase("not scored")
"""Of an index of events that nobody marked: nobody may have looked for them."""

NO_SLEEP = Phrase("no sleep")
"""Of an index an hour of sleep where no epoch is sleep."""

_Bool = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the sleep statistics.

    Attributes
    ----------
    id
        Word in CSV and JSON, and in the definitions.
    value
        The number; None where it is not defined, e.g. a latency to a stage that does not occur.
    unit
        ``"min"``, ``"%"``, ``"/h"`` or empty for a count.
    is_incomplete
        Whether something that may belong to it is not counted in it.
    remark
        Why there is no number, or what else is to be known of it; empty for nothing.
    severity
        Class that the number as it is has in adults; None where it has none.
    """

    id: str
    value: float | None
    unit: str = "min"
    is_incomplete: bool = False
    remark: str = ""
    severity: Severity | None = None

    @property
    def severity_told(self) -> str:
        """What is said of its class; empty where it has none."""
        if self.severity is None:
            return ""
        if self.is_incomplete and self.severity is not Severity.SEVERE:
            return Phrase("Severity (adults): at least {severity}", severity=self.severity.value)
        return Phrase("Severity (adults): {severity}", severity=self.severity.value)

    @property
    def text(self) -> str:
        """Number and unit as shown, e.g. ``"412.5 min"``; why not where it is not defined.

        Just below a class that it does not reach it has so many decimals that this is seen.
        """
        if self.value is None:
            return self.remark or "–"
        if not self.unit:
            return f"{self.value:.0f}"
        space = "" if self.unit == "/h" else " "
        decimals = 1 if self.severity is None else decimals_of(self.value)
        return f"{self.value:.{decimals}f}{space}{self.unit}"


@dataclass(frozen=True, slots=True)
class EventCount:
    """How often an event was marked.

    Attributes
    ----------
    kind
        The event.
    n_by_stage
        How many count in each stage: the one that they begin in or, where they count only because
        they end in sleep, that one.
    n_counted, n_not_counted
        How many count, and how many are kept but in no index.
    per_hour
        Those that count per hour of total sleep time; None without sleep.
    mean_duration_s, longest_s
        Of those that count, in seconds; None when there is none.
    """

    kind: EventKind
    n_by_stage: Mapping[Stage, int]
    n_counted: int
    n_not_counted: int
    per_hour: float | None
    mean_duration_s: float | None
    longest_s: float | None


class Division(Enum):
    """What a night is divided into; the value is the word in CSV and JSON."""

    HOURS = "hour"
    THIRDS = "third"
    HALVES = "half"


@dataclass(frozen=True, slots=True)
class PartOfNight:
    """An hour, a third or a half of the night and its numbers.

    Attributes
    ----------
    division
        What the night was divided into.
    number
        Which part it is, from 1.
    start_s, stop_s
        Seconds from the start of the recording.
    figures
        Its numbers; latencies and cycles are those of the whole night alone.
    """

    division: Division
    number: int
    start_s: float
    stop_s: float
    figures: tuple[Figure, ...]

    @property
    def name(self) -> str:
        """What it is called, e.g. ``"hour 3"``."""
        return f"{self.division.value} {self.number}"


@dataclass(frozen=True, slots=True)
class PartOfSleep:
    """Sleep of some kind, as that in one position or at one pressure, and its numbers.

    Attributes
    ----------
    id
        Word in CSV and JSON.
    name
        What it is called.
    figures
        Its numbers, each by the definition of that of the night, within this part.
    """

    id: str
    name: Phrase
    figures: tuple[Figure, ...]

    def __getitem__(self, figure_id: str) -> Figure:
        return {figure.id: figure for figure in self.figures}[figure_id]

    def __contains__(self, figure_id: str) -> bool:
        return any(figure.id == figure_id for figure in self.figures)


@dataclass(frozen=True, slots=True)
class TreatedNight:
    """A night, or its later part, with positive airway pressure, and its numbers.

    Attributes
    ----------
    told
        When the treatment began and what says so.
    start_s, stop_s
        From when to when it went on, in seconds from the start of the recording.
    parts
        The part before, where there is one, and that with treatment.
    pressures
        The part with treatment by pressure, the lowest first.
    """

    told: Phrase
    start_s: float
    stop_s: float
    parts: tuple[PartOfSleep, ...]
    pressures: tuple[PartOfSleep, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """Something that a night needs before somebody signs its report.

    Attributes
    ----------
    text
        What is there, or what is missing and where it is done.
    is_done
        Whether it is there.
    """

    text: Phrase
    is_done: bool


@dataclass(frozen=True, slots=True)
class SleepStatistics:
    """All numbers of a night.

    Attributes
    ----------
    figures
        The numbers in the order in which they are shown.
    events
        Counts of the kinds of events that were marked.
    parts
        The same numbers for its hours, thirds and halves.
    caveats
        Sentences that a reader of the numbers must know.
    asleep
        Numbers of breathing, oxygen and limbs by kind of sleep; empty where only the sleep itself
        was looked at.
    rule
        Name of the rule that hypopneas count by; empty as above.
    checks
        What is to be there before the report is signed; empty as above.
    treated
        The parts before and with treatment; None where the night was not treated.
    """

    figures: tuple[Figure, ...]
    events: tuple[EventCount, ...]
    parts: tuple[PartOfNight, ...]
    caveats: tuple[Phrase, ...]
    asleep: tuple[PartOfSleep, ...] = ()
    rule: str = ""
    checks: tuple[Check, ...] = ()
    treated: TreatedNight | None = None

    def __getitem__(self, figure_id: str) -> Figure:
        return {figure.id: figure for figure in self.figures}[figure_id]

    def __contains__(self, figure_id: str) -> bool:
        return any(figure.id == figure_id for figure in self.figures)


def counted_events(scoring: Scoring, duration_s: float) -> Sequence[CountedEvent]:
    """Find the events of a night that count, in order of time; see `sleep_statistics`."""
    return _Night(scoring, duration_s).counted


def sleep_statistics(
    scoring: Scoring, duration_s: float, left_out: Iterable[ScoredEvent] = ()
) -> SleepStatistics:
    """Compute the statistics of a night.

    Parameters
    ----------
    scoring
        The scoring.
    duration_s
        Length of the recording in seconds; it stands for lights off to lights on where those are
        not marked.
    left_out
        Events that don't count for a reason that is not known here; only the counts of the kinds of
        events leave them out.
    """
    night = _Night(scoring, duration_s)
    return SleepStatistics(
        figures=(*_figures(night, night), *_figures_of_the_night_alone(night)),
        events=tuple(_counts(night, left_out)),
        parts=tuple(_parts(night)),
        caveats=tuple(_caveats(night, scoring)),
    )


class CountedEvent(NamedTuple):
    """An event that counts and the stage that makes it count."""

    event: ScoredEvent
    stage: Stage


class _Span:
    """A time and what was scored in it.

    Attributes
    ----------
    start_s, stop_s
        Seconds from the start of the recording.
    epochs
        The epochs whose middle lies in it, counted from the first one of the night.
    counted
        The events that count and belong to it, in order of time.
    """

    def __init__(
        self, start_s: float, stop_s: float, epochs: slice, counted: Sequence[CountedEvent]
    ) -> None:
        self.start_s, self.stop_s = start_s, stop_s
        self.epochs = epochs
        self.counted = counted

    @property
    def length_min(self) -> float:
        return max(self.stop_s - self.start_s, 0.0) / 60

    def count(self, epochs: _Bool) -> int:
        """How many epochs of the night that something is true of lie in this time."""
        return int(np.count_nonzero(epochs[self.epochs]))

    def minutes(self, epochs: _Bool) -> float:
        return self.count(epochs) * _EPOCH_MIN


class _Night(_Span):
    """The time between lights off and lights on and what is derived from it.

    Attributes
    ----------
    asleep, in_spt, after_onset
        Which epochs are sleep, in the sleep period, and after sleep onset, shape (n,), as are the
        following.
    awakens, shifts, shifts_asleep
        Epochs of the sleep period before which sleep changes to W, any stage to another, and a
        stage of sleep to another.
    """

    def __init__(self, scoring: Scoring, duration_s: float) -> None:
        lights = scoring.lights
        start_s = 0.0 if lights.off_s is None else max(lights.off_s, 0.0)
        stop_s = duration_s if lights.on_s is None else min(lights.on_s, duration_s)
        middles_s = (np.arange(len(scoring)) + 0.5) * EPOCH_S
        # An epoch belongs to the night when its middle does.
        inside = np.flatnonzero((start_s <= middles_s) & (middles_s < stop_s))
        self.first = int(inside[0]) if inside.size else 0
        self._stages = scoring.stages[self.first : self.first + inside.size]
        stages = np.array(self._stages, np.int8)
        self.are = {stage: stages == stage for stage in Stage}
        self.interruptions = tuple(
            (max(one.on_s, start_s), min(one.off_s, stop_s))
            for one in lights.interruptions
            if one.off_s > start_s and one.on_s < stop_s
        )
        self.asleep = stages > Stage.W
        epochs = np.arange(stages.size)
        slept = np.flatnonzero(self.asleep)
        self.onset = int(slept[0]) if slept.size else None
        last = int(slept[-1]) if slept.size else -1
        self.after_onset = epochs >= (stages.size if self.onset is None else self.onset)
        self.in_spt = self.after_onset & (epochs <= last)
        before = np.concatenate(([Stage.UNSCORED], stages[:-1])).astype(np.int8)[: stages.size]
        changes = self.in_spt & (epochs != self.onset) & (before != stages)
        self.shifts = changes & (before != Stage.UNSCORED) & (stages != Stage.UNSCORED)
        self.awakens = changes & (before > Stage.W) & (stages == Stage.W)
        self.shifts_asleep = changes & (before > Stage.W) & self.asleep
        self.tst_min = slept.size * _EPOCH_MIN
        # What a program proposes is no event of this night until a person says so.
        events = [one for one in scoring.events if not one.is_proposed]
        proposed = [one for one in scoring.events if one.is_proposed]
        self.n_proposed = len(proposed)
        self.groups_undecided = {
            one.kind.group
            for one in proposed
            if self._counting_stage(one, start_s, stop_s) is not Stage.UNSCORED
        }
        self.n_marked = Counter(event.kind for event in events)
        self.groups_marked = {kind.group for kind in self.n_marked}
        self.suspected = suspected_names(events)
        counting = ((one, self._counting_stage(one, start_s, stop_s)) for one in events)
        counted = [CountedEvent(*one) for one in counting if one[1] is not Stage.UNSCORED]
        super().__init__(start_s, stop_s, slice(0, stages.size), counted)

    def latency_min(self, wanted: _Bool) -> float | None:
        """Minutes from lights off to the first epoch that something is true of."""
        found = np.flatnonzero(wanted)
        if not found.size:
            return None
        return max((self.first + int(found[0])) * EPOCH_S - self.start_s, 0.0) / 60

    def part(self, start_s: float, stop_s: float) -> _Span:
        """Cut out a part of the night."""
        edges = (math.ceil(time_s / EPOCH_S - 0.5 - 1e-9) for time_s in (start_s, stop_s))
        first, stop = (min(max(edge - self.first, 0), len(self._stages)) for edge in edges)
        onsets_s = [one.event.onset_s for one in self.counted]
        # One that counts and begins before lights off, or after lights on, has its part too.
        begin = 0 if start_s <= self.start_s else bisect.bisect_left(onsets_s, start_s)
        end = len(onsets_s) if stop_s >= self.stop_s else bisect.bisect_left(onsets_s, stop_s)
        return _Span(start_s, stop_s, slice(first, stop), self.counted[begin:end])

    def _counting_stage(self, event: ScoredEvent, start_s: float, stop_s: float) -> Stage:
        begins = self._stage_at(event.onset_s)
        group = event.kind.group
        if begins in _SLEEP:
            return begins
        if group is EventGroup.AROUSAL:
            is_dark = start_s <= event.onset_s < stop_s and not any(
                on_s <= event.onset_s < off_s for on_s, off_s in self.interruptions
            )
            return begins if is_dark else Stage.UNSCORED
        if group in _RESPIRATORY:
            # One that ends with an epoch does not reach into the next.
            ends = self._stage_at(max(event.stop_s - 1e-6, event.onset_s))
            return ends if ends in _SLEEP else Stage.UNSCORED
        return Stage.UNSCORED

    def _stage_at(self, time_s: float) -> Stage:
        """Stage of a moment; unscored before lights off and after lights on."""
        index = int(time_s // EPOCH_S) - self.first
        return self._stages[index] if 0 <= index < len(self._stages) else Stage.UNSCORED


def _figures(night: _Night, span: _Span) -> Iterator[Figure]:
    """Amounts, shares and rates in some time of a night."""
    tst_min, spt_min = span.minutes(night.asleep), span.minutes(night.in_spt)
    scored = span.count(~night.are[Stage.UNSCORED]) > 0
    slept = night.onset is not None
    is_wake = night.are[Stage.W]

    def if_scored(value: float) -> float | None:
        return value if scored else None

    def if_slept(value: float) -> float | None:
        return value if slept else None

    def share(value: float, whole: float) -> float | None:
        return value / whole * 100 if whole else None

    def per_hour(count: int) -> float | None:
        return count / (tst_min / 60) if tst_min else None

    n_awakenings, n_shifts_asleep = span.count(night.awakens), span.count(night.shifts_asleep)
    yield Figure("trt", span.length_min)
    yield Figure("lights_on", _light_min(night, span))
    yield Figure("tst", if_scored(tst_min))
    yield Figure("spt", if_slept(spt_min))
    yield Figure("waso", if_slept(span.minutes(is_wake & night.after_onset)))
    yield Figure("waso_spt", if_slept(span.minutes(is_wake & night.in_spt)))
    yield Figure("se", share(tst_min, span.length_min) if scored else None, "%")
    yield Figure("sme", share(tst_min, spt_min), "%")
    yield Figure("awakenings", if_slept(n_awakenings), "")
    yield Figure("stage_shifts", if_slept(span.count(night.shifts)), "")
    yield Figure("sleep_stage_shifts", if_slept(n_shifts_asleep), "")
    yield Figure("sfi", per_hour(n_awakenings + n_shifts_asleep), "/h")
    for stage in SCORED_STAGES:
        minutes = span.minutes(night.are[stage])
        word = stage.label.lower()
        yield Figure(f"{word}_min", if_scored(minutes))
        if stage is not Stage.W:
            yield Figure(f"{word}_percent", share(minutes, tst_min), "%")
    yield Figure("unscored_min", span.minutes(night.are[Stage.UNSCORED]))
    n_counted = Counter(one.event.kind for one in span.counted)
    n_of_group: Counter[EventGroup] = Counter()
    for kind, n in n_counted.items():
        n_of_group[kind.group] += n
    for figure_id, groups in _INDICES.items():
        # Where no such event was marked nobody may have looked for them: that is not zero.
        was_looked_for = not night.groups_marked.isdisjoint(groups)
        count = sum(n_of_group[group] for group in groups)
        value = per_hour(count) if was_looked_for else None
        is_incomplete = not night.suspected.keys().isdisjoint(groups) or (
            value is not None and not night.groups_undecided.isdisjoint(groups)
        )
        remark = "" if value is not None else NO_SLEEP if was_looked_for and scored else NOT_SCORED
        yield Figure(figure_id, value, "/h", is_incomplete, remark)


def _light_min(night: _Night, span: _Span) -> float:
    """Minutes of some time in which the light was on."""
    lit_s = (
        max(min(off_s, span.stop_s) - max(on_s, span.start_s), 0.0)
        for on_s, off_s in night.interruptions
    )
    return sum(lit_s, 0.0) / 60


def _figures_of_the_night_alone(night: _Night) -> Iterator[Figure]:
    """Latencies and cycles, which no part of a night has."""
    sol_min = night.latency_min(night.asleep)
    r_min = night.latency_min(night.are[Stage.R])
    yield Figure("sol", sol_min)
    yield Figure("lps", night.latency_min(_begins_run(night.asleep, _PERSISTENT_EPOCHS)))
    yield Figure("r_latency", None if r_min is None or sol_min is None else r_min - sol_min)
    for stage in (Stage.N1, Stage.N2, Stage.N3):
        latency_min = night.latency_min(night.are[stage])
        yield Figure(f"{stage.label.lower()}_latency", latency_min)
    yield Figure("cycles", None if night.onset is None else _n_cycles(night), "")


def _begins_run(epochs: _Bool, length: int) -> _Bool:
    """Epochs that begin a run of at least some length, shape (n - length + 1,)."""
    sums = np.concatenate(([0], np.cumsum(epochs)))
    return np.asarray(sums[length:] - sums[:-length] == length)


def _n_cycles(night: _Night) -> int:
    """Count the periods of NREM sleep that one of R follows."""
    least_nrem = round(_LEAST_NREM_MIN / _EPOCH_MIN)
    in_r = np.flatnonzero(night.are[Stage.R])
    periods = np.split(in_r, np.flatnonzero(np.diff(in_r) > least_nrem) + 1) if in_r.size else []
    n_cycles, after = 0, night.onset or 0
    for number, period in enumerate(periods):
        if number and period.size * _EPOCH_MIN < _LEAST_R_MIN:
            continue  # it goes into the NREM period that it lies in
        n_cycles += bool(period[0] - after >= least_nrem)
        after = period[-1] + 1
    return n_cycles


def _counts(night: _Night, left_out: Iterable[ScoredEvent]) -> Iterator[EventCount]:
    by_kind: dict[EventKind, list[CountedEvent]] = {}
    leaving = Counter(left_out)
    for one in night.counted:
        if leaving[one.event]:
            leaving[one.event] -= 1
            continue
        by_kind.setdefault(one.event.kind, []).append(one)
    for kind in EventKind:
        if kind not in night.n_marked or kind is EventKind.ARTEFACT:
            continue
        counted = by_kind.get(kind, [])
        durations_s = [one.event.duration_s for one in counted]
        stages = Counter(one.stage for one in counted)
        yield EventCount(
            kind,
            n_by_stage={stage: stages[stage] for stage in SCORED_STAGES},
            n_counted=len(counted),
            n_not_counted=night.n_marked[kind] - len(counted),
            per_hour=len(counted) / (night.tst_min / 60) if night.tst_min else None,
            mean_duration_s=sum(durations_s) / len(counted) if counted else None,
            longest_s=max(durations_s, default=None),
        )


def _parts(night: _Night) -> Iterator[PartOfNight]:
    length_s = night.stop_s - night.start_s
    if length_s <= 0:
        return
    n_hours = math.ceil(length_s / 3600 - 1e-9)
    hours_s = [night.start_s + 3600 * hour for hour in range(n_hours)]
    edges_s = {
        Division.HOURS: [*hours_s, night.stop_s],
        Division.THIRDS: np.linspace(night.start_s, night.stop_s, 4).tolist(),
        Division.HALVES: np.linspace(night.start_s, night.stop_s, 3).tolist(),
    }
    for division, edges in edges_s.items():
        for number, (start_s, stop_s) in enumerate(itertools.pairwise(edges), 1):
            figures = tuple(_figures(night, night.part(start_s, stop_s)))
            yield PartOfNight(division, number, start_s, stop_s, figures)


def _not_stageable(scoring: Scoring) -> Iterator[Phrase]:
    """Say how much of the recording the network gave no stage, and why."""
    if scoring.hypnodensity is None:
        return
    found = reasons(scoring.hypnodensity.probabilities, scoring.votes)
    epochs = np.flatnonzero(found != SignalFault.NONE)
    if not epochs.size:
        return
    counts = Counter(SignalFault(int(found[epoch])) for epoch in epochs)
    told = tuple(Phrase("{fault} {n}", fault=fault.words, n=n) for fault, n in counts.most_common())
    n_by_hand = sum(scoring[int(epoch)].is_human for epoch in epochs)
    by_hand = Phrase("; {n} scored by hand", n=n_by_hand) if n_by_hand else ""
    yield Phrase(
        "{n} of {total} epochs of the recording ({share:.1%}) {n:was|were} not stageable: "
        "{told}{by_hand}.",
        n=epochs.size,
        total=len(scoring),
        share=epochs.size / len(scoring),
        told=told,
        by_hand=by_hand,
    )


def _caveats(night: _Night, scoring: Scoring) -> Iterator[Phrase]:
    lights = scoring.lights
    if lights.off_s is None and lights.on_s is None:
        yield Phrase(
            "Lights off and on are not marked: the whole recording stands for the time in bed."
        )
    elif lights.off_s is None:
        yield Phrase("Lights off is not marked: the start of the recording stands for it.")
    elif lights.on_s is None:
        yield Phrase("Lights on is not marked: the end of the recording stands for it.")
    if night.interruptions:
        minutes = ", ".join(f"{(off - on) / 60:.1f}" for on, off in night.interruptions)
        times = Phrase("once")
        if len(night.interruptions) > 1:
            times = Phrase("{n} {n:time|times}", n=len(night.interruptions))
        yield (
            Phrase(
                "The light was on {times} in the night ({minutes} min); TRT runs "
                "from the first lights off to the last lights on.",
                times=times,
                minutes=minutes,
            )
        )
    n_unscored = int(np.count_nonzero(night.are[Stage.UNSCORED]))
    if n_unscored:
        yield (
            Phrase(
                "{n} of {total} epochs {n:is unscored; it counts|are unscored; they count} as "
                "neither wake nor sleep.",
                n=n_unscored,
                total=night.epochs.stop,
            )
        )
    yield from _not_stageable(scoring)
    if night.n_proposed:
        yield Phrase(
            "{n} suggested {n:event|events} that nobody decided on yet {n:counts|count} in no "
            "index.",
            n=night.n_proposed,
        )
    beside_rule = Counter(
        event.kind
        for event in scoring.events
        if not event.is_proposed and doubts_about(event, None)
    )
    if beside_rule:
        yield Phrase(
            "Shorter or longer than the AASM Manual asks, and counted all the same: {names}.",
            names=tuple(Phrase("{name} ({n})", name=k.label, n=n) for k, n in beside_rule.items()),
        )
    if night.suspected:
        names = {name: n for counts in night.suspected.values() for name, n in counts.items()}
        told = tuple(Phrase("“{name}” ({n})", name=name, n=n) for name, n in names.items())
        groups = tuple(group.value for group in EventGroup if group in night.suspected)
        yield Phrase(
            "Not recognised but perhaps {groups}, so their indices are incomplete: {told}.",
            groups=groups,
            told=told,
        )
    missing = [
        name
        for name, wanted in (
            (Phrase("arousals"), {EventGroup.AROUSAL}),
            (Phrase("respiratory events"), {*BREATHING_EVENTS}),
            (Phrase("limb movements"), {*LIMB_EVENTS}),
        )
        if night.groups_marked.isdisjoint(wanted)
    ]
    if missing:
        yield Phrase(
            "Not marked in this scoring, so without an index: {missing}.", missing=tuple(missing)
        )
