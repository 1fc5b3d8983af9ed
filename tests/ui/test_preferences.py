"""Preferences survive a restart, whatever is in the settings file."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from sleepscorer.ui.actions.key_bindings import from_text
from sleepscorer.ui.base.advance import Advance, advance_mode
from sleepscorer.ui.base.key_profiles import DEFAULT, key_profile
from sleepscorer.ui.base.preferences import Preferences, PreferenceStore
from sleepscorer.ui.shell.main_window import MainWindow


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


DAMAGE = ["", "{", "12", "null", '"x"', "9" * 5000, "[" * 100_000, '{"a": ' * 5000, "1e999"]


@pytest.mark.parametrize("text", DAMAGE)
def test_that_what_is_damaged_is_put_aside_and_named(tmp_path: Path, text: str) -> None:
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    for name in ("filters", "own_keys", "notch_hz"):
        settings.setValue(f"preferences/{name}", text)
    settings.setValue("preferences/scorer", '"Ana"')
    store = PreferenceStore(settings)
    preferences = store.load()
    assert preferences.scorer == "Ana"
    assert preferences.own_keys == ()
    expected = {"filters", "own_keys"} | ({"notch_hz"} if text != "12" else set())
    assert set(store.damaged) == expected
    assert settings.value("damaged/filters") == text
    assert store.load() == preferences
    store.save(preferences)
    assert reopened(tmp_path).load() == preferences


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps settings in its registry")
@pytest.mark.parametrize(
    "content",
    [
        b"no settings at all\nbut a letter",
        b"\x00\xff\x12[[[",
        b'[preferences]\nscorer="\\"Ana\\""\nhalf a li',
        b"[General\nx=1\n",
    ],
)
def test_that_a_settings_file_that_is_none_is_kept_beside(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "s.ini").write_bytes(content)
    store = reopened(tmp_path)
    preferences = store.load()
    assert preferences.scorer == ("Ana" if b"Ana" in content else "")
    store.save(replace(preferences, theme="dark"))
    assert store.damaged_file == tmp_path / "s-damaged-1.ini"
    assert store.damaged_file.read_bytes() == content
    again = reopened(tmp_path)
    assert again.load().theme == "dark"
    assert again.damaged_file is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("page_s", text) for text in ("0", "-30.0", "NaN", "1" + "0" * 400)),
        *(("notch_hz", text) for text in ("-1", "true", "1e3")),
        *(("px_per_mm", text) for text in ("-0.1", "Infinity", "NaN")),
        *(("recent_files", text) for text in ("[1]", '["a", null]', '"a"')),
    ],
)
def test_that_a_value_that_can_not_be_is_damaged(tmp_path: Path, name: str, text: str) -> None:
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    settings.setValue(f"preferences/{name}", text)
    store = PreferenceStore(settings)
    assert store.load() == Preferences()
    assert store.damaged == (name,)


def test_that_the_preferences_of_two_windows_are_put_together(tmp_path: Path) -> None:
    one, other = reopened(tmp_path), reopened(tmp_path)
    begun = Preferences(
        own_keys=("view.next=Right", "view.zoom=Z", "file.open=F9"), recent_files=("/a", "/b")
    )
    one.save(begun)
    mine, theirs = one.load(), other.load()
    one.save(
        replace(
            mine,
            theme="dark",
            own_keys=("view.next=N", "view.zoom=Z"),
            recent_files=("/new", "/a", "/b"),
        )
    )
    other.save(
        replace(
            theirs,
            scorer="Li",
            own_keys=("view.next=Right", "view.zoom=Z; +", "file.open=F9", "edit.undo=U"),
            recent_files=("/b", "/a"),
        )
    )
    merged = reopened(tmp_path).load()
    assert (merged.theme, merged.scorer) == ("dark", "Li")
    assert merged.own_keys == ("view.next=N", "view.zoom=Z; +", "edit.undo=U")
    assert merged.recent_files == ("/b", "/a", "/new")


def test_that_a_key_that_both_windows_gave_away_belongs_to_one_action() -> None:
    own = from_text(("file.open=Space", "file.quit=Space; F9"))
    assert own == {"file.open": ("Space",), "file.quit": ("F9",)}


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps settings in its registry")
def test_that_settings_are_for_their_owner_alone(tmp_path: Path) -> None:
    store = reopened(tmp_path)
    store.save(Preferences(recent_files=("/nights/Anna Müller.edf",)))
    assert (tmp_path / "s.ini").stat().st_mode & 0o777 == 0o600


def test_that_damaged_settings_are_told_and_the_window_starts(
    qtbot: QtBot, store: PreferenceStore, dialogs, tmp_path: Path
) -> None:
    store._settings.setValue("preferences/page_s", "9" * 5000)
    window = MainWindow(store, tmp_path / "cache", tmp_path / "journals", dialogs)
    qtbot.addWidget(window)
    assert "page_s" in window.messages.text
    assert "settings.ini" in window.messages.text
