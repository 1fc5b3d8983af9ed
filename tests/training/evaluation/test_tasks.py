import numpy as np
import pytest

from training.evaluation.tasks import FIGURES, BinaryFigures, intervals_of_figures


def drawn(seed: int, n: int = 400, prevalence: float = 0.1) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    answers = (rng.random(n) < prevalence).astype(np.int8)
    scores = np.clip(0.25 + 0.3 * answers + 0.2 * rng.standard_normal(n), 0, 1)
    return np.round(scores, 2), answers  # rounded: many tie


def test_that_the_figures_are_those_of_scikit_learn():
    metrics = pytest.importorskip("sklearn.metrics")
    for seed in range(20):
        scores, answers = drawn(seed)
        found = BinaryFigures.of(scores, answers)
        assert found.auroc == pytest.approx(metrics.roc_auc_score(answers, scores), abs=1e-12)
        expected = metrics.average_precision_score(answers, scores)
        assert found.auprc == pytest.approx(expected, abs=1e-12)
        said = scores > 0.5
        assert found.f1 == pytest.approx(metrics.f1_score(answers, said), abs=1e-12)
        assert found.kappa == pytest.approx(metrics.cohen_kappa_score(answers, said), abs=1e-12)


def test_that_figures_worked_out_by_hand_come_out():
    scores, answers = np.array([0.9, 0.8, 0.7, 0.2]), np.array([1, 0, 1, 0])
    found = BinaryFigures.of(scores, answers)
    assert found.prevalence == 0.5
    assert found.auroc == 0.75  # 3 of the 4 pairs are in order
    assert found.auprc == pytest.approx(0.5 * 1 + 0.5 * 2 / 3)
    assert found.f1 == pytest.approx(4 / 5)
    assert found.kappa == pytest.approx(0.5)


def test_that_to_say_never_is_not_praised():
    answers = np.zeros(1000, np.int8)
    answers[:3] = 1
    found = BinaryFigures.of(np.full(1000, 0.01), answers)
    assert (found.f1, found.kappa, found.auroc) == (0, 0, 0.5)
    assert found.auprc == found.prevalence == 0.003
    assert all(name in found.text() for name in FIGURES)
    assert "accuracy" not in found.text()


def test_that_what_is_not_known_has_no_part():
    scores, answers = drawn(3)
    whole = BinaryFigures.of(scores, answers)
    scores = np.concatenate((scores, [np.nan, 0.9]))
    answers = np.concatenate((answers, [1, -1])).astype(np.int8)
    assert BinaryFigures.of(scores, answers) == whole or repr(
        BinaryFigures.of(scores, answers)
    ) == repr(whole)


def test_that_what_is_not_defined_is_no_number():
    nothing = BinaryFigures.of(np.array([]), np.array([], np.int8))
    assert nothing.n_epochs == 0
    assert all(np.isnan(getattr(nothing, name)) for name in FIGURES)
    no_yes = BinaryFigures.of(np.array([0.1, 0.2]), np.array([0, 0]))
    assert np.isnan([no_yes.auroc, no_yes.auprc, no_yes.f1]).all()
    with pytest.raises(ValueError, match="probabilities for"):
        BinaryFigures.of(np.zeros(2), np.zeros(3, np.int8))


def test_that_an_interval_holds_the_figure_and_follows_from_subjects():
    nights = {str(seed): drawn(seed) for seed in range(8)}
    pooled = BinaryFigures.of(
        np.concatenate([scores for scores, _ in nights.values()]),
        np.concatenate([answers for _, answers in nights.values()]),
    )
    found = intervals_of_figures(nights)
    assert found is not None
    for name in FIGURES:
        assert found[name].low <= getattr(pooled, name) <= found[name].high
    assert found == intervals_of_figures(dict(reversed(nights.items())))
    assert intervals_of_figures({"one": drawn(0)}) is None
