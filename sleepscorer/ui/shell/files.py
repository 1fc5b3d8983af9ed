"""Opening, saving and exporting; nothing is lost without the technician's word."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from sleepscorer.demo import demo_recording
from sleepscorer.domain.errors import RecordingError, ScoringError, SleepScorerError
from sleepscorer.domain.scored_recording import RecordingIdentity
from sleepscorer.file_questions import absolute, at_once
from sleepscorer.io.scoring_formats import is_scoring
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.tasks import Progress, Task, TaskRunner
from sleepscorer.ui.dialogs.dialogs import Answer, Dialogs, GivenUpError
from sleepscorer.ui.night.document import Document, OpenedFile


class Files(QObject):
    """What the File menu does.

    Attributes
    ----------
    finished
        Emitted when opening ends in whatever way, cancelling included.
    closing
        Emitted before it is asked about unsaved changes.
    opened
        Emitted with an `OpenedFile` that takes the place of the document.
    failed
        Emitted with the exception when something could not be done.
    saved
        Emitted with the path of a saved session.
    scoring_found
        Emitted with a file that could not be opened, since it holds a scoring and no recording.
    """

    finished = Signal()
    closing = Signal()
    opened = Signal(object)
    failed = Signal(object)
    saved = Signal(Path)
    scoring_found = Signal(Path)

    def __init__(
        self,
        document: Callable[[], Document | None],
        window: QWidget,
        tasks: TaskRunner,
        dialogs: Dialogs,
        demo_folder: Path,
        names_files: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._names_files = names_files
        self._window = window
        self._tasks = tasks
        self._dialogs = dialogs
        self._demo_folder = demo_folder
        self._document = document
        self._opening: Task | None = None
        self._waiting: OpenedFile | None = None
        window.installEventFilter(self)

    def choose_and_open(self, folder: Path) -> None:
        """Ask for a file, beginning in a folder, and open it."""
        path = self._dialogs.file_to_open(self._window, folder)
        if path is not None:
            self.open(path)

    def open(self, path: Path) -> None:
        """Open a recording or a session in the background."""
        path = absolute(path)  # it is remembered and written down for another working folder

        def on_failure(error: Exception) -> None:
            self.failed.emit(error)
            self._look_for_scoring(path)

        text = tr("Opening the recording")
        if self._names_files():
            text = tr("Opening {file}").format(file=path.name)
        self._start(text, lambda _report: OpenedFile(path), on_failure)

    def open_demo(self) -> None:
        """Open the simulated recording, which is made when it is first asked for."""
        folder = self._demo_folder
        self._start(
            tr("Opening the demo"),
            lambda report: OpenedFile(demo_recording(folder, report)),
            self.failed.emit,
        )

    def cancel(self) -> None:
        """Stop opening, if that is under way."""
        if self._waiting is not None:
            self._waiting.recording.close()
            self._waiting = None
        if self._opening is not None:
            self._opening.cancel()
            self._opening = None
            self.finished.emit()

    def may_close(self, *, is_end: bool = True) -> bool:
        """Whether nothing would be lost, after asking where work runs or changes are unsaved.

        Parameters
        ----------
        is_end
            Whether the window closes; else another recording takes the place of what is open.
        """
        self.closing.emit()
        running = {
            task: text
            for task, text in self._tasks.shown_tasks.items()
            if task is not self._opening and (is_end or not task.outlasts_recording)
        }
        paused = tuple(text for task, text in running.items() if task.goes_on)
        stopped = tuple(text for task, text in running.items() if not task.goes_on)
        if running and not self._dialogs.may_stop(self._window, stopped, paused):
            return False
        if not self._has_nothing_to_lose():
            return False
        for task in running:
            task.cancel()
        return True

    def _has_nothing_to_lose(self) -> bool:
        document = self._document()
        if document is None or not document.has_unsaved_changes:
            return True
        name = document.recording.path.name if self._names_files() else tr("this recording")
        answer = self._dialogs.about_unsaved_work(self._window, name)
        return answer is Answer.DISCARD or (answer is Answer.SAVE and self.save())

    def save(self) -> bool:
        """Save the session where it was saved before; False when it was not saved."""
        document = self._document()
        if document is None or document.session_path is None:
            return self.save_as()
        return self._save_to(document, document.session_path)

    def save_as(self) -> bool:
        """Ask where to save the session; False when it was not saved."""
        document = self._document()
        if document is None:
            return False
        proposal = document.proposed_path
        path = self._dialogs.file_to_write(self._window, proposal, tr("SleepScorer session"))
        return path is not None and self._save_to(document, path)

    def _look_for_scoring(self, path: Path) -> None:
        """Find out whether what is no recording can be imported into the one that is open."""
        document = self._document()
        if document is None:
            return
        identity = RecordingIdentity.of(document.recording)

        def on_read(can_be_imported: bool) -> None:
            if can_be_imported and self._document() is document:
                self.scoring_found.emit(path)

        self._tasks.submit(
            lambda _report: is_scoring(path, identity),
            on_success=on_read,
            on_failure=self.failed.emit,
        )

    def _start(
        self,
        text: str,
        work: Callable[[Progress], OpenedFile],
        on_failure: Callable[[Exception], None],
    ) -> None:
        self.cancel()

        def on_finish() -> None:
            if self._opening is task:
                self._opening = None
                self.finished.emit()

        task = self._tasks.submit(
            work,
            on_success=self._on_opened,
            on_failure=on_failure,
            on_finish=on_finish,
            too_late=lambda opened: opened.recording.close(),
            shown_as=text,
            is_for_files=True,
        )
        self._opening = task

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if event.type() is QEvent.Type.WindowUnblocked and self._waiting is not None:
            # Not yet: whoever showed the dialog acts on its answer first.
            QTimer.singleShot(0, self, self._take_waiting)
        return super().eventFilter(watched, event)

    def _on_opened(self, opened: OpenedFile) -> None:
        self._waiting = opened
        self._take_waiting()

    def _take_waiting(self) -> None:
        """Let what was opened take its place, unless a dialog about what is open is shown."""
        if self._waiting is None or QApplication.activeModalWidget() is not None:
            return
        opened, self._waiting = self._waiting, None
        # Asked now and not before: the technician may have scored on in the meantime.
        if self.may_close(is_end=False):
            self.opened.emit(opened)
        else:
            opened.recording.close()

    def _save_to(self, document: Document, path: Path) -> bool:
        waiting = partial(self._dialogs.wait_for, self._window, tr("Saving the session"))
        try:
            document.save(path, waiting)
        except GivenUpError:
            self.failed.emit(
                ScoringError(
                    "The session was not saved: its folder did not answer until that was given up. "
                    "Your work is open here and kept on this computer, also for the next start; "
                    "save it elsewhere with File > Save session as."
                )
            )
            return False
        except SleepScorerError as error:
            self.failed.emit(error)
            return False
        self.saved.emit(path)
        # The work is saved whatever became of the recording, but it is said.
        change = at_once(document.recording.change_on_disk, otherwise="")
        if change:
            self.failed.emit(RecordingError(change))
        return True
