"""The nights that a laboratory learns from: what people decided, and the features beside it.

A library is a folder for its owner alone::

    salt                      random bytes, without which the hashes of patients tell nothing
    nights/ID.json            one file a night: who decided what, and where the recording is
    features/ID-HASH.h5       what an epoch model made of it; HASH names the epoch model

The signal stays where it is. Which nights are trained on follows from the hash of the subject.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from model.network import HasFeatures
from sleepscorer.codec import Codec, CodecError
from sleepscorer.domain.agreement import confusion_matrix
from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.provenance import Imported, Joint, Model, Person, Provenance, is_human
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scored_recording import RecordingIdentity
from sleepscorer.domain.scoring import Scoring, SignOff
from sleepscorer.domain.stages import Stage
from sleepscorer.file_questions import absolute, content_of, data_folder, files_in, is_file
from sleepscorer.input_channels import channels_of_roles
from sleepscorer.io.atomic import remove, write_file, write_text
from sleepscorer.io.edf_identity import patient_of
from sleepscorer.io.feature_set import FeatureNight, FeatureSet, read_feature_set, write_feature_set
from sleepscorer.io.private_files import make_private, make_private_folder
from sleepscorer.io.provenance import SourceTable
from sleepscorer.loop.patients import LibraryError, Marks, is_held_out, marks_of, subject_of
from sleepscorer.network_input import read_input

if TYPE_CHECKING:
    from model.weights import LoadedModel  # torch takes seconds to import

Progress = Callable[[float], None]

_NIGHTS, _FEATURES, _SALT = "nights", "features", "salt"
_N_RECENT = 10
_TWICE = 2.0


class LeftEpochs(Enum):
    """How epochs count that a person saw in a night that was signed off, and left as they were."""

    LEFT_OUT = "left-out"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class CollectedNight:
    """What was decided about one night.

    Attributes
    ----------
    id
        By which it is known here: a night that comes again takes its own place.
    subject
        Salted hash of whose night it is.
    marks
        What the patient is recognised by.
    recording
        Which recording it is.
    path
        Where the recording was.
    derivation, gain
        What was staged.
    sign_off
        Who answers for the scoring.
    stages
        Of each epoch, class order, -1 unscored.
    sources
        Number of each epoch's provenance, -1 unknown.
    provenances
        Who or what gave stages.
    predicted
        What the version that staged the night said of each epoch, -1 for nothing.
    model
        Hash of that version; empty where no version staged it.
    added_at
        When it came.
    """

    id: str
    subject: str
    marks: Marks
    recording: RecordingIdentity
    path: str
    derivation: Derivation
    gain: float
    sign_off: SignOff
    stages: tuple[int, ...]
    sources: tuple[int, ...]
    provenances: tuple[Provenance, ...]
    predicted: tuple[int, ...]
    model: str
    added_at: datetime

    def __post_init__(self) -> None:
        if not len(self.stages) == len(self.sources) == len(self.predicted):
            raise ValueError("stages, sources and predictions are not of the same epochs")
        if not all(-1 <= number < len(self.provenances) for number in self.sources):
            raise ValueError("a source has no provenance")

    @property
    def is_held_out(self) -> bool:
        """Whether it is for comparing versions, and never for training."""
        return is_held_out(self.subject)

    @property
    def decided(self) -> npt.NDArray[np.bool_]:
        """Whether people decided on each epoch, shape (n,)."""
        human = np.array([is_human(one) for one in self.provenances] + [False])
        return np.asarray(human[np.array(self.sources)] & (np.array(self.stages) >= 0))

    def truth(self, left: LeftEpochs) -> npt.NDArray[np.int8]:
        """Stages that count as true, shape (n,), -1 where none does.

        An imported stage of which nobody said that a person gave it never does.
        """
        counts = self.decided
        if left is LeftEpochs.COUNT:
            of_model = np.array([isinstance(one, Model) for one in self.provenances] + [False])
            counts = counts | of_model[np.array(self.sources)]
        return np.where(counts, np.array(self.stages, np.int8), np.int8(-1))

    @property
    def corrections(self) -> npt.NDArray[np.int64]:
        """Epochs that people decided on, shape (5, 5): row = what the version said, column = they.

        Epochs on which the version said nothing are left out.
        """
        decided = np.where(self.decided, np.array(self.stages, np.int8), np.int8(-1))
        return confusion_matrix(np.array(self.predicted, np.int8), decided)

    @property
    def corrected_share(self) -> float:
        """Share of all staged epochs that people gave another stage than the version."""
        counts = self.corrections
        n_staged = sum(stage >= 0 for stage in self.predicted)
        return float(counts.sum() - np.trace(counts)) / n_staged if n_staged else float("nan")


_NIGHT: Codec[CollectedNight] = Codec(
    {"night": CollectedNight},
    nested=({"person": Person, "model": Model, "imported": Imported, "joint": Joint},),
)


class Library:
    """Nights to learn from.

    Parameters
    ----------
    folder
        Of the library; that of the person at the computer by default. Made with the first night.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or data_folder() / "library"

    def nights(self) -> tuple[CollectedNight, ...]:
        """All nights, in the order in which they came.

        Raises
        ------
        LibraryError
            One is damaged.
        """
        found = []
        for path in files_in(self._folder / _NIGHTS, ".json"):
            if path.name.startswith("."):
                continue  # what a crash left of one
            try:
                found.append(_NIGHT.decode(content_of(path)))
            except (OSError, CodecError) as error:
                raise LibraryError(
                    "{path}, a night to learn from, can't be used: {error}. Remove the "
                    "file and add the night again.",
                    path=path,
                    error=error,
                ) from error
        return tuple(sorted(found, key=lambda night: (night.added_at, night.id)))

    def subject_of(self, recording: Recording, code: str = "") -> tuple[str, Marks]:
        """Tell whose night a recording is, by salted hashes.

        Parameters
        ----------
        recording
            The night.
        code
            The patient's code, where somebody gave it.

        Raises
        ------
        WhoseNightError
            It has to be asked for.
        LibraryError
            The library can't be used.
        """
        marks = marks_of(patient_of(recording), self._salt(), code)
        night_id = _id_of(RecordingIdentity.of(recording))
        nights = self.nights()
        former = [night for night in nights if night.id == night_id]
        if former and not code:
            return former[0].subject, former[0].marks
        known = [(night.subject, night.marks) for night in nights if night.id != night_id]
        return subject_of(marks, known, is_given=bool(code)), marks

    def add(self, night: CollectedNight, features: FeatureSet) -> None:
        """Keep a night; it takes the place of an earlier scoring of the same recording.

        Raises
        ------
        LibraryError, ScoringError
            It can't be written.
        """
        self._make_folders()
        for former in self._feature_files(night.id):
            remove(former, LibraryError)  # the derivation may be another one now
        self.keep_features(night, features)
        path = self._folder / _NIGHTS / f"{night.id}.json"
        write_text(path, _NIGHT.encode(night) + "\n")
        make_private(path)

    def keep_features(self, night: CollectedNight, features: FeatureSet) -> None:
        """Keep what another epoch model made of a night, too.

        Raises
        ------
        ScoringError
            It can't be written.
        """
        path = self._feature_path(night, features.features_sha256)
        write_feature_set(path, features)
        make_private(path)

    def features(self, night: CollectedNight, features_sha256: str) -> FeatureNight | None:
        """Features that an epoch model made of a night; None where they were not kept.

        Raises
        ------
        ScoringError
            They are damaged.
        """
        path = self._feature_path(night, features_sha256)
        return read_feature_set(path).nights[0] if is_file(path) else None

    def remove(self, night: CollectedNight) -> None:
        """Take a night out, with its features.

        Raises
        ------
        LibraryError
            It can't be removed.
        """
        for path in (self._folder / _NIGHTS / f"{night.id}.json", *self._feature_files(night.id)):
            remove(path, LibraryError)

    def _feature_path(self, night: CollectedNight, features_sha256: str) -> Path:
        return self._folder / _FEATURES / f"{night.id}-{features_sha256[:16]}.h5"

    def _feature_files(self, night_id: str) -> list[Path]:
        found = files_in(self._folder / _FEATURES, ".h5")
        return [path for path in found if path.name.startswith(f"{night_id}-")]

    def _make_folders(self) -> None:
        for folder in (self._folder, self._folder / _NIGHTS, self._folder / _FEATURES):
            make_own_folder(folder)

    def _salt(self) -> bytes:
        path = self._folder / _SALT
        if not is_file(path):
            self._make_folders()
            write_file(path, secrets.token_bytes(32), may_replace=False)
            make_private(path)
        try:
            return content_of(path)
        except OSError as error:
            raise LibraryError(
                "{path} can't be read: {reason}. Without it no patient is "
                "recognised; check its permissions.",
                path=path,
                reason=error,
            ) from error


def collect(
    library: Library,
    recording: Recording,
    scoring: Scoring,
    model: LoadedModel,
    derivation: Derivation,
    *,
    gain: float = 1.0,
    code: str = "",
    progress: Progress = lambda _: None,
) -> CollectedNight:
    """Keep a night that was signed off, to learn from it.

    Parameters
    ----------
    library
        Where it is kept.
    recording, scoring
        The night.
    model
        Whose features are kept.
    derivation, gain
        What is staged, as the application stages it.
    code
        The patient's code, where somebody gave it.
    progress
        Called with the fraction done; may raise to stop.

    Raises
    ------
    LibraryError
        There is nothing to learn from it, or it can't be kept.
    WhoseNightError
        The patient's code has to be asked for.
    AutoscoringError, RecordingError
        The signal can't be read for the network.
    ScoringError
        It can't be written.
    """
    check_worth(recording.path.name, scoring)
    assert scoring.sign_off is not None, "checked"
    subject, marks = library.subject_of(recording, code)
    identity = RecordingIdentity.of(recording)
    table = SourceTable(score.source for score in scoring.scores)
    hypnodensity = scoring.hypnodensity
    predicted = [-1] * len(scoring)
    if hypnodensity is not None:
        predicted = [int(hypnodensity.stage(epoch)) for epoch in range(len(scoring))]
    night = CollectedNight(
        id=_id_of(identity),
        subject=subject,
        marks=marks,
        recording=identity,
        path=str(absolute(recording.path)),
        derivation=derivation,
        gain=gain,
        sign_off=scoring.sign_off,
        stages=tuple(int(stage) for stage in scoring.stages),
        sources=tuple(table.number(score.source) for score in scoring.scores),
        provenances=table.sources,
        predicted=tuple(predicted),
        model="" if hypnodensity is None else hypnodensity.weights_sha256,
        added_at=datetime.now(UTC),
    )
    library.add(night, encoded(recording, night, model, progress))
    return night


def check_worth(name: str, scoring: Scoring) -> None:
    """Refuse a night that nobody answers for, or on which nobody decided.

    Raises
    ------
    LibraryError
        There is nothing to learn from it.
    """
    if scoring.sign_off is None:
        raise LibraryError(
            "{name} is not signed off, so nobody answers for its stages: look "
            "through the night and sign it off, then add it.",
            name=name,
        )
    if any(score.is_human for score in scoring.scores):
        return
    imported = sorted(
        {score.source.file for score in scoring.scores if isinstance(score.source, Imported)}
    )
    if imported:
        raise LibraryError(
            "The stages of {name} are from {imported}, and nobody said that a "
            "person gave them: another program's network may have, and is "
            "nothing to learn from. Import them again and say whose they are, or "
            "correct the night here.",
            name=name,
            imported=tuple(imported),
        )
    raise LibraryError(
        "Nobody decided on an epoch of {name}: every stage is the network's "
        "own, which it can't learn from. Correct or confirm epochs first.",
        name=name,
    )


def features_network(model: LoadedModel) -> HasFeatures:
    """See a version's network as one whose features can be kept.

    Raises
    ------
    LibraryError
        It has none.
    """
    if isinstance(model.network, HasFeatures):
        return model.network
    raise LibraryError(
        "{title} can't learn from corrections here: it has no features of "
        "epochs that could be kept. Choose another version of the network.",
        title=f"{model.name} {model.version}",
    )


def encoded(
    recording: Recording,
    night: CollectedNight,
    model: LoadedModel,
    progress: Progress = lambda _: None,
) -> FeatureSet:
    """Compute what a version's epoch model makes of a night's recording.

    Raises
    ------
    LibraryError
        The network has no features.
    AutoscoringError, RecordingError
        The signal can't be read for it.
    """
    from sleepscorer.autoscoring import answer_of  # torch, which listing nights does without

    network = features_network(model)
    seen = read_input(
        recording,
        channels_of_roles(recording.channels, model.network.spec, night.derivation),
        model.network.spec,
        gain=night.gain,
        progress=lambda done: progress(0.2 * done),
    )
    answer, _ = answer_of(recording, model, seen, lambda done: progress(0.2 + 0.8 * done))
    assert answer.features is not None, "a network that has features"
    part = FeatureNight(
        night.id,
        night.subject,
        "test" if night.is_held_out else "train",
        answer.features,
        np.full(len(seen.epochs), -1, np.int8),  # what counts as true is chosen later
        seen.runs,
    )
    return FeatureSet(network.features_sha256, (part,))


def drift(nights: Sequence[CollectedNight]) -> tuple[float, float] | None:
    """Shares corrected in the last ten nights and those before, where the last are twice as many.

    Nights are taken in the order in which they were signed off.
    """
    ordered = sorted(nights, key=lambda night: night.sign_off.at)
    shares = [night.corrected_share for night in ordered if night.model]
    recent, before = shares[-_N_RECENT:], shares[:-_N_RECENT]
    if len(before) < _N_RECENT:
        return None
    now, then = float(np.nanmean(recent)), float(np.nanmean(before))
    return (now, then) if then and now >= _TWICE * then else None


def minutes_of(nights: Sequence[CollectedNight], left: LeftEpochs) -> dict[Stage, float]:
    """Minutes of each stage that count as true."""
    truth = np.concatenate([np.zeros(0, np.int8), *(night.truth(left) for night in nights)])
    return {stage: float((truth == stage).sum()) / 2 for stage in Stage if stage >= 0}


def _id_of(identity: RecordingIdentity) -> str:
    known = (identity.content, identity.start, identity.duration_s, identity.labels)
    return hashlib.sha256(repr(known).encode()).hexdigest()[:24]


def make_own_folder(path: Path) -> None:
    """Make a folder that nobody but its owner looks into.

    Raises
    ------
    LibraryError
        It can't be made.
    """
    try:
        make_private_folder(path)
    except OSError as error:
        raise LibraryError(
            "{path} can't be made: {reason}. Check the folder's permissions.",
            path=path,
            reason=error,
        ) from error
