"""Sleep statistics as CSV and JSON, each number with its definition."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from sleepscorer.domain.statistics import Figure, SleepStatistics
from sleepscorer.domain.texts import storable
from sleepscorer.io.definitions import definitions
from sleepscorer.io.text_files import csv_text

_HEADER = ("file", "parameter", "name", "value", "unit", "definition", "remark")


def statistics_csv(nights: Sequence[tuple[str, SleepStatistics]]) -> str:
    """One row a number; the value is empty where it is not defined.

    The numbers of its hours, thirds and halves follow those of a night. Their parameter says so,
    e.g. ``tst_hour_1``: whoever looks for ``tst`` finds the night's.

    Parameters
    ----------
    nights
        Name of the file and statistics of each night.
    """
    rows = (
        (
            file_name,
            parameter,
            name,
            _rounded(figure.value),
            figure.unit,
            definitions()[figure.id].text,
            "incomplete" if figure.is_incomplete else "",
        )
        for file_name, statistics in nights
        for figure, parameter, name in _named(statistics)
    )
    return csv_text((_HEADER, *rows))


def statistics_json(nights: Sequence[tuple[str, SleepStatistics]]) -> str:
    """Numbers, event counts and remarks of each night; null where a number is not defined."""
    document = [
        {
            "file": name,
            "statistics": {
                figure.id: {
                    "name": definitions()[figure.id].name,
                    "value": _rounded(figure.value),
                    "unit": figure.unit,
                    "definition": definitions()[figure.id].text,
                    "incomplete": figure.is_incomplete,
                }
                for figure in statistics.figures
            },
            "parts": [
                {
                    "part": part.division.value,
                    "number": part.number,
                    "start_s": round(part.start_s, 3),
                    "stop_s": round(part.stop_s, 3),
                    "statistics": {one.id: _rounded(one.value) for one in part.figures},
                }
                for part in statistics.parts
            ],
            "events": {
                count.kind.id: {
                    "counted": count.n_counted,
                    "by_stage": {stage.label: n for stage, n in count.n_by_stage.items()},
                    "not_counted": count.n_not_counted,
                    "per_hour_of_sleep": _rounded(count.per_hour),
                    "mean_duration_s": _rounded(count.mean_duration_s),
                    "longest_s": _rounded(count.longest_s),
                }
                for count in statistics.events
            },
            "remarks": list(statistics.caveats),
        }
        for name, statistics in nights
    ]
    return storable(json.dumps(document, indent=1, ensure_ascii=False)) + "\n"


def _named(statistics: SleepStatistics) -> Iterator[tuple[Figure, str, str]]:
    """Every number of the night and its parts, with its word and its name."""
    for figure in statistics.figures:
        yield figure, figure.id, definitions()[figure.id].name
    for part in statistics.parts:
        word = f"{part.division.value}_{part.number}"
        for figure in part.figures:
            name = definitions()[figure.id].name
            yield figure, f"{figure.id}_{word}", f"{name}, {part.name}"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
