import numpy as np
import pytest

from sleepscorer.domain.votes import LeftOut, SignalFault, Vote, dissent, fused, left_out

NONE, FLAT, NOISE = SignalFault.NONE, SignalFault.FLAT, SignalFault.NOISE
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
