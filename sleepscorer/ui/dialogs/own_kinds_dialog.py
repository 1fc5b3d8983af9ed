"""Kinds of events that a laboratory makes up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from sleepscorer.domain.own_kinds import MOST_OWN_KINDS, OwnKind
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.plain_text import PlainLabel, WrappedLabel
from sleepscorer.ui.dialogs.montage_editor import COLOURS, ColourBox

_WIDTH_PX = 560


class OwnKindsDialog(QDialog):
    """Gives names, texts for files and colours to own kinds; the place is the key.

    Parameters
    ----------
    parent
        Over which it is shown.
    kinds
        Those that there are, each in its place; None for a place that is free.
    keys
        Of each place, as they are written.
    """

    def __init__(
        self, parent: QWidget, kinds: Sequence[OwnKind | None], keys: Sequence[str]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Own kinds of events"))
        self.setMinimumWidth(_WIDTH_PX)
        hint = WrappedLabel(
            tr(
                "Events of an own kind are notes of the text that stands here, in every format; "
                "they count in no index. Keys can be changed in Help > Keyboard shortcuts."
            )
        )
        grid = QGridLayout()
        for column, text in enumerate((tr("Key"), tr("Name"), tr("Text in files"), tr("Colour"))):
            grid.addWidget(PlainLabel(text), 0, column)
        self.names: list[QLineEdit] = []
        self.texts: list[QLineEdit] = []
        self.colours: list[ColourBox] = []
        for row in range(MOST_OWN_KINDS):
            kind = kinds[row] if row < len(kinds) else None
            colour = ColourBox(
                kind.colour if kind else COLOURS[(row + 1) % len(COLOURS)], has_theme=False
            )
            fields = (QLineEdit(kind.name if kind else ""), QLineEdit(kind.text if kind else ""))
            for field in fields:
                field.setAcceptDrops(False)
                field.textChanged.connect(self._show_problem)
            fields[1].setPlaceholderText(tr("as the name"))
            self.names.append(fields[0])
            self.texts.append(fields[1])
            self.colours.append(colour)
            cells = (PlainLabel(keys[row]), *fields, colour)
            for column, widget in enumerate(cells):
                grid.addWidget(widget, row + 1, column)
        self.problem = PlainLabel()
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(hint)
        layout.addLayout(grid)
        layout.addWidget(self.problem)
        layout.addWidget(self._buttons)

    @property
    def kinds(self) -> tuple[OwnKind | None, ...]:
        """The kind of each place; None where there is no name."""
        rows = zip(self.names, self.texts, self.colours, strict=True)
        return tuple(
            OwnKind(
                name.text().strip(), text.text().strip() or name.text().strip(), box.colour or ""
            )
            if name.text().strip() and box.colour
            else None
            for name, text, box in rows
        )

    def _show_problem(self) -> None:
        """Let no two kinds have one text, as they could not be told apart, and none lack a name."""
        texts = [kind.text for kind in self.kinds if kind is not None]
        rows = zip(self.names, self.texts, strict=True)
        nameless = [text.text() for name, text in rows if not name.text().strip()]
        problem = ""
        if len(set(texts)) < len(texts):
            problem = tr("Two kinds have the same text in files; change one of them.")
        for text in filter(str.strip, nameless):
            problem = tr("“{text}” has no name yet.").format(text=text.strip())
        self.problem.setText(problem)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not problem)
