"""Times of the night as a technician types them, and times that are not known."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.recording import UNKNOWN_DATE

_TIME = re.compile(r"\s*(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?\s*")
DAY_S = 86_400.0
_NO_DATES = (UNKNOWN_DATE, date(1970, 1, 1))  # the other one is where computers begin to count


def known_start(start: datetime | time | None) -> datetime | time | None:
    """Return what is known of a start that a file states.

    A time of day on one of the dates that stand for an unknown one is a time of day; midnight
    there is nothing at all.
    """
    if not isinstance(start, datetime) or start.date() not in _NO_DATES:
        return start
    return None if start.time() == time() else start.time()


def dated(start: datetime | time | None) -> datetime | None:
    """Return a start as files hold it: a time of day without a date on the date for an unknown."""
    if not isinstance(start, time):
        return start
    if start == time():
        # Midnight of the date for an unknown one is no start at all; of the next day, it is placed
        # by the time of day, because no recording is of that day.
        return datetime.combine(UNKNOWN_DATE + timedelta(days=1), start)
    return datetime.combine(UNKNOWN_DATE, start)


def parse_time(
    text: str, start: datetime | None, duration_s: float, *, before_s: float = 0.0
) -> float:
    """Find the moment of a recording that a typed time names.

    Parameters
    ----------
    text
        ``"22:58"`` or ``"22:58:30"``: time of day, or hours, minutes and seconds from the start
        of a recording whose start is unknown.
    start
        When the recording began.
    duration_s
        How long it lasts; the first such time of day in it is meant.
    before_s
        How long before the recording a time of day may be, too.

    Returns
    -------
    time_s
        Seconds from the start of the recording; negative before it.

    Raises
    ------
    ValueError
        The text is no time, or the recording does not reach it.
    """
    match = _TIME.fullmatch(text)
    hours, minutes, seconds = match.groups() if match else ("", "", "")
    if match is None or int(minutes) > 59 or float(seconds or 0) >= 60:
        raise ValueError(
            Phrase("“{text}” is no time; write it like 22:58 or 22:58:30.", text=text.strip())
        )
    time_s = int(hours) * 3600 + int(minutes) * 60 + float(seconds or 0)
    if start is not None:
        if int(hours) > 23:
            raise ValueError(
                Phrase("“{text}” is no time of day; hours go from 0 to 23.", text=text.strip())
            )
        midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
        since_midnight_s = (start - midnight).total_seconds()
        time_s = (time_s - since_midnight_s + before_s) % DAY_S - before_s
    if time_s > duration_s:
        ends = {"first": time_text(0.0, start), "last": time_text(duration_s, start)}
        if start is not None and before_s:
            raise ValueError(
                Phrase(
                    "The recording goes from {first} to {last}; {text} is neither in it nor in the "
                    "{hours:g} hours before it.",
                    **ends,
                    text=text.strip(),
                    hours=before_s / 3600,
                )
            )
        raise ValueError(
            Phrase(
                "The recording goes from {first} to {last}; {text} is outside.",
                **ends,
                text=text.strip(),
            )
        )
    return time_s


def time_text(time_s: float, start: datetime | None) -> str:
    """Write a moment of a recording as it can be typed, to whole seconds."""
    seconds = round(time_s)
    if start is not None:
        return f"{start + timedelta(seconds=seconds):%H:%M:%S}"
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
