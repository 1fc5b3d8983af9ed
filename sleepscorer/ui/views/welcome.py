"""What the window shows while no recording is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.plain_text import PlainLabel, plain_tip

_MOST_SHOWN = 5


class Welcome(QWidget):
    """Says what to do first; lists the recent files.

    Attributes
    ----------
    file_chosen
        Emitted with the path of a recent file.
    """

    file_chosen = Signal(Path)

    def __init__(self, open_file: QAction, open_demo: QAction) -> None:
        super().__init__()
        self._title = title = PlainLabel()
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.8)
        title.setFont(font)
        self.say_opening("")
        hint = PlainLabel(
            tr(
                "EDF, EDF+, BDF, BrainVision, FIF, EEGLAB or a saved session.\n"
                "Or drop the file on this window."
            )
        )
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addWidget(title, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(hint, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addSpacing(12)
        for text, action in (
            (tr("Open…"), open_file),
            (tr("Open the demo (simulated)"), open_demo),
        ):
            layout.addWidget(_button(text, action.trigger), 0, Qt.AlignmentFlag.AlignCenter)
        layout.addSpacing(12)
        self._recent_title = PlainLabel(tr("Recent"))
        layout.addWidget(self._recent_title, 0, Qt.AlignmentFlag.AlignCenter)
        self._recent = QVBoxLayout()
        layout.addLayout(self._recent)
        layout.addStretch(3)

    def say_opening(self, what: str) -> None:
        """Say what is being opened; empty where nothing is."""
        self._title.setText(what or tr("Open a recording to begin"))

    def show_recent(self, paths: Iterable[Path]) -> None:
        """List some recent files."""
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        shown = list(islice(paths, _MOST_SHOWN))
        self._recent_title.setVisible(bool(shown))
        for path in shown:
            button = _button(path.name, partial(self.file_chosen.emit, path))
            button.setFlat(True)
            button.setToolTip(plain_tip(str(path)))
            self._recent.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)


def _button(text: str, on_click: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setMinimumWidth(240)
    button.clicked.connect(lambda: on_click())
    return button
