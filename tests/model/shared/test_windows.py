import pytest
import torch

from model.shared.windows import check_runs, over_windows, window_starts


def test_that_sequences_cover_a_run_to_its_end():
    assert window_starts(20, 20, 20) == [0]
    assert window_starts(7, 20, 20) == [0]
    assert window_starts(40, 20, 20) == [0, 20]
    assert window_starts(45, 20, 20) == [0, 20, 25]
    assert window_starts(45, 20, 10) == [0, 10, 20, 25]


@pytest.mark.parametrize("n_epochs", [1, 19, 20, 45])
@pytest.mark.parametrize("at_once", [1, 2, 32])
def test_that_what_is_said_of_an_epoch_is_averaged(n_epochs, at_once):
    features = torch.arange(float(n_epochs))[:, None]

    def judge(sequences: torch.Tensor) -> torch.Tensor:
        # Says the epoch, and how many are before it in the sequence.
        place = torch.arange(sequences.shape[1]).expand(len(sequences), -1)
        return torch.stack((sequences[..., 0], place.float()), dim=-1)

    said = over_windows(judge, features, length=20, step=20, at_once=at_once)
    assert torch.equal(said[:, 0], features[:, 0])
    if n_epochs == 45:  # 20 … 39 is seen from 20 and 25 on
        assert said[30, 1] == (10 + 5) / 2


@pytest.mark.parametrize("runs", [[(0, 6)], [(2, 1)], [(0, 3), (2, 5)], [(3, 5), (0, 2)]])
def test_that_runs_that_are_none_are_refused(runs):
    with pytest.raises(ValueError, match="run"):
        check_runs(runs, 5)
