"""A night's polysomnogram as opened."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.channels import Channel, Derivation
from sleepscorer.domain.epochs import EPOCH_S, MOST_EPOCHS, n_complete_epochs
from sleepscorer.domain.errors import RecordingError
from sleepscorer.domain.phrases import Phrase

UNKNOWN_DATE = date(1985, 1, 1)
"""The date that EDF+ prescribes where there is none or it is hidden."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time without gaps, half-open, in seconds from the recording's start."""

    start_s: float
    stop_s: float


@dataclass(frozen=True, slots=True)
class SignalOrigin:
    """What a file says of how a signal was recorded, in its own words; empty where it does not.

    Attributes
    ----------
    transducer
        What was on the patient.
    prefiltering
        What the amplifier had filtered.
    """

    transducer: str = ""
    prefiltering: str = ""


class Recording(ABC):
    """Signals of one night, read when they are asked for.

    Time runs in seconds from the start of the recording on the recording's clock, gaps included.

    Attributes
    ----------
    path
        The file.
    start
        Clock time of the first sample, of `UNKNOWN_DATE` where only the time of day is known; None
        when the file does not say.
    duration_s
        Seconds from the first to the end of the last sample, gaps included.
    channels
        The stored signals.
    stretches
        Where there are data, in order; more than one in a discontinuous recording.
    notices
        Sentences about what was odd in the file and how it was read.
    content
        Digest of some of the samples, by which another night of equal length is told apart; empty
        where there is no file.

    Raises
    ------
    RecordingError
        It would be impossibly long.
    """

    def __init__(
        self,
        path: Path,
        *,
        start: datetime | None,
        channels: tuple[Channel, ...],
        stretches: tuple[Stretch, ...],
        notices: tuple[Phrase, ...] = (),
        content: str = "",
    ) -> None:
        self.path = path
        self.start = start
        self.channels = channels
        self.stretches = stretches
        self.notices = notices
        self.content = content
        self.duration_s = stretches[-1].stop_s
        if self.duration_s > MOST_EPOCHS * EPOCH_S:
            raise RecordingError(
                "{file} would last {days:.3g} days; the times in it are "
                "damaged. Export the recording again from the program that made it.",
                file=path.name,
                days=self.duration_s / 86400,
            )

    @property
    def identification(self) -> tuple[str, str]:
        """What the file says of patient and recording, as it was when opened; empty if nothing."""
        return "", ""

    def origin(self, channel: Channel) -> SignalOrigin:
        """What the file says of how a channel was recorded."""
        del channel
        return SignalOrigin()

    def change_on_disk(self) -> str:
        """Say in a sentence how the file on the disk is not what was opened any more.

        Empty while it is. What is read here stays that of the file that was opened.
        """
        return ""

    def check_on_disk(self) -> None:
        """Make sure that the file is still what was opened, before something is made of it.

        Raises
        ------
        RecordingError
            It was replaced, cut, overwritten or removed meanwhile.
        """
        change = self.change_on_disk()
        if change:
            raise RecordingError("{change} Nothing was written.", change=change)

    @property
    def n_epochs(self) -> int:
        """Number of complete 30-s epochs."""
        return n_complete_epochs(self.duration_s)

    def clock_time(self, time_s: float) -> datetime | None:
        """Clock time of a moment of the recording; None when the start is unknown."""
        return None if self.start is None else self.start + timedelta(seconds=time_s)

    def channel(self, label: str) -> Channel:
        """Return the channel with that label (the first one when labels repeat).

        Raises
        ------
        RecordingError
            There is no such channel.
        """
        for channel in self.channels:
            if channel.label == label:
                return channel
        labels = tuple(channel.label for channel in self.channels)
        raise RecordingError(
            "{file} has no channel “{label}”; it has: {labels}.",
            file=self.path.name,
            label=label,
            labels=labels,
        )

    @abstractmethod
    def read(self, channel: Channel, start_s: float, stop_s: float) -> npt.NDArray[np.float32]:
        """Read the samples of a channel whose times lie in ``[start_s, stop_s)``.

        Parameters
        ----------
        channel
            One of `channels`.
        start_s, stop_s
            Seconds from the start of the recording; parts outside it give no samples.

        Returns
        -------
        values
            Shape (n_times,), the caller's own, at the channel's sampling rate and in its unit.
            Sample k of the channel has time ``k / sfreq``. NaN where the recording has a gap.

        Raises
        ------
        RecordingError
            The file can't be read there any more.
        """

    @abstractmethod
    def read_annotations(self) -> tuple[Annotation, ...]:
        """Read the annotations stored with the signals, in order of onset.

        Reading them can mean going through the whole file.
        """

    @abstractmethod
    def close(self) -> None:
        """Release the file."""

    def read_derivation(
        self, derivation: Derivation, start_s: float, stop_s: float
    ) -> npt.NDArray[np.float32]:
        """Read a derivation like a channel.

        Raises
        ------
        RecordingError
            A channel is missing, they differ in sampling rate or unit, or one is to be subtracted
            from itself alone.
        """
        return self.read_derivations((derivation,), start_s, stop_s)[0]

    def read_derivations(
        self, derivations: Iterable[Derivation], start_s: float, stop_s: float
    ) -> list[npt.NDArray[np.float32]]:
        """Read several derivations; a mean that is subtracted from all of them is read once.

        Raises
        ------
        RecordingError
            As for a single one.
        """
        means: dict[tuple[str, ...], npt.NDArray[np.float64]] = {}
        read = []
        for derivation in derivations:
            cathodes = self._cathodes(derivation)
            values = self.read(self.channel(derivation.anode), start_s, stop_s)
            if len(cathodes) == 1:
                values -= self.read(cathodes[0], start_s, stop_s)
            elif cathodes:
                if derivation.cathodes not in means:
                    mean = np.zeros(values.size)
                    for cathode in cathodes:
                        mean += self.read(cathode, start_s, stop_s)
                    means[derivation.cathodes] = mean / len(cathodes)
                values = np.asarray(values - means[derivation.cathodes], np.float32)
            read.append(values)
        return read

    def _cathodes(self, derivation: Derivation) -> list[Channel]:
        """Channels that are subtracted; raise RecordingError where that can't be done."""
        if derivation.cathodes == (derivation.anode,):
            raise RecordingError(
                "{file}: “{anode}” minus itself is nothing; choose two channels, or the one alone.",
                file=self.path.name,
                anode=derivation.anode,
            )
        anode = self.channel(derivation.anode)
        cathodes = [self.channel(label) for label in derivation.cathodes]
        for cathode in cathodes:
            if (anode.sfreq, anode.unit) != (cathode.sfreq, cathode.unit):
                raise RecordingError(
                    "{file}: {derivation} can't be made, because {anode} has {sfreq:g} "
                    "Hz in {unit} and {cathode} {cathode_sfreq:g} Hz in {cathode_unit}; choose two "
                    "channels of the same rate and unit.",
                    file=self.path.name,
                    derivation=derivation.name,
                    anode=anode.label,
                    sfreq=anode.sfreq,
                    unit=anode.unit,
                    cathode=cathode.label,
                    cathode_sfreq=cathode.sfreq,
                    cathode_unit=cathode.unit,
                )
        return cathodes


def sample_range(start_s: float, stop_s: float, sfreq: float, n_times: int) -> tuple[int, int]:
    """Half-open range of the samples whose times lie in ``[start_s, stop_s)``.

    Sample k has time ``k / sfreq``; the range is cut to ``[0, n_times)``.
    """
    # A time that was computed from a sample index must find that sample again.
    first = int(np.ceil(round(start_s * sfreq, 6)))
    last = int(np.ceil(round(stop_s * sfreq, 6)))
    first = min(max(first, 0), n_times)
    return first, min(max(last, first), n_times)
