"""The interface's texts: all are in the catalogues, and the catalogues fit them."""

import ast
import re
import runpy
import shutil
import string
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from resources import TRANSLATIONS_FOLDER
from sleepscorer.domain.alignment import StageSpan, StoredScoring, align
from sleepscorer.domain.errors import RecordingError, SleepScorerError
from sleepscorer.domain.events import EventGroup, EventKind, ScoredEvent
from sleepscorer.domain.evidence import Rule, SignOfN2
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.provenance import Imported
from sleepscorer.domain.review import ReviewFilter
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.statistics import sleep_statistics
from sleepscorer.domain.waves import WaveKind
from sleepscorer.io.edf_identity import Patient
from sleepscorer.io.losses import Part
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import READABLE_FORMATS, SCORING_FORMATS
from sleepscorer.report.content import Report
from sleepscorer.report.page import report_html, statistics_page
from sleepscorer.signals.quality import FindingKind
from sleepscorer.ui.actions.action_table import ACTIONS, FILE, MENUS, STAGE_ACTIONS
from sleepscorer.ui.base.language import ENGLISH, LANGUAGES, chosen_language, speak, tr, wording
from sleepscorer.ui.base.preferences import Preferences, PreferenceStore
from sleepscorer.ui.dialogs.dialogs import Dialogs
from sleepscorer.ui.shell.main_window import MainWindow

W = Stage.W
ROOT = Path(__file__).parents[2]
COLLECTOR = runpy.run_path(str(ROOT / "packaging" / "translations.py"))
MARKED_BY: list[str] = COLLECTOR["marked_by"]()
SOURCES = [ROOT / path for path in COLLECTOR["sources"]()]
UI_SOURCES = sorted((ROOT / "sleepscorer" / "ui").rglob("*.py"))

# Calls that show their first text; what is in them has to be translated.
SHOWING = {
    *("QLabel", "QPushButton", "QAction", "QMenu", "QDockWidget", "QCheckBox", "QGroupBox"),
    *("setText", "setToolTip", "setStatusTip", "setWindowTitle", "setPlaceholderText", "setTitle"),
    *("addAction", "addMenu", "addRow", "addItem", "addTab", "setLabel", "setInformativeText"),
    *("showMessage", "show_error", "show_remark"),
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
        if name_of(call) in MARKED_BY and call.args and isinstance(call.args[0], ast.Constant)
    )


def catalogue(language: str, folder: Path = TRANSLATIONS_FOLDER) -> list[ET.Element]:
    return list(ET.parse(folder / f"sleepscorer_{language}.ts").getroot().iter("message"))


def source(message: ET.Element) -> str:
    return message.findtext("source") or ""


def translations(message: ET.Element) -> list[str]:
    (translation,) = message.findall("translation")
    return [form.text or "" for form in (translation.findall("numerusform") or [translation])]


def placeholders(text: str) -> set[str]:
    """Names that are filled in; how a number or a date is written is the language's own."""
    without_format = re.sub(r"(?<=\w)(![rs])?:[^{}]*(?=\})", "", text)
    return set(re.findall(r"%n|\{\w*\}", without_format))


def mnemonic(text: str) -> str:
    return QKeySequence.mnemonic(text).toString()


def refresh(folder: Path) -> None:
    script = ROOT / "packaging" / "translations.py"
    subprocess.run([sys.executable, script, folder], check=True)


@pytest.fixture
def speaking(qapp: QApplication) -> Iterator[Callable[[str], None]]:
    """Chooses a language until the end of the test."""
    yield partial(speak, qapp)
    speak(qapp, ENGLISH)


@pytest.fixture
def german(speaking: Callable[[str], None]) -> None:
    speaking("de")


def open_night(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    with qtbot.waitSignal(window.files.opened, timeout=20_000):
        window.open_file(path)
    qtbot.waitUntil(lambda: window.tasks.is_idle, timeout=60_000)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_catalogue_holds_what_the_sources_hold(language: str, tmp_path: Path) -> None:
    shutil.copy(TRANSLATIONS_FOLDER / f"sleepscorer_{language}.ts", tmp_path)
    refresh(tmp_path)
    refreshed = sorted(map(source, catalogue(language, tmp_path)))
    assert sorted(map(source, catalogue(language))) == refreshed, "run packaging/translations.py"


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
        for path in UI_SOURCES
        for call in calls(path)
        if name_of(call) in SHOWING and call.args and holds_words(call.args[0])
    ]
    assert not unmarked


def test_that_names_and_rules_of_other_packages_are_phrases() -> None:
    names = [row.name for row in (*SCORING_FORMATS, *READABLE_FORMATS)]
    names += [kind.label for kind in EventKind]
    kinds = (EventGroup, ReviewFilter, Rule, SignOfN2, FindingKind, Part, WaveKind)
    names += [one.value for kind in kinds for one in kind]
    assert [name for name in names if not isinstance(name, Phrase)] == []


def test_that_the_texts_of_all_actions_are_marked() -> None:
    codes = {"&W", "N&1", "N&2", "N&3", "&R", "N1", "N2", "N3"}  # the same in every language
    texts = {*MENUS, *(spec.text for spec in ACTIONS), *(spec.tip for spec in ACTIONS)}
    assert texts - codes - {""} <= texts_in_the_sources()


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_translation_is_finished_and_fits_its_text(language: str) -> None:
    for message in catalogue(language):
        text = source(message)
        assert message.find("translation[@type]") is None, f"{text} is not translated"
        for translation in translations(message):
            assert translation, text
            assert placeholders(translation) == placeholders(text), translation
            assert (mnemonic(translation) == "") == (mnemonic(text) == ""), translation
            blanks = len(text) - len(text.strip())
            assert len(translation) - len(translation.strip()) == blanks, translation


def test_that_german_has_one_word_for_a_recording() -> None:
    resources = ROOT / "resources"
    texts = [*resources.glob("*.de.md"), *resources.glob("translations/*_de.ts")]
    assert len(texts) > 1
    assert not [path.name for path in texts if "Aufnahme" in path.read_text("utf-8")]


def test_that_no_count_at_the_beginning_of_a_sentence_is_wrong_for_one() -> None:
    counts = re.compile(r"\{(?:n|count|nights)\} (?!of )(?:[a-z]+ )?[a-z]+s\b")
    wrong = {text for text in texts_in_the_sources() if counts.match(text)}
    assert wrong == {"{n} columns hold stages: two scorers, or something else beside the stages."}


def test_that_the_compiled_catalogues_are_those_of_the_sources(tmp_path: Path) -> None:
    for language in LANGUAGES:
        shutil.copy(TRANSLATIONS_FOLDER / f"sleepscorer_{language}.ts", tmp_path)
    refresh(tmp_path)
    for compiled in tmp_path.glob("*.qm"):
        assert compiled.read_bytes() == (TRANSLATIONS_FOLDER / compiled.name).read_bytes()


@pytest.mark.parametrize(
    ("language", "n", "sentence"),
    [
        ("en", 1, "Scored 1 epoch."),
        ("en", 2, "Scored 2 epochs."),
        ("de", 1, "1 Epoche ausgewertet."),
        ("de", 0, "0 Epochen ausgewertet."),
    ],
)
def test_that_a_number_decides_between_singular_and_plural(
    language: str, n: int, sentence: str, speaking: Callable[[str], None]
) -> None:
    speaking(language)
    assert tr("Scored %n epoch(s).", None, n) == sentence


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


def test_that_an_unknown_language_in_the_settings_means_the_systems(
    store: PreferenceStore, dialogs: Dialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    store.save(Preferences(language="tlh"))
    window = MainWindow(store, tmp_path / "cache", tmp_path / "journals", dialogs)
    qtbot.addWidget(window)
    assert window.choices.languages[""].isChecked()


def test_that_a_language_is_remembered_and_told_to_take_effect_at_the_next_start(
    window: MainWindow, store: PreferenceStore
) -> None:
    assert window.choices.languages[""].isChecked()
    window.choices.languages["de"].trigger()
    assert store.load().language == "de"
    assert "started again" in window.messages.text
    assert window.menus[FILE].title() == "&File"


@pytest.mark.usefixtures("german")
def test_that_the_window_speaks_german(qtbot: QtBot, window: MainWindow, night_path: Path) -> None:
    titles = [action.text().replace("&", "") for action in window.menuBar().actions()]
    assert titles[:3] == ["Datei", "Bearbeiten", "Auswertung"]
    assert titles[-2:] == ["Ansicht", "Hilfe"]
    open_night(qtbot, window, night_path)
    window.actions_by_id["scoring.n2"].trigger()
    assert window.actions_by_id["edit.undo"].text() == "&Rückgängig: N2 für Epoche 1"
    window.document.add_event(ScoredEvent(EventKind.LIMB_MOVEMENT, 3.0, 1.0))
    assert window.actions_by_id["edit.undo"].text() == "&Rückgängig: Beinbewegung markiert"
    window.document.add_event(ScoredEvent(EventKind.NOTE, 9.0, 1.0, text="Note"))
    assert window.actions_by_id["edit.undo"].text() == "&Rückgängig: Note markiert"


@pytest.mark.usefixtures("german")
def test_that_keys_are_the_same_in_another_language(window: MainWindow) -> None:
    for spec in ACTIONS:
        if spec.id not in STAGE_ACTIONS:
            keys = [key.toString() for key in window.actions_by_id[spec.id].shortcuts()]
            assert tuple(keys) == spec.shortcuts


@pytest.mark.usefixtures("german")
def test_that_what_is_kept_stays_english(
    qtbot: QtBot, window: MainWindow, night_path: Path, tmp_path: Path
) -> None:
    open_night(qtbot, window, night_path)
    window.actions_by_id["scoring.n2"].trigger()
    window.actions_by_id["edit.undo"].trigger()
    (journal,) = (tmp_path / "journals").glob("*[!k]")  # all but the lock
    text = journal.read_text("utf-8")
    assert "N2 for epoch 1" in text
    assert "undo N2 for epoch 1" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_no_two_entries_of_a_menu_have_the_same_letter(
    language: str,
    speaking: Callable[[str], None],
    store: PreferenceStore,
    dialogs: Dialogs,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    speaking(language)
    window = MainWindow(store, tmp_path / "cache", tmp_path / "journals", dialogs)
    qtbot.addWidget(window)
    bars = [window.menuBar(), *window.menuBar().findChildren(QMenu), *window.findChildren(QMenu)]
    for bar in bars:
        if bar.objectName().startswith("context."):
            continue  # rows of several menus: there a letter goes from one to the next
        letters = [mnemonic(action.text()) for action in bar.actions()]
        twice = {letter for letter in letters if letter and letters.count(letter) > 1}
        assert not twice, [action.text() for action in bar.actions()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_no_text_is_cut_off_on_a_small_screen(
    language: str,
    speaking: Callable[[str], None],
    store: PreferenceStore,
    dialogs: Dialogs,
    tmp_path: Path,
    qtbot: QtBot,
    night_path: Path,
) -> None:
    speaking(language)
    window = MainWindow(store, tmp_path / "cache", tmp_path / "journals", dialogs)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    open_night(qtbot, window, night_path)
    assert window.minimumSizeHint().width() <= 1366
    assert window.minimumSizeHint().height() <= 768

    def nothing_is_cut_off() -> None:
        assert cut_off(window) == []

    # A text set a moment ago (the network's name) has its room at the next turn of the event loop.
    qtbot.waitUntil(nothing_is_cut_off, timeout=2_000)
    assert not window.tool_bar.findChild(QToolButton, "qt_toolbar_ext_button").isVisible()


def cut_off(window: MainWindow) -> list[str]:
    """The texts that have less room than they need."""
    return [
        widget.text()
        for kind in (QLabel, QAbstractButton)
        for widget in window.findChildren(kind)
        if widget.isVisible()
        and not (isinstance(widget, QLabel) and widget.wordWrap())
        and widget.width() < widget.minimumSizeHint().width()
    ]


@pytest.mark.usefixtures("german")
def test_that_what_is_wrong_with_a_file_is_said_in_german(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="is a folder") as caught:
        open_recording(tmp_path)
    assert tr(caught.value) == f"{tmp_path} ist ein Ordner; wählen Sie eine Aufzeichnung darin."


@pytest.mark.usefixtures("german")
def test_that_a_sentence_in_a_sentence_and_its_numbers_are_german() -> None:
    stored = StoredScoring(None, tuple(StageSpan(12.5 * n, 12.5, EpochScore(W)) for n in range(9)))
    aligned = align(stored, start=None, duration_s=300.0)
    said = [tr(one) for one in aligned.mismatches]
    assert said[0].startswith("Die Datei sagt nicht, wann sie beginnt")
    assert said[1].startswith("Die Auswertung hat Epochen von 12,5 s; jede 30-s-Epoche bekam")


@pytest.mark.usefixtures("german")
def test_that_a_report_is_german_but_for_what_people_and_files_say() -> None:
    scoring = Scoring(3, scores=[EpochScore(W, Imported("stages.csv"))] * 3, scorer="Signed off")
    page = statistics_page(sleep_statistics(scoring, 90.0), wording())
    assert "Gesamtschlafzeit (TST)" in page
    assert "1,5 min" in page
    assert "Die ganze Aufzeichnung gilt als Zeit im Bett." in page
    report = Report(
        ScoredRecording(RecordingIdentity("Sex.edf", None, 90.0, ("Sleep",)), scoring),
        sleep_statistics(scoring, 90.0),
        patient=Patient(name="Patient", sex="F"),
        wording=wording(),
    )
    html = report_html(report)
    assert '<html lang="de">' in html
    assert "3 Epochen wurden importiert aus stages.csv." in html
    assert [name in html for name in ("Sex.edf", ">Patient<", "Signed off")] == [True] * 3
    assert "Geschlecht" in html


def errors_for_the_technician(kind: type[Exception] = SleepScorerError) -> Iterator[str]:
    yield kind.__name__
    for narrower in kind.__subclasses__():
        yield from errors_for_the_technician(narrower)


def test_that_all_errors_for_the_technician_are_collected() -> None:
    begins_with_its_topic = {"QuestionError"}
    assert set(errors_for_the_technician()) - begins_with_its_topic <= set(MARKED_BY)


def test_that_no_phrase_is_put_together_where_it_is_said() -> None:
    put_together = [
        f"{path.name}:{call.lineno} {ast.unparse(call.args[0])}"
        for path in SOURCES
        for call in calls(path)
        if name_of(call) in MARKED_BY and call.args and not is_one_template(call.args[0])
    ]
    assert not put_together


def is_one_template(argument: ast.expr) -> bool:
    """Whether it is a text of the catalogue or a phrase from elsewhere, not made on the spot."""
    if isinstance(argument, ast.Call):
        return name_of(argument) not in ("format", "join")
    return not isinstance(argument, ast.JoinedStr | ast.BinOp)


def fields_of(template: str) -> set[str]:
    fields = (field for _, field, _, _ in string.Formatter().parse(template))
    return {re.split(r"[.\[]", field)[0] for field in fields if field is not None}


def test_that_words_for_one_and_for_several_are_chosen_by_what_knows_how() -> None:
    """`str.format` does not; the document makes a phrase of the name of a step."""
    others = [
        f"{path.name}:{call.lineno}"
        for path in SOURCES
        for call in calls(path)
        if name_of(call) == "tr" or (name_of(call) == "N_" and path.name != "document.py")
        if isinstance(call.args[0], ast.Constant)
        and re.search(r"\{\w+:[^{}]*\|[^{}]*\}", call.args[0].value)
    ]
    assert not others


def test_that_a_phrase_gets_the_values_that_it_names() -> None:
    others = [
        f"{path.name}:{call.lineno} {sorted(named ^ given)}"
        for path in SOURCES
        for call in calls(path)
        if name_of(call) in MARKED_BY
        and (given := {one.arg for one in call.keywords})  # without, it is filled in elsewhere
        and None not in given
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and (named := fields_of(call.args[0].value)) != given
    ]
    assert not others


# What only the command line says, and what is written into files for other programs.
ENGLISH_ONLY = {
    "learning.py",
    *("__main__.py", "headless.py", "converting.py", "exporting.py", "exercise_command.py"),
    *("terminal.py", "selftest.py"),
    *("archive.py", "staging.py"),
    *("display.py", "bids_events.py", "simulation.py"),
}
# Programmers read these; where they are a part of a sentence they are marked, too.
FOR_PROGRAMMERS = ("ValueError", "TypeError", "KeyError", "CodecError", "fullmatch", "compile")


def sentences_outside_of_phrases(path: Path) -> Iterator[str]:
    """Texts with a point at their end, or that could have one, that no phrase holds."""

    def visit(node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Call):
            if name_of(node) in (*MARKED_BY, *FOR_PROGRAMMERS) or "_log" in ast.unparse(node.func):
                return
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return  # documentation
        elif isinstance(node, ast.Assert):
            return
        elif isinstance(node, ast.Constant | ast.JoinedStr):
            parts = node.values if isinstance(node, ast.JoinedStr) else [node]
            said = "x".join(
                part.value
                for part in parts
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )
            if "<" not in said and re.search(r"(?:\w+,? ){3,}\w+[.:;?]$", said):
                yield f"{path.name}:{node.lineno} {said}"
            return
        for child in ast.iter_child_nodes(node):
            yield from visit(child)

    yield from visit(ast.parse(path.read_text("utf-8")))


def test_that_every_sentence_of_the_other_packages_is_a_phrase() -> None:
    others = [path for path in SOURCES if path not in UI_SOURCES and path.name not in ENGLISH_ONLY]
    assert [text for path in others for text in sentences_outside_of_phrases(path)] == []


def test_that_no_error_is_shown_as_it_was_written() -> None:
    as_written = [
        f"{path.name}:{call.lineno} {ast.unparse(call)}"
        for path in UI_SOURCES
        for call in calls(path)
        if name_of(call) == "str"
        and call.args
        and ast.unparse(call.args[0]) in ("error", "failure", "question", "problem")
    ]
    assert not as_written, "tr says what an error says in the language of the window"
