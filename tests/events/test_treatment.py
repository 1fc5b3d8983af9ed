"""When a night was treated, what says so, and its numbers before and with it."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.channels import Channel, ChannelKind
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.provenance import Model, Person
from sleepscorer.domain.scoring import EpochScore, Lights, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.statistics import TreatedNight
from sleepscorer.events.oximetry import Saturation
from sleepscorer.events.roles import Role, Roles
from sleepscorer.events.sensors import NO_SENSORS, Sensors
from sleepscorer.events.summary import night_statistics
from sleepscorer.events.treatment import (
    OFF,
    Pressure,
    Step,
    Treatment,
    read_treatment,
    said_by,
)

N_EPOCHS = 60
DURATION_S = N_EPOCHS * 30.0
ANN = Person("Ann")


def note(onset_s: float, text: str, source: Any = ANN) -> ScoredEvent:
    return ScoredEvent(EventKind.NOTE, onset_s, 0, text=text, source=source)


def night(*events: ScoredEvent, stages: str = "2" * N_EPOCHS, **more: Any) -> Scoring:
    words = {"W": Stage.W, "2": Stage.N2, "R": Stage.R, "?": Stage.UNSCORED}
    scores = [EpochScore(words[one], ANN) for one in stages]
    return Scoring(len(scores), scores=scores, events=events, **more)


class Signals:
    """A channel of the pressure, or none."""

    def __init__(self, values: Any = None, unit: str = "cmH2O", sfreq: float = 1.0) -> None:
        channel = Channel(0, "CPAP pressure", ChannelKind.RESPIRATION, unit, sfreq)
        self.roles = Roles({} if values is None else {Role.PAP_PRESSURE: channel})
        self._values, self._sfreq = values, sfreq

    def read(self, _role: Role) -> Any:
        return np.asarray(self._values, np.float32), self._sfreq


def found(
    scoring: Scoring,
    signals: Signals | None = None,
    typed_s: float | None = None,
    annotations: tuple[Annotation, ...] = (),
) -> tuple[Treatment | None, tuple[str, ...]]:
    recording = SimpleNamespace(
        start=None, duration_s=DURATION_S, read_annotations=lambda: annotations
    )
    return read_treatment(recording, scoring, signals or Signals(), typed_s)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("CPAP on", (True, False, None)),
        ("Start CPAP", (True, False, None)),
        ("CPAP-Therapie begonnen", (True, False, None)),
        ("Split night", (True, False, None)),
        ("CPAP started at 4 cm H2O", (True, False, Pressure(4, 4))),
        ("cpap 8 cmH2O", (False, False, Pressure(8, 8))),
        ("CPAP changed from 6 to 7", (False, False, Pressure(7, 7))),
        ("CPAP auf 6,5 mbar", (False, False, Pressure(6.5, 6.5))),
        ("BiPAP 12/8", (False, False, Pressure(8, 12))),
        ("IPAP 14 EPAP 9", (False, False, Pressure(9, 14))),
        ("Druck 8 mbar", (False, False, Pressure(8, 8))),
        ("CPAP off.", (False, True, None)),
        *(
            (text, (False, False, None))
            for text in ("CPAP", "no CPAP", "8", "Pressure 8", "EPAP 6")
        ),
        *((text, (False, False, None)) for text in ("CPAP 99", "asked for CPAP 8", "light on")),
    ],
)
def test_that_a_note_is_read_that_says_that_and_nothing_else(text, said):
    assert said_by(text) == said


def test_that_a_typed_time_comes_before_notes_and_those_before_the_file_and_the_device():
    values = np.where(np.arange(DURATION_S) < 900, 0, 8)
    scoring = night(note(600, "CPAP on"))
    of_file = (Annotation(300, 0, "CPAP on"),)
    typed, remarks = found(scoring, Signals(values), 120.0, of_file)
    assert typed is not None
    assert typed.start_s == 120
    assert "rises at 0:15:00" in remarks[0]
    by_note, _ = found(scoring, Signals(values), None, of_file)
    assert by_note is not None
    assert (by_note.start_s, str(by_note.told)) == (600, "as a note says: “CPAP on”")
    by_file, _ = found(night(), None, None, of_file)
    assert by_file is not None
    assert (by_file.start_s, "annotation of the file" in by_file.told) == (300, True)
    by_device, remarks = found(night(), Signals(values))
    assert by_device is not None
    assert (by_device.start_s, remarks) == (900, ())
    assert by_device.steps == (Step(900, DURATION_S, Pressure(8, 8)),)


def test_that_what_a_program_proposes_says_nothing_and_what_is_not_understood_is_told():
    treatment, remarks = found(
        night(note(600, "CPAP on", Model("m", "")), note(700, "asked for CPAP")),
    )
    assert treatment is None
    assert "“asked for CPAP”" in remarks[0]


def test_that_a_channel_that_is_no_pressure_is_told_and_not_read():
    values = np.full(int(DURATION_S), 8.0)
    for signals, words in (
        (Signals(values, unit="V"), "no pressure that is known"),
        (Signals(values * 10), "no device gives"),
    ):
        treatment, remarks = found(night(), signals)
        assert treatment is None
        assert words in remarks[0]


def test_that_pressures_of_the_device_are_whole_and_change_with_the_breath_where_they_do():
    values = np.zeros(int(DURATION_S) * 10, np.float32)
    values[3000:6000] = 4.2
    values[6000:7000] = 0.3  # off for 100 s
    values[7500:12000] = np.where(np.arange(4500) % 40 < 20, 12.1, 7.9)
    treatment, remarks = found(night(), Signals(values, sfreq=10.0))
    assert treatment is not None
    at = [(one.start_s, one.pressure) for one in treatment.steps]
    assert at == [
        (300, Pressure(4, 4)),
        (600, OFF),
        (750, Pressure(8, 12)),
        (1200, OFF),
    ]
    assert any("does not rise again" in remark for remark in remarks)
    assert [one.text for one in (Pressure(8, 12), Pressure(4.5, 4.5))] == ["12/8", "4.5"]


def test_that_a_spike_of_the_pressure_begins_no_treatment():
    values = np.zeros(int(DURATION_S))
    values[600:630] = 8
    assert found(night(), Signals(values))[0] is None


def test_that_the_end_of_treatment_and_pauses_are_told():
    notes = [
        note(300, "CPAP 5"),
        note(600, "CPAP off"),
        note(660, "CPAP on 6"),
        note(1500, "CPAP off"),
    ]
    treatment, remarks = found(night(*notes))
    assert treatment is not None
    assert (treatment.start_s, treatment.stop_s) == (300, 1500)
    assert "off for a while at 0:10:00" in remarks[1]
    assert "ended at 0:25:00" in remarks[0]
    assert [one.pressure for one in treatment.steps] == [Pressure(5, 5), OFF, Pressure(6, 6)]


def test_that_a_pressure_after_a_pause_goes_on_and_a_bare_on_keeps_the_pressure():
    said = ((300, "CPAP 5"), (330, "CPAP on"), (600, "CPAP off"), (660, "CPAP 6"))
    treatment, remarks = found(night(*(note(*one) for one in said)))
    assert treatment is not None
    assert treatment.stop_s == DURATION_S
    assert [one.pressure for one in treatment.steps] == [
        *(Pressure(5, 5), Pressure(5, 5), OFF, Pressure(6, 6)),
    ]
    assert len(remarks) == 1


def treated(scoring: Scoring, start_s: float, sensors: Sensors = NO_SENSORS) -> TreatedNight:
    steps = (Step(start_s, DURATION_S, Pressure(8, 8)),)
    treatment = Treatment(start_s, DURATION_S, Phrase("as typed"), steps)
    made = night_statistics(scoring, DURATION_S, sensors, treatment=treatment).treated
    assert made is not None
    return made


def test_that_each_part_has_its_own_denominators_and_latencies():
    stages = "W" * 10 + "2" * 20 + "W" * 4 + "2" * 6 + "R" * 10 + "W" * 10
    apneas = [
        ScoredEvent(
            EventKind.OBSTRUCTIVE_APNEA, 330.0 + 60 * n, 12, spo2_baseline=96, spo2_nadir=90
        )
        for n in range(5)
    ]
    before, after = treated(night(*apneas, stages=stages, lights=Lights(0, DURATION_S)), 900).parts
    assert (before.id, after.id) == ("diagnostic", "treatment")
    assert [one["trt"].value for one in (before, after)] == [15, 15]
    assert [one["tst"].value for one in (before, after)] == [10, 8]
    assert [one["sol"].value for one in (before, after)] == [5, 2]
    assert after["r_latency"].value == 3
    assert after["se"].value == pytest.approx(8 / 15 * 100)
    assert [one["ahi_1b"].value for one in (before, after)] == [30, 0]
    # Nobody marked arousals, and there is no oximeter: neither is zero.
    assert (after["arousal_index"].value, after["arousal_index"].text) == (None, "not scored")
    assert (after["spo2_lowest"].value, after["spo2_lowest"].text) == (None, "not read")
    assert (after["supine_min"].value, after["supine_min"].text) == (None, "not known")


def test_that_a_night_treated_from_its_beginning_has_no_part_without():
    made = treated(night(lights=Lights(60, DURATION_S)), 0)
    assert [part.id for part in made.parts] == ["treatment"]
    assert made.pressures[0]["pressure_min"].value == 29


def test_that_pressures_without_sleep_or_stages_have_no_index():
    (one,) = treated(night(stages="2" * 30 + "?" * 30), 900).pressures
    assert (one["tst"].value, one["tst"].text) == (None, "not scored")
    (one,) = treated(night(stages="2" * 30 + "W" * 30), 900).pressures
    assert (one["tst"].value, one["ahi_1a"].value) == (0, None)


def test_that_positions_and_saturation_are_those_of_the_part():
    seconds = np.arange(int(DURATION_S))
    sensors = Sensors(
        Saturation(np.where(seconds < 900, 85.0, 94.0)), positions={"supine": seconds >= 1200}
    )
    stages = "2" * 50 + "R" * 10
    made = treated(night(stages=stages), 900, sensors)
    before, after = made.parts
    assert [one["spo2_lowest"].value for one in (before, after)] == [85, 94]
    assert [one["spo2_below_90"].value for one in (before, after)] == [15, 0]
    assert [one["supine_min"].value for one in (before, after)] == [0, 10]
    assert made.pressures[0]["supine_r_min"].value == 5


@settings(deadline=None, max_examples=50)
@given(
    st.text("W2R", min_size=N_EPOCHS, max_size=N_EPOCHS),
    st.lists(st.tuples(st.integers(0, 1780), st.integers(5, 60)), max_size=12),
    st.integers(0, 1800),
)
def test_that_counts_and_times_of_the_parts_add_up_to_those_of_the_night(stages, spans, start_s):
    events = [ScoredEvent(EventKind.OBSTRUCTIVE_APNEA, at, long) for at, long in spans]
    events += [ScoredEvent(EventKind.AROUSAL, at, 4) for at, _ in spans]
    scoring = night(*events, stages=stages)
    whole = night_statistics(scoring, DURATION_S)
    parts = treated(scoring, float(start_s)).parts
    for figure_id in ("trt", "tst", "r_min"):
        assert sum(part[figure_id].value or 0 for part in parts) == whole[figure_id].value
    for index in ("rdi", "arousal_index"):
        shares = [(part[index].value or 0) * (part["tst"].value or 0) / 60 for part in parts]
        # An index needs sleep: a part without it has no number for arousals in its wake.
        if all(part["tst"].value for part in parts):
            night_count = (whole[index].value or 0) * (whole["tst"].value or 0) / 60
            assert sum(shares) == pytest.approx(night_count)
    if spans:
        n_apneas = sum(part["apneas_hypopneas"].value or 0 for part in parts)
        assert n_apneas == sum(
            one.n_counted for one in whole.events if one.kind.id.endswith("apnea")
        )
