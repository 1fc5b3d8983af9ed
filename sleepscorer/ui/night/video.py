"""The video of the night in step with its pages."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLineEdit, QWidget

from sleepscorer.domain.clock_times import parse_time, time_text
from sleepscorer.domain.recording import Recording
from sleepscorer.io.videos import offset_s, start_in_name, video_beside
from sleepscorer.ui.base.language import number, tr
from sleepscorer.ui.night.desk import Desk
from sleepscorer.ui.night.lifetime import Lifetime
from sleepscorer.ui.night.sight import Sight
from sleepscorer.ui.views.epoch_panel import NoteField

_BEFORE_S = 12 * 3600.0
"""How long before the recording a video may have begun."""


class Video(QObject):
    """Shows the moment of the video at which the page begins, and follows it while it plays.

    It turns no page while a menu or dialog is open, something is dragged or typed: what is chosen,
    marked or written then is meant for the page that is seen, and a field that lost the focus would
    leave the rest of a word to the keys that score.

    Who scores blind, or hides who it is, sees no video: it shows a face.

    Attributes
    ----------
    changed
        Emitted when there is a video to be seen, or none any more.
    """

    changed = Signal()

    def __init__(self, recording: Recording, sight: Sight, life: Lifetime, desk: Desk) -> None:
        super().__init__(sight)
        self._recording = recording
        self._sight = sight
        self._life = life
        self._desk = desk
        self._path: Path | None = None
        self._offset_s = 0.0
        self._is_shown = self._follows = False
        self._page_s = -1.0
        life.connect(desk.video.position_changed, self._on_position)
        life.connect(desk.video.start_written, self._on_start_written)
        sight.changed.connect(self.show_sight)

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action on the video does, by its id."""
        return {"view.video": self._choose, "view.play_video": self._play}

    @property
    def is_shown(self) -> bool:
        """Whether there is a video that may be seen."""
        return self._is_shown

    def find(self) -> None:
        """Take the video that lies beside the recording, where nobody chose another one."""
        self._set(None)
        path = self._recording.path  # the folder may be on a share that does not answer
        self._life.submit(
            lambda _report: video_beside(path),
            on_success=lambda found: None if self._path else self._set(found),
            on_failure=self._desk.fail,
        )

    def show_sight(self) -> None:
        """Show the video, or hide it from whoever is not to know who it is."""
        is_hidden = self._sight.is_blind or self._desk.preferences().hides_identity
        is_shown = self._path is not None and not is_hidden
        if is_shown == self._is_shown:
            return
        self._is_shown = is_shown
        self._desk.video.set_video(self._path if is_shown else None)
        self._desk.workspace.traces.show_cursor(None)
        if is_shown:
            self._page_s = -1.0
            self.show_page()
        self.changed.emit()

    def show_page(self) -> None:
        """Go to the start of the page, unless the video turned it."""
        page_s = self._desk.viewport.page_s[0]
        if self._is_shown and not self._follows and page_s != self._page_s:
            self._desk.video.seek(round((page_s - self._offset_s) * 1000))
        self._page_s = page_s

    def _set(self, path: Path | None) -> None:
        self._path, self._is_shown = path, False
        self._desk.video.set_video(None)  # that of the night before
        self._desk.workspace.traces.show_cursor(None)
        if path is None:
            return
        recording, named = self._recording, start_in_name(path.name)
        offset = None
        if named is not None and recording.start is not None:
            offset = offset_s(named, recording.start, recording.duration_s)
        self._offset_s = offset or 0.0
        self.show_sight()
        self._show_start()
        message = self._desk.video.message
        if self._is_shown and not message.text() and offset is None:
            message.setText(
                tr(
                    "The file's name does not say when the video began: it is taken to begin with "
                    "the recording."
                )
            )

    def _show_start(self) -> None:
        start = self._recording.start
        text = number(self._offset_s, "g") if start is None else time_text(self._offset_s, start)
        self._desk.video.start.setText(text)

    def _on_start_written(self, text: str) -> None:
        """Take over a time of day, or seconds from the start of the recording."""
        try:
            self._offset_s = self._offset_of(text)
        except ValueError as error:
            self._desk.say(tr(error))
        else:
            self._desk.video.message.clear()
        self._show_start()
        self._page_s = -1.0
        self.show_page()

    def _offset_of(self, text: str) -> float:
        recording = self._recording
        with suppress(ValueError):
            seconds = float(text.replace(",", "."))
            if math.isfinite(seconds):
                return seconds
        return parse_time(text, recording.start, recording.duration_s, before_s=_BEFORE_S)

    def _choose(self) -> None:
        path = self._desk.dialogs.video(self._desk.window, self._recording.path.parent)
        if path is not None:
            self._set(path)
            if not self._is_shown:
                self._desk.say(tr("The video is hidden as long as nobody is to see who it is."))

    def _play(self) -> None:
        if self._is_shown:
            self._desk.video.play(not self._desk.video.is_playing)

    def _on_position(self, position_ms: int) -> None:
        """Move the cursor over the page; turn it while the video plays."""
        if not self._is_shown:
            return
        time_s, viewport = position_ms / 1000 + self._offset_s, self._desk.viewport
        if self._desk.video.is_playing and 0 <= time_s < self._recording.duration_s:
            start_s, stop_s = viewport.page_s
            if not start_s <= time_s < stop_s and not _hands_are_busy():
                self._follows = True
                viewport.go_to_time(time_s)
                self._follows = False
        self._desk.workspace.traces.show_cursor(time_s)


def _hands_are_busy() -> bool:
    """Whether something is chosen, dragged or typed just now."""
    if QApplication.activePopupWidget() or QApplication.activeModalWidget():
        return True
    if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
        return True
    field = QApplication.focusWidget()
    return isinstance(field, NoteField) or (
        isinstance(field, QLineEdit | QComboBox)
        and any(isinstance(one, QAbstractItemView) for one in _around(field))
    )


def _around(widget: QWidget) -> Iterator[QWidget]:
    """All that a widget lies in."""
    while (outer := widget.parentWidget()) is not None:
        yield outer
        widget = outer
