"""Full-epoch recordings for evaluation: an EDF file and a text file of stages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import edfio
import numpy as np
import numpy.typing as npt

from model.preprocessing import cut_epochs, prepare_signal
from sleepscorer.domain.stages import Stage

_UV_PER_UNIT = {"uV": 1.0, "µV": 1.0, "mV": 1e3, "V": 1e6}


@dataclass(frozen=True, slots=True, eq=False)
class FullRecording:
    """Continuous epochs of one derivation and their stages.

    Attributes
    ----------
    name
        File name without suffix.
    epochs
        Prepared, shape (n, 3000), float32, µV.
    stages
        Shape (n,), int8, 0-4 or -1 for unscored.
    """

    name: str
    epochs: npt.NDArray[np.float32]
    stages: npt.NDArray[np.int8]


def read_full_recording(
    edf_path: Path, stages_path: Path, derivation: str | None = None
) -> FullRecording:
    """Read a derivation stored as an EDF signal, and one stage name per line.

    Parameters
    ----------
    edf_path
        Continuous EDF or EDF+ file.
    stages_path
        One of W, N1, N2, N3, R per line, from the first epoch on; an empty line is unscored.
    derivation
        Label of the signal; the only signal by default.

    Raises
    ------
    ValueError
        If the signal is not there, its unit is unknown, or there are more stages than epochs.
    """
    signals = edfio.read_edf(edf_path).signals
    chosen = [signal for signal in signals if derivation in (None, signal.label)]
    if len(chosen) != 1:
        labels = ", ".join(signal.label for signal in signals)
        raise ValueError(f"{edf_path}: name one derivation of {labels}")
    signal = chosen[0]
    if signal.physical_dimension not in _UV_PER_UNIT:
        raise ValueError(f"{edf_path}: unknown unit {signal.physical_dimension!r}")
    signal_uv = signal.data * _UV_PER_UNIT[signal.physical_dimension]
    epochs = cut_epochs(prepare_signal(signal_uv, signal.sampling_frequency))
    lines = stages_path.read_text(encoding="utf-8").splitlines()
    stages = np.array([Stage.from_label(line.strip()) for line in lines], dtype=np.int8)
    if len(stages) > len(epochs):
        raise ValueError(f"{stages_path}: {len(stages)} stages for {len(epochs)} epochs")
    unscored = np.full(len(epochs) - len(stages), Stage.UNSCORED, dtype=np.int8)
    return FullRecording(edf_path.stem, epochs, np.concatenate((stages, unscored)))
