"""Offers of work that lies about: changes a program that ended abruptly left, saved sessions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sleepscorer.file_questions import files_at_once
from sleepscorer.io.journal_folder import UnfinishedWork
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.dialogs.dialogs import Dialogs
from sleepscorer.ui.dialogs.unsaved_dialog import UnsavedRow
from sleepscorer.ui.night.journals import Journals
from sleepscorer.ui.views.message_bar import Choice, Message, MessageBar, MessageKind


class Recovery(QObject):
    """Says in the message bar what can be taken up again; nothing is taken up unasked.

    Attributes
    ----------
    file_wanted
        Emitted with a file that the technician takes up.
    work_restored
        Emitted with the `UnfinishedWork` that the technician takes up.
    """

    file_wanted = Signal(object)
    work_restored = Signal(object)

    def __init__(
        self,
        journals: Journals,
        messages: MessageBar,
        dialogs: Dialogs,
        window: QWidget,
        names_files: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._names_files = names_files
        self._journals = journals
        self._messages = messages
        self._dialogs = dialogs
        self._window = window
        self._wanted: Path | None = None

    def offer_at_start(self) -> bool:
        """Offer the latest work that was neither saved nor given up.

        Returns
        -------
        offered
            Whether there is any.
        """
        out_of_reach = None
        for work in self._journals.unfinished():
            if any(files_at_once([work.source])):
                offer = Choice(tr("Restore it"), partial(self._restore_from, work))
                self._offer(self._lost_text(work), offer, work, outlasts_recording=True)
                return True
            out_of_reach = out_of_reach or work
        if out_of_reach is not None:
            where = tr("It can't be found now; File > Unsaved work keeps it.")
            if self._names_files():
                where = tr("{file} can't be found now; File > Unsaved work keeps it.").format(
                    file=out_of_reach.source
                )
            text = f"{self._lost_text(out_of_reach)} {where}"
            self._messages.show_message(Message(text, MessageKind.REMARK, outlasts_recording=True))
        return False

    def show_all(self) -> None:
        """List all work that was neither saved nor given up, until one is opened or none."""
        while True:
            works = list(self._journals.unfinished())
            unreadable = self._journals.unreadable()
            if not works and not unreadable:
                self._messages.show_remark(tr("There is no unsaved work from earlier."))
                return
            rows = [
                *(UnsavedRow(f"{work.source}\n{_lost_text(work)}", True) for work in works),
                *(UnsavedRow(_unreadable_text(path), False) for path in unreadable),
            ]
            choice = self._dialogs.unsaved_work(self._window, rows)
            if choice is None:
                return
            if not choice.is_given_up:
                self._restore_from(works[choice.row])
                return
            paths = [*(work.journal_path for work in works), *unreadable]
            if self._may_discard(rows[choice.row].text):
                self._journals.finish(paths[choice.row])

    def offer_unfinished(self, work: UnfinishedWork, file_name: str) -> None:
        """Offer work on the recording that is open; what was asked for is restored at once.

        Parameters
        ----------
        work
            The work.
        file_name
            Name of the recording's file. Where the work was on another name, the technician has
            to know: nights without a date can be alike in all else.
        """

        def restore() -> None:
            self.work_restored.emit(work)
            self._journals.finish(work.journal_path)

        wanted, self._wanted = self._wanted, None
        is_renamed = work.recording.file_name != file_name
        if work.journal_path == wanted and not is_renamed:
            restore()
            if work.n_missing:
                self._messages.show_remark(_missing_text(work))
            return
        text = self._lost_text(work)
        if is_renamed:
            doubt = tr(
                "The file that is open now, {file}, is as long, begins at the same time and has "
                "the same channels: restore the work only if it is that night, renamed."
            ).format(file=file_name if self._names_files() else tr("of another name"))
            text = f"{text} {doubt}"
        self._offer(text, Choice(tr("Restore it"), restore), work, outlasts_recording=False)

    def _restore_from(self, work: UnfinishedWork) -> None:
        """Open what work was on, to restore it there."""
        self._wanted = work.journal_path
        self.file_wanted.emit(work.source)

    def offer_session(self, path: Path) -> None:
        """Offer a session that lies beside the recording that is open."""
        text = tr("A saved session of this recording lies beside it.")
        if self._names_files():
            text = tr("A saved session of this recording lies beside it: {file}.").format(
                file=path.name
            )
        offer = Choice(tr("Open it"), partial(self.file_wanted.emit, path))
        self._messages.show_message(Message(text, MessageKind.REMARK, offer))

    def _offer(
        self, text: str, offer: Choice, work: UnfinishedWork, *, outlasts_recording: bool
    ) -> None:
        """Offer work until the technician says what becomes of it."""

        def discard() -> None:
            if self._may_discard(self._lost_text(work)):
                self._journals.finish(work.journal_path)
            else:
                self._messages.show_message(message)

        refusal = Choice(tr("Discard"), discard)
        message = Message(text, MessageKind.REMARK, offer, refusal, outlasts_recording)
        self._messages.show_message(message)

    def _lost_text(self, work: UnfinishedWork) -> str:
        """What was lost; of which file only where that may be seen."""
        return _lost_text(work, named=self._names_files())

    def _may_discard(self, lost: str) -> bool:
        """Ask, since the button beside it restores and nothing brings the work back."""
        text = tr("{lost} Once discarded, it is not offered again.").format(lost=lost)
        return self._dialogs.may_remove(self._window, text)


def _lost_text(work: UnfinishedWork, *, named: bool = True) -> str:
    file = work.recording.file_name if named else tr("a recording")
    text = tr(
        "Work on {file} was not saved when the program ended (%n change(s), the last one {when}).",
        None,
        work.n_changes,
    ).format(file=file, when=f"{work.last_change:%Y-%m-%d %H:%M}")
    if not work.n_missing:
        return text
    return f"{text} {_missing_text(work)}"


def _missing_text(work: UnfinishedWork) -> str:
    return tr(
        "The journal is damaged: at least %n more change(s) can't be restored; look through the "
        "night before you save it.",
        None,
        work.n_missing,
    )


def _unreadable_text(journal_path: Path) -> str:
    return tr(
        "{file}\nThis journal is damaged at its beginning; nothing can be restored from it."
    ).format(file=journal_path)
