"""Several processes that train one network, each on its share of every batch.

Started by ``torchrun``, each process draws the same batches and takes every n-th item of them. The
gradients are averaged over the processes before each step, so all of them keep the same network.
Normalisation statistics of a batch are those of a process's share.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, distributed, nn
from torch.nn.parallel import DistributedDataParallel


@contextmanager
def process_group() -> Iterator[None]:
    """Join the processes that ``torchrun`` started; nothing when it did not."""
    if "RANK" not in os.environ:
        yield
        return
    if torch.cuda.is_available():
        torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
    distributed.init_process_group("nccl" if torch.cuda.is_available() else "gloo")
    try:
        yield
    finally:
        distributed.destroy_process_group()


def n_processes() -> int:
    """Number of processes; 1 without ``torchrun``."""
    return distributed.get_world_size() if _is_shared() else 1


def process_index() -> int:
    """Number of this process, from 0; the first one writes files and reports."""
    return distributed.get_rank() if _is_shared() else 0


def _is_shared() -> bool:
    return distributed.is_available() and distributed.is_initialized()


def wait_for_all() -> None:
    """Go on only when every process has come this far, e.g. to read what the first one wrote."""
    if _is_shared():
        distributed.barrier()


def default_device() -> torch.device:
    """Graphics card of this process, or the CPU."""
    if not torch.cuda.is_available():
        return torch.device("cpu")
    return torch.device("cuda", torch.cuda.current_device())


def own_share(items: Tensor) -> Tensor:
    """Every n-th item, beginning at this process's number."""
    return items[process_index() :: n_processes()]


def check_share(batch_size: int) -> None:
    """Refuse a batch that the processes can't share evenly.

    Raises
    ------
    ValueError
        If it is no multiple of their number.
    """
    if batch_size % n_processes():
        raise ValueError(
            f"a batch of {batch_size} can't be shared evenly by {n_processes()} processes"
        )


class _Loss(nn.Module):
    """A loss as torch shares it: a module with the parameters that learn.

    It has no statistics, of which torch would give all processes those of the first one.
    """

    def __init__(self, learning: nn.Module, loss: Callable[..., Tensor]) -> None:
        super().__init__()
        self.learning = nn.ParameterList(learning.parameters())
        self._loss = loss

    def forward(self, *share: Any) -> Tensor:
        """Compute it."""
        return self._loss(*share)


def shared(learning: nn.Module, loss: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """Let each gradient of a loss be its mean over all processes, which take each step together.

    Where a process has none for a parameter, as for a channel that no night of its share has, it
    counts as zero; where no process has one there is none.
    """
    if not _is_shared():
        return loss
    return DistributedDataParallel(_Loss(learning, loss), find_unused_parameters=True)


def average_statistics(module: nn.Module) -> None:
    """Replace running statistics, which differ by process, by their mean over all processes.

    What is the same in all of them stays so to the last bit: the mean is formed in float64.
    """
    if not _is_shared():
        return
    for buffer in module.buffers():
        if buffer.is_floating_point():
            mean = buffer.double()
            distributed.all_reduce(mean)
            buffer.copy_(mean / n_processes())


def gathered(own: Tensor) -> Tensor:
    """Join the processes' tensors (b, ...) along the first axis.

    Gradients flow into this process's part alone. A loss of the whole is therefore to be
    multiplied by the number of processes: averaging the gradients then gives those of the loss.
    """
    if not _is_shared():
        return own
    parts = [torch.empty_like(own) for _ in range(n_processes())]
    distributed.all_gather(parts, own.detach().contiguous())
    parts[process_index()] = own
    return torch.cat(parts)
