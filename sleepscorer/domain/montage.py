"""How the channels of a recording are shown: which derivations, filters and sensitivities."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from sleepscorer.domain.channels import (
    Channel,
    ChannelKind,
    Derivation,
    is_leg,
    is_pap_pressure,
    is_snore,
    opposite_reference,
)


@dataclass(frozen=True, slots=True)
class Band:
    """Pass band of a filter in Hz, 0 ≤ low_hz < high_hz; 0 and infinity leave an edge out."""

    low_hz: float
    high_hz: float


AS_STORED = Band(0.0, math.inf)
"""No filter at all."""

AASM_BANDS = {
    ChannelKind.EEG: Band(0.3, 35.0),
    ChannelKind.EOG: Band(0.3, 35.0),
    ChannelKind.EMG: Band(10.0, 100.0),
    ChannelKind.ECG: Band(0.3, 70.0),
    ChannelKind.RESPIRATION: Band(0.1, 15.0),
}
"""Filter settings that the AASM Manual recommends."""

SNORE_BAND = Band(10.0, 100.0)
"""The AASM Manual's filter for the one respiration signal that is a sound."""

SPO2_RANGE = (70.0, 100.0)
"""Values of SpO₂ in percent that are shown."""

PAP_RANGE = (0.0, 25.0)
"""Pressures in cmH₂O that are shown of a device of positive airway pressure."""

_HEIGHTS = {
    ChannelKind.EEG: 150.0,
    ChannelKind.EOG: 300.0,
    ChannelKind.EMG: 100.0,
    ChannelKind.ECG: 2500.0,
}
"""µV from the bottom to the top of a trace's lane; EEG: twice the 75 µV of the slow-wave rule."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One drawn derivation.

    Attributes
    ----------
    derivation
        What is drawn.
    kind
        What it measures.
    unit
        Its unit.
    sfreq
        Its sampling rate in Hz.
    band
        Filter; None for the signal as it is stored.
    height
        Units from the bottom to the top of its lane; None to fit what is there.
    colour
        ``#RRGGBB``; None for the theme's colour of its kind.
    is_inverted
        Whether it is drawn upside down.
    """

    derivation: Derivation
    kind: ChannelKind
    unit: str
    sfreq: float
    band: Band | None
    height: float | None
    colour: str | None = None
    is_inverted: bool = False

    @property
    def fixed(self) -> tuple[float, float] | None:
        """Least and greatest value of its lane where that is the same in every night.

        SpO₂ in percent, since made to fit, noise would look like desaturations; and the pressure
        of a device.
        """
        if self.height is not None or self.derivation.cathode is not None:
            return None
        if self.kind is ChannelKind.SPO2 and self.unit.strip() == "%":
            return SPO2_RANGE
        is_pressure = self.band is None and is_pap_pressure(self.derivation.anode, self.unit)
        return PAP_RANGE if is_pressure else None


_BREATHING = (ChannelKind.RESPIRATION, ChannelKind.SPO2)
_FASTEST_STATE_HZ = 64.0
"""Position, pulse and pressure are stored at no more; what is faster may be an unknown EEG."""


def is_read_slowly(trace: Trace) -> bool:
    """Whether a trace is read on pages of minutes: breathing, SpO₂, legs, position and the like."""
    if trace.kind is ChannelKind.OTHER:
        return trace.sfreq <= _FASTEST_STATE_HZ
    return trace.kind in _BREATHING or is_leg(trace.derivation.anode)


def trace_of(
    derivation: Derivation,
    channel: Channel,
    *,
    band: Band | None = None,
    height: float | None = None,
    colour: str | None = None,
    is_inverted: bool = False,
) -> Trace:
    """Make the trace of a derivation, with what is usual for its channel where nothing is given.

    Parameters
    ----------
    derivation
        What is drawn.
    channel
        Its anode.
    band
        Filter; `AS_STORED` for none; None for what the AASM Manual recommends.
    height
        Units from the bottom to the top of its lane; None for what is usual.
    colour
        ``#RRGGBB``; None for the theme's.
    is_inverted
        Whether it is drawn upside down.
    """
    usual = SNORE_BAND if is_snore(channel.label) else AASM_BANDS.get(channel.kind)
    if is_pap_pressure(channel.label, channel.unit):
        usual = None  # a high-pass would take away what it is at
    chosen = usual if band is None else band
    # A low edge beyond what is stored: an envelope, as the 1-Hz EMG of Sleep-EDF is.
    if chosen is not None and (chosen == AS_STORED or chosen.low_hz >= channel.sfreq / 2):
        chosen = None
    if height is None and chosen is not None and channel.unit == "µV":
        height = _HEIGHTS.get(channel.kind)
    kind, unit, sfreq = channel.kind, channel.unit, channel.sfreq
    return Trace(derivation, kind, unit, sfreq, chosen, height, colour, is_inverted)


def default_montage(channels: Iterable[Channel]) -> tuple[Trace, ...]:
    """Arrange all channels as a technician expects: EEG, EOG, EMG, ECG, respiration, others.

    An electrode stored against a common reference is shown against the opposite mastoid where
    that is stored, and the mastoids themselves are then left out.
    """
    channels = tuple(channels)
    traces = []
    used_references = set()
    for channel in channels:
        reference = opposite_reference(channel, channels)
        if reference is not None:
            used_references.add(reference.label)
        derivation = Derivation(channel.label, None if reference is None else reference.label)
        traces.append(trace_of(derivation, channel))
    order = list(ChannelKind)
    shown = [trace for trace in traces if trace.derivation.anode not in used_references]
    return tuple(sorted(shown, key=lambda trace: order.index(trace.kind)))
