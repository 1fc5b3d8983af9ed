"""From a recording and a network to a hypnodensity."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.signal  # noqa: F401  before torch: no thread can import it while another imports that

from model.files import WeightsError
from model.weights import LoadedModel, load
from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import AutoscoringError, is_out_of_memory
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.prediction import STAGES, Prediction
from sleepscorer.domain.recording import Recording
from sleepscorer.models.calibration import tempered
from sleepscorer.models.store import ModelStore
from sleepscorer.network_input import read_input

Progress = Callable[[float], None]

_READING_SHARE = 0.2
"""Part of the time that reading and filtering take, for the progress bar."""


def load_model(path: Path | None = None) -> LoadedModel:
    """Load a version of a network, on CUDA when there is one.

    Parameters
    ----------
    path
        Its file; that of the version in use, with its calibration, by default.

    Raises
    ------
    AutoscoringError
        The weights are missing, damaged or not the ones their description names.
    ModelStoreError
        The version in use can't be told.
    """
    temperatures: Mapping[str, float] = {}
    if path is None:
        store = ModelStore()
        version = store.active()
        path = store.path_of(version)
        calibration = store.calibration(version)
        temperatures = {} if calibration is None else calibration.temperatures
    try:
        return replace(load(path), temperatures=temperatures)
    except WeightsError as error:
        raise AutoscoringError(str(error)) from error
    except (RuntimeError, MemoryError) as error:  # torch has the first for nearly everything
        raise AutoscoringError(f"{path.name} could not be loaded: {_cause(error)}.") from error


@dataclass(frozen=True, slots=True, eq=False)
class Staging:
    """What staging a recording leaves behind.

    Attributes
    ----------
    predictions
        What the network answered, one for each of its tasks; the stages are among them.
    hypnodensity
        The stages.
    epochs
        The network's input, shape (n_epochs, n_chans, n_times), float32, µV; zero for epochs at a
        gap. The first channel is the derivation that was chosen.
    features
        The network's features of each epoch by itself, float32, the epochs along the first axis:
        epochs that look alike to it are close. NaN for epochs at a gap; None for a network without.
    """

    predictions: tuple[Prediction, ...]
    hypnodensity: Hypnodensity
    epochs: npt.NDArray[np.float32]
    features: npt.NDArray[np.float32] | None


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
        The recording has no complete epoch, is sampled too slowly or lacks a channel that the
        network needs, the network does not stage, or it failed, as it does where there is not
        enough memory.
    RecordingError
        The derivation can't be read.
    """
    network = model.network
    seen = read_input(
        recording,
        {network.spec.channels[0].role: derivation},
        network.spec,
        gain=gain,
        progress=lambda done: progress(_READING_SHARE * done),
    )
    if not seen.runs:
        raise AutoscoringError(
            f"{recording.path.name} has no complete {EPOCH_S:g}-s epoch, so there is nothing to "
            "stage."
        )
    try:
        answer = network.predict(
            seen.epochs,
            seen.runs,
            progress=lambda done: progress(_READING_SHARE + (1 - _READING_SHARE) * done),
        )
    except (RuntimeError, MemoryError) as error:
        raise AutoscoringError(
            f"{recording.path.name} could not be staged: {_cause(error)}."
        ) from error
    predictions = tuple(
        Prediction(
            task=task.name,
            classes=task.classes,
            probabilities=tempered(
                answer.probabilities[task.name], model.temperatures.get(task.name, 1.0)
            ),
            model=f"{model.name} {model.version}",
            sha256=model.sha256,
            derivation=derivation.name if gain == 1 else f"{derivation.name} × {gain:g}",
        )
        for task in network.tasks
    )
    stages = next((one for one in predictions if one.task == STAGES), None)
    if stages is None:
        raise AutoscoringError(
            f"{model.name} {model.version} does not stage sleep. Choose another version."
        )
    return Staging(predictions, stages.hypnodensity(), seen.epochs, answer.features)


def _cause(error: Exception) -> str:
    if is_out_of_memory(error):
        return "there is not enough memory; close other programs and try again"
    first_line = (str(error).splitlines() or [""])[0]
    return f"the network failed ({first_line[:200]})"
