"""Epochs of nights of several channels, for stages that want one of them and for the others.

Legend of the shape comments: n epochs, m channels, t samples.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from model.synthsleepnet.config import SynthSleepNetConfig
from training.data.modalities import ModalNight
from training.neuronet.nights import FloatEpochs
from training.neuronet.unimodal_stage import evenly


class ModalEpochs:
    """Epochs of all channels, by their number among those of all nights."""

    def __init__(self, nights: Sequence[ModalNight]) -> None:
        self._nights = nights
        self._first_rows = np.cumsum([0, *(len(night.stages) for night in nights)])

    def __len__(self) -> int:
        return int(self._first_rows[-1])

    def read_rows(self, rows: npt.NDArray[np.intp]) -> FloatEpochs:
        """Epochs by their number, shape (n_rows, m, t)."""
        nights = self._first_rows.searchsorted(rows, side="right") - 1
        places = zip(nights.tolist(), (rows - self._first_rows[nights]).tolist(), strict=True)
        return np.concatenate([read(self._nights[night], row, row + 1) for night, row in places])

    def stages(self) -> npt.NDArray[np.int8]:
        """Stage of each, -1 where it was not scored."""
        return np.concatenate([night.stages for night in self._nights])


class ModalityEpochs:
    """Epochs of the channels of one modality, where they are there, one after the other."""

    def __init__(
        self, nights: Sequence[ModalNight], config: SynthSleepNetConfig, modality: str
    ) -> None:
        channels = [i for i, one in enumerate(config.channels) if one.modality == modality]
        self._nights = nights
        places = [
            np.stack(np.broadcast_arrays(index, np.flatnonzero(there), channel), axis=1)
            for index, night in enumerate(nights)
            for channel in channels
            if (there := _is_there(night, channel)).any()
        ]
        # Of each epoch night, row and channel.
        self._places = np.concatenate([np.empty((0, 3), np.intp), *places])

    def __len__(self) -> int:
        return len(self._places)

    def start_pass(self, train_pass: int) -> None:
        """Draw nothing anew."""

    def read_rows(self, rows: npt.NDArray[np.intp]) -> FloatEpochs:
        """Epochs by their number, shape (n_rows, t)."""
        return np.stack(
            [
                read(self._nights[night], row, row + 1)[0, channel]
                for night, row, channel in self._places[rows].tolist()
            ]
        )

    def stages(self) -> npt.NDArray[np.int8]:
        """Stage of each, -1 where it was not scored."""
        return np.array(
            [self._nights[night].stages[row] for night, row, _ in self._places.tolist()], np.int8
        )


def scored_epochs(
    source: ModalEpochs | ModalityEpochs, most: int
) -> tuple[FloatEpochs, npt.NDArray[np.int8]] | None:
    """At most so many of the scored epochs, evenly, and their stages; None where there are none."""
    stages = source.stages()
    rows = np.flatnonzero(stages >= 0)
    rows = rows[evenly(len(rows), most)]
    return (source.read_rows(rows), stages[rows]) if len(rows) else None


def read(night: ModalNight, start: int, stop: int) -> FloatEpochs:
    """Epochs ``[start, stop)`` of a night, shape (stop - start, m, t)."""
    epochs: FloatEpochs = np.asarray(night.epochs[start:stop], np.float32)
    return epochs


def dropped(epochs: Tensor, share: float) -> Tensor:
    """Take channels but the first out of epochs (b, m, t), each with a probability of `share`."""
    if not share:
        return epochs
    is_out = torch.rand(epochs.shape[:2]) < share
    is_out[:, 0] = False
    return epochs.masked_fill(is_out[..., None].to(epochs.device), torch.nan)


def _is_there(night: ModalNight, channel: int) -> npt.NDArray[np.bool_]:
    """Epochs in which a channel is not missing, (n,), by their first samples alone."""
    samples: Any = night.epochs
    there: npt.NDArray[np.bool_] = ~np.isnan(samples[:, channel, 0])
    return there
