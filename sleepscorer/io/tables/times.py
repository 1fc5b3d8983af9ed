"""Times as tables write them: seconds, clock times, dates in any order."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from sleepscorer.io.tables.headings import plain

DAY_S = 86_400.0

_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?")
_CLOCK_TEXT = (
    r"(?P<hour>\d{1,3})(?:[:hH](?P<minute>\d{2})(?:[:mM](?P<second>\d{2}(?:[.,]\d+)?)s?)?"
    r"|\.(?P<minute2>\d{2})\.(?P<second2>\d{2}(?:,\d+)?))"
    r"\s*(?P<half>[aApP]\.?\s?[mM]\.?)?"
)
_DATE_TEXT = r"(?P<one>\d{1,4})(?P<sign>[-/.])(?P<two>\d{1,2})(?P=sign)(?P<three>\d{1,4})\.?"
_CLOCK = re.compile(_CLOCK_TEXT)
_DATE = re.compile(_DATE_TEXT)
# What is written with its distance to Greenwich is the clock on the wall there.
_MOMENT = re.compile(rf"{_DATE_TEXT}[T,\s]\s*{_CLOCK_TEXT}(?:Z|[+-]\d{{2}}:?\d{{2}})?")
_NAMED_DATE = re.compile(r"(\d{1,2})(?:\.\s?|[-/\s])([^\W\d]{3,10})\.?[-/\s](\d{4})")
_MONTHS = (
    *("jan ene gen", "feb fev", "mar mrz", "apr avr abr", "may mai mag", "jun giu juin"),
    *("jul lug juil", "aug aou ago", "sep set", "oct okt ott out", "nov", "dec dez dic"),
)
_RANGE = re.compile(r"(.*\d\s*(?:[aApP]\.?[mM]\.?)?)\s*[-–]\s*(\d.*)")


def number_of(text: str) -> float | None:
    """Number of a cell, with a point or a comma before its decimals; None when it is none."""
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text.replace(",", "."))
    return value if math.isfinite(value) else None


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as it is written.

    Attributes
    ----------
    day
        The three numbers of its date in their order; None without a date.
    sign
        What separates them.
    clock_s
        Seconds since midnight, or a duration; None for a date alone.
    is_half_day
        Whether it says AM or PM.
    """

    day: tuple[int, int, int] | None
    sign: str
    clock_s: float | None
    is_half_day: bool = False


@lru_cache(maxsize=65_536)
def moment_of(text: str) -> Moment | None:
    """Read a clock time, a date, or both; None for any other text."""
    text = _NAMED_DATE.sub(_as_numbers, text.strip(), count=1)
    match = _CLOCK.fullmatch(text)
    if match:
        clock_s = _clock_s(match)
        return None if clock_s is None else Moment(None, "", clock_s, bool(match["half"]))
    match = _DATE.fullmatch(text)
    if match:
        return Moment(_day(match), match["sign"], None)
    match = _MOMENT.fullmatch(text)
    if match:
        clock_s = _clock_s(match)
        if clock_s is not None:
            return Moment(_day(match), match["sign"], clock_s, bool(match["half"]))
    return None


def _as_numbers(match: re.Match[str]) -> str:
    """Date with the name of its month as year, month, day; as it is where the name is none."""
    name = plain(match[2])
    for month, beginnings in enumerate(_MONTHS, start=1):
        if name.startswith(tuple(beginnings.split())):
            return f"{match[3]}-{month:02d}-{match[1]}"
    return match[0]


def _clock_s(match: re.Match[str]) -> float | None:
    hour = int(match["hour"])
    minute = int(match["minute"] or match["minute2"])
    second = float((match["second"] or match["second2"] or "0").replace(",", "."))
    if match["half"]:
        if not 1 <= hour <= 12:
            return None if hour > 23 else hour * 3600 + minute * 60 + second
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    if minute > 59 or second >= 60:
        return None
    return hour * 3600 + minute * 60 + second


def _day(match: re.Match[str]) -> tuple[int, int, int]:
    return int(match["one"]), int(match["two"]), int(match["three"])


def is_time(text: str) -> bool:
    """Whether a text is a clock time, a date, or both."""
    return moment_of(text) is not None


def range_of(text: str) -> tuple[str, str] | None:
    """Both ends of a range of clock times; None for any other text."""
    match = _RANGE.fullmatch(text.strip())
    if match and is_time(match[1]) and is_time(match[2]):
        return match[1], match[2]
    return None


DAY_FIRST, MONTH_FIRST, YEAR_FIRST = (2, 1, 0), (2, 0, 1), (0, 1, 2)
_ORDERS = (DAY_FIRST, MONTH_FIRST, YEAR_FIRST)


def _date(day: tuple[int, int, int], order: tuple[int, int, int]) -> date | None:
    year, month, dom = (day[place] for place in order)
    try:
        return date(year + 2000 if year < 100 else year, month, dom)
    except ValueError:
        return None


def dates_of(
    moments: Iterable[Moment], near: date | None = None
) -> dict[tuple[int, int, int], date] | None:
    """Dates of a file, by their numbers; None where day, month and year can't be told apart.

    The order is the one in which all are dates, follow each other as the days of a night do, are
    those of the recording, and are written with its sign: a point has the day first, AM and PM
    the month.

    Parameters
    ----------
    moments
        What has the dates.
    near
        When the recording begins, where that is known.

    Raises
    ------
    ValueError
        They are no dates in any order.
    """
    found: dict[tuple[int, int, int], Moment] = {}
    for one in moments:
        if one.day is not None:
            found.setdefault(one.day, one)
    if not found:
        return {}
    readings = []
    for order in _ORDERS:
        read = {day: _date(day, order) for day in found}
        days = [one for one in read.values() if one is not None]
        if len(days) == len(found):
            readings.append((order, dict(zip(found, days, strict=True))))
    if not readings:
        raise ValueError
    if len(readings) > 1:
        spread = [max(one.values()) - min(one.values()) for _, one in readings]
        readings = [one for one, days in zip(readings, spread, strict=True) if days == min(spread)]
    if len(readings) > 1 and near is not None:
        of_night = [
            one for one in readings if all(abs(day - near).days < 3 for day in one[1].values())
        ]
        readings = of_night if len(of_night) == 1 else readings
    if len(readings) > 1:
        first = next(iter(found.values()))
        if first.sign == ".":
            readings = [one for one in readings if one[0] is DAY_FIRST]
        elif first.sign == "/" and any(one.is_half_day for one in found.values()):
            readings = [one for one in readings if one[0] is MONTH_FIRST]
        elif all(one[1] == readings[0][1] for one in readings):
            readings = readings[:1]
    return readings[0][1] if len(readings) == 1 else None


def unwrapped(clocks_s: Sequence[float], near_s: float | None = None) -> list[float]:
    """Clock times of one night on a line that does not jump at midnight.

    Times that follow each other count on from each other, also for more than a day. Lists that
    are in another order lie in one night: midnight is where no times are for longest.

    Parameters
    ----------
    clocks_s
        Seconds since midnight.
    near_s
        A moment that the first of them is near to; itself without.
    """
    if not clocks_s:
        return []
    first = clocks_s[0] if near_s is None else near_s
    on = [_nearest(clocks_s[0], first)]
    for clock_s in clocks_s[1:]:
        on.append(_nearest(clock_s, on[-1]))
    if all(later >= earlier - 3700 for earlier, later in itertools.pairwise(on)):
        return on
    known = sorted(set(clocks_s))
    gaps = [
        ((following - one) % DAY_S or DAY_S, following)
        for one, following in zip(known, [*known[1:], known[0]], strict=True)
    ]
    _, begin_s = max(gaps)
    base_s = begin_s if near_s is None else _nearest(begin_s, near_s)
    return [base_s + (clock_s - begin_s) % DAY_S for clock_s in clocks_s]


def _nearest(clock_s: float, to_s: float) -> float:
    return clock_s + DAY_S * round((to_s - clock_s) / DAY_S)


def is_night_of_change(day: date) -> bool:
    """Whether clocks are put forward or back somewhere in the night that ends on a day.

    All laws have it on a night to Sunday (some to Saturday) in spring or autumn.
    """
    return day.weekday() >= 5 and day.month in (2, 3, 4, 8, 9, 10, 11)


def days_after(day: date, seconds: float) -> date:
    """Date of a moment that is some seconds after a day began."""
    return day + timedelta(seconds=seconds)
