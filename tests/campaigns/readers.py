"""What `fuzz.py` gives bytes to: each reader with its seeds, all made by our own writers.

A reader may return, ask, or refuse with one clear sentence; whatever else comes out is a finding.
Checks that would turn nearly all bytes away (a seal, a check of a line, a hash) are put right
first, as somebody who means harm would, so that what stands behind them is reached.
"""

from __future__ import annotations

import hashlib
import json
import struct
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

import h5py
import numpy as np
from campaign import said
from damage_recordings import bdf, discontinuous, edf_plus
from damage_scorings import FORMATS, START
from damage_sessions import written

import sleepscorer.io.session as sessions
from model import files
from model.files import WeightsError
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import (
    EpochScore,
    EventEdit,
    Lights,
    LightsEdit,
    Remark,
    RemarkEdit,
    Scoring,
    stage_edit,
)
from sleepscorer.domain.stages import Stage
from sleepscorer.io.edf import open_edf
from sleepscorer.io.history import history_csv, stage_history
from sleepscorer.io.journal import Journal, line_of
from sleepscorer.io.journal_folder import unfinished_work, unreadable_journals
from sleepscorer.io.questions import QuestionError
from sleepscorer.io.scoring_formats import read_scoring

Reads = Callable[[Path, bytes], None]
Seeds = Callable[[Path], Iterator[bytes]]

_N_EPOCHS = 12
_MOST_LINES = 60
_MOST_EDITS = 8
_ANNOTATION_BYTES = 2048
_ROWS = {row.id: row for row in FORMATS}


class UnclearError(Exception):
    """A refusal that is not one clear sentence with the name of the file."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader that is fuzzed.

    Attributes
    ----------
    reads
        Writes bytes as a file of an empty folder and reads it.
    seeds
        What to begin with, from a folder to write in.
    most_bytes
        Longest input that is tried.
    """

    reads: Reads
    seeds: Seeds
    most_bytes: int = 4096


def short_night() -> ScoredRecording:
    identity = RecordingIdentity("night.edf", START, _N_EPOCHS * 30.0, ("C4-M1", "Flow"))
    scoring = Scoring(
        _N_EPOCHS,
        scores=[EpochScore(Stage(epoch % 5), Person("Ann")) for epoch in range(_N_EPOCHS)],
        events=[
            ScoredEvent(EventKind.AROUSAL, 93.0, 4.0, "C4-M1"),
            ScoredEvent(EventKind.DESATURATION, 150.0, 12.0, "", spo2_nadir=88.0),
        ],
        lights=Lights(30.0, 330.0),
        remarks={7: Remark("turns", artefact=True)},
        scorer="Ann",
    )
    return ScoredRecording(identity, scoring)


def refused(error: Exception) -> None:
    """Take a refusal; raise UnclearError for one that does not say what it is about."""
    if said(error, "night") != "refused":
        raise UnclearError(str(error)) from error


def read_header(folder: Path, data: bytes) -> None:
    path = folder / "night.edf"
    path.write_bytes(data)
    try:
        with closing(open_edf(path)) as recording:
            recording.read_annotations()
            for channel in recording.channels[:3]:
                recording.read(channel, 0.0, min(recording.duration_s, 30.0))
    except SleepScorerError as error:
        refused(error)


def headers(folder: Path) -> Iterator[bytes]:
    """One record of each kind: a header says how many follow, and fewer may."""
    plus = edf_plus(folder)
    for content in (plus, discontinuous(plus), bdf(plus)):
        yield content[: int(content[184:192]) + 200]


def read_annotations(folder: Path, data: bytes) -> None:
    """Read bytes as what an annotation signal holds."""
    path = folder / "night.edf"
    n_samples = -(-max(len(data), 2) // 2)
    fixed = (
        f"{'0':8}{'X X X X':80}{'Startdate 01-MAR-2026 X X X':80}{'01.03.26':8}{'22.15.00':8}"
        f"{512:<8}{'EDF+C':44}{1:<8}{0:<8}{1:<4}"
    )
    signal = (
        f"{'EDF Annotations':16}{'':80}{'':8}{-1:<8}{1:<8}{-32768:<8}{32767:<8}{'':80}"
        f"{n_samples:<8}{'':32}"
    )
    path.write_bytes((fixed + signal).encode() + data.ljust(2 * n_samples, b"\0"))
    read_any(path)


def annotations(folder: Path) -> Iterator[bytes]:
    for format_id in ("edf", "edf-rk"):
        path = folder / "night.edf"
        _ROWS[format_id].write(path, short_night())
        content = path.read_bytes()
        yield content[int(content[184:192]) :][:_ANNOTATION_BYTES]


def read_text(suffix: str) -> Reads:
    """Read bytes as a scoring in whatever format they are."""

    def read(folder: Path, data: bytes) -> None:
        path = folder / f"night{suffix}"
        path.write_bytes(data)
        read_any(path)

    return read


def read_any(path: Path) -> None:
    """Read a scoring, and in each way that a file leaves open."""
    try:
        read_scoring(path, short_night().recording)
    except QuestionError as question:
        refused(question)
        for option in question.options:
            try:
                option.read()
            except SleepScorerError as error:
                refused(error)
    except SleepScorerError as error:
        refused(error)


def texts(*format_ids: str) -> Seeds:
    """A short night in some formats."""

    def made(folder: Path) -> Iterator[bytes]:
        for format_id in format_ids:
            path = folder / f"night.{format_id}"
            _ROWS[format_id].write(path, short_night())
            yield path.read_bytes()

    return made


def read_journal(folder: Path, data: bytes) -> None:
    """Read lines as those of a journal, each with a check that fits where it is JSON."""
    lines = []
    for line in data.split(b"\n")[:_MOST_LINES]:
        try:
            entry = json.loads(line)
            lines.append(line_of(entry) if isinstance(entry, dict) else line)
        except (ValueError, RecursionError):
            lines.append(line)
    path = folder / "000001-night.journal"
    path.write_bytes(b"\n".join(one.rstrip(b"\n") for one in lines))
    list(unfinished_work(folder))
    if path.exists():
        unreadable_journals(folder)
    history_csv(stage_history(folder, short_night().recording))


def journals(folder: Path) -> Iterator[bytes]:
    """A head with changes of each kind, without their checks."""
    night = short_night()
    journal = Journal(folder, night, Path("/nights/night.edf"))
    scoring = night.scoring.copy()
    for edit in (
        stage_edit((3, 4), Stage.R, Person("Ann")),
        RemarkEdit((2,), (Remark("awake?"),)),
        EventEdit(scoring.events[:1], (replace(scoring.events[0], duration_s=9.0),)),
        LightsEdit(Lights(20.0, None)),
    ):
        journal.record(edit, scoring.apply(edit), scorer="Ann", what="a change")
    journal.abandon()
    lines = [json.loads(line) for line in journal.path.read_bytes().splitlines() if line.strip()]
    yield b"\n".join(json.dumps({**line, "crc": None}).encode() for line in lines[1:])


def read_session(folder: Path, data: bytes) -> None:
    """Change a session as the bytes say, seal it anew, and read it."""
    image = _changed(_session_image(), data)
    path = folder / "night.h5"
    path.write_bytes(sessions._seal(image) + image)
    try:
        sessions.read_session(path)
    except SleepScorerError as error:
        refused(error)


class _Here:
    """Reads a stranger's session in this process, where coverage is seen."""

    @staticmethod
    def do(function: Callable[..., object], *arguments: object) -> object:
        return function(*arguments)


@cache
def _session_image() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return written(Path(folder) / "night.h5")


_ODD_DATA = (
    lambda n, values: np.resize(values, n).astype("i1"),
    lambda n, values: np.resize(values, n).astype("<u8") << np.uint64(56),
    lambda n, values: np.resize(values, n).astype("<f8") / 7 - 9,
    lambda n, values: np.full(n, np.nan),
    lambda n, values: np.full((n, 2), 1e300),
    lambda n, values: np.array([bytes(values).decode("latin-1")] * n, h5py.string_dtype()),
    lambda n, values: np.array([bytes(values).hex()] * n, "S40"),
    lambda n, values: np.int64(int.from_bytes(bytes(values[:8]), "little", signed=True)),
    lambda n, values: np.full(n, 1j),
    lambda n, values: h5py.Empty("f8"),
)


def _changed(image: bytes, data: bytes) -> bytes:
    """Put odd values in the place of datasets and attributes, or take them away.

    Each change takes eight bytes: which object, which of its attributes if any, what, how many, and
    four of content.
    """
    with h5py.File.in_memory(image) as file:
        names = ["/"]
        file.visit(names.append)
        for place in range(0, min(len(data), 8 * _MOST_EDITS) - 7, 8):
            # What is behind a link that was put there, or what HDF5 can't hold, stays as it is.
            with suppress(KeyError, RuntimeError, ValueError):
                _change(file, names, data[place : place + 8])
        file.flush()
        changed: bytes = file.id.get_file_image()
    return changed


def _change(file: h5py.File, names: list[str], edit: bytes) -> None:
    which, attribute, what, count, *values = edit
    holder = file[names[which % len(names)]]
    odd = _ODD_DATA[what % len(_ODD_DATA)](count % 64, np.array(values, np.uint8))
    keys = sorted(holder.attrs)
    if attribute % 2 and keys:
        key = keys[attribute // 2 % len(keys)]
        del holder.attrs[key]
        if what < 240:
            holder.attrs[key] = odd
    elif holder.name != "/":
        parent, name = holder.parent, holder.name
        del parent[name]
        if what < 200:
            parent.create_dataset(name, data=odd)
        elif what < 220:
            parent[name] = h5py.SoftLink("/scoring/stages")
        elif what < 240:
            parent.create_group(name)


def session_changes(_folder: Path) -> Iterator[bytes]:
    for which in range(0, 32, 4):
        yield bytes((which, which, 3 * which, 40, 1, 2, 3, 4))


def read_weights(folder: Path, data: bytes) -> None:
    """Read bytes as the description of tensors, in one file and beside one, with fitting hashes."""
    try:
        entries = json.loads(data)
    except (ValueError, RecursionError):
        entries = None
    tensors = _tensors()
    text = data
    if isinstance(entries, dict):
        entries["sha256"] = hashlib.sha256(tensors).hexdigest()
        entries.pop("check", None)
        text = json.dumps(entries | {"check": files._check_of(entries)}).encode()
        (folder / "night.json").write_text(json.dumps(entries | {"format_version": 1}))
    else:
        (folder / "night.json").write_bytes(data)
    header, buffer = files._split(tensors)
    metadata = json.dumps({files._ENTRY: text.decode("latin-1")})
    whole = folder / "night one.safetensors"
    whole.write_bytes(files._joined(f"{files._METADATA}{metadata},{header[1:]}", buffer))
    (folder / "night.safetensors").write_bytes(tensors)
    (folder / "night two.safetensors").write_bytes(data)
    for path in (whole, folder / "night.safetensors", folder / "night two.safetensors"):
        try:
            files.read(path)
        except WeightsError as error:
            refused(error)


def _tensors() -> bytes:
    header = b'{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'
    header += b" " * (-len(header) % 8)
    return struct.pack("<Q", len(header)) + header + bytes(4)


def descriptions(_folder: Path) -> Iterator[bytes]:
    description = files.Description(
        architecture="mc2sleepnet",
        name="MC²SleepNet",
        version="5",
        configuration={"n_channels": 1},
        training={"train_subjects": ["01"]},
        input_range=files.InputRange(1.0, 10.0, 100.0, 60.0),
        ancestors=(files.Ancestor("MC²SleepNet", "4", "0" * 64, ("02",)),),
    )
    entries = {"format_version": files.FORMAT_VERSION, **asdict(description)}
    yield json.dumps(entries).encode()
    yield files.packed(description, _tensors())


READERS = {
    "header": Reader(read_header, headers, 2048),
    "annotations": Reader(read_annotations, annotations, _ANNOTATION_BYTES),
    "csv": Reader(read_text(".csv"), texts("csv", "edfbrowser-csv", "yasa", "yasa-numbers")),
    "tsv": Reader(read_text(".tsv"), texts("bids", "luna")),
    "xml": Reader(read_text(".xml"), texts("nsrr", "profusion", "edfbrowser-xml")),
    "json": Reader(read_text(".json"), texts("json"), 16_384),
    "journal": Reader(read_journal, journals, 16_384),
    "session": Reader(read_session, session_changes, 8 * _MOST_EDITS),
    "weights": Reader(read_weights, descriptions),
}
"""Each reader by its name, which is that of its folder in the corpus."""


def prepare() -> None:
    """Let sessions be read in this process."""
    sessions._stranger = _Here()  # type: ignore[assignment]
