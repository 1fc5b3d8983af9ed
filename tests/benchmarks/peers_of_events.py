"""What other programs find of the events of a simulated night, each in a process of its own.

Luna (``pip install lunapi``, GPL-3) and the arousal networks of psgscoring (``pip install
'sleepscorer[events]' onnxruntime``) are asked where they are installed; the program itself uses
neither. Luna gets the night as an EDF file and the stages, arousals from the three derivations and
the chin, movements above 10 Hz as the plain rules have them; all else is as it comes.
"""

import contextlib
import importlib.util
import io
import logging
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from sleepscorer.domain.events import EventKind, ScoredEvent, in_order
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.signals.simulated_events import PlantedNight
from sleepscorer.signals.simulation import SimulatedChannel

NETWORKS = ("unet_v1", "unet_v2")
EEG, EOG, CHIN = ("EEG F4-M1", "EEG C4-M1", "EEG O2-M1"), "EOG E1-M2", "EMG Chin"
_HIGHPASS_HZ = 10
_SPINDLE_HZ = 13


@dataclass(frozen=True, slots=True)
class Found:
    """Events by the word of their group, and what they cost."""

    events: dict[str, list[ScoredEvent]]
    cpu_s: float
    wall_s: float
    most_mb: float


def missing() -> Iterator[str]:
    """What is not installed, each in a word."""
    for module, name in (("lunapi", "Luna"), ("onnxruntime", "psgscoring's arousal networks")):
        if importlib.util.find_spec(module) is None:
            yield f"{name}: {module} is not installed"


def luna_finds(night: PlantedNight, groups: Sequence[str]) -> Found | None:
    """Ask Luna for the groups; None where it is not installed."""
    if importlib.util.find_spec("lunapi") is None:
        return None
    with TemporaryDirectory() as folder, _apart() as apart:
        path = Path(folder, "night.edf")
        write_night(path, night)
        stages = (
            f"{stage.label}\t.\t.\t{30 * epoch}\t{30 * epoch + 30}\t.\n"
            for epoch, stage in enumerate(night.stages)
        )
        annotations = path.with_suffix(".annot")
        annotations.write_text(
            "class\tinstance\tchannel\tstart\tstop\tmeta\n" + "".join(stages), "utf-8"
        )
        return apart(_luna, str(path), str(annotations), list(groups))


def network_finds(night: PlantedNight, weight: str) -> Found | None:
    """Ask an arousal network of psgscoring; None where it or what runs it is not installed."""
    if any(importlib.util.find_spec(one) is None for one in ("psgscoring", "onnxruntime")):
        return None
    channels = {channel.label: channel for channel in night.recording.channels}
    signals = []
    for label in (EEG[1], EOG, CHIN):
        channel = channels[label]
        signals += [night.recording.read(channel, 0, night.recording.duration_s), channel.sfreq]
    with _apart() as apart:
        return apart(_network, signals, [stage.label for stage in night.stages], weight)


def write_night(path: Path, night: PlantedNight) -> None:
    """Write a planted night as EDF."""
    signals = []
    for channel in night.recording.channels:
        values = night.recording.read(channel, 0, night.recording.duration_s)
        reach = float(np.abs(values).max()) * 1.01
        limits = (0.0, 131.07) if channel.unit == "%" else (-reach, reach)
        unit = channel.unit.replace("µ", "u")
        signals.append(SimulatedChannel(channel.label, unit, channel.sfreq, values, limits))
    write_edf(path, signals, start=datetime(2026, 3, 1, 22, 15, 30))


@contextlib.contextmanager
def _apart() -> Iterator[Callable[..., Found]]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield lambda *arguments: pool.submit(_measured, *arguments).result()


def _measured(find: Callable[..., dict[str, list[ScoredEvent]]], *arguments: object) -> Found:
    begin_s, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    events = find(*arguments)
    after, wall_s = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter() - begin_s
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Found(events, cpu_s, wall_s, after.ru_maxrss / 1024)


def _luna(path: str, annotations: str, groups: Sequence[str]) -> dict[str, list[ScoredEvent]]:
    with contextlib.redirect_stdout(io.StringIO()):  # it greets
        import lunapi

        project = lunapi.proj()
        project.silence(True)
    night = project.inst("night")
    night.attach_edf(path)
    night.attach_annot(annotations)
    # It writes all but letters and digits of a label as an underscore.
    eeg, chin = ",".join(map(_written, EEG)), _written(CHIN)
    asked = {
        "desaturations": ("DESAT sig=SpO2 annot=fall", {"fall": EventKind.DESATURATION}),
        "limb movements": (
            f"LM sig=LAT,RAT prefix=lm f-lwr={_HIGHPASS_HZ}",
            {"lm_L": EventKind.LEFT_LIMB_MOVEMENT, "lm_R": EventKind.RIGHT_LIMB_MOVEMENT},
        ),
        "arousals": (
            f"AROUSALS eeg={eeg} emg={chin} annot=arousal",
            {"arousal": EventKind.AROUSAL},
        ),
        "spindles": (
            f"SPINDLES sig={_written(EEG[1])} fc={_SPINDLE_HZ} annot=spindle",
            {"spindle": EventKind.SPINDLE},
        ),
    }
    found = {}
    for group in groups:
        command, kinds = asked[group]
        night.eval(command)
        events = []
        for name, kind in kinds.items():
            table = night.fetch_annots(name)
            with contextlib.suppress(AttributeError):  # without any it has no columns
                spans_s = zip(table.Start.tolist(), table.Stop.tolist(), strict=True)
                events += [ScoredEvent(kind, onset, stop - onset) for onset, stop in spans_s]
        found[group] = list(in_order(events))
    return found


def _written(label: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in label)


def _network(
    signals: Sequence[object], stages: Sequence[str], weight: str
) -> dict[str, list[ScoredEvent]]:
    logging.disable(logging.CRITICAL)
    from psgscoring.arousal_unet import detect_arousals_unet

    told = detect_arousals_unet(
        *signals, list(stages), min_interval_s=10.0, threads=1, weight=weight
    )
    if not told["success"]:
        raise RuntimeError(told["error"])
    return {
        "arousals": [
            ScoredEvent(EventKind.AROUSAL, one["onset_s"], one["duration_s"])
            for one in told["events"]
        ]
    }
