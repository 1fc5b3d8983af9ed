"""``python -m training train`` and ``python -m training evaluate``."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from model import weights
from model.allocator import keep_freed_memory
from resources import WEIGHTS_PATH
from training.checkpoints import CheckpointError
from training.config import read_config
from training.evaluate import evaluate_nights, evaluate_partial_nights, held_out_subjects
from training.full_epochs import read_full_recording
from training.mosaic import BLIND_KINDS
from training.partial_epochs import read_nights, split_by_subject
from training.progress import write_json_line
from training.recipe import train

_FIRST_CONFIG = Path(__file__).parent / "configs" / "first.toml"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand; the exit code is 0, or 1 with one sentence on standard error."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO)
    options = _parser().parse_args(arguments)
    keep_freed_memory()
    try:
        if options.command == "train":
            _train(options)
        else:
            _evaluate(options)
    except (ValueError, OSError, CheckpointError, weights.WeightsError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    training = commands.add_parser(
        "train", help="train on partial epochs; progress as JSON lines on standard output"
    )
    training.add_argument("--data", type=Path, required=True, help="folder with SC4ssN.npz")
    training.add_argument("--out", type=Path, required=True, help="folder for the results")
    training.add_argument("--config", type=Path, default=_FIRST_CONFIG, help="TOML file")
    training.add_argument("--resume", action="store_true", help="continue an interrupted run")

    evaluation = commands.add_parser("evaluate", help="measure weights on held-out recordings")
    evaluation.add_argument("--weights", type=Path, default=WEIGHTS_PATH, help="safetensors file")
    evaluation.add_argument("--data", type=Path, help="folder with SC4ssN.npz")
    evaluation.add_argument(
        "--subjects", nargs="+", help="instead of the test subjects named by the weights"
    )
    evaluation.add_argument("--edf", type=Path, help="full recording")
    evaluation.add_argument("--stages", type=Path, help="its stages, one name per line")
    evaluation.add_argument("--derivation", help="label of the signal in the EDF file")
    return parser


def _train(options: argparse.Namespace) -> None:
    config = read_config(options.config)
    split = split_by_subject(
        read_nights(options.data), config.validation_subjects, config.test_subjects
    )
    train(split, config, options.out, resume=options.resume, report=write_json_line)


def _evaluate(options: argparse.Namespace) -> None:
    if options.data is None and options.edf is None:
        raise ValueError("name recordings with --data, or with --edf and --stages")
    if (options.edf is None) != (options.stages is None):
        raise ValueError("--edf and --stages go together")
    model = weights.load(options.weights)
    sys.stdout.write(f"{model.name} {model.version}, SHA-256 {model.sha256}\n")
    if options.data is not None:
        nights = held_out_subjects(model, read_nights(options.data), options.subjects)
        for kind in BLIND_KINDS:
            sys.stdout.write(evaluate_partial_nights(model, nights, kind).text() + "\n")
    if options.edf is not None:
        recording = read_full_recording(options.edf, options.stages, options.derivation)
        nights_of_edf = [(recording.epochs, recording.stages)]
        title = f"{recording.name}, full 30-s epochs"
        sys.stdout.write(evaluate_nights(model, nights_of_edf, title).text() + "\n")


if __name__ == "__main__":
    sys.exit(main())
