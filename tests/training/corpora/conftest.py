"""Small scored nights, written as the corpora write them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

import edfio
import numpy as np
import pytest

START = datetime(1989, 4, 24, 22, 0)
SFREQ = 100.0


def _runs(stages: Sequence[str]) -> list[tuple[int, int, str]]:
    """First epoch, number of epochs and stage of each run."""
    runs, first = [], 0
    for stage, group in groupby(stages):
        n = len(list(group))
        runs.append((first, n, stage))
        first += n
    return runs


@pytest.fixture
def write_psg() -> Callable[..., Path]:
    """Write an EDF file with an EEG of a given length; epoch k is a sine of (k + 1) µV."""

    def write(
        path: Path, n_epochs: int, label: str = "EEG Fpz-Cz", sfreq: float = SFREQ, unit: str = "uV"
    ) -> Path:
        time_s = np.arange(round(n_epochs * 30 * sfreq)) / sfreq
        amplitude_uv = 10.0 * (1 + (time_s // 30) % 10)
        eeg = edfio.EdfSignal(
            amplitude_uv * np.sin(2 * np.pi * 10 * time_s),
            sfreq,
            label=label,
            physical_dimension=unit,
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        edfio.Edf(
            [eeg],
            recording=edfio.Recording(startdate=START.date()),
            starttime=START.time(),
        ).write(path)
        return path

    return write


@pytest.fixture
def write_sleep_edf_hypnogram() -> Callable[[Path, Sequence[str]], Path]:
    """Write R&K stages as Sleep-EDF does: an annotation for each run, in a file of their own."""

    def write(path: Path, stages: Sequence[str]) -> Path:
        texts = {stage: f"Sleep stage {stage}" for stage in "W1234R?"} | {"M": "Movement time"}
        annotations = [
            edfio.EdfAnnotation(30.0 * first, 30.0 * n, texts[stage])
            for first, n, stage in _runs(stages)
        ]
        edfio.Edf(
            [],
            recording=edfio.Recording(startdate=START.date()),
            starttime=START.time(),
            annotations=annotations,
        ).write(path)
        return path

    return write


@pytest.fixture
def write_nsrr_xml() -> Callable[[Path, Sequence[int]], Path]:
    """Write stages as the NSRR does, with an event for each run."""
    concepts = {
        0: "Wake|0",
        1: "Stage 1 sleep|1",
        2: "Stage 2 sleep|2",
        3: "Stage 3 sleep|3",
        4: "Stage 4 sleep|4",
        5: "REM sleep|5",
        9: "Unscored|9",
    }

    def write(path: Path, stages: Sequence[int]) -> Path:
        events = "".join(
            "<ScoredEvent><EventType>Stages|Stages</EventType>"
            f"<EventConcept>{concepts[stage]}</EventConcept>"
            f"<Start>{30 * first}</Start><Duration>{30 * n}</Duration></ScoredEvent>"
            for first, n, stage in _runs(stages)
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            '<?xml version="1.0" encoding="UTF-8"?>\n<PSGAnnotation>'
            "<SoftwareVersion>Compumedics</SoftwareVersion><EpochLength>30</EpochLength>"
            "<ScoredEvents><ScoredEvent><EventType/>"
            "<EventConcept>Recording Start Time</EventConcept>"
            f"<Start>0</Start><Duration>{30 * len(stages)}</Duration>"
            f"<ClockTime>00.00.00 {START:%H.%M.%S}</ClockTime></ScoredEvent>"
            f"{events}</ScoredEvents></PSGAnnotation>",
            encoding="utf-8",
        )
        return path

    return write
