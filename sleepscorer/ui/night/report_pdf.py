"""Reports as PDF pages of real text and lines.

Qt draws it: it finds a font for every letter of every name and puts it into the file, and it is
there already. A library for PDF would bring fonts for western European names only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMarginsF,
    QRectF,
    QSizeF,
    Qt,
    QThread,
)
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtSvg import QSvgRenderer

from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.texts import one_line, storable
from sleepscorer.io.atomic import write_file
from sleepscorer.report.sheet import STYLE, Drawing, Page, Sheet
from sleepscorer.report.wording import Wording

_DOTS_PER_INCH = 1200
_LAYOUT_DPI = 96  # what rich text is laid out for; everything is scaled from it
_MARGIN_MM = 12.0
_GAP = 6.0
_NUMBER_HEIGHT = 16.0
_END_OF_PDF = b"%%EOF"


def write_sheet_pdf(path: Path, sheet: Sheet) -> None:
    """Write a sheet as A4 pages, wholly or not at all; a Qt application must exist.

    Raises
    ------
    ScoringError
        The file can't be written.
    """
    drawn_pdf(sheet)(path)


def drawn_pdf(sheet: Sheet) -> Callable[[Path], None]:
    """Draw a sheet on the window's thread, and return what writes it on any; see `sheet_pdf`."""
    return partial(write_file, content=sheet_pdf(sheet))


def sheet_pdf(sheet: Sheet) -> bytes:
    """Draw the pages; a Qt application must exist, and this be its thread.

    Qt writes into memory: what it is told to write into a file it does not check.

    Raises
    ------
    ScoringError
        Qt could not draw it, or a page holds far more than fits.
    """
    check_thread()
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
    writer.setTitle(one_line(storable(sheet.title)))
    writer.setCreator("SleepScorer")
    scale = _DOTS_PER_INCH / _LAYOUT_DPI
    size = QSizeF(writer.width() / scale, writer.height() / scale)
    pages = [_LaidOut.of(page, size.width()) for page in sheet.pages]
    for number, (page, laid_out) in enumerate(zip(sheet.pages, pages, strict=True), 1):
        if laid_out.scale(size) < page.least_scale:
            raise ScoringError(
                "Page {number} holds more than twice what fits; put blocks.page_break into the "
                "template of the letterhead.",
                number=number,
            )
    painter = QPainter()
    is_drawn = painter.begin(writer)
    if is_drawn:
        painter.scale(scale, scale)
        for number, laid_out in enumerate(pages, 1):
            if number > 1:
                writer.newPage()
            painter.save()
            _draw(painter, laid_out, size)
            painter.restore()
            if len(pages) > 1:
                _number(painter, sheet.wording, (number, len(pages)), size)
        is_drawn = painter.end()
    content = bytes(buffer.data().data())
    if not is_drawn or not content.rstrip().endswith(_END_OF_PDF):
        raise _not_drawn()
    return content


def check_thread() -> None:
    """Hold that Qt draws on the window's thread.

    A document of Qt's takes locks of Qt's while Python's is held; on another thread, both would
    wait for ever for the window's, which takes them the other way round.
    """
    application = QGuiApplication.instance()
    assert application is not None
    assert application.thread() is QThread.currentThread()


def _not_drawn() -> ScoringError:
    return ScoringError("The report could not be drawn; write it as HTML instead.")


@dataclass(frozen=True, slots=True)
class _Part:
    """A text or a drawing, and how high it is."""

    content: QTextDocument | QSvgRenderer
    height: float


@dataclass(frozen=True, slots=True)
class _LaidOut:
    """What stands on a page, from its top, and what stands at its end."""

    parts: tuple[_Part, ...]
    footer: QTextDocument

    @classmethod
    def of(cls, page: Page, width: float) -> _LaidOut:
        parts = tuple(_laid_out(part, width) for part in (page.head, *page.parts))
        return cls(parts, _document(page.foot, width))

    def scale(self, size: QSizeF) -> float:
        """How much smaller it is drawn to stay on a page; 1 where it fits."""
        whole = sum(part.height + _GAP for part in self.parts) + self.footer.size().height()
        return min((size.height() - _NUMBER_HEIGHT) / whole, 1.0)


def _laid_out(part: str | Drawing, width: float) -> _Part:
    if isinstance(part, str):
        document = _document(part, width)
        return _Part(document, document.size().height())
    renderer = QSvgRenderer()
    if not renderer.load(QByteArray(part.svg.encode())):
        raise _not_drawn()
    return _Part(renderer, width * part.height / part.width)


def _draw(painter: QPainter, page: _LaidOut, size: QSizeF) -> None:
    width, height = size.width(), size.height() - _NUMBER_HEIGHT
    footer_height = page.footer.size().height()
    # A night with many kinds of events has long tables: all shrinks alike to stay on the page.
    shrink = page.scale(size)
    painter.translate(width * (1 - shrink) / 2, 0)
    painter.scale(shrink, shrink)
    y = 0.0
    for part in page.parts:
        painter.save()
        painter.translate(0, y)
        if isinstance(part.content, QSvgRenderer):
            part.content.render(painter, QRectF(0, 0, width, part.height))
        else:
            _draw_text(painter, part.content)
        painter.restore()
        y += part.height + _GAP
    painter.translate(0, height / shrink - footer_height)
    _draw_text(painter, page.footer)


def _draw_text(painter: QPainter, document: QTextDocument) -> None:
    """Draw in black: `drawContents` takes the colours of the window, which may be dark."""
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette = palette
    document.documentLayout().draw(painter, context)


def _number(painter: QPainter, wording: Wording, place: tuple[int, int], size: QSizeF) -> None:
    """Say at the end of a page which it is of how many."""
    words = Phrase("Page {number} of {total}", number=place[0], total=place[1])
    html = f'<p class="small" align="right">{wording.html(words)}</p>'
    document = _document(html, size.width())
    painter.save()
    painter.translate(0, size.height() - document.size().height())
    _draw_text(painter, document)
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
