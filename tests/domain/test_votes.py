import numpy as np
import pytest

from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.prediction import Prediction
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scoring import Scoring, prediction_edit, stage_edit
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.statistics import sleep_statistics
from sleepscorer.domain.votes import (
    LeftOut,
    SignalFault,
    Vote,
    dissent,
    fused,
    left_out,
    predictions_of,
    reasons,
    votes_of,
)

NONE, FLAT, NOISE = SignalFault.NONE, SignalFault.FLAT, SignalFault.NOISE
MISSING = SignalFault.MISSING
N2 = [0.1, 0.1, 0.6, 0.1, 0.1]
WAKE = [0.8, 0.05, 0.05, 0.05, 0.05]
NOTHING = [np.nan] * 5


def rows(*values):
    return np.array(values, np.float32)


def vote(name, probabilities, weights, faults):
    return Vote(name, rows(*probabilities), np.float32(weights), np.int8(faults))


def test_that_what_one_voter_says_stays_to_the_last_bit():
    alone = np.random.default_rng(0).dirichlet(np.ones(5), 50).astype(np.float32)
    other = np.full((50, 5), 0.2, np.float32)
    assert np.array_equal(fused([alone], [np.full(50, 0.3, np.float32)]), alone)
    weights = [np.ones(50, np.float32), np.zeros(50, np.float32)]
    assert np.array_equal(fused([alone, other], weights), alone)


def test_that_voters_who_agree_are_no_surer_together():
    together = fused([rows(N2), rows(N2)], [np.ones(1, np.float32)] * 2)
    np.testing.assert_allclose(together, [N2], rtol=1e-6)


def test_that_weights_decide_between_voters():
    for weight, winner in ((0.1, 2), (1.0, 0)):
        weights = [np.ones(1, np.float32), np.full(1, weight, np.float32)]
        assert fused([rows(N2), rows(WAKE)], weights).argmax() == winner


def test_that_an_epoch_without_votes_has_no_probabilities():
    together = fused([rows(N2, N2), rows(N2, NOTHING)], [np.float32([0, 0]), np.float32([1, 1])])
    np.testing.assert_array_equal(np.isnan(together[:, 0]), [False, True])


def test_that_certainty_of_one_does_not_silence_the_others():
    certain = rows([1.0, 0, 0, 0, 0])
    assert np.isfinite(fused([certain, rows(N2)], [np.ones(1, np.float32)] * 2)).all()


def test_that_whiles_left_out_are_listed_in_order_of_time():
    votes = (
        vote("C4-M1", [N2] * 4, [1, 1, 0, 0], [NONE, NONE, FLAT, FLAT]),
        vote("O2-M1", [N2] * 4, [0, 1, 1, 0], [NOISE, NONE, NONE, FLAT]),
    )
    assert left_out(votes) == (
        LeftOut("O2-M1", 0, 1, NOISE),
        LeftOut("C4-M1", 2, 4, FLAT),
        LeftOut("O2-M1", 3, 4, FLAT),
    )
    assert left_out(votes, least_epochs=2) == (LeftOut("C4-M1", 2, 4, FLAT),)


def test_that_dissent_is_the_share_that_speaks_for_another_stage():
    votes = [
        vote("F4-M1", [N2, N2, NOTHING], [1, 1, 0], [NONE, NONE, FLAT]),
        vote("C4-M1", [N2, N2, NOTHING], [1, 1, 0], [NONE, NONE, FLAT]),
        vote("O2-M1", [N2, [0.3, 0.1, 0.2, 0.2, 0.2], NOTHING], [1, 1, 0], [NONE, NONE, FLAT]),
    ]
    np.testing.assert_allclose(dissent(votes), [0, 1 / 3, np.nan], rtol=1e-6)


def test_that_votes_of_other_lengths_are_refused():
    with pytest.raises(ValueError, match="2 epochs with weights"):
        vote("C4-M1", [N2, N2], [1], [NONE])


# Votes that are kept with a scoring

VOTERS = (
    vote("C4-M1", [N2, N2, NOTHING, WAKE], [1, 0.25, 0, 0], [NONE, NONE, MISSING, FLAT]),
    vote("O2-M1", [N2, WAKE, NOTHING, WAKE], [0.5, 0, 0, 0], [NONE, NOISE, FLAT, FLAT]),
)


def same(one, other):
    return (
        one.derivation == other.derivation
        and np.array_equal(one.probabilities, other.probabilities, equal_nan=True)
        and np.allclose(one.weights, other.weights)
        and np.array_equal(one.faults, other.faults)
    )


def hypnodensity(*values, model="MC²SleepNet 5"):
    return Hypnodensity(rows(*values), model, "abc", "C4-M1")


def test_that_votes_come_back_from_what_was_kept_of_them():
    kept = predictions_of(VOTERS, "MC²SleepNet 5", "abc")
    assert len({one.subject for one in kept}) == len(kept)
    for one, other in zip(VOTERS, votes_of(kept, "MC²SleepNet 5", "abc"), strict=True):
        assert same(one, other)
    assert votes_of(kept, "MC²SleepNet 4", "abc") == ()


def test_that_half_a_vote_and_one_that_names_an_unknown_fault_are_none():
    stages, signal = predictions_of(VOTERS[:1], "m", "")
    assert votes_of([stages], "m", "") == votes_of([signal], "m", "") == ()
    classes = ("none", "of another world", *signal.classes[2:])
    odd = Prediction(signal.task, classes, signal.probabilities, "m", "", "C4-M1")
    assert votes_of([stages, odd], "m", "") == ()


def test_that_a_new_staging_takes_the_votes_of_the_one_before_away():
    scoring = Scoring(4)
    first = hypnodensity(N2, N2, NOTHING, NOTHING)
    undo = scoring.apply(prediction_edit(scoring, first, VOTERS))
    assert [one.derivation for one in scoring.votes] == ["C4-M1", "O2-M1"]
    scoring.apply(undo)
    assert scoring.votes == ()
    scoring.apply(prediction_edit(scoring, first, VOTERS))
    other = hypnodensity(WAKE, N2, N2, N2, model="MC²SleepNet 4")
    scoring.apply(prediction_edit(scoring, other))
    assert scoring.votes == ()
    scoring.apply(prediction_edit(scoring, first))
    assert len(scoring.votes) == 2  # they go with their version
    scoring.apply(prediction_edit(scoring, first, ()))
    assert scoring.votes == ()


def test_that_a_single_vote_is_kept_only_where_something_was_wrong():
    scoring = Scoring(2)
    plain = vote("C4-M1", [N2, NOTHING], [1, 0], [NONE, MISSING])
    scoring.apply(prediction_edit(scoring, hypnodensity(N2, NOTHING), (plain,)))
    assert scoring.others == ()
    flat = vote("C4-M1", [N2, NOTHING], [1, 0], [NONE, FLAT])
    scoring.apply(prediction_edit(scoring, hypnodensity(N2, NOTHING), (flat,)))
    assert same(scoring.votes[0], flat)


def test_that_the_statistics_say_how_much_was_not_stageable_and_why():
    scoring = Scoring(4)
    told = hypnodensity(N2, N2, NOTHING, NOTHING)
    np.testing.assert_array_equal(reasons(told.probabilities, VOTERS), [NONE, NONE, FLAT, FLAT])
    np.testing.assert_array_equal(reasons(told.probabilities, ()), [NONE, NONE, MISSING, MISSING])
    scoring.apply(prediction_edit(scoring, told, VOTERS))
    scoring.apply(stage_edit([3], Stage.W, Person("A")))
    assert (
        "2 of 4 epochs of the recording (50.0 %) were not stageable: flat signal 2; 1 scored "
        "by hand." in sleep_statistics(scoring, 120).caveats
    )
    scoring.apply(prediction_edit(scoring, hypnodensity(N2, N2, N2, N2), ()))
    assert not any("stageable" in one for one in sleep_statistics(scoring, 120).caveats)
