"""When a night was treated with positive airway pressure (PAP), and with how much.

A person's note says so, an annotation of the file, a channel of the pressure, or somebody who types
the time. What says it is told beside the numbers.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.channels import cmh2o_per_unit
from sleepscorer.domain.clock_times import time_text
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scoring import Scoring
from sleepscorer.events.engine import NightSignals
from sleepscorer.events.roles import Role
from sleepscorer.signals.events.runs import mask_runs

_Float64 = npt.NDArray[np.float64]

# Own choices, named in the definitions.
_LEAST, _MOST = 3.0, 35.0  # what a device gives
_ABOVE_REST = 2.0
_HELD_S = 60
_BILEVEL = 2.0
_DIFFERENT_S = 300.0

_PAP = (
    r"(?:(?:n|c|bi|auto|a|v|x)?[ -]?pap|bi[ -]?level|asv)(?:[ -]?(?:therapy|therapie|titration))?"
)
_COURSE = r"(?:pap|treatment|therapy|therapie|titration|split[ -]?night)"
_START = r"(?:start(?:ed|et|s)?|begin(?:s|n|nt)?|began|begun|begonnen|initiated)"
_STOP = r"(?:stop(?:ped|s)?|end(?:s|e|ed|et)?|beendet|removed|discontinued)"
_ON = re.compile(
    rf"(?:{_PAP}|{_COURSE}) (?:is |ist )?(?:on|applied|an|ein|eingeschaltet|angelegt|{_START})"
    rf"|{_START}(?: of| der)? (?:{_PAP}|{_COURSE})|therapiebeginn|titrationsbeginn|split[ -]?night"
)
_OFF = re.compile(
    rf"(?:{_PAP}|{_COURSE}) (?:is |ist )?(?:off|aus|ausgeschaltet|abgenommen|{_STOP})"
    rf"|{_STOP}(?: of| der)? (?:{_PAP}|{_COURSE})|therapieende|titrationsende"
)
_NUMBER = r"\d{1,2}(?:[.,]\d)?"
_PRESSURE = re.compile(
    rf"(?P<words>.*?)(?: (?:from|von) {_NUMBER})?[ :=@]*(?:(?:to|auf) )?"
    rf"(?P<high>{_NUMBER})(?: ?(?:/|over|zu|epap) ?(?P<low>{_NUMBER}))? ?"
    r"(?P<unit>cm ?h ?[2₂] ?[o0]|cm|cwp|mbar|hpa)?"
)
_SETTING = re.compile(
    rf"(?:(?:set|raise[ds]?|increase[ds]?|lower(?:ed)?|decrease[ds]?|change[ds]?) )?"
    rf"{_PAP}(?: ?(?:pressure|druck))?(?: (?:set|raised|increased|lowered|decreased|"
    r"changed|erhöht|gesenkt))?(?: (?:to|at|auf|mit))?"
)
_PLAIN_SETTING = re.compile(r"(?:(?:mask |masken)?(?:pressure|druck)(?: (?:to|at|auf|mit))?)?")
_ABOUT = re.compile(
    r"(?<![a-z])(?:[aceinvx]|bi|auto)?[ -]?pap(?![a-z])|bi[ -]?level", re.IGNORECASE
)
_MOST_TOLD = 3
_AFTER_ON = re.compile(r" (?:at|with|mit|auf|bei)$")


@dataclass(frozen=True, slots=True, order=True)
class Pressure:
    """What a device gives, in cmH₂O.

    Attributes
    ----------
    low, high
        While breathing out and in; the same where it does not change with the breath, 0 where the
        device is off.
    """

    low: float
    high: float

    @property
    def text(self) -> str:
        """As it is written, e.g. ``"8"`` or ``"12/8"``."""
        return f"{self.low:g}" if self.low == self.high else f"{self.high:g}/{self.low:g}"


OFF = Pressure(0.0, 0.0)
"""While the device is off."""


@dataclass(frozen=True, slots=True)
class Step:
    """A time at one pressure.

    Attributes
    ----------
    start_s, stop_s
        Seconds from the start of the recording.
    pressure
        None where nobody says.
    """

    start_s: float
    stop_s: float
    pressure: Pressure | None


@dataclass(frozen=True, slots=True)
class Treatment:
    """A night, or its later part, with positive airway pressure.

    Attributes
    ----------
    start_s, stop_s
        Seconds from the start of the recording.
    told
        What says when it began.
    steps
        All of it, by pressure, in order of time.
    """

    start_s: float
    stop_s: float
    told: Phrase
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """A note about the treatment, or what it says: on, off, a pressure."""

    time_s: float
    text: str
    is_on: bool = False
    is_off: bool = False
    pressure: Pressure | None = None


def read_treatment(
    recording: Recording, scoring: Scoring, signals: NightSignals, typed_s: float | None = None
) -> tuple[Treatment | None, tuple[Phrase, ...]]:
    """Find out when a night was treated.

    A time that somebody types comes before the notes of the scoring, those before the annotations
    of the file, those before the channel of the pressure. Of pressures, the channel comes first.

    Parameters
    ----------
    recording, scoring
        The night.
    signals
        Of the channels that have a role.
    typed_s
        Seconds from the start of the recording; None where nobody typed a time.

    Returns
    -------
    treatment
        None where nothing says that the night was treated.
    remarks
        What whoever reads the numbers must know.

    Raises
    ------
    RecordingError
        It can't be read.
    """
    texts = [(one.onset_s, one.text) for one in _notes(scoring)]
    said, by = _said(texts), Phrase("a note")
    if not said:
        told = [(one.onset_s, one.description) for one in recording.read_annotations()]
        said, by = _said(told), Phrase("an annotation of the file")
        texts += told
    measured, remarks = _measured(signals)
    treatment, more = _treatment(recording, said, by, measured, typed_s)
    read = {one.text for one in said}
    left = dict.fromkeys(text for _, text in texts if _ABOUT.search(text) and text not in read)
    if left:
        about = Phrase(
            "Notes that name PAP and could not be read as on, off or a pressure: {texts}.",
            texts=tuple(f"“{text}”" for text in itertools.islice(left, _MOST_TOLD)),
        )
        more = (*more, about)
    return treatment, (*remarks, *more)


def _treatment(
    recording: Recording,
    said: Sequence[_Said],
    by: Phrase,
    measured: tuple[Step, ...],
    typed_s: float | None,
) -> tuple[Treatment | None, tuple[Phrase, ...]]:
    def clock(time_s: float) -> str:
        return time_text(time_s, recording.start)

    duration_s = recording.duration_s
    begins = [one for one in said if one.is_on or one.pressure is not None]
    if typed_s is not None:
        start_s, told = typed_s, Phrase("as somebody typed it")
    elif begins:
        start_s = begins[0].time_s
        told = Phrase("as {by} says: “{text}”", by=by, text=begins[0].text)
    elif measured:
        start_s, told = measured[0].start_s, Phrase("as the pressure of the device shows")
    else:
        return None, ()
    start_s = min(max(start_s, 0.0), duration_s)
    stop_s, remarks = duration_s, []
    switched = [one for one in said if one.time_s >= start_s]  # a pressure is on, too
    if switched and switched[-1].is_off:
        stop_s = min(switched[-1].time_s, duration_s)
        remarks.append(
            Phrase(
                "The treatment ended at {at}, as {by} says; what follows is in neither part.",
                at=clock(stop_s),
                by=by,
            )
        )
    pauses = [one for one in switched[:-1] if one.is_off]
    if pauses:
        remarks.append(
            Phrase(
                "PAP was off for a while at {times}: that counts with the treatment.",
                times=tuple(clock(one.time_s) for one in pauses),
            )
        )
    if measured and abs(measured[0].start_s - start_s) > _DIFFERENT_S:
        remarks.append(
            Phrase(
                "The pressure of the device rises at {at}, another time than the treatment is "
                "said to begin.",
                at=clock(measured[0].start_s),
            )
        )
    if measured and measured[-1].pressure == OFF and measured[-1].start_s < stop_s:
        remarks.append(
            Phrase(
                "The pressure of the device falls at {at} and does not rise again: what follows "
                "counts with the treatment.",
                at=clock(measured[-1].start_s),
            )
        )
    steps = measured or tuple(_steps_said(said, duration_s))
    treatment = Treatment(start_s, stop_s, told, tuple(_within(steps, start_s, stop_s)))
    return treatment, tuple(remarks)


def start_text(treatment: Treatment, start: datetime | None) -> Phrase:
    """Say when the treatment began and what says so."""
    return Phrase(
        "The treatment begins at {at}, {told}.",
        at=time_text(treatment.start_s, start),
        told=treatment.told,
    )


def _notes(scoring: Scoring) -> Iterable[ScoredEvent]:
    return (one for one in scoring.events if one.kind is EventKind.NOTE and not one.is_proposed)


@lru_cache(maxsize=4096)  # files say the same again and again
def said_by(text: str) -> tuple[bool, bool, Pressure | None]:
    """Read of a note whether it says that PAP is on, that it is off, and its pressure.

    Only a note that says that and nothing else is read so: a sentence about it may mean anything.
    """
    plain = " ".join(text.casefold().split()).strip(" .!,;:")
    if _ON.fullmatch(plain) or _OFF.fullmatch(plain):
        return bool(_ON.fullmatch(plain)), bool(_OFF.fullmatch(plain)), None
    match = _PRESSURE.fullmatch(plain)
    if match is None:
        return False, False, None
    numbers = [match["high"], match["low"] or match["high"]]
    low, high = sorted(float(one.replace(",", ".")) for one in numbers)
    words = match["words"].strip()
    is_on = _ON.fullmatch(_AFTER_ON.sub("", words)) is not None
    is_setting = is_on or _SETTING.fullmatch(words) is not None
    is_setting |= words == "ipap" and bool(match["low"])
    is_setting |= bool(match["unit"]) and _PLAIN_SETTING.fullmatch(words) is not None
    if not is_setting or low < _LEAST or high > _MOST:
        return False, False, None
    return is_on, False, Pressure(low, high)


def _said(texts: Iterable[tuple[float, str]]) -> tuple[_Said, ...]:
    """What notes say of the treatment, in order of time."""
    found = ((time_s, text, *said_by(text)) for time_s, text in texts)
    said = (_Said(*one) for one in found if any(one[2:]))
    return tuple(sorted(said, key=lambda one: one.time_s))


def _steps_said(said: Sequence[_Said], duration_s: float) -> Iterator[Step]:
    """What the notes say of the pressure, each until the next one."""
    pressure: Pressure | None = None
    ends_s = [*(one.time_s for one in said[1:]), duration_s]
    for one, stop_s in zip(said, ends_s, strict=False):
        # Who says that it is on again says nothing of a pressure.
        before = None if pressure == OFF else pressure
        pressure = OFF if one.is_off else one.pressure or before
        if one.time_s < stop_s:
            yield Step(one.time_s, stop_s, pressure)


def _measured(signals: NightSignals) -> tuple[tuple[Step, ...], tuple[Phrase, ...]]:
    """What the pressure of the device was, epoch by epoch; nothing where it never rose."""
    if Role.PAP_PRESSURE not in signals.roles:
        return (), ()
    channel = signals.roles[Role.PAP_PRESSURE]
    factor = cmh2o_per_unit(channel.unit)
    if factor is None:
        remark = Phrase(
            "“{label}” is stored in “{unit}”, no pressure that is known: the pressures of the "
            "device are not told by it.",
            label=channel.label,
            unit=channel.unit,
        )
        return (), (remark,)
    values, sfreq = signals.read(Role.PAP_PRESSURE)
    epochs = _by_epoch(values * np.float32(factor), sfreq)
    middle = np.full(len(epochs), np.nan)
    is_known = np.asarray(np.isfinite(epochs).any(axis=1))
    middle[is_known] = np.nanmedian(epochs[is_known], axis=1)
    if is_known.any() and np.nanmax(middle) > _MOST:
        remark = Phrase(
            "“{label}” goes up to {most:.0f} cmH₂O, which no device gives: it is not read.",
            label=channel.label,
            most=float(np.nanmax(middle)),
        )
        return (), (remark,)
    at_rest = middle[middle < _LEAST]
    rest = float(np.median(at_rest)) if at_rest.size else 0.0
    is_on = np.asarray(np.nan_to_num(middle) >= max(rest, 0.0) + _ABOVE_REST)
    starts, stops = mask_runs(is_on)
    is_held = (stops - starts) * EPOCH_S >= _HELD_S
    if not is_held.any():
        return (), ()
    first = int(starts[is_held][0])
    pressures = [
        _pressure(epochs[epoch]) if is_on[epoch] else OFF if is_known[epoch] else None
        for epoch in range(first, len(is_on))
    ]
    steps, epoch = [], first
    for pressure, run in itertools.groupby(pressures):
        n_epochs = len(list(run))
        steps.append(Step(epoch * EPOCH_S, (epoch + n_epochs) * EPOCH_S, pressure))
        epoch += n_epochs
    return tuple(steps), ()


def _by_epoch(values: npt.NDArray[np.float32], sfreq: float) -> _Float64:
    """Values of each complete epoch, shape (n_epochs, n_times); of the rate that is nearest."""
    n_times = max(round(sfreq * EPOCH_S), 1)
    n_epochs = int(values.size / (sfreq * EPOCH_S) + 1e-9)
    starts = np.round(np.arange(n_epochs) * sfreq * EPOCH_S).astype(np.int64)
    places = np.minimum(starts[:, None] + np.arange(n_times), max(values.size - 1, 0))
    return np.asarray(values[places], np.float64)


def _pressure(values: _Float64) -> Pressure:
    """Pressure of an epoch, to whole cmH₂O."""
    values = values[np.isfinite(values)]
    low, middle, high = (float(one) for one in np.percentile(values, (10, 50, 90)))
    if high - low < _BILEVEL:
        return Pressure(float(round(middle)), float(round(middle)))
    return Pressure(float(round(low)), float(round(high)))


def _within(steps: Iterable[Step], start_s: float, stop_s: float) -> Iterable[Step]:
    """Cut steps to a time, and fill what no step covers."""
    reached = start_s
    for one in steps:
        first, last = max(one.start_s, reached), min(one.stop_s, stop_s)
        if first >= last:
            continue
        if first > reached:
            yield Step(reached, first, None)
        yield Step(first, last, one.pressure)
        reached = last
    if reached < stop_s:
        yield Step(reached, stop_s, None)
