"""What others wrote is shown as it is: no label, tip or question takes it for HTML."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from sleepscorer.ui.base.plain_text import PlainLabel, PlainMessageBox, plain_tip
from sleepscorer.ui.dialogs.exchange_dialogs import NoticeDialog
from sleepscorer.ui.views.message_bar import MessageBar

ROOT = Path(__file__).parents[2] / "sleepscorer" / "ui"
MODULE = ROOT / "base" / "plain_text.py"
HOSTILE = '<img src="//host/share/x.png"> <b>bold</b> &amp; \x00\udcfc'


def ways_around(source: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func).rpartition(".")[2]
        written = ast.unparse(node)
        if (
            name in ("QLabel", "QErrorMessage", "setTextFormat")
            or name == "QMessageBox"
            or (written.startswith("QMessageBox.") and name != "about" and "Button" not in name)
            or (name in ("setToolTip", "setWhatsThis") and not is_ours(node.args[-1]))
        ):
            yield node.lineno, name


def is_ours(argument: ast.expr) -> bool:
    """Whether a text is one of the program, or was made plain."""
    return isinstance(argument, ast.Call) and ast.unparse(argument.func) in ("tr", "plain_tip")


@pytest.mark.parametrize(
    "path", sorted(ROOT.rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_that_labels_tips_and_questions_are_plain(path):
    if path != MODULE:
        assert not list(ways_around(path.read_text("utf-8"))), "use sleepscorer.ui.base.plain_text"


@pytest.mark.parametrize(
    "code",
    [
        "QLabel(text)",
        "QMessageBox(icon, title, text)",
        "QMessageBox.warning(self, title, text)",
        "button.setToolTip(str(path))",
        'button.setToolTip(tr("{a}").format(a=a))',
    ],
)
def test_that_each_way_around_is_seen(code):
    assert list(ways_around(code))


def test_that_a_label_shows_every_letter(qtbot):
    label = PlainLabel(HOSTILE)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text().startswith('<img src="//host/share/x.png">')


def test_that_messages_headings_and_questions_show_every_letter(qtbot, window):
    bar = window.messages
    assert isinstance(bar, MessageBar)
    bar.show_error(HOSTILE)
    parent = QWidget()
    qtbot.addWidget(parent)
    notice = NoticeDialog(parent, "title", HOSTILE, [HOSTILE], HOSTILE)
    box = PlainMessageBox(
        QMessageBox.Icon.Warning, "title", HOSTILE, QMessageBox.StandardButton.Ok, parent
    )
    labels = [
        label
        for widget in (bar, notice, parent)
        for label in widget.findChildren(PlainLabel)
        if "<img" in label.text()
    ]
    assert len(labels) >= 3
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
    assert box.textFormat() is Qt.TextFormat.PlainText
    assert "<img" in notice.text.toPlainText()


def test_that_a_tip_is_html_that_shows_every_letter():
    assert "<img" not in plain_tip(HOSTILE)
    assert plain_tip("") == ""
