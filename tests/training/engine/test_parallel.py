"""Two processes on the CPU, talking through gloo."""

import multiprocessing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import distributed, nn

from training.engine.parallel import (
    average_statistics,
    check_share,
    gathered,
    n_processes,
    own_share,
    shared,
)
from training.engine.self_supervision import nt_xent
from training.mc2sleepnet.losses import info_nce


def _views() -> torch.Tensor:
    torch.manual_seed(0)
    return nn.functional.normalize(torch.randn(6, 3, 2, 8), dim=-1)  # (b, l, 2, d)


def _contrast_gradient() -> torch.Tensor:
    """Gradient of InfoNCE of the whole batch, each process having its share."""
    layer = nn.Linear(8, 8)
    nn.init.eye_(layer.weight)
    nn.init.zeros_(layer.bias)

    def loss(views: torch.Tensor) -> torch.Tensor:
        together = gathered(layer(views))
        return n_processes() * info_nce(together[:, :, 0], together[:, :, 1], 0.5)

    of_share = shared(layer, loss)
    of_share(_views()[own_share(torch.arange(6))]).backward()
    return layer.weight.grad


def _statistics() -> torch.Tensor:
    norm = nn.BatchNorm1d(1)
    norm(torch.full((4, 1), 10.0 * distributed.get_rank()))
    average_statistics(norm)
    return norm.running_mean


def _run(rank: int, n: int, folder: str, work: Callable[[], torch.Tensor]) -> None:
    distributed.init_process_group(
        "gloo", init_method=f"file://{folder}/meeting", rank=rank, world_size=n
    )
    torch.save(work(), f"{folder}/{rank}.pt")
    distributed.destroy_process_group()


def in_two_processes(folder: Path, work: Callable[[], torch.Tensor]) -> list[Any]:
    return in_processes(2, folder, work)


def in_processes(n: int, folder: Path, work: Callable[[], torch.Tensor]) -> list[Any]:
    context = multiprocessing.get_context("fork")
    processes = [
        context.Process(target=_run, args=(rank, n, str(folder), work)) for rank in range(n)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * n
    return [torch.load(folder / f"{rank}.pt") for rank in range(n)]


def test_that_two_processes_have_the_gradients_of_the_whole_batch(tmp_path):
    first, second = in_two_processes(tmp_path, _contrast_gradient)
    torch.testing.assert_close(first, second, rtol=0, atol=0)
    # Own shares interleave; the loss does not depend on the order of the sequences.
    torch.testing.assert_close(first, _contrast_gradient())


def _frozen_statistics() -> torch.Tensor:
    norm = nn.BatchNorm1d(200)
    torch.manual_seed(0)
    norm.running_mean.copy_(100 * torch.randn(200))
    average_statistics(norm)
    return norm.running_mean


def test_that_what_all_processes_know_alike_stays_to_the_last_bit(tmp_path):
    torch.manual_seed(0)
    known = 100 * torch.randn(200)
    for found in in_processes(3, tmp_path, _frozen_statistics):
        torch.testing.assert_close(found, known, rtol=0, atol=0)


def _uneven_gradient() -> torch.Tensor:
    """The second process has nothing for one of three parameters, and nobody for the last."""
    first, second, third = learning = nn.ParameterList(torch.zeros(2) for _ in range(3))

    def loss(has_second: bool) -> torch.Tensor:
        return first.sum() + 4 * second.sum() if has_second else first.sum()

    of_share = shared(learning, loss)
    of_share(distributed.get_rank() == 0).backward()
    assert third.grad is None
    return torch.stack([first.grad, second.grad])


def test_that_a_process_without_a_gradient_counts_as_zero(tmp_path):
    first, second = in_two_processes(tmp_path, _uneven_gradient)
    expected = torch.tensor([[1.0, 1.0], [2.0, 2.0]])
    torch.testing.assert_close(first, expected)
    torch.testing.assert_close(second, expected)


def _contrast_of_some() -> torch.Tensor:
    """Gradient of NT-Xent where each process lacks a channel in other items."""
    layer = nn.Linear(8, 8)
    nn.init.eye_(layer.weight)
    nn.init.zeros_(layer.bias)
    items = own_share(torch.arange(6))
    counts = torch.tensor([True, True, False, True, False, True])[items]

    def loss(views: torch.Tensor) -> torch.Tensor:
        one, other = layer(views).unbind(dim=1)
        return nt_xent(one, other, 0.5, counts)

    of_share = shared(layer, loss)
    of_share(_views()[items, 0]).backward()
    return layer.weight.grad


def test_that_two_processes_contrast_what_both_have(tmp_path):
    first, second = in_two_processes(tmp_path, _contrast_of_some)
    torch.testing.assert_close(first, second, rtol=0, atol=0)
    torch.testing.assert_close(first, _contrast_of_some())


def test_that_running_statistics_become_those_of_both_processes(tmp_path):
    first, second = in_two_processes(tmp_path, _statistics)
    torch.testing.assert_close(first, second)
    torch.testing.assert_close(first, torch.tensor([0.5]))


def test_that_a_single_process_has_everything_to_itself():
    check_share(7)
    assert n_processes() == 1
    assert own_share(torch.arange(4)).tolist() == [0, 1, 2, 3]


def test_that_a_batch_that_cannot_be_shared_is_refused(monkeypatch):
    monkeypatch.setattr("training.engine.parallel.n_processes", lambda: 2)
    with pytest.raises(ValueError, match="batch of 7 can't be shared evenly by 2"):
        check_share(7)
