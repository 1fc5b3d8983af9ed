"""Channels, what their labels say, and the derivations made from them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class ChannelKind(Enum):
    """What a channel measures; the value is the name shown."""

    EEG = "EEG"
    EOG = "EOG"
    EMG = "EMG"
    ECG = "ECG"
    RESPIRATION = "Respiration"
    SPO2 = "SpO₂"
    OTHER = "Other"


@dataclass(frozen=True, slots=True)
class Channel:
    """One stored signal of a recording.

    Attributes
    ----------
    index
        Its place in the recording, from 0.
    label
        The label as stored, without surrounding blanks.
    kind
        What it measures, recognised from the label.
    unit
        Unit of the values that reading gives: ``"µV"`` for every voltage, else as stored.
    sfreq
        Sampling rate in Hz.
    """

    index: int
    label: str
    kind: ChannelKind
    unit: str
    sfreq: float


# Electrodes of the 10-10 system with the older names T3–T6, and the reference electrodes.
_SCALP = (
    r"(?:Fpz|Fp[12]|AFz|AF[3478]|Fz|F(?:10|[1-9])|FCz|FC[1-6]|FT(?:10|[789])|Cz|C[1-6]|T[3-8]"
    r"|CPz|CP[1-6]|TP[78]|Pz|P(?:10|[1-9])|POz|PO[3478]|Oz|O[12])"
)
_REFERENCE = r"(?:A[12]|M[12]|TP9|TP10|LM|RM|AVG|REF|LER?|A1A2|M1M2|LE)"
_SEPARATOR = r"\s*[-:/_]\s*"
_EEG_LABEL = re.compile(rf"{_SCALP}(?:{_SEPARATOR}(?:{_SCALP}|{_REFERENCE}))?", re.IGNORECASE)
_EARLOBE_OR_MASTOID = re.compile(r"(?:A|M)[12]", re.IGNORECASE)
_EYE_ELECTRODES = re.compile(rf"E[12](?:{_SEPARATOR}(?:{_SCALP}|{_REFERENCE}))?", re.IGNORECASE)
_TYPE_WORD = re.compile(r"^(EEG|EOG|EMG|ECG|EKG)[\s:]+", re.IGNORECASE)

# In this order: the first pattern found names the kind.
_KIND_PATTERNS = (
    (ChannelKind.EOG, r"\bEOG|\b(?:LOC|ROC|E1|E2|HEOG|VEOG)\b|\bE[12][-:]"),
    (ChannelKind.EMG, r"EMG|\bCHIN|SUBMENT|MENTAL|\b(?:L|R)?LEG|TIBIAL|\bPLM|\b[LR]AT\b|MASSETER"),
    (ChannelKind.ECG, r"ECG|EKG|\bHEART\b"),
    (ChannelKind.SPO2, r"SPO2|SAO2|OSAT|\bSAT\b"),
    (
        ChannelKind.RESPIRATION,
        r"RESP|FLOW|THOR|CHEST|ABD|NASAL|\bPRESS|CANNULA|\bEFFORT|SNORE|\bRIP\b",
    ),
    # Also EEG(sec), EEG2 and the German "EEG Ableitung": whatever begins with EEG.
    (ChannelKind.EEG, r"^EEG"),
)
_KINDS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KIND_PATTERNS)


def kind_of_label(label: str) -> ChannelKind:
    """Recognise what a channel measures from its label, e.g. ``"C4:A1"`` or ``"EEG Fpz-Cz"``."""
    name = electrode_name(label)
    if _EEG_LABEL.fullmatch(name) or _EARLOBE_OR_MASTOID.fullmatch(name):
        return ChannelKind.EEG
    return next((kind for kind, pattern in _KINDS if pattern.search(label)), ChannelKind.OTHER)


def electrode_name(label: str) -> str:
    """Strip the type word from electrodes: ``"EEG Fpz-Cz"`` and ``"Fpz-Cz"`` are the same.

    Other labels stay as they are: ``"EOG horizontal"`` needs its first word.
    """
    label = label.strip()
    name = _TYPE_WORD.sub("", label)
    electrodes = (_EEG_LABEL, _EARLOBE_OR_MASTOID, _EYE_ELECTRODES)
    return name if any(pattern.fullmatch(name) for pattern in electrodes) else label


_UV_PER_UNIT = {"v": 1e6, "volt": 1e6, "mv": 1e3, "uv": 1.0, "µv": 1.0, "nv": 1e-3}


def uv_per_unit(unit: str) -> float | None:
    """Microvolts in one unit of a voltage, e.g. 1000 for ``"mV"``; None for anything else."""
    # U+03BC (Greek mu) and U+00B5 (micro sign) look the same and are both in use.
    return _UV_PER_UNIT.get(unit.strip().casefold().replace("μ", "µ"))


@dataclass(frozen=True, slots=True)
class Derivation:
    """A stored signal, or the difference of two.

    Attributes
    ----------
    anode
        Label of the channel.
    cathode
        Label of the channel that is subtracted; None when the stored signal is used as it is.
    """

    anode: str
    cathode: str | None = None

    @property
    def name(self) -> str:
        """Name shown, e.g. ``"Fpz-Cz"`` or ``"C4-M1"``."""
        if self.cathode is None:
            return electrode_name(self.anode)
        return f"{electrode_name(self.anode)}-{electrode_name(self.cathode)}"


# Derivations to stage, best first: the one that the bundled network was trained on, then the
# recommended, backup and acceptable ones of the AASM Manual (A1 and A2 are the older names of the
# mastoid references), then any other scalp derivation.
_STAGING_ORDER = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"Fpz-Cz",
        r"F4-[MA]1",
        r"F3-[MA]2",
        r"C4-[MA]1",
        r"C3-[MA]2",
        r"Fz-Cz",
        r"F[34z][-\w]*",
        r"C[34z][-\w]*",
        r"[FC]\w*[-\w]*",
        r"O[12z][-\w]*",
    )
)
# The mastoid opposite to each electrode; both eye electrodes go with M2 (AASM Manual).
_OPPOSITE_SIDE = {"F4": "1", "C4": "1", "O2": "1", "F3": "2", "C3": "2", "O1": "2"} | {
    "E1": "2",
    "E2": "2",
}


def opposite_reference(channel: Channel, channels: Iterable[Channel]) -> Channel | None:
    """Find the mastoid (or earlobe) that the AASM Manual pairs with an electrode.

    None when the channel is no single electrode of the recommended derivations or when the
    recording has no such reference at the same rate and unit.
    """
    side = _OPPOSITE_SIDE.get(electrode_name(channel.label).upper())
    if side is None:
        return None
    candidates = {
        electrode_name(other.label).upper(): other
        for other in channels
        if (other.sfreq, other.unit) == (channel.sfreq, channel.unit)
    }
    return candidates.get(f"M{side}") or candidates.get(f"A{side}")


def staging_derivations(channels: Iterable[Channel]) -> tuple[Derivation, ...]:
    """List the EEG derivations that can be staged, the preferred one first.

    Stored derivations are listed as they are. An electrode stored against a common reference is
    also offered against the opposite mastoid or earlobe where that is stored too.
    """
    channels = tuple(channels)
    derivations: list[Derivation] = []
    for channel in channels:
        is_reference = _EARLOBE_OR_MASTOID.fullmatch(electrode_name(channel.label))
        if channel.kind is not ChannelKind.EEG or is_reference:
            continue
        reference = opposite_reference(channel, channels)
        if reference is not None:
            derivations.append(Derivation(channel.label, reference.label))
        derivations.append(Derivation(channel.label))
    return tuple(sorted(derivations, key=_staging_rank))


def _staging_rank(derivation: Derivation) -> int:
    name = re.sub(_SEPARATOR, "-", derivation.name)
    ranks = (rank for rank, pattern in enumerate(_STAGING_ORDER) if pattern.fullmatch(name))
    return next(ranks, len(_STAGING_ORDER))
