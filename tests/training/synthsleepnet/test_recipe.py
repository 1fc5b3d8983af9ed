"""SynthSleepNet is trained stage by stage, without the published code's defects."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from model import files, weights
from model.neuronet import config as neuronet
from model.neuronet.config import NeuroNetConfig
from model.shared.frame_encoder import EncoderConfig
from model.synthsleepnet import config as presets
from model.synthsleepnet.architecture import ScoringSynthSleepNet, input_spec
from model.synthsleepnet.config import CHANNELS, SynthSleepNetConfig
from sleepscorer.jobs.events import JobEvent, StepDone
from training.__main__ import main
from training.data.dataset import Origin
from training.data.modalities import ModalNight, add_modal_night
from training.data.splits import PretrainingSplit
from training.engine.config import SelectionConfig
from training.engine.start import read_start
from training.evaluation.modal import score_modal_nights
from training.neuronet.config import UnimodalStageConfig
from training.neuronet.unimodal_stage import UnimodalStage
from training.synthsleepnet.config import (
    ModalSplitConfig,
    MultimodalStageConfig,
    SynthSleepNetTrainingConfig,
    TaskStageConfig,
    read_config,
)
from training.synthsleepnet.multimodal_stage import MultimodalStage
from training.synthsleepnet.nights import ModalEpochs, ModalityEpochs, dropped
from training.synthsleepnet.recipe import InTraining, train
from training.synthsleepnet.task_stage import TaskStage

ENCODER = EncoderConfig(stem=4, widths=(4, 4, 4, 4), gated=False, d_model=8, n_blocks=1, n_heads=2)
SMALL = SynthSleepNetConfig(
    channels=tuple(c for c in CHANNELS if c.role in ("EEG C4", "EEG C3", "ECG")),
    encoder=ENCODER,
    d_model=8,
    n_blocks=1,
    n_heads=2,
    d_decoder=8,
    n_decoder_blocks=1,
    n_decoder_heads=2,
    d_projection=(8, 8),
    d_probe=8,
    context_length=3,
    d_head=8,
)
SMALL_NEURONET = NeuroNetConfig(
    encoder=ENCODER, d_decoder=8, n_decoder_blocks=1, n_decoder_heads=2, d_projection=(8, 8)
)
UNIMODAL = UnimodalStageConfig(steps=3, batch_size=4, most_epochs=8)
MULTIMODAL = MultimodalStageConfig(steps=3, batch_size=4, channel_dropout=0.2)
CONFIG = SynthSleepNetTrainingConfig(
    name="Net",
    version="0",
    seed=3,
    checkpoint_every=2,
    tasks=("stages", "apnea"),
    selection=SelectionConfig(validate_every=2),
    unimodal=UNIMODAL,
    multimodal=MULTIMODAL,
)
TASK = TaskStageConfig(steps=3, batch_size=4, n_parts=2)
PROBE = replace(CONFIG, probe=TASK)
NO_STEPS = {"unimodal": replace(UNIMODAL, steps=0), "multimodal": replace(MULTIMODAL, steps=0)}
CONTEXT = replace(CONFIG, **NO_STEPS, context=TASK, version="1")


class KilledError(Exception):
    pass


def ignore(_event: JobEvent) -> None:
    pass


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setitem(presets.PRESETS, "tiny", SMALL)
    monkeypatch.setitem(neuronet.PRESETS, "tiny", SMALL_NEURONET)


def night(subject: int) -> ModalNight:
    rng = np.random.default_rng(subject)
    epochs = rng.normal(size=(8, 3, 3000)).astype(np.float32)
    epochs[5:, 2] = np.nan  # an electrode comes off
    if subject % 3 == 0:
        epochs[:, 2] = np.nan
    stages = rng.integers(0, 5, 8).astype(np.int8)
    apnea = rng.integers(0, 2, 8).astype(np.int8)
    return ModalNight(
        f"n{subject}", f"s{subject}", epochs, stages, {"apnea": apnea}, runs=((0, 4), (4, 8))
    )


@pytest.fixture(scope="module")
def split() -> PretrainingSplit[ModalNight]:
    nights = [night(subject) for subject in range(8)]
    return PretrainingSplit(
        tuple(nights[:3]), tuple(nights[3:5]), (nights[5],), (nights[6], nights[7])
    )


def trained(split, config, out, *, resume=False, report=ignore, start=None) -> Path:
    return train(split, config, out, resume=resume, report=report, data="nights", start=start)


def trained_in(folder: Path, split, config) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(presets.PRESETS, "tiny", SMALL)
        patch.setitem(neuronet.PRESETS, "tiny", SMALL_NEURONET)
        return trained(split, config, folder)


@pytest.fixture(scope="module")
def pretrained(split, tmp_path_factory) -> Path:
    return trained_in(tmp_path_factory.mktemp("pretrained"), split, CONFIG)


@pytest.fixture(scope="module")
def probed(split, tmp_path_factory) -> Path:
    return trained_in(tmp_path_factory.mktemp("probed"), split, PROBE)


def sha256(path: Path) -> str:
    return files.read(path).sha256


@pytest.mark.parametrize(
    ("config", "stage"),
    [
        (PROBE, "unimodal ECG"),
        (PROBE, "multimodal"),
        (PROBE, "probe"),
        (CONTEXT, "context"),
        (replace(CONTEXT, tuned=False), "context"),
    ],
)
def test_that_a_killed_and_resumed_run_ends_like_an_uninterrupted_one(
    split, pretrained, probed, tmp_path, config, stage
):
    start = None if config is PROBE else read_start(pretrained, "synthsleepnet")
    whole = probed
    if start is not None:
        whole = trained(split, config, tmp_path / "whole", start=start)

    def kill(event: JobEvent) -> None:
        if isinstance(event, StepDone) and (event.stage, event.step) == (stage, 3):
            raise KilledError

    with pytest.raises(KilledError):
        trained(split, config, tmp_path / "killed", report=kill, start=start)
    torch.manual_seed(99)  # nothing may depend on the state a new process starts with
    events: list[JobEvent] = []
    resumed = trained(
        split, config, tmp_path / "killed", resume=True, report=events.append, start=start
    )
    assert sha256(resumed) == sha256(whole)
    first = next(e for e in events if isinstance(e, StepDone))
    assert (first.stage, first.step) == (stage, 3)


def test_that_nothing_of_the_test_nights_is_read(split, pretrained, tmp_path):
    """The published code keeps the step that is best on those that it tests."""

    class Sealed:
        shape = (8, 3, 3000)

        def __getitem__(self, rows):
            raise AssertionError("a test night was read")

    sealed = tuple(replace(one, epochs=Sealed()) for one in split.test)
    start = read_start(pretrained, "synthsleepnet")
    ours = trained(replace(split, test=sealed), CONTEXT, tmp_path, start=start)
    assert weights.load(ours, "cpu").training["test_subjects"] == ["s6", "s7"]


def test_that_pre_training_asks_for_nobodys_scoring(split, pretrained, tmp_path):
    blank = tuple(
        replace(one, stages=np.full(8, -1, np.int8), targets={}) for one in split.unlabelled
    )
    assert sha256(trained(replace(split, unlabelled=blank), CONFIG, tmp_path)) == sha256(pretrained)


def test_that_a_share_of_the_labels_is_of_whole_subjects(split, pretrained, tmp_path):
    start = read_start(pretrained, "synthsleepnet")
    some = trained(split, replace(CONTEXT, label_share=0.5), tmp_path / "some", start=start)
    training = weights.load(some, "cpu").training
    assert len(training["labelled_subjects"]) == 1
    assert set(training["labelled_subjects"]) < {"s3", "s4"}
    (left_out,) = {"s3", "s4"} - set(training["labelled_subjects"])
    other = tuple(
        replace(one, stages=(4 - one.stages).astype(np.int8)) if one.subject == left_out else one
        for one in split.labelled
    )
    again = trained(
        replace(split, labelled=other),
        replace(CONTEXT, label_share=0.5),
        tmp_path / "again",
        start=start,
    )
    assert sha256(some) == sha256(again)  # nothing was learnt of the other one


def test_that_fine_tuning_leaves_the_encoders_and_the_first_adapters_as_they_are(
    split, pretrained, tmp_path
):
    start = read_start(pretrained, "synthsleepnet")
    loaded = weights.load(trained(split, CONTEXT, tmp_path, start=start), "cpu")
    moved = {
        name
        for name, tensor in loaded.network.state_dict().items()
        if name in start.network and not torch.equal(tensor, start.network[name])
    }
    assert moved == set()
    assert [one.version for one in loaded.description.ancestors] == ["0"]
    assert set(loaded.description.subjects) == {"s0", "s1", "s2", "s3", "s4"}
    assert any(p.abs().sum() > 0 for p in loaded.network.tuning["fc1"].up.parameters())


def test_that_a_network_without_second_adapters_learns_on_kept_features(
    split, pretrained, tmp_path
):
    start = read_start(pretrained, "synthsleepnet")
    config = replace(CONTEXT, tuned=False)
    loaded = weights.load(trained(split, config, tmp_path, start=start), "cpu")
    assert not loaded.network.config.has_tuning
    measured = score_modal_nights(loaded, split.test)
    assert measured.stages.agreement.n_epochs == 16
    assert set(measured.figures) == {"apnea"}
    assert measured.figures["apnea"].n_epochs == 16
    assert "auprc" in measured.text()
    assert set(measured.summary()["tasks"]["apnea"]["intervals"]) >= {"f1", "auroc"}


def moving(network, step) -> set[str]:
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    step()
    return {
        name
        for name, tensor in network.state_dict().items()
        if not torch.equal(tensor, before[name])
    }


def test_that_pre_training_of_the_fusion_moves_no_encoder(split):
    torch.manual_seed(0)
    network = InTraining(PROBE).network
    stage = MultimodalStage(
        network, split.unlabelled, MULTIMODAL, CONFIG.optimisation, CONFIG.selection, 0
    )
    stage.train_step(0)  # adapters begin at nothing: their first factor moves from the second step
    found = moving(network, lambda: stage.train_step(1))
    still = set(network.state_dict()) - found
    frozen = {n for n in network.state_dict() if n.startswith(("encoders.", "heads."))}
    assert still - frozen <= {n for n in still if n.endswith("num_batches_tracked")}
    assert frozen <= still


@pytest.mark.parametrize("tuned", [True, False])
def test_that_the_context_moves_its_heads_and_second_adapters_and_nothing_else(split, tuned):
    torch.manual_seed(0)
    config = replace(CONTEXT, tuned=tuned)
    network = ScoringSynthSleepNet(config.network)
    stage = TaskStage(network, split.labelled, split.validation, TASK, config)
    stage.train_step(0)  # adapters begin at nothing: their first factor moves from the second step
    found = moving(network, lambda: [stage.train_step(step) for step in (1, 2)])
    learning = {
        name
        for name in network.state_dict()
        if name.startswith(("heads.", "tuning.")) or ".tuning." in name
    }
    assert tuned == any(".tuning." in name for name in learning)
    assert found == learning


def test_that_the_probe_moves_its_classifiers_and_nothing_else(split):
    torch.manual_seed(0)
    network = ScoringSynthSleepNet(PROBE.network)
    stage = TaskStage(network, split.labelled, split.validation, TASK, PROBE)
    found = moving(network, lambda: stage.train_step(0))
    assert found == {name for name in network.state_dict() if name.startswith("heads.")}


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_that_both_precisions_learn(split, precision):
    torch.manual_seed(0)
    optimisation = replace(CONFIG.optimisation, precision=precision)
    training = InTraining(CONFIG)
    source = ModalityEpochs(split.unlabelled, SMALL, "EEG")
    unimodal = UnimodalStage(
        training.unimodal["EEG"], source, UNIMODAL, optimisation, CONFIG.selection, 0
    )
    multimodal = MultimodalStage(
        training.network, split.unlabelled, MULTIMODAL, optimisation, CONFIG.selection, 0
    )
    network = ScoringSynthSleepNet(SMALL.with_head("context", ("stages", "apnea")))
    config = replace(CONTEXT, optimisation=optimisation)
    task = TaskStage(network, split.labelled, split.validation, TASK, config)
    for stage in (unimodal, multimodal, task):
        assert np.isfinite([stage.train_step(step) for step in range(2)]).all()


def test_that_sequences_lie_within_one_run_of_one_night(split):
    """The published windows for apnea and hypopnea go on from one recording into the next."""
    torch.manual_seed(0)
    network = ScoringSynthSleepNet(SMALL.with_head("context", ("apnea",)))
    config = replace(CONTEXT, tasks=("apnea",))
    stage = TaskStage(network, split.labelled, split.validation, TASK, config)
    seen: list[tuple[int, int]] = []
    features = stage._features
    stage._features = lambda places: seen.extend(places) or features(places)
    for step in range(8):
        stage.train_step(step)
    assert len(seen) == 32
    assert {first for _, first in seen} <= {0, 1, 4, 5}  # runs of four epochs, sequences of three


def test_that_a_task_that_nobody_answered_is_refused(split, pretrained, tmp_path):
    start = read_start(pretrained, "synthsleepnet")
    with pytest.raises(ValueError, match="nobody of the labelled subjects has an answer to hyp"):
        trained(split, replace(CONTEXT, tasks=("hypopnea",)), tmp_path, start=start)


def test_that_unknown_answers_teach_nothing(split, pretrained, tmp_path):
    """An unknown stage is none: the published code takes it for wake."""
    start = read_start(pretrained, "synthsleepnet")
    network = ScoringSynthSleepNet(SMALL.with_head("probe", ("stages",)))
    network.load_state_dict({**network.state_dict(), **start.network})
    unknown = tuple(replace(one, stages=one.stages * 0 - 1) for one in split.labelled[:1])
    stage = TaskStage(
        network,
        [*unknown, split.labelled[1]],
        split.validation,
        TASK,
        replace(PROBE, tasks=("stages",)),
    )
    loss = stage._loss([(0, 0), (0, 5)])
    assert loss.detach().item() == 0


def test_that_epochs_of_a_modality_are_those_that_are_there(split):
    source = ModalityEpochs(split.unlabelled, SMALL, "ECG")
    assert len(source) == 10  # five each of two nights
    assert len(ModalityEpochs(split.unlabelled, SMALL, "EEG")) == 3 * 8 * 2
    rows = source.read_rows(np.arange(10))
    assert np.isfinite(rows).all()
    np.testing.assert_array_equal(rows[7], split.unlabelled[2].epochs[2, 2])
    every = ModalEpochs(split.unlabelled)
    np.testing.assert_array_equal(every.read_rows(np.array([9]))[0], split.unlabelled[1].epochs[1])


def test_that_channels_are_taken_out_but_never_the_first():
    torch.manual_seed(0)
    epochs = torch.randn(400, 3, 5)
    out = dropped(epochs, 0.25).isnan()
    assert not out[:, 0].any()
    assert (out.all(dim=2) == out.any(dim=2)).all()
    assert 0.2 < out[:, 1:, 0].float().mean() < 0.3
    assert dropped(epochs, 0.0) is epochs


def test_that_what_can_not_be_trained_is_refused(split, pretrained, tmp_path):
    with pytest.raises(ValueError, match="--start"):
        trained(split, CONTEXT, tmp_path)
    with pytest.raises(ValueError, match="validation subjects"):
        trained(replace(split, validation=()), CONFIG, tmp_path)
    with pytest.raises(ValueError, match="of one kind"):
        replace(PROBE, context=TASK)
    with pytest.raises(ValueError, match="must have steps"):
        replace(CONFIG, **NO_STEPS)
    with pytest.raises(ValueError, match="no channel airflow"):
        replace(CONFIG, roles=("airflow",))
    with pytest.raises(ValueError, match="no 3 equal parts"):
        replace(TASK, n_parts=3)
    without = tuple(
        replace(one, epochs=np.where([[[0], [0], [1]]], np.nan, one.epochs[:]))
        for one in split.unlabelled
    )
    with pytest.raises(ValueError, match="no night has a channel of ECG"):
        trained(replace(split, unlabelled=without), CONFIG, tmp_path)
    start = read_start(pretrained, "synthsleepnet")
    with pytest.raises(ValueError, match="another network"):
        trained(split, replace(CONTEXT, roles=("EEG C4", "ECG")), tmp_path, start=start)


def test_that_the_command_trains_evaluates_and_goes_on(tmp_path, capsys):
    path, data, out = tmp_path / "net.toml", tmp_path / "nights.h5", tmp_path / "out"
    for subject in range(20):
        one = night(subject)
        origin = Origin("simulated", "C4-A1", "a.edf", "a.xml")
        add_modal_night(
            data, one, input_spec(SMALL), origin=origin, numbers=np.arange(8), channels={}
        )
    path.write_text(
        """
name = "Net"
version = "0"
seed = 1
tasks = ["apnea", "stages"]
[split]
test_share = 0.2
n_labelled = 2
n_validation = 1
[unimodal]
steps = 1
batch_size = 2
most_epochs = 8
[multimodal]
steps = 1
batch_size = 2
[probe]
steps = 1
"""
    )
    arguments = ["--data", str(data), "--out", str(out), "--config", str(path)]
    assert main(["train", "synthsleepnet", *arguments]) == 0
    path.write_text(
        path.read_text()
        .replace("steps = 1\nbatch_size = 2", "steps = 0")
        .replace("probe", "context")
    )
    start = ["--start", str(out / "checkpoint.pt")]
    second = ["--data", str(data), "--out", str(tmp_path / "second"), "--config", str(path)]
    assert main(["train", "synthsleepnet", *second, *start]) == 0
    stored = tmp_path / "second" / "synthsleepnet-0.safetensors"
    results = tmp_path / "results.json"
    capsys.readouterr()
    shown = ["--weights", str(stored), "--data", str(data), "--json", str(results)]
    assert main(["evaluate", *shown]) == 0
    said = capsys.readouterr().out
    assert "apnea: f1" in said
    assert "prevalence" in said
    assert results.exists()
    assert main(["evaluate", "--weights", str(stored), "--edf", "a", "--stages", "b"]) == 1


def test_that_every_configuration_that_is_shipped_can_be_read(monkeypatch):
    monkeypatch.undo()
    folder = Path(read_config.__code__.co_filename).parents[1] / "configs"
    found = {path.stem: read_config(path) for path in sorted(folder.glob("synthsleepnet-*.toml"))}
    assert len(found) >= 3
    context = found["synthsleepnet-paper-context"]
    assert context.network.has_tuning
    assert context.context.batch_size // context.context.n_parts == 32
    assert found["synthsleepnet-paper"].network == presets.PAPER
    assert ModalSplitConfig().n_labelled == 50
