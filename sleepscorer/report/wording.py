"""The language that a page is written in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sleepscorer.domain.phrases import Phrase, as_it_is
from sleepscorer.domain.texts import markup
from sleepscorer.io.definitions import Definitions, definitions


@dataclass(frozen=True, slots=True)
class Wording:
    """How pages say what they say.

    Attributes
    ----------
    language
        Code of the language, e.g. ``"de"``.
    translate
        Gives the text of that language for an English one.
    point
        What stands before decimals.
    """

    language: str = "en"
    translate: Callable[[str], str] = as_it_is
    point: str = "."

    @property
    def definitions(self) -> Definitions:
        """What the numbers mean, in this language."""
        return definitions(self.language)

    def html(self, text: str) -> str:
        """A phrase in this language, or a text as it is, as it stands in HTML."""
        return markup(self.say(text))

    def say(self, text: str) -> str:
        """A phrase in this language, or a text as it is."""
        return text.said(self.translate, self.point) if isinstance(text, Phrase) else text

    def number(self, text: str) -> str:
        """A number with its unit, as it stands in HTML."""
        return markup(text.replace(".", self.point))


ENGLISH = Wording()
