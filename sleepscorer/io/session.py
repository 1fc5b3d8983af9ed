"""The session file: a scoring in full, in HDF5.

The file begins with a block of 512 bytes that readers of HDF5 skip: the line "SleepScorer session",
then "sha256 " and the hash of everything after the block, then NUL bytes. The HDF5 library can
crash on a damaged file, and would not notice a damaged stage; with the hash, neither happens by
accident. Anybody can make a hash: what this process did not write is read in one of its own.

Layout, format version 3 (all texts UTF-8)::

    /                attributes: format = "SleepScorer session", format_version, application
    /recording       attributes: path, file_name, start (ISO 8601 or ""), duration_s;
                     dataset labels
    /scoring         attributes: scorer (who works), responsible (who answers for the scoring),
                     lights_off_s and lights_on_s (NaN when not marked);
                     where there are hypopneas, rule, the name of that which they count by;
                     where the scoring was signed off, sign_off, as JSON;
                     datasets stages (n_epochs,) int8, class order, -1 unscored; sources
                     (n_epochs,) int32, -1 unknown; where the light was on in between,
                     light_interruptions_s float64: on, off, on, off …
    /sources         dataset provenances: who or what gave stages and events, each as JSON, in the
                     order of the numbers in the datasets named sources
    /remarks         datasets, one entry a remark: epochs int32; comments; artefacts bool
    /events          datasets, one entry an event: kinds; onsets_s, durations_s float64; channels;
                     texts; spo2_nadirs, spo2_baselines float64 (NaN when not measured);
                     sources int32; where a note is of a kind that was added later, tags
    /rejected        where a person rejected what was suggested: datasets as in /events
    /links           where a person linked or parted two events: groups first and second, datasets
                     as in /events; dataset holds bool, whether they belong together
    /hypnodensity    where there is one; attributes: model, weights_sha256, derivation;
                     dataset probabilities (n_epochs, 5) float32
    /predictions     what other versions predict, or for other tasks: groups 0, 1, …; attributes:
                     task, model, sha256, derivation; datasets classes; probabilities
                     (n_epochs, n_classes) float32

Version 2 had neither predictions nor a sign-off, sources were the texts that `provenance_of` reads,
and events had none. Version 1 had neither remarks, events, lights nor who is responsible either.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import h5py
import numpy as np
import numpy.typing as npt

from sleepscorer import __version__
from sleepscorer.domain.alignment import StoredScoring, stored
from sleepscorer.domain.epochs import MOST_EPOCHS, n_complete_epochs
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.event_decisions import EventDecisions, EventLink
from sleepscorer.domain.events import ScoredEvent
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.prediction import Prediction
from sleepscorer.domain.provenance import Joint, Provenance, is_human, provenance_of
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import (
    EpochScore,
    LightInterruption,
    Lights,
    Remark,
    Scoring,
    SignOff,
    model_of,
)
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.texts import storable, storable_name
from sleepscorer.file_questions import absolute, is_file, size_of
from sleepscorer.io.apart import Apart, ApartError
from sleepscorer.io.atomic import write_file
from sleepscorer.io.event_tags import tagged, untagged
from sleepscorer.io.provenance import PROVENANCES, SIGN_OFFS, SourceTable, source_of

Found = TypeVar("Found")

SUFFIX = ".h5"
_FORMAT = "SleepScorer session"
_VERSION = 3
_TYPED_SOURCES = 3  # the first version that has them
_MOST_EVENTS = 1_000_000
_MOST_PREDICTIONS = 100
_MOST_CLASSES = 100
_MOST_ENTRY_BYTES = 16  # a number, or where a text lies
_NUMBER_KINDS = "iufb"
_TEXT = h5py.string_dtype()

# h5py raises RuntimeError for some of what its library finds damaged.
_DAMAGE = (
    OSError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    MemoryError,
)

_SEAL_BYTES = 512  # the least that HDF5 can skip
SEAL = b"SleepScorer session\nsha256 "
_MOST_BYTES = 2**28  # fifty times five weeks
_LIMIT_S = 20.0
_MOST_MEMORY = 2**30

_stranger = Apart(_LIMIT_S, _MOST_MEMORY)
_own_seals: set[bytes] = set()
"""Of the sessions that this process wrote: the library knows what it wrote itself."""


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
            if is_file(candidate):
                return candidate
        raise ScoringError(
            "The recording {name} of {session} is neither at "
            "{path} nor in {folder}; put it beside the session file "
            "and try again.",
            name=name,
            session=session_path.name,
            path=self.recording_path,
            folder=session_path.parent,
        )


@dataclass(frozen=True, slots=True)
class SessionState:
    """How far the work in a session is.

    Attributes
    ----------
    recording
        Which recording it belongs to.
    scorer
        Who answers for it, or works on it; empty where nobody is named.
    sign_off
        Who signed it off, and when; None where nobody did.
    n_staged
        How many epochs have a stage.
    n_corrected
        How many stages of people are others than the network's; None where it has none.
    is_reviewed
        Whether a person decided on anything in it.
    is_joint
        Whether several people decided together.
    """

    recording: RecordingIdentity
    scorer: str
    sign_off: SignOff | None
    n_staged: int
    n_corrected: int | None
    is_reviewed: bool
    is_joint: bool


def write_session(path: Path, session: Session, *, may_replace: bool = True) -> bytes:
    """Write the session file, wholly or not at all.

    Parameters
    ----------
    path
        The file.
    session
        What it is to hold; letters that HDF5 can't are shown, see `storable`.
    may_replace
        Whether a file that is there may be replaced.

    Returns
    -------
    seal
        What `read_seal` finds in it as long as nobody writes it anew.

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
        raise ScoringError(
            "{path} can't be written: {error}. Nothing was changed.", path=path, error=error
        ) from error
    seal = _seal(content)
    write_file(path, seal + content, may_replace=may_replace)
    _own_seals.add(seal)
    return seal


def read_seal(path: Path) -> bytes:
    """Read what changes whenever a session is saved anew; empty when there is no file."""
    try:
        with path.open("rb") as file:
            return file.read(_SEAL_BYTES)
    except OSError:
        return b""


def _write_remarks(group: h5py.Group, scoring: Scoring) -> None:
    remarks = scoring.remarks
    group.create_dataset("epochs", data=np.array(list(remarks), np.int32))
    _write_texts(group, "comments", [remark.comment for remark in remarks.values()])
    group.create_dataset(
        "artefacts", data=np.array([remark.artefact for remark in remarks.values()], np.bool_)
    )


def _write_events(group: h5py.Group, events: tuple[ScoredEvent, ...], table: SourceTable) -> None:
    _write_sources(group, (event.source for event in events), table)
    kinds, texts, tags = zip(*map(tagged, events), strict=True) if events else ((), (), ())
    _write_texts(group, "kinds", kinds)
    _write_texts(group, "channels", [event.channel for event in events])
    _write_texts(group, "texts", texts)
    if any(tags):
        _write_texts(group, "tags", tags)
    for name, values in (
        ("onsets_s", [event.onset_s for event in events]),
        ("durations_s", [event.duration_s for event in events]),
        ("spo2_nadirs", [_or_nan(event.spo2_nadir) for event in events]),
        ("spo2_baselines", [_or_nan(event.spo2_baseline) for event in events]),
    ):
        group.create_dataset(name, data=np.array(values, np.float64))


def _write_sources(
    group: h5py.Group, sources: Iterable[Provenance | None], table: SourceTable
) -> None:
    group.create_dataset("sources", data=np.array([table.number(one) for one in sources], np.int32))


def _write_prediction(group: h5py.Group, prediction: Prediction) -> None:
    group.attrs["task"] = storable(prediction.task)
    group.attrs["model"] = storable(prediction.model)
    group.attrs["sha256"] = storable(prediction.sha256)
    group.attrs["derivation"] = storable(prediction.derivation)
    _write_texts(group, "classes", prediction.classes)
    group.create_dataset("probabilities", data=prediction.probabilities)


def _write_texts(group: h5py.Group, name: str, texts: Iterable[str]) -> None:
    group.create_dataset(name, data=[storable(text) for text in texts], dtype=_TEXT)


def _or_nan(value: float | None) -> float:
    return math.nan if value is None else value


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def write_session_scoring(path: Path, scored: ScoredRecording, *, may_replace: bool = True) -> None:
    """Write a scoring as a session that nobody works on yet; see `write_session`.

    Raises
    ------
    ScoringError
        The file can't be written.
    """
    # Without a known place the recording is looked for beside the session.
    recording_path = absolute(scored.path) if scored.path else Path(scored.recording.file_name)
    session = Session(recording_path, scored, scored.scoring.scorer)
    write_session(path, session, may_replace=may_replace)


def read_session_scoring(path: Path) -> StoredScoring:
    """Read only the scoring of a session file.

    Raises
    ------
    ScoringError
        It is no session file, is from a newer version, or is damaged.
    """
    scored = read_session(path).scored
    return stored(scored.scoring, scored.recording.start)


def read_session(path: Path) -> Session:
    """Read a session file.

    Raises
    ------
    ScoringError
        It is no session file, is from a newer version, or is damaged.
    """
    return _looked_into(path, _session_of)


def read_session_state(path: Path) -> SessionState:
    """Read how far a session is; much less is made of it than by `read_session`.

    Raises
    ------
    ScoringError
        It is no session file, is from a newer version, or is damaged.
    """
    return _looked_into(path, _state_of)


def _looked_into(path: Path, look: Callable[[bytes, Path], Found]) -> Found:
    seal, content = _sealed_content(path)
    try:
        if seal in _own_seals:
            return look(content, path)
        return _stranger.do(look, content, path)
    except (*_DAMAGE, ApartError) as error:
        reason = (
            Phrase("there is not enough memory for it") if isinstance(error, MemoryError) else error
        )
        raise ScoringError(
            "{file} can't be read as a session ({reason}); go on with the recording "
            "itself, or with an earlier copy of the session.",
            file=path.name,
            reason=reason,
        ) from error


def _session_of(content: bytes, path: Path) -> Session:
    with h5py.File.in_memory(content) as file:
        return _read(file, path)


def _state_of(content: bytes, path: Path) -> SessionState:
    with h5py.File.in_memory(content) as file:
        return _read_state(file, path)


def is_session(path: Path) -> bool:
    """Whether a file is to be opened as a session, told by its suffix."""
    return path.suffix.casefold() == SUFFIX


def _seal(content: bytes) -> bytes:
    digest = hashlib.sha256(content).hexdigest().encode()
    return (SEAL + digest + b"\n").ljust(_SEAL_BYTES, b"\x00")


def _sealed_content(path: Path) -> tuple[bytes, bytes]:
    try:
        with path.open("rb") as file:
            seal = file.read(_SEAL_BYTES)
            # No more than there is: reading takes the memory that it is asked for.
            n_bytes = min(size_of(path) or 0, _MOST_BYTES)
            content = file.read(n_bytes) if seal.startswith(SEAL) else b""
    except OSError as error:
        raise ScoringError("{path} can't be opened: {reason}.", path=path, reason=error) from error
    if not seal.startswith(SEAL):
        raise ScoringError(
            "{file} can't be read as a session: it does not begin like one. "
            "Choose a session that SleepScorer saved, or the recording itself.",
            file=path.name,
        )
    if seal != _seal(content):
        raise ScoringError(
            "{file} can't be read as a session: it is not as it was saved, "
            "perhaps not copied completely. Go on with the recording itself, or "
            "with an earlier copy of the session.",
            file=path.name,
        )
    return seal, content


def _write(file: h5py.File, session: Session) -> None:
    identity = session.scored.recording
    scoring = session.scored.scoring
    file.attrs["format"] = _FORMAT
    file.attrs["format_version"] = _VERSION
    file.attrs["application"] = f"SleepScorer {__version__}"
    recording = file.create_group("recording")
    recording.attrs.create("path", storable_name(str(session.recording_path)), dtype=_TEXT)
    recording.attrs.create("file_name", storable_name(identity.file_name), dtype=_TEXT)
    recording.attrs["start"] = "" if identity.start is None else identity.start.isoformat()
    recording.attrs["duration_s"] = identity.duration_s
    recording.attrs["content"] = identity.content
    _write_texts(recording, "labels", identity.labels)
    group = file.create_group("scoring")
    group.attrs["scorer"] = storable(session.scorer)
    group.attrs["responsible"] = storable(scoring.scorer)
    group.attrs["lights_off_s"] = _or_nan(scoring.lights.off_s)
    group.attrs["lights_on_s"] = _or_nan(scoring.lights.on_s)
    if scoring.lights.interruptions:
        times_s = [[one.on_s, one.off_s] for one in scoring.lights.interruptions]
        group.create_dataset("light_interruptions_s", data=np.array(times_s, np.float64).ravel())
    group.create_dataset("stages", data=np.array(scoring.stages, np.int8))
    if session.scored.rule_told:
        group.attrs["rule"] = storable(session.scored.rule_told)
    if scoring.sign_off is not None:
        group.attrs["sign_off"] = storable(SIGN_OFFS.encode(scoring.sign_off))
    table = SourceTable.of(scoring)
    _write_sources(group, (score.source for score in scoring.scores), table)
    _write_texts(file.create_group("sources"), "provenances", table.lines)
    _write_remarks(file.create_group("remarks"), scoring)
    _write_events(file.create_group("events"), scoring.events, table)
    decisions = scoring.decisions
    if decisions.rejected:
        _write_events(file.create_group("rejected"), decisions.rejected, table)
    if decisions.links:
        links = file.create_group("links")
        firsts, seconds = zip(*((one.first, one.second) for one in decisions.links), strict=True)
        _write_events(links.create_group("first"), firsts, table)
        _write_events(links.create_group("second"), seconds, table)
        holds = np.array([one.holds for one in decisions.links], np.bool_)
        links.create_dataset("holds", data=holds)
    if scoring.hypnodensity is not None:
        group = file.create_group("hypnodensity")
        group.attrs["model"] = storable(scoring.hypnodensity.model)
        group.attrs["weights_sha256"] = storable(scoring.hypnodensity.weights_sha256)
        group.attrs["derivation"] = storable(scoring.hypnodensity.derivation)
        group.create_dataset("probabilities", data=scoring.hypnodensity.probabilities)
    predictions = file.create_group("predictions")
    for number, prediction in enumerate(scoring.others):
        _write_prediction(predictions.create_group(str(number)), prediction)


def _read_version(file: h5py.File, path: Path) -> int:
    version = int(_number(file, "format_version"))
    if version > _VERSION:
        raise ScoringError(
            "{file} was saved by a newer SleepScorer ({version}); open it with that version.",
            file=path.name,
            version=_text(file, "application"),
        )
    return version


def _read_identity(recording: h5py.Group) -> RecordingIdentity:
    start = _text(recording, "start")
    identity = RecordingIdentity(
        file_name=_text(recording, "file_name"),
        start=datetime.fromisoformat(start) if start else None,
        duration_s=_number(recording, "duration_s"),
        labels=tuple(_texts(recording, "labels", None)),
        # Not in earlier sessions.
        content=_text(recording, "content") if "content" in recording.attrs else "",
    )
    if identity.start is not None and identity.start.tzinfo is not None:
        raise ValueError("start has a time zone")
    n_epochs = n_complete_epochs(identity.duration_s)
    if n_epochs > MOST_EPOCHS:
        raise ValueError(f"{n_epochs} epochs")
    return identity


def _read_scores(
    file: h5py.File, version: int, n_epochs: int, hypnodensity: Hypnodensity | None
) -> tuple[list[EpochScore], tuple[Provenance, ...]]:
    """Stages with who gave them, and everybody who gave anything."""
    group = _group(file, "scoring")
    codes = _numbers(group, "stages", n_epochs)
    provenances: tuple[Provenance, ...] = ()
    sources: list[Provenance | None]
    if version < _TYPED_SOURCES:
        texts = _texts(group, "sources", n_epochs)
        sources = [provenance_of(text, model_of(hypnodensity)) for text in texts]
    else:
        lines = _texts(_group(file, "sources"), "provenances", None)
        provenances = tuple(PROVENANCES.decode(line) for line in lines)
        sources = _read_sources(group, n_epochs, provenances)
    scores = [
        EpochScore(Stage(int(code)), source) for code, source in zip(codes, sources, strict=True)
    ]
    return scores, provenances


def _read_sign_off(group: h5py.Group) -> SignOff | None:
    return SIGN_OFFS.decode(_text(group, "sign_off")) if "sign_off" in group.attrs else None


def _read_state(file: h5py.File, path: Path) -> SessionState:
    version, identity = _read_version(file, path), _read_identity(_group(file, "recording"))
    n_epochs = n_complete_epochs(identity.duration_s)
    hypnodensity = _read_hypnodensity(file, n_epochs)
    scores, provenances = _read_scores(file, version, n_epochs, hypnodensity)
    group = _group(file, "scoring")
    n_corrected = None
    if hypnodensity is not None:
        n_corrected = sum(
            score.is_human and score.stage is not hypnodensity.stage(epoch)
            for epoch, score in enumerate(scores)
        )
    responsible = "" if version == 1 else _text(group, "responsible")
    return SessionState(
        identity,
        scorer=responsible or _text(group, "scorer"),
        sign_off=_read_sign_off(group),
        n_staged=sum(score.stage is not Stage.UNSCORED for score in scores),
        n_corrected=n_corrected,
        is_reviewed=any(score.is_human for score in scores)
        or any(map(is_human, provenances))
        or not {"rejected", "links"}.isdisjoint(file),
        is_joint=any(isinstance(score.source, Joint) for score in scores),
    )


def _read(file: h5py.File, path: Path) -> Session:
    version = _read_version(file, path)
    recording, group = _group(file, "recording"), _group(file, "scoring")
    identity = _read_identity(recording)
    n_epochs = n_complete_epochs(identity.duration_s)
    hypnodensity = _read_hypnodensity(file, n_epochs)
    scores, provenances = _read_scores(file, version, n_epochs, hypnodensity)
    scoring = Scoring(
        n_epochs,
        scores=scores,
        hypnodensity=hypnodensity,
        others=() if version < _TYPED_SOURCES else _read_predictions(file, n_epochs),
        events=() if version == 1 else _read_events(_group(file, "events"), provenances),
        decisions=_read_decisions(file, provenances),
        remarks={} if version == 1 else _read_remarks(_group(file, "remarks")),
        lights=Lights() if version == 1 else _read_lights(group),
        scorer="" if version == 1 else _text(group, "responsible"),
        sign_off=_read_sign_off(group),
    )
    recording_path = Path(_text(recording, "path"))
    rule = _text(group, "rule") if "rule" in group.attrs else ""
    return Session(
        recording_path,
        ScoredRecording(identity, scoring, recording_path, rule=rule),
        _text(group, "scorer"),
    )


def _read_lights(group: h5py.Group) -> Lights:
    times_s = []
    if "light_interruptions_s" in group:
        times_s = _numbers(group, "light_interruptions_s", None).reshape(-1, 2).tolist()
    return Lights(
        _or_none(_number(group, "lights_off_s")),
        _or_none(_number(group, "lights_on_s")),
        tuple(LightInterruption(on_s, off_s) for on_s, off_s in times_s),
    )


def _read_remarks(group: h5py.Group) -> dict[int, Remark]:
    epochs = _numbers(group, "epochs", None)
    comments = _texts(group, "comments", epochs.size)
    artefacts = _numbers(group, "artefacts", epochs.size)
    return {
        int(epoch): Remark(comment, bool(artefact))
        for epoch, comment, artefact in zip(epochs, comments, artefacts, strict=True)
    }


def _read_sources(
    group: h5py.Group, n_entries: int, provenances: tuple[Provenance, ...]
) -> list[Provenance | None]:
    numbers = _numbers(group, "sources", n_entries)
    return [source_of(number, provenances) for number in numbers.tolist()]


def _read_predictions(file: h5py.File, n_epochs: int) -> list[Prediction]:
    group = _group(file, "predictions")
    if len(group) > _MOST_PREDICTIONS:
        raise ValueError(f"{len(group)} predictions")
    return [_read_prediction(_group(group, str(number)), n_epochs) for number in range(len(group))]


def _read_prediction(group: h5py.Group, n_epochs: int) -> Prediction:
    classes = tuple(_texts(group, "classes", None))
    dataset = _dataset(group, "probabilities")
    if dataset.shape != (n_epochs, len(classes)) or len(classes) > _MOST_CLASSES:
        raise ValueError(f"probabilities of shape {dataset.shape}")
    return Prediction(
        _text(group, "task"),
        classes,
        dataset[()].astype(np.float32),
        model=_text(group, "model"),
        sha256=_text(group, "sha256"),
        derivation=_text(group, "derivation"),
    )


def _read_events(group: h5py.Group, provenances: tuple[Provenance, ...]) -> list[ScoredEvent]:
    kinds = _texts(group, "kinds", None)
    channels, texts = (_texts(group, name, len(kinds)) for name in ("channels", "texts"))
    numbers = [
        _numbers(group, name, len(kinds))
        for name in ("onsets_s", "durations_s", "spo2_nadirs", "spo2_baselines")
    ]
    tags = _texts(group, "tags", len(kinds)) if "tags" in group else [""] * len(kinds)
    sources: list[Provenance | None] = [None] * len(kinds)
    if "sources" in group:  # not in earlier versions
        sources = _read_sources(group, len(kinds), provenances)
    named = map(untagged, kinds, texts, tags)
    return [
        ScoredEvent(
            kind,
            float(onset_s),
            float(duration_s),
            channel=channel,
            text=text,
            spo2_nadir=_or_none(nadir),
            spo2_baseline=_or_none(baseline),
            source=source,
        )
        for (kind, text), channel, onset_s, duration_s, nadir, baseline, source in zip(
            named, channels, *numbers, sources, strict=True
        )
    ]


def _read_decisions(file: h5py.File, provenances: tuple[Provenance, ...]) -> EventDecisions:
    rejected: list[ScoredEvent] = []
    links: list[EventLink] = []
    if "rejected" in file:  # not in earlier sessions, nor where nothing was
        rejected = _read_events(_group(file, "rejected"), provenances)
    if "links" in file:
        group = _group(file, "links")
        firsts, seconds = (
            _read_events(_group(group, name), provenances) for name in ("first", "second")
        )
        holds = _numbers(group, "holds", len(firsts))
        links = [
            EventLink(first, second, bool(one))
            for first, second, one in zip(firsts, seconds, holds, strict=True)
        ]
    return EventDecisions(tuple(rejected), tuple(links))


def _read_hypnodensity(file: h5py.File, n_epochs: int) -> Hypnodensity | None:
    if "hypnodensity" not in file:
        return None
    group = _group(file, "hypnodensity")
    dataset = _dataset(group, "probabilities")
    if dataset.shape != (n_epochs, 5):
        raise ValueError(f"probabilities of shape {dataset.shape}")
    return Hypnodensity(
        dataset[()].astype(np.float32),
        model=_text(group, "model"),
        weights_sha256=_text(group, "weights_sha256"),
        derivation=_text(group, "derivation"),
    )


def _group(parent: h5py.Group, name: str) -> h5py.Group:
    _refuse_link(parent, name)
    return parent[name]


def _dataset(group: h5py.Group, name: str) -> h5py.Dataset:
    _refuse_link(group, name)
    dataset = group[name]
    # A file from a stranger must not make us read another file.
    if dataset.external or dataset.is_virtual:
        raise ValueError(f"{name} lies in another file")
    # Ours are stored as they are: what is packed, or an entry of any size, may be gigabytes.
    if dataset.chunks is not None or dataset.dtype.itemsize > _MOST_ENTRY_BYTES:
        raise ValueError(f"{name} is not stored as in a session")
    return dataset


def _number(group: h5py.Group, name: str) -> float:
    attribute = group.attrs.get_id(name)
    if attribute.shape or attribute.dtype.kind not in _NUMBER_KINDS:
        raise ValueError(f"{name} is no number")
    return float(group.attrs[name])


def _text(group: h5py.Group, name: str) -> str:
    attribute = group.attrs.get_id(name)
    if attribute.shape or attribute.dtype.kind != "O":
        raise ValueError(f"{name} is no text")
    return str(group.attrs[name])


def _refuse_link(group: h5py.Group, name: str) -> None:
    if not isinstance(group.get(name, getlink=True), h5py.HardLink):
        raise KeyError(f"there is no {name}")


def _vector(group: h5py.Group, name: str, n_entries: int | None) -> h5py.Dataset:
    """Dataset of one dimension whose length is plausible; looked at before it is read."""
    dataset = _dataset(group, name)
    most = MOST_EPOCHS if name == "epochs" else _MOST_EVENTS
    fits = dataset.size <= most if n_entries is None else dataset.size == n_entries
    if dataset.ndim != 1 or not fits:
        raise ValueError(f"{name} of shape {dataset.shape}")
    return dataset


def _numbers(group: h5py.Group, name: str, n_entries: int | None) -> npt.NDArray[np.generic]:
    dataset = _vector(group, name, n_entries)
    if dataset.dtype.kind not in _NUMBER_KINDS:
        raise ValueError(f"{name} holds no numbers")
    values: npt.NDArray[np.generic] = dataset[()]
    return values


def _texts(group: h5py.Group, name: str, n_entries: int | None) -> list[str]:
    dataset = _vector(group, name, n_entries)
    if h5py.check_string_dtype(dataset.dtype) is None or dataset.dtype.kind != "O":
        raise ValueError(f"{name} holds no texts")  # of fixed width, any text may be a gigabyte
    return [str(text) for text in dataset.asstr()[()]]
