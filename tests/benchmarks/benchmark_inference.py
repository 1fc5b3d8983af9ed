"""Time and memory of scoring a night of 1000 epochs; run by hand.

Compared with the naive way, in which a sequence at each epoch goes through the whole network. Of
its 980 sequences a few are measured, and the time is extrapolated.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
import torch

from model.allocator import keep_freed_memory
from model.mc2sleepnet import MC2SleepNet
from model.mc2sleepnet.inference import STRIDE_EPOCHS, epoch_features, fuse_sequences, predict
from model.mc2sleepnet.preprocessing import N_TIMES

N_EPOCHS = 1000
N_REPEATS = 3
N_NAIVE_SEQUENCES = 40
NAIVE_BATCH = 8


def median_s(work: Callable[[], object]) -> float:
    """Median of the repeats after one that is not counted."""
    work()
    times_s = []
    for _ in range(N_REPEATS):
        start_s = time.perf_counter()
        work()
        times_s.append(time.perf_counter() - start_s)
    return statistics.median(times_s)


def peak_mib() -> float:
    """Largest resident set of the process so far."""
    per_mib = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / per_mib


def main() -> None:
    """Measure and print."""
    tuned = keep_freed_memory()
    torch.manual_seed(0)
    network = MC2SleepNet().eval()
    epochs = np.random.default_rng(0).normal(0, 20, (N_EPOCHS, N_TIMES)).astype(np.float32)
    length = network.config.sequence_length
    n_naive = N_EPOCHS - length + 1
    n_sequences = len(range(0, N_EPOCHS - length, STRIDE_EPOCHS)) + 1
    base_mib = peak_mib()

    night_s = median_s(lambda: predict(network, epochs))
    night_mib = peak_mib()
    features_s = median_s(lambda: epoch_features(network, epochs))
    features = epoch_features(network, epochs)
    sequences_s = median_s(lambda: fuse_sequences(network, features))

    def naive() -> None:
        with torch.inference_mode():
            for start in range(0, N_NAIVE_SEQUENCES, NAIVE_BATCH):
                batch = [epochs[s : s + length] for s in range(start, start + NAIVE_BATCH)]
                network(torch.from_numpy(np.stack(batch)))

    naive_s = median_s(naive) * n_naive / N_NAIVE_SEQUENCES

    print(f"{torch.get_num_threads()} threads, freed memory kept: {tuned}")
    print(f"{N_EPOCHS} epochs scored in {night_s:.2f} s, {N_EPOCHS / night_s:.0f} epochs/s")
    print(f"  features {features_s:.2f} s, {n_sequences} sequences {sequences_s:.2f} s")
    print(f"  peak memory {night_mib:.0f} MiB, {base_mib:.0f} MiB of it before scoring")
    print(f"naive: {naive_s:.1f} s, extrapolated from {N_NAIVE_SEQUENCES} of {n_naive} sequences")
    print(f"ratio {naive_s / night_s:.1f}")


if __name__ == "__main__":
    main()
