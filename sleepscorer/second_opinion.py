"""Other programs that stage sleep: YASA, and any command that writes a scoring."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from sleepscorer.domain.alignment import align
from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import AutoscoringError, ScoringError
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.phrases import joined
from sleepscorer.domain.provenance import Model
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scored_recording import RecordingIdentity
from sleepscorer.domain.scoring import EpochScore, Remark, Scoring, prediction_edit
from sleepscorer.domain.second_opinion import Stager
from sleepscorer.file_questions import absolute, is_file
from sleepscorer.io.scoring_formats import read_scoring

YASA = "yasa"
"""Word on the command line."""

Progress = Callable[[float], None]

_LONGEST_S = 3600.0
_ASKED_EVERY_S = 0.2
_READ = 0.1
"""Part of the time that reading takes, for the progress bar."""
_COLUMNS = ("WAKE", "N1", "N2", "N3", "REM")
_PLACES = ("{recording}", "{channel}", "{out}")
_COMPLAINT_BYTES = 4096
_OWN_GROUP = sys.platform != "win32"


def stager_of(text: str) -> Stager:
    """Find the program that a word or a command names.

    Parameters
    ----------
    text
        ``"yasa"``, or a command with ``{recording}`` and ``{out}`` and, if need be, ``{channel}``.

    Raises
    ------
    AutoscoringError
        It is neither.
    """
    return YasaStager() if text.strip().casefold() == YASA else CommandStager.of(text)


class YasaStager:
    """YASA on one EEG derivation, where it is installed.

    Raises
    ------
    AutoscoringError
        It is not.

    References
    ----------
    Vallat & Walker, An open-source, high-performance tool for automated sleep staging, eLife 2021.
    """

    def __init__(self) -> None:
        try:
            self._version = version(YASA)
        except PackageNotFoundError as error:
            raise AutoscoringError(
                "YASA is not installed; install it with: pip install 'sleepscorer[yasa]'"
            ) from error

    @property
    def title(self) -> str:
        """Name and version."""
        return f"YASA {self._version}"

    def stage(
        self,
        recording: Recording,
        derivation: Derivation,
        *,
        progress: Progress = lambda _: None,
    ) -> Scoring:
        """Stage a recording; epochs that a gap touches stay without a stage.

        It can be stopped before YASA begins and when it has ended, which takes seconds.

        Raises
        ------
        AutoscoringError
            It could not.
        RecordingError
            The derivation can't be read.
        """
        n_epochs = recording.n_epochs
        sfreq = recording.channel(derivation.anode).sfreq
        values = recording.read_derivation(derivation, 0, n_epochs * EPOCH_S)
        progress(_READ)
        missing = np.isnan(values)
        at_gap = [part.mean() > 1e-3 for part in np.array_split(missing, max(n_epochs, 1))]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                import mne
                import yasa

                info = mne.create_info(["EEG"], sfreq, "eeg", verbose="ERROR")
                volts = np.where(missing, 0, values)[None].astype(np.float64) * 1e-6
                raw = mne.io.RawArray(volts, info, verbose="ERROR")
                table = yasa.SleepStaging(raw, "EEG").predict().proba
                rows = table[list(_COLUMNS)].to_numpy(np.float32)
        except Exception as error:
            cause = " ".join(str(error).split())[:200] or type(error).__name__
            raise AutoscoringError(
                "{file}: YASA could not stage {derivation} ({cause}).",
                file=recording.path.name,
                derivation=derivation.name,
                cause=cause,
            ) from error
        progress(1.0)
        probabilities = np.full((n_epochs, len(_COLUMNS)), np.nan, np.float32)
        n_given = min(n_epochs, len(rows))
        probabilities[:n_given] = rows[:n_given] / rows[:n_given].sum(axis=1, keepdims=True)
        probabilities[np.flatnonzero(at_gap[:n_epochs])] = np.nan
        scoring = Scoring(n_epochs, scorer=self.title)
        hypnodensity = Hypnodensity(probabilities, self.title, "", derivation.name)
        scoring.apply(prediction_edit(scoring, hypnodensity))
        return scoring


@dataclass(frozen=True, slots=True)
class CommandStager:
    """A program of the laboratory: it is given a recording and writes a scoring.

    The command is split into words once and never given to a shell, so that a file name is one word
    whatever is in it.

    Attributes
    ----------
    words
        Program and arguments. In each, ``{recording}`` stands for the path of the recording,
        ``{channel}`` for the name of the derivation and ``{out}`` for the path of the file that it
        is to write, in any format that scorings are read from.
    longest_s
        Seconds after which it is ended.
    """

    words: tuple[str, ...]
    longest_s: float = _LONGEST_S

    @classmethod
    def of(cls, text: str) -> CommandStager:
        """Split a command as a POSIX shell would, and do nothing else that a shell does.

        Raises
        ------
        AutoscoringError
            It is no command, or has no place for what it writes.
        """
        try:
            words = tuple(shlex.split(text))
        except ValueError as error:
            raise AutoscoringError(
                "“{text}” is no command: {error}.", text=text, error=error
            ) from error
        if not words or not all(any(place in word for word in words) for place in _PLACES[::2]):
            raise AutoscoringError(
                "“{text}” is neither “{yasa}” nor a command with {{recording}} and "
                "{{out}} for the files that it reads and writes.",
                text=text,
                yasa=YASA,
            )
        return cls(words)

    @property
    def title(self) -> str:
        """Name of the program."""
        return Path(self.words[0]).stem

    def stage(
        self,
        recording: Recording,
        derivation: Derivation,
        *,
        progress: Progress = lambda _: None,
    ) -> Scoring:
        """Run the program and read what it wrote, by the clock of the recording.

        What did not fit the recording stands as the remark of the first epoch. How far it is can't
        be told; where `progress` raises, it is ended with all that it started.

        Raises
        ------
        AutoscoringError
            It can't be started, failed, took too long, or wrote nothing that can be read without
            a question.
        """
        with tempfile.TemporaryDirectory(prefix="sleepscorer-") as folder:
            out = Path(folder) / "scoring"
            values = dict(
                zip(
                    _PLACES,
                    (str(absolute(recording.path)), derivation.name, str(out)),
                    strict=True,
                )
            )
            self._run([_filled(word, values) for word in self.words], progress)
            if not is_file(out):
                raise AutoscoringError(
                    "{title} ended without writing a scoring of {file} to the file that "
                    "{{out}} stands for.",
                    title=self.title,
                    file=recording.path.name,
                )
            try:
                stored = read_scoring(out, RecordingIdentity.of(recording))
            except ScoringError as error:
                raise AutoscoringError(
                    "What {title} wrote of {file} can't be read: {error}",
                    title=self.title,
                    file=recording.path.name,
                    error=error,
                ) from error
        aligned = align(stored, start=recording.start, duration_s=recording.duration_s)
        found, doubts = aligned.scoring, joined(*aligned.mismatches)
        return Scoring(
            len(found),
            scores=[EpochScore(score.stage, Model(self.title)) for score in found.scores],
            hypnodensity=found.hypnodensity,
            remarks={0: Remark(doubts)} if doubts and len(found) else {},
            scorer=self.title,
        )

    def _run(self, command: Sequence[str], progress: Progress) -> None:
        with tempfile.TemporaryFile() as complaints:
            try:
                process = subprocess.Popen(  # noqa: S603  the laboratory's own command, no shell
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=complaints,
                    start_new_session=_OWN_GROUP,
                )
            except OSError as error:
                raise AutoscoringError(
                    "{command} can't be started: {reason}.",
                    command=command[0],
                    reason=error,
                ) from error
            try:
                status = self._wait(process, progress)
            finally:
                _end(process)
            if status:
                size = complaints.seek(0, os.SEEK_END)
                complaints.seek(max(size - _COMPLAINT_BYTES, 0))
                lines = complaints.read().decode("utf-8", "replace").strip().splitlines()
                said = f": {lines[-1][:200]}" if lines else ""
                raise AutoscoringError(
                    "{title} failed with status {status}{said}.",
                    title=self.title,
                    status=status,
                    said=said,
                )

    def _wait(self, process: subprocess.Popen[bytes], progress: Progress) -> int:
        """Wait until a program ends, and ask in between whether it is still wanted."""
        end_s = time.monotonic() + self.longest_s
        while (left_s := end_s - time.monotonic()) > 0:
            progress(0.0)
            with suppress(subprocess.TimeoutExpired):
                return process.wait(min(left_s, _ASKED_EVERY_S))
        raise AutoscoringError(
            "{title} was ended after {longest_s:g} s without a scoring.",
            title=self.title,
            longest_s=self.longest_s,
        )


def _filled(word: str, values: dict[str, str]) -> str:
    """Put values into their places; what they hold is no place again."""
    for place, value in values.items():
        before, found, after = word.partition(place)
        if found:
            return f"{_filled(before, values)}{value}{_filled(after, values)}"
    return word


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and whatever it has started."""
    if _OWN_GROUP:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
