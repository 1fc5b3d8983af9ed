"""Sleep statistics as CSV and JSON, each number with its definition."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from sleepscorer.domain.statistics import Figure, SleepStatistics

_HEADER = ("file", "parameter", "name", "value", "unit", "definition")


def statistics_csv(nights: Sequence[tuple[str, SleepStatistics]]) -> str:
    """One row a number; the value is empty where it is not defined.

    Parameters
    ----------
    nights
        Name of the file and statistics of each night.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_HEADER)
    writer.writerows(
        (name, figure.id, figure.name, _rounded(figure), figure.unit, figure.definition)
        for name, statistics in nights
        for figure in statistics.figures
    )
    return buffer.getvalue()


def statistics_json(nights: Sequence[tuple[str, SleepStatistics]]) -> str:
    """Numbers, event counts and remarks of each night; null where a number is not defined."""
    document = [
        {
            "file": name,
            "statistics": {
                figure.id: {
                    "name": figure.name,
                    "value": _rounded(figure),
                    "unit": figure.unit,
                    "definition": figure.definition,
                }
                for figure in statistics.figures
            },
            "events": {
                count.kind.id: {
                    "in_sleep": count.n_sleep,
                    "by_stage": {stage.label: n for stage, n in count.n_by_stage.items()},
                    "outside_sleep": count.n_wake,
                    "per_hour_of_sleep": count.per_hour,
                    "mean_duration_s": count.mean_duration_s,
                    "longest_s": count.longest_s,
                }
                for count in statistics.events
            },
            "remarks": list(statistics.remarks),
        }
        for name, statistics in nights
    ]
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _rounded(figure: Figure) -> float | None:
    return None if figure.value is None else round(figure.value, 4)
