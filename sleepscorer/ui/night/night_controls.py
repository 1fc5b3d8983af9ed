"""What the technician can change about the view of the night: how much of it, and its colours."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from sleepscorer.ui.base.language import tr
from sleepscorer.ui.views.night import NightView

_ZOOM = 2.0
_STEP_DB = 2.0


class NightControls(QObject):
    """Carries the actions out on the view of the night.

    Attributes
    ----------
    said
        Emitted with what has changed, in words.
    """

    said = Signal(str)

    def __init__(self, night: NightView, parent: QObject) -> None:
        super().__init__(parent)
        self._view = night

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action on the night does, by its id."""
        return {
            "view.zoom_in": lambda: self._view.zoom(_ZOOM),
            "view.zoom_out": lambda: self._view.zoom(1 / _ZOOM),
            "view.zoom_all": lambda: self._view.zoom(0.0),
            "view.brighter": lambda: self._shift_levels(-_STEP_DB, -_STEP_DB),
            "view.darker": lambda: self._shift_levels(_STEP_DB, _STEP_DB),
            "view.more_contrast": lambda: self._shift_levels(_STEP_DB / 2, -_STEP_DB / 2),
            "view.less_contrast": lambda: self._shift_levels(-_STEP_DB / 2, _STEP_DB / 2),
            "view.usual_colours": self._fit_levels,
        }

    def _shift_levels(self, low_db: float, high_db: float) -> None:
        low, high = self._view.levels_db
        if high + high_db - low - low_db >= _STEP_DB:
            self._view.set_levels((low + low_db, high + high_db))
        self._say_levels()

    def _fit_levels(self) -> None:
        self._view.set_levels(None)
        self._say_levels()

    def _say_levels(self) -> None:
        low, high = self._view.levels_db
        text = tr("Colours of the spectrogram: {low} to {high} dB (µV²/Hz)")
        self.said.emit(text.format(low=f"{low:.0f}", high=f"{high:.0f}"))
