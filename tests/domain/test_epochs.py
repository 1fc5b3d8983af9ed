import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.domain.epochs import EPOCH_S, epoch_at, n_complete_epochs


@pytest.mark.parametrize(
    ("duration_s", "n_epochs"),
    [(0, 0), (29.99, 0), (29.9999995, 1), (30, 1), (59.9, 1), (60, 2), (5010, 167), (300.02, 10)],
)
def test_that_only_complete_epochs_count(duration_s, n_epochs):
    assert n_complete_epochs(duration_s) == n_epochs


@given(n_samples=st.integers(0, 10**8), sfreq=st.sampled_from([1, 100, 128, 200, 256, 500, 512]))
def test_that_no_epoch_is_lost_to_the_division_by_the_sampling_rate(n_samples, sfreq):
    assert n_complete_epochs(n_samples / sfreq) == n_samples // (30 * sfreq)


@pytest.mark.parametrize(
    ("time_s", "epoch"), [(-5, 0), (0, 0), (29.999, 0), (30, 1), (89, 2), (90, 2), (1e9, 2)]
)
def test_that_a_time_belongs_to_the_nearest_epoch(time_s, epoch):
    assert epoch_at(time_s, 3) == epoch


@given(epoch=st.integers(0, 99))
def test_that_an_epoch_begins_with_its_first_moment(epoch):
    assert epoch_at(epoch * EPOCH_S, 100) == epoch
