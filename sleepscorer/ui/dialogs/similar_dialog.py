"""Epochs like this one, side by side, to be given a stage together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sleepscorer.domain.scoring import EpochScore
from sleepscorer.domain.stages import SCORED_STAGES, Stage
from sleepscorer.signals.envelope import envelope
from sleepscorer.ui.base.language import number, tr
from sleepscorer.ui.base.plain_text import PlainLabel, WrappedLabel

_HEIGHT_UV = 200.0
_STRIP_PX = 64
_COLUMNS = 600


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """An epoch to be looked at.

    Attributes
    ----------
    epoch
        Its index.
    score
        Its stage now, and who gave it.
    similarity
        How much it is like the one that was asked about, -1 to 1.
    values
        Its signal, shape (n_times,), µV.
    """

    epoch: int
    score: EpochScore
    similarity: float
    values: npt.NDArray[np.float32]


class EpochStrip(QWidget):
    """The signal of one epoch."""

    def __init__(self, values: npt.NDArray[np.float32]) -> None:
        super().__init__()
        times, points = envelope(np.arange(values.size, dtype=np.float64), values, _COLUMNS)
        self._times = times / max(values.size, 1)
        self._points = np.nan_to_num(points)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(_COLUMNS, _STRIP_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        palette = self.palette()
        painter.fillRect(self.rect(), palette.base())
        painter.setPen(palette.mid().color())
        middle = self.height() / 2
        painter.drawLine(QPointF(0, middle), QPointF(self.width(), middle))
        ys = np.clip(middle - self._points * self.height() / _HEIGHT_UV, 0, self.height())
        xs = self._times * self.width()
        painter.setPen(QColor(palette.text().color()))
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in zip(xs, ys, strict=True)]))


class SimilarDialog(QDialog):
    """Shows an epoch and those most like it; a stage is given to all that are ticked.

    Ticked at first are those that the network staged otherwise; what a person decided is not.

    Parameters
    ----------
    parent
        Over which it is shown.
    asked, similar
        The epoch, and those like it.
    name
        Of the derivation.
    keys
        Which stage each key gives.

    Attributes
    ----------
    stage
        What the ticked epochs get; None until it is chosen.
    """

    def __init__(
        self,
        parent: QWidget | None,
        asked: Sample,
        similar: Sequence[Sample],
        name: str,
        keys: Mapping[str, Stage],
    ) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setWindowTitle(
            tr("Epochs like {number} ({derivation})").format(
                number=asked.epoch + 1, derivation=name
            )
        )
        self.resize(900, 640)
        self.stage: Stage | None = None
        self._boxes: dict[int, QCheckBox] = {}
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        title = PlainLabel(_text(asked))
        title.setStyleSheet("font-weight: bold;")
        grid.addWidget(title, 0, 0)
        grid.addWidget(EpochStrip(asked.values), 0, 1)
        for row, sample in enumerate(similar, 1):
            box = QCheckBox(f"{_text(sample)}   {number(sample.similarity, '.2f')}")
            is_other = sample.score.stage is not asked.score.stage
            box.setChecked(is_other and not sample.score.is_human)
            box.toggled.connect(self._show_ticked)
            self._boxes[sample.epoch] = box
            grid.addWidget(box, row, 0)
            grid.addWidget(EpochStrip(sample.values), row, 1)
        inside = QWidget()
        inside.setLayout(grid)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        hint = WrappedLabel(
            tr(
                "Tick the epochs that are to have one stage, then choose the stage: it is one "
                "step to undo. ✓ marks what a person decided; the number is the similarity to "
                "the network, at most 1."
            )
        )
        self.all_box = QCheckBox(tr("Tick &all"))
        self.all_box.setTristate(True)
        self.all_box.clicked.connect(self._tick_all)
        row_of_stages = QHBoxLayout()
        self.stage_buttons = {}
        for stage in SCORED_STAGES:
            button = QPushButton(stage.label)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked, stage=stage: self._choose(stage))
            self.stage_buttons[stage] = button
            row_of_stages.addWidget(button)
        cancel = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        cancel.rejected.connect(self.reject)
        row_of_stages.addStretch(1)
        row_of_stages.addWidget(cancel)
        layout = QVBoxLayout(self)
        layout.addWidget(hint)
        layout.addWidget(self.all_box)
        layout.addWidget(scroll, 1)
        layout.addLayout(row_of_stages)
        self._show_ticked()

    @property
    def epochs(self) -> tuple[int, ...]:
        """The ticked epochs, in order of time."""
        return tuple(sorted(epoch for epoch, box in self._boxes.items() if box.isChecked()))

    def tick(self, epoch: int, *, on: bool) -> None:
        """Tick an epoch, or not."""
        self._boxes[epoch].setChecked(on)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        stage = self._keys.get(QKeySequence(event.keyCombination()).toString())
        if stage in SCORED_STAGES:
            if not event.isAutoRepeat():  # a key held since before this was shown is not meant
                self._choose(stage)
        else:
            super().keyPressEvent(event)

    def _tick_all(self) -> None:
        """Tick all, or none where all are ticked."""
        is_wanted = len(self.epochs) < len(self._boxes)
        for box in self._boxes.values():
            box.setChecked(is_wanted)
        self._show_ticked()

    def _show_ticked(self) -> None:
        """Let a stage be chosen where there is something to give it to."""
        n_ticked = len(self.epochs)
        states = Qt.CheckState
        some = states.PartiallyChecked if n_ticked else states.Unchecked
        is_all = bool(n_ticked) and n_ticked == len(self._boxes)
        self.all_box.setCheckState(states.Checked if is_all else some)
        for button in self.stage_buttons.values():
            button.setEnabled(n_ticked > 0)

    def _choose(self, stage: Stage) -> None:
        if self.epochs:
            self.stage = stage
            self.accept()


def _text(sample: Sample) -> str:
    """Number and stage of an epoch, with a mark where a person decided."""
    decided = " ✓" if sample.score.is_human else ""
    return f"{sample.epoch + 1}   {sample.score.stage.label or '–'}{decided}"
