"""Shows and exports who changed which stage, and when."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sleepscorer.domain.scored_recording import RecordingIdentity
from sleepscorer.domain.texts import file_name
from sleepscorer.io.atomic import write_text
from sleepscorer.io.history import StageChange, history_csv
from sleepscorer.report.history_page import history_page
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.tasks import Progress, TaskRunner
from sleepscorer.ui.base.viewport import Viewport
from sleepscorer.ui.dialogs.dialogs import Dialogs
from sleepscorer.ui.night.current_document import CurrentDocument
from sleepscorer.ui.night.journals import Journals


class History(QObject):
    """Answers for every stage of the document.

    Attributes
    ----------
    said
        Emitted with a sentence about what was done.
    failed
        Emitted with a `SleepScorerError`.
    """

    said = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        current: CurrentDocument,
        journals: Journals,
        tasks: TaskRunner,
        viewport: Viewport,
        dialogs: Dialogs,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._current = current
        self._window = window
        self._journals = journals
        self._tasks = tasks
        self._viewport = viewport
        self._dialogs = dialogs

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action on the history does, by its id."""
        return {"edit.history": self.show_epoch, "edit.export_history": self.export}

    def show_epoch(self) -> None:
        """Show the changes of the current epoch."""
        epoch = self._viewport.epoch
        score = self._current.opened.scoring[epoch]
        now = " – ".join(filter(None, (score.stage.label or tr("unscored"), score.source)))
        document = self._current.opened
        identity = RecordingIdentity.of(document.recording)

        def show(changes: tuple[StageChange, ...]) -> None:
            if document is self._current.document:  # no other was opened meanwhile
                page = history_page(epoch, [one for one in changes if one.epoch == epoch], now)
                self._dialogs.show_page(self._window, tr("History of this epoch"), page)

        # The journals of a month may be many: they are read off the GUI thread.
        self._tasks.submit(
            lambda _report: self._journals.history(identity),
            on_success=show,
            on_failure=self.failed.emit,
        )

    def export(self) -> None:
        """Ask where to write all changes of the night as CSV, and write them."""
        document = self._current.opened
        proposal = document.beside(file_name(document.recording.path.stem, "-history.csv"))
        chosen = self._dialogs.file_to_write(self._window, proposal, tr("History of the stages"))
        if chosen is None:
            return
        identity = RecordingIdentity.of(document.recording)

        def write(_report: Progress) -> None:
            write_text(chosen, history_csv(self._journals.history(identity)))

        self._tasks.submit(
            write,
            on_success=lambda _: self.said.emit(tr("Exported {path}.").format(path=chosen)),
            on_failure=self.failed.emit,
            shown_as=tr("Writing {file}").format(file=chosen.name),
        )
