import pytest
import torch

from model.files import Ancestor
from training.engine.start import Start, mean_start

BASE = Ancestor("Net", "1", "b" * 64, ("00",))


def start(value: float, version: str, *, n: int = 3) -> Start:
    network = {"weight": torch.full((n,), value), "n_batches": torch.tensor(round(value))}
    return Start(network, (Ancestor("Net", version, version * 64, ("00", "03")), BASE))


def test_that_the_mean_is_of_parameters_and_not_of_counts():
    mean = mean_start([start(1.0, "2"), start(2.0, "3"), start(6.0, "4")])
    torch.testing.assert_close(mean.network["weight"], torch.full((3,), 3.0))
    assert mean.network["n_batches"] == 1
    assert [each.version for each in mean.ancestry] == ["2", "1", "3", "4"]


def test_that_the_mean_of_one_is_that_one():
    one = start(0.1, "2")
    mean = mean_start([one])
    assert mean.ancestry == one.ancestry
    assert torch.equal(mean.network["weight"], one.network["weight"])


def test_that_networks_of_other_shapes_have_no_mean():
    with pytest.raises(ValueError, match="different kinds have no mean"):
        mean_start([start(1.0, "2"), start(1.0, "3", n=4)])
