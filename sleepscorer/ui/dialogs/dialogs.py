"""Questions that need an answer before the work can go on."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QInputDialog,
    QMessageBox,
    QProgressDialog,
    QWidget,
)

from sleepscorer import DISCLAIMER, __version__
from sleepscorer.domain.channels import Channel, Derivation
from sleepscorer.domain.montage import Trace
from sleepscorer.domain.montages import Montage
from sleepscorer.domain.own_kinds import OwnKind
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scoring import Lights
from sleepscorer.domain.stages import Stage
from sleepscorer.events.laboratory import Laboratory
from sleepscorer.file_questions import answered, at_once, home, is_file, is_missing
from sleepscorer.io.questions import Option, QuestionError
from sleepscorer.io.recordings import RECORDING_SUFFIXES
from sleepscorer.io.scoring_formats import READABLE_SUFFIXES
from sleepscorer.io.session import SUFFIX as SESSION_SUFFIX
from sleepscorer.io.videos import VIDEO_SUFFIXES
from sleepscorer.ui.actions.key_bindings import KeyBindings
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.plain_text import PlainLabel, PlainMessageBox
from sleepscorer.ui.base.tasks import LONGEST_SILENCE_S, SILENCE_S, Result, no_answer_text
from sleepscorer.ui.dialogs.calibration_dialog import CalibrationDialog
from sleepscorer.ui.dialogs.exchange_dialogs import (
    CopyChoice,
    CopyDialog,
    NameDialog,
    NoticeDialog,
    PageDialog,
)
from sleepscorer.ui.dialogs.go_to_dialog import GoToDialog
from sleepscorer.ui.dialogs.laboratory_dialog import LaboratoryDialog
from sleepscorer.ui.dialogs.lights_dialog import LightsDialog
from sleepscorer.ui.dialogs.montage_editor import MontageEditor
from sleepscorer.ui.dialogs.own_kinds_dialog import OwnKindsDialog
from sleepscorer.ui.dialogs.question_dialog import QuestionDialog
from sleepscorer.ui.dialogs.shortcut_sheet import ShortcutSheet
from sleepscorer.ui.dialogs.similar_dialog import Sample, SimilarDialog
from sleepscorer.ui.dialogs.trace_dialog import TraceDialog
from sleepscorer.ui.dialogs.unsaved_dialog import UnsavedChoice, UnsavedDialog, UnsavedRow

_SHORT_S = 0.4
"""A file is waited for so long before that is said."""


_WAITING_PX = 480
"""Width of what is said meanwhile, so that it does not grow with the seconds."""


class GivenUpError(Exception):
    """The technician waits no longer for a folder that does not answer."""


class Answer(Enum):
    """What to do with unsaved work."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


class Dialogs:
    """The window's dialogs; tests give the window other answers in its place."""

    def file_to_open(self, parent: QWidget, folder: Path) -> Path | None:
        """Ask for a recording or a session."""
        patterns = " ".join(f"*{suffix}" for suffix in (*RECORDING_SUFFIXES, SESSION_SUFFIX))
        both_cases = f"{patterns} {patterns.upper()}"
        name, _ = QFileDialog.getOpenFileName(
            parent,
            tr("Open a recording or a session"),
            str(folder),
            _file_filter(tr("Recordings and sessions"), both_cases),
        )
        return Path(name) if name else None

    def study_folder(self, parent: QWidget, title: str, folder: Path) -> Path | None:
        """Ask for a folder of the study list."""
        name = QFileDialog.getExistingDirectory(parent, title, str(folder))
        return Path(name) if name else None

    def video(self, parent: QWidget, folder: Path) -> Path | None:
        """Ask for the video of the night."""
        patterns = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in VIDEO_SUFFIXES)
        name, _ = QFileDialog.getOpenFileName(
            parent, tr("Video of the night"), str(folder), _file_filter(tr("Videos"), patterns)
        )
        return Path(name) if name else None

    def file_to_write(self, parent: QWidget, proposal: Path, kind: str) -> Path | None:
        """Ask where to write, and before a file is replaced.

        The file dialog asks about the name as it was typed; where the suffix is added to that
        name, this asks about the name that comes of it.
        """
        suffix = proposal.suffix
        while True:
            name, _ = QFileDialog.getSaveFileName(
                parent, tr("Save {kind}").format(kind=kind), str(proposal), f"{kind} (*{suffix})"
            )
            if not name:
                return None
            path = Path(name)
            if path.suffix.casefold() == suffix.casefold():
                return path
            path = path.with_name(path.name + suffix)
            is_new = at_once(partial(is_missing, path), otherwise=False)
            if is_new or self.may_replace(parent, path):
                return path
            proposal = path

    def wait_for(self, parent: QWidget, text: str, work: Callable[[], Result]) -> Result:
        """Do what may have to wait for a share, with a window that lives.

        Where it takes long it is said, with Cancel. Nothing else can be done meanwhile, except that
        the window is drawn and tasks go on.

        Raises
        ------
        GivenUpError
            The technician cancelled, or there was no answer for very long.
        Exception
            What the work raises.
        """
        begun_s = time.monotonic()
        dialog: QProgressDialog | None = None

        def wait() -> None:
            nonlocal dialog
            waited_s = time.monotonic() - begun_s
            if waited_s < _SHORT_S:
                return
            if dialog is None:
                dialog = _waiting_dialog(text, parent)
            if waited_s > SILENCE_S:
                dialog.setLabelText(no_answer_text(text, waited_s))
            QApplication.processEvents()
            if dialog.wasCanceled() or waited_s > LONGEST_SILENCE_S:
                raise GivenUpError

        try:
            return answered(work, meanwhile=wait)
        finally:
            if dialog is not None:
                dialog.close()
                dialog.deleteLater()

    def may_replace(self, parent: QWidget, path: Path) -> bool:
        """Ask whether a file that is there may be replaced."""
        box = PlainMessageBox(
            QMessageBox.Icon.Warning,
            tr("Replace the file?"),
            tr("{file} is there already. Replace it?").format(file=path),
            QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No,
            parent,
        )
        box.setDefaultButton(QMessageBox.StandardButton.No)
        return box.exec() == QMessageBox.StandardButton.Yes

    def about_unsaved_work(self, parent: QWidget, name: str) -> Answer:
        """Ask what to do with unsaved changes."""
        box = PlainMessageBox(
            QMessageBox.Icon.Question,
            tr("Unsaved changes"),
            tr("The scoring of {file} has changes that are not saved.").format(file=name),
            QMessageBox.StandardButton.Save
            | QMessageBox.StandardButton.Discard
            | QMessageBox.StandardButton.Cancel,
            parent,
        )
        box.setDefaultButton(QMessageBox.StandardButton.Save)
        return {
            QMessageBox.StandardButton.Save: Answer.SAVE,
            QMessageBox.StandardButton.Discard: Answer.DISCARD,
        }.get(QMessageBox.StandardButton(box.exec()), Answer.CANCEL)

    def may_stop(self, parent: QWidget, works: Sequence[str], paused: Sequence[str]) -> bool:
        """Ask whether what is under way may be given up, or paused where it goes on later."""
        sentences = []
        if works:
            text = tr(
                "This is not done yet: {works}. If you go on, it is stopped and leaves no file."
            )
            sentences.append(text.format(works="; ".join(works)))
        if paused:
            text = tr(
                "This is not done yet: {works}. If you go on, it is paused; what it has done so "
                "far is kept, and it goes on from there when you ask it to."
            )
            sentences.append(text.format(works="; ".join(paused)))
        box = PlainMessageBox(
            QMessageBox.Icon.Question,
            tr("Still under way"),
            "\n\n".join(sentences),
            QMessageBox.StandardButton.NoButton,
            parent,
        )
        text = tr("Stop it and go on") if works else tr("Pause it and go on")
        stop = box.addButton(text, QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(tr("Let it finish"), QMessageBox.ButtonRole.RejectRole))
        box.exec()
        return box.clickedButton() is stop

    def unsaved_work(self, parent: QWidget, rows: Sequence[UnsavedRow]) -> UnsavedChoice | None:
        """List work that was never saved; None to leave all of it as it is."""
        dialog = UnsavedDialog(parent, rows)
        dialog.exec()
        return dialog.choice

    def derivation(self, parent: QWidget, channels: Sequence[Channel]) -> Derivation | None:
        """Ask for a channel, or for the difference of two that can be subtracted."""
        dialog = DerivationDialog(parent, channels)
        return dialog.derivation if dialog.exec() == QDialog.DialogCode.Accepted else None

    def laboratory(
        self, parent: QWidget, laboratory: Laboratory, channels: Sequence[Channel]
    ) -> Laboratory | None:
        """Ask which channels are which sensors and what hypopneas need; None to leave it."""
        dialog = LaboratoryDialog(parent, laboratory, channels)
        return dialog.laboratory if dialog.exec() == QDialog.DialogCode.Accepted else None

    def scoring_to_import(self, parent: QWidget, folder: Path) -> Path | None:
        """Ask for a scoring of any format; which one it is its content tells."""
        patterns = " ".join(f"*{suffix}" for suffix in READABLE_SUFFIXES)
        name, _ = QFileDialog.getOpenFileName(
            parent,
            tr("Import a scoring"),
            str(folder),
            _file_filter(tr("Scorings"), f"{patterns} {patterns.upper()}"),
        )
        return Path(name) if name else None

    def sessions_of_naps(self, parent: QWidget, folder: Path) -> list[Path]:
        """Ask for the sessions of the naps of a test; none where it is not wanted."""
        pattern = f"*{SESSION_SUFFIX}"
        names, _ = QFileDialog.getOpenFileNames(
            parent,
            tr("Sessions of all naps"),
            str(folder),
            _file_filter(tr("Sessions"), f"{pattern} {pattern.upper()}"),
        )
        return [Path(name) for name in names]

    def accepts_losses(self, parent: QWidget, name: str, losses: Sequence[str]) -> bool:
        """Say what a format can't hold, before anything is written."""
        return NoticeDialog(
            parent,
            tr("Export"),
            tr("“{format}” can't hold everything of this scoring:").format(format=name),
            losses,
            tr("The session keeps all of it."),
            tr("Export"),
        ).is_accepted()

    def accepts_import(self, parent: QWidget, summary: str, mismatches: Sequence[str]) -> bool:
        """Say what an import will do and what did not fit, before anything is changed."""
        return NoticeDialog(
            parent,
            tr("Import a scoring"),
            summary,
            mismatches,
            tr("The import is one step: Undo takes it back."),
            tr("Import"),
        ).is_accepted()

    def accepts_second(self, parent: QWidget, summary: str, mismatches: Sequence[str]) -> bool:
        """Say what of a second scoring does not fit, before it is put beside."""
        return NoticeDialog(
            parent,
            tr("Load a second scoring"),
            summary,
            mismatches,
            tr("Nothing of your scoring changes. It is one step: Undo takes it back."),
            tr("Put it beside"),
        ).is_accepted()

    def accepts_import_by(
        self, parent: QWidget, summary: str, mismatches: Sequence[str], scorer: str
    ) -> str | None:
        """Ask the same, and whose the scoring is: a name, nobody's, or None to leave it."""
        return NameDialog(
            parent,
            tr("Import a scoring"),
            summary,
            mismatches,
            tr(
                "With a name it counts as that person's: it is learnt from, and drawn as scored "
                "by hand. The import is one step: Undo takes it back."
            ),
            tr("Import"),
            label=tr("Scored by"),
            name=scorer,
            hint=tr("nobody, or not known"),
        ).answer()

    def sign_off(self, parent: QWidget, remarks: Sequence[str], name: str) -> str:
        """Ask who signs the night off; empty when nobody does."""
        heading = tr("You answer for every stage and event of this night.")
        footnote = tr("Any change after that ends the sign-off; Undo brings it back.")
        title, label = tr("Sign off this night"), tr("Your name")
        dialog = NameDialog(
            parent, title, heading, remarks, footnote, tr("Sign off"), label=label, name=name
        )
        return dialog.answer() or ""

    def patient_code(self, parent: QWidget, text: str) -> str:
        """Ask whose night it is; empty when nobody says."""
        code, is_accepted = QInputDialog.getText(parent, tr("Whose night is this?"), text)
        return code.strip() if is_accepted else ""

    def version_to_import(self, parent: QWidget) -> Path | None:
        """Ask for the file of a version of the network."""
        name, _ = QFileDialog.getOpenFileName(
            parent,
            tr("Import a version"),
            str(home()),
            _file_filter(tr("Versions of networks"), "*.safetensors"),
        )
        return Path(name) if name else None

    def may_remove(self, parent: QWidget, text: str) -> bool:
        """Ask whether something may be removed for good."""
        box = PlainMessageBox(
            QMessageBox.Icon.Warning,
            tr("Remove for good?"),
            text,
            QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No,
            parent,
        )
        box.setDefaultButton(QMessageBox.StandardButton.No)
        return box.exec() == QMessageBox.StandardButton.Yes

    def prediction(self, parent: QWidget, names: Sequence[str]) -> int | None:
        """Ask which prediction is to be shown; None to leave the one that is."""
        title, text = tr("Stages of another version"), tr("Which stages are to be shown?")
        name, is_accepted = QInputDialog.getItem(parent, title, text, names, 0, False)
        return list(names).index(name) if is_accepted else None

    def other_program(self, parent: QWidget, text: str) -> str:
        """Ask which program is to stage the night, too; empty for none."""
        label = tr(
            "“yasa”, or a command that writes a scoring to {out}. {recording} stands for the "
            "recording, {channel} for the derivation."
        )
        text, is_accepted = QInputDialog.getText(
            parent, tr("Ask another program"), label, text=text
        )
        return text.strip() if is_accepted else ""

    def answer(
        self, parent: QWidget, question: QuestionError, nights: Sequence[Sequence[Stage] | None]
    ) -> Option | None:
        """Ask what a file leaves open, the night beside each answer; None to leave it."""
        dialog = QuestionDialog(parent, question, nights)
        return dialog.option if dialog.exec() == QDialog.DialogCode.Accepted else None

    def deidentified_copy(self, parent: QWidget, folder: Path) -> CopyChoice | None:
        """Ask where a de-identified copy is written, its name, and what becomes of times."""
        dialog = CopyDialog(parent, folder)
        return dialog.choice if dialog.exec() == QDialog.DialogCode.Accepted else None

    def letterhead(self, parent: QWidget, current: str) -> Path | None:
        """Ask for the letterhead of reports."""
        name, _ = QFileDialog.getOpenFileName(
            parent, tr("Letterhead of reports"), current, tr("Letterheads") + " (*.toml)"
        )
        return Path(name) if name else None

    def tell(self, parent: QWidget, title: str, heading: str, sentences: Sequence[str]) -> None:
        """Show what was done."""
        NoticeDialog(parent, title, heading, sentences).exec()

    def show_page(
        self, parent: QWidget, title: str, html: str, pictures: Path | None = None
    ) -> None:
        """Show a page of text and tables; its pictures are named as they lie in a folder."""
        PageDialog(parent, title, html, pictures).exec()

    def open_elsewhere(self, path: Path) -> bool:
        """Open a file with the program that the system has for it; whether there is one."""
        is_there = at_once(partial(is_file, path), otherwise=False)
        return is_there and QDesktopServices.openUrl(QUrl.fromLocalFile(path))

    def lights(self, parent: QWidget, lights: Lights, recording: Recording) -> Lights | None:
        """Ask when the lights went off and on."""
        dialog = LightsDialog(parent, lights, recording)
        return dialog.lights if dialog.exec() == QDialog.DialogCode.Accepted else None

    def light_on_for_a_while(self, parent: QWidget, when: str) -> bool | None:
        """Ask whether the light goes on for a while or for good; None to leave it."""
        box = PlainMessageBox(
            QMessageBox.Icon.Question,
            tr("Lights on here"),
            tr("The light is off here and goes on at {time}. What is marked here?").format(
                time=when
            ),
            QMessageBox.StandardButton.Cancel,
            parent,
        )
        role = QMessageBox.ButtonRole.AcceptRole
        while_on = box.addButton(tr("Light on for a &while"), role)
        for_good = box.addButton(tr("&Lights on, not at {time}").format(time=when), role)
        box.setDefaultButton(while_on)
        box.exec()
        clicked = box.clickedButton()
        return clicked is while_on if clicked in (while_on, for_good) else None

    def scorer(self, parent: QWidget, current: str) -> str:
        """Ask who scores now; empty when nobody does."""
        name, is_accepted = QInputDialog.getText(
            parent, tr("Second scoring"), tr("Who scores now?"), text=current
        )
        return name.strip() if is_accepted else ""

    def go_to(self, parent: QWidget, recording: Recording, epoch: int) -> float | None:
        """Ask for a moment of the night, in seconds from its start."""
        dialog = GoToDialog(parent, recording, epoch)
        return dialog.time_s if dialog.exec() == QDialog.DialogCode.Accepted else None

    def name_of_scorer(self, parent: QWidget, proposal: str) -> str:
        """Ask for the technician's name before the first stage is given; empty for none."""
        name, is_accepted = QInputDialog.getText(
            parent,
            tr("Who scores?"),
            tr("Your name stands beside every stage that you give, and in reports:"),
            text=proposal,
        )
        return name.strip() if is_accepted else ""

    def note(self, parent: QWidget, text: str) -> str:
        """Ask for the text of a note; empty when there is to be none."""
        written, is_accepted = QInputDialog.getText(
            parent, tr("Note"), tr("What is to be noted here?"), text=text
        )
        return written.strip() if is_accepted else ""

    def own_kinds(
        self, parent: QWidget, kinds: Sequence[OwnKind | None], keys: Sequence[str]
    ) -> tuple[OwnKind | None, ...] | None:
        """Let the technician change the kinds of events that the laboratory made up."""
        dialog = OwnKindsDialog(parent, kinds, keys)
        return dialog.kinds if dialog.exec() == QDialog.DialogCode.Accepted else None

    def layout_to_keep(self, parent: QWidget, names: Sequence[str]) -> str:
        """Ask for the name of a layout, a new one or one that is replaced; empty for none."""
        title, text = tr("Keep this layout"), tr("Name of the layout:")
        name, is_accepted = QInputDialog.getItem(parent, title, text, ["", *names], 0, True)
        return name.strip() if is_accepted else ""

    def layout_to_remove(self, parent: QWidget, names: Sequence[str]) -> str:
        """Ask which layout is to be forgotten; empty for none."""
        title, text = tr("Remove a layout"), tr("Which layout is not needed any more?")
        name, is_accepted = QInputDialog.getItem(parent, title, text, names, 0, False)
        return name if is_accepted else ""

    def montages(
        self,
        parent: QWidget,
        montages: Sequence[Montage],
        presets: Sequence[Montage],
        channels: Sequence[Channel],
        current: str,
    ) -> tuple[Montage, ...] | None:
        """Let the technician change the montages."""
        editor = MontageEditor(parent, montages, presets, channels, current)
        return editor.montages if editor.exec() == QDialog.DialogCode.Accepted else None

    def trace(
        self,
        parent: QWidget,
        trace: Trace,
        height: float,
        *,
        px_per_mm: float,
        lane_px: float,
        values: npt.NDArray[np.float32],
    ) -> Trace | None:
        """Ask how a trace is to be shown, with the spectrum of a stretch beside."""
        dialog = TraceDialog(
            parent, trace, height, px_per_mm=px_per_mm, lane_px=lane_px, values=values
        )
        return dialog.trace if dialog.exec() == QDialog.DialogCode.Accepted else None

    def similar_epochs(
        self,
        parent: QWidget,
        asked: Sample,
        similar: Sequence[Sample],
        name: str,
        keys: Mapping[str, Stage],
    ) -> tuple[tuple[int, ...], Stage] | None:
        """Show epochs like one; the ticked ones and their stage, or None."""
        dialog = SimilarDialog(parent, asked, similar, name, keys)
        dialog.exec()
        return None if dialog.stage is None else (dialog.epochs, dialog.stage)

    def shortcuts(self, parent: QWidget, bindings: KeyBindings) -> None:
        """Show all keys, beside the window; they are looked up while one works."""
        sheet = parent.findChild(ShortcutSheet)
        if sheet is not None:
            sheet.activateWindow()
            return
        sheet = ShortcutSheet(bindings, parent)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.show()

    def screen_calibration(self, parent: QWidget, px_per_mm: float) -> float | None:
        """Ask how many pixels of the screen make a millimetre."""
        dialog = CalibrationDialog(parent, px_per_mm)
        return dialog.px_per_mm if dialog.exec() == QDialog.DialogCode.Accepted else None

    def about(self, parent: QWidget) -> None:
        """Say what this program is."""
        QMessageBox.about(
            parent,
            tr("About SleepScorer"),
            tr(
                "<h3>SleepScorer {version}</h3>"
                "<p>Shows sleep recordings, stages them with MC²SleepNet and lets you correct, "
                "save and export the hypnogram.</p>"
                "<p><b>{disclaimer}</b></p>"
                "<p>Nothing leaves this computer: the program uses no network.</p>"
            ).format(version=__version__, disclaimer=tr(DISCLAIMER)),
        )


class DerivationDialog(QDialog):
    """Asks for a channel and, if wanted, for one to subtract from it."""

    def __init__(self, parent: QWidget, channels: Sequence[Channel]) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Derivation to stage"))
        self.setMinimumWidth(420)
        self._channels = channels
        self.anode = QComboBox()
        self.cathode = QComboBox()
        for channel in channels:
            self.anode.addItem(channel.label, channel)
        self.anode.currentIndexChanged.connect(self._offer_cathodes)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QFormLayout(self)
        layout.addRow(
            PlainLabel(tr("The network stages this signal; its spectrum is shown below."))
        )
        layout.addRow(tr("Channel"), self.anode)
        layout.addRow(tr("minus"), self.cathode)
        layout.addRow(buttons)
        self._offer_cathodes()

    @property
    def derivation(self) -> Derivation:
        """What is chosen."""
        return Derivation(self.anode.currentText(), self.cathode.currentData())

    def _offer_cathodes(self) -> None:
        """Only channels of the same rate and unit can be subtracted."""
        anode: Channel = self.anode.currentData()
        self.cathode.clear()
        self.cathode.addItem(tr("nothing (as it is stored)"), None)
        for channel in self._channels:
            same = (channel.sfreq, channel.unit) == (anode.sfreq, anode.unit)
            if same and channel.label != anode.label:
                self.cathode.addItem(channel.label, channel.label)


def _file_filter(name: str, patterns: str) -> str:
    return f"{name} ({patterns});;" + tr("All files") + " (*)"


def _waiting_dialog(text: str, parent: QWidget) -> QProgressDialog:
    dialog = QProgressDialog(text, tr("Cancel"), 0, 0, parent)
    dialog.setLabel(PlainLabel(text))
    dialog.setWindowTitle("SleepScorer")
    dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
    dialog.setMinimumDuration(0)
    dialog.setMinimumWidth(_WAITING_PX)
    dialog.show()
    return dialog
