"""Epochs that look alike to the network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

_SMALLEST_DEVIATION = 1e-6


@dataclass(frozen=True, slots=True)
class SimilarEpoch:
    """An epoch and how much it is like the one that was asked about.

    Attributes
    ----------
    epoch
        Its index.
    similarity
        Cosine of the angle between the two epochs' features, -1 to 1.
    """

    epoch: int
    similarity: float


@dataclass(frozen=True, slots=True, eq=False)
class FeatureSpace:
    """The network's features of all epochs of a night, as directions.

    Attributes
    ----------
    directions
        Unit vectors, shape (n_epochs, n_features); NaN where an epoch was not staged.
    """

    directions: npt.NDArray[np.float32]

    @classmethod
    def of(cls, features: npt.NDArray[np.floating[Any]]) -> FeatureSpace:
        """Standardise features over the night.

        Every feature is brought to mean 0 and deviation 1: unscaled, the few that vary most would
        decide alone.

        Parameters
        ----------
        features
            Shape (n_epochs, …), any number of features; a row with NaN is an epoch without.
        """
        rows = np.asarray(features, np.float32).reshape(len(features), -1)
        known = np.isfinite(rows).all(axis=1)
        directions = np.full_like(rows, np.nan)
        if known.any():
            chosen = rows[known]
            chosen = (chosen - chosen.mean(axis=0)) / (chosen.std(axis=0) + _SMALLEST_DEVIATION)
            lengths = np.linalg.norm(chosen, axis=1, keepdims=True)
            directions[known] = chosen / np.maximum(lengths, _SMALLEST_DEVIATION)
        directions.flags.writeable = False
        return cls(directions)

    def nearest(
        self, epoch: int, n_nearest: int = 10, among: npt.NDArray[np.bool_] | None = None
    ) -> tuple[SimilarEpoch, ...]:
        """Find the epochs most like one.

        Parameters
        ----------
        epoch
            Its index.
        n_nearest
            How many to find; fewer come when there are no more.
        among
            Epochs that may be found, shape (n_epochs,), for example those not reviewed yet; all
            by default. The epoch itself is never found.

        Returns
        -------
        nearest
            The most similar first, of equally similar ones the earlier; none when the epoch has
            no features.

        Raises
        ------
        IndexError
            There is no such epoch.
        """
        if not 0 <= epoch < len(self.directions):
            raise IndexError(f"epoch {epoch} is outside the {len(self.directions)} epochs")
        similarities = self.directions @ self.directions[epoch]
        candidates = ~np.isnan(similarities)
        candidates[epoch] = False
        if among is not None:
            candidates &= among
        epochs = np.flatnonzero(candidates)
        order = np.argsort(-similarities[epochs], kind="stable")[:n_nearest]
        return tuple(SimilarEpoch(int(e), float(similarities[e])) for e in epochs[order])
