"""What a laboratory decides once about events: its rule, its sensors, how it codes positions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sleepscorer.domain.artefacts import undisturbed
from sleepscorer.domain.channels import Channel, is_stage
from sleepscorer.domain.events import ScoredEvent
from sleepscorer.domain.legends import Legend, Position
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.stages import Stage
from sleepscorer.events.engine import NightSignals
from sleepscorer.events.roles import Role, Roles
from sleepscorer.events.rules import RULE_1A, RULES, Rule

USUAL_ENGINE = "plain"
_AROUSAL = " arousal"


@dataclass(frozen=True, slots=True)
class Laboratory:
    """Choices that hold for all nights of a laboratory.

    Attributes
    ----------
    rule
        What hypopneas need to count.
    roles
        Labels of the channels that have a role, the first that a recording has, whatever they are
        recognised as; no labels where no channel has it. A role that is not among them, or none of
        whose labels a recording has, is recognised.
    supine
        Values of the position channel that mean lying on the back; empty where nobody said.
        Every vendor has other ones, so none is guessed.
    engine
        Word of what suggests events, one of `ENGINES`.
    positions
        Values that mean the other positions; they are shown and counted nowhere.
    stages
        Values of a channel of stages, which is shown and counted nowhere.
    """

    rule: Rule = RULE_1A
    roles: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)
    supine: tuple[float, ...] = ()
    engine: str = USUAL_ENGINE
    positions: Mapping[Position, tuple[float, ...]] = field(default_factory=dict)
    stages: Mapping[Stage, tuple[float, ...]] = field(default_factory=dict)

    def legends(self, channels: Sequence[Channel]) -> dict[str, Legend]:
        """What the values of the channels of position and stage mean, by their labels."""
        legends = {one.label: _legend(self.stages) for one in channels if is_stage(one.label)}
        roles = self.roles_of(channels)
        if Role.POSITION in roles:
            lying = {**self.positions, Position.SUPINE: self.supine}
            legends[roles[Role.POSITION].label] = _legend(lying)
        return legends

    def roles_of(self, channels: Iterable[Channel]) -> Roles:
        """Give the channels of a recording their roles: as said, else as recognised."""
        by_label = {channel.label: channel for channel in reversed(tuple(channels))}
        found = Roles.recognised(reversed(by_label.values()))
        for role, labels in self.roles.items():
            channel = next((by_label[one] for one in labels if one in by_label), None)
            if channel is not None or not labels:
                found = found.having(role, channel)
        return found

    def signals(self, recording: Recording, artefacts: Sequence[ScoredEvent]) -> NightSignals:
        """Give the signals of a recording by role, without what people marked as artefacts."""
        return NightSignals(undisturbed(recording, artefacts), self.roles_of(recording.channels))

    def check(self, recording: Recording) -> None:
        """Make sure that a recording has a channel of each label that somebody gave for it alone.

        Raises
        ------
        RecordingError
            It has none of the labels of a role.
        """
        known = {channel.label for channel in recording.channels}
        for labels in self.roles.values():
            if labels and known.isdisjoint(labels):
                recording.channel(labels[0])

    def having(self, role: Role, label: str | None) -> Laboratory:
        """Remember which channel has a role, or that none has; others are tried after it."""
        others = tuple(one for one in self.roles.get(role, ()) if one != label)
        labels = () if label is None else (label, *others)
        return replace(self, roles={**self.roles, role: labels})


def _legend(codes: Mapping[Any, tuple[float, ...]]) -> Legend:
    return {code: state for state, own in codes.items() for code in own}


def rule_text(rule: Rule) -> str:
    """Write a rule as settings keep it, e.g. ``"1b"`` or ``"5 arousal"``."""
    known = {one: word for word, one in RULES.items()}
    return known.get(rule) or f"{rule.fall!r}{_AROUSAL if rule.or_arousal else ''}"


def rule_of(text: str) -> Rule:
    """Read what `rule_text` wrote.

    Raises
    ------
    ValueError
        It is no rule.
    """
    if text in RULES:
        return RULES[text]
    return Rule.own(float(text.removesuffix(_AROUSAL)), or_arousal=text.endswith(_AROUSAL))


USUAL_LABORATORY = Laboratory()
"""One that decided nothing: rule 1A, sensors as they are recognised."""
