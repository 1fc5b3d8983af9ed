import csv
import io
import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.naps import NapStudy, NapTest, nap_study
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import EpochScore, LightInterruption, Lights, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.statistics import (
    Figure,
    PartOfSleep,
    SleepStatistics,
    TreatedNight,
    sleep_statistics,
)
from sleepscorer.io.definitions import definitions
from sleepscorer.io.statistics_files import (
    check_table,
    cohort_csv,
    columns_csv,
    columns_path,
    naps_csv,
    naps_json,
    nights_csv,
    statistics_csv,
    statistics_json,
)


@pytest.fixture
def night() -> SleepStatistics:
    stages = [Stage.W] * 20 + [Stage.N2] * 200 + [Stage.R] * 20
    scoring = Scoring(
        240,
        scores=[EpochScore(stage, Person("Jana")) for stage in stages],
        events=[ScoredEvent(EventKind.HYPOPNEA, 595.0, 20.0), ScoredEvent(EventKind.AROUSAL, 9, 3)],
        lights=Lights(0, 7200, (LightInterruption(60, 120),)),
    )
    return sleep_statistics(scoring, 7200.0)


def test_that_csv_has_a_row_for_each_number_of_the_night_and_of_its_parts(night):
    rows = list(csv.DictReader(io.StringIO(statistics_csv([("a.h5", night), ("b.h5", night)]))))
    assert list(rows[0]) == ["file", "parameter", "name", "value", "unit", "definition", "remark"]
    assert {row["file"] for row in rows} == {"a.h5", "b.h5"}
    of_a = {row["parameter"]: row for row in rows if row["file"] == "a.h5"}
    assert 2 * len(of_a) == len(rows)
    assert list(of_a)[: len(night.figures)] == [one.id for one in night.figures]
    n2 = {word.removeprefix("n2_min"): row for word, row in of_a.items() if "n2_min" in word}
    assert {word: float(row["value"]) for word, row in n2.items()} == {
        "": 100,
        "_hour_1": 50,
        "_hour_2": 50,
        "_third_1": 30,
        "_third_2": 40,
        "_third_3": 30,
        "_half_1": 50,
        "_half_2": 50,
    }
    assert n2["_hour_2"]["name"] == "N2, time, hour 2"
    assert "sol_hour_1" not in of_a
    sfi = of_a["sfi"]
    assert sfi["name"] == definitions()["sfi"].name
    assert sfi["definition"] == definitions()["sfi"].text


def test_that_json_has_parts_with_their_times_and_counts_of_events(night):
    (document,) = json.loads(statistics_json([("a.h5", night)]))
    assert document["statistics"]["n2_min"]["value"] == 100
    assert document["statistics"]["lights_on"]["value"] == 1
    second = document["parts"][1]
    assert (second["part"], second["number"]) == ("hour", 2)
    assert (second["start_s"], second["stop_s"]) == (3600, 7200)
    assert second["statistics"]["r_min"] == 10
    assert "sol" not in second["statistics"]
    hypopneas = document["events"]["hypopnea"]
    assert (hypopneas["counted"], hypopneas["not_counted"]) == (1, 0)
    assert hypopneas["by_stage"] == {"W": 0, "N1": 0, "N2": 1, "N3": 0, "R": 0}
    assert document["events"]["arousal"]["by_stage"]["W"] == 1
    assert any("The light was on once" in remark for remark in document["remarks"])


def test_that_numbers_by_kind_of_sleep_stand_in_both_under_its_word(night):
    in_r = PartOfSleep("rem", Phrase("in R"), (Figure("ahi", 12.5, is_incomplete=True),))
    known = replace(night, asleep=(in_r,), rule="1A")
    rows = csv.DictReader(io.StringIO(statistics_csv([("a.h5", known)])))
    (row,) = [row for row in rows if row["parameter"] == "ahi_rem"]
    assert (row["value"], row["name"]) == ("12.5", f"{definitions()['ahi'].name}, in R")
    (document,) = json.loads(statistics_json([("a.h5", known)]))
    assert document["rule"] == "1A"
    assert document["asleep"] == [
        {"part": "rem", "statistics": {"ahi": 12.5}, "remarks": {"ahi": "incomplete"}}
    ]


def test_that_a_table_of_nights_has_a_row_a_night_and_nothing_for_what_is_not_defined(night):
    numbers = {figure.id: figure.value for figure in night.figures}
    rows = [(("a.edf", 240), numbers), (("b.edf", ""), {})]
    table = cohort_csv(("recording", "epochs"), rows, list(numbers))
    one, other = csv.DictReader(io.StringIO(table))
    assert list(one) == ["recording", "epochs", *numbers]
    assert (one["recording"], one["epochs"], one["n2_min"]) == ("a.edf", "240", "100")
    assert set(other.values()) == {"b.edf", ""}


def test_that_each_column_of_a_table_of_nights_is_defined_beside_it(night):
    table = columns_csv({"recording": "file name"}, night.figures)
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["column"] for row in rows] == ["recording", *(one.id for one in night.figures)]
    assert rows[0]["definition"] == "file name"
    units = {figure.id: figure.unit for figure in night.figures}
    for row in rows[1:]:
        definition = definitions()[row["column"]]
        assert (row["name"], row["definition"]) == (definition.name, definition.text)
        assert row["unit"] == units[row["column"]]
    assert columns_path(Path("out/cohort.csv")) == Path("out/cohort-columns.csv")


def test_that_a_table_of_nights_holds_each_number_that_any_of_them_has(night):
    by_own = Figure("ahi_own", 3.25, "/h", is_incomplete=True)
    own = replace(night, figures=(*night.figures, by_own), rule="5 %")
    rows = list(csv.DictReader(io.StringIO(nights_csv([("a.h5", night), ("b.h5", own)]))))
    assert [row["ahi_own"] for row in rows] == ["", "3.25"]
    assert [row["rule"] for row in rows] == ["", "5 %"]
    assert [row["incomplete"] for row in rows] == ["", "ahi_own"]
    assert rows[0]["lmi"] == ""  # not scored is no 0


def test_that_a_treated_night_has_its_parts_in_every_table(night):
    part = PartOfSleep("treatment", Phrase("with treatment"), (Figure("rdi", 2.5, "/h"),))
    at = PartOfSleep("pressure_12_8", Phrase("12/8 cmH₂O"), (Figure("rdi", None, "/h"),))
    treated = replace(night, treated=TreatedNight(Phrase("typed"), 900.0, 7200.0, (part,), (at,)))
    rows = csv.DictReader(io.StringIO(statistics_csv([("a.h5", treated)])))
    values = {row["parameter"]: (row["value"], row["name"]) for row in rows}
    assert values["rdi_treatment"] == ("2.5", "RDI, with treatment")
    assert values["rdi_pressure_12_8"] == ("", "RDI, 12/8 cmH₂O")
    (document,) = json.loads(statistics_json([("a.h5", treated)]))
    assert document["treatment"] == {
        "told": "typed",
        "start_s": 900.0,
        "stop_s": 7200.0,
        "parts": [{"part": "treatment", "statistics": {"rdi": 2.5}, "remarks": {}}],
        "pressures": [{"part": "pressure_12_8", "statistics": {"rdi": None}, "remarks": {}}],
    }


@pytest.fixture
def naps() -> NapStudy:
    """A nap that begins with R after two minutes, and one without sleep two hours later."""

    def recorded(start: datetime, stages: list[Stage]) -> ScoredRecording:
        scores = [EpochScore(stage, Person("Jana")) for stage in stages]
        scoring = Scoring(len(stages), scores=scores, lights=Lights(0, len(stages) * 30.0))
        identity = RecordingIdentity(f"{start:%H}.edf", start, len(stages) * 30.0, ())
        return ScoredRecording(identity, scoring)

    asleep = recorded(datetime(2026, 3, 2, 9), [Stage.W] * 4 + [Stage.R] * 30)
    awake = recorded(datetime(2026, 3, 2, 11), [Stage.W] * 40)
    return nap_study([asleep, awake], NapTest.MSLT)


def test_that_a_table_of_naps_has_a_row_for_each_number_of_each_nap_and_of_all(naps):
    rows = list(csv.DictReader(io.StringIO(naps_csv(naps))))
    assert {row["test"] for row in rows} == {"mslt"}
    assert [row["nap"] for row in rows if row["parameter"] == "nap_latency"] == ["1", "2"]
    first = {row["parameter"]: row for row in rows if row["nap"] == "1"}
    assert (first["nap_latency"]["value"], first["nap_latency"]["unit"]) == ("2.0", "min")
    assert (first["soremps"]["value"], first["soremps"]["lights_off"]) == ("1.0", "09:00:00")
    assert first["nap_by_rule"]["remark"]
    second = {row["parameter"]: row for row in rows if row["nap"] == "2"}
    assert (second["nap_latency"]["value"], second["nap_latency"]["remark"]) == ("20.0", "no sleep")
    of_all = [row["parameter"] for row in rows if row["nap"] == "all"]
    assert of_all == [figure.id for figure in naps.figures]


def test_that_json_has_the_naps_with_their_stages_and_how_they_ended(naps):
    document = json.loads(naps_json(naps))
    assert document["test"] == "mslt"
    first, second = document["naps"]
    assert (first["file"], first["lights_off"], first["soremp"]) == ("09.edf", "09:00:00", True)
    assert first["stages"] == ["W"] * 4 + ["R"] * 30
    assert (first["lights_off_s"], first["lights_on_s"]) == (0, 1020)
    assert first["statistics"]["nap_latency"]["value"] == 2
    assert not second["soremp"]
    assert set(document["statistics"]) == {figure.id for figure in naps.figures}
    assert all(set(check) == {"done", "text"} for check in document["checks"])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("table.h5", "has the name of a recording or session"),
        ("table.EDF", "has the name of a recording or session"),
        ("folder", "is a folder; name a file with --summary"),
        ("read.csv", "is one of the files that are read or made"),
        ("made.csv", "is one of the files that are read or made"),
        ("missing/table.csv", "can't be written"),
    ],
)
def test_that_a_table_is_refused_where_it_can_not_be(tmp_path, name, said):
    (tmp_path / "folder").mkdir()
    (tmp_path / "read.csv").write_text("curated")
    sources = [tmp_path / "read.csv", tmp_path / "made.csv"]
    with pytest.raises(ScoringError, match=said):
        check_table(tmp_path / name, sources, option="--summary")


def test_that_a_place_for_a_table_is_looked_at_and_left_as_it_was(tmp_path):
    (tmp_path / "old.csv").write_text("curated")
    check_table(tmp_path / "old.csv", [], option="--out")
    check_table(tmp_path / "new.csv", [tmp_path / "old.csv"], option="--out")
    assert [path.name for path in tmp_path.iterdir()] == ["old.csv"]
    assert (tmp_path / "old.csv").read_text() == "curated"
