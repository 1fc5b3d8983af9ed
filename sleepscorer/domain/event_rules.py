"""What the AASM Manual asks of each kind of event: how long it lasts and where it is seen.

Nothing is refused for it: a technician may have reasons, and other rules.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sleepscorer.domain.channels import ChannelKind
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.phrases import Phrase


@dataclass(frozen=True, slots=True)
class EventRule:
    """What is asked of one kind of event.

    Attributes
    ----------
    words
        The rule, as the AASM Manual for the Scoring of Sleep and Associated Events (version 2.6,
        2020) words it.
    channel
        What the channel measures that it is seen in.
    least_s, most_s
        Seconds that it lasts at least and at most.
    """

    words: str
    channel: ChannelKind
    least_s: float = 0.0
    most_s: float = math.inf


_EEG, _MUSCLE, _BREATHING = ChannelKind.EEG, ChannelKind.EMG, ChannelKind.RESPIRATION
_WHERE = {ChannelKind.RESPIRATION: Phrase("breathing")}

_APNEA = EventRule(
    "The duration of the ≥90% drop in sensor signal is ≥10 seconds", _BREATHING, 10.0
)
_HYPOPNEA = EventRule(
    "The duration of the ≥30% drop in signal excursion is ≥10 seconds", _BREATHING, 10.0
)
_LIMB = EventRule(
    "The minimum duration of a LM event is 0.5 seconds; the maximum duration is 10 seconds",
    _MUSCLE,
    0.5,
    10.0,
)

RULES = {
    EventKind.AROUSAL: EventRule(
        "an abrupt shift of EEG frequency … that lasts at least 3 seconds", _EEG, 3.0
    ),
    EventKind.OBSTRUCTIVE_APNEA: _APNEA,
    EventKind.CENTRAL_APNEA: _APNEA,
    EventKind.MIXED_APNEA: _APNEA,
    EventKind.APNEA: _APNEA,
    EventKind.OBSTRUCTIVE_HYPOPNEA: _HYPOPNEA,
    EventKind.CENTRAL_HYPOPNEA: _HYPOPNEA,
    EventKind.HYPOPNEA: _HYPOPNEA,
    EventKind.RERA: EventRule(
        "a sequence of breaths lasting ≥10 seconds characterized by increasing respiratory effort",
        _BREATHING,
        10.0,
    ),
    EventKind.DESATURATION: EventRule(
        "a ≥3% oxygen desaturation from pre-event baseline", ChannelKind.SPO2
    ),
    EventKind.LEFT_LIMB_MOVEMENT: _LIMB,
    EventKind.RIGHT_LIMB_MOVEMENT: _LIMB,
    EventKind.LIMB_MOVEMENT: _LIMB,
    EventKind.PLM: _LIMB,
    EventKind.SPINDLE: EventRule(
        "a train of distinct sinusoidal waves … with a duration ≥0.5 seconds", _EEG, 0.5
    ),
    EventKind.K_COMPLEX: EventRule(
        "a well-delineated, negative, sharp wave … with total duration ≥0.5 seconds", _EEG, 0.5
    ),
    EventKind.BRUXISM: EventRule("elevations of chin EMG activity", _MUSCLE),
}
"""The rule of each kind that has one: a note may be anything."""

_ROUNDING_S = 5e-4  # events are kept to the millisecond


def _differences(
    event: ScoredEvent, channel: ChannelKind | None, rule: EventRule
) -> tuple[bool, bool, bool]:
    """Whether an event is too short, too long, or in a channel of another kind."""
    is_known = channel not in (None, ChannelKind.OTHER)
    return (
        event.duration_s < rule.least_s - _ROUNDING_S,
        event.duration_s > rule.most_s + _ROUNDING_S,
        is_known and channel is not rule.channel,
    )


def is_doubtful(event: ScoredEvent, channel: ChannelKind | None) -> bool:
    """Whether there is anything to say of an event by `doubts_about`."""
    rule = RULES.get(event.kind)
    return rule is not None and any(_differences(event, channel, rule))


def doubts_about(event: ScoredEvent, channel: ChannelKind | None) -> tuple[Phrase, ...]:
    """Say in a few words each how an event differs from what the AASM Manual asks of its kind.

    Parameters
    ----------
    event
        The event.
    channel
        What its channel measures; None where that is not known, or it has none.
    """
    rule = RULES.get(event.kind)
    if rule is None:
        return ()
    doubts = []
    is_short, is_long, is_elsewhere = _differences(event, channel, rule)
    if is_short:
        doubts.append(Phrase("shorter than {limit} s", limit=f"{rule.least_s:g}"))
    if is_long:
        doubts.append(Phrase("longer than {limit} s", limit=f"{rule.most_s:g}"))
    if is_elsewhere:
        where = _WHERE.get(rule.channel, rule.channel.value)
        doubts.append(Phrase("not in a channel of {kind}", kind=where))
    return tuple(doubts)


def about_doubts(event: ScoredEvent, doubts: Sequence[Phrase]) -> Phrase:
    """Say the same as a sentence, with the rule in the manual's own words."""
    return Phrase(
        "{event}, {seconds} s: {doubts} (AASM Manual: “{rule}”). It stays as it is.",
        event=event.description,
        seconds=f"{event.duration_s:.1f}",
        doubts=tuple(doubts),
        rule=RULES[event.kind].words,
    )
