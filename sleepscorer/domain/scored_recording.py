"""A scoring together with what says which recording it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scoring import Scoring


@dataclass(frozen=True, slots=True)
class RecordingIdentity:
    """What a recording is recognised by when its file has moved.

    Attributes
    ----------
    file_name
        Name of the file without its folder.
    start
        Clock time of the first sample, None when unknown.
    duration_s
        Length in seconds.
    labels
        Labels of all channels.
    """

    file_name: str
    start: datetime | None
    duration_s: float
    labels: tuple[str, ...]

    @classmethod
    def of(cls, recording: Recording) -> RecordingIdentity:
        """Identity of an open recording."""
        labels = tuple(channel.label for channel in recording.channels)
        return cls(recording.path.name, recording.start, recording.duration_s, labels)

    def difference(self, other: RecordingIdentity) -> str:
        """Say in words how another recording differs; empty when it is the same night.

        The file name may differ: files are renamed.
        """
        if self.start != other.start:
            return f"it begins at {_clock(other.start)}, not at {_clock(self.start)}"
        if abs(self.duration_s - other.duration_s) > 1e-3:
            return f"it lasts {other.duration_s:g} s, not {self.duration_s:g} s"
        if self.labels != other.labels:
            return f"its channels are {', '.join(other.labels)}, not {', '.join(self.labels)}"
        return ""


@dataclass(frozen=True, slots=True)
class ScoredRecording:
    """What a scoring file holds.

    Attributes
    ----------
    recording
        The recording that was scored.
    scoring
        Stages, their sources, the hypnodensity and all else that was scored.
    path
        Where the recording is; None when that is not known.
    """

    recording: RecordingIdentity
    scoring: Scoring
    path: Path | None = None

    @classmethod
    def of(cls, recording: Recording, scoring: Scoring) -> ScoredRecording:
        """Scoring of an open recording."""
        return cls(RecordingIdentity.of(recording), scoring, recording.path)

    def clock_time(self, epoch: int) -> datetime | None:
        """Clock time at which an epoch begins; None when the recording's start is unknown."""
        start = self.recording.start
        return None if start is None else start + timedelta(seconds=epoch * EPOCH_S)


def _clock(start: datetime | None) -> str:
    return "an unknown time" if start is None else f"{start:%Y-%m-%d %H:%M:%S}"
