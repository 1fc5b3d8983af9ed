"""The video of the night, where Qt Multimedia is installed."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.plain_text import PlainLabel, plain_tip
from sleepscorer.ui.views.epoch_panel import NoteField

_LEAST_HEIGHT_PX = 160


class VideoPanel(QWidget):
    """Shows a video; when it plays and where is decided elsewhere.

    Nothing of Qt Multimedia is loaded before there is a video.

    Attributes
    ----------
    start
        Where it is written when the video began.
    message
        Why there is no picture, or how the start was found.
    position_changed
        Emitted with the milliseconds of the video that are shown.
    start_written
        Emitted with what was written as the start.
    """

    position_changed = Signal(int)
    start_written = Signal(str)

    def __init__(self, play: QAction) -> None:
        super().__init__()
        self._player: Any = None
        self._screen: QWidget | None = None
        button = QToolButton()
        button.setDefaultAction(play)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.start = NoteField()
        self.start.setToolTip(plain_tip(tr("When the video began, or how many seconds after")))
        self.start.editingFinished.connect(self._on_written)
        self.message = PlainLabel()
        self.message.setWordWrap(True)
        line = QHBoxLayout()
        line.addWidget(button)
        line.addWidget(PlainLabel(tr("Begins at")))
        line.addWidget(self.start, 1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(6, 2, 6, 6)
        self._layout.addLayout(line)
        self._layout.addWidget(self.message)

    @property
    def is_playing(self) -> bool:
        """Whether it plays."""
        return self._player is not None and bool(self._player.isPlaying())

    def set_video(self, path: Path | None) -> None:
        """Load another video, or none."""
        if self._player is not None:
            self._player.stop()
            self._player.setSource(QUrl())
        self.message.clear()
        if path is None or not self._can_play():
            return
        self._player.setSource(QUrl.fromLocalFile(str(path)))

    def play(self, on: bool) -> None:
        """Play, or wait."""
        if self._player is not None:
            (self._player.play if on else self._player.pause)()

    def seek(self, position_ms: int) -> None:
        """Show another moment of the video, none before its beginning."""
        if self._player is not None:
            self._player.setPosition(max(position_ms, 0))

    def _can_play(self) -> bool:
        if self._player is not None:
            return True
        try:
            media = importlib.import_module("PySide6.QtMultimedia")
            widgets = importlib.import_module("PySide6.QtMultimediaWidgets")
        except ImportError:
            self.message.setText(
                tr(
                    "To see the video, install the extra “video” of SleepScorer: it brings Qt "
                    "Multimedia, which is not here."
                )
            )
            return False
        self._screen = widgets.QVideoWidget()
        self._screen.setMinimumHeight(_LEAST_HEIGHT_PX)
        self._screen.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._layout.insertWidget(0, self._screen, 1)
        self._player = media.QMediaPlayer(self)
        self._player.setVideoOutput(self._screen)
        self._player.positionChanged.connect(self.position_changed)
        self._player.errorOccurred.connect(self._on_error)
        return True

    def _on_error(self, _error: object, text: str) -> None:
        self.message.setText(tr("The video can't be shown: {reason}.").format(reason=text))

    def _on_written(self) -> None:
        if self.start.isModified():
            self.start.setModified(False)
            self.start_written.emit(self.start.text().strip())
