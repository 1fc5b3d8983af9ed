"""Clock times without dates, as they follow each other through a night."""

from __future__ import annotations

import re
from datetime import datetime, time
from pathlib import Path

from sleepscorer.domain.errors import ScoringError

_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})[:.](\d{2}(?:[.,]\d+)?)\s*([AaPp]\.?[Mm]\.?)?")
_DAY_S = 86_400


class NightClock:
    """Turns clock times into seconds from the first of them, past midnight too.

    Parameters
    ----------
    start
        When to count from; the first time that is asked for without.

    Attributes
    ----------
    start
        When seconds count from; None as long as nothing was asked for.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self.start: datetime | time | None = start
        self._latest_s = 0.0

    def seconds(self, path: Path, line: int, text: str) -> float:
        """Seconds of a clock time such as ``23:05:30``, ``23.05.30,5`` or ``11:05:30 PM``.

        Of all days that it may be on, it is the one nearest to the latest time before.

        Raises
        ------
        ScoringError
            It is no clock time.
        """
        match = _CLOCK.fullmatch(text.strip())
        parts = match.groups() if match else ("99", "0", "0", None)
        hour, minute, second = int(parts[0]), int(parts[1]), float(parts[2].replace(",", "."))
        if parts[3]:
            hour = hour % 12 + (12 if parts[3].casefold().startswith("p") else 0)
        if hour > 23 or minute > 59 or second >= 60:
            raise ScoringError(
                "{file}, line {line}: “{text}” is no clock time.",
                file=path.name,
                line=line,
                text=text[:60],
            )
        if self.start is None:
            self.start = time(hour, minute, int(second))
        start = self.start
        start_s = start.hour * 3600 + start.minute * 60 + start.second + start.microsecond / 1e6
        since_s = hour * 3600 + minute * 60 + second - start_s
        since_s += _DAY_S * round((self._latest_s - since_s) / _DAY_S)
        self._latest_s = max(self._latest_s, since_s)
        return round(since_s, 6)
