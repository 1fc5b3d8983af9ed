"""Features of nights of the first training that come with the application, by epoch model."""

from __future__ import annotations

from pathlib import Path

from resources import REPLAY_FOLDER
from sleepscorer.file_questions import files_in
from sleepscorer.io.feature_set import FeatureSet, read_feature_set


def replay_of(features_sha256: str) -> FeatureSet | None:
    """Replay set of an epoch model; None where none came with the application.

    Raises
    ------
    ScoringError
        One is damaged.
    """
    found = _found(features_sha256)
    return None if found is None else found[1]


def replay_path(features_sha256: str) -> Path | None:
    """Where the replay set of an epoch model is; None and errors as of `replay_of`."""
    found = _found(features_sha256)
    return None if found is None else found[0]


def _found(features_sha256: str) -> tuple[Path, FeatureSet] | None:
    for path in files_in(REPLAY_FOLDER, ".h5"):
        replay = read_feature_set(path)
        if replay.features_sha256 == features_sha256:
            return path, replay
    return None
