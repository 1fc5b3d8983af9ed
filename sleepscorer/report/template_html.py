"""What a laboratory's template gives, as well-formed parts of pages that every format can show.

Only tags and styles that PDF, Word and HTML have alike are kept, and nothing that would fetch
something or that would hide what stands around.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser

from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.texts import markup
from sleepscorer.report.sheet import Drawing

PAGE_BREAK = "page_break"
"""Name of the block after which a page begins."""

ALONE = frozenset({PAGE_BREAK, "figure", "provenance", "signature"})
"""Blocks around which no tag is but ``<div>``: nothing colours or hides them."""

_MARK = "sleepscorer-block"
_EMPTY = frozenset({"br", "hr", "img"})
_LISTS, _CELLS = ("ul", "ol"), ("td", "th")
_BLOCKS = frozenset({"p", "h1", "h2", "h3", "div", "table", "tr", "li", "hr", *_LISTS, *_CELLS})
_INLINE = frozenset({"b", "strong", "i", "em", "u", "span", "sub", "sup"})
_PASSED_OVER = frozenset({"thead", "tbody", "tfoot"})
_TAGS = _EMPTY | _BLOCKS | _INLINE | _PASSED_OVER
_WRITTEN = {"strong": "b", "em": "i", "th": "td", "h2": "p", "h3": "p"}
_CLASS = {"th": "head", "h2": "part", "h3": "part"}
_ATTRIBUTES = frozenset(
    {"class", "style", "width", "height", "align", "valign", "colspan", "rowspan"}
)
_STYLES = re.compile(
    r"(?:background-)?color|font-(?:size|weight|style|family)|text-(?:align|decoration)"
    r"|vertical-align|white-space|width|(?:margin|padding|border)(?:-(?:top|right|bottom|left))?"
)
_STYLE_VALUE = re.compile(r"(?:[\w#%., ]|(?<=[a-z])-(?=[a-z]))+")
_INSERTED, _SPACES = "\ufffc", re.compile("[ \t\r\n\f]+")
_OF_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


class MisplacedError(Exception):
    """A block stands where it can't be."""


def mark(name: str) -> str:
    """What stands for a block until the pages are put together."""
    return f'<{_MARK} name="{name}"/>'


def refused_in(template: str) -> tuple[int, Phrase] | None:
    """The first line of a template with what no report may hold, and what that is."""
    found: list[tuple[int, Phrase]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
            why = _why_not(tag, attrs)
            if why is not None:
                found.append((self.getpos()[0], why))

    def without(match: re.Match[str]) -> str:
        inserted = _INSERTED if match[0].startswith("{{") else " "
        return inserted + "\n" * match[0].count("\n")

    reader = Reader()
    reader.feed(_OF_TEMPLATE.sub(without, template))
    reader.close()
    return found[0] if found else None


def _why_not(tag: str, attrs: Sequence[tuple[str, str | None]]) -> Phrase | None:
    if tag not in _TAGS:
        return Phrase("a report has no <{tag}>", tag=tag)
    for name, value in attrs:
        if _INSERTED in (value or "") or _INSERTED in name:
            continue
        if tag == "img" and name == "src":
            if value != "logo":
                return Phrase('the only image is <img src="logo"/>, that of the letterhead')
        elif name not in _ATTRIBUTES:
            return Phrase("a report has no {name} in its <{tag}>", name=name, tag=tag)
        elif name == "style":
            kept = _kept_style(value or "")
            if kept.count(":") < (value or "").count(":"):
                return Phrase("a report has no style “{style}”", style=value)
    return None


def _kept_style(style: str) -> str:
    kept = []
    for one in style.casefold().split(";"):
        name, _, value = (part.strip() for part in one.partition(":"))
        if _STYLES.fullmatch(name) and _STYLE_VALUE.fullmatch(value):
            kept.append(f"{name}:{value}")
    return ";".join(kept)


def pages_of(
    html: str, blocks: Mapping[str, str | Drawing], logo: str
) -> tuple[tuple[tuple[str | Drawing, ...], ...], frozenset[str]]:
    """Put pages together.

    Parameters
    ----------
    html
        What a template gave, with marks in the places of blocks.
    blocks
        What those are.
    logo
        Address of the image that is called ``logo``; empty without.

    Returns
    -------
    pages, placed
        Parts of each page that has any, and names of the blocks that stand there.

    Raises
    ------
    MisplacedError
        A block stands where it can't be.
    """
    pages = _Pages(blocks, logo)
    pages.feed(html)
    pages.close()
    return pages.ended(), frozenset(pages.placed)


class _Pages(HTMLParser):
    def __init__(self, blocks: Mapping[str, str | Drawing], logo: str) -> None:
        super().__init__()
        self.placed: set[str] = set()
        self._blocks, self._logo = blocks, logo
        self._pages: list[list[str | Drawing]] = [[]]
        self._open: list[tuple[str, str]] = []  # tags as they are ended, and as they were begun
        self._written: list[str] = []
        self._is_at_edge = True

    def ended(self) -> tuple[tuple[str | Drawing, ...], ...]:
        """All pages with something on them; one without where there is nothing."""
        self._end_open(0)
        self._end_part()
        return tuple(tuple(page) for page in self._pages if page) or ((),)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == _MARK:
            self._place(given.get("name", ""))
        elif tag in _EMPTY:
            self._write_empty(tag, given)
        elif tag in _BLOCKS | _INLINE and self._may_begin(tag):
            self._begin(_WRITTEN.get(tag, tag), {"class": _CLASS.get(tag, ""), **given})

    def handle_endtag(self, tag: str) -> None:
        if tag not in _EMPTY | _PASSED_OVER:
            self._end(_WRITTEN.get(tag, tag), () if tag == "table" else ("table",))

    def handle_data(self, data: str) -> None:
        text = _SPACES.sub(" ", data)
        if self._is_at_edge:
            text = text.removeprefix(" ")
        if text:
            self._written.append(markup(text))
            self._is_at_edge = text.endswith(" ")

    def _may_begin(self, tag: str) -> bool:
        """End what a tag ends by beginning; whether it has a place here."""
        if tag in ("tr", *_CELLS):
            if not self._is_open("table"):
                return False
            self._end("td", ("table",))
            if tag == "tr":
                self._end("tr", ("table",))
            elif not self._is_open("tr", ("table",)):
                self._begin("tr", {})
        elif tag == "li":
            self._end("li", (*_LISTS, "td"))
        elif tag in _BLOCKS:
            self._end("p", ("td", "li", "div"))
        return True

    def _begin(self, tag: str, given: Mapping[str, str]) -> None:
        attributes = "".join(
            f' {name}="{markup(kept)}"'
            for name, value in given.items()
            if name in _ATTRIBUTES
            and (kept := _kept_style(value) if name == "style" else value.strip())
        )
        begun = f"<{tag}{attributes}>"
        self._edge(tag)
        self._open.append((tag, begun))
        self._written.append(begun)

    def _is_open(self, tag: str, within: Sequence[str] = ()) -> bool:
        return self._place_of(tag, within) is not None

    def _place_of(self, tag: str, within: Sequence[str]) -> int | None:
        for place in reversed(range(len(self._open))):
            if self._open[place][0] == tag:
                return place
            if self._open[place][0] in within:
                return None
        return None

    def _end(self, tag: str, within: Sequence[str]) -> None:
        place = self._place_of(tag, within)
        if place is not None:
            self._end_open(place)

    def _end_open(self, first: int) -> None:
        while len(self._open) > first:
            tag, _ = self._open.pop()
            self._edge(tag)
            self._written.append(f"</{tag}>")

    def _edge(self, tag: str) -> None:
        """Leave spaces out that stand at the edge of a block."""
        if tag in _BLOCKS:
            if self._written and not self._written[-1].startswith("<"):
                self._written[-1] = self._written[-1].removesuffix(" ")
            self._is_at_edge = True

    def _write_empty(self, tag: str, given: Mapping[str, str]) -> None:
        attributes = ""
        if tag == "img":
            if given.get("src") != "logo" or not self._logo:
                return
            height = given.get("height", "44")
            size = markup(height if height.isdecimal() else "44")
            attributes = f' height="{size}" src="{markup(self._logo)}"'
        self._edge("hr" if tag != "img" else "img")
        self._written.append(f"<{tag}{attributes}/>")
        self._is_at_edge = tag != "img"

    def _place(self, name: str) -> None:
        block = self._blocks.get(name)
        if block is None and name != PAGE_BREAK:
            return
        self.placed.add(name)
        if name not in ALONE and isinstance(block, str):
            self._edge("div")
            self._written.append(block)
            return
        within = [begun for begun in self._open if begun[0] != "div"]
        if within:
            raise MisplacedError(
                Phrase(
                    "blocks.{name} stands in <{tag}>; put it before or after that",
                    name=name,
                    tag=within[-1][0],
                )
            )
        around = self._open.copy()
        self._end_open(0)
        self._end_part()
        if name == PAGE_BREAK:
            self._pages.append([])
        elif block is not None:
            self._pages[-1].append(block)
        for tag, begun in around:
            self._open.append((tag, begun))
            self._written.append(begun)

    def _end_part(self) -> None:
        part = "".join(self._written)
        if re.sub("</?div[^>]*>| ", "", part):
            self._pages[-1].append(part)
        self._written.clear()
        self._is_at_edge = True
