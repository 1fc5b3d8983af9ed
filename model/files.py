"""Files of trained versions: tensors, and the description of what they are, in one file.

``NAME.safetensors`` is a safetensors file whose metadata have one entry, ``sleepscorer``: the
description as JSON, with the SHA-256 of the tensors and a check of its own. The hash of the tensors
is that of the same file without metadata, so that it names the weights whatever is written about
them. Older versions are a pair: that file without metadata, and ``NAME.json`` beside it.

Nothing here needs torch: what a version is can be read without loading it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import struct
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

FORMAT_VERSION = 2
_MOST_BYTES = 2**31  # a hundred times the paper's network
PAIR_FORMAT_VERSION = 1
SUFFIX = ".safetensors"

_ENTRY = "sleepscorer"
_LENGTH_BYTES = 8
_ALIGNMENT = 8
_MOST_HEADER_BYTES = 16 * 2**20
_METADATA = '{"__metadata__":'
_CARD_NAME = "MODEL_CARD.md"
_SUBJECT_ENTRIES = {"train_subjects": "", "wake_subjects": "wake "}
"""What marks the subjects of each entry: those of another corpus may have the same numbers."""


class WeightsError(Exception):
    """A weights file can't be used; the text names the file and says what to do."""


@dataclass(frozen=True, slots=True)
class InputRange:
    """Signals that a version knows.

    Attributes
    ----------
    lowest_uv, highest_uv
        Least and greatest deviation of a typical epoch of a night, in µV.
    usual_uv
        What it is in most nights.
    least_sfreq
        Slowest sampling rate in Hz.
    """

    lowest_uv: float
    usual_uv: float
    highest_uv: float
    least_sfreq: float


@dataclass(frozen=True, slots=True)
class Ancestor:
    """A version that the training of another one began with.

    Attributes
    ----------
    name, version, sha256
        Which it is.
    subjects
        Whose nights it was trained on itself.
    """

    name: str
    version: str
    sha256: str
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """What the tensors are.

    Attributes
    ----------
    architecture
        Folder of the network in this package, e.g. ``"mc2sleepnet"``.
    name, version
        As shown, e.g. ``"MC²SleepNet"`` and ``"4"``.
    configuration
        Of the network; its own to understand.
    temperature
        Divisor of the mean log-probabilities, positive.
    training
        What it was trained on and how, as recorded by the training program.
    input_range
        Signals that it knows; None where it was not recorded.
    ancestors
        Versions that its training began with, the nearest first.
    card
        Model card in Markdown; empty where there is none.
    """

    architecture: str
    name: str
    version: str
    configuration: Mapping[str, Any]
    temperature: float = 1.0
    training: Mapping[str, Any] = field(default_factory=dict)
    input_range: InputRange | None = None
    ancestors: tuple[Ancestor, ...] = ()
    card: str = ""

    @property
    def own_subjects(self) -> tuple[str, ...]:
        """Whose nights the last training saw, sorted."""
        return seen_subjects(self.training)

    @property
    def subjects(self) -> tuple[str, ...]:
        """Whose nights it has seen over all its starts, sorted: nobody of them can test it."""
        seen = set(self.own_subjects)
        return tuple(sorted(seen.union(*(ancestor.subjects for ancestor in self.ancestors))))


def seen_subjects(training: Mapping[str, Any]) -> tuple[str, ...]:
    """Subjects that a training saw by its summary, sorted; awake ones as ``"wake 00"``."""
    return tuple(
        sorted(
            f"{mark}{subject}"
            for entry, mark in _SUBJECT_ENTRIES.items()
            for subject in training.get(entry, ())
        )
    )


@dataclass(frozen=True, slots=True)
class VersionFile:
    """One version as it is stored.

    Attributes
    ----------
    description
        What it is.
    sha256
        Of the tensors, 64 hexadecimal digits.
    tensors
        A safetensors file without metadata.
    """

    description: Description
    sha256: str
    tensors: bytes


def description_path(path: Path) -> Path:
    """Path of the description beside the safetensors file of an older version."""
    return path.with_suffix(".json")


def newest(folder: Path) -> Path:
    """File of the newest version in a folder, by the numbers in the names, 10 after 9.

    Raises
    ------
    WeightsError
        There is none.
    """
    found = [path for path in folder.glob(f"*{SUFFIX}") if not path.name.startswith(".")]
    if not found:
        raise WeightsError(f"{folder} has no network. Install SleepScorer again.")
    return max(found, key=lambda path: numbered(path.stem))


def numbered(text: str) -> list[tuple[int, str]]:
    """Key that puts names with numbers in order."""
    parts = re.split(r"(\d+)", text)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def packed(description: Description, tensors: bytes) -> bytes:
    """Content of the one file of a version.

    Parameters
    ----------
    description
        What it is.
    tensors
        A safetensors file without metadata.
    """
    sha256 = hashlib.sha256(tensors).hexdigest()
    entries = {"format_version": FORMAT_VERSION, **asdict(description), "sha256": sha256}
    text = json.dumps(entries | {"check": _check_of(entries)}, ensure_ascii=False)
    header, buffer = _split(tensors)
    metadata = json.dumps({_ENTRY: text}, ensure_ascii=False)
    rest = header[1:].lstrip()
    comma = "" if rest.startswith("}") else ","
    return _joined(f"{_METADATA}{metadata}{comma}{rest}", buffer)


def write(path: Path, description: Description, tensors: bytes) -> str:
    """Write a version, whole or not at all; see `packed`.

    Returns
    -------
    str
        SHA-256 of the tensors.

    Raises
    ------
    OSError
        If the file can't be written.
    """
    _write_atomically(path, packed(description, tensors))
    return hashlib.sha256(tensors).hexdigest()


def read(path: Path) -> VersionFile:
    """Read a version, checking its hashes before the tensors are interpreted.

    Raises
    ------
    WeightsError
        If a file is missing or damaged, or of a format that is not known.
    """
    content = _read_bytes(path)
    found = _described(content)
    return _read_pair(path, content) if found is None else _read_single(path, *found)


def _described(content: bytes) -> tuple[str, bytes] | None:
    """Description and tensors of a file that has both, None for any other."""
    try:
        header, buffer = _split(content)
        if not header.startswith(_METADATA):
            return None
        metadata, length = json.JSONDecoder().raw_decode(header[len(_METADATA) :])
        text = metadata[_ENTRY]
    except (ValueError, KeyError, TypeError, RecursionError, struct.error):
        return None
    rest = header[len(_METADATA) + length :].removeprefix(",")
    return str(text), _joined("{" + rest, buffer)


def _read_single(path: Path, text: str, tensors: bytes) -> VersionFile:
    damaged = WeightsError(
        f"{path} is damaged or was changed: it does not fit the SHA-256 in it. Get it anew from "
        "its source."
    )
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise damaged from error
    version = entries.get("format_version") if isinstance(entries, dict) else None
    if version != FORMAT_VERSION:
        raise WeightsError(
            f"{path} has the format {version!r}, and this version of SleepScorer knows "
            f"{FORMAT_VERSION}. Update SleepScorer."
        )
    sha256 = hashlib.sha256(tensors).hexdigest()
    check = entries.pop("check", None)
    if check != _check_of(entries) or entries.get("sha256") != sha256:
        raise damaged
    description = _description(path, entries)
    if not description.card:
        description = _with_card_beside(description, path, sha256)
    return VersionFile(description, sha256, tensors)


def _read_pair(path: Path, content: bytes) -> VersionFile:
    beside = description_path(path)
    if not beside.exists():  # which is not what whoever named a recording has to hear
        try:
            _split(content)
        except (ValueError, struct.error) as error:
            raise WeightsError(
                f"{path} is no weights file ({SUFFIX}), or damaged. Choose another, or get it anew "
                "from its source."
            ) from error
    try:
        entries = json.loads(_read_bytes(beside).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # no JSON, no UTF-8, or nested without end
        raise WeightsError(f"{beside} is not valid JSON. Restore it from its source.") from error
    version = entries.get("format_version") if isinstance(entries, dict) else None
    if version != PAIR_FORMAT_VERSION or not isinstance(entries.get("architecture"), str):
        raise WeightsError(
            f"{beside} does not describe weights of format {PAIR_FORMAT_VERSION}. Choose another "
            "weights file or update SleepScorer."
        )
    description = _description(beside, entries)
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 != entries.get("sha256"):
        if not isinstance(entries.get("sha256"), str):
            raise WeightsError(f"{beside} lacks the SHA-256. Restore it from its source.")
        raise WeightsError(
            f"{path} is damaged or was changed: its SHA-256 is not the one in {beside.name}. "
            "Restore both files from their source."
        )
    return VersionFile(_with_card_beside(description, path, sha256), sha256, content)


def _with_card_beside(description: Description, path: Path, sha256: str) -> Description:
    """Take up the card beside a file that has none, if it is about these tensors."""
    try:
        card = _read_bytes(path.with_name(_CARD_NAME)).decode("utf-8")
    except (WeightsError, ValueError):
        return description
    if sha256 not in card:
        return description
    return replace(description, card=card)


def _description(path: Path, entries: Mapping[str, Any]) -> Description:
    known = entries.get("input_range")
    try:
        description = Description(
            architecture=_typed(entries["architecture"], str),
            name=_typed(entries["name"], str),
            version=_typed(entries["version"], str),
            configuration=_typed(entries["configuration"], dict),
            temperature=float(entries["temperature"]),
            training=_typed(entries["training"], dict),
            input_range=None if known is None else _input_range(_typed(known, dict)),
            ancestors=tuple(_ancestor(_typed(one, dict)) for one in entries.get("ancestors", ())),
            card=_typed(entries.get("card", ""), str),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise WeightsError(
            f"{path} lacks an entry or holds a wrong one ({error}). Restore it from its source."
        ) from error
    if not 0 < description.temperature < float("inf"):
        raise WeightsError(
            f"{path} holds a temperature of {description.temperature}, which must be positive. "
            "Restore it from its source."
        )
    return description


def _input_range(entries: Mapping[str, Any]) -> InputRange:
    known = InputRange(**{name: float(value) for name, value in entries.items()})
    if not 0 < known.lowest_uv <= known.usual_uv <= known.highest_uv < float("inf"):
        raise ValueError(f"the input range {known} is not in order")
    return known


def _ancestor(entries: Mapping[str, Any]) -> Ancestor:
    return Ancestor(
        name=_typed(entries["name"], str),
        version=_typed(entries["version"], str),
        sha256=_typed(entries["sha256"], str),
        subjects=tuple(_typed(subject, str) for subject in _typed(entries["subjects"], list)),
    )


def _typed(value: Any, expected: type) -> Any:
    if not isinstance(value, expected):
        raise TypeError(f"expected {expected.__name__}, found {value!r}")
    return value


def _check_of(entries: Mapping[str, Any]) -> str:
    """Hash of a description, whatever the order of its entries."""
    text = json.dumps(entries, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _split(content: bytes) -> tuple[str, bytes]:
    """Header and tensors of a safetensors file.

    Raises
    ------
    ValueError, struct.error
        It is none.
    """
    (length,) = struct.unpack("<Q", content[:_LENGTH_BYTES])
    if not 2 <= length <= min(_MOST_HEADER_BYTES, len(content) - _LENGTH_BYTES):
        raise ValueError("the header does not end within the file")
    stop = _LENGTH_BYTES + length
    return content[_LENGTH_BYTES:stop].decode("utf-8"), content[stop:]


def _joined(header: str, buffer: bytes) -> bytes:
    """Safetensors file of a header, which is padded as the format asks, and tensors."""
    text = header.rstrip(" ").encode("utf-8")
    text += b" " * (-len(text) % _ALIGNMENT)
    return struct.pack("<Q", len(text)) + text + buffer


def _read_bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        # A pipe would wait for its writer.
        if not stat.S_ISREG(status.st_mode) or status.st_size > _MOST_BYTES:
            raise WeightsError(
                f"{path} can't be read: it is no ordinary file, or larger than any weights. Choose "
                "another weights file."
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise WeightsError(
            f"{path} is missing. Choose a weights file ({SUFFIX}), or install SleepScorer again "
            "where it came with that."
        ) from error
    except OSError as error:
        raise WeightsError(
            f"{path} can't be read ({error.strerror}). Check the file and its permissions."
        ) from error


def _write_atomically(path: Path, content: bytes) -> None:
    """Write whole or not at all; the application's own writer can't be imported from here."""
    unfinished = path.with_name(f".{uuid.uuid4().hex}{path.suffix}")
    try:
        with unfinished.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
