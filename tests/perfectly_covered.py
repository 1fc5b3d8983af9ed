"""Holds the list of files of which their own tests reach every line and branch; for `.ci/run`.

Usage: python tests/perfectly_covered.py. Both ways: a listed file that is not covered any more
fails, and so does one that is and is not listed: it would lose that without anybody noticing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = "sleepscorer/domain"
TESTS = "tests/domain"
PERFECT = frozenset(
    {
        *("agreement", "annotations", "consensus", "epochs", "evidence", "montage", "prediction"),
        *("provenance", "review", "similarity", "stages", "statistics", "waves"),
    }
)


def main() -> int:
    """Run the tests and compare; return 0 when the list is right."""
    with tempfile.TemporaryDirectory() as folder:
        report = measured(Path(folder))
    faults = list(faults_of(report, PERFECT))
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
    return 1 if faults else 0


def measured(folder: Path) -> dict[str, tuple[list[int], list[list[int]]]]:
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
        ["run", "--branch", f"--source={PACKAGE}", "-m", "pytest", "-q", "-n0", TESTS],
        ["json", "-q", "-o", str(found)],
    ):
        command = [sys.executable, "-m", "coverage", *arguments]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
    files = json.loads(found.read_text("utf-8"))["files"]
    return {
        Path(name).stem: (row["missing_lines"], row["missing_branches"])
        for name, row in files.items()
        if row["summary"]["num_statements"]
    }


def faults_of(
    report: dict[str, tuple[list[int], list[list[int]]]], perfect: frozenset[str]
) -> Iterator[str]:
    """Sentences on what is wrong with the list."""
    for name in sorted(perfect - report.keys()):
        yield f"{PACKAGE}/{name}.py is listed in {Path(__file__).name} and not there: remove it."
    for name, (lines, branches) in sorted(report.items()):
        missing = [str(line) for line in lines]
        missing += [f"{start} → {stop}" for start, stop in branches]
        if name in perfect and missing:
            yield (
                f"{PACKAGE}/{name}.py has lines and branches that {TESTS} do not reach: "
                f"{', '.join(missing)}. Test them."
            )
        if name not in perfect and not missing:
            yield (
                f"{PACKAGE}/{name}.py is perfectly covered: add it to PERFECT in "
                f"{Path(__file__).name}."
            )


if __name__ == "__main__":
    sys.exit(main())
