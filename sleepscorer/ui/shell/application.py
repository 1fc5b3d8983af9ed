"""Starts the application."""

from __future__ import annotations

import importlib
import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent, QObject, QSettings, QStandardPaths, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication

from resources import ICON_PATH
from sleepscorer import __version__
from sleepscorer.ui.base.language import chosen_language, speak, tr
from sleepscorer.ui.base.memory import collecting_here
from sleepscorer.ui.base.preferences import PreferenceStore
from sleepscorer.ui.shell.main_window import MainWindow

logger = logging.getLogger(__name__)


def run(path: Path | None) -> int:
    """Show the window until it is closed.

    Parameters
    ----------
    path
        Recording or session to open; the demo without.

    Returns
    -------
    exit_status
        0 when the window was closed.
    """
    application = Application(sys.argv[:1])
    application.setApplicationName("SleepScorer")
    application.setOrganizationName("SleepScorer")
    application.setApplicationVersion(__version__)
    application.setWindowIcon(QIcon(str(ICON_PATH)))
    application.setDesktopFileName("sleepscorer")  # by which Wayland finds the same icon
    application.setStyle("Fusion")  # the same on every system, and it follows our palettes
    locations = QStandardPaths.StandardLocation
    cache_folder = Path(QStandardPaths.writableLocation(locations.CacheLocation))
    data_folder = Path(QStandardPaths.writableLocation(locations.AppLocalDataLocation))
    store = PreferenceStore(QSettings())
    speak(application, chosen_language(store.load().language))
    window = MainWindow(store, cache_folder, data_folder / "journals")
    report = ErrorReport(window)
    sys.excepthook = report
    threading.excepthook = report.of_thread
    # Else a first night would not have the room that there is.
    window.showMaximized() if window.panels.is_first_start else window.show()
    application.handed.connect(lambda file: window.open_file(Path(file)))
    # Once the window is on the screen, so that it is never waited for.
    QTimer.singleShot(0, lambda: _begin(window, path, has_other=application.was_handed))
    with collecting_here():
        return application.exec()


class Application(QApplication):
    """Hears of files that the system hands over: macOS names none on the command line.

    Attributes
    ----------
    handed
        Emitted with the path of one.
    """

    handed = Signal(str)

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self._was_handed = False

    def was_handed(self) -> bool:
        """Whether there was one."""
        return self._was_handed

    def event(self, event: QEvent) -> bool:  # noqa: D102
        if isinstance(event, QFileOpenEvent) and event.file():
            self._was_handed = True
            self.handed.emit(event.file())
            return True
        return super().event(event)


def _begin(window: MainWindow, path: Path | None, *, has_other: Callable[[], bool]) -> None:
    # The first page filters: what that needs is loaded while the technician looks for the file.
    window.tasks.submit(
        lambda _report: importlib.import_module("scipy.signal"),
        on_success=lambda _module: None,
        on_failure=window.files.failed.emit,
    )
    if path is not None:
        window.open_file(path)
        return
    if has_other():
        return
    try:
        is_offered = window.recovery.offer_at_start()
    except Exception as error:  # noqa: BLE001  nothing that lies about keeps the window empty
        sys.excepthook(type(error), error, error.__traceback__)
        is_offered = False
    if not is_offered:
        window.files.opened.connect(window.offer_tour, Qt.ConnectionType.SingleShotConnection)
        window.open_demo()


class ErrorReport(QObject):
    """Tells the technician of a fault of the program; the work stays on the screen.

    It may be called on any thread: what is shown is shown on the window's.
    """

    _caught = Signal(str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._caught.connect(self._show)

    def __call__(
        self,
        kind: type[BaseException],
        error: BaseException,
        traceback: TracebackType | None,
    ) -> None:
        """Tell of a fault that nobody caught."""
        logger.critical("unexpected error", exc_info=(kind, error, traceback))
        self._caught.emit(f"{kind.__name__}: {error}")

    def of_thread(self, caught: threading.ExceptHookArgs) -> None:
        """Tell of a fault that ended a thread."""
        if caught.exc_value is not None:
            self(caught.exc_type, caught.exc_value, caught.exc_traceback)

    @Slot(str)
    def _show(self, error: str) -> None:
        self._window.messages.show_error(
            tr(
                "Something went wrong in SleepScorer ({error}). Your scoring is still here: save "
                "it (Ctrl+S), then start the program again."
            ).format(error=error)
        )
