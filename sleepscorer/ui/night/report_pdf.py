"""The report as a PDF page of real text and lines.

Qt draws it: it finds a font for every letter of every name and puts it into the file, and it is
there already. A library for PDF would bring fonts for western European names only.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtSvg import QSvgRenderer

from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.texts import one_line, storable
from sleepscorer.io.atomic import write_file
from sleepscorer.report.content import Report
from sleepscorer.report.figures import HEIGHT, WIDTH, night_svg
from sleepscorer.report.page import STYLE, footer_html, header_html, statistics_html

_DOTS_PER_INCH = 1200
_LAYOUT_DPI = 96  # what rich text is laid out for; everything is scaled from it
_MARGIN_MM = 12.0
_GAP = 6.0
_END_OF_PDF = b"%%EOF"


def write_report_pdf(path: Path, report: Report) -> None:
    """Write the report as one A4 page, wholly or not at all; a Qt application must exist.

    Raises
    ------
    ScoringError
        The file can't be written.
    """
    write_file(path, report_pdf(report))


def report_pdf(report: Report) -> bytes:
    """Draw the page; a Qt application must exist.

    Qt writes into memory: what it is told to write into a file it does not check.

    Raises
    ------
    ScoringError
        Qt could not draw it.
    """
    assert QGuiApplication.instance() is not None
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            margins,
            QPageLayout.Unit.Millimeter,
        )
    )
    writer.setResolution(_DOTS_PER_INCH)
    title = f"{report.wording.say(report.letterhead.title)} – {report.scored.recording.file_name}"
    writer.setTitle(one_line(storable(title)))
    writer.setCreator("SleepScorer")
    painter = QPainter()
    is_drawn = painter.begin(writer)
    if is_drawn:
        scale = _DOTS_PER_INCH / _LAYOUT_DPI
        painter.scale(scale, scale)
        _draw(painter, report, writer.width() / scale, writer.height() / scale)
        is_drawn = painter.end()
    content = bytes(buffer.data().data())
    if not is_drawn or not content.rstrip().endswith(_END_OF_PDF):
        raise ScoringError("The report could not be drawn; write it as HTML instead.")
    return content


def _draw(painter: QPainter, report: Report, width: float, height: float) -> None:
    header = _document(header_html(report), width)
    statistics = _document(statistics_html(report.statistics, report.wording), width)
    footer = _document(footer_html(report), width)
    renderer = QSvgRenderer()
    if not renderer.load(QByteArray(night_svg(report).encode())):
        raise ScoringError("The report could not be drawn; write it as HTML instead.")
    figure_height = width * HEIGHT / WIDTH
    texts_height = sum(document.size().height() for document in (header, statistics, footer))
    # A night with many kinds of events has long tables: all shrinks alike to stay on the page.
    shrink = min(height / (texts_height + figure_height + 3 * _GAP), 1.0)
    painter.translate(width * (1 - shrink) / 2, 0)
    painter.scale(shrink, shrink)
    y = 0.0
    for part in (header, renderer, statistics):
        painter.save()
        painter.translate(0, y)
        if isinstance(part, QSvgRenderer):
            part.render(painter, QRectF(0, 0, width, figure_height))
            y += figure_height
        else:
            part.drawContents(painter)
            y += part.size().height()
        painter.restore()
        y += _GAP
    painter.translate(0, height / shrink - footer.size().height())
    footer.drawContents(painter)


def _document(html: str, width: float) -> QTextDocument:
    document = QTextDocument()
    font = QFont("sans-serif")
    font.setPointSizeF(8)
    # Hinted widths are those of a screen and look uneven in print.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    document.setDefaultFont(font)
    document.setUseDesignMetrics(True)
    document.setDocumentMargin(0)
    document.setDefaultStyleSheet(STYLE)
    document.setHtml(html)
    document.setTextWidth(width)
    return document
