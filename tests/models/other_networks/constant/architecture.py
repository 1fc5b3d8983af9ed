"""What the rest of the program needs to know of it."""

import numpy as np

from model.network import STAGES, Answer, InputChannel, InputSpec
from model.registry import Architecture


class ConstantNetwork:
    """Gives every epoch the probabilities that are stored, which its configuration may sharpen."""

    spec = InputSpec((InputChannel("EEG", (0.5, 30.0), 70.0),), sfreq=64.0, epoch_s=30.0)
    tasks = (STAGES,)

    def __init__(self, row: np.ndarray) -> None:
        self._row = row

    def predict(self, epochs, runs, *, progress) -> Answer:
        """Say it of every epoch of a run."""
        assert epochs.shape[1:] == (1, self.spec.n_times)
        probabilities = np.full((len(epochs), len(self._row)), np.nan, np.float32)
        for start, stop in runs:
            probabilities[start:stop] = self._row
        progress(1.0)
        return Answer({STAGES.name: probabilities})


def build(description, tensors, device) -> ConstantNetwork:
    """Make it of the stored row."""
    row = tensors["row"].numpy() ** description.configuration["sharpness"]
    return ConstantNetwork((row / row.sum()).astype(np.float32))


ARCHITECTURE = Architecture(build)
