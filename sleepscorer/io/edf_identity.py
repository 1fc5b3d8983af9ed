"""Who and what an EDF header names: the patient and recording fields of EDF+."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

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


def read_identification(path: Path) -> tuple[str, str]:
    """Patient and recording fields of a header; empty for what is no EDF or BDF file."""
    try:
        with path.open("rb") as file:
            header = file.read(256)
    except OSError:
        return "", ""
    if len(header) < 256 or header[:8] not in (b"0       ", b"\xffBIOSEMI"):
        return "", ""
    text = header.decode("latin-1")
    return text[8:88].strip(" \x00"), text[88:168].strip(" \x00")


def read_patient(path: Path) -> Patient:
    """Read what the header of a recording tells of the patient.

    In plain EDF the field is free text, which is taken for the name.
    """
    text, recording = read_identification(path)
    words = text.split()
    if not recording.startswith("Startdate") or len(words) < 4:
        return Patient(name=text)
    code, sex, birth_date, name = ("" if word == _UNKNOWN else word for word in words[:4])
    return Patient(name.replace("_", " "), code, _SEXES.get(sex, ""), birth_date)
