"""Who and what an EDF header names: the patient and recording fields of EDF+."""

from __future__ import annotations

from dataclasses import dataclass

from sleepscorer.domain.recording import Recording

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
