"""What every number means: read from ``resources/definitions.md``, once.

The file is Markdown. A heading of the third level names a number and ends with its word in braces,
``{#tst}``; the first paragraph under it stands beside the number, the others are notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from resources import DEFINITIONS_PATHS

_HEADING = re.compile(r"(?P<name>.+?)\s*\{#(?P<id>\w+)\}")


@dataclass(frozen=True, slots=True)
class Definition:
    """What one number means.

    Attributes
    ----------
    id
        Its word in CSV and JSON.
    name
        Name shown.
    text
        How it is computed, to stand beside the number.
    notes
        Paragraphs that say on whose word, and what others do.
    """

    id: str
    name: str
    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Definitions that belong together.

    Attributes
    ----------
    title
        Heading.
    paragraphs
        What is to be said before them.
    definitions
        The definitions.
    """

    title: str
    paragraphs: tuple[str, ...]
    definitions: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Definitions(Mapping[str, Definition]):
    """The whole text, and each definition by its word.

    Attributes
    ----------
    title
        Heading.
    paragraphs
        What is to be said before the first section.
    sections
        The sections in order.
    """

    title: str
    paragraphs: tuple[str, ...]
    sections: tuple[Section, ...]

    def __getitem__(self, definition_id: str) -> Definition:
        for section in self.sections:
            for definition in section.definitions:
                if definition.id == definition_id:
                    return definition
        raise KeyError(definition_id)

    def __iter__(self) -> Iterator[str]:
        return (one.id for section in self.sections for one in section.definitions)

    def __len__(self) -> int:
        return sum(len(section.definitions) for section in self.sections)


@cache
def definitions(language: str = "en") -> Definitions:
    """Read the definitions in a language; in English where there are none in it."""
    path = DEFINITIONS_PATHS.get(language, DEFINITIONS_PATHS["en"])
    return parsed_definitions(path.read_text(encoding="utf-8"))


def parsed_definitions(text: str) -> Definitions:
    """Parse the text of a file of definitions.

    Raises
    ------
    ValueError
        A heading of the third level has no word in braces, or a definition has no text.
    """
    heading, *sections = _split(text, "## ")
    title, *paragraphs = _paragraphs(heading)
    return Definitions(
        title.removeprefix("# "), tuple(paragraphs), tuple(_section(one) for one in sections)
    )


def _section(text: str) -> Section:
    heading, *definitions_of_it = _split(text, "### ")
    title, *paragraphs = _paragraphs(heading)
    return Section(title, tuple(paragraphs), tuple(_definition(one) for one in definitions_of_it))


def _definition(text: str) -> Definition:
    heading, *paragraphs = _paragraphs(text)
    match = _HEADING.fullmatch(heading)
    if match is None or not paragraphs:
        raise ValueError(f"“{heading}” has no word in braces or no text")
    return Definition(match["id"], match["name"], paragraphs[0], tuple(paragraphs[1:]))


def _split(text: str, mark: str) -> Sequence[str]:
    return re.split(rf"^{mark}", text, flags=re.MULTILINE)


def _paragraphs(text: str) -> list[str]:
    """The first line, then the paragraphs, each on one line."""
    first, _, rest = text.strip().partition("\n")
    blocks = re.split(r"\n\s*\n", rest.strip())
    return [first.strip(), *(" ".join(block.split()) for block in blocks if block.strip())]
