"""Preferences survive a restart, whatever is in the settings file."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from sleepscorer.ui.base.advance import Advance, advance_mode
from sleepscorer.ui.base.key_profiles import DEFAULT, key_profile
from sleepscorer.ui.base.preferences import Preferences, PreferenceStore


def reopened(tmp_path: Path) -> PreferenceStore:
    return PreferenceStore(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))


def test_that_preferences_survive_a_restart(tmp_path: Path) -> None:
    preferences = Preferences(
        "Ana Ruiz", "stay", "isr", filters=False, theme="dark", recent_files=("/nights/ä b.edf",)
    )
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    PreferenceStore(settings).save(preferences)
    settings.sync()
    assert reopened(tmp_path).load() == preferences


@pytest.mark.parametrize("text", ["", "{", "12", '["a", 3]', "null", '"x"'])
def test_that_a_damaged_preference_has_its_default(tmp_path: Path, text: str) -> None:
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    settings.setValue("preferences/filters", text)
    settings.sync()
    assert reopened(tmp_path).load().filters is True


def test_that_recent_files_are_listed_once_and_the_latest_first() -> None:
    preferences = Preferences()
    for name in (*(f"/n/{index}.edf" for index in range(12)), "/n/3.edf"):
        preferences = preferences.with_recent_file(Path(name))
    assert preferences.recent_files[0] == "/n/3.edf"
    assert len(preferences.recent_files) == len(set(preferences.recent_files)) == 10


def test_that_unknown_words_in_the_settings_mean_the_defaults() -> None:
    assert advance_mode("later") is Advance.ALWAYS
    assert key_profile("another program") is DEFAULT
