"""Who and what an EDF header names: the patient and recording fields of EDF+."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sleepscorer.domain.recording import Recording
from sleepscorer.io.edf_header import MONTHS

_DAY = re.compile(r"(\d{1,2})-([A-Za-z]{3})-(\d{4})")
_UNKNOWN = "X"
_SEXES = {"F": "female", "M": "male"}


@dataclass(frozen=True, slots=True)
class Patient:
    """What a header tells of the patient; empty where it does not.

    Attributes
    ----------
    name, code
        Name and hospital code.
    sex
        ``"female"`` or ``"male"``.
    birth_date
        As written, e.g. ``"02-MAY-1951"``.
    """

    name: str = ""
    code: str = ""
    sex: str = ""
    birth_date: str = ""

    @property
    def birth_day(self) -> date | None:
        """The birth date, if it is written as EDF+ asks."""
        found = _DAY.fullmatch(self.birth_date.strip())
        if found is None or found[2].upper() not in MONTHS:
            return None
        try:
            return date(int(found[3]), MONTHS.index(found[2].upper()) + 1, int(found[1]))
        except ValueError:
            return None


def patient_of(recording: Recording) -> Patient:
    """Tell from what the header of a recording said, when it was opened, who the patient is.

    In plain EDF the field is free text, which is taken for the name.
    """
    text, recording_field = recording.identification
    words = text.split()
    if not recording_field.startswith("Startdate") or len(words) < 4:
        return Patient(name=text)
    code, sex, birth_date, name = ("" if word == _UNKNOWN else word for word in words[:4])
    return Patient(name.replace("_", " "), code, _SEXES.get(sex, ""), birth_date)
