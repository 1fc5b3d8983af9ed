"""Holds the list of files of which their own tests reach every line and branch; for `.ci/run`.

Usage: python tests/perfectly_covered.py. Both ways: a listed file that is not covered any more
fails, and so does one that is and is not listed: it would lose that without anybody noticing.
With ``--ignored`` it tells pytest's options for a suite that runs after it, without its tests.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
OWN_NAME = Path(__file__).name
_N_AT_ONCE = 2  # as many processes as the suite has


class Gate(NamedTuple):
    """A package, tests of its own, and the modules of it that these cover perfectly."""

    package: str
    tests: tuple[str, ...]
    perfect: frozenset[str]


_TABLES = ("any_table", "odd_tables", "tables", "dialects")
_CODECS = (
    *("annotation_roles", "csv_scoring", "definitions", "edf", "edf_header", "edf_timing"),
    *("event_names", "scoring_formats", "statistics_files"),
)
GATES = (
    Gate(
        "sleepscorer/domain",
        ("tests/domain",),
        frozenset(
            {
                *("agreement", "annotations", "consensus", "epochs", "event_agreement"),
                *("event_chances", "event_decisions", "event_list", "event_rules"),
                *("evidence", "legends", "montage", "naps"),
                *("exercise", "own_kinds", "phrases", "prediction", "provenance", "review"),
                *("severity", "similarity", "stages", "statistics", "votes", "waves"),
            }
        ),
    ),
    Gate(
        "sleepscorer/io",
        tuple(f"tests/io/test_{name}.py" for name in _CODECS),
        frozenset(
            {
                *("bids_events", "csv_scoring", "definitions", "edf_header", "edf_timing"),
                *("event_words", "stage_lines", "statistics_files"),
            }
        ),
    ),
    Gate(
        "sleepscorer/io/tables",
        tuple(f"tests/io/test_{name}.py" for name in _TABLES),
        frozenset({"headings", "probabilities", "programs"}),
    ),
)


def main() -> int:
    """Run the tests and compare; return 0 when the lists are right."""
    if sys.argv[1:] == ["--ignored"]:
        sys.stdout.write(" ".join(f"--ignore={test}" for gate in GATES for test in gate.tests))
        return 0
    with ThreadPoolExecutor(_N_AT_ONCE) as executor:
        faults = [fault for some in executor.map(checked, GATES) for fault in some]
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
    return 1 if faults else 0


def checked(gate: Gate) -> list[str]:
    """Run the tests of a package; sentences on what is wrong with its list."""
    with tempfile.TemporaryDirectory() as folder:
        return list(faults_of(measured(gate, Path(folder)), gate))


def measured(gate: Gate, folder: Path) -> dict[str, tuple[list[int], list[list[int]]]]:
    """Lines and branches that the tests miss, by the name of the module.

    Raises
    ------
    subprocess.CalledProcessError
        A test failed.
    """
    found = folder / "coverage.json"
    # Tracing in C is the fastest that there is before Python 3.12.
    environment = os.environ | {"COVERAGE_FILE": str(folder / "data"), "COVERAGE_CORE": "ctrace"}
    # Hypothesis must try the same on every run, or the list would be right by chance.
    environment["CI"] = "1"
    for arguments in (
        ["run", "--branch", f"--source={gate.package}", "-m", "pytest", "-q", "-n0", *gate.tests],
        ["json", "-q", "-o", str(found)],
    ):
        command = [sys.executable, "-m", "coverage", *arguments]
        ended = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        sys.stdout.write(ended.stdout.decode())  # in one piece, as others write, too
        ended.check_returncode()
    files = json.loads(found.read_text("utf-8"))["files"]
    return {
        Path(name).stem: (row["missing_lines"], row["missing_branches"])
        for name, row in files.items()
        if row["summary"]["num_statements"] and Path(name).parent == Path(gate.package)
    }


def faults_of(report: dict[str, tuple[list[int], list[list[int]]]], gate: Gate) -> Iterator[str]:
    """Sentences on what is wrong with the list."""
    for name in sorted(gate.perfect - report.keys()):
        yield f"{gate.package}/{name}.py is listed in {OWN_NAME} and not there: remove it."
    for name, (lines, branches) in sorted(report.items()):
        missing = [str(line) for line in lines]
        missing += [f"{start} → {stop}" for start, stop in branches]
        if name in gate.perfect and missing:
            yield (
                f"{gate.package}/{name}.py has lines and branches that {' '.join(gate.tests)} do "
                f"not reach: {', '.join(missing)}. Test them."
            )
        if name not in gate.perfect and not missing:
            yield (f"{gate.package}/{name}.py is perfectly covered: add it to GATES in {OWN_NAME}.")


if __name__ == "__main__":
    sys.exit(main())
