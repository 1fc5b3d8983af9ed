"""What is said about the list of perfectly covered files."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def gate() -> ModuleType:
    path = Path(__file__).with_name("perfectly_covered.py")
    spec = importlib.util.spec_from_file_location("perfectly_covered", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_that_a_right_list_is_accepted(gate):
    report = {"covered": ([], []), "not_covered": ([3], [])}
    assert not list(gate.faults_of(report, gate.Gate("a", ("b",), frozenset({"covered"}))))


@pytest.mark.parametrize(
    ("listed", "missing", "said"),
    [
        ({"one"}, ([3, 7], []), "not reach: 3, 7"),
        ({"one"}, ([], [[4, -1]]), "not reach: 4 → -1"),
        (set(), ([], []), "add it to GATES"),
        ({"one", "gone"}, ([], []), "not there: remove it"),
    ],
)
def test_that_a_list_is_held_both_ways(gate, listed, missing, said):
    (fault,) = gate.faults_of({"one": missing}, gate.Gate("a", ("b",), frozenset(listed)))
    assert said in fault


def test_that_every_listed_file_is_there(gate):
    for one in gate.GATES:
        for name in one.perfect:
            assert (gate.ROOT / one.package / f"{name}.py").is_file()
        assert all((gate.ROOT / tests).exists() for tests in one.tests)


def test_that_a_suite_after_it_runs_all_other_tests(gate, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["perfectly_covered.py", "--ignored"])
    assert gate.main() == 0
    ignored = [Path(one.removeprefix("--ignore=")) for one in capsys.readouterr().out.split()]
    assert {str(path) for path in ignored} == {test for one in gate.GATES for test in one.tests}
    assert all((gate.ROOT / path).exists() for path in ignored)
