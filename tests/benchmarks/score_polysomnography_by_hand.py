"""Score a whole simulated polysomnography with keys and mouse alone, and count both.

Run by hand: ``python tests/benchmarks/score_polysomnography_by_hand.py [--epochs N]``. Stages,
lights and comments are given on pages of an epoch, apneas and hypopneas on pages of five minutes,
arousals and movements of the legs on pages of a minute; each event is one drag and one key. What
comes out is compared with what was planted. The simulated technician never errs: the numbers are of
the program's strokes and times, not of a person's.
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
from PySide6.QtCore import QPoint, QRectF, QSettings, Qt
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
        view, left = self.window.traces.viewport(), Qt.MouseButton.LeftButton
        places = [self._place(channel, time_s) for time_s in (start_s, stop_s)]
        QTest.mousePress(view, left, PLAIN, places[0])
        for place in (places[0] + QPoint(FEWEST_PX_OF_PAGE, 0), places[1]):
            QTest.mouseMove(view, place)
        QTest.mouseRelease(view, left, PLAIN, places[1])
        self.application.processEvents()
        self.n_drags += 1

    def mark(self, events: Sequence[ScoredEvent], page_s: float) -> None:
        """Turn the pages of the night, and mark on each what begins in it."""
        self.press(Qt.Key.Key_Home)
        start_s, last_s = 0.0, len(self.window.document.scoring) * EPOCH_S
        while True:
            for event in events:
                if start_s <= event.onset_s < start_s + page_s:
                    stop_s = min(event.stop_s, start_s + page_s - 0.01)
                    self.drag(event.channel, event.onset_s, stop_s)
                    self.press(EVENT_KEYS[event.kind], SHIFT)
                    for _ in range(round((event.stop_s - stop_s) / 0.1)):
                        self.press(Qt.Key.Key_Right, CONTROL)  # beyond the page
                    if event.stop_s > stop_s + 0.05:
                        self.press(Qt.Key.Key_Escape)
            start_s += page_s
            if start_s >= last_s:
                return
            self.press(".")
            assert self.window.viewport.page_s[0] == start_s

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
