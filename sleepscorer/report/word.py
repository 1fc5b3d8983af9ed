"""A sheet as a Word document: the same texts and tables, one under the other, to be edited."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from sleepscorer.domain.errors import ScoringError
from sleepscorer.report.sheet import Drawing, Sheet

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

_MARGIN_MM, _FIGURE_MM, _LOGO_MM = 15, 180, 12
_USUAL_PT = 9.0
_SIZES_PT: Mapping[str, float] = {"h1": 16.0, "head": 11.0, "part": 11.0, "small": 8.0, "open": 8.0}
_BOLD = frozenset({"b", "h1", "head", "part", "value", "strong", "open"})
_FAINT = frozenset({"faint", "small", "absent"})
_PARAGRAPHS = frozenset({"p", "h1", "div", "li"})
_FAINT_RGB = (0x6B, 0x72, 0x80)


def sheet_docx(sheet: Sheet, drawn: Callable[[Drawing], bytes]) -> bytes:
    """Write a sheet as a Word document.

    Parameters
    ----------
    sheet
        What it says.
    drawn
        Gives the PNG file of a drawing.

    Raises
    ------
    ScoringError
        python-docx, an extra, is not installed.
    """
    try:
        import docx
        from docx.shared import Mm, Pt
    except ImportError as error:
        raise ScoringError(
            "Reports for Word need python-docx: pip install 'sleepscorer[word]'."
        ) from error
    document = docx.Document()
    for section in document.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(_MARGIN_MM)
        section.top_margin = section.bottom_margin = Mm(_MARGIN_MM)
    usual = document.styles["Normal"]
    usual.font.size = Pt(_USUAL_PT)
    usual.paragraph_format.space_after = Pt(0)
    for part in sheet.flow:
        if isinstance(part, Drawing):
            document.add_picture(io.BytesIO(drawn(part)), width=Mm(_FIGURE_MM))
        else:
            _fill(document, part)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _fill(document: Document, html: str) -> None:
    # Our own pages are well-formed, and what others named in them is escaped.
    _block(document, ElementTree.fromstring(f"<div>{html}</div>"), frozenset())  # noqa: S314


def _block(
    container: Document | _Cell,
    element: ElementTree.Element,
    classes: frozenset[str],
    paragraph: Paragraph | None = None,
) -> None:
    """Put what stands in an element into a document or a cell."""
    if element.text:
        paragraph = _words(container, paragraph, element.text, classes)
    for child in element:
        own = classes | {child.tag, child.get("class", "")}
        if child.tag == "table":
            _table(container, child, classes)
            paragraph = None
        elif child.tag in _PARAGRAPHS:
            new = paragraph if paragraph is not None and not paragraph.text else None
            _block(container, child, own, new or container.add_paragraph())
            paragraph = None
        elif child.tag == "br":
            paragraph = _words(container, paragraph, "\n", classes)
        elif child.tag == "img":
            paragraph = _picture(container, paragraph, child)
        elif child.text or len(child):
            paragraph = paragraph or container.add_paragraph()
            _block(container, child, own, paragraph)
        if child.tail:
            paragraph = _words(container, paragraph, child.tail, classes)


def _table(
    container: Document | _Cell, table: ElementTree.Element, classes: frozenset[str]
) -> None:
    rows = [list(row) for row in table]
    if any(cell.get("valign") == "top" for row in rows for cell in row):
        # Columns of a page: in a document that is edited they stand one under the other.
        for row in rows:
            for cell in row:
                _block(container, cell, classes)
        return
    made = container.add_table(len(rows), max(map(len, rows), default=1))
    for place, row in enumerate(rows):
        for cell, target in zip(row, made.rows[place].cells, strict=False):
            first = target.paragraphs[0]
            if cell.get("align") == "right":
                first.alignment = 2  # WD_ALIGN_PARAGRAPH.RIGHT
            _block(target, cell, classes | {cell.get("class", "")}, first)


def _words(
    container: Document | _Cell, paragraph: Paragraph | None, text: str, classes: frozenset[str]
) -> Paragraph:
    from docx.shared import Pt, RGBColor

    paragraph = paragraph or container.add_paragraph()
    run = paragraph.add_run(text)
    run.bold = bool(classes & _BOLD)
    run.font.size = Pt(
        min((_SIZES_PT[one] for one in classes & _SIZES_PT.keys()), default=_USUAL_PT)
    )
    if classes & _FAINT:
        run.font.color.rgb = RGBColor(*_FAINT_RGB)
    return paragraph


def _picture(
    container: Document | _Cell, paragraph: Paragraph | None, image: ElementTree.Element
) -> Paragraph:
    from docx.shared import Mm

    paragraph = paragraph or container.add_paragraph()
    content = base64.b64decode(image.get("src", "").partition(",")[2])
    run: Any = paragraph.add_run()
    run.add_picture(io.BytesIO(content), height=Mm(_LOGO_MM))
    return paragraph
