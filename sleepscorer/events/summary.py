"""The numbers of breathing, oxygen and limb movements of a scored night.

What each means stands in ``resources/definitions.md`` under its id. Only events that people marked
or confirmed count; what nobody looked for has no number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.events import (
    APNEAS_AND_HYPOPNEAS,
    LIMB_EVENTS,
    EventKind,
    ScoredEvent,
)
from sleepscorer.domain.scoring import Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.statistics import CountedEvent, Figure, counted_events
from sleepscorer.events.limbs import LimbIndices, limb_indices, limb_movements
from sleepscorer.events.links import links_of
from sleepscorer.events.oximetry import Oximetry, Saturation, oximetry, with_saturation
from sleepscorer.events.rules import RULE_1A, RULE_1B, Rule, credited

_KINDS = {
    "oai": (EventKind.OBSTRUCTIVE_APNEA,),
    "cai": (EventKind.CENTRAL_APNEA,),
    "mai": (EventKind.MIXED_APNEA,),
    "hi": (EventKind.HYPOPNEA, EventKind.OBSTRUCTIVE_HYPOPNEA, EventKind.CENTRAL_HYPOPNEA),
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
    ("hypoxic_burden", "%·min/h", lambda one: one.hypoxic_burden),
)
_LIMBS: tuple[tuple[str, Callable[[LimbIndices], float]], ...] = (
    ("limb_movements", lambda one: one.movements),
    ("plms", lambda one: one.periodic),
    ("plms_arousal", lambda one: one.periodic_with_arousal),
)


def event_figures(
    scoring: Scoring, duration_s: float, saturation: Saturation | None, own: Rule | None = None
) -> tuple[Figure, ...]:
    """Compute the numbers of a night.

    Parameters
    ----------
    scoring
        Stages, events and lights.
    duration_s
        Length of the recording in seconds.
    saturation
        Oxygen saturation; None where none was recorded.
    own
        A laboratory's own rule, whose index stands beside those of the AASM Manual.
    """
    night = _Night(scoring, duration_s, saturation)
    return (*night.respiratory(own), *night.oxygen(), *night.limbs())


class _Night:
    def __init__(self, scoring: Scoring, duration_s: float, saturation: Saturation | None) -> None:
        lights = scoring.lights
        off_s = 0.0 if lights.off_s is None else lights.off_s
        on_s = duration_s if lights.on_s is None else lights.on_s
        self._stages = tuple(
            stage if off_s <= (epoch + 0.5) * EPOCH_S < on_s else Stage.UNSCORED
            for epoch, stage in enumerate(scoring.stages)
        )
        self._saturation = saturation
        self._events = [self._filled(one) for one in scoring.events if not one.is_proposed]
        self._counted = [
            CountedEvent(self._filled(event), stage)
            for event, stage in counted_events(scoring, duration_s)
            if event.kind.group in APNEAS_AND_HYPOPNEAS
        ]
        self._breathing = [one.event for one in self._counted]
        self._was_looked_for = any(one.kind.group in APNEAS_AND_HYPOPNEAS for one in self._events)

    def respiratory(self, own: Rule | None) -> Iterator[Figure]:
        """Indices of apneas and hypopneas by rule, type and stage."""
        links = links_of(self._events)
        for figure_id, rule in (("ahi_1a", RULE_1A), ("ahi_1b", RULE_1B), ("ahi_own", own)):
            if rule is not None:
                sorted_out = credited(self._breathing, links, rule)
                value = self._per_hour(len(sorted_out.counted), self._was_looked_for)
                yield Figure(figure_id, value, "/h", bool(sorted_out.untold))
        for figure_id, kinds in _KINDS.items():
            count = sum(one.kind in kinds for one in self._breathing)
            yield Figure(figure_id, self._per_hour(count, self._was_looked_for), "/h")
        for figure_id, is_rem in (("ahi_rem", True), ("ahi_nrem", False)):
            count = sum((one.stage is Stage.R) is is_rem for one in self._counted)
            hours = self._hours(is_rem=is_rem)
            value = count / hours if hours and self._was_looked_for else None
            yield Figure(figure_id, value, "/h")

    def oxygen(self) -> Iterator[Figure]:
        """Numbers of the oxygen saturation in sleep."""
        found = None
        if self._saturation is not None:
            found = oximetry(self._saturation, self._stages, self._breathing)
        for figure_id, unit, of in _OXYGEN:
            yield Figure(figure_id, None if found is None else of(found), unit)

    def limbs(self) -> Iterator[Figure]:
        """Indices of limb movements; series are computed anew from the movements that are there."""
        was_looked_for = any(one.kind.group in LIMB_EVENTS for one in self._events)
        found = None
        if was_looked_for:
            found = limb_indices(limb_movements(self._events), self._events, self._stages)
        for figure_id, of in _LIMBS:
            yield Figure(figure_id, None if found is None else of(found), "/h")

    def _filled(self, event: ScoredEvent) -> ScoredEvent:
        if self._saturation is None or event.kind.group not in APNEAS_AND_HYPOPNEAS:
            return event
        return with_saturation(event, self._saturation)

    def _hours(self, *, is_rem: bool | None = None) -> float:
        wanted: Sequence[Stage] = [stage for stage in self._stages if stage > Stage.W]
        if is_rem is not None:
            wanted = [stage for stage in wanted if (stage is Stage.R) is is_rem]
        return len(wanted) * EPOCH_S / 3600

    def _per_hour(self, count: int, was_looked_for: bool) -> float | None:
        hours = self._hours()
        return count / hours if hours and was_looked_for else None
