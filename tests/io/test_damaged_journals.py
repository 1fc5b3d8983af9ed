"""A damaged journal is restored up to the damage and from the other side of it, and says so."""

import errno
import os
import random
import stat
from datetime import datetime
from io import FileIO
from pathlib import Path

import pytest

from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import EventEdit, Scoring, replacement_edit, stage_edit
from sleepscorer.domain.stages import Stage
from sleepscorer.io.journal import Journal
from sleepscorer.io.journal_folder import (
    UnfinishedWork,
    changes_of,
    unfinished_work,
    unreadable_journals,
)
from sleepscorer.io.session import Session, write_session

N_EPOCHS = 40
IDENTITY = RecordingIdentity("night.edf", datetime(2026, 3, 1, 22, 15), N_EPOCHS * 30.0, ("C3",))


class Work:
    """A scoring that is journalled, and its states."""

    def __init__(self, folder: Path) -> None:
        self.scoring = Scoring(N_EPOCHS)
        scored = ScoredRecording(IDENTITY, self.scoring.copy())
        self.journal = Journal(folder, scored, Path("/nights/night.edf"))
        self.path = self.journal.path

    def apply(self, edit) -> None:
        self.journal.record(edit, self.scoring.apply(edit), scorer="Ana", what="a change")

    def score(self, epoch: int, stage: Stage) -> None:
        self.apply(stage_edit((epoch,), stage, Person("Ana")))

    def lines(self) -> list[bytes]:
        return self.path.read_bytes().splitlines(keepends=True)

    def write(self, lines: list[bytes]) -> None:
        self.path.write_bytes(b"".join(lines))


@pytest.fixture
def work(tmp_path: Path):
    work = Work(tmp_path / "journals")
    for epoch in range(N_EPOCHS):
        work.score(epoch, Stage(epoch % 5))
    yield work
    work.journal.abandon()


def only(path: Path) -> UnfinishedWork:
    (found,) = unfinished_work(path.parent)
    return found


@pytest.mark.parametrize(
    "damage", ["bit", "zeros", "text", "gone", "not an object", "deep", "hollow"]
)
def test_that_all_but_the_damaged_change_is_restored(work: Work, damage: str) -> None:
    lines = work.lines()
    index = next(i for i, line in enumerate(lines) if b'"n": 8' in line)
    line = lines[index]
    lines[index] = {
        "bit": line.replace(b"[7]", b"[3]"),  # another epoch that reads just as well
        "zeros": bytes(len(line) - 1) + b"\n",
        "text": b"}{\n",
        "gone": b"",
        "not an object": b"[1, 2]\n",
        "deep": b"[" * 100_000 + b"\n",
        "hollow": line[: line.index(b", ")] + b"}\n",  # an entry still, of a change that is gone
    }[damage]
    work.write(lines)
    found = only(work.path)
    assert found.n_missing == 1
    assert found.n_changes == N_EPOCHS - 1
    expected = list(work.scoring.scores)
    expected[7] = Scoring(1)[0]
    assert list(found.scoring.scores) == expected


def test_that_changes_whose_line_ends_were_swallowed_are_counted_by_their_numbers(
    work: Work,
) -> None:
    lines = work.lines()
    first = next(i for i, line in enumerate(lines) if b'"n": 11' in line)
    lines[first : first + 4] = [bytes(300)]  # four changes, no line end, half of the fifth
    lines[first + 1] = lines[first + 1][40:]
    work.write(lines)
    assert only(work.path).n_missing == 5
    assert only(work.path).scoring[20].stage is Stage(0)


def test_that_a_zeroed_sector_anywhere_loses_no_more_than_the_changes_in_it(work: Work) -> None:
    content = work.path.read_bytes()
    rng = random.Random(1)
    for _ in range(120):
        start = rng.randrange(len(content))
        damaged = content[:start] + bytes(min(512, len(content) - start)) + content[start + 512 :]
        work.path.write_bytes(damaged)
        found = only(work.path)
        touched = content[:start].count(b"\n"), content[: start + 512].count(b"\n")
        most = touched[1] - touched[0] + 1
        wrong = sum(a != b for a, b in zip(found.scoring.scores, work.scoring.scores, strict=True))
        assert wrong <= most
        # What is not restored is said: how much, where something follows that says so.
        is_followed = start + 512 < content.rindex(b"\n", 0, -1)
        assert wrong <= found.n_missing or (not is_followed and found.n_missing)


def test_that_a_lost_removal_does_not_mark_an_event_twice(tmp_path: Path) -> None:
    work = Work(tmp_path)
    event = ScoredEvent(EventKind.AROUSAL, 40.0, 5.0)
    other = ScoredEvent(EventKind.AROUSAL, 40.0, 9.0)
    work.apply(EventEdit((), (event,)))
    work.apply(EventEdit((event,), ()))  # lost
    work.apply(EventEdit((), (event,)))
    work.apply(EventEdit((event,), (other,)))
    work.journal.abandon()
    lines = work.lines()
    work.write([line for line in lines if b'"n": 2' not in line])
    assert only(work.path).scoring.events == (other,)
    # The other way round: the event that is changed was never seen.
    work.write([line for line in lines if b'"n": 1,' not in line and b'"n": 3' not in line])
    assert only(work.path).scoring.events == (other,)


def test_that_an_import_whose_events_are_lost_is_counted_and_what_follows_is_restored(
    tmp_path: Path,
) -> None:
    work = Work(tmp_path)
    mine, theirs, third = (ScoredEvent(EventKind.AROUSAL, float(n), 5.0) for n in (40, 80, 120))
    work.apply(EventEdit((), (mine,)))
    first = replacement_edit(work.scoring, Scoring(N_EPOCHS, events=[theirs]))
    work.apply(first)  # its events are lost
    work.apply(replacement_edit(work.scoring, Scoring(N_EPOCHS, events=[mine, third])))
    work.score(3, Stage.N2)
    work.journal.abandon()
    lines = work.lines()
    kept = [line for line in lines if not line.startswith(b'{"name": 1,')]
    assert len(kept) == len(lines) - 1
    work.write(kept)
    found = only(work.path)
    assert (found.n_missing, found.n_changes) == (1, 3)
    assert found.scoring.events == (mine, third)
    assert found.scoring[3].stage is Stage.N2
    work.write(kept[:-3])  # and without the second import
    assert only(work.path).scoring.events == (mine,)


def test_that_taking_back_an_import_that_is_lost_leaves_what_was_there(tmp_path: Path) -> None:
    work = Work(tmp_path)
    mine, theirs = (ScoredEvent(EventKind.AROUSAL, float(n), 5.0) for n in (40, 80))
    work.apply(EventEdit((), (mine,)))
    edit = replacement_edit(work.scoring, Scoring(N_EPOCHS, events=[theirs]))
    inverse = work.scoring.apply(edit)
    work.journal.record(edit, inverse, scorer="Ana", what="an import")
    work.apply(inverse)
    work.journal.abandon()
    work.write([line for line in work.lines() if not line.startswith(b'{"name": 1,')])
    assert only(work.path).scoring.events == (mine,)
    assert only(work.path).n_missing == 1


def test_that_the_head_is_restored_from_its_copy(work: Work) -> None:
    for index in (0, 2):
        lines = work.lines()
        assert b"SleepScorer journal" in lines[index]
        lines[index] = b"x" * len(lines[index]) + b"\n"
        work.write(lines)
        if index == 0:
            assert only(work.path).n_missing == 0
            assert only(work.path).scoring.scores == work.scoring.scores
    os.utime(work.path, (0, 0))
    assert not any(unfinished_work(work.path.parent))
    assert unreadable_journals(work.path.parent) == [work.path]


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 200_000,
        b'{"format": "SleepScorer journal", "format_version": 1e999}\n',
        b'{"format": "SleepScorer journal", "format_version": 1, "scoring": {"recording": '
        b'{"start": null, "file_name": "n", "duration_s": 1, "channels": []}, "epochs": [], '
        b'"epoch_s": 1' + b"0" * 400 + b"}}\n",
        b'{"format": "SleepScorer journal", "format_version": 1, "at": 5, "scoring": 7}\n',
        b"\xff\xfe" * 900,
        bytes(4096),
    ],
)
def test_that_an_odd_journal_blocks_nothing_and_is_listed(work: Work, content: bytes) -> None:
    odd = work.path.with_name("9999999-2026-01-01T00-00-00-x.journal")
    odd.write_bytes(content)
    os.utime(odd, (0, 0))
    assert only(work.path).scoring.scores == work.scoring.scores
    assert [one.journal_path for one in unfinished_work(odd.parent, IDENTITY)] == [work.path]
    assert unreadable_journals(odd.parent) == [odd]
    assert len(list(changes_of(odd.parent, IDENTITY))) >= N_EPOCHS


def test_that_a_journal_without_checks_and_numbers_is_read_as_before(tmp_path: Path) -> None:
    work = Work(tmp_path)
    work.score(3, Stage.N2)
    work.journal.abandon()
    old = [
        line[: line.rindex(b', "crc"')].replace(b'"n": 1, ', b"") + b"}\n"
        for line in (work.lines()[0], work.lines()[-1])
    ]
    work.write([old[0], b"damage\n", old[1]])
    assert only(work.path).scoring[3].stage is Stage.N2
    assert only(work.path).n_missing == 1


def test_that_what_is_missing_is_taken_from_the_session_saved_after_it(tmp_path: Path) -> None:
    work = Work(tmp_path / "journals")
    session = tmp_path / "night.h5"
    work.score(3, Stage.N2)
    write_session(session, Session(tmp_path / "night.edf", _scored(work), "Ana"))
    work.journal.note_saved(session)
    work.score(4, Stage.R)
    work.journal.abandon()
    work.write([line for line in work.lines() if b'"n": 1,' not in line])
    assert only(work.path).scoring.scores == work.scoring.scores
    assert only(work.path).n_missing == 0
    session.write_bytes(b"damaged")
    assert only(work.path).n_missing == 1


def test_that_saved_work_whose_session_is_not_there_any_more_is_offered(tmp_path: Path) -> None:
    work = Work(tmp_path / "journals")
    session = tmp_path / "night.h5"
    session.touch()
    work.score(3, Stage.N2)
    work.journal.note_saved(session)
    work.journal.abandon()
    assert not any(unfinished_work(work.path.parent))
    session.unlink()
    assert only(work.path).n_changes == 1
    # On a medium that was taken out, it may well be.
    session.parent.joinpath("stick").mkdir()
    work.journal = Journal(work.path.parent, _scored(work), Path("n.edf"))
    work.score(5, Stage.R)
    work.journal.note_saved(tmp_path / "gone" / "night.h5")
    work.journal.abandon()
    assert [one.journal_path for one in unfinished_work(work.path.parent)] == [work.path]


def _scored(work: Work) -> ScoredRecording:
    return ScoredRecording(IDENTITY, work.scoring.copy())


@pytest.mark.parametrize("code", ["ENOSPC", "ESTALE", "EIO"])
def test_that_journalling_goes_on_when_there_is_room_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    work = Work(tmp_path)
    work.score(0, Stage.N2)
    room = [70]

    class SmallDisk(FileIO):
        def write(self, data: bytes) -> int:
            n_bytes = min(len(data), room[0])
            room[0] -= n_bytes
            if n_bytes == 0:
                raise OSError(getattr(errno, code), os.strerror(getattr(errno, code)))
            return super().write(data[:n_bytes])

    monkeypatch.setattr("sleepscorer.io.journal.FileIO", SmallDisk)
    work.journal._file.close()
    with pytest.raises(ScoringError, match="Save the session often"):
        work.score(1, Stage.N3)  # a part of it is written
    work.score(2, Stage.R)  # said once
    work.journal.sync()
    assert work.journal.is_broken
    assert only(work.path).n_changes == 1
    room[0] = 10**9
    work.journal.sync()
    assert not work.journal.is_broken
    work.score(3, Stage.W)
    assert only(work.path).scoring.scores == work.scoring.scores
    assert only(work.path).n_missing == 0
    work.journal.close()
    assert not any(unfinished_work(tmp_path))


def test_that_a_journal_too_long_to_be_read_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Work(tmp_path)
    work.score(0, Stage.N2)
    n_bytes = work.journal.path.stat().st_size
    for module in ("journal", "journal_folder"):
        monkeypatch.setattr(f"sleepscorer.io.{module}.MOST_BYTES", n_bytes)
    with pytest.raises(ScoringError, match="Save the session often"):
        work.score(1, Stage.N3)
    assert work.journal.is_broken
    assert only(work.path).n_changes == 1


def test_that_a_full_disk_does_not_bring_given_up_work_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Work(tmp_path)
    work.score(0, Stage.N2)
    work.journal._file.close()
    monkeypatch.setattr(work.journal, "_reopened", lambda: FileIO("/dev/full", "w"))
    work.journal.close()
    assert not any(unfinished_work(tmp_path))


def test_that_the_latest_work_comes_first_whatever_the_clock_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Backwards(datetime):
        hour_now = 23

        @classmethod
        def now(cls, tz=None):
            cls.hour_now -= 1
            return cls(2026, 3, 1, cls.hour_now)

    monkeypatch.setattr("sleepscorer.io.journal.datetime", Backwards)
    names = []
    for stage in (Stage.W, Stage.N1, Stage.N2):
        work = Work(tmp_path)
        work.score(0, stage)
        work.journal.abandon()
        names.append(work.path.name)
    (tmp_path / "2026-11-25T20-00-00-0123abcd.journal").write_bytes(work.path.read_bytes())
    found = list(unfinished_work(tmp_path))
    assert [one.scoring[0].stage for one in found[:3]] == [Stage.N2, Stage.N1, Stage.W]
    assert found[3].journal_path.name.startswith("2026-11")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the folder of an account private")
def test_that_journals_are_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "journals"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    work = Work(folder)
    work.journal.abandon()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert work.path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("place", ["in the first head", "after it", "before the second", "in it"])
def test_that_a_journal_cut_in_its_heads_is_listed(work: Work, place: str) -> None:
    content = work.path.read_bytes()
    first_stop = content.index(b"\n") + 1
    second = content.index(b"{", first_stop)
    n_bytes = {
        "in the first head": first_stop // 2,
        "after it": first_stop,
        "before the second": second - 100,
        "in it": second + 50,
    }[place]
    work.path.write_bytes(content[:n_bytes])
    assert not unreadable_journals(work.path.parent)  # it may be just being begun
    os.utime(work.path, (0, 0))
    assert unreadable_journals(work.path.parent) == [work.path]
    assert not list(unfinished_work(work.path.parent))
    assert work.path.exists()


def test_that_a_journal_in_which_nothing_was_done_is_put_away_without_a_word(tmp_path) -> None:
    work = Work(tmp_path)
    work.journal.abandon()
    os.utime(work.path, (0, 0))
    assert not unreadable_journals(tmp_path)
    assert work.path.with_suffix(".closed").exists()


@pytest.mark.skipif(os.name == "nt", reason="folders can't be opened there")
def test_that_the_name_of_a_journal_is_on_the_disk_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought, fsync = [], os.fsync

    def noting(descriptor: int) -> None:
        brought.append(stat.S_ISDIR(os.fstat(descriptor).st_mode))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", noting)
    Work(tmp_path).journal.abandon()
    assert brought == [False, True]
