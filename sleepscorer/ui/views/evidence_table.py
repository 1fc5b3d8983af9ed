"""Evidence in the current epoch and its neighbours, as a small table."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sleepscorer.domain.evidence import N3_SLOW_WAVE_S, EpochEvidence, NightEvidence
from sleepscorer.domain.waves import WaveKind
from sleepscorer.ui.base.language import N_, number, tr
from sleepscorer.ui.base.theme import Theme, mixed

_LEAST_ROW_PX, _LEAST_COLUMN_PX = 16, 44
_BESIDE_FIGURES_PX = 2  # of a column, which is wider than they are
ROW_SHARE = 0.9
"""Height of a row for the height of a font: what it has above capitals is not needed."""

_HERE_SHARE = 0.1
_MOST_WITH_TENTHS = 99.95
_WIDEST = ("100 %", "99 | 99", "99.9 ×")
_NO_SIGNAL = "–"


def _halves(kind: WaveKind) -> Callable[[EpochEvidence], str]:
    """Text of the waves of a kind in the first and in the last half of an epoch."""

    def text(evidence: EpochEvidence) -> str:
        if kind not in evidence.waves:
            return ""
        counts = evidence.count(kind)
        return f"{counts.first} | {counts.last}"

    return text


def _share(value: float) -> str:
    return "" if math.isnan(value) else f"{100 * value:.0f} %"


def _multiple(value: float) -> str:
    if math.isnan(value):
        return ""
    return f"{number(value, '.1f' if value < _MOST_WITH_TENTHS else '.0f')} ×"


_ROWS: tuple[tuple[str, Callable[[EpochEvidence], str]], ...] = (
    (N_("Spindles"), _halves(WaveKind.SPINDLE)),
    (N_("K-complexes"), _halves(WaveKind.K_COMPLEX)),
    (
        N_("Slow waves"),
        lambda one: "" if math.isnan(one.slow_wave_s) else f"{number(one.slow_wave_s, '.1f')} s",
    ),
    (N_("Vertex waves"), _halves(WaveKind.VERTEX_WAVE)),
    (N_("Alpha"), lambda one: _share(one.alpha)),
    (N_("Theta"), lambda one: _share(one.theta)),
    (N_("Slow eye mov."), _halves(WaveKind.SLOW_EYE_MOVEMENT)),
    (N_("Rapid eye mov."), _halves(WaveKind.RAPID_EYE_MOVEMENT)),
    (N_("Chin EMG"), lambda one: _multiple(one.muscle_ratio)),
)


class EvidenceTable(QWidget):
    """One row for each kind of evidence, one column each for the epoch before, this and the next.

    Waves are counted in the first and in the last half of an epoch; the muscle level is that
    relative to the lowest of the night.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        wide = self.fontMetrics().horizontalAdvance
        self._headings = tr("before"), tr("this"), tr("next")
        self._row_px = max(_LEAST_ROW_PX, round(ROW_SHARE * self.fontMetrics().height()))
        self._column_px = max(_LEAST_COLUMN_PX, *map(wide, (*self._headings, *_WIDEST)))
        self._theme = theme
        self._rows: list[tuple[str, tuple[str, str, str]]] = []
        self._is_n3 = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(
            tr(
                "Waves in the first | last half of the epoch; slow waves above 75 µV, of which "
                "6 s make N3; chin EMG relative to the lowest of the night; – where the recording "
                "has a gap"
            )
        )

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(240, self._row_px * (len(self._rows) + 2) if self._rows else 0)

    @property
    def most_px(self) -> int:
        """Height with every row; it has none while nothing is known of the night."""
        return self._row_px * (len(_ROWS) + 2)

    @property
    def rows(self) -> list[tuple[str, tuple[str, str, str]]]:
        """What is shown: name, and texts for the epoch before, this one and the next."""
        return self._rows

    def show_epoch(self, evidence: NightEvidence | None, epoch: int) -> None:
        """Show the evidence around an epoch; nothing without."""
        names = [name for name, _texts in self._rows]
        self._rows = []
        if evidence is not None:
            around = [
                evidence.epoch(one) if 0 <= one < evidence.n_epochs else None
                for one in (epoch - 1, epoch, epoch + 1)
            ]
            for name, text in _ROWS:
                texts = tuple("" if one is None else text(one) for one in around)
                if any(texts):
                    texts = tuple(
                        shown if one is None or one.has_signal else _NO_SIGNAL
                        for shown, one in zip(texts, around, strict=True)
                    )
                    self._rows.append((tr(name), (texts[0], texts[1], texts[2])))
            here = around[1]
            self._is_n3 = here is not None and here.slow_wave_s >= N3_SLOW_WAVE_S
        if [name for name, _texts in self._rows] == names:
            self.update(self._columns)
            return
        self.updateGeometry()
        self.update()

    @property
    def _columns(self) -> QRect:
        """Where the numbers stand, which is all that another epoch changes."""
        left = self.width() - 3 * self._column_px
        return QRect(left, self._row_px, 3 * self._column_px, self._row_px * len(self._rows))

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        if not self._rows:
            return
        painter = QPainter(self)
        left = self.width() - 3 * self._column_px
        here = mixed(self._theme.accent, self.palette().color(self.backgroundRole()), _HERE_SHARE)
        table_px = self._row_px * (len(self._rows) + 1)
        painter.fillRect(QRectF(left + self._column_px, 0, self._column_px, table_px), here)
        for column in range(3):
            painter.setPen(QColor(self._theme.ink if column == 1 else self._theme.faint_ink))
            for row, (_name, texts) in enumerate(self._rows, 1):
                self._write(painter, left + column * self._column_px, row, texts[column])
        if not self._columns.contains(event.rect()):
            self._paint_names(painter, left, table_px)

    def _paint_names(self, painter: QPainter, left: int, table_px: int) -> None:
        painter.setPen(QColor(self._theme.ink))
        names = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        room_px = left + _BESIDE_FIGURES_PX
        for row, (name, _texts) in enumerate(self._rows, 1):
            shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room_px)
            painter.drawText(QRectF(0, row * self._row_px, room_px, self._row_px), names, shown)
        painter.setPen(QColor(self._theme.faint_ink))
        for column, text in enumerate(self._headings):
            self._write(painter, left + column * self._column_px, 0, text)
        caption = QRectF(0, table_px, self.width(), self._row_px)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(caption, right, tr("first | last half; × the night's lowest"))

    def _write(self, painter: QPainter, left: int, row: int, text: str) -> None:
        place = QRectF(left, row * self._row_px, self._column_px, self._row_px)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
