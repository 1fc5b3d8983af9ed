"""Scorings of others in; statistics, reports and nameless copies out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from sleepscorer.converting import opened_session
from sleepscorer.domain.alignment import (
    Alignment,
    StoredScoring,
    align,
    imported_events,
    imported_into,
)
from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.errors import ScoringError, SleepScorerError
from sleepscorer.domain.event_index import EventIndex
from sleepscorer.domain.naps import NapTest
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.scored_recording import RecordingIdentity
from sleepscorer.domain.scoring import Lights, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.texts import file_name, storable
from sleepscorer.events.summary import read_statistics
from sleepscorer.file_questions import at_once, is_missing, is_same
from sleepscorer.io.annotation_scoring import scoring_of_annotations
from sleepscorer.io.atomic import write_text
from sleepscorer.io.deidentified import Deidentified, write_deidentified
from sleepscorer.io.edf_identity import patient_of
from sleepscorer.io.questions import Option, QuestionError, answered, first_reading
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import ScoringFormat, read_scoring
from sleepscorer.models.store import ModelStore
from sleepscorer.report.content import Letterhead, make_report, read_letterhead
from sleepscorer.report.naps_page import TITLES, nap_report, naps_sheet
from sleepscorer.report.page import report_sheet, statistics_page
from sleepscorer.report.sheet import Sheet, sheet_html
from sleepscorer.ui.base.language import tr, wording
from sleepscorer.ui.base.tasks import Progress
from sleepscorer.ui.dialogs.dialogs import GivenUpError
from sleepscorer.ui.night.desk import Desk
from sleepscorer.ui.night.document import Document
from sleepscorer.ui.night.lifetime import Lifetime
from sleepscorer.ui.night.report_pdf import drawn_pdf
from sleepscorer.ui.night.report_word import drawn_docx
from sleepscorer.ui.night.sight import Sight
from sleepscorer.ui.views.message_bar import Choice, Message, MessageKind

Result = TypeVar("Result")
Reading = Callable[[], StoredScoring]
"""Gives what was read, or raises the question that it leaves open."""

Writing = Callable[[Path], None]
"""Writes what was drawn on the window's thread; it may be called on any."""

_DRAWN: dict[str, Callable[[Sheet], Writing]] = {
    ".pdf": drawn_pdf,
    ".html": lambda sheet: partial(write_text, text=sheet_html(sheet)),
    ".docx": drawn_docx,
}

_MOST_EVENTS_AT_ONCE = 10_000
"""More of them take so long to write that the window must not wait for it."""


class _NotAnsweredError(Exception):
    """A question was left without an answer."""


@dataclass(frozen=True, slots=True)
class _Offer:
    """A scoring that may be imported, and what it would take the place of.

    Attributes
    ----------
    aligned
        It, on the epochs of the recording that is open.
    n_by_hand, n_events
        Number of epochs scored by hand, and of events, that it replaces.
    replaces_lights
        Whether the lights are others then.
    """

    aligned: Alignment
    n_by_hand: int
    n_events: int
    replaces_lights: bool


class Exchange:
    """What the File menu does with files other than recordings and sessions."""

    def __init__(self, document: Document, sight: Sight, life: Lifetime, desk: Desk) -> None:
        self._document = document
        self._sight = sight
        self._life = life
        self._desk = desk
        self._dialogs = desk.dialogs
        self._window = desk.window

    def export(self, scoring_format: ScoringFormat) -> None:
        """Ask where to export the scoring and write it there."""
        document = self._document
        proposal = document.beside(scoring_format.file_name(document.recording.path.name))
        path = self._dialogs.file_to_write(self._window, proposal, tr(scoring_format.name))
        if path is None or not self._may_replace(scoring_format.side_files(path)):
            return
        scoring = self._sight.scoring
        hidden: tuple[Phrase, ...] = ()
        if scoring is not document.scoring:
            hidden = (
                Phrase("What the model gave is hidden while you score blind; it stays here."),
            )
        if len(scoring.events) <= _MOST_EVENTS_AT_ONCE:
            losses = (*scoring_format.losses(scoring), *hidden)
            self._export_to(path, scoring_format, scoring, losses)
            return
        held = scoring.copy()
        self._start(
            self._desk.writing(path),
            lambda _report: (*scoring_format.losses(held), *hidden),
            lambda losses: self._export_to(path, scoring_format, held, losses),
        )

    def _export_to(
        self, path: Path, scoring_format: ScoringFormat, scoring: Scoring, losses: Sequence[Phrase]
    ) -> None:
        """Write a scoring once what the format does not hold of it was seen."""
        document, name = self._document, tr(scoring_format.name)
        if losses and not self._dialogs.accepts_losses(self._window, name, losses):
            return
        n_unscored = sum(stage is Stage.UNSCORED for stage in scoring.stages)

        def sentence() -> str:
            if not n_unscored:
                return self._desk.exported(path)
            if not self._desk.names_files():
                return tr("Exported; %n epoch(s) of it unscored.", None, n_unscored)
            text = tr("Exported {path}; %n epoch(s) of it unscored.", None, n_unscored)
            return text.format(path=path)

        write = document.prepared_export(path, scoring_format, scoring)
        text = self._desk.writing(path)
        if scoring_format.copies_recording or len(scoring.events) > _MOST_EVENTS_AT_ONCE:
            self._write_in_background(text, write, lambda _: sentence())
            return
        try:
            self._dialogs.wait_for(self._window, text, partial(write, lambda _: None))
        except GivenUpError:
            self._desk.fail(
                ScoringError(
                    "{file} was not written: its folder did not answer until that was given up. "
                    "Choose another folder.",
                    file=path.name,
                )
            )
        except SleepScorerError as error:
            self._desk.fail(error)
        else:
            self._desk.done(sentence())

    def _may_replace(self, side_files: Sequence[Path]) -> bool:
        """Ask about files that are written beside the one that was asked about."""
        return all(
            at_once(partial(is_missing, path), otherwise=False)
            or self._dialogs.may_replace(self._window, path)
            for path in side_files
        )

    def _write_in_background(
        self,
        text: str,
        write: Callable[[Progress], Result],
        sentence: Callable[[Result], str],
        on_success: Callable[[Result], None] = lambda _: None,
        opens: Path | None = None,
    ) -> None:
        """Write behind the window, and say what was written.

        Parameters
        ----------
        text
            What is under way, in a few words.
        write
            Writes and returns what there is to say of it.
        sentence
            Says that it is written, also where it was cancelled too late.
        on_success
            Called besides where it was not cancelled.
        opens
            What is offered to be looked at then.
        """
        written: list[Result] = []

        def work(report: Progress) -> Result:
            written.append(write(report))
            return written[0]

        def tell() -> None:
            for one in written:
                if opens is None:
                    self._desk.done(sentence(one))
                else:
                    offer = Choice(tr("Open"), partial(self._look_at, opens))
                    self._desk.offer(Message(sentence(one), MessageKind.REMARK, offer))

        self._life.submit(
            work,
            on_success=on_success,
            on_failure=self._desk.fail,
            on_finish=tell,
            shown_as=text,
            is_for_files=True,
        )

    def import_scoring(self, folder: Path) -> None:
        """Ask for a scoring and take it over once the technician has seen what does not fit."""
        path = self._dialogs.scoring_to_import(self._window, folder)
        if path is not None:
            self.import_file(path)

    def import_file(self, path: Path) -> None:
        """Take over the scoring of a file once the technician has seen what does not fit."""
        identity = RecordingIdentity.of(self._document.recording)
        self._start(
            self._desk.reading(path),
            lambda _report: _reading(path, identity),
            lambda found: self._on_read(path, found),
            is_for_files=True,
        )

    def take_own(self, annotations: Sequence[Annotation]) -> None:
        """Take over what the recording's own annotations say, once what changes was seen."""
        recording = self._document.recording

        def read() -> StoredScoring:
            return scoring_of_annotations(
                recording.path,
                annotations,
                start=recording.start,
                duration_s=recording.duration_s,
            )

        self._on_read(recording.path, read)

    def read_second(self, folder: Path, take: Callable[[Scoring, str], None]) -> None:
        """Ask for the scoring of another scorer, and hand it and its name over."""
        document = self._document
        path = self._dialogs.scoring_to_import(self._window, folder)
        if path is None:
            return
        identity = RecordingIdentity.of(document.recording)

        def on_read(found: Reading) -> None:
            stored = self._settled(path, found)
            if stored is None:
                return
            # Whose it is only the file can say here: its own name is nobody's.
            self._start(
                self._desk.reading(path),
                lambda _report: _aligned(document, path, stored, stored.scorer),
                lambda aligned: on_placed(aligned, stored.scorer or path.stem),
            )

        def on_placed(aligned: Alignment, scorer: str) -> None:
            if aligned.mismatches:
                heading = tr("{file} does not fit completely:").format(file=path.name)
                if not self._dialogs.accepts_second(self._window, heading, aligned.mismatches):
                    return
            take(aligned.scoring, scorer)

        self._start(
            self._desk.reading(path),
            lambda _report: _reading(path, identity),
            on_read,
            is_for_files=True,
        )

    def show_statistics(self) -> None:
        """Show the sleep statistics of the scoring as it is now."""
        recording, scoring = self._document.recording, self._sight.scoring.copy()
        laboratory, words = self._desk.preferences().laboratory, wording()

        def work(_report: Progress) -> str:
            return statistics_page(read_statistics(recording, scoring, laboratory), words)

        def on_made(page: str) -> None:
            self._dialogs.show_page(self._window, tr("Sleep statistics"), page)

        self._start(tr("Reading SpO₂, pulse and position"), work, on_made)

    def write_report(self, suffix: str) -> None:
        """Ask where to write the report and write it.

        Parameters
        ----------
        suffix
            ``".pdf"``, ``".html"`` or ``".docx"``.
        """
        document = self._document
        recording = document.recording
        proposal = document.beside(file_name(recording.path.stem, f"-report{suffix}"))
        path = self._dialogs.file_to_write(self._window, proposal, tr("Sleep report"))
        if path is None:
            return
        preferences, head = self._desk.preferences(), self._letterhead()
        if head is None:
            return
        scoring, words = self._sight.scoring.copy(), wording()

        def work(report: Progress) -> Sheet:
            made = make_report(
                recording,
                scoring,
                letterhead=head,
                laboratory=preferences.laboratory,
                wording=words,
                calibration=ModelStore().calibration_of(scoring.hypnodensity),
                progress=report,
            )
            return report_sheet(made)

        self._write_sheet(path, suffix, work)

    def write_naps(self, test: NapTest) -> None:
        """Ask for the sessions of all naps, and where to write their sheet, and write it.

        Of the session that is open, what is scored now counts, saved or not.
        """
        document = self._document
        folder = document.beside(document.recording.path.name).parent
        sessions = self._dialogs.sessions_of_naps(self._window, folder)
        head = self._letterhead() if sessions else None
        if head is None:
            return
        proposal = document.beside(file_name(sessions[0].stem, f"-{test.value}.pdf"))
        path = self._dialogs.file_to_write(self._window, proposal, tr(TITLES[test]))
        if path is None:
            return
        scoring, words = self._sight.scoring.copy(), wording()

        def work(report: Progress) -> Sheet:
            nights, patients = [], []
            for place, session in enumerate(sessions):
                report(place / len(sessions))
                night = opened_session(session)
                assert night.path is not None
                with closing(open_recording(night.path)) as recording:
                    patients.append(patient_of(recording))
                if document.session_path is not None and is_same(session, document.session_path):
                    night = replace(night, scoring=scoring)
                nights.append(night)
            return naps_sheet(nap_report(nights, patients, test, letterhead=head, wording=words))

        self._write_sheet(path, ".pdf", work)

    def _write_sheet(self, path: Path, suffix: str, make: Callable[[Progress], Sheet]) -> None:
        """Make pages behind the window, draw them on the window's thread, write them behind it."""
        text = tr("Making the report")

        def sentence() -> str:
            if not self._desk.names_files():
                return tr("Wrote the report.")
            return tr("Wrote the report {path}.").format(path=path)

        def on_made(sheet: Sheet) -> None:
            try:
                write = _DRAWN[suffix](sheet)
            except ScoringError as error:
                self._desk.fail(error)
                return
            self._write_in_background(
                text, lambda _report: write(path), lambda _: sentence(), opens=path
            )

        self._start(text, make, on_made)

    def _look_at(self, path: Path) -> None:
        if self._dialogs.open_elsewhere(path):
            return
        if self._desk.names_files():
            problem = ScoringError(
                "{path} can't be opened: this computer has no program for it, or it is gone.",
                path=path,
            )
        else:
            problem = ScoringError("This computer has no program that opens it, or it is gone.")
        self._desk.fail(problem)

    def _letterhead(self) -> Letterhead | None:
        """Read the letterhead; None where it can't be read, which is said."""
        letterhead = self._desk.preferences().letterhead
        try:
            return read_letterhead(Path(letterhead) if letterhead else None)
        except SleepScorerError as error:
            self._desk.fail(error)
            return None

    def write_deidentified(self) -> None:
        """Ask how, and copy recording and scoring without what names anybody."""
        document, recording = self._document, self._document.recording
        path = recording.path
        choice = self._dialogs.deidentified_copy(self._window, document.beside(path.name).parent)
        if choice is None:
            return
        scoring = document.scoring.copy()

        def on_written(written: Deidentified) -> None:
            files = {"recording": written.recording.name}
            heading = tr("Removed from {recording}:")
            if written.session is not None:
                files["session"] = written.session.name
                heading = tr("Removed from {recording} and {session}:")
            self._dialogs.tell(
                self._window, tr("De-identified copy"), heading.format(**files), written.removed
            )

        def sentence(written: Deidentified) -> str:
            if not self._desk.names_files():
                return tr("Wrote the copy.")
            return tr("Wrote {path}.").format(path=written.recording)

        text = tr("Copying the recording")
        if self._desk.names_files():
            text = tr("Copying {file}").format(file=path.name)
        self._write_in_background(
            text,
            lambda report: write_deidentified(
                recording,
                choice.folder,
                choice.name,
                times=choice.times,
                scoring=scoring,
                progress=report,
            ),
            sentence,
            on_written,
        )

    def _on_read(self, path: Path, found: Reading) -> None:
        document, stored = self._document, self._settled(path, found)
        if stored is None:
            return
        scoring = document.scoring.copy()
        self._start(
            self._desk.reading(path),
            lambda _report: _offer(document, path, stored, scoring),
            lambda offer: self._on_placed(path, stored, offer),
        )

    def _on_placed(self, path: Path, stored: StoredScoring, offer: _Offer) -> None:
        document, imported = self._document, offer.aligned.scoring
        n_staged = sum(stage is not Stage.UNSCORED for stage in imported.stages)
        summary = tr(
            "{file} gives {staged} of {total} epochs a stage and holds %n event(s).",
            None,
            len(imported.events),
        ).format(file=path.name, staged=n_staged, total=len(imported))
        summary = " ".join((summary, *_replaced(offer)))
        scorer = self._scorer_of(stored, summary, offer.aligned.mismatches)
        if scorer is None:
            return

        def place(_report: Progress) -> Alignment:
            return _aligned(document, path, stored, scorer) if scorer else offer.aligned

        def prepare(aligned: Alignment) -> None:
            """Put in the place of the events what the file holds, while they may change."""
            held = document.scoring.copy()

            def work(_report: Progress) -> EventIndex:
                events = imported_events(held, aligned.scoring)
                document.prepare_events(events)
                return events

            self._start(text, work, lambda events: take(aligned, held, events))

        def take(aligned: Alignment, held: Scoring, events: EventIndex) -> None:
            if document.scoring.events is not held.events:
                prepare(aligned)
                return
            merged = imported_into(
                document.scoring, aligned.scoring, has_stages=bool(stored.spans), events=events
            )
            document.take_over_file(merged, path.name)
            done = tr("Imported {staged} epochs, %n event(s).", None, len(imported.events))
            if self._desk.names_files():
                done = tr(
                    "Imported {file}: {staged} epochs, %n event(s).", None, len(imported.events)
                )
            self._desk.done(done.format(file=path.name, staged=n_staged))

        text = self._desk.reading(path)
        self._start(text, place, prepare)

    def _scorer_of(
        self, stored: StoredScoring, summary: str, mismatches: Sequence[str]
    ) -> str | None:
        """Ask whether an import is wanted and whose it is; None where it is not wanted."""
        if stored.is_by_somebody:
            is_wanted = self._dialogs.accepts_import(self._window, summary, mismatches)
            return "" if is_wanted else None
        return self._dialogs.accepts_import_by(self._window, summary, mismatches, stored.scorer)

    def _settled(self, path: Path, found: Reading) -> StoredScoring | None:
        """Ask what the file leaves open; None when nobody answers, or an answer makes no sense."""

        def choose(question: QuestionError) -> Option:
            nights = [_night(self._document, path, option) for option in question.options]
            option = self._dialogs.answer(self._window, question, nights)
            if option is None:
                raise _NotAnsweredError
            return option

        try:
            return answered(found, choose)
        except _NotAnsweredError:
            return None
        except ScoringError as error:
            self._desk.fail(error)
            return None

    def _start(
        self,
        text: str,
        work: Callable[[Progress], Result],
        on_success: Callable[[Result], None],
        *,
        is_for_files: bool = False,
    ) -> None:
        self._life.submit(
            work,
            on_success=on_success,
            on_failure=self._desk.fail,
            shown_as=text,
            is_for_files=is_for_files,
        )


def _aligned(document: Document, path: Path, stored: StoredScoring, scorer: str = "") -> Alignment:
    """Put a stored scoring onto the epochs of the recording that is open."""
    recording = document.recording
    return align(
        stored.imported_from(storable(path.name), scorer),
        start=recording.start,
        duration_s=recording.duration_s,
    )


def _reading(path: Path, recording: RecordingIdentity) -> Reading:
    """Read a scoring; the question that it leaves open is a result here."""
    try:
        stored = read_scoring(path, recording)
    except QuestionError as open_question:
        question = open_question

        def ask() -> StoredScoring:
            raise question

        return ask
    return lambda: stored


def _night(document: Document, path: Path, option: Option) -> tuple[Stage, ...] | None:
    """Stages that an answer gives the recording; None where it makes no sense."""
    try:
        return tuple(_aligned(document, path, first_reading(option)).scoring.stages)
    except ScoringError:
        return None


def _offer(document: Document, path: Path, stored: StoredScoring, scoring: Scoring) -> _Offer:
    """Place a stored scoring and see what of the one that is there it would replace."""
    aligned = _aligned(document, path, stored)
    merged = imported_into(scoring, aligned.scoring, has_stages=bool(stored.spans))
    pairs = zip(scoring.scores, merged.scores, strict=True)
    return _Offer(
        aligned,
        n_by_hand=sum(old.is_human and old != new for old, new in pairs),
        n_events=(Counter(scoring.events) - Counter(merged.events)).total(),
        replaces_lights=scoring.lights not in (Lights(), merged.lights),
    )


def _replaced(offer: _Offer) -> list[str]:
    """Say in a sentence each what an import takes the place of."""
    sentences = []
    if offer.n_by_hand:
        sentences.append(tr("They replace %n epoch(s) scored by hand.", None, offer.n_by_hand))
    if offer.n_events:
        sentences.append(tr("They replace %n event(s) that you have.", None, offer.n_events))
    if offer.replaces_lights:
        sentences.append(tr("They replace lights off and on."))
    return sentences
