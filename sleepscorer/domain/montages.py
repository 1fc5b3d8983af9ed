"""Montages that are named and kept, and how one is fitted to the channels of a recording."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sleepscorer.domain.channels import (
    Channel,
    ChannelKind,
    Derivation,
    electrodes_of,
    mean_name,
    staging_derivations,
)
from sleepscorer.domain.montage import AS_STORED, Band, Trace, default_montage, trace_of
from sleepscorer.domain.phrases import Phrase

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class MontageTrace:
    """What a montage asks a recording for.

    Attributes
    ----------
    anode
        An electrode (``"F4"``), a stored derivation (``"Fpz-Cz"``), a channel's label, or what the
        channel is for (``"Chin"``, see `ROLES`).
    cathode
        An electrode or channel that is subtracted; empty for none.
    others
        More of them: the mean of all is subtracted.
    band
        Filter; None for what is usual for the channel.
    height
        Units from the bottom to the top of its lane; None for what is usual.
    colour
        ``#RRGGBB``; None for the theme's.
    is_inverted
        Whether it is drawn upside down.

    Raises
    ------
    ValueError
        The anode is empty, the height not positive, the band upside down or the colour none.
    """

    anode: str
    cathode: str = ""
    band: Band | None = None
    height: float | None = None
    colour: str | None = None
    is_inverted: bool = False
    others: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.anode.strip():
            raise ValueError(Phrase("a trace needs a signal"))
        if any(not one.strip() for one in (self.cathode, *self.others)) and self.others:
            raise ValueError(
                Phrase("one of the signals that {name} is taken against is empty", name=self.anode)
            )
        if self.height is not None and not 0 < self.height < float("inf"):
            raise ValueError(
                Phrase(
                    "the height of {name} is {height:g}; it must be positive",
                    name=self.name,
                    height=self.height,
                )
            )
        if self.band is not None and not 0 <= self.band.low_hz < self.band.high_hz:
            raise ValueError(
                Phrase(
                    "the filter of {name} begins at {low_hz:g} Hz and ends at "
                    "{high_hz:g} Hz; the second must be the higher one",
                    name=self.name,
                    low_hz=self.band.low_hz,
                    high_hz=self.band.high_hz,
                )
            )
        if self.colour is not None and not _COLOUR.fullmatch(self.colour):
            raise ValueError(
                Phrase(
                    "the colour of {name} is “{colour}”, not like #1F2328",
                    name=self.name,
                    colour=self.colour,
                )
            )

    @property
    def name(self) -> str:
        """Name shown, e.g. ``"F4-M1"`` or ``"F4-(M1+M2)/2"``."""
        if self.others:
            return mean_name(self.anode, self.cathodes)
        return f"{self.anode}-{self.cathode}" if self.cathode else self.anode

    @property
    def cathodes(self) -> tuple[str, ...]:
        """Signals whose mean is subtracted."""
        return (self.cathode, *self.others) if self.cathode else ()


@dataclass(frozen=True, slots=True)
class Montage:
    """Traces in their order, under a name.

    Attributes
    ----------
    name
        Unique among the montages of a lab.
    traces
        From top to bottom.
    """

    name: str
    traces: tuple[MontageTrace, ...]


@dataclass(frozen=True, slots=True)
class FittedMontage:
    """A montage on the channels of one recording.

    Attributes
    ----------
    traces
        What can be shown.
    missing
        Names of what the recording does not have.
    """

    traces: tuple[Trace, ...]
    missing: tuple[str, ...] = ()


ALL_CHANNELS = Phrase("All channels")
"""Name of the montage that every recording has: all that is stored, arranged by kind."""

SINGLE_EEG = Phrase("Single EEG")
"""Name of the montage that shows the EEG derivation to stage alone."""

PRESET_NAMES = (
    Phrase("AASM recommended"),
    Phrase("AASM backup"),
    Phrase("AASM acceptable"),
    Phrase("Sleep-EDF"),
    Phrase("AASM PSG"),
    Phrase("Breathing"),
)
"""Names of the montages that come with the program, to be translated where they are shown."""

ROLES = {
    "Chin": (ChannelKind.EMG, r"CHIN|SUBMENT|MENTAL"),
    "ECG": (ChannelKind.ECG, ""),
    "SpO2": (ChannelKind.SPO2, ""),
    "Thermistor": (ChannelKind.RESPIRATION, r"THERM|TERMI|ORO"),
    "Nasal pressure": (ChannelKind.RESPIRATION, r"PRES|CANN?ULA|NAF"),
    "Airflow": (ChannelKind.RESPIRATION, r"FLOW|AIR|NASAL|NAF|PRES|CANN?ULA|THERM|ORO"),
    "Thorax": (ChannelKind.RESPIRATION, r"THOR|TORA|CHEST|VTH"),
    "Abdomen": (ChannelKind.RESPIRATION, r"ABD|ADDOM|VAB"),
    "Snore": (ChannelKind.RESPIRATION, r"SNOR|SOUND|PHONO|MIC"),
    "Position": (ChannelKind.OTHER, r"POS|LAGE|BODY"),
    "Pulse": (ChannelKind.OTHER, r"PULS|HEART|\bHR\b|\bPR\b"),
    "Left leg": (ChannelKind.EMG, r"L.?(LEG|AT|TIB)|(LEG|TIB)\w*.?L|SX"),
    "Right leg": (ChannelKind.EMG, r"R.?(LEG|AT|TIB)|(LEG|TIB)\w*.?R|DX"),
}
"""What a channel is for: its kind and what its label says; the first such channel is meant."""

_ONE_CHIN = re.compile(r"(?:EMG\W*)?[LRC]?CHIN\W*[A-Z0-9]?", re.IGNORECASE)
_ABOVE_THE_MANDIBLE = re.compile(r"Z$|^(?:EMG\W*)?CCHIN", re.IGNORECASE)


def fit(montage: Montage, channels: Iterable[Channel]) -> FittedMontage:
    """Find what a montage asks for among the channels of a recording.

    A derivation is taken as it is stored where it is, else two electrodes stored against the same
    reference are subtracted. Electrodes are found under their older names, too (A1 for M1).
    """
    channels = tuple(channels)
    traces, missing = [], []
    for wanted in montage.traces:
        found = _find(wanted, channels)
        if found is None:
            missing.append(wanted.name)
            continue
        derivation, channel = found
        traces.append(
            trace_of(
                derivation,
                channel,
                band=wanted.band,
                height=wanted.height,
                colour=wanted.colour,
                is_inverted=wanted.is_inverted,
            )
        )
    return FittedMontage(tuple(traces), tuple(missing))


def all_channels(channels: Iterable[Channel]) -> FittedMontage:
    """Show everything that is stored."""
    return FittedMontage(default_montage(channels))


def single_eeg(channels: Iterable[Channel]) -> FittedMontage:
    """Show the EEG derivation to stage alone."""
    channels = tuple(channels)
    derivations = staging_derivations(channels)
    if not derivations:
        return FittedMontage((), ("EEG",))
    channel = next(channel for channel in channels if channel.label == derivations[0].anode)
    return FittedMontage((trace_of(derivations[0], channel),))


def montage_of(name: str, traces: Sequence[Trace]) -> Montage:
    """Make a montage of traces that are shown."""
    return Montage(
        name,
        tuple(
            MontageTrace(
                trace.derivation.anode,
                trace.derivation.cathode or "",
                trace.band or AS_STORED,
                trace.height,
                trace.colour,
                trace.is_inverted,
                trace.derivation.others,
            )
            for trace in traces
        ),
    )


def _find(wanted: MontageTrace, channels: Sequence[Channel]) -> tuple[Derivation, Channel] | None:
    stored = _stored(wanted.name, channels)
    if stored is not None:
        return Derivation(stored.label), stored
    if not wanted.cathode:
        by_role = _by_role(wanted.anode, channels)
        if by_role is None:
            return None
        reference = _other_chin(by_role, channels)
        return Derivation(by_role.label, None if reference is None else reference.label), by_role
    for anode in _carriers(wanted.anode, channels):
        cathodes = [_cathode(anode, name, channels) for name in wanted.cathodes]
        if None not in cathodes and cathodes != [anode]:
            label, *others = (one.label for one in cathodes if one is not None)
            return Derivation(anode.label, label, tuple(others)), anode
    return None


def _cathode(anode: Channel, name: str, channels: Sequence[Channel]) -> Channel | None:
    """The channel of an electrode that can be subtracted: of the same rate, unit and reference."""
    for cathode in _carriers(name, channels):
        same_kind = (anode.sfreq, anode.unit) == (cathode.sfreq, cathode.unit)
        if same_kind and _reference(anode) == _reference(cathode):
            return cathode
    return None


def _stored(name: str, channels: Sequence[Channel]) -> Channel | None:
    """The channel with that label or of those electrodes."""
    for channel in channels:
        if channel.label.casefold() == name.strip().casefold():
            return channel
    electrodes = electrodes_of(name)
    if electrodes is None:
        return None
    return next((c for c in channels if electrodes_of(c.label) == electrodes), None)


def _by_role(name: str, channels: Sequence[Channel]) -> Channel | None:
    roles = {role.casefold(): meaning for role, meaning in ROLES.items()}
    if name.strip().casefold() not in roles:
        return None
    kind, pattern = roles[name.strip().casefold()]
    for channel in channels:
        if channel.kind is kind and re.search(pattern, channel.label, re.IGNORECASE):
            return channel
    return None


def _other_chin(chin: Channel, channels: Sequence[Channel]) -> Channel | None:
    """The electrode that one of a chin is seen against, as the AASM Manual says.

    One below the mandible against the one above it (ChinZ), else against the next; None for what
    is no single electrode of a chin, or stands alone.
    """
    if not _ONE_CHIN.fullmatch(chin.label):
        return None
    others = [
        one
        for one in channels
        if one is not chin
        and _ONE_CHIN.fullmatch(one.label)
        and (one.sfreq, one.unit) == (chin.sfreq, chin.unit)
    ]
    above = [one for one in others if _ABOVE_THE_MANDIBLE.search(one.label)]
    return next(iter(above or others), None)


def _carriers(name: str, channels: Sequence[Channel]) -> list[Channel]:
    """Channels of one electrode, or the channel with that label."""
    electrodes = electrodes_of(name)
    return [
        channel
        for channel in channels
        if channel.label.casefold() == name.strip().casefold()
        or (electrodes and (electrodes_of(channel.label) or ("",))[0] == electrodes[0])
    ]


def _reference(channel: Channel) -> str:
    return (electrodes_of(channel.label) or ("", ""))[1]


def merged_montages(
    known: Sequence[Montage], mine: Sequence[Montage], theirs: Sequence[Montage]
) -> tuple[Montage, ...]:
    """Put two people's changes of the same montages together; nothing of either is lost.

    Parameters
    ----------
    known
        The montages as both found them.
    mine, theirs
        As each left them.

    Returns
    -------
    merged
        Mine first. Where both changed one, theirs is kept beside it under another name; one that a
        person took away is gone unless the other one changed it.
    """
    before = {montage.name: montage for montage in known}
    mine_by_name = {montage.name: montage for montage in mine}
    theirs_by_name = {montage.name: montage for montage in theirs}
    merged = [
        montage
        for name, montage in mine_by_name.items()
        if name in theirs_by_name or montage != before.get(name)
    ]
    for index, montage in enumerate(merged):
        if montage == before.get(montage.name):
            merged[index] = theirs_by_name[montage.name]
    for name, montage in theirs_by_name.items():
        if montage == before.get(name) or montage in merged:
            continue
        taken = {one.name.casefold() for one in merged}
        number, free = 2, name
        while free.casefold() in taken:
            number, free = number + 1, f"{name} ({number})"
        merged.append(replace(montage, name=free))
    return tuple(merged)
