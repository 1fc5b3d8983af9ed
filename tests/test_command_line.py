import io
import math
import os
import re
import socket
import subprocess
import sys
import types
from pathlib import Path

import pytest

from sleepscorer import __main__ as command_line
from sleepscorer import __version__, headless
from sleepscorer.io.scoring_formats import scoring_format
from sleepscorer.terminal import INTERRUPTED, write_stderr

ROOT = Path(__file__).parents[1]


@pytest.fixture
def scored(monkeypatch):
    """What `score` is called with; it answers 3."""
    calls = []

    def score(recordings, **options):
        calls.append((recordings, options))
        return 3

    monkeypatch.setattr(headless, "score", score)
    monkeypatch.setattr("model.allocator.keep_freed_memory", lambda: None)
    return calls


@pytest.fixture
def shown(monkeypatch):
    """What the window is opened with; it ends with 4."""
    calls = []

    def run(path):
        calls.append(path)
        return 4

    application = types.ModuleType("sleepscorer.ui.shell.application")
    application.run = run
    monkeypatch.setitem(sys.modules, "sleepscorer.ui.shell.application", application)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return calls


def test_that_the_version_is_told(capsys):
    with pytest.raises(SystemExit) as ended:
        command_line.main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"SleepScorer {__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["score", "--help"]])
def test_that_help_says_how_to_stage_without_a_window(capsys, arguments):
    with pytest.raises(SystemExit) as ended:
        command_line.main(arguments)
    assert ended.value.code == 0
    assert "sleepscorer score" in capsys.readouterr().out


def _help(capsys, *arguments: str) -> str:
    with pytest.raises(SystemExit):
        command_line.main([*arguments, "--help"])
    return " ".join(capsys.readouterr().out.split())


def test_that_help_names_every_command(capsys):
    told = _help(capsys).partition("Without a window")[2]
    assert not [name for name in command_line._COMMANDS if f"{name} " not in told]


def test_that_every_command_and_option_that_a_page_names_is_there(capsys):
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/*.md")]
    texts = {page: " ".join(page.read_text("utf-8").split()) for page in pages}
    helps = {name: _help(capsys, name) for name in command_line._COMMANDS}
    named = {
        name
        for text in texts.values()
        for name in re.findall(r"(?:`|bin/)sleepscorer ([\w-]+)", text)
    }
    assert named - {"night", "--version", "--selftest"} == set(helps)
    options = set(re.findall(r"(?<![\w-])--[a-z]+", texts[ROOT / "docs" / "command-line.md"]))
    known = set(re.findall(r"--[a-z]+", " ".join([*helps.values(), "--selftest"])))
    known |= set(re.findall(r"--[a-z]+", _help(capsys, "exercise", "draw")))
    assert not options - known


@pytest.mark.parametrize("channel", ["", " ", ",", "C4,", ",M1"])
def test_that_a_channel_without_a_name_is_refused(scored, capsys, channel):
    with pytest.raises(SystemExit):
        command_line.main(["score", "a.edf", "--out", "results", "--channel", channel])
    assert "names no channel" in capsys.readouterr().err
    assert not scored


def test_that_nothing_votes_beside_a_derivation_that_is_named(scored, capsys):
    words = ["score", "a.edf", "--out", "results", "--channel", "C4,M1", "--voters"]
    with pytest.raises(SystemExit):
        command_line.main([*words, "3"])
    assert "leave --voters out" in capsys.readouterr().err
    assert command_line.main([*words, "1"]) == 3


@pytest.mark.parametrize("name", list(command_line._COMMANDS))
def test_that_a_command_that_is_interrupted_says_so_in_a_sentence(monkeypatch, capsys, name):
    def interrupt(_arguments):
        raise KeyboardInterrupt

    monkeypatch.setitem(command_line._COMMANDS, name, interrupt)
    assert command_line.main([name]) == INTERRUPTED
    assert capsys.readouterr().err == "Interrupted. What was written stays.\n"


def test_that_events_are_suggested_in_the_words_of_the_window(capsys):
    for arguments in ([], ["events"]):
        told = _help(capsys, *arguments).lower()
        assert "suggest" in told
        assert "propos" not in told


def test_that_recordings_are_staged_with_the_given_options(scored):
    arguments = ["score", "a.edf", "b.bdf", "--out", "results", "--format", "edf"]
    assert command_line.main([*arguments, "--channel", "C4,M1"]) == 3
    recordings, options = scored[0]
    assert recordings == [Path("a.edf"), Path("b.bdf")]
    assert options == {
        "out": Path("results"),
        "scoring_format": scoring_format("edf"),
        "channel": "C4,M1",
        "overwrite": False,
        "strict": False,
        "version": "",
        "gain": 1.0,
        "voters": 1,
        "workers": 1,
        "cluster": None,
        "limit_s": math.inf,
        "summary": None,
        "as_json": False,
        "second": None,
        "fuse": False,
    }


def test_that_csv_of_the_preferred_derivation_is_the_default(scored):
    command_line.main(["score", "a.edf", "--out", "results"])
    assert scored[0][1]["scoring_format"] is scoring_format("csv")
    assert scored[0][1]["channel"] is None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["score"], "required"),
        (["score", "a.edf"], "--out"),
        (["score", "--out", "x"], "RECORDING"),
        (["score", "a.edf", "--out", "x", "--format", "pdf"], "invalid choice: 'pdf'"),
        (["a.edf", "b.edf"], "unrecognized arguments: b.edf"),
        (["--fast"], "unrecognized arguments: --fast"),
        (["scoer", "a.edf"], "a command comes first: score, "),
        (["score", "a.edf", "--out", "x", "--gain", "0"], "“0” is no number other than 0"),
        (["score", "a.edf", "--out", "x", "--gain", "x"], "“x” is no number other than 0"),
        (["score", "a.edf", "--out", "x", "--limit", "nan"], "“nan” is no number above 0"),
        (["stats", "a.h5", "--answer", "yes"], "“yes” is not written as TOPIC=ANSWER"),
        (["export", "a.h5", "--to", "csv", "--out", "x", "--letterhead", "y"], "goes with --to"),
        (["deidentify", "a.edf", "--out", "x", "--name", "../a"], "“../a” is no name of a file"),
        (["deidentify", "a.edf", "--out", "x", "--name", ""], "“” is no name of a file"),
        (["train", "use", "8", "--by", " "], "it is empty; say who"),
        (["train", "delete", "8", "--by", "Ana", "--why", "x"], "unrecognized arguments: --why"),
    ],
)
def test_that_a_wrong_command_line_is_explained(scored, shown, capsys, arguments, message):
    with pytest.raises(SystemExit) as ended:
        command_line.main(arguments)
    assert ended.value.code == 2
    assert message in capsys.readouterr().err
    assert not scored
    assert not shown


@pytest.mark.parametrize(("arguments", "path"), [([], None), (["night.edf"], Path("night.edf"))])
def test_that_the_window_opens_with_or_without_a_recording(shown, arguments, path):
    assert command_line.main(arguments) == 4
    assert shown == [path]


def test_that_the_command_line_is_taken_from_the_process(shown, monkeypatch):
    monkeypatch.setattr("sys.argv", ["sleepscorer", "night.edf"])
    assert command_line.main() == 4
    assert shown == [Path("night.edf")]


def test_that_the_self_test_can_be_run(shown, monkeypatch):
    module = types.ModuleType("sleepscorer.selftest")
    module.selftest = lambda: 7
    monkeypatch.setitem(sys.modules, "sleepscorer.selftest", module)
    assert command_line.main(["--selftest"]) == 7
    assert not shown


def refused(*_arguments: object, **_options: object) -> None:
    """Stand for a display server that does not listen on the network."""
    raise ConnectionRefusedError


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": "NONSENSE"}, False),
        ("linux", {"DISPLAY": ":64999"}, False),
        ("linux", {"DISPLAY": ":99999"}, False),
        ("linux", {"DISPLAY": "localhost:59123.0"}, False),
        ("linux", {"WAYLAND_DISPLAY": "wayland-of-nobody"}, False),
        ("linux", {"DISPLAY": ":64999", "WAYLAND_DISPLAY": "/nowhere"}, False),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("linux", {"QT_QPA_PLATFORM": "nonsense"}, False),
        ("linux", {"QT_QPA_PLATFORM": "nonsense;minimal:option=1"}, True),
        ("linux", {"DISPLAY": ""}, False),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_that_only_linux_can_lack_a_display(shown, monkeypatch, platform, environment, expected):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setattr("socket.create_connection", refused)
    assert command_line.main([]) == (4 if expected else 2)


@pytest.mark.skipif(sys.platform != "linux", reason="the other systems always have a display")
def test_that_a_display_that_answers_is_found(shown, monkeypatch, tmp_path):
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":64999")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("socket.create_connection", refused)
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind("wayland-0")
        compositor.listen()
        assert command_line.main([]) == 4
    monkeypatch.delenv("WAYLAND_DISPLAY")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0/tmp/.X11-unix/X64999")
        server.listen()
        assert command_line.main([]) == 4
    assert command_line.main([]) == 2


@pytest.mark.parametrize(
    ("error", "is_explained"),
    [
        (ImportError("libEGL.so.1: cannot open shared object file"), True),
        (ModuleNotFoundError("No module named 'PySide6'"), True),
        (ImportError("cannot import name 'run'"), False),
    ],
)
def test_that_a_missing_library_of_qt_is_explained(shown, monkeypatch, capsys, error, is_explained):
    class Missing(types.ModuleType):
        def __getattr__(self, name: str) -> object:
            if name == "run":
                raise error
            raise AttributeError(name)

    monkeypatch.setitem(
        sys.modules, "sleepscorer.ui.shell.application", Missing("sleepscorer.ui.shell.application")
    )
    if is_explained:
        assert command_line.main([]) == 2
        told = capsys.readouterr().err
        assert str(error) in told
        assert "packaging/install.sh" in told
    else:
        with pytest.raises(ImportError, match="cannot import name"):
            command_line.main([])


@pytest.mark.skipif(sys.platform != "linux", reason="the other systems always have a display")
def test_that_without_a_display_the_process_ends_with_a_sentence():
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    ended = subprocess.run(
        [sys.executable, "-m", "sleepscorer", "night.edf"],
        env=environment,
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr == (
        "SleepScorer needs a display to show its window and none answers here. To stage "
        "recordings without one: sleepscorer score RECORDING… --out FOLDER\n"
    )


@pytest.mark.parametrize("is_there", [True, False])
def test_that_the_work_goes_on_where_stderr_is_closed(is_there, monkeypatch):
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stderr", closed if is_there else None)
    write_stderr("nobody hears of it\n")
