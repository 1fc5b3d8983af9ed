"""Shows and exports who changed which stage, and when."""

from __future__ import annotations

from collections.abc import Callable

from sleepscorer.domain.provenance import text_of
from sleepscorer.domain.scored_recording import RecordingIdentity
from sleepscorer.domain.texts import file_name
from sleepscorer.io.atomic import write_text
from sleepscorer.io.history import StageChange, history_csv
from sleepscorer.report.history_page import history_page
from sleepscorer.ui.base.language import tr, wording
from sleepscorer.ui.base.tasks import Progress
from sleepscorer.ui.night.desk import Desk
from sleepscorer.ui.night.document import Document
from sleepscorer.ui.night.lifetime import Lifetime


class History:
    """Answers for every stage of the document."""

    def __init__(self, document: Document, life: Lifetime, desk: Desk) -> None:
        self._document = document
        self._life = life
        self._desk = desk

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action on the history does, by its id."""
        return {"edit.history": self.show_epoch, "edit.export_history": self.export}

    def show_epoch(self) -> None:
        """Show the changes of the current epoch."""
        desk, epoch = self._desk, self._desk.viewport.epoch
        score = self._document.scoring[epoch]
        now = " – ".join(
            filter(None, (score.stage.label or tr("unscored"), tr(text_of(score.source))))
        )

        def show(changes: tuple[StageChange, ...]) -> None:
            page = history_page(
                epoch, [one for one in changes if one.epoch == epoch], now, wording()
            )
            desk.dialogs.show_page(desk.window, tr("History of this epoch"), page)

        # The journals of a month may be many: they are read off the GUI thread.
        self._life.submit(
            lambda _report: self._changes(), on_success=show, on_failure=self._desk.fail
        )

    def export(self) -> None:
        """Ask where to write all changes of the night as CSV, and write them."""
        desk, document = self._desk, self._document
        proposal = document.beside(file_name(document.recording.path.stem, "-history.csv"))
        chosen = desk.dialogs.file_to_write(desk.window, proposal, tr("History of the stages"))
        if chosen is None:
            return

        def write(_report: Progress) -> None:
            write_text(chosen, history_csv(self._changes()))

        self._life.submit(
            write,
            on_success=lambda _: desk.say(desk.exported(chosen)),
            on_failure=desk.fail,
            shown_as=desk.writing(chosen),
            is_for_files=True,
        )

    def _changes(self) -> tuple[StageChange, ...]:
        return self._desk.journals.history(RecordingIdentity.of(self._document.recording))
