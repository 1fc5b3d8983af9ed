"""What the program says: English wherever it is read as text, and a window can say it otherwise."""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping
from numbers import Integral, Real
from string import Formatter
from typing import Any, Self

from sleepscorer.domain.texts import one_line


class Phrase(str):
    """Words of the program, which know what they were made of.

    It is its own English text, so that the command line, files and logs need to know nothing of
    languages. ``packaging/translations.py`` collects every template for the catalogues, as
    it stands in the source; what users, files and libraries say stays as it is.

    Parameters
    ----------
    template
        English text with names in braces, as `str.format` takes it; without values it is taken as
        it stands. Of ``{n:epoch has|epochs have}`` the first words stand where ``n`` is 1, the
        others where it is not.
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
        # Not the errors themselves: they hold on to all that was at work when they were raised.
        values = {name: _without_its_frames(value) for name, value in values.items()}
        made = super().__new__(cls, _filled(template, values, as_it_is, "."))
        made.template, made.values = template, values
        return made

    def __reduce__(self) -> tuple[Callable[..., Phrase], tuple[object, ...]]:
        return _made_again, (self.template, self.values)

    def said(self, translate: Callable[[str], str], point: str = ".") -> str:
        """Say it in another language.

        Parameters
        ----------
        translate
            Gives the template of that language for an English one; the same where it knows none.
        point
            What stands before the decimals of numbers.
        """
        return _filled(translate(self.template), self.values, translate, point)


def joined(*phrases: str) -> Phrase:
    """Several sentences one after the other."""
    values = {f"part_{number}": phrase for number, phrase in enumerate(phrases)}
    template = " ".join(f"{{{name}}}" for name in values)
    return Phrase(template, **values)


def phrase_of(error: BaseException) -> str:
    """What an error says, as a phrase where it carries one, or the system's words for it."""
    (said,) = error.args if len(error.args) == 1 else (None,)
    if isinstance(said, Phrase):
        return said
    if isinstance(error, OSError):
        name = errno.errorcode.get(error.errno or 0, "")
        return _SYSTEM_WORDS.get(name) or error.strerror or str(error)
    return str(error)


def as_it_is(text: str) -> str:
    """English is what stands in the source."""
    return text


def per_cent(share: float) -> str:
    """Say a share of 1 in whole per cent, which stand after a space."""
    return f"{100 * share:.0f} %"


class _Numbers(Formatter):
    """Fills in numbers as a language writes them, per cent after a space, and words by number."""

    def __init__(self, point: str) -> None:
        self._point = point

    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" in format_spec:
            one, several = format_spec.split("|")
            return one if value == 1 else several
        text: str = super().format_field(value, format_spec)
        if format_spec.endswith("%"):
            text = text.replace("%", " %")
        is_fraction = isinstance(value, Real) and not isinstance(value, Integral)
        return text.replace(".", self._point) if is_fraction else text


def _filled(
    template: str, values: Mapping[str, object], translate: Callable[[str], str], point: str
) -> str:
    if not values:
        return template
    said = {name: _said(value, translate, point) for name, value in values.items()}
    return _Numbers(point).vformat(template, (), said)


def _said(value: object, translate: Callable[[str], str], point: str) -> object:
    match value:
        case Phrase():
            return value.said(translate, point)
        case tuple():
            return ", ".join(str(_said(one, translate, point)) for one in value)
        case str():
            return one_line(value)  # a cell of a file may hold line breaks, a sentence none
        case _:
            return value


def _without_its_frames(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(map(_without_its_frames, value))
    return phrase_of(value) if isinstance(value, BaseException) else value


def _made_again(template: str, values: Mapping[str, object]) -> Phrase:
    return Phrase(template, **values)


_SYSTEM_WORDS = {
    "EACCES": Phrase("Permission denied"),
    "EBUSY": Phrase("Device or resource busy"),
    "EDQUOT": Phrase("Disk quota exceeded"),
    "EEXIST": Phrase("File exists"),
    "EFBIG": Phrase("File too large"),
    "EHOSTDOWN": Phrase("Host is down"),
    "EHOSTUNREACH": Phrase("No route to host"),
    "EIO": Phrase("Input/output error"),
    "EISDIR": Phrase("Is a directory"),
    "ELOOP": Phrase("Too many levels of symbolic links"),
    "EMFILE": Phrase("Too many open files"),
    "ENAMETOOLONG": Phrase("File name too long"),
    "ENODEV": Phrase("No such device"),
    "ENOENT": Phrase("No such file or directory"),
    "ENOMEM": Phrase("Cannot allocate memory"),
    "ENOSPC": Phrase("No space left on device"),
    "ENOTCONN": Phrase("Transport endpoint is not connected"),
    "ENOTDIR": Phrase("Not a directory"),
    "ENOTEMPTY": Phrase("Directory not empty"),
    "ENXIO": Phrase("No such device or address"),
    "EPERM": Phrase("Operation not permitted"),
    "EROFS": Phrase("Read-only file system"),
    "ESTALE": Phrase("Stale file handle"),
    "ETIMEDOUT": Phrase("Connection timed out"),
}
"""What the system says by the name of its number, in words that a window can translate."""
