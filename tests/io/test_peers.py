"""What we write, read back by programs that no one here wrote."""

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import edfio
import mne
import numpy as np
import numpy.typing as npt
import pyedflib
import pytest
import yasa

from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Lights, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.statistics import sleep_statistics
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import scoring_format

START = datetime(2026, 3, 1, 22, 13, 30)
CYCLE = (
    *("W", "W", "N1", "N2", "N2", "N3", "N3", "W", "N2", "N2"),
    *("R", "R", "R", "W", "?", "R", "W"),
)
STAGES = [Stage.UNSCORED if word == "?" else Stage[word] for word in CYCLE * 6]
DURATION_S = len(STAGES) * 30.0
EDF_TEXTS = [stage.edf_text for stage in STAGES]


@dataclass(frozen=True)
class Signal:
    label: str
    unit: str
    sfreq: float
    samples: npt.NDArray[np.float32]
    physical_range: tuple[float, float]


@pytest.fixture(scope="module")
def scored(tmp_path_factory) -> ScoredRecording:
    path = tmp_path_factory.mktemp("recordings") / "night.edf"
    samples = np.random.default_rng(0).normal(0, 20, round(DURATION_S * 20)).astype(np.float32)
    signal = Signal("EEG C4-M1", "uV", 20.0, samples.clip(-99, 99), (-100.0, 100.0))
    write_edf(path, [signal], start=START)
    scoring = Scoring(
        len(STAGES),
        scores=[EpochScore(stage) for stage in STAGES],
        events=[
            ScoredEvent(EventKind.AROUSAL, 100.5, 4.25),
            ScoredEvent(
                EventKind.HYPOPNEA, 200.0, 20.0, "Flow", spo2_nadir=88.0, spo2_baseline=96.0
            ),
        ],
        lights=Lights(15.0, 3000.0),
    )
    recording = open_recording(path)
    recording.close()
    return ScoredRecording.of(recording, scoring)


def written(scored: ScoredRecording, format_id: str, folder: Path) -> Path:
    row = scoring_format(format_id)
    path = folder / row.file_name(scored.recording.file_name)
    row.write(path, scored)
    return path


@pytest.mark.parametrize("format_id", ["edf", "edf-copy"])
def test_that_mne_reads_the_annotations(format_id, scored, tmp_path):
    annotations = mne.read_annotations(written(scored, format_id, tmp_path))
    stages = [
        (onset_s, text)
        for onset_s, text in zip(annotations.onset, annotations.description, strict=True)
        if text.startswith("Sleep stage")
    ]
    assert stages == [(30.0 * epoch, text) for epoch, text in enumerate(EDF_TEXTS)]
    assert {"Lights off", "Lights on", "EEG arousal"} < set(annotations.description)


@pytest.mark.parametrize("format_id", ["edf", "edf-copy"])
def test_that_edfio_and_pyedflib_read_the_annotations(format_id, scored, tmp_path):
    path = written(scored, format_id, tmp_path)
    of_edfio = [
        (one.onset, one.duration, one.text)
        for one in edfio.read_edf(path).annotations
        if one.text.startswith("Sleep stage")
    ]
    assert of_edfio == [(30.0 * epoch, 30.0, text) for epoch, text in enumerate(EDF_TEXTS)]
    if format_id == "edf-copy":  # pyedflib reads no files without signals
        with pyedflib.EdfReader(str(path)) as reader:
            onsets_s, _, texts = reader.readAnnotations()
        assert [text for text in texts if text.startswith("Sleep stage")] == EDF_TEXTS
        assert onsets_s[0] == 0


def test_that_the_samples_of_a_copy_are_those_of_the_recording_bit_by_bit(scored, tmp_path):
    path = written(scored, "edf-copy", tmp_path)
    with pyedflib.EdfReader(str(scored.path)) as before, pyedflib.EdfReader(str(path)) as after:
        assert (after.readSignal(0, digital=True) == before.readSignal(0, digital=True)).all()
        assert after.getStartdatetime() == before.getStartdatetime()


def test_that_yasa_reads_the_stages(scored, tmp_path):
    expected = [
        {Stage.W: "WAKE", Stage.R: "REM", Stage.UNSCORED: "UNS"}.get(s, s.label) for s in STAGES
    ]
    hypnogram = yasa.Hypnogram.from_profusion(written(scored, "profusion", tmp_path))
    # It takes Profusion's 9, unscored, for wake.
    as_wake = ["WAKE" if stage == "UNS" else stage for stage in expected]
    assert list(hypnogram.hypno) == as_wake
    labels = written(scored, "yasa", tmp_path).read_text().split()
    assert list(yasa.Hypnogram(labels).hypno) == expected
    numbers = np.loadtxt(written(scored, "yasa-numbers", tmp_path), dtype=int)
    assert list(yasa.Hypnogram.from_integers(numbers).hypno) == expected


def test_that_yasas_statistics_are_ours_where_they_are_defined_alike(scored):
    labels = [stage.label or "UNS" for stage in STAGES]
    theirs = yasa.Hypnogram(labels).sleep_statistics()
    ours = sleep_statistics(Scoring(len(STAGES), scores=scored.scoring.scores), DURATION_S)
    same = {
        "TIB": "trt",
        "SPT": "spt",
        "TST": "tst",
        "WASO": "waso_spt",
        "SE": "se",
        "SME": "sme",
        "SOL": "sol",
        "UNS": "unscored_min",
        "WAKE": "w_min",
        "N1": "n1_min",
        "N2": "n2_min",
        "N3": "n3_min",
        "REM": "r_min",
        **{f"%{stage}": f"{stage.lower()}_percent" for stage in ("N1", "N2", "N3")},
        "%REM": "r_percent",
    }
    for name, figure_id in same.items():
        assert ours[figure_id].value == pytest.approx(theirs[name], abs=1e-3), name
    # Theirs counts from the start of the recording, ours from sleep onset.
    assert ours["r_latency"].value == pytest.approx(theirs["Lat_REM"] - theirs["SOL"])
    # Theirs ends with the last epoch of sleep, the one of the AASM with lights on.
    assert ours["waso"].value == pytest.approx(theirs["WASO"] + 0.5)
    # Theirs counts changes to wake alone, and the one that ends the night.
    to_wake = ours["awakenings"].value + 1
    assert theirs["SFI"] == pytest.approx(to_wake / (ours["tst"].value / 60), abs=1e-3)


def test_that_lunas_statistics_are_ours_where_they_are_defined_alike(scored, tmp_path):
    runs = (
        *(("W", 10), ("N1", 4), ("N2", 6), ("W", 2), ("N2", 40), ("N3", 50), ("N2", 20), ("R", 6)),
        *(("N2", 60), ("W", 4), ("N1", 3), ("N2", 70), ("R", 20), ("N2", 8), ("R", 12)),
        *(("N2", 50), ("N3", 10), ("R", 30), ("W", 3), ("N2", 20), ("W", 12)),
    )
    stages = [Stage[label] for label, n_epochs in runs for _ in range(n_epochs)]
    noise = np.random.default_rng(0).normal(0, 20, len(stages) * 600).astype(np.float32)
    signal = Signal("EEG C4-M1", "uV", 20.0, noise.clip(-99, 99), (-100.0, 100.0))
    recording, path = tmp_path / "night.edf", tmp_path / "night.eannot"
    write_edf(recording, [signal], start=None)
    path.write_text("\n".join(stage.label for stage in stages) + "\n")
    script = (
        "import json, sys, lunapi\n"
        "p = lunapi.proj().inst('night')\n"
        "p.attach_edf(sys.argv[1]); p.attach_annot(sys.argv[2]); p.eval('HYPNO')\n"
        "row = {k: v for k, v in p.table('HYPNO').iloc[0].items() if not isinstance(v, str)}\n"
        "row |= {f'{r.SS}_MIN': r.MINS for r in p.table('HYPNO', 'SS').itertuples()}\n"
        "print('\\n' + json.dumps({k: float(v) for k, v in row.items() if v is not None}))\n"
    )
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script, str(recording), str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-2000:]
    theirs = json.loads(result.stdout.strip().splitlines()[-1])
    scores = [EpochScore(stage, Person("Jana")) for stage in stages]
    ours = sleep_statistics(Scoring(len(stages), scores=scores), len(stages) * 30.0)
    same = {
        "TRT": "trt",
        "TST": "tst",
        "SPT": "spt",
        "SOL": "sol",
        "SOL_PER": "lps",
        "REM_LAT": "r_latency",
        "WASO": "waso_spt",
        "SE": "se",
        "SME": "sme",
        "NREMC": "cycles",
        **{f"{name}_MIN": f"{name.lower()}_min" for name in ("W", "N1", "N2", "N3", "R")},
    }
    for name, figure_id in same.items():
        assert ours[figure_id].value == pytest.approx(theirs[name], abs=1e-3), name
    assert ours["cycles"].value == 3


@pytest.mark.parametrize("format_id", ["nsrr", "luna"])
def test_that_luna_reads_stages_and_events(format_id, scored, tmp_path):
    path = written(scored, format_id, tmp_path)
    # In a process of its own: Luna ends the process on what it does not like.
    script = (
        "import json, sys, lunapi\n"
        "p = lunapi.proj().inst('night')\n"
        "p.attach_edf(sys.argv[1]); p.attach_annot(sys.argv[2])\n"
        "names = p.annots()['Annotations'].tolist()\n"
        "rows = p.fetch_annots(names)\n"
        "rows = [[r.Class, float(r.Start), float(r.Stop)] for r in rows.itertuples()]\n"
        "print('\\n' + json.dumps(rows))\n"
    )
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script, str(scored.path), str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-2000:]
    rows = json.loads(result.stdout.strip().splitlines()[-1])
    epochs = {
        epoch: name
        for name, start_s, stop_s in rows
        if name in ("W", "N1", "N2", "N3", "R")
        for epoch in range(round(start_s / 30), round(stop_s / 30))
    }
    expected = {epoch: stage.label for epoch, stage in enumerate(STAGES) if stage.label}
    assert epochs == expected
    found = [
        (start_s, stop_s)
        for name, start_s, stop_s in rows
        if name.casefold().startswith("hypopnea")
    ]
    assert found == [(200.0, 220.0)]


def test_that_the_bids_validator_accepts_the_events(scored, tmp_path):
    eeg = tmp_path / "sub-01" / "eeg"
    eeg.mkdir(parents=True)
    (tmp_path / "dataset_description.json").write_text(
        json.dumps({"Name": "Night", "BIDSVersion": "1.10.0", "License": "CC0", "Authors": ["A"]})
    )
    (tmp_path / "README").write_text("A night.\n" * 20)
    recording = eeg / "sub-01_task-sleep_eeg.edf"
    recording.write_bytes(scored.path.read_bytes())
    (eeg / "sub-01_task-sleep_eeg.json").write_text(
        json.dumps(
            {
                "TaskName": "sleep",
                "EEGReference": "M1",
                "SamplingFrequency": 20,
                "PowerLineFrequency": 50,
                "SoftwareFilters": "n/a",
            }
        )
    )
    scoring_format("bids").write(eeg / "sub-01_task-sleep_events.tsv", scored)
    result = subprocess.run(
        [Path(sys.executable).parent / "bids-validator-deno", str(tmp_path), "--json"],
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    issues = json.loads(result.stdout)["issues"]["issues"]
    assert [issue for issue in issues if issue["severity"] == "error"] == []
