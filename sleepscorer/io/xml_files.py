"""XML from strangers: no entities, no nesting without end, no document held in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring
from xml.parsers import expat

from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.texts import markup_letters
from sleepscorer.io.atomic import write_file
from sleepscorer.io.text_files import read_bytes

_MOST_DEEP = 32
_MOST_LETTERS = 10_000
_MOST_ELEMENTS = 500_000


@dataclass(slots=True)
class XmlElement:
    """An element without its surroundings.

    Attributes
    ----------
    tag
        Its name.
    line
        Line of the file in which it ends, from 1.
    text
        Its text without surrounding blanks.
    children
        Texts of the elements in it, by name; the first of each name.
    """

    tag: str
    line: int = 0
    text: str = ""
    children: dict[str, str] = field(default_factory=dict)


def read_elements(path: Path, root: str, tags: frozenset[str]) -> Iterator[XmlElement]:
    """Yield the elements of some names in the order in which they end.

    Only they are kept, one at a time. A document that declares entities is refused, so none can
    name another file or grow when it is read.

    Raises
    ------
    ScoringError
        The file can't be read, is no XML, has another root, or is not what a scoring looks like.
    """
    collector = _Collector(path, root, tags)
    data = read_bytes(path)
    for position in range(0, len(data), 2**16):
        yield from collector.feed(data[position : position + 2**16])
    yield from collector.feed(b"", is_last=True)


class _Collector:
    def __init__(self, path: Path, root: str, tags: frozenset[str]) -> None:
        self._path = path
        self._root = root
        self._tags = tags
        self._open: list[XmlElement] = []
        self._done: list[XmlElement] = []
        self._n_elements = 0
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._on_start
        parser.EndElementHandler = self._on_end
        parser.CharacterDataHandler = self._on_text
        parser.StartDoctypeDeclHandler = self._on_doctype
        self._parser = parser

    def feed(self, data: bytes, *, is_last: bool = False) -> Iterator[XmlElement]:
        try:
            self._parser.Parse(data, is_last)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise ScoringError(
                "{file}, line {line}: this is no well-formed XML ({error}); export the file again.",
                file=self._path.name,
                line=self._parser.CurrentLineNumber,
                error=error,
            ) from error
        done, self._done = self._done, []
        yield from done

    def _on_doctype(self, *_: object) -> None:
        raise self._refused(Phrase("declares a document type, which no scoring needs"))

    def _on_start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._n_elements += 1
        if not self._open and tag != self._root:
            raise self._refused(
                Phrase("begins with <{tag}>, not with <{root}>", tag=tag[:60], root=self._root)
            )
        if len(self._open) >= _MOST_DEEP or self._n_elements > _MOST_ELEMENTS:
            raise self._refused(Phrase("has more elements than any scoring"))
        self._open.append(XmlElement(tag))

    def _on_text(self, text: str) -> None:
        element = self._open[-1]
        if not element.text and text.isspace():
            return  # the indentation of a list
        if len(element.text) + len(text) > _MOST_LETTERS:
            raise self._refused(Phrase("has a text longer than any scoring's"))
        element.text += text

    def _on_end(self, tag: str) -> None:
        element = self._open.pop()
        element.text = element.text.strip()
        if tag in self._tags:
            element.line = self._parser.CurrentLineNumber
            self._done.append(element)
        if self._open:
            self._open[-1].children.setdefault(tag, element.text)
            if self._open[-1].tag not in self._tags:
                self._open[-1].children.clear()  # of lists nothing is kept

    def _refused(self, what: Phrase) -> ScoringError:
        return ScoringError(
            "{file}, line {line}: the file {what}; choose the "
            "scoring that the other program exported.",
            file=self._path.name,
            line=self._parser.CurrentLineNumber,
            what=what,
        )


def element(tag: str, *children: Element | tuple[str, str]) -> Element:
    """Build an element from elements and from pairs of name and text."""
    built = Element(tag)
    for child in children:
        if isinstance(child, tuple):
            SubElement(built, child[0]).text = markup_letters(child[1])
        else:
            built.append(child)
    return built


def write_xml(path: Path, root: Element) -> None:
    """Write a document, wholly or not at all.

    Raises
    ------
    ScoringError
        The file can't be written.
    """
    indent(root)
    write_file(path, tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")
