"""Naps of a Multiple Sleep Latency Test, and trials of a Maintenance of Wakefulness Test.

The rules are those of Littner et al. 2005, Practice Parameters for Clinical Use of the MSLT and the
MWT, Sleep 28:113–121, which Krahn et al. 2021, J Clin Sleep Med 17:2489–2498, keep. Their protocols
could not be looked at and are quoted here and in the tests from memory; that a nap ends 15 minutes
after sleep onset or after 20 without, that there are four or five, two hours apart, and that the
first begins 1.5 to 3 hours after the night, public descriptions of the test say as well. That R
within 15 minutes of sleep onset in the night before may stand for one SOREMP of the naps is
ICSD-3's, as table 1 of https://doi.org/10.1186/s12883-022-02940-7 and of
https://doi.org/10.5664/jcsm.11104 (text revision) has it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from sleepscorer.domain.clock_times import known_start
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import Lights
from sleepscorer.domain.stages import SCORED_STAGES, Stage
from sleepscorer.domain.statistics import NO_SLEEP, NOT_SCORED, Check, Figure

_AFTER_ONSET_S = 900.0
_SOREMP_S = 900.0
_UNEQUIVOCAL_EPOCHS = 3
_TOO_EARLY_S = EPOCH_S  # own choices: how exactly a hand ends a nap
_TOO_LATE_S = 60.0
_INTERVAL_S, _OFF_INTERVAL_S = 7200.0, 1800.0
_LEAST_OF_NIGHT_S = 3 * 3600.0  # of sleep; all naps of a test together have less
_SLEEP_BEFORE_H, _AFTER_NIGHT_H = 6.0, (1.5, 3.0)

_ENDED_EARLY = Phrase("ended too early")


class NapTest(Enum):
    """Which test it is; the value is the word on the command line.

    Attributes
    ----------
    longest_s
        After how many seconds a nap ends in which nobody slept.
    usual
        How many naps there are.
    fewest
        How many there may be.
    """

    MSLT = ("mslt", 1200.0, 5, 4)
    MWT = ("mwt", 2400.0, 4, 4)

    longest_s: float
    usual: int
    fewest: int

    def __new__(cls, word: str, longest_s: float, usual: int, fewest: int) -> NapTest:  # noqa: D102
        test = object.__new__(cls)
        test._value_ = word
        test.longest_s, test.usual, test.fewest = longest_s, usual, fewest
        return test


@dataclass(frozen=True, slots=True)
class Nap:
    """One nap or trial.

    Attributes
    ----------
    file_name
        The recording that it lies in.
    begins
        Clock time of lights off; None where it is not known.
    off_s, on_s
        Lights off and on, in seconds from the start of the recording.
    stages
        Stage of each epoch whose middle lies between them.
    onset_s, unequivocal_s, r_s
        From lights off to the first epoch of sleep, of unequivocal sleep and of R that count; None
        without.
    figures
        Its numbers.
    has_soremp
        Whether R begins within 15 minutes of sleep onset; None where that is not known.
    ended
        How it ended, and whether the rule asks for that.
    """

    file_name: str
    begins: datetime | None
    off_s: float
    on_s: float
    stages: tuple[Stage, ...]
    onset_s: float | None
    unequivocal_s: float | None
    r_s: float | None
    figures: tuple[Figure, ...]
    has_soremp: bool | None
    ended: Check

    def __getitem__(self, figure_id: str) -> Figure:
        return {figure.id: figure for figure in self.figures}[figure_id]


@dataclass(frozen=True, slots=True)
class NapStudy:
    """All naps of a test and its numbers.

    Attributes
    ----------
    test
        Which test it is.
    naps
        In order of time.
    figures
        Numbers of all of them.
    checks
        What is to be there before the sheet is signed.
    """

    test: NapTest
    naps: tuple[Nap, ...]
    figures: tuple[Figure, ...]
    checks: tuple[Check, ...]

    def __getitem__(self, figure_id: str) -> Figure:
        return {figure.id: figure for figure in self.figures}[figure_id]


def nap_study(nights: Sequence[ScoredRecording], test: NapTest) -> NapStudy:
    """Evaluate a test: each time in which the light is off is a nap.

    Parameters
    ----------
    nights
        A recording of all naps, or one of each, in any order. One with more than three hours of
        sleep in the dark is no nap but the night before.
    test
        Which test it is.
    """
    before = [night for night in nights if _slept_s(night) > _LEAST_OF_NIGHT_S]
    naps = [nap for night in nights if night not in before for nap in _naps(night, test)]
    if all(nap.begins is not None for nap in naps):
        naps.sort(key=lambda nap: (nap.begins or datetime.min, nap.file_name))
    return NapStudy(
        test,
        tuple(naps),
        (*_figures(naps, test), *_figures_of_night(before, naps, test)),
        (*_checks(nights, naps, test), *_checks_of_night(before, naps, test)),
    )


def dark_times(lights: Lights, duration_s: float) -> tuple[tuple[float, float], ...]:
    """From when to when the light is off, in seconds; the recording's ends where none is marked."""
    off_s = 0.0 if lights.off_s is None else max(lights.off_s, 0.0)
    on_s = duration_s if lights.on_s is None else min(lights.on_s, duration_s)
    begins = (off_s, *(one.off_s for one in lights.interruptions))
    ends = (*(one.on_s for one in lights.interruptions), on_s)
    return tuple(pair for pair in zip(begins, ends, strict=True) if pair[0] < pair[1])


def _naps(night: ScoredRecording, test: NapTest) -> Iterator[Nap]:
    recording, scoring = night.recording, night.scoring
    for off_s, on_s in dark_times(scoring.lights, recording.duration_s):
        middles_s = ((epoch + 0.5) * EPOCH_S for epoch in range(len(scoring)))
        inside = [epoch for epoch, at_s in enumerate(middles_s) if off_s <= at_s < on_s]
        start = None if known_start(recording.start) is None else recording.start
        begins = None if start is None else start + timedelta(seconds=off_s)
        epochs = [(max(one * EPOCH_S - off_s, 0.0), scoring[one].stage) for one in inside]
        yield _nap(recording.file_name, begins, (off_s, on_s), epochs, test)


def _nap(
    file_name: str,
    begins: datetime | None,
    span_s: tuple[float, float],
    epochs: Sequence[tuple[float, Stage]],
    test: NapTest,
) -> Nap:
    """Evaluate a nap of epochs that are given by when they begin after lights off, and stage."""
    length_s = span_s[1] - span_s[0]
    in_time = [(at_s, stage) for at_s, stage in epochs if at_s < test.longest_s]
    onset_s = next((at_s for at_s, stage in in_time if stage > Stage.W), None)
    stages = tuple(stage for _, stage in epochs)
    unequivocal_s = _unequivocal(in_time)
    in_r = (at_s for at_s, stage in epochs if stage is Stage.R)
    r_s = None if onset_s is None else next((at_s for at_s in in_r if at_s >= onset_s), None)
    has_soremp = _soremp(onset_s, r_s, length_s, epochs)
    figures = [
        Figure("nap_length", length_s / 60),
        _latency("nap_latency", onset_s, length_s, in_time, test),
    ]
    if test is NapTest.MWT:
        figures.append(_latency("nap_unequivocal", unequivocal_s, length_s, in_time, test))
    r_latency = None if r_s is None or onset_s is None else (r_s - onset_s) / 60
    figures.append(Figure("nap_r_latency", r_latency))
    is_scored = any(stage is not Stage.UNSCORED for stage in stages)
    for figure_id, wanted in (
        ("tst", SCORED_STAGES[1:]),
        *((f"{stage.label.lower()}_min", (stage,)) for stage in SCORED_STAGES),
        ("unscored_min", (Stage.UNSCORED,)),
    ):
        minutes = sum(stage in wanted for stage in stages) * EPOCH_S / 60
        is_told = is_scored or figure_id == "unscored_min"
        remark = "" if is_told else NOT_SCORED
        figures.append(Figure(figure_id, minutes if is_told else None, remark=remark))
    ended = _ended(test, length_s, onset_s, unequivocal_s, epochs)
    return Nap(
        *(file_name, begins, *span_s, stages, onset_s, unequivocal_s, r_s),
        *(tuple(figures), has_soremp, ended),
    )


def _unequivocal(epochs: Sequence[tuple[float, Stage]]) -> float | None:
    """Where three epochs of N1 in a row begin, or one of any other stage of sleep."""
    for place, (at_s, stage) in enumerate(epochs):
        run = [one for _, one in epochs[place : place + _UNEQUIVOCAL_EPOCHS]]
        if stage > Stage.N1 or run == [Stage.N1] * _UNEQUIVOCAL_EPOCHS:
            return at_s
    return None


def _soremp(
    onset_s: float | None, r_s: float | None, length_s: float, epochs: Sequence[tuple[float, Stage]]
) -> bool | None:
    if onset_s is None:
        return None if any(stage is Stage.UNSCORED for _, stage in epochs) else False
    if r_s is not None and r_s - onset_s <= _SOREMP_S:
        return True
    is_gap = any(
        stage is Stage.UNSCORED and onset_s <= at_s <= onset_s + _SOREMP_S for at_s, stage in epochs
    )
    return None if is_gap or length_s < onset_s + _SOREMP_S - _TOO_EARLY_S else False


def _latency(
    figure_id: str,
    found_s: float | None,
    length_s: float,
    in_time: Sequence[tuple[float, Stage]],
    test: NapTest,
) -> Figure:
    """Minutes to some sleep; those of the whole nap where there was none in all of it."""
    before = [stage for at_s, stage in in_time if found_s is None or at_s < found_s]
    has_gaps = Stage.UNSCORED in before
    if found_s is not None:
        return Figure(figure_id, found_s / 60, is_incomplete=has_gaps)
    if has_gaps or not in_time:
        return Figure(figure_id, None, remark=NOT_SCORED)
    if length_s < test.longest_s - _TOO_EARLY_S:
        return Figure(figure_id, None, remark=_ENDED_EARLY)
    return Figure(figure_id, test.longest_s / 60, remark=NO_SLEEP)


def _ended(
    test: NapTest,
    length_s: float,
    onset_s: float | None,
    unequivocal_s: float | None,
    epochs: Sequence[tuple[float, Stage]],
) -> Check:
    """How a nap ended, and whether the rule asks for that."""
    ends_s = test.longest_s
    if test is NapTest.MSLT and onset_s is not None:
        ends_s = onset_s + _AFTER_ONSET_S
        after_s = length_s - onset_s
        text = Phrase("{minutes:.1f} min after sleep onset", minutes=after_s / 60)
    elif test is NapTest.MWT and unequivocal_s is not None:
        is_n1 = dict(epochs)[unequivocal_s] is Stage.N1
        ends_s = unequivocal_s + EPOCH_S * (_UNEQUIVOCAL_EPOCHS if is_n1 else 1)
        after_s = length_s - unequivocal_s
        text = Phrase("{minutes:.1f} min after unequivocal sleep began", minutes=after_s / 60)
    else:
        text = Phrase("after {minutes:.1f} min", minutes=length_s / 60)
    if length_s < ends_s - _TOO_EARLY_S:
        return Check(Phrase("{text}: too early", text=text), is_done=False)
    # An MSLT goes on for 15 minutes after the first epoch of sleep: with it or without.
    if length_s > ends_s + EPOCH_S + _TOO_LATE_S:
        return Check(Phrase("{text}: too late", text=text), is_done=False)
    return Check(text, is_done=True)


def _figures(naps: Sequence[Nap], test: NapTest) -> Iterator[Figure]:
    yield Figure("n_naps", len(naps), "")
    for figure_id, of_nap in (
        ("mean_latency", "nap_latency"),
        *([("mean_unequivocal", "nap_unequivocal")] if test is NapTest.MWT else []),
    ):
        latencies = [nap[of_nap] for nap in naps]
        values = [one.value for one in latencies if one.value is not None]
        # A mean without one of the naps is another number.
        is_whole = bool(naps) and len(values) == len(naps)
        mean = sum(values) / len(values) if is_whole else None
        remark = "" if is_whole else Phrase("not known of every nap")
        yield Figure(
            figure_id,
            mean,
            is_incomplete=any(one.is_incomplete for one in latencies),
            remark=remark,
        )
    yield Figure("naps_with_sleep", sum(nap.onset_s is not None for nap in naps), "")
    if test is NapTest.MSLT:
        soremps = Figure("soremps", sum(nap.has_soremp is True for nap in naps), "")
        yield replace(soremps, is_incomplete=any(nap.has_soremp is None for nap in naps))


def _checks(
    nights: Sequence[ScoredRecording], naps: Sequence[Nap], test: NapTest
) -> Iterator[Check]:
    n = len(naps)
    if test.fewest <= n <= test.usual:
        yield Check(Phrase("There {n:is|are} {n} {n:nap|naps}.", n=n), is_done=True)
    else:
        usual: object = test.usual
        if test.fewest != test.usual:
            usual = Phrase("{fewest} or {usual}", fewest=test.fewest, usual=test.usual)
        yield Check(
            Phrase(
                "There {n:is|are} {n} {n:nap|naps}; the protocol asks for {usual}.",
                n=n,
                usual=usual,
            ),
            is_done=False,
        )
    n_unmarked = sum(None in (one.scoring.lights.off_s, one.scoring.lights.on_s) for one in nights)
    yield Check(
        Phrase("Lights off and on are marked.")
        if not n_unmarked
        else Phrase(
            "In {n} {n:recording|recordings} lights off or on is not marked: latencies count "
            "from {n:its|their} start.",
            n=n_unmarked,
        ),
        is_done=not n_unmarked,
    )
    n_gaps = sum(Stage.UNSCORED in nap.stages for nap in naps)
    yield Check(
        Phrase("Every epoch has a stage.")
        if not n_gaps
        else Phrase("In {n} {n:nap|naps} there are epochs without a stage.", n=n_gaps),
        is_done=not n_gaps,
    )
    n_ended = sum(not nap.ended.is_done for nap in naps)
    yield Check(
        Phrase("Every nap ended as the protocol asks.")
        if not n_ended
        else Phrase("{n} {n:nap|naps} did not end as the protocol asks.", n=n_ended),
        is_done=not n_ended,
    )
    begins = [nap.begins for nap in naps if nap.begins is not None]
    if len(begins) == n and n > 1:
        gaps_s = [(b - a).total_seconds() for a, b in itertools.pairwise(begins)]
        is_regular = all(abs(gap_s - _INTERVAL_S) <= _OFF_INTERVAL_S for gap_s in gaps_s)
        minutes = tuple(round(gap_s / 60) for gap_s in gaps_s)
        yield Check(
            Phrase("The naps began {minutes} min after each other.", minutes=minutes)
            if is_regular
            else Phrase(
                "The naps began {minutes} min after each other; the protocol asks for two hours.",
                minutes=minutes,
            ),
            is_done=is_regular,
        )
    n_unsigned = sum(one.scoring.sign_off is None for one in nights)
    yield Check(
        Phrase("Every scoring is signed off.")
        if not n_unsigned
        else Phrase("{n} {n:scoring is|scorings are} not signed off.", n=n_unsigned),
        is_done=not n_unsigned,
    )


def _slept_s(night: ScoredRecording) -> float:
    """Seconds of sleep with the light off."""
    return sum(stage > Stage.W for _, stage in _in_the_dark(night)) * EPOCH_S


def _in_the_dark(night: ScoredRecording) -> Iterator[tuple[float, Stage]]:
    """When each epoch begins whose middle lies where the light is off, and its stage."""
    dark = dark_times(night.scoring.lights, night.recording.duration_s)
    for epoch, score in enumerate(night.scoring.scores):
        at_s = (epoch + 0.5) * EPOCH_S
        if any(off_s <= at_s < on_s for off_s, on_s in dark):
            yield epoch * EPOCH_S, score.stage


def _figures_of_night(
    before: Sequence[ScoredRecording], naps: Sequence[Nap], test: NapTest
) -> Iterator[Figure]:
    """Numbers of the night before an MSLT; none where it is not there, or not the only one."""
    if len(before) != 1 or test is not NapTest.MSLT:
        return
    (night,) = before
    epochs = tuple(_in_the_dark(night))
    onset_s = next(at_s for at_s, stage in epochs if stage > Stage.W)
    r_s = next((at_s for at_s, stage in epochs if stage is Stage.R), None)
    has_soremp = _soremp(onset_s, r_s, night.recording.duration_s, epochs)
    yield Figure("night_before", _slept_s(night) / 60)
    yield Figure("night_before_r_latency", None if r_s is None else (r_s - onset_s) / 60)
    n_soremps = sum(nap.has_soremp is True for nap in naps) + (has_soremp is True)
    answers = [has_soremp, *(nap.has_soremp for nap in naps)]
    yield Figure("soremps_with_night", n_soremps, "", is_incomplete=None in answers)


def _checks_of_night(
    before: Sequence[ScoredRecording], naps: Sequence[Nap], test: NapTest
) -> Iterator[Check]:
    if len(before) > 1:
        names = tuple(night.recording.file_name for night in before)
        yield Check(
            Phrase("Several nights were given, of which none is used: {names}.", names=names),
            is_done=False,
        )
    elif before and test is NapTest.MSLT:
        (night,) = before
        hours = _slept_s(night) / 3600
        yield Check(
            Phrase(
                "The night before is {file}, with {hours:.1f} h of sleep; the protocol asks for 6.",
                file=night.recording.file_name,
                hours=hours,
            ),
            is_done=hours >= _SLEEP_BEFORE_H,
        )
        yield from _check_of_first_nap(night, naps)
    if before and test is NapTest.MSLT:
        rest = Phrase("Diary, medication and drug screening: look yourself, this program does not.")
    elif test is NapTest.MSLT:
        rest = Phrase(
            "The night before, 6 hours of sleep, the first nap 1.5 to 3 hours after it, the diary, "
            "medication and drug screening: look yourself, this program does not."
        )
    else:
        rest = Phrase(
            "The first trial 1.5 to 3 hours after waking, light, seat, medication: look yourself, "
            "this program does not."
        )
    yield Check(rest, is_done=False)


def _check_of_first_nap(night: ScoredRecording, naps: Sequence[Nap]) -> Iterator[Check]:
    """How long after the night the first nap began, where both times are known."""
    begins = [nap.begins for nap in naps if nap.begins is not None]
    start, dark = (
        night.recording.start,
        dark_times(night.scoring.lights, night.recording.duration_s),
    )
    if start is None or known_start(start) is None or len(begins) < max(len(naps), 1):
        return
    ended = start + timedelta(seconds=dark[-1][1])
    hours = (min(begins) - ended).total_seconds() / 3600
    least, most = _AFTER_NIGHT_H
    yield Check(
        Phrase(
            "The first nap began {hours:.1f} h after lights on of the night before; the protocol "
            "asks for 1.5 to 3.",
            hours=hours,
        ),
        is_done=least <= hours <= most,
    )
