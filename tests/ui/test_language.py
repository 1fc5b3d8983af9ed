"""The interface's texts: all are in the catalogues, and the catalogues fit them."""

import ast
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from resources import TRANSLATIONS_FOLDER
from sleepscorer.domain.events import EventGroup, EventKind
from sleepscorer.io.scoring_formats import SCORING_FORMATS
from sleepscorer.ui.action_table import ACTIONS, MENUS
from sleepscorer.ui.language import ENGLISH, LANGUAGES, chosen_language

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "sleepscorer" / "ui").rglob("*.py"))

# Calls that show their first text; what is in them has to be translated.
SHOWING = {
    *("QLabel", "QPushButton", "QAction", "QMenu", "QDockWidget", "QCheckBox", "QGroupBox"),
    *("setText", "setToolTip", "setStatusTip", "setWindowTitle", "setPlaceholderText", "setTitle"),
    *("addAction", "addMenu", "addRow", "addItem", "addTab", "setLabel", "setInformativeText"),
    *("showMessage", "show_error", "show_remark", "ScoringError", "RecordingError"),
}
THE_SAME_EVERYWHERE = {"SleepScorer", "MC²SleepNet", "✕", "–", "", "Hz"}


def calls(path: Path) -> Iterator[ast.Call]:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return (node for node in nodes if isinstance(node, ast.Call))


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


@cache
def texts_in_the_sources() -> frozenset[str]:
    return frozenset(
        call.args[0].value
        for path in SOURCES
        for call in calls(path)
        if name_of(call) in ("tr", "N_") and isinstance(call.args[0], ast.Constant)
    )


def catalogue(language: str, folder: Path = TRANSLATIONS_FOLDER) -> list[ET.Element]:
    return list(ET.parse(folder / f"sleepscorer_{language}.ts").getroot().iter("message"))


def source(message: ET.Element) -> str:
    return message.findtext("source") or ""


def translations(message: ET.Element) -> list[str]:
    (translation,) = message.findall("translation")
    return [form.text or "" for form in (translation.findall("numerusform") or [translation])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_catalogue_holds_what_the_sources_hold(language: str, tmp_path: Path) -> None:
    shutil.copy(TRANSLATIONS_FOLDER / f"sleepscorer_{language}.ts", tmp_path)
    script = ROOT / "packaging" / "translations.py"
    subprocess.run([sys.executable, script, tmp_path], check=True)
    refreshed = sorted(map(source, catalogue(language, tmp_path)))
    assert sorted(map(source, catalogue(language))) == refreshed, f"run {script.name}"


def test_that_no_marked_text_escapes_the_tool_that_collects_them() -> None:
    assert {source(message) for message in catalogue("de")} == texts_in_the_sources()


def holds_words(argument: ast.expr) -> bool:
    """Whether words stand in it that no `tr` has seen."""
    if isinstance(argument, ast.JoinedStr):
        literals = [part.value for part in argument.values if isinstance(part, ast.Constant)]
        return any(re.search(r"\b[a-z]{3,}\b", text) for text in literals)
    return isinstance(argument, ast.Constant) and argument.value not in THE_SAME_EVERYWHERE


def test_that_what_is_shown_is_marked() -> None:
    unmarked = [
        f"{path.name}:{call.lineno} {ast.unparse(call.args[0])}"
        for path in SOURCES
        for call in calls(path)
        if name_of(call) in SHOWING and call.args and holds_words(call.args[0])
    ]
    assert not unmarked


def test_that_the_names_of_other_packages_are_marked() -> None:
    names = [kind.label for kind in EventKind] + [group.value for group in EventGroup]
    names += [row.name for row in SCORING_FORMATS]
    assert set(names) <= texts_in_the_sources()


def test_that_the_texts_of_all_actions_are_marked() -> None:
    codes = {"&W", "N&1", "N&2", "N&3", "&R", "N1", "N2", "N3"}  # the same in every language
    texts = {*MENUS, *(spec.text for spec in ACTIONS), *(spec.tip for spec in ACTIONS)}
    assert texts - codes - {""} <= texts_in_the_sources()


@pytest.mark.parametrize(
    ("preference", "system", "language"),
    [
        ("", ["de-AT", "de"], "de"),
        ("", ["fr-FR", "de-DE"], "de"),
        ("", ["fr-FR"], ENGLISH),
        ("", ["en-US", "de-DE"], ENGLISH),
        ("de", ["en-US"], "de"),
        ("en", ["de-DE"], ENGLISH),
        ("Klingon", ["de-DE"], "de"),
    ],
)
def test_that_the_preference_decides_before_the_system(
    preference: str, system: list[str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class System:
        def uiLanguages(self) -> list[str]:  # noqa: N802  Qt's
            return system

    monkeypatch.setattr(QLocale, "system", System)
    assert chosen_language(preference) == language
