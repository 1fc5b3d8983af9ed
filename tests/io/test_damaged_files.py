import os
import random
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import h5py
import numpy as np
import numpy.typing as npt
import pytest

from sleepscorer.domain.alignment import align
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.provenance import UNKNOWN_MODEL
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Lights, Remark, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.io import session
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.json_scoring import read_json
from sleepscorer.io.questions import answered
from sleepscorer.io.scoring_formats import (
    READ_ONLY_FORMATS,
    SCORING_FORMATS,
    read_scoring,
    scoring_format,
)

START = datetime(2026, 3, 1, 22, 13, 30)
N_EPOCHS = 40
N_MUTANTS = 300
# What Python, its parsers and an empty recording take, whatever the file.
CONSTANT_BYTES = 3 * 2**20


@dataclass(frozen=True)
class Signal:
    label: str
    unit: str
    sfreq: float
    samples: npt.NDArray[np.float32]
    physical_range: tuple[float, float]


def example_scoring() -> Scoring:
    stages = [Stage.W, Stage.N1, Stage.N2, Stage.N3, Stage.R, Stage.UNSCORED] * N_EPOCHS
    return Scoring(
        N_EPOCHS,
        scores=[EpochScore(stage, UNKNOWN_MODEL) for stage in stages[:N_EPOCHS]],
        events=[ScoredEvent(EventKind.HYPOPNEA, 60.5 * i, 12.25, "Flow") for i in range(15)],
        lights=Lights(12.0, 1100.0),
        remarks={3: Remark("electrode off", artefact=True)},
        scorer="A. Scorer",
    )


def edf_with_signal(path: Path) -> None:
    codes = np.array([0, 1, 2, 3, 5, 6] * N_EPOCHS, np.float32)[:N_EPOCHS]
    write_edf(path, [Signal("Hypnogram", "", 1 / 30, codes, (0.0, 10.0))], start=START)


def remlogic() -> str:
    rows = [
        "RemLogic Event Export",
        "Patient:\tNN",
        "",
        "Sleep Stage\tPosition\tTime [hh:mm:ss]\tEvent\tDuration[s]\tLocation",
    ]
    words = ["SLEEP-S0", "SLEEP-S2", "SLEEP-REM", "AROUSAL"] * (N_EPOCHS // 4)
    for epoch, word in enumerate(words):
        clock = f"22:{20 + epoch // 2:02d}:{epoch % 2 * 30:02d}"
        rows.append(f"W\tUnknown Position\t{clock}\t{word}\t30\tROC-LOC")
    return "\n".join(rows)


def domino() -> str:
    rows = ["Signal ID: SchlafProfil\\profil", "Start Time: 01.03.2026 22:13:30", "Rate: 30 s", ""]
    words = ["Wach", "N1", "N2", "Rem"] * (N_EPOCHS // 4)
    rows += [f"22:{20 + i // 2:02d}:{i % 2 * 30:02d},000; {word}" for i, word in enumerate(words)]
    return "\n".join(rows)


def alice() -> str:
    rows = ["Epoch,Time,Stage"]
    words = ["WK", "N1", "N2", "REM"] * (N_EPOCHS // 4)
    rows += [
        f"{i + 1},10:{20 + i // 2:02d}:{i % 2 * 30:02d} PM,{word}" for i, word in enumerate(words)
    ]
    return "\n".join(rows)


def noxturnal() -> str:
    rows = ["Start Time,End Time,Event,Duration,", "[],[],[],[s],"]
    words = ["Wake", "N1", "N2", "REM"] * (N_EPOCHS // 4)
    for i, word in enumerate(words):
        begin, end = (f"22:{20 + j // 2:02d}:{j % 2 * 30:02d}" for j in (i, i + 1))
        rows.append(f"01/03/2026 {begin},01/03/2026 {end},{word},30,")
    return "\n".join(rows)


def mne_annotations() -> str:
    rows = [
        "# MNE-Annotations",
        "# orig_time : 2026-03-01 22:13:30",
        "# onset, duration, description",
    ]
    words = ["Sleep stage W", "Sleep stage N2", "Lights on", "REM"] * (N_EPOCHS // 4)
    rows += [f"{30.0 * i},30.0,{word}" for i, word in enumerate(words)]
    return "\n".join(rows)


def wonambi() -> str:
    rows = ["Wonambi v7.15", "clock start time,start,end,stage"]
    words = ["Wake", "NREM1", "NREM2", "REM"] * (N_EPOCHS // 4)
    rows += [
        f"22:{20 + i // 2:02d}:{i % 2 * 30:02d},{30 * i},{30 * i + 30},{word}"
        for i, word in enumerate(words)
    ]
    return "\n".join(rows)


VENDOR_FILES = {
    "noxturnal": noxturnal,
    "mne": mne_annotations,
    "wonambi": wonambi,
    "remlogic": remlogic,
    "domino": domino,
    "alice": alice,
    "table": lambda: "\n".join(["S1", "S2", "MT", "wake"] * (N_EPOCHS // 4)),
}


@pytest.fixture(scope="module")
def example_file(tmp_path_factory) -> Callable[[str], Path]:
    folder = tmp_path_factory.mktemp("examples")
    recording = folder / "night.edf"
    samples = np.zeros(N_EPOCHS * 300, np.float32)
    write_edf(recording, [Signal("EEG C4-M1", "uV", 10.0, samples, (-9.0, 9.0))], start=START)
    identity = RecordingIdentity(recording.name, START, N_EPOCHS * 30.0, ("EEG C4-M1",))
    scored = ScoredRecording(identity, example_scoring(), recording)

    def make(format_id: str) -> Path:
        path = folder / format_id
        if format_id == "edf-signal":
            edf_with_signal(path)
        elif format_id in VENDOR_FILES:
            path.write_text(VENDOR_FILES[format_id](), encoding="utf-8")
        else:
            next(row for row in SCORING_FORMATS if row.id == format_id).write(path, scored)
        return path

    return make


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A file as a bad disk, a broken copy or a careless hand leaves it."""
    mutant = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20))):
        place = chance.randrange(max(len(mutant), 1))
        match chance.randrange(6):
            case 0:
                del mutant[place:]
            case 1:
                mutant[place : place + 1] = bytes([chance.randrange(256)])
            case 2:
                del mutant[place : place + chance.randrange(1, 60)]
            case 3:
                mutant[place:place] = mutant[place : place + chance.randrange(1, 200)]
            case 4:
                mutant[place : place + 4] = chance.choice(
                    (b"1e99", b"-999", b"nan ", b"\x00\xff<&")
                )
            case 5:
                mutant[place:place] = bytes(chance.randrange(256) for _ in range(5))
    return bytes(mutant)


ALL_FORMATS = [row.id for row in (*SCORING_FORMATS, *READ_ONLY_FORMATS)]


@pytest.mark.parametrize("format_id", ALL_FORMATS)
def test_that_the_example_is_recognised_and_read(format_id, example_file):
    path = example_file(format_id)
    stored = answered(lambda: read_scoring(path), lambda question: question.options[0])
    aligned = align(stored, start=START, duration_s=N_EPOCHS * 30.0)
    assert any(stage is not Stage.UNSCORED for stage in aligned.scoring.stages)


@pytest.mark.parametrize("format_id", ALL_FORMATS)
def test_that_damaged_files_end_in_a_scoring_or_in_one_clear_sentence(
    format_id, example_file, tmp_path
):
    data = example_file(format_id).read_bytes()
    chance = random.Random(format_id)
    path = tmp_path / "mutant"
    sentences = []
    for count in range(N_MUTANTS):
        mutant = mutated(data, chance)
        path.write_bytes(mutant)
        is_measured = count % 10 == 0  # measuring makes reading several times slower
        if is_measured:
            tracemalloc.start()
        try:
            align(read_scoring(path), start=START, duration_s=N_EPOCHS * 30.0)
        except ScoringError as error:
            sentences.append(str(error))
        if is_measured:
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            assert peak < 2 * len(mutant) + CONSTANT_BYTES
    assert sentences
    unclear = [
        one for one in sentences if path.name not in one or "\n" in one or not one.endswith(".")
    ]
    assert unclear == []


def test_that_entities_are_neither_expanded_nor_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    path = tmp_path / "hostile.xml"
    for declaration in (
        f'<!ENTITY x SYSTEM "{secret.as_uri()}">',
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">',
    ):
        path.write_text(
            f"<?xml version='1.0'?><!DOCTYPE PSGAnnotation [{declaration}]>"
            "<PSGAnnotation><ScoredEvents><ScoredEvent><EventConcept>&x;</EventConcept>"
            "<Start>0</Start></ScoredEvent></ScoredEvents></PSGAnnotation>"
        )
        with pytest.raises(ScoringError, match="document type"):
            read_scoring(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
@pytest.mark.timeout(60)
def test_that_a_pipe_is_refused_instead_of_waited_for(tmp_path):
    os.mkfifo(tmp_path / "night.csv")
    with pytest.raises(ScoringError, match="no ordinary file"):
        read_scoring(tmp_path / "night.csv")


def test_that_a_file_too_large_for_a_scoring_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "large.xml"
    with path.open("wb") as file:
        file.write(b"<PSGAnnotation>")
        file.truncate(2**33)
    with pytest.raises(ScoringError, match="8192 MiB"):
        read_scoring(path)


def sealed(path: Path, change: Callable[[h5py.File], None]) -> Path:
    """A session with a valid seal whose content a stranger has changed."""
    content = path.read_bytes()[512:]
    with h5py.File.in_memory(content) as file:
        change(file)
        file.flush()
        changed = file.id.get_file_image()
    path.write_bytes(session._seal(changed) + changed)
    return path


def with_many_events(file: h5py.File) -> None:
    del file["events/kinds"]
    file["events"].create_dataset(
        "kinds", (10**9,), dtype=h5py.string_dtype(), chunks=(10**5,), compression="gzip"
    )


def with_a_long_night(file: h5py.File) -> None:
    file["recording"].attrs["duration_s"] = 3e10


def with_wide_texts(file: h5py.File) -> None:
    del file["scoring/sources"]
    file["scoring"].create_dataset(
        "sources", (N_EPOCHS,), dtype="S100000000", chunks=(1,), compression="gzip"
    )


def with_a_link_out(file: h5py.File) -> None:
    del file["scoring"]
    file["scoring"] = h5py.ExternalLink("/etc/hostname", "/")


def with_another_file_behind(file: h5py.File) -> None:
    del file["scoring/stages"]
    layout = h5py.VirtualLayout((N_EPOCHS,), np.int8)
    layout[:] = h5py.VirtualSource("other.h5", "stages", (N_EPOCHS,))
    file["scoring"].create_virtual_dataset("stages", layout)


@pytest.mark.parametrize(
    "change",
    [
        with_many_events,
        with_a_long_night,
        with_wide_texts,
        with_a_link_out,
        with_another_file_behind,
    ],
)
def test_that_a_hostile_session_is_refused_before_memory_is_taken(change, example_file):
    path = sealed(example_file("session"), change)
    tracemalloc.start()
    try:
        with pytest.raises(ScoringError, match="can't be read as a session"):
            read_scoring(path)
        assert tracemalloc.get_traced_memory()[1] < CONSTANT_BYTES
    finally:
        tracemalloc.stop()


def test_that_a_scoring_nested_without_end_is_refused(tmp_path):
    path = tmp_path / "night.json"
    path.write_bytes(b'{"format": ' + b"[" * 100_000)
    with pytest.raises(ScoringError, match=r"night\.json is nested deeper than any scoring"):
        read_json(path)


def test_that_the_light_is_never_switched_at_a_time_that_is_none(tmp_path):
    path = tmp_path / "night.json"
    scoring = Scoring(N_EPOCHS, lights=Lights(30.0, 600.5))
    identity = RecordingIdentity("night.edf", START, N_EPOCHS * 30.0, ())
    scoring_format("json").write(path, ScoredRecording(identity, scoring))
    path.write_text(path.read_text().replace("600.5", "Infinity"))
    with pytest.raises(ScoringError, match=r"night\.json is damaged or was changed by hand"):
        read_json(path)
