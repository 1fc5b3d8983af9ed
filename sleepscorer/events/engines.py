"""The engines that suggest events, by the word that chooses one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sleepscorer.domain.phrases import Phrase
from sleepscorer.events.engine import EventEngine
from sleepscorer.events.laboratory import USUAL_ENGINE
from sleepscorer.events.plain_engine import PlainEngine
from sleepscorer.events.psgscoring_engine import PsgscoringEngine, is_installed

ENGINES: Mapping[str, Callable[[], EventEngine]] = {
    USUAL_ENGINE: PlainEngine,
    "psgscoring": PsgscoringEngine,
}

ENGINE_NAMES: Mapping[str, Phrase] = {
    USUAL_ENGINE: Phrase("plain rules"),
    "psgscoring": Phrase("psgscoring, and plain rules for all but breathing"),
}
"""Name shown of each."""


def available_engines() -> tuple[str, ...]:
    """Words of the engines that are there."""
    return tuple(word for word in ENGINES if word != "psgscoring" or is_installed())
