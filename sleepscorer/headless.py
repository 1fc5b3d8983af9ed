"""`sleepscorer score`: stage recordings without a window."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from model.network import InputSpec
from sleepscorer import DISCLAIMER
from sleepscorer.autoscoring import autoscore, load_model
from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.errors import AutoscoringError, SleepScorerError
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import Remark, RemarkEdit, Scoring, prediction_edit
from sleepscorer.io.atomic import remove_abandoned
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import ScoringFormat
from sleepscorer.models.store import known_range
from sleepscorer.network_input import preferred_derivation
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


def score(
    recordings: Sequence[Path],
    *,
    out: Path,
    scoring_format: ScoringFormat,
    channel: str | None = None,
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
        Derivation to stage, ``"LABEL"`` or ``"LABEL,LABEL"``; chosen from the labels without.
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
        model = load_model()
        make_folder(out)
        remove_abandoned(out)
        target_of = distinct_targets(
            recordings,
            lambda path: out / scoring_format.file_name(path.name),
            scoring_format.files,
        )
    except SleepScorerError as error:
        say(str(error))
        return 1
    say(f"{model.name} {model.version} on {model.device.upper()}. {DISCLAIMER}")
    known = known_range(model.description.input_range)

    def work(path: Path) -> str:
        target = target_of(path)
        refuse_existing(*scoring_format.files(target), overwrite=overwrite)
        with closing(open_recording(path)) as recording:
            derivation = _derivation(recording, channel, model.network.spec)
            told = _told(path, check_recording(recording, derivation, known), strict=strict)
            hypnodensity = autoscore(
                recording, derivation, model, progress=_ProgressLine(path.name)
            )
            told += _told(path, check_stages(hypnodensity), strict=strict)
            scoring = Scoring(recording.n_epochs)
            scoring.apply(prediction_edit(scoring, hypnodensity))
            scoring.apply(RemarkEdit((0,), (Remark(" ".join(told)),)))
            scored = ScoredRecording.of(recording, scoring)
            for remark in recording.remarks:
                say(remark)
            recording.check_on_disk()
            scoring_format.write(target, scored)
        done = f"{path.name}: {len(scoring)} epochs from {derivation.name} → {target}."
        return " ".join((done, *scoring_format.losses(scoring)))

    return for_each(recordings, work, "staged")


def _told(path: Path, findings: Sequence[Finding], *, strict: bool) -> list[str]:
    """Say what looks wrong and return it.

    Raises
    ------
    AutoscoringError
        Something looks wrong and that is not to be passed over.
    """
    told = [finding.sentences for finding in worth_saying(findings)]
    if told and strict:
        raise AutoscoringError(f"{path.name} has no result, as --strict asks for: {' '.join(told)}")
    for sentences in told:
        say(f"{path.name}: {sentences}")
    return told


def _derivation(recording: Recording, channel: str | None, spec: InputSpec) -> Derivation:
    if channel is None:
        return preferred_derivation(recording, spec)
    anode, _, cathode = (part.strip() for part in channel.partition(","))
    return Derivation(recording.channel(anode).label, cathode or None)


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
