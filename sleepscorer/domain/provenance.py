"""Who or what says that something is so: of a stage, of an event, of a whole scoring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who looked at the recording and decided.

    Attributes
    ----------
    name
        As the person gave it.
    saw_model
        Whether the person saw, or could have seen, what a network made of the same recording.

    Raises
    ------
    ValueError
        The name is blank: somebody unknown is an `Imported` without a person.
    """

    name: str
    saw_model: bool = False

    def __post_init__(self) -> None:
        _check_name(self.name)


@dataclass(frozen=True, slots=True)
class Model:
    """A version of a network, and nobody has decided since.

    Attributes
    ----------
    name
        Name and version as shown, e.g. ``"MC²SleepNet 4"``.
    sha256
        Hash of the version, 64 hexadecimal digits; empty where a file does not tell.

    Raises
    ------
    ValueError
        The name is blank.
    """

    name: str
    sha256: str = ""

    def __post_init__(self) -> None:
        _check_name(self.name)


@dataclass(frozen=True, slots=True)
class Imported:
    """A file of another program.

    Attributes
    ----------
    file
        Name of the file.
    by
        Whom whoever imported it says that it is by; None where nobody said. Another program's
        network may have made it: a name in the file alone is no person.
    """

    file: str
    by: Person | None = None


@dataclass(frozen=True, slots=True)
class Joint:
    """Several people decided together.

    Attributes
    ----------
    people
        Two or more, in the order in which they are named.

    Raises
    ------
    ValueError
        There are fewer than two, or one is named twice.
    """

    people: tuple[Person, ...]

    def __post_init__(self) -> None:
        if len(self.people) < 2:
            raise ValueError(f"{len(self.people)} people can't decide together")
        if len({person.name for person in self.people}) < len(self.people):
            raise ValueError("a person is named twice in a joint decision")


Provenance: TypeAlias = Person | Model | Imported | Joint


def is_human(provenance: Provenance | None) -> bool:
    """Whether people decided: only that is truth to train on, and protected from a network.

    An imported scoring is a person's only where whoever imported it said whose.
    """
    match provenance:
        case Person() | Joint():
            return True
        case Imported(by=by):
            return by is not None
        case _:
            return False


def saw_model(provenance: Provenance | None) -> bool:
    """Whether a person among those who decided saw what a network said."""
    match provenance:
        case Person(saw_model=saw):
            return saw
        case Imported(by=Person(saw_model=saw)):
            return saw
        case Joint(people=people):
            return any(person.saw_model for person in people)
        case _:
            return False


def _check_name(name: str) -> None:
    if not name.strip():
        raise ValueError("a provenance needs a name")
