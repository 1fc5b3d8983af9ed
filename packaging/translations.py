"""Collect the program's texts into resources/translations/*.ts and compile those to *.qm.

Usage: python packaging/translations.py, with the Python that has PySide6 installed. What is new is
"unfinished" in the .ts files: translate it there, with a text editor or Qt Linguist
(pyside6-linguist), and run this again. English needs only singular and plural of texts with %n.
"""

import argparse
import ast
import shutil
import subprocess
from pathlib import Path

import PySide6

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "sleepscorer"
FOLDER = ROOT / "resources" / "translations"


def marked_by() -> list[str]:
    """What takes a text of the catalogues first: functions, phrases, and errors that carry one."""
    classes = [
        node
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    errors = {"SleepScorerError"}
    # Those that derive from one of them, unless they begin with something else than a text.
    while (
        narrower := {
            one.name
            for one in classes
            if errors.intersection(map(ast.unparse, one.bases))
            and not any(getattr(part, "name", "") == "__init__" for part in one.body)
        }
        - errors
    ):
        errors |= narrower
    return ["tr", "N_", "Phrase", *sorted(errors)]


def main() -> None:
    """Refresh every catalogue of a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    for catalogue in sorted(parser.parse_args().folder.resolve().glob("sleepscorer_*.ts")):
        collect(catalogue)
        qt_tool("lrelease", "-silent", str(catalogue), "-qm", str(catalogue.with_suffix(".qm")))


def collect(catalogue: Path) -> None:
    """Bring a catalogue to what the sources hold; translations of what they still hold stay."""
    # They take a text alone, as Qt's QT_TR_NOOP does. Qt's own tr gets another name: it would file
    # a text under the class that it stands in.
    marks = ",".join(["tr=QT_TR", *(f"QT_TR_NOOP+={name}" for name in marked_by())])
    options = ["-silent", "-locations", "none", "-no-obsolete", "-sort-messages"]
    if catalogue.stem.endswith("_en"):
        options.append("-pluralonly")
    qt_tool("lupdate", *options, "-tr-function-alias", marks, *sources(), "-ts", str(catalogue))


def sources() -> list[str]:
    """Modules that may hold texts, from the folder of the project."""
    return sorted(path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*.py"))


def qt_tool(name: str, *arguments: str) -> None:
    """Run one of the tools that come with PySide6."""
    command = shutil.which(name, path=Path(PySide6.__file__).parent)
    if command is None:
        raise SystemExit(f"PySide6 comes without its tool {name}.")
    subprocess.run([command, *arguments], cwd=ROOT, check=True)  # noqa: S603


if __name__ == "__main__":
    main()
