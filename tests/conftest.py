"""Fixtures for all tests."""

import os
from pathlib import Path

import pytest

# Before any test imports torch: its threads wait for each other where cores are shared, and the
# tests run side by side already.
os.environ.setdefault("OMP_NUM_THREADS", "1")
# Before any test imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_DATA_BESIDE_THE_CHECKOUT = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def sleepscorer_data() -> Path:
    """Folder of the real recordings; the variable SLEEPSCORER_DATA names another one.

    A missing folder fails the test instead of skipping it: what rests on real recordings must
    have been tested on them.
    """
    folder = Path(os.environ.get("SLEEPSCORER_DATA", _DATA_BESIDE_THE_CHECKOUT))
    if not folder.is_dir():
        pytest.fail(f"no recordings at {folder}: set SLEEPSCORER_DATA to the folder that has them")
    return folder
