"""Hypnogram as an EDF+ file of annotations."""

from __future__ import annotations

from pathlib import Path

from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.io.edf_writing import write_annotation_file


def write_edf_hypnogram(path: Path, scored: ScoredRecording) -> None:
    """Write one AASM annotation an epoch, contiguous from the start of the recording.

    Raises
    ------
    ScoringError
        The file can't be written.
    """
    annotations = tuple(
        Annotation(epoch * EPOCH_S, EPOCH_S, stage.edf_text)
        for epoch, stage in enumerate(scored.scoring.stages)
    )
    write_annotation_file(path, annotations, start=scored.recording.start)
