"""Full-epoch recordings for evaluation: a recording and a text file of stages."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from model.mc2sleepnet.preprocessing import INPUT
from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.stages import Stage
from sleepscorer.io.recordings import open_recording
from sleepscorer.network_input import Runs, read_input


@dataclass(frozen=True, slots=True, eq=False)
class FullRecording:
    """Epochs of one derivation and their stages.

    Attributes
    ----------
    name
        File name without suffix.
    signal_uv, sfreq
        As recorded, shape (n_times,), µV, NaN where there is a gap; and its sampling rate in Hz.
    epochs
        Prepared, shape (n, 3000), float32, µV; zero where the recording has a gap.
    stages
        Shape (n,), int8, 0-4 or -1 for unscored, which epochs at a gap are.
    runs
        Half-open ranges of the epochs that no gap touches.
    """

    name: str
    signal_uv: npt.NDArray[np.floating[Any]]
    sfreq: float
    epochs: npt.NDArray[np.float32]
    stages: npt.NDArray[np.int8]
    runs: Runs


def read_full_recording(
    path: Path, stages_path: Path, derivation: str | None = None
) -> FullRecording:
    """Read a stored derivation as the application does, and one stage name per line.

    Parameters
    ----------
    path
        Recording.
    stages_path
        One of W, N1, N2, N3, R per line, from the first epoch on; an empty line is unscored.
    derivation
        Label of the signal; the only signal by default.

    Raises
    ------
    ValueError
        If the signal is not there or no voltage, a line is no stage, or there are more stages than
        epochs.
    SleepScorerError
        If the recording can't be read, or is sampled too slowly.
    """
    with closing(open_recording(path)) as recording:
        label = _label(recording, derivation)
        derived = Derivation(label)
        seen = read_input(recording, {INPUT.channels[0].role: derived}, INPUT)
        signal_uv = recording.read_derivation(derived, 0.0, recording.duration_s)
        sfreq = recording.channel(label).sfreq
    lines = stages_path.read_text(encoding="utf-8").splitlines()
    scored = np.array(
        [_stage(stages_path, *one) for one in enumerate(lines, start=1)], dtype=np.int8
    )
    if len(scored) > len(seen.epochs):
        raise ValueError(f"{stages_path}: {len(scored)} stages for {len(seen.epochs)} epochs")
    stages = np.full(len(seen.epochs), Stage.UNSCORED, dtype=np.int8)
    for start, stop in seen.runs:
        found = scored[start:stop]
        stages[start : start + len(found)] = found
    return FullRecording(path.stem, signal_uv, sfreq, seen.epochs[:, 0], stages, seen.runs)


def _stage(path: Path, number: int, line: str) -> Stage:
    try:
        return Stage.from_label(line.strip())
    except KeyError as error:
        raise ValueError(
            f"{path}, line {number}: “{line.strip()[:40]}” is no stage; write W, N1, N2, N3, R or "
            "nothing"
        ) from error


def _label(recording: Recording, wanted: str | None) -> str:
    chosen = [channel for channel in recording.channels if wanted in (None, channel.label)]
    if len(chosen) != 1:
        labels = ", ".join(channel.label for channel in recording.channels)
        raise ValueError(f"{recording.path}: name one derivation of {labels}")
    if chosen[0].unit != "µV":
        raise ValueError(f"{recording.path}: unknown unit {chosen[0].unit!r}")
    return chosen[0].label
