"""The numbers of breathing, oxygen, heart and limb movements of a scored night.

Reports, the statistics dialog and exported tables have them from here. What each means stands in
``resources/definitions.md`` under its id. Only events that people marked or confirmed count; what
nobody looked for has no number.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.artefacts import artefacts_of
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.event_decisions import Pair, bare
from sleepscorer.domain.event_index import EventIndex
from sleepscorer.domain.events import (
    APNEAS_AND_HYPOPNEAS,
    BREATHING_EVENTS,
    LIMB_EVENTS,
    EventGroup,
    EventKind,
    ScoredEvent,
    suspected_names,
)
from sleepscorer.domain.phrases import Phrase, joined
from sleepscorer.domain.provenance import Model, saw_model
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scoring import LightInterruption, Lights, Scoring
from sleepscorer.domain.severity import Severity, severity_of
from sleepscorer.domain.stages import SCORED_STAGES, Stage
from sleepscorer.domain.statistics import (
    NO_SLEEP,
    NOT_SCORED,
    Check,
    Figure,
    PartOfSleep,
    SleepStatistics,
    TreatedNight,
    counted_events,
    sleep_statistics,
)
from sleepscorer.events.breathing import Breathing
from sleepscorer.events.laboratory import Laboratory
from sleepscorer.events.limbs import limb_movements
from sleepscorer.events.links import Cause, causes_of, going_with
from sleepscorer.events.oximetry import Oximetry, Saturation, desaturations, oximetry
from sleepscorer.events.rules import RULE_1A, RULE_1B, RULES, Credited, Rule
from sleepscorer.events.sensors import NO_SENSORS, OTHER, SUPINE, Sensors
from sleepscorer.events.treatment import OFF, Pressure, Treatment, read_treatment, start_text

_Bool = npt.NDArray[np.bool_]
_Mark = TypeVar("_Mark")

_NO_VALUE = Phrase("no value")
_CHOSEN = Phrase("Rule chosen")
_NO_RERAS = Phrase("No RERAs scored")
_ROUNDED_S = 1.0  # files hold onsets and lengths to a tenth or a whole second
_LEAST_SATURATION = 0.8  # of the sleep; an own choice of what is worth a remark

_TYPES: Mapping[str, tuple[EventKind, ...]] = {
    "oai": (EventKind.OBSTRUCTIVE_APNEA,),
    "cai": (EventKind.CENTRAL_APNEA,),
    "mai": (EventKind.MIXED_APNEA,),
    "ai_untyped": (EventKind.APNEA,),
    "hi": (EventKind.HYPOPNEA, EventKind.OBSTRUCTIVE_HYPOPNEA, EventKind.CENTRAL_HYPOPNEA),
    "rera_index": (EventKind.RERA,),
}

_OXYGEN: tuple[tuple[str, str, Callable[[Oximetry], float | None]], ...] = (
    ("spo2_mean", "%", lambda one: one.mean),
    ("spo2_lowest", "%", lambda one: one.lowest),
    ("spo2_below_90", "min", lambda one: one.minutes_below[90]),
    ("spo2_below_90_percent", "%", lambda one: one.percent_below[90]),
    ("spo2_below_88", "min", lambda one: one.minutes_below[88]),
    ("spo2_below_88_percent", "%", lambda one: one.percent_below[88]),
    ("spo2_below_85", "min", lambda one: one.minutes_below[85]),
    ("spo2_below_85_percent", "%", lambda one: one.percent_below[85]),
    ("spo2_below_80", "min", lambda one: one.minutes_below[80]),
    ("spo2_below_80_percent", "%", lambda one: one.percent_below[80]),
    ("spo2_valid", "min", lambda one: one.valid_min),
    ("odi_3", "/h", lambda one: one.odi_3),
    ("odi_4", "/h", lambda one: one.odi_4),
)

_COUNTED_IN_OXYGEN = frozenset(
    ("spo2_below_90", "spo2_below_88", "spo2_below_85", "spo2_below_80", "odi_3", "odi_4")
)

_BY_ONSET = frozenset((EventGroup.AROUSAL, *LIMB_EVENTS))  # where they end says nothing

_FAMILIES: tuple[frozenset[EventGroup], ...] = (
    frozenset(BREATHING_EVENTS),
    frozenset((EventGroup.DESATURATION,)),
    frozenset((EventGroup.AROUSAL,)),
    frozenset(LIMB_EVENTS),
)

PARTS_OF_SLEEP = {
    "rem": Phrase("R"),
    "nrem": Phrase("NREM"),
    SUPINE: Phrase("supine"),
    OTHER: Phrase("not supine"),
}
"""Word and name of each part that numbers are given for."""

DIAGNOSTIC, TREATED = "diagnostic", "treatment"
PARTS_OF_TREATMENT = {
    DIAGNOSTIC: Phrase("without treatment"),
    TREATED: Phrase("with treatment"),
}
"""Word and name of each part of a night that was treated."""

_SLEEP_OF_PART = (
    *("trt", "tst", "se", "sol", "r_latency", "waso", "awakenings"),
    *("n1_min", "n2_min", "n3_min", "r_min"),
    *("n1_percent", "n2_percent", "n3_percent", "r_percent"),
)


def night_statistics(
    scoring: Scoring,
    duration_s: float,
    sensors: Sensors = NO_SENSORS,
    rule: Rule = RULE_1A,
    treatment: Treatment | None = None,
    start: datetime | None = None,
) -> SleepStatistics:
    """Compute all numbers of a night: of its sleep, and of breathing, oxygen, heart and limbs.

    Parameters
    ----------
    scoring
        Stages, events and lights.
    duration_s
        Length of the recording in seconds.
    sensors
        What oximeter and position sensor measured.
    rule
        The rule chosen. Those of the AASM Manual are given side by side whichever it is.
    treatment
        When it was treated; None where it was not.
    start
        Clock time of the start of the recording; None where it is not known.
    """
    night = _Night(scoring, duration_s, sensors, rule)
    statistics = sleep_statistics(scoring, duration_s, night.left_out())
    figures = {one.id: one for one in statistics.figures}
    # An index with treatment is no measure of how severe it is without.
    of_night = night.figures() if treatment is None else map(_unclassed, night.figures())
    for one in of_night:  # an RDI by the rule takes the place of that of all hypopneas
        suspected = one.id in figures and figures[one.id].is_incomplete
        figures[one.id] = replace(one, is_incomplete=one.is_incomplete or suspected)
    return replace(
        statistics,
        figures=tuple(figures.values()),
        caveats=(*statistics.caveats, *sensors.remarks, *night.caveats()),
        asleep=tuple(night.parts()),
        rule=rule.name,
        checks=tuple(night.checks()),
        treated=None
        if treatment is None
        else night.treated(treatment, start_text(treatment, start)),
    )


@cache
def usual_figures() -> tuple[Figure, ...]:
    """The numbers of a night in the order in which they are shown, without any value."""
    return night_statistics(Scoring(1), EPOCH_S).figures


def read_statistics(
    recording: Recording,
    scoring: Scoring,
    laboratory: Laboratory,
    treated_from_s: float | None = None,
) -> SleepStatistics:
    """Compute all numbers of a night with what its sensors measured.

    Parameters
    ----------
    recording, scoring
        The night.
    laboratory
        Rule, sensors and positions.
    treated_from_s
        When treatment began, in seconds from the start of the recording; None where nobody typed
        it: notes, annotations or the pressure of the device may say so.

    Raises
    ------
    RecordingError
        They can't be read.
    """
    signals = laboratory.signals(recording, artefacts_of(scoring))
    sensors = Sensors.read(signals, laboratory.supine)
    treatment, remarks = read_treatment(recording, scoring, signals, treated_from_s)
    statistics = night_statistics(
        scoring, recording.duration_s, sensors, laboratory.rule, treatment, recording.start
    )
    return replace(statistics, caveats=(*statistics.caveats, *remarks))


def epochs_in_bed(scoring: Scoring, duration_s: float) -> range:
    """Epochs whose middle lies between lights off and on, or the recording's ends without."""
    lights = scoring.lights
    off_s = 0.0 if lights.off_s is None else lights.off_s
    on_s = duration_s if lights.on_s is None else min(lights.on_s, duration_s)
    first, stop = (min(_epoch_from(time_s), len(scoring)) for time_s in (off_s, on_s))
    return range(first, stop)


def stages_in_bed(scoring: Scoring, duration_s: float) -> tuple[Stage, ...]:
    """Stage of each epoch between lights off and on; all others are unscored."""
    in_bed = epochs_in_bed(scoring, duration_s)
    return tuple(
        stage if epoch in in_bed else Stage.UNSCORED for epoch, stage in enumerate(scoring.stages)
    )


class _World:
    """A night where some of its events are taken to be so, and what counts of them then."""

    def __init__(
        self,
        events: Sequence[ScoredEvent],
        asleep: _Bool,
        decided: Mapping[Pair, bool],
        saturation: Saturation | None,
    ) -> None:
        self._decided = decided
        self.breathing = Breathing(events, asleep, decided, saturation)
        self.limbs = limb_movements(events, decided)

    def counting_by(self, rule: Rule) -> list[tuple[ScoredEvent, int]]:
        """Apneas and hypopneas in sleep that count by a rule, bare, each with its second."""
        in_sleep = self.breathing.in_sleep
        seconds = dict(in_sleep)
        counted = self.breathing.credited((one for one, _ in in_sleep), rule).counted
        return [(bare(one), seconds[one]) for one in counted]

    def moving(self) -> tuple[ScoredEvent, ...]:
        """Limb movements that count, awake too, as are the following."""
        return self.limbs.counted

    def periodic(self) -> tuple[ScoredEvent, ...]:
        """Those of series."""
        return self.limbs.periodic

    def rousing(self) -> list[ScoredEvent]:
        """Those of series that an arousal goes with."""
        events = self.breathing.events
        arousals = EventIndex.of(one for one in events if one.kind.group is EventGroup.AROUSAL)
        found = going_with(self.limbs.periodic, arousals, self._decided)
        return [one for one in self.limbs.periodic if one in found]


class _Night:
    def __init__(self, scoring: Scoring, duration_s: float, sensors: Sensors, rule: Rule) -> None:
        self._scoring, self._sensors, self._rule = scoring, sensors, rule
        self._duration_s = duration_s
        self._in_bed = in_bed = epochs_in_bed(scoring, duration_s)
        self._stages = stages_in_bed(scoring, duration_s)
        self._scores = [scoring[epoch] for epoch in in_bed]
        self._by_second = np.repeat(np.asarray(self._stages, np.int8), round(EPOCH_S))
        self._asleep = self._by_second > Stage.W
        self._decided = scoring.decisions.pairs
        self._now = now = self._with(frozenset())
        self._breathing, self._limbs = now.breathing, now.limbs
        self._events = now.breathing.events
        self._breaths = now.breathing.in_sleep
        self._undecided = [one for one in scoring.events if one.is_proposed]
        self._suspected = suspected_names(self._events).keys()
        self._by_rule: dict[Rule, set[tuple[ScoredEvent, int]]] = {}
        self._marked = {one.kind.group for one in self._events}
        counted = counted_events(scoring, duration_s)
        self._arousals = [
            one.event for one in counted if one.event.kind.group is EventGroup.AROUSAL
        ]
        self._falls = () if sensors.saturation is None else desaturations(sensors.saturation, 3.0)

    def _with(self, groups: Iterable[EventGroup]) -> _World:
        """The night as if what is suggested of some groups were confirmed."""
        wanted = frozenset(groups)
        return _World(
            [e for e in self._scoring.events if not e.is_proposed or e.kind.group in wanted],
            self._asleep,
            self._decided,
            self._sensors.saturation,
        )

    @cached_property
    def _worlds(self) -> tuple[_World, ...]:
        """The night with what is suggested confirmed: one family of events alone, and all."""
        waiting = {one.kind.group for one in self._undecided}
        families = [family & waiting for family in _FAMILIES if family & waiting]
        if len(families) > 1:
            families.append(frozenset().union(*families))
        return tuple(map(self._with, families))

    def _changing(self, of: Callable[[_World], Iterable[_Mark]]) -> set[_Mark]:
        """What is so of an event, or would be, and may change with what waits for a decision."""
        if not self._worlds:
            return set()
        now = set(of(self._now))
        return set().union(*(now ^ set(of(one)) for one in self._worlds))

    def _changing_by(self, rule: Rule) -> set[tuple[ScoredEvent, int]]:
        """Apneas and hypopneas that may come to count by a rule or cease to, and their seconds."""
        if rule not in self._by_rule:
            self._by_rule[rule] = self._changing(lambda one: one.counting_by(rule))
        return self._by_rule[rule]

    def left_out(self) -> Iterator[ScoredEvent]:
        """Apneas and hypopneas that don't count by the rule, and movements that never count."""
        by_rule = set(self._breathing.credited(self._events, self._rule).counted)
        events = (one for one in self._scoring.events if not one.is_proposed)
        counted = Counter(self._limbs.counted)
        for event, filled in zip(events, self._events, strict=True):
            if event.kind.group in LIMB_EVENTS:
                if counted[event]:
                    counted[event] -= 1
                else:
                    yield event
            elif event.kind.group in APNEAS_AND_HYPOPNEAS and filled not in by_rule:
                yield event

    def figures(self) -> Iterator[Figure]:
        """Numbers of the whole night."""
        yield self._rdi(self._asleep)
        yield from self._respiration(self._asleep)
        yield from self._oxygen()
        yield from self._heart()
        yield from self._causes()
        yield from self._movements(self._asleep)
        in_bed, _ = self._masks(self._in_bed)

        def series(world: _World) -> list[tuple[ScoredEvent, ...]]:
            return [
                one
                for one in world.limbs.series
                if any(self._is_in(in_bed, movement.onset_s) for movement in one)
            ]

        n_series, remark = self._if_scored(len(series(self._now)), LIMB_EVENTS)
        may_change = self._waits(in_bed, LIMB_EVENTS) or bool(self._changing(series))
        yield Figure("plms_series", n_series, "", n_series is not None and may_change, remark)

    def parts(self) -> Iterator[PartOfSleep]:
        """Numbers of R and NREM sleep, and of that in each position."""
        in_r = self._by_second == Stage.R
        masks = {"rem": in_r, "nrem": self._asleep & ~in_r}
        for word, seconds in self._sensors.positions.items():
            mask = np.zeros(self._asleep.size, np.bool_)
            both = min(mask.size, seconds.size)
            mask[:both] = self._asleep[:both] & seconds[:both]
            masks[word] = mask
        for word, mask in masks.items():
            figures = [Figure("tst", float(np.count_nonzero(mask)) / 60)]
            figures += map(_unclassed, self._respiration(mask))
            figures += self._oxygen_of(mask)
            figures += [one for one in self._movements(mask) if one.id == "plms"]
            yield PartOfSleep(word, PARTS_OF_SLEEP[word], tuple(figures))

    def treated(self, treatment: Treatment, told: Phrase) -> TreatedNight:
        """Numbers of the parts before and with treatment, and of the latter by pressure."""
        bed = self._in_bed
        first, stop = (
            min(max(_epoch_from(time_s), bed.start), bed.stop)
            for time_s in (treatment.start_s, treatment.stop_s)
        )
        parts = {DIAGNOSTIC: range(bed.start, first), TREATED: range(first, stop)}
        at: dict[Pressure | None, list[int]] = {}
        for step in treatment.steps:
            steps = range(_epoch_from(step.start_s), _epoch_from(step.stop_s))
            at.setdefault(step.pressure, []).extend(one for one in steps if first <= one < stop)
        return TreatedNight(
            told,
            treatment.start_s,
            treatment.stop_s,
            tuple(
                PartOfSleep(
                    word,
                    PARTS_OF_TREATMENT[word],
                    tuple(
                        one if word == DIAGNOSTIC else _unclassed(one)
                        for one in self._of_part(epochs)
                    ),
                )
                for word, epochs in parts.items()
                if epochs
            ),
            tuple(
                PartOfSleep(*_named(pressure), tuple(map(_unclassed, self._at_pressure(epochs))))
                for pressure, epochs in sorted(at.items(), key=lambda one: _from_low(one[0]))
                if epochs
            ),
        )

    def _of_part(self, epochs: range) -> Iterator[Figure]:
        """Numbers of a part as of a night of its own, from its first epoch to its last."""
        alone = sleep_statistics(self._only(epochs), self._duration_s)
        yield from (alone[one] for one in _SLEEP_OF_PART)
        mask, is_asleep = self._masks(epochs)
        arousals = sum(self._is_in(mask, one.onset_s) for one in self._arousals)
        figure = self._index("arousal_index", arousals, is_asleep, (EventGroup.AROUSAL,))
        yield _also(figure, self._waits(mask, (EventGroup.AROUSAL,)))
        yield from self._breathing_of(is_asleep)
        yield from self._oxygen_more(is_asleep)
        yield from (one for one in self._movements(is_asleep) if one.id == "plms")

    def _at_pressure(self, epochs: Sequence[int]) -> Iterator[Figure]:
        mask, is_asleep = self._masks(epochs)
        yield Figure("pressure_min", float(np.count_nonzero(mask)) / 60)
        is_scored = bool((mask & (self._by_second != Stage.UNSCORED)).any())
        for figure_id, of_it in (("tst", is_asleep), ("r_min", mask & self._in_r)):
            minutes = float(np.count_nonzero(of_it)) / 60
            remark = "" if is_scored else NOT_SCORED
            yield Figure(figure_id, minutes if is_scored else None, remark=remark)
        yield from self._breathing_of(is_asleep)
        yield from self._oxygen_of(is_asleep)

    def _breathing_of(self, mask: _Bool) -> Iterator[Figure]:
        """Numbers of breathing of some sleep, and how much of it was on the back."""
        supine, remark = self._sensors.positions.get(SUPINE), Phrase("not known")
        for figure_id, of_it in (("supine_min", mask), ("supine_r_min", mask & self._in_r)):
            if supine is None:
                yield Figure(figure_id, None, remark=remark)
                continue
            both = min(of_it.size, supine.size)
            yield Figure(figure_id, float(np.count_nonzero(of_it[:both] & supine[:both])) / 60)
        breaths = [event for event, second in self._breaths if mask[second]]
        apneas = sum(one.kind.group in APNEAS_AND_HYPOPNEAS for one in breaths)
        count, not_scored = self._if_scored(apneas, APNEAS_AND_HYPOPNEAS)
        is_incomplete = count is not None and self._waits(mask, APNEAS_AND_HYPOPNEAS)
        yield Figure("apneas_hypopneas", count, "", is_incomplete, not_scored)
        yield from self._respiration(mask)
        yield self._rdi(mask)

    def _oxygen_more(self, mask: _Bool) -> Iterator[Figure]:
        """Mean, lowest and time below of the saturation of some sleep."""
        saturation, absent = self._sensors.saturation, self._sensors.absent
        values = np.empty(0) if saturation is None else _during(saturation.values, mask)
        remark = absent if saturation is None else ""
        mean = float(values.mean()) if values.size else None
        below = float(np.count_nonzero(values < 90)) / 60 if values.size else None
        yield Figure("spo2_mean", mean, "%", remark=remark)
        yield from self._oxygen_of(mask)
        is_incomplete = below is not None and self._has_gaps(mask)
        yield Figure("spo2_below_90", below, "min", is_incomplete, remark)

    @property
    def _in_r(self) -> _Bool:
        return np.asarray(self._by_second == Stage.R)

    def _masks(self, epochs: Iterable[int]) -> tuple[_Bool, _Bool]:
        """Seconds of some epochs, and those of them that are sleep, shape (n_seconds,) each."""
        chosen = np.zeros(len(self._stages), np.bool_)
        chosen[list(epochs)] = True
        mask = np.repeat(chosen, round(EPOCH_S))
        return mask, mask & self._asleep

    def _only(self, epochs: range) -> Scoring:
        """The stages of some epochs with the light as it was, and no events."""
        start_s, stop_s = epochs.start * EPOCH_S, epochs.stop * EPOCH_S
        lights = self._scoring.lights
        if epochs.start == self._in_bed.start and lights.off_s is not None:
            start_s = max(lights.off_s, 0.0)
        if epochs.stop == self._in_bed.stop:
            stop_s = self._duration_s if lights.on_s is None else lights.on_s
        lit = [
            LightInterruption(max(one.on_s, start_s), min(one.off_s, stop_s))
            for one in lights.interruptions
            if one.on_s < stop_s and one.off_s > start_s
        ]
        scores = self._scoring.scores
        return Scoring(len(scores), scores=scores, lights=Lights(start_s, stop_s, tuple(lit)))

    def _respiration(self, mask: _Bool) -> Iterator[Figure]:
        """Indices of respiratory events of some sleep, by rule and type."""
        breaths = [event for event, second in self._breaths if mask[second]]
        rules = {"ahi_1a": RULE_1A, "ahi_1b": RULE_1B}
        if self._rule not in RULES.values():
            rules["ahi_own"] = self._rule
        for figure_id, rule in rules.items():
            sorted_out = self._breathing.credited(breaths, rule)
            figure = self._index(figure_id, len(sorted_out.counted), mask, APNEAS_AND_HYPOPNEAS)
            figure = _also(figure, self._may_change(sorted_out, rule, mask))
            is_chosen = rule == self._rule and figure.value is not None
            yield replace(
                figure,
                remark=_CHOSEN if is_chosen else figure.remark,
                severity=self._severity(figure.value, rule, mask),
            )
        for figure_id, kinds in _TYPES.items():
            groups = (EventGroup.RERA,) if figure_id == "rera_index" else APNEAS_AND_HYPOPNEAS
            yield self._index(figure_id, sum(one.kind in kinds for one in breaths), mask, groups)

    def _may_change(self, sorted_out: Credited, rule: Rule, mask: _Bool) -> bool:
        """Whether others of the apneas and hypopneas of some sleep may come to count by a rule.

        An arousal or desaturation that waits may let a hypopnea count, and what waits may take from
        it what it counts by.
        """
        helping = {EventGroup.DESATURATION, *([EventGroup.AROUSAL] if rule.or_arousal else [])}
        may_hide = bool(sorted_out.left_out) and not self._suspected.isdisjoint(helping)
        return (
            bool(sorted_out.untold)
            or may_hide
            or any(mask[second] for _, second in self._changing_by(rule))
        )

    def _severity(self, ahi: float | None, rule: Rule, mask: _Bool) -> Severity | None:
        """Class of an AHI; None where what waits may let it fall into a lower one."""
        if ahi is None:
            return None
        hours = np.count_nonzero(mask) / 3600
        lowest = min(
            (
                sum(bool(mask[second]) for _, second in one.counting_by(rule)) / hours
                for one in self._worlds
            ),
            default=ahi,
        )
        severity = severity_of(ahi)
        return severity if lowest >= ahi or severity_of(lowest) is severity else None

    def _rdi(self, mask: _Bool) -> Figure:
        """Apneas and hypopneas by the rule chosen, and RERAs."""
        breaths = [event for event, second in self._breaths if mask[second]]
        by_rule = self._breathing.credited(breaths, self._rule)
        n_reras = sum(one.kind.group is EventGroup.RERA for one in breaths)
        figure = self._index("rdi", len(by_rule.counted) + n_reras, mask, BREATHING_EVENTS)
        if figure.value is None:
            return figure
        remark = "" if EventGroup.RERA in self._marked else _NO_RERAS
        figure = _also(figure, self._may_change(by_rule, self._rule, mask))
        return replace(figure, remark=remark)

    def _oxygen(self) -> Iterator[Figure]:
        """Numbers of the oxygen saturation in sleep."""
        found = None
        apneas = [one for one, _ in self._breaths if one.kind.group in APNEAS_AND_HYPOPNEAS]
        if self._sensors.saturation is not None:
            found = oximetry(self._sensors.saturation, self._stages, apneas)
        absent = self._sensors.absent
        if self._sensors.saturation is not None:
            absent = self._no_value(asleep=self._asleep.any())
        has_gaps = self._has_gaps(self._asleep)
        for figure_id, unit, of in _OXYGEN:
            value, remark = (None, absent) if found is None else (of(found), "")
            is_incomplete = has_gaps and value is not None and figure_id in _COUNTED_IN_OXYGEN
            yield Figure(figure_id, value, unit, is_incomplete, remark)
        for stage in SCORED_STAGES:
            mean = None if found is None else found.mean_by_stage.get(stage)
            remark = absent if found is None else "" if mean is not None else _NO_VALUE
            yield Figure(f"spo2_mean_{stage.label.lower()}", mean, "%", remark=remark)
        burden = None if found is None else found.hypoxic_burden
        remark = absent if found is None else "" if apneas else NOT_SCORED
        may_change = has_gaps or self._waits(self._asleep, APNEAS_AND_HYPOPNEAS)
        is_incomplete = may_change and burden is not None
        yield Figure("hypoxic_burden", burden, "%·min/h", is_incomplete, remark)

    def _oxygen_of(self, mask: _Bool) -> Iterator[Figure]:
        saturation = self._sensors.saturation
        if saturation is None:
            yield Figure("spo2_lowest", None, "%", remark=self._sensors.absent)
            yield Figure("odi_3", None, "/h", remark=self._sensors.absent)
            return
        values = _during(saturation.values, mask)
        hours = np.count_nonzero(mask) / 3600
        remark = "" if values.size else self._no_value(asleep=mask.any())
        lowest = float(values.min()) if values.size else None
        yield Figure("spo2_lowest", lowest, "%", remark=remark)
        count = sum(bool(mask[self._second(fall)]) for fall in self._falls)
        odi = count / hours if values.size else None
        is_incomplete = odi is not None and self._has_gaps(mask)
        yield Figure("odi_3", odi, "/h", is_incomplete, remark)

    def _has_gaps(self, mask: _Bool) -> bool:
        """Whether the saturation has too few values in some sleep for what is counted in it."""
        share = self._share_measured(mask)
        return share is not None and share < _LEAST_SATURATION

    def _heart(self) -> Iterator[Figure]:
        """Heart rate in sleep, and its highest value of all."""
        ids = ("pulse_mean", "pulse_lowest", "pulse_highest", "pulse_highest_recording")
        pulse = self._sensors.pulse
        if pulse is None:
            yield from (Figure(one, None, "/min", remark=self._sensors.absent) for one in ids)
            return
        asleep, all_of_it = _during(pulse, self._asleep), pulse[np.isfinite(pulse)]
        values = (
            *((asleep.mean(), asleep.min(), asleep.max()) if asleep.size else (None,) * 3),
            all_of_it.max() if all_of_it.size else None,
        )
        for figure_id, value in zip(ids, values, strict=True):
            known = None if value is None else float(value)
            remark = "" if value is not None else self._no_value(asleep=self._asleep.any())
            yield Figure(figure_id, known, "/min", remark=remark)

    def _causes(self) -> Iterator[Figure]:
        """Arousals by what goes before them; each has one cause, breathing before limbs."""

        def told(world: _World) -> Iterable[tuple[ScoredEvent, Cause]]:
            links, movements = world.breathing.links, world.limbs.counted
            return causes_of(self._arousals, links, movements, self._decided).items()

        causes = Counter(cause for _, cause in told(self._now))
        changing = {cause for _, cause in self._changing(told)}
        breathed = not self._marked.isdisjoint(BREATHING_EVENTS)
        moved = not self._marked.isdisjoint(LIMB_EVENTS)
        waits = self._waits(self._masks(self._in_bed)[0], (EventGroup.AROUSAL,))
        waits = waits or not self._suspected.isdisjoint((*BREATHING_EVENTS, *LIMB_EVENTS))
        for figure_id, cause, was_looked_for, is_incomplete in (
            ("arousal_respiratory", Cause.BREATHING, breathed, False),
            ("arousal_limb", Cause.LIMB, moved, False),
            ("arousal_spontaneous", Cause.NONE, True, not (breathed and moved)),
        ):
            figure = self._index(figure_id, causes[cause], self._asleep, (EventGroup.AROUSAL,))
            if not was_looked_for:
                figure = replace(figure, value=None, is_incomplete=False, remark=NOT_SCORED)
            yield _also(figure, is_incomplete or waits or cause in changing)

    def _movements(self, mask: _Bool) -> Iterator[Figure]:
        """Limb movements of some sleep, and those of series of the whole night."""
        for figure_id, of in (
            ("limb_movements", _World.moving),
            ("plms", _World.periodic),
            ("plms_arousal", _World.rousing),
        ):
            count = sum(self._is_in(mask, one.onset_s) for one in of(self._now))
            figure = self._index(figure_id, count, mask, LIMB_EVENTS)
            may_change = not self._suspected.isdisjoint(BREATHING_EVENTS) or any(
                self._is_in(mask, one.onset_s) for one in self._changing(of)
            )
            if figure_id == "plms_arousal":
                may_change = may_change or EventGroup.AROUSAL in self._suspected
                if EventGroup.AROUSAL not in self._marked:
                    figure = replace(figure, value=None, is_incomplete=False, remark=NOT_SCORED)
            yield _also(figure, may_change)

    def caveats(self) -> Iterator[Phrase]:
        """What is to be known of the numbers of events."""
        left_out = sum(
            self._is_in(self._asleep, event.onset_s) for event, _ in self._limbs.near_breathing
        )
        if left_out:
            yield Phrase(
                "{n} limb {n:movement|movements} in sleep {n:goes with a respiratory event and "
                "counts|go with a respiratory event and count} in no index of limb movements.",
                n=left_out,
            )

    def checks(self) -> Iterator[Check]:
        """What is to be there before the report is signed."""
        scoring, sensors = self._scoring, self._sensors
        lights = scoring.lights
        yield _check(
            lights.off_s is not None and lights.on_s is not None,
            Phrase("Lights off and on are marked."),
            Phrase("Lights off or on is not marked."),
        )
        n_unscored = sum(one.stage is Stage.UNSCORED for one in self._scores)
        yield _check(
            not n_unscored,
            Phrase("Every epoch has a stage."),
            Phrase("{n} {n:epoch has|epochs have} no stage.", n=n_unscored),
        )
        n_unseen = sum(isinstance(one.source, Model) for one in self._scores)
        yield _check(
            not n_unseen,
            Phrase("People gave or confirmed every stage."),
            Phrase("{n} {n:epoch holds|epochs hold} a stage that no person confirmed.", n=n_unseen),
        )
        for groups, name in (
            ((EventGroup.AROUSAL,), Phrase("Arousals")),
            (BREATHING_EVENTS, Phrase("Respiratory events")),
            (LIMB_EVENTS, Phrase("Limb movements")),
        ):
            yield _check(
                not self._marked.isdisjoint(groups),
                Phrase("{name} are scored.", name=name),
                Phrase("{name} are not scored.", name=name),
            )
        n_proposed = sum(one.is_proposed for one in scoring.events)
        n_saw = sum(saw_model(one.source) for one in self._events)
        yield _check(
            not n_proposed,
            Phrase("No suggested event waits for a decision."),
            Phrase(
                "{n} suggested {n:event waits for a decision; it counts|events wait for a "
                "decision; "
                "they count} nowhere.",
                n=n_proposed,
            ),
            Phrase(
                "Of {total} {total:event|events} that people marked, {n} {n:was|were} marked or "
                "confirmed by somebody who had seen suggested stages or events.",
                n=n_saw,
                total=len(self._events),
            ),
        )
        apneas = [event for event, _ in self._breaths]
        n_untold = len(self._breathing.credited(apneas, self._rule).untold)
        n_untyped = sum(one.kind is EventKind.APNEA for one in apneas)
        n_over_others = _n_over_others(apneas)
        if apneas:
            yield _check(
                not n_untold,
                Phrase("The rule can tell of every hypopnea whether it counts."),
                Phrase(
                    "Of {n} {n:hypopnea|hypopneas} the rule can't tell whether {n:it "
                    "counts|they count}.",
                    n=n_untold,
                ),
            )
            yield _check(
                not n_untyped,
                Phrase("Every apnea has a type."),
                Phrase("{n} {n:apnea has|apneas have} no type.", n=n_untyped),
            )
            yield _check(
                not n_over_others,
                Phrase("No respiratory event lies over another."),
                Phrase(
                    "{n} respiratory {n:event lies|events lie} over another one: both count in the "
                    "indices.",
                    n=n_over_others,
                ),
            )
        share = self._share_measured(self._asleep)
        # Rounded down: what is too little is not said to be enough.
        shown = math.floor(100 * (share or 0.0)) / 100
        if (
            share is not None or sensors.saturation is None
        ):  # without sleep nothing could be missing
            yield _check(
                share is not None and share >= _LEAST_SATURATION,
                Phrase("SpO₂ has values in {share:.0%} of sleep.", share=shown),
                Phrase("SpO₂ has values in only {share:.0%} of sleep.", share=shown)
                if share is not None
                else Phrase("There is no SpO₂."),
            )
        yield _check(
            sensors.pulse is not None,
            Phrase("There is a heart rate."),
            Phrase("There is no heart rate."),
        )
        yield _check(
            bool(sensors.positions),
            Phrase("There is a position."),
            Phrase("There is no position, or nobody said what its values mean."),
        )
        yield Check(
            Phrase(
                "Cheyne–Stokes breathing, hypoventilation, snoring and the ECG: look yourself, "
                "this program does not."
            ),
            is_done=False,
        )
        yield _check(
            scoring.sign_off is not None,
            Phrase("The night is signed off."),
            Phrase("The night is not signed off."),
        )

    def _share_measured(self, mask: _Bool) -> float | None:
        """Share of some sleep in which the saturation has a value; None without sleep."""
        saturation, n_seconds = self._sensors.saturation, np.count_nonzero(mask)
        if saturation is None or not n_seconds:
            return None
        return float(_during(saturation.values, mask).size / n_seconds)

    def _second(self, event: ScoredEvent) -> int:
        """The second of sleep that makes an event count: its first, else its last."""
        if event.kind.group in _BY_ONSET or self._is_in(self._asleep, event.onset_s):
            return int(event.onset_s)
        last = int(max(event.stop_s - 1e-6, event.onset_s))
        return min(max(last, 0), max(self._asleep.size - 1, 0))

    @staticmethod
    def _is_in(mask: _Bool, time_s: float) -> bool:
        return 0 <= time_s < mask.size and bool(mask[int(time_s)])

    def _index(
        self, figure_id: str, count: int, mask: _Bool, groups: Iterable[EventGroup]
    ) -> Figure:
        """Events per hour of some sleep; not scored where none of their groups was marked."""
        hours = np.count_nonzero(mask) / 3600
        value, remark = self._if_scored(count / hours if hours else None, groups)
        is_incomplete = value is not None and self._waits(mask, groups)
        remark = remark or ("" if hours else self._no_sleep)
        return Figure(figure_id, value, "/h", is_incomplete, remark)

    def _waits(self, mask: _Bool, groups: Iterable[EventGroup]) -> bool:
        """Whether an event of some groups may count in some sleep and does not.

        Nobody decided on it yet, or it may hide behind the name of a note.
        """
        wanted = set(groups)
        return not self._suspected.isdisjoint(wanted) or any(
            self._is_in(mask, self._second(one))
            for one in self._undecided
            if one.kind.group in wanted
        )

    def _no_value(self, *, asleep: bool | np.bool_) -> Phrase:
        """What stands in the place of a number that a sensor did not give."""
        return _NO_VALUE if asleep else self._no_sleep

    @property
    def _no_sleep(self) -> Phrase:
        """What stands in the place of a number of sleep where there is none."""
        return NO_SLEEP if (self._by_second != Stage.UNSCORED).any() else NOT_SCORED

    def _if_scored(
        self, value: float | None, groups: Iterable[EventGroup]
    ) -> tuple[float | None, str]:
        return (None, NOT_SCORED) if self._marked.isdisjoint(groups) else (value, "")


def _n_over_others(events: Iterable[ScoredEvent]) -> int:
    """Number of events that begin before one that began earlier has ended."""
    number, stop_s = 0, -math.inf
    for event in sorted(events, key=lambda one: one.onset_s):
        number += event.onset_s < stop_s - _ROUNDED_S
        stop_s = max(stop_s, event.stop_s)
    return number


def _also(figure: Figure, may_change: bool) -> Figure:
    """The number, incomplete for one more reason; what is no number is not."""
    is_incomplete = figure.is_incomplete or (may_change and figure.value is not None)
    return replace(figure, is_incomplete=is_incomplete)


def _unclassed(figure: Figure) -> Figure:
    return replace(figure, severity=None)


def _epoch_from(time_s: float) -> int:
    """The first epoch whose middle does not lie before a time."""
    return max(math.ceil(time_s / EPOCH_S - 0.5 - 1e-9), 0)


def _named(pressure: Pressure | None) -> tuple[str, Phrase]:
    """Word and name of a pressure."""
    if pressure is None:
        return "pressure_unknown", Phrase("not known")
    if pressure == OFF:
        return "pressure_off", Phrase("off")
    word = pressure.text.replace("/", "_").replace(".", "p")
    return f"pressure_{word}", Phrase("{pressure} cmH₂O", pressure=pressure.text)


def _from_low(pressure: Pressure | None) -> tuple[bool, Pressure]:
    return pressure is None, pressure or OFF


def _during(values: npt.NDArray[np.float64], mask: _Bool) -> npt.NDArray[np.float64]:
    """Values that there are in the seconds of a mask; either may be the longer one."""
    both = min(mask.size, values.size)
    part = values[:both][mask[:both]]
    return part[np.isfinite(part)]


def _check(is_done: bool, done: Phrase, missing: Phrase, more: Phrase | None = None) -> Check:
    text = done if is_done else missing
    return Check(text if more is None else joined(text, more), is_done)
