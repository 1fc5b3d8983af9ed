from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sleepscorer.domain.stages import Stage
from sleepscorer.domain.versions import Comparison, Verdict
from sleepscorer.loop.comparison import StagedNight, compared
from sleepscorer.loop.verdict import MOST_FORGOTTEN, chance_of, grounds_of

ORDER = (Verdict.NOT_BETTER, Verdict.UNCLEAR, Verdict.BETTER)
N = 1000
GAINS = st.lists(st.integers(-100, 250).map(lambda gain: gain / N), min_size=1, max_size=8)
LOST = st.integers(-50, 250).map(lambda lost: lost / N)


def staged(subject: int, accuracy: float, truth: np.ndarray | None = None) -> StagedNight:
    """A night of whose epochs a share is staged rightly, the same share of each stage."""
    truth = np.tile(np.arange(5), N // 5).astype(np.int8) if truth is None else truth
    said = truth.copy()
    wrong = np.arange(N) >= round(N * accuracy)
    said[wrong] = (said[wrong] + 1) % 5
    return StagedNight(f"{subject:08x}", np.eye(5)[said], truth)


def comparison(gains: list[float], *lost: float, base: float = 0.6) -> Comparison:
    """Compare on a patient for each gain, and one of the first training for each loss."""
    before = [staged(number, base) for number in range(len(gains))]
    after = [staged(number, base + gain) for number, gain in enumerate(gains)]
    replay = (
        [staged(100 + number, 0.8) for number in range(len(lost))],
        [staged(100 + number, 0.8 - one) for number, one in enumerate(lost)],
    )
    return compared(before, after, replay if lost else None, "accuracy")


def said(found: Comparison) -> str:
    return " ".join(grounds_of(found))


@pytest.mark.parametrize(
    ("gains", "lost"),
    [
        ([0.12, 0.14, 0.15, 0.17, 0.18, 0.19, 0.21, 0.23], [0.01, 0.02]),  # half the amplitude
        ([0.02, 0.03, 0.03, 0.04, 0.05, 0.05, 0.06, 0.08], [0.01, 0.014]),  # a high-pass of 1 Hz
    ],
)
def test_that_gains_of_a_laboratory_that_records_otherwise_outweigh_what_is_forgotten(gains, lost):
    found = comparison(gains, *lost)
    assert found.verdict is Verdict.BETTER
    assert f"({100 * np.mean(gains):+.1f} points)" in said(found)
    assert f"first training it is {100 * np.mean(lost):.1f} points worse" in said(found)
    assert found.replay_gain.low == pytest.approx(-max(lost))
    assert found.replay_gain.high == pytest.approx(-min(lost))


def test_that_what_gains_less_than_it_forgets_is_not_better():
    found = comparison([0.01, 0.02, 0.02, 0.01, 0.015, 0.015], 0.03, 0.03)
    assert found.verdict is Verdict.NOT_BETTER
    assert "gains less on your nights than it forgets" in said(found)


def test_that_a_gain_that_other_patients_may_not_have_over_what_is_forgotten_is_unclear():
    found = comparison([0.01, 0.02, 0.09, 0.01, 0.10, 0.02], 0.025)
    assert found.accuracy_gain.low > 0
    assert found.verdict is Verdict.UNCLEAR
    assert found.n_missing >= 1
    assert "may gain less than it forgets" in said(found)


def test_that_no_gain_makes_up_for_a_collapse():
    found = comparison([0.3] * 8, 0.12, 0.09)
    assert found.verdict is Verdict.NOT_BETTER
    assert "More than 10 points forgotten are too many" in said(found)
    assert comparison([0.3] * 8, 0.10, 0.09).verdict is Verdict.BETTER


def test_that_what_could_not_be_measured_is_said():
    found = comparison([0.1] * 6)
    assert found.verdict is Verdict.BETTER
    assert "was not measured" in said(found)
    assert "nothing changes" in said(comparison([0.1] * 6, 0.0))
    assert "2.0 points better" in said(comparison([0.1] * 6, -0.02))


def test_that_learning_what_nobody_looked_at_is_no_gain():
    """Shuffled stages, in the nights to compare on as well: always N2 is right more often."""
    rng = np.random.default_rng(0)
    before, after = [], []
    for number in range(8):
        truth = rng.choice(5, N, p=(0.1, 0.05, 0.5, 0.2, 0.15)).astype(np.int8)
        guessed = rng.permutation(truth)
        before.append(StagedNight(f"{number:08x}", np.eye(5)[guessed], truth))
        always = np.full(N, int(Stage.N2))
        after.append(StagedNight(f"{number:08x}", np.eye(5)[always], truth))
    found = compared(before, after, None, "accuracy")
    assert found.accuracy_gain.low > 0.1
    assert found.verdict is Verdict.NOT_BETTER
    assert "hardly agrees with people at all" in said(found)


def test_that_n1_that_is_given_up_is_named():
    found = comparison([0.1] * 6, 0.0)
    worse = replace(found.n1_gain, value=-0.1, high=-0.01)
    assert "It gives up N1" in said(replace(found, n1_gain=worse, verdict=Verdict.NOT_BETTER))
    perhaps = replace(worse, high=0.01)
    assert "may be that it gives up N1" in said(
        replace(found, n1_gain=perhaps, verdict=Verdict.UNCLEAR)
    )
    assert said(comparison([])) == ""


def test_that_n1_that_some_patients_lose_is_looked_at_again():
    """Of eight who gain, N1 of half becomes R, that of the others is found."""
    before, after = [], []
    for number in range(8):
        night = staged(number, 0.7)
        probabilities = staged(number, 0.9).probabilities.copy()
        is_n1 = night.truth == Stage.N1
        probabilities[is_n1] = np.eye(5)[Stage.N1 if number % 2 else Stage.R]
        before.append(night)
        after.append(replace(night, probabilities=probabilities))
    found = compared(before, after, None, "accuracy")
    assert found.accuracy_gain.low > 0
    assert found.n1_gain.value < -0.05
    assert found.n1_gain.high > 0
    assert found.verdict is Verdict.UNCLEAR
    assert found.n_missing is None
    assert "may be that it gives up N1" in said(found)


def test_that_confidence_is_weighed_in_its_own_measure():
    def confident(subject: int, sure: float) -> StagedNight:
        night, rest = staged(subject, 0.7), (1 - sure) / 4
        return replace(night, probabilities=night.probabilities * (1.25 * sure - 0.25) + rest)

    before, after = ([confident(number, sure) for number in range(6)] for sure in (0.95, 0.75))
    forgotten = ([confident(9, 0.7)], [confident(9, 0.9)])
    assert compared(before, after, None, "cross_entropy").verdict is Verdict.BETTER
    assert compared(before, after, forgotten[::-1], "cross_entropy").verdict is Verdict.BETTER
    far = ([confident(9, 0.7)], [confident(9, 0.999)])
    found = compared(before, after, far, "cross_entropy")
    assert found.verdict is Verdict.NOT_BETTER
    here, elsewhere = map(str, grounds_of(found, of_confidence=True)[2:4])
    entropies = (found.of_candidate.cross_entropy, found.of_current.cross_entropy)
    assert "is {:.3f} instead of {:.3f} on your nights.".format(*entropies) in here
    assert f"it is {found.replay_of_candidate.cross_entropy:.3f} instead of" in elsewhere
    assert len(grounds_of(found)) == 2


def test_that_a_collapse_is_said_where_no_own_night_was_compared():
    found = comparison([], 0.2)
    assert found.verdict is Verdict.NOT_BETTER
    assert "20.0 points worse" in said(found)
    assert "More than 10 points forgotten are too many" in said(found)


@settings(max_examples=30, deadline=None)
@given(gains=GAINS, lost=LOST, more=st.integers(1, 100).map(lambda lost: lost / N))
def test_that_to_forget_more_is_never_better(gains, lost, more):
    verdicts = [comparison(gains, one).verdict for one in (lost, lost + more)]
    assert ORDER.index(verdicts[1]) <= ORDER.index(verdicts[0])


@settings(max_examples=30, deadline=None)
@given(gains=GAINS, lost=LOST)
def test_that_what_is_better_gains_more_than_it_forgets(gains, lost):
    found = comparison(gains, lost)
    if found.verdict is Verdict.BETTER:
        assert lost <= MOST_FORGOTTEN + 1e-9
        assert found.accuracy_gain.low > max(lost, 0)
        assert len(gains) >= 5
    if lost > MOST_FORGOTTEN + 1e-9:
        assert found.verdict is Verdict.NOT_BETTER


def test_that_many_patients_are_counted_by_a_sample_of_the_signs():
    assert chance_of(np.full(20, 0.1)) == pytest.approx(1e-4, abs=1e-4)
    assert chance_of(np.array([0.0])) == 1
