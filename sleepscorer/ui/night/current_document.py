"""What is open: the one place where the parts of the window look for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from sleepscorer.ui.night.document import Document


class CurrentDocument(QObject):
    """Holds what is open.

    Attributes
    ----------
    changed
        Emitted when another document takes the place of what was open.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._document: Document | None = None

    @property
    def document(self) -> Document | None:
        """What is open; None at the start."""
        return self._document

    @property
    def opened(self) -> Document:
        """What is open, for actions that are off while there is nothing."""
        assert self._document is not None
        return self._document

    def show(self, document: Document) -> None:
        """Put a document in the place of what is open."""
        self._document = document
        self.changed.emit()
