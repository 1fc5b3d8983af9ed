"""Data files that ship with the application."""

from pathlib import Path

WEIGHTS_FOLDER = Path(__file__).parent / "weights"
"""Versions of the network that come with the application; the newest is used by default."""

REPLAY_FOLDER = Path(__file__).parent / "replay"
"""Features of nights that those versions were trained on, so that fine-tuning forgets none."""

MONTAGES_PATH = Path(__file__).parent / "montages" / "presets.json"
"""Montages that every lab begins with."""

ICON_PATH = Path(__file__).parent / "icon" / "sleepscorer.png"
"""The program's icon; packaging/icons.py draws it in the formats of all systems."""

TRANSLATIONS_FOLDER = Path(__file__).parent / "translations"
"""The interface's texts in other languages, as sources (``.ts``) and compiled (``.qm``)."""

DEFINITIONS_PATHS = {
    "en": Path(__file__).parent / "definitions.md",
    "de": Path(__file__).parent / "definitions.de.md",
}
"""What every number means, by language."""

GUIDE_PATHS = {
    "en": Path(__file__).parent / "guide.md",
    "de": Path(__file__).parent / "guide.de.md",
}
"""The guide for technicians, by language."""
