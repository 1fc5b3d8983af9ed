"""CSV with one row an epoch."""

from __future__ import annotations

import csv
from pathlib import Path

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.stages import Stage
from sleepscorer.io.atomic import replacing

HEADER = (
    "epoch,clock_time,onset_s,duration_s,stage,source,confidence,p_w,p_n1,p_n2,p_n3,p_r,comment"
)


def write_csv(path: Path, scored: ScoredRecording) -> None:
    """Write the scoring; epochs count from 1, clock times are ISO 8601.

    Raises
    ------
    ScoringError
        The file can't be written.
    """
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER.split(","))
        for epoch, score in enumerate(scored.scoring.scores):
            clock_time = scored.clock_time(epoch)
            writer.writerow(
                (
                    epoch + 1,
                    "" if clock_time is None else clock_time.isoformat(),
                    f"{epoch * EPOCH_S:.0f}",
                    f"{EPOCH_S:.0f}",
                    score.stage.label,
                    score.source,
                    *_confidence_and_probabilities(scored, epoch),
                    "",
                )
            )


def _confidence_and_probabilities(scored: ScoredRecording, epoch: int) -> tuple[str, ...]:
    hypnodensity = scored.scoring.hypnodensity
    if hypnodensity is None or hypnodensity.stage(epoch) is Stage.UNSCORED:
        return ("",) * 6
    row = hypnodensity.probabilities[epoch]
    return tuple(f"{value:.4f}" for value in (hypnodensity.confidence(epoch), *row))
