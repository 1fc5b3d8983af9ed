"""Archives that are staged, left, and gone on with: each recording is accounted for."""

import csv
import json
import os
import shutil
import time
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from sleepscorer import headless
from sleepscorer.batch.manifest import FILE_NAME, Manifest
from sleepscorer.batch.outcomes import OUTCOMES, Failed, Skipped, Staged
from sleepscorer.batch.run import LOCK_NAME, Batch, time_left_s
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import Scoring
from sleepscorer.events.summary import usual_figures
from sleepscorer.headless import ALL_WELL, SOME_FAILED, SOME_LEFT_ALONE, score
from sleepscorer.io.edf_scoring import write_edf_hypnogram
from sleepscorer.io.scoring_formats import scoring_format

CSV, EDF = scoring_format("csv"), scoring_format("edf")
TREE = ["2026/a.csv", "2026/march/c.csv", "a.csv", "b.csv"]


@pytest.fixture(autouse=True)
def _network_that_always_says_n2(use_network):
    use_network()


@pytest.fixture
def out(tmp_path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def run(archive, out, capsys):
    """Stage the archive; give status, outcomes by recording, and what was said."""

    def go(*recordings, scoring_format=CSV, **options):
        paths = recordings or (archive,)
        status = score(paths, out=out, scoring_format=scoring_format, as_json=True, **options)
        told = capsys.readouterr()
        outcomes = [OUTCOMES.decode(line) for line in told.out.splitlines()]
        by_name = {}
        for outcome in outcomes:
            path = Path(outcome.recording)
            name = path.relative_to(archive) if path.is_relative_to(archive) else path
            by_name[name.as_posix()] = outcome
        assert len(by_name) == len(outcomes)  # each once
        return status, by_name, told.err

    return go


def results_in(folder: Path) -> list[str]:
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in paths if path.name not in {FILE_NAME, LOCK_NAME})


def reasons(outcomes) -> set[str]:
    return {one.reason if isinstance(one, Skipped) else type(one).__name__ for one in outcomes}


def touch(path: Path) -> None:
    os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns + 10**9))


def test_that_the_results_of_an_archive_stand_in_its_tree(run, out):
    status, outcomes, told = run()
    assert status == ALL_WELL
    assert results_in(out) == TREE
    assert all(isinstance(one, Staged) for one in outcomes.values())
    assert outcomes["2026/march/c.EDF"].result == "2026/march/c.csv"
    assert "at most about 1 min left." in told
    assert told.endswith("4 of 4 files staged.\n")
    assert not list(out.glob("*.unfinished"))


def test_that_the_same_command_does_nothing_twice(run, out):
    run()
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.csv")}
    manifest = (out / FILE_NAME).read_bytes()
    status, outcomes, told = run()
    assert status == ALL_WELL
    assert reasons(outcomes.values()) == {"made before"}
    assert told.endswith("0 of 4 files staged, 4 skipped.\n")
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*.csv")} == before
    assert (out / FILE_NAME).read_bytes() == manifest


def test_that_results_beside_the_recordings_are_no_recordings_of_the_next_run(
    archive, tmp_path, capsys
):
    for expected in ("4 of 4 files staged.\n", "0 of 4 files staged, 4 skipped.\n"):
        assert score([archive], out=archive, scoring_format=EDF) == ALL_WELL
        assert capsys.readouterr().err.endswith(expected)
    inside = archive / "results"
    assert score([archive], out=inside, scoring_format=EDF, overwrite=True) == ALL_WELL
    told = capsys.readouterr().err
    # Those beside are scorings to everybody but the batch that made them.
    assert told.endswith("4 of 8 files staged, 4 skipped.\n")


def test_that_a_recording_that_is_another_since_is_staged_anew_and_that_is_said(
    run, archive, write_night, out
):
    run()
    write_night(archive / "b.edf", seed=9, n_epochs=5)
    write_night(archive / "a.edf", seed=9)  # of the same length
    touch(archive / "a.edf")
    status, outcomes, told = run()
    assert status == ALL_WELL
    assert {name for name, one in outcomes.items() if isinstance(one, Staged)} == {"a.edf", "b.edf"}
    assert "b.edf is staged anew: the recording is another since." in told
    assert "a.edf is staged anew: the recording is another since." in told
    assert len((out / "b.csv").read_text("utf-8").splitlines()) == 6


def test_that_a_recording_that_was_copied_or_moved_is_the_same(run, archive, tmp_path):
    run()
    touch(archive / "a.edf")
    moved = tmp_path / "moved"
    shutil.move(archive, moved)
    status, outcomes, _ = run(moved)
    assert status == ALL_WELL
    assert reasons(outcomes.values()) == {"made before"}


def test_that_another_version_or_calibration_stages_anew_and_that_is_said(run, use_network):
    run()
    use_network("2")
    _, outcomes, told = run()
    assert reasons(outcomes.values()) == {"Staged"}
    assert "a.edf is staged anew: it was made by Net 1, not by Net 2." in told
    assert outcomes["a.edf"].making.model == "Net 2"
    use_network("2", temperatures={"stages": 2.0})
    _, outcomes, told = run()
    assert reasons(outcomes.values()) == {"Staged"}
    assert "it was made by Net 2 calibrated otherwise, not by Net 2." in told


def test_that_other_options_stage_anew(run):
    run()
    _, outcomes, told = run(gain=-1.0)
    assert reasons(outcomes.values()) == {"Staged"}
    assert "a.edf is staged anew: it was made with other options." in told
    _, outcomes, _ = run(gain=-1.0, strict=True)  # which changes no result
    assert reasons(outcomes.values()) == {"made before"}


def test_that_a_result_that_somebody_corrected_is_left_alone(run, use_network, out):
    run()
    corrected = (out / "a.csv").read_text("utf-8").replace("N2", "N3")
    (out / "a.csv").write_text(corrected, "utf-8")
    use_network("2")
    status, outcomes, told = run()
    assert status == SOME_LEFT_ALONE
    assert outcomes["a.edf"].reason == "left alone"
    assert "a.csv is there already, changed since it was made and was left alone" in told
    assert (out / "a.csv").read_text("utf-8") == corrected
    status, outcomes, _ = run(overwrite=True)
    assert status == ALL_WELL
    assert (out / "a.csv").read_text("utf-8") != corrected


def test_that_a_result_that_was_removed_is_made_again(run, out):
    run()
    (out / "a.csv").unlink()
    _, outcomes, _ = run()
    assert [name for name, one in outcomes.items() if isinstance(one, Staged)] == ["a.edf"]


def test_that_a_part_of_a_result_that_was_removed_is_made_again(run, out):
    bids = scoring_format("bids")
    run(scoring_format=bids)
    side = next(
        path for path in bids.files(out / bids.file_name("a.edf")) if path.suffix == ".json"
    )
    side.unlink()
    _, outcomes, told = run(scoring_format=bids)
    assert [name for name, one in outcomes.items() if isinstance(one, Staged)] == ["a.edf"]
    assert "a.edf is staged anew: a part of it was missing." in told
    assert side.exists()


@pytest.mark.parametrize("is_replaced", [False, True])
def test_that_a_kill_between_the_line_and_its_file_loses_nothing(
    run, out, use_network, monkeypatch, is_replaced
):
    class Killed(BaseException):
        pass

    if is_replaced:
        run()
        use_network("2", temperatures={"stages": 2.0})

    def die(*_, **__):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("sleepscorer.batch.run.move_into_place", die)
        with pytest.raises(Killed):
            run()
    assert results_in(out) == (TREE if is_replaced else [])
    status, outcomes, _ = run()
    assert status == ALL_WELL
    assert reasons(outcomes.values()) == {"Staged"}
    assert results_in(out) == TREE
    assert all(Manifest(out).is_whole(one) for one in outcomes.values())


def test_that_files_without_signals_are_none_of_an_archive_but_fail_where_they_are_named(
    run, archive
):
    identity = RecordingIdentity("a.edf", datetime(2026, 3, 1, 22), 90.0, ("EEG",))
    hypnogram = archive / "a-hypnogram.edf"
    write_edf_hypnogram(hypnogram, ScoredRecording(identity, Scoring(3)))
    status, outcomes, told = run()
    assert status == ALL_WELL
    assert outcomes["a-hypnogram.edf"].reason == "no recording"
    assert told.endswith("4 of 5 files staged, 1 skipped.\n")
    status, outcomes, _ = run(hypnogram)
    assert status == SOME_FAILED
    assert "holds annotations only and no signals" in outcomes["a-hypnogram.edf"].sentence


def test_that_what_failed_is_listed_at_the_end_and_tried_again(run, archive, write_night):
    for number in range(12):
        write_night(archive / f"n{number:02d}.edf", seed=number)
    whole = (archive / "n03.edf").read_bytes()
    (archive / "n03.edf").write_bytes(b"Dear colleague")
    status, outcomes, told = run()
    assert status == SOME_FAILED
    assert isinstance(outcomes["n03.edf"], Failed)
    end = told.partition("Failed:\n")[2]
    assert end.startswith(f"  {archive / 'n03.edf'}: n03.edf is not an EDF or BDF file")
    assert end.endswith("15 of 16 files staged, 1 failed.\n")
    (archive / "n03.edf").write_bytes(whole)
    status, outcomes, _ = run()
    assert status == ALL_WELL
    assert isinstance(outcomes["n03.edf"], Staged)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may look")
def test_that_a_folder_that_can_not_be_looked_into_is_no_empty_one(run, archive):
    (archive / "2026").chmod(0)
    try:
        status, _, told = run()
    finally:
        (archive / "2026").chmod(0o755)
    assert status == SOME_FAILED
    assert "2026 can't be looked into: Permission denied." in told


def test_that_a_folder_without_recordings_is_no_success(run, archive, tmp_path):
    """As that of a share which is not connected."""
    share = tmp_path / "share"
    share.mkdir()
    (share / "notes.txt").write_text("Nights of 2026", "utf-8")
    status, outcomes, told = run(archive, share)
    assert status == SOME_FAILED
    assert isinstance(outcomes.pop(str(share)), Failed)
    assert reasons(outcomes.values()) == {"Staged"}
    assert "holds no recordings" in told


def test_that_an_unreadable_folder_fails_the_batch(run, archive, monkeypatch):
    walk = os.walk

    def failing(path, onerror):
        onerror(PermissionError(13, "Permission denied", str(archive / "2026")))
        return walk(path)

    monkeypatch.setattr(os, "walk", failing)
    status, outcomes, _ = run()
    assert status == SOME_FAILED
    assert "2026 can't be looked into: Permission denied." in outcomes["2026"].sentence


def test_that_two_folders_with_the_same_names_do_not_share_results(
    archive, tmp_path, write_night, out, capsys
):
    other = tmp_path / "other"
    write_night(other / "a.edf", seed=7)
    assert score([archive, other], out=out, scoring_format=CSV) == SOME_FAILED
    assert "would both be written to" in capsys.readouterr().err
    assert results_in(out) == ["2026/a.csv", "2026/march/c.csv", "b.csv"]


def test_that_a_recording_is_staged_once_however_often_it_is_given(run, archive):
    status, outcomes, _ = run(archive / "a.edf", archive, archive / "2026")
    assert status == ALL_WELL
    assert len(outcomes) == 4


def test_that_a_damaged_manifest_is_named_and_nothing_is_guessed(run, out, capsys, archive):
    run()
    lines = (out / FILE_NAME).read_bytes().splitlines(keepends=True)
    (out / FILE_NAME).write_bytes(b"".join((lines[0], lines[1][:20] + b"\n", *lines[2:])))
    assert score([archive], out=out, scoring_format=CSV) == SOME_FAILED
    told = capsys.readouterr().err
    assert f"Line 2 of {out / FILE_NAME}" in told
    assert "results that are there are left alone then" in told
    (out / FILE_NAME).unlink()
    status, outcomes, _ = run()
    assert status == SOME_LEFT_ALONE
    assert reasons(outcomes.values()) == {"left alone"}


def test_that_a_line_that_a_crash_cut_off_never_counted(run, out):
    run()
    whole = (out / FILE_NAME).read_bytes()
    (out / FILE_NAME).write_bytes(whole[:-30])
    # The file of that line is not known to be ours any more than a stranger's would be.
    status, outcomes, _ = run()
    assert status == SOME_LEFT_ALONE
    assert sorted(reasons(outcomes.values())) == ["left alone", "made before"]


def test_that_a_manifest_that_can_not_be_written_ends_the_batch_with_its_name(
    run, out, monkeypatch
):
    out.mkdir()
    manifest = Manifest(out)
    (out / FILE_NAME).mkdir()
    with pytest.raises(ScoringError, match=r"sleepscorer-batch\.jsonl can't be written"):
        manifest.add(Failed("a.edf", "a.csv", "It failed."))
    with pytest.raises(ScoringError, match="can't be read"):
        Manifest(out)


def test_that_a_batch_that_is_interrupted_says_how_to_go_on(run, out, archive, monkeypatch, capsys):
    taken = []

    def interrupt(self, order, outcome, take=Batch._take):
        take(self, order, outcome)
        taken.append(outcome)
        if len(taken) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Batch, "_take", interrupt)
        status, _, told = run()
    assert status == headless.INTERRUPTED
    assert "the same command goes on with the rest" in told
    assert not list(out.glob("*.unfinished"))
    status, outcomes, _ = run()
    assert status == ALL_WELL
    assert sum(isinstance(one, Staged) for one in outcomes.values()) == 2


def test_that_outcomes_can_be_told_apart_by_programs(run, archive, out, capsys):
    (archive / "b.edf").write_bytes(b"Dear colleague")
    out.mkdir()
    (out / "a.csv").write_text("of an expert")
    assert score([archive], out=out, scoring_format=CSV, as_json=True) == SOME_FAILED
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    kinds = {
        Path(line["recording"]).relative_to(archive).as_posix(): line["outcome"] for line in lines
    }
    assert kinds == {
        "a.edf": "skipped",
        "b.edf": "failed",
        "2026/a.edf": "staged",
        "2026/march/c.EDF": "staged",
    }


def test_that_the_time_left_goes_by_what_was_staged(run, archive):
    (archive / "b.edf").write_bytes(b"Dear colleague")
    _, outcomes, _ = run()
    failed, staged = outcomes["b.edf"], outcomes["a.edf"]
    begun_s = time.monotonic() - 60
    assert time_left_s([failed], 4, begun_s) is None
    assert time_left_s([failed, staged], 4, begun_s) == pytest.approx(120, abs=10)
    assert time_left_s([failed, staged, staged], 4, begun_s) == pytest.approx(30, abs=3)
    assert time_left_s([staged] * 4, 4, begun_s) is None


# The table of a cohort


def test_that_a_cohort_has_a_row_a_night_and_a_definition_a_column(run, archive, tmp_path):
    (archive / "b.edf").write_bytes(b"Dear colleague")
    table = tmp_path / "cohort.csv"
    run(summary=table)
    with table.open(encoding="utf-8", newline="") as file:
        rows = {
            Path(row["recording"]).relative_to(archive).as_posix(): row
            for row in csv.DictReader(file)
        }
    assert set(rows) == {"a.edf", "b.edf", "2026/a.edf", "2026/march/c.EDF"}
    assert rows["b.edf"]["outcome"] == "failed"
    assert rows["b.edf"]["tst"] == ""
    assert "is not an EDF or BDF file" in rows["b.edf"]["remarks"]
    assert (rows["a.edf"]["outcome"], rows["a.edf"]["tst"]) == ("staged", "1.5")
    assert rows["a.edf"]["r_latency"] == ""  # not defined is no 0
    with (tmp_path / "cohort-columns.csv").open(encoding="utf-8", newline="") as file:
        columns = {row["column"]: row for row in csv.DictReader(file)}
    assert list(columns) == list(rows["a.edf"])
    assert all(row["definition"] for row in columns.values())
    assert {one.id for one in usual_figures()} <= set(columns)
    assert rows["a.edf"]["ahi_1a"] == rows["a.edf"]["spo2_lowest"] == ""
    first = dict(rows["a.edf"])
    run(summary=table)  # of what was made before, too
    with table.open(encoding="utf-8", newline="") as file:
        (again,) = (row for row in csv.DictReader(file) if row["recording"] == first["recording"])
    assert again == {**first, "outcome": "made before"}


def test_that_a_cohort_names_the_numbers_that_are_incomplete(run, archive, write_night, tmp_path):
    oximeter = SimpleNamespace(
        label="SpO2",
        unit="%",
        sfreq=1.0,
        physical_range=(0.0, 131.07),
        samples=np.array([89.0] * 45 + [0.0] * 45, np.float32),
    )
    write_night(archive / "a.edf", oximeter)
    table = tmp_path / "cohort.csv"
    run(archive / "a.edf", archive / "b.edf", summary=table)
    with table.open(encoding="utf-8", newline="") as file:
        of_a, of_b = csv.DictReader(file)
    assert of_a["spo2_below_90"] != ""
    assert "Incomplete numbers: spo2_below_90 " in of_a["remarks"].replace(",", " ")
    assert "Incomplete" not in of_b["remarks"]


def test_that_numbers_which_an_earlier_version_did_not_measure_are_called_missing(
    run, archive, out, tmp_path
):
    table = tmp_path / "cohort.csv"
    run()
    manifest = out / FILE_NAME
    lines = [json.loads(line) for line in manifest.read_text("utf-8").splitlines()]
    for line in lines:
        if Path(line["recording"]).name == "a.edf":
            line["figures"] = {name: line["figures"][name] for name in ("tst", "waso")}
    manifest.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    run(summary=table)
    with table.open(encoding="utf-8", newline="") as file:
        remarks = {Path(row["recording"]).name: row["remarks"] for row in csv.DictReader(file)}
    n_missing = len(usual_figures()) - 2
    assert f"{n_missing} of its numbers are missing, as an earlier version" in remarks["a.edf"]
    assert "missing" not in remarks["b.edf"]


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("missing/cohort.csv", "can't be written"),
        ("nights", "is a folder; name a file with --summary"),
        ("nights/a.edf", "has the name of a recording or session"),
        ("out/b.csv", "is one of the files that are read or made"),
        ("notes.csv", "is no table of a batch and was left alone"),
    ],
)
def test_that_a_table_that_has_no_place_is_refused_before_anything_is_staged(
    run, archive, out, tmp_path, place, reason
):
    (tmp_path / "nights").symlink_to(archive, target_is_directory=True)
    (tmp_path / "notes.csv").write_text("curated")
    status, outcomes, told = run(summary=tmp_path / place)
    assert (status, outcomes) == (SOME_FAILED, {})
    assert reason in told
    assert results_in(out) == []
    assert (tmp_path / "notes.csv").read_text() == "curated"


def test_that_a_table_may_stand_in_the_folder_that_the_batch_makes(run, out):
    assert run(summary=out / "cohort.csv")[0] == ALL_WELL
    assert results_in(out) == sorted([*TREE, "cohort.csv", "cohort-columns.csv"])


def test_that_a_recording_that_was_named_is_not_replaced_by_a_table(run, archive, tmp_path):
    named = tmp_path / "night"
    content = (archive / "a.edf").read_bytes()
    named.write_bytes(content)
    status, _, told = run(named, summary=named)
    assert status == SOME_FAILED
    assert "is one of the files that are read or made" in told
    assert named.read_bytes() == content
