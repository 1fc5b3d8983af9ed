"""Colours that can be told apart with every colour vision, and read on every ground."""

import itertools

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from sleepscorer.ui.base.theme import DARK, LIGHT, SAFE, Theme
from sleepscorer.ui.shell.main_window import MainWindow

_Colour = npt.NDArray[np.float64]

VISIONS = {
    # Machado, Oliveira and Fernandes 2009, severity 1.
    "usual": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
}
_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
_WHITE = _XYZ.sum(axis=1)


def seen(colour: str, vision: _Colour) -> _Colour:
    """L*, a* and b* of a colour as somebody sees it."""
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    share = _XYZ @ np.clip(vision @ linear, 0, 1) / _WHITE
    x, y, z = np.where(share > 0.008856, np.cbrt(share), 7.787 * share + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def least_distance(colours: dict, vision: _Colour) -> tuple[float, object, object]:
    """The two colours that are most alike, by their distance in CIELAB (1976)."""
    places = {name: seen(colour, vision) for name, colour in colours.items()}
    return min(
        (float(np.linalg.norm(places[one] - places[other])), one, other)
        for one, other in itertools.combinations(places, 2)
    )


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("theme", [LIGHT, DARK, SAFE], ids=["light", "dark", "safe"])
def test_that_stages_are_told_apart(theme: Theme, vision: str) -> None:
    distance, one, other = least_distance(theme.stages, VISIONS[vision])
    assert distance > 14, (one, other)


@pytest.mark.parametrize("vision", VISIONS)
def test_that_events_are_told_apart_in_the_safe_theme(vision: str) -> None:
    distance, one, other = least_distance(SAFE.events, VISIONS[vision])
    assert distance > 10, (one, other)


def test_that_the_rest_of_the_tool_bar_is_seen_to_be_there_in_the_dark(
    qtbot: QtBot, open_window: MainWindow
) -> None:
    open_window.choices.themes["dark"].trigger()
    open_window.resize(700, 600)
    button = open_window.tool_bar.findChild(QToolButton, "qt_toolbar_ext_button")
    qtbot.waitUntil(button.isVisible)
    picture = button.grab().toImage()
    places = itertools.product(range(picture.width()), range(picture.height()))
    lights = [picture.pixelColor(x, y).lightnessF() for x, y in places]
    assert max(lights) - min(lights) > 0.4
