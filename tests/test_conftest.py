"""What a run of the tests does where recordings are missing, or something asks the network."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py").read_text(encoding="utf-8")
TESTS = """
def test_that_needs_a_recording(sleepscorer_data):
    assert sleepscorer_data.is_dir()


def test_that_needs_none():
    pass
"""


ASKS = """
import socket
from contextlib import suppress


def test_that_asks_another_computer():
    with suppress(OSError):
        {asking}


def test_that_asks_this_one():
    for end in socket.socketpair():
        end.close()
"""


def run_of(
    tmp_path: Path, tests_text: str = TESTS, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run two tests in a checkout with nothing beside it."""
    tests = tmp_path / "checkout" / "tests"
    tests.mkdir(parents=True)
    (tests / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (tests / "test_two.py").write_text(tests_text)
    kept = {name: os.environ[name] for name in os.environ.keys() - {"CI", "SLEEPSCORER_DATA"}}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tests)],
        cwd=tmp_path / "checkout",
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_that_a_stranger_is_told_in_one_line_what_was_left_out(tmp_path):
    run = run_of(tmp_path)
    assert run.returncode == 0, run.stdout
    assert "1 passed, 1 skipped" in run.stdout
    told = [line for line in run.stdout.splitlines() if "recordings" in line]
    assert told == [
        "Tests left out, as their recordings are not here: 1. SLEEPSCORER_DATA names the folder "
        "that has them."
    ]


@pytest.mark.parametrize("environment", [{"CI": "1"}, {"SLEEPSCORER_DATA": "/no/such/folder"}])
def test_that_missing_recordings_fail_where_they_have_to_be_there(tmp_path, environment):
    run = run_of(tmp_path, **environment)
    assert run.returncode == 1
    assert "no recordings at" in run.stdout


def test_that_recordings_are_used_where_they_are(tmp_path):
    run = run_of(tmp_path, SLEEPSCORER_DATA=str(tmp_path))
    assert run.returncode == 0
    assert "2 passed" in run.stdout
    assert "left out" not in run.stdout


@pytest.mark.parametrize(
    "asking",
    [
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.socket().connect(('127.0.0.1', 9))",
        "__import__('urllib.request').request.urlopen('http://localhost:9')",
    ],
)
def test_that_whatever_asks_another_computer_fails_though_it_hides_it(tmp_path, asking):
    run = run_of(tmp_path, ASKS.format(asking=asking))
    assert "2 passed, 1 error" in run.stdout
    assert "asked the network for" in run.stdout
