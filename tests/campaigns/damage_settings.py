"""Damage preferences, keys and montages, and see whether the program starts.

Run by hand: ``python tests/campaigns/damage_settings.py [--n N] [--seed SEED]``. Each time one
preference has an odd value and the file of montages one damage. The preferences have to be read,
with the damaged one put aside; the montages read or refused with a sentence; and at every
twentieth the window has to start and close with them.
"""

from __future__ import annotations

import json
import os
import random
from dataclasses import fields
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from campaign import run
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication

from resources import MONTAGES_PATH
from sleepscorer.domain.errors import ScoringError
from sleepscorer.io.montages import read_montages
from sleepscorer.ui.actions.key_bindings import effective_keys, from_text
from sleepscorer.ui.base.key_profiles import key_profile
from sleepscorer.ui.base.preferences import Preferences, PreferenceStore
from sleepscorer.ui.shell.main_window import MainWindow

N_SETTINGS = 2000
WINDOW_EVERY = 20
ODD_TEXTS = (
    *("", "{", "[", "null", "NaN", "-Infinity", "1e999", "true", '"\\ud800"', '"\\u0000"'),
    *("9" * 5000, "[" * 100_000, '{"a":' * 3000, '["view.next=Space", "file.open=Space"]'),
    *(json.dumps("x" * 100_000), json.dumps(["/n/\x00.edf", "x" * 5000, "\ud800"]), "-1", "0"),
    *('["=", "a=b=c", ";;;"]', '[["nested"]]', '"<b>&"', "[1, 2]", "1e308", "\ufeff1"),
)


def odd_text(rng: random.Random, name: str) -> str:
    if rng.random() < 0.7:
        return rng.choice(ODD_TEXTS)
    whole = json.dumps(getattr(Preferences(), name))
    position = rng.randrange(len(whole) + 1)
    return whole[:position] + chr(rng.randrange(1, 0x250)) + whole[position + rng.randrange(2) :]


def odd_montages(rng: random.Random, content: bytes) -> bytes:
    start = rng.randrange(len(content))
    kind = rng.randrange(6)
    if kind == 0:
        return content[:start] + bytes((rng.randrange(256),)) + content[start + 1 :]
    if kind == 1:
        return content[:start]
    if kind == 2:
        return content[:start] + bytes(512) + content[start + 512 :]
    if kind == 3:  # a value of another kind
        document = json.loads(content)
        montage = rng.choice(document["montages"])
        trace = rng.choice(montage["traces"])
        value = rng.choice([None, 5, -1, 10**401, "x", [], {}, True, [1, 2, 3], float("inf")])
        places = [(trace, key) for key in ("signal", "height", "filter_hz", "colour")]
        places += [(montage, "traces"), (montage, "name"), (document, "montages")]
        target, key = rng.choice(places)
        target[key] = [value] if rng.random() < 0.3 else value
        return json.dumps(document).encode()
    if kind == 4:
        lines = content.splitlines(keepends=True)
        lines.insert(rng.randrange(len(lines)), rng.choice(lines))
        return b"".join(lines)
    return rng.choice([b"", b"[" * 100_000, b"\xff\xfe{}", b"\xef\xbb\xbf" + content, b"null"])


def start_window(store: PreferenceStore, folder: Path) -> None:
    window = MainWindow(store, folder / "cache", folder / "journals")
    window.show()
    QApplication.processEvents()
    assert window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def read_all(folder: Path, rng: random.Random, content: bytes, *, with_window: bool) -> list[str]:
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    settings.clear()
    name = rng.choice([field.name for field in fields(Preferences)])
    text = odd_text(rng, name)
    settings.setValue(f"preferences/{name}", text)
    text = settings.value(f"preferences/{name}")  # it may not hold every letter
    store = PreferenceStore(settings)
    preferences = store.load()
    found = ["preference put aside" if store.damaged else "preference read"]
    assert not store.damaged or settings.value(f"damaged/{name}") == text
    keys = effective_keys(key_profile(preferences.keys), from_text(preferences.own_keys))
    every_key = [key for own in keys.values() for key in own]
    assert len(every_key) == len(set(every_key)), "a key belongs to two actions"
    path = folder / "montages.json"
    path.write_bytes(odd_montages(rng, content))
    try:
        read_montages(path)
        found.append("montages read")
    except ScoringError as error:
        found.append("montages refused" if str(path) in str(error) else "NO PLACE SAID")
    if with_window:
        start_window(store, folder)
        found.append("window started")
    store.save(preferences)
    assert PreferenceStore(settings).load() == preferences
    return found


def trial(rng: random.Random, number: int, folder: Path) -> list[str]:
    content = MONTAGES_PATH.read_bytes()
    return read_all(folder, rng, content, with_window=number % WINDOW_EVERY == 0)


if __name__ == "__main__":
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    run(trial, n_trials=N_SETTINGS, longest_s=60)
