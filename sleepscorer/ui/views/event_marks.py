"""Events over the traces of the page, each in the lane of its channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.ui.base.theme import Theme
from sleepscorer.ui.views.overlays import Overlay

_EDGE_PX = 5
_LEAST_PX = 3.0
_DOUBT = " ⚠"
_FILL, _FILL_CHOSEN, _HATCH = 48, 96, 200  # of 255


@dataclass(frozen=True, slots=True)
class EventMark:
    """One event on the page.

    Attributes
    ----------
    event
        The event.
    area
        Where it lies in pixels.
    is_doubtful
        Whether it differs from what the AASM Manual asks of its kind.
    is_linked
        Whether it belongs to the chosen event.
    is_twin
        Whether it is another one that equals the chosen event, as a file may hold it twice.
    """

    event: ScoredEvent
    area: QRectF
    is_doubtful: bool = False
    is_linked: bool = False
    is_twin: bool = False


@dataclass(frozen=True, slots=True)
class EventDrag:
    """The chosen event while it is dragged.

    Attributes
    ----------
    event
        As it was.
    ends
        What moves: ``"start"``, ``"stop"`` or both.
    from_s
        When in the recording the drag began.
    by_s
        How far it went.
    """

    event: ScoredEvent
    ends: str
    from_s: float
    by_s: float = 0.0

    def to(self, time_s: float) -> EventDrag:
        """Drag to another time."""
        return replace(self, by_s=time_s - self.from_s)

    @property
    def changed(self) -> ScoredEvent:
        """What the event becomes; an end that is dragged past the other one becomes that."""
        start_s = self.event.onset_s + (self.by_s if "start" in self.ends else 0.0)
        stop_s = self.event.stop_s + (self.by_s if "stop" in self.ends else 0.0)
        start_s, stop_s = sorted((start_s, stop_s))
        return replace(self.event, onset_s=start_s, duration_s=stop_s - start_s)


def right_of(written: Sequence[QRectF], words: QRectF) -> float:
    """Where words begin so that they cover nothing that is written at the left of a lane."""
    return max((one.right() for one in written if one.intersects(words)), default=words.left())


class EventMarks(Overlay):
    """Draws events; the one that is chosen can be moved and its ends can be dragged."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._marks: tuple[EventMark, ...] = ()
        self._chosen: ScoredEvent | None = None
        self._written: tuple[QRectF, ...] = ()

    @property
    def marks(self) -> tuple[EventMark, ...]:
        """What is drawn."""
        return self._marks

    def show_marks(
        self,
        marks: Sequence[EventMark],
        chosen: ScoredEvent | None,
        area: QRectF,
        written: Sequence[QRectF] = (),
    ) -> None:
        """Draw other events beside what lanes have `written`; areas count from `area`'s corner."""
        self._marks, self._chosen, self._written = tuple(marks), chosen, tuple(written)
        self.setGeometry(area.toRect())
        self.setVisible(bool(marks))
        self.update()

    def under(self, position: QPointF) -> ScoredEvent | None:
        """The event at a place, the shortest of several; the place counts from the corner."""
        hit = [mark for mark in self._marks if self._reach(mark).contains(position)]
        return min(hit, key=lambda mark: mark.area.width()).event if hit else None

    def edge_under(self, position: QPointF) -> str:
        """Which end of the chosen event is at a place: ``"start"``, ``"stop"`` or none."""
        for mark in self._marks:
            if self._is_chosen(mark) and self._reach(mark).contains(position):
                if abs(position.x() - mark.area.right()) <= _EDGE_PX:
                    return "stop"
                if abs(position.x() - mark.area.left()) <= _EDGE_PX:
                    return "start"
        return ""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        for mark in self._marks:
            is_chosen = self._is_chosen(mark)
            colour = QColor(self._theme.of_event(mark.event))
            if mark.event.is_proposed and not is_chosen:
                # A proposal: thin and outlined, as the model's stages are.
                line = Qt.PenStyle.SolidLine if mark.is_linked else Qt.PenStyle.DotLine
                painter.setPen(QPen(colour, 2 if mark.is_linked else 1, line))
                painter.drawRect(mark.area)
                continue
            colour.setAlpha(_FILL_CHOSEN if is_chosen else _FILL)
            hatched = mark.event.kind is EventKind.ARTEFACT
            brush = Qt.BrushStyle.BDiagPattern if hatched else Qt.BrushStyle.SolidPattern
            colour.setAlpha(_HATCH if hatched else colour.alpha())
            painter.fillRect(mark.area, QBrush(colour, brush))
            colour.setAlpha(255)
            line = Qt.PenStyle.DashLine if mark.is_doubtful else Qt.PenStyle.SolidLine
            painter.setPen(QPen(colour, 2 if is_chosen or mark.is_linked else 1, line))
            if mark.is_linked:
                painter.drawRect(mark.area)
            painter.drawLine(mark.area.topLeft(), mark.area.bottomLeft())
            painter.drawLine(mark.area.topRight(), mark.area.bottomRight())
        behind = QColor(self._theme.surface)
        behind.setAlpha(200)
        for area, text, named in self._named():
            painter.fillRect(area, behind)
            painter.setPen(QColor(self._theme.of_event(named)))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def labels(self) -> list[tuple[QRectF, str]]:
        """Names of the events and where they stand, that of the chosen one last.

        Names that would lie on each other stand on lines of their own as long as there is room in
        the lane; beyond that only the chosen event has a name.
        """
        return [(area, text) for area, text, _event in self._named()]

    def _named(self) -> list[tuple[QRectF, str, ScoredEvent]]:
        metrics = self.fontMetrics()
        line_px = metrics.height()
        found: list[tuple[QRectF, str, ScoredEvent]] = []
        taken_px: dict[tuple[float, int], float] = {}  # of each line of each lane, from the left
        widths_px: dict[str, int] = {}
        for mark in sorted(self._marks, key=self._is_chosen):
            text = self._theme.name_of(mark.event) + (_DOUBT if mark.is_doubtful else "")
            if text not in widths_px:
                widths_px[text] = metrics.horizontalAdvance(text) + 6
            width_px = widths_px[text]
            left, top = min(max(mark.area.left(), 0.0), self.width() - width_px), mark.area.top()
            left = right_of(self._written, QRectF(left, top, width_px, line_px))
            lines = range(max(int(mark.area.height() // line_px), 1))
            free = (line for line in lines if taken_px.get((top, line), left) <= left)
            line = next(free, 0 if self._is_chosen(mark) else None)
            if line is not None:
                taken_px[top, line] = left + width_px
                area = QRectF(left, top + line * line_px, width_px, line_px)
                found.append((area, text, mark.event))
        return found

    def _is_chosen(self, mark: EventMark) -> bool:
        return mark.event == self._chosen and not mark.is_twin

    @staticmethod
    def _reach(mark: EventMark) -> QRectF:
        widening = max((_LEAST_PX + 2 * _EDGE_PX - mark.area.width()) / 2, _EDGE_PX)
        return mark.area.adjusted(-widening, 0, widening, 0)
