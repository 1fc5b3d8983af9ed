"""What the oximeter of an open night says of its events, as its report has it."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject

from sleepscorer.domain.artefacts import artefacts_of
from sleepscorer.domain.events import WITH_SATURATION, ScoredEvent
from sleepscorer.events.oximetry import Saturation, with_saturation_among
from sleepscorer.events.roles import Role
from sleepscorer.events.sensors import read_saturation
from sleepscorer.ui.base.tasks import Progress
from sleepscorer.ui.night.desk import Desk
from sleepscorer.ui.night.document import Document
from sleepscorer.ui.night.lifetime import Lifetime
from sleepscorer.ui.night.sight import Sight

logger = logging.getLogger(__name__)

_Source = tuple[str, tuple[ScoredEvent, ...]]


class Oximeter(QObject):
    """Reads the saturation once there are apneas or hypopneas, and anew when it becomes another.

    Another it becomes when the technician marks an artefact or chooses another channel.
    """

    def __init__(self, document: Document, sight: Sight, life: Lifetime, desk: Desk) -> None:
        super().__init__(document)
        self._document = document
        self._sight = sight
        self._life = life
        self._preferences = desk.preferences
        self._wanted: _Source | None = None
        self._read: _Source | None = None
        self._saturation: Saturation | None = None

    @property
    def is_known(self) -> bool:
        """Whether what there is of it was read; else it is under way, or can't be read."""
        return self._read is not None and self._read == self._wanted

    @property
    def saturation(self) -> Saturation | None:
        """The saturation; None where there is none or it is not known."""
        return self._saturation if self.is_known else None

    def look(self) -> None:
        """Read it, where events need it and it is not the one that is known."""
        index = self._document.scoring.event_index
        if all(kind.group not in WITH_SATURATION for kind in index.kinds):
            return
        laboratory, recording = self._preferences().laboratory, self._document.recording
        roles = laboratory.roles_of(recording.channels).usable()
        label = roles[Role.SPO2].label if Role.SPO2 in roles else ""
        artefacts = tuple(
            one for one in artefacts_of(self._document.scoring) if one.channel in ("", label)
        )
        wanted = label, artefacts
        if wanted == self._wanted:
            return
        self._wanted = wanted

        def work(_report: Progress) -> Saturation | None:
            return read_saturation(laboratory.signals(recording, artefacts))[0]

        def take(saturation: Saturation | None) -> None:
            self._read, self._saturation = wanted, saturation

        # Nobody asked for it: the report says what is wrong with the file.
        self._life.submit(work, on_success=take, on_failure=logger.warning)

    def filled(self, event: ScoredEvent) -> ScoredEvent:
        """The event with nadir and baseline as in the report, where they are known.

        One that is being dragged is none of the night yet.
        """
        index, saturation = self._sight.scoring.event_index, self.saturation
        if saturation is None or index.place_of(event) is None:
            return event
        return with_saturation_among(event, index, saturation)
