"""The session file: a scoring in full, in HDF5.

Layout, format version 1 (all texts UTF-8)::

    /                attributes: format = "SleepScorer session", format_version, application
    /recording       attributes: path, file_name, start (ISO 8601 or ""), duration_s;
                     dataset labels
    /scoring         attribute: scorer;
                     datasets stages (n_epochs,) int8, class order, -1 unscored; sources (n_epochs,)
    /hypnodensity    where there is one; attributes: model, weights_sha256, derivation;
                     dataset probabilities (n_epochs, 5) float32
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import h5py
import numpy as np

from sleepscorer import __version__
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.io.atomic import replacing

SUFFIX = ".h5"
_FORMAT = "SleepScorer session"
_VERSION = 1
_MOST_EPOCHS = 100_000  # five weeks: more is a damaged or hostile file


@dataclass(frozen=True, slots=True)
class Session:
    """A saved piece of work.

    Attributes
    ----------
    recording_path
        Where the recording was.
    scored
        The scoring and the identity of its recording.
    scorer
        Name of the person who scores.
    """

    recording_path: Path
    scored: ScoredRecording
    scorer: str

    def find_recording(self, session_path: Path) -> Path:
        """Find the recording where it was or beside the session file.

        Raises
        ------
        ScoringError
            It is in neither place.
        """
        name = self.scored.recording.file_name
        for candidate in (self.recording_path, session_path.parent / name):
            if candidate.is_file():
                return candidate
        raise ScoringError(
            f"The recording {name} of {session_path.name} is neither at {self.recording_path} nor "
            f"in {session_path.parent}; put it beside the session file and open that again."
        )


def write_session(path: Path, session: Session) -> None:
    """Write the session file, wholly or not at all.

    Raises
    ------
    ScoringError
        The file can't be written.
    """
    identity = session.scored.recording
    scoring = session.scored.scoring
    with replacing(path) as temporary, h5py.File(temporary, "w") as file:
        file.attrs["format"] = _FORMAT
        file.attrs["format_version"] = _VERSION
        file.attrs["application"] = f"SleepScorer {__version__}"
        recording = file.create_group("recording")
        recording.attrs["path"] = str(session.recording_path)
        recording.attrs["file_name"] = identity.file_name
        recording.attrs["start"] = "" if identity.start is None else identity.start.isoformat()
        recording.attrs["duration_s"] = identity.duration_s
        recording.create_dataset("labels", data=list(identity.labels), dtype=h5py.string_dtype())
        group = file.create_group("scoring")
        group.attrs["scorer"] = session.scorer
        group.create_dataset("stages", data=np.array(scoring.stages, np.int8))
        group.create_dataset(
            "sources",
            data=[score.source for score in scoring.scores],
            dtype=h5py.string_dtype(),
        )
        if scoring.hypnodensity is not None:
            group = file.create_group("hypnodensity")
            group.attrs["model"] = scoring.hypnodensity.model
            group.attrs["weights_sha256"] = scoring.hypnodensity.weights_sha256
            group.attrs["derivation"] = scoring.hypnodensity.derivation
            group.create_dataset("probabilities", data=scoring.hypnodensity.probabilities)


def read_session(path: Path) -> Session:
    """Read a session file.

    Raises
    ------
    ScoringError
        It is no session file, is from a newer version, or is damaged.
    """
    try:
        with h5py.File(path, "r") as file:
            return _read(file, path)
    except (OSError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise ScoringError(
            f"{path.name} can't be read as a session ({error}); open the recording itself, or an "
            "earlier copy of the session."
        ) from error


def is_session(path: Path) -> bool:
    """Whether a file is to be opened as a session, told by its suffix."""
    return path.suffix.casefold() == SUFFIX


def _read(file: h5py.File, path: Path) -> Session:
    if file.attrs.get("format") != _FORMAT:
        raise ScoringError(f"{path.name} is an HDF5 file of another program, not a session.")
    version = int(file.attrs["format_version"])
    if version > _VERSION:
        raise ScoringError(
            f"{path.name} was saved by a newer SleepScorer ({file.attrs['application']}); open it "
            "with that version."
        )
    recording = file["recording"]
    start = recording.attrs["start"]
    identity = RecordingIdentity(
        file_name=recording.attrs["file_name"],
        start=datetime.fromisoformat(start) if start else None,
        duration_s=float(recording.attrs["duration_s"]),
        labels=tuple(recording["labels"].asstr()[()]),
    )
    group = file["scoring"]
    n_epochs = group["stages"].size
    if group["stages"].ndim != 1 or n_epochs > _MOST_EPOCHS:
        raise ValueError(f"stages of shape {group['stages'].shape}")
    scores = tuple(
        EpochScore(Stage(int(code)), str(source))
        for code, source in zip(group["stages"][()], group["sources"].asstr()[()], strict=True)
    )
    scoring = Scoring(n_epochs, scores=scores, hypnodensity=_read_hypnodensity(file, n_epochs))
    return Session(
        Path(recording.attrs["path"]),
        ScoredRecording(identity, scoring),
        str(group.attrs["scorer"]),
    )


def _read_hypnodensity(file: h5py.File, n_epochs: int) -> Hypnodensity | None:
    if "hypnodensity" not in file:
        return None
    group = file["hypnodensity"]
    if group["probabilities"].shape != (n_epochs, 5):
        raise ValueError(f"probabilities of shape {group['probabilities'].shape}")
    return Hypnodensity(
        group["probabilities"][()].astype(np.float32),
        model=str(group.attrs["model"]),
        weights_sha256=str(group.attrs["weights_sha256"]),
        derivation=str(group.attrs["derivation"]),
    )
