"""Which channels of a recording a network's roles are, by what their labels say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from model.network import InputSpec
from sleepscorer.domain.channels import (
    Channel,
    ChannelKind,
    Derivation,
    electrodes_of,
    is_leg,
    opposite_reference,
    staging_derivations,
)
from sleepscorer.events.roles import FLOWS, Role, Roles

# SHHS calls its C4-A1 "EEG" and its C3-A2 "EEG(sec)", on later visits "EEG2".
_SHHS_C4 = re.compile(r"EEG\s*1?", re.I)
_SHHS_C3 = re.compile(r"EEG\s*(?:\(\s*sec\s*\)|sec|2)", re.I)

# Not \b, for which the underscore of "EOG_L" is a letter.
_BEGIN, _END = r"(?<![A-Z0-9])", r"(?![A-Z0-9])"
_LEFT_EYE = re.compile(rf"{_BEGIN}(?:E1|L|LOC|LEFT|LINKS|LEOG|EOG_?1){_END}|EOGL", re.I)
_RIGHT_EYE = re.compile(rf"{_BEGIN}(?:E2|R|ROC|RIGHT|RECHTS|REOG|EOG_?2){_END}|EOGR", re.I)
_SINGLE_CHIN = re.compile(r"(?:EMG[\s_:-]*)?(?:[LRC][\s_]?CHIN|CHIN[\s_]?[1-3LRC])", re.I)


def channels_of_roles(
    channels: Iterable[Channel], spec: InputSpec, first: Derivation | None = None
) -> dict[str, Derivation]:
    """Find a derivation for every role that a network asks for, each at most once.

    Parameters
    ----------
    channels
        Of the recording.
    spec
        What the network wants. What is sampled too slowly for a role is passed over for it.
    first
        What the first role is; found by its label without.

    Returns
    -------
    derivations
        By role, in the order of the network's channels; a role that nothing serves is left out.
    """
    channels = tuple(channels)
    rates = {channel.label: channel.sfreq for channel in channels}
    found: dict[str, Derivation] = {}
    for index, wanted in enumerate(spec.channels):
        if index == 0 and first is not None:
            found[wanted.role] = first
            continue
        taken = {one.anode for one in found.values()}
        for derivation in derivations_for(wanted.role, channels):
            is_fast = rates[derivation.anode] >= wanted.least_sfreq
            if is_fast and derivation.anode not in taken:
                found[wanted.role] = derivation
                break
    return found


def derivations_for(role: str, channels: Sequence[Channel]) -> tuple[Derivation, ...]:
    """List what may serve for a role, the best first.

    Raises
    ------
    KeyError
        There is no such role.
    """
    return tuple(_FINDERS[role](channels))


def _central(
    channels: Sequence[Channel], *, electrode: str, own_name: re.Pattern[str]
) -> Iterator[Derivation]:
    """EEG derivations: the electrode itself, then those of its side, the middle, the other."""
    is_even = int(electrode[-1]) % 2 == 0

    def rank(derivation: Derivation) -> int:
        if own_name.fullmatch(derivation.name):
            return 0
        pair = electrodes_of(derivation.name)
        if pair is None:
            return 4
        if pair[0] == electrode:
            return 1
        if not pair[0][-1].isdecimal():
            return 3
        return 2 if (int(pair[0][-1]) % 2 == 0) == is_even else 5

    yield from sorted(staging_derivations(channels), key=rank)


def _eye(
    channels: Sequence[Channel], *, own: re.Pattern[str], other: re.Pattern[str]
) -> Iterator[Derivation]:
    """EOG of one side, against the mastoid where that is stored apart; then one of no side."""
    eyes = [channel for channel in channels if channel.kind is ChannelKind.EOG]
    named = [channel for channel in eyes if own.search(channel.label)]
    unnamed = [one for one in eyes if one not in named and not other.search(one.label)]
    for channel in (*named, *unnamed):
        reference = opposite_reference(channel, channels)
        if reference is not None:
            yield Derivation(channel.label, reference.label)
        yield Derivation(channel.label)


def _heart(channels: Sequence[Channel]) -> Iterator[Derivation]:
    yield from (Derivation(one.label) for one in channels if one.kind is ChannelKind.ECG)


def _chin(channels: Sequence[Channel]) -> Iterator[Derivation]:
    """Chin EMG: two electrodes that are stored apart as their difference, then what is stored."""
    muscles = [one for one in channels if one.kind is ChannelKind.EMG and not is_leg(one.label)]
    single = [one for one in muscles if _SINGLE_CHIN.fullmatch(one.label)]
    if len(single) > 1 and (single[0].sfreq, single[0].unit) == (single[1].sfreq, single[1].unit):
        yield Derivation(single[0].label, single[1].label)
    chin = Roles.recognised(channels).channels.get(Role.CHIN)
    named = () if chin is None else (chin,)
    yield from (Derivation(one.label) for one in dict.fromkeys((*named, *muscles)))


def _airflow(channels: Sequence[Channel]) -> Iterator[Derivation]:
    roles = Roles.recognised(channels)
    yield from (Derivation(roles[role].label) for role in FLOWS if role in roles)


_FINDERS: Mapping[str, Callable[[Sequence[Channel]], Iterable[Derivation]]] = {
    "EEG": staging_derivations,
    "EEG C4": partial(_central, electrode="C4", own_name=_SHHS_C4),
    "EEG C3": partial(_central, electrode="C3", own_name=_SHHS_C3),
    "EOG left": partial(_eye, own=_LEFT_EYE, other=_RIGHT_EYE),
    "EOG right": partial(_eye, own=_RIGHT_EYE, other=_LEFT_EYE),
    "ECG": _heart,
    "EMG chin": _chin,
    "airflow": _airflow,
}
