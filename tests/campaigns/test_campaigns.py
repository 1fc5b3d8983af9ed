"""A short run of each campaign; the long ones are run by hand."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "case",
    [
        ("damage_journals", 140),
        ("damage_recordings", 18),
        ("damage_scorings", 110),
        ("damage_sessions", 60),
        ("damage_settings", 100),
        ("damage_weights", 12),
        ("fill_disk", 20),
        ("kill_while_editing", 1),
        ("kill_while_staging", 4, "--kills", 2),
        ("kill_while_training", 1),
        ("kill_while_writing", 4),
        ("plant_names", 12),
        ("replace_files", 40),
    ],
    ids=lambda case: case[0],
)
def test_that_nothing_is_lost_in_a_short_campaign(case: tuple[str | int, ...]) -> None:
    script, n, *options = map(str, case)
    path = Path(__file__).with_name(f"{script}.py")
    command = [sys.executable, str(path), "--n", n, "--seed", "7", *options]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"{ended.stdout[-2000:]}\n{ended.stderr[-4000:]}"
    assert "Traceback" not in ended.stderr


@pytest.mark.timeout(600)
def test_that_nothing_is_left_of_the_nights_of_a_short_day() -> None:
    path = Path(__file__).with_name("day_of_work.py")
    # So few nights warm up: only the long run tells whether memory grows.
    command = [sys.executable, str(path), "--n", "4", "--epochs", "24", "--most-mib", "300"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"{ended.stdout[-2000:]}\n{ended.stderr[-4000:]}"
    assert "1 recordings, 1 documents, 1 nights" in ended.stdout


@pytest.mark.timeout(600)
def test_that_what_fuzzing_kept_is_read_asked_about_or_refused() -> None:
    path = Path(__file__).with_name("replay_corpus.py")
    ended = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, f"{ended.stdout[-2000:]}\n{ended.stderr[-4000:]}"
    assert all(reader in ended.stdout for reader in ("header", "journal", "session", "weights"))
