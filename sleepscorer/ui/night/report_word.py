"""The report as a Word document, whose figure Qt draws."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from sleepscorer.io.atomic import write_file
from sleepscorer.report.content import Report
from sleepscorer.report.figures import HEIGHT, WIDTH, night_svg
from sleepscorer.report.word import report_docx

_SCALE = 3


def write_report_docx(path: Path, report: Report) -> None:
    """Write the report for Word, wholly or not at all; a Qt application must exist.

    Raises
    ------
    ScoringError
        The file can't be written, or python-docx is not installed.
    """
    assert QGuiApplication.instance() is not None
    image = QImage(WIDTH * _SCALE, HEIGHT * _SCALE, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(night_svg(report).encode())).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # its stub wants bytes
    write_file(path, report_docx(report, bytes(buffer.data().data())))
