"""The middle of the window: messages, then the welcome page or the recording."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSizePolicy, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.pages import Pages
from sleepscorer.ui.base.plain_text import PlainLabel, plain_tip
from sleepscorer.ui.base.theme import Theme
from sleepscorer.ui.views.message_bar import MessageBar
from sleepscorer.ui.views.neighbours import Neighbours
from sleepscorer.ui.views.night import NightView
from sleepscorer.ui.views.night_overview import NightOverview
from sleepscorer.ui.views.traces import AXIS_WIDTH_PX, TracesView
from sleepscorer.ui.views.vote_strip import VoteStrip
from sleepscorer.ui.views.welcome import Welcome

_TRACES_SHARE, _NIGHT_SHARE = 11, 9


class Workspace(QWidget):
    """Traces above the night, under one line for messages.

    Attributes
    ----------
    messages, identity, welcome, traces, neighbours, overview, votes, night
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
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(_column(self.neighbours, self.traces))
        splitter.addWidget(_column(self.overview, self.votes, self.night))
        splitter.setStretchFactor(0, _TRACES_SHARE)
        splitter.setStretchFactor(1, _NIGHT_SHARE)
        splitter.setChildrenCollapsible(False)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.welcome)
        self._pages.addWidget(splitter)
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
