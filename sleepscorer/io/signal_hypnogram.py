"""A hypnogram that is stored as an ordinary signal of an EDF file."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from sleepscorer.domain.alignment import StageSpan, StoredScoring
from sleepscorer.domain.channels import Channel
from sleepscorer.domain.epochs import EPOCH_S, MOST_EPOCHS
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scoring import EpochScore
from sleepscorer.domain.stages import Stage
from sleepscorer.io.edf import open_edf
from sleepscorer.io.stage_numbers import scoring_of_numbers

LABEL = re.compile(r"hypno|sleep ?stag|^stag(e|ing)s?$|schlafprofil", re.IGNORECASE)


def read_signal_hypnogram(path: Path) -> StoredScoring:
    """Read the signal whose label says that it holds stages, as numbers 0 to 6 and 9.

    Raises
    ------
    QuestionError
        Its numbers may mean two things.
    ScoringError
        There is no such signal, or its values are no stages.
    RecordingError
        The file can't be read.
    """
    recording = open_edf(path)
    try:
        return _read(path, recording)
    finally:
        recording.close()


def _read(path: Path, recording: Recording) -> StoredScoring:
    channel = _channel(path, recording)
    values = recording.read(channel, 0.0, recording.duration_s)
    finite = np.isfinite(values)
    codes = np.where(finite, np.round(values), 9).astype(np.int64)
    if not np.allclose(values[finite], codes[finite], atol=0.05):
        raise ScoringError(
            "{file}: the signal “{channel}” holds values between whole numbers, "
            "so it is no hypnogram.",
            file=path.name,
            channel=channel.label,
        )
    edges = (0, *(np.flatnonzero(np.diff(codes)) + 1).tolist(), len(codes))
    if len(edges) > MOST_EPOCHS:
        raise ScoringError(
            "{file}: the signal “{channel}” changes too often.",
            file=path.name,
            channel=channel.label,
        )
    runs = list(itertools.pairwise(edges))

    def build(stages: Sequence[Stage]) -> StoredScoring:
        spans = tuple(
            StageSpan(first / channel.sfreq, (stop - first) / channel.sfreq, EpochScore(stage))
            for (first, stop), stage in zip(runs, stages, strict=True)
        )
        return StoredScoring(recording.start, spans, duration_s=recording.duration_s)

    return scoring_of_numbers(
        path,
        [int(codes[first]) for first, _ in runs],
        build,
        lengths=[(stop - first) / channel.sfreq / EPOCH_S for first, stop in runs],
    )


def _channel(path: Path, recording: Recording) -> Channel:
    for channel in recording.channels:
        if LABEL.search(channel.label):
            return channel
    raise ScoringError(
        "{file} holds neither annotations of stages nor a signal that is "
        "named as a hypnogram; choose the file with the scoring.",
        file=path.name,
    )
