"""Training, evaluation and application see the same of a recording, above all around its gaps."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import torch

from model import weights
from model.mc2sleepnet import MC2SleepNet
from model.mc2sleepnet.preprocessing import INPUT
from model.mc2sleepnet.weights import save
from model.weights import LoadedModel
from sleepscorer.autoscoring import Staging, stage_recording
from sleepscorer.domain.channels import Derivation
from sleepscorer.io.recordings import open_recording
from sleepscorer.network_input import NetworkInput, input_of_signal, read_input
from training.corpora.listed import CORPUS
from training.corpora.preparation import Rules, Source, prepare_night
from training.data.dataset import read_dataset, runs_of_numbers
from training.data.nights import Night
from training.data.sequences import SequenceDrawer
from training.evaluation.evaluate import score_night, score_nights
from training.evaluation.full_epochs import read_full_recording

GAPS_S = ((250, 310), (1207, 1208), (1500, 2103), (3002, 3299))
N_EPOCHS = 147
RUNS = ((0, 8), (11, 40), (41, 50), (71, 100), (110, 147))
LABEL = "EEG Fpz-Cz"
SFREQ = 128


@pytest.fixture(scope="module")
def model(tmp_path_factory, tiny_config) -> LoadedModel:
    torch.manual_seed(0)
    path = tmp_path_factory.mktemp("weights") / "net.safetensors"
    save(path, MC2SleepNet(tiny_config.network), name="Net", version="0")
    return weights.load(path, "cpu")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A discontinuous night with its stages, of which two are missing where there is no gap."""
    folder = tmp_path_factory.mktemp("gaps")
    onsets = [s for s in range(N_EPOCHS * 30) if not any(a <= s < b for a, b in GAPS_S)]
    rng = np.random.default_rng(0)
    write_discontinuous_edf(folder / "night.edf", onsets, rng.normal(0, 400, (len(onsets), SFREQ)))
    stages = rng.choice(["W", "N1", "N2", "N3", "R"], N_EPOCHS)
    stages[[20, 21]] = ""
    (folder / "stages.txt").write_text("\n".join(stages), encoding="utf-8")
    exported = np.where(stages == "", "?", stages)
    (folder / "exported.txt").write_text("\n".join(exported), encoding="utf-8")
    return folder


def write_discontinuous_edf(path: Path, onsets_s: list[int], records: np.ndarray) -> None:
    """Write records of a second, in steps of 0.1 µV, each at its own time."""
    tal_bytes = 16
    fixed = [("0", 8), ("X X X X", 80), ("Startdate 21-NOV-2026 X X X", 80), ("21.11.26", 8)]
    fixed += [("22.30.00", 8), ("768", 8), ("EDF+D", 44), (str(len(onsets_s)), 8), ("1", 8)]
    columns = [((LABEL, "EDF Annotations"), 16), (("", ""), 80), (("uV", ""), 8)]
    columns += [(("-3276.8", "-1"), 8), (("3276.7", "1"), 8), (("-32768",) * 2, 8)]
    columns += [(("32767",) * 2, 8), (("", ""), 80), ((str(SFREQ), str(tal_bytes // 2)), 8)]
    texts = [
        *fixed,
        ("2", 4),
        *((t, n) for column, n in [*columns, (("", ""), 32)] for t in column),
    ]
    header = "".join(text.ljust(width) for text, width in texts).encode("ascii")
    data = b"".join(
        record.round().astype("<i2").tobytes()
        + f"+{onset}\x14\x14".encode().ljust(tal_bytes, b"\0")
        for onset, record in zip(onsets_s, records, strict=True)
    )
    path.write_bytes(header + data)


@pytest.fixture(scope="module")
def staging(folder, model) -> Staging:
    with closing(open_recording(folder / "night.edf")) as recording:
        return stage_recording(recording, Derivation(LABEL), model)


def prepared(folder: Path, tmp_path: Path, rules: Rules) -> Night:
    source = Source("night", "p1", folder / "night.edf", folder / "exported.txt", scorer="Ada")
    prepare_night(source, rules, CORPUS, tmp_path / "set.h5")
    (night,) = read_dataset(tmp_path / "set.h5")
    return night


def rows_of(runs) -> np.ndarray:
    return np.concatenate([np.arange(start, stop) for start, stop in runs])


def test_that_the_gaps_are_where_they_should_be(folder):
    with closing(open_recording(folder / "night.edf")) as recording:
        seen = read_input(recording, {"EEG": Derivation(LABEL)}, INPUT)
    assert seen.runs == RUNS
    assert seen.epochs.shape == (N_EPOCHS, 1, 3000)
    assert not seen.epochs[[8, 9, 10, 40, 50, 70, 100, 109]].any()


def test_that_a_training_set_holds_what_the_application_stages(folder, tmp_path, staging):
    night = prepared(folder, tmp_path, Rules(drop_unscored=False))
    assert night.runs == RUNS
    np.testing.assert_array_equal(night.samples_uv[:], staging.epochs[:, 0])
    assert (night.stages[8:11] == -1).all()


def test_that_epochs_without_stage_make_neighbours_and_gaps_do_not(folder, tmp_path, staging):
    night = prepared(folder, tmp_path, Rules())
    kept = np.setdiff1d(rows_of(RUNS), [20, 21])
    np.testing.assert_array_equal(night.samples_uv[:], staging.epochs[kept, 0])
    assert night.runs == ((0, 8), (8, 35), (35, 44), (44, 73), (73, 110))


def test_that_evaluation_says_of_a_training_set_what_the_application_says(
    folder, tmp_path, staging, model
):
    night = prepared(folder, tmp_path, Rules(drop_unscored=False))
    (scored,) = score_nights(model, [night])["full 30-s"]
    expected = staging.hypnodensity.probabilities[night.stages >= 0]
    np.testing.assert_allclose(scored.probabilities, expected, atol=1e-6)


def test_that_evaluation_says_of_a_file_what_the_application_says(folder, staging, model):
    recording = read_full_recording(folder / "night.edf", folder / "stages.txt")
    assert recording.runs == RUNS
    np.testing.assert_array_equal(recording.epochs, staging.epochs[:, 0])
    arguments = (model, recording.epochs, recording.stages, "p1")
    expected = staging.hypnodensity.probabilities[recording.stages >= 0]
    scored = score_night(*arguments, recording.runs)
    np.testing.assert_allclose(scored.probabilities, expected, atol=1e-6)
    # As it was before gaps were ends for everybody.
    across = score_night(*arguments).probabilities
    assert (np.abs(across - expected).max(axis=1) > 1e-3).sum() > 30


def test_that_a_signal_that_is_no_recording_is_prepared_in_the_same_way(folder, staging):
    with closing(open_recording(folder / "night.edf")) as recording:
        values = recording.read_derivation(Derivation(LABEL), 0, recording.duration_s)
    seen: NetworkInput = input_of_signal(values, SFREQ, INPUT)
    assert seen.runs == RUNS
    np.testing.assert_array_equal(seen.epochs[:, 0], staging.epochs[:, 0])


def test_that_no_sequence_is_drawn_across_a_gap():
    drawer = SequenceDrawer([RUNS, ((0, 10), (10, 25))], 12, distinct_nights=False)
    drawn = set(drawer.draw(np.random.default_rng(0), 20_000))
    expected = {(0, start) for a, b in RUNS for start in range(a, b - 11)}
    assert drawn == expected | {(1, start) for start in range(10, 14)}


def test_that_older_training_sets_are_parted_at_every_jump():
    assert runs_of_numbers(np.array([3, 4, 5, 7, 8, 20])) == ((0, 3), (3, 5), (5, 6))
    assert runs_of_numbers(np.arange(4)) == ((0, 4),)
