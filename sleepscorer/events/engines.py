"""The engines that suggest events, by the word that chooses one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sleepscorer.events.engine import EventEngine
from sleepscorer.events.plain_engine import PlainEngine
from sleepscorer.events.psgscoring_engine import PsgscoringEngine

ENGINES: Mapping[str, Callable[[], EventEngine]] = {
    "plain": PlainEngine,
    "psgscoring": PsgscoringEngine,
}
