"""From a recording and a network to a hypnodensity."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import scipy.signal  # noqa: F401  before torch: no thread can import it while another imports that

from model.files import WeightsError
from model.network import Answer, Explains, Network
from model.weights import LoadedModel, available_device, load
from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import AutoscoringError, is_out_of_memory
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.prediction import STAGES, Prediction
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.stages import SCORED_STAGES
from sleepscorer.domain.votes import SignalFault, Vote, fused, reasons, runs_of
from sleepscorer.input_channels import channels_of_roles
from sleepscorer.models.calibration import calibrated
from sleepscorer.models.store import ModelStore, known_range
from sleepscorer.network_input import NetworkInput, Runs, read_input
from sleepscorer.signals.epoch_quality import EpochQuality, judged
from sleepscorer.signals.quality import is_fit_to_vote

Progress = Callable[[float], None]
_T = TypeVar("_T")

_READING_SHARE = 0.2
"""Part of the time that reading and filtering take, for the progress bar."""

_LEAST_LEFT_OUT = 10
"""Epochs of a disturbance that is taken out of what the network sees, as a gap is. A shorter one it
sees and is not believed: cut into pieces, a night loses the context that stages rest on."""


def load_model(path: Path | None = None, *, sha256: str = "") -> LoadedModel:
    """Load a version of a network, on CUDA when there is one.

    Parameters
    ----------
    path
        Its file; that of the version in use, with its calibration, by default.
    sha256
        Hash of another version that is there, to be loaded with its calibration instead.

    Raises
    ------
    AutoscoringError
        The weights are missing, damaged or not the ones their description names.
    ModelStoreError
        The version in use can't be told, or there is no version of that hash.
    """
    temperatures: Mapping[str, float] = {}
    biases: Mapping[str, tuple[float, ...]] = {}
    if path is None:
        store = ModelStore()
        version = store.version(sha256) if sha256 else store.active()
        path = store.path_of(version)
        calibration = store.calibration(version)
        if calibration is not None:
            temperatures, biases = calibration.temperatures, calibration.biases
    try:
        return replace(_loaded(path), temperatures=temperatures, biases=biases)
    except WeightsError as error:
        raise AutoscoringError(str(error)) from error
    except (RuntimeError, MemoryError) as error:  # torch has the first for nearly everything
        raise AutoscoringError(
            "{file} could not be loaded: {cause}.", file=path.name, cause=_cause(error)
        ) from error


def _loaded(path: Path) -> LoadedModel:
    """Load for the graphics card, and for the processor where another program holds all of that."""
    try:
        return load(path)
    except (WeightsError, RuntimeError, MemoryError) as error:
        if available_device() == "cpu":
            raise
        # What goes wrong on a card is said of the file, as nothing tells the two apart.
        cause = error.__cause__ if isinstance(error.__cause__, RuntimeError) else error
    loaded = load(path, "cpu")  # which fails again where the card is not to blame
    reason = Phrase("{file} could not be loaded: {cause}.", file=path.name, cause=_cause(cause))
    return replace(loaded, fallback=_card_failed(reason))


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
    votes
        What each derivation said and how far it counted, of a montage that was staged; empty where
        the signal was not judged.
    missing
        Roles of the network's channels that it did without.
    fallback
        Why the processor staged instead of the graphics card; empty where that did not fail.
    """

    predictions: tuple[Prediction, ...]
    hypnodensity: Hypnodensity
    epochs: npt.NDArray[np.float32]
    features: npt.NDArray[np.float32] | None
    votes: tuple[Vote, ...] = ()
    missing: tuple[str, ...] = ()
    fallback: str = ""

    @property
    def beside(self) -> tuple[Prediction, ...]:
        """What the network answered to other questions than that for the stages."""
        return tuple(one for one in self.predictions if one.task != STAGES)

    @property
    def abstentions(self) -> npt.NDArray[np.int8]:
        """Why epochs have no stage, shape (n_epochs,), each a `SignalFault`; 0 where it has one.

        Of several derivations the first one's reason, unless it merely has no data.
        """
        return reasons(self.hypnodensity.probabilities, self.votes)


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
    unseen: npt.NDArray[np.bool_] | None = None,
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
        What that derivation is multiplied by: 1e6 for volts taken for microvolts, -1 for an
        inverted one. It is written beside its name.
    unseen
        Epochs that the network is not to see, as if there were a gap; shape (n_epochs,).
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
    derivations = channels_of_roles(recording.channels, network.spec, derivation)
    seen = read_input(
        recording,
        derivations,
        network.spec,
        gain=gain,
        progress=lambda done: progress(_READING_SHARE * done),
    )
    if not seen.runs:
        raise AutoscoringError(
            "{file} has no complete {epoch_s:g}-s epoch, so there is nothing to stage.",
            file=recording.path.name,
            epoch_s=EPOCH_S,
        )
    if unseen is not None:
        seen = _without(seen, unseen)
    answer, fallback = answer_of(
        recording,
        model,
        seen,
        lambda done: progress(_READING_SHARE + (1 - _READING_SHARE) * done),
    )
    missing = seen.missing(network.spec)
    chosen = derivation.name if gain == 1 else f"{derivation.name} × {gain:g}"
    others = (
        one.name for role, one in derivations.items() if one != derivation and role not in missing
    )
    read_from = ", ".join((chosen, *others))
    predictions = tuple(
        Prediction(
            task=task.name,
            classes=task.classes,
            probabilities=calibrated(
                answer.probabilities[task.name],
                model.temperatures.get(task.name, 1.0),
                model.biases.get(task.name, ()),
            ),
            model=f"{model.name} {model.version}",
            sha256=model.sha256,
            derivation=chosen if task.name == STAGES else read_from,
        )
        for task in network.tasks
    )
    stages = next((one for one in predictions if one.task == STAGES), None)
    if stages is None:
        raise AutoscoringError(
            "{name} {version} does not stage sleep. Choose another version.",
            name=model.name,
            version=model.version,
        )
    hypnodensity = stages.hypnodensity()
    return Staging(
        predictions,
        hypnodensity,
        seen.epochs,
        answer.features,
        missing=missing,
        fallback=fallback,
    )


def stage_montage(
    recording: Recording,
    derivations: Sequence[Derivation],
    model: LoadedModel,
    *,
    gain: float = 1.0,
    progress: Progress = lambda _: None,
) -> Staging:
    """Stage derivations of a recording, each by itself, and let them vote on every epoch.

    The mean of their calibrated log-probabilities decides, weighted by what the signal is worth at
    the time; one that does not look like EEG on the whole has no vote beside one that does. An
    epoch in which none is worth anything gets no stage. Time and memory go with the number of
    derivations. A single one gives, wherever it can be relied on, what :func:`stage_recording`
    gives, to the last bit.

    Parameters
    ----------
    recording
        At least one epoch long.
    derivations
        EEG derivations of the recording, the one that evidence is shown of first; see
        :func:`sleepscorer.network_input.voting_derivations`.
    model
        The network.
    gain
        What all signals are multiplied by.
    progress
        Called with the fraction done, 0 to 1; may raise to stop.

    Raises
    ------
    AutoscoringError
        As for :func:`stage_recording`.
    RecordingError
        A derivation can't be read.
    ValueError
        There are no derivations.
    """
    if not derivations:
        raise ValueError("no derivations to stage")
    known = known_range(model.description.input_range)
    qualities = [EpochQuality.of_derivation(recording, one, gain) for one in derivations]
    fit = [
        len(derivations) == 1 or is_fit_to_vote(recording, one, known, gain=gain)
        for one in derivations
    ]
    judgements = judged(qualities, known, fit)
    is_usable = [
        bool(((faults == SignalFault.NONE) & quality.is_measured).any())
        for quality, (_, faults) in zip(qualities, judgements, strict=True)
    ]
    if not any(is_usable):
        is_usable[0] = True  # it says what there is no stage for
    stagings: list[Staging] = []
    votes: list[Vote] = []
    for index, (derivation, (weights, faults)) in enumerate(
        zip(derivations, judgements, strict=True)
    ):
        if not is_usable[index]:
            nothing = np.full((len(faults), len(SCORED_STAGES)), np.nan, np.float32)
            votes.append(Vote(derivation.name, nothing, weights, faults))
            continue
        unseen = np.zeros(len(faults), bool)
        for start, stop in runs_of(faults != SignalFault.NONE):
            unseen[start:stop] = stop - start >= min(_LEAST_LEFT_OUT, len(faults))
        staging = stage_recording(
            recording,
            derivation,
            model,
            gain=gain,
            unseen=unseen,
            progress=_part_of(progress, index, len(derivations)),
        )
        stagings.append(staging)
        votes.append(_vote(staging, weights, faults))
    progress(1.0)
    counted = [vote.weights for vote, usable in zip(votes, is_usable, strict=True) if usable]
    return _together(stagings, counted, tuple(votes))


def _vote(staging: Staging, weights: npt.NDArray[np.float32], faults: npt.NDArray[np.int8]) -> Vote:
    probabilities = staging.hypnodensity.probabilities
    at_gap = np.isnan(probabilities[:, 0]) & (faults == SignalFault.NONE)
    return Vote(
        staging.hypnodensity.derivation,
        probabilities,
        np.where(at_gap, np.float32(0), weights),
        np.where(at_gap, np.int8(SignalFault.MISSING), faults),
    )


def _together(
    stagings: Sequence[Staging],
    weights: Sequence[npt.NDArray[np.float32]],
    votes: tuple[Vote, ...],
) -> Staging:
    """Fuse what derivations say on every task; the first one stays what is shown of the signal."""
    first = stagings[0]
    predictions = tuple(
        replace(
            prediction,
            probabilities=fused(
                [staging.predictions[task].probabilities for staging in stagings], weights
            ),
            derivation=" + ".join(staging.predictions[task].derivation for staging in stagings),
        )
        for task, prediction in enumerate(first.predictions)
    )
    stages = next(one for one in predictions if one.task == STAGES)
    return replace(
        first,
        predictions=predictions,
        hypnodensity=stages.hypnodensity(),
        votes=votes,
        fallback=next((one.fallback for one in stagings if one.fallback), ""),
    )


def answer_of(
    recording: Recording, model: LoadedModel, seen: NetworkInput, progress: Progress
) -> tuple[Answer, str]:
    """Ask the network, and the same on the processor where the graphics card fails; say why."""

    def asked(network: Network) -> Answer:
        return _asked(recording, network, seen, progress)

    return _without_card_if_it_fails(model, asked)


def explained(
    staging: Staging, model: LoadedModel, epoch: int, stage: int
) -> npt.NDArray[np.float32] | None:
    """Measure how much each second of an epoch speaks for a stage.

    The processor does it where the graphics card fails.

    Parameters
    ----------
    staging
        Of the whole recording.
    model
        That staged it.
    epoch, stage
        Indices of the epoch and of the class asked about.

    Returns
    -------
    ndarray of float32 or None
        Shape (30,), as `model.network.Explains` says; None from a network that can't say, or of
        another version, which would explain its own stages.

    Raises
    ------
    AutoscoringError
        The network failed, on the processor too.
    """
    features = staging.features
    is_own = model.sha256 == staging.hypnodensity.weights_sha256
    if not is_own or features is None or not isinstance(model.network, Explains):
        return None

    def asked(network: Network) -> npt.NDArray[np.float32]:
        assert isinstance(network, Explains)
        try:
            return network.explain(staging.epochs, features, epoch, stage)
        except (RuntimeError, MemoryError) as error:
            raise AutoscoringError(
                "Epoch {epoch} could not be explained: {cause}.",
                epoch=epoch + 1,
                cause=_cause(error),
            ) from error

    return _without_card_if_it_fails(model, asked)[0]


def _without_card_if_it_fails(model: LoadedModel, ask: Callable[[Network], _T]) -> tuple[_T, str]:
    try:
        return ask(model.network), model.fallback
    except AutoscoringError as error:
        if model.device == "cpu" or model.path is None:
            raise
        reason = error
    # Read anew: after an error of CUDA nothing can be brought back from the card.
    try:
        network = load(model.path, "cpu").network
    except WeightsError as error:
        raise AutoscoringError(str(error)) from reason
    return ask(network), _card_failed(reason)


def _card_failed(reason: object) -> str:
    return Phrase(
        "The graphics card failed, so the processor staged instead: {reason}", reason=reason
    )


def _asked(
    recording: Recording, network: Network, seen: NetworkInput, progress: Progress
) -> Answer:
    """Ask a network; it says nothing of a night of which it is to see nothing."""
    if not seen.runs:
        n_epochs = len(seen.epochs)
        return Answer(
            {
                task.name: np.full((n_epochs, len(task.classes)), np.nan, np.float32)
                for task in network.tasks
            },
            None,
        )
    try:
        return network.predict(seen.epochs, seen.runs, progress=progress)
    except (RuntimeError, MemoryError) as error:
        raise AutoscoringError(
            "{file} could not be staged: {cause}.", file=recording.path.name, cause=_cause(error)
        ) from error


def _without(seen: NetworkInput, unseen: npt.NDArray[np.bool_]) -> NetworkInput:
    """Take epochs out of the runs that the network sees."""
    if not unseen.any():
        return seen
    runs: Runs = tuple(
        (start + first, start + last)
        for start, stop in seen.runs
        for first, last in runs_of(~unseen[start:stop])
    )
    epochs = seen.epochs.copy()
    epochs[unseen] = 0
    return NetworkInput(epochs, runs)


def _part_of(progress: Progress, index: int, n_parts: int) -> Progress:
    """Map the progress of one of several stagings to that of all."""
    return lambda done: progress((index + done) / n_parts)


def _cause(error: Exception) -> str:
    if is_out_of_memory(error):
        return Phrase("there is not enough memory; close other programs and try again")
    first_line = (str(error).splitlines() or [""])[0]
    return Phrase("the network failed ({reason})", reason=first_line[:200])
