"""What the program says: English wherever it is read as text, and a window can say it otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Self


class Phrase(str):
    """Words of the program, which know what they were made of.

    It is its own English text, so that the command line, files and logs need to know nothing of
    languages. ``packaging/translations.py`` collects every template for the catalogues, as
    it stands in the source; what users, files and libraries say stays as it is.

    Parameters
    ----------
    template
        English text with names in braces, as `str.format` takes it; without values it is taken as
        it stands.
    values
        What the names stand for. A phrase among them, and an error that carries one, is translated
        too; several in a tuple are joined by commas.

    Attributes
    ----------
    template, values
        What it was made of.
    """

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, /, **values: object) -> Self:  # noqa: D102
        made = super().__new__(cls, _filled(template, values, _as_it_is))
        made.template, made.values = template, values
        return made

    def __reduce__(self) -> tuple[Callable[..., Phrase], tuple[object, ...]]:
        return _made_again, (self.template, self.values)

    def said(self, translate: Callable[[str], str]) -> str:
        """Say it in another language.

        Parameters
        ----------
        translate
            Gives the template of that language for an English one; the same where it knows none.
        """
        return _filled(translate(self.template), self.values, translate)


def joined(*phrases: str) -> Phrase:
    """Several sentences one after the other."""
    values = {f"part_{number}": phrase for number, phrase in enumerate(phrases)}
    template = " ".join(f"{{{name}}}" for name in values)
    return Phrase(template, **values)


def phrase_of(error: BaseException) -> str:
    """What an error says, as a phrase where it carries one."""
    (said,) = error.args if len(error.args) == 1 else (None,)
    return said if isinstance(said, Phrase) else str(error)


def _filled(template: str, values: Mapping[str, object], translate: Callable[[str], str]) -> str:
    if not values:
        return template
    return template.format_map({name: _said(value, translate) for name, value in values.items()})


def _said(value: object, translate: Callable[[str], str]) -> object:
    match value:
        case Phrase():
            return value.said(translate)
        case BaseException():
            return _said(phrase_of(value), translate)
        case tuple():
            return ", ".join(str(_said(one, translate)) for one in value)
        case _:
            return value


def _as_it_is(template: str) -> str:
    return template


def _made_again(template: str, values: Mapping[str, object]) -> Phrase:
    return Phrase(template, **values)
