import numpy as np
import pytest

from model.mc2sleepnet.preprocessing import prepare_signal
from training.evaluation.alterations import ALTERATIONS, as_it_is, with_loose_electrode

RNG = np.random.default_rng(0)
EEG_UV = np.convolve(RNG.normal(0, 20, 60_000), np.ones(4) / 2, mode="same")


def prepared(name: str) -> np.ndarray:
    return prepare_signal(*ALTERATIONS[name](EEG_UV))


@pytest.mark.parametrize("name", ALTERATIONS)
def test_that_an_altered_recording_keeps_its_length_and_is_not_what_it_was(name):
    before, after = prepare_signal(*as_it_is(EEG_UV)), prepared(name)
    assert after.shape == before.shape
    assert np.isfinite(after).all()
    assert not np.array_equal(after, before)


@pytest.mark.parametrize("name", ["mains 50 µV", "128 Hz sampling", "512 Hz sampling"])
def test_that_preparation_undoes_what_it_is_made_for(name):
    before, after = prepare_signal(*as_it_is(EEG_UV)), prepared(name)
    rest = (after - before)[500:-500]
    assert rest.std() < 0.1 * before.std()


def test_that_an_alteration_is_the_same_each_time():
    for alter in ALTERATIONS.values():
        np.testing.assert_array_equal(alter(EEG_UV)[0], alter(EEG_UV)[0])


def test_that_a_loose_electrode_is_one_at_times():
    night_uv = np.tile(EEG_UV, 24)  # 4 h
    altered, _ = with_loose_electrode(night_uv)
    spells = (altered != night_uv).reshape(-1, 12_000)
    assert (spells.mean(axis=1) > 0.99).mean() == pytest.approx(0.3, abs=0.15)
    assert ((spells.mean(axis=1) > 0.99) | ~spells.any(axis=1)).all()
