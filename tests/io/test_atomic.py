import errno
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sleepscorer.domain.errors import ScoringError
from sleepscorer.io.atomic import (
    remove,
    remove_abandoned,
    replacing,
    write_file,
    write_files,
    write_text,
)


@pytest.fixture
def former(tmp_path):
    path = tmp_path / "night.csv"
    path.write_text("former")
    return path


def files(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_that_a_new_file_is_written(tmp_path):
    path = tmp_path / "night.csv"
    with replacing(path) as file:
        file.write(b"new")
        assert not path.exists()
    assert path.read_text() == "new"
    assert files(tmp_path) == ["night.csv"]


def test_that_an_existing_file_is_replaced_as_a_whole_at_the_end(former):
    with replacing(former) as file:
        file.write(b"new")
        assert former.read_text() == "former"
    assert former.read_text() == "new"
    assert files(former.parent) == ["night.csv"]


@pytest.mark.parametrize("error", [ValueError("bug"), KeyboardInterrupt(), OSError(5, "Input")])
def test_that_an_error_leaves_the_former_file_and_nothing_else(former, error):
    def write() -> None:
        with replacing(former) as file:
            file.write(b"half")
            raise error

    # An error of reading what is copied stays what it is: another folder would not help.
    with pytest.raises(type(error)):
        write()
    assert former.read_text() == "former"
    assert files(former.parent) == ["night.csv"]


@pytest.mark.parametrize("n_bytes", [0, 3])
def test_that_a_full_disk_leaves_the_former_file_and_is_explained(former, full_disk, n_bytes):
    message = r"night\.csv can't be written: File too large\. Nothing was changed"
    with full_disk(n_bytes), pytest.raises(ScoringError, match=message):
        write_text(former, "a new one")
    assert former.read_text() == "former"
    assert files(former.parent) == ["night.csv"]


@pytest.mark.parametrize(
    ("code", "advice"), [(errno.ENOSPC, "make room"), (errno.EIO, "choose another folder")]
)
def test_that_a_disk_that_fails_at_the_last_moment_leaves_the_former_file(
    former, monkeypatch, code, advice
):
    def failing(_descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(ScoringError, match=advice):
        write_text(former, "new")
    assert former.read_text() == "former"
    assert files(former.parent) == ["night.csv"]


def test_that_content_and_name_are_on_the_disk_when_a_file_is_written(tmp_path, monkeypatch):
    path, brought = tmp_path / "night.csv", []
    fsync = os.fsync

    def noting(descriptor: int) -> None:
        brought.append((stat.S_ISDIR(os.fstat(descriptor).st_mode), path.exists()))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", noting)
    write_text(path, "new")
    # First what it holds, and then, once it is there, its name: a power failure loses neither.
    assert brought == [(False, False), (True, True)]


def test_that_files_that_belong_together_are_written_together_or_not_at_all(tmp_path, full_disk):
    first, second = tmp_path / "events.tsv", tmp_path / "events.json"
    write_files({first: b"1", second: b"2"})
    with full_disk(10), pytest.raises(ScoringError, match=r"events\.json can't be written"):
        write_files({first: b"new", second: b"longer than the disk"})
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"2")
    assert files(tmp_path) == ["events.json", "events.tsv"]


def test_that_a_folder_that_can_not_be_written_to_is_explained(former):
    with pytest.raises(ScoringError, match="can't be written: Not a directory"):
        write_text(former / "night.csv", "new")
    assert former.read_text() == "former"


def test_that_a_folder_in_the_place_of_the_file_is_explained(tmp_path):
    (tmp_path / "night.csv").mkdir()
    with pytest.raises(ScoringError, match="can't be written: Is a directory"):
        write_text(tmp_path / "night.csv", "new")
    assert files(tmp_path) == ["night.csv"]


def test_that_a_pipe_in_the_place_of_the_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "night.csv")
    with pytest.raises(ScoringError, match="can't be written: Invalid argument"):
        write_text(tmp_path / "night.csv", "new")


@pytest.mark.parametrize(
    "name",
    [
        *("n" * 251 + ".csv", "n." + "c" * 250, "nächte 王.csv", ".csv", "csv", "line\nbreak.csv"),
        os.fsdecode(b"M\xfcller.csv"),
    ],
)
def test_that_any_name_that_a_file_can_have_is_possible(tmp_path, name):
    path = tmp_path / name
    write_text(path, "new")
    assert path.read_text() == "new"


def test_that_a_name_that_is_too_long_is_explained(tmp_path):
    with pytest.raises(ScoringError, match=r"File name too long.*choose a shorter name"):
        write_text(tmp_path / ("n" * 256), "new")
    assert files(tmp_path) == []


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_that_a_replaced_file_keeps_its_mode(former, mode):
    former.chmod(mode)
    with replacing(former) as file:
        # Before anything is in it: what is private is so from the first byte on.
        (hidden,) = former.parent.glob(".*")
        assert stat.S_IMODE(hidden.stat().st_mode) == mode
        file.write(b"new")
    assert stat.S_IMODE(former.stat().st_mode) == mode


@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_that_a_new_file_has_the_mode_of_any_new_file(tmp_path, mask):
    former_mask = os.umask(mask)
    try:
        write_text(tmp_path / "night.csv", "new")
    finally:
        os.umask(former_mask)
    assert stat.S_IMODE((tmp_path / "night.csv").stat().st_mode) == 0o666 & ~mask


def test_that_a_read_only_file_is_left_alone(former):
    former.chmod(0o444)
    with pytest.raises(ScoringError, match=r"night\.csv is read-only and was left alone"):
        write_text(former, "new")
    assert former.read_text() == "former"
    assert files(former.parent) == ["night.csv"]


@pytest.mark.parametrize("is_there", [True, False])
def test_that_a_link_stays_a_link_and_what_it_names_is_written(tmp_path, is_there):
    share = tmp_path / "share"
    share.mkdir()
    if is_there:
        (share / "night.h5").write_text("former")
    link = tmp_path / "night.h5"
    link.symlink_to(Path("share") / "night.h5")
    write_text(link, "new")
    assert link.is_symlink()
    assert (share / "night.h5").read_text() == "new"
    assert files(tmp_path) == ["night.h5", "share"]


def test_that_what_must_not_be_replaced_is_not(former):
    with pytest.raises(ScoringError, match="is there already and was left alone"):
        write_file(former, b"new", may_replace=False)
    assert former.read_text() == "former"


@pytest.mark.parametrize("has_links", [True, False])
def test_that_a_file_that_appears_while_one_writes_is_not_replaced_either(
    tmp_path, monkeypatch, has_links
):
    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    if not has_links:  # as on a memory stick
        monkeypatch.setattr(os, "link", refused)
    path = tmp_path / "night.csv"

    def write() -> None:
        with replacing(path, may_replace=False) as file:
            file.write(b"new")
            path.write_text("somebody else's")

    with pytest.raises(ScoringError, match="is there already and was left alone"):
        write()
    assert path.read_text() == "somebody else's"
    assert files(tmp_path) == ["night.csv"]
    path.unlink()
    write_file(path, b"new", may_replace=False)
    assert path.read_text() == "new"


_KILLED = """
import os, signal, sys
from pathlib import Path
from sleepscorer.io.atomic import replacing
with replacing(Path(sys.argv[1])) as file:
    file.write(b"half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_that_what_a_killed_writer_left_is_removed_and_what_is_being_written_is_not(former):
    subprocess.run([sys.executable, "-c", _KILLED, str(former)], check=False, timeout=60)
    assert former.read_text() == "former"
    (left,) = former.parent.glob(".*")
    remove_abandoned(former.parent)
    assert left.exists()  # so young a file may be somebody's who is about to lock it
    an_hour_ago = time.time() - 3600
    os.utime(left, (an_hour_ago, an_hour_ago))
    with replacing(former) as file:
        file.write(b"new")
        (other,) = set(former.parent.glob(".*")) - {left}
        os.utime(other, (an_hour_ago, an_hour_ago))
        remove_abandoned(former.parent)
        assert not left.exists()
    assert former.read_text() == "new"
    assert files(former.parent) == ["night.csv"]


def test_that_a_folder_that_is_gone_has_nothing_to_remove(tmp_path):
    remove_abandoned(tmp_path / "gone")


def test_that_what_can_not_be_removed_is_said_in_the_kind_of_who_asks(tmp_path):
    class RefusedError(ScoringError):
        pass

    path = tmp_path / "there"
    path.write_text("")
    remove(path, RefusedError)
    remove(path, RefusedError)  # it has gone already
    path.mkdir()  # no file, so that it can't be
    with pytest.raises(RefusedError, match="there can't be removed"):
        remove(path, RefusedError)
