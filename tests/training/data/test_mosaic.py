from dataclasses import replace

import numpy as np
import pytest

from training.data.mosaic import (
    blind_rows,
    compose,
    join_pieces,
    mirrored_epochs,
    mosaic_rows,
    pseudo_epochs,
)
from training.data.nights import Night

STAGES = np.repeat([0, 1, 2, 3, 2, 4, 2, 0], [20, 4, 40, 30, 2, 25, 18, 1]).astype(np.int8)


def draw(**options: float) -> np.ndarray:
    rng = np.random.default_rng(0)
    return mosaic_rows(STAGES, rng, **({"reach_epochs": 15} | options))


def night(stages: np.ndarray = STAGES) -> Night:
    rng = np.random.default_rng(1)
    pieces = rng.normal(0, 20, (len(stages), 500)).astype(np.float32)
    return Night("SC4001", "00", pieces, stages)


def test_that_a_mosaic_keeps_the_sequence_of_stages():
    np.testing.assert_array_equal(STAGES[draw()], np.repeat(STAGES[:, None], 6, axis=1))


def test_that_every_mosaic_epoch_contains_its_own_piece():
    assert (draw() == np.arange(len(STAGES))[:, None]).any(axis=1).all()


def test_that_pieces_come_from_within_reach():
    assert np.abs(draw(reach_epochs=7) - np.arange(len(STAGES))[:, None]).max() <= 7


def test_that_a_piece_is_repeated_only_where_there_are_too_few():
    n_different = np.array([len(set(row)) for row in draw()])
    own, offsets = np.arange(len(STAGES))[:, None], np.arange(-15, 16)
    near = own + offsets
    inside = (near >= 0) & (near < len(STAGES))
    same = inside & (STAGES[near.clip(0, len(STAGES) - 1)] == STAGES[:, None])
    np.testing.assert_array_equal(n_different, np.minimum(same.sum(axis=1), 6))


def test_that_an_epoch_alone_repeats_itself():
    assert set(draw()[-1]) == {len(STAGES) - 1}


def test_that_the_same_seed_draws_the_same_mosaic():
    np.testing.assert_array_equal(draw(), draw())


def test_that_blind_rows_are_the_neighbours_held_at_the_ends():
    np.testing.assert_array_equal(
        blind_rows(5), [[0, 0, 0, 1, 2, 3], [0, 0, 1, 2, 3, 4], [0, 1, 2, 3, 4, 4],
                        [1, 2, 3, 4, 4, 4], [2, 3, 4, 4, 4, 4]]
    )  # fmt: skip


def test_that_joined_pieces_have_neither_steps_nor_offsets():
    time_s = np.arange(500, dtype=np.float32) / 100
    pieces = np.stack([100 + 30 * time_s, -400 - 10 * time_s, 7 + 0 * time_s]).astype(np.float32)
    joined = join_pieces(pieces)
    assert joined.shape == (1500,)
    assert np.abs(np.diff(joined)).max() < 5
    np.testing.assert_allclose(joined.reshape(3, 500)[:, 30:-30].mean(axis=1), 0, atol=1)
    # A ramp that changes nothing but 0.3 s at a join.
    np.testing.assert_array_equal(joined[:470], (pieces[0] - pieces[0].mean())[:470])


@pytest.mark.parametrize("kind", [pseudo_epochs, mirrored_epochs])
def test_that_test_epochs_do_not_depend_on_the_stages(kind):
    other = Night("SC4001", "00", night().samples_uv, np.zeros_like(STAGES))
    epochs = kind(night())
    assert epochs.shape == (len(STAGES), 3000)
    assert epochs.dtype == np.float32
    np.testing.assert_array_equal(epochs, kind(other))


def test_that_a_pseudo_epoch_has_its_own_piece_third():
    source = night()
    silent = source.samples_uv.copy()
    silent[np.arange(len(STAGES)) != 50] = 0
    epochs = pseudo_epochs(Night("SC4001", "00", silent, STAGES))
    power = epochs[50].reshape(6, 500).std(axis=1)
    assert power.argmax() == 2
    assert power[2] > 10 * power[5]


def test_that_a_mirrored_epoch_contains_only_its_own_piece():
    source = night()
    silent = source.samples_uv.copy()
    silent[50] = 0
    epochs = mirrored_epochs(Night("SC4001", "00", silent, STAGES))
    # What is left at the ends rings over from the neighbours through the filter.
    assert np.abs(epochs[50, 500:-500]).max() < 1
    assert np.abs(epochs[49]).max() > 20


def test_that_composing_prepares_the_signal():
    source = night()
    with_offset = compose(replace(source, samples_uv=source.samples_uv + 1000), draw())
    np.testing.assert_allclose(with_offset, compose(source, draw()), atol=0.05)
