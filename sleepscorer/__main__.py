"""Command line: the application, `score` without a window, and the self-test."""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from sleepscorer import __version__

_NO_DISPLAY = (
    "SleepScorer needs a display to show its window and there is none here. To stage recordings "
    "without one: sleepscorer score RECORDING… --out FOLDER"
)
_NO_QT = (
    "Qt can't be loaded ({error}). On Debian or Ubuntu, packaging/install.sh installs the system "
    "libraries that it needs. To stage recordings without a window: sleepscorer score "
    "RECORDING… --out FOLDER"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run SleepScorer and return its exit status."""
    multiprocessing.freeze_support()  # the frozen application's workers begin here
    arguments = sys.argv[1:] if arguments is None else arguments
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    # A recording may be given where a command may be: argparse can't tell, the first word can.
    if arguments and arguments[0] == "score":
        return _score(arguments[1:])
    options = _application_parser().parse_args(arguments)
    if options.selftest:
        from sleepscorer.selftest import selftest

        return selftest()
    return _show_window(options.recording)


def _application_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sleepscorer",
        description="Score sleep recordings. Without a file, the simulated demo is opened.",
        epilog="sleepscorer score --help: stage recordings without a window.",
    )
    parser.add_argument("recording", nargs="?", type=Path, help="recording or session to open")
    parser.add_argument(
        "--selftest", action="store_true", help="check that this installation works, then end"
    )
    parser.add_argument("--version", action="version", version=f"SleepScorer {__version__}")
    return parser


def _score(arguments: Sequence[str]) -> int:
    from sleepscorer.io.scoring_formats import SCORING_FORMATS, scoring_format

    parser = argparse.ArgumentParser(
        prog="sleepscorer score",
        description="Stage recordings without a window. Not a medical device: a qualified person "
        "reviews every result.",
    )
    parser.add_argument("recordings", nargs="+", type=Path, metavar="RECORDING")
    parser.add_argument("--out", type=Path, required=True, help="folder for the results")
    parser.add_argument(
        "--format", default="csv", choices=[row.id for row in SCORING_FORMATS], dest="format_id"
    )
    parser.add_argument(
        "--channel", help="channel to stage, or two as A,B for A minus B; else chosen by label"
    )
    options = parser.parse_args(arguments)

    from model.allocator import keep_freed_memory
    from sleepscorer.headless import score

    keep_freed_memory()
    return score(
        options.recordings,
        out=options.out,
        scoring_format=scoring_format(options.format_id),
        channel=options.channel,
    )


def _show_window(path: Path | None) -> int:
    if not _has_display():
        sys.stderr.write(f"{_NO_DISPLAY}\n")
        return 2
    try:
        from sleepscorer.ui.application import run
    except ImportError as error:
        if "PySide6" not in str(error) and ".so" not in str(error):
            raise
        sys.stderr.write(f"{_NO_QT.format(error=error)}\n")
        return 2
    return run(path)


def _has_display() -> bool:
    """Whether there is a display to connect to; Qt would end the process without one."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
