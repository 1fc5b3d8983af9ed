"""Score a whole simulated polysomnography with keys and mouse alone, and count both.

Run by hand: ``python tests/benchmarks/score_polysomnography_by_hand.py [--epochs N]``. Stages,
lights and comments are given on pages of an epoch, apneas and hypopneas on pages of five minutes,
arousals and movements of the legs on pages of a minute; each event is one drag and one key. What
comes out is compared with what was planted. The simulated technician never errs: the numbers are of
the program's strokes and times, not of a person's. A modifier that is held counts only where no
other key is pressed with it.

Beside EDFbrowser 2.00, on the same file and pages: 8 hours, 108 apneas and hypopneas, 911 arousals
and movements of the legs. Its quickest way to an event with its channel was used: a rectangle is
drawn over the trace, Ctrl is held when it is let go, and the kind is clicked in the menu that
opens; letters choose nothing there. Names of the six kinds were set up before.

==============================  =====================  =========================
what                            SleepScorer            EDFbrowser
==============================  =====================  =========================
an event                        1 drag, 1 keystroke    1 drag, Ctrl, 1 click
an event over a page's border   the drag waits there   at least 1 keystroke more
another length of the page      1 keystroke a step     2 clicks
1019 events of a night          1019 drags,            1020 drags, 1607 keys,
                                1589 keystrokes        1023 clicks
==============================  =====================  =========================

Measured: all of the left column, by this program (2671 keystrokes, of which 1082 are for stages,
lights and comments); of the right one ten events of all six kinds, which xdotool entered on an
X server at 1920 × 1080. They were saved as EDF+ and read back: six of breathing within 0.09 s and
four others within 0.03 s of what was planted. Multiplied: the rest of the right column, 1019 times
an event, 574 keys to turn pages, 12 for events over a border, 2 to save, 4 clicks for two lengths
of the page, 1 drag back to the start. EDFbrowser cuts the names after 16 letters (“Obstructive
apne”), asks for rectangles of 15 × 15 pixels at least, and has no undo.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSettings, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.events import EventKind, ScoredEvent, in_order
from sleepscorer.domain.stages import Stage
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.signals.simulated_events import simulate_events
from sleepscorer.signals.simulation import SimulatedChannel, simulate_night
from sleepscorer.ui.base.preferences import PreferenceStore
from sleepscorer.ui.dialogs.dialogs import Dialogs
from sleepscorer.ui.shell.main_window import MainWindow

PLAIN, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
STAGE_KEYS = {Stage.W: "w", Stage.N1: "1", Stage.N2: "2", Stage.N3: "3", Stage.R: "r"}
EVENT_KEYS = {
    EventKind.OBSTRUCTIVE_APNEA: "o",
    EventKind.CENTRAL_APNEA: "c",
    EventKind.MIXED_APNEA: "x",
    EventKind.HYPOPNEA: "h",
    EventKind.AROUSAL: "a",
    EventKind.LIMB_MOVEMENT: "m",
}
N_RESPIRATORY = 108
AROUSAL_S = 4.0
FEWEST_PX_OF_PAGE = 4


class ProposalsTaken(Dialogs):
    """Presses Return in the dialogs that ask."""

    def name_of_scorer(self, parent: QWidget, proposal: str) -> str:
        return proposal or "Scorer"

    def file_to_write(self, parent: QWidget, proposal: Path, kind: str) -> Path | None:
        return proposal


def polysomnography(path: Path, n_epochs: int) -> tuple[list[Stage], tuple[ScoredEvent, ...]]:
    """Write a night of EEG, eyes, chin, ECG, breathing, SpO₂ and legs; return what is in it."""
    night = simulate_night(7, n_epochs)
    hours = 0.9 * n_epochs * EPOCH_S / 3600
    planted = simulate_events(7, n_epochs, per_hour=1.25 * N_RESPIRATORY / hours)
    signals = [one for one in night.channels if one.label not in ("Airflow", "SpO2")]
    volts = signals[0].physical_range
    ranges = {"µV": ("uV", volts), "%": ("%", (0.0, 131.07)), "": ("a.u.", (-5.0, 5.0))}
    for channel in planted.recording.channels:
        unit, physical_range = ranges[channel.unit]
        values = planted.recording.read(channel, 0, n_epochs * EPOCH_S)
        signals.append(SimulatedChannel(channel.label, unit, channel.sfreq, values, physical_range))
    write_edf(path, signals, start=datetime(2026, 3, 1, 22, 15, 30))
    of_legs = (EventKind.LEFT_LIMB_MOVEMENT, EventKind.RIGHT_LIMB_MOVEMENT)
    breathing = [one for one in planted.events if one.kind not in of_legs][:N_RESPIRATORY]
    events = [
        ScoredEvent(one.kind, one.onset_s, one.duration_s, "Nasal Pressure") for one in breathing
    ]
    events += [
        ScoredEvent(EventKind.AROUSAL, round(one.stop_s, 1), AROUSAL_S, "EEG C4-M1")
        for one in breathing[::2]
    ]
    events += [
        ScoredEvent(
            EventKind.LIMB_MOVEMENT,
            one.onset_s,
            one.duration_s,
            "LAT" if one.kind is EventKind.LEFT_LIMB_MOVEMENT else "RAT",
        )
        for one in planted.events
        if one.kind in of_legs
    ]
    return [Stage(stage) for stage in night.stages], in_order(events)


class Hands:
    """Presses keys and drags the mouse, and counts both."""

    def __init__(self, application: QApplication, window: MainWindow) -> None:
        self.application, self.window = application, window
        self.durations_s: list[float] = []
        self.n_keys = self.n_drags = 0

    def settle(self) -> None:
        while not self.window.tasks.is_idle or self.window.document is None:
            self.application.processEvents()
            time.sleep(0.005)

    def press(self, key: str | Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        started_s = time.perf_counter()
        QTest.keyClick(self.window, key, modifiers)
        self.application.processEvents()
        self.durations_s.append(time.perf_counter() - started_s)
        self.n_keys += 1

    def write(self, text: str) -> None:
        """Write a comment on the epoch, each letter a key."""
        self.press("c")
        field = self.window.panel.findChild(QLineEdit, "comment")
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.n_keys += len(text) + 1

    def drag(self, channel: str, start_s: float, stop_s: float) -> None:
        """Drag over a trace; at the edge, the mouse waits until the page is turned."""
        port, left = self.window.traces.viewport(), Qt.MouseButton.LeftButton
        first, page_stop_s = self._place(channel, start_s), self.window.viewport.page_s[1]
        QTest.mousePress(port, left, PLAIN, first)
        self._move(first + QPoint(FEWEST_PX_OF_PAGE, 0))
        if stop_s > page_stop_s:
            area = QRectF(self.window.traces.getViewBox().sceneBoundingRect())
            self._move(QPoint(round(area.right()) + FEWEST_PX_OF_PAGE, first.y()))
            while self._page_start_s < page_stop_s:
                self.application.processEvents()
        last = self._place(channel, stop_s)
        self._move(last)
        QTest.mouseRelease(port, left, PLAIN, last)
        self.application.processEvents()
        self.n_drags += 1

    def _move(self, place: QPoint) -> None:
        port, left = self.window.traces.viewport(), Qt.MouseButton.LeftButton
        kind, there = QEvent.Type.MouseMove, QPointF(port.mapToGlobal(place))
        none = Qt.MouseButton.NoButton
        move = QMouseEvent(kind, QPointF(place), there, none, left, PLAIN)
        self.application.sendEvent(port, move)

    def mark(self, events: Sequence[ScoredEvent], page_s: float) -> None:
        """Turn the pages of the night, and mark on each what begins in it."""
        self.press(Qt.Key.Key_Home)
        start_s, last_s = 0.0, len(self.window.document.scoring) * EPOCH_S
        while True:
            stop_s = start_s + page_s
            for event in events:
                if start_s <= event.onset_s < stop_s:
                    if self._page_start_s > start_s:  # the one before went on to the next page
                        self.press(",")
                    self.drag(event.channel, event.onset_s, event.stop_s)
                    self.press(EVENT_KEYS[event.kind], SHIFT)
            start_s += page_s
            if start_s >= last_s:
                return
            if self._page_start_s < start_s:
                self.press(".")
            assert self._page_start_s == start_s

    @property
    def _page_start_s(self) -> float:
        return self.window.viewport.page_s[0]

    def _place(self, channel: str, time_s: float) -> QPoint:
        traces = self.window.traces
        area = QRectF(traces.getViewBox().sceneBoundingRect())
        row = next(one for one in traces._rows if one.trace.derivation.anode == channel)
        start_s, stop_s = self.window.viewport.page_s
        x = area.left() + (time_s - start_s) / (stop_s - start_s) * area.width()
        return QPoint(round(x), round(area.bottom() - row.lane.centre_px + traces._lowest_px))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=960)
    n_epochs = parser.parse_args().epochs
    application = QApplication([])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "night.edf"
        stages, planted = polysomnography(path, n_epochs)
        settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(
            PreferenceStore(settings), folder, folder / "journals", ProposalsTaken()
        )
        window.resize(1920, 1080)
        window.show()
        window.activateWindow()
        window.open_file(path)
        hands = Hands(application, window)
        hands.settle()
        document = window.document
        assert document is not None

        n_awake = next(n for n, stage in enumerate(stages) if stage is not Stage.W)
        for epoch, stage in enumerate(stages):
            if epoch == max(n_awake - 2, 0):
                hands.press("l")
            if epoch == n_epochs - 2:
                hands.press("l", SHIFT)
            if epoch % 100 == 50:
                hands.write("turns over")
            hands.press(STAGE_KEYS[stage])
        told(hands, "stages, lights, comments")
        slow = [one for one in planted if one.channel == "Nasal Pressure"]
        quick = [one for one in planted if one.channel != "Nasal Pressure"]
        for _ in range(3):
            hands.press("]")
        hands.mark(slow, 300.0)
        told(hands, "apneas and hypopneas")
        for _ in range(2):
            hands.press("[")
        hands.mark(quick, 60.0)
        told(hands, "arousals and movements of the legs")
        hands.press("s", CONTROL)

        scoring = document.scoring
        assert scoring.stages == tuple(stages)
        assert not document.has_unsaved_changes
        assert scoring.lights.off_s is not None
        assert scoring.lights.on_s is not None
        found = scoring.events
        assert Counter((one.kind, one.channel) for one in found) == Counter(
            (one.kind, one.channel) for one in planted
        )
        for kind in EVENT_KEYS:
            pairs = [
                [event for event in events if event.kind is kind] for events in (found, planted)
            ]
            errors_s = [
                max(abs(one.onset_s - other.onset_s), abs(one.stop_s - other.stop_s))
                for one, other in zip(*pairs, strict=True)
            ]
            if errors_s:
                print(
                    f"{kind.label}: {len(errors_s)}, ends off by {np.median(errors_s):.2f} s "
                    f"(median), {max(errors_s):.2f} s at most"
                )
        print(
            f"{n_epochs} epochs, {len(found)} events, {len(scoring.remarks)} comments: "
            f"{hands.n_keys} keystrokes, {hands.n_drags} drags"
        )
        window.close()


def told(hands: Hands, what: str) -> None:
    """Print what a part took, and begin to time the next."""
    print(
        f"{what}: {hands.n_keys} keystrokes, {hands.n_drags} drags so far; from key to painted "
        f"page: median {statistics.median(hands.durations_s) * 1e3:.1f} ms, "
        f"worst {max(hands.durations_s) * 1e3:.0f} ms"
    )
    hands.durations_s.clear()


if __name__ == "__main__":
    main()
