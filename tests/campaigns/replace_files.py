"""Change recordings while they are open, and do with them what the program does.

Run by hand: ``python tests/campaigns/replace_files.py [--n N] [--seed SEED]``. A recording is
replaced by another night of equal length, overwritten, cut, moved or taken away. What is then read
or written must be of the night that was opened, or be refused with one sentence.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
from campaign import run, said
from nights import scoring_of, write_night

from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.scored_recording import RecordingIdentity
from sleepscorer.io.deidentified import Times, write_deidentified
from sleepscorer.io.edf import EdfRecording, open_edf
from sleepscorer.io.edf_scoring import write_scored_copy
from sleepscorer.io.session import Session, read_session, write_session
from sleepscorer.report.content import make_report


def replace(path: Path, other: Path, _: random.Random) -> None:
    other.replace(path)


def overwrite(path: Path, other: Path, _: random.Random) -> None:
    with path.open("rb+") as file:
        file.write(other.read_bytes())


def overwrite_a_part(path: Path, other: Path, rng: random.Random) -> None:
    content = other.read_bytes()
    first = rng.randrange(2000, len(content) - 50_000)
    with path.open("rb+") as file:
        file.seek(first)
        file.write(content[first : first + 50_000])


def cut(path: Path, _: Path, rng: random.Random) -> None:
    with path.open("rb+") as file:
        file.truncate(rng.randrange(path.stat().st_size))


def take_away(path: Path, _other: Path, _: random.Random) -> None:
    path.unlink()


def move_folder(path: Path, _other: Path, _: random.Random) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))


def link_elsewhere(path: Path, other: Path, _: random.Random) -> None:
    path.unlink()
    path.symlink_to(other)


def copy_over(path: Path, other: Path, _: random.Random) -> None:
    shutil.copy2(other, path)


CHANGES = (replace, overwrite, overwrite_a_part, cut, take_away, move_folder, link_elsewhere)
CHANGES = (*CHANGES, copy_over)


def page(recording: EdfRecording, _out: Path, expected: np.ndarray) -> str:
    start_s = 30.0
    values = recording.read(recording.channels[0], start_s, start_s + 30)
    first = round(start_s * recording.channels[0].sfreq)
    return compared(values, expected[first : first + values.size])


def scored_copy(recording: EdfRecording, out: Path, expected: np.ndarray) -> str:
    write_scored_copy(out / "copy.edf", scoring_of(recording, "Ann"))
    return copied(out / "copy.edf", expected)


def deidentified(recording: EdfRecording, out: Path, expected: np.ndarray) -> str:
    write_deidentified(recording, out, "study", times=Times.KEPT)
    return copied(out / "study.edf", expected)


def report(recording: EdfRecording, _out: Path, _expected: np.ndarray) -> str:
    made = make_report(recording, scoring_of(recording, "Ann").scoring)
    return "of the night that was opened" if made.spectrogram is not None else "NOTHING"


def session(recording: EdfRecording, out: Path, expected: np.ndarray) -> str:
    """Work can be saved whatever became of the recording, and belongs to no other night."""
    write_session(out / "night.h5", Session(recording.path, scoring_of(recording, "Ann"), "Ann"))
    stored = read_session(out / "night.h5").scored.recording
    return compared_identity(stored, recording)


def compared_identity(stored: RecordingIdentity, recording: EdfRecording) -> str:
    is_same = not stored.difference(RecordingIdentity.of(recording))
    return "of the night that was opened" if is_same else "MIXED UP"


def copied(path: Path, expected: np.ndarray) -> str:
    with closing(open_edf(path)) as copy:
        return compared(copy.read(copy.channels[0], 0, copy.duration_s), expected)


def compared(values: np.ndarray, expected: np.ndarray) -> str:
    return "of the night that was opened" if np.array_equal(values, expected) else "MIXED UP"


USES: tuple[Callable[[EdfRecording, Path, np.ndarray], str], ...]
USES = (page, scored_copy, deidentified, report, session)


def trial(rng: random.Random, number: int, folder: Path) -> Iterator[str]:
    inside, out = folder / "in", folder / "out"
    inside.mkdir()
    out.mkdir()
    path = write_night(inside / "night.edf", number)
    other = write_night(inside / "other.edf", number + 1)
    change, use = CHANGES[number % len(CHANGES)], USES[number // len(CHANGES) % len(USES)]
    with closing(open_edf(path)) as recording:
        expected = recording.read(recording.channels[0], 0, recording.duration_s)
        if rng.random() < 0.8:
            recording._records._recent = None  # what was read last is still known otherwise
        change(path, other, rng)
        try:
            ending = use(recording, out, expected)
        except SleepScorerError as error:
            ending = said(error, path.name, str(out))
            if any(out.iterdir()):
                ending = "REFUSED AND WRITTEN"
        yield f"{use.__name__} after {change.__name__}: {ending}"


if __name__ == "__main__":
    run(trial, n_trials=400)
