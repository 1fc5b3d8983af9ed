"""What finds events: the interface that an engine fits, and what it gives back."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.channels import Channel, Derivation, uv_per_unit
from sleepscorer.domain.events import ScoredEvent
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.provenance import Model
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.stages import Stage
from sleepscorer.events.oximetry import Saturation
from sleepscorer.events.roles import LEGS, Role, Roles, in_per_cent
from sleepscorer.events.rules import Rule
from sleepscorer.signals.events.night import EvidenceChannels
from sleepscorer.signals.filters import read_downsampled


class NightSignals:
    """The channels of a recording by their role, each read when it is asked for.

    Attributes
    ----------
    roles
        Which channel has which role.
    """

    def __init__(self, recording: Recording, roles: Roles) -> None:
        self._recording = recording
        self.roles = roles
        self._saturations: dict[Channel, tuple[Saturation, Phrase | None]] = {}

    def usable(self) -> NightSignals:
        """Leave out the roles whose channels have a problem."""
        signals = NightSignals(self._recording, self.roles.usable())
        signals._saturations = self._saturations
        return signals

    def saturation(self) -> tuple[Saturation, Phrase | None]:
        """Read and clean the oxygen saturation, and what is to be said of it; it is read once.

        Raises
        ------
        KeyError
            No channel has that role.
        RoleError
            It is no saturation.
        RecordingError
            It can't be read.
        """
        channel = self.roles[Role.SPO2]
        if channel not in self._saturations:
            values, sfreq = self.read(Role.SPO2)
            values, remark = in_per_cent(channel, values)
            self._saturations[channel] = Saturation.of(values, sfreq), remark
        return self._saturations[channel]

    @property
    def eeg(self) -> tuple[Derivation, ...]:
        """Central, occipital and frontal derivation that the AASM Manual prefers, each once."""
        chosen = EvidenceChannels.of(self._recording)
        regions = (chosen.central, chosen.occipital, chosen.frontal)
        return tuple(dict.fromkeys(one for one in regions if one is not None))

    @property
    def chin(self) -> Derivation | None:
        """EMG of the channel that is known as chin, against its other electrode where it has one.

        None where no channel is known as that.
        """
        if Role.CHIN not in self.roles:
            return None
        label, pair = self.roles[Role.CHIN].label, EvidenceChannels.of(self._recording).chin
        if pair is not None and label in (pair.anode, pair.cathode):
            return pair
        return Derivation(label)

    def read_derivation(
        self, derivation: Derivation, least_hz: float
    ) -> tuple[npt.NDArray[np.float32], float]:
        """Read a derivation and its rate in Hz, which is brought down to no less than asked for.

        Raises
        ------
        RecordingError
            It can't be read.
        """
        return read_downsampled(self._recording, derivation, least_hz)

    def read(self, role: Role, least_hz: float = math.inf) -> tuple[npt.NDArray[np.float32], float]:
        """Read the whole channel of a role: shape (n_times,), and its rate in Hz.

        NaN marks gaps; legs are in µV.

        Parameters
        ----------
        role
            Whose channel is read.
        least_hz
            The rate is brought down to no less than this.

        Raises
        ------
        KeyError
            No channel has the role.
        RecordingError
            It can't be read.
        """
        channel = self.roles[role]
        # A derivation is found by its label, which another channel may have as well.
        is_first = self._recording.channel(channel.label) == channel
        if channel.sfreq >= 2 * least_hz and is_first:
            derivation = Derivation(channel.label)
            values, sfreq = read_downsampled(self._recording, derivation, least_hz)
        else:
            values = self._recording.read(channel, 0.0, self._recording.duration_s)
            sfreq = channel.sfreq
        if role in LEGS:
            values *= np.float32(uv_per_unit(channel.unit) or 1.0)
        return values, sfreq


@dataclass(frozen=True, slots=True)
class Proposal:
    """An event that an engine found, and why.

    Attributes
    ----------
    event
        The event; its source is the engine.
    evidence
        What it was found by.
    missed
        The number that it just missed, where it was rejected for one; None for a proposal.
    """

    event: ScoredEvent
    evidence: Phrase
    missed: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Proposals:
    """What an engine found.

    Attributes
    ----------
    accepted
        What it proposes.
    rejected
        Candidates that missed something, each with what.
    remarks
        Sentences on what could not be looked for, and why.
    """

    accepted: tuple[Proposal, ...]
    rejected: tuple[Proposal, ...]
    remarks: tuple[Phrase, ...]


class EventEngine(Protocol):
    """Finds respiratory events, desaturations, arousals and limb movements."""

    @property
    def model(self) -> Model:
        """Name and version, the source of its events."""
        ...

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
        """Look for events.

        Parameters
        ----------
        signals
            The channels that have a role.
        stages
            Stage of each 30-s epoch; events are proposed in sleep.
        rule
            What a hypopnea needs.
        marked
            What people marked: their arousals make hypopneas, and what they marked is not
            proposed again.
        rejected
            What people rejected of what was suggested before: it is not there, for no rule and for
            nothing that goes with it.
        progress
            Called with the fraction done, 0 to 1; what it raises ends the search.

        Raises
        ------
        SleepScorerError
            A channel can't be read or is not what its role says.
        """
        ...
