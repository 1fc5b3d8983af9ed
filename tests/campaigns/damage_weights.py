"""Damage files of weights, with and without sealing them anew, and load them.

Run by hand: ``python tests/campaigns/damage_weights.py [--n N] [--seed SEED]``. Each has to be
loaded or refused with one sentence that names it; what was not sealed anew must not be loaded.
"""

from __future__ import annotations

import hashlib
import json
import random
import struct
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from campaign import damaged, run, said

from model import files
from model.files import WeightsError
from model.weights import load
from resources import WEIGHTS_FOLDER

ODD_VALUES = (
    *(None, True, -1, 0, 10**9, 10**400, 1e308, float("inf"), "", "x" * 10_000, [], {}),
    *([[]] * 3, {"a": {"b": []}}, "\x00", "..", "/etc/passwd", [10**9], "MC²SleepNet"),
)


WEIGHTS_PATH = files.newest(WEIGHTS_FOLDER)


@cache
def whole() -> tuple[files.VersionFile, bytes]:
    """The version in use, and the JSON that it would have in a pair of files."""
    version = files.read(WEIGHTS_PATH)
    known = {"format_version": files.PAIR_FORMAT_VERSION, "sha256": version.sha256}
    return version, json.dumps(known | asdict(version.description)).encode()


def trial(rng: random.Random, number: int, folder: Path) -> Iterator[str]:
    path = folder / "version.safetensors"
    version, pair = whole()
    kind = ("bytes", "description", "pair", "tensors")[number % 4]
    if kind == "bytes":
        content = files.packed(version.description, version.tensors)
        path.write_bytes(damaged(rng, content, n_head=6000))
        is_whole = path.read_bytes() == content
    elif kind == "tensors":
        tensors = odd_header(rng, version.tensors)
        path.write_bytes(tensors)
        entries = json.loads(pair) | {"sha256": hashlib.sha256(tensors).hexdigest()}
        files.description_path(path).write_text(json.dumps(entries), "utf-8")
        is_whole = True
    else:
        entries = odd_entries(rng, json.loads(pair))
        text = json.dumps(entries).encode()
        if kind == "description":
            text = damaged(rng, text)
        path.write_bytes(version.tensors)
        files.description_path(path).write_bytes(text)
        is_whole = True
    for what, use in (("loaded", load), ("described", files.read)):
        try:
            use(path)
        except WeightsError as error:
            yield f"{kind}: {said(error, path.stem)}"
        else:
            yield f"{kind}: {what if is_whole else 'DAMAGE TAKEN FOR WHOLE'}"


def odd_entries(rng: random.Random, entries: dict[str, Any]) -> dict[str, Any]:
    """Give one entry, or one in it, another value."""
    target: Any = entries
    key = rng.choice(list(entries))
    while isinstance(target[key], dict) and target[key] and rng.random() < 0.7:
        target = target[key]
        key = rng.choice(list(target))
    if rng.random() < 0.2:
        del target[key]
    else:
        target[key] = rng.choice(ODD_VALUES)
    return entries


def odd_header(rng: random.Random, tensors: bytes) -> bytes:
    """Give a tensor another shape, type or place, or take it away."""
    (length,) = struct.unpack("<Q", tensors[:8])
    header = json.loads(tensors[8 : 8 + length])
    name = rng.choice(list(header))
    kind = rng.randrange(4)
    if kind == 0:
        del header[name]
    elif kind == 1:
        header[name]["shape"] = rng.choice(([], [10**9, 10**9], [0], [-1], [2**62]))
    elif kind == 2:
        header[name]["data_offsets"] = rng.choice(([0, 2**62], [-1, 5], [5, 0], []))
    else:
        header[name]["dtype"] = rng.choice(("F64", "I8", "BF16", "x"))
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + tensors[8 + length :]


if __name__ == "__main__":
    load(WEIGHTS_PATH)  # what torch imports at its first use takes longer than a trial may
    run(trial, n_trials=600, longest_s=60)
