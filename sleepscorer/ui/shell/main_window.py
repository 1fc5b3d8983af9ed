"""The window: connects document, views and actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QLabel,
    QMainWindow,
    QWidget,
)

from sleepscorer.demo import is_simulated
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.montage import trace_of
from sleepscorer.domain.montages import FittedMontage
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import MODEL_SOURCE, Scoring
from sleepscorer.file_questions import absolute, home
from sleepscorer.io.definitions import definitions
from sleepscorer.io.scoring_formats import SCORING_FORMATS
from sleepscorer.io.session import SUFFIX as SESSION_SUFFIX
from sleepscorer.report.definitions_page import definitions_page
from sleepscorer.ui.actions.action_table import ACTIONS, MENUS, STAGE_ACTIONS
from sleepscorer.ui.actions.actions import install
from sleepscorer.ui.actions.choices import Choices
from sleepscorer.ui.actions.key_bindings import KeyBindings, from_text, to_text
from sleepscorer.ui.base.advance import advance_mode
from sleepscorer.ui.base.key_profiles import key_profile
from sleepscorer.ui.base.language import spoken_language, tr
from sleepscorer.ui.base.pages import Pages
from sleepscorer.ui.base.preferences import PreferenceStore
from sleepscorer.ui.base.tasks import Task, TaskRunner
from sleepscorer.ui.base.theme import theme_of
from sleepscorer.ui.base.viewport import Viewport
from sleepscorer.ui.dialogs.dialogs import Dialogs
from sleepscorer.ui.night.autoscorer import Autoscorer
from sleepscorer.ui.night.current_document import CurrentDocument
from sleepscorer.ui.night.document import Document, OpenedFile
from sleepscorer.ui.night.event_controls import EventControls
from sleepscorer.ui.night.exchange import Exchange
from sleepscorer.ui.night.history import History
from sleepscorer.ui.night.journals import Journals
from sleepscorer.ui.night.night_controls import NightControls
from sleepscorer.ui.night.review_desk import ReviewDesk
from sleepscorer.ui.night.scoring_controls import ScoringControls
from sleepscorer.ui.night.second_scorer import SecondScorer
from sleepscorer.ui.night.spectrograms import Spectrograms
from sleepscorer.ui.night.trace_controls import TraceControls
from sleepscorer.ui.shell.files import Files
from sleepscorer.ui.shell.montages import FILE_NAME as MONTAGES_NAME
from sleepscorer.ui.shell.montages import Montages
from sleepscorer.ui.shell.recovery import Recovery
from sleepscorer.ui.views.epoch_panel import EpochPanel
from sleepscorer.ui.views.progress_strip import ProgressStrip
from sleepscorer.ui.views.review_panel import ReviewPanel
from sleepscorer.ui.views.tool_bar import ToolBar
from sleepscorer.ui.views.workspace import Workspace

if TYPE_CHECKING:
    from sleepscorer.autoscoring import Staging

_NOTICE_MS = 10_000


_TELLING_ACTIONS = (
    "edit.history",
    "edit.export_history",
    "review.next",
    "review.previous",
    "review.filter",
    "review.similar",
    "scoring.auto",
    "review.agreement",
)


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
        self._store = store
        self._preferences = store.load()
        self._dialogs = dialogs or Dialogs()
        self._theme = theme_of(self._preferences.theme)
        self.tasks = TaskRunner(self)
        self._autoscorer = Autoscorer(self.tasks)
        self.journals = Journals(journal_folder, self)
        self._current = CurrentDocument(self)
        self.files = Files(self._current, self, self.tasks, self._dialogs, cache_folder)
        self.exchange = Exchange(self._current, self, self.tasks, self._dialogs)
        self._spectrograms = Spectrograms(self.tasks, self)
        self._shown_scoring: Scoring | None = None
        self.viewport = Viewport(1, self)
        self.montages = Montages(journal_folder.parent / MONTAGES_NAME, self._dialogs, self)
        self.scoring_controls = ScoringControls(self._current, self.viewport, self._dialogs, self)
        self.event_controls = EventControls(self._current, self.viewport, self._dialogs, self)
        self.night_controls = NightControls(self)
        self.history = History(
            self._current, self.journals, self.tasks, self.viewport, self._dialogs, self
        )
        self.second_scorer = SecondScorer(self._current, self.exchange, self._dialogs, self)
        self.review_desk = ReviewDesk(
            self._current, self.tasks, self._autoscorer, self.viewport, self._dialogs, self
        )
        for part in (self.scoring_controls, self.review_desk.review, self.exchange, self.files):
            part.visible = lambda scoring: self.second_scorer.visible(scoring)
        self.review_desk.stage_keys = lambda: self.bindings.stage_keys
        self.trace_controls = TraceControls(self.viewport, self._dialogs, self._prefer, self)
        self.actions_by_id, self.menus = install(
            self,
            ACTIONS,
            MENUS,
            {name: self._after_editing(handler) for name, handler in self._handlers().items()},
        )
        self._build()
        self._connect()
        self._show_preferences()
        self._show_recent_files()
        self._show_document()
        if store.damaged:
            text = tr(
                "These settings could not be read and are as usual again: {names}. What was there "
                "is kept in {file}, under “damaged”."
            )
            names = ", ".join(store.damaged)
            self.messages.show_remark(text.format(names=names, file=store.place))

    @property
    def document(self) -> Document | None:
        """What is open; None at the start."""
        return self._current.document

    # What a technician can do

    def open_file(self, path: Path) -> None:
        """Open a recording or a session, unless unsaved work is to be kept."""
        self.files.open(path)

    def open_demo(self) -> None:
        """Open the simulated recording."""
        self.files.open_demo()

    def show_file(self, opened: OpenedFile) -> None:
        """Show what was opened in place of what was there."""
        self._autoscorer.cancel()
        former = self.document
        self.messages.withdraw_about_recording()
        path = opened.session_path or opened.recording.path
        unfinished = self.journals.unfinished_on(RecordingIdentity.of(opened.recording))
        scored = ScoredRecording.of(opened.recording, opened.scoring)
        journal = self.journals.begin(scored, absolute(path))
        document = Document(opened, self._preferences.scorer, journal, self)
        self._current.show(document)
        document.journal_failed.connect(self._on_failed)
        document.scores_changed.connect(self._on_scores_changed)
        document.hypnodensity_changed.connect(self._show_night)
        document.undo_stack.cleanChanged.connect(self._show_title)
        document.undo_stack.indexChanged.connect(self._show_history)
        self._remember_file(path)
        self._show_document()
        if former is not None:
            former.close()  # only now: until here the views may have read from it
            former.deleteLater()
        # The one that matters most comes last and is seen first.
        if opened.recording.remarks:
            self.messages.show_remark(" ".join(opened.recording.remarks))
        if opened.session_path is None:
            self.recovery.offer_session(path.with_suffix(SESSION_SUFFIX))
        if unfinished is not None:
            self.recovery.offer_unfinished(unfinished, opened.recording.path.name)
        self._autoscorer.load()

    def score_automatically(self) -> None:
        """Let the network stage the recording in the background."""
        document = self._current.opened
        derivation = self.tool_bar.derivation
        if derivation is None:
            labels = ", ".join(channel.label for channel in document.recording.channels)
            self.messages.show_error(
                tr(
                    "{file} has no channel that looks like EEG; its channels are: {labels}. If one "
                    "of them is EEG, choose it in Scoring > Derivation to stage."
                ).format(file=document.recording.path.name, labels=labels)
            )
            return
        self._autoscorer.start(document.recording, derivation, self.review_desk.gate.gain)

    def choose_derivation(self) -> None:
        """Ask for any one channel, or the difference of two, to be staged."""
        channels = self._current.opened.recording.channels
        derivation = self._dialogs.derivation(self, channels)
        if derivation is not None:
            self.tool_bar.add_derivation(derivation)

    # Qt

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: D102
        # Until all is answered: should anything fail on the way, the window and the work stay.
        event.ignore()
        if not self.files.may_close():
            return
        event.accept()
        self._store.save(self._preferences)
        self._store.save_layout(self.saveGeometry(), self.saveState())
        self.files.cancel()
        self.tasks.shutdown()
        if self.document is not None:
            self.document.close()
        self.journals.end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: D102
        if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: D102
        event.acceptProposedAction()
        self.open_file(Path(event.mimeData().urls()[0].toLocalFile()))

    # Building

    def _handlers(self) -> dict[str, Callable[..., object]]:
        return {
            "file.open": self._choose_file,
            "file.demo": self.open_demo,
            "file.save": self.files.save,
            "file.save_as": self.files.save_as,
            **{f"file.export.{row.id}": partial(self.files.export, row) for row in SCORING_FORMATS},
            "file.import": lambda: self.exchange.import_scoring(self._folder),
            "file.statistics": self.exchange.show_statistics,
            "file.report.pdf": partial(self._write_report, ".pdf"),
            "file.report.html": partial(self._write_report, ".html"),
            "file.letterhead": self._choose_letterhead,
            "file.deidentify": self.exchange.write_deidentified,
            "file.unsaved": lambda: self.recovery.show_all(),
            "file.quit": self.close,
            "scoring.auto": self.score_automatically,
            "scoring.derivation": self.choose_derivation,
            **self.history.handlers,
            **self.scoring_controls.handlers,
            "scoring.fill": lambda on: self._prefer(keeps_scored=on),
            "scoring.numpad": lambda on: self._prefer(numpad=on),
            **self.event_controls.handlers,
            **self.review_desk.handlers,
            **self.second_scorer.handlers,
            "review.second": lambda: self.second_scorer.load(self._folder),
            "review.explain": lambda on: self._prefer(explanation=on),
            "review.waves": lambda on: self._prefer(waves=on),
            "scoring.comment": lambda: self.panel.write_comment(),
            **self.viewport.handlers,
            **self.trace_controls.handlers,
            "traces.all": self._let_go,
            **self.montages.handlers,
            "traces.keep_montage": lambda: self.montages.keep(self.traces.traces_as_seen),
            **self.night_controls.handlers,
            "view.neighbours": lambda on: self._prefer(neighbours=on),
            "help.shortcuts": lambda: self._dialogs.shortcuts(self, self.bindings),
            "help.definitions": self._show_definitions,
            "help.about": lambda: self._dialogs.about(self),
        }

    def _show_definitions(self) -> None:
        text = definitions(spoken_language())
        self._dialogs.show_page(self, tr("Definitions of all numbers"), definitions_page(text))

    def _after_editing(self, handler: Callable[..., object]) -> Callable[..., None]:
        """Take what is being typed before an action: it belongs to what is scored or saved."""

        def run(*state: bool) -> None:
            if self.document is not None:
                self.panel.finish_editing()
            handler(*state)

        return run

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self.resize(1440, 900)
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
        self.recovery = Recovery(self.journals, self.messages, self._dialogs, self)
        self._stage_actions = {
            stage: self.actions_by_id[name] for name, stage in STAGE_ACTIONS.items()
        }
        self.panel = EpochPanel(self._theme, self._preferences.scorer, self._stage_actions)
        self.progress = ProgressStrip()
        self._saved_label = QLabel()
        self.queue_panel = ReviewPanel(
            self.actions_by_id["review.previous"], self.actions_by_id["review.next"]
        )
        self._docks = (
            self._dock(tr("This epoch"), "epoch_dock", self.panel),
            self._dock(tr("Review"), "review_dock", self.queue_panel),
        )
        self.tool_bar = ToolBar(self.actions_by_id)
        self.addToolBar(self.tool_bar)
        self.statusBar().addPermanentWidget(self.progress)
        self.statusBar().addPermanentWidget(
            QLabel(tr("Not a medical device: a qualified person reviews every result."))
        )
        self.statusBar().addPermanentWidget(self._saved_label)
        self.choices = Choices(self.menus, self.actions_by_id, self._prefer, self)
        self.bindings = KeyBindings(self.actions_by_id, self.scoring_controls.numpad_actions, self)
        self.trace_controls.attach(self.traces, self.menus, self.actions_by_id)
        self.event_controls.attach(self.traces)
        self.review_desk.attach(self.messages, self.traces, self.panel, self.queue_panel)
        self.night_controls.attach(self.night)
        layout_bytes = self._store.load_layout()
        # The epoch takes what it needs; the queue has the rest.
        self.resizeDocks(list(self._docks), [1, self.height()], Qt.Orientation.Vertical)
        if layout_bytes is not None:
            self.restoreGeometry(layout_bytes[0])
            self.restoreState(layout_bytes[1])

    def _dock(self, title: str, name: str, widget: QWidget) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(name)
        # Not floating: keys pressed there would no longer reach this window.
        dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetMovable)
        dock.setWidget(widget)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        return dock

    def _connect(self) -> None:
        self.viewport.moved.connect(self._show_epoch)
        self.traces.read_failed.connect(lambda error: self.messages.show_error(str(error)))
        self.night.page_turned.connect(self.viewport.move_by)
        self.night.time_chosen.connect(self.viewport.go_to_time)
        self.night.selection_extended.connect(self.viewport.extend_to_time)
        self.workspace.neighbours.epoch_chosen.connect(self.viewport.go_to)
        self.night_controls.said.connect(self._say)
        self.tool_bar.page_length_chosen.connect(lambda value: self._prefer(page_s=value))
        self.tool_bar.montage_chosen.connect(self.montages.choose)
        self.montages.chosen.connect(lambda name: self._prefer(montage=name))
        self.montages.listed.connect(lambda: self.tool_bar.offer_montages(self.montages.names))
        self.montages.shown.connect(self._on_montage_shown)
        self.montages.failed.connect(self._on_failed)
        self.montages.attach(self.actions_by_id)
        self.bindings.changed.connect(lambda own: self._prefer(own_keys=to_text(own)))
        self.night.lights_moved.connect(self.scoring_controls.set_light)
        self.second_scorer.changed.connect(self._on_second_changed)
        self.second_scorer.said.connect(self._say)
        self.second_scorer.scorer_named.connect(self._on_scorer_changed)
        self.history.said.connect(self._say)
        self.history.failed.connect(self._on_failed)
        self.second_scorer.adjudication_begun.connect(self.review_desk.begin_adjudication)
        self.scoring_controls.decided.connect(self.review_desk.review.go_on)
        self.review_desk.review.failed.connect(self._on_failed)
        self.review_desk.said.connect(self._say)
        self.review_desk.staging_wanted.connect(self.score_automatically)
        self.scoring_controls.refused.connect(self._on_refused)
        self.panel.comment_changed.connect(self.scoring_controls.comment)
        self.panel.scorer_changed.connect(self._on_scorer_changed)
        for recent in (self.workspace.welcome, self.choices):
            recent.file_chosen.connect(self.open_file)
        self.choices.theme_chosen.connect(self._show_theme)
        self.choices.language_chosen.connect(self._on_language_chosen)
        self.tasks.shown.connect(self._on_task_shown)
        self.files.closing.connect(self.panel.finish_editing)
        self.files.opened.connect(self.show_file)
        self.files.failed.connect(self._on_failed)
        self.journals.failed.connect(self._on_failed)
        self.recovery.file_wanted.connect(self.open_file)
        self.recovery.scoring_restored.connect(
            lambda scoring: self._current.opened.restore(scoring)
        )
        self.files.saved.connect(self._on_saved)
        self.files.exported.connect(self.statusBar().showMessage)
        self.exchange.failed.connect(self._on_failed)
        self.exchange.done.connect(self.statusBar().showMessage)
        self.tool_bar.derivation_chosen.connect(self._start_spectrogram)
        self._spectrograms.computed.connect(self.night.set_spectrogram)
        self._spectrograms.failed.connect(self._on_failed)
        self._autoscorer.model_loaded.connect(self.tool_bar.show_model)
        self._autoscorer.staged.connect(self._on_staged)
        self._autoscorer.failed.connect(self._on_failed)

    # Opening

    @property
    def _folder(self) -> Path:
        """Where file dialogs begin."""
        recent = self._preferences.recent_files
        return Path(recent[0]).parent if recent else home()

    def _choose_file(self) -> None:
        self.files.choose_and_open(self._folder)

    def _write_report(self, suffix: str) -> None:
        self.exchange.write_report(suffix, self._preferences.letterhead)

    def _choose_letterhead(self) -> None:
        path = self._dialogs.letterhead(self, self._preferences.letterhead)
        if path is not None:
            self._prefer(letterhead=str(path))

    def _on_task_shown(self, task: Task, text: str) -> None:
        self.messages.withdraw_errors()
        self.statusBar().clearMessage()
        self.progress.watch(task, text)

    # Working

    def _on_staged(self, staging: Staging) -> None:
        document = self._current.opened
        hypnodensity = staging.hypnodensity
        document.take_over(hypnodensity)
        n_epochs = len(hypnodensity)
        n_human = sum(score.is_human for score in document.scoring.scores)
        if n_human:
            text = tr("Scored {total} epochs; %n epoch(s) scored by hand kept.", None, n_human)
        else:
            text = tr("Scored %n epoch(s).", None, n_epochs)
        self._say(text.format(total=n_epochs))
        self.review_desk.take_staging(staging)

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
        self.messages.show_error(str(error))

    def _show_night(self) -> None:
        """Show what may be seen of the whole night."""
        scoring = None if self.document is None else self.document.scoring
        if scoring is not None:
            scoring = self.second_scorer.visible(scoring)
        self._shown_scoring = scoring
        self.night.set_scoring(scoring)
        self.workspace.overview.show_scoring(scoring)

    def _on_second_changed(self) -> None:
        others = self.second_scorer.others
        self.night.set_others(others)
        self.review_desk.review.second = others[-1][1] if others else None
        self._show_blindness()
        self._show_night()
        self._show_epoch(self.viewport.epoch)

    def _show_blindness(self) -> None:
        """Switch off what would tell what the network or the other scorer thinks."""
        is_blind = self.second_scorer.is_blind
        self.actions_by_id["review.blind"].setChecked(is_blind)
        self.review_desk.set_blind(is_blind)
        if is_blind:
            self._autoscorer.cancel()  # what it finds must not get into a blind scoring
        self.workspace.show_blindness(is_blind=is_blind)
        self._docks[-1].setVisible(self.document is not None and not is_blind)
        for action_id in _TELLING_ACTIONS:
            self.actions_by_id[action_id].setEnabled(self.document is not None and not is_blind)

    def _let_go(self) -> None:
        """Let the keys act on no event and no trace in particular."""
        self.event_controls.choose(None)
        self.traces.select_trace(None)

    def _say(self, text: str) -> None:
        self.statusBar().showMessage(text, _NOTICE_MS)

    def _on_montage_shown(self, name: str, fitted: FittedMontage) -> None:
        self.traces.set_traces(fitted.traces)
        self.tool_bar.show_montage(name)
        if fitted.missing:
            text = tr("This recording does not have: {names}")
            self._say(text.format(names=", ".join(fitted.missing)))

    def _on_refused(self, error: SleepScorerError) -> None:
        self.messages.show_error(str(error))
        self._show_night()  # what was dragged goes back

    def _on_scores_changed(self) -> None:
        self._show_night()
        self.event_controls.show_scoring()
        self.review_desk.show_scoring()
        self._show_epoch(self.viewport.epoch)

    def _on_saved(self, path: Path) -> None:
        self._remember_file(path)
        self._show_title()
        self.statusBar().showMessage(tr("Saved {path}.").format(path=path), _NOTICE_MS)

    def _start_spectrogram(self) -> None:
        derivation = self.tool_bar.derivation
        recording = None if self.document is None else self.document.recording
        trace = None
        if recording is not None and derivation is not None:
            self._spectrograms.start(recording, derivation)
            self.review_desk.look_at(recording, derivation)
            trace = trace_of(derivation, recording.channel(derivation.anode))
        else:
            self._spectrograms.cancel()
        self.workspace.neighbours.set_source(recording, trace)

    # Preferences

    def _prefer(self, **changes: Any) -> None:
        self._preferences = replace(self._preferences, **changes)
        self._store.save(self._preferences)
        self._show_preferences()

    def _remember_file(self, path: Path) -> None:
        self._preferences = self._preferences.with_recent_file(path)
        self._store.save(self._preferences)
        self._show_recent_files()

    def _on_language_chosen(self) -> None:
        self.messages.show_remark(tr("The language changes when the program is started again."))

    def _on_scorer_changed(self, name: str) -> None:
        if name and name != MODEL_SOURCE:
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
        self.scoring_controls.advance = advance_mode(preferences.advance)
        self.scoring_controls.keeps_scored = preferences.keeps_scored
        self.scoring_controls.numpad_goes_on = preferences.numpad
        profile = key_profile(preferences.keys)
        self.bindings.apply(profile, from_text(preferences.own_keys), numpad=preferences.numpad)
        self.trace_controls.show_preferences(preferences)
        self.tool_bar.show_page_length(self.viewport.page_length_s)
        self.actions_by_id["scoring.fill"].setChecked(preferences.keeps_scored)
        self.actions_by_id["scoring.numpad"].setChecked(preferences.numpad)
        self.actions_by_id["review.waves"].setChecked(preferences.waves)
        self.actions_by_id["review.explain"].setChecked(preferences.explanation)
        self.review_desk.show_preferences(
            waves=preferences.waves, explanation=preferences.explanation
        )
        self.actions_by_id["view.neighbours"].setChecked(preferences.neighbours)
        self.workspace.neighbours.setVisible(preferences.neighbours)
        self.choices.show_preferences(preferences)

    def _show_recent_files(self) -> None:
        names = self._preferences.recent_files
        self.workspace.welcome.show_recent(names)
        self.choices.show_recent_files(names)

    def _show_theme(self) -> None:
        self._theme = theme_of(self._preferences.theme)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.setPalette(self._theme.palette())
        for view in (self.tool_bar, self.workspace, self.panel):
            view.set_theme(self._theme)
        if self.document is not None:
            self._show_epoch(self.viewport.epoch)

    def _show_document(self) -> None:
        document = self.document
        recording = None if document is None else document.recording
        self.workspace.show_recording(
            is_open=recording is not None,
            is_simulated=recording is not None and is_simulated(recording.path),
        )
        for dock in self._docks:
            dock.setVisible(document is not None)
        for spec in ACTIONS:
            if spec.needs_document:
                self.actions_by_id[spec.id].setEnabled(document is not None)
        self._show_blindness()
        self.viewport.restart(1 if recording is None else recording.n_epochs)
        self._offer_derivations()
        self.traces.set_recording(recording)
        if recording is not None:
            self.montages.fit_to(recording.channels, self._preferences.montage)
        self.night.set_recording(recording)
        self.night.set_others(self.second_scorer.others)
        self._show_night()
        self._show_preferences()
        self._show_theme()
        self._show_title()
        self._show_history()
        self._show_epoch(0)
        self._start_spectrogram()

    def _offer_derivations(self) -> None:
        document = self.document
        if document is None:
            self.tool_bar.offer_derivations(())
            return
        hypnodensity = document.scoring.hypnodensity
        staged = "" if hypnodensity is None else hypnodensity.derivation
        self.tool_bar.offer_derivations(document.derivations, staged)

    def _show_epoch(self, epoch: int) -> None:
        document = self.document
        if document is None:
            return
        self.traces.show_page(*self.viewport.page_s)
        selection = self.viewport.selection
        scoring = self._shown_scoring or document.scoring
        self.traces.show_scoring(scoring, epoch, selection)
        self.event_controls.show_page()
        self.review_desk.show_epoch()
        self.workspace.neighbours.show_epoch(scoring, epoch)
        self.night.set_epoch(epoch, selection)
        clock = document.recording.clock_time(epoch * EPOCH_S)
        since_start = tr("{minutes} min from the start").format(minutes=f"{epoch * EPOCH_S / 60:g}")
        text = f"{clock:%H:%M:%S}" if clock else since_start
        self.panel.show_epoch(scoring, epoch, text, len(selection), self.second_scorer.others)

    def _show_title(self) -> None:
        if self.document is None:
            self.setWindowTitle("SleepScorer")
            return
        self.setWindowTitle(f"{self.document.recording.path.name}[*] – SleepScorer")
        self.setWindowModified(self.document.has_unsaved_changes)
        self._saved_label.setText(
            tr("Unsaved changes") if self.document.has_unsaved_changes else tr("No unsaved changes")
        )

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
