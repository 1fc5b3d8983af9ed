"""The session file: a scoring in full, in HDF5.

The file begins with a block of 512 bytes that readers of HDF5 skip: the line "SleepScorer session",
then "sha256 " and the hash of everything after the block, then NUL bytes. The HDF5 library can
crash on a damaged file, and would not notice a damaged stage; with the hash, neither happens.

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

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import h5py
import numpy as np

from sleepscorer import __version__
from sleepscorer.domain.epochs import MOST_EPOCHS, n_complete_epochs
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.io.atomic import replacing

SUFFIX = ".h5"
_FORMAT = "SleepScorer session"
_VERSION = 1
_TEXT = h5py.string_dtype()

_SEAL_BYTES = 512  # the least that HDF5 can skip
_SEAL = b"SleepScorer session\nsha256 "
_MOST_BYTES = 2**28  # fifty times five weeks


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
            try:
                if candidate.is_file():
                    return candidate
            except OSError:  # a folder that may not be looked into, a path too long
                continue
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
    try:
        with h5py.File.in_memory() as file:
            _write(file, session)
            file.flush()
            content = file.id.get_file_image()
    except ValueError as error:  # a text that HDF5 can't hold
        raise ScoringError(f"{path} can't be written: {error}. Nothing was changed.") from error
    with replacing(path) as temporary:
        temporary.write_bytes(_seal(content) + content)


def read_session(path: Path) -> Session:
    """Read a session file.

    Raises
    ------
    ScoringError
        It is no session file, is from a newer version, or is damaged.
    """
    content = _sealed_content(path)
    try:
        with h5py.File.in_memory(content) as file:
            return _read(file, path)
    except (OSError, KeyError, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise ScoringError(
            f"{path.name} can't be read as a session ({error}); open the recording itself, or an "
            "earlier copy of the session."
        ) from error


def is_session(path: Path) -> bool:
    """Whether a file is to be opened as a session, told by its suffix."""
    return path.suffix.casefold() == SUFFIX


def _seal(content: bytes) -> bytes:
    digest = hashlib.sha256(content).hexdigest().encode()
    return (_SEAL + digest + b"\n").ljust(_SEAL_BYTES, b"\x00")


def _sealed_content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            seal = file.read(_SEAL_BYTES)
            content = file.read(_MOST_BYTES) if seal.startswith(_SEAL) else b""
    except OSError as error:
        raise ScoringError(f"{path} can't be opened: {error.strerror}.") from error
    if not seal.startswith(_SEAL):
        raise ScoringError(
            f"{path.name} can't be read as a session: it does not begin like one. Choose a session "
            "that SleepScorer saved, or the recording itself."
        )
    if seal != _seal(content):
        raise ScoringError(
            f"{path.name} can't be read as a session: it is not as it was saved, perhaps not "
            "copied completely. Open the recording itself, or an earlier copy of the session."
        )
    return content


def _write(file: h5py.File, session: Session) -> None:
    identity = session.scored.recording
    scoring = session.scored.scoring
    file.attrs["format"] = _FORMAT
    file.attrs["format_version"] = _VERSION
    file.attrs["application"] = f"SleepScorer {__version__}"
    recording = file.create_group("recording")
    recording.attrs.create("path", _file_name_bytes(str(session.recording_path)), dtype=_TEXT)
    recording.attrs.create("file_name", _file_name_bytes(identity.file_name), dtype=_TEXT)
    recording.attrs["start"] = "" if identity.start is None else identity.start.isoformat()
    recording.attrs["duration_s"] = identity.duration_s
    recording.create_dataset("labels", data=list(identity.labels), dtype=_TEXT)
    group = file.create_group("scoring")
    group.attrs["scorer"] = session.scorer
    group.create_dataset("stages", data=np.array(scoring.stages, np.int8))
    sources = [score.source for score in scoring.scores]
    group.create_dataset("sources", data=sources, dtype=_TEXT)
    if scoring.hypnodensity is not None:
        group = file.create_group("hypnodensity")
        group.attrs["model"] = scoring.hypnodensity.model
        group.attrs["weights_sha256"] = scoring.hypnodensity.weights_sha256
        group.attrs["derivation"] = scoring.hypnodensity.derivation
        group.create_dataset("probabilities", data=scoring.hypnodensity.probabilities)


def _file_name_bytes(name: str) -> bytes:
    """Bytes of a file's name; Linux has names that are not UTF-8, h5py reads them like this."""
    return name.encode("utf-8", "surrogateescape")


def _read(file: h5py.File, path: Path) -> Session:
    version = int(file.attrs["format_version"])
    if version > _VERSION:
        raise ScoringError(
            f"{path.name} was saved by a newer SleepScorer ({file.attrs['application']}); open it "
            "with that version."
        )
    recording = file["recording"]
    start = recording.attrs["start"]
    identity = RecordingIdentity(
        file_name=str(recording.attrs["file_name"]),
        start=datetime.fromisoformat(start) if start else None,
        duration_s=float(recording.attrs["duration_s"]),
        labels=_read_texts(recording["labels"]),
    )
    group = file["scoring"]
    n_epochs = n_complete_epochs(identity.duration_s)
    if group["stages"].shape != (n_epochs,) or n_epochs > MOST_EPOCHS:
        raise ValueError(f"stages of shape {group['stages'].shape}, {n_epochs} epochs")
    scores = tuple(
        EpochScore(Stage(int(code)), source)
        for code, source in zip(group["stages"][()], _read_texts(group["sources"]), strict=True)
    )
    scoring = Scoring(n_epochs, scores=scores, hypnodensity=_read_hypnodensity(file, n_epochs))
    return Session(
        Path(recording.attrs["path"]),
        ScoredRecording(identity, scoring),
        str(group.attrs["scorer"]),
    )


def _read_texts(dataset: h5py.Dataset) -> tuple[str, ...]:
    # Before memory is asked for.
    if dataset.ndim != 1 or dataset.size > MOST_EPOCHS:
        raise ValueError(f"texts of shape {dataset.shape}")
    return tuple(str(text) for text in dataset.asstr()[()])


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
