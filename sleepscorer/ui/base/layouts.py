"""How the window is divided: the layout that was left on each screen, and those with a name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QSettings, QSize

_SCREENS, _NAMED = "window/screens", "window/layouts"
FRAME_PX = QSize(16, 48)
"""What the frame around a window takes, before it is known."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What of the window is shown, and where.

    Attributes
    ----------
    hidden
        Ids of the panels that are not shown.
    heights_px
        Heights of the traces and of the night; empty for what fits the traces.
    docks
        Where the docks are, as Qt writes it; empty for the usual places.
    """

    hidden: frozenset[str] = frozenset()
    heights_px: tuple[int, ...] = ()
    docks: bytes = b""


USUAL = Layout()


class Layouts:
    """Keeps layouts beside the preferences. What can't be read is as if it were not there.

    A laptop is used alone and at a desk: what was left is remembered for each set of screens.
    """

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def left(self, screens: Sequence[QSize]) -> tuple[Layout, QByteArray] | None:
        """How the window was left on these screens, with its geometry as Qt writes it."""
        stored = self._read(_SCREENS).get(_key(screens))
        layout = _layout_of(stored)
        if layout is None or not isinstance(stored, dict):
            return None
        return layout, _bytes_of(stored.get("geometry"))

    def leave(self, screens: Sequence[QSize], layout: Layout, geometry: QByteArray) -> None:
        """Remember how the window is left on these screens."""
        entry = {**_stored(layout), "geometry": _text_of(geometry.data())}
        self._write(_SCREENS, self._read(_SCREENS) | {_key(screens): entry})

    @property
    def named(self) -> dict[str, Layout]:
        """Layouts with a name, in the order of their keys."""
        found = {name: _layout_of(stored) for name, stored in self._read(_NAMED).items()}
        return {name: layout for name, layout in found.items() if layout is not None}

    def keep(self, name: str, layout: Layout) -> None:
        """Give a layout a name, in place of the one that has it."""
        self._write(_NAMED, self._read(_NAMED) | {name: _stored(layout)})

    def remove(self, name: str) -> None:
        """Forget a layout."""
        self._write(_NAMED, {key: one for key, one in self._read(_NAMED).items() if key != name})

    def _read(self, key: str) -> dict[str, object]:
        self._settings.sync()  # another window may have written
        text = self._settings.value(key)
        try:
            found = json.loads(text) if isinstance(text, str) else {}
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self, key: str, value: dict[str, object]) -> None:
        self._settings.setValue(key, json.dumps(value))


def _key(screens: Sequence[QSize]) -> str:
    return "+".join(sorted(f"{size.width()}x{size.height()}" for size in screens))


def _stored(layout: Layout) -> dict[str, object]:
    return {
        "hidden": sorted(layout.hidden),
        "heights_px": list(layout.heights_px),
        "docks": _text_of(layout.docks),
    }


def _layout_of(stored: object) -> Layout | None:
    if not isinstance(stored, dict):
        return None
    hidden, heights_px = stored.get("hidden"), stored.get("heights_px")
    if not isinstance(hidden, list) or not isinstance(heights_px, list):
        return None
    known = all(isinstance(name, str) for name in hidden)
    if not known or not all(type(px) is int and 0 < px < 100_000 for px in heights_px):
        return None
    docks = bytes(_bytes_of(stored.get("docks")).data())
    return Layout(frozenset(hidden), tuple(heights_px), docks)


def _text_of(some: bytes | bytearray | memoryview) -> str:
    return bytes(QByteArray(bytes(some)).toBase64().data()).decode("ascii")


def _bytes_of(text: object) -> QByteArray:
    encoded = text.encode("utf-8") if isinstance(text, str) else b""
    return QByteArray.fromBase64(QByteArray(encoded))
