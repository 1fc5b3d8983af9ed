"""The window: connects document, views and actions."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeySequence,
    QTextDocument,
)
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QMainWindow,
    QTabWidget,
    QWidget,
)

from resources import GUIDE_PATHS
from sleepscorer import DISCLAIMER
from sleepscorer.demo import is_simulated
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.montages import FittedMontage
from sleepscorer.domain.own_kinds import lines_of, own_kinds_by_place, own_kinds_of
from sleepscorer.domain.provenance import UNKNOWN_MODEL
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.versions import ModelVersion
from sleepscorer.file_questions import absolute, at_once, content_of, files_at_once, home, is_folder
from sleepscorer.io.definitions import definitions
from sleepscorer.io.journal_folder import UnfinishedWork
from sleepscorer.report.definitions_page import definitions_page
from sleepscorer.ui.actions.action_table import (
    ACTIONS,
    MENUS,
    MONTAGE_ACTIONS,
    OWN_KIND_ACTIONS,
    OWN_KINDS,
    STAGE_ACTIONS,
)
from sleepscorer.ui.actions.actions import install
from sleepscorer.ui.actions.choices import Choices
from sleepscorer.ui.actions.key_bindings import KeyBindings, from_text, to_text
from sleepscorer.ui.base.advance import Advance
from sleepscorer.ui.base.key_profiles import key_profile
from sleepscorer.ui.base.language import ENGLISH, spoken_language, tr
from sleepscorer.ui.base.pages import Pages
from sleepscorer.ui.base.places import LastPlace
from sleepscorer.ui.base.plain_text import PlainLabel
from sleepscorer.ui.base.preferences import Preferences, PreferenceStore
from sleepscorer.ui.base.stray_input import StrayInputGuard
from sleepscorer.ui.base.tasks import Task, TaskRunner
from sleepscorer.ui.base.theme import theme_of
from sleepscorer.ui.base.viewport import Viewport, page_length
from sleepscorer.ui.dialogs.dialogs import Dialogs
from sleepscorer.ui.loop.learning import Learning
from sleepscorer.ui.night.desk import Desk
from sleepscorer.ui.night.document import Document, OpenedFile
from sleepscorer.ui.night.journals import Journals
from sleepscorer.ui.night.network import Network
from sleepscorer.ui.night.night_controls import NightControls
from sleepscorer.ui.night.open_night import OpenNight
from sleepscorer.ui.night.trace_controls import TraceControls
from sleepscorer.ui.shell.context_menus import ContextMenus
from sleepscorer.ui.shell.files import Files
from sleepscorer.ui.shell.montages import FILE_NAME as MONTAGES_NAME
from sleepscorer.ui.shell.montages import Montages
from sleepscorer.ui.shell.panels import Panels
from sleepscorer.ui.shell.recovery import Recovery
from sleepscorer.ui.shell.steady import Steady
from sleepscorer.ui.studies.studies import Studies
from sleepscorer.ui.views.drop_hint import DropHint, accept_as_copy
from sleepscorer.ui.views.epoch_panel import EpochPanel
from sleepscorer.ui.views.events_panel import EventsPanel
from sleepscorer.ui.views.message_bar import Choice, Message, MessageKind
from sleepscorer.ui.views.progress_strip import ProgressStrip
from sleepscorer.ui.views.review_panel import ReviewPanel
from sleepscorer.ui.views.status_line import StatusLine
from sleepscorer.ui.views.tool_bar import ToolBar
from sleepscorer.ui.views.tour import TOUR_TEXTS, Tour
from sleepscorer.ui.views.video_panel import VideoPanel
from sleepscorer.ui.views.workspace import Workspace

if TYPE_CHECKING:
    from sleepscorer.ui.loop.learning_window import LearningWindow
    from sleepscorer.ui.studies.studies_window import StudiesWindow

_NOTICE_MS = 10_000
_NAMELESS = "Scorer"
"""Who makes a change before the scorer's name was asked for, as in the journal of an import."""


class MainWindow(QMainWindow):
    """SleepScorer's window.

    Parameters
    ----------
    store
        Where preferences are kept.
    cache_folder
        Where the demo recording is made.
    journal_folder
        Where every change is kept as it is made.
    dialogs
        Asks the technician; tests give other answers.

    """

    def __init__(
        self,
        store: PreferenceStore,
        cache_folder: Path,
        journal_folder: Path,
        dialogs: Dialogs | None = None,
    ) -> None:
        super().__init__()
        application = QApplication.instance()
        assert application is not None
        StrayInputGuard(application, self)
        self._store = store
        self._preferences = store.load()
        self._dialogs = dialogs or Dialogs()
        self._theme = theme_of(self._preferences.theme)
        self._night: OpenNight | None = None
        self._is_simulated = False
        self.tasks = TaskRunner(self)
        self.network = Network(self.tasks)
        self.journals = Journals(journal_folder, self)
        self.files = Files(
            lambda: self.document,
            self,
            self.tasks,
            self._dialogs,
            cache_folder,
            lambda: self._names_files,
        )
        self.viewport = Viewport(1, self)
        handlers = {spec.id: partial(self._perform, spec.id) for spec in ACTIONS}
        self.actions_by_id, self.menus = install(self, ACTIONS, MENUS, handlers)
        self._build()
        montages_path = journal_folder.parent / MONTAGES_NAME
        self.montages = Montages(montages_path, self._dialogs, self.actions_by_id, self)
        self.context_menus = ContextMenus(self, self.actions_by_id, self.menus[OWN_KINDS])
        self.night_controls = NightControls(self.night, self)
        self.trace_controls = TraceControls(
            self.viewport,
            self._dialogs,
            self._prefer,
            self.traces,
            self.menus,
            self.actions_by_id,
            self,
        )
        self.trace_controls.said.connect(self._say)
        self.choices = Choices(self.menus, self.actions_by_id, self._prefer, self)
        self.numpad_actions = {
            action_id: self._numpad_action(stage) for action_id, stage in STAGE_ACTIONS.items()
        }
        self.bindings = KeyBindings(self.actions_by_id, self.numpad_actions, self)
        self._desk = Desk(
            window=self,
            dialogs=self._dialogs,
            tasks=self.tasks,
            journals=self.journals,
            network=self.network,
            viewport=self.viewport,
            workspace=self.workspace,
            panel=self.panel,
            queue=self.queue_panel,
            events=self.events_panel,
            video=self.video_panel,
            tool_bar=self.tool_bar,
            preferences=lambda: self._preferences,
            stage_keys=lambda: self.bindings.stage_keys,
            names_files=lambda: self._names_files,
            may_score=self._has_scorer,
            say=self._say,
            done=self.statusBar().showMessage,
            unsay=self._unsay,
            offer=self.messages.show_message,
            fail=self._on_failed,
        )
        self.learning = Learning(
            self, self._dialogs, self.tasks, self.network, self._name_of_scorer
        )
        self._learning_window: LearningWindow | None = None
        self.studies = Studies(
            self.tasks,
            self._preferences.study_folders,
            lambda: self._preferences.voters,
            lambda: None if self.document is None else self.document.recording.path,
            lambda: self._preferences.hides_identity,
            self,
        )
        self._studies_window: StudiesWindow | None = None
        self._handlers = self._own_handlers()
        self._connect()
        self.montages.read()
        self._show_recent_files()
        self._show_nothing_open()
        self._show_preferences()
        if store.damaged_file is not None:
            text = tr(
                "The file of your settings was damaged: what could be read of it is used, the rest "
                "is as usual again. It is kept as {file}."
            )
            self.messages.show_remark(text.format(file=store.damaged_file))
        if store.damaged:
            text = tr(
                "These settings could not be read and are as usual again: {names}. What was there "
                "is kept in {file}, under “damaged”."
            )
            names = ", ".join(store.damaged)
            self.messages.show_remark(text.format(names=names, file=store.place))

    @property
    def open_night(self) -> OpenNight | None:
        """The recording that is open with all that belongs to it; None at the start."""
        return self._night

    @property
    def document(self) -> Document | None:
        """What is open; None at the start."""
        return None if self._night is None else self._night.document

    # What a technician can do

    def open_file(self, path: Path) -> None:
        """Open a recording or a session, unless unsaved work is to be kept."""
        self.files.open(path)

    def open_demo(self) -> None:
        """Open the simulated recording."""
        self.files.open_demo()
        self.workspace.welcome.say_opening(tr("The simulated demo is being prepared…"))

    def show_file(self, opened: OpenedFile) -> None:
        """Show what was opened in place of what was there."""
        self._remember_place()
        former = self._night
        self.messages.withdraw_about_recording()
        path = opened.session_path or opened.recording.path
        unfinished = self.journals.unfinished_on(RecordingIdentity.of(opened.recording))
        scored = ScoredRecording.of(opened.recording, opened.scoring)
        journal = self.journals.begin(scored, absolute(path), opened.seal)
        document = Document(opened, self._preferences.scorer or _NAMELESS, journal)
        self._night = OpenNight(document, self._desk, lambda: self._folder)
        self._show_night(self._night)
        self._remember_file(path)
        if former is not None:
            former.close()  # only now: until here the views may have read from it
        # The one that matters most comes last and is seen first.
        if opened.recording.notices:
            self.messages.show_remark(" ".join(map(tr, opened.recording.notices)))
        if opened.beside is not None:
            self.recovery.offer_session(opened.beside)
        if unfinished is not None:
            self.recovery.offer_unfinished(unfinished, opened.recording.path.name)
        elif opened.session_path is None and opened.beside is None:
            self._night.offer_own_scoring()
        self.network.load()

    def _remember_place(self) -> None:
        """Keep where the technician stops in what is open."""
        if self.document is None:
            return
        key, places = self._place_key(self.document), self._store.places
        viewport = self.viewport
        if isinstance(key, Path):
            place = LastPlace(viewport.epoch, viewport.page_length_s, self.traces.gains)
            places.keep(key, place)
        elif key:
            places.keep(key, LastPlace(viewport.epoch, viewport.page_length_s))

    def _place_key(self, document: Document) -> Path | str:
        """What the place in a night is remembered by; empty where it is not.

        That of a recording without a session is found wherever its file lies, unless it is hidden
        who it is. One that is simulated always begins with its first epoch.
        """
        if document.session_path is not None:
            return document.session_path
        if self._preferences.hides_identity or self._is_simulated:
            return ""
        return RecordingIdentity.of(document.recording).digest

    # Qt

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: D102
        # Until all is answered: should anything fail on the way, the window and the work stay.
        event.ignore()
        if not self.files.may_close():
            return
        event.accept()
        self._store.save(self._preferences)
        self.panels.leave()
        self._remember_place()
        self.files.cancel()
        self.learning.stop()
        self.tasks.shutdown()
        night, self._night = self._night, None
        if night is not None:
            night.close(has_stopped=True)
        self.journals.end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: D102
        if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            accept_as_copy(event)
            self.drop_hint.appear()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: D102
        self.drop_hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: D102
        self.drop_hint.hide()
        accept_as_copy(event)
        first, *others = event.mimeData().urls()
        self.open_file(Path(first.toLocalFile()))
        if others:
            text = tr("Only the first of the dropped files is opened.")
            if self._names_files:
                text = tr("Only the first of the dropped files is opened: {file}")
            self._say(text.format(file=first.fileName()))

    # Building

    def _own_handlers(self) -> dict[str, Callable[..., object]]:
        """What each action does that lasts as long as the window."""
        return {
            "file.open": self._choose_file,
            "file.demo": self.open_demo,
            "file.studies": self.show_studies,
            "file.next_night": self._open_next_night,
            "file.save": self.files.save,
            "file.save_as": self.files.save_as,
            "file.letterhead": self._choose_letterhead,
            "events.sensors": self._choose_sensors,
            "events.by_effect": lambda on: self._prefer(suggestions_by_effect=on),
            "file.unsaved": lambda: self.recovery.show_all(),
            "file.quit": self.close,
            "scoring.fill": lambda on: self._prefer(keeps_scored=on),
            "model.collect": lambda on: self._prefer(collects=on),
            "scoring.numpad": lambda on: self._prefer(numpad=on),
            "review.explain": lambda on: self._prefer(explanation=on),
            "review.waves": lambda on: self._prefer(waves=on),
            **self.viewport.handlers,
            **self.trace_controls.handlers,
            **self.montages.handlers,
            "traces.keep_montage": lambda: self.montages.keep(self.traces.traces_as_seen),
            **self.night_controls.handlers,
            **self.panels.handlers,
            "view.privacy": self._hide_identity,
            "view.neighbours": lambda on: self._prefer(neighbours=on),
            "model.add": self._learn_from_night,
            "model.show": self.show_learning,
            "events.own_kinds": self._change_own_kinds,
            "help.guide": self._show_guide,
            "help.tour": self.show_tour,
            "help.shortcuts": lambda: self._dialogs.shortcuts(self, self.bindings),
            "help.definitions": self._show_definitions,
            "help.about": lambda: self._dialogs.about(self),
        }

    def _hide_identity(self, on: bool) -> None:
        self._prefer(hides_identity=on)
        self._show_recent_files()

    def _change_own_kinds(self) -> None:
        """Let the technician change the kinds of events that the laboratory made up."""
        native = QKeySequence.SequenceFormat.NativeText
        keys = [self.actions_by_id[one].shortcut().toString(native) for one in OWN_KIND_ACTIONS]
        kinds = own_kinds_by_place(self._preferences.own_kinds)
        changed = self._dialogs.own_kinds(self, kinds, keys)
        if changed is not None:
            self._prefer(own_kinds=lines_of(changed))
            self._show_theme()
            self._show_preferences()  # tool tips name them, too

    def _show_guide(self) -> None:
        language = spoken_language()
        path = GUIDE_PATHS.get(language, GUIDE_PATHS[ENGLISH])
        document = QTextDocument()
        document.setMarkdown(content_of(path).decode("utf-8"))
        self._dialogs.show_page(self, tr("Guide"), document.toHtml(), path.parent)

    def offer_tour(self) -> None:
        """Begin the tour for whoever sees the window for the first time."""
        if not self._preferences.toured and self._night is not None:
            self.show_tour()

    def show_tour(self) -> None:
        """Walk through the window."""
        for former in self.findChildren(Tour):
            former.leave()
        self._prefer(toured=True)
        parts: list[QWidget] = [self.traces, self.tool_bar, self.panel]
        parts += [self.queue_panel, self.night, self.menuBar()]
        steps = [(one, tr(text)) for one, text in zip(parts, TOUR_TEXTS, strict=True)]
        Tour(self, self._theme, [step for step in steps if step[0].isVisible()])

    def _show_definitions(self) -> None:
        text = definitions(spoken_language())
        self._dialogs.show_page(self, tr("Definitions of all numbers"), definitions_page(text))

    def show_learning(self) -> None:
        """Show nights to learn from, training, verdict and versions."""
        if self._learning_window is None:
            # What it imports is not to be waited for at the start.
            from sleepscorer.ui.loop.learning_window import LearningWindow

            self._learning_window = LearningWindow(
                self,
                self.learning,
                self._add_night,
                lambda: self._night is not None,
                self._compare_on_night,
            )
        self._learning_window.open()

    def show_studies(self) -> None:
        """Show the nights of the laboratory."""
        self._made_studies_window().open()

    def _made_studies_window(self) -> StudiesWindow:
        if self._studies_window is None:
            from sleepscorer.ui.studies.studies_window import StudiesWindow

            self._studies_window = StudiesWindow(
                *(self, self.studies, self._dialogs, self.actions_by_id["file.next_night"])
            )
            self._studies_window.set_hides_identity(self._preferences.hides_identity)
        return self._studies_window

    def _open_next_night(self) -> None:
        window = self._made_studies_window()
        window.hide()
        self.studies.open_next(lambda: window.nights)

    def _learn_from_night(self) -> None:
        if self._has_scorer():
            self._add_night()

    def _add_night(self) -> None:
        self.messages.withdraw(self._offer_of_learning)
        if self._night is not None:
            gain = self._night.review_desk.gate.gain
            self.learning.add_night(self._night.document, self.tool_bar.derivation, gain)

    def _compare_on_night(self, first: ModelVersion, second: ModelVersion) -> None:
        night, derivation = self._night, self.tool_bar.derivation
        if night is not None and derivation is not None:
            gain = night.review_desk.gate.gain
            self.learning.compare_on_night(night.document, derivation, gain, (first, second))

    def _offer_to_learn(self) -> None:
        """Offer to keep a night that was just signed off, or keep it where that was asked for."""
        self.messages.withdraw(self._offer_of_learning)
        if self.document is None or self.document.scoring.sign_off is None:
            return
        if not any(score.is_human for score in self.document.scoring.scores):
            return
        if self._preferences.collects:
            self._add_night()
        else:
            self.messages.show_message(self._offer_of_learning)

    @property
    def _offer_of_learning(self) -> Message:
        text = tr("The network can learn from what was decided in this night.")
        offer = Choice(tr("Learn from this night"), self._add_night)
        return Message(text, MessageKind.REMARK, offer)

    def _offer_verdict(self) -> None:
        """Say that a training came to its end, to whom closed its window meanwhile."""
        is_seen = self._learning_window is not None and self._learning_window.isVisible()
        if self.learning.trial is not None and not is_seen:
            text = tr("A new version waits for your decision.")
            offer = Choice(tr("See the verdict"), self.show_learning)
            message = Message(text, MessageKind.REMARK, offer, outlasts_recording=True)
            self.messages.show_message(message)

    def _name_of_scorer(self) -> str:
        return self._preferences.scorer if self._has_scorer() else ""

    def _perform(self, action_id: str, *state: bool) -> None:
        """Do what an action is for."""
        if self._night is not None:
            # What is being typed belongs to what is scored or saved.
            self.panel.finish_editing()
        self._handlers[action_id](*state)

    def _has_scorer(self) -> bool:
        """Whether it is known who scores, after asking where it is not."""
        if not self._preferences.scorer:
            name = self._dialogs.name_of_scorer(self, _user_name())
            if name:
                self._on_scorer_changed(name)
            else:
                self._say(tr("Nothing was changed: whoever scores needs a name."))
        return bool(self._preferences.scorer)

    def _numpad_action(self, stage: Stage) -> QAction:
        """Make what a digit of the number pad does while those of the top row stay."""
        action = QAction(self)
        action.triggered.connect(lambda: self._score_and_go_on(stage))
        action.setAutoRepeat(False)
        self.addAction(action)
        return action

    def _score_and_go_on(self, stage: Stage) -> None:
        if self._night is not None:
            self._night.scoring.score_selection(stage, Advance.ALWAYS)

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self.drop_hint = DropHint(tr("Drop it to open it"), self)
        self.workspace = Workspace(
            self._theme,
            Pages(self.tasks, self),
            self.actions_by_id["file.open"],
            self.actions_by_id["file.demo"],
        )
        self.setCentralWidget(self.workspace)
        # Short names for what is spoken to most.
        self.messages = self.workspace.messages
        self.traces = self.workspace.traces
        self.night = self.workspace.night
        self.recovery = Recovery(
            self.journals, self.messages, self._dialogs, self, lambda: self._names_files
        )
        self._stage_actions = {
            stage: self.actions_by_id[name] for name, stage in STAGE_ACTIONS.items()
        }
        self.panel = EpochPanel(self._theme, self._preferences.scorer, self._stage_actions)
        self.progress = ProgressStrip()
        self._saved_label = PlainLabel()
        self.queue_panel = ReviewPanel(
            self.actions_by_id["review.previous"], self.actions_by_id["review.next"]
        )
        self.events_panel = EventsPanel(self._theme)
        self.video_panel = VideoPanel(self.actions_by_id["view.play_video"])
        docks = {
            "video": self._dock(tr("Video"), "video_dock", self.video_panel),
            "epoch": self._dock(tr("This epoch"), "epoch_dock", self.panel),
            "events": self._dock(tr("Events"), "events_dock", self.events_panel),
            "review": self._dock(tr("Review"), "review_dock", self.queue_panel),
        }
        # At the side: the window may be as low as before.
        east = QTabWidget.TabPosition.East
        self.setTabPosition(Qt.DockWidgetArea.RightDockWidgetArea, east)
        self.tabifyDockWidget(docks["review"], docks["events"])
        docks["review"].raise_()
        docks["events"].visibilityChanged.connect(self.events_panel.set_seen)
        self.tool_bar = ToolBar(self.actions_by_id)
        self.addToolBar(self.tool_bar)
        status_line = StatusLine(tr(DISCLAIMER))
        status_line.add_left(self.progress)
        status_line.add_right(self._saved_label)
        self.setStatusBar(status_line)
        self.panels = Panels(
            self,
            docks,
            self.workspace,
            self._store.layouts,
            self._dialogs,
            self.actions_by_id,
            growth_px=self.panel.growth_px,
        )
        self.panels.begin()

    def _dock(self, title: str, name: str, widget: QWidget) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(name)
        dock.setWidget(Steady(widget))
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        return dock

    def _connect(self) -> None:
        self.traces.read_failed.connect(lambda error: self.messages.show_error(tr(error)))
        self.traces.menu_wanted.connect(self.context_menus.show)
        self.traces.hiding_changed.connect(self._show_hiding)
        self.night.menu_wanted.connect(partial(self.context_menus.show, "night"))
        self.workspace.chances.menu_wanted.connect(partial(self.context_menus.show, "chances"))
        self.queue_panel.menu_wanted.connect(partial(self.context_menus.show, "queue"))
        self.events_panel.menu_wanted.connect(partial(self.context_menus.show, "list"))
        self.night.page_turned.connect(self.viewport.move_by)
        self.night.time_chosen.connect(self.viewport.go_to_time)
        self.night.selection_extended.connect(self.viewport.extend_to_time)
        self.workspace.neighbours.epoch_chosen.connect(self.viewport.go_to)
        self.night_controls.said.connect(self._say)
        self.tool_bar.page_length_chosen.connect(lambda value: self._prefer(page_s=value))
        self.tool_bar.montage_chosen.connect(self.montages.choose)
        self.montages.chosen.connect(lambda name: self._prefer(montage=name))
        self.montages.listed.connect(lambda: self.tool_bar.offer_montages(self.montages.names))
        self.montages.listed.connect(self._show_keys)
        self.montages.shown.connect(self._on_montage_shown)
        self.montages.said.connect(self._say)
        self.montages.failed.connect(self._on_failed)
        self.bindings.changed.connect(lambda own: self._prefer(own_keys=to_text(own)))
        self.panel.scorer_changed.connect(self._on_scorer_changed)
        for recent in (self.workspace.welcome, self.choices):
            recent.file_chosen.connect(self.open_file)
        self.choices.theme_chosen.connect(self._show_theme)
        self.choices.language_chosen.connect(self._on_language_chosen)
        self.tasks.shown.connect(self._on_task_shown)
        self.tasks.ended.connect(self.progress.forget)
        self.panels.said.connect(self._say)
        self.files.closing.connect(self.panel.finish_editing)
        self.files.opened.connect(self.show_file)
        self.files.finished.connect(lambda: self.workspace.welcome.say_opening(""))
        self.files.scoring_found.connect(self._offer_import)
        self.files.failed.connect(self._on_failed)
        self.journals.failed.connect(self._on_failed)
        self.recovery.file_wanted.connect(self.open_file)
        self.recovery.work_restored.connect(self._restore)
        self.files.saved.connect(self._on_saved)
        self.network.loaded.connect(self.tool_bar.show_model)
        self.network.failed.connect(self._on_failed)
        self.learning.failed.connect(self._on_failed)
        self.learning.said.connect(self._say)
        self.learning.compared.connect(self._offer_verdict)
        self.studies.failed.connect(self._on_failed)
        self.studies.said.connect(self._say)
        self.studies.file_wanted.connect(self.open_file)
        self.studies.changed.connect(self._remember_studies)

    # Opening

    def _offer_import(self, path: Path) -> None:
        """Offer to import what was opened and turned out to be a scoring."""
        if self._night is not None:
            text = tr(
                "{file} is a scoring. Import it here, or put it beside yours with Review > Load a "
                "second scoring."
            ).format(file=path.name if self._names_files else tr("What you opened"))
            offer = Choice(tr("Import it…"), partial(self._night.exchange.import_file, path))
            self.messages.show_message(Message(text, MessageKind.REMARK, offer))

    @property
    def _folder(self) -> Path:
        """Where file dialogs begin."""
        recent = self._preferences.recent_files
        folder = Path(recent[0]).parent if recent else home()
        return folder if at_once(partial(is_folder, folder), otherwise=False) else home()

    def _choose_file(self) -> None:
        self.files.choose_and_open(self._folder)

    def _restore(self, work: UnfinishedWork) -> None:
        """Take up work that was lost, where its last change was."""
        if self.document is not None:
            self.document.restore(work.scoring, work.seal)
            if work.last_epoch is not None:
                self.viewport.go_to(work.last_epoch)

    def _choose_letterhead(self) -> None:
        path = self._dialogs.letterhead(self, self._preferences.letterhead)
        if path is not None:
            self._prefer(letterhead=str(path))

    def _choose_sensors(self) -> None:
        if self.document is None:
            return
        preferences, channels = self._preferences, self.document.recording.channels
        chosen = self._dialogs.laboratory(self, preferences.laboratory, channels)
        if chosen is not None:
            self._take_preferences(self._preferences.with_laboratory(chosen))

    def _on_task_shown(self, task: Task, text: str) -> None:
        self.messages.withdraw_errors()
        self.statusBar().clearMessage()
        self.progress.watch(task, text)

    # Working

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, MemoryError):
            self.messages.show_error(
                tr(
                    "There is not enough memory for this. Your scoring is still here: close other "
                    "programs and try again."
                )
            )
            return
        if not isinstance(error, SleepScorerError):
            raise error  # a fault of the program: the hook of the application reports it
        self.messages.show_error(tr(error))

    def _say(self, text: str) -> None:
        self.statusBar().showMessage(text, _NOTICE_MS)

    def _unsay(self, text: str) -> None:
        if self.statusBar().currentMessage() == text:
            self.statusBar().clearMessage()

    def _on_montage_shown(self, name: str, fitted: FittedMontage) -> None:
        self.traces.set_traces(fitted.traces)
        self.tool_bar.show_montage(name)
        if fitted.missing:
            text = tr("This recording does not have: {names}")
            self._say(text.format(names=", ".join(fitted.missing)))

    def _on_saved(self, path: Path) -> None:
        self._remember_file(path)
        self._remember_place()
        self._show_title()
        self.studies.take_saved(path)
        self._say(tr("Saved {path}.").format(path=path) if self._names_files else tr("Saved."))

    # Preferences

    def _prefer(self, **changes: Any) -> None:
        self._take_preferences(replace(self._preferences, **changes))

    def _take_preferences(self, preferences: Preferences) -> None:
        self._preferences = preferences
        self._store.save(preferences)
        self._show_preferences()

    def _remember_file(self, path: Path) -> None:
        if is_simulated(path):
            return  # no night of one's own, and in a folder that nobody looks for
        self._preferences = self._preferences.with_recent_file(path)
        self._store.save(self._preferences)
        self._show_recent_files()

    def _remember_studies(self) -> None:
        lines = tuple(study.line for study in self.studies.folders)
        if lines != self._preferences.study_folders:
            self._prefer(study_folders=lines)

    def _on_language_chosen(self) -> None:
        self.messages.show_remark(tr("The language changes when the program is started again."))

    def _on_scorer_changed(self, name: str) -> None:
        if name and name != UNKNOWN_MODEL.name:  # the same in a table of stages
            self._prefer(scorer=name)
            self.panel.set_scorer(name)
            if self.document is not None:
                self.document.scorer = name
        else:
            self.panel.set_scorer(self._preferences.scorer)
            self.messages.show_error(
                tr("A scorer can't be named “{name}”; write your name.").format(name=name)
            )

    # Showing

    def _show_preferences(self) -> None:
        preferences = self._preferences
        profile = key_profile(preferences.keys)
        self.bindings.apply(profile, from_text(preferences.own_keys), numpad=preferences.numpad)
        self._show_keys()
        self.trace_controls.show_preferences(preferences)
        self.tool_bar.show_page_length(self.viewport.page_length_s)
        self.actions_by_id["scoring.fill"].setChecked(preferences.keeps_scored)
        self.actions_by_id["model.collect"].setChecked(preferences.collects)
        self.actions_by_id["scoring.numpad"].setChecked(preferences.numpad)
        self.actions_by_id["review.waves"].setChecked(preferences.waves)
        self.actions_by_id["review.explain"].setChecked(preferences.explanation)
        self.actions_by_id["events.by_effect"].setChecked(preferences.suggestions_by_effect)
        if self._night is not None:
            channels = self._night.document.recording.channels
            self.traces.set_legends(preferences.laboratory.legends(channels))
            self._night.show_preferences()
        self.actions_by_id["view.neighbours"].setChecked(preferences.neighbours)
        self.actions_by_id["view.privacy"].setChecked(preferences.hides_identity)
        self._show_names()
        self._show_information_action()
        if self._studies_window is not None:
            self._studies_window.set_hides_identity(preferences.hides_identity)
        self.workspace.neighbours.setVisible(preferences.neighbours)
        self.choices.show_preferences(preferences)

    def _show_keys(self) -> None:
        """Say beside the lists of the tool bar which keys choose the same."""
        pages = ("view.page_shorter", "view.page_longer")
        self.tool_bar.show_keys(self.bindings.told(MONTAGE_ACTIONS), self.bindings.told(pages))

    def _show_recent_files(self) -> None:
        names = self._preferences.recent_files
        self.choices.show_recent_files(names)
        if self.document is None:  # else nobody sees them
            shown = () if self._preferences.hides_identity else names
            self.workspace.welcome.show_recent(files_at_once(map(Path, shown)))

    def _show_theme(self) -> None:
        own_kinds = own_kinds_of(self._preferences.own_kinds)
        by_place = own_kinds_by_place(self._preferences.own_kinds)
        self._theme = replace(theme_of(self._preferences.theme), own_kinds=own_kinds)
        for number, action_id in enumerate(OWN_KIND_ACTIONS):
            free = tr("Own kind {number} (free)").format(number=number + 1)
            kind = by_place[number] if number < len(by_place) else None
            name = free if kind is None else kind.name
            self.actions_by_id[action_id].setText(name.replace("&", "&&"))
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setPalette(self._theme.palette())
        for view in (self.tool_bar, self.workspace, self.panel, self.events_panel):
            view.set_theme(self._theme)
        if self._night is not None:
            self._night.show_epoch()

    def _show_night(self, night: OpenNight) -> None:
        """Show a recording in place of what was there."""
        self._night = night
        self._handlers = self._own_handlers() | night.handlers
        document = night.document
        document.journal_failed.connect(self._on_failed)
        document.undo_stack.cleanChanged.connect(self._show_title)
        document.sign_off_changed.connect(self._show_title)
        document.sign_off_changed.connect(self._offer_to_learn)
        document.undo_stack.indexChanged.connect(self._show_title)
        document.undo_stack.indexChanged.connect(self._show_history)
        night.sight_changed.connect(self._show_actions)
        night.video.changed.connect(self._show_actions)
        night.event_desk.suggestions_changed.connect(self._show_actions)
        night.scorer_named.connect(self._on_scorer_changed)
        night.program_named.connect(lambda text: self._prefer(opinion=text))
        with self.traces.drawn_once():
            self._show_parts(night)
        self._show_title()

    def _show_parts(self, night: OpenNight) -> None:
        document, recording = night.document, night.document.recording
        self._is_simulated = is_simulated(recording.path)
        self.workspace.show_recording(is_open=True, is_simulated=self._is_simulated)
        self.viewport.restart(recording.n_epochs)
        self.traces.set_recording(recording)
        self.traces.set_legends(self._preferences.laboratory.legends(recording.channels))
        self.montages.fit_to(recording.channels, self._preferences.montage)
        night.show()
        key = self._place_key(document)
        place = self._store.places.of(key) if key else None
        # What was looked at last says nothing of how another night is to be seen.
        page_s = EPOCH_S if place is None else page_length(place.page_s)
        self._preferences = replace(self._preferences, page_s=page_s)
        self._show_preferences()
        if place is not None:
            if place.gains:
                self.traces.set_gains(place.gains)
            self.viewport.go_to(place.epoch)
        # All get their places now, before anything is read and drawn for them.
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def _show_nothing_open(self) -> None:
        self.workspace.show_recording(is_open=False, is_simulated=False)
        self._show_theme()
        self._show_actions()
        self._show_title()

    def _show_actions(self) -> None:
        """Switch off what makes no sense now, or would tell a blind scorer what others think."""
        is_open, is_blind, has_suggestion = self._night is not None, False, False
        if self._night is not None:
            is_blind = self._night.sight.is_blind
            has_suggestion = bool(self._night.event_desk.suggestions)
        self.actions_by_id["review.blind"].setChecked(is_blind)
        has_video = self._night is not None and self._night.video.is_shown
        self.panels.show_possible(is_open=is_open, is_blind=is_blind, has_video=has_video)
        if is_blind and self._studies_window is not None:
            self._studies_window.hide()  # it tells who scored what
        for spec in ACTIONS:
            if spec.id not in MONTAGE_ACTIONS:  # those are on where the montage fits
                sense = spec.makes_sense(
                    is_open=is_open, is_blind=is_blind, has_suggestion=has_suggestion
                )
                self.actions_by_id[spec.id].setEnabled(sense)
            if spec.needs_suggestion:
                none_chosen = tr("Off: no suggested event is chosen, nor selected in the list.")
                is_off = is_open and not is_blind and not has_suggestion
                self.bindings.explain(spec.id, none_chosen if is_off else "")
        self._show_hiding()
        self._show_information_action()
        self._show_names()
        self._show_history()

    def _show_hiding(self) -> None:
        """Offer to show hidden traces where there are some."""
        hides = self._night is not None and self.traces.hides_traces
        self.actions_by_id["traces.show_hidden"].setEnabled(hides)
        is_off = self._night is not None and not hides
        self.bindings.explain(
            "traces.show_hidden", tr("Off: no trace is hidden.") if is_off else ""
        )

    @property
    def _names_files(self) -> bool:
        """Whether names of files are shown: they often tell who it is."""
        is_blind = self._night is not None and self._night.sight.is_blind
        return not is_blind and not self._preferences.hides_identity

    def _show_information_action(self) -> None:
        """Let nobody look up who it is while that is hidden."""
        is_shown = self._night is not None and self._names_files
        self.actions_by_id["file.information"].setEnabled(is_shown)

    def _show_names(self) -> None:
        """Name files in the title and the menu, or no longer."""
        self._show_title()
        self.choices.show_recent(is_shown=self._names_files)

    def _show_title(self) -> None:
        if self.document is None:
            self.setWindowTitle("SleepScorer")
            return
        document, sign_off = self.document, self.document.scoring.sign_off
        saved = tr("Unsaved changes") if document.has_unsaved_changes else tr("No unsaved changes")
        name = document.recording.path.name
        if not self._names_files:
            name = tr("Recording")
        parts = [f"{name}[*]", "SleepScorer"]
        if sign_off is not None:
            signed = tr("signed off by {name}").format(name=sign_off.by)
            parts.insert(1, signed.replace("[*]", "[ *]"))
            when = f"{sign_off.at.astimezone():%Y-%m-%d %H:%M}"
            saved = f"{signed}, {when} · {saved}"
        self.setWindowTitle(" – ".join(parts))
        self.setWindowModified(document.has_unsaved_changes)
        self._saved_label.setText(saved)

    def _show_history(self) -> None:
        stack = None if self.document is None else self.document.undo_stack
        undo, redo = self.actions_by_id["edit.undo"], self.actions_by_id["edit.redo"]
        undo.setEnabled(stack is not None and stack.canUndo())
        redo.setEnabled(stack is not None and stack.canRedo())
        undo.setText(tr("&Undo"))
        redo.setText(tr("&Redo"))
        if stack is not None and stack.canUndo():
            undo.setText(tr("&Undo {step}").format(step=stack.undoText()))
        if stack is not None and stack.canRedo():
            redo.setText(tr("&Redo {step}").format(step=stack.redoText()))
        undo.setIconText(tr("Undo"))
        redo.setIconText(tr("Redo"))


def _user_name() -> str:
    """Name of whoever is logged in; empty where the system does not know."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
