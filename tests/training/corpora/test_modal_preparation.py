"""SHHS in its own dialect, through the readers of the application."""

from pathlib import Path

import edfio
import h5py
import numpy as np
import pytest

from model.network import InputSpec
from model.synthsleepnet.architecture import input_spec
from model.synthsleepnet.config import SynthSleepNetConfig
from sleepscorer.domain.channels import Derivation
from sleepscorer.input_channels import channels_of_roles
from sleepscorer.io.recordings import open_recording
from sleepscorer.network_input import read_input
from training.__main__ import main
from training.corpora import listed, nsrr
from training.corpora.modal_preparation import prepare_modal_night, prepare_modal_nights
from training.corpora.preparation import Rules
from training.data.modalities import read_modal_nights

SPEC = input_spec(SynthSleepNetConfig())
KEPT = Rules(drop_unscored=False)
N_EPOCHS = 24
SIGNALS = {
    "SaO2": (1, "%"),
    "H.R.": (1, "bpm"),
    "EEG(sec)": (125, "uV"),
    "ECG": (125, "mV"),
    "EMG": (125, "uV"),
    "EOG(L)": (50, "uV"),
    "EOG(R)": (50, "uV"),
    "EEG": (125, "uV"),
    "THOR RES": (10, ""),
    "ABDO RES": (10, ""),
    "NEW AIR": (10, ""),
}
STAGES = [
    ("Wake|0", 0, 4),
    ("Stage 1 sleep|1", 4, 2),
    ("Stage 2 sleep|2", 6, 8),
    ("Stage 3 sleep|3", 14, 2),
    ("Stage 4 sleep|4", 16, 2),
    ("Unscored|9", 18, 2),
    ("REM sleep|5", 20, 4),
]
EVENTS = [
    ("Respiratory|Respiratory", "Obstructive apnea|Obstructive Apnea", 182.0, 12.0, "NEW AIR"),
    ("Respiratory|Respiratory", "Central apnea|Central Apnea", 265.0, 10.0, "NEW AIR"),
    ("Respiratory|Respiratory", "Mixed apnea|Mixed Apnea", 560.0, 20.0, "NEW AIR"),
    ("Respiratory|Respiratory", "Hypopnea|Hypopnea", 320.0, 25.0, "NEW AIR"),
    ("Respiratory|Respiratory", "SpO2 desaturation|SpO2 desaturation", 330.0, 30.0, "SaO2"),
    ("Arousals|Arousals", "Arousal|Arousal ()", 345.0, 5.0, "EEG(sec)"),
]


def write_shhs(
    folder: Path, name: str, *, leave_out: tuple[str, ...] = (), events=EVENTS
) -> np.ndarray:
    """Write a night as SHHS-1 does; return the EEG."""
    rng = np.random.default_rng(sum(name.encode()))
    signals = [
        edfio.EdfSignal(
            rng.normal(0, 30, N_EPOCHS * 30 * sfreq), sfreq, label=label, physical_dimension=unit
        )
        for label, (sfreq, unit) in SIGNALS.items()
        if label not in leave_out
    ]
    folder.mkdir(parents=True, exist_ok=True)
    edfio.Edf(signals).write(folder / f"{name}.edf")
    scored = "".join(
        f"<ScoredEvent><EventType>Stages|Stages</EventType><EventConcept>{concept}</EventConcept>"
        f"<Start>{30 * first}.0</Start><Duration>{30 * n}.0</Duration></ScoredEvent>"
        for concept, first, n in STAGES
    ) + "".join(
        f"<ScoredEvent><EventType>{kind}</EventType><EventConcept>{concept}</EventConcept>"
        f"<Start>{start}</Start><Duration>{length}</Duration>"
        f"<SignalLocation>{channel}</SignalLocation></ScoredEvent>"
        for kind, concept, start, length, channel in events
    )
    (folder / f"{name}-nsrr.xml").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><PSGAnnotation><SoftwareVersion>Compumedics'
        "</SoftwareVersion><EpochLength>30</EpochLength><ScoredEvents><ScoredEvent><EventType/>"
        f"<EventConcept>Recording Start Time</EventConcept><Start>0</Start><Duration>"
        f"{30 * N_EPOCHS}.0</Duration><ClockTime>00.00.00 23.15.00</ClockTime></ScoredEvent>"
        f"{scored}</ScoredEvents></PSGAnnotation>",
        encoding="utf-8",
    )
    return np.asarray(next(one for one in signals if one.label == "EEG").data)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "shhs"
    write_shhs(folder / "shhs1", "shhs1-200001")
    write_shhs(folder / "shhs1", "shhs1-200002", leave_out=("ECG", "EMG"))
    write_shhs(folder / "shhs2", "shhs2-200001", events=())
    return folder


def prepared(corpus: Path, path: Path, rules: Rules = KEPT) -> list[str]:
    said: list[str] = []
    sources = nsrr.find_sources(corpus)
    assert prepare_modal_nights(sources, SPEC, rules, nsrr.CORPUS, path, said.append) == 3
    return said


def test_that_stages_and_events_of_shhs_are_the_targets(corpus, tmp_path):
    prepared(corpus, tmp_path / "set.h5")
    night = read_modal_nights(tmp_path / "set.h5", SPEC)[0]
    assert (night.name, night.subject) == ("shhs1-200001", "shhs-200001")
    unknown_is_no_wake = [-1, -1]
    expected = [0] * 4 + [1] * 2 + [2] * 8 + [3] * 4 + unknown_is_no_wake + [4] * 4
    assert night.stages.tolist() == expected
    # 182-194 s, which rounding would lose; 265-275 s, half in each; 560-580 s, 10 s in each
    assert np.flatnonzero(night.targets["apnea"]).tolist() == [6, 8, 9, 18, 19]
    assert np.flatnonzero(night.targets["hypopnea"]).tolist() == [10, 11]
    assert night.target("stages") is night.stages


def test_that_a_night_holds_what_the_application_shows_the_network(corpus, tmp_path):
    prepared(corpus, tmp_path / "set.h5")
    night = read_modal_nights(tmp_path / "set.h5", SPEC)[0]
    recording = open_recording(corpus / "shhs1" / "shhs1-200001.edf")
    found = channels_of_roles(recording.channels, SPEC)
    assert found["EEG C4"] == Derivation("EEG")
    seen = read_input(recording, found, SPEC)
    recording.close()
    assert night.epochs.shape == (N_EPOCHS, 6, 3000)
    np.testing.assert_allclose(night.epochs[:], seen.epochs, rtol=1e-3, atol=1e-3)
    with h5py.File(tmp_path / "set.h5") as file:
        assert '"EEG C3": "EEG(sec)"' in file["shhs1-200001"].attrs["channels"]


def test_that_a_night_without_ecg_and_emg_is_learnt_from_too(corpus, tmp_path, caplog):
    prepared(corpus, tmp_path / "set.h5")
    night = read_modal_nights(tmp_path / "set.h5", SPEC)[1]
    assert np.isnan(night.epochs[:][:, 4:]).all()
    assert np.isfinite(night.epochs[:][:, :4]).all()
    assert "shhs1-200002.edf has no usable ECG, EMG chin" in caplog.text


def test_that_a_night_without_marks_says_nothing_of_apneas(corpus, tmp_path):
    said = prepared(corpus, tmp_path / "set.h5")
    night = read_modal_nights(tmp_path / "set.h5", SPEC)[2]
    assert (night.targets["apnea"] == -1).all()
    assert "apnea: 5 of 24" in said[0]
    assert "apnea: unknown" in said[2]


def test_that_epochs_left_out_are_left_out_of_everything(corpus, tmp_path):
    prepared(corpus, tmp_path / "set.h5", Rules())
    night = read_modal_nights(tmp_path / "set.h5", SPEC)[0]
    assert len(night.stages) == len(night.epochs[:]) == len(night.targets["apnea"]) == N_EPOCHS - 2
    assert night.runs == ((0, N_EPOCHS - 2),)


def test_that_the_command_prepares_it(corpus, tmp_path, capsys):
    path = tmp_path / "set.h5"
    where = ["nsrr", str(corpus), "--out", str(path)]
    assert main(["prepare", *where, "--network", "synthsleepnet"]) == 0
    assert "3 of 3 nights added" in capsys.readouterr().out
    assert len(read_modal_nights(path, SPEC)[0].stages) == N_EPOCHS
    assert main(["prepare", *where]) == 1
    assert "is no training set of format version 1" in capsys.readouterr().out


def test_that_any_recording_with_events_will_do(corpus, tmp_path):
    """Named in a list, with another derivation than that of the label."""
    path = tmp_path / "nights.tsv"
    path.write_text(
        "recording\tscoring\tsubject\tderivation\tscorer\n"
        "shhs/shhs1/shhs1-200001.edf\tshhs/shhs1/shhs1-200001-nsrr.xml\tX\tEEG(sec)\tAnna\n",
        encoding="utf-8",
    )
    (source,) = listed.find_sources(path)
    night = prepare_modal_night(source, SPEC, listed.RULES, listed.CORPUS, tmp_path / "set.h5")
    assert night.targets["apnea"].sum() == 5


def test_that_a_set_of_another_input_is_refused(corpus, tmp_path):
    prepared(corpus, tmp_path / "set.h5")
    other = InputSpec(SPEC.channels[:2], 100.0, 30.0)
    with pytest.raises(ValueError, match="another network's input"):
        read_modal_nights(tmp_path / "set.h5", other)
    (tmp_path / "text.h5").write_text("no", encoding="utf-8")
    with pytest.raises(ValueError, match="can't be read"):
        read_modal_nights(tmp_path / "text.h5", SPEC)
    (source, *_) = nsrr.find_sources(corpus)
    with pytest.raises(ValueError, match="already"):
        prepare_modal_night(source, SPEC, KEPT, nsrr.CORPUS, tmp_path / "set.h5")
