"""Which video belongs to a recording, and when it began."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime, time, timedelta
from pathlib import Path

from sleepscorer.domain.clock_times import known_start
from sleepscorer.file_questions import files_in

VIDEO_SUFFIXES = (
    *(".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".wmv", ".asf"),
    *(".mpg", ".mpeg", ".ts"),
)

_DATE_AND_TIME = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)[-_.T ]{0,3}(\d\d)[-_.:h]?(\d\d)[-_.:m]?(\d\d)"
)
_DAY = timedelta(days=1)
_LONGEST_BEFORE = timedelta(hours=12)
"""A video that began earlier than this before the recording is that of another night."""


def video_beside(path: Path) -> Path | None:
    """Find the video that lies beside a recording under the same name; None without one."""
    suffixes = (*VIDEO_SUFFIXES, *map(str.upper, VIDEO_SUFFIXES))
    stem = path.stem.casefold()
    found = (one for one in files_in(path.parent, *suffixes) if one.stem.casefold() == stem)
    return next(found, None)


def start_in_name(name: str) -> datetime | None:
    """Date and time that the name of a video holds, e.g. ``"cam1_20260301-221530.mp4"``."""
    for match in _DATE_AND_TIME.finditer(name):
        with suppress(ValueError):
            year, month, day, hour, minute, second = map(int, match.groups())
            return datetime(year, month, day, hour, minute, second)
    return None


def offset_s(start: datetime, recording_start: datetime, duration_s: float) -> float | None:
    """Seconds from the start of a recording to that of its video; None if that is another night's.

    A recording on an unknown date is taken to be of the same night; where not even its time is
    known, this is not.
    """
    known = known_start(recording_start)
    if known is None:
        return None
    offset = start - recording_start
    if isinstance(known, time):
        offset = (offset + _LONGEST_BEFORE) % _DAY - _LONGEST_BEFORE
    is_of_night = -_LONGEST_BEFORE <= offset <= timedelta(seconds=duration_s)
    return offset.total_seconds() if is_of_night else None
