"""The dialog that asks what a file leaves open."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from sleepscorer.domain.stages import HYPNOGRAM_ROWS, Stage
from sleepscorer.io.questions import Option, QuestionError
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.plain_text import PlainLabel, WrappedLabel

_WIDTH, _NIGHT_HEIGHT, _MARGIN = 640, 56, 24


class NightPreview(QWidget):
    """A small hypnogram: W at the top, N3 at the bottom, nothing where epochs are unscored."""

    def __init__(self, stages: Sequence[Stage]) -> None:
        super().__init__()
        self._stages = stages
        self.setMinimumSize(QSize(_WIDTH - 4 * _MARGIN, _NIGHT_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a bar for each run of a stage."""
        painter = QPainter(self)
        ink = self.palette().text().color()
        width = self.width() / max(len(self._stages), 1)
        row_height = self.height() / len(HYPNOGRAM_ROWS)
        first = 0
        for stage, run in itertools.groupby(self._stages):
            length = sum(1 for _ in run)
            if stage is not Stage.UNSCORED:
                top = HYPNOGRAM_ROWS.index(stage) * row_height
                bar = QRectF(first * width, top + row_height / 3, length * width, row_height / 3)
                painter.fillRect(bar, ink)
            first += length
        painter.end()


class QuestionDialog(QDialog):
    """Asks for one of several answers, with the night that each of them gives."""

    def __init__(
        self, parent: QWidget, question: QuestionError, nights: Sequence[Sequence[Stage] | None]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("How is this scoring meant?"))
        self.setFixedWidth(_WIDTH)
        self._question = question
        layout = QVBoxLayout(self)
        label = WrappedLabel(tr(question))
        layout.addWidget(label)
        self.buttons: list[QRadioButton] = []
        for option, stages in zip(question.options, nights, strict=True):
            button = QRadioButton(tr(option.text).replace("&", "&&"))  # no letter to press
            self.buttons.append(button)
            layout.addWidget(button)
            if stages is None:
                button.setEnabled(False)
                layout.addWidget(PlainLabel(tr("The file makes no sense so.")))
            else:
                layout.addWidget(NightPreview(stages))
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.accept_button = box.addButton(tr("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        # No answer is proposed: the one that is taken without looking would be a guess.
        self.accept_button.setEnabled(False)
        for button in self.buttons:
            button.toggled.connect(self._on_toggled)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        layout.addWidget(box)

    @property
    def option(self) -> Option | None:
        """The answer that is chosen."""
        chosen = zip(self.buttons, self._question.options, strict=True)
        return next((option for button, option in chosen if button.isChecked()), None)

    def _on_toggled(self, _is_on: bool) -> None:
        self.accept_button.setEnabled(self.option is not None)
