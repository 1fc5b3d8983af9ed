"""Which hypopneas count: the rules of the AASM Manual and a laboratory's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sleepscorer.domain.events import APNEAS_AND_HYPOPNEAS, EventGroup, ScoredEvent
from sleepscorer.domain.phrases import Phrase
from sleepscorer.events.links import Links

_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Rule:
    """What a hypopnea needs beside less flow.

    Attributes
    ----------
    name
        As printed, e.g. ``"AASM 1A"``.
    fall
        Per cent that the oxygen saturation falls at least.
    or_arousal
        Whether an arousal will do as well.

    Raises
    ------
    ValueError
        The fall is not between 1 and 20 %.
    """

    name: str
    fall: float
    or_arousal: bool

    def __post_init__(self) -> None:
        if not 1 <= self.fall <= 20:
            raise ValueError(f"a fall of {self.fall:g} % is none between 1 and 20 %")

    @classmethod
    def own(cls, fall: float, *, or_arousal: bool) -> Rule:
        """Build a rule of a laboratory's own, named after what it asks.

        Raises
        ------
        ValueError
            The fall is not between 1 and 20 %.
        """
        name = Phrase("own ({fall:g} %)", fall=fall)
        if or_arousal:
            name = Phrase("own ({fall:g} % or arousal)", fall=fall)
        return cls(name, fall, or_arousal)

    def admits(self, event: ScoredEvent, links: Links | None) -> bool | None:
        """Whether an apnea or hypopnea counts; None where that can't be told.

        An apnea counts by its flow alone. A hypopnea whose saturation nobody measured can be told
        only by an arousal that does for itself.
        """
        if event.kind.group is EventGroup.APNEA:
            return True
        if self.or_arousal and links is not None and links.arousal is not None:
            return True
        falls = [
            one.spo2_baseline - one.spo2_nadir
            for one in (event, None if links is None else links.desaturation)
            if one is not None and one.spo2_baseline is not None and one.spo2_nadir is not None
        ]
        return max(falls) >= self.fall - _ROUNDING if falls else None


RULE_1A = Rule(Phrase("AASM 1A (3 % or arousal)"), 3.0, or_arousal=True)
"""Hypopnea 1A, recommended for adults: flow −30 % for 10 s and a fall of at least 3 % or an
arousal. Berry et al. 2012, https://doi.org/10.5664/jcsm.2172, which later versions of the AASM
Manual go back to; the Manual itself is not public, and its version 3 could not be looked at."""

RULE_1B = Rule(Phrase("AASM 1B, CMS (4 %)"), 4.0, or_arousal=False)
"""Hypopnea 1B, optional, and what CMS pays by: flow −30 % and a fall of at least 4 %. So
defined, “AASM 2015 (acceptable)”, by the National Sleep Research Resource:
https://sleepdata.org/datasets/numom2b/variables/nsrr_ahi_hp4u_aasm15."""

RULES: Mapping[str, Rule] = {"1a": RULE_1A, "1b": RULE_1B}


@dataclass(frozen=True, slots=True)
class Credited:
    """Apneas and hypopneas as a rule has them.

    Attributes
    ----------
    counted, left_out, untold
        Those that count, those that don't, and those of which it can't be told.
    """

    counted: tuple[ScoredEvent, ...]
    left_out: tuple[ScoredEvent, ...]
    untold: tuple[ScoredEvent, ...]


def credited(
    events: Iterable[ScoredEvent],
    links: Mapping[ScoredEvent, Links],
    rule: Rule,
    *,
    arousals_scored: bool = True,
) -> Credited:
    """Sort apneas and hypopneas by a rule; the events themselves stay as people scored them.

    Where nobody scored arousals, one that an arousal would do for and whose fall does not can't be
    told.
    """
    sorted_out: dict[bool | None, list[ScoredEvent]] = {True: [], False: [], None: []}
    for event in events:
        if event.kind.group in APNEAS_AND_HYPOPNEAS:
            answer = rule.admits(event, links.get(event))
            if answer is False and rule.or_arousal and not arousals_scored:
                answer = None
            sorted_out[answer].append(event)
    return Credited(*(tuple(sorted_out[answer]) for answer in (True, False, None)))
