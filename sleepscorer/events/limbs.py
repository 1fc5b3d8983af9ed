"""Limb movements and their series, by the AASM Manual.

The numbers of the Manual as they are tabulated in
https://pmc.ncbi.nlm.nih.gov/articles/PMC9619152/table/t0015 (of version 2.5; what later versions
changed could not be checked): onset at 8 µV above the resting EMG, end at the start of a
period of 0.5 s that does not exceed 2 µV above it, 0.5–10 s; a series has at least four movements,
from onset to onset 5–90 s.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy

from sleepscorer.domain.event_decisions import EventDecisions, Pair
from sleepscorer.domain.event_index import EventIndex
from sleepscorer.domain.events import (
    BREATHING_EVENTS,
    LIMB_EVENTS,
    EventGroup,
    EventKind,
    ScoredEvent,
    in_order,
)
from sleepscorer.events.links import (
    LIMB_NEAR_S,
    NOTHING_DECIDED,
    go_together,
    linked_to_breathing,
    links_of,
)
from sleepscorer.signals.events.runs import bridged, filtered_by_hours, mask_runs
from sleepscorer.signals.filters import finite_runs

ONSET_UV, END_UV = 8.0, 2.0
SHORTEST_S, LONGEST_S = 0.5, 10.0
QUIET_S = 0.5
SAME_MOVEMENT_S = 5.0
SHORTEST_PERIOD_S, LONGEST_PERIOD_S = 5.0, 90.0
FEWEST_OF_SERIES = 4

_Float32 = npt.NDArray[np.float32]
_Float64 = npt.NDArray[np.float64]

# Own choices: the Manual says what is to be seen, not how a program sees it.
_BAND_HZ = (10.0, 100.0)
_MAINS_HZ = (50.0, 60.0)  # a fortieth of the band each; hum would hide movements
_SMOOTH_S = 0.1
_STEP_S = 0.02
_REST_S = 60.0
_REST_PERCENTILE = 30
_REST_STEP_S = 1.0
_SETTLING_S = 2.0
_FAR_S = 120.0  # from what is worked out to belong to an event


def movements_of_leg(values: _Float32, sfreq: float) -> _Float64:
    """Find the movements of one leg.

    Parameters
    ----------
    values
        Shape (n_times,), µV; NaN marks gaps.
    sfreq
        Sampling rate in Hz, at least 50.

    Returns
    -------
    spans_s
        Onsets and ends in seconds, shape (n_movements, 2).
    """
    found = [np.empty((0, 2))]
    for first, stop in finite_runs(values):
        if stop - first >= _SETTLING_S * sfreq:
            found.append(_movements(values[first:stop], sfreq) + first / sfreq)
    return np.concatenate(found)


def _movements(values: _Float32, sfreq: float) -> _Float64:
    strength = filtered_by_hours(values, sfreq, *_BAND_HZ, notches_hz=_MAINS_HZ)
    np.abs(strength, out=strength)
    width = max(round(_SMOOTH_S * sfreq), 1)
    strength = scipy.ndimage.uniform_filter1d(strength, width)
    step = max(round(_STEP_S * sfreq), 1)
    strength = strength[::step].copy()  # the rest can go
    step_s = step / sfreq
    above = strength - _resting(strength, step_s)
    quiet = max(round(QUIET_S / step_s), 1)
    # Loud until a quiet stretch begins: shorter ones are filled.
    firsts, stops = bridged(*mask_runs(above > END_UV), quiet - 1)
    spans: list[tuple[float, float]] = []
    for first, stop in zip(firsts.tolist(), stops.tolist(), strict=True):
        loud = np.flatnonzero(above[first:stop] >= ONSET_UV)
        if not loud.size:
            continue
        onset_s, end_s = (first + int(loud[0])) * step_s, stop * step_s
        if SHORTEST_S <= end_s - onset_s <= LONGEST_S:
            spans.append((onset_s, end_s))
    return np.array(spans).reshape(-1, 2)


def _resting(strength: _Float32, step_s: float) -> _Float64:
    """Strength at rest around each moment: a low percentile of a minute."""
    every = max(round(_REST_STEP_S / step_s), 1)
    coarse = strength[::every]
    width = max(round(_REST_S / (every * step_s)), 1)
    level = scipy.ndimage.percentile_filter(coarse, _REST_PERCENTILE, width, mode="nearest")
    places = np.arange(coarse.size) * every
    return np.interp(np.arange(strength.size), places, level)


@dataclass(frozen=True, slots=True)
class LimbMovements:
    """What counts of the limb movements of a night.

    Attributes
    ----------
    counted
        Movements, the two legs within 5 s taken as one.
    near_breathing
        Left out, each with the respiratory event that it is too near to.
    series
        Movements of each periodic series, wake included.
    """

    counted: tuple[ScoredEvent, ...]
    near_breathing: tuple[tuple[ScoredEvent, ScoredEvent], ...]
    series: tuple[tuple[ScoredEvent, ...], ...]

    @property
    def periodic(self) -> tuple[ScoredEvent, ...]:
        """All movements of series, in order."""
        return tuple(itertools.chain.from_iterable(self.series))


def limb_movements(
    events: Iterable[ScoredEvent], decided: Mapping[Pair, bool] = NOTHING_DECIDED
) -> LimbMovements:
    """Say what counts of the limb movements among the events of a night, and what is periodic.

    What a person said of a movement and a respiratory event goes before how near they are, see
    `EventDecisions.pairs`.

    Movements of the two legs whose onsets are less than 5 s apart are one, and so are those of one
    leg, which could otherwise neither continue a series nor end it (an own reading).
    """
    ordered = in_order(events)
    made = linked_to_breathing(ordered, decided)
    breathing = [event for event in ordered if event.kind.group in BREATHING_EVENTS]
    onsets_s = [event.onset_s for event in breathing]
    free: list[ScoredEvent] = []
    near: list[tuple[ScoredEvent, ScoredEvent]] = []
    begun = 0
    for event in ordered:
        if event.kind.group not in LIMB_EVENTS:
            continue
        while begun < len(breathing) and breathing[begun].stop_s < event.onset_s - 600:
            begun += 1
        until_s = event.stop_s + LIMB_NEAR_S
        stop = bisect.bisect_right(onsets_s, until_s, lo=begun)
        near_by = (one for one in breathing[begun:stop] if go_together(event, one, decided))
        cause = made.get(event) or next(near_by, None)
        if cause is None:
            free.append(event)
        else:
            near.append((event, cause))
    counted: list[ScoredEvent] = []
    for event in free:
        if not counted or event.onset_s - counted[-1].onset_s >= SAME_MOVEMENT_S:
            counted.append(event)
    return LimbMovements(tuple(counted), tuple(near), _series(counted))


def _series(movements: Sequence[ScoredEvent]) -> tuple[tuple[ScoredEvent, ...], ...]:
    found: list[list[ScoredEvent]] = []
    for event in movements:
        if found and event.onset_s - found[-1][-1].onset_s <= LONGEST_PERIOD_S:
            found[-1].append(event)
        else:
            found.append([event])
    return tuple(tuple(one) for one in found if len(one) >= FEWEST_OF_SERIES)


def linked_with(
    event: ScoredEvent, index: EventIndex, decisions: EventDecisions
) -> tuple[ScoredEvent, ...]:
    """What belongs to an event, worked out or by a person's word, in order of time.

    Parameters
    ----------
    event
        Any event of the night.
    index
        All events of the night.
    decisions
        What people decided on them.
    """
    around = set(index.between(event.onset_s - _FAR_S, event.stop_s + _FAR_S))
    for link in decisions.involving((event,)):
        around.update(index.between(link.first.onset_s, link.first.stop_s))
        around.update(index.between(link.second.onset_s, link.second.stop_s))
    decided = decisions.pairs
    found: set[ScoredEvent] = set()
    for owner, links in links_of(around, decided).items():
        parts = (links.desaturation, links.arousal, *links.limb_movements)
        belongs = {one for one in parts if one is not None}
        if owner == event:
            found |= belongs
        elif event in belongs:
            found.add(owner)
    groups = {EventGroup.AROUSAL} if event.kind.group in LIMB_EVENTS else set()
    if event.kind.group is EventGroup.AROUSAL:
        groups = set(LIMB_EVENTS)
    found |= {
        one for one in around if one.kind.group in groups and go_together(one, event, decided)
    }
    return in_order(found)


LEG_KINDS = {
    "left-leg": EventKind.LEFT_LIMB_MOVEMENT,
    "right-leg": EventKind.RIGHT_LIMB_MOVEMENT,
    "leg": EventKind.LIMB_MOVEMENT,
}
"""Kind of a movement by the role of its channel."""
