"""NeuroNet and MC²SleepNet are compared on the very same epochs."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from model.neuronet import config as presets
from model.neuronet.config import NeuroNetConfig
from model.shared.frame_encoder import EncoderConfig
from training.__main__ import main
from training.corpora.partial_epochs import read_nights
from training.data.config import EpochsConfig, SplitConfig
from training.data.mosaic import blind_epochs
from training.data.splits import split_by_subject
from training.mc2sleepnet.config import changed
from training.mc2sleepnet.config import read_config as read_mc2sleepnet_config
from training.neuronet import excerpts
from training.neuronet.config import HeadStageConfig, NeuroNetTrainingConfig, UnimodalStageConfig
from training.neuronet.excerpts import ExcerptsConfig, compare, read_config

SMALL = NeuroNetConfig(
    encoder=EncoderConfig(
        stem=4, widths=(4, 4, 4, 4), gated=False, d_model=8, n_blocks=1, n_heads=2
    ),
    d_decoder=8,
    n_decoder_blocks=1,
    n_decoder_heads=2,
    d_projection=(8, 8),
    d_context=8,
    context_length=5,
)
SPLIT = SplitConfig(validation_subjects=("01",), test_subjects=("00",))
HEAD = HeadStageConfig(steps=2, batch_size=4)


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setitem(presets.PRESETS, "tiny", SMALL)


@pytest.fixture
def config(tiny_config) -> ExcerptsConfig:
    pretraining = UnimodalStageConfig(steps=2, batch_size=4, most_epochs=8)
    return ExcerptsConfig(
        neuronet=NeuroNetTrainingConfig("Net", "0", 3, pretraining=pretraining),
        probe=HEAD,
        context=replace(HEAD, unfrozen_mlp=True),
        mc2sleepnet=changed(replace(tiny_config, epochs=EpochsConfig()), pretraining={"steps": 0}),
        split=SPLIT,
        n_subjects=1,
        n_epochs=12,
        margin_epochs=3,
        seeds=(1, 2),
    )


@pytest.fixture
def split(night_folder):
    return split_by_subject(read_nights(night_folder), ["01"], ["02"])


def test_that_excerpts_are_whole_epochs_of_nothing_beyond_them(split, config):
    cut = excerpts.excerpts(split, config)
    assert [night.name for night in cut.train] == ["SC4001", "SC4002"]
    for night, whole in zip(cut.train, split.train, strict=True):
        rows = slice(3, 15) if night.name == "SC4001" else slice(5, 17)
        part = replace(whole, samples_uv=whole.samples_uv[rows], stages=whole.stages[rows], runs=())
        np.testing.assert_array_equal(night.samples_uv, blind_epochs(part, "pseudo"))
        np.testing.assert_array_equal(night.stages, whole.stages[rows])
        assert (night.is_partial, night.runs) == (False, ((0, 12),))


def test_that_one_night_of_each_other_subject_is_asked(night_folder, config):
    nights = read_nights(night_folder)
    cut = excerpts.excerpts(split_by_subject(nights, ["01"], ["00"]), config)
    parts = (cut.train, cut.validation, cut.test)
    assert [[night.name for night in part] for part in parts] == [
        ["SC4021"],
        ["SC4011"],
        ["SC4001"],
    ]


def test_that_a_night_too_short_is_named(split, config):
    with pytest.raises(ValueError, match="SC4001 has 20 epochs, too few"):
        excerpts.excerpts(split, replace(config, n_epochs=18))


def test_that_both_networks_are_tested_on_the_same_epochs_and_resumed_to_the_same_end(
    night_folder, config, tmp_path
):
    said: list[str] = []

    def run(out: str, resume: bool = False):
        return compare(
            read_nights(night_folder),
            config,
            tmp_path / out,
            resume=resume,
            report_to=lambda _folder: lambda _event: None,
            say=said.append,
        )

    rows = run("out")
    assert [(row.network, row.way, row.seed) for row in rows] == [
        ("NeuroNet", "probe", 1),
        ("NeuroNet", "probe", 2),
        ("NeuroNet", "context", 1),
        ("NeuroNet", "context", 2),
        ("MC²SleepNet", "signal backbone", 3),
        ("MC²SleepNet", "spectrogram backbone", 3),
        ("MC²SleepNet", "with a sequence", 1),
        ("MC²SleepNet", "with a sequence", 2),
    ]
    scored = [row.measured.agreement.confusion.sum(axis=1).tolist() for row in rows]
    assert all(one == scored[0] for one in scored)
    assert sum(scored[0]) == 12
    assert all(row.minutes > 0 for row in rows)
    gains = [line for line in said if " less " in line]
    assert gains[0].startswith("MC²SleepNet, with a sequence, seed 1 less NeuroNet, context, seed")
    again = run("out", resume=True)
    for one, other in zip(rows, again, strict=True):
        np.testing.assert_array_equal(
            one.measured.agreement.confusion, other.measured.agreement.confusion
        )


def test_that_the_command_runs_the_first_fold_of_the_cross_validation(
    night_folder, tmp_path, capsys
):
    arguments = ["excerpts", "--data", str(night_folder), "--out", str(tmp_path / "out")]
    assert main(arguments) == 1
    assert "4 folds can't be made of 3 subjects" in capsys.readouterr().err
    folder = Path(main.__code__.co_filename).parent / "configs"
    shipped = read_config(folder / "excerpts.toml")
    of_paper = read_mc2sleepnet_config(folder / "crossvalidation.toml")
    assert shipped.split == of_paper.split
    assert shipped.neuronet.seed == of_paper.seed  # of the split, too
    assert shipped.mc2sleepnet.sequence.steps == shipped.context.steps
