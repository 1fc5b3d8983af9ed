"""Reports as Word documents, whose figures Qt draws."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from sleepscorer.io.atomic import write_file
from sleepscorer.report.sheet import Drawing, Sheet
from sleepscorer.report.word import sheet_docx
from sleepscorer.ui.night.report_pdf import check_thread

_SCALE = 3


def write_sheet_docx(path: Path, sheet: Sheet) -> None:
    """Write a sheet for Word, wholly or not at all; a Qt application must exist.

    Raises
    ------
    ScoringError
        The file can't be written, or python-docx is not installed.
    """
    drawn_docx(sheet)(path)


def drawn_docx(sheet: Sheet) -> Callable[[Path], None]:
    """Draw the figures of a sheet on the window's thread, and return what writes it on any."""
    check_thread()
    parts = (part for page in sheet.pages for part in page.parts)
    images = {part: _drawn(part) for part in parts if isinstance(part, Drawing)}

    def write(path: Path) -> None:
        write_file(path, sheet_docx(sheet, images.__getitem__))

    return write


def _drawn(drawing: Drawing) -> bytes:
    image = QImage(drawing.width * _SCALE, drawing.height * _SCALE, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(drawing.svg.encode())).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # its stub wants bytes
    return bytes(buffer.data().data())
