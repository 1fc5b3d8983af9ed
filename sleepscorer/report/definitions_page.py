"""The definitions of all numbers as a page for the screen."""

from __future__ import annotations

import re
from html import escape

from sleepscorer.io.definitions import Definition, Definitions

_LINK = re.compile(r"https://[^\s)]*[^\s).,:]")
_EMPHASIS = re.compile(r"\*([^*]+)\*")


def definitions_page(text: Definitions) -> str:
    """All definitions with their sources, section by section."""
    sections = "".join(
        f'<p class="part">{escape(section.title)}</p>{_paragraphs(section.paragraphs)}'
        f"{_table(section.definitions)}"
        for section in text.sections
    )
    return f"{_paragraphs(text.paragraphs)}{sections}"


def _table(definitions: tuple[Definition, ...]) -> str:
    rows = "".join(
        f'<tr><td width="30%"><b>{escape(one.name)}</b></td><td>{_text(one.text)}.'
        + "".join(f'<br/><span class="faint">{_text(note)}</span>' for note in one.notes)
        + "</td></tr>"
        for one in definitions
    )
    return f'<table width="100%">{rows}</table>'


def _paragraphs(paragraphs: tuple[str, ...]) -> str:
    return "".join(f"<p>{_text(paragraph)}</p>" for paragraph in paragraphs)


def _text(text: str) -> str:
    marked = _EMPHASIS.sub(r"<i>\1</i>", escape(text, quote=False))
    return _LINK.sub(lambda link: f'<a href="{link[0]}">{link[0]}</a>', marked)
