"""How soon a review reaches agreement, and what the budget line had promised; run by hand.

A review is simulated in which every epoch visited gets the expert's stage. A visit is one
keystroke: the stage key goes on to the next epoch, in order of time or in that of the review. With
``--second yasa`` what another program says differently comes first, or both are joined.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from held_out_recordings import (
    SHARED_PIECES,
    EpochsAsRecording,
    HeldOutRecording,
    held_out_recordings,
)

from model.weights import load
from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.review import BUDGET_STEPS, ReviewFilter, review_queue
from sleepscorer.domain.scoring import Scoring, stage_edit
from sleepscorer.domain.second_opinion import Stager, fused_opinions
from sleepscorer.domain.similarity import FeatureSpace
from sleepscorer.domain.stages import Stage
from sleepscorer.second_opinion import stager_of

TARGETS = (0.85, 0.90, 0.95)
FORECASTS_AFTER = (0, 20, 40, 80)
N_NEAREST = 10


def queue_order(
    recording: HeldOutRecording,
    scoring: Scoring,
    forecasts: dict[int, tuple[float, ...]],
    done: tuple[int, ...] = (),
) -> Iterator[int]:
    """Epochs in the order of the queue, which learns from what is found."""
    for epoch in done:
        scoring.apply(stage_edit([epoch], Stage(int(recording.expert[epoch])), Person("expert")))
    n_done, epoch = 0, 0
    while True:
        queue = review_queue(scoring, ReviewFilter.DOUBTFUL)
        if n_done in FORECASTS_AFTER:
            forecasts[n_done] = (queue.budget.now, *queue.budget.later)
        following = queue.next_epoch(epoch)
        if following is None:
            return
        epoch = following
        yield epoch
        scoring.apply(stage_edit([epoch], Stage(int(recording.expert[epoch])), Person("expert")))
        n_done += 1


def visits(order: npt.NDArray[np.int64], right: npt.NDArray[np.bool_]) -> list[int | None]:
    """Epochs visited until each target is reached; None when the order ends before."""
    corrected = np.concatenate(([0], np.cumsum(~right[order])))
    agreement = (right.sum() + corrected) / right.size
    return [int(np.argmax(agreement >= t)) if agreement[-1] >= t else None for t in TARGETS]


def with_second(
    recording: HeldOutRecording, second: Scoring
) -> Iterator[tuple[str, npt.NDArray[np.int64], npt.NDArray[np.bool_]]]:
    """Orders of a review with a second opinion, and which epochs are right before it."""
    differing = review_queue(recording.scoring(), ReviewFilter.SCORERS, second).epochs
    after = queue_order(recording, recording.scoring(), {}, tuple(differing.tolist()))
    order = np.concatenate([differing, np.fromiter(after, np.int64)])
    own = recording.scoring()
    yield "differences first", order, np.array(own.stages) == recording.expert
    if second.hypnodensity is not None:
        joined = recording.scoring(fused_opinions(recording.density, second.hypnodensity))
        right = np.array(joined.stages) == recording.expert
        yield "joined, queue", np.fromiter(queue_order(recording, joined, {}), np.int64), right


def similar_share(recording: HeldOutRecording) -> tuple[float, float, float]:
    """Share of the nearest epochs with the expert's stage; by chance; and of N1 epochs."""
    space = FeatureSpace.of(recording.prediction.features)
    expert, n_epochs = recording.expert, len(recording.expert)
    shares = np.empty(n_epochs)
    apart = SHARED_PIECES if recording.is_partial else 0
    for epoch in range(n_epochs):
        among = np.abs(np.arange(n_epochs) - epoch) > apart
        nearest = [found.epoch for found in space.nearest(epoch, N_NEAREST, among)]
        shares[epoch] = np.mean(expert[nearest] == expert[epoch])
    of_stage = np.bincount(expert, minlength=5)
    chance = float((of_stage * (of_stage - 1)).sum() / n_epochs / (n_epochs - 1))
    return float(shares.mean()), chance, float(shares[expert == Stage.N1].mean())


def main() -> None:
    """Simulate and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, help="instead of the bundled ones")
    parser.add_argument("--second", type=stager_of, help="yasa, or a command")
    options = parser.parse_args()
    model = None if options.weights is None else load(options.weights)
    stager: Stager | None = options.second
    errors: dict[int, list[float]] = {step: [] for step in (0, *BUDGET_STEPS)}
    for recording in held_out_recordings(model):
        probabilities = recording.prediction.probabilities
        right = probabilities.argmax(axis=1) == recording.expert
        forecasts: dict[int, tuple[float, ...]] = {}
        start_s = time.perf_counter()
        queue = np.fromiter(queue_order(recording, recording.scoring(), forecasts), np.int64)
        step_ms = (time.perf_counter() - start_s) / max(queue.size, 1) * 1e3
        plain = np.argsort(-(1 - probabilities.max(axis=1)), kind="stable")
        kind = "partial epochs" if recording.is_partial else "full epochs"
        print(f"{recording.name} ({kind}): {right.size} epochs, {right.mean():.1%} right at first")
        orders = [
            ("queue", queue, right),
            ("lowest confidence", plain, right),
            ("chronological", np.arange(right.size), right),
        ]
        if stager is not None:
            second = stager.stage(EpochsAsRecording(recording), Derivation("EEG"))
            says = np.mean(np.array(second.stages) == recording.expert)
            print(f"  {stager.title} alone: {says:.1%} right")
            orders += with_second(recording, second)
        for title, order, at_first in orders:
            counts = visits(order, at_first)
            texts = [
                "  not reached" if n is None else f"{n:5d} ({n / right.size:4.0%})" for n in counts
            ]
            print(f"  {title:<18}" + " |".join(texts))
        corrected = np.concatenate(([0], np.cumsum(~right[queue])))
        for n_done, expected in sorted(forecasts.items()):
            later = [min(n_done + step, queue.size) for step in (0, *BUDGET_STEPS)]
            real = (right.sum() + corrected[later]) / right.size
            pairs = ", ".join(f"{e:.3f} → {r:.3f}" for e, r in zip(expected, real, strict=True))
            print(
                f"  after {n_done:2d}: forecast → came out, now and after {BUDGET_STEPS}: {pairs}"
            )
            for step, e, r in zip(errors, expected, real, strict=True):
                errors[step].append(abs(e - r))
        print(f"  {step_ms:.1f} ms for a step of the review")
        share, chance, of_n1 = similar_share(recording)
        print(
            f"  of the {N_NEAREST} nearest epochs {share:.1%} have the expert's stage, "
            f"by chance {chance:.1%}; of N1 epochs {of_n1:.1%}"
        )
    for step, distances in errors.items():
        print(f"forecast for {step} more epochs: off by {np.median(distances):.3f} (median)")


if __name__ == "__main__":
    main()
