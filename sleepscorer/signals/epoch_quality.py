"""How good a derivation is, epoch by epoch: which of several can be relied on when.

What is wrong with a signal by itself (flat, clipped, an amplitude that no EEG has) makes an epoch
one that can't be staged. What muscle looks like too (noise, and mains) only shows beside other
derivations of the same moment, and only takes the vote away where a better one is left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy

from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.versions import InputRange
from sleepscorer.domain.votes import SignalFault

_FLAT_RATIO = 0.02
_USUAL_RANGE_UV = 100.0
_FLAT_SECONDS = 15
_CLIPPED_SECONDS = 6
_LOWEST_RATIO = 0.25
_HIGHEST_RATIO = 5.0
"""A single epoch may be quieter or louder than what a typical epoch of a night is at most."""
_FAST_HZ = (25.0, 35.0)
_ALIKE, _APART = 2.0, 4.0
"""Power density at 25-35 Hz over the least of all derivations: up to the first nothing is wrong,
from the second on a derivation does not count. Of six awake adults (EEGMAT; F4-A1, C3-A2, O2-A1)
the greatest ratio is 2.0; 5 µV of white noise at 100 Hz make 5 to 12 of it asleep, 2 to 5 awake."""
_MAINS_HZ = (50.0, 60.0)
_MAINS_UV = 15.0
_SMOOTHED_EPOCHS = 11
"""A loose electrode is loose for minutes; a burst of muscle below one electrode is not."""
_SEGMENT_S = 4
_EPOCHS_AT_ONCE = 32

_Float32 = npt.NDArray[np.float32]
_Int8 = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class EpochQuality:
    """Measures of each epoch of one derivation, shape (n_epochs,); NaN where it has a gap.

    Attributes
    ----------
    deviation_uv
        At 0.3-35 Hz.
    flat_seconds, clipped_seconds
        How many of its 30 seconds do not move, and stay at the limit of the night.
    fast
        Power density at 25-35 Hz, µV²/Hz.
    mains_uv
        Of the mains.
    """

    deviation_uv: _Float32
    flat_seconds: _Float32
    clipped_seconds: _Float32
    fast: _Float32
    mains_uv: _Float32

    @classmethod
    def of(cls, values: _Float32, sfreq: float) -> EpochQuality:
        """Measure a signal from the start of its first epoch.

        Parameters
        ----------
        values
            Shape (n_times,), µV; NaN marks gaps.
        sfreq
            Sampling rate in Hz.
        """
        n_epochs = int((values.size + 1) // (EPOCH_S * sfreq))
        return cls._measured(lambda first, stop: values[first:stop], n_epochs, sfreq)

    @classmethod
    def of_derivation(
        cls, recording: Recording, derivation: Derivation, gain: float = 1.0
    ) -> EpochQuality:
        """Read a derivation from beginning to end, an hour at a time, multiply and measure it.

        Raises
        ------
        RecordingError
            It can't be read.
        """
        sfreq = recording.channel(derivation.anode).sfreq

        def read(first: int, stop: int) -> _Float32:
            values = recording.read_derivation(derivation, first / sfreq, stop / sfreq)
            values *= np.float32(gain)
            return values

        return cls._measured(read, recording.n_epochs, sfreq)

    @classmethod
    def _measured(
        cls, read: Callable[[int, int], _Float32], n_epochs: int, sfreq: float
    ) -> EpochQuality:
        """Measure epochs a few at a time, then judge them by the limits of the whole night."""
        n_window = EPOCH_S * sfreq
        starts = np.round(np.arange(n_epochs) * n_window).astype(np.int64)
        spectral = np.full((3, n_epochs), np.nan, np.float32)
        counts = np.full((2, n_epochs), np.nan, np.float32)
        seconds, measured = [], []
        for first in range(0, n_epochs, _EPOCHS_AT_ONCE):
            own = starts[first : first + _EPOCHS_AT_ONCE]
            values = read(int(own[0]), int(own[-1]) + int(n_window))
            # Rounding may cost the recording its last sample: the one before it stands in.
            values = np.pad(values, (0, 1), "edge")
            windows = values[(own - own[0])[:, None] + np.arange(int(n_window))]
            whole = np.isfinite(windows).all(axis=1)
            if whole.any():
                seconds.append(_Seconds.of(windows[whole], round(sfreq)))
                measured.append(first + np.flatnonzero(whole))
                spectral[:, measured[-1]] = _spectral(windows[whole], sfreq)
        if seconds:
            counts[:, np.concatenate(measured)] = _Seconds.joined(seconds).counts()
        deviation_uv, fast, mains_uv = spectral
        return cls(deviation_uv, counts[0], counts[1], fast, mains_uv)

    @property
    def is_measured(self) -> npt.NDArray[np.bool_]:
        """Which epochs have no gap."""
        return np.isfinite(self.fast)

    def faults(self, known: InputRange | None) -> _Int8:
        """What is wrong with each epoch by itself; nothing where there is a gap.

        Parameters
        ----------
        known
            What the network knows; amplitudes are not judged where that was not recorded.
        """
        faults = np.zeros(self.deviation_uv.size, np.int8)
        if known is not None:
            lowest_uv = _LOWEST_RATIO * known.lowest_uv
            highest_uv = _HIGHEST_RATIO * known.highest_uv
            strange = (self.deviation_uv < lowest_uv) | (self.deviation_uv > highest_uv)
            faults[strange] = SignalFault.OUT_OF_RANGE
        faults[self.clipped_seconds >= _CLIPPED_SECONDS] = SignalFault.CLIPPED
        faults[self.flat_seconds >= _FLAT_SECONDS] = SignalFault.FLAT
        return faults


def judged(
    qualities: Sequence[EpochQuality],
    known: InputRange | None,
    fit: Sequence[bool] | None = None,
) -> tuple[tuple[_Float32, _Int8], ...]:
    """Weigh derivations of one recording against each other, epoch by epoch.

    Parameters
    ----------
    qualities
        One for each derivation.
    known
        What the network knows.
    fit
        Which of them look like EEG on the whole, all without. Where these can be used in half of
        the night, others do not vote in any of it, and noise is not measured by them: what is no
        EEG, or was filtered, has less fast activity than any.

    Returns
    -------
    judgements
        Weights, 0 to 1, and the `SignalFault` of each derivation, both of shape (n_epochs,). A
        single derivation has weight 1 wherever nothing is wrong with it by itself.
    """
    alone = np.array([quality.faults(known) for quality in qualities])
    measured = np.array([one.is_measured for one in qualities])
    is_fit = np.ones(len(qualities), bool) if fit is None else np.array(fit)
    usable = (alone == SignalFault.NONE) & measured
    if 2 * usable[is_fit].any(axis=0).sum() >= max(measured.any(axis=0).sum(), 1):
        alone[~is_fit[:, None] & usable] = SignalFault.NOT_FIT
        usable[~is_fit] = False
    fast = np.where(usable, [np.maximum(one.fast, 1e-12) for one in qualities], np.nan)
    logarithms = np.log2(fast)
    least = np.where(usable.any(axis=0), np.min(np.where(usable, logarithms, np.inf), axis=0), 0)
    excess = np.array([_smoothed(row) for row in logarithms - least])
    low, high = np.log2(_ALIKE), np.log2(_APART)
    weights = np.clip((high - excess) / (high - low), 0, 1)
    mains = np.array(
        [
            _smoothed(np.where(there, one.mains_uv, np.nan))
            for there, one in zip(usable, qualities, strict=True)
        ]
    )
    faults = alone.copy()
    faults[usable & (weights == 0)] = SignalFault.NOISE
    faults[usable & (mains > _MAINS_UV)] = SignalFault.MAINS
    # Where all are noisy, or all have mains, there is no better one to give the word to.
    nobody = ~(faults == SignalFault.NONE).any(axis=0)
    faults[:, nobody] = alone[:, nobody]
    weights[:, nobody] = 1
    weights[faults != SignalFault.NONE] = 0
    return tuple(zip(weights.astype(np.float32), faults, strict=True))


def _smoothed(row: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.float64]:
    """Running median of what is there; 0 for what is not."""
    there = np.isfinite(row)
    result = np.zeros(row.size)
    if there.any():
        result[there] = scipy.ndimage.median_filter(
            row[there], min(_SMOOTHED_EPOCHS, int(there.sum())), mode="nearest"
        )
    return result


@dataclass(frozen=True, slots=True, eq=False)
class _Seconds:
    """Extremes of the seconds of windows without gaps, shape (n_windows, n_seconds) each.

    Attributes
    ----------
    highest, lowest
        Extreme values.
    kept_high, kept_low
        Highest and lowest value that three samples in a row reach.
    """

    highest: _Float32
    lowest: _Float32
    kept_high: _Float32
    kept_low: _Float32

    @classmethod
    def of(cls, windows: _Float32, per_second: int) -> _Seconds:
        n_seconds = windows.shape[1] // per_second
        seconds = windows[:, : n_seconds * per_second].reshape(len(windows), n_seconds, per_second)
        before, middle, after = seconds[..., :-2], seconds[..., 1:-1], seconds[..., 2:]
        return cls(
            seconds.max(axis=2),
            seconds.min(axis=2),
            np.minimum(np.minimum(before, middle), after).max(axis=2, initial=-np.inf),
            np.maximum(np.maximum(before, middle), after).min(axis=2, initial=np.inf),
        )

    @classmethod
    def joined(cls, parts: Sequence[_Seconds]) -> _Seconds:
        return cls(
            np.concatenate([part.highest for part in parts]),
            np.concatenate([part.lowest for part in parts]),
            np.concatenate([part.kept_high for part in parts]),
            np.concatenate([part.kept_low for part in parts]),
        )

    def counts(self) -> npt.NDArray[np.int64]:
        """How many seconds of each window are flat, and are clipped, shape (2, n_windows)."""
        ranges = self.highest - self.lowest
        # Relative to the night: in volts everything moves by less than a microvolt. But where the
        # greater part of it is no EEG, its lesser part must not be called flat.
        flat = ranges <= _FLAT_RATIO * min(float(np.percentile(ranges, 90)), _USUAL_RANGE_UV)
        highest, lowest = self.highest.max(), self.lowest.min()
        near = (highest - lowest) * 1e-4
        clipped = (self.kept_high >= highest - near) | (self.kept_low <= lowest + near)
        return np.stack((flat.sum(axis=1), (clipped & ~flat).sum(axis=1)))


def _spectral(windows: _Float32, sfreq: float) -> _Float32:
    """Deviation, fast activity and mains of windows without gaps, shape (3, n_windows)."""
    n_segment = min(round(_SEGMENT_S * sfreq), windows.shape[1])
    frequencies_hz, density = scipy.signal.welch(windows, sfreq, nperseg=n_segment)
    width_hz = frequencies_hz[1]
    inside = (frequencies_hz >= 0.3) & (frequencies_hz < 35)
    fast = (frequencies_hz >= _FAST_HZ[0]) & (frequencies_hz < min(_FAST_HZ[1], 0.45 * sfreq))
    return np.array(
        [
            np.sqrt(density[:, inside].sum(axis=1) * width_hz),
            density[:, fast].mean(axis=1) if fast.any() else np.zeros(len(windows)),
            _mains_uv(frequencies_hz, density, sfreq),
        ],
        np.float32,
    )


def _mains_uv(
    frequencies_hz: npt.NDArray[np.floating[Any]],
    density: npt.NDArray[np.floating[Any]],
    sfreq: float,
) -> npt.NDArray[np.float64]:
    strongest = np.zeros(len(density))
    for mains_hz in _MAINS_HZ:
        # Above half the rate the mains appears mirrored.
        seen_hz = abs(mains_hz - sfreq * round(mains_hz / sfreq))
        distance_hz = np.abs(frequencies_hz - seen_hz)
        line, around = distance_hz <= 0.5, (distance_hz > 1) & (distance_hz < 5)
        if seen_hz < 25 or not line.any() or not around.any():
            continue
        beside = np.median(density[:, around], axis=1, keepdims=True)
        excess = np.maximum(density[:, line] - beside, 0).sum(axis=1) * frequencies_hz[1]
        strongest = np.maximum(strongest, np.sqrt(excess))
    return strongest
