"""Sleep statistics as CSV and JSON, each number with its definition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.naps import Nap, NapStudy
from sleepscorer.domain.statistics import (
    EventCount,
    Figure,
    PartOfSleep,
    SleepStatistics,
    TreatedNight,
)
from sleepscorer.domain.texts import json_text
from sleepscorer.file_questions import is_folder, is_same
from sleepscorer.io.atomic import check_place
from sleepscorer.io.definitions import Definitions, definitions
from sleepscorer.io.recordings import RECORDING_SUFFIXES
from sleepscorer.io.session import is_session
from sleepscorer.io.text_files import csv_text

_HEADER = ("file", "parameter", "name", "value", "unit", "definition", "remark")


def statistics_csv(nights: Sequence[tuple[str, SleepStatistics]]) -> str:
    """One row a number; the value is empty where it is not defined.

    The numbers of its hours, thirds and halves, of its kinds of sleep and of its parts without and
    with treatment follow those of a night. Their parameter says so, e.g. ``tst_hour_1``: whoever
    looks for ``tst`` finds the night's.

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
            _remark(figure),
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
            "statistics": told(statistics.figures),
            "rule": statistics.rule,
            "asleep": _parts_of_sleep(statistics.asleep),
            "treatment": _treated(statistics.treated),
            "parts": [
                {
                    "part": part.division.value,
                    "number": part.number,
                    "start_s": round(part.start_s, 3),
                    "stop_s": round(part.stop_s, 3),
                    **_told_briefly(part.figures),
                }
                for part in statistics.parts
            ],
            "events": told_events(statistics.events),
            "remarks": list(statistics.caveats),
            "checks": [{"done": one.is_done, "text": one.text} for one in statistics.checks],
        }
        for name, statistics in nights
    ]
    return json_text(document)


def naps_csv(study: NapStudy) -> str:
    """One row a number of each nap and of all naps; the value is empty where it is not defined."""
    named = [
        *(("all", "", "", figure) for figure in study.figures),
        *(
            (number, nap.file_name, _clock(nap), figure)
            for number, nap in enumerate(study.naps, 1)
            for figure in (*nap.figures, _soremp(nap), *_ended(nap))
        ),
    ]
    rows = (
        (
            *(study.test.value, number, file_name, begins, figure.id),
            *(definitions()[figure.id].name, _rounded(figure.value), figure.unit),
            *(definitions()[figure.id].text, _remark(figure)),
        )
        for number, file_name, begins, figure in named
    )
    return csv_text((("test", "nap", "file", "lights_off", *_HEADER[1:]), *rows))


def naps_json(study: NapStudy) -> str:
    """Numbers of each nap and of all naps; null where a number is not defined."""
    document = {
        "test": study.test.value,
        "statistics": told(study.figures),
        "naps": [
            {
                "file": nap.file_name,
                "lights_off": _clock(nap),
                "lights_off_s": round(nap.off_s, 3),
                "lights_on_s": round(nap.on_s, 3),
                "stages": [stage.label for stage in nap.stages],
                "soremp": nap.has_soremp,
                "ended": {"by_rule": nap.ended.is_done, "text": nap.ended.text},
                "statistics": told(nap.figures),
            }
            for nap in study.naps
        ],
        "checks": [{"done": one.is_done, "text": one.text} for one in study.checks],
    }
    return json_text(document)


def _clock(nap: Nap) -> str:
    return "" if nap.begins is None else f"{nap.begins:%H:%M:%S}"


def _soremp(nap: Nap) -> Figure:
    value = None if nap.has_soremp is None else float(nap.has_soremp)
    return Figure("soremps", value, "")


def _ended(nap: Nap) -> Iterator[Figure]:
    yield Figure("nap_by_rule", float(nap.ended.is_done), "", remark=nap.ended.text)


def _remark(figure: Figure) -> str:
    incomplete = "incomplete" if figure.is_incomplete else ""
    return ", ".join(filter(None, (incomplete, figure.remark, figure.severity_told)))


def told(
    figures: Iterable[Figure], meanings: Definitions | None = None
) -> dict[str, dict[str, object]]:
    """Everything about some numbers, by their words; in English unless told the definitions."""
    meanings = meanings or definitions()
    return {
        figure.id: {
            "name": meanings[figure.id].name,
            "value": _rounded(figure.value),
            "unit": figure.unit,
            "definition": meanings[figure.id].text,
            "incomplete": figure.is_incomplete,
            "remark": figure.remark,
            "severity": _class(figure),
        }
        for figure in figures
    }


def told_events(counts: Iterable[EventCount]) -> dict[str, dict[str, object]]:
    """How often each kind of event was marked, by its word."""
    return {
        count.kind.id: {
            "counted": count.n_counted,
            "by_stage": {stage.label: n for stage, n in count.n_by_stage.items()},
            "not_counted": count.n_not_counted,
            "per_hour_of_sleep": _rounded(count.per_hour),
            "mean_duration_s": _rounded(count.mean_duration_s),
            "longest_s": _rounded(count.longest_s),
        }
        for count in counts
    }


def _class(figure: Figure) -> str | None:
    """Word of the class that a number has in adults; None where it has none."""
    return None if figure.severity is None else figure.severity.name.lower()


def _parts_of_sleep(parts: Sequence[PartOfSleep]) -> list[dict[str, object]]:
    return [{"part": part.id, **_told_briefly(part.figures)} for part in parts]


def _told_briefly(figures: Sequence[Figure]) -> dict[str, object]:
    return {
        "statistics": {one.id: _rounded(one.value) for one in figures},
        "remarks": {one.id: said for one in figures if (said := _remark(one))},
    }


def _treated(treated: TreatedNight | None) -> dict[str, object] | None:
    if treated is None:
        return None
    return {
        "told": treated.told,
        "start_s": round(treated.start_s, 3),
        "stop_s": round(treated.stop_s, 3),
        "parts": _parts_of_sleep(treated.parts),
        "pressures": _parts_of_sleep(treated.pressures),
    }


def cohort_csv(
    about: Sequence[str],
    rows: Sequence[tuple[Sequence[object], Mapping[str, float | None]]],
    figure_ids: Sequence[str],
) -> str:
    """One row a night, one column a number of the whole night; empty where it is not defined.

    Parameters
    ----------
    about
        Names of the columns before the numbers.
    rows
        What stands in those, and the numbers by their words.
    figure_ids
        Words of the numbers, a column each.
    """
    return csv_text(
        (
            (*about, *figure_ids),
            *(
                (*before, *(_plain(numbers.get(one)) for one in figure_ids))
                for before, numbers in rows
            ),
        )
    )


def nights_csv(nights: Sequence[tuple[str, SleepStatistics]]) -> str:
    """One row a night, one column a number of the whole night; empty where it is not defined.

    What is incomplete is named by its column, as are the numbers that have a class.
    """
    columns = dict.fromkeys(one.id for _, statistics in nights for one in statistics.figures)
    rows = [
        (
            (
                *(name, statistics.rule, _incomplete(statistics.figures)),
                " ".join(f"{one.id}={word}" for one in statistics.figures if (word := _class(one))),
            ),
            {one.id: one.value for one in statistics.figures},
        )
        for name, statistics in nights
    ]
    return cohort_csv(("file", "rule", "incomplete", "severity"), rows, tuple(columns))


def _incomplete(figures: Iterable[Figure]) -> str:
    return " ".join(one.id for one in figures if one.is_incomplete and one.value is not None)


def columns_csv(about: Mapping[str, str], figures: Sequence[Figure]) -> str:
    """Say what each column of a table of nights means, a row each.

    Parameters
    ----------
    about
        Meaning of each column before the numbers.
    figures
        The numbers, of whatever night.
    """
    rows = [(column, column, "", meaning) for column, meaning in about.items()]
    for one in figures:
        definition = definitions()[one.id]
        rows.append((one.id, definition.name, one.unit, definition.text))
    return csv_text((("column", "name", "unit", "definition"), *rows))


def check_table(table: Path, sources: Iterable[Path], *, option: str) -> None:
    """Refuse a table of statistics where it can't be or would take the place of other files.

    Parameters
    ----------
    table
        Where it is to be written.
    sources
        Files that are read, or written beside it.
    option
        The option that names it.

    Raises
    ------
    ScoringError
        It has the name of a recording, a folder or one of the sources, or can't be written.
    """
    if is_session(table) or table.suffix.casefold() in RECORDING_SUFFIXES:
        raise ScoringError(
            "{out} has the name of a recording or session; choose one that ends "
            "with .csv or .json.",
            out=table,
        )
    if is_folder(table):
        raise ScoringError(
            "{out} is a folder; name a file with {option}.", out=table, option=option
        )
    if any(table == source or is_same(table, source) for source in sources):
        raise ScoringError(
            "{out} is one of the files that are read or made; choose another with {option}.",
            out=table,
            option=option,
        )
    check_place(table)


def columns_path(table: Path) -> Path:
    """File beside a table of nights that says what its columns mean."""
    return table.with_name(f"{table.stem}-columns.csv")


def _named(statistics: SleepStatistics) -> Iterator[tuple[Figure, str, str]]:
    """Every number of the night and its parts, with its word and its name."""
    for figure in statistics.figures:
        yield figure, figure.id, definitions()[figure.id].name
    for part in statistics.parts:
        word = f"{part.division.value}_{part.number}"
        for figure in part.figures:
            name = definitions()[figure.id].name
            yield figure, f"{figure.id}_{word}", f"{name}, {part.name}"
    treated = statistics.treated
    by_treatment = () if treated is None else (*treated.parts, *treated.pressures)
    for kind in (*statistics.asleep, *by_treatment):
        for figure in kind.figures:
            name = definitions()[figure.id].name
            yield figure, f"{figure.id}_{kind.id}", f"{name}, {kind.name}"


def _plain(value: float | None) -> str:
    """Number of a cell: counts without decimals, wherever they were kept meanwhile."""
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
