"""Pages of traces: what comes next is read while the technician looks, long pages in parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from sleepscorer.domain.errors import RecordingError
from sleepscorer.domain.montage import Trace
from sleepscorer.domain.recording import Recording
from sleepscorer.signals.overview import Extremes, overview_page, parts_of, read_extremes
from sleepscorer.signals.pages import TraceFilters, TracePage, read_page
from sleepscorer.ui.base.tasks import Progress, Result, Task, TaskRunner

LONGEST_READ_S = 120.0
"""Longer pages are drawn from extremes, which are computed off the GUI thread."""

# A page that is turned while the key is held must not wait for one that nobody will see.
_PAUSE_MS = 15
_REDRAW_MS = 150

_Key = tuple[tuple[float, float], tuple[int, ...], int]


class Pages(QObject):
    """Gives the pages of one recording and montage.

    Attributes
    ----------
    arrived
        Emitted when more of the page asked for last is there.
    failed
        Emitted with a `RecordingError` when a part of it can't be read.
    """

    arrived = Signal()
    failed = Signal(object)

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._recording: Recording | None = None
        self._traces: tuple[Trace, ...] = ()
        self._filters = TraceFilters()
        self._parts: dict[int, Extremes] = {}
        self._wanted: list[int] = []
        self._ahead: dict[_Key, tuple[TracePage, ...]] = {}
        self._last: _Key | None = None
        self._step_s = 0.0
        self._task: Task | None = None
        # Counted from when the page is painted: only then is there nothing left to do for it.
        self._painting = QTimer(self)
        self._painting.setSingleShot(True)
        self._painting.setInterval(0)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._painting.timeout.connect(self._pause.start)
        self._pause.timeout.connect(self._read_ahead)
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(_REDRAW_MS)
        self._redraw.timeout.connect(self.arrived)

    def beside(self) -> Pages:
        """Pages of another length of what is shown beside these."""
        return Pages(self._tasks, self.parent())

    def set_source(
        self, recording: Recording | None, traces: tuple[Trace, ...], filters: TraceFilters
    ) -> None:
        """Give pages of another recording or montage, or filtered in another way."""
        self._forget()
        self._recording, self._traces, self._filters = recording, traces, filters

    def page(
        self, page_s: tuple[float, float], shown: Sequence[int], n_columns: int
    ) -> tuple[TracePage, ...]:
        """Give the page of some traces, by their index, for a number of pixel columns.

        Raises
        ------
        RecordingError
            It can't be read.
        """
        if self._recording is None:
            return ()
        key = (page_s, tuple(shown), n_columns)
        if self._last is not None and page_s != self._last[0]:
            self._step_s = page_s[0] - self._last[0][0]
        self._last = key
        if page_s[1] - page_s[0] > LONGEST_READ_S:
            self._want_parts(page_s)
            return overview_page(self._parts, shown, page_s, n_columns)
        self._wanted = []
        page = self._ahead.pop(key, None)
        if page is None:
            traces = [self._traces[index] for index in shown]
            page = read_page(self._recording, traces, page_s, self._filters, n_columns)
        self._pause.stop()
        self._painting.start()
        return page

    def _forget(self) -> None:
        self._painting.stop()
        self._pause.stop()
        self._redraw.stop()
        self._parts.clear()
        self._ahead.clear()
        self._wanted = []
        self._last = None
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _read_ahead(self) -> None:
        """Read the page that follows in the direction in which pages were turned last."""
        if self._last is None or self._recording is None or self._task is not None:
            return
        (start_s, stop_s), shown, n_columns = self._last
        length_s = stop_s - start_s
        forwards = length_s if self._step_s >= 0 else -length_s
        next_s = (start_s + forwards, stop_s + forwards)
        key = (next_s, shown, n_columns)
        if key in self._ahead or next_s[0] < 0 or next_s[0] >= self._recording.duration_s:
            return
        recording, filters = self._recording, self._filters
        traces = [self._traces[index] for index in shown]

        def work(_report: Progress) -> tuple[TracePage, ...]:
            return read_page(recording, traces, next_s, filters, n_columns)

        def keep(page: tuple[TracePage, ...]) -> None:
            # Only the latest: each is as large as what is on the screen.
            self._ahead = {key: page}

        # What can't be read is told when that page is turned to.
        self._task = self._submit(work, keep, lambda _error: None)

    def _want_parts(self, page_s: tuple[float, float]) -> None:
        assert self._recording is not None
        visible = parts_of(*page_s)
        last = parts_of(0.0, self._recording.duration_s).stop
        beyond = range(visible.stop, min(visible.stop + len(visible), last))
        self._wanted = [part for part in (*visible, *beyond) if part not in self._parts]
        self._read_part()

    def _read_part(self) -> None:
        if not self._wanted or self._recording is None or self._task is not None:
            return
        part = self._wanted.pop(0)
        recording, traces, filters = self._recording, self._traces, self._filters

        def work(_report: Progress) -> Extremes:
            return read_extremes(recording, traces, part, filters)

        def keep(extremes: Extremes) -> None:
            self._parts[part] = extremes
            is_visible = self._last is not None and part in parts_of(*self._last[0])
            if is_visible and not self._redraw.isActive():
                # Several parts of a night are drawn at once, the last one of a page without delay.
                self._redraw.start(_REDRAW_MS if self._wanted else 0)

        def give_up(error: Exception) -> None:
            self._wanted = []
            if not isinstance(error, RecordingError):
                raise error
            self.failed.emit(error)

        self._task = self._submit(work, keep, give_up)

    def _submit(
        self,
        work: Callable[[Progress], Result],
        on_success: Callable[[Result], None],
        on_failure: Callable[[Exception], None],
    ) -> Task:
        def finish() -> None:
            if self._task is task:
                self._task = None
                self._read_part()

        task = self._tasks.submit(
            work, on_success=on_success, on_failure=on_failure, on_finish=finish
        )
        return task
