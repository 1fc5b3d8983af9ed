"""The window about learning: nights, training, verdict, versions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.stages import SCORED_STAGES, Stage
from sleepscorer.domain.texts import markup
from sleepscorer.domain.versions import Comparison, Figures, Gain, ModelVersion, Verdict
from sleepscorer.jobs.events import Done, JobEvent, NothingGained, StepDone, Validated
from sleepscorer.loop.collection import CollectedNight, LeftEpochs, drift, minutes_of
from sleepscorer.loop.finetune import LEAST_LEARNT, N_STEPS
from sleepscorer.loop.verdict import LEAST_SUBJECTS, grounds_of
from sleepscorer.models.ledger import (
    Activated,
    Calibrated,
    Deleted,
    Entry,
    Imported,
    Postponed,
    Rejected,
    RolledBack,
    Trained,
    Uncalibrated,
)
from sleepscorer.ui.base.language import N_, number, tr
from sleepscorer.ui.base.plain_text import PlainLabel, WrappedLabel, plain_tip
from sleepscorer.ui.loop.learning import Learning, Trial
from sleepscorer.ui.loop.plots import Curve, Plot

_VERDICTS = {
    Verdict.BETTER: N_("Better: the new version agrees with people more than the one in use."),
    Verdict.NOT_BETTER: N_("Not better: keep the version that is in use."),
    Verdict.UNCLEAR: N_("It cannot be told yet whether the new version is better."),
}
_LEAST_COLUMN_PX = 48
_BETTER_CALIBRATION = N_("Better: its confidence fits this laboratory more than before.")


class LearningWindow(QDialog):
    """Shows what there is to learn from and what was made of it; work goes on when it is closed.

    Parameters
    ----------
    parent
        Over which it is shown.
    learning
        What does the work.
    add_night
        Adds the open night; None is shown where there is no open one.
    has_night
        Whether a recording is open.
    compare_on_night
        Compares two versions on the open night.
    """

    def __init__(
        self,
        parent: QWidget,
        learning: Learning,
        add_night: Callable[[], None],
        has_night: Callable[[], bool],
        compare_on_night: Callable[[ModelVersion, ModelVersion], None],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Model and learning"))
        self.resize(980, 640)
        self.nights = NightsPage(learning, add_night, has_night)
        self.training = TrainingPage(learning)
        self.verdict = VerdictPage(learning)
        self.versions = VersionsPage(learning, has_night, compare_on_night)
        self.tabs = QTabWidget()
        for page, name in (
            (self.nights, tr("Nights")),
            (self.training, tr("Training")),
            (self.verdict, tr("Verdict")),
            (self.versions, tr("Versions")),
        ):
            self.tabs.addTab(page, name)
        self._message = WrappedLabel()
        layout = QVBoxLayout(self)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self._message)
        self._learning = learning
        learning.changed.connect(self.show_state)
        learning.compared.connect(self._on_compared)
        learning.reported.connect(self.training.take_event)
        learning.imported.connect(lambda version: self.versions.choose(version.sha256))
        learning.failed.connect(lambda error: self.say(tr(error)))
        learning.said.connect(self.say)
        self._on_compared()
        self.show_state()

    def say(self, text: str) -> None:
        """Say what was done or went wrong."""
        self._message.setText(text)

    def show_state(self) -> None:
        """Show nights, training and versions as they are now."""
        if not self.isVisible():
            return  # it is shown anew when it is opened
        nights = self._learning.nights()
        self.nights.show_nights(nights)
        self.training.show_state(nights)
        self.verdict.show_trial()
        self.versions.show_versions()

    def open(self) -> None:
        """Show it, beside the window, which stays in use."""
        self.show()
        self.raise_()
        self.show_state()

    def _on_compared(self) -> None:
        self.verdict.show_trial()
        if self._learning.trial is not None:
            self.tabs.setCurrentWidget(self.verdict)


class NightsPage(QWidget):
    """Nights to learn from, with minutes of each stage and corrections."""

    def __init__(
        self, learning: Learning, add_night: Callable[[], None], has_night: Callable[[], bool]
    ) -> None:
        super().__init__()
        self._learning, self._has_night = learning, has_night
        self._nights: tuple[CollectedNight, ...] = ()
        self.table = _table(
            *(tr("Recording"), tr("Used to"), tr("Patient")),
            *(stage.label for stage in SCORED_STAGES),
            *("N1 → N2", "N2 → N1", tr("Corrected"), tr("Signed off by")),
        )
        self.summary = WrappedLabel()
        self.add = QPushButton(tr("Add the open night"))
        self.add.clicked.connect(lambda _checked: add_night())
        self.remove = QPushButton(tr("Remove"))
        self.remove.clicked.connect(self._remove)
        self.table.itemSelectionChanged.connect(self._show_buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(
            WrappedLabel(
                tr(
                    "Nights that were signed off. Minutes are of epochs that a person decided on; "
                    "N1 → N2 counts epochs that the model called N1 and a person N2. One patient "
                    "in three is kept to compare versions on and never trained on."
                )
            )
        )
        layout.addWidget(self.table, 1)
        layout.addWidget(self.summary)
        layout.addLayout(_row(self.add, self.remove))

    def show_nights(self, nights: tuple[CollectedNight, ...]) -> None:
        """Show these nights."""
        row = _chosen(self.table)
        chosen = None if row is None else self._nights[row].id
        self._nights = nights
        self.table.setRowCount(len(nights))
        for row, night in enumerate(nights):
            minutes = minutes_of([night], LeftEpochs.LEFT_OUT)
            changes = night.corrections
            share = night.corrected_share
            is_staged = share == share  # else there was nothing to correct
            cells = [
                night.recording.file_name,
                tr("compare") if night.is_held_out else tr("learn"),
                night.subject[:6],
                *(QLocale().toString(minutes[stage], "g", 4) for stage in SCORED_STAGES),
                str(changes[Stage.N1, Stage.N2]) if is_staged else "–",
                str(changes[Stage.N2, Stage.N1]) if is_staged else "–",
                f"{100 * share:.0f} %" if is_staged else "–",
                night.sign_off.by,
            ]
            _fill(self.table, row, cells)
        ids = [night.id for night in nights]
        if chosen in ids:
            self.table.selectRow(ids.index(chosen))  # it may have come again, as the last one
        else:
            self.table.clearSelection()
        n_held_out = len({night.subject for night in nights if night.is_held_out})
        n_all = len({night.subject for night in nights})
        text = tr(
            Phrase(
                "{nights} {nights:night|nights} of {patients} {patients:patient|patients}, "
                "{held_out} of them to compare on.",
                nights=len(nights),
                patients=n_all,
                held_out=n_held_out,
            )
        )
        n_missing = LEAST_LEARNT - (n_all - n_held_out)
        if n_missing > 0:
            text += " " + tr("Training takes %n more patient(s) to learn from.", None, n_missing)
        n_missing = LEAST_SUBJECTS - n_held_out
        if n_missing > 0:
            text += " " + tr(
                "A verdict takes %n more patient(s) to compare on; every third or so is one.",
                None,
                n_missing,
            )
        shares = drift(nights)
        if shares is not None:
            text += " " + tr(
                "The last ten nights were corrected more than twice as much as those before "
                "({now} against {then} of the epochs): has something changed in recording?"
            ).format(now=f"{100 * shares[0]:.0f} %", then=f"{100 * shares[1]:.0f} %")
        self.summary.setText(text)
        self._show_buttons()

    def _show_buttons(self) -> None:
        learning = self._learning
        self.add.setEnabled(self._has_night() and not learning.is_keeping)
        is_busy = learning.is_busy or learning.is_keeping
        self.remove.setEnabled(_chosen(self.table) is not None and not is_busy)

    def _remove(self) -> None:
        row = _chosen(self.table)
        if row is not None:
            self._learning.remove_night(self._nights[row])


class TrainingPage(QWidget):
    """Fine-tuning and calibrating, with curves while it runs."""

    def __init__(self, learning: Learning) -> None:
        super().__init__()
        self._learning = learning
        self.left = QComboBox()
        self.left.addItem(tr("do not count"), LeftEpochs.LEFT_OUT)
        self.left.addItem(tr("count as decided"), LeftEpochs.COUNT)
        self.left.currentIndexChanged.connect(lambda _index: self.show_state(learning.nights()))
        self.summary = WrappedLabel()
        self.train = QPushButton(tr("Fine-tune"))
        self.train.clicked.connect(lambda _checked: learning.train(self.left.currentData()))
        self.calibrate = QPushButton(tr("Calibrate only"))
        self.calibrate.clicked.connect(lambda _checked: learning.calibrate())
        self.pause = QPushButton(tr("Pause"))
        self.pause.clicked.connect(lambda _checked: learning.pause())
        self.discard = QPushButton(tr("Discard"))
        self.discard.clicked.connect(lambda _checked: learning.discard())
        self.status = PlainLabel()
        self.loss = Plot(tr("Loss"), tr("step"))
        self.validation = Plot(tr("Validation"), tr("step"))
        self._events: list[JobEvent] = []
        layout = QVBoxLayout(self)
        layout.addWidget(
            WrappedLabel(
                tr(
                    "Fine-tuning teaches the version in use your corrections, at the level of "
                    "sequences of epochs; calibrating only learns how sure it may be. Both make "
                    "something to be compared: nothing changes before you accept it. This window "
                    "may be closed meanwhile; after a restart, training goes on where it was."
                )
            )
        )
        layout.addLayout(
            _row(PlainLabel(tr("Epochs of signed-off nights that were seen and left:")), self.left)
        )
        layout.addWidget(self.summary)
        layout.addLayout(_row(self.train, self.calibrate, self.pause, self.discard))
        layout.addWidget(self.status)
        plots = QHBoxLayout()
        plots.addWidget(self.loss)
        plots.addWidget(self.validation)
        layout.addLayout(plots, 1)

    def show_state(self, nights: Sequence[CollectedNight]) -> None:
        """Show what could be trained on, or what is under way."""
        learning = self._learning
        try:
            plan = learning.training.plan
        except SleepScorerError as error:
            plan = None
            self.status.setText(tr(error))
        learnt = [night for night in nights if not night.is_held_out]
        left = self.left.currentData() if plan is None else plan.left
        minutes = minutes_of(learnt, left)
        stages = ", ".join(
            f"{stage.label} {number(minutes[stage], 'g')}" for stage in SCORED_STAGES
        )
        n_patients = len({night.subject for night in learnt})
        lines = [
            tr(
                Phrase(
                    "To learn from: {nights} {nights:night|nights} of {patients} "
                    "{patients:patient|patients}; minutes: {stages}",
                    nights=len(learnt),
                    patients=n_patients,
                    stages=stages,
                )
            ),
            tr(
                "Fine-tuning makes up to {steps} steps, fewer where no more is gained; after the "
                "first ones it says how long they take here."
            ).format(steps=N_STEPS),
        ]
        self.summary.setText("\n".join(lines))
        is_busy, is_waiting = learning.is_busy, plan is not None
        self.train.setText(tr("Go on") if is_waiting else tr("Fine-tune"))
        self.train.setEnabled(not is_busy and (is_waiting or n_patients >= LEAST_LEARNT))
        self.calibrate.setEnabled(not is_busy and n_patients > 0)
        self.pause.setEnabled(is_busy and is_waiting)
        self.discard.setEnabled(is_waiting and not is_busy)
        self.left.setEnabled(not is_busy and not is_waiting)
        if plan is not None:
            if not self._events:
                self._events = list(learning.training.events)
                self._draw()
            text = (
                tr("Training {version} from {start}")
                if is_busy
                else tr("{version} is paused; “Go on” continues where it was.")
            )
            self.status.setText(text.format(version=plan.version, start=plan.start_title))
        elif not is_busy:
            self.status.setText("")
            if self._events and not isinstance(self._events[-1], Done | NothingGained):
                self._events = []
                self._draw()  # of what was discarded nothing stays
            self._events = []

    def take_event(self, event: JobEvent) -> None:
        """Draw what the training reports."""
        self._events.append(event)
        if isinstance(event, StepDone) and event.eta_s is not None:
            text = tr("Step {step} of {of}; {minutes} min left at most")
            minutes = number(event.eta_s / 60, ".1f")
            self.status.setText(text.format(step=event.step, of=event.of, minutes=minutes))
        self._draw()

    def _draw(self) -> None:
        losses = {
            event.step: event.loss
            for event in self._events
            if isinstance(event, StepDone) and event.loss is not None
        }
        validated = {event.step: event for event in self._events if isinstance(event, Validated)}
        self.loss.show_curves(Curve(tr("Loss"), _in_order(losses)))
        self.validation.show_curves(
            Curve(
                tr("Accuracy"),
                _in_order({step: one.accuracy for step, one in validated.items()}),
            ),
            Curve("κ", _in_order({step: one.kappa for step, one in validated.items()})),
        )


def _in_order(values: Mapping[int, float]) -> list[tuple[float, float]]:
    """Points by step: those since the last checkpoint are reported again after a crash."""
    return [(float(step), values[step]) for step in sorted(values)]


class VerdictPage(QWidget):
    """What a comparison found, and the answer."""

    def __init__(self, learning: Learning) -> None:
        super().__init__()
        self._learning = learning
        self._shown: Trial | None = None
        self.verdict = WrappedLabel()
        self.verdict.setStyleSheet("font-weight: bold;")
        self.grounds = WrappedLabel()
        self.table = _table("", tr("In use"), tr("New"), tr("Change"), tr("95 % by patient"))
        self.reliability = Plot(tr("Share that is right"), tr("confidence"), unit_square=True)
        self.why = QLineEdit()
        self.why.setPlaceholderText(tr("Why (kept with your name)"))
        self.accept_button = QPushButton(tr("Accept"))
        self.accept_button.clicked.connect(lambda _checked: learning.accept(self.why.text()))
        self.reject_button = QPushButton(tr("Reject"))
        self.reject_button.clicked.connect(lambda _checked: learning.reject(self.why.text()))
        self.later_button = QPushButton(tr("Later"))
        self.later_button.clicked.connect(lambda _checked: learning.postpone(self.why.text()))
        layout = QVBoxLayout(self)
        layout.addWidget(self.verdict)
        layout.addWidget(self.grounds)
        middle = QHBoxLayout()
        middle.addWidget(self.table, 3)
        middle.addWidget(self.reliability, 2)
        layout.addLayout(middle, 1)
        layout.addWidget(self.why)
        layout.addLayout(_row(self.accept_button, self.reject_button, self.later_button))
        self.show_trial()

    def show_trial(self) -> None:
        """Show what waits for an answer."""
        trial = self._learning.trial
        is_there = trial is not None
        if trial is not self._shown:
            self.why.clear()  # it was said of another one
            self._shown = trial
        for button in (self.reject_button, self.later_button, self.why):
            button.setEnabled(is_there)
        self.accept_button.setEnabled(
            trial is not None and trial.comparison.verdict is Verdict.BETTER
        )
        self.table.setVisible(is_there)
        self.reliability.setVisible(is_there)
        if trial is None:
            self.verdict.setText(tr("Nothing waits for a decision."))
            self.grounds.setText(tr("Fine-tune, calibrate, or compare a version first."))
            return
        comparison = trial.comparison
        text = tr(_VERDICTS[comparison.verdict])
        if trial.calibration is not None and comparison.verdict is Verdict.BETTER:
            text = tr(_BETTER_CALIBRATION)
        if comparison.verdict is Verdict.UNCLEAR and comparison.n_missing:
            text += " " + tr(
                "%n more patient(s) to compare on would tell.", None, comparison.n_missing
            )
        self.verdict.setText(f"{trial.version.title}: {text}")
        grounds = Phrase(
            "Compared on {nights} {nights:night|nights} of {patients} "
            "{patients:patient|patients} ({epochs} epochs) that neither has seen, as people "
            "signed them off.",
            nights=comparison.n_nights,
            patients=comparison.n_subjects,
            epochs=comparison.n_epochs,
        )
        grounded = grounds_of(comparison, of_confidence=trial.calibration is not None)
        said = (*grounded, *trial.left_out)
        self.grounds.setText("\n".join(tr(one) for one in (grounds, *said)))
        rows = _rows(comparison)
        self.table.setRowCount(len(rows))
        for row, cells in enumerate(rows):
            _fill(self.table, row, cells)
        self.reliability.show_curves(
            Curve(tr("In use"), _reliability(comparison.of_current)),
            Curve(tr("New"), _reliability(comparison.of_candidate)),
        )


class VersionsPage(QWidget):
    """All versions with their cards, and what was decided about them."""

    def __init__(
        self,
        learning: Learning,
        has_night: Callable[[], bool],
        compare_on_night: Callable[[ModelVersion, ModelVersion], None],
    ) -> None:
        super().__init__()
        self._learning, self._has_night = learning, has_night
        self._versions: tuple[ModelVersion, ...] = ()
        self._active = ""
        self._calibrated: set[str] = set()
        self.table = _table(tr("Version"), tr("State"), tr("Patients seen"))
        self.table.setToolTip(
            plain_tip(tr("Seen: patients whose nights it or one before it was trained on"))
        )
        self.table.itemSelectionChanged.connect(self._show_chosen)
        self.card = QTextBrowser()
        self.card.setOpenLinks(False)  # nothing is fetched from anywhere
        self.use = self._button(tr("Use"), learning.use)
        self.compare = self._button(tr("Compare with the one in use"), learning.compare)
        self.other = QComboBox()
        self.on_night = self._button(
            tr("Compare on the open night with"),
            lambda version: compare_on_night(self._versions[self.other.currentIndex()], version),
        )
        self.export = self._button(tr("Export…"), learning.export)
        self.delete = self._button(tr("Delete…"), learning.delete)
        self.uncalibrate = self._button(tr("Take calibration away…"), learning.uncalibrate)
        self.back = QPushButton(tr("Go back to the one before"))
        self.back.clicked.connect(lambda _checked: learning.go_back())
        self.import_button = QPushButton(tr("Import…"))
        self.import_button.clicked.connect(lambda _checked: learning.import_version())
        layout = QVBoxLayout(self)
        middle = QHBoxLayout()
        middle.addWidget(self.table, 1)
        middle.addWidget(self.card, 1)
        layout.addLayout(middle, 1)
        layout.addLayout(
            _row(
                *(self.use, self.back, self.compare),
                *(self.export, self.import_button, self.delete),
            )
        )
        layout.addLayout(_row(self.on_night, self.other, self.uncalibrate))

    def show_versions(self) -> None:
        """Show which there are now."""
        store, chosen = self._learning.store, self._chosen
        try:
            self._versions, self._active = store.versions(), store.active().sha256
            entries = store.entries()
            self._calibrated = {one.sha256 for one in self._versions if store.calibration(one)}
        except SleepScorerError as error:
            self._versions, entries = (), ()
            self._learning.said.emit(tr(error))
            self._calibrated = set()
        self._entries = entries
        self._show_others()
        self.table.setRowCount(len(self._versions))
        for row, version in enumerate(self._versions):
            states = (
                tr("in use") if version.sha256 == self._active else "",
                tr("comes with SleepScorer") if version.is_bundled else "",
                tr("calibrated") if version.sha256 in self._calibrated else "",
            )
            seen = str(len(version.subjects))
            state = ", ".join(filter(None, states))
            _fill(self.table, row, [version.title, state, seen])
        has_chosen = any(isinstance(one, Activated) for one in entries)
        self.back.setEnabled(has_chosen)
        self.choose("" if chosen is None else chosen.sha256)

    def choose(self, sha256: str) -> None:
        """Choose a version; the first one where there is none of this hash."""
        # By what it is, not by its row: another one may have come before it.
        hashes = [one.sha256 for one in self._versions]
        if hashes:
            self.table.selectRow(hashes.index(sha256) if sha256 in hashes else 0)
        self._show_chosen()

    def _show_others(self) -> None:
        """Offer each version to be compared with, the one that was chosen before first."""
        chosen = self.other.currentData() or self._active
        self.other.clear()
        for version in self._versions:
            self.other.addItem(version.title, version.sha256)
        self.other.setCurrentIndex(max(self.other.findData(chosen), 0))

    def _button(self, text: str, act: Callable[[ModelVersion], None]) -> QPushButton:
        button = QPushButton(text)

        def do(_checked: bool) -> None:
            version = self._chosen
            if version is not None:
                act(version)

        button.clicked.connect(do)
        return button

    @property
    def _chosen(self) -> ModelVersion | None:
        row = _chosen(self.table)
        return None if row is None or row >= len(self._versions) else self._versions[row]

    def _show_chosen(self) -> None:
        version = self._chosen
        is_other = version is not None and version.sha256 != self._active
        is_busy = self._learning.is_busy
        self.use.setEnabled(is_other and not is_busy)
        self.compare.setEnabled(is_other and not is_busy)
        self.on_night.setEnabled(version is not None and self._has_night() and not is_busy)
        self.export.setEnabled(version is not None)
        is_calibrated = version is not None and version.sha256 in self._calibrated
        self.uncalibrate.setEnabled(is_calibrated and not is_busy)
        self.delete.setEnabled(version is not None and is_other and not version.is_bundled)
        if version is None:
            self.card.clear()
            return
        lines = [tr("Hash {sha256}").format(sha256=version.sha256[:12])]
        lines += [_line(one) for one in self._entries if version.sha256 in _hashes(one)]
        if not version.card:
            lines.append(tr("It came without a card."))
        features = QTextDocument.MarkdownFeature
        plain = features.MarkdownDialectGitHub | features.MarkdownNoHTML  # it may be a stranger's
        self.card.document().setMarkdown(version.card, plain)
        history = "".join(f"<p>{markup(line)}</p>" for line in lines)
        self.card.setHtml(history + self.card.document().toHtml())


def _rows(comparison: Comparison) -> list[list[str]]:
    current, candidate = comparison.of_current, comparison.of_candidate

    def row(
        name: str, before: float | None, after: float | None, gain: Gain | None = None
    ) -> list[str]:
        value = None if before is None or after is None else after - before
        interval = (
            ""
            if gain is None or gain.low is None or gain.high is None
            else f"{number(gain.low, '+.3f')} … {number(gain.high, '+.3f')}"
        )
        return [name, _number(before), _number(after), _number(value, sign=True), interval]

    rows = [
        row(tr("Accuracy"), current.accuracy, candidate.accuracy, comparison.accuracy_gain),
        row("κ", current.kappa, candidate.kappa, comparison.kappa_gain),
        row(tr("Macro-F1"), current.macro_f1, candidate.macro_f1),
    ]
    for stage in SCORED_STAGES:
        before = current.f1[stage] if current.f1 else None
        after = candidate.f1[stage] if candidate.f1 else None
        gain = comparison.n1_gain if stage is Stage.N1 else None
        rows.append(row(f"F1 {stage.label}", before, after, gain))
    rows += [
        row(tr("N1 taken for N2"), current.n1_as_n2, candidate.n1_as_n2),
        row(tr("N2 taken for N1"), current.n2_as_n1, candidate.n2_as_n1),
        row(tr("Calibration error"), current.calibration_error, candidate.calibration_error),
    ]
    before_replay, after_replay = comparison.replay_of_current, comparison.replay_of_candidate
    if before_replay is not None and after_replay is not None:
        name = tr("Accuracy on nights of the first training")
        replay_gain = comparison.replay_gain
        rows.append(row(name, before_replay.accuracy, after_replay.accuracy, replay_gain))
    return rows


def _number(value: float | None, *, sign: bool = False) -> str:
    if value is None:
        return "–"
    return number(value, "+.3f") if sign else number(value, ".3f")


def _reliability(figures: Figures) -> list[tuple[float, float]]:
    return [(one.confidence, one.accuracy) for one in figures.bins]


def _hashes(entry: Entry) -> tuple[str, ...]:
    match entry:
        case Activated(decision=made) | Rejected(decision=made) | Postponed(decision=made):
            return (made.sha256,)
        case RolledBack(left=left, sha256=sha256):
            return left, sha256
        case _:
            return (entry.sha256,)


def _line(entry: Entry) -> str:
    """Say an entry of the ledger in a line."""
    match entry:
        case Activated(decision=made):
            text, by, at, why = tr("in use, decided by {name}"), made.by, made.at, made.why
        case Rejected(decision=made):
            text, by, at, why = tr("rejected by {name}"), made.by, made.at, made.why
        case Postponed(decision=made):
            text, by, at, why = tr("left for later by {name}"), made.by, made.at, made.why
        case RolledBack():
            text, by, at, why = tr("gone back by {name}"), entry.by, entry.at, entry.why
        case Calibrated():
            text, by, at, why = tr("calibrated by {name}"), entry.by, entry.at, entry.why
        case Uncalibrated():
            text, by, at, why = tr("calibration taken away by {name}"), entry.by, entry.at, ""
        case Imported():
            text, by, at, why = tr("imported by {name}"), entry.by, entry.at, entry.file
        case Trained():
            text, by, at, why = tr("trained for {name}"), entry.by, entry.at, ""
        case Deleted():
            text, by, at, why = tr("deleted by {name}"), entry.by, entry.at, ""
    grounds = ""
    if isinstance(entry, Activated | Rejected | Postponed) and entry.decision.comparison:
        grounds = " · " + tr(_VERDICTS[entry.decision.comparison.verdict])
    reason = f" ({why})" if why else ""
    return f"{at.astimezone():%Y-%m-%d %H:%M} {text.format(name=by)}{reason}{grounds}"


def _table(*headings: str) -> QTableWidget:
    table = QTableWidget(0, len(headings))
    table.setTabKeyNavigation(False)  # Tab leads out of it
    table.setHorizontalHeaderLabels(list(headings))
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    rows = table.verticalHeader()
    rows.setVisible(False)
    rows.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)  # names may take two lines
    header = table.horizontalHeader()
    header.setMinimumSectionSize(_LEAST_COLUMN_PX)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return table


def _fill(table: QTableWidget, row: int, cells: Sequence[str]) -> None:
    for column, text in enumerate(cells):
        item = QTableWidgetItem(text)
        if column:
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        table.setItem(row, column, item)


def _chosen(table: QTableWidget) -> int | None:
    rows = table.selectionModel().selectedRows()
    return rows[0].row() if rows else None


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        if isinstance(widget, QPushButton):
            widget.setAutoDefault(False)
        row.addWidget(widget)
    row.addStretch(1)
    return row
