"""Waves found in a derivation: what a scorer looks for beside the background."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.phrases import Phrase


class WaveKind(Enum):
    """One kind of wave; the value is the name shown."""

    SPINDLE = Phrase("Spindle")
    K_COMPLEX = Phrase("K-complex")
    SLOW_WAVE = Phrase("Slow wave")
    VERTEX_WAVE = Phrase("Vertex sharp wave")
    SLOW_EYE_MOVEMENT = Phrase("Slow eye movement")
    RAPID_EYE_MOVEMENT = Phrase("Rapid eye movement")


@dataclass(frozen=True, slots=True, eq=False)
class Waves:
    """All waves of one kind in one derivation, in order of onset.

    Attributes
    ----------
    kind
        What they are.
    channel
        Name of the derivation.
    onsets_s, durations_s
        Seconds, onsets from the start of the recording, shape (n_waves,).
    amplitudes_uv
        Peak to peak, shape (n_waves,).

    Raises
    ------
    ValueError
        The arrays differ in length or the onsets are not in order.
    """

    kind: WaveKind
    channel: str
    onsets_s: npt.NDArray[np.float64]
    durations_s: npt.NDArray[np.float64]
    amplitudes_uv: npt.NDArray[np.float64]

    def __post_init__(self) -> None:
        if not self.onsets_s.shape == self.durations_s.shape == self.amplitudes_uv.shape:
            raise ValueError("onsets, durations and amplitudes differ in number")
        if (np.diff(self.onsets_s) < 0).any():
            raise ValueError("the onsets are not in order")

    def __len__(self) -> int:
        return int(self.onsets_s.size)

    @property
    def stops_s(self) -> npt.NDArray[np.float64]:
        """Ends of the waves, seconds from the start of the recording."""
        return self.onsets_s + self.durations_s

    def between(
        self, start_s: float, stop_s: float
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Onsets and stops in seconds of waves that reach into ``[start_s, stop_s)``."""
        here = (self.onsets_s < stop_s) & (self.stops_s > start_s)
        return self.onsets_s[here], self.stops_s[here]

    def chosen(self, mask: npt.NDArray[np.bool_]) -> Waves:
        """Waves for which a mask of shape (n_waves,) is true."""
        return Waves(
            self.kind,
            self.channel,
            self.onsets_s[mask],
            self.durations_s[mask],
            self.amplitudes_uv[mask],
        )
