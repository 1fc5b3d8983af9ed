"""Whether the seconds named as important are those that move the network; run by hand.

The five seconds named first, and the five named last, are replaced by the same seconds of other
epochs nearby, which no method has used. The log-probability of the network's stage should fall
by the former and not by the latter. Occlusion, the weights of the attention that pools the
spectrogram, and chance are compared; so is occlusion with silence.
"""

from __future__ import annotations

import time

import numpy as np
import numpy.typing as npt
import torch
from held_out_recordings import HeldOutRecording, held_out_recordings

import model.mc2sleepnet.occlusion
from model.files import newest
from model.mc2sleepnet import MC2SleepNet
from model.mc2sleepnet.inference import epoch_features
from model.mc2sleepnet.occlusion import occlusion
from model.weights import load
from resources import WEIGHTS_FOLDER

N_EPOCHS = 20
N_DELETED = 5
N_DRAWS = 4
REACH = 9
SECOND = 100

Signal = npt.NDArray[np.float32]


@torch.inference_mode()
def attention(network: MC2SleepNet, signal: Signal) -> Signal:
    """Weights that pool the frames of the spectrogram, spread over seconds."""
    levels = network.epoch_model
    tokens = levels.spectrogram(levels.normalised_spectrogram(torch.tensor(signal[None])))
    pooling = levels.spectrogram_attention
    weights = (torch.tanh(pooling.state(tokens)) @ pooling.context).softmax(-1)[0].numpy()
    seconds = np.zeros(30, np.float32)
    seconds[:29] += weights / 2
    seconds[1:] += weights / 2
    return seconds


@torch.inference_mode()
def log_probability(
    network: MC2SleepNet, recording: HeldOutRecording, epoch: int, versions: Signal, stage: int
) -> float:
    """Mean log-probability of a stage over versions of an epoch in its sequence."""
    features = epoch_features(network, versions)
    first = epoch - network.config.sequence_length // 2
    context = torch.tensor(
        recording.prediction.features[first : first + network.config.sequence_length]
    )
    sequences = context.repeat(len(versions), 1, 1, 1)
    sequences[:, epoch - first] = features
    logits = network.sequence_model(sequences).joint[:, epoch - first]
    return float(logits.log_softmax(-1)[:, stage].mean())


def without(
    recording: HeldOutRecording,
    epoch: int,
    seconds: npt.NDArray[np.int64],
    rng: np.random.Generator,
) -> Signal:
    """Versions of an epoch with some seconds taken from epochs nearby."""
    distances = rng.choice(np.r_[-REACH:-2, 3 : REACH + 1], N_DRAWS)
    versions = np.tile(recording.epochs[epoch], (N_DRAWS, 1))
    for version, distance in zip(versions, distances, strict=True):
        for second in seconds:
            hidden = slice(second * SECOND, (second + 1) * SECOND)
            version[hidden] = recording.epochs[epoch + distance, hidden]
    return versions


def silent(*arguments: object) -> Signal:
    """Occlusion with silence instead of other seconds of the epoch."""
    real = model.mc2sleepnet.occlusion._versions

    def versions(signal: Signal) -> Signal:
        shaped = np.tile(signal, (61, 1))
        for row in range(60):
            shaped[1 + row, (row % 30) * SECOND : (row % 30 + 1) * SECOND] = 0
        return shaped

    model.mc2sleepnet.occlusion._versions = versions
    try:
        return occlusion(*arguments)  # type: ignore[arg-type]
    finally:
        model.mc2sleepnet.occlusion._versions = real


def main() -> None:
    """Measure and print."""
    loaded = load(newest(WEIGHTS_FOLDER), "cpu")
    network = loaded.network
    rng = np.random.default_rng(0)
    recordings = held_out_recordings(loaded)
    for recording in (next(recordings), next(recordings)):
        margin = network.config.sequence_length // 2 + 1
        epochs = rng.choice(np.arange(margin, len(recording.epochs) - margin), N_EPOCHS, False)
        falls: dict[str, list[tuple[float, float]]] = {}
        taken_s = 0.0
        for epoch in epochs.tolist():
            stage = int(recording.prediction.probabilities[epoch].argmax())
            given = (network, recording.epochs, recording.prediction.features, epoch, stage)
            start_s = time.process_time()
            maps = {"occlusion": occlusion(*given)}
            taken_s += time.process_time() - start_s
            maps["occlusion with silence"] = silent(*given)
            maps["attention weights"] = attention(network, recording.epochs[epoch])
            maps["chance"] = rng.random(30, np.float32)
            whole = log_probability(network, recording, epoch, recording.epochs[epoch][None], stage)
            for title, importance in maps.items():
                order = np.argsort(-importance)
                first, last = (
                    whole
                    - log_probability(
                        network, recording, epoch, without(recording, epoch, chosen, rng), stage
                    )
                    for chosen in (order[:N_DELETED], order[-N_DELETED:])
                )
                falls.setdefault(title, []).append((first, last))
        print(f"{recording.name}: {N_EPOCHS} epochs, {taken_s / N_EPOCHS:.2f} s of CPU an epoch")
        for title, pairs in falls.items():
            first, last = np.mean(pairs, axis=0)
            more = np.mean([a > b for a, b in pairs])
            print(
                f"  {title:<24} falls by {first:.3f} without the first {N_DELETED}, "
                f"{last:.3f} without the last; more by the first in {more:.0%}"
            )


if __name__ == "__main__":
    main()
