"""Whose night it is, known by salted hashes alone, and which side of the split that is on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.io.edf_identity import Patient

HELD_OUT_SHARE = 1 / 3
"""Share of the patients whose nights are kept for comparing versions. It never changes: a patient
would move from one side to the other."""

_NOBODY = frozenset(
    {"", "x", "anonymous", "anonymised", "anonymized", "n/a", "none", "patient", "test", "unknown"}
)
"""What headers say instead of a name: it is many people's."""


class LibraryError(SleepScorerError):
    """A night can't be kept to learn from, or what was kept can't be used."""


class WhoseNightError(LibraryError):
    """Whose night it is has to be asked."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a patient is recognised by: salted hashes, empty where a file does not say.

    Attributes
    ----------
    code, name, birth_date
        Of the patient.
    """

    code: str = ""
    name: str = ""
    birth_date: str = ""


def marks_of(patient: Patient, salt: bytes, code: str = "") -> Marks:
    """Hash what a header says of a patient.

    Parameters
    ----------
    patient
        From the header.
    salt
        Of the laboratory: without it nobody finds a name by trying names.
    code
        The patient's code as somebody gave it, which goes before the header's.
    """

    def hashed(kind: str, text: str) -> str:
        plain = " ".join(text.casefold().split())
        if plain in _NOBODY:
            return ""
        return hashlib.sha256(salt + f"{kind}:{plain}".encode()).hexdigest()[:32]

    return Marks(
        hashed("code", code or patient.code),
        hashed("name", patient.name),
        hashed("born", patient.birth_date),
    )


def subject_of(marks: Marks, known: Iterable[tuple[str, Marks]], *, is_given: bool) -> str:
    """Find the subject that marks are of, or make a new one.

    Parameters
    ----------
    marks
        Of the night that comes.
    known
        Subject and marks of each night that is there.
    is_given
        Whether somebody gave the code: then it decides alone.

    Raises
    ------
    WhoseNightError
        Nothing is known of the patient, or it can't be told whether this is a known one.
    """
    if is_given and not marks.code:
        raise WhoseNightError("The code of the patient is empty; write one.")
    same: set[str] = set()
    is_in_doubt = not is_given and not (marks.code or marks.name)
    for subject, others in known:
        if is_given:
            if marks.code == others.code:
                same.add(subject)
            continue
        found = _is_same(marks, others)
        if found:
            same.add(subject)
        elif found is None:
            is_in_doubt = True
    if is_in_doubt or len(same) > 1:
        raise WhoseNightError(
            "Whose night this is can't be told from the file: give the patient's code, the same "
            "one for all nights of a patient. Only a salted hash of it is kept."
        )
    if same:
        return same.pop()
    own = (marks.code,) if marks.code else (marks.name, marks.birth_date)
    return hashlib.sha256("/".join(own).encode()).hexdigest()[:32]


def _is_same(one: Marks, other: Marks) -> bool | None:
    """Whether marks are one person's; None where that can't be told."""
    is_same_name = bool(one.name) and one.name == other.name
    births = {one.birth_date, other.birth_date}
    if one.code and other.code:
        if one.code == other.code:
            return True
        # Another code, but the same name and birth date: two departments, or two people?
        return None if is_same_name and len(births) == 1 else False
    if not is_same_name:
        return False
    if len(births) == 1:
        return True
    return None if "" in births else False


def is_held_out(subject: str) -> bool:
    """Whether a subject's nights are for comparing versions, and never for training."""
    return int(subject[:8], 16) / 2**32 < HELD_OUT_SHARE


def chooses_weights(subject: str) -> bool:
    """Whether a training subject says when training stops, instead of being trained on."""
    return int(subject[8:16], 16) / 2**32 < 1 / 4
