"""How many faults the sanity gate catches, and its false alarms; run by hand.

Faults are put into real recordings (SLEEPSCORER_DATA or the folder beside the checkout) and into
simulated nights. A fault is caught when a finding of the expected kind comes that the clean
recording does not have.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import edfio
import numpy as np
import numpy.typing as npt
import scipy

from model.files import newest
from model.mc2sleepnet.inference import predict
from model.mc2sleepnet.preprocessing import cut_epochs, prepare_signal
from model.weights import load
from resources import WEIGHTS_FOLDER
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.models.store import ModelStore
from sleepscorer.signals.quality import (
    FindingKind,
    check_signal,
    check_stages,
)
from sleepscorer.signals.simulation import simulate_night

DATA = Path(os.environ.get("SLEEPSCORER_DATA", Path(__file__).parents[3] / "shared" / "data"))
KNOWN = ModelStore().active().input_range
N_SIMULATED = 3
N_EPOCHS = 240

Signal = npt.NDArray[np.float32]


def stored(name: str) -> dict[str, tuple[Signal, float]]:
    """EEG and EOG of an EDF file by label."""
    signals = edfio.read_edf(DATA / "continuous" / name).signals
    return {
        signal.label: (signal.data.astype(np.float32), signal.sampling_frequency)
        for signal in signals
        if signal.sampling_frequency >= 64
    }


def half_flat(values: Signal) -> Signal:
    """A signal whose second half is flat."""
    flat = values.copy()
    flat[values.size // 2 :] = flat[values.size // 2]
    return flat


def with_mains(values: Signal, sfreq: float, mains_hz: float) -> Signal:
    """A signal with 10 µV of mains."""
    times_s = np.arange(values.size) / sfreq
    return (values + 10 * np.sin(2 * np.pi * mains_hz * times_s + 0.7)).astype(np.float32)


def slow(values: Signal, sfreq: float) -> Signal:
    """A signal that was sampled at 30 Hz and stored at its old rate."""
    n_slow = round(values.size * 30 / sfreq)
    return scipy.signal.resample(scipy.signal.resample(values, n_slow), values.size).astype(
        np.float32
    )


def without_slow_waves(values: Signal, sfreq: float) -> Signal:
    """A signal of an amplifier with a time constant of 0.1 s."""
    sections = scipy.signal.butter(2, 1.6, "high", fs=sfreq, output="sos")
    return np.asarray(scipy.signal.sosfilt(sections, values), np.float32)


def with_lost_samples(values: Signal) -> Signal:
    """A signal of which one sample in ten was lost and filled with zero."""
    return np.where(np.random.default_rng(0).random(values.size) < 0.1, 0, values)


def faults(values: Signal, sfreq: float) -> dict[str, tuple[FindingKind, Signal, float]]:
    """Faulty versions of a signal: what should be found, values, rate."""
    limit = float(np.percentile(np.abs(values), 97))
    return {
        "volts for µV": (FindingKind.UNITS, values * 1e-6, sfreq),
        "mV for µV": (FindingKind.UNITS, values * 1e-3, sfreq),
        "× 0.1": (FindingKind.AMPLITUDE, values * 0.1, sfreq),
        "× 10": (FindingKind.AMPLITUDE, values * 10, sfreq),
        "inverted or ends swapped": (FindingKind.INVERTED, -values, sfreq),
        "flat half": (FindingKind.FLAT, half_flat(values), sfreq),
        "clipped at 97 %": (FindingKind.CLIPPED, np.clip(values, -limit, limit), sfreq),
        "mains 50 Hz, 10 µV": (FindingKind.MAINS, with_mains(values, sfreq, 50), sfreq),
        "mains 60 Hz, 10 µV": (FindingKind.MAINS, with_mains(values, sfreq, 60), sfreq),
        "30 Hz stored as 100": (FindingKind.BAND_LIMITED, slow(values, sfreq), sfreq),
        "30-Hz sampling": (FindingKind.SAMPLING_RATE, values[::3], 30.0),
        "high-pass 1.6 Hz": (FindingKind.SLOW_MISSING, without_slow_waves(values, sfreq), sfreq),
        "10 Hz, 5 µV": (FindingKind.RHYTHM, with_mains(values, sfreq, 10) / 2 + values / 2, sfreq),
        "a tenth lost": (FindingKind.DROPOUTS, with_lost_samples(values), sfreq),
    }


def print_stages_of_faults(values: Signal, sfreq: float) -> None:
    """Print what the network makes of faulty versions, and what the check after scoring says."""
    network = load(newest(WEIGHTS_FOLDER)).network

    def staged(signal: Signal, rate: float) -> npt.NDArray[np.float32]:
        return predict(network, cut_epochs(prepare_signal(signal, rate)))

    clean = staged(values, sfreq).argmax(axis=1)
    print("stages of faulty versions of the full recording:")
    for fault, (_kind, faulty, faulty_hz) in faults(values, sfreq).items():
        if faulty_hz < KNOWN.least_sfreq:
            continue
        probabilities = staged(faulty, faulty_hz)
        same = (probabilities.argmax(axis=1) == clean).mean()
        found = check_stages(Hypnodensity(probabilities, "bundled", "", "EEG"))
        alarms = ", ".join(finding.kind.value for finding in found) or "nothing"
        print(f"  {fault:<26}{same:.0%} staged as without the fault; found: {alarms}")


def main() -> None:
    """Inject, check and print."""
    clean: dict[str, tuple[str, Signal, float]] = {}
    wrong: list[tuple[str, str, Signal, float]] = []
    (dynamo, sfreq), *_rest = stored("dynamo-segment1.edf").values()
    clean["dynamo"] = ("EEG", dynamo, sfreq)
    for label, (values, rate) in stored("SC4001-first5min.edf").items():
        if "EOG" in label:
            wrong.append(("EOG named as EEG, real", "Fpz-Cz", values, rate))
        else:
            clean[f"SC4001 {label}"] = (label.removeprefix("EEG "), values, rate)
    n_real = len(clean)
    for seed in range(1, N_SIMULATED + 1):
        for channel in simulate_night(seed, N_EPOCHS).channels:
            values = channel.samples * (1000 if channel.unit == "mV" else 1)
            if channel.label.startswith("EEG"):
                name = channel.label.removeprefix("EEG ")
                clean[f"simulated {seed} {name}"] = (name, values, channel.sfreq)
            elif channel.label.startswith(("EOG", "EMG", "ECG")):
                kind = f"{channel.label[:3]} named as EEG, simulated"
                wrong.append((kind, "C4-M1", values, channel.sfreq))
    table: dict[str, list[list[int]]] = {}
    n_alarms, n_seconds, taken_s = 0, 0.0, 0.0
    for place, (title, (name, values, rate)) in enumerate(clean.items()):
        start_s = time.perf_counter()
        before = {finding.kind for finding in check_signal(values, rate, name, KNOWN)}
        taken_s += time.perf_counter() - start_s
        n_seconds += values.size / rate
        n_alarms += bool(before)
        if before:
            print(f"false alarm: {title}: {', '.join(kind.value for kind in before)}")
        for fault, (kind, faulty, faulty_hz) in faults(values, rate).items():
            found = {finding.kind for finding in check_signal(faulty, faulty_hz, name, KNOWN)}
            counts = table.setdefault(fault, [[0, 0], [0, 0]])[place >= n_real]
            counts[0] += kind in found - before
            counts[1] += 1
    print(f"{'fault':<28}{'real':>8}{'simulated':>12}")
    for fault, ((real, of_real), (simulated, of_simulated)) in table.items():
        print(f"{fault:<28}{real:>5}/{of_real}{simulated:>8}/{of_simulated}")
    for kind_name in dict.fromkeys(kind_name for kind_name, *_rest in wrong):
        results = [
            check_signal(values, rate, name, KNOWN)
            for title, name, values, rate in wrong
            if title == kind_name
        ]
        n_named = sum(
            any(finding.kind is FindingKind.WRONG_CHANNEL for finding in found) for found in results
        )
        n_any = sum(bool(found) for found in results)
        print(f"{kind_name}: {n_named} named, {n_any} with any finding, of {len(results)}")
    print(f"clean signals with a finding: {n_alarms} of {len(clean)}")
    print_stages_of_faults(dynamo, sfreq)
    print(f"{taken_s / n_seconds * 8 * 3600:.2f} s for one signal of 8 h")


if __name__ == "__main__":
    main()
