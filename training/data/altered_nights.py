"""Copies of nights as another laboratory would have recorded them, drawn anew for every pass.

In a copy some runs of wake are replaced by wake without blinks, from other people and derivations.
Amplitude and slow waves of that wake and of what is left are drawn apart, so that neither tells
foreign wake from sleep, and everything then goes through the same drawn equipment. Wake and sleep
are filtered and soiled alike: whatever tells one copy from another tells nothing about stages.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from model.mc2sleepnet.preprocessing import SFREQ_HZ
from sleepscorer.domain.stages import Stage
from training.corpora.eegmat import AwakeSubject
from training.corpora.partial_epochs import PIECE_TIMES, low_passed
from training.data.config import AlterationConfig
from training.data.equipment import Equipment
from training.data.nights import Night

_ALPHA_HZ, _ALPHA_WIDTH_HZ = 10.25, 1.6
"""Half of what is lost is lost at 8.6 and 11.9 Hz."""


@dataclass(frozen=True, slots=True, eq=False)
class AwakePieces:
    """Wake of one person and derivation.

    Attributes
    ----------
    subject, derivation
        Whose, and which.
    pieces_uv
        Successive pieces of 5 s, low-passed as those of partial nights, shape (n, 500).
    """

    subject: str
    derivation: str
    pieces_uv: npt.NDArray[np.float32]


def cut_awake_pieces(subjects: Sequence[AwakeSubject]) -> tuple[AwakePieces, ...]:
    """Cut all derivations of all subjects into pieces; a rest shorter than one is left out."""
    return tuple(
        AwakePieces(
            each.subject,
            derivation,
            low_passed(
                np.concatenate(
                    [
                        part[: len(part) // PIECE_TIMES * PIECE_TIMES].reshape(-1, PIECE_TIMES)
                        for part in parts
                    ]
                )
            ),
        )
        for each in subjects
        for derivation, parts in each.recordings_uv.items()
    )


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class AlteredNight(Night):
    """A copy of a partial night that is another one each time it is drawn.

    Attributes
    ----------
    awake
        By derivation, what its wake may be replaced by; not empty.
    alterations
        Ranges to draw from.
    """

    awake: dict[str, list[AwakePieces]]
    alterations: AlterationConfig

    @property
    def is_redrawn(self) -> bool:
        """True."""
        return True

    def drawn(self, rng: np.random.Generator) -> Night:
        """Draw the copy."""
        ranges = self.alterations
        pieces_uv = self.samples_uv[:]
        deviation_uv = float(np.median(pieces_uv.std(axis=1)))
        rest = Equipment(
            gain=_draw_gain(deviation_uv, rng, ranges),
            slow_gain_db=rng.uniform(*ranges.rest_slow_gain_db),
        )
        recorded = rest.record(pieces_uv).astype(np.float32)
        derivation = ranges.wake_derivations[rng.integers(len(ranges.wake_derivations))]
        choice = self.awake[derivation]
        source = choice[rng.integers(len(choice))].pieces_uv
        for first, stop in _wake_runs(self.stages):
            if rng.random() < ranges.wake_share:
                rows = (rng.integers(len(source)) + np.arange(stop - first)) % len(source)
                wake = Equipment(
                    gain=_draw_log_uniform(rng, ranges.wake_gain),
                    slow_gain_db=rng.uniform(*ranges.wake_slow_gain_db),
                )
                recorded[first:stop] = wake.record(_drawn_alpha(source[rows], rng, ranges))
        return Night(
            self.name,
            self.subject,
            recorded,
            self.stages,
            self.runs,
            _draw_equipment(rng, ranges),
        )


def with_altered_copies(
    nights: Sequence[Night], awake: Sequence[AwakePieces], alterations: AlterationConfig
) -> tuple[Night, ...]:
    """Nights, and after them the copies of the partial ones.

    Raises
    ------
    ValueError
        If nobody has a derivation that wake is to be taken from.
    """
    by_derivation = {
        derivation: [each for each in awake if each.derivation == derivation]
        for derivation in alterations.wake_derivations
    }
    absent = sorted(name for name, found in by_derivation.items() if not found)
    if absent:
        raise ValueError(f"nobody who is awake has {', '.join(absent)}")
    copies = [
        AlteredNight(
            f"{night.name} altered",
            night.subject,
            night.samples_uv,
            night.stages,
            night.runs,
            awake=by_derivation,
            alterations=alterations,
        )
        for _ in range(alterations.copies)
        for night in nights
        if night.is_partial
    ]
    return (*nights, *copies)


def _wake_runs(stages: npt.NDArray[np.int8]) -> list[tuple[int, int]]:
    """Half-open ranges of consecutive rows of wake."""
    edges = [0, *(np.flatnonzero(np.diff(stages)) + 1).tolist(), len(stages)]
    return [(first, stop) for first, stop in pairwise(edges) if stages[first] == Stage.W]


def _drawn_alpha(
    pieces_uv: npt.NDArray[np.float32], rng: np.random.Generator, ranges: AlterationConfig
) -> npt.NDArray[np.float32]:
    """Pieces of wake, of which some runs have less alpha."""
    if not ranges.wake_alpha_share or rng.random() >= ranges.wake_alpha_share:
        return pieces_uv
    lost = 1 - 10 ** (-rng.uniform(*ranges.wake_alpha_loss_db) / 20)
    n_times = pieces_uv.shape[1]
    distance = (np.fft.rfftfreq(n_times, 1 / SFREQ_HZ) - _ALPHA_HZ) / _ALPHA_WIDTH_HZ
    kept = 1 - lost * np.exp(-0.5 * distance**8)
    faded = np.fft.irfft(np.fft.rfft(pieces_uv, axis=1) * kept, n=n_times, axis=1)
    return faded.astype(np.float32)


def _draw_gain(deviation_uv: float, rng: np.random.Generator, ranges: AlterationConfig) -> float:
    """Factor on a night whose pieces have a median standard deviation of `deviation_uv`."""
    if rng.random() >= ranges.relative_gain_share:
        return _draw_log_uniform(rng, ranges.gain)
    towards = (ranges.relative_gain_uv / deviation_uv) ** rng.random()
    low, high = ranges.relative_gain_limits
    return float(np.clip(towards * rng.uniform(0.8, 1.25), low, high))


def _draw_equipment(rng: np.random.Generator, ranges: AlterationConfig) -> Equipment:
    strong = rng.random() < ranges.strong_noise_share
    equipment = Equipment(
        gain=-1.0 if rng.random() < ranges.flip_share else 1.0,
        slow_gain_db=rng.uniform(*ranges.slow_gain_db),
        noise_uv=_draw_log_uniform(rng, ranges.strong_noise_uv if strong else ranges.noise_uv),
        noise_seed=int(rng.integers(2**31)),
    )
    if rng.random() < ranges.high_pass_share:
        order = int(rng.integers(1, 3))
        high_pass_hz = _draw_log_uniform(rng, ranges.high_pass_hz)
        equipment = replace(equipment, high_pass_hz=high_pass_hz, high_pass_order=order)
    if rng.random() < ranges.low_pass_share:
        equipment = replace(equipment, low_pass_hz=_draw_log_uniform(rng, ranges.low_pass_hz))
    return equipment


def _draw_log_uniform(rng: np.random.Generator, limits: tuple[float, float]) -> float:
    return math.exp(rng.uniform(math.log(limits[0]), math.log(limits[1])))
