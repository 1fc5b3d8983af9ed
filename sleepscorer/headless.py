"""`sleepscorer score`: stage recordings without a window."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from model.network import InputSpec
from sleepscorer import DISCLAIMER
from sleepscorer.autoscoring import Staging, load_model, stage_montage
from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.consensus import Comparison
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import AutoscoringError, SleepScorerError
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.phrases import joined
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import Remark, RemarkEdit, Scoring, prediction_edit
from sleepscorer.domain.second_opinion import fused_opinions
from sleepscorer.domain.votes import SignalFault, left_out
from sleepscorer.io.atomic import remove_abandoned, replaces
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import ScoringFormat
from sleepscorer.models.store import known_range
from sleepscorer.network_input import voting_derivations
from sleepscorer.second_opinion import stager_of
from sleepscorer.signals.quality import Finding, check_recording, check_stages, worth_saying
from sleepscorer.terminal import (
    distinct_targets,
    for_each,
    make_folder,
    refuse_existing,
    say,
    stderr_is_terminal,
    write_stderr,
)

VOTERS = 3
"""Derivations that vote unless another number is asked for: the least of which one can be wrong."""

_LEAST_SAID = 4
"""Epochs of the shortest while worth a sentence that a derivation was left out."""


def score(
    recordings: Sequence[Path],
    *,
    out: Path,
    scoring_format: ScoringFormat,
    channel: str | None = None,
    voters: int = VOTERS,
    gain: float = 1.0,
    second: str | None = None,
    fuse: bool = False,
    overwrite: bool = False,
    strict: bool = False,
) -> int:
    """Stage recordings and write one file for each; progress and problems go to stderr.

    The signal is looked at before it is staged, and the stages afterwards, as in the window. What
    looks wrong is said, and stands as the comment of the first epoch in the result.

    Parameters
    ----------
    recordings
        Files to stage.
    out
        Folder for the results, made when it is missing.
    scoring_format
        What to write.
    channel
        The one derivation to stage, ``"LABEL"`` or ``"LABEL,LABEL"``; chosen from the labels
        without.
    voters
        At most so many derivations vote where none is named: the time goes with their number.
    gain
        What the signal is multiplied by before it is looked at and staged; the results say it.
    second
        Another program whose stages are written to a file of their own, see
        :func:`sleepscorer.second_opinion.stager_of`.
    fuse
        Whether the result is what both say together, where the other one gives probabilities.
    overwrite
        Whether a result that is there already is replaced: it may be somebody's work.
    strict
        Whether a recording that looks wrong fails instead.

    Returns
    -------
    exit_status
        0 when no recording failed, 1 otherwise.
    """
    try:
        stager = None if second is None else stager_of(second)
        model = load_model()
        make_folder(out)
        remove_abandoned(out)
        target_of = distinct_targets(
            recordings,
            lambda path: out / scoring_format.file_name(path.name),
            lambda target: _all_files(scoring_format, target, second is not None),
        )
    except SleepScorerError as error:
        say(str(error))
        return 1
    say(f"{model.name} {model.version} on {model.device.upper()}. {DISCLAIMER}")
    known = known_range(model.description.input_range)

    def work(path: Path) -> str:
        target = target_of(path)
        files = _all_files(scoring_format, target, stager is not None)
        refuse_existing(*files, overwrite=overwrite)
        with closing(open_recording(path)) as recording:
            derivations = _derivations(recording, channel, voters, model.network.spec)
            found = check_recording(recording, derivations[0], known, gain=gain)
            told = _told(path, found, strict=strict)
            staging = stage_montage(
                recording, derivations, model, gain=gain, progress=_ProgressLine(path.name)
            )
            told += _told(path, check_stages(staging.hypnodensity), strict=strict)
            for sentence in _about_votes(staging, recording):
                say(f"{path.name}: {sentence}")
                told.append(sentence)
            hypnodensity = staging.hypnodensity
            other = None if stager is None else stager.stage(recording, derivations[0])
            if other is not None:
                told.append(_about_other(hypnodensity, other))
                say(f"{path.name}: {told[-1]}")
                if 0 in other.remarks:
                    say(f"{path.name}, {other.scorer}: {other.remarks[0].comment}")
                if fuse:
                    hypnodensity = _fused(path, hypnodensity, other)
            scoring = Scoring(recording.n_epochs)
            scoring.apply(prediction_edit(scoring, hypnodensity))
            scoring.apply(_remarks(staging, " ".join(told)))
            scored = ScoredRecording.of(recording, scoring)
            for remark in recording.notices:
                say(remark)
            recording.check_on_disk()
            with replaces(overwrite):
                scoring_format.write(target, scored)
                if other is not None:
                    beside = ScoredRecording.of(recording, other)
                    scoring_format.write(_second_target(scoring_format, target), beside)
        done = (
            f"{path.name}: {len(scoring)} epochs from {staging.hypnodensity.derivation} → {target}."
        )
        return " ".join((done, *scoring_format.losses(scoring)))

    return for_each(recordings, work, "staged")


def _second_target(scoring_format: ScoringFormat, target: Path) -> Path:
    """File of the second opinion beside that of the result."""
    ending = scoring_format.file_name("x").removeprefix("x")
    stem = target.name.removesuffix(ending) if target.name.endswith(ending) else target.stem
    return target.with_name(scoring_format.file_name(f"{stem}-second{target.suffix}"))


def _all_files(scoring_format: ScoringFormat, target: Path, has_second: bool) -> tuple[Path, ...]:
    files = scoring_format.files(target)
    if not has_second:
        return files
    return (*files, *scoring_format.files(_second_target(scoring_format, target)))


def _about_other(hypnodensity: Hypnodensity, other: Scoring) -> str:
    """Count where two opinions differ."""
    own = Scoring(len(other))
    own.apply(prediction_edit(own, hypnodensity))
    comparison = Comparison.of(own, other)
    n_both = int(comparison.agreement.confusion.sum())
    n_differing = len(comparison.differing)
    share = f" ({n_differing / n_both:.1%})" if n_both else ""
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
    """Say what looks wrong and return it.

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
    for sentences in told:
        say(f"{path.name}: {sentences}")
    return told


def _derivations(
    recording: Recording, channel: str | None, voters: int, spec: InputSpec
) -> tuple[Derivation, ...]:
    if channel is None:
        return voting_derivations(recording, spec, voters)
    anode, _, cathode = (part.strip() for part in channel.partition(","))
    return (Derivation(recording.channel(anode).label, cathode or None),)


def _about_votes(staging: Staging, recording: Recording) -> list[str]:
    """Say what was left out for how long, and how much could not be staged."""
    sentences = [
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
        share = n_abstained / reasons.size
        sentences.append(f"{n_abstained} epochs ({share:.1%}) can't be staged: {named}.")
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


class _ProgressLine:
    """A line on stderr that is written again while the work goes on."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._shown = -1

    def __call__(self, fraction: float) -> None:
        percent = int(fraction * 100)
        if percent == self._shown or not stderr_is_terminal():
            return
        self._shown = percent
        end = "\n" if percent == 100 else ""
        write_stderr(f"\r{self._name}: {percent:3d} %{end}")
