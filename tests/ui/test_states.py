"""Position, stored stages and the pressure of a device on the page of traces."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from sleepscorer.domain.channels import Channel, ChannelKind, is_stage
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.legends import Position
from sleepscorer.domain.scoring import Lights
from sleepscorer.domain.stages import Stage
from sleepscorer.events.laboratory import Laboratory
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.signals.simulation import SimulatedChannel
from sleepscorer.ui.base.preferences import Preferences, PreferenceStore
from sleepscorer.ui.dialogs.laboratory_dialog import CodesRow, LaboratoryDialog
from sleepscorer.ui.shell.main_window import MainWindow
from sleepscorer.ui.views.state_item import StateRun, runs_of
from sleepscorer.ui.views.trace_row import TraceRow

_N_S = 120
_LABORATORY = Laboratory(
    supine=(1.0,), positions={Position.LEFT: (2.0,)}, stages={Stage.W: (0.0,), Stage.R: (5.0,)}
)


@pytest.fixture
def states_path(tmp_path: Path) -> Path:
    """Two minutes: supine, then left, then what nobody named; W, then R; 8, then 9.5 cmH₂O."""
    seconds = np.arange(_N_S)
    channels = {
        "Body Position": ("", 1.0 + (seconds >= 10) + 5.0 * (seconds >= 20), (0.0, 10.0)),
        "Hypnogram": ("", 5.0 * (seconds >= 15), (0.0, 10.0)),
        "CPAP Pressure": ("cmH2O", 8.0 + 1.5 * (seconds >= 15), (0.0, 40.0)),
        "Angle": ("deg", seconds.astype(float), (0.0, 360.0)),
        "EEG C4-M1": ("uV", np.sin(np.arange(_N_S * 100)), (-200.0, 200.0)),
    }
    path = tmp_path / "states.edf"
    signals = [
        SimulatedChannel(label, unit, samples.size / _N_S, samples.astype(np.float32), physical)
        for label, (unit, samples, physical) in channels.items()
    ]
    write_edf(path, signals, start=datetime(2026, 1, 1, 22, 30))
    return path


@pytest.fixture
def states_window(
    qtbot: QtBot, window: MainWindow, store: PreferenceStore, states_path: Path
) -> MainWindow:
    window._preferences = store.load().with_laboratory(_LABORATORY)
    with qtbot.waitSignal(window.files.opened):
        window.open_file(states_path)
    return window


def row(window: MainWindow, name: str) -> TraceRow:
    return next(one for one in window.traces._rows if one.name == name)


def bands(window: MainWindow, name: str) -> list[tuple[float, float, str]]:
    states = row(window, name).states
    assert states is not None
    return [(run.start_s, run.stop_s, run.text) for run in states.runs]


def test_that_positions_and_stored_stages_are_bands_with_the_names_of_their_codes(
    states_window: MainWindow,
) -> None:
    positions = bands(states_window, "Body Position")
    assert positions[:2] == [(0.0, 10.0, "Supine"), (10.0, 20.0, "Left")]
    start_s, stop_s, text = positions[2]
    assert (start_s, text) == (20.0, "7")
    assert stop_s >= 30.0
    assert [text for _, _, text in bands(states_window, "Hypnogram")] == ["W", "R"]
    assert row(states_window, "Body Position").curve.times_s.size == 0
    assert row(states_window, "Body Position").value_text(12.0) == "Left"


def test_that_no_words_cover_the_name_of_a_state(states_window: MainWindow) -> None:
    traces = states_window.traces
    lowest = max((one for one in traces._rows if one.states), key=lambda one: traces._lane_px(one))
    names = [area for area in traces._written_px() if area.top() == traces._lane_px(lowest)[0]]
    states_window.document.set_lights(Lights(0.0))
    label, _text = traces._lights_on_page.label_of(names[0].left(), is_off=True)
    assert lowest.states.runs
    assert not any(area.intersects(label) for area in names)


def test_that_another_legend_shows_other_names_at_once(states_window: MainWindow) -> None:
    changed = Preferences().with_laboratory(Laboratory(supine=(2.0,)))
    states_window._prefer(supine=changed.supine, positions=changed.positions)
    texts = [text for _, _, text in bands(states_window, "Body Position")]
    assert texts == ["1", "Supine", "7"]


def test_that_a_position_in_degrees_stays_a_curve(states_window: MainWindow) -> None:
    states_window.traces.set_legends({"Angle": {0.0: Position.SUPINE}})
    angle = row(states_window, "Angle")
    assert angle.states is None
    assert angle.curve.times_s.size > 0


def test_that_angles_stay_a_curve_in_a_lane_of_an_own_height(states_window: MainWindow) -> None:
    states_window.traces.set_legends({"Angle": {0.0: Position.SUPINE}, "Hypnogram": {}})
    for name, height in (("Angle", 360.0), ("Hypnogram", 8.0)):
        former = row(states_window, name).trace
        states_window.traces.change_trace(former, replace(former, height=height))
    assert row(states_window, "Angle").states is None
    assert row(states_window, "Angle").curve.times_s.size > 0
    assert [text for _, _, text in bands(states_window, "Hypnogram")] == ["0", "5"]


def test_that_the_night_is_read_once_to_fit_its_states_and_to_tell_them_from_curves(
    states_window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording, labels = states_window.document.recording, []
    read = recording.read_derivations

    def read_and_note(derivations, start_s, stop_s):
        if start_s == recording.duration_s - EPOCH_S:
            labels.extend(one.anode for one in derivations)
        return read(derivations, start_s, stop_s)

    monkeypatch.setattr(recording, "read_derivations", read_and_note)
    states_window.traces.set_traces(states_window.traces.traces)
    assert labels.count("Body Position") == 1
    assert labels.count("Hypnogram") == 1


def test_that_the_pressure_of_a_device_keeps_its_level_on_a_fixed_scale_with_its_value(
    states_window: MainWindow,
) -> None:
    pressure = row(states_window, "CPAP Pressure")
    assert pressure.trace.band is None
    assert pressure.trace.fixed == (0.0, 25.0)
    assert pressure.states is not None
    assert pressure.states.text == "8.0–9.5 cmH2O"
    assert "0–25 cmH2O" in pressure.sensitivity(0.0)
    states_window.viewport.go_to(2)
    assert pressure.states.text == "9.5 cmH2O"


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Hypnogram", True),
        ("Sleep stage", True),
        ("STAGE", True),
        ("EEG C4-M1", False),
        ("Stage Off", False),
        ("Position", False),
    ],
)
def test_that_stages_stored_as_a_signal_are_known_by_their_label(
    label: str, expected: bool
) -> None:
    assert is_stage(label) is expected


def test_that_runs_end_at_gaps() -> None:
    values = np.array([1, 1, np.nan, np.nan, 2.04, 2, 3.4], np.float32)
    found = runs_of(np.arange(7.0), values, {1.0: Position.SUPINE})
    assert found == (
        StateRun(0.0, 2.0, 1.0, Position.SUPINE),
        StateRun(4.0, 6.0, 2.0, None),
        StateRun(6.0, 7.0, 3.4, None),
    )
    assert runs_of(np.empty(0), np.empty(0, np.float32), {}) == ()


def test_that_what_was_decided_comes_back_from_the_preferences() -> None:
    kept = Preferences().with_laboratory(_LABORATORY)
    assert kept.laboratory == _LABORATORY
    odd = Preferences(positions=("left=x", "beside=3", "left=2.0"), stage_codes=("N9=1", "=2"))
    assert odd.laboratory == Laboratory(positions={Position.LEFT: (2.0,)})


def test_that_a_value_with_two_names_or_a_word_can_t_be_kept(qtbot: QtBot) -> None:
    codes = CodesRow({Position.SUPINE: (1.0,)}, Position)
    qtbot.addWidget(codes)
    codes.fields[Position.LEFT].setText("2 1")
    assert "1 has two names" in codes.problem
    codes.fields[Position.LEFT].setText("left")
    assert "as numbers" in codes.problem
    codes.fields[Position.LEFT].setText("2")
    assert codes.problem == ""
    assert codes.codes == {Position.SUPINE: (1.0,), Position.LEFT: (2.0,)}


def test_that_stored_stages_are_asked_for_only_where_there_are_some(qtbot: QtBot) -> None:
    for labels, expected in ((("Hypnogram",), True), (("EEG C4-M1",), False)):
        channels = [Channel(0, label, ChannelKind.OTHER, "", 1.0) for label in labels]
        dialog = LaboratoryDialog(None, Laboratory(), channels)
        qtbot.addWidget(dialog)
        dialog.show()
        assert dialog.stages.isVisible() is expected
        assert "position" in dialog.positions.toolTip()
        assert "position" not in dialog.stages.toolTip()
