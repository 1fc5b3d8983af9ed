"""An engine of plain rules: what the AASM Manual says in numbers, and nothing learnt.

Measured on simulated nights with planted events alone (``tests/benchmarks/benchmark_events.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.event_decisions import is_rejected
from sleepscorer.domain.event_index import EventIndex
from sleepscorer.domain.events import (
    BREATHING_EVENTS,
    EventGroup,
    EventKind,
    ScoredEvent,
    in_order,
    sorting_key,
)
from sleepscorer.domain.phrases import Phrase, joined, phrase_of
from sleepscorer.domain.provenance import Model
from sleepscorer.domain.stages import Stage
from sleepscorer.events.arousals import FrequencyShifts, arousals, chin_rises
from sleepscorer.events.engine import NightSignals, Proposal, Proposals
from sleepscorer.events.limbs import LEG_KINDS, limb_movements, movements_of_leg
from sleepscorer.events.links import Cause, causes_of, links_of
from sleepscorer.events.oximetry import Saturation, desaturations, with_saturations
from sleepscorer.events.respiration import (
    APNEA_DROP,
    HYPOPNEA_DROP,
    LONGEST_S,
    SHORTEST_S,
    Envelope,
    Reduction,
    reductions,
    type_of_apnea,
)
from sleepscorer.events.roles import EFFORTS, LEGS, Role, RoleError
from sleepscorer.events.rules import Rule

_NEARLY_S = 8.0
_UNSEEN_S = 60.0  # an apnea of so long without any fall of the saturation is a sensor that came off
_FELL = 2.0
_EEG_HZ, _CHIN_HZ, _LEG_HZ, _FLOW_HZ = 100.0, 200.0, 200.0, 32.0

_GOES_WITH = {
    Cause.BREATHING: Phrase("It is respiratory."),
    Cause.LIMB: Phrase("It goes with a limb movement."),
    Cause.NONE: Phrase("It is spontaneous."),
}


class PlainEngine:
    """Finds apneas and hypopneas, desaturations, arousals and limb movements by thresholds."""

    @property
    def model(self) -> Model:
        """What its events have for a source."""
        return Model("event rules 3")

    def propose(
        self,
        signals: NightSignals,
        stages: Sequence[Stage],
        rule: Rule,
        marked: Sequence[ScoredEvent],
        *,
        rejected: Sequence[ScoredEvent],
        progress: Callable[[float], None],
    ) -> Proposals:
        """See `EventEngine`."""
        search = Search(signals, stages, rule, marked, rejected)
        return search.proposals(search.breathing, progress)


class Search:
    """One search of one night, of which another engine may do the part of breathing.

    Attributes
    ----------
    remarks
        What could not be looked for, and why.
    """

    def __init__(
        self,
        signals: NightSignals,
        stages: Sequence[Stage],
        rule: Rule,
        marked: Sequence[ScoredEvent],
        rejected: Sequence[ScoredEvent],
    ) -> None:
        self.remarks = [problem for _, problem in signals.roles.problems()]
        self._signals, self._rule = signals.usable(), rule
        self._marked, self._rejected = EventIndex.of(marked), EventIndex.of(rejected)
        self._n_left_out = 0
        self._model = PlainEngine().model
        self._stages = stages
        self._asleep = np.asarray(stages, np.int8) > Stage.W
        self.remarks += _of_stages(stages)
        self._saturation: Saturation | None = None
        self._suggested_arousals: list[ScoredEvent] = []

    def proposals(
        self,
        breathing: Callable[[Sequence[Proposal]], Iterable[Proposal]],
        progress: Callable[[float], None],
    ) -> Proposals:
        """Look for falls of the saturation and arousals, breathing events, then movements.

        Parameters
        ----------
        breathing
            Finds breathing events; called with the falls.
        progress
            Called with the fraction done.
        """
        progress(0.0)
        falls = list(self.read_saturation())
        progress(0.2)
        shifts = list(self.read_eeg())
        progress(0.5)
        breaths = list(breathing(falls))
        progress(0.8)
        limbs = list(self.limbs([one.event for one in breaths if one.missed is None]))
        shifts = self._with_causes(shifts, [*breaths, *limbs])
        progress(1.0)
        if self._n_left_out:
            self.remarks.append(Phrase("Rejected before and left out: {n}.", n=self._n_left_out))
        found = [one for one in chain(breaths, falls, shifts, limbs) if self.is_new(one.event)]
        found.sort(key=lambda one: sorting_key(one.event))
        return Proposals(
            tuple(one for one in found if one.missed is None),
            tuple(one for one in found if one.missed is not None),
            tuple(self.remarks),
        )

    def is_new(self, event: ScoredEvent) -> bool:
        """Whether nobody marked an event of its group there."""
        groups = BREATHING_EVENTS if event.kind.group in BREATHING_EVENTS else (event.kind.group,)
        there = self._marked.between(event.onset_s, event.stop_s)
        return not any(one.kind.group in groups for one in there)

    def stays(self, event: ScoredEvent) -> bool:
        """Whether nobody rejected it before; what somebody did is left out, and counted."""
        near = self._rejected.between(event.onset_s, event.stop_s)
        if not is_rejected(event, near):
            return True
        self._n_left_out += 1
        return False

    def read_saturation(self) -> Iterator[Proposal]:
        """Read the oximeter and find its falls."""
        roles = self._signals.roles
        if Role.SPO2 not in roles:
            self.remarks.append(
                Phrase("No channel is known as SpO₂: hypopneas can be told by arousals alone.")
            )
            return
        channel = roles[Role.SPO2]
        try:
            self._saturation, remark = self._signals.saturation()
        except RoleError as error:
            self.remarks.append(
                joined(phrase_of(error), Phrase("Hypopneas can be told by arousals alone."))
            )
            return
        self.remarks += [] if remark is None else [remark]
        events = desaturations(self._saturation, 3.0, channel=channel.label, source=self._model)
        for event in events:
            if self.is_asleep(event.onset_s, event.stop_s) and self.stays(event):
                yield Proposal(
                    event,
                    Phrase(
                        "SpO₂ fell from {baseline:.0f} to {nadir:.0f} %.",
                        baseline=event.spo2_baseline,
                        nadir=event.spo2_nadir,
                    ),
                )

    def read_eeg(self) -> Iterator[Proposal]:
        """Read the EEG and find its arousals; their evidence does not say yet what they go with."""
        derivations = self._signals.eeg
        if not derivations:
            self.remarks.append(Phrase("No channel is known as EEG: arousals were not looked for."))
            return
        seen = [
            FrequencyShifts.of(*self._signals.read_derivation(one, _EEG_HZ), one.name, self._stages)
            for one in derivations
        ]
        chin = self._signals.chin
        if chin is None:
            self.remarks.append(
                Phrase("No channel is known as chin: arousals in R were not looked for.")
            )
        rises_s = (
            None if chin is None else chin_rises(*self._signals.read_derivation(chin, _CHIN_HZ))
        )
        anodes = {one.name: one.anode for one in derivations}
        for shift in arousals(seen, rises_s, self._stages):
            event = ScoredEvent(
                EventKind.AROUSAL,
                round(shift.onset_s, 3),
                round(shift.duration_s, 3),
                anodes[shift.channel],
                source=self._model,
            )
            if not self.stays(event):
                continue
            why = Phrase(
                "In {channel} {band} rose to {ratio:.1f} times what it was, for {duration:.1f} s.",
                channel=shift.channel,
                band=shift.band,
                ratio=shift.ratio,
                duration=shift.duration_s,
            )
            proposal = Proposal(event, why, shift.missed)
            if shift.missed is None and self.is_new(event):
                self._suggested_arousals.append(event)
            yield proposal

    def _with_causes(
        self, shifts: Sequence[Proposal], others: Sequence[Proposal]
    ) -> list[Proposal]:
        """Say what suggested arousals go with."""
        found = [one.event for one in others if one.missed is None]
        events = (*found, *self._suggested_arousals, *self._marked.events)
        causes = causes_of(
            self._suggested_arousals, links_of(events), limb_movements(events).counted
        )
        return [
            replace(one, evidence=joined(one.evidence, _GOES_WITH[causes[one.event]]))
            if one.event in causes
            else one
            for one in shifts
        ]

    def breathing(self, falls: Sequence[Proposal]) -> Iterator[Proposal]:
        """Find apneas in the flow of the thermistor and hypopneas in the nasal pressure."""
        roles = self._signals.roles
        of_apneas = roles.first_of((Role.PAP_FLOW, Role.THERMISTOR, Role.NASAL_PRESSURE))
        of_hypopneas = roles.first_of((Role.PAP_FLOW, Role.NASAL_PRESSURE, Role.THERMISTOR))
        if of_apneas is None or of_hypopneas is None:
            self.remarks.append(
                Phrase("No channel is known as airflow: apneas and hypopneas were not looked for.")
            )
            return
        apnea_flow = self._envelope(of_apneas)
        hypopnea_flow = apnea_flow if of_hypopneas is of_apneas else self._envelope(of_hypopneas)
        efforts = [self._envelope(role) for role in EFFORTS if role in roles]
        if not efforts:
            self.remarks.append(
                Phrase("No channel is known as a belt: the types of apneas can't be told.")
            )
        apneas = [
            (one, type_of_apnea(efforts, one.onset_s, one.stop_s))
            for one in reductions(apnea_flow, APNEA_DROP, _NEARLY_S)
        ]
        taken = EventIndex.of(
            ScoredEvent(kind, one.onset_s, one.duration_s)
            for one, kind in apneas
            if one.duration_s >= SHORTEST_S
        )
        hypopneas = [
            (one, EventKind.HYPOPNEA)
            for one in reductions(hypopnea_flow, HYPOPNEA_DROP, _NEARLY_S)
            if not taken.between(one.onset_s, one.stop_s)
        ]
        found = [
            self._event(reduction, kind, roles[role].label)
            for candidates, role in ((apneas, of_apneas), (hypopneas, of_hypopneas))
            for reduction, kind in candidates
            if self.is_asleep(reduction.onset_s, reduction.stop_s)
        ]
        reasons = [
            Phrase(
                "Flow less by {drop:.0%} for {duration:.0f} s.",
                drop=reduction.drop,
                duration=reduction.duration_s,
            )
            for reduction, _ in chain(apneas, hypopneas)
            if self.is_asleep(reduction.onset_s, reduction.stop_s)
        ]
        yield from self.judged(zip(found, reasons, strict=True), falls)

    def judged(
        self, found: Iterable[tuple[ScoredEvent, Phrase]], falls: Sequence[Proposal]
    ) -> Iterator[Proposal]:
        """Fill the saturation of breathing events in and say what each misses by the rule.

        Parameters
        ----------
        found
            Events, each with what it was found by.
        falls
            What `read_saturation` found.
        """
        kept = [(event, why) for event, why in found if self.stays(event)]
        events = [event for event, _ in kept]
        if self._saturation is not None:
            events = with_saturations(events, self._saturation, self._marked.events)
        filled = [(event, why) for event, (_, why) in zip(events, kept, strict=True)]
        links = links_of(
            in_order(
                (*(event for event, _ in filled), *(one.event for one in falls), *self.arousals)
            )
        )
        for event, why in filled:
            link = links.get(event)
            admitted = self._rule.admits(event, link)
            if admitted and link is not None and link.arousal is not None:
                why = joined(why, Phrase("It ends in an arousal."))
            yield Proposal(event, why, self._missed(event, admitted=admitted))

    @property
    def arousals(self) -> list[ScoredEvent]:
        """Those that people marked, and those that are suggested where there are none."""
        marked = [one for one in self._marked.events if one.kind.group is EventGroup.AROUSAL]
        return [*marked, *self._suggested_arousals]

    def limbs(self, breathing: Iterable[ScoredEvent]) -> Iterator[Proposal]:
        """Find the movements of the legs; those near a respiratory event are rejected."""
        roles = self._signals.roles
        legs = [role for role in LEGS if role in roles]
        if Role.LEFT_LEG in legs and Role.RIGHT_LEG in legs and Role.LEG in legs:
            legs.remove(Role.LEG)
        if not legs:
            self.remarks.append(
                Phrase("No channel is known as a leg: limb movements were not looked for.")
            )
        found: list[ScoredEvent] = []
        for role in legs:
            spans = movements_of_leg(*self._signals.read(role, _LEG_HZ))
            found += [
                ScoredEvent(
                    LEG_KINDS[role.value],
                    round(onset_s, 3),
                    round(stop_s - onset_s, 3),
                    roles[role].label,
                    source=self._model,
                )
                for onset_s, stop_s in spans.tolist()
                if self.is_asleep(onset_s, stop_s)
            ]
        found = [one for one in found if self.stays(one)]
        marked = [one for one in self._marked.events if one.kind.group in BREATHING_EVENTS]
        near = dict(limb_movements((*found, *breathing, *marked)).near_breathing)
        for event in in_order(found):
            cause = near.get(event)
            yield Proposal(
                event,
                Phrase("EMG over 8 µV above rest for {duration:.1f} s.", duration=event.duration_s),
                None
                if cause is None
                else Phrase("It goes with the {event}.", event=cause.kind.label),
            )

    def _envelope(self, role: Role) -> Envelope:
        return Envelope.of(*self._signals.read(role, _FLOW_HZ))

    def _event(self, reduction: Reduction, kind: EventKind, channel: str) -> ScoredEvent:
        return ScoredEvent(
            kind, reduction.onset_s, reduction.duration_s, channel, source=self._model
        )

    def _missed(self, event: ScoredEvent, *, admitted: bool | None) -> Phrase | None:
        fell = None
        if event.spo2_baseline is not None and event.spo2_nadir is not None:
            fell = event.spo2_baseline - event.spo2_nadir
        if event.duration_s < SHORTEST_S:
            return Phrase("It lasts {duration:.1f} s, not 10 s.", duration=event.duration_s)
        if event.duration_s > LONGEST_S or (
            event.duration_s > _UNSEEN_S and fell is not None and fell < _FELL
        ):
            return Phrase(
                "Flat for {duration:.0f} s with no fall of SpO₂ to match: the sensor may be off.",
                duration=event.duration_s,
            )
        if admitted is None:
            return Phrase("SpO₂ has no value there, and no arousal is near.")
        if not admitted:
            return Phrase(
                "SpO₂ fell by {fell:.0f} %, not by {least:g} %.",
                fell=fell or 0.0,
                least=self._rule.fall,
            )
        return None

    def is_asleep(self, onset_s: float, stop_s: float) -> bool:
        """Whether a time begins or ends in sleep."""
        epochs = [int(onset_s // EPOCH_S), int(max(stop_s - 1e-6, onset_s) // EPOCH_S)]
        return any(epoch < self._asleep.size and self._asleep[epoch] for epoch in epochs)


def _of_stages(stages: Sequence[Stage]) -> Iterator[Phrase]:
    """Where nothing is looked for, since nobody knows whether it is sleep."""
    n_unscored = sum(stage is Stage.UNSCORED for stage in stages)
    if not any(stage > Stage.W for stage in stages):
        yield Phrase("No epoch is scored as sleep: nothing can be suggested.")
    elif n_unscored:
        yield Phrase(
            "{n} of {total} epochs {n:has|have} no stage: nothing was looked for in {n:it|them}.",
            n=n_unscored,
            total=len(stages),
        )
