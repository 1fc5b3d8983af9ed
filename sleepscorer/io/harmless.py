"""What a de-identified copy may say: texts that are known to name nobody.

Everything that is not on a list here is removed or replaced. A list of what to remove would always
lack the one field into which somebody wrote a name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.channels import ChannelKind, electrodes_of, kind_of_label
from sleepscorer.domain.texts import one_line
from sleepscorer.io.codes import (
    LIGHTS_OFF,
    LIGHTS_ON,
    NAMES_OF_EVENT,
    is_lights_off,
    is_lights_on,
    kind_of_text,
    stage_of_text,
)
from sleepscorer.io.edf_header import parse_number

# Words of channel labels; each may be followed by a number of two digits. Labels of Sleep-EDF,
# CAP, MESA, SHHS, DREAMS, Embla, Alice, Domino and BrainVision recordings are made of them.
_LABEL_WORD_LIST = """
eeg eog emg ecg ekg ekgr psg hypnogram stage derivation left right l r dx sx links rechts upper
lower horizontal vertical hor vert hori veog heog ver h v top bottom chin lchin rchin cchin
submental mental mentalis masseter kinn leg lleg rleg legs bein tib tibialis anterior ant lat
rat plm plml plmr at arm loc roc eye auge ear flow airflow air flusso nasal oral oro oronasal
nasenfluss naf press pressure pres npres druck cannula canula ptaf therm thermistor thermistore
termistore thermocouple fluss resp respiration respiratory respiro atmung effort rip thor thorax
thoracic thorac torace toracico thorakal chest brust abd abdo abdomen abdominal addome addom
addominale bauch sum vth vab belt snore snoring snor schnarchen sound mic microphone audio phono
spo sao sp sa spo2 sao2 o2 o osat oxygen sat oximetry saturation oxstat oxstatus oximeter pleth
plethysmogram plethysmograph ppg pulse puls pr hr heart rate rr ptt bpm beat hrate temp
temperature temperatur rectal skin body pos position lage light lux ambient co2 etco2 tcco2 etco
tcco capno capnography cpap ipap epap bipap leak tidal volume vol mask tv event marker markers
trigger status stim annotations edf bdf dc aux ref reference gnd ground off on ch chan channel
sec ler cler avg lm rm battery batt impedance imp acc accelerometer actigraph activity act gyro
x y z movement bp blood int ext extra mesa thx new hz raw ableitung nk iic dif diff bip bipolar
mono uni linked a1a2 m1m2
"""
_LABEL_WORDS = frozenset(_LABEL_WORD_LIST.split())
_LABEL_PART = re.compile(r"[^\W_]+")
_NUMBERED = re.compile(r"(\D+?)\d{0,2}")
_SITE = re.compile(r"[a-z]\d{1,2}")  # of electrode caps and of boxes of inputs
_KIND_WORDS = {
    ChannelKind.RESPIRATION: "Resp",
    ChannelKind.SPO2: "SpO2",
    ChannelKind.OTHER: "Channel",
}

_UNIT_LIST = """
1 v volt volts mv î¼v uv nv µv âµv % bpm 1/min /min hz c degc deg_c °c â°c f degf k mmhg cmh2o
cmh20 mbar hpa kpa pa l ml l/min ml/s l/s lpm lux lx s ms g mg m/s2 m/s^2 deg db dbspl ohm kohm
a ma ua au a.u. a.u arb boolean bool bits nan none unit units on/off mmol
"""
_UNITS = frozenset(unit.replace("_", " ") for unit in _UNIT_LIST.split())

# "HP:0.1Hz LP:75Hz N:50Hz" is what EDF+ recommends; DC stands for no high-pass.
_FILTER = re.compile(
    r"(?<![A-Za-z])(HP|LP|NOTCH|BP|N)\s*[:=]?\s*"
    r"(?:(\d{1,4}(?:[.,]\d{1,4})?)(?:\s*-\s*(\d{1,4}(?:[.,]\d{1,4})?))?\s*(kHz|Hz|ms|s)?|(DC))"
    r"(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_MODEL = re.compile(r"(?:MC²SleepNet|MC2SleepNet|SynthSleepNet)(?: \d{1,3}(?:\.\d{1,3})?)?")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def is_harmless_label(label: str) -> bool:
    """Whether a label names electrodes, or is made of words that channels are named with."""
    parts = _LABEL_PART.findall(label)
    rest = _LABEL_PART.sub("", label)
    return (
        bool(parts)
        and rest.isprintable()
        and (electrodes_of(label) is not None or all(map(_is_label_part, parts)))
    )


def _is_label_part(part: str) -> bool:
    word = part.casefold()
    numbered = _NUMBERED.fullmatch(word)
    return (
        (word.isdecimal() and len(word) <= 2)
        or word in _LABEL_WORDS
        or (numbered is not None and numbered[1] in _LABEL_WORDS)
        or electrodes_of(part) is not None
        or _SITE.fullmatch(word) is not None
    )


def harmless_labels(labels: Sequence[str]) -> tuple[str, ...]:
    """Labels of a copy: the harmless ones as they are, others by kind and place, ``"EEG 3"``."""
    taken = {label for label in labels if is_harmless_label(label)}
    found = []
    for number, label in enumerate(labels, start=1):
        if label not in taken:
            kind = kind_of_label(label)
            replacement = f"{_KIND_WORDS.get(kind, kind.value)} {number}"
            while replacement in taken:
                replacement = f"{replacement}'"
            taken.add(replacement)
            found.append(replacement)
        else:
            found.append(label)
    return tuple(found)


def harmless_unit(unit: str) -> str:
    """A unit that is one; empty for any other text."""
    known = not unit or unit.casefold().replace("μ", "µ") in _UNITS
    return unit if known else ""


def harmless_number(text: str) -> str:
    """A number as it is written; 0 for what is none."""
    return text if parse_number(text.replace(",", ".")) is not None else "0"


def harmless_prefilter(text: str) -> str:
    """The filters that a text tells, ``"HP:0.1Hz LP:75Hz"``; empty where it tells none."""
    found = []
    for name, low, high, unit, direct in _FILTER.findall(text):
        value = direct.upper() or (f"{low}-{high}" if high else low)
        found.append(f"{name.upper()}:{value}{unit}")
    return " ".join(found)


def harmless_model(name: str) -> str:
    """Name and version of a network that is known; empty for any other text."""
    return name if _MODEL.fullmatch(name) else ""


def harmless_sha256(text: str) -> str:
    """A hash; empty for any other text."""
    return text if _SHA256.fullmatch(text) else ""


def harmless_annotation(annotation: Annotation, new_labels: Mapping[str, str]) -> Annotation | None:
    """Say a stage, an event or lights off or on in standard words; None for any other text.

    Parameters
    ----------
    annotation
        Of the recording.
    new_labels
        Label in the copy of each label of the recording.
    """
    text = annotation.description
    if stage_of_text(text) is not None:
        words = one_line(text)  # exactly one of a vocabulary; a file writes all in one way
    elif is_lights_off(text):
        words = LIGHTS_OFF
    elif is_lights_on(text):
        words = LIGHTS_ON
    else:
        kind = kind_of_text(text)
        if kind is None:
            return None
        words = NAMES_OF_EVENT[kind].edf
    channel = harmless_channel(annotation.channel, new_labels)
    return Annotation(annotation.onset_s, annotation.duration_s, words, channel)


def harmless_channel(label: str, new_labels: Mapping[str, str]) -> str:
    """Label in the copy of the channel of an event; empty where it is not known what it says."""
    return new_labels.get(label) or (label if is_harmless_label(label) else "")
