"""Staging one recording of a batch: everything that it needs comes with the order."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path, PurePosixPath

from model.network import InputSpec
from model.weights import LoadedModel
from sleepscorer.autoscoring import Staging, stage_montage
from sleepscorer.batch.orders import Order, second_target
from sleepscorer.batch.outcomes import (
    Content,
    Failed,
    Outcome,
    Skipped,
    Staged,
    calibration_key,
    sha256_of,
)
from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.consensus import Comparison
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import AutoscoringError, NoSignalsError
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.phrases import Phrase, joined, phrase_of
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import Remark, RemarkEdit, Scoring, prediction_edit
from sleepscorer.domain.second_opinion import fused_opinions
from sleepscorer.domain.statistics import SleepStatistics
from sleepscorer.domain.votes import SignalFault, left_out
from sleepscorer.events.laboratory import USUAL_LABORATORY
from sleepscorer.events.summary import read_statistics
from sleepscorer.file_questions import is_file
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import scoring_format
from sleepscorer.models.store import known_range
from sleepscorer.network_input import derivation_named, voting_derivations
from sleepscorer.second_opinion import stager_of
from sleepscorer.signals.quality import Finding, check_recording, check_stages, worth_saying
from sleepscorer.terminal import sentence_of

logger = logging.getLogger(__name__)

_LEAST_SAID = 4
"""Epochs of the shortest while worth a sentence that a derivation was left out."""


def stage_one(
    order: Order, model: LoadedModel, *, progress: Callable[[float], None] = lambda _: None
) -> Outcome:
    """Stage a recording and write the draft of its result; whatever happens is an outcome.

    The signal is looked at before it is staged, and the stages afterwards, as in the window. What
    looks wrong, or was odd in the file, is told and stands as the comment of the first epoch in the
    result.

    Parameters
    ----------
    order
        What to do.
    model
        The network, the one that the order names.
    progress
        Called with the fraction done, 0 to 1.
    """
    try:
        return _staged(order, model, progress)
    except NoSignalsError as error:
        if order.is_named:
            return Failed(str(order.recording), order.result, phrase_of(error))
        return Skipped(str(order.recording), order.result, "no recording", phrase_of(error))
    # The border of each file.
    except Exception as error:
        logger.debug("a file failed", exc_info=True)
        sentence = sentence_of(order.recording, error)
        return Failed(str(order.recording), order.result, sentence)


def _staged(order: Order, model: LoadedModel, progress: Callable[[float], None]) -> Staged:
    making, path = order.making, order.recording
    calibration = calibration_key(model.temperatures, model.biases)
    if (model.sha256, calibration) != (making.sha256, making.calibration):
        raise AutoscoringError(
            "{file} was not staged: this computer uses {name} {version}, the batch another version "
            "or calibration. Choose the same version on all computers.",
            file=path.name,
            name=model.name,
            version=model.version,
        )
    row = scoring_format(making.format_id)
    with closing(open_recording(path)) as recording:
        derivations = _derivations(recording, making.channel, making.voters, model.network.spec)
        known = known_range(model.description.input_range)
        found = check_recording(recording, derivations[0], known, gain=making.gain)
        told = _told(path, found, strict=making.strict)
        staging = stage_montage(recording, derivations, model, gain=making.gain, progress=progress)
        told += _told(path, check_stages(staging.hypnodensity), strict=making.strict)
        told += _about_votes(staging, recording)
        hypnodensity = staging.hypnodensity
        other: Scoring | None = None
        about_other: list[str] = []
        if making.second:
            other = stager_of(making.second).stage(recording, derivations[0])
            told.append(_about_other(hypnodensity, other))
            if 0 in other.remarks:
                about_other.append(f"{other.scorer}: {other.remarks[0].comment}")
            if making.fuse:
                hypnodensity = _fused(path, hypnodensity, other)
        scoring = Scoring(recording.n_epochs)
        scoring.apply(prediction_edit(scoring, hypnodensity, beside=staging.beside))
        scoring.apply(_remarks(staging, " ".join((*told, *recording.notices))))
        order.draft.parent.mkdir(parents=True, exist_ok=True)
        written = row.files(order.draft)
        row.write(order.draft, ScoredRecording.of(recording, scoring))
        if other is not None:
            beside = second_target(row, order.draft)
            row.write(beside, ScoredRecording.of(recording, other))
            written = (*written, *row.files(beside))
        statistics = read_statistics(recording, scoring, USUAL_LABORATORY)
        content = Content.of(path)
        recording.check_on_disk()
        folder = PurePosixPath(order.result).parent
        return Staged(
            recording=str(path),
            result=order.result,
            files={
                (folder / file.name).as_posix(): sha256_of([file])
                for file in written
                if is_file(file)
            },
            content=content,
            making=making,
            n_epochs=len(scoring),
            derivation=staging.hypnodensity.derivation,
            told=(*told, *about_other, *_about_gaps(statistics), *recording.notices),
            losses=row.losses(scoring),
            figures={figure.id: figure.value for figure in statistics.figures},
        )


def _about_gaps(statistics: SleepStatistics) -> tuple[str, ...]:
    """Name the numbers that a table would show without saying that they are incomplete."""
    names = [one.id for one in statistics.figures if one.is_incomplete and one.value is not None]
    return (f"Incomplete numbers: {', '.join(names)}.",) if names else ()


def _about_other(hypnodensity: Hypnodensity, other: Scoring) -> str:
    """Count where two opinions differ."""
    own = Scoring(len(other))
    own.apply(prediction_edit(own, hypnodensity))
    comparison = Comparison.of(own, other)
    n_both = int(comparison.agreement.confusion.sum())
    n_differing = len(comparison.differing)
    share = f" ({100 * n_differing / n_both:.1f} %)" if n_both else ""
    return (
        f"{other.scorer} gives another stage to {n_differing} of {n_both} epochs{share} that both "
        "staged."
    )


def _fused(path: Path, hypnodensity: Hypnodensity, other: Scoring) -> Hypnodensity:
    if other.hypnodensity is None:
        raise AutoscoringError(
            "{file}: {scorer} gives stages without probabilities, which can't be "
            "fused; leave --fuse out.",
            file=path.name,
            scorer=other.scorer,
        )
    return fused_opinions(hypnodensity, other.hypnodensity)


def _told(path: Path, findings: Sequence[Finding], *, strict: bool) -> list[str]:
    """What looks wrong, in sentences.

    Raises
    ------
    AutoscoringError
        Something looks wrong and that is not to be passed over.
    """
    told: list[str] = [finding.sentences for finding in worth_saying(findings)]
    if told and strict:
        raise AutoscoringError(
            "{file} has no result, as --strict asks for: {told}",
            file=path.name,
            told=joined(*told),
        )
    return told


def _derivations(
    recording: Recording, channel: str | None, voters: int, spec: InputSpec
) -> tuple[Derivation, ...]:
    if channel is None:
        return voting_derivations(recording, spec, voters)
    return (derivation_named(recording, channel),)


def _about_votes(staging: Staging, recording: Recording) -> list[str]:
    """Say what was missing, what was left out for how long, and how much could not be staged."""
    missing = f"The network did without {', '.join(staging.missing)}."
    sentences = [missing] if staging.missing else []
    if staging.fallback:
        sentences.append(staging.fallback)
    sentences += [
        f"{one.derivation} was left out from {_time(recording, one.start_epoch)} to "
        f"{_time(recording, one.stop_epoch)}: {one.fault.words}."
        for one in left_out(staging.votes, least_epochs=_LEAST_SAID)
        if one.fault is not SignalFault.MISSING
    ]
    reasons = staging.abstentions
    n_abstained = int((reasons > SignalFault.MISSING).sum())
    if n_abstained:
        named = ", ".join(
            f"{int((reasons == fault).sum())} {fault.words}"
            for fault in SignalFault
            if fault > SignalFault.MISSING and (reasons == fault).any()
        )
        sentences.append(
            Phrase(
                "{n} {n:epoch|epochs} ({share:.1%}) can't be staged: {named}.",
                n=n_abstained,
                share=n_abstained / reasons.size,
                named=named,
            )
        )
    return sentences


def _time(recording: Recording, epoch: int) -> str:
    """Clock time at which an epoch begins, or the time since the start where there is none."""
    moment = recording.clock_time(epoch * EPOCH_S)
    if moment is not None:
        return f"{moment:%H:%M:%S}"
    minutes, seconds = divmod(round(epoch * EPOCH_S), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d} after the start"


def _remarks(staging: Staging, about_all: str) -> RemarkEdit:
    """Note what was found beside the first epoch, and beside each without a stage why."""
    comments = {0: about_all} if about_all else {}
    for epoch, reason in enumerate(staging.abstentions):
        if reason > SignalFault.MISSING:
            why = f"Not stageable: {SignalFault(int(reason)).words}."
            comments[epoch] = f"{comments[epoch]} {why}" if epoch in comments else why
    return RemarkEdit(tuple(comments), tuple(Remark(text) for text in comments.values()))
