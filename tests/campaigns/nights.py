"""Nights that campaigns use up: short recordings of noise, and a scoring of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Lights, Remark, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.io.edf import open_edf
from sleepscorer.io.edf_copy import copy_with_annotations
from sleepscorer.io.edf_writing import write_edf

START = datetime(2026, 3, 1, 22, 13, 30)
LABELS = ("EEG C4-M1", "EOG E1-M2", "Flow")
N_SECONDS, SFREQ = 300, 100


@dataclass(frozen=True)
class Signal:
    label: str
    unit: str
    sfreq: float
    samples: npt.NDArray[np.float32]
    physical_range: tuple[float, float] = (-500.0, 500.0)


def write_night(path: Path, seed: int, annotations: tuple[Annotation, ...] = ()) -> Path:
    """Write an EDF+ recording of five minutes whose samples depend on the seed."""
    rng = np.random.default_rng(seed)
    noise = rng.normal(0, 40, (len(LABELS), N_SECONDS * SFREQ)).clip(-400, 400)
    signals = [
        Signal(label, "uV", SFREQ, wave.astype(np.float32))
        for label, wave in zip(LABELS, noise, strict=True)
    ]
    plain = path.with_name(f"plain-{path.name}")
    write_edf(plain, signals, start=START)
    recording = open_edf(plain)
    copy_with_annotations(recording, path, annotations)
    recording.close()
    plain.unlink()
    return path


def scoring_of(recording: Recording, scorer: str, *, text: str = "turns") -> ScoredRecording:
    """A scoring of all epochs with events, lights, remarks and a prediction."""
    n_epochs = recording.n_epochs
    person = Person(scorer)
    return ScoredRecording.of(
        recording,
        Scoring(
            n_epochs,
            scores=[EpochScore(Stage(epoch % 5), person) for epoch in range(n_epochs)],
            hypnodensity=Hypnodensity(
                np.full((n_epochs, 5), 0.2, np.float32), "Net 1", "0" * 64, LABELS[0]
            ),
            events=[
                ScoredEvent(EventKind.AROUSAL, 5.0, 4.0, LABELS[0], text, source=person),
                ScoredEvent(EventKind.NOTE, 40.0, 1.0, text=text, source=person),
            ],
            lights=Lights(1.0, 290.0),
            remarks={1: Remark(text, artefact=True)},
            scorer=scorer,
        ),
    )
