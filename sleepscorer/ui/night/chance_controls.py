"""From what a network takes to be an event to one that a person marked."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject

from sleepscorer.domain.event_chances import event_chances, likeliest
from sleepscorer.domain.events import EventKind
from sleepscorer.ui.base.language import tr
from sleepscorer.ui.night.desk import Desk
from sleepscorer.ui.night.event_controls import EventControls
from sleepscorer.ui.night.lifetime import Lifetime
from sleepscorer.ui.night.sight import Sight


class ChanceControls(QObject):
    """Marks the event that the network takes to be in an epoch, when a person asks for it.

    The event is the person's, who has seen the network: it lies over the whole epoch, or where a
    stretch was dragged, and is chosen, to be moved by key or mouse and to be given another kind.
    """

    def __init__(self, sight: Sight, events: EventControls, life: Lifetime, desk: Desk) -> None:
        super().__init__(sight)
        self._sight = sight
        self._events = events
        self._say = desk.say
        self._viewport = desk.viewport
        self._meant: tuple[EventKind, int] | None = None
        life.connect(desk.workspace.chances.kind_meant, self._mean)

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action on chances of events does, by its id."""
        return {"events.from_network": self.mark}

    def mark(self) -> None:
        """Mark what the network sees in the current epoch, or of what the click was."""
        epoch, meant = self._viewport.epoch, self._meant
        self._meant = None
        chances = event_chances(self._sight.scoring)
        if meant is not None and meant[1] == epoch:
            self._events.mark_in_epoch(meant[0], epoch)
            return
        found = likeliest(chances, epoch)
        if found is not None:
            self._events.mark_in_epoch(found.kind, epoch)
        elif chances:
            told = ", ".join(
                f"{tr(one.kind.label)} {_floored(one.probabilities[epoch])}" for one in chances
            )
            text = tr("The network takes no event to be in epoch {epoch}: {chances}.")
            self._say(text.format(epoch=epoch + 1, chances=told))
        else:
            self._say(
                tr(
                    "The network whose stages are shown says nothing of apneas and hypopneas. "
                    "Import one that does in Model > Model and learning, use it and press F9."
                )
            )

    def _mean(self, kind: EventKind, epoch: int) -> None:
        self._meant = kind, epoch


def _floored(probability: np.float32) -> str:
    """In whole per cent, and never a half where it is less."""
    return "–" if np.isnan(probability) else f"{int(100 * probability)} %"
