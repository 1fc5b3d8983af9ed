"""What is known about the current epoch, and who scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sleepscorer.domain.evidence import AppliedRule, NightEvidence
from sleepscorer.domain.phrases import per_cent
from sleepscorer.domain.provenance import Imported, Model, text_of
from sleepscorer.domain.scoring import EpochScore, Remark, Scoring
from sleepscorer.domain.stages import SCORED_STAGES, Stage
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.plain_text import PlainLabel, plain_tip
from sleepscorer.ui.base.theme import Theme, restyle, stage_style
from sleepscorer.ui.views.evidence_table import ROW_SHARE, EvidenceTable


def source_text(score: EpochScore) -> str:
    """Say who gave a stage."""
    match score.source:
        case None:
            return tr("not scored yet")
        case Model():
            return tr("proposed by the model")
        case Imported(file=file, by=None):
            return tr("imported from {file}").format(file=file)
        case Imported(file=file, by=by):
            text = tr("scored by {scorer}, imported from {file}")
            return text.format(scorer="" if by is None else by.name, file=file)
        case source:
            return tr("scored by {scorer}").format(scorer=tr(text_of(source)))


_RULE_LINES = 2
_WIDTH_PX = 264
_LEAVING_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


def rule_text(rule: AppliedRule) -> str:
    """Say which rule applies, in the language of the interface."""
    values = {name: tr(str(value)) for name, value in rule.values.items()}
    text = tr(rule.rule.value).format(**values)
    if rule.against is None:
        return text
    share = f"{100 * rule.against:.0f}"
    return tr("Perhaps {rule} The model gives it {share} %.").format(share=share, rule=text)


class ProbabilityBars(QWidget):
    """Probability of each stage as a bar with its number, or why there are none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        wide = self.fontMetrics().horizontalAdvance
        self._row_px = max(17, round(ROW_SHARE * self.fontMetrics().height()))
        self._label_px = max(30, max(wide(stage.name) for stage in SCORED_STAGES) + 6)
        self._number_px = max(40, wide(per_cent(1.0)) + 6)
        self._theme = theme
        self._probabilities: tuple[float, ...] | None = None
        self.message = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(180, self._row_px * len(SCORED_STAGES))

    def show_probabilities(
        self, probabilities: tuple[float, ...] | None, message: str = ""
    ) -> None:
        """Show five probabilities in class order, or say why there are none."""
        self._probabilities, self.message = probabilities, message
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        if self._probabilities is None:
            painter.setPen(QColor(self._theme.faint_ink))
            wrapped = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(6, 0, 0, 0), wrapped, self.message)
            return
        width = self.width() - self._label_px - self._number_px
        for row, stage in enumerate(SCORED_STAGES):
            top = row * self._row_px
            painter.setPen(QColor(self._theme.ink))
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, top, self._label_px, self._row_px), left, stage.name)
            bar = QRectF(self._label_px, top + 4, width, self._row_px - 8)
            painter.fillRect(bar, QColor(self._theme.grid))
            probability = self._probabilities[stage]
            bar.setWidth(width * probability)
            painter.fillRect(bar, QColor(self._theme.stages[stage]))
            number = QRectF(self.width() - self._number_px, top, self._number_px, self._row_px)
            painter.drawText(number, right, per_cent(probability))


class NoteField(QLineEdit):
    """A field that Return leaves as it is and Escape as it was; the window gets neither key."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setAcceptDrops(False)  # a file that is dropped here is to be opened
        # The next key scores again.
        self.returnPressed.connect(self.clearFocus)

    def event(self, event: QEvent) -> bool:  # noqa: D102
        if isinstance(event, QKeyEvent) and event.key() in _LEAVING_KEYS:
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
                while self.isUndoAvailable():
                    self.undo()
                self.setModified(False)
                self.clearFocus()
                return True
        return super().event(event)


class EpochPanel(QWidget):
    """The epoch's stage, its source and the network's probabilities.

    Attributes
    ----------
    stage_buttons
        One for each stage, in class order.
    scorer_changed
        Emitted with another name of the scorer.
    comment_changed
        Emitted with an epoch and its comment.
    """

    scorer_changed = Signal(str)
    comment_changed = Signal(int, str)

    def __init__(self, theme: Theme, scorer: str, stage_actions: Mapping[Stage, QAction]) -> None:
        super().__init__()
        self._theme = theme
        self._score = EpochScore()
        self._is_blind = self._is_staging = self._is_staged = False
        self._place = PlainLabel()
        self._place.setObjectName("place")
        self._clock = PlainLabel()
        self._stage = PlainLabel()
        self._stage.setObjectName("stage")
        self._stage.setAlignment(Qt.AlignmentFlag.AlignCenter)
        font = self._stage.font()
        font.setPointSizeF(font.pointSizeF() * 1.9)
        font.setBold(True)
        self._stage.setFont(font)
        self._source = PlainLabel()
        self._source.setObjectName("source")
        self._source.setWordWrap(True)  # a consensus names several
        self._source.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._bars = ProbabilityBars(theme)
        self._rule = PlainLabel()
        self._rule.setObjectName("rule")
        self._rule.setWordWrap(True)
        # Room for nearly all: what lies below would jump from epoch to epoch.
        self._rule.setMinimumHeight(_RULE_LINES * self.fontMetrics().lineSpacing())
        self._rule.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._evidence = EvidenceTable(theme)
        self.stage_buttons = [_stage_button(stage, stage_actions[stage]) for stage in SCORED_STAGES]
        row = QHBoxLayout()
        row.setSpacing(4)
        for button in self.stage_buttons:
            row.addWidget(button)
        self._counts = PlainLabel()
        self._counts.setObjectName("counts")
        self._epoch = 0
        self._comment = NoteField()
        self._comment.setObjectName("comment")
        self._comment.setPlaceholderText(tr("Comment (C)"))
        self._comment.editingFinished.connect(self._on_comment_edited)
        self._artefact = PlainLabel()
        self._artefact.setObjectName("artefact")
        self._scorer = NoteField(scorer)
        self._scorer.setObjectName("scorer")
        self._scorer.setMaxLength(40)
        self._scorer.setPlaceholderText(tr("your name"))
        self._scorer.editingFinished.connect(self._on_scorer_edited)
        self.setMinimumWidth(_WIDTH_PX)
        layout = QVBoxLayout(self)
        layout.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self._place)
        head.addStretch(1)
        head.addWidget(self._clock)
        layout.addLayout(head)
        beside = QHBoxLayout()  # a low screen has room for the list of events below
        beside.addWidget(self._stage, 2)
        beside.addWidget(self._bars, 5)
        layout.addLayout(beside)
        layout.addWidget(self._source)
        layout.addWidget(self._rule)
        layout.addWidget(self._evidence)
        layout.addSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self._comment)
        layout.addWidget(self._artefact)
        layout.addWidget(self._counts)
        form = QFormLayout()
        form.addRow(tr("Scorer"), self._scorer)
        layout.addLayout(form)
        layout.addStretch(1)
        self.set_theme(theme)

    @property
    def growth_px(self) -> int:
        """How much higher it has to be once something is known of the night."""
        return self._evidence.most_px

    def show_epoch(
        self,
        scoring: Scoring,
        epoch: int,
        clock: str,
        n_selected: int = 1,
        others: Sequence[tuple[str, Scoring]] = (),
    ) -> None:
        """Show an epoch.

        Parameters
        ----------
        scoring, epoch
            What is shown.
        clock
            When the epoch begins.
        n_selected
            How many epochs are selected.
        others
            Names and scorings of other scorers.
        """
        if epoch != self._epoch:
            self.finish_editing()
            self._comment.clearFocus()
        self._score = scoring[epoch]
        place = tr("Epoch {number} of {total}")
        if n_selected > 1:
            place = tr("Epoch {number} of {total}, {selected} selected")
        self._place.setText(place.format(number=epoch + 1, total=len(scoring), selected=n_selected))
        self._clock.setText(clock)
        self._stage.setText(self._score.stage.label or "–")
        restyle(self._stage, f"{stage_style(self._score, self._theme)} padding: 4px;")
        source = source_text(self._score)
        besides = (f"{name}: {other[epoch].stage.label or '–'}" for name, other in others)
        text = " · ".join((source, *besides))
        self._source.setText(text)
        self._source.setToolTip(plain_tip(text))
        self._show_hypnodensity(scoring, epoch)
        remark = scoring.remarks.get(epoch, Remark())
        # What is being typed stays while something else about the epoch changes.
        if epoch != self._epoch or not self._comment.isModified():
            self._comment.setText(remark.comment)
            self._comment.setCursorPosition(0)
            self._comment.setToolTip(plain_tip(remark.comment))
        self._epoch = epoch
        self._artefact.setText(tr("Artefact") if remark.artefact else "")
        self._artefact.setVisible(remark.artefact)

    def show_counts(self, scoring: Scoring) -> None:
        """Say how far the night is scored."""
        n_human = sum(score.is_human for score in scoring.scores)
        n_unscored = sum(score.stage is Stage.UNSCORED for score in scoring.scores)
        text = tr("By hand {human} · model {model} · unscored {unscored}")
        n_model = sum(isinstance(score.source, Model) for score in scoring.scores)
        n_imported = len(scoring) - n_human - n_unscored - n_model
        if n_imported:
            text = tr("By hand {human} · imported {imported} · model {model} · unscored {unscored}")
        self._counts.setText(
            text.format(human=n_human, imported=n_imported, model=n_model, unscored=n_unscored)
        )

    def show_evidence(
        self, evidence: NightEvidence | None, rule: AppliedRule | None, epoch: int
    ) -> None:
        """Show what was found in an epoch and the scoring rule that applies."""
        self._rule.setText("" if rule is None else rule_text(rule))
        self._rule.setVisible(rule is not None)
        self._evidence.show_epoch(evidence, epoch)

    def set_blind(self, on: bool) -> None:
        """Say of the next epoch that the network is hidden, or no longer."""
        self._is_blind = on

    def set_staging(self, on: bool) -> None:
        """Say that the night is being staged, where it is."""
        self._is_staging = on
        if not self._is_staged:
            self._bars.show_probabilities(None, self._why_nothing())

    def write_comment(self) -> None:
        """Put the cursor into the field of the comment."""
        self._comment.setFocus()
        self._comment.end(False)

    def finish_editing(self) -> None:
        """Take what is being typed as it is."""
        if self._comment.isModified():
            self._on_comment_edited()
        if self._scorer.isModified():
            self._on_scorer_edited()

    def set_scorer(self, name: str) -> None:
        """Show the scorer's name."""
        self._scorer.setText(name)

    def set_theme(self, theme: Theme) -> None:
        """Repaint in other colours."""
        self._theme = theme
        self._bars.set_theme(theme)
        self._evidence.set_theme(theme)
        restyle(self._stage, f"{stage_style(self._score, theme)} padding: 4px;")
        for label in (self._clock, self._source, self._counts):
            label.setStyleSheet(f"color: {theme.faint_ink};")

    def _show_hypnodensity(self, scoring: Scoring, epoch: int) -> None:
        hypnodensity = scoring.hypnodensity
        self._is_staged = hypnodensity is not None
        if hypnodensity is None:
            self._bars.show_probabilities(None, self._why_nothing())
            return
        if hypnodensity.stage(epoch) is Stage.UNSCORED:
            text = tr("The recording has a gap here; the model leaves it unscored.")
            self._bars.show_probabilities(None, text)
            return
        row = hypnodensity.probabilities[epoch]
        self._bars.show_probabilities(tuple(float(value) for value in np.asarray(row)))
        text = tr("{model} on {derivation}")
        tip = text.format(model=hypnodensity.model, derivation=hypnodensity.derivation)
        self._bars.setToolTip(plain_tip(tip))

    def _why_nothing(self) -> str:
        """Why the network says nothing."""
        if self._is_blind:
            return tr("Hidden while you score blind.")
        if self._is_staging:
            return tr("Being scored automatically…")
        return tr("No automatic scoring yet (F9).")

    def _on_comment_edited(self) -> None:
        self._comment.setModified(False)
        self.comment_changed.emit(self._epoch, self._comment.text().strip())

    def _on_scorer_edited(self) -> None:
        self._scorer.setModified(False)
        self.scorer_changed.emit(self._scorer.text().strip())


def _stage_button(stage: Stage, action: QAction) -> QToolButton:
    """Make a button with the stage's key beside its name: to click, and to learn the key."""
    button = QToolButton()

    def show_keys() -> None:
        native = QKeySequence.SequenceFormat.NativeText
        keys = [key.toString(native) for key in action.shortcuts()]
        # A key that is not the stage's own letter is worth a place on the button.
        other = next((key for key in keys if key != stage.name), "")
        is_named = stage.name in keys or not other
        button.setText(stage.name if is_named else f"{stage.name}  ({other})")
        tip = tr("Score {stage} (key: {keys})").format(stage=stage.name, keys=", ".join(keys))
        button.setToolTip(plain_tip(tip))

    show_keys()
    action.changed.connect(show_keys)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.clicked.connect(action.trigger)
    return button
