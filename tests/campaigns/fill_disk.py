"""Write in every format, and what else is written, onto a disk that is full at any place.

Run by hand: ``python tests/campaigns/fill_disk.py [--n N] [--seed SEED]``. The system refuses every
file to grow beyond a size. Then the former file has to be there as it was, with nothing left beside
it, and one sentence has to name the file.
"""

from __future__ import annotations

import random
import resource
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from campaign import run, said
from nights import scoring_of, write_night

from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import stage_edit
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.statistics import sleep_statistics
from sleepscorer.io.atomic import write_text
from sleepscorer.io.deidentified import Times, write_deidentified
from sleepscorer.io.edf import EdfRecording, open_edf
from sleepscorer.io.journal import Journal
from sleepscorer.io.journal_folder import unfinished_work
from sleepscorer.io.scoring_formats import SCORING_FORMATS
from sleepscorer.io.session import Session, write_session
from sleepscorer.io.statistics_files import statistics_json
from sleepscorer.report.content import make_report
from sleepscorer.report.page import report_html

Writer = Callable[[EdfRecording, ScoredRecording, Path], object]


def _report(recording: EdfRecording, scored: ScoredRecording, path: Path) -> None:
    write_text(path, report_html(make_report(recording, scored.scoring)))


def _statistics(recording: EdfRecording, scored: ScoredRecording, path: Path) -> None:
    statistics = sleep_statistics(scored.scoring, recording.duration_s)
    write_text(path, statistics_json([("night", statistics)]))


WRITERS: dict[str, tuple[str, Writer]] = {
    **{
        row.id: (
            row.file_name("night.edf"),
            lambda _, scored, path, row=row: row.write(path, scored),
        )
        for row in SCORING_FORMATS
    },
    "session": (
        "night.h5",
        lambda rec, scored, path: write_session(path, Session(rec.path, scored, "A")),
    ),
    "report": ("report.html", _report),
    "statistics": ("statistics.json", _statistics),
}


def trial(rng: random.Random, number: int, folder: Path) -> Iterator[str]:
    (folder / "in").mkdir()
    with closing(open_edf(write_night(folder / "in" / "night.edf", number))) as recording:
        scored = scoring_of(recording, "Ann")
        kinds = (*WRITERS, "deidentified", "journal")
        kind = kinds[number % len(kinds)]
        out = folder / "out"
        out.mkdir()
        if kind == "journal":
            yield f"{kind}: {journalled(rng, scored, out)}"
            return
        if kind == "deidentified":
            n_bytes = rng.choice((0, 300, 20_000, 150_000))
            before: dict[str, bytes] = {}

            def write() -> object:
                return write_deidentified(
                    recording, out, "study", times=Times.KEPT, scoring=scored.scoring
                )
        else:
            name, writer = WRITERS[kind]
            writer(recording, scored, out / name)
            before = contents(out)
            largest = max(map(len, before.values()))
            n_bytes = rng.randrange(largest)

            def write() -> object:
                return writer(recording, scored, out / name)

        try:
            limited(n_bytes, write)
        except SleepScorerError as error:
            ending = said(error, str(out), "night.edf")
        else:
            ending = "written" if kind == "deidentified" else "SAID TO BE WRITTEN"
            before = before or contents(out)
        yield f"{kind}: {ending}"
        after = contents(out)
        if after != before:
            yield f"{kind}: FORMER FILE CHANGED"


def journalled(rng: random.Random, scored: ScoredRecording, folder: Path) -> str:
    """Write changes to a journal that can't grow for a while; all must be there in the end."""
    journal = Journal(folder, scored, Path("/nights/night.edf"))
    size = journal.path.stat().st_size
    n_told = 0
    scoring = scored.scoring.copy()
    for change in range(40):
        edit = stage_edit([change % len(scoring)], Stage(change % 5), Person(f"Ann {change}"))
        inverse = scoring.apply(edit)
        try:
            limit = size + 2000 if 10 <= change < 30 else None
            limited(limit, lambda e=edit, i=inverse: journal.record(e, i, scorer="Ann", what="x"))
        except SleepScorerError as error:
            n_told += said(error, str(journal.path)) == "refused"
    journal.abandon()
    (work,) = unfinished_work(folder)
    is_whole = work.scoring.scores == scoring.scores and not work.n_missing
    return "all there, told once" if is_whole and n_told == 1 else "LOST"


def limited(n_bytes: int | None, write: Callable[[], object]) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    if n_bytes is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (n_bytes, hard))
    try:
        write()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a folder, hidden ones too."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


if __name__ == "__main__":
    run(trial, n_trials=400)
