"""What is worked out of a recording passes over the artefacts that people marked in it."""

import numpy as np
import pytest

from sleepscorer.domain.artefacts import artefacts_of, undisturbed
from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.scoring import Scoring
from sleepscorer.domain.statistics import sleep_statistics
from sleepscorer.domain.waves import WaveKind
from sleepscorer.signals.events.night import gather_evidence
from sleepscorer.signals.simulated_events import RecordingInMemory
from sleepscorer.signals.simulation import simulate_night

SPO2 = ScoredEvent(EventKind.ARTEFACT, 10.0, 5.0, "SpO2")
EVERYWHERE = ScoredEvent(EventKind.ARTEFACT, 40.0, 1.0)


@pytest.fixture
def recording() -> RecordingInMemory:
    return RecordingInMemory(
        {
            "SpO2": ("%", 1.0, np.full(60, 95, np.float32)),
            "C4": ("µV", 4.0, np.ones(240, np.float32)),
            "M1": ("µV", 4.0, np.ones(240, np.float32)),
        }
    )


def gaps(values: np.ndarray) -> list[int]:
    return np.flatnonzero(np.isnan(values)).tolist()


def test_that_an_artefact_is_a_gap_in_its_channel_alone(recording: RecordingInMemory) -> None:
    spo2, c4, _ = recording.channels
    seen = undisturbed(recording, (SPO2, EVERYWHERE))
    assert gaps(seen.read(spo2, 0, 60)) == [10, 11, 12, 13, 14, 40]
    assert gaps(seen.read(c4, 0, 60)) == [160, 161, 162, 163]
    assert gaps(recording.read(spo2, 0, 60)) == []  # the page shows it as it is


def test_that_a_stretch_that_begins_or_ends_in_an_artefact_is_read_right(
    recording: RecordingInMemory,
) -> None:
    spo2 = recording.channels[0]
    seen = undisturbed(recording, (SPO2,))
    assert gaps(seen.read(spo2, 12, 30)) == [0, 1, 2]
    assert gaps(seen.read(spo2, 0, 12)) == [10, 11]
    assert gaps(seen.read(spo2, 15, 30)) == []
    assert gaps(seen.read(spo2, 11.5, 13.5)) == [0, 1]


def test_that_a_derivation_has_the_artefacts_of_both_channels(
    recording: RecordingInMemory,
) -> None:
    artefacts = tuple(
        ScoredEvent(EventKind.ARTEFACT, onset_s, 1.0, channel)
        for onset_s, channel in ((1.0, "C4"), (3.0, "M1"))
    )
    values = undisturbed(recording, artefacts).read_derivation(Derivation("C4", "M1"), 0, 60)
    assert gaps(values) == [4, 5, 6, 7, 12, 13, 14, 15]


def test_that_without_artefacts_the_recording_itself_is_read(recording: RecordingInMemory) -> None:
    assert undisturbed(recording, ()) is recording


def test_that_other_events_are_no_artefacts() -> None:
    arousal = ScoredEvent(EventKind.AROUSAL, 5.0, 4.0)
    assert artefacts_of(Scoring(2, events=(arousal, SPO2, EVERYWHERE))) == (SPO2, EVERYWHERE)


def test_that_no_wave_is_found_in_an_artefact() -> None:
    channels = simulate_night(seed=3, n_epochs=60).channels
    microvolts = [one for one in channels if one.unit == "uV"]
    recording = RecordingInMemory({one.label: ("µV", one.sfreq, one.samples) for one in microvolts})
    found = gather_evidence(recording)
    spindles = next(
        one for one in found.waves if one.kind is WaveKind.SPINDLE and one.onsets_s.size
    )
    onset_s = float(spindles.onsets_s[0])
    artefact = ScoredEvent(EventKind.ARTEFACT, onset_s - 2.0, 6.0)
    again = gather_evidence(undisturbed(recording, (artefact,)))
    for waves in again.waves:
        inside = (waves.onsets_s < artefact.stop_s) & (waves.stops_s > artefact.onset_s)
        assert not inside.any()


def test_that_statistics_count_no_artefact_as_an_event() -> None:
    scoring = Scoring(4, events=(SPO2,))
    statistics = sleep_statistics(scoring, 120.0)
    assert [one.kind for one in statistics.events] == []
