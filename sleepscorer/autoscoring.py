"""From a recording and a network to a hypnodensity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.signal  # noqa: F401  before torch: no thread can import it while another imports that

from model.inference import predict_with_features
from model.preprocessing import INPUT
from model.weights import LoadedModel, WeightsError, load
from resources import WEIGHTS_PATH
from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import AutoscoringError, is_out_of_memory
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.recording import Recording
from sleepscorer.network_input import read_input

Progress = Callable[[float], None]

_READING_SHARE = 0.2
"""Part of the time that reading and filtering take, for the progress bar."""


def load_model(path: Path = WEIGHTS_PATH) -> LoadedModel:
    """Load the network, on CUDA when there is one.

    Raises
    ------
    AutoscoringError
        The weights are missing, damaged or not the ones their description names.
    """
    try:
        return load(path)
    except WeightsError as error:
        raise AutoscoringError(str(error)) from error
    except (RuntimeError, MemoryError) as error:  # torch has the first for nearly everything
        raise AutoscoringError(f"{path.name} could not be loaded: {_cause(error)}.") from error


@dataclass(frozen=True, slots=True, eq=False)
class Staging:
    """What staging a recording leaves behind.

    Attributes
    ----------
    hypnodensity
        The result.
    epochs
        The network's input, shape (n_epochs, 3000), float32, µV; zero for epochs at a gap.
    features
        The network's features of each epoch by itself, shape (n_epochs, 2, d), float32: epochs
        that look alike to it are close. NaN for epochs at a gap.
    """

    hypnodensity: Hypnodensity
    epochs: npt.NDArray[np.float32]
    features: npt.NDArray[np.float32]


def autoscore(
    recording: Recording,
    derivation: Derivation,
    model: LoadedModel,
    *,
    progress: Progress = lambda _: None,
) -> Hypnodensity:
    """Stage a recording and keep the hypnodensity alone: see :func:`stage_recording`."""
    return stage_recording(recording, derivation, model, progress=progress).hypnodensity


def stage_recording(
    recording: Recording,
    derivation: Derivation,
    model: LoadedModel,
    *,
    gain: float = 1.0,
    progress: Progress = lambda _: None,
) -> Staging:
    """Stage every complete epoch of a recording.

    Epochs that a gap of the recording touches stay without probabilities, and the network never
    sees epochs on either side of a gap as neighbours.

    Parameters
    ----------
    recording
        At least one epoch long.
    derivation
        EEG derivation of the recording.
    model
        The network.
    gain
        What the signal is multiplied by: 1e6 for volts taken for microvolts, -1 for an inverted
        one. It is written beside the name of the derivation.
    progress
        Called with the fraction done, 0 to 1; may raise to stop.

    Raises
    ------
    AutoscoringError
        The recording has no complete epoch or is sampled too slowly, or the network failed, as it
        does where there is not enough memory.
    RecordingError
        The derivation can't be read.
    """
    seen = read_input(
        recording,
        {INPUT.channels[0].role: derivation},
        INPUT,
        gain=gain,
        progress=lambda done: progress(_READING_SHARE * done),
    )
    if not seen.runs:
        raise AutoscoringError(
            f"{recording.path.name} has no complete {EPOCH_S:g}-s epoch, so there is nothing to "
            "stage."
        )
    epochs = seen.epochs[:, 0]
    try:
        prediction = predict_with_features(
            model.network,
            epochs,
            runs=seen.runs,
            progress=lambda done: progress(_READING_SHARE + (1 - _READING_SHARE) * done),
        )
    except (RuntimeError, MemoryError) as error:
        raise AutoscoringError(
            f"{recording.path.name} could not be staged: {_cause(error)}."
        ) from error
    hypnodensity = Hypnodensity(
        prediction.probabilities,
        model=f"{model.name} {model.version}",
        weights_sha256=model.sha256,
        derivation=derivation.name if gain == 1 else f"{derivation.name} × {gain:g}",
    )
    return Staging(hypnodensity, epochs, prediction.features)


def _cause(error: Exception) -> str:
    if is_out_of_memory(error):
        return "there is not enough memory; close other programs and try again"
    first_line = (str(error).splitlines() or [""])[0]
    return f"the network failed ({first_line[:200]})"
