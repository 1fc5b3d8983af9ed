"""Nights as rows: what is shown of each, by what they are sorted, and which are shown."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from sleepscorer.domain.clock_times import known_start
from sleepscorer.domain.texts import one_line
from sleepscorer.studies.facts import Facts, Status
from sleepscorer.studies.nights import Night, StudyFolder
from sleepscorer.ui.base.language import N_, tr
from sleepscorer.ui.base.plain_text import plain_tip
from sleepscorer.ui.studies.studies import WAITS, Studies

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_SORT_ROLE = Qt.ItemDataRole.UserRole
_LAST = "\uffff"
"""Behind every text."""

_DOTS = "…"
_MARKS = {
    Status.NEW: "○",
    Status.STAGED: "◔",
    Status.IN_REVIEW: "◑",
    Status.SIGNED_OFF: "●",
    Status.SCORED_TWICE: "◉",
}


class Column(IntEnum):
    """Columns from left to right."""

    NIGHT = 0
    FOLDER = 1
    STATUS = 2
    PATIENT = 3
    START = 4
    LENGTH = 5
    SCORER = 6
    CORRECTED = 7
    REMARK = 8


HEADINGS = {
    Column.NIGHT: N_("Night"),
    Column.FOLDER: N_("Folder"),
    Column.STATUS: N_("Status"),
    Column.PATIENT: N_("Patient"),
    Column.START: N_("Begin"),
    Column.LENGTH: N_("Duration"),
    Column.SCORER: N_("Scorer"),
    Column.CORRECTED: N_("Corrected"),
    Column.REMARK: N_("Remark"),
}
BY_NAME_ALONE = frozenset({Column.NIGHT, Column.FOLDER})
"""What is known without looking at a night."""

_TELLING = frozenset({Column.FOLDER, Column.PATIENT})
"""What tells whose night it is."""


class StudyTable(QAbstractTableModel):
    """All nights of the list, in the order in which they were found."""

    def __init__(self, studies: Studies, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._studies = studies
        self._paths = list(studies.nights)
        self._rows = {path: row for row, path in enumerate(self._paths)}
        self.hides_identity = False
        studies.found.connect(self._on_found)
        studies.learnt.connect(self._on_learnt)
        studies.forgotten.connect(self._on_forgotten)

    def night(self, row: int) -> Night:
        """The night of a row."""
        return self._studies.nights[self._paths[row]]

    def facts(self, row: int) -> Facts | None:
        """What is known of it; None before it was looked at."""
        return self._studies.facts.get(self._paths[row])

    def text(self, row: int, column: int) -> str:
        """What a cell shows."""
        night, facts = self.night(row), self.facts(row)
        if self.hides_identity and column in _TELLING:
            return ""
        match column:
            case Column.NIGHT:
                if self.hides_identity:
                    return tr("Night {number}").format(number=row + 1)
                return night.path.name
            case Column.FOLDER:
                return (Path(night.study.path.name) / night.folder).as_posix()
            case Column.REMARK:
                return self._remark(night, facts)
            case Column.STATUS if facts is None:
                return _DOTS if self._studies.is_unknown(night) else ""
        return "" if facts is None else one_line(_of_facts(facts, column))

    def set_hides_identity(self, hides: bool) -> None:
        """Say whether it is hidden whose nights they are."""
        self.hides_identity = hides
        self._changed(range(len(self._paths)))

    # Qt

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: D102
        return 0 if parent.isValid() else len(self._paths)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: D102
        return 0 if parent.isValid() else len(Column)

    def headerData(  # noqa: D102
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADINGS[Column(section)])
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == _SORT_ROLE:
            return self._sorted_by(row, column)
        if role == Qt.ItemDataRole.ToolTipRole and not self.hides_identity:
            if column == Column.NIGHT:
                return plain_tip(str(self.night(row).path))
            if column == Column.REMARK:
                return plain_tip(self.text(row, column))
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (
            Column.LENGTH,
            Column.CORRECTED,
        ):
            return Qt.AlignmentFlag.AlignCenter
        return None

    # How

    def _remark(self, night: Night, facts: Facts | None) -> str:
        problem = "" if facts is None else facts.problem
        remark = problem or self._studies.outcomes.get(night.path, "")
        if self.hides_identity and remark and remark != WAITS:
            # Any sentence may name a file, and with it a person.
            return tr("It can't be read.") if problem else tr("It was not staged.")
        return one_line(tr(remark)) if remark else ""

    def _sorted_by(self, row: int, column: int) -> object:
        facts = self.facts(row)
        match column:
            case Column.NIGHT if self.hides_identity:
                return row
            case Column.STATUS:
                is_known = facts is not None and facts.status is not None
                return facts.status.rank if is_known and facts and facts.status else len(Status)
            case Column.START:
                start = None if facts is None else facts.start
                return _LAST if start is None else start.isoformat()
            case Column.LENGTH:
                return -1.0 if facts is None or facts.duration_s is None else facts.duration_s
            case Column.CORRECTED:
                return -1 if facts is None or facts.n_corrected is None else facts.n_corrected
        return self.text(row, column).casefold() or _LAST

    def _on_found(self, nights: Sequence[Night]) -> None:
        new = [night.path for night in nights if night.path not in self._rows]
        known = [self._rows[night.path] for night in nights if night.path in self._rows]
        if new:
            first = len(self._paths)
            self.beginInsertRows(_NOWHERE, first, first + len(new) - 1)
            self._rows.update((path, first + n) for n, path in enumerate(new))
            self._paths += new
            self.endInsertRows()
        self._changed(known)

    def _on_learnt(self, paths: frozenset[Path]) -> None:
        self._changed([self._rows[path] for path in paths if path in self._rows])

    def _on_forgotten(self, paths: frozenset[Path]) -> None:
        if paths:
            self.beginResetModel()
            self._paths = [path for path in self._paths if path not in paths]
            self._rows = {path: row for row, path in enumerate(self._paths)}
            self.endResetModel()

    def _changed(self, rows: Sequence[int]) -> None:
        """Say which rows are others; those beside each other at once."""
        ordered = sorted(rows)
        first = 0
        for n, row in enumerate(ordered):
            if n + 1 == len(ordered) or ordered[n + 1] != row + 1:
                top, bottom = ordered[first], row
                self.dataChanged.emit(self.index(top, 0), self.index(bottom, len(Column) - 1))
                first = n + 1


class StudyFilter(QSortFilterProxyModel):
    """The nights that are shown, in the order in which they are."""

    def __init__(self, table: StudyTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._words: tuple[str, ...] = ()
        self._status: Status | None = None
        self._study: StudyFolder | None = None
        self.setSortRole(_SORT_ROLE)
        self.setSourceModel(table)

    @property
    def needs_facts(self) -> bool:
        """Whether every night has to be looked at to know which are shown, and in which order."""
        is_sorted_by_facts = self.sortColumn() >= 0 and self.sortColumn() not in BY_NAME_ALONE
        return bool(self._words) or self._status is not None or is_sorted_by_facts

    def nights(self) -> list[Night]:
        """The nights that are shown, in their order."""
        return [self.night(row) for row in range(self.rowCount())]

    def night(self, row: int) -> Night:
        """The night of a row that is shown."""
        return self._table.night(self.mapToSource(self.index(row, 0)).row())

    def show_only(self, text: str, status: Status | None, study: StudyFolder | None) -> None:
        """Show only nights in which all words of a text stand, of a status, of a folder."""
        self._words = tuple(text.casefold().split())
        self._status, self._study = status, study
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: _Index) -> bool:  # noqa: D102
        del source_parent
        facts = self._table.facts(source_row)
        if facts is not None and not facts.is_recording:
            return False
        if self._study is not None and self._table.night(source_row).study != self._study:
            return False
        if self._status is not None and (facts is None or facts.status is not self._status):
            return False
        if not self._words:
            return True
        cells = (self._table.text(source_row, column) for column in Column)
        text = " ".join(cells).casefold()
        return all(word in text for word in self._words)


def status_text(status: Status) -> str:
    """How a status is shown."""
    return f"{_MARKS[status]} {tr(status.value)}"


def duration_text(duration_s: float) -> str:
    """Hours and minutes."""
    minutes = round(duration_s / 60)
    return tr("{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)


def _of_facts(facts: Facts, column: int) -> str:
    match column:
        case Column.STATUS:
            return "" if facts.status is None else status_text(facts.status)
        case Column.PATIENT:
            patient = facts.patient
            return " · ".join(filter(None, (patient.name, patient.code)))
        case Column.START:
            start = known_start(facts.start)
            if start is None:
                return ""
            return f"{start:%Y-%m-%d %H:%M}" if start is facts.start else f"{start:%H:%M}"
        case Column.LENGTH:
            return "" if facts.duration_s is None else duration_text(facts.duration_s)
        case Column.SCORER:
            return ", ".join(facts.scorers)
        case Column.CORRECTED:
            return "" if facts.n_corrected is None else str(facts.n_corrected)
    return ""
