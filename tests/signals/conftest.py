from pathlib import Path

import numpy as np
import pytest

from sleepscorer.domain.channels import Channel, kind_of_label
from sleepscorer.domain.recording import Recording, Stretch, sample_range


class Stored(Recording):
    """Signals in memory, by label: values, rate and unit."""

    def __init__(self, signals: dict[str, tuple[np.ndarray, float, str]]) -> None:
        self._signals = signals
        duration_s = max(values.size / sfreq for values, sfreq, _unit in signals.values())
        super().__init__(
            Path("night.edf"),
            start=None,
            channels=tuple(
                Channel(index, label, kind_of_label(label), unit, sfreq)
                for index, (label, (_values, sfreq, unit)) in enumerate(signals.items())
            ),
            stretches=(Stretch(0, duration_s),),
        )

    def read(self, channel, start_s, stop_s):
        values, sfreq, _unit = self._signals[channel.label]
        first, stop = sample_range(start_s, stop_s, sfreq, values.size)
        return values[first:stop].copy()

    def read_annotations(self):
        return ()

    def close(self):
        pass


@pytest.fixture(scope="session")
def stored_recording() -> type[Stored]:
    """Makes a recording of signals in memory."""
    return Stored
