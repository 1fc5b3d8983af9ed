"""Montages: chosen by key, matched to a file, changed and kept."""

import threading
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QDoubleSpinBox
from pytestqt.qtbot import QtBot

from sleepscorer.domain.channels import Channel, ChannelKind, kind_of_label
from sleepscorer.domain.montage import AS_STORED, Band
from sleepscorer.domain.montages import ALL_CHANNELS, Montage, MontageTrace, fit, montage_of
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.montages import read_montages, write_montages
from sleepscorer.signals.simulation import SimulatedNight
from sleepscorer.ui.dialogs.montage_editor import ColourBox, MontageEditor
from sleepscorer.ui.dialogs.trace_dialog import Spectrum, TraceDialog
from sleepscorer.ui.shell.main_window import MainWindow
from sleepscorer.ui.shell.montages import write_with_others

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MINE = Montage("Mine", (MontageTrace("Fpz-Cz", height=300.0), MontageTrace("Airflow")))


def names(window: MainWindow) -> list[str]:
    return [trace.derivation.name for trace in window.traces.traces]


def lab_file(window: MainWindow, tmp_path: Path) -> Path:
    return tmp_path / "montages.json"


def test_that_f_keys_switch_montages(open_window: MainWindow, store) -> None:
    everything = names(open_window)
    assert len(everything) == 10
    QTest.keyClick(open_window, Qt.Key.Key_F2)
    assert names(open_window) == ["F4-M1", "C4-M1", "O2-M1", "E1-M2", "E2-M2", "EMG Chin", "ECG"]
    assert store.load().montage == "AASM recommended"
    assert open_window.actions_by_id["traces.montage_2"].isChecked()
    QTest.keyClick(open_window, Qt.Key.Key_F1)
    assert names(open_window) == everything
    QTest.keyClick(open_window, Qt.Key.Key_F8)
    assert names(open_window) == ["Fpz-Cz"]


def test_that_a_montage_without_any_signal_here_can_t_be_chosen(open_window: MainWindow) -> None:
    titles = [open_window.actions_by_id[f"traces.montage_{n}"].text() for n in (1, 2, 5, 8)]
    assert titles == ["All channels", "AASM recommended", "Sleep-EDF", "Single EEG"]
    assert "AASM backup" in open_window.montages.names
    assert open_window.actions_by_id["traces.montage_8"].isVisible()


def test_that_what_a_recording_lacks_is_said(open_window: MainWindow) -> None:
    open_window.montages.choose("AASM backup")
    assert "F3-M2" in open_window.statusBar().currentMessage()
    assert names(open_window) == ["E1-M2", "E2-M2", "EMG Chin", "ECG"]


def test_that_a_new_file_is_shown_with_the_montage_that_fits_it(
    qtbot: QtBot, open_window: MainWindow, night_path: Path, sleepscorer_data: Path
) -> None:
    open_window.montages.choose("AASM recommended")
    with qtbot.waitSignal(open_window.files.opened, timeout=20_000):
        open_window.open_file(sleepscorer_data / "continuous" / "SC4001-first5min.edf")
    assert open_window.montages.name == "Sleep-EDF"
    assert names(open_window) == ["Fpz-Cz", "Pz-Oz", "EOG horizontal", "EMG submental"]
    with qtbot.waitSignal(open_window.files.opened, timeout=20_000):
        open_window.open_file(night_path)
    assert open_window.montages.name == "AASM recommended"


def test_that_a_montage_stays_where_a_recording_has_most_of_it(
    qtbot: QtBot, open_window: MainWindow, dialogs, night_path: Path
) -> None:
    traces = (MontageTrace("Fpz-Cz"), MontageTrace("Airflow"), MontageTrace("Snore"))
    dialogs.montage_lists.append((Montage("PSG", traces), Montage("Other", traces[1:])))
    open_window.actions_by_id["traces.montages"].trigger()
    for name, stays in (("PSG", True), ("Other", False)):
        open_window.montages.choose(name)
        with qtbot.waitSignal(open_window.files.opened, timeout=20_000):
            open_window.open_file(night_path)
        assert (open_window.montages.name == name) is stays
        assert "Snore" in open_window.statusBar().currentMessage()


def test_that_a_changed_montage_whose_signal_is_lacking_is_said_to_be_replaced(
    open_window: MainWindow, dialogs
) -> None:
    ecg, eeg, lacking = MontageTrace("ECG"), MontageTrace("Fpz-Cz"), MontageTrace("Snore")
    for traces, told in (
        ((lacking, ecg), "lacks Snore of “Lab”; “All channels” is shown instead"),
        ((lacking, ecg, eeg), "“Lab” is shown; its key is F2. This recording does not have: Snore"),
    ):
        for changed in ((ecg,), traces):
            dialogs.montage_lists.append((Montage("Lab", changed),))
            open_window.actions_by_id["traces.montages"].trigger()
        assert told in open_window.statusBar().currentMessage()


def test_that_a_recording_without_eeg_says_that_a_single_one_is_lacking(
    qtbot: QtBot, open_window: MainWindow, tmp_path: Path, night: SimulatedNight
) -> None:
    path = tmp_path / "belts.edf"
    without = [one for one in night.channels if kind_of_label(one.label) is not ChannelKind.EEG]
    write_edf(path, without, start=datetime(2026, 3, 1, 22, 15, 30))
    open_window.montages.choose("Single EEG")
    with qtbot.waitSignal(open_window.files.opened, timeout=20_000):
        open_window.open_file(path)
    assert open_window.montages.name == ALL_CHANNELS
    assert "lacks EEG of “Single EEG”" in open_window.statusBar().currentMessage()
    assert "Single EEG" not in open_window.montages.names
    qtbot.waitUntil(lambda: open_window.tasks.is_idle, timeout=60_000)


def test_that_the_lists_of_the_tool_bar_name_their_keys(open_window: MainWindow) -> None:
    _, montages, pages = open_window.tool_bar.findChildren(QComboBox)
    assert "F2: AASM recommended" in montages.toolTip()
    assert "F8: Single EEG" in montages.toolTip()
    assert "]" in pages.toolTip()
    open_window.bindings.set_keys("traces.montage_2", ("Ctrl+F2",))
    open_window.bindings.set_keys("view.page_longer", ())
    assert "Ctrl+F2: AASM recommended" in montages.toolTip()
    assert "]" not in pages.toolTip()


def test_that_a_montage_without_eeg_of_its_own_stays_where_a_recording_has_most_of_it(
    open_window: MainWindow, dialogs
) -> None:
    traces = (MontageTrace("Airflow"), MontageTrace("SpO2"), MontageTrace("Snore"))
    dialogs.montage_lists.append((Montage("Breath", traces),))
    open_window.actions_by_id["traces.montages"].trigger()
    channels = open_window.document.recording.channels
    open_window.montages.fit_to(channels, "Breath")
    assert open_window.montages.name == "Breath"
    assert "Snore" in open_window.statusBar().currentMessage()


def test_that_changed_montages_are_kept_and_shown(
    open_window: MainWindow, dialogs, tmp_path: Path
) -> None:
    dialogs.montage_lists.append((MINE,))
    open_window.actions_by_id["traces.montages"].trigger()
    assert open_window.montages.names == (ALL_CHANNELS, "Mine", "Single EEG")
    assert read_montages(lab_file(open_window, tmp_path)) == (MINE,)
    QTest.keyClick(open_window, Qt.Key.Key_F2)
    assert names(open_window) == ["Fpz-Cz", "Airflow"]
    assert open_window.traces.traces[0].height == 300.0


def test_that_what_is_shown_becomes_a_montage_with_its_sensitivities(
    open_window: MainWindow, dialogs
) -> None:
    open_window.montages.choose("Single EEG")
    open_window.traces.change_gain(2)
    dialogs.montage_lists.append(None)
    open_window.actions_by_id["traces.keep_montage"].trigger()
    montages, current = dialogs.montages_offered[0]
    assert montages[-1].name == current
    assert montages[-1].traces == (MontageTrace("EEG Fpz-Cz", "", Band(0.3, 35.0), 75.0),)


def test_that_a_damaged_file_of_montages_is_told_and_the_presets_are_used(
    qtbot: QtBot, store, dialogs, tmp_path: Path
) -> None:
    (tmp_path / "montages.json").write_text("{", encoding="utf-8")
    window = MainWindow(store, tmp_path / "cache", tmp_path / "journals", dialogs)
    qtbot.addWidget(window)
    assert "montages.json" in window.messages.text
    assert "AASM recommended" in window.actions_by_id["traces.montage_2"].text()
    assert (tmp_path / "montages.json").read_text(encoding="utf-8") == "{"


# The editor


def channels(*labels: str) -> tuple[Channel, ...]:
    return tuple(
        Channel(index, label, kind_of_label(label), "µV", 256.0)
        for index, label in enumerate(labels)
    )


@pytest.fixture
def editor(qtbot: QtBot) -> MontageEditor:
    montages = (MINE, replace(MINE, name="Other", traces=(MontageTrace("F4", "M1"),)))
    dialog = MontageEditor(None, montages, (MINE,), channels("F4", "M1", "Fpz-Cz"), "Other")
    qtbot.addWidget(dialog)
    return dialog


def cell(editor: MontageEditor, row: int, column: int) -> QComboBox:
    widget = editor.table.cellWidget(row, column)
    assert isinstance(widget, QComboBox)
    return widget


def ok_enabled(editor: MontageEditor) -> bool:
    box = editor.findChild(QDialogButtonBox)
    return box.button(QDialogButtonBox.StandardButton.Ok).isEnabled()


def test_that_the_editor_begins_with_what_is_shown(editor: MontageEditor) -> None:
    assert editor.list.currentItem().text() == "Other"
    assert "all of these" in editor.status.text()


def test_that_signals_filters_heights_and_colours_are_edited(editor: MontageEditor) -> None:
    cell(editor, 0, 1).setCurrentText("M2")
    assert "F4-M2" in editor.status.text()
    cell(editor, 0, 2).setCurrentText("0.5 – 30 Hz")
    height = editor.table.cellWidget(0, 3)
    assert isinstance(height, QDoubleSpinBox)
    height.setValue(200)
    colour = editor.table.cellWidget(0, 4)
    assert isinstance(colour, ColourBox)
    colour.setCurrentIndex(2)
    colour.activated.emit(2)
    (trace,) = editor.montages[1].traces
    assert trace == MontageTrace("F4", "M2", Band(0.5, 30.0), 200.0, "#0072B2")
    cell(editor, 0, 2).setCurrentText("as stored")
    assert editor.montages[1].traces[0].band == AS_STORED


@pytest.mark.parametrize(
    ("column", "text", "complaint"),
    [
        (2, "35–0.3", "higher"),
        (2, "low", "no filter"),
        (0, " ", "needs a signal"),
        (1, "M1 +", "against is empty"),
    ],
)
def test_that_what_can_t_be_drawn_can_t_be_kept(
    editor: MontageEditor, column: int, text: str, complaint: str
) -> None:
    before = editor.montages
    cell(editor, 0, column).setCurrentText(text)
    assert complaint in editor.status.text()
    assert not ok_enabled(editor)
    assert editor.montages == before
    cell(editor, 0, column).setCurrentText({0: "F4", 1: "M1", 2: "usual"}[column])
    assert ok_enabled(editor)


def test_that_the_mean_of_several_references_is_chosen_or_typed(editor: MontageEditor) -> None:
    offered = [cell(editor, 0, 1).itemText(index) for index in range(cell(editor, 0, 1).count())]
    assert "M1 + M2" in offered
    assert "F4 + Fpz-Cz" in offered
    cell(editor, 0, 1).setCurrentText("M1 +M2+ Fpz-Cz")
    (trace,) = editor.montages[1].traces
    assert trace.cathodes == ("M1", "M2", "Fpz-Cz")
    assert "F4-(M1+M2+Fpz-Cz)/3" in editor.status.text()


def test_that_an_edit_changes_nothing_but_its_cell(qtbot: QtBot) -> None:
    traces = (
        MontageTrace("F4", "M1"),
        MontageTrace("C3", "A1+A2", Band(0.1234567, 35.0), 62.5),
        MontageTrace("C4", "A1+A2", height=0.4, others=("M1",)),
        MontageTrace("SpO2", height=0.04),
    )
    editor = MontageEditor(None, (Montage("Other lab", traces),), (), channels("F4", "M1"))
    qtbot.addWidget(editor)
    cell(editor, 0, 2).setCurrentText("0.5–30")
    assert editor.montages[0].traces == (replace(traces[0], band=Band(0.5, 30.0)), *traces[1:])
    cell(editor, 1, 4).setCurrentIndex(2)
    cell(editor, 1, 4).activated.emit(2)
    assert editor.montages[0].traces[1] == replace(traces[1], colour="#0072B2")
    heights = [editor.table.cellWidget(row, 3).text() for row in range(4)]
    assert heights == ["usual", "62.5", "0.4", "0.04"]


def test_that_traces_are_added_moved_and_removed(editor: MontageEditor) -> None:
    editor.table.setCurrentCell(0, 0)
    editor.add_trace()
    assert [trace.name for trace in editor.montages[1].traces] == ["F4-M1", "M1"]
    editor.move_trace(-1)
    assert [trace.name for trace in editor.montages[1].traces] == ["M1", "F4-M1"]
    editor.move_trace(-1)
    editor.remove_trace()
    assert [trace.name for trace in editor.montages[1].traces] == ["F4-M1"]
    cell(editor, 0, 2).setCurrentText("1.2.3-4")
    assert "no filter" in editor.status.text()
    editor.add_trace()  # would lose what is being typed
    assert editor.table.rowCount() == 1
    cell(editor, 0, 2).setCurrentText("usual")
    editor.table.setCurrentCell(0, 0)
    editor.remove_trace()
    assert "no trace" in editor.status.text()
    assert not ok_enabled(editor)


def test_that_montages_are_added_named_ordered_and_deleted(editor: MontageEditor) -> None:
    editor.duplicate_montage()
    assert [montage.name for montage in editor.montages] == ["Mine", "Other", "Other 2"]
    editor.move_montage(-1)
    assert [montage.name for montage in editor.montages] == ["Mine", "Other 2", "Other"]
    editor.list.currentItem().setText("Night")
    assert editor.montages[1].name == "Night"
    for taken in ("mine", "Single EEG", " "):
        editor.list.currentItem().setText(taken)
        assert editor.montages[1].name == "Night"
    editor.list.setCurrentRow(0)
    editor.delete_montage()
    assert [montage.name for montage in editor.montages] == ["Night", "Other"]
    editor.add_presets()
    assert [montage.name for montage in editor.montages] == ["Night", "Other", "Mine"]
    for _ in range(3):
        editor.delete_montage()
    assert editor.montages == ()
    editor.add_montage()
    assert editor.montages[0].traces[0].anode == "F4"


def test_that_montages_that_can_not_be_read_are_kept_when_others_are_written(
    open_window: MainWindow, dialogs, tmp_path: Path
) -> None:
    damaged = '{"format": "SleepScorer montages 1", "montages": ['
    lab_file(open_window, tmp_path).write_text(damaged, encoding="utf-8")
    dialogs.montage_lists.append((MINE,))
    open_window.actions_by_id["traces.montages"].trigger()
    assert "montages-damaged-1.json" in open_window.messages.text
    assert (tmp_path / "montages-damaged-1.json").read_text(encoding="utf-8") == damaged
    assert read_montages(lab_file(open_window, tmp_path)) == (MINE,)


def test_that_the_montages_of_another_window_are_not_written_over(
    open_window: MainWindow, dialogs, tmp_path: Path
) -> None:
    presets = open_window.montages._montages
    theirs = Montage("Theirs", (MontageTrace("Fpz-Cz"),))
    write_montages(lab_file(open_window, tmp_path), (*presets, theirs))
    dialogs.montage_lists.append((*presets, MINE))
    open_window.actions_by_id["traces.montages"].trigger()
    assert read_montages(lab_file(open_window, tmp_path)) == (*presets, MINE, theirs)
    assert "Theirs" in open_window.montages.names
    # What both know now is not added a second time.
    dialogs.montage_lists.append((MINE,))
    open_window.actions_by_id["traces.montages"].trigger()
    assert read_montages(lab_file(open_window, tmp_path)) == (MINE,)


def test_that_a_window_waits_until_another_has_written_the_montages_of_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "montages.json"
    night = Montage("Night", (MontageTrace("Fpz-Cz"),))
    theirs = Montage("Theirs", (MontageTrace("Fpz-Cz"),))
    write_montages(path, (night,))
    other_window = threading.Thread(
        target=write_with_others, args=(path, (night,), (night, theirs), pytest.fail)
    )

    def reading(read_path: Path) -> tuple[Montage, ...]:
        found = read_montages(read_path)
        if threading.current_thread() is not other_window:
            # Between reading and writing here, the other one has all the time it needs.
            other_window.start()
            other_window.join(0.5)
        return found

    monkeypatch.setattr("sleepscorer.ui.shell.montages.read_montages", reading)
    assert write_with_others(path, (night,), (night, MINE), pytest.fail) == (night, MINE)
    other_window.join(20)
    assert read_montages(path) == (night, theirs, MINE)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["montages.json"]


def test_that_one_trace_is_shown_in_another_way_and_kept_in_a_montage(
    open_window: MainWindow, dialogs
) -> None:
    traces = open_window.traces
    QTest.keyClick(open_window, "T", CTRL | SHIFT)
    assert "Select a trace first" in open_window.statusBar().currentMessage()
    traces.select_trace(1)
    former = traces.traces[1]
    dialogs.trace_changes.append(
        lambda trace: replace(trace, height=75.0, colour="#0072B2", is_inverted=True, band=None)
    )
    QTest.keyClick(open_window, "T", CTRL | SHIFT)
    ((height, told),) = dialogs.traces_told
    assert height == former.height
    assert told["values"].size >= 30 * former.sfreq
    changed = traces.traces[1]
    assert (changed.height, changed.is_inverted, changed.band) == (75.0, True, None)
    assert traces._rows[1].is_upside_down
    QTest.keyClick(open_window, "Y")  # negative up turns it the other way
    assert not traces._rows[1].is_upside_down
    kept = montage_of("mine", traces.traces_as_seen)
    again = fit(kept, open_window.document.recording.channels).traces[1]
    assert (again.height, again.is_inverted, again.colour) == (75.0, True, "#0072B2")


def test_that_the_dialog_of_a_trace_gives_sensitivities_on_a_calibrated_screen(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    trace = open_window.traces.traces[0]
    values = (50 * np.sin(2 * np.pi * 13 * np.arange(3000) / 100)).astype(np.float32)
    trace = replace(trace, sfreq=100.0)
    dialog = TraceDialog(open_window, trace, 150.0, px_per_mm=4.0, lane_px=60.0, values=values)
    qtbot.addWidget(dialog)
    assert dialog.height_box.value() == 10.0  # 150 µV on 15 mm
    assert dialog.trace == trace
    dialog.height_box.setValue(7.0)
    assert dialog.trace.height == pytest.approx(105.0)
    dialog.band.setCurrentText("1-0,5-")
    assert "is no filter" in dialog.problem.text()
    dialog.band.setCurrentText("0,5–30")
    assert dialog.trace.band == Band(0.5, 30.0)
    assert "most at 13 Hz" in dialog.spectrum.text


def test_that_a_flat_trace_is_said_to_have_no_spectrum(qtbot: QtBot) -> None:
    spectrum = Spectrum(np.zeros(3000, np.float32), 100.0, "µV")
    qtbot.addWidget(spectrum)
    assert "No spectrum" in spectrum.text
    assert not spectrum.grab().isNull()
