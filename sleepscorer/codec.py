"""Values as JSON and back: frozen dataclasses by their fields, unions by a tag.

Strict in both directions: a field too many or too few, or a value of another type, is an error
and never a guess, since what is decoded here is somebody's work.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Generic, Literal, TypeVar, get_args, get_origin

from cattrs import BaseValidationError, Converter, transform_error
from cattrs.strategies import configure_tagged_union
from cattrs.v import format_exception

T = TypeVar("T")


class _WrongTypeError(TypeError):
    """A value is of another type than its field."""


class CodecError(ValueError):
    """A text or a structure is not what it should be; the text says where in it and why."""


class Codec(Generic[T]):
    """Encodes the members of a union of dataclasses.

    Parameters
    ----------
    members
        Class of each tag. Tags stay as they are once files hold them, whatever becomes of the
        names of the classes.
    tag
        Name of the entry that holds the tag.
    nested
        Unions that fields of the members have as their type, by the same rule, innermost first.
    """

    def __init__(
        self,
        members: Mapping[str, type[T]],
        *,
        tag: str = "kind",
        nested: tuple[Mapping[str, type[Any]], ...] = (),
    ) -> None:
        self._members = dict(members)
        self._names = {member: name for name, member in members.items()}
        self._tag = tag
        self._converter = _strict_converter()
        for union in nested:
            names = {member: name for name, member in union.items()}
            configure_tagged_union(
                reduce(or_, union.values()), self._converter, names.__getitem__, tag
            )

    def to_builtins(self, value: T) -> dict[str, Any]:
        """Encode a value as what JSON knows."""
        return {self._tag: self._names[type(value)], **self._converter.unstructure(value)}

    def from_builtins(self, structure: object) -> T:
        """Decode a value.

        Raises
        ------
        CodecError
            The structure is not that of one of the members.
        """
        entries = dict(structure) if isinstance(structure, dict) else {}
        name = entries.pop(self._tag, None)
        if not isinstance(name, str) or name not in self._members:
            known = ", ".join(self._members)
            raise CodecError(f"“{self._tag}” is {name!r}, which is none of {known}")
        return _structured(entries, self._members[name], self._converter)

    def encode(self, value: T) -> str:
        """Encode a value as one line of JSON, without its end."""
        return json.dumps(self.to_builtins(value), ensure_ascii=False)

    def decode(self, text: str | bytes) -> T:
        """Decode a value from JSON.

        Raises
        ------
        CodecError
            The text is no JSON, or not that of one of the members.
        """
        try:
            structure = json.loads(text)
        except ValueError as error:
            raise CodecError(f"it is not valid JSON ({error})") from error
        return self.from_builtins(structure)


def structured(structure: object, kind: type[T]) -> T:
    """Decode a value whose class is known.

    Raises
    ------
    CodecError
        The structure is not that of the class.
    """
    return _structured(structure, kind, _strict_converter())


def _structured(structure: object, kind: type[T], converter: Converter) -> T:
    try:
        return converter.structure(structure, kind)
    except BaseValidationError as error:
        raise CodecError("; ".join(transform_error(error, format_exception=_said))) from error
    except (KeyError, TypeError, ValueError) as error:
        raise CodecError(str(error)) from error


def _said(error: BaseException, type_: type | None) -> str:
    """Word a reason: what our own types say, else what cattrs makes of it."""
    is_our_own = type(error) in (_WrongTypeError, ValueError)
    said: str = str(error) if is_our_own else format_exception(error, type_)
    return said


def _strict_converter() -> Converter:
    """Make a converter that neither ignores entries nor turns one type into another."""
    converter = Converter(forbid_extra_keys=True)
    for accepted in (str, int, bool):
        converter.register_structure_hook(accepted, _of_type)
    converter.register_structure_hook(float, _number)
    converter.register_structure_hook_func(_is_choice, _one_of)
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_structure_hook(datetime, _moment)
    return converter


def _of_type(value: object, accepted: type) -> Any:
    if type(value) is not accepted:  # True is an int to isinstance
        raise _WrongTypeError(f"{value!r} is no {accepted.__name__}")
    return value


def _is_choice(kind: Any) -> bool:
    origin: Any = get_origin(kind)
    return origin is Literal


def _one_of(value: object, choice: Any) -> Any:
    if value not in get_args(choice):
        raise _WrongTypeError(f"{value!r} is none of {', '.join(map(str, get_args(choice)))}")
    return value


def _number(value: object, _type: type) -> float:
    if type(value) not in (float, int):
        raise _WrongTypeError(f"{value!r} is no number")
    return float(value)  # type: ignore[arg-type]  # checked above


def _moment(value: object, _type: type) -> datetime:
    if not isinstance(value, str):
        raise _WrongTypeError(f"{value!r} is no time")
    return datetime.fromisoformat(value)
