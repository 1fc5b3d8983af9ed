"""Pages to be signed: texts in HTML and drawings, from which PDF, Word and HTML are made alike."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from sleepscorer.domain.texts import markup
from sleepscorer.report.wording import ENGLISH, Wording

STYLE = """
body { font-family: sans-serif; font-size: 8pt; color: #1F2328; }
h1 { font-size: 14pt; margin: 0; }
.part { font-size: 9pt; font-weight: bold; color: #0B4F8A; margin: 5px 0 1px 3px; }
td { padding: 1px 3px; }
.head { font-size: 9pt; font-weight: bold; }
.faint { color: #6B7280; }
.small { font-size: 6.5pt; color: #6B7280; }
.value { text-align: right; font-weight: bold; white-space: nowrap; }
.number { text-align: right; white-space: nowrap; }
.name { white-space: nowrap; }
.absent { font-weight: normal; color: #6B7280; font-size: 7pt; }
.open { font-size: 7pt; font-weight: bold; }
.strong { font-weight: bold; }
"""
"""Style sheet in the part of CSS that Qt's rich text knows."""

_PAGE_STYLE = """
body { max-width: 190mm; margin: 8mm auto; }
table { border-collapse: collapse; }
td { vertical-align: baseline; }
svg { width: 100%; }
@page { size: A4; margin: 10mm; }
"""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure.

    Attributes
    ----------
    svg
        What is drawn, in that part of SVG that is called Tiny.
    width, height
        Its size, of which only the ratio counts.
    """

    svg: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page, from its top.

    Attributes
    ----------
    head, foot
        What stands on it because it is a page of paper; without pages, those after each other with
        the same head have it once, above, and only the foot of the last, below.
    parts
        What it says.
    least_scale
        How small it may be drawn to stay on its paper.
    """

    head: str
    parts: tuple[str | Drawing, ...]
    foot: str
    least_scale: float = 0.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """Some pages.

    Attributes
    ----------
    title
        Title of the file.
    pages
        At least one.
    wording
        The language that they are written in.
    """

    title: str
    pages: tuple[Page, ...]
    wording: Wording = ENGLISH

    @property
    def flow(self) -> tuple[str | Drawing, ...]:
        """All of it without pages."""
        parts: list[str | Drawing] = []
        for head, group in groupby(self.pages, key=lambda page: page.head):
            pages = tuple(group)
            parts += (head, *(part for page in pages for part in page.parts), pages[-1].foot)
        return tuple(parts)


def sheet_html(sheet: Sheet) -> str:
    """All of it as one file that needs no other."""
    body = "".join(part.svg if isinstance(part, Drawing) else part for part in sheet.flow)
    return (
        f'<!DOCTYPE html>\n<html lang="{sheet.wording.language}"><head><meta charset="utf-8"/>'
        f"<title>{markup(sheet.title)}</title>"
        f"<style>{STYLE}{_PAGE_STYLE}</style></head><body>{body}</body></html>\n"
    )
