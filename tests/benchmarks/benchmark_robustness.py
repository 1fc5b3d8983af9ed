"""What other amplifiers, filters and sampling rates cost the bundled network; run by hand.

The held-out recordings are altered as another laboratory would record them, and staged: all, or
of the partial nights those that are named (``benchmark_robustness.py SC4011 SC4022``).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Literal

import numpy as np
import numpy.typing as npt
from held_out_recordings import held_out_recordings
from scipy import signal as sps

from model.allocator import keep_freed_memory
from model.files import newest
from model.inference import predict
from model.preprocessing import SFREQ_HZ, cut_epochs, prepare_signal
from model.weights import LoadedModel, load
from resources import WEIGHTS_FOLDER
from sleepscorer.domain.agreement import Agreement, confusion_matrix

MAINS_SFREQ_HZ = 256

Signal = npt.NDArray[np.floating]
Alteration = Callable[[Signal], tuple[Signal, float]]
"""From a signal at 100 Hz to another one and its sampling rate."""


def scaled(factor: float) -> Alteration:
    """Another gain, or the other electrode first."""
    return lambda signal: (signal * factor, SFREQ_HZ)


def filtered(order: int, cutoff_hz: float, btype: Literal["highpass", "lowpass"]) -> Alteration:
    """An amplifier's own filter, causal."""
    sections = sps.butter(order, cutoff_hz, btype, fs=SFREQ_HZ, output="sos")
    return lambda signal: (sps.sosfilt(sections, signal), SFREQ_HZ)


def sampled(up: int, down: int) -> Alteration:
    """Another sampling rate."""
    return lambda signal: (sps.resample_poly(signal, up, down), SFREQ_HZ * up / down)


def noisy(deviation_uv: float) -> Alteration:
    """White noise of an amplifier."""
    rng = np.random.default_rng(0)
    return lambda signal: (signal + rng.normal(0, deviation_uv, signal.size), SFREQ_HZ)


def with_mains(amplitude_uv: float) -> Alteration:
    """Mains of 50 Hz, at a rate that shows them."""

    def add(signal: Signal) -> tuple[Signal, float]:
        fine = sps.resample_poly(signal, MAINS_SFREQ_HZ, round(SFREQ_HZ))
        times_s = np.arange(fine.size) / MAINS_SFREQ_HZ
        return fine + amplitude_uv * np.sin(2 * np.pi * 50 * times_s), float(MAINS_SFREQ_HZ)

    return add


ALTERATIONS: dict[str, Alteration] = {
    "as recorded": scaled(1),
    **{f"gain x{factor:g}": scaled(factor) for factor in (0.5, 0.67, 0.8, 1.25, 1.5, 2)},
    "inverted": scaled(-1),
    "high-pass 0.5 Hz": filtered(1, 0.5, "highpass"),
    "high-pass 1 Hz": filtered(1, 1, "highpass"),
    "low-pass 25 Hz": filtered(2, 25, "lowpass"),
    "low-pass 15 Hz": filtered(2, 15, "lowpass"),
    "50 Hz sampling": sampled(1, 2),
    "128 Hz sampling": sampled(32, 25),
    "512 Hz sampling": sampled(128, 25),
    "white noise 2 µV": noisy(2),
    "white noise 5 µV": noisy(5),
    "mains 50 µV": with_mains(50),
}


def agreement(
    model: LoadedModel, signal: Signal, sfreq: float, expert: npt.NDArray[np.int64]
) -> Agreement:
    """Agreement of the network on a signal with the expert's stages."""
    epochs = cut_epochs(prepare_signal(signal, sfreq))[: len(expert)]
    said = predict(model.network, np.ascontiguousarray(epochs), device=model.device).argmax(axis=1)
    return Agreement.from_confusion(confusion_matrix(expert[: len(epochs)], said.astype(np.int64)))


def main(names: list[str]) -> None:
    """Print accuracy, macro-F1 and κ for each alteration, on these partial nights or on all."""
    keep_freed_memory()
    model = load(newest(WEIGHTS_FOLDER))
    print(f"{model.name} {model.version}: accuracy %, macro-F1, kappa")
    recordings = [
        recording
        for recording in held_out_recordings(model)
        if not (recording.is_partial and names) or recording.name in names
    ]
    for name, alter in ALTERATIONS.items():
        figures = []
        for is_partial, kind in ((False, "full epochs"), (True, "pseudo-epochs")):
            confusion = sum(
                agreement(model, *alter(recording.epochs.reshape(-1)), recording.expert).confusion
                for recording in recordings
                if recording.is_partial == is_partial
            )
            pooled = Agreement.from_confusion(np.asarray(confusion))
            figures.append(
                f"{kind} {100 * pooled.accuracy:5.1f} {100 * pooled.macro_f1:5.1f} "
                f"{pooled.kappa:6.3f}"
            )
        print(f"{name:<18}" + "   ".join(figures), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
