"""Starts the application."""

from __future__ import annotations

import importlib
import logging
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QSettings, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication

from sleepscorer import __version__
from sleepscorer.ui.base.language import chosen_language, speak, tr
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
    application = QApplication(sys.argv[:1])
    application.setApplicationName("SleepScorer")
    application.setOrganizationName("SleepScorer")
    application.setApplicationVersion(__version__)
    application.setStyle("Fusion")  # the same on every system, and it follows our palettes
    locations = QStandardPaths.StandardLocation
    cache_folder = Path(QStandardPaths.writableLocation(locations.CacheLocation))
    data_folder = Path(QStandardPaths.writableLocation(locations.AppLocalDataLocation))
    store = PreferenceStore(QSettings())
    speak(application, chosen_language(store.load().language))
    window = MainWindow(store, cache_folder, data_folder / "journals")
    sys.excepthook = _ErrorReport(window)
    window.show()
    # Once the window is on the screen, so that it is never waited for.
    QTimer.singleShot(0, lambda: _begin(window, path))
    return application.exec()


def _begin(window: MainWindow, path: Path | None) -> None:
    # The first page filters: what that needs is loaded while the technician looks for the file.
    window.tasks.submit(
        lambda _report: importlib.import_module("scipy.signal"),
        on_success=lambda _module: None,
        on_failure=window.files.failed.emit,
    )
    if path is not None:
        window.open_file(path)
    elif not window.recovery.offer_at_start():
        window.open_demo()


class _ErrorReport:
    """Tells the technician of a fault of the program; the work stays on the screen."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def __call__(
        self,
        kind: type[BaseException],
        error: BaseException,
        traceback: TracebackType | None,
    ) -> None:
        logger.critical("unexpected error", exc_info=(kind, error, traceback))
        self._window.messages.show_error(
            tr(
                "Something went wrong in SleepScorer ({error}). Your scoring is still here: save "
                "it (Ctrl+S), then start the program again."
            ).format(error=f"{kind.__name__}: {error}")
        )
