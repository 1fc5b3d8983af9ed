import subprocess
import sys
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from model import registry
from model.files import Description, newest
from model.mc2sleepnet.architecture import StagingMC2SleepNet
from model.mc2sleepnet.config import MC2SleepNetConfig
from model.mc2sleepnet.inference import Prediction, epoch_features
from model.mc2sleepnet.preprocessing import INPUT
from model.mc2sleepnet.weights import save
from model.weights import LoadedModel
from resources import WEIGHTS_FOLDER
from sleepscorer.autoscoring import (
    autoscore,
    explained,
    load_model,
    stage_montage,
    stage_recording,
)
from sleepscorer.domain.channels import Channel, Derivation, kind_of_label
from sleepscorer.domain.errors import AutoscoringError, RecordingError
from sleepscorer.domain.recording import Recording, Stretch, sample_range
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.votes import SignalFault
from sleepscorer.io.recordings import open_recording
from sleepscorer.network_input import complete_epochs, preferred_derivation, voting_derivations
from sleepscorer.signals.simulated_events import RecordingInMemory

C4 = Derivation("C4-M1")
START = datetime(2026, 1, 1, 22, 30)


class Night(Recording):
    """A 10-Hz wave whose amplitude is 10 µV in epoch 0, 20 µV in epoch 1 and so on.

    `missing` are times without samples (NaN) that no stretch tells of.
    """

    def __init__(
        self,
        *stretches: tuple[float, float],
        labels: tuple[str, ...] = ("C4-M1",),
        sfreq: float = 100.0,
        missing: tuple[tuple[float, float], ...] = (),
    ) -> None:
        super().__init__(
            Path("night.edf"),
            start=START,
            channels=tuple(
                Channel(index, label, kind_of_label(label), "µV", sfreq)
                for index, label in enumerate(labels)
            ),
            stretches=tuple(Stretch(*stretch) for stretch in stretches),
        )
        self._missing = missing

    def read(self, channel, start_s, stop_s):
        n_times = round(self.duration_s * channel.sfreq)
        first, stop = sample_range(start_s, stop_s, channel.sfreq, n_times)
        times_s = np.arange(first, stop) / channel.sfreq
        values = 10 * (times_s // 30 + 1) * np.sin(2 * np.pi * 10 * times_s)
        there = np.zeros(times_s.size, bool)
        for stretch in self.stretches:
            there |= (times_s >= stretch.start_s - 1e-9) & (times_s < stretch.stop_s - 1e-9)
        for gap_start_s, gap_stop_s in self._missing:
            there &= (times_s < gap_start_s) | (times_s >= gap_stop_s)
        return np.where(there, values, np.nan).astype(np.float32)

    def read_annotations(self):
        return ()

    def close(self) -> None:
        pass


@pytest.fixture(scope="module")
def model() -> LoadedModel:
    """A network that has learnt nothing."""
    torch.manual_seed(0)
    config = MC2SleepNetConfig(n_epoch_layers=1, n_sequence_layers=1, d_feedforward=32)
    description = Description("mc2sleepnet", "Untrained", "0", asdict(config))
    return LoadedModel(StagingMC2SleepNet(config).eval(), description, "ab" * 32, "cpu")


@pytest.fixture
def network_input(monkeypatch):
    """What the network is given: the epochs, and the runs of neighbours among them."""
    seen = {}

    def predict(network, epochs, *, runs, progress):
        seen.update(epochs=epochs, runs=list(runs))
        progress(1.0)
        probabilities = np.full((len(epochs), 5), np.nan, np.float32)
        for start, stop in runs:
            probabilities[start:stop] = 0.2
        features = np.full((len(epochs), 2, 4), np.nan, np.float32)
        return Prediction(probabilities, features)

    monkeypatch.setattr("model.mc2sleepnet.architecture.predict_with_features", predict)
    return seen


def amplitudes(epochs: np.ndarray) -> np.ndarray:
    """Amplitude of the wave in the middle of each epoch."""
    return np.sqrt(2) * epochs[:, 500:2500].std(axis=1)


def assert_own_signal(epochs: np.ndarray, scored: list[int]) -> None:
    """The scored epochs hold the wave of their own place in the night, in phase; others nothing."""
    expected = np.zeros(len(epochs))
    expected[scored] = 10 * (np.array(scored) + 1)
    np.testing.assert_allclose(amplitudes(epochs), expected, rtol=0.05, atol=1e-6)
    wave = np.sin(2 * np.pi * 10 * np.arange(500, 2500) / 100)
    for epoch in scored:
        # A stretch is put on the grid of samples, which may shift it by one: that leaves 0.81.
        assert np.corrcoef(epochs[epoch, 500:2500], wave)[0, 1] > 0.8


@pytest.mark.parametrize("sfreq", [64.0, 100.0, 128.0, 200.0, 256.0, 500.0, 512.0, 1000 / 3])
def test_that_every_epoch_gets_its_own_signal_at_every_rate(network_input, model, sfreq):
    hypnodensity = autoscore(Night((0, 335), sfreq=sfreq), C4, model)
    assert len(hypnodensity) == 11
    assert network_input["runs"] == [(0, 11)]
    assert network_input["epochs"].dtype == np.float32
    assert_own_signal(network_input["epochs"], list(range(11)))


@pytest.mark.parametrize(
    ("stretches", "runs"),
    [
        ([(0, 90), (180, 300)], [(0, 3), (6, 10)]),
        # Off the grid of epochs: what a gap touches is not staged.
        ([(0, 100), (131, 300)], [(0, 3), (5, 10)]),
        ([(0, 89), (91, 300)], [(0, 2), (4, 10)]),
        # Off the grid of samples.
        ([(0, 95.0038), (154.0062, 300)], [(0, 3), (6, 10)]),
        ([(0, 120.0), (150.0004, 300)], [(0, 4), (6, 10)]),
        # Stretches without a complete epoch.
        ([(0, 29), (40, 80), (90, 150), (170, 175), (181, 300)], [(3, 5), (7, 10)]),
    ],
)
@pytest.mark.parametrize("sfreq", [100.0, 256.0])
def test_that_gaps_leave_their_epochs_out_and_shift_no_other(
    network_input, model, stretches, runs, sfreq
):
    hypnodensity = autoscore(Night(*stretches, sfreq=sfreq), C4, model)
    scored = [epoch for start, stop in runs for epoch in range(start, stop)]
    assert network_input["runs"] == runs
    assert_own_signal(network_input["epochs"], scored)
    staged = ~np.isnan(hypnodensity.probabilities).any(axis=1)
    assert np.flatnonzero(staged).tolist() == scored
    for epoch in set(range(10)) - set(scored):
        assert hypnodensity.stage(epoch) is Stage.UNSCORED


@pytest.mark.parametrize(
    ("missing", "runs"),
    [
        ([(100, 101)], [(0, 3), (4, 10)]),
        ([(100, 100.01)], [(0, 3), (4, 10)]),
        ([(0, 0.01), (299.99, 300)], [(0, 10)]),
        ([(0, 0.05)], [(1, 10)]),
        ([(299.9, 300)], [(0, 9)]),
        ([(20, 40), (41, 42), (200, 260)], [(2, 6), (9, 10)]),
    ],
)
def test_that_samples_missing_within_a_stretch_are_a_gap_too(network_input, model, missing, runs):
    autoscore(Night((0, 300), missing=tuple(missing)), C4, model)
    assert network_input["runs"] == runs
    assert_own_signal(
        network_input["epochs"], [epoch for start, stop in runs for epoch in range(start, stop)]
    )


def test_that_no_sample_of_a_gap_reaches_the_network(network_input, model):
    autoscore(Night((0, 95), (130, 200), missing=((60, 61),)), C4, model)
    assert np.isfinite(network_input["epochs"]).all()


def test_that_a_derivation_of_two_channels_is_staged(network_input, model):
    night = Night((0, 60), labels=("C4", "M1"))
    hypnodensity = autoscore(night, Derivation("C4", "M1"), model)
    assert hypnodensity.derivation == "C4-M1"
    np.testing.assert_allclose(network_input["epochs"], 0, atol=1e-6)


def test_that_a_hypnodensity_says_where_it_comes_from(network_input, model):
    hypnodensity = autoscore(
        Night((0, 60), labels=("EEG Fpz-Cz",)), Derivation("EEG Fpz-Cz"), model
    )
    assert hypnodensity.model == "Untrained 0"
    assert hypnodensity.weights_sha256 == "ab" * 32
    assert hypnodensity.derivation == "Fpz-Cz"


def test_that_the_network_stages_what_it_is_given(model):
    fractions: list[float] = []
    hypnodensity = autoscore(Night((0, 100), (150, 400)), C4, model, progress=fractions.append)
    staged = ~np.isnan(hypnodensity.probabilities[:, 0])
    assert np.flatnonzero(staged).tolist() == [0, 1, 2, *range(5, 13)]
    np.testing.assert_allclose(hypnodensity.probabilities[staged].sum(axis=1), 1, atol=1e-5)
    assert fractions == sorted(fractions)
    assert 0 < fractions[0] < fractions[-1] == 1


def test_that_staging_keeps_the_features_of_every_epoch_but_those_at_a_gap(model):
    staging = stage_recording(Night((0, 60), (105, 200)), C4, model)
    assert np.isnan(staging.features[[2, 3]]).all()
    assert np.isnan(staging.hypnodensity.probabilities[[2, 3]]).all()
    expected = epoch_features(
        model.network, staging.epochs[[0, 1, 4, 5], 0], precision="automatic"
    ).numpy()
    np.testing.assert_allclose(staging.features[[0, 1, 4, 5]], expected, atol=1e-4)


@pytest.mark.parametrize("at", [0.0, 0.1, 0.3, 0.9])
def test_that_progress_may_cancel(model, at):
    def cancel(fraction: float) -> None:
        if fraction >= at:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        autoscore(Night((0, 100), (150, 300)), C4, model, progress=cancel)


# What can't be staged


@pytest.mark.parametrize(
    "stretches", [[(0, 29.9)], [(0, 29), (45, 60)], [(0, 20), (25, 50), (55, 89)]]
)
def test_that_a_recording_without_a_complete_epoch_is_refused(model, stretches):
    with pytest.raises(AutoscoringError, match=r"night\.edf has no complete 30-s epoch"):
        autoscore(Night(*stretches), C4, model)


@pytest.mark.parametrize("sfreq", [1.0, 32.0, 39.9])
def test_that_a_slow_channel_is_refused(model, sfreq):
    with pytest.raises(AutoscoringError, match=r"night\.edf: C4-M1 is sampled at [\d.]+ Hz"):
        autoscore(Night((0, 60), sfreq=sfreq), C4, model)


def test_that_a_missing_channel_is_refused(model):
    with pytest.raises(RecordingError, match="has no channel “O2-M1”"):
        autoscore(Night((0, 60)), Derivation("O2-M1"), model)


def test_that_a_recording_without_eeg_is_refused_with_its_channels():
    night = Night((0, 60), labels=("SaO2", "EMG chin", "M1"))
    with pytest.raises(AutoscoringError, match=r"has no EEG .* are: SaO2, EMG chin, M1"):
        preferred_derivation(night, INPUT)


@pytest.mark.parametrize(
    ("rates_hz", "expected"),
    [
        ((45.0, 200.0, 200.0), "C4-M1"),  # too little is seen of the best one
        ((100.0, 200.0, 200.0), "F4-M1"),
        ((45.0, 45.0, 30.0), "F4-M1"),
        ((30.0, 45.0, 30.0), "C4-M1"),  # all that is accepted
    ],
)
def test_that_the_derivation_to_stage_holds_what_the_network_sees(rates_hz, expected):
    signals = {
        label: ("µV", rate_hz, np.zeros(round(60 * rate_hz), np.float32))
        for label, rate_hz in zip(("F4-M1", "C4-M1", "O2-M1"), rates_hz, strict=True)
    }
    assert preferred_derivation(RecordingInMemory(signals), INPUT) == Derivation(expected)


def test_that_the_best_derivation_is_preferred():
    night = Night((0, 60), labels=("O2-M1", "EEG C4-M1", "EEG Fpz-Cz"))
    assert preferred_derivation(night, INPUT) == Derivation("EEG Fpz-Cz")


@pytest.mark.parametrize(
    ("stretch", "epochs"),
    [
        ((0, 90), (0, 3)),
        ((0.0000005, 89.9999995), (0, 3)),
        ((1, 90), (1, 3)),
        ((30, 89.9), (1, 2)),
        ((31, 59), (2, 2)),
        ((0, 1000), (0, 10)),
        ((301, 400), (11, 11)),
    ],
)
def test_that_epochs_of_a_stretch_lie_wholly_inside_it(stretch, epochs):
    assert complete_epochs(Stretch(*stretch), 10) == epochs


# The weights


@pytest.fixture
def saved_weights(tmp_path, model) -> Path:
    path = tmp_path / "untrained.safetensors"
    save(path, model.network, name="Untrained", version="0")
    return path


def test_that_a_network_is_loaded_with_its_name(saved_weights, model):
    loaded = load_model(saved_weights)
    assert (loaded.name, loaded.version) == ("Untrained", "0")
    hypnodensity = autoscore(
        Night((0, 90)), C4, replace(loaded, description=replace(loaded.description, name="Loaded"))
    )
    assert hypnodensity.model == "Loaded 0"
    assert hypnodensity.weights_sha256 == loaded.sha256


def test_that_weights_with_another_hash_are_refused_by_name(saved_weights):
    content = bytearray(saved_weights.read_bytes())
    content[-1] ^= 1
    saved_weights.write_bytes(content)
    with pytest.raises(AutoscoringError, match=r"untrained\.safetensors is damaged or was changed"):
        load_model(saved_weights)


def test_that_missing_weights_are_named(saved_weights):
    saved_weights.unlink()
    with pytest.raises(AutoscoringError, match=r"untrained\.safetensors is missing"):
        load_model(saved_weights)


# A graphics card that fails


class FailingCard:
    """A network that looks at what another does, and fails in the middle."""

    def __init__(self, network, error: Exception) -> None:
        self.spec, self.tasks = network.spec, network.tasks
        self._error = error

    def predict(self, epochs, runs, *, progress):
        progress(0.5)
        raise self._error

    def explain(self, epochs, features, epoch, stage):
        raise self._error


CARD_ERRORS = [
    torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 MiB"),
    RuntimeError("CUDA error: device-side assert triggered"),
    MemoryError(),
]


@pytest.mark.parametrize("error", CARD_ERRORS, ids=lambda one: type(one).__name__)
def test_that_the_processor_goes_on_where_a_graphics_card_fails_and_that_is_said(
    saved_weights, error
):
    model = load_model(saved_weights)
    on_card = replace(model, network=FailingCard(model.network, error), device="cuda")
    night = Night((0, 90))
    staging = stage_recording(night, C4, on_card)
    np.testing.assert_array_equal(
        staging.hypnodensity.probabilities,
        stage_recording(night, C4, model).predictions[0].probabilities,
    )
    assert staging.fallback.startswith("The graphics card failed, so the processor staged instead:")
    assert stage_montage(night, [C4], on_card).fallback
    assert not stage_recording(night, C4, model).fallback


@pytest.mark.parametrize("error", CARD_ERRORS, ids=lambda one: type(one).__name__)
def test_that_a_card_that_is_full_when_the_network_is_loaded_is_said_to_have_failed(
    saved_weights, monkeypatch, error
):
    build = registry.architecture("mc2sleepnet").build

    def on_card(description, tensors, device):
        if device == "cuda":
            raise error
        return build(description, tensors, device)

    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(registry, "architecture", lambda name: SimpleNamespace(build=on_card))
    model = load_model(saved_weights)
    assert model.device == "cpu"
    staging = stage_recording(Night((0, 90)), C4, model)
    assert staging.fallback.startswith("The graphics card failed, so the processor staged instead:")
    assert "Restore it" not in staging.fallback


def test_that_weights_that_are_damaged_are_no_fault_of_the_card(saved_weights, monkeypatch):
    saved_weights.write_bytes(saved_weights.read_bytes()[:-100])
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    with pytest.raises(AutoscoringError, match=r"Get it anew") as raised:
        load_model(saved_weights)
    assert "graphics card" not in str(raised.value)


def test_that_a_processor_that_fails_has_nothing_to_fall_back_to(saved_weights, model):
    loaded = load_model(saved_weights)
    failing = FailingCard(loaded.network, CARD_ERRORS[0])
    for broken in (
        replace(loaded, network=failing),
        replace(loaded, network=failing, device="cuda", path=None),
    ):
        with pytest.raises(AutoscoringError, match="not enough memory"):
            stage_recording(Night((0, 90)), C4, broken)
    saved_weights.unlink()
    with pytest.raises(AutoscoringError, match=r"untrained\.safetensors is missing"):
        stage_recording(Night((0, 90)), C4, replace(loaded, network=failing, device="cuda"))


@pytest.mark.parametrize("error", CARD_ERRORS, ids=lambda one: type(one).__name__)
def test_that_the_processor_explains_an_epoch_where_a_graphics_card_fails(saved_weights, error):
    model = load_model(saved_weights)
    staging = stage_recording(Night((0, 90)), C4, model)
    failing = replace(model, network=FailingCard(model.network, error))
    by_processor = explained(staging, model, epoch=1, stage=2)
    assert by_processor.shape == (30,)
    on_card = replace(failing, device="cuda")
    np.testing.assert_array_equal(explained(staging, on_card, epoch=1, stage=2), by_processor)
    with pytest.raises(AutoscoringError, match=r"Epoch 2 could not be explained"):
        explained(staging, failing, epoch=1, stage=2)
    other = replace(model, sha256="0" * 64)
    assert explained(staging, other, epoch=1, stage=2) is None


def test_that_loading_a_network_imports_no_compiler():
    code = (
        "import sys; from sleepscorer.autoscoring import load_model; load_model(); "
        "sys.exit('torch._dynamo' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_that_the_shipped_network_stages_a_real_night_far_above_chance(sleepscorer_data):
    """Always N2 would be right in 57 % of these epochs."""
    folder = sleepscorer_data / "continuous"
    lines = (folder / "dynamo-segment1-stages.txt").read_text(encoding="utf-8").split()
    recording = open_recording(folder / "dynamo-segment1.edf")
    model = load_model(newest(WEIGHTS_FOLDER))
    hypnodensity = autoscore(recording, preferred_derivation(recording, INPUT), model)
    recording.close()
    found = [hypnodensity.stage(epoch).label for epoch in range(len(hypnodensity))]
    assert len(found) == len(lines)
    n_right = sum(one == other for one, other in zip(found, lines, strict=True))
    assert n_right / len(lines) > 0.75


# Several derivations


class Montage(Night):
    """A 10-Hz wave for each label, changed by what is given for it."""

    def __init__(self, *stretches, changes, **options) -> None:
        super().__init__(*stretches, labels=tuple(changes), **options)
        self._changes = changes

    def read(self, channel, start_s, stop_s):
        return self._changes[channel.label](super().read(channel, start_s, stop_s))


def as_it_is(values):
    return values


def dead(values):
    return 0 * values


def dead_later(values):
    return np.where(np.arange(values.size) < 15 * 3000, values, 0).astype(np.float32)


O2 = Derivation("O2-M1")


def test_that_one_derivation_is_staged_to_the_last_bit_as_by_itself(model):
    night = Night((0, 600), (700, 1500), labels=("C4-M1", "O2-M1"))
    alone = stage_recording(night, C4, model)
    voted = stage_montage(night, [C4], model)
    assert voted.predictions == alone.predictions
    assert voted.hypnodensity == alone.hypnodensity
    assert np.array_equal(voted.epochs, alone.epochs)
    assert np.array_equal(voted.features, alone.features, equal_nan=True)
    expected = np.isnan(alone.hypnodensity.probabilities[:, 0])
    np.testing.assert_array_equal(voted.abstentions == SignalFault.MISSING, expected)


def test_that_a_dead_derivation_leaves_the_others_as_they_are(model):
    night = Montage((0, 900), changes={"O2-M1": dead, "C4-M1": as_it_is})
    voted = stage_montage(night, [O2, C4], model)
    assert voted.hypnodensity == stage_recording(night, C4, model).hypnodensity
    assert (voted.votes[0].faults == SignalFault.FLAT).all()
    assert not voted.abstentions.any()


def test_that_epochs_without_any_signal_get_a_reason_instead_of_a_stage(model):
    night = Montage((0, 900), changes={"C4-M1": dead_later, "O2-M1": dead_later})
    voted = stage_montage(night, [C4, O2], model)
    assert (voted.abstentions[:15] == 0).all()
    assert (voted.abstentions[15:] == SignalFault.FLAT).all()
    assert all(voted.hypnodensity.stage(epoch) is Stage.UNSCORED for epoch in range(15, 30))


def test_that_the_network_sees_no_long_disturbance(model, network_input):
    night = Montage((0, 900), changes={"C4-M1": dead_later})
    stage_montage(night, [C4], model)
    assert network_input["runs"] == [(0, 15)]


@pytest.mark.parametrize("length_s", [150, 900])
def test_that_a_recording_without_any_signal_gets_no_stage_at_all(model, length_s):
    night = Montage((0, length_s), changes={"C4-M1": dead, "O2-M1": dead})
    voted = stage_montage(night, [C4, O2], model)
    assert (voted.abstentions == SignalFault.FLAT).all()
    assert np.isnan(voted.hypnodensity.probabilities).all()


def test_that_a_recording_shorter_than_an_epoch_is_refused_as_ever(model):
    with pytest.raises(AutoscoringError, match="no complete 30-s epoch"):
        stage_montage(Night((0, 20)), [C4], model)


def test_that_progress_of_several_derivations_only_grows(model):
    fractions = []
    night = Night((0, 600), labels=("C4-M1", "O2-M1"))
    stage_montage(night, [C4, O2], model, progress=fractions.append)
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1


@pytest.mark.parametrize(
    ("labels", "voters"),
    [
        (("F4-M1", "F3-M2", "C4-M1", "C3-M2", "O2-M1", "O1-M2"), ("F4-M1", "C3-M2", "O2-M1")),
        (("C4", "C3", "O2", "M1", "M2"), ("C4-M1", "C3-M2", "O2-M1")),
        (("EEG Fpz-Cz", "EEG Pz-Oz"), ("Fpz-Cz",)),
        (("EEG Pz-Oz",), ("Pz-Oz",)),
        (("EEG", "EEG(sec)"), ("EEG",)),
        (("C4-M1", "C4-M1"), ("C4-M1",)),
    ],
)
def test_that_voters_share_neither_electrodes_nor_regions_where_others_are_there(labels, voters):
    night = Night((0, 60), labels=labels)
    assert tuple(one.name for one in voting_derivations(night, INPUT, 3)) == voters
    assert voting_derivations(night, INPUT, 1) == (preferred_derivation(night, INPUT),)
