"""Several derivations that vote, and a second opinion, in the window."""

import sys
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sleepscorer.domain.consensus import Comparison
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.provenance import Model, Person
from sleepscorer.domain.review import ReviewFilter
from sleepscorer.domain.scoring import Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.statistics import sleep_statistics
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.report.agreement_page import agreement_page
from sleepscorer.signals.simulation import SimulatedNight
from sleepscorer.ui.base.language import speak
from sleepscorer.ui.base.theme import theme_of
from sleepscorer.ui.dialogs.exchange_dialogs import PageDialog
from sleepscorer.ui.shell.main_window import MainWindow

LOOSE = "EEG O2-M1"


@pytest.fixture
def night_path(night: SimulatedNight, tmp_path: Path) -> Path:
    """A night whose occipital electrode gets loose after the eighth epoch."""
    rng = np.random.default_rng(1)
    channels = []
    for channel in night.channels:
        samples = channel.samples.copy()
        if channel.label == LOOSE:
            start = round(8 * 30 * channel.sfreq)
            samples[start:] += rng.normal(0, 40, samples[start:].size).astype(samples.dtype)
        channels.append(type(channel)(**{**_fields(channel), "samples": samples}))
    path = tmp_path / "night.edf"
    write_edf(path, channels, start=datetime(2026, 3, 1, 22, 15, 30))
    return path


def _fields(channel: object) -> dict[str, object]:
    return {name: getattr(channel, name) for name in type(channel).__dataclass_fields__}


def stage(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.open_night.autoscorer.staged, timeout=120_000):
        QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)


def told(window: MainWindow) -> str:
    """All messages, whichever lies above the others."""
    return " ".join(message.text for message in window.messages._messages)


def test_that_one_derivation_is_staged_unless_more_are_to_vote(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    stage(qtbot, open_window)
    assert open_window.document.scoring.votes == ()
    assert not open_window.workspace.votes.isVisible()


def test_that_the_strip_says_which_derivation_was_left_out_when_and_why(
    qtbot: QtBot, open_window: MainWindow, tmp_path: Path
) -> None:
    open_window.choices.voters["3"].trigger()
    stage(qtbot, open_window)
    strip = open_window.workspace.votes
    assert strip.isVisible()
    names = [vote.derivation for vote in open_window.document.scoring.votes]
    assert len(names) == 3
    assert "O2-M1" in names
    sentence = "O2-M1 was left out from 22:19:30 to 22:27:30: broadband noise."
    assert sentence in told(open_window)
    x = strip.width() - 20.0
    y = names.index("O2-M1") * strip.height() / 3 + 8
    assert strip.text_at(QPointF(x, y)) == "O2-M1 from 22:19:30 to 22:27:30: broadband noise"
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    assert open_window.viewport.epoch > 20
    QTest.keyClick(open_window, "H")
    assert not strip.isVisible()
    QTest.keyClick(open_window, "H")
    assert strip.isVisible()
    QTest.keyClick(open_window, "Z", Qt.KeyboardModifier.ControlModifier)
    assert not strip.isVisible()
    QTest.keyClick(open_window, "Y", Qt.KeyboardModifier.ControlModifier)
    session = tmp_path / "night.h5"
    open_window.document.save(session)
    with qtbot.waitSignal(open_window.files.opened, timeout=20_000):
        open_window.open_file(session)
    qtbot.waitUntil(lambda: open_window.tasks.is_idle, timeout=60_000)
    assert open_window.workspace.votes.isVisible()
    assert [vote.derivation for vote in open_window.document.scoring.votes] == names
    assert open_window.tool_bar.derivation.name == names[0]


def test_that_the_cursor_of_the_night_goes_through_the_strip(
    qtbot: QtBot, open_window: MainWindow, constant_prediction: np.ndarray
) -> None:
    open_window.choices.voters["3"].trigger()
    stage(qtbot, open_window)
    strip = open_window.workspace.votes
    places = []
    for epoch in (4, 16):
        open_window.viewport.go_to(epoch)
        picture = strip.grab().toImage()
        row = [picture.pixelColor(x, 1).name() for x in range(picture.width())]
        places.append(row.index(theme_of("light").accent.lower()))
    assert places[0] < places[1]


def test_that_what_can_not_be_staged_is_said_with_its_share_in_the_statistics(
    qtbot: QtBot, open_window: MainWindow, constant_prediction: np.ndarray
) -> None:
    recording = open_window.document.recording
    read = recording.read_derivation

    def flat_in_the_middle(derivation, start_s, stop_s):
        values = read(derivation, start_s, stop_s).copy()
        if stop_s - start_s > 300:
            sfreq = recording.channel(derivation.anode).sfreq
            values[round(300 * sfreq) : round(480 * sfreq)] = 0
        return values

    recording.read_derivation = flat_in_the_middle
    stage(qtbot, open_window)
    scoring = open_window.document.scoring
    assert [scoring[epoch].stage for epoch in (9, 10, 15, 16)] == [
        Stage.N2,
        Stage.UNSCORED,
        Stage.UNSCORED,
        Stage.N2,
    ]
    assert "6 epochs can't be staged: flat signal 6." in told(open_window)
    assert (
        "6 of 24 epochs of the recording (25.0 %) were not stageable: flat signal 6."
        in sleep_statistics(scoring, recording.duration_s).caveats
    )
    assert open_window.workspace.votes.isVisible()  # a single one, as something was wrong with it


# A second opinion


def a_program(tmp_path: Path, text: str) -> str:
    path = tmp_path / "ours.py"
    path.write_text(f"import sys, time\n{text}\n", encoding="utf-8")
    return f"'{sys.executable}' '{path}' {{out}} {{recording}}"


def test_that_another_programs_differences_come_first_in_the_queue(
    qtbot: QtBot, open_window: MainWindow, dialogs, tmp_path: Path, constant_prediction: np.ndarray
) -> None:
    stage(qtbot, open_window)
    lines = ["N2"] * 24
    lines[4], lines[7] = "R", "W"
    dialogs.programs.append(
        a_program(tmp_path, f"open(sys.argv[1], 'w').write(chr(10).join({lines!r}))")
    )
    with qtbot.waitSignal(open_window.open_night.second_scorer.opinion_given, timeout=30_000):
        open_window.actions_by_id["review.opinion"].trigger()
    ((name, opinion),) = open_window.open_night.sight.others
    assert isinstance(opinion[4].source, Model)
    assert name == Path(sys.executable).stem
    assert "2 epochs differ" in open_window.statusBar().currentMessage()
    queue = open_window.open_night.review_desk.review.queue
    assert queue.review_filter is ReviewFilter.SCORERS
    assert set(queue.epochs.tolist()) == {4, 7}
    assert "ours.py" in open_window._preferences.opinion
    assert open_window.document.saw_model
    assert open_window.document.scoring[4].stage is Stage.N2  # nothing of it was taken over


def test_that_whoever_sees_the_opinion_of_a_program_saw_a_model(
    qtbot: QtBot, open_window: MainWindow, dialogs, tmp_path: Path
) -> None:
    assert not open_window.document.saw_model
    dialogs.programs.append(
        a_program(tmp_path, "open(sys.argv[1], 'w').write(chr(10).join(['N2'] * 24))")
    )
    with qtbot.waitSignal(open_window.open_night.second_scorer.opinion_given, timeout=30_000):
        open_window.actions_by_id["review.opinion"].trigger()
    QTest.keyClick(open_window, "W")
    assert open_window.document.scoring[0].source == Person("Scorer", saw_model=True)


def test_that_a_program_that_is_cancelled_ends(
    qtbot: QtBot, open_window: MainWindow, dialogs, tmp_path: Path
) -> None:
    begun = tmp_path / "begun"
    dialogs.programs.append(a_program(tmp_path, f"open({str(begun)!r}, 'w'); time.sleep(600)"))
    open_window.actions_by_id["review.opinion"].trigger()
    qtbot.waitUntil(begun.exists, timeout=30_000)
    (task,) = open_window.tasks.shown_tasks
    task.cancel()
    qtbot.waitUntil(lambda: open_window.tasks.is_idle, timeout=10_000)
    assert open_window.open_night.sight.others == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("somnolyzer", "is neither"), ("nowhere-to-be-found {recording} {out}", "can't be started")],
)
def test_that_a_program_that_can_not_be_asked_is_a_sentence(
    qtbot: QtBot, open_window: MainWindow, dialogs, text: str, sentence: str
) -> None:
    dialogs.programs.append(text)
    open_window.actions_by_id["review.opinion"].trigger()
    qtbot.waitUntil(lambda: sentence in open_window.messages.text, timeout=20_000)


def test_that_no_program_is_asked_while_one_scores_blind(open_window: MainWindow) -> None:
    QTest.keyClick(open_window, "H")
    assert not open_window.actions_by_id["review.opinion"].isEnabled()


def test_that_what_does_not_fit_of_another_program_is_said_in_the_language_of_the_window(
    qtbot: QtBot, qapp: QApplication, open_window: MainWindow, dialogs, tmp_path: Path
) -> None:
    speak(qapp, "de")
    dialogs.programs.append(a_program(tmp_path, "open(sys.argv[1], 'w').write('N2\\n' * 24)"))
    with qtbot.waitSignal(open_window.open_night.second_scorer.opinion_given, timeout=30_000):
        open_window.actions_by_id["review.opinion"].trigger()
    assert "Die Datei sagt nicht, wann sie beginnt" in told(open_window)


def test_that_long_names_of_scorers_leave_room_for_what_the_numbers_are(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    names = "the first scorer (90 epochs as the model proposed)", "B" * 60
    scoring = open_window.document.scoring
    dialog = PageDialog(open_window, "", agreement_page(Comparison.of(scoring, scoring), *names))
    dialog.show()
    qtbot.waitExposed(dialog)
    name = dialog.page.document().find("Cohen’s κ").block()
    assert name.layout().lineCount() == 1
    dialog.close()


def test_that_a_program_with_probabilities_is_joined_as_one_step_and_people_stay(
    qtbot: QtBot, open_window: MainWindow, constant_prediction: np.ndarray
) -> None:
    stage(qtbot, open_window)
    document, joining = open_window.document, open_window.actions_by_id["review.fuse"]
    own = document.scoring.hypnodensity
    document.score([2], Stage.N3)
    joining.trigger()
    assert "stage the night, then ask" in open_window.statusBar().currentMessage()
    says_rem = np.full((24, 5), 0.0005, np.float32)
    says_rem[:, Stage.R] = 0.998
    opinion = Scoring(24, hypnodensity=Hypnodensity(says_rem, "YASA 1", "", own.derivation))
    open_window.open_night.sight.put_beside("YASA 1", opinion)
    joining.trigger()
    assert document.scoring.hypnodensity.model == f"{own.model} + YASA 1"
    assert document.scoring[0].stage is Stage.R
    assert document.scoring[2].source == Person("Scorer", saw_model=True)
    assert document.scoring[2].stage is Stage.N3
    assert "23 epochs changed" in open_window.statusBar().currentMessage()
    joining.trigger()
    assert "joined already" in open_window.statusBar().currentMessage()
    document.undo()
    assert document.scoring.hypnodensity == own
