"""What looks wrong with the signal to stage and with the stages: said, with a remedy."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.recording import Recording
from sleepscorer.signals.quality import Finding, check_recording, check_stages, worth_saying
from sleepscorer.ui.base.language import number, tr
from sleepscorer.ui.base.tasks import Progress, Task
from sleepscorer.ui.night.lifetime import LONG_S, Lifetime
from sleepscorer.ui.views.message_bar import Choice, Message, MessageBar, MessageKind


class SanityGate(QObject):
    """Looks at a derivation before it is staged and at the stages after it.

    Attributes
    ----------
    gain
        What the derivation is multiplied by before it is staged, once the technician agreed.
    checked
        Emitted with the findings on a derivation.
    said
        Emitted with a sentence about what will be done.
    failed
        Emitted with the error.
    """

    checked = Signal(object)
    said = Signal(str)
    failed = Signal(object)

    def __init__(
        self, recording: Recording, life: Lifetime, messages: MessageBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._recording = recording
        self._life = life
        self._messages = messages
        self._task: Task | None = None
        self._told: list[Message] = []
        self._told_of_stages: list[Message] = []
        self.gain = 1.0

    def check(self, derivation: Derivation) -> None:
        """Look at a derivation in the background."""
        self.cancel()
        recording = self._recording

        def work(report: Progress) -> tuple[Finding, ...]:
            from sleepscorer.models.store import ModelStore

            known = ModelStore().active().input_range
            return check_recording(recording, derivation, known, progress=report)

        self._task = self._life.submit(
            work,
            on_success=self._on_checked,
            on_failure=self.failed.emit,
            in_turn=recording.duration_s > LONG_S,
        )

    def cancel(self) -> None:
        """Give up looking, and forget what was found."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._withdraw(self._told)
        self.take_back_stages()
        self.gain = 1.0

    def check_stages(self, hypnodensity: Hypnodensity) -> None:
        """Say what is implausible about the stages of a night."""
        self._say(check_stages(hypnodensity), self._told_of_stages)

    def take_back_stages(self) -> None:
        """Take back what was said of the stages: who scores blind is not to know them."""
        self._withdraw(self._told_of_stages)

    def _on_checked(self, findings: tuple[Finding, ...]) -> None:
        self._task = None
        self._say(findings, self._told)
        self.checked.emit(findings)

    def _say(self, findings: tuple[Finding, ...], among: list[Message]) -> None:
        told = worth_saying(findings)
        if not told:
            return
        text = " ".join(tr(finding.sentences) for finding in told)
        factor = next((one.factor for one in told if one.factor is not None), None)
        choice = None
        if factor is not None:
            offer = tr("Stage it × {factor}").format(factor=number(factor, "g"))
            choice = Choice(offer, partial(self._take, factor))
        message = Message(text, MessageKind.REMARK, choice)
        among.append(message)
        self._messages.show_message(message)

    def _withdraw(self, told: list[Message]) -> None:
        for message in told:
            self._messages.withdraw(message)
        told.clear()

    def _take(self, factor: float) -> None:
        self.gain = factor
        text = tr("Automatic scoring (F9) takes the signal × {factor} from now on.")
        self.said.emit(text.format(factor=number(factor, "g")))
