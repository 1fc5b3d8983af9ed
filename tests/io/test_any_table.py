"""Any scoring in any table: the same scoring, a question or a sentence, never another scoring."""

import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sleepscorer.domain.alignment import align
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.scored_recording import RecordingIdentity
from sleepscorer.domain.stages import Stage
from sleepscorer.io.scoring_formats import read_scoring
from sleepscorer.io.tables.times import number_of

START = datetime(2026, 3, 1, 22, 13, 30)

WORDS = {
    "letters": ("W", "N1", "N2", "N3", "R"),
    "R&K": ("Wake", "S1", "S2", "S4", "REM"),
    "numbers": ("0", "1", "2", "3", "5"),
    "EDF+": ("Sleep stage W", "Sleep stage 1", "Sleep stage 2", "Sleep stage 3", "Sleep stage R"),
    "German": ("Wach", "Stadium 1", "Stadium 2", "Stadium 3", "REM"),
    "French": ("Éveil", "N1", "N2", "N3", "REM"),
    "BIDS": ("sleep_wake", "sleep_N1", "sleep_N2", "sleep_N3", "sleep_REM"),
}
HEADINGS = {
    "onset": ("onset", "Start", "Time", "Beginn", "Heure de début", "Hora de inicio", "Ora inizio"),
    "end": ("end", "Stop", "End Time", "Ende", "Heure de fin", "Hora fin", "Fine", "Fim"),
    "duration": ("duration", "Dauer", "Durée", "Duración", "Durata", "Duração", "Duration[s]"),
    "epoch": ("epoch", "Epoche", "Époque", "Época", "No.", "Epoch number"),
    "stage": ("stage", "Schlafstadium", "Stade", "Estadio", "Stadio", "Estágio", "Sleep Stage"),
    "channel": ("channel", "Kanal", "Canal", "Location", "Canale"),
    "other": ("comment", "quality", "foo"),
}


@dataclass(frozen=True)
class Written:
    """A table and the stages that it was made of."""

    data: bytes
    stages: tuple[Stage, ...]


@st.composite
def tables(draw: st.DrawFn) -> Written:
    runs = draw(
        st.lists(st.tuples(st.sampled_from(list(Stage)), st.integers(1, 9)), min_size=1, max_size=8)
    )
    stages = [stage for stage, length in runs for _ in range(length)]
    spans = [(epoch, 1, stage) for epoch, stage in enumerate(stages)]
    place = draw(st.sampled_from(["seconds", "clock", "moment", "epoch", "place"]))
    is_merged = place != "place" and draw(st.booleans())
    if is_merged:
        spans, first = [], 0
        for stage, run in itertools.groupby(stages):
            length = len(list(run))
            spans.append((first, length, stage))
            first += length
    words = draw(st.sampled_from(list(WORDS.values())))
    unscored = draw(st.sampled_from(["", "?", "nan", "x", "left out"]))
    if unscored == "left out" and place != "place":
        spans = [span for span in spans if span[2] is not Stage.UNSCORED]
    separator = draw(st.sampled_from(["\t", ";", ","]))
    comma = separator != "," and draw(st.booleans())
    date = draw(st.sampled_from(["%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p"]))
    clock = draw(st.sampled_from(["%H:%M:%S", "%I:%M:%S %p"]))
    # Epochs whose numbers begin with 1 count from 1: no file leaves out its epoch 0.
    base = 1 if spans and spans[0][0] else draw(st.sampled_from([0, 1]))

    def decimal(value: float) -> str:
        text = f"{value:.1f}" if draw_decimals else f"{value:g}"
        return text.replace(".", ",") if comma else text

    draw_decimals = draw(st.booleans())
    columns = {"stage"}
    if place == "epoch":
        columns.add("epoch")
    elif place != "place":
        columns.add("onset")
    if is_merged or (place != "place" and draw(st.booleans())):
        columns.add(draw(st.sampled_from(["duration", "end"])) if place != "epoch" else "duration")
    columns |= draw(st.sets(st.sampled_from(["channel", "other"])))
    order = draw(st.permutations(sorted(columns)))
    rows = []
    for first, length, stage in spans:
        begin, end = (START + timedelta(seconds=30 * one) for one in (first, first + length))
        word = unscored.replace("left out", "") if stage is Stage.UNSCORED else words[stage]
        onset_text, end_text = {
            "seconds": (decimal(30 * first), decimal(30 * (first + length))),
            "clock": (begin.strftime(clock), end.strftime(clock)),
            "moment": (begin.strftime(date), end.strftime(date)),
        }.get(place, ("", ""))
        cells = {
            "stage": word,
            "onset": onset_text,
            "end": end_text,
            "duration": decimal(30 * length),
            "epoch": str(first + base),
            "channel": "C4-M1",
            "other": "",
        }
        rows.append(separator.join(cells[column] for column in order))
    if place != "place" and draw(st.booleans()):
        rows = draw(st.permutations(rows))
    if draw(st.booleans()) or len(order) > 1:
        rows.insert(0, separator.join(draw(st.sampled_from(HEADINGS[one])) for one in order))
        if draw(st.booleans()) and draw(st.booleans()):
            rows.pop(0)
    ending = draw(st.sampled_from(["\n", "\r\n"]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "latin-1"]))
    return Written((ending.join(rows) + ending).encode(encoding), tuple(stages))


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("tables") / "night.txt"


def _may_be_luna(data: bytes) -> bool:
    """Whether rows without a heading are class, start and end, as Luna has them."""
    rows = [line.split("\t") for line in data.decode("latin-1").split("\n") if line.strip()]
    numbers = [[number_of(cell) for cell in row[1:]] for row in rows]
    return len(rows) < 4 and all(
        len(row) == 2 and row[0] is not None and row[1] is not None and row[1] >= row[0]
        for row in numbers
    )


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(written=tables())
def test_that_a_table_gives_its_scoring_or_a_question_and_never_another_one(path, written):
    # What fits both is Luna's: tests/io/test_placing.py has what fits the table better.
    assume(not _may_be_luna(written.data))
    path.write_bytes(written.data)
    duration_s = len(written.stages) * 30.0
    recording = RecordingIdentity("night.edf", START, duration_s, ())
    try:
        stored = read_scoring(path, recording)
    except ScoringError as error:
        assert path.name in str(error)  # noqa: PT017
        return
    aligned = align(stored, start=START, duration_s=duration_s)
    assert aligned.scoring.stages == written.stages
