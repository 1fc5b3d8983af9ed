"""A scoring together with what says which recording it belongs to."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.events import EventGroup
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.recording import UNKNOWN_DATE, Recording
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
    content
        Digest of some samples, see `Recording.content`; empty where it is not known, as in
        sessions of earlier versions.
    """

    file_name: str
    start: datetime | None
    duration_s: float
    labels: tuple[str, ...]
    content: str = ""

    @classmethod
    def of(cls, recording: Recording) -> RecordingIdentity:
        """Identity of an open recording."""
        labels = tuple(channel.label for channel in recording.channels)
        return cls(
            recording.path.name,
            recording.start,
            recording.duration_s,
            labels,
            recording.content,
        )

    @property
    def digest(self) -> str:
        """What tells it from every other recording and names nobody.

        The file's name is no part of it: files are renamed. Empty where the content is not known.
        """
        if not self.content:
            return ""
        start = None if self.start is None else self.start.isoformat()
        told = json.dumps([start, self.duration_s, self.labels, self.content])
        return hashlib.sha256(told.encode("utf-8")).hexdigest()

    def difference(self, other: RecordingIdentity) -> str:
        """Say in words how another recording differs; empty when it is the same night.

        The file name may differ: files are renamed.
        """
        # Sessions of earlier versions do not know the time of day where there is no date.
        starts = {self.start, other.start} - {None}
        is_without_date = all(start.date() == UNKNOWN_DATE for start in starts if start)
        if self.start != other.start and not (len(starts) == 1 and is_without_date):
            return Phrase(
                "it begins at {start}, not at {wanted}",
                start=_clock(other.start),
                wanted=_clock(self.start),
            )
        if abs(self.duration_s - other.duration_s) > 1e-3:
            return Phrase(
                "it lasts {duration_s:g} s, not {wanted_s:g} s",
                duration_s=other.duration_s,
                wanted_s=self.duration_s,
            )
        if self.labels != other.labels:
            return Phrase(
                "its channels are {labels}, not {wanted}",
                labels=other.labels,
                wanted=self.labels,
            )
        if self.content and other.content and self.content != other.content:
            return Phrase("its signals are others, though start, length and channels are the same")
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
    opened
        The recording, where it is open: what is made of it is made of this and of no other file
        that has its name now.
    rule
        Name of the rule that hypopneas count by; empty where it is not known.
    """

    recording: RecordingIdentity
    scoring: Scoring
    path: Path | None = None
    opened: Recording | None = field(default=None, compare=False, repr=False)
    rule: str = ""

    @classmethod
    def of(cls, recording: Recording, scoring: Scoring, rule: str = "") -> ScoredRecording:
        """Scoring of an open recording."""
        return cls(RecordingIdentity.of(recording), scoring, recording.path, recording, rule)

    @property
    def rule_told(self) -> str:
        """The rule, where there is a hypopnea that it is about."""
        has_hypopneas = any(one.kind.group is EventGroup.HYPOPNEA for one in self.scoring.events)
        return str(self.rule) if has_hypopneas else ""

    def clock_time(self, epoch: int) -> datetime | None:
        """Clock time at which an epoch begins; None when the recording's start is unknown."""
        start = self.recording.start
        return None if start is None else start + timedelta(seconds=epoch * EPOCH_S)


def _clock(start: datetime | None) -> str:
    return Phrase("an unknown time") if start is None else f"{start:%Y-%m-%d %H:%M:%S}"
