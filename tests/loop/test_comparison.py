from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from model import weights
from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.scoring import Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.versions import Comparison, Verdict
from sleepscorer.loop import calibrating
from sleepscorer.loop.collection import Library, collect
from sleepscorer.loop.comparison import (
    StagedNight,
    compare,
    compare_on_night,
    compared,
    figures_of,
)
from sleepscorer.loop.decision import accept, postpone, reject
from sleepscorer.loop.patients import LibraryError
from sleepscorer.models.calibration import Calibration, calibrated
from sleepscorer.models.ledger import Activated, Calibrated, Postponed, Rejected
from sleepscorer.models.store import ModelStore

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def staged(subject: int, accuracy: float, *, n: int = 200, sure: float = 0.8) -> StagedNight:
    """A night of whose epochs a share is staged rightly, evenly among the stages."""
    truth = np.tile(np.arange(5), n // 5).astype(np.int8)
    said = truth.copy()
    wrong = np.arange(n) >= round(n * accuracy)
    said[wrong] = (said[wrong] + 1) % 5
    probabilities = np.full((n, 5), (1 - sure) / 4)
    probabilities[np.arange(n), said] = sure
    return StagedNight(f"{subject:08x}", probabilities, truth)


def verdict(gains: list[float], base: float = 0.7) -> Comparison:
    current = [staged(number, base) for number in range(len(gains))]
    candidate = [staged(number, base + gain) for number, gain in enumerate(gains)]
    return compared(current, candidate, None, "accuracy")


def test_that_a_gain_of_every_patient_is_better():
    found = verdict([0.05, 0.04, 0.06, 0.05, 0.03])
    assert found.verdict is Verdict.BETTER
    assert found.by_chance == pytest.approx(1 / 32)
    assert found.accuracy_gain.value == pytest.approx(0.046)
    assert found.accuracy_gain.low > 0.03
    assert found.n_subjects == 5


def test_that_four_patients_can_t_tell():
    found = verdict([0.1] * 4)
    assert found.verdict is Verdict.UNCLEAR
    assert found.n_missing == 1


def test_that_no_nights_can_t_tell():
    found = verdict([])
    assert found.verdict is Verdict.UNCLEAR
    assert found.n_missing == 5
    assert found.accuracy_gain is None


def test_that_a_gain_of_some_takes_more_patients():
    found = verdict([0.1, -0.05, 0.08, -0.03, 0.06, 0.01])
    assert found.verdict is Verdict.UNCLEAR
    assert found.n_missing >= 1


@pytest.mark.parametrize("gains", [[-0.05] * 2, [0.0] * 5, [0.01, -0.05, -0.03, 0.02, -0.04]])
def test_that_no_gain_is_not_better(gains):
    assert verdict(gains).verdict is Verdict.NOT_BETTER


def test_that_a_gain_that_gives_n1_up_is_not_better():
    current, candidate = [], []
    for number in range(6):
        night = staged(number, 0.7)
        better = staged(number, 0.8).probabilities.copy()
        is_n1 = better.argmax(axis=1) == Stage.N1
        better[is_n1] = better[is_n1][:, [1, 0, 2, 3, 4]]
        current.append(night)
        candidate.append(StagedNight(night.subject, better, night.truth))
    found = compared(current, candidate, None, "accuracy")
    assert found.n1_gain.value < -0.5
    assert found.verdict is not Verdict.BETTER


def test_that_chance_seldom_makes_a_version_better():
    rng = np.random.default_rng(1)
    found = [verdict(list(rng.normal(0, 0.05, 6))).verdict for _ in range(200)]
    assert found.count(Verdict.BETTER) <= 16  # 5 % are 10


def test_that_honest_confidence_is_better_with_the_same_stages():
    sure = [staged(number, 0.7, sure=0.95) for number in range(6)]
    honest = [staged(number, 0.7, sure=0.7) for number in range(6)]
    assert compared(sure, honest, None, "cross_entropy").verdict is Verdict.BETTER
    assert compared(honest, sure, None, "cross_entropy").verdict is Verdict.NOT_BETTER
    assert compared(sure, honest, None, "accuracy").verdict is Verdict.NOT_BETTER


def test_that_confidence_that_costs_stages_is_not_better():
    sure = [staged(number, 0.75, sure=0.99) for number in range(6)]
    honest = [staged(number, 0.7, sure=0.6) for number in range(6)]
    assert compared(sure, honest, None, "cross_entropy").verdict is Verdict.NOT_BETTER


def test_that_figures_say_what_n1_and_n2_are_taken_for():
    night = staged(0, 0.5, n=100)
    found = figures_of([night])
    assert found.accuracy == 0.5
    assert found.n1_as_n2 == 0.5
    assert found.n2_as_n1 == 0
    assert found.calibration_error == pytest.approx(0.3)
    assert [(one.n_epochs, one.accuracy) for one in found.bins] == [(100, 0.5)]
    assert len(found.f1) == 5
    assert figures_of([]).kappa is None


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> Library:
    """One that no test changes."""
    return Library(tmp_path_factory.mktemp("shared") / "library")


@pytest.fixture(scope="module")
def held_out(library, tiny_model, make_night, signed_scoring):
    """Nights of patients who happen to be held out."""
    for number in range(30):
        night = make_night(number, f"{number} X X X")
        if library.subject_of(night)[0] < "5":
            collect(library, night, signed_scoring(night), tiny_model, Derivation("Fpz-Cz"))
        if len(library.nights()) == 2:
            break
    return library.nights()


def test_that_versions_are_compared_on_kept_nights(library, held_out, tiny_model, write_tiny):
    other = weights.load(write_tiny(version="1"), "cpu")
    found = compare(library, held_out, tiny_model, other)
    assert found.left_out == ()
    assert found.comparison.n_nights == 2
    assert found.comparison.n_epochs == 60  # epochs that were seen and left count, too
    assert found.comparison.accuracy_gain.value == 0


def test_that_a_version_that_knows_the_patient_is_not_compared(
    library, held_out, tiny_model, write_tiny
):
    seen = weights.load(write_tiny(version="2", subjects=(held_out[0].subject,)), "cpu")
    with pytest.raises(LibraryError, match="was trained on"):
        compare(library, held_out, tiny_model, seen)


def test_that_a_night_without_features_or_recording_is_said(
    library, held_out, tiny_model, write_tiny
):
    other = weights.load(write_tiny(seed=1, version="3"), "cpu")
    found = compare(library, held_out, tiny_model, other)
    assert found.comparison.n_nights == 0
    assert len(found.left_out) == 2
    assert held_out[0].recording.file_name in found.left_out[0]


def test_that_a_calibration_learns_how_sure_to_be():
    rng = np.random.default_rng(0)
    true = rng.dirichlet(np.ones(5), 4000)
    stages = np.array([rng.choice(5, p=row) for row in true]).astype(np.int8)
    biased = np.log(true) * 2 - np.array([0, 1.0, 0, 0, 0])
    temperature, bias = calibrating._fitted(biased, stages)
    assert temperature == pytest.approx(2, rel=0.1)
    assert bias[1] - np.mean(np.delete(bias, 1)) == pytest.approx(0.5, abs=0.15)
    said = np.exp(biased) / np.exp(biased).sum(axis=1, keepdims=True)
    given = calibrated(said.astype(np.float32), temperature, bias)
    assert figures_of([StagedNight("0" * 8, given, stages)]).calibration_error < 0.03


def test_that_few_epochs_are_no_calibration(library, held_out, tiny_model):
    with pytest.raises(LibraryError, match="60 epochs"):
        calibrating.fit_calibration(library, held_out, tiny_model, by="Ana")


def test_that_a_calibration_can_be_taken_off(tiny_model):
    calibration = Calibration(
        tiny_model.sha256, {"stages": 2.0}, 10, "Ana", NOW, {"stages": (0.0, 1.0, 0.0, 0.0, 0.0)}
    )
    other = calibrating.with_calibration(tiny_model, calibration)
    assert other.biases["stages"][Stage.N1] == 1
    assert calibrating.with_calibration(other, None).temperatures == {}


@pytest.fixture
def store(tmp_path) -> ModelStore:
    return ModelStore(tmp_path / "models")


@pytest.fixture
def better(store, write_tiny) -> Comparison:
    version = store.import_file(write_tiny(version="9"), by="Ana")
    found = verdict([0.05, 0.04, 0.06, 0.05, 0.03])
    return replace(found, current=store.active().sha256, candidate=version.sha256)


def test_that_who_accepts_what_on_which_comparison_is_kept(store, better):
    accept(store, better, by="Ana", why="N1")
    assert store.active().sha256 == better.candidate
    (entry,) = [one for one in store.entries() if isinstance(one, Activated)]
    assert (entry.decision.by, entry.decision.why) == ("Ana", "N1")
    assert entry.decision.comparison == better


@pytest.mark.parametrize("said", [Verdict.UNCLEAR, Verdict.NOT_BETTER])
def test_that_what_is_not_better_is_not_accepted(store, better, said):
    with pytest.raises(LibraryError, match="not shown to be better"):
        accept(store, replace(better, verdict=said), by="Ana")
    assert store.active().is_bundled


def test_that_no_and_later_are_kept_and_change_nothing(store, better):
    postpone(store, better, by="Ana")
    reject(store, better, by="Bo", why="not enough")
    kinds = [type(one) for one in store.entries()]
    assert kinds[-2:] == [Postponed, Rejected]
    assert store.active().is_bundled


def test_that_an_accepted_calibration_is_used(store, better):
    sha256 = store.active().sha256
    calibration = Calibration(sha256, {"stages": 1.5}, 200, "Ana", NOW, {"stages": (0.1,) * 5})
    accept(store, replace(better, candidate=sha256), by="Ana", calibration=calibration)
    assert store.calibration(store.active()) == calibration
    assert isinstance(store.entries()[-1], Calibrated)
    assert store.entries()[-1].comparison.verdict is Verdict.BETTER


def test_that_a_night_of_nobody_else_is_compared_on_too(make_night, signed_scoring, write_tiny):
    models = [weights.load(write_tiny(seed=seed), "cpu") for seed in (0, 5)]
    night = make_night(1, "1 X X X", gap_epochs=(3,))
    scoring = signed_scoring(night, n_left=8)
    found = compare_on_night(night, scoring, Derivation("Fpz-Cz"), *models)
    assert found.n_staged == 29
    assert 0 <= found.n_same <= 29
    assert found.is_signed_off
    assert found.comparison.n_epochs == 29
    assert found.comparison.verdict is not Verdict.BETTER
    same = compare_on_night(night, scoring, Derivation("Fpz-Cz"), models[0], models[0])
    assert same.n_same == 29
    assert same.comparison.accuracy_gain.value == 0


def test_that_only_what_a_person_decided_counts_before_the_sign_off(
    make_night, signed_scoring, tiny_model
):
    night = make_night(1, "1 X X X")
    scoring = signed_scoring(night, n_left=8)
    unsigned = Scoring(len(scoring), scores=scoring.scores)
    untouched = Scoring(len(scoring))
    found = [
        compare_on_night(night, one, Derivation("Fpz-Cz"), tiny_model, tiny_model)
        for one in (unsigned, untouched)
    ]
    assert [one.comparison.n_epochs for one in found] == [22, 0]
    assert not found[0].is_signed_off
