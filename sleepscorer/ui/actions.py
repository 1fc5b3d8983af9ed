"""Every action of the window, one row each; menus and shortcuts are made from the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from sleepscorer.domain.stages import Stage
from sleepscorer.io.scoring_formats import SCORING_FORMATS
from sleepscorer.ui.language import N_, tr


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.

    Attributes
    ----------
    id
        Unique name.
    text
        Text in the menu, before it is translated.
    menu
        Menu that it is in, before it is translated.
    shortcuts
        Keys; the first one is shown in the menu.
    tip
        What it does, for the tool tip, before it is translated.
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

    @property
    def shown_text(self) -> str:
        """Text in the menu, in the language of the interface."""
        if self.menu == EXPORT:  # the name of a format: a lone & would underline a letter
            return f"{tr(self.text)}…".replace("&", "&&")
        return tr(self.text)


FILE, EDIT, SCORING = N_("&File"), N_("&Edit"), N_("&Scoring")
VIEW, HELP = N_("&View"), N_("&Help")
MENUS = (FILE, EDIT, SCORING, VIEW, HELP)

EXPORT = N_("E&xport scoring")
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
        N_("&Open…"),
        FILE,
        ("Ctrl+O",),
        N_("Open a recording or a session"),
        needs_document=False,
    ),
    ActionSpec("file.demo", N_("Open the &demo (simulated)"), FILE, needs_document=False),
    ActionSpec(
        "file.save", N_("&Save session"), FILE, ("Ctrl+S",), N_("Save all work"), starts_group=True
    ),
    ActionSpec("file.save_as", N_("Save session &as…"), FILE, ("Ctrl+Shift+S",)),
    ActionSpec(
        "file.import",
        N_("&Import scoring…"),
        FILE,
        ("Ctrl+I",),
        N_("Take over the scoring of another program or person"),
        starts_group=True,
    ),
    *(
        ActionSpec(
            f"file.export.{row.id}",
            row.name,
            EXPORT,
            # The first format is the one other software reads best.
            ("Ctrl+E",) if row is SCORING_FORMATS[0] else (),
        )
        for row in SCORING_FORMATS
    ),
    ActionSpec(
        "file.statistics",
        N_("Sleep s&tatistics…"),
        FILE,
        ("Ctrl+T",),
        N_("Show the sleep statistics with their definitions"),
        starts_group=True,
    ),
    ActionSpec("file.report.pdf", N_("&Report as PDF…"), FILE, ("Ctrl+P",), N_("One page to sign")),
    ActionSpec("file.report.html", N_("Report as &HTML…"), FILE),
    ActionSpec("file.letterhead", N_("&Letterhead of reports…"), FILE, needs_document=False),
    ActionSpec(
        "file.deidentify",
        N_("De-identified &copy…"),
        FILE,
        tip=N_("Copy recording and scoring without what names anybody"),
        starts_group=True,
    ),
    ActionSpec(
        "file.quit", N_("&Quit"), FILE, ("Ctrl+Q",), needs_document=False, starts_group=True
    ),
    ActionSpec("edit.undo", N_("&Undo"), EDIT, ("Ctrl+Z",)),
    ActionSpec("edit.redo", N_("&Redo"), EDIT, ("Ctrl+Y", "Ctrl+Shift+Z")),
    ActionSpec(
        "scoring.auto",
        N_("Score &automatically"),
        SCORING,
        ("F5",),
        N_("Let the network stage every epoch that nobody has scored by hand"),
    ),
    ActionSpec(
        "scoring.derivation",
        N_("&Derivation to stage…"),
        SCORING,
        tip=N_("Stage another channel, or the difference of two"),
    ),
    # The keys are those of the profile that is chosen: see `key_profiles`.
    ActionSpec("scoring.wake", "&W", SCORING, tip=N_("Wake"), starts_group=True),
    ActionSpec("scoring.n1", "N&1", SCORING, tip="N1"),
    ActionSpec("scoring.n2", "N&2", SCORING, tip="N2"),
    ActionSpec("scoring.n3", "N&3", SCORING, tip="N3"),
    ActionSpec("scoring.rem", "&R", SCORING, tip=N_("REM sleep")),
    ActionSpec("scoring.unscored", N_("&Unscored"), SCORING, tip=N_("Take the stage away")),
    ActionSpec(
        "scoring.comment",
        N_("&Comment on this epoch"),
        SCORING,
        ("C",),
        N_("Write a comment on this epoch"),
        starts_group=True,
    ),
    ActionSpec(
        "scoring.artefact", N_("Arte&fact"), SCORING, ("X",), N_("Mark as disturbed, or not")
    ),
    ActionSpec("scoring.lights_off", N_("Lights &off here"), SCORING, ("L",)),
    ActionSpec("scoring.lights_on", N_("Li&ghts on here"), SCORING, ("Shift+L",)),
    ActionSpec("scoring.no_lights", N_("Take the lights &markers away"), SCORING),
    ActionSpec("view.next", N_("&Next epoch"), VIEW, ("Right", "Space")),
    ActionSpec("view.previous", N_("&Previous epoch"), VIEW, ("Left", "Backspace")),
    ActionSpec("view.select_next", N_("Select with the ne&xt"), VIEW, ("Shift+Right",)),
    ActionSpec("view.select_previous", N_("Select with the pre&vious"), VIEW, ("Shift+Left",)),
    ActionSpec("view.forward", N_("Ten epochs &forward"), VIEW, ("PgDown",)),
    ActionSpec("view.back", N_("Ten epochs &back"), VIEW, ("PgUp",)),
    ActionSpec("view.page_forward", N_("Page fo&rward"), VIEW, (".", "Ctrl+PgDown")),
    ActionSpec("view.page_back", N_("Page bac&kward"), VIEW, (",", "Ctrl+PgUp")),
    ActionSpec("view.first", N_("F&irst epoch"), VIEW, ("Home",)),
    ActionSpec("view.last", N_("&Last epoch"), VIEW, ("End",)),
    ActionSpec(
        "view.page_longer",
        N_("L&onger page"),
        VIEW,
        ("]", "Ctrl+-"),
        N_("Up to the whole night"),
        starts_group=True,
    ),
    ActionSpec(
        "view.page_shorter", N_("S&horter page"), VIEW, ("[", "Ctrl++"), N_("Down to five seconds")
    ),
    ActionSpec(
        "view.larger",
        N_("Traces &larger"),
        VIEW,
        ("Up", "+"),
        N_("Higher sensitivity of the selected trace, or of all"),
        starts_group=True,
    ),
    ActionSpec(
        "view.smaller",
        N_("Traces &smaller"),
        VIEW,
        ("Down", "-"),
        N_("Lower sensitivity of the selected trace, or of all"),
    ),
    ActionSpec(
        "view.all_traces",
        N_("Select &all traces"),
        VIEW,
        ("Esc",),
        N_("Let the sensitivity keys act on all traces; a click on a trace selects that one"),
    ),
    ActionSpec(
        "view.filters",
        N_("AASM f&ilters"),
        VIEW,
        ("F",),
        N_(
            "EEG and EOG 0.3–35 Hz, EMG 10–100 Hz, ECG 0.3–70 Hz, respiration 0.1–15 Hz, unless "
            "the montage says otherwise; off: everything as it is stored"
        ),
        needs_document=False,
        checkable=True,
        starts_group=True,
    ),
    ActionSpec(
        "view.notch",
        N_("Next mains no&tch"),
        VIEW,
        ("Shift+F",),
        N_("Off, 50 Hz, 60 Hz in turn; it is part of the filters"),
        needs_document=False,
    ),
    ActionSpec(
        "view.guides",
        N_("±37.5 µV &guides"),
        VIEW,
        ("G",),
        N_("Lines 75 µV apart, the criterion of slow waves"),
        needs_document=False,
        checkable=True,
        starts_group=True,
    ),
    ActionSpec("view.scale_bar", N_("Scale &bar"), VIEW, needs_document=False, checkable=True),
    ActionSpec(
        "view.measure",
        N_("&Measure"),
        VIEW,
        ("M",),
        N_(
            "A drag over a trace shows duration, amplitude and frequency; so does a drag with Shift"
        ),
        checkable=True,
    ),
    ActionSpec(
        "view.calibrate",
        N_("&Calibrate the screen…"),
        VIEW,
        tip=N_("So that sensitivities can be given in µV/mm"),
        needs_document=False,
    ),
    ActionSpec(
        "view.dark",
        N_("&Dark theme"),
        VIEW,
        needs_document=False,
        checkable=True,
        starts_group=True,
    ),
    ActionSpec("help.shortcuts", N_("&Keyboard shortcuts"), HELP, ("?",), needs_document=False),
    ActionSpec("help.about", N_("&About SleepScorer"), HELP, needs_document=False),
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
    menus: dict[str, QMenu] = {name: window.menuBar().addMenu(tr(name)) for name in MENUS}
    actions = {}
    for spec in ACTIONS:
        action = QAction(spec.shown_text, window)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(key) for key in spec.shortcuts])
        if spec.tip:
            action.setToolTip(tr(spec.tip))
            action.setStatusTip(tr(spec.tip))
        handler = handlers[spec.id]
        if spec.checkable:
            action.setCheckable(True)
            action.toggled.connect(handler)
        else:
            action.triggered.connect(lambda _checked, handler=handler: handler())
        if spec.menu not in menus:
            menus[spec.menu] = menus[SUBMENUS[spec.menu]].addMenu(tr(spec.menu))
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
