"""Stretches of a channel that people marked as artefacts: whatever works things out passes over."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.channels import Channel
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.recording import Recording, SignalOrigin, sample_range
from sleepscorer.domain.scoring import Scoring


def artefacts_of(scoring: Scoring) -> tuple[ScoredEvent, ...]:
    """Artefacts of a scoring, in order of time; one without a channel is one of every channel."""
    return scoring.event_index.between(-math.inf, math.inf, EventKind.ARTEFACT)


def undisturbed(recording: Recording, artefacts: Sequence[ScoredEvent]) -> Recording:
    """Give what is to be read of a recording by what works anything out of it.

    Where an artefact lies there is a gap, which everything that reads recordings knows: nothing is
    found in it, and nothing is counted as missing.
    """
    return _Undisturbed(recording, artefacts) if artefacts else recording


class _Undisturbed(Recording):
    """A recording with gaps in the place of artefacts; it does not own the file."""

    def __init__(self, recording: Recording, artefacts: Sequence[ScoredEvent]) -> None:
        super().__init__(
            recording.path,
            start=recording.start,
            channels=recording.channels,
            stretches=recording.stretches,
            notices=recording.notices,
            content=recording.content,
        )
        self._recording = recording
        self._artefacts = tuple(artefacts)

    @property
    def identification(self) -> tuple[str, str]:
        """See `Recording`."""
        return self._recording.identification

    def origin(self, channel: Channel) -> SignalOrigin:
        """See `Recording`."""
        return self._recording.origin(channel)

    def change_on_disk(self) -> str:
        """See `Recording`."""
        return self._recording.change_on_disk()

    def read(self, channel: Channel, start_s: float, stop_s: float) -> npt.NDArray[np.float32]:
        """See `Recording`."""
        values = self._recording.read(channel, start_s, stop_s)
        n_times = math.ceil(self.duration_s * channel.sfreq)
        first, _ = sample_range(start_s, stop_s, channel.sfreq, n_times)
        for one in self._artefacts:
            if one.channel in ("", channel.label) and one.onset_s < stop_s and one.stop_s > start_s:
                begin, end = sample_range(one.onset_s, one.stop_s, channel.sfreq, n_times)
                values[max(begin - first, 0) : max(end - first, 0)] = np.nan
        return values

    def read_annotations(self) -> tuple[Annotation, ...]:
        """See `Recording`."""
        return self._recording.read_annotations()

    def close(self) -> None:
        """Leave the file to whoever opened it."""
