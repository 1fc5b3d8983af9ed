import json
from dataclasses import replace

import numpy as np
import pytest

from sleepscorer.jobs.events import StepDone
from training.corpora.partial_epochs import read_nights
from training.data.splits import split_of
from training.evaluation.evaluate import Evaluation, ScoredNight
from training.mc2sleepnet.config import changed
from training.paper.ablation import (
    JOINT_VARIANTS,
    AblationRow,
    ablation_text,
    run_table_3,
    run_table_4,
)
from training.paper.protocol import cross_validate, fold_configs
from training.paper.published import TABLE_3


@pytest.fixture
def nights(night_folder):
    return read_nights(night_folder)


@pytest.fixture
def folds(tiny_config):
    """One step of each stage, and a fold for each of the three subjects."""
    return changed(
        tiny_config,
        split={"protocol": "folds", "n_folds": 3, "n_validation_subjects": 1},
        epoch={"steps": 1},
        pretraining={"steps": 1},
        sequence={"steps": 1},
    )


@pytest.fixture
def events():
    return []


@pytest.fixture
def report_to(events):
    return lambda folder: events.append


def test_that_every_subject_is_tested_once_and_pooled(nights, folds, tmp_path, report_to, events):
    pooled = cross_validate(nights, folds, tmp_path, folds=None, resume=False, report_to=report_to)
    assert [evaluation.agreement.n_epochs for evaluation in pooled] == [80, 80]
    assert all("subjects 00, 01, 02, 4 nights" in evaluation.title for evaluation in pooled)
    assert pooled[0].intervals is not None
    results = json.loads((tmp_path / "evaluation.json").read_text())
    assert [result["n_epochs"] for result in results] == [80, 80]

    n_events = len(events)
    again = cross_validate(nights, folds, tmp_path, folds=None, resume=True, report_to=report_to)
    assert len(events) == n_events  # nothing was trained anew
    assert again[0].summary() == pooled[0].summary()


def test_that_weights_of_other_subjects_are_not_gone_on_with(nights, folds, tmp_path, report_to):
    def run(config, resume):
        return cross_validate(
            nights, config, tmp_path, folds=[0], resume=resume, report_to=report_to
        )

    run(folds, resume=False)
    with pytest.raises(ValueError, match=r"fold-0.*on other subjects"):
        run(replace(folds, seed=folds.seed + 1), resume=True)


def test_that_nights_are_tested_in_the_configured_kinds(nights, folds, tmp_path, report_to):
    config = changed(
        folds,
        epochs={"sequence_kinds": ("bare",), "blind_kinds": ("bare",)},
        epoch={"piece_counts": (1,)},
    )
    pooled = cross_validate(nights, config, tmp_path, folds=[1], resume=False, report_to=report_to)
    assert [evaluation.title.split(", ")[-1] for evaluation in pooled] == [
        "bare epochs made of 5-s pieces"
    ]


def test_that_gains_have_their_sign():
    truth = [0, 1, 2, 3, 4] * 2

    def row(variant, n_right):
        said = truth[:n_right] + [(stage + 1) % 5 for stage in truth[n_right:]]
        scored = [
            ScoredNight(subject, np.eye(5)[said], np.eye(5)[said], np.array(truth))
            for subject in ("00", "01")
        ]
        return AblationRow(variant, [Evaluation.of("T", scored)], ("–", "–"))

    text = ablation_text([row("cnn", 4), row("tf+cnn", 6), row("pt", 9)], ("a", "b"))
    assert "-20.0 (-20.0 to -20.0)" in text
    assert "+30.0 (+30.0 to +30.0)" in text


def test_that_a_run_without_folds_has_no_others(tiny_config):
    assert fold_configs(tiny_config, None) == [tiny_config]
    with pytest.raises(ValueError, match='"named" has no folds'):
        fold_configs(tiny_config, [0])


def test_that_subjects_are_shared_out_in_proportion(nights, tiny_config):
    config = changed(tiny_config, split={"protocol": "proportion", "test_share": 0.3})
    split = split_of(nights, config.split, config.seed)
    assert len({night.subject for night in split.test}) == 1


def test_that_table_3_has_seven_variants_from_the_same_backbones(
    nights, folds, tmp_path, report_to, events
):
    rows = run_table_3(nights, folds, tmp_path, folds=[0], resume=False, report_to=report_to)
    assert [row.variant for row in rows] == list(TABLE_3)
    assert all([e.agreement.n_epochs for e in row.measured] == [20, 20] for row in rows)
    stages = [e.stage for e in events if isinstance(e, StepDone) and e.loss is not None]
    # Fine-tuning alone follows the variant that is pre-trained only.
    assert stages.count("epoch") == 1
    assert stages.count("pretrain") == len(JOINT_VARIANTS) - 1
    assert stages.count("sequence") == 3
    text = ablation_text(rows, ("SleepEDF-78", "SHHS-5463"))
    assert "the paper's ACC: 84.4 (SleepEDF-78), 88.3 (SHHS-5463)" in text
    assert "gain: accuracy over tf+cnn, in points" in text


def test_that_table_4_tries_masking_ratios(nights, folds, tmp_path, report_to):
    rows = run_table_4(
        nights, folds, tmp_path, ratios=[0.5], folds=[0], resume=False, report_to=report_to
    )
    assert [(row.variant, row.published) for row in rows] == [("mask 50 %", ("88.324", "88.593"))]


def test_that_an_ablation_needs_all_three_stages(nights, folds, tmp_path, report_to):
    with pytest.raises(ValueError, match="all three stages"):
        run_table_3(
            nights,
            changed(folds, pretraining={"steps": 0}),
            tmp_path,
            folds=None,
            resume=False,
            report_to=report_to,
        )
