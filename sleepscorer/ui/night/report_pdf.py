"""The report as PDF pages of real text and lines.

Qt draws it: it finds a font for every letter of every name and puts it into the file, and it is
there already. A library for PDF would bring fonts for western European names only.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF
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
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.texts import one_line, storable
from sleepscorer.io.atomic import write_file
from sleepscorer.report.content import Report
from sleepscorer.report.figures import HEIGHT, WIDTH, night_svg
from sleepscorer.report.page import (
    STYLE,
    disclaimer_html,
    events_html,
    footer_html,
    header_html,
    statistics_html,
)

_DOTS_PER_INCH = 1200
_LAYOUT_DPI = 96  # what rich text is laid out for; everything is scaled from it
_MARGIN_MM = 12.0
_GAP = 6.0
_NUMBER_HEIGHT = 16.0
_END_OF_PDF = b"%%EOF"


def write_report_pdf(path: Path, report: Report) -> None:
    """Write the report as one or two A4 pages, wholly or not at all; a Qt application must exist.

    Raises
    ------
    ScoringError
        The file can't be written.
    """
    write_file(path, report_pdf(report))


def report_pdf(report: Report) -> bytes:
    """Draw the pages; a Qt application must exist.

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
        size = QSizeF(writer.width() / scale, writer.height() / scale)
        pages = _pages(report, size.width())
        for number, page in enumerate(pages, 1):
            if number > 1:
                writer.newPage()
            painter.save()
            _draw(painter, page, size)
            painter.restore()
            if len(pages) > 1:
                _number(painter, report, (number, len(pages)), size)
        is_drawn = painter.end()
    content = bytes(buffer.data().data())
    if not is_drawn or not content.rstrip().endswith(_END_OF_PDF):
        raise ScoringError("The report could not be drawn; write it as HTML instead.")
    return content


@dataclass(frozen=True, slots=True)
class _Page:
    """What stands on a page, from its top, and what stands at its end."""

    parts: tuple[QTextDocument | QSvgRenderer, ...]
    footer: QTextDocument


def _pages(report: Report, width: float) -> tuple[_Page, ...]:
    """The night and its sleep; then breathing, oxygen, heart and limbs, where it was looked at."""
    statistics, wording = report.statistics, report.wording
    renderer = QSvgRenderer()
    if not renderer.load(QByteArray(night_svg(report).encode())):
        raise ScoringError("The report could not be drawn; write it as HTML instead.")
    events = events_html(statistics, wording)
    footer = _document(footer_html(report), width)
    sleep = (
        _document(header_html(report), width),
        renderer,
        _document(statistics_html(statistics, wording), width),
    )
    if not events:
        return (_Page(sleep, footer),)
    disclaimer = _document(disclaimer_html(wording), width)
    return (
        _Page(sleep, disclaimer),
        _Page((_document(header_html(report), width), _document(events, width)), footer),
    )


def _draw(painter: QPainter, page: _Page, size: QSizeF) -> None:
    width, height = size.width(), size.height() - _NUMBER_HEIGHT
    figure_height = width * HEIGHT / WIDTH
    heights = [
        figure_height if isinstance(part, QSvgRenderer) else part.size().height()
        for part in page.parts
    ]
    footer_height = page.footer.size().height()
    # A night with many kinds of events has long tables: all shrinks alike to stay on the page.
    gaps = len(heights) * _GAP
    shrink = min(height / (sum(heights) + footer_height + gaps), 1.0)
    painter.translate(width * (1 - shrink) / 2, 0)
    painter.scale(shrink, shrink)
    y = 0.0
    for part, part_height in zip(page.parts, heights, strict=True):
        painter.save()
        painter.translate(0, y)
        if isinstance(part, QSvgRenderer):
            part.render(painter, QRectF(0, 0, width, figure_height))
        else:
            part.drawContents(painter)
        painter.restore()
        y += part_height + _GAP
    painter.translate(0, height / shrink - footer_height)
    page.footer.drawContents(painter)


def _number(painter: QPainter, report: Report, place: tuple[int, int], size: QSizeF) -> None:
    """Say at the end of a page which it is of how many."""
    words = Phrase("Page {number} of {total}", number=place[0], total=place[1])
    html = f'<p class="small" align="right">{report.wording.html(words)}</p>'
    document = _document(html, size.width())
    painter.save()
    painter.translate(0, size.height() - document.size().height())
    document.drawContents(painter)
    painter.restore()


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
