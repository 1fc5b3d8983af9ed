"""From the files of a scored night to epochs and stages, by the rules of a corpus."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from model.mc2sleepnet.preprocessing import INPUT
from model.network import InputSpec
from sleepscorer.domain.alignment import align
from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scoring import Scoring
from sleepscorer.domain.stages import SCORED_STAGES, Stage
from sleepscorer.domain.texts import storable
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import read_scoring
from sleepscorer.network_input import Runs, derivation_named, preferred_derivation, read_input
from training.data.dataset import Origin, add_night
from training.data.nights import Night, stage_counts

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Source:
    """The files of one scored night.

    Attributes
    ----------
    name
        Of the night, unique in the training set.
    subject
        Whose night it is.
    recording, scoring
        Files of any format that the application reads.
    derivation
        ``"LABEL"`` or ``"LABEL,LABEL"``; chosen from the labels without.
    scorer
        Whose the scoring is where its file does not say who gave each stage; empty where nobody
        knows whether anybody looked at it.
    """

    name: str
    subject: str
    recording: Path
    scoring: Path
    derivation: str | None = None
    scorer: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """What of a night is used.

    Attributes
    ----------
    wake_margin_min
        Minutes kept before the first and after the last epoch of sleep; None to keep all.
    drop_unscored
        Whether epochs without stage (movement, unknown) are left out, so that those on either
        side become neighbours, as in the works that the paper compares with. Otherwise they stay
        and have no part in the losses.
    require_all_stages
        Whether a night without one of the five stages is excluded: of SHHS's 5791 usable nights
        5463 remain.
    human_only
        Whether a stage that no person gave counts as unscored.
    """

    wake_margin_min: float | None = None
    drop_unscored: bool = True
    require_all_stages: bool = False
    human_only: bool = True


class ExcludedError(ValueError):
    """A night that the rules leave out; the text says why."""


def prepare_night(source: Source, rules: Rules, corpus: str, dataset: Path) -> Night:
    """Read a night, apply the rules and add it to a training set.

    Returns
    -------
    Night
        As it was added.

    Raises
    ------
    ExcludedError
        If the rules leave it out.
    SleepScorerError
        If its files can't be read.
    ValueError
        If the training set can't take it.
    """
    with closing(open_recording(source.recording)) as recording:
        derivation = derivation_of(source, recording, INPUT)
        unit = recording.channel(derivation.anode).unit
        if unit != "µV":
            raise ExcludedError(
                f"{derivation.name} of {source.recording.name} is in “{unit}”, which is no voltage."
            )
        scoring = aligned_scoring(source, recording, rules)
        seen = read_input(recording, {INPUT.channels[0].role: derivation}, INPUT)
    stages = known_stages(scoring, seen.runs, rules)
    kept = kept_epochs(stages, rules, source.name)
    night = Night(
        source.name,
        source.subject,
        seen.epochs[kept, 0],
        stages[kept],
        kept_runs(seen.runs, kept),
    )
    origin = Origin(corpus, derivation.name, source.recording.name, source.scoring.name)
    add_night(dataset, night, kept, origin)
    return night


def prepare_all(
    sources: Iterable[Source],
    rules: Rules,
    corpus: str,
    dataset: Path,
    say: Callable[[str], None],
) -> int:
    """Add all nights that can be used to a training set; see `prepare_each`."""

    def prepare(source: Source) -> str:
        night = prepare_night(source, rules, corpus, dataset)
        return f"{len(night.stages)} epochs ({stage_counts(night.stages)})"

    return prepare_each(sources, prepare, say)


def prepare_each(
    sources: Iterable[Source], prepare: Callable[[Source], str], say: Callable[[str], None]
) -> int:
    """Prepare nights and say what became of each.

    A night that can't be read or is excluded does not keep the others from being prepared.

    Parameters
    ----------
    sources
        The nights.
    prepare
        Adds one to a training set and says what of it.
    say
        Called with a line for each.

    Returns
    -------
    int
        Number of nights added.
    """
    n_added = 0
    for source in sources:
        try:
            said = prepare(source)
        except (SleepScorerError, ValueError) as error:
            say(f"{source.name}: left out. {error}")
        else:
            n_added += 1
            say(f"{source.name}: {said}")
    return n_added


def derivation_of(source: Source, recording: Recording, spec: InputSpec) -> Derivation:
    """Find the derivation that is asked for, or the one that a network prefers.

    Raises
    ------
    SleepScorerError
        There is no such channel, or no EEG.
    """
    if source.derivation is None:
        return preferred_derivation(recording, spec)
    return derivation_named(recording, source.derivation)


def aligned_scoring(source: Source, recording: Recording, rules: Rules) -> Scoring:
    """Read the scoring of a night and put it on the recording's epochs.

    Raises
    ------
    ExcludedError
        Nobody scored it, and the rules ask for that.
    SleepScorerError
        It can't be read, or does not belong to the recording.
    """
    stored = read_scoring(source.scoring)
    aligned = align(
        stored.imported_from(storable(source.scoring.name), source.scorer),
        start=recording.start,
        duration_s=recording.duration_s,
    )
    for mismatch in aligned.mismatches:
        _logger.warning("%s: %s", source.scoring.name, mismatch)
    if rules.human_only and not any(score.is_human for score in aligned.scoring.scores):
        raise ExcludedError(
            f"{source.scoring.name} has no epoch that it says a person scored. If somebody did, "
            "name the scorer in the list of nights."
        )
    return aligned.scoring


def known_stages(scoring: Scoring, runs: Runs, rules: Rules) -> npt.NDArray[np.int8]:
    """Stages of the epochs that no gap touches, shape (n_epochs,), -1 for all others."""
    stages = np.full(len(scoring), Stage.UNSCORED, dtype=np.int8)
    scored = _stages(scoring, human_only=rules.human_only)
    for first, stop in runs:
        stages[first:stop] = scored[first:stop]
    return stages


def kept_runs(runs: Runs, kept: npt.NDArray[np.intp]) -> Runs:
    """Runs among the epochs that are kept, by their place in `kept`."""
    found = (np.searchsorted(kept, run).tolist() for run in runs)
    return tuple((start, stop) for start, stop in found if start < stop)


def _stages(scoring: Scoring, *, human_only: bool) -> npt.NDArray[np.int8]:
    return np.array(
        [
            Stage.UNSCORED if human_only and not score.is_human else score.stage
            for score in scoring.scores
        ],
        dtype=np.int8,
    )


def kept_epochs(stages: npt.NDArray[np.int8], rules: Rules, name: str) -> npt.NDArray[np.intp]:
    """Numbers of the epochs that the rules keep.

    Parameters
    ----------
    stages
        Of the whole night, shape (n_epochs,), -1 for unscored.
    rules
        Of the corpus.
    name
        Of the night, for the message.

    Raises
    ------
    ExcludedError
        If nothing is scored, or a stage is missing and may not be.
    """
    first, stop = 0, len(stages)
    asleep = np.flatnonzero(stages > Stage.W)
    if rules.wake_margin_min is not None and asleep.size:
        margin = round(rules.wake_margin_min * 60 / EPOCH_S)
        first = max(int(asleep[0]) - margin, 0)
        stop = min(int(asleep[-1]) + 1 + margin, len(stages))
    within = np.arange(first, stop)
    scored = within[stages[within] >= 0]
    if not scored.size:
        raise ExcludedError(f"{name} has no scored epoch in a part of the recording without gaps.")
    missing = [stage.label for stage in SCORED_STAGES if stage not in stages[scored]]
    if rules.require_all_stages and missing:
        raise ExcludedError(f"{name} has no epoch of {', '.join(missing)}.")
    return scored if rules.drop_unscored else within
