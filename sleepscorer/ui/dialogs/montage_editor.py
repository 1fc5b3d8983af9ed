"""The editor of montages: which signals, in which order, filtered and coloured how."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QColorDialog,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from sleepscorer.domain.channels import Channel, ChannelKind, electrode_name, is_mastoid
from sleepscorer.domain.montage import AS_STORED, Band
from sleepscorer.domain.montages import ALL_CHANNELS, ROLES, SINGLE_EEG, Montage, MontageTrace, fit
from sleepscorer.ui.base.language import band_text, tr
from sleepscorer.ui.base.plain_text import PlainLabel, WrappedLabel, plain_tip

_BANDS = (Band(0.3, 35.0), Band(0.5, 30.0), Band(10.0, 100.0), Band(0.3, 70.0), Band(0.1, 15.0))
_NUMBER = r"(\d+(?:[.,]\d+)?)?"
_BAND = re.compile(rf"\s*{_NUMBER}\s*[-–]\s*{_NUMBER}\s*(?:Hz)?\s*")
COLOURS = ("#1F2328", "#0072B2", "#56B4E9", "#009E73", "#E69F00", "#D55E00", "#CC79A7", "#7A4A1E")
_MOST_UNITS = 1e6
_PLUS = " + "
_SIGNAL, _MINUS, _FILTER, _HEIGHT, _COLOUR = range(5)
_SWATCH_PX = 14
_FIRST_KEY, _LAST_KEY = 2, 8  # F1 shows all channels


class MontageEditor(QDialog):
    """Changes a list of montages; nothing is changed until it is accepted.

    Parameters
    ----------
    parent
        Over which it is shown.
    montages
        The montages of the lab, in the order of their keys.
    presets
        What "Add the presets" brings back.
    channels
        Of the recording that is open, to be offered; none while none is open.
    current
        Name of the montage to begin with.
    """

    def __init__(
        self,
        parent: QWidget,
        montages: Sequence[Montage],
        presets: Sequence[Montage],
        channels: Sequence[Channel],
        current: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Montages"))
        self.resize(980, 560)
        self._montages = list(montages)
        self._presets = tuple(presets)
        self._channels = tuple(channels)
        self._problem = ""
        self._edited: set[tuple[int, int]] = set()
        self.list = QListWidget()
        self.list.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.table = QTableWidget(0, 5)
        self.table.setTabKeyNavigation(False)  # Tab leads out of it
        self.table.setHorizontalHeaderLabels(
            [
                tr("Signal"),
                tr("minus"),
                tr("Filter, Hz"),
                tr("Lane height, µV"),
                tr("Colour"),
            ]
        )
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        for column in (_SIGNAL, _MINUS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column, width_px in ((_FILTER, 150), (_HEIGHT, 130), (_COLOUR, 120)):
            self.table.setColumnWidth(column, width_px)
        self.status = WrappedLabel()
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        self._list_montages()
        names = [montage.name for montage in self._montages]
        self.list.currentRowChanged.connect(self._show_montage)
        self.list.itemChanged.connect(self._on_renamed)
        self.list.setCurrentRow(names.index(current) if current in names else 0)

    @property
    def montages(self) -> tuple[Montage, ...]:
        """All montages as they were left."""
        return tuple(self._montages)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(PlainLabel(tr("Montages, in the order of F2 to F8")))
        left.addWidget(self.list, 1)
        montage_buttons: tuple[tuple[str, Callable[[], None]], ...] = (
            (tr("New"), self.add_montage),
            (tr("Duplicate"), self.duplicate_montage),
            (tr("Delete"), self.delete_montage),
            (tr("Add the presets"), self.add_presets),
            (tr("Up"), lambda: self.move_montage(-1)),
            (tr("Down"), lambda: self.move_montage(1)),
        )
        left.addLayout(_grid(montage_buttons))
        right = QVBoxLayout()
        right.addWidget(PlainLabel(tr("Traces from top to bottom")))
        right.addWidget(self.table, 1)
        trace_buttons: tuple[tuple[str, Callable[[], None]], ...] = (
            (tr("Add trace"), self.add_trace),
            (tr("Remove trace"), self.remove_trace),
            (tr("Trace up"), lambda: self.move_trace(-1)),
            (tr("Trace down"), lambda: self.move_trace(1)),
        )
        right.addLayout(_grid(trace_buttons, n_columns=4))
        right.addWidget(self.status)
        columns = QHBoxLayout()
        columns.addLayout(left, 1)
        columns.addLayout(right, 3)
        layout = QVBoxLayout(self)
        layout.addLayout(columns)
        layout.addWidget(self._buttons)

    # Montages

    def add_montage(self) -> None:
        """Begin a new montage."""
        traces = (MontageTrace(self._signals()[0]),)
        self._insert(Montage(self._free_name(tr("New montage")), traces))
        self.list.editItem(self.list.currentItem())

    def duplicate_montage(self) -> None:
        """Begin another montage with the traces of this one."""
        if self._index is not None:
            montage = self._montages[self._index]
            self._insert(replace(montage, name=self._free_name(montage.name)))

    def delete_montage(self) -> None:
        """Take this montage away."""
        index = self._index
        if index is not None:
            del self._montages[index]
            self._list_montages(max(index - 1, 0))

    def add_presets(self) -> None:
        """Bring back the presets that are not there."""
        names = {montage.name for montage in self._montages}
        self._montages += [preset for preset in self._presets if preset.name not in names]
        self._list_montages(self._index or 0)

    def move_montage(self, steps: int) -> None:
        """Move this montage down the list, or up by a negative number."""
        if self._index is not None and 0 <= self._index + steps < len(self._montages):
            index = self._index
            self._montages.insert(index + steps, self._montages.pop(index))
            self._list_montages(index + steps)

    @property
    def _index(self) -> int | None:
        row = self.list.currentRow()
        return row if 0 <= row < len(self._montages) else None

    def _insert(self, montage: Montage) -> None:
        index = 0 if self._index is None else self._index + 1
        self._montages.insert(index, montage)
        self._list_montages(index)

    def _free_name(self, name: str) -> str:
        names = {montage.name.casefold() for montage in self._montages}
        number = 2
        proposal = name
        while proposal.casefold() in names:
            proposal, number = f"{name} {number}", number + 1
        return proposal

    def _list_montages(self, index: int = 0) -> None:
        with QSignalBlocker(self.list):
            self.list.clear()
            for number, montage in enumerate(self._montages, _FIRST_KEY):
                item = QListWidgetItem(tr(montage.name))
                if number <= _LAST_KEY:
                    item.setToolTip(plain_tip(tr("Key {key}").format(key=f"F{number}")))
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
                self.list.addItem(item)
            self.list.setCurrentRow(index)
        self._show_montage(self.list.currentRow())

    def _on_renamed(self, item: QListWidgetItem) -> None:
        index = self.list.row(item)
        others = self._montages[:index] + self._montages[index + 1 :]
        name = item.text().strip()
        if name == tr(self._montages[index].name):
            return
        taken = {ALL_CHANNELS, SINGLE_EEG, *(other.name for other in others)}
        if not name or name.casefold() in {one.casefold() for one in taken}:
            with QSignalBlocker(self.list):
                item.setText(tr(self._montages[index].name))
            return
        self._montages[index] = replace(self._montages[index], name=name)

    # Traces

    def add_trace(self) -> None:
        """Add a trace below the chosen one."""
        if self._index is not None:
            row = self.table.currentRow() + 1 or self.table.rowCount()
            shown = {trace.anode for trace in self._montages[self._index].traces}
            signal = next((name for name in self._signals() if name not in shown), "F4")
            self._set_traces(lambda traces: traces.insert(row, MontageTrace(signal)), row)

    def remove_trace(self) -> None:
        """Take the chosen trace away."""
        row = self.table.currentRow()
        if row >= 0:
            self._set_traces(lambda traces: traces.pop(row), max(row - 1, 0))

    def move_trace(self, steps: int) -> None:
        """Move the chosen trace down, or up by a negative number."""
        row = self.table.currentRow()
        if row >= 0 and 0 <= row + steps < self.table.rowCount():
            self._set_traces(
                lambda traces: traces.insert(row + steps, traces.pop(row)), row + steps
            )

    def _set_traces(self, change: Callable[[list[MontageTrace]], object], row: int) -> None:
        assert self._index is not None
        if self._problem:
            return  # first what is wrong has to be put right, or it would be lost
        montage = self._montages[self._index]
        traces = list(montage.traces)
        change(traces)
        self._montages[self._index] = replace(montage, traces=tuple(traces))
        self._show_montage(self._index)
        self.table.setCurrentCell(row, _SIGNAL)

    def _show_montage(self, index: int) -> None:
        self._problem = ""
        self._edited.clear()
        traces = self._montages[index].traces if 0 <= index < len(self._montages) else ()
        self.table.setRowCount(0)
        self.table.setRowCount(len(traces))
        for row, trace in enumerate(traces):
            for column, widget in enumerate(self._cells(row, trace)):
                self.table.setCellWidget(row, column, widget)
        self._show_status()

    def _cells(self, row: int, trace: MontageTrace) -> tuple[QWidget, ...]:
        signal = _choice(self._signals(), trace.anode)
        minus = _choice(("", *self._signals(), *self._means()), _PLUS.join(trace.cathodes))
        minus.setToolTip(plain_tip(tr("Several with + between them: their mean is subtracted")))
        band = band_choice(trace.band)
        for column, box in ((_SIGNAL, signal), (_MINUS, minus), (_FILTER, band)):
            box.currentTextChanged.connect(partial(self._on_edited, row, column))
        height = QDoubleSpinBox()
        height.setRange(0, _MOST_UNITS)
        height.setDecimals(_n_decimals(trace.height or 0))
        height.setSingleStep(25)
        height.setSpecialValueText(tr("usual"))
        height.setValue(trace.height or 0)
        height.valueChanged.connect(partial(self._on_edited, row, _HEIGHT))
        colour = ColourBox(trace.colour)
        colour.currentIndexChanged.connect(partial(self._on_edited, row, _COLOUR))
        return signal, minus, band, height, colour

    def _signals(self) -> tuple[str, ...]:
        """Channels of the recording, then electrodes and what channels are for."""
        stored = [electrode_name(channel.label) for channel in self._channels]
        usual = ["F4", "F3", "C4", "C3", "O2", "O1", "Fz", "Cz", "Oz", "E1", "E2", "M1", "M2"]
        return tuple(dict.fromkeys((*stored, *usual, *ROLES)))

    def _means(self) -> tuple[str, ...]:
        """References of several signals: both mastoids, and all EEG of the recording."""
        scalp = [
            electrode_name(channel.label)
            for channel in self._channels
            if channel.kind is ChannelKind.EEG and not is_mastoid(channel.label)
        ]
        return (_PLUS.join(("M1", "M2")), *([_PLUS.join(scalp)] if len(scalp) > 1 else []))

    def _cathodes(self, text: str) -> list[str]:
        """Signals of a text such as “M1 + M2”; a label may hold a plus itself."""
        text = text.strip()
        if text in self._signals():
            return [text]
        return [one.strip() for one in text.split(_PLUS.strip())]

    def _on_edited(self, row: int, column: int, *_: object) -> None:
        """Take over what the table says, unless that can't be drawn."""
        if self._index is None:
            return
        self._edited.add((row, column))
        try:
            traces = tuple(self._trace(row) for row in range(self.table.rowCount()))
        except ValueError as error:
            self._problem = tr(error)
        else:
            self._problem = ""
            self._montages[self._index] = replace(self._montages[self._index], traces=traces)
        self._show_status()

    def _trace(self, row: int) -> MontageTrace:
        """What a row says; a text may be read in two ways, so that what nobody edits stays."""
        signal, minus, band, height, colour = (
            self.table.cellWidget(row, column) for column in range(5)
        )
        assert isinstance(signal, QComboBox)
        assert isinstance(minus, QComboBox)
        assert isinstance(band, QComboBox)
        assert isinstance(height, QDoubleSpinBox)
        assert isinstance(colour, ColourBox)
        edited = [column for column in range(5) if (row, column) in self._edited]
        changes: dict[str, Any] = {}
        if _SIGNAL in edited:
            changes["anode"] = signal.currentText().strip()
        if _MINUS in edited:
            cathode, *others = self._cathodes(minus.currentText())
            changes.update(cathode=cathode, others=tuple(others))
        if _FILTER in edited:
            changes["band"] = band_of_text(band.currentText())
        if _HEIGHT in edited:
            changes["height"] = height.value() or None
        if _COLOUR in edited:
            changes["colour"] = colour.colour
        return replace(self._montages[self._index or 0].traces[row], **changes)

    def _show_status(self) -> None:
        """Say whether the montage can be kept, and what of it this recording does not have."""
        empty = next((one.name for one in self._montages if not one.traces), "")
        problem = self._problem
        if empty and not problem:
            problem = tr("“{name}” has no trace yet.").format(name=empty)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not problem)
        self.list.setEnabled(not self._problem)
        if problem or self._index is None or not self._channels:
            self.status.setText(problem)
            return
        missing = fit(self._montages[self._index], self._channels).missing
        self.status.setText(
            tr("Not in this recording: {names}").format(names=", ".join(missing))
            if missing
            else tr("This recording has all of these signals.")
        )


def band_of_text(text: str) -> Band | None:
    """Filter that a text names, None for the usual one; raise ValueError for no filter."""
    if text.strip() in ("", tr("usual")):
        return None
    if text.strip() == tr("as stored"):
        return AS_STORED
    match = _BAND.fullmatch(text)
    if match is None:
        message = tr("“{text}” is no filter; write two frequencies like 0.3–35")
        raise ValueError(message.format(text=text))
    low, high = (edge.replace(",", ".") if edge else "" for edge in match.groups())
    return Band(float(low or 0), float(high or math.inf))


def band_choice(band: Band | None) -> QComboBox:
    """Make a box in which a filter is chosen or typed."""
    text = tr("usual")
    if band is not None:
        text = tr("as stored") if band == AS_STORED else band_text(band)
    return _choice((tr("usual"), tr("as stored"), *(band_text(one) for one in _BANDS)), text)


class ColourBox(QComboBox):
    """The colour of a trace: the theme's, one of a few that can be told apart, or any other."""

    def __init__(self, colour: str | None, *, has_theme: bool = True) -> None:
        super().__init__()
        if colour is None or has_theme:
            self.addItem(tr("theme"), None)
        for value in COLOURS:
            self.addItem(_swatch(value), "", value)
        self.addItem(tr("other…"), "")
        self._colour = colour
        self._show()
        self.activated.connect(self._on_activated)

    @property
    def colour(self) -> str | None:
        """The colour as ``#RRGGBB``; None for the theme's."""
        return self._colour

    def _show(self) -> None:
        if self.findData(self._colour) < 0:
            assert self._colour is not None
            self.insertItem(1, _swatch(self._colour), "", self._colour)
        self.setCurrentIndex(self.findData(self._colour))

    def _on_activated(self, index: int) -> None:
        data = self.itemData(index)
        if data == "":
            chosen = QColorDialog.getColor(QColor(self._colour or COLOURS[0]), self)
            data = chosen.name().upper() if chosen.isValid() else self._colour
        self._colour = data
        with QSignalBlocker(self):
            self._show()
        self.currentIndexChanged.emit(self.currentIndex())


def _grid(buttons: Sequence[tuple[str, Callable[[], None]]], n_columns: int = 2) -> QGridLayout:
    grid = QGridLayout()
    for index, (text, on_click) in enumerate(buttons):
        button = QPushButton(text)
        button.setAutoDefault(False)  # Return in the table must not press it
        button.clicked.connect(lambda _checked, on_click=on_click: on_click())
        grid.addWidget(button, index // n_columns, index % n_columns)
    return grid


def _choice(options: Sequence[str], text: str) -> QComboBox:
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.addItems(list(options))
    box.setCurrentIndex(box.findText(text))  # else arrows and wheel go on from the first one
    box.setCurrentText(text)
    return box


def _n_decimals(value: float) -> int:
    exponent = Decimal(format(value, "g")).as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _swatch(colour: str) -> QIcon:
    pixmap = QPixmap(_SWATCH_PX, _SWATCH_PX)
    pixmap.fill(QColor(colour))
    return QIcon(pixmap)
