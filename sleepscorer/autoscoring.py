"""From a recording and a network to a hypnodensity."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.signal  # noqa: F401  before torch: no thread can import it while another imports that

from model.inference import predict_with_features
from model.preprocessing import MIN_SFREQ_HZ, N_TIMES, SFREQ_HZ, prepare_signal
from model.weights import LoadedModel, WeightsError, load
from resources import WEIGHTS_PATH
from sleepscorer.domain.channels import Derivation, staging_derivations
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import AutoscoringError
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.recording import Recording, Stretch
from sleepscorer.signals.filters import finite_runs

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


def preferred_derivation(recording: Recording) -> Derivation:
    """Choose the derivation to stage.

    Raises
    ------
    AutoscoringError
        The recording has no EEG.
    """
    derivations = staging_derivations(recording.channels)
    if not derivations:
        labels = ", ".join(channel.label for channel in recording.channels)
        raise AutoscoringError(
            f"{recording.path.name} has no EEG channel that could be staged; its channels are: "
            f"{labels}. Choose one as the staging derivation if one of them is EEG."
        )
    fast = (
        derivation
        for derivation in derivations
        if recording.channel(derivation.anode).sfreq >= MIN_SFREQ_HZ
    )
    return next(fast, derivations[0])


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
        The recording has no complete epoch or is sampled too slowly.
    RecordingError
        The derivation can't be read.
    """
    channel = recording.channel(derivation.anode)
    if channel.sfreq < MIN_SFREQ_HZ:
        raise AutoscoringError(
            f"{recording.path.name}: {derivation.name} is sampled at {channel.sfreq:g} Hz; staging "
            f"needs at least {MIN_SFREQ_HZ:g} Hz. Choose another derivation."
        )
    epochs, runs = read_epochs(
        recording, derivation, gain=gain, progress=lambda done: progress(_READING_SHARE * done)
    )
    if not runs:
        raise AutoscoringError(
            f"{recording.path.name} has no complete {EPOCH_S:g}-s epoch, so there is nothing to "
            "stage."
        )
    prediction = predict_with_features(
        model.network,
        epochs,
        runs=runs,
        progress=lambda done: progress(_READING_SHARE + (1 - _READING_SHARE) * done),
    )
    hypnodensity = Hypnodensity(
        prediction.probabilities,
        model=f"{model.name} {model.version}",
        weights_sha256=model.sha256,
        derivation=derivation.name if gain == 1 else f"{derivation.name} × {gain:g}",
    )
    return Staging(hypnodensity, epochs, prediction.features)


def read_epochs(
    recording: Recording,
    derivation: Derivation,
    *,
    gain: float = 1.0,
    progress: Progress = lambda _: None,
) -> tuple[npt.NDArray[np.float32], list[tuple[int, int]]]:
    """Prepare all epochs of a derivation for the network, to be staged or trained on.

    Each stretch without gaps is filtered as a whole.

    Parameters
    ----------
    recording, derivation
        What is read.
    gain
        What the signal is multiplied by.
    progress
        Called with the fraction done, 0 to 1; may raise to stop.

    Returns
    -------
    epochs
        Shape (n_epochs, 3000), µV.
    runs
        Half-open ranges of the epochs that no gap touches; the others are zero.

    Raises
    ------
    RecordingError
        The derivation can't be read.
    ValueError
        It is sampled too slowly.
    """
    sfreq = recording.channel(derivation.anode).sfreq
    epochs = np.zeros((recording.n_epochs, N_TIMES), np.float32)
    runs = []
    for index, stretch in enumerate(recording.stretches):
        for part, values in _parts_without_gaps(recording, derivation, stretch):
            first, stop = complete_epochs(part, recording.n_epochs)
            if first < stop:
                scaled = values * np.float32(gain)
                epochs[first:stop] = _prepared_epochs(part, scaled, sfreq, first, stop)
                runs.append((first, stop))
        progress((index + 1) / len(recording.stretches))
    return epochs, runs


def complete_epochs(stretch: Stretch, n_epochs: int) -> tuple[int, int]:
    """Half-open range of the epochs that lie wholly inside a stretch."""
    first = math.ceil((stretch.start_s - 1e-6) / EPOCH_S)
    stop = min(math.floor((stretch.stop_s + 1e-6) / EPOCH_S), n_epochs)
    return first, max(first, stop)


def _parts_without_gaps(
    recording: Recording, derivation: Derivation, stretch: Stretch
) -> Iterator[tuple[Stretch, npt.NDArray[np.float32]]]:
    """Read a stretch, in parts where samples within it are missing (NaN)."""
    values = recording.read_derivation(derivation, stretch.start_s, stretch.stop_s)
    sfreq = recording.channel(derivation.anode).sfreq
    for first, stop in finite_runs(values):
        # The rounded edge of a stretch may be a sample outside it: that is no gap.
        start_s = stretch.start_s + first / sfreq if first > 1 else stretch.start_s
        is_end = values.size - stop <= 1
        stop_s = stretch.stop_s if is_end else stretch.start_s + stop / sfreq
        yield Stretch(start_s, stop_s), values[first:stop]


def _prepared_epochs(
    stretch: Stretch, values: npt.NDArray[np.float32], sfreq: float, first: int, stop: int
) -> npt.NDArray[np.float32]:
    """Network input of epochs ``[first, stop)`` of a stretch, shape (n_epochs, 3000)."""
    # The whole stretch is filtered at once: epoch by epoch, each would have its own edges.
    prepared = prepare_signal(values, sfreq)
    skip = round((first * EPOCH_S - stretch.start_s) * SFREQ_HZ)
    piece = prepared[skip : skip + (stop - first) * N_TIMES]
    # Rounding may cost the stretch its last sample: the one before it stands in.
    piece = np.pad(piece, (0, (stop - first) * N_TIMES - piece.size), "edge")
    return piece.reshape(stop - first, N_TIMES)
