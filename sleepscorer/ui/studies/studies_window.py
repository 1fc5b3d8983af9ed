"""The window of the study list: nights with their status, filtered, sorted, opened, staged."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from sleepscorer.file_questions import home
from sleepscorer.studies.facts import Status
from sleepscorer.studies.nights import Night, StudyFolder
from sleepscorer.studies.staging import Staging
from sleepscorer.ui.base.language import number, tr
from sleepscorer.ui.base.plain_text import PlainLabel, WrappedLabel, plain_tip
from sleepscorer.ui.base.tasks import PER_CENT_DONE
from sleepscorer.ui.dialogs.dialogs import Dialogs
from sleepscorer.ui.studies.studies import Studies
from sleepscorer.ui.studies.table import Column, StudyFilter, StudyTable, status_text
from sleepscorer.ui.views.drop_hint import DropHint, accept_as_copy

_PAUSE_MS = 60  # rows that are scrolled past are not looked at
_WIDTHS = {
    Column.NIGHT: "subject-0000-night-0.edf",
    Column.FOLDER: "archive/2026/march",
    Column.STATUS: "◑ signed off twice",
    Column.PATIENT: "Jane Doe · K-017",
    Column.START: "2026-03-01 22:15",
    Column.LENGTH: "00 h 00 min",
    Column.SCORER: "Anna Berger",
    Column.CORRECTED: "Corrected ▾",
}
"""Texts that are as wide as the columns."""


class StudiesWindow(QDialog):
    """Shows the nights of all folders; it looks only at those that can be seen.

    Parameters
    ----------
    parent
        Over which it is shown.
    studies
        Does the work.
    dialogs
        Asks for folders.
    open_next
        Opens the next night, from the main window, too.
    """

    def __init__(
        self,
        parent: QWidget,
        studies: Studies,
        dialogs: Dialogs,
        open_next: QAction,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Study list"))
        self.resize(1180, 640)
        self.setAcceptDrops(True)
        self.drop_hint = DropHint(tr("Drop it to list the nights in it"), self)
        self.addAction(open_next)  # its key goes here, too
        self._studies, self._dialogs = studies, dialogs
        self.model = StudyTable(studies, self)
        self.shown = StudyFilter(self.model, self)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Words of name, patient, scorer, status"))
        self.search.setClearButtonEnabled(True)
        self.search.setAcceptDrops(False)  # what is dropped is for the list
        self.status = QComboBox()
        self.status.addItem(tr("Every status"), None)
        for status in Status:
            self.status.addItem(status_text(status), status)
        self.folder = QComboBox()
        self.folder.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.table = _NightTable(self.shown)
        self.summary = PlainLabel()
        self.message = WrappedLabel()
        self.message.hide()
        self.progress = QProgressBar()
        self.progress.setFormat(PER_CENT_DONE)
        self.progress.setFixedWidth(220)
        self.about_progress = PlainLabel()
        self.cancel_button = QPushButton(tr("Cancel"))
        self.add_button = QPushButton(tr("Add a folder…"))
        self.remove_button = QPushButton(tr("Remove from the list"))
        self.sessions_button = QPushButton(tr("Keep sessions in…"))
        self.sessions_button.setToolTip(
            plain_tip(
                tr(
                    "Where sessions of this folder are kept and nights are staged into, if not "
                    "beside the recordings"
                )
            )
        )
        self.again_button = QPushButton(tr("Look again"))
        self.open_button = QPushButton(tr("Open"))
        self.next_button = QPushButton(tr("Open the next"))
        key = open_next.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.next_button.setToolTip(plain_tip(key))
        self.stage_button = QPushButton(tr("Stage the chosen"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(studies.look)
        self._lay_out()
        self._connect(open_next)
        self._show_folders()
        self._show_state()

    def open(self) -> None:
        """Show it, with what is there now."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.search.setFocus()
        self._studies.wanted = self._wanted
        if not self._studies.is_searching:
            self._studies.search()
        self._look()

    def set_hides_identity(self, hides: bool) -> None:
        """Show or hide whose nights they are."""
        if hides and not self.model.hides_identity:
            self.say("")  # it may name a folder
        self.model.set_hides_identity(hides)
        for column in (Column.PATIENT, Column.FOLDER):
            self.table.setColumnHidden(column, hides)
        self.folder.setVisible(not hides)

    def say(self, text: str) -> None:
        """Say what was done or went wrong."""
        self.message.setText(text)
        self.message.setVisible(bool(text))

    @property
    def nights(self) -> list[Night]:
        """The nights that are shown, in their order."""
        return self.shown.nights()

    @property
    def chosen(self) -> list[Night]:
        """The nights whose rows are selected, in their order."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.shown.night(row) for row in rows]

    # Qt

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: D102
        urls = event.mimeData().urls()
        if urls and all(url.isLocalFile() for url in urls):
            accept_as_copy(event)
            self.drop_hint.appear()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: D102
        self.drop_hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: D102
        self.drop_hint.hide()
        accept_as_copy(event)
        for url in event.mimeData().urls():
            self._studies.add_folder(Path(url.toLocalFile()))

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: D102
        self._pause.stop()
        super().hideEvent(event)

    # How

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.addWidget(self.search, 1)
        above.addWidget(self.status)
        above.addWidget(self.folder)
        folders = QHBoxLayout()
        for button in (
            self.add_button,
            self.remove_button,
            self.sessions_button,
            self.again_button,
        ):
            folders.addWidget(button)
        folders.addStretch(1)
        folders.addWidget(self.summary)
        work = QHBoxLayout()
        for widget in (self.about_progress, self.progress, self.cancel_button):
            work.addWidget(widget)
        work.addStretch(1)
        for button in (self.stage_button, self.open_button, self.next_button):
            work.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addLayout(above)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.message)
        layout.addLayout(folders)
        layout.addLayout(work)
        for child in self.findChildren(QPushButton):
            child.setAutoDefault(False)  # Return opens a night

    def _connect(self, open_next: QAction) -> None:
        studies = self._studies
        self.search.textChanged.connect(lambda _text: self._filter())
        self.status.currentIndexChanged.connect(lambda _index: self._filter())
        self.folder.currentIndexChanged.connect(lambda _index: self._filter())
        self.search.returnPressed.connect(self.table.setFocus)
        self.table.opened.connect(self._open)
        self.table.resized.connect(self._look)
        self.table.verticalScrollBar().valueChanged.connect(lambda _value: self._look())
        self.table.selectionModel().selectionChanged.connect(lambda _new, _old: self._show_state())
        self.shown.layoutChanged.connect(self._on_rows_changed)
        self.shown.rowsInserted.connect(lambda *_: self._on_rows_changed())
        self.shown.rowsRemoved.connect(lambda *_: self._on_rows_changed())
        self.shown.modelReset.connect(self._on_rows_changed)
        studies.learnt.connect(lambda _paths: self._show_summary())
        studies.changed.connect(self._on_changed)
        studies.progressed.connect(self._show_progress)
        studies.said.connect(self.say)
        studies.failed.connect(lambda error: self.say(tr(error)))
        self.add_button.clicked.connect(lambda _checked: self._add())
        self.remove_button.clicked.connect(lambda _checked: self._remove())
        self.sessions_button.clicked.connect(lambda _checked: self._choose_sessions())
        self.again_button.clicked.connect(lambda _checked: studies.search())
        self.open_button.clicked.connect(lambda _checked: self._open())
        self.next_button.clicked.connect(lambda _checked: open_next.trigger())
        self.stage_button.clicked.connect(lambda _checked: studies.stage(self.chosen))
        self.cancel_button.clicked.connect(lambda _checked: studies.cancel())

    def _filter(self) -> None:
        self.shown.show_only(
            self.search.text(), self.status.currentData(), self.folder.currentData()
        )
        self._show_state()
        self._look()

    def _wanted(self) -> list[Night]:
        """Nights to be looked at: those that can be seen, the others only where it takes all."""
        if not self.isVisible() or not self.shown.rowCount():
            return self._all_wanted() if self.isVisible() else []
        first = max(self.table.rowAt(0), 0)
        last = self.table.rowAt(self.table.viewport().height() - 1)
        last = self.shown.rowCount() - 1 if last < 0 else last
        seen = [self.shown.night(row) for row in range(first, last + 1)]
        unknown = [night for night in seen if self._studies.is_unknown(night)]
        return unknown or self._all_wanted()

    def _all_wanted(self) -> list[Night]:
        return list(self._studies.nights.values()) if self.shown.needs_facts else []

    def _look(self) -> None:
        if self.isVisible():
            self._pause.start()

    def _on_rows_changed(self) -> None:
        self._show_summary()
        self._look()

    def _on_changed(self) -> None:
        self._show_folders()
        self._show_state()
        self._look()

    def _open(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.hide()  # the keys are the window's now
            self._studies.open(self.shown.night(index.row()))

    def _add(self) -> None:
        known = self._studies.folders
        begin = known[-1].path.parent if known else home()
        folder = self._dialogs.study_folder(self, tr("Add a folder of recordings"), begin)
        if folder is not None:
            self._studies.add_folder(folder)

    def _remove(self) -> None:
        study = self._study
        if study is not None:
            self._studies.remove_folder(study)

    def _choose_sessions(self) -> None:
        study = self._study
        if study is None:
            return
        title = tr("Keep the sessions of {folder} in").format(folder=study.path.name)
        folder = self._dialogs.study_folder(self, title, study.results)
        if folder is not None:
            self._studies.keep_sessions_in(study, None if folder == study.path else folder)

    @property
    def _study(self) -> StudyFolder | None:
        """The folder that is chosen, or the only one."""
        known = self._studies.folders
        chosen: StudyFolder | None = self.folder.currentData()
        return known[0] if chosen is None and len(known) == 1 else chosen

    def _show_folders(self) -> None:
        chosen = self.folder.currentData()
        known = self._studies.folders
        listed = [self.folder.itemData(row) for row in range(1, self.folder.count())]
        if self.folder.count() and listed == known:
            return
        self.folder.blockSignals(True)
        self.folder.clear()
        self.folder.addItem(tr("Every folder"), None)
        for study in known:
            self.folder.addItem(study.path.name or str(study.path), study)
            where = tr("Sessions in {folder}").format(folder=study.results)
            tip = plain_tip(f"{study.path}\n{where}")
            self.folder.setItemData(self.folder.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        same = [row for row, study in enumerate(known, start=1) if study == chosen]
        self.folder.setCurrentIndex(same[0] if same else 0)
        self.folder.blockSignals(False)
        self._filter()

    def _show_state(self) -> None:
        studies = self._studies
        has_chosen = self.table.selectionModel().hasSelection()
        self.stage_button.setEnabled(has_chosen and not studies.is_staging)
        self.open_button.setEnabled(has_chosen)
        self.next_button.setEnabled(bool(studies.folders))
        self.remove_button.setEnabled(self._study is not None and not studies.is_staging)
        self.sessions_button.setEnabled(self._study is not None and not studies.is_staging)
        self.again_button.setEnabled(bool(studies.folders) and not studies.is_searching)
        for widget in (self.about_progress, self.progress, self.cancel_button):
            widget.setVisible(studies.is_staging)
        self._show_progress(studies.staging)
        self._show_summary()

    def _show_progress(self, staging: Staging | None) -> None:
        if staging is None:
            self.about_progress.setText(tr("Staging begins…"))
            self.progress.setValue(0)
            return
        self.progress.setRange(0, staging.n_all)
        self.progress.setValue(staging.n_done)
        text = tr("{done} of {all} done").format(done=staging.n_done, all=staging.n_all)
        if staging.left_s is not None and staging.n_done < staging.n_all:
            minutes = number(max(staging.left_s / 60, 1.0), ".0f")
            text = tr("{done}, at most about {minutes} min left").format(done=text, minutes=minutes)
        self.about_progress.setText(text)

    def _show_summary(self) -> None:
        studies = self._studies
        if not studies.folders:
            self.summary.setText(tr("Drop a folder of recordings here, or add one."))
            return
        if studies.is_searching:
            self.summary.setText(tr("Looking into the folders…"))
            return
        counted = Counter(facts.status for facts in studies.facts.values() if facts.is_recording)
        n_others = sum(not facts.is_recording for facts in studies.facts.values())
        n_all = len(studies.nights) - n_others
        parts = [tr("%n night(s)", None, n_all)]
        if self.shown.rowCount() < n_all:
            parts.append(tr("%n shown", None, self.shown.rowCount()))
        parts += [f"{counted[status]} {tr(status.value)}" for status in Status if counted[status]]
        n_unknown = len(studies.nights) - len(studies.facts)
        if n_unknown:
            parts.append(tr("%n not looked at yet", None, n_unknown))
        self.summary.setText(" · ".join(parts))


class _NightTable(QTableView):
    """Rows of nights; a double click or Return opens one.

    Attributes
    ----------
    opened
        Emitted when the current row is to be opened.
    resized
        Emitted when other rows may be seen than before.
    """

    opened = Signal()
    resized = Signal()

    def __init__(self, model: StudyFilter) -> None:
        super().__init__()
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)  # Tab leads out of it
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        rows = self.verticalHeader()
        rows.hide()
        # All alike: Qt would else measure thousands of them.
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + 6)
        header = self.horizontalHeader()
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        for column, widest in _WIDTHS.items():
            self.setColumnWidth(column, self.fontMetrics().horizontalAdvance(widest) + 16)
        self.setSortingEnabled(True)
        self.sortByColumn(Column.NIGHT, Qt.SortOrder.AscendingOrder)
        self.doubleClicked.connect(self._on_double_clicked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit()
