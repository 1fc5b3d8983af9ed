"""The bar of what is done most, with the derivation that is staged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QSizePolicy, QToolBar, QToolButton, QWidget

from sleepscorer.domain.channels import Derivation
from sleepscorer.ui.base.language import N_, tr
from sleepscorer.ui.base.plain_text import PlainLabel, plain_tip
from sleepscorer.ui.base.theme import Theme
from sleepscorer.ui.base.viewport import PAGE_LENGTHS_S, page_length_name

_SHORT_TEXTS = {
    "file.save": N_("Save"),
    "traces.smaller": N_("Smaller"),
    "traces.larger": N_("Larger"),
}
"""Texts of buttons whose text in the menu would leave no room for others."""


class ToolBar(QToolBar):
    """Buttons of the main actions, the derivation to stage, and the network in use.

    Attributes
    ----------
    derivation_chosen
        Emitted when the technician chooses another derivation.
    montage_chosen
        Emitted with the name of the montage that the technician chooses.
    page_length_chosen
        Emitted with the length of a page in seconds that the technician chooses.
    """

    derivation_chosen = Signal()
    montage_chosen = Signal(str)
    page_length_chosen = Signal(float)

    def __init__(self, actions: Mapping[str, QAction]) -> None:
        super().__init__(tr("Tools"))
        self.setObjectName("tool_bar")
        self.setMovable(False)
        self._derivations = QComboBox()
        self._derivations.setToolTip(
            tr("The EEG derivation that is staged and whose spectrum is shown")
        )
        self._derivations.setMinimumContentsLength(12)
        self._derivations.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._derivations.currentIndexChanged.connect(lambda _index: self.derivation_chosen.emit())
        self._montages = QComboBox()
        self._montages.setMinimumContentsLength(16)
        self._montages.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._montages.activated.connect(
            lambda index: self.montage_chosen.emit(self._montages.itemData(index))
        )
        self._page_lengths = QComboBox()
        self._page_lengths.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        for length_s in PAGE_LENGTHS_S:
            self._page_lengths.addItem(page_length_name(length_s), length_s)
        self._page_lengths.activated.connect(
            lambda index: self.page_length_chosen.emit(self._page_lengths.itemData(index))
        )
        self._model = PlainLabel()
        self._model.setToolTip(tr("The network and the device it computes on"))
        spacer = QWidget()
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._add(actions, "file.open", "file.save")
        self.addSeparator()
        self._add(actions, "scoring.auto")
        self.widgetForAction(actions["scoring.auto"]).setObjectName("primary")
        self.addWidget(PlainLabel(tr("  from ")))
        self.addWidget(self._derivations)
        self.addSeparator()
        self._add(actions, "edit.undo", "edit.redo")
        self.addSeparator()
        self.addWidget(self._montages)
        self.addWidget(self._page_lengths)
        self._add(actions, "traces.filters", "traces.smaller", "traces.larger")
        self.addWidget(spacer)
        self.addWidget(self._model)
        # The icon that Qt gives it is dark in every theme.
        extension = self.findChild(QToolButton, "qt_toolbar_ext_button")
        assert extension is not None
        extension.setArrowType(Qt.ArrowType.RightArrow)

    @property
    def derivation(self) -> Derivation | None:
        """The derivation to stage; None when there is no EEG."""
        chosen = self._derivations.currentData()
        return chosen if isinstance(chosen, Derivation) else None

    def offer_derivations(self, derivations: Iterable[Derivation], chosen: str = "") -> None:
        """Offer other derivations, without a signal.

        The one of the name `chosen` is chosen where there is one, else the first.
        """
        with QSignalBlocker(self._derivations):
            self._derivations.clear()
            for derivation in derivations:
                self._derivations.addItem(derivation.name, derivation)
            self._derivations.setCurrentIndex(max(self._derivations.findText(chosen), 0))
        self._derivations.setEnabled(self._derivations.count() > 1)

    def add_derivation(self, derivation: Derivation) -> None:
        """Offer one more derivation and choose it."""
        index = self._derivations.findText(derivation.name)
        if index < 0:
            self._derivations.addItem(derivation.name, derivation)
            index = self._derivations.count() - 1
        self._derivations.setCurrentIndex(index)
        self._derivations.setEnabled(self._derivations.count() > 1)

    def offer_montages(self, names: Iterable[str]) -> None:
        """Offer other montages, without a signal."""
        self._montages.clear()
        for name in names:
            self._montages.addItem(tr(name), name)
        self._montages.setEnabled(self._montages.count() > 1)

    def show_keys(self, montages: Sequence[str], page_lengths: Sequence[str]) -> None:
        """Say in tool tips by which keys montages and page lengths are chosen, a line each."""
        what = tr("The montage: which traces are shown, and how")
        self._montages.setToolTip(plain_tip("\n".join((what, *montages))))
        self._page_lengths.setToolTip(plain_tip("\n".join((tr("Length of a page"), *page_lengths))))

    def show_page_length(self, length_s: float) -> None:
        """Show which length of a page is in use, without a signal."""
        self._page_lengths.setCurrentIndex(PAGE_LENGTHS_S.index(length_s))

    def show_montage(self, name: str) -> None:
        """Show which montage is in use, without a signal."""
        self._montages.setCurrentIndex(self._montages.findData(name))

    def show_model(self, text: str) -> None:
        """Name the network and the device it computes on."""
        self._model.setText(f"{text}  ")

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self.setStyleSheet(
            f"#primary:enabled {{ background: {theme.accent}; color: {theme.surface};"
            " border-radius: 3px; padding: 3px 10px; font-weight: bold; }"
            f"QToolButton:checked {{ background: {theme.strong_grid};"
            f" border: 1px solid {theme.accent}; border-radius: 3px; padding: 2px 6px; }}"
            f"#primary:disabled {{ padding: 3px 10px; color: {theme.faint_ink}; }}"
        )

    def _add(self, actions: Mapping[str, QAction], *names: str) -> None:
        for name in names:
            if name in _SHORT_TEXTS:
                actions[name].setIconText(tr(_SHORT_TEXTS[name]))
            self.addAction(actions[name])
