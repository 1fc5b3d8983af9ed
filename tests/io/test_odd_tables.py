"""Tables that say what they mean in unusual ways: read rightly, asked about or refused."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

import pytest

from sleepscorer.domain.alignment import align, on_own_grid
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.scored_recording import RecordingIdentity
from sleepscorer.domain.scoring import Lights
from sleepscorer.io.questions import QuestionError, answered, by_words
from sleepscorer.io.scoring_formats import read_scoring

START = datetime(2026, 3, 1, 22, 0)
RECORDING = RecordingIdentity("night.edf", START, 3600.0, ())
RUNS = (("W", 0, 4), ("N1", 4, 2), ("N2", 6, 40), ("N3", 46, 30), ("R", 76, 20), ("W", 96, 24))
STAGES = [stage for stage, _, length in RUNS for _ in range(length)]
WHOLE = [[stage, length] for stage, _, length in RUNS]
LATE = [["?", 10], *WHOLE[:-1], ["W", 14]]  # five minutes after the recording


def table(heading: str, row: Callable[[int, str, datetime], str], begin: datetime = START) -> str:
    """A row an epoch, made of its number, stage and time."""
    rows = [
        row(epoch, stage, begin + timedelta(seconds=30 * epoch))
        for epoch, stage in enumerate(STAGES)
    ]
    return "\n".join([heading, *rows]) + "\n"


def of_runs(heading: str, row: Callable[[str, int, int], str]) -> str:
    return "\n".join([heading, *(row(*run) for run in RUNS)]) + "\n"


def read(
    tmp_path: Path,
    text: str,
    recording: RecordingIdentity | None = RECORDING,
    encoding: str = "utf-8",
    **answers: str,
):
    path = tmp_path / "night.csv"
    path.write_bytes(text.encode(encoding))
    words = {topic.replace("_", "-"): answer for topic, answer in answers.items()}
    stored = answered(lambda: read_scoring(path, recording), by_words(words))
    if recording is None:
        aligned = on_own_grid(stored)
    else:
        aligned = align(stored, start=recording.start, duration_s=recording.duration_s)
    runs = groupby(stage.label or "?" for stage in aligned.scoring.stages)
    return [[stage, len(list(run))] for stage, run in runs], aligned


SPANISH = table("Época;Hora;Fase", lambda n, s, t: f"{n + 1};{t:%H:%M:%S};{s}")
SHORT = table("Epoch,Stage", lambda n, s, _: f"{n + 1},{s}")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "latin-1"])
def test_that_the_encoding_needs_no_mark(encoding, tmp_path):
    assert read(tmp_path, SPANISH, encoding=encoding)[0] == WHOLE


@pytest.mark.parametrize(
    "written",
    [
        "%Y-%m-%dT%H:%M:%S+01:00",
        "%Y-%m-%dT%H:%M:%SZ",
        "%d-%b-%Y %H:%M:%S",
        "%d. März %Y %H:%M:%S",
        "%d marzo %Y %H:%M:%S",
        "%d/out/%Y %H:%M:%S",
    ],
)
def test_that_dates_with_zones_and_names_of_months_are_dates(written, tmp_path):
    begin = START.replace(month=10) if "out" in written else START
    begin += timedelta(minutes=5)
    text = table("Time;Stage", lambda _, s, t: f"{t.strftime(written)};{s}", begin)
    recording = RecordingIdentity("night.edf", begin - timedelta(minutes=5), 3600.0, ())
    assert read(tmp_path, text, recording)[0] == LATE


@pytest.mark.parametrize(
    "heading",
    ["Start=22:05:00", "Start time,22:05:00", "# Inicio: 22:05:00", "% Hora de inicio: 22:05:00"],
)
def test_that_a_start_before_the_table_counts(heading, tmp_path):
    assert read(tmp_path, f"{heading}\n{SHORT}")[0] == LATE


def test_that_a_length_of_epochs_before_the_table_counts(tmp_path):
    shorter = "\n".join(f"{n + 1},{STAGES[n * 2 // 3]}" for n in range(180))
    text = f"Scorer,Anna\nEpoch length,20\n\nEpoch,Stage\n{shorter}\n"
    assert read(tmp_path, text, None)[0] == WHOLE


@pytest.mark.parametrize(
    "text",
    [
        table("onset,duration,stage", lambda n, s, _: f"{n},1,{s}"),
        of_runs("start,end,stage", lambda s, first, n: f"{first},{first + n},{s}"),
        of_runs("onset,duration,stage", lambda s, first, n: f"{first / 2},{n / 2},{s}"),
        of_runs("Stage,Duration", lambda s, _, n: f"{s},{n / 2}"),
        of_runs("Stage,Duration", lambda s, _, n: f"{s},{n // 2:02d}:{n % 2 * 30:02d}"),
        table("onset,duration,stage", lambda n, s, _: f"{n * 30000},30000,{s}"),
        of_runs("onset,duration,trial_type,x", lambda s, at, n: f"{at / 2},{n / 2},{s},y"),
    ],
)
def test_that_times_that_are_hardly_seconds_are_asked_about(text, tmp_path):
    (tmp_path / "night.csv").write_text(text)
    with pytest.raises(QuestionError, match="hardly be seconds") as caught:
        read_scoring(tmp_path / "night.csv", RECORDING)
    assert read(tmp_path, text, unit=caught.value.options[0].answer)[0] == WHOLE


@pytest.mark.parametrize("unit", [30, 60])
def test_that_durations_in_another_unit_than_the_onsets_are_known_and_said(unit, tmp_path):
    text = of_runs(
        "onset,duration,stage", lambda s, first, n: f"{first * 30},{n * 30 / unit:g},{s}"
    )
    runs, aligned = read(tmp_path, text)
    assert runs == WHOLE
    assert any(f"{unit} times as far apart" in one for one in aligned.mismatches)


@pytest.mark.parametrize(
    ("answer", "expected"), [("runs", [["W", 4]]), ("epochs", [["W", 1], ["?", 1], ["W", 1]])]
)
def test_that_a_few_lines_a_minute_apart_are_asked_about(answer, expected, tmp_path):
    text = "onset,stage\n0,W\n60,W\n"
    with pytest.raises(ScoringError, match="the lines are 60 s apart"):
        read(tmp_path, text)
    runs, _ = read(tmp_path, text, durations=answer)
    assert runs[: len(expected)] == expected


def test_that_many_lines_a_minute_apart_are_epochs_of_a_minute(tmp_path):
    rows = "".join(f"{60 * row},W\n" for row in range(5))
    assert read(tmp_path, f"onset,stage\n{rows}")[0][0] == ["W", 10]


@pytest.mark.parametrize("heading", ["", "onset,stage\n"])
def test_that_numbers_of_epochs_with_gaps_are_no_seconds(heading, tmp_path):
    numbered = [(epoch, stage) for epoch, stage in enumerate(STAGES) if epoch not in (50, 51)]
    text = heading + "".join(f"{epoch},{stage}\n" for epoch, stage in numbered)
    with pytest.raises(ScoringError, match="can hardly be seconds"):
        read(tmp_path, text)
    runs, _ = read(tmp_path, text, unit="epochs")
    assert runs == [*WHOLE[:3], ["N3", 4], ["?", 2], ["N3", 24], *WHOLE[4:]]


@pytest.mark.parametrize("left_out", [(), (50, 51)])
def test_that_onsets_that_count_epochs_beside_lengths_in_seconds_are_refused(left_out, tmp_path):
    rows = [f"{epoch},30,{one}" for epoch, one in enumerate(STAGES) if epoch not in left_out]
    with pytest.raises(ScoringError, match=r"begin 1 s apart but last 30 s.*“epoch”"):
        read(tmp_path, "\n".join(["onset,duration,stage", *rows]) + "\n")


@pytest.mark.parametrize(
    ("answer", "expected"), [("30", [["W", 1], ["?", 1], ["W", 1]]), ("15", [["W", 2]])]
)
def test_that_a_few_epochs_that_are_missing_or_short_are_asked_about(answer, expected, tmp_path):
    text = "duration,epoch,stage\n30,0,W\n30,2,W\n"
    with pytest.raises(ScoringError, match="epochs are missing between the lines, or"):
        read(tmp_path, text)
    runs, _ = read(tmp_path, text, epoch=answer)
    assert runs[: len(expected)] == expected


def test_that_durations_of_nothing_are_none(tmp_path):
    text = table("onset,duration,stage", lambda n, s, _: f"{n * 30},0,{s}")
    assert read(tmp_path, text)[0] == WHOLE


@pytest.mark.parametrize(
    "text",
    [
        of_runs("first,last,stage,scorer", lambda s, first, n: f"{first},{first + n},{s},X"),
        of_runs("start epoch,end epoch,stage", lambda s, first, n: f"{first + 1},{first + n},{s}"),
        of_runs("Epochs,Stage", lambda s, first, n: f"{first + 1}-{first + n},{s}"),
        table("Epoch,Stage", lambda n, s, _: f"E{n + 1},{s}"),
        table("Onset,Stage", lambda n, s, _: f"about {n},{s}"),
        table("Beg,Stage,Event", lambda n, s, _: f"{n * 30 + 300},{s},"),
    ],
)
def test_that_a_column_that_may_say_when_is_never_passed_over(text, tmp_path):
    with pytest.raises(ScoringError, match=r"night\.csv: what “.* means can't be told"):
        read(tmp_path, text)


def test_that_thousands_are_no_decimals(tmp_path):
    text = table("onset,duration,stage", lambda n, s, _: f'"{n * 30:,}",30,{s}')
    with pytest.raises(ScoringError, match="“1,020” in “onset” may be a thousand"):
        read(tmp_path, text)


def test_that_midnight_is_passed_without_a_new_date_and_after_24_hours(tmp_path):
    begin = datetime(2026, 3, 1, 23, 50)
    recording = RecordingIdentity("night.edf", begin, 3600.0, ())
    dated = table("Date,Time,Stage", lambda _, s, t: f"2026-03-01,{t:%H:%M:%S},{s}", begin)
    runs, aligned = read(tmp_path, dated, recording)
    assert runs == WHOLE
    assert "midnight lies among them" in aligned.mismatches[0]
    on = table("Time,Stage", lambda _, s, t: f"{t.hour or 24}:{t:%M:%S},{s}", begin)
    assert read(tmp_path, on, recording)[0] == WHOLE


def test_that_clocks_of_twelve_hours_are_asked_about(tmp_path):
    begin = datetime(2026, 3, 2, 0, 30)
    text = table("Time,Stage", lambda _, s, t: f"{t:%I:%M:%S},{s}", begin)
    recording = RecordingIdentity("night.edf", begin, 3600.0, ())
    assert read(tmp_path, text, recording, half_day="am")[0] == WHOLE


def spring(epoch: int) -> datetime:
    moment = datetime(2026, 3, 29, 1, 30) + timedelta(seconds=30 * epoch)
    return moment if moment.hour < 2 else moment + timedelta(hours=1)


def autumn(epoch: int) -> datetime:
    moment = datetime(2026, 10, 25, 2, 30) + timedelta(seconds=30 * epoch)
    return moment if moment.hour < 3 else moment - timedelta(hours=1)


@pytest.mark.parametrize("clock", [spring, autumn])
@pytest.mark.parametrize("written", ["%H:%M:%S", "%Y-%m-%d %H:%M:%S"])
def test_that_the_clocks_may_change_within_a_stage_that_lasts_long(clock, written, tmp_path):
    text = of_runs(
        "Time,Duration,Stage",
        lambda s, first, n: f"{clock(first).strftime(written)},{30 * n},{s}",
    )
    recording = RecordingIdentity("night.edf", clock(0), 3600.0, ())
    runs, aligned = read(tmp_path, text, recording)
    assert runs == WHOLE
    assert "as when clocks are put" in aligned.mismatches[0]


def test_that_nights_and_scorers_in_one_table_are_asked_for(tmp_path):
    both = SHORT + SHORT.partition("\n")[2]
    rows = both.splitlines()[1:]
    nights = "\n".join(
        ["Patient,Epoch,Stage", *(f"{'AB'[n >= 120]},{r}" for n, r in enumerate(rows))]
    )
    assert read(tmp_path, nights, night="B")[0] == WHOLE
    with pytest.raises(ScoringError, match="holds 2 nights"):
        read(tmp_path, nights)
    scorers = nights.replace("Patient", "Rater")
    runs, aligned = read(tmp_path, scorers, scorer="B")
    assert runs == WHOLE
    assert aligned.scoring.scorer == "B"
    wide = table("Epoch,Anna,Ben", lambda n, s, _: f"{n + 1},{s},{STAGES[max(n - 1, 0)]}")
    assert read(tmp_path, wide, column="2")[0] == WHOLE


def test_that_stages_with_remarks_beside_them_are_stages_and_events(tmp_path):
    remarks = {3: "Licht aus", 40: "Hypopnea", 110: "Lights on"}
    text = table("Time,Stage,Event", lambda n, s, t: f"{t:%H:%M:%S},{s},{remarks.get(n, '')}")
    runs, aligned = read(tmp_path, text)
    assert runs == WHOLE
    assert [event.onset_s for event in aligned.scoring.events] == [1200.0]
    assert aligned.scoring.lights == Lights(90.0, 3300.0)


@pytest.mark.parametrize(
    ("off", "on"),
    [
        ("Apagar luces", "Encender las luces"),
        ("Spegnimento luci", "Accensione delle luci"),
        ("Apagar as luzes", "Acender luzes"),
        ("Extinction des lumières", "Allumage lumière"),
        ("LIGHTS-OFF", "LightsOn"),
        ("Licht ausgeschaltet", "Licht eingeschaltet"),
    ],
)
def test_that_lights_are_known_in_every_language(off, on, tmp_path):
    said = {3: off, 110: on}
    text = table(
        "Hora;Evento",
        lambda n, s, t: f"{t:%H:%M:%S};{s}" + (f"\n{t:%H:%M:%S};{said[n]}" if n in said else ""),
    )
    runs, aligned = read(tmp_path, text)
    assert runs == WHOLE
    assert aligned.scoring.lights == Lights(90.0, 3300.0)


@pytest.mark.parametrize(
    "text",
    [
        "% by a script\n% of a laboratory\n" + "\n".join(STAGES),
        "// one stage a line\n" + "\n".join(STAGES),
        table("Epoch   Stage", lambda n, s, _: f"{n + 1:5d}   {s}"),
        table("", lambda _, s, t: f"{t:%Y-%m-%d %H:%M:%S} {s}"),
        table("epoch,stage,W,N1,N2,N3,R", lambda n, s, _: f"{n + 1},{s},0.1,0.2,0.3,0.2,0.2"),
        table("Foo,Stage", lambda _, s, t: f"{t:%H:%M:%S},{s}"),
    ],
)
def test_that_comments_spaces_and_headings_of_others_shift_nothing(text, tmp_path):
    assert read(tmp_path, text)[0] == WHOLE


def test_that_lines_below_the_stages_are_no_heading(tmp_path):
    text = "\n".join([*STAGES, "# end", "End of file"])
    runs, _ = read(tmp_path, text, comments="skipped")
    assert runs == WHOLE


def test_that_numbers_taken_for_no_stage_are_said(tmp_path):
    numbers = {"W": 0, "N1": 1, "N2": 2, "N3": 3, "R": 7}
    runs, aligned = read(tmp_path, "\n".join(str(numbers[stage]) for stage in STAGES))
    assert runs[4] == ["?", 20]
    assert "20 epochs have the number 7" in aligned.mismatches[0]


@pytest.mark.parametrize("sign", ["/", "-"])
def test_that_a_date_that_may_have_the_year_first_is_that_of_the_recording(sign, tmp_path):
    text = table("onset,stage", lambda _n, s, t: f"{t:%y}{sign}{t:%m}{sign}{t:%d} {t:%X},{s}")
    runs, aligned = read(tmp_path, text)
    assert (runs, aligned.mismatches) == (WHOLE, ())


def test_that_dates_with_the_year_first_follow_each_other_across_midnight(tmp_path):
    begin = datetime(2026, 3, 1, 23, 30)
    path = tmp_path / "night.csv"
    path.write_text(table("onset,stage", lambda _n, s, t: f"{t:%y/%m/%d %X},{s}", begin))
    assert read_scoring(path).start == begin


@pytest.mark.parametrize("day", ["26/03/01", "03/04/26", "24/11/26"])
def test_that_a_date_that_nothing_decides_is_left_out_with_a_sentence(day, tmp_path):
    path = tmp_path / "night.csv"
    path.write_text(table("onset,stage", lambda _n, s, t: f"{day} {t:%X},{s}"))
    stored = read_scoring(path)
    assert stored.start == START.time()
    assert any(day in note and "year first" in note for note in stored.notes)


def test_that_twelve_hours_are_asked_about_where_the_clock_never_goes_round(tmp_path):
    begin = datetime(2026, 3, 1, 10, 30)
    recording = RecordingIdentity("night.edf", datetime(2026, 3, 1, 22, 30), 3600.0, ())
    text = table("Time,Stage", lambda _n, s, t: f"{t:%X},{s}", begin)
    with pytest.raises(ScoringError, match="twelve hours later, as when AM and PM are missing"):
        read(tmp_path, text, recording)
    assert read(tmp_path, text, recording, half_day="pm")[0] == WHOLE
    runs, aligned = read(tmp_path, text, recording, half_day="am")
    assert runs == [["?", 120]]
    assert any("Twelve hours away" in one for one in aligned.mismatches)


def test_that_am_and_pm_are_believed_wherever_the_recording_is(tmp_path):
    begin = datetime(2026, 3, 1, 10, 30)
    recording = RecordingIdentity("night.edf", datetime(2026, 3, 1, 22, 30), 3600.0, ())
    text = table("Time,Stage", lambda _n, s, t: f"{t:%I:%M:%S %p},{s}", begin)
    assert read(tmp_path, text, recording)[0] == [["?", 120]]


def probable(stage: str) -> str:
    return ",".join("0.92" if one == stage else "0.02" for one in ("W", "N1", "N2", "N3", "R"))


@pytest.mark.parametrize(
    ("heading", "begins"),
    [
        ("W,N1,N2,N3,R", ""),
        ("epoch,Wake,N1,N2,N3,REM", "{epoch},"),
        ("onset,duration,W,S1,S2,N3,R", "{onset},30,"),
    ],
)
def test_that_probabilities_alone_are_stages_only_when_somebody_says_so(heading, begins, tmp_path):
    def row(epoch: int, stage: str, _at: datetime) -> str:
        return begins.format(epoch=epoch, onset=30 * epoch) + probable(stage)

    text = table(heading, row)
    with pytest.raises(ScoringError, match="how probable each stage is, and not which it is"):
        read(tmp_path, text)
    assert read(tmp_path, text, probabilities="most-probable")[0] == WHOLE
    percent = text.replace("0.92", "92").replace("0.02", "2")
    assert read(tmp_path, percent, probabilities="most-probable")[0] == WHOLE


def test_that_two_probable_stages_and_empty_rows_give_none(tmp_path):
    rows = [probable(stage) for stage in STAGES]
    rows[0], rows[1] = "0.4,0.4,0.1,0.05,0.05", ",,,,"
    text = "\n".join(["W,N1,N2,N3,R", *rows])
    runs, _ = read(tmp_path, text, probabilities="most-probable")
    assert runs == [["?", 2], ["W", 2], *WHOLE[1:]]


def test_that_numbers_that_are_no_distribution_are_refused(tmp_path):
    text = table("W,N1,N2,N3,R", lambda _n, s, _t: probable(s).replace("0.92", "0.5"))
    with pytest.raises(ScoringError, match="put a first line with the names of the columns"):
        read(tmp_path, text)


def test_that_a_stage_beside_the_probabilities_is_what_counts(tmp_path):
    text = table("epoch,stage,W,N1,N2,N3,R", lambda n, s, _: f"{n},{s},{probable('N1')}")
    assert read(tmp_path, text)[0] == WHOLE


@pytest.mark.parametrize(
    "line",
    ["Epoch {n}: {s}", "Epoche {n} {s}", "  ep. {n} = {s}", "EPOCH #{n} - {s}", "Época {n}: {s}"],
)
def test_that_lines_that_name_their_epoch_are_read(line, tmp_path):
    text = table("Scorer: Ann", lambda n, s, _: line.format(n=n + 1, s=s))
    assert read(tmp_path, text)[0] == WHOLE


def test_that_epochs_that_lines_leave_out_stay_unscored(tmp_path):
    lines = table("", lambda n, s, _: f"Epoch {n + 1}: {s}").splitlines()[1:]
    text = "\n".join([*lines[:10], "", *lines[20:]])
    runs, _ = read(tmp_path, text)
    assert runs == [*WHOLE[:2], ["N2", 4], ["?", 10], ["N2", 26], *WHOLE[3:]]


def test_that_a_line_among_them_that_names_no_epoch_is_named(tmp_path):
    lines = table("", lambda n, s, _: f"Epoch {n + 1}: {s}").splitlines()[1:]
    text = "\n".join([*lines[:10], "lights were on", *lines[10:]])
    with pytest.raises(ScoringError, match=r"line 11, “epoch”: “lights were on” is no number of"):
        read(tmp_path, text)
