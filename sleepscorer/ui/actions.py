"""Every action of the window, one row each; menus and shortcuts are made from the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from sleepscorer.domain.stages import Stage
from sleepscorer.io.scoring_formats import SCORING_FORMATS


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    Attributes
    ----------
    id
        Unique name.
    text
        Text in the menu.
    menu
        Menu that it is in.
    shortcuts
        Keys; the first one is shown in the menu.
    tip
        What it does, for the tool tip.
    needs_document
        Whether it makes sense only with a recording open.
    checkable
        Whether it is a switch; its handler then gets the new state.
    starts_group
        Whether a line separates it from the action before.
    """

    id: str
    text: str
    menu: str
    shortcuts: tuple[str, ...] = ()
    tip: str = ""
    needs_document: bool = True
    checkable: bool = False
    starts_group: bool = False


FILE, EDIT, SCORING, VIEW, HELP = "&File", "&Edit", "&Scoring", "&View", "&Help"
MENUS = (FILE, EDIT, SCORING, VIEW, HELP)

EXPORT = "E&xport scoring"
SUBMENUS = {EXPORT: FILE}
"""Menus inside others; they stand where their first action does."""

STAGE_ACTIONS = {
    "scoring.wake": Stage.W,
    "scoring.n1": Stage.N1,
    "scoring.n2": Stage.N2,
    "scoring.n3": Stage.N3,
    "scoring.rem": Stage.R,
    "scoring.unscored": Stage.UNSCORED,
}

ACTIONS = (
    ActionSpec(
        "file.open",
        "&Open…",
        FILE,
        ("Ctrl+O",),
        "Open a recording or a session",
        needs_document=False,
    ),
    ActionSpec("file.demo", "Open the &demo (simulated)", FILE, needs_document=False),
    ActionSpec("file.save", "&Save session", FILE, ("Ctrl+S",), "Save all work", starts_group=True),
    ActionSpec("file.save_as", "Save session &as…", FILE, ("Ctrl+Shift+S",)),
    ActionSpec(
        "file.import",
        "&Import scoring…",
        FILE,
        ("Ctrl+I",),
        "Take over the scoring of another program or person",
        starts_group=True,
    ),
    *(
        ActionSpec(
            f"file.export.{row.id}",
            f"{row.name}…".replace("&", "&&"),  # a lone one underlines a letter
            EXPORT,
            # The first format is the one other software reads best.
            ("Ctrl+E",) if row is SCORING_FORMATS[0] else (),
        )
        for row in SCORING_FORMATS
    ),
    ActionSpec(
        "file.statistics",
        "Sleep s&tatistics…",
        FILE,
        ("Ctrl+T",),
        "Show the sleep statistics with their definitions",
        starts_group=True,
    ),
    ActionSpec("file.report.pdf", "&Report as PDF…", FILE, ("Ctrl+P",), "One page to sign"),
    ActionSpec("file.report.html", "Report as &HTML…", FILE),
    ActionSpec("file.letterhead", "&Letterhead of reports…", FILE, needs_document=False),
    ActionSpec(
        "file.deidentify",
        "De-identified &copy…",
        FILE,
        tip="Copy recording and scoring without what names anybody",
        starts_group=True,
    ),
    ActionSpec("file.quit", "&Quit", FILE, ("Ctrl+Q",), needs_document=False, starts_group=True),
    ActionSpec("edit.undo", "&Undo", EDIT, ("Ctrl+Z",)),
    ActionSpec("edit.redo", "&Redo", EDIT, ("Ctrl+Y", "Ctrl+Shift+Z")),
    ActionSpec(
        "scoring.auto",
        "Score &automatically",
        SCORING,
        ("F5",),
        "Let the network stage every epoch that nobody has scored by hand",
    ),
    ActionSpec(
        "scoring.derivation",
        "&Derivation to stage…",
        SCORING,
        tip="Stage another channel, or the difference of two",
    ),
    # The keys are those of the profile that is chosen: see `key_profiles`.
    ActionSpec("scoring.wake", "&W", SCORING, tip="Wake", starts_group=True),
    ActionSpec("scoring.n1", "N&1", SCORING, tip="N1"),
    ActionSpec("scoring.n2", "N&2", SCORING, tip="N2"),
    ActionSpec("scoring.n3", "N&3", SCORING, tip="N3"),
    ActionSpec("scoring.rem", "&R", SCORING, tip="REM sleep"),
    ActionSpec("scoring.unscored", "&Unscored", SCORING, tip="Take the stage away"),
    ActionSpec(
        "scoring.comment",
        "&Comment on this epoch",
        SCORING,
        ("C",),
        "Write a comment on this epoch",
        starts_group=True,
    ),
    ActionSpec("scoring.artefact", "Arte&fact", SCORING, ("X",), "Mark as disturbed, or not"),
    ActionSpec("scoring.lights_off", "Lights &off here", SCORING, ("L",)),
    ActionSpec("scoring.lights_on", "Li&ghts on here", SCORING, ("Shift+L",)),
    ActionSpec("scoring.no_lights", "Take the lights &markers away", SCORING),
    ActionSpec("view.next", "&Next epoch", VIEW, ("Right", "Space")),
    ActionSpec("view.previous", "&Previous epoch", VIEW, ("Left", "Backspace")),
    ActionSpec("view.select_next", "Select with the ne&xt", VIEW, ("Shift+Right",)),
    ActionSpec("view.select_previous", "Select with the pre&vious", VIEW, ("Shift+Left",)),
    ActionSpec("view.forward", "Ten epochs &forward", VIEW, ("PgDown",)),
    ActionSpec("view.back", "Ten epochs &back", VIEW, ("PgUp",)),
    ActionSpec("view.page_forward", "Page fo&rward", VIEW, (".", "Ctrl+PgDown")),
    ActionSpec("view.page_back", "Page bac&kward", VIEW, (",", "Ctrl+PgUp")),
    ActionSpec("view.first", "F&irst epoch", VIEW, ("Home",)),
    ActionSpec("view.last", "&Last epoch", VIEW, ("End",)),
    ActionSpec(
        "view.page_longer",
        "L&onger page",
        VIEW,
        ("]", "Ctrl+-"),
        "Up to the whole night",
        starts_group=True,
    ),
    ActionSpec("view.page_shorter", "S&horter page", VIEW, ("[", "Ctrl++"), "Down to five seconds"),
    ActionSpec(
        "view.larger",
        "Traces &larger",
        VIEW,
        ("Up", "+"),
        "Higher sensitivity of the selected trace, or of all",
        starts_group=True,
    ),
    ActionSpec(
        "view.smaller",
        "Traces &smaller",
        VIEW,
        ("Down", "-"),
        "Lower sensitivity of the selected trace, or of all",
    ),
    ActionSpec(
        "view.all_traces",
        "Select &all traces",
        VIEW,
        ("Esc",),
        "Let the sensitivity keys act on all traces; a click on a trace selects that one",
    ),
    ActionSpec(
        "view.filters",
        "AASM f&ilters",
        VIEW,
        ("F",),
        "EEG and EOG 0.3–35 Hz, EMG 10–100 Hz, ECG 0.3–70 Hz, respiration 0.1–15 Hz, unless the "
        "montage says otherwise; off: everything as it is stored",
        needs_document=False,
        checkable=True,
        starts_group=True,
    ),
    ActionSpec(
        "view.notch",
        "Next mains no&tch",
        VIEW,
        ("Shift+F",),
        "Off, 50 Hz, 60 Hz in turn; it is part of the filters",
        needs_document=False,
    ),
    ActionSpec(
        "view.guides",
        "±37.5 µV &guides",
        VIEW,
        ("G",),
        "Lines 75 µV apart, the criterion of slow waves",
        needs_document=False,
        checkable=True,
        starts_group=True,
    ),
    ActionSpec("view.scale_bar", "Scale &bar", VIEW, needs_document=False, checkable=True),
    ActionSpec(
        "view.measure",
        "&Measure",
        VIEW,
        ("M",),
        "A drag over a trace shows duration, amplitude and frequency; so does a drag with Shift",
        checkable=True,
    ),
    ActionSpec(
        "view.calibrate",
        "&Calibrate the screen…",
        VIEW,
        tip="So that sensitivities can be given in µV/mm",
        needs_document=False,
    ),
    ActionSpec(
        "view.dark", "&Dark theme", VIEW, needs_document=False, checkable=True, starts_group=True
    ),
    ActionSpec("help.shortcuts", "&Keyboard shortcuts", HELP, ("?",), needs_document=False),
    ActionSpec("help.about", "&About SleepScorer", HELP, needs_document=False),
)


def install(
    window: QMainWindow, handlers: Mapping[str, Callable[..., object]]
) -> tuple[dict[str, QAction], dict[str, QMenu]]:
    """Create all actions and their menus on a window.

    Parameters
    ----------
    window
        Gets menus, actions and shortcuts.
    handlers
        What each action does, by its id; a switch's handler gets the new state.

    Returns
    -------
    actions, menus
        By id and by name.

    Raises
    ------
    KeyError
        An action has no handler.
    """
    menus: dict[str, QMenu] = {name: window.menuBar().addMenu(name) for name in MENUS}
    actions = {}
    for spec in ACTIONS:
        action = QAction(spec.text, window)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(key) for key in spec.shortcuts])
        if spec.tip:
            action.setToolTip(spec.tip)
            action.setStatusTip(spec.tip)
        handler = handlers[spec.id]
        if spec.checkable:
            action.setCheckable(True)
            action.toggled.connect(handler)
        else:
            action.triggered.connect(lambda _checked, handler=handler: handler())
        if spec.menu not in menus:
            menus[spec.menu] = menus[SUBMENUS[spec.menu]].addMenu(spec.menu)
        if spec.starts_group:
            menus[spec.menu].addSeparator()
        menus[spec.menu].addAction(action)
        actions[spec.id] = action
    return actions, menus


def add_choice(
    menu: QMenu, options: Mapping[str, str], on_choice: Callable[[str], object]
) -> dict[str, QAction]:
    """Add options to a menu, of which one is chosen.

    Parameters
    ----------
    menu
        Gets the options.
    options
        Their texts by value.
    on_choice
        Called with the value that the technician chooses.
    """
    group = QActionGroup(menu)
    actions = {}
    for value, text in options.items():
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setActionGroup(group)
        action.triggered.connect(lambda _checked, value=value: on_choice(value))
        actions[value] = action
    return actions
