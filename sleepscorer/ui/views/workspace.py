"""The middle of the window: messages, then the welcome page or the recording."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.pages import Pages
from sleepscorer.ui.base.plain_text import PlainLabel, plain_tip
from sleepscorer.ui.base.theme import Theme
from sleepscorer.ui.views.chance_strip import ChanceStrip
from sleepscorer.ui.views.message_bar import MessageBar
from sleepscorer.ui.views.neighbours import Neighbours
from sleepscorer.ui.views.night import NightView
from sleepscorer.ui.views.night_overview import NightOverview
from sleepscorer.ui.views.traces import AXIS_WIDTH_PX, TracesView
from sleepscorer.ui.views.vote_strip import VoteStrip
from sleepscorer.ui.views.welcome import Welcome

_NIGHT_SHARE, _LEAST_NIGHT_SHARE = 0.45, 0.25
"""Of the height: as much as there is beside the traces, and what they leave it at least."""


class Workspace(QWidget):
    """Traces above the night, under one line for messages.

    Attributes
    ----------
    messages, identity, welcome, traces, neighbours, overview, votes, chances, night
        Its parts.
    """

    def __init__(self, theme: Theme, pages: Pages, open_file: QAction, open_demo: QAction) -> None:
        super().__init__()
        self.messages = MessageBar(theme)
        self.welcome = Welcome(open_file, open_demo)
        self.traces = TracesView(theme, pages)
        self.neighbours = Neighbours(theme, AXIS_WIDTH_PX)
        self.neighbours.hide()
        self.overview = NightOverview(theme, AXIS_WIDTH_PX)
        self.votes = VoteStrip(theme, AXIS_WIDTH_PX)
        self.night = NightView(theme)
        self.night.part_shown.connect(self.votes.show_part)
        self.votes.time_chosen.connect(self.night.time_chosen)
        self.chances = ChanceStrip(theme, AXIS_WIDTH_PX)
        self.night.part_shown.connect(self.chances.show_part)
        self.chances.time_chosen.connect(self.night.time_chosen)
        self.night.part_shown.connect(self.overview.show_part)
        self.overview.part_chosen.connect(self.night.show_part_around)
        self._simulated = PlainLabel(
            tr("SIMULATED RECORDING – made by SleepScorer, no real person")
        )
        self._simulated.setObjectName("simulated")
        self._simulated.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._blind = PlainLabel(tr("BLIND – model and other scorers are hidden; H shows them"))
        self._blind.setObjectName("blind")
        self._blind.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._blind.hide()
        self.identity = PlainLabel()
        self.identity.setObjectName("identity")
        # However much is known, the window may be as narrow as before.
        self.identity.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.identity.hide()
        self._night_column = _column(self.overview, self.votes, self.chances, self.night)
        self._own_heights: tuple[int, ...] = ()
        self._splitter = _Splitter()
        self._splitter.addWidget(_column(self.neighbours, self.traces))
        self._splitter.addWidget(self._night_column)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.splitterMoved.connect(self._on_divided)
        self._splitter.resized.connect(self._share_height)
        self.traces.traces_set.connect(self._share_height)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.welcome)
        self._pages.addWidget(self._splitter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.messages)
        layout.addWidget(self._simulated)
        layout.addWidget(self._blind)
        layout.addWidget(self.identity)
        layout.addWidget(self._pages, 1)
        self.set_theme(theme)

    def show_recording(self, *, is_open: bool, is_simulated: bool) -> None:
        """Show the recording or, while none is open, the welcome page."""
        self._pages.setCurrentIndex(1 if is_open else 0)
        self._simulated.setVisible(is_simulated)

    @property
    def own_heights_px(self) -> tuple[int, ...]:
        """Heights of traces and night that the technician gave them; empty for what fits."""
        return self._own_heights

    def set_heights(self, heights_px: tuple[int, ...]) -> None:
        """Divide the height between traces and night; empty for what fits the traces."""
        self._own_heights = heights_px if len(heights_px) == self._splitter.count() else ()
        self._share_height()

    def show_night_parts(self, hidden: Collection[str]) -> None:
        """Show the parts of the night that are not hidden, see `NightView.show_parts`."""
        self._night_column.setVisible(self.night.show_parts(hidden))
        self._share_height()

    def _on_divided(self) -> None:
        self._own_heights = tuple(self._splitter.sizes())

    def _share_height(self) -> None:
        """Divide as the technician did, else give the traces what they need before the night."""
        total_px = sum(self._splitter.sizes())
        if not total_px or self._night_column.isHidden():
            return
        if self._own_heights:
            self._splitter.setSizes(list(self._own_heights))
            return
        beside_px = total_px - self.neighbours.isVisible() * self.neighbours.height()
        night_px = max(beside_px - self.traces.needed_px, _LEAST_NIGHT_SHARE * total_px)
        night_px = round(min(night_px, _NIGHT_SHARE * total_px))
        self._splitter.setSizes([total_px - night_px, night_px])

    def show_blindness(self, *, is_blind: bool) -> None:
        """Say as long as it lasts that model and other scorers are hidden."""
        self._blind.setVisible(is_blind)
        self.night.set_blind(is_blind)

    def show_identity(self, text: str, tip: str) -> None:
        """Say whose night it is, or nothing where that is to be hidden."""
        self.identity.setText(text)
        self.identity.setToolTip(plain_tip(tip))
        self.identity.setVisible(bool(text))

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        for view in (
            self.messages,
            self.traces,
            self.neighbours,
            self.overview,
            self.votes,
            self.chances,
            self.night,
        ):
            view.set_theme(theme)
        self._blind.setStyleSheet(
            f"background: {theme.accent}; color: {theme.surface}; padding: 3px; font-weight: bold;"
        )
        self.identity.setStyleSheet(
            f"background: {theme.surface}; color: {theme.ink}; padding: 3px 8px;"
        )
        self._simulated.setStyleSheet(
            f"background: {theme.warning}; color: #14161A; padding: 3px; font-weight: bold;"
        )


class _Splitter(QSplitter):
    """Says when there is another height to divide."""

    resized = Signal()

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Vertical)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


def _column(*widgets: QWidget) -> QWidget:
    """Widgets below each other without any space, the last one as high as there is room."""
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for widget in widgets:
        layout.addWidget(widget)
    layout.setStretchFactor(widgets[-1], 1)
    return column
