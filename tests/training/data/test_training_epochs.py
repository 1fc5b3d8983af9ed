from dataclasses import replace

import numpy as np
import pytest

from training.corpora.eegmat import read_awake_subjects
from training.corpora.partial_epochs import read_nights
from training.data.altered_nights import cut_awake_pieces, with_altered_copies
from training.data.config import AlterationConfig
from training.data.mosaic import blind_epochs, mirrored_epochs, shortened
from training.data.nights import Night
from training.data.training_epochs import TrainingEpochs, draw_mosaic
from training.engine.randomness import Purpose


@pytest.fixture(scope="module")
def nights(night_folder):
    partial = read_nights(night_folder)[0]
    samples_uv = np.random.default_rng(0).normal(0, 20, (8, 3000)).astype(np.float32)
    return [partial, Night("whole", "09", samples_uv, np.zeros(8, np.int8))]


def test_that_whole_epochs_are_read_as_they_are_and_partial_ones_composed(nights, tiny_config):
    epochs = TrainingEpochs(nights, tiny_config.epochs, 3, Purpose.PRETRAIN_STAGE_NIGHT)
    epochs.start_pass(0)
    assert len(epochs) == 28
    np.testing.assert_array_equal(epochs.read(1, 2, 5), nights[1].samples_uv[2:5])
    assert epochs.read(0, 3, 7).shape == (4, 3000)
    rows = epochs.read_rows(np.array([3, 19, 20, 27]))
    np.testing.assert_array_equal(rows[0], epochs.read(0, 3, 4)[0])
    np.testing.assert_array_equal(rows[2:], nights[1].samples_uv[[0, 7]])


@pytest.mark.parametrize(("kind", "n_pieces"), [("mosaic", 2), ("bare", 1)])
def test_that_whole_epochs_are_cut_to_the_length_of_the_others(nights, tiny_config, kind, n_pieces):
    epochs = TrainingEpochs(nights, tiny_config.epochs, 3, Purpose.EPOCH_STAGE_NIGHT, 2, kind)
    for train_pass in (0, 3):
        epochs.start_pass(train_pass)
        rows = epochs.read_rows(np.array([0, 20]))
        assert rows.shape == (2, 500 * n_pieces)
        start = 500 * train_pass
        np.testing.assert_array_equal(
            rows[1], nights[1].samples_uv[0, start : start + rows.shape[1]]
        )


@pytest.mark.parametrize("kind", ["pseudo", "mirrored", "bare"])
def test_that_blind_kinds_are_what_is_tested_on(nights, tiny_config, kind):
    epochs = TrainingEpochs(nights, tiny_config.epochs, 3, Purpose.PRETRAIN_STAGE_NIGHT, kind=kind)
    epochs.start_pass(0)
    np.testing.assert_array_equal(epochs.read(0, 0, 20), blind_epochs(nights[0], kind))


def test_that_mosaics_are_drawn_anew_for_every_pass(nights, tiny_config):
    epochs = TrainingEpochs(nights, tiny_config.epochs, 3, Purpose.PRETRAIN_STAGE_NIGHT)
    passes = []
    for train_pass in (0, 1, 0):
        epochs.start_pass(train_pass)
        passes.append(epochs.read(0, 0, 20))
    np.testing.assert_array_equal(passes[0], passes[2])
    assert np.abs(passes[0] - passes[1]).max() > 1


def test_that_a_share_of_epochs_is_made_of_its_own_piece_alone(nights, tiny_config):
    config = replace(tiny_config.epochs, own_share=1.0)
    drawn = draw_mosaic(nights[0], np.random.default_rng(0), config)
    np.testing.assert_array_equal(drawn, mirrored_epochs(nights[0]))


@pytest.mark.parametrize("n_pieces", [1, 2, 6])
def test_that_shorter_epochs_keep_their_own_piece(n_pieces):
    rows = np.array([[3, 0, 2, 1, 4, 5], [1, 2, 3, 4, 5, 0]])
    drawn = shortened(rows, n_pieces, np.random.default_rng(0))
    assert drawn.shape == (2, n_pieces)
    assert 0 in drawn[0]
    assert 1 in drawn[1]
    places = [[list(row).index(piece) for piece in d] for row, d in zip(rows, drawn, strict=True)]
    assert all(place == sorted(place) for place in places)


def test_that_altered_copies_are_drawn_anew_for_every_pass_whatever_their_kind(
    nights, wake_folder, tiny_config
):
    awake = cut_awake_pieces(read_awake_subjects(wake_folder))
    altered = with_altered_copies(nights[:1], awake, AlterationConfig())
    epochs = TrainingEpochs(
        altered, tiny_config.epochs, 3, Purpose.PRETRAIN_STAGE_NIGHT, kind="bare"
    )
    passes = []
    for train_pass in (0, 1, 0):
        epochs.start_pass(train_pass)
        passes.append((epochs.read(0, 0, 20), epochs.read(1, 0, 20)))
    np.testing.assert_array_equal(passes[0][0], passes[1][0])
    assert np.abs(passes[0][1] - passes[1][1]).max() > 1
    np.testing.assert_array_equal(passes[0][1], passes[2][1])
