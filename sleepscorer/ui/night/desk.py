"""What lasts as long as the window, as an open night sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from sleepscorer.domain.stages import Stage
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.base.preferences import Preferences
from sleepscorer.ui.base.tasks import TaskRunner
from sleepscorer.ui.base.viewport import Viewport
from sleepscorer.ui.dialogs.dialogs import Dialogs
from sleepscorer.ui.night.journals import Journals
from sleepscorer.ui.night.network import Network
from sleepscorer.ui.views.epoch_panel import EpochPanel
from sleepscorer.ui.views.events_panel import EventsPanel
from sleepscorer.ui.views.message_bar import Message
from sleepscorer.ui.views.review_panel import ReviewPanel
from sleepscorer.ui.views.tool_bar import ToolBar
from sleepscorer.ui.views.video_panel import VideoPanel
from sleepscorer.ui.views.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where an open night is shown, and what it works with.

    Attributes
    ----------
    window
        Owner, over which dialogs are shown.
    dialogs
        Asks the technician.
    tasks
        Runs what takes time.
    journals
        Keep every change as it is made.
    network
        What stages.
    viewport
        Where the technician is.
    workspace, panel, queue, events, video, tool_bar
        The views.
    preferences
        Gives the preferences as they are now.
    stage_keys
        Gives the keys of the stages.
    names_files
        Whether names of files are shown: they often tell who it is.
    may_score
        Whether it is known who scores, after asking where it is not: for whoever is about to make
        a change, and only then.
    say, done
        Show a sentence for a while, or until there is another.
    unsay
        Takes a sentence away where it is still shown.
    offer
        Shows what can be done about something.
    fail
        Shows why something could not be done.
    """

    window: QWidget
    dialogs: Dialogs
    tasks: TaskRunner
    journals: Journals
    network: Network
    viewport: Viewport
    workspace: Workspace
    panel: EpochPanel
    queue: ReviewPanel
    events: EventsPanel
    video: VideoPanel
    tool_bar: ToolBar
    preferences: Callable[[], Preferences]
    stage_keys: Callable[[], dict[str, Stage]]
    names_files: Callable[[], bool]
    may_score: Callable[[], bool]
    say: Callable[[str], None]
    done: Callable[[str], None]
    unsay: Callable[[str], None]
    offer: Callable[[Message], None]
    fail: Callable[[Exception], None]

    def reading(self, path: Path) -> str:
        """Say that a file is being read."""
        return tr("Reading {file}").format(file=path.name) if self.names_files() else tr("Reading")

    def writing(self, path: Path) -> str:
        """Say that a file is being written."""
        return tr("Writing {file}").format(file=path.name) if self.names_files() else tr("Writing")

    def exported(self, path: Path) -> str:
        """Say that something was exported."""
        return tr("Exported {path}.").format(path=path) if self.names_files() else tr("Exported.")
