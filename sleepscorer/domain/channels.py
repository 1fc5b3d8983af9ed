"""Channels, what their labels say, and the derivations made from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
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
    r"(?:Fpz|Fp[12]|AFz|AF[3478]|Fz|F(?:10|[1-9])|FCz|FC[1-6]|FT(?:10|[789])|Cz|C[1-6]"
    r"|T(?:10|[3-9])|CPz|CP[1-6]|TP(?:10|[789])|Pz|P(?:10|[1-9])|POz|PO[3478]|Oz|O[12])"
)
_EAR = r"[AM][12]"
_COMMON_REFERENCE = r"(?:LM|RM|AVG|REF|C?LER?|A1A2|M1M2)"
_SEPARATOR = r"\s*[-:/_]?\s*"  # "C3A2" and "C3M2" are in use
_CATHODE = rf"(?:{_SEPARATOR}(?P<cathode>{_SCALP}|{_EAR}|{_COMMON_REFERENCE}))?"
_EEG_ELECTRODES = re.compile(rf"(?P<anode>{_SCALP}|{_EAR}){_CATHODE}", re.IGNORECASE)
_EYE_ELECTRODES = re.compile(rf"(?P<anode>E[12]|[LR]OC){_CATHODE}", re.IGNORECASE)
_EARLOBE_OR_MASTOID = re.compile(rf"{_EAR}(?:{_SEPARATOR}{_COMMON_REFERENCE})?", re.IGNORECASE)
_SINGLE_ELECTRODE = re.compile(
    rf"({_SCALP}|{_EAR}|E[12]|[LR]OC)(?:{_SEPARATOR}({_COMMON_REFERENCE}))?", re.IGNORECASE
)
_BIOSEMI_SITE = re.compile(r"[A-D](?:[1-9]|[12]\d|3[0-2])", re.IGNORECASE)
_TYPE_WORD = re.compile(r"^(?:EEG|EOG|EMG|ECG|EKG)\d*[\s:_-]+", re.IGNORECASE)

# Not \b, for which the underscore of "E1_M2" is a letter.
_BEGIN, _END = r"(?<![A-Z0-9])", r"(?![A-Z0-9])"
# LAT and RAT: anterior tibialis; DX and SX: right and left leg of the Italian CAP files.
_LEG = rf"{_BEGIN}[LR]?LEG|{_BEGIN}TIB|{_BEGIN}PLM|{_BEGIN}[LR]AT\d?{_END}|{_BEGIN}[DS]X\d{_END}"
_SNORE = rf"SNOR|SOUND|PHONO|{_BEGIN}MIC(?:ROPHONE)?{_END}"

_STAGE = rf"HYPNO|{_BEGIN}SLEEP[\s_-]*(?:STAGES?|STATE){_END}|^STAGES?$|SCHLAFSTADI"
_PAP = rf"{_BEGIN}(?:[ACEIX]|BI|AUTO)?PAP|MASK|THERAP|{_BEGIN}C[\s_-]?PRES"

# In this order: the first pattern found names the kind.
_KIND_PATTERNS = (
    # Whether the electrode is off: MESA's "EKG_Off", "EEG1_Off".
    (ChannelKind.OTHER, r"[\s_-]OFF$"),
    (ChannelKind.EOG, rf"EOG|{_BEGIN}(?:[LR]OC|E[12])(?:{_EAR})?{_END}|{_BEGIN}EYE"),
    (
        ChannelKind.EMG,
        rf"EMG|{_BEGIN}[LRC]?CHIN|SUBMENT|{_BEGIN}MENTAL|MASSETER|{_LEG}",
    ),
    (ChannelKind.ECG, r"ECG|EKG"),
    (ChannelKind.SPO2, rf"S[AP]\s?[O0][2₂]|OSAT|O2\s?SAT|{_BEGIN}SAT{_END}"),
    (
        ChannelKind.RESPIRATION,
        rf"RESP|FLOW|FLUSSO|{_BEGIN}AIR{_END}|THOR|TORA|CHEST|ABD|ADDOM|{_BEGIN}V(?:TH|AB){_END}"
        rf"|NASAL|{_BEGIN}NAF|{_BEGIN}N?PRES|CANN?ULA|THERM|TERMI|EFFORT|{_BEGIN}RIP"
        rf"|{_SNORE}",
    ),
    # Also EEG(sec), EEG2 and the German "EEG Ableitung".
    (ChannelKind.EEG, rf"{_BEGIN}EEG"),
)
_KINDS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KIND_PATTERNS)


def kind_of_label(label: str) -> ChannelKind:
    """Recognise what a channel measures from its label, e.g. ``"C4:A1"`` or ``"EEG Fpz-Cz"``."""
    label = label.strip()
    for kind, pattern in _KINDS:
        if pattern.search(label):
            return kind
    is_eeg = any(pattern.fullmatch(label) for pattern in (_EEG_ELECTRODES, _BIOSEMI_SITE))
    return ChannelKind.EEG if is_eeg else ChannelKind.OTHER


def is_snore(label: str) -> bool:
    """Whether a label is that of a microphone or vibration sensor for snoring."""
    return re.search(_SNORE, label, re.IGNORECASE) is not None


def is_stage(label: str) -> bool:
    """Whether a label is that of stages that somebody or something gave, stored as a signal."""
    return re.search(_STAGE, label, re.IGNORECASE) is not None


def is_pap_pressure(label: str, unit: str) -> bool:
    """Whether a channel is the pressure of a positive airway pressure device, not a cannula's."""
    return cmh2o_per_unit(unit) is not None and re.search(_PAP, label, re.IGNORECASE) is not None


def is_mastoid(label: str) -> bool:
    """Whether a label is that of a mastoid or earlobe, which are references and not looked at."""
    return _EARLOBE_OR_MASTOID.fullmatch(electrode_name(label)) is not None


def is_leg(label: str) -> bool:
    """Whether a label is that of the muscle of a leg."""
    return re.search(_LEG, label, re.IGNORECASE) is not None


def electrode_name(label: str) -> str:
    """Strip the type word from electrodes: ``"EEG Fpz-Cz"`` and ``"Fpz-Cz"`` are the same.

    Other labels stay as they are: ``"EOG horizontal"`` needs its first word.
    """
    label = label.strip()
    name = _TYPE_WORD.sub("", label)
    electrodes = (_EEG_ELECTRODES, _EYE_ELECTRODES)
    return name if any(pattern.fullmatch(name) for pattern in electrodes) else label


_OLDER_NAMES = {"A1": "M1", "A2": "M2", "LOC": "E1", "ROC": "E2"} | {
    "T3": "T7",
    "T4": "T8",
    "T5": "P7",
    "T6": "P8",
}


def electrodes_of(label: str) -> tuple[str, str] | None:
    """Electrodes that a label names, in capitals and with their names of today.

    ``"EEG C3:A2"`` gives ``("C3", "M2")``, ``"Fpz"`` gives ``("FPZ", "")``; None for a label that
    names no electrodes.
    """
    name = electrode_name(label)
    match = _EEG_ELECTRODES.fullmatch(name) or _EYE_ELECTRODES.fullmatch(name)
    if match is None:
        return None
    anode, cathode = (electrode.upper() if electrode else "" for electrode in match.groups())
    return _OLDER_NAMES.get(anode, anode), _OLDER_NAMES.get(cathode, cathode)


_MU_ENCODINGS = ("utf-8", "shift_jis", "gbk", "big5", "euc_kr", "iso8859_7", "cp737", "cp850")


def _spellings_of_mu() -> Iterator[str]:
    """Spellings of µ: the letter, its names, and its bytes read as the Latin-1 of headers.

    U+03BC (Greek mu) and U+00B5 (micro sign) look the same and are both in use.
    """
    yield from ("u", "mu", "mc", "micro", ".", "?", "\ufffd")  # the last three: what was no ASCII
    for mu in "µμ":
        yield mu
        for encoding in _MU_ENCODINGS:
            with suppress(UnicodeEncodeError):
                yield mu.encode(encoding).decode("latin-1")


_UNIT_FIELD = 8
"""Characters that an EDF header has for a unit."""

_UV_PER_UNIT = {
    f"{prefix}{volt}".casefold(): factor
    for prefixes, factor in (
        (("",), 1e6),
        (("m", "milli"), 1e3),
        (tuple(_spellings_of_mu()), 1.0),
        (("n", "nano"), 1e-3),
    )
    for prefix in prefixes
    for volt in ("v", "volt", "volts")
}


def uv_per_unit(unit: str) -> float | None:
    """Microvolts in one unit of a voltage, e.g. 1000 for ``"mV"``; None for anything else.

    A name as long as the field for it in the header may be the beginning of one, as “Microvol”.
    """
    word = re.sub(r"[\s()\[\]]", "", unit).casefold()
    factor = _UV_PER_UNIT.get(word)
    if factor is None and len(unit.strip()) == _UNIT_FIELD:
        begun = {one for name, one in _UV_PER_UNIT.items() if name.startswith(word)}
        return begun.pop() if len(begun) == 1 else None
    return factor


# As devices write it, with a zero or without the oxygen, too.
_CMH2O_PER_UNIT = {
    **dict.fromkeys(("cmh2o", "cmh₂o", "cmh20", "cmho", "cmh2", "cmh", "cwp"), 1.0),
    **dict.fromkeys(("mbar", "hpa"), 1.01972),
    "kpa": 10.1972,
}


def cmh2o_per_unit(unit: str) -> float | None:
    """Centimetres of water in one unit of a pressure; None for anything else."""
    return _CMH2O_PER_UNIT.get(re.sub(r"\s", "", unit).casefold())


@dataclass(frozen=True, slots=True)
class Derivation:
    """A stored signal, or its difference from another one or from the mean of several.

    Attributes
    ----------
    anode
        Label of the channel.
    cathode
        Label of the channel that is subtracted; None when the stored signal is used as it is.
    others
        Labels of more channels: the mean of them and the cathode is subtracted.
    """

    anode: str
    cathode: str | None = None
    others: tuple[str, ...] = ()

    @property
    def cathodes(self) -> tuple[str, ...]:
        """Labels of the channels whose mean is subtracted."""
        return () if self.cathode is None else (self.cathode, *self.others)

    @property
    def name(self) -> str:
        """Name shown, e.g. ``"Fpz-Cz"``, ``"C4-M1"`` or ``"C4-(M1+M2)/2"``.

        The difference of two derivations of one reference is named without it: ``"F4-C4"``.
        """
        anode = electrode_name(self.anode)
        if self.cathode is None:
            return anode
        if self.others:
            return mean_name(_bare_name(anode), [_bare_name(one) for one in self.cathodes])
        cathode = electrode_name(self.cathode)
        electrodes = electrodes_of(anode), electrodes_of(cathode)
        (first, reference), (second, other) = _stored_against(anode), _stored_against(cathode)
        if reference and reference == other:
            return f"{first}-{second}"
        if all(pair and pair[1] for pair in electrodes):
            (first, reference), (second, other) = (pair or ("", "") for pair in electrodes)
            return f"{first}-{second}" if reference == other else f"({anode})-({cathode})"
        if anode.upper().startswith("EMG ") and cathode.upper().startswith("EMG "):
            return f"{anode[4:].strip()}-{cathode[4:].strip()}"
        return f"{anode}-{cathode}"


def mean_name(anode: str, cathodes: Sequence[str]) -> str:
    """Name of a channel minus the mean of others, e.g. ``"C4-(M1+M2)/2"``."""
    return f"{anode}-({'+'.join(cathodes)})/{len(cathodes)}"


_LEAST_HZ = 1.0  # what is called EEG and is slower is a trend

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
# The mastoid opposite to each electrode; both eye electrodes, LOC and ROC in older recordings, go
# with M2 (AASM Manual).
_OPPOSITE_SIDE = {"F4": "1", "C4": "1", "O2": "1", "F3": "2", "C3": "2", "O1": "2"} | {
    "E1": "2",
    "E2": "2",
    "LOC": "2",
    "ROC": "2",
}


def opposite_reference(channel: Channel, channels: Iterable[Channel]) -> Channel | None:
    """Find the mastoid (or earlobe) that the AASM Manual pairs with an electrode.

    None when the channel is no single electrode of the recommended derivations or when the
    recording has no such reference at the same rate and unit.
    """
    anode, reference = _stored_against(channel.label)
    side = _OPPOSITE_SIDE.get(anode)
    if side is None:
        return None
    candidates = {
        _stored_against(other.label): other
        for other in channels
        if (other.sfreq, other.unit) == (channel.sfreq, channel.unit)
    }
    return candidates.get((f"M{side}", reference)) or candidates.get((f"A{side}", reference))


def _stored_against(label: str) -> tuple[str, str]:
    """Electrode and its common reference, ``("C4", "CLE")``; empty where the label names another.

    The difference of two of the same reference is free of it.
    """
    match = _SINGLE_ELECTRODE.fullmatch(electrode_name(label))
    return ("", "") if match is None else (match[1].upper(), (match[2] or "").upper())


def _bare_name(label: str) -> str:
    """Name of an electrode without the common reference that it is stored against."""
    name = electrode_name(label)
    match = _SINGLE_ELECTRODE.fullmatch(name)
    return name if match is None else str(match[1])


def staging_derivations(channels: Iterable[Channel]) -> tuple[Derivation, ...]:
    """List the EEG derivations that can be staged, the preferred one first.

    Stored derivations are listed as they are. An electrode stored against a common reference is
    also offered against the opposite mastoid or earlobe where that is stored too.
    """
    channels = tuple(channels)
    derivations: list[Derivation] = []
    for channel in channels:
        is_reference = is_mastoid(channel.label)
        if channel.kind is not ChannelKind.EEG or is_reference or channel.sfreq < _LEAST_HZ:
            continue
        reference = opposite_reference(channel, channels)
        if reference is not None:
            derivations.append(Derivation(channel.label, reference.label))
        derivations.append(Derivation(channel.label))
    return tuple(sorted(derivations, key=_staging_rank))


def is_recommended(derivation: Derivation) -> bool:
    """Whether its electrodes are frontal, central or occipital, as those that people score by."""
    return _staging_rank(derivation)[0] < len(_STAGING_ORDER)


def _staging_rank(derivation: Derivation) -> tuple[int, bool]:
    # SHHS calls its C4-A1 "EEG" and the spare C3-A2 "EEG(sec)", which is stored first.
    is_spare = derivation.name.casefold() != "eeg"
    electrodes = _EEG_ELECTRODES.fullmatch(derivation.name)
    if electrodes is None:
        return len(_STAGING_ORDER), is_spare
    name = "-".join(electrode for electrode in electrodes.groups() if electrode)
    ranks = (rank for rank, pattern in enumerate(_STAGING_ORDER) if pattern.fullmatch(name))
    return next(ranks, len(_STAGING_ORDER)), is_spare
