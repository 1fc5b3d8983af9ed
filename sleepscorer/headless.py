"""`sleepscorer score`: stage recordings without a window."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from sleepscorer.autoscoring import autoscore, load_model, preferred_derivation
from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.errors import ScoringError, SleepScorerError
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import Scoring, prediction_edit
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import ScoringFormat

DISCLAIMER = "Not a medical device: a qualified person reviews every result."


def score(
    recordings: Sequence[Path],
    *,
    out: Path,
    scoring_format: ScoringFormat,
    channel: str | None = None,
) -> int:
    """Stage recordings and write one file for each; progress and problems go to stderr.

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

    Returns
    -------
    exit_status
        0 when every recording was staged, 1 otherwise.
    """
    try:
        model = load_model()
        _make_folder(out)
        targets = _targets(recordings, out, scoring_format)
    except SleepScorerError as error:
        _say(str(error))
        return 1
    _say(f"{model.name} {model.version} on {model.device.upper()}. {DISCLAIMER}")
    n_failed = 0
    for path, target in targets:
        try:
            recording = open_recording(path)
            try:
                derivation = _derivation(recording, channel)
                hypnodensity = autoscore(
                    recording, derivation, model, progress=_ProgressLine(path.name)
                )
                scoring = Scoring(recording.n_epochs)
                scoring.apply(prediction_edit(scoring, hypnodensity))
                scored = ScoredRecording(RecordingIdentity.of(recording), scoring)
                for remark in recording.remarks:
                    _say(remark)
            finally:
                recording.close()
            scoring_format.write(target, scored)
        except SleepScorerError as error:
            n_failed += 1
            _say(str(error))
        else:
            _say(f"{path.name}: {len(scoring)} epochs from {derivation.name} → {target}")
    if n_failed:
        _say(f"{n_failed} of {len(targets)} recordings could not be staged.")
    return 1 if n_failed else 0


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ScoringError(
            f"The folder {folder} can't be made: {error.strerror}; choose another with --out."
        ) from error


def _targets(
    recordings: Sequence[Path], out: Path, scoring_format: ScoringFormat
) -> list[tuple[Path, Path]]:
    """Pair each recording with its result; two recordings never share one."""
    targets: dict[Path, Path] = {}
    for path in recordings:
        target = out / scoring_format.file_name(path.name)
        if target in targets:
            raise ScoringError(
                f"{targets[target]} and {path} would both be written to {target}; stage them into "
                "different folders."
            )
        if target.exists() and any(
            recording.exists() and target.samefile(recording) for recording in recordings
        ):
            raise ScoringError(
                f"The result for {path} would be written over the recording {target}; choose "
                "another folder with --out."
            )
        targets[target] = path
    return [(path, target) for target, path in targets.items()]


def _derivation(recording: Recording, channel: str | None) -> Derivation:
    if channel is None:
        return preferred_derivation(recording)
    anode, _, cathode = (part.strip() for part in channel.partition(","))
    return Derivation(recording.channel(anode).label, cathode or None)


class _ProgressLine:
    """A line on stderr that is written again while the work goes on."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._shown = -1

    def __call__(self, fraction: float) -> None:
        percent = int(fraction * 100)
        if percent == self._shown or not sys.stderr.isatty():
            return
        self._shown = percent
        end = "\n" if percent == 100 else ""
        sys.stderr.write(f"\r{self._name}: {percent:3d} %{end}")
        sys.stderr.flush()


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
