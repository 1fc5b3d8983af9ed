from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from sleepscorer.domain.alignment import StoredScoring
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.stages import Stage
from sleepscorer.io.questions import Option, QuestionError
from sleepscorer.ui.dialogs.question_dialog import NightPreview, QuestionDialog


def question() -> QuestionError:
    options = tuple(
        Option(word, f"{word} it is", lambda: StoredScoring(None, ())) for word in ("one", "two")
    )
    return QuestionError("coding", "night.txt may mean two things.", options)


def test_that_no_answer_is_proposed_and_the_chosen_one_is_given(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    asked = question()
    dialog = QuestionDialog(parent, asked, [(Stage.W,), (Stage.R,)])
    assert dialog.option is None
    assert not dialog.accept_button.isEnabled()
    dialog.buttons[1].setChecked(True)
    assert dialog.option is asked.options[1]
    assert dialog.accept_button.isEnabled()


def test_that_an_answer_that_makes_no_sense_of_the_file_cannot_be_chosen(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = QuestionDialog(parent, question(), [(Stage.W,), None])
    assert dialog.buttons[0].isEnabled()
    assert not dialog.buttons[1].isEnabled()


def test_that_a_preview_shows_w_at_the_top_n3_at_the_bottom_and_gaps_empty(qtbot):
    preview = NightPreview((Stage.W, Stage.UNSCORED, Stage.N3))
    qtbot.addWidget(preview)
    picture = preview.grab().toImage()
    ink = preview.palette().text().color()

    def has_ink(x: int, y: int) -> bool:
        return QColor(picture.pixel(x, y)) == ink

    places = [preview.width() * sixth // 6 for sixth in (1, 3, 5)]
    top, bottom = preview.height() // 10, preview.height() * 9 // 10
    assert [has_ink(x, top) for x in places] == [True, False, False]
    assert [has_ink(x, bottom) for x in places] == [False, False, True]


def test_that_the_text_of_an_answer_is_shown_as_it_is(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    option = Option("rk", Phrase("5 R (R&K)"), lambda: StoredScoring(None, ()))
    asked = QuestionError("coding", Phrase("night.txt may mean two things."), (option,))
    dialog = QuestionDialog(parent, asked, [(Stage.W,)])
    assert dialog.buttons[0].text() == "5 R (R&&K)"
    assert dialog.buttons[0].shortcut().isEmpty()
