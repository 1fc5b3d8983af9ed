"""Questions to the file system have an answer on a share that has gone, and one place."""

import ast
import errno
import os
import threading
import time
from collections.abc import Callable, Set
from contextlib import suppress
from pathlib import Path

import pytest

import sleepscorer
from sleepscorer import file_questions
from sleepscorer.domain.errors import ScoringError
from sleepscorer.file_questions import (
    absolute,
    answered,
    can_be_beside,
    content_of,
    files_at_once,
    files_in,
    home,
    is_file,
    is_folder,
    is_missing,
    is_same,
    is_there,
    is_waited_for,
    resolved,
    rested_s,
    size_of,
)
from sleepscorer.io.atomic import replaces, write_file, write_files

_PACKAGE = Path(sleepscorer.__file__).parent
_ASKING = {
    *("exists", "is_file", "is_dir", "is_mount", "is_symlink", "is_fifo", "samefile"),
    *("stat", "lstat", "access", "resolve", "realpath", "absolute", "home", "expanduser", "cwd"),
    *("iterdir", "rglob", "isfile", "isdir", "getsize", "getmtime"),
}
_MAY_ASK = {
    "file_questions.py",
    "io/atomic.py",  # it writes: an error is what it tells
}


def direct_questions(source: str, methods: Set[str] = _ASKING) -> list[int]:
    """Lines on which a method that asks the file system is called."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in methods
    ]


def asked(methods: Set[str], may_ask: Set[str]) -> set[str]:
    """Places in the package that call such a method."""
    return {
        f"{path.relative_to(_PACKAGE)}:{line}"
        for path in sorted(_PACKAGE.rglob("*.py"))
        if path.relative_to(_PACKAGE).as_posix() not in may_ask
        for line in direct_questions(path.read_text(encoding="utf-8"), methods)
    }


def test_that_nothing_else_asks_the_file_system() -> None:
    assert not asked(_ASKING, _MAY_ASK), "ask with sleepscorer.file_questions instead"


def test_that_nothing_else_reads_a_file_that_may_be_a_pipe() -> None:
    own = {"file_questions.py", "io/definitions.py", "io/apart.py"}  # the last ones read our own
    places = asked({"read_bytes", "read_text"}, own)
    assert not places, "read with sleepscorer.file_questions.content_of instead"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_that_a_pipe_is_an_error_and_no_file_of_a_folder(tmp_path: Path) -> None:
    pipe, file = tmp_path / "pipe.json", tmp_path / "file.json"
    os.mkfifo(pipe)
    file.write_bytes(b"{}")
    with pytest.raises(OSError, match="pipe or device"):
        content_of(pipe)
    assert content_of(file) == b"{}"
    assert files_in(tmp_path, ".json") == [file]
    with pytest.raises(OSError, match=r"directory|denied"):
        content_of(tmp_path)


def test_that_a_direct_question_would_be_found() -> None:
    assert direct_questions("from pathlib import Path\nPath('x').is_file()\n") == [2]
    assert direct_questions("import os\nif os.path.exists(name):\n    pass\n") == [2]
    assert direct_questions("is_file(path)\n") == []


@pytest.mark.parametrize("code", ["EACCES", "EIO", "ESTALE", "ENOTCONN", "ENOMEM"])
def test_that_what_can_not_be_known_is_neither_there_nor_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    number = getattr(errno, code)

    def gone(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    path = tmp_path / "night.edf"
    path.write_bytes(b"x")
    for name in ("stat", "lstat", "listdir", "scandir", "getcwd", "readlink"):
        monkeypatch.setattr(os, name, gone)
    assert not any((is_there(path), is_file(path), is_folder(tmp_path), is_missing(path)))
    assert not is_same(path, path)
    assert not can_be_beside(path)
    assert size_of(path) is None
    assert rested_s(path) == 0
    assert files_in(tmp_path, ".edf") == []
    assert absolute(Path("night.edf")) == Path("night.edf")
    assert resolved(path) == path


@pytest.mark.parametrize("name", ["a" * 300, "a/" * 3000])
def test_that_a_name_that_is_too_long_is_of_nothing(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert is_missing(path)
    assert not is_there(path)
    assert not is_same(path, path)


@pytest.mark.parametrize("name", ["nul\x00", "surrogate\ud800", "loop"])
def test_that_odd_names_are_answered(tmp_path: Path, name: str) -> None:
    if name == "loop":
        (tmp_path / name).symlink_to(tmp_path / name)
    path = tmp_path / name
    assert not is_there(path)
    assert not is_file(path)
    assert isinstance(is_missing(path), bool)
    assert isinstance(resolved(path), Path)


def test_that_what_is_there_is_known(tmp_path: Path) -> None:
    path = tmp_path / "night.edf"
    path.write_bytes(b"abc")
    (tmp_path / "link.edf").symlink_to(path)
    assert is_there(path)
    assert is_file(path)
    assert is_folder(tmp_path)
    assert is_same(path, tmp_path / "link.edf")
    assert size_of(path) == 3
    assert can_be_beside(tmp_path / "new.h5")
    assert not can_be_beside(tmp_path / "gone" / "new.h5")
    assert files_in(tmp_path, ".edf") == [tmp_path / "link.edf", path]
    assert is_folder(home())


def test_that_an_answer_that_comes_too_late_is_handed_over_and_writes_nothing(tmp_path: Path):
    go, late = threading.Event(), []
    path = tmp_path / "file"

    def write() -> str:
        go.wait(10)
        with suppress(ScoringError):
            write_file(path, b"late")
        return "late"

    with pytest.raises(TimeoutError):
        answered(write, limit_s=0.1, too_late=late.append)
    assert is_waited_for()
    go.set()
    wait_until(lambda: late == ["late"])
    assert list(tmp_path.iterdir()) == []
    assert answered(lambda: write_file(path, b"in time"), too_late=late.append) is None
    assert path.read_bytes() == b"in time"
    assert late == ["late"]


def test_that_files_that_belong_together_are_given_up_together(tmp_path: Path):
    go, errors = threading.Event(), []

    def write() -> None:
        go.wait(10)
        try:
            answered(lambda: write_files({tmp_path / "a": b"", tmp_path / "b": b""}))
        except ScoringError as error:
            errors.append(str(error))

    with pytest.raises(TimeoutError):
        answered(write, limit_s=0.1)  # whoever waits for it inside has not given up
    go.set()
    wait_until(lambda: bool(errors))
    assert "a can't be written: its folder did not answer until that was given up" in errors[0]
    assert list(tmp_path.iterdir()) == []


def test_that_what_may_not_be_replaced_may_not_be_by_whoever_is_waited_for(tmp_path: Path):
    path = tmp_path / "file"
    path.write_bytes(b"there")
    with replaces(False), pytest.raises(ScoringError, match="left alone"):
        answered(lambda: write_file(path, b"new"))


def test_that_a_folder_that_keeps_us_waiting_is_asked_for_one_file_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    go, asked = threading.Event(), []
    near = tmp_path / "near"
    near.touch()

    def is_file(path: Path) -> bool:
        asked.append(path)
        if path.parent != tmp_path:
            go.wait(10)
        return path.is_file()

    monkeypatch.setattr(file_questions, "is_file", is_file)
    monkeypatch.setattr(file_questions, "_MOMENT_S", 0.1)
    far = [tmp_path / "far" / name for name in "abc"]
    assert list(files_at_once([*far, near, tmp_path / "gone"])) == [near]
    assert asked == [far[0], near, tmp_path / "gone"]
    go.set()


def wait_until(holds: Callable[[], bool]) -> None:
    end_s = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end_s
        time.sleep(0.01)
