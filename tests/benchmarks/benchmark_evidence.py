"""Rules and detectors beside the expert's stages and YASA's detectors; run by hand.

Only full epochs are looked at. The recording with expert stages has one derivation, no EOG and no
EMG, and seven epochs of N1.
"""

from __future__ import annotations

import logging
import time

import numpy as np
import numpy.typing as npt
import yasa
from held_out_recordings import DATA, held_out_recordings

from sleepscorer.domain.evidence import NightEvidence, applied_rule
from sleepscorer.domain.stages import SCORED_STAGES, Stage
from sleepscorer.domain.waves import WaveKind, Waves
from sleepscorer.io.recordings import open_recording
from sleepscorer.models.store import ModelStore
from sleepscorer.signals.events.night import gather_evidence
from sleepscorer.signals.events.slow_waves import detect_slow_waves
from sleepscorer.signals.events.spindles import detect_spindles
from sleepscorer.signals.quality import check_signal
from sleepscorer.signals.simulation import simulate_night

KNOWN = ModelStore().active().input_range
LEAST_OVERLAP = 0.2
"""Intersection over union from which two events are the same (Warby et al. 2014)."""

NIGHT_EPOCHS = 960


def n_matched(ours: Waves, theirs: npt.NDArray[np.float64]) -> int:
    """Number of our events that one of theirs, (n, 2) seconds, overlaps enough; each used once."""
    free, n_same = list(range(len(theirs))), 0
    for onset_s, stop_s in zip(ours.onsets_s, ours.stops_s, strict=True):
        for place in free:
            shared = min(stop_s, theirs[place, 1]) - max(onset_s, theirs[place, 0])
            union = max(stop_s, theirs[place, 1]) - min(onset_s, theirs[place, 0])
            if shared / union >= LEAST_OVERLAP:
                free.remove(place)
                n_same += 1
                break
    return n_same


def compare(title: str, ours: Waves, detection: object, duration_s: float) -> None:
    """Print how our events agree with those of YASA."""
    theirs = np.empty((0, 2))
    if detection is not None:
        theirs = detection.summary()[["Start", "End"]].to_numpy()  # type: ignore[attr-defined]
    n_same = n_matched(ours, theirs)
    edges = np.arange(0, duration_s + 30, 30)
    counts = [np.histogram(onsets, edges)[0] for onsets in (ours.onsets_s, theirs[:, 0])]
    correlated = all(count.std() > 0 for count in counts)
    correlation = np.corrcoef(*counts)[0, 1] if correlated else np.nan
    f1 = 2 * n_same / max(len(ours) + len(theirs), 1)
    print(
        f"{title}: ours {len(ours)}, YASA {len(theirs)}, same {n_same}, F1 {f1:.2f}, "
        f"correlation of counts an epoch {correlation:.2f}"
    )


def print_rules(
    evidence: NightEvidence, expert: npt.NDArray[np.int64], network: npt.NDArray[np.int64]
) -> None:
    """Print where the rules point, after the network's and after the expert's epoch before."""
    for context, codes in (("network", network), ("expert", expert)):
        stages = [Stage(int(code)) for code in codes]
        pointed = np.array([applied_rule(evidence, stages, e).stage for e in range(len(stages))])
        differ = expert != network
        n1_n2 = differ & np.isin(expert, (1, 2)) & np.isin(network, (1, 2))
        print(f"the epoch before staged by the {context}:")
        for title, chosen in (
            ("all epochs", np.ones(expert.size, bool)),
            ("expert and network differ", differ),
            ("they differ on N1/N2", n1_n2),
            ("  the expert says N1", n1_n2 & (expert == 1)),
            ("  the expert says N2", n1_n2 & (expert == 2)),
        ):
            n_expert = int((pointed == expert)[chosen].sum())
            n_network = int((pointed == network)[chosen].sum())
            print(
                f"  {title}: {int(chosen.sum())} epochs, the rule points to the expert's stage "
                f"in {n_expert}, to the network's in {n_network}"
            )


def print_signs(evidence: NightEvidence, expert: npt.NDArray[np.int64]) -> None:
    """Print what was found in the epochs of each stage of the expert."""
    for stage in SCORED_STAGES:
        found = [evidence.epoch(int(epoch)) for epoch in np.flatnonzero(expert == stage)]
        if found:
            counts = {
                kind.value: np.mean([each.count(kind).total for each in found])
                for kind in (WaveKind.SPINDLE, WaveKind.K_COMPLEX, WaveKind.VERTEX_WAVE)
            }
            slow_s = np.median([each.slow_wave_s for each in found])
            alpha = np.mean([each.alpha for each in found])
            listed = ", ".join(f"{name} {count:.2f}" for name, count in counts.items())
            print(f"  {stage.name}: {listed}, slow waves {slow_s:.1f} s, alpha {alpha:.0%}")


def print_cost() -> None:
    """Print how long a simulated night takes."""
    channels = {channel.label: channel for channel in simulate_night(1, NIGHT_EPOCHS).channels}
    values = channels["EEG C4-M1"].samples
    for title, work in (
        ("spindles", lambda: detect_spindles(values, 100.0)),
        ("slow waves", lambda: detect_slow_waves(values, 100.0)),
        ("sanity gate", lambda: check_signal(values, 100.0, "C4-M1", KNOWN)),
    ):
        work()
        start_s, start_cpu_s = time.perf_counter(), time.process_time()
        work()
        print(
            f"{title} of one derivation of 8 h: {time.perf_counter() - start_s:.2f} s, "
            f"{time.process_time() - start_cpu_s:.2f} s of one core"
        )


def main() -> None:
    """Measure and print."""
    logging.disable(logging.WARNING)
    for name in ("dynamo-segment1", "SC4001-first5min"):
        recording = open_recording(DATA / "continuous" / f"{name}.edf")
        channel = recording.channels[0]
        values = recording.read(channel, 0, recording.duration_s)
        given = values.astype(np.float64)
        compare(
            f"{name} spindles",
            detect_spindles(values, channel.sfreq),
            yasa.spindles_detect(given, channel.sfreq),
            recording.duration_s,
        )
        compare(
            f"{name} slow waves",
            detect_slow_waves(values, channel.sfreq),
            yasa.sw_detect(given, channel.sfreq, amp_ptp=(75, 500)),
            recording.duration_s,
        )
        recording.close()
    staged = next(held_out_recordings())
    recording = open_recording(DATA / "continuous" / f"{staged.name}.edf")
    start_cpu_s = time.process_time()
    evidence = gather_evidence(recording)
    print(f"evidence of {staged.name}: {time.process_time() - start_cpu_s:.2f} s of one core")
    recording.close()
    network = staged.prediction.probabilities.argmax(axis=1)
    print_rules(evidence, staged.expert, network)
    print_signs(evidence, staged.expert)
    print_cost()


if __name__ == "__main__":
    main()
