"""Who or what says that something is so: of a stage, of an event, of a whole scoring."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TypeAlias

from sleepscorer.domain.phrases import Phrase


def _check_name(name: str) -> None:
    if not name.strip():
        raise ValueError("a provenance needs a name")


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

UNKNOWN_MODEL = Model("model")
"""A network of which a file tells nothing more."""

_IMPORTED = "imported from "
_AND = " & "
_BY_PERSON = re.compile(rf"(?P<name>.+) \({_IMPORTED}(?P<file>.*)\)", re.DOTALL)
# Names of files that were imported, as earlier versions wrote them: nobody is called like that.
_FILE_NAME = re.compile(
    r".*\.(annot|bdf|csv|edf|edfplus|ent|eventlabels|h5|hypno|json|mat|npy|npz|rml|set|tsv|txt|vhdr"
    r"|xls|xlsx|xml)",
    re.IGNORECASE | re.DOTALL,
)


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


def people_of(provenance: Provenance | None) -> tuple[Person, ...]:
    """People who decided, in the order in which they are named; none where nobody did."""
    match provenance:
        case Person():
            return (provenance,)
        case Imported(by=Person() as by):
            return (by,)
        case Joint(people=people):
            return people
        case _:
            return ()


def agreed(first: Provenance | None, second: Provenance | None) -> Provenance | None:
    """Who says what two say alike: both people, or the one who is a person; else the first."""
    if first == second:
        return first
    people: dict[str, Person] = {}
    for person in (*people_of(first), *people_of(second)):
        saw = person.saw_model or (person.name in people and people[person.name].saw_model)
        people[person.name] = replace(person, saw_model=saw)
    if len(people) > 1:
        return Joint(tuple(people.values()))
    if is_human(first) and is_human(second):
        return next(iter(people.values()))
    if is_human(second) or first is None:
        return second
    return first


def text_of(provenance: Provenance | None) -> str:
    """Say it in a few words, as tables and reports do; empty where nobody is known."""
    match provenance:
        case None:
            return ""
        case Person(name=name):
            return name
        case Model():
            return Phrase("model")
        case Imported(file=file, by=by):
            if by is None:
                return Phrase("imported from {file}", file=file)
            return Phrase("{name} (imported from {file})", name=by.name, file=file)
        case Joint(people=people):
            return _AND.join(person.name for person in people)


def provenance_of(text: str, model: Model = UNKNOWN_MODEL) -> Provenance | None:
    """Read what `text_of` said, or what earlier versions knew of a source.

    They kept one text for the model, for a person, for the name of a file that was imported, and
    for two of these joined. What may be the name of a file is no person: better a stage of somebody
    that counts as nobody's than the other way round.

    Parameters
    ----------
    text
        What stands there.
    model
        The network that is meant where it says that one was.
    """
    if not text.strip():
        return None
    if text == UNKNOWN_MODEL.name:
        return model
    if text.startswith(_IMPORTED):
        return Imported(text.removeprefix(_IMPORTED))
    by_person = _BY_PERSON.fullmatch(text)
    if by_person is not None and by_person["name"].strip():
        return Imported(by_person["file"], Person(by_person["name"]))
    if _FILE_NAME.fullmatch(text):
        return Imported(text)
    first, joined, rest = text.partition(_AND)
    if joined and first.strip() and rest.strip():
        return agreed(provenance_of(first, model), provenance_of(rest, model))
    return Person(text)
