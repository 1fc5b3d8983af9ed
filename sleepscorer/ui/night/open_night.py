"""Everything that lives as long as one recording is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.montage import trace_of
from sleepscorer.domain.naps import NapTest
from sleepscorer.domain.stages import Stage
from sleepscorer.io.scoring_formats import SCORING_FORMATS
from sleepscorer.ui.base.language import number, tr
from sleepscorer.ui.base.memory import collect_frozen
from sleepscorer.ui.night.autoscorer import Autoscorer
from sleepscorer.ui.night.chance_controls import ChanceControls
from sleepscorer.ui.night.desk import Desk
from sleepscorer.ui.night.document import Document
from sleepscorer.ui.night.event_controls import EventControls
from sleepscorer.ui.night.event_desk import EventDesk
from sleepscorer.ui.night.event_proposals import EventProposals
from sleepscorer.ui.night.exchange import Exchange
from sleepscorer.ui.night.history import History
from sleepscorer.ui.night.lifetime import Lifetime
from sleepscorer.ui.night.oximeter import Oximeter
from sleepscorer.ui.night.recording_info import (
    annotations_text,
    channels_tip,
    identity_line,
    information_page,
)
from sleepscorer.ui.night.review_desk import ReviewDesk
from sleepscorer.ui.night.scoring_controls import ScoringControls
from sleepscorer.ui.night.second_scorer import SecondScorer
from sleepscorer.ui.night.sight import Sight
from sleepscorer.ui.night.spectrograms import Spectrograms
from sleepscorer.ui.night.video import Video
from sleepscorer.ui.night.vote_texts import about_missing, about_votes
from sleepscorer.ui.views.message_bar import Choice, Message, MessageKind

if TYPE_CHECKING:
    from sleepscorer.autoscoring import Staging


class OpenNight(QObject):
    """One open recording with its scoring, what acts on them and what is worked out of them.

    It is built whole and closed whole: its tasks are cancelled, what it listens to is let go, and
    the file is closed once the last of its work has stopped.

    Parameters
    ----------
    document
        What was opened; it is taken over.
    desk
        Where it is shown.
    folder
        Gives the folder in which file dialogs begin.

    Attributes
    ----------
    sight_changed
        Emitted when something else may be seen than before.
    scorer_named
        Emitted with the name of whoever scores now.
    program_named
        Emitted with what another program was asked for a second opinion with.
    document, sight, video
        The recording with its scoring, and what of it may be seen.
    autoscorer, exchange, scoring, events, event_desk, oximeter, proposals, chances, history,
    second_scorer, review_desk
        What acts on it.
    """

    sight_changed = Signal()
    scorer_named = Signal(str)
    program_named = Signal(str)

    def __init__(self, document: Document, desk: Desk, folder: Callable[[], Path]) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._folder = folder
        self._life = life = Lifetime(desk.tasks)
        document.setParent(self)
        self.document = document
        self.sight = Sight(document)
        self.autoscorer = Autoscorer(document.recording, desk.network, life, self)
        self.exchange = Exchange(document, self.sight, life, desk)
        self.scoring = ScoringControls(document, self.sight, desk)
        self.events = EventControls(document, self.sight, life, desk)
        self.event_desk = EventDesk(document, self.sight, self.events, life, desk)
        self.oximeter = Oximeter(document, self.sight, life, desk)
        self.proposals = EventProposals(
            document, self.sight, self.events, self.event_desk, self.oximeter, life, desk
        )
        self.chances = ChanceControls(self.sight, self.events, life, desk)
        self.history = History(document, life, desk)
        self.second_scorer = SecondScorer(document, self.sight, self.exchange, life, desk)
        self.review_desk = ReviewDesk(document, self.sight, self.autoscorer, life, desk)
        self.video = Video(document.recording, self.sight, life, desk)
        self._spectrograms = Spectrograms(document.recording, life, self)
        self._about_votes: Message | None = None
        self._has_chosen = False
        self._n_steps = 0
        self._sign_off = document.scoring.sign_off
        self._connect()

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action on an open recording does, by its id."""
        exchange = self.exchange
        return {
            **{f"file.export.{row.id}": partial(exchange.export, row) for row in SCORING_FORMATS},
            "file.import": lambda: exchange.import_scoring(self._folder()),
            "file.statistics": exchange.show_statistics,
            "file.report.pdf": partial(exchange.write_report, ".pdf"),
            "file.report.html": partial(exchange.write_report, ".html"),
            "file.report.docx": partial(exchange.write_report, ".docx"),
            **{f"file.naps.{test.value}": partial(exchange.write_naps, test) for test in NapTest},
            "file.deidentify": exchange.write_deidentified,
            "file.information": self._show_information,
            "edit.delete": self._delete,
            "scoring.auto": self.score_automatically,
            "scoring.prediction": self.choose_prediction,
            "scoring.derivation": self.choose_derivation,
            "scoring.comment": self._desk.panel.write_comment,
            **self.history.handlers,
            **self.scoring.handlers,
            **self.events.handlers,
            **self.event_desk.handlers,
            **self.proposals.handlers,
            **self.chances.handlers,
            **self.review_desk.handlers,
            **self.second_scorer.handlers,
            **self.video.handlers,
            "review.second": lambda: self.second_scorer.load(self._folder()),
            "traces.all": self._let_go,
            "view.go_to": self._go_to,
        }

    def show(self) -> None:
        """Show what is known of the recording."""
        desk, recording = self._desk, self.document.recording
        hypnodensity, votes = self.document.scoring.hypnodensity, self.document.scoring.votes
        staged = "" if hypnodensity is None else hypnodensity.derivation
        if votes:
            staged = votes[0].derivation
        desk.tool_bar.offer_derivations(self.document.derivations, staged or self._preferred)
        desk.workspace.night.set_recording(recording)
        desk.workspace.votes.set_recording(recording)
        desk.workspace.chances.set_recording(recording)
        desk.workspace.traces.set_oximeter(self.oximeter.filled)
        desk.events.set_oximeter(self.oximeter.filled)
        desk.panel.set_staging(False)
        self._show_sight()
        self.video.find()
        self._look_at_derivation()

    def close(self, *, has_stopped: bool = False) -> None:
        """Stop all work, then release the recording; what was not saved is given up.

        Parameters
        ----------
        has_stopped
            Whether no work runs any more, so that the recording is released at once.
        """
        self.document.finish()
        self._life.end(self._release, has_stopped=has_stopped)

    def show_preferences(self) -> None:
        """Show everything as is preferred now."""
        self._show_identity()
        self._note_rule()
        self.oximeter.look()
        self.proposals.show_preferences()
        self.video.show_sight()
        self.review_desk.show_preferences()

    def score_automatically(self) -> None:
        """Let the network stage the recording in the background."""
        derivation = self._desk.tool_bar.derivation
        recording = self.document.recording
        if derivation is None:
            labels = ", ".join(channel.label for channel in recording.channels)
            self._desk.workspace.messages.show_error(
                tr(
                    "{file} has no channel that looks like EEG; its channels are: {labels}. If one "
                    "of them is EEG, choose it in Scoring > Derivation to stage."
                ).format(file=recording.path.name, labels=labels)
            )
            return
        voters = self._desk.preferences().voters
        self.autoscorer.start(derivation, self.review_desk.gate.gain, voters)

    def choose_prediction(self) -> None:
        """Ask which version's stages are shown, and show them."""
        desk, document = self._desk, self.document
        predictions = document.predictions
        if len(predictions) < 2:
            desk.say(
                tr("There are no stages of another version: import them, or use it and press F9.")
            )
            return
        text = tr("{model} on {derivation}")
        names = [
            f"{number}. " + text.format(model=one.model, derivation=one.derivation)
            for number, one in enumerate(predictions, 1)
        ]
        chosen = desk.dialogs.prediction(desk.window, names)
        if chosen is not None:
            document.take_over(predictions[chosen].hypnodensity())

    def offer_own_scoring(self) -> None:
        """Offer what the file itself holds beside its signals, once it has been read."""
        recording = self.document.recording
        self._life.submit(
            lambda _report: recording.read_annotations(),
            on_success=self._offer_annotations,
            on_failure=self._desk.fail,
        )

    def choose_derivation(self) -> None:
        """Ask for any one channel, or the difference of two, to be staged."""
        desk = self._desk
        derivation = desk.dialogs.derivation(desk.window, self.document.recording.channels)
        if derivation is not None:
            desk.tool_bar.add_derivation(derivation)

    def show_epoch(self) -> None:
        """Show the page and what is known of the current epoch."""
        desk, scoring = self._desk, self.sight.scoring
        epoch, selection = desk.viewport.epoch, desk.viewport.selection
        traces = desk.workspace.traces
        traces.show_page(*desk.viewport.page_s)
        traces.show_scoring(scoring, epoch, selection)
        self.events.show_page()
        self.event_desk.show_page()
        self.video.show_page()
        self.review_desk.show_epoch()
        desk.workspace.neighbours.show_epoch(scoring, epoch)
        desk.workspace.night.set_epoch(epoch, selection)
        desk.workspace.votes.set_epoch(epoch)
        desk.workspace.chances.set_epoch(epoch)
        clock = self.document.recording.clock_time(epoch * EPOCH_S)
        since_start = tr("{minutes} min from the start").format(
            minutes=number(epoch * EPOCH_S / 60, "g")
        )
        text = f"{clock:%H:%M:%S}" if clock else since_start
        desk.panel.show_epoch(scoring, epoch, text, len(selection), self.sight.others)

    def _offer_annotations(self, annotations: Sequence[Annotation]) -> None:
        if not annotations or self.document.undo_stack.count():
            return
        text = annotations_text(self.document.recording, annotations)
        take = partial(self.exchange.take_own, annotations)
        offer = Choice(tr("Take over…"), take)
        self._desk.workspace.messages.show_message(Message(text, MessageKind.REMARK, offer))

    def _show_information(self) -> None:
        """Show everything that the file says of patient, channels and the night."""
        desk, recording = self._desk, self.document.recording

        def show(annotations: Sequence[Annotation]) -> None:
            page = information_page(recording, annotations)
            desk.dialogs.show_page(desk.window, tr("About this recording"), page)

        self._life.submit(
            lambda _report: recording.read_annotations(),
            on_success=show,
            on_failure=desk.fail,
            shown_as=tr("Reading {file}").format(file=recording.path.name),
            is_for_files=True,
        )

    def _note_rule(self) -> None:
        """Let files of this night say by which rule its hypopneas count."""
        self.document.rule = self._desk.preferences().laboratory.rule.name

    def _show_identity(self) -> None:
        """Say whose night it is, unless who scores is not to know or nobody beside is to see it."""
        recording, text, tip = self.document.recording, "", ""
        if not self.sight.is_blind and not self._desk.preferences().hides_identity:
            text, tip = identity_line(recording), channels_tip(recording)
        self._desk.workspace.show_identity(text, tip)

    def _connect(self) -> None:
        life, desk, document = self._life, self._desk, self.document
        views = desk.workspace
        life.connect(desk.viewport.moved, self.show_epoch)
        life.connect(desk.tool_bar.derivation_chosen, self._on_derivation_chosen)
        life.connect(desk.network.loaded, self._prefer_derivation)
        life.connect(desk.panel.comment_changed, self._comment)
        life.connect(views.night.lights_moved, self._move_light)
        document.scores_changed.connect(self._on_scores_changed)
        document.undo_stack.indexChanged.connect(self._say_step)
        document.hypnodensity_changed.connect(self._show_night)
        self.sight.changed.connect(self._show_sight)
        self.scoring.decided.connect(self.review_desk.review.follow)
        self.scoring.refused.connect(desk.fail)
        self.second_scorer.scorer_named.connect(self.scorer_named)
        self.second_scorer.program_named.connect(self.program_named)
        self.second_scorer.opinion_given.connect(self.review_desk.begin_comparison)
        self.second_scorer.adjudication_begun.connect(self.review_desk.begin_adjudication)
        self.review_desk.staging_wanted.connect(self.score_automatically)
        self.autoscorer.staged.connect(self._on_staged)
        self.autoscorer.failed.connect(desk.fail)
        for view in (views.night, desk.panel):
            self.autoscorer.running_changed.connect(view.set_staging)
        self._spectrograms.begun.connect(views.night.announce_spectrogram)
        self._spectrograms.computed.connect(views.night.set_spectrogram)
        self._spectrograms.failed.connect(desk.fail)

    def _release(self) -> None:
        self.document.recording.close()
        self.destroyed.connect(_collect_soon)
        self.deleteLater()

    def _show_night(self) -> None:
        """Show what may be seen of the whole night."""
        views, scoring = self._desk.workspace, self.sight.scoring
        self._desk.panel.show_counts(scoring)
        views.night.set_scoring(scoring)
        views.overview.show_scoring(scoring)
        views.votes.show_scoring(scoring)
        views.chances.show_scoring(scoring)

    def _show_sight(self) -> None:
        """Show what may be seen now."""
        is_blind = self.sight.is_blind
        if is_blind:
            self.autoscorer.cancel()  # what it finds must not get into a blind scoring
            self.review_desk.gate.take_back_stages()
            self._desk.say("")  # nor what was said last, of a suggestion or another scorer
        self._desk.workspace.show_blindness(is_blind=is_blind)
        self._desk.panel.set_blind(is_blind)
        self._show_identity()
        self._desk.workspace.night.set_others(self.sight.others)
        self.events.show_scoring()
        self.event_desk.show_scoring()
        self.review_desk.show_sight()
        self._show_night()
        self.show_epoch()
        self.sight_changed.emit()

    @property
    def _preferred(self) -> str:
        """Name of the derivation that the network in use was made for; empty as long as none is."""
        preferred = self._desk.network.preferred(self.document.recording)
        return "" if preferred is None else preferred.name

    def _prefer_derivation(self) -> None:
        """Choose what the network was made for, unless somebody chose or the night is staged."""
        bar, preferred = self._desk.tool_bar, self._preferred
        is_free = not self._has_chosen and self.document.scoring.hypnodensity is None
        if is_free and bar.derivation is not None and preferred not in ("", bar.derivation.name):
            bar.offer_derivations(self.document.derivations, preferred)
            self._look_at_derivation()

    def _on_derivation_chosen(self) -> None:
        self._has_chosen = True
        self._look_at_derivation()

    def _look_at_derivation(self) -> None:
        """Work out what is shown of the derivation that is to be staged."""
        recording, derivation = self.document.recording, self._desk.tool_bar.derivation
        trace = None
        if derivation is not None:
            self._spectrograms.start(derivation)
            self.review_desk.look_at(derivation)
            trace = trace_of(derivation, recording.channel(derivation.anode))
        else:
            self._spectrograms.cancel()
        self._desk.workspace.neighbours.set_source(recording, trace)

    def _comment(self, epoch: int, text: str) -> None:
        self.scoring.comment(epoch, text)
        self.show_epoch()  # where nobody answers for it, the field is as it was

    def _move_light(self, index: int, time_s: float) -> None:
        self.scoring.move_light(index, time_s)
        self._show_night()  # where it may not be there, it goes back

    def _delete(self) -> None:
        """Take away what is chosen: events before the stages of the selected epochs."""
        if not self.event_desk.remove():
            self.scoring.score(Stage.UNSCORED)

    def _go_to(self) -> None:
        """Ask where to go, and go there."""
        desk = self._desk
        time_s = desk.dialogs.go_to(desk.window, self.document.recording, desk.viewport.epoch)
        if time_s is not None:
            desk.viewport.go_to_time(time_s)

    def _let_go(self) -> None:
        """Let the keys act on no event and no trace in particular."""
        self.events.choose(None)
        self._desk.workspace.traces.select_trace(None)

    def _on_scores_changed(self) -> None:
        self._show_night()
        self.events.show_scoring()
        self.event_desk.show_scoring()
        self.oximeter.look()
        self.proposals.show_scoring()
        self.review_desk.show_scoring()
        self.show_epoch()

    def _say_step(self, n_steps: int) -> None:
        """Say what was done, or undone, and what became of the sign-off."""
        stack, was = self.document.undo_stack, self._n_steps
        self._n_steps = n_steps
        sentences = []
        if n_steps > was:
            sentences.append(tr("Done: {step}").format(step=stack.text(n_steps - 1)))
        elif n_steps < stack.count():
            sentences.append(tr("Undone: {step}").format(step=stack.text(n_steps)))
        sign_off, before = self.document.scoring.sign_off, self._sign_off
        self._sign_off = sign_off
        if sign_off is not None and sign_off != before:
            sentences.append(tr("The night is signed off by {name}.").format(name=sign_off.by))
        elif sign_off != before:
            sentences.append(tr("The night is not signed off any more."))
        if sentences:
            self._desk.say(" · ".join(sentences))

    def _on_staged(self, staging: Staging) -> None:
        document, hypnodensity = self.document, staging.hypnodensity
        document.take_over(hypnodensity, staging.votes, staging.beside)
        kept = [score for score in document.scoring.scores if not score.is_open]
        text, count = tr("Scored %n epoch(s).", None, len(hypnodensity)), len(kept)
        if count:
            text = tr("Scored {total} epochs; %n epoch(s) scored by hand kept.", None, count)
        if not all(score.is_human for score in kept):
            text = tr(
                "Scored {total} epochs; %n epoch(s) scored by hand or imported kept.", None, count
            )
        self._desk.say(text.format(total=len(hypnodensity)))
        told = (
            about_votes(staging, document.recording),
            about_missing(staging),
            tr(staging.fallback) if staging.fallback else "",
        )
        self._tell_about_votes(" ".join(filter(None, told)))
        self.review_desk.take_staging(staging)

    def _tell_about_votes(self, text: str) -> None:
        messages = self._desk.workspace.messages
        if self._about_votes is not None:
            messages.withdraw(self._about_votes)
        self._about_votes = Message(text, MessageKind.REMARK) if text else None
        if self._about_votes is not None:
            messages.show_message(self._about_votes)


def _collect_soon() -> None:
    """Collect what only holds itself of a night, once Qt has let go of all of it."""
    QTimer.singleShot(0, collect_frozen)
