"""A new version and the one in use, both on nights that neither has seen.

What follows is said by :mod:`sleepscorer.loop.verdict`. All epochs of a night that was signed off
count here, those that a person saw and left, too: on what was corrected alone the version in use is
always wrong, and any other one would look better.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.agreement import Agreement, confusion_matrix
from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.phrases import phrase_of
from sleepscorer.domain.prediction import STAGES
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scored_recording import RecordingIdentity
from sleepscorer.domain.scoring import Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.versions import Bin, Comparison, Figures, Gain
from sleepscorer.io.feature_set import FeatureNight, FeatureSet
from sleepscorer.io.recordings import open_recording
from sleepscorer.loop.collection import (
    CollectedNight,
    LeftEpochs,
    Library,
    encoded,
    features_network,
)
from sleepscorer.loop.patients import LibraryError
from sleepscorer.loop.replay import replay_of
from sleepscorer.loop.verdict import judged
from sleepscorer.models.calibration import calibrated

if TYPE_CHECKING:
    from model.weights import LoadedModel  # torch takes seconds to import

Progress = Callable[[float], None]
Aim = Literal["accuracy", "cross_entropy"]
"""What a new version is to gain: agreement, or for a calibration honest confidence."""

_N_RESAMPLES = 2000
_N_BINS = 10
_SEED = 0


@dataclass(frozen=True, slots=True, eq=False)
class StagedNight:
    """What a version says of a night on which people decided.

    Attributes
    ----------
    subject
        Whose night it is.
    probabilities
        Of the epochs that count, shape (n, 5).
    truth
        Their stages, shape (n,), 0-4.
    """

    subject: str
    probabilities: npt.NDArray[np.floating[Any]]
    truth: npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class ComparedNights:
    """A comparison, and what it could not use.

    Attributes
    ----------
    comparison
        What was measured.
    left_out
        Sentences about held-out nights that could not be compared on.
    """

    comparison: Comparison
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparedOnNight:
    """What two versions say of one night, from which nothing follows for others.

    Attributes
    ----------
    comparison
        Both against what people decided; of no epochs where nobody did.
    n_staged
        Epochs that both staged.
    n_same
        Those of them to which both give the same stage.
    is_signed_off
        Whether epochs that a person saw and left count as decided.
    """

    comparison: Comparison
    n_staged: int
    n_same: int
    is_signed_off: bool


def compare_on_night(
    recording: Recording,
    scoring: Scoring,
    derivation: Derivation,
    current: LoadedModel,
    candidate: LoadedModel,
    *,
    gain: float = 1.0,
    progress: Progress = lambda _: None,
) -> ComparedOnNight:
    """Let two versions stage a night, whichever it is, and compare what they say.

    Parameters
    ----------
    recording, scoring
        The night, and what people decided about it so far.
    derivation, gain
        What is staged, as the application stages it.
    current, candidate
        Any two versions, with their calibrations.
    progress
        Called with the fraction done; may raise to stop.

    Raises
    ------
    AutoscoringError, RecordingError
        A version can't stage the recording.
    """
    from sleepscorer.autoscoring import stage_recording  # torch again

    said = []
    for index, model in enumerate((current, candidate)):
        staging = stage_recording(
            recording,
            derivation,
            model,
            gain=gain,
            progress=lambda done, index=index: progress((index + done) / 2),  # type: ignore[misc]
        )
        said.append(staging.hypnodensity.probabilities)
    is_staged = np.isfinite(said[0]).all(axis=1) & np.isfinite(said[1]).all(axis=1)
    counts = is_staged & (np.array([int(stage) for stage in scoring.stages]) >= 0)
    if scoring.sign_off is None:
        counts &= np.array([score.is_human for score in scoring.scores], bool)
    truth = np.array([int(stage) for stage in scoring.stages], np.int8)[counts]
    nights = [StagedNight(recording.path.name, one[counts], truth) for one in said]
    pairs = [[one] if len(truth) else [] for one in nights]
    hashes = (current.sha256, candidate.sha256)
    comparison = compared(pairs[0], pairs[1], None, "accuracy", versions=hashes)
    stages = [one[is_staged].argmax(axis=1) for one in said]
    return ComparedOnNight(
        comparison,
        n_staged=int(is_staged.sum()),
        n_same=int((stages[0] == stages[1]).sum()),
        is_signed_off=scoring.sign_off is not None,
    )


def compare(
    library: Library,
    nights: Sequence[CollectedNight],
    current: LoadedModel,
    candidate: LoadedModel,
    *,
    replay: FeatureSet | None = None,
    aim: Aim = "accuracy",
    progress: Progress = lambda _: None,
) -> ComparedNights:
    """Compare two versions on nights that people decided on, as the application stages them.

    Parameters
    ----------
    library
        Where the nights are kept.
    nights
        What they are compared on; both are to be strangers to them.
    current, candidate
        The version in use, with its calibration, and the one that may take its place.
    replay
        Nights of the first training; those for tests are used, where both versions have its epoch
        model.
    aim
        What is to be gained.
    progress
        Called with the fraction done; may raise to stop.

    Raises
    ------
    LibraryError
        A version has seen one of the patients, or has no features.
    ScoringError
        Features are damaged.
    """
    seen = set(current.description.subjects) | set(candidate.description.subjects)
    for night in nights:
        if night.subject in seen:
            raise LibraryError(
                "The patient of {file} was among those that one of the versions was trained on, so "
                "nothing can be told from this night.",
                file=night.recording.file_name,
            )
    pairs: list[tuple[StagedNight, StagedNight]] = []
    left_out = []
    for index, night in enumerate(nights):
        truth = night.truth(LeftEpochs.COUNT)
        try:
            pair = tuple(
                _staged(model, kept_features(library, night, model), truth)
                for model in (current, candidate)
            )
        except SleepScorerError as error:
            left_out.append(phrase_of(error))
        else:
            if len(pair[0].truth):
                pairs.append((pair[0], pair[1]))
        progress((index + 1) / len(nights))
    of_current, of_candidate = [one for one, _ in pairs], [other for _, other in pairs]
    before, after = (_replayed(model, replay) for model in (current, candidate))
    comparison = compared(
        *(of_current, of_candidate, (before, after) if before and after else None, aim),
        versions=(current.sha256, candidate.sha256),
    )
    return ComparedNights(comparison, tuple(left_out))


def compare_held_out(
    library: Library,
    current: LoadedModel,
    candidate: LoadedModel,
    *,
    aim: Aim = "accuracy",
    progress: Progress = lambda _: None,
) -> ComparedNights:
    """Compare two versions on the nights that are held out, and on those of the first training.

    The parameters and errors are those of :func:`compare`.
    """
    return compare(
        library,
        [night for night in library.nights() if night.is_held_out],
        current,
        candidate,
        replay=replay_of(features_network(current).features_sha256),
        aim=aim,
        progress=progress,
    )


def kept_features(library: Library, night: CollectedNight, model: LoadedModel) -> FeatureNight:
    """Give the features that a version's epoch model makes of a night, and keep them if new.

    Raises
    ------
    LibraryError
        They are not kept and the recording is not where it was.
    SleepScorerError
        They are damaged, or the recording can't be read.
    """
    network = features_network(model)
    sha256 = network.features_sha256
    kept = library.features(night, sha256)
    if kept is not None:
        return kept
    with closing(open_recording(Path(night.path))) as recording:
        difference = night.recording.difference(RecordingIdentity.of(recording))
        if difference:
            raise LibraryError(
                "{path} is not the recording that was scored any more: {difference}. Put the "
                "recording back to use this night with another network.",
                path=night.path,
                difference=difference,
            )
        features = encoded(recording, night, model)
    library.keep_features(night, features)
    return features.nights[0]


def compared(
    current: Sequence[StagedNight],
    candidate: Sequence[StagedNight],
    replay: tuple[Sequence[StagedNight], Sequence[StagedNight]] | None,
    aim: Aim,
    *,
    versions: tuple[str, str] = ("", ""),
) -> Comparison:
    """Measure what two versions say of the same nights, and say what follows.

    Parameters
    ----------
    current, candidate
        The laboratory's nights, paired.
    replay
        What both say of nights of the first training; None where that is not known.
    aim
        What is to be gained.
    versions
        Hashes of both.
    """
    ours, theirs, gains = _paired(current, candidate, aim)
    accuracy_gain = _resampled_gain(ours, theirs, _accuracy)
    replay_gain, forgotten = None, 0.0
    if replay is not None:
        replay_ours, replay_theirs, replay_gains = _paired(*replay, aim)
        replay_gain = _resampled_gain(replay_ours, replay_theirs, _accuracy)
        lost = _gain_in(aim, replay_gain, replay_gains)
        forgotten = 0.0 if lost is None else -lost.value
    measured = Comparison(
        *versions,
        n_nights=len(current),
        n_epochs=sum(len(night.truth) for night in current),
        of_current=figures_of(current),
        of_candidate=figures_of(candidate),
        n_subjects=len(gains),
        accuracy_gain=accuracy_gain,
        kappa_gain=_resampled_gain(ours, theirs, _kappa),
        n1_gain=_resampled_gain(ours, theirs, _f1_of_n1),
        replay_of_current=None if replay is None else figures_of(replay[0]),
        replay_of_candidate=None if replay is None else figures_of(replay[1]),
        replay_gain=replay_gain,
    )
    return judged(measured, gains, _gain_in(aim, accuracy_gain, gains), forgotten)


def figures_of(nights: Sequence[StagedNight]) -> Figures:
    """Measure all epochs of some nights together."""
    truth = np.concatenate([np.zeros(0, np.int8), *(night.truth for night in nights)])
    probabilities = np.concatenate([np.zeros((0, 5)), *(night.probabilities for night in nights)])
    agreement = Agreement.from_confusion(confusion_matrix(truth, probabilities.argmax(axis=1)))
    if not len(truth):
        return Figures(0.0, 0.0, None)
    rows, counts = agreement.confusion, agreement.confusion.sum(axis=1)
    confidence = probabilities.max(axis=1)
    is_right = probabilities.argmax(axis=1) == truth
    places = np.minimum((confidence * _N_BINS).astype(int), _N_BINS - 1)
    bins = tuple(
        Bin(int(here.sum()), float(confidence[here].mean()), float(is_right[here].mean()))
        for here in (places == place for place in range(_N_BINS))
        if here.any()
    )
    error = sum(one.n_epochs * abs(one.confidence - one.accuracy) for one in bins) / len(truth)
    return Figures(
        accuracy=agreement.accuracy,
        macro_f1=agreement.macro_f1,
        kappa=_or_none(agreement.kappa),
        f1=tuple(_or_none(float(f1)) for f1 in agreement.f1_per_stage),
        n1_as_n2=_share(int(rows[Stage.N1, Stage.N2]), int(counts[Stage.N1])),
        n2_as_n1=_share(int(rows[Stage.N2, Stage.N1]), int(counts[Stage.N2])),
        calibration_error=error,
        cross_entropy=_cross_entropy(probabilities, truth),
        bins=bins,
    )


def _staged(model: LoadedModel, night: FeatureNight, truth: npt.NDArray[np.int8]) -> StagedNight:
    network = features_network(model)
    said = network.judge(night.features.astype(np.float32), night.runs).probabilities[STAGES]
    said = calibrated(said, model.temperatures.get(STAGES, 1.0), model.biases.get(STAGES, ()))
    counts = (truth >= 0) & np.isfinite(said).all(axis=1)
    return StagedNight(night.subject, said[counts], truth[counts])


def _replayed(model: LoadedModel, replay: FeatureSet | None) -> list[StagedNight]:
    """Nights of the first training; none where the version has another epoch model than they."""
    network = features_network(model)
    if replay is None or replay.features_sha256 != network.features_sha256:
        return []
    return [_staged(model, night, night.stages) for night in replay.of_part("test")]


def _paired(
    current: Sequence[StagedNight], candidate: Sequence[StagedNight], aim: Aim
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Confusions by the candidate and by the current version, and gains, of each subject."""
    subjects = sorted({night.subject for night in current})
    gains = np.array([_gain_of(subject, current, candidate, aim) for subject in subjects])
    return _confusions(candidate, subjects), _confusions(current, subjects), gains


def _gain_in(aim: Aim, accuracy_gain: Gain | None, gains: npt.NDArray[np.float64]) -> Gain | None:
    return accuracy_gain if aim == "accuracy" else _mean_gain(gains)


def _gain_of(
    subject: str, current: Sequence[StagedNight], candidate: Sequence[StagedNight], aim: Aim
) -> float:
    def pooled(nights: Sequence[StagedNight]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        own = [night for night in nights if night.subject == subject]
        return (
            np.concatenate([night.probabilities for night in own]),
            np.concatenate([night.truth for night in own]),
        )

    ours, theirs = pooled(candidate), pooled(current)
    if aim == "cross_entropy":
        return _cross_entropy(*theirs) - _cross_entropy(*ours)
    return float((ours[0].argmax(1) == ours[1]).mean() - (theirs[0].argmax(1) == theirs[1]).mean())


def _confusions(nights: Sequence[StagedNight], subjects: Sequence[str]) -> npt.NDArray[np.int64]:
    """Confusion matrix of each subject, shape (n_subjects, 5, 5)."""
    found = np.zeros((len(subjects), 5, 5), np.int64)
    for night in nights:
        said = night.probabilities.argmax(axis=1)
        found[subjects.index(night.subject)] += confusion_matrix(night.truth, said)
    return found


def _resampled_gain(
    ours: npt.NDArray[np.int64],
    theirs: npt.NDArray[np.int64],
    figure: Callable[[npt.NDArray[np.int64]], npt.NDArray[np.float64]],
) -> Gain | None:
    """Gain of a figure of all epochs, resampled by subject (Efron and Tibshirani, 1993)."""
    if not len(ours):
        return None
    value = float(figure(ours.sum(axis=0)) - figure(theirs.sum(axis=0)))
    if math.isnan(value):
        return None
    if len(ours) < 2:
        return Gain(value)
    drawn = np.random.default_rng(_SEED).integers(len(ours), size=(_N_RESAMPLES, len(ours)))
    gains = figure(ours[drawn].sum(axis=1)) - figure(theirs[drawn].sum(axis=1))
    return Gain(value, *np.nanpercentile(gains, (2.5, 97.5)).tolist())


def _mean_gain(gains: npt.NDArray[np.float64]) -> Gain | None:
    if not len(gains):
        return None
    if len(gains) < 2:
        return Gain(float(gains.mean()))
    drawn = np.random.default_rng(_SEED).integers(len(gains), size=(_N_RESAMPLES, len(gains)))
    low, high = np.percentile(gains[drawn].mean(axis=1), (2.5, 97.5)).tolist()
    return Gain(float(gains.mean()), low, high)


def _accuracy(confusions: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    n_right = np.trace(confusions, axis1=-2, axis2=-1)
    return np.asarray(n_right / confusions.sum(axis=(-2, -1)))


def _kappa(confusions: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    n = confusions.sum(axis=(-2, -1)).astype(float)
    by_chance = (confusions.sum(axis=-1) * confusions.sum(axis=-2)).sum(axis=-1)
    with np.errstate(invalid="ignore"):
        found = (n * np.trace(confusions, axis1=-2, axis2=-1) - by_chance) / (n * n - by_chance)
    return np.asarray(found)


def _f1_of_n1(confusions: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    n1 = int(Stage.N1)
    occurrences = confusions[..., n1, :].sum(axis=-1) + confusions[..., :, n1].sum(axis=-1)
    with np.errstate(invalid="ignore"):
        return np.asarray(2 * confusions[..., n1, n1] / occurrences.astype(float))


def _cross_entropy(probabilities: npt.NDArray[Any], truth: npt.NDArray[Any]) -> float:
    given = probabilities[np.arange(len(truth)), truth].astype(np.float64)
    return float(-np.log(np.maximum(given, 1e-9)).mean())


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _or_none(figure: float) -> float | None:
    return None if math.isnan(figure) else figure
