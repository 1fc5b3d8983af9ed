"""``python -m training``: prepare data, train, fine-tune, ablate, evaluate, gauge, cost."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

from model import weights
from model.allocator import keep_freed_memory
from model.files import WeightsError, newest
from model.mc2sleepnet import architecture as mc2sleepnet
from model.mc2sleepnet.weights import network_of
from model.neuronet import architecture as neuronet
from model.shared.precision import Precision
from model.synthsleepnet import architecture as synthsleepnet
from model.synthsleepnet.config import SynthSleepNetConfig
from resources import WEIGHTS_FOLDER
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.texts import json_text
from sleepscorer.io.feature_set import read_feature_set, write_feature_set
from training.corpora import listed, nsrr, partial_epochs, sleep_edf
from training.corpora.eegmat import HELD_OUT_SUBJECTS, AwakeSubject, read_awake_subjects
from training.corpora.modal_preparation import prepare_modal_nights
from training.corpora.preparation import Rules, Source, prepare_all
from training.data.config import TESTED_KINDS
from training.data.dataset import read_dataset
from training.data.modalities import read_modal_nights
from training.data.nights import Night
from training.data.splits import pretraining_split, split_of
from training.engine.checkpoints import CheckpointError
from training.engine.parallel import process_group, process_index
from training.engine.progress import ProgressLog
from training.engine.start import Start, mean_start, read_start
from training.evaluation.alterations import ALTERATIONS, as_it_is
from training.evaluation.evaluate import (
    Evaluation,
    evaluations,
    held_out_nights,
    score_night,
    score_nights,
)
from training.evaluation.full_epochs import read_full_recording
from training.evaluation.gauge import (
    AS_IT_IS,
    GaugedSignal,
    heading,
    pool_groups,
    signal_of_recording,
    signals_of_awake,
    signals_of_nights,
    stage_signals,
    table_row,
    write_figures,
)
from training.evaluation.modal import score_modal_nights
from training.mc2sleepnet.bundled import cross_validate_bundled, train_bundled
from training.mc2sleepnet.config import TrainingConfig, read_config
from training.mc2sleepnet.finetune import finetune
from training.mc2sleepnet.recipe import ATTRIBUTION, train
from training.mc2sleepnet.replay import replay_set
from training.neuronet import excerpts
from training.neuronet.config import read_config as read_neuronet_config
from training.neuronet.recipe import train as train_neuronet
from training.paper.ablation import RATIOS, ablation_text, run_table_3, run_table_4
from training.paper.cost import measure_costs
from training.paper.modal_cost import measure_modal_costs
from training.paper.protocol import RESULTS_NAME, cross_validate, fold_configs, write_results
from training.paper.published import TABLE_2, table_5_text
from training.synthsleepnet import few_labels
from training.synthsleepnet.config import Preset
from training.synthsleepnet.config import read_config as read_synthsleepnet_config
from training.synthsleepnet.recipe import train as train_synthsleepnet

_CONFIGS = Path(__file__).parent / "configs"
_BUNDLED_CONFIG = _CONFIGS / "bundled" / "1-base.toml"
_QUICK_CONFIG = _CONFIGS / "quick.toml"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand; the exit code is 0, or 1 with one sentence on standard error."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO)
    options = _parser().parse_args(arguments)
    keep_freed_memory()
    try:
        with process_group():
            options.run(options)
    except (
        ValueError,
        OSError,
        CheckpointError,
        SleepScorerError,
        WeightsError,
    ) as error:
        sys.stderr.write(f"{_sentence(error)}\n")
        return 1
    return 0


def _sentence(error: Exception) -> str:
    """Say it with the file in words, where the system gives a number."""
    if isinstance(error, OSError) and error.strerror and error.filename is not None:
        return f"{error.filename} can't be read or written: {error.strerror}; choose another"
    return str(error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(required=True)
    _add_download(commands.add_parser("download", help="download Sleep-EDF nights"))
    _add_prepare(commands.add_parser("prepare", help="add a corpus to a training set"))
    _add_train(commands.add_parser("train", help="train; progress as JSON lines"))
    _add_bundled(commands.add_parser("bundled", help="make the bundled weights, from nothing"))
    _add_finetune(commands.add_parser("finetune", help="fine-tune a version on kept features"))
    _add_replay(commands.add_parser("replay", help="keep features of nights it was trained on"))
    _add_crossvalidate(commands.add_parser("crossvalidate", help="train and test every fold"))
    _add_ablate(commands.add_parser("ablate", help="run the variants of Table 3 or Table 4"))
    _add_evaluate(commands.add_parser("evaluate", help="measure weights on held-out recordings"))
    _add_gauge(commands.add_parser("gauge", help="measure weights on altered recordings"))
    _add_few_labels(
        commands.add_parser("few-labels", help="what pre-training is worth, on simulated nights")
    )
    _add_excerpts(
        commands.add_parser("excerpts", help="NeuroNet beside MC²SleepNet on the same epochs")
    )
    _add_cost(commands.add_parser("cost", help="measure seconds and memory of a training step"))
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is no whole number from 1")
    return int(text)


def _add_download(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", type=Path, required=True, help="folder for the EDF files")
    command.add_argument("--subjects", type=int, nargs="+", required=True, help="numbers, 0 to 82")
    command.set_defaults(run=lambda options: sleep_edf.download(options.out, options.subjects))


_CORPORA: dict[str, tuple[Callable[[Path, str | None], list[Source]], str, Rules]] = {
    "sleep-edf": (sleep_edf.find_sources, sleep_edf.CORPUS, sleep_edf.RULES),
    "nsrr": (nsrr.find_sources, nsrr.CORPUS, nsrr.RULES),
    "list": (listed.find_sources, listed.CORPUS, listed.RULES),
}


def _add_prepare(command: argparse.ArgumentParser) -> None:
    command.add_argument("corpus", choices=(*_CORPORA, "partial"))
    command.add_argument("source", type=Path, help="folder of the corpus, or the list of nights")
    command.add_argument("--out", type=_file, required=True, help="HDF5 file to add to")
    command.add_argument("--derivation", help='"LABEL", or "LABEL,LABEL" for a difference')
    command.add_argument(
        "--wake-margin-min", type=float, help="minutes of wake kept on either side of sleep"
    )
    command.add_argument(
        "--all-stages", action="store_true", help="leave out nights without one of the five stages"
    )
    command.add_argument(
        "--accept-model-stages",
        action="store_true",
        help="use what the network staged and nobody touched, as well as what people scored",
    )
    command.add_argument(
        "--network",
        choices=("mc2sleepnet", "synthsleepnet"),
        default="mc2sleepnet",
        help="whose input is prepared: one EEG, or EEG, EOG, ECG and chin EMG, with apneas and "
        "hypopneas beside the stages and with the epochs that have no stage",
    )
    command.set_defaults(run=_prepare)


def _prepare(options: argparse.Namespace) -> None:
    if options.corpus == "partial":
        nights = partial_epochs.read_nights(options.source)
        for night in nights:
            partial_epochs.add_to_dataset(options.out, night)
        number = Phrase("{n} {n:night|nights}", n=len(nights))
        _say(f"{number} added to {options.out}")
        return
    find_sources, corpus, rules = _CORPORA[options.corpus]
    if options.wake_margin_min is not None:
        rules = replace(rules, wake_margin_min=options.wake_margin_min)
    if options.all_stages:
        rules = replace(rules, require_all_stages=True)
    if options.accept_model_stages:
        rules = replace(rules, human_only=False)
    sources = find_sources(options.source, options.derivation)
    if options.network == "synthsleepnet":
        # An epoch without stage may hold an apnea, and is a neighbour of those beside it.
        rules = replace(rules, drop_unscored=False)
        spec = synthsleepnet.input_spec(SynthSleepNetConfig())
        n_added = prepare_modal_nights(sources, spec, rules, corpus, options.out, _say)
    else:
        n_added = prepare_all(sources, rules, corpus, options.out, _say)
    _say(f"{n_added} of {len(sources)} nights added to {options.out}")
    if not n_added:
        raise ValueError("no night could be added")


def _add_run_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--data", type=Path, required=True, help="training set (HDF5), or folder with SC4ssN.npz"
    )
    command.add_argument("--out", type=Path, required=True, help="folder for the results")
    command.add_argument("--config", type=Path, default=_BUNDLED_CONFIG, help="TOML file")
    command.add_argument("--resume", action="store_true", help="continue an interrupted run")
    command.add_argument("--wake", type=Path, help="folder with eegmatNN-rest.npz and -task.npz")


def _add_start(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--start",
        type=Path,
        nargs="+",
        help="version, or checkpoint.pt of another run, to begin with, e.g. to fine-tune; of "
        "several the mean",
    )


def _start(options: argparse.Namespace, architecture: str = mc2sleepnet.NAME) -> Start | None:
    if options.start is None:
        return None
    return mean_start([read_start(path, architecture) for path in options.start])


def _awake(options: argparse.Namespace) -> tuple[AwakeSubject, ...]:
    return () if options.wake is None else read_awake_subjects(options.wake)


def _add_train(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "network", nargs="?", choices=_TRAININGS, default=mc2sleepnet.NAME, help="which one"
    )
    _add_run_arguments(command)
    _add_start(command)
    command.add_argument("--attribution", default=ATTRIBUTION, help="of the data, for the weights")
    command.set_defaults(run=_train, config=None)


def _train(options: argparse.Namespace) -> None:
    config, train_network = _TRAININGS[options.network]
    options.config = options.config or config
    train_network(options)


def _train_neuronet(options: argparse.Namespace) -> None:
    config = read_neuronet_config(options.config)
    start = _start(options, neuronet.NAME)
    train_neuronet(
        split_of(_read_nights(options.data), config.split, config.seed),
        config,
        options.out,
        resume=options.resume,
        report=ProgressLog(options.out, resume=options.resume),
        data=options.attribution,
        start=start,
    )


def _train_synthsleepnet(options: argparse.Namespace) -> None:
    config = read_synthsleepnet_config(options.config)
    start = _start(options, synthsleepnet.NAME)
    nights = read_modal_nights(options.data, synthsleepnet.input_spec(config.network))
    train_synthsleepnet(
        pretraining_split(
            nights,
            test_share=config.split.test_share,
            n_labelled=config.split.n_labelled,
            n_validation=config.split.n_validation,
            seed=config.seed,
        ),
        config,
        options.out,
        resume=options.resume,
        report=ProgressLog(options.out, resume=options.resume),
        data=options.attribution,
        start=start,
    )


def _train_mc2sleepnet(options: argparse.Namespace) -> None:
    config = read_config(options.config)
    start, awake = _start(options), _awake(options)
    train(
        split_of(_read_nights(options.data), config.split, config.seed),
        config,
        options.out,
        resume=options.resume,
        report=ProgressLog(options.out, resume=options.resume),
        data=options.attribution,
        start=start,
        awake=awake,
    )


_TRAININGS: dict[str, tuple[Path, Callable[[argparse.Namespace], None]]] = {
    mc2sleepnet.NAME: (_BUNDLED_CONFIG, _train_mc2sleepnet),
    neuronet.NAME: (_CONFIGS / "neuronet-tiny.toml", _train_neuronet),
    synthsleepnet.NAME: (_CONFIGS / "synthsleepnet-tiny.toml", _train_synthsleepnet),
}
"""Configuration that a network's training has by default, and what trains it."""


def _add_bundled(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", type=Path, required=True, help="folder with SC4ssN.npz")
    command.add_argument(
        "--wake", type=Path, required=True, help="folder with eegmatNN-rest.npz and -task.npz"
    )
    command.add_argument("--out", type=Path, required=True, help="folder of the runs")
    command.add_argument("--configs", type=Path, default=_CONFIGS / "bundled", help="TOML files")
    command.add_argument(
        "--folds-of",
        type=Path,
        metavar="CONFIG",
        help="test the recipe on the folds of this TOML file instead of making weights",
    )
    command.add_argument("--folds", type=int, nargs="+", help="some of those folds, from 0")
    command.set_defaults(run=_bundled)


def _bundled(options: argparse.Namespace) -> None:
    nights, awake = _read_nights(options.data), read_awake_subjects(options.wake)

    def report_to(folder: Path, resume: bool) -> ProgressLog:
        return ProgressLog(folder, resume=resume)

    if options.folds_of is None:
        if options.folds is not None:
            raise ValueError("name with --folds-of whose folds are meant")
        path = train_bundled(nights, awake, options.configs, options.out, report_to=report_to)
        _say(f"written to {path}")
        return
    pooled = cross_validate_bundled(
        nights,
        awake,
        options.configs,
        fold_configs(read_config(options.folds_of), options.folds),
        options.out,
        report_to=report_to,
    )
    write_results(options.out / RESULTS_NAME, pooled)
    _say_all(pooled)


def _add_finetune(command: argparse.ArgumentParser) -> None:
    command.add_argument("features", type=Path, help="features of the laboratory's nights")
    command.add_argument("--start", type=Path, required=True, help="version to begin with")
    command.add_argument("--version", required=True, help="of the version that comes out")
    command.add_argument(
        "--out", type=Path, required=True, help="folder for checkpoint and weights"
    )
    command.add_argument("--replay", type=Path, help="features of nights of the start's training")
    command.add_argument("--config", type=Path, default=_QUICK_CONFIG, help="TOML file")
    command.add_argument("--resume", action="store_true", help="continue where it was interrupted")
    command.set_defaults(run=_finetune)


def _finetune(options: argparse.Namespace) -> None:
    start = weights.load(options.start)
    config = replace(
        read_config(options.config),
        name=start.name,
        version=options.version,
        network=network_of(start).config,
    )
    finetune(
        start,
        read_feature_set(options.features),
        None if options.replay is None else read_feature_set(options.replay),
        config,
        options.out,
        resume=options.resume,
        report=ProgressLog(options.out, resume=options.resume),
    )


def _add_replay(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", type=Path, required=True, help="training set or folder")
    command.add_argument("--weights", type=Path, default=newest(WEIGHTS_FOLDER))
    command.add_argument("--out", type=_new_file, required=True, help="HDF5 file to write")
    command.set_defaults(run=_replay)


def _replay(options: argparse.Namespace) -> None:
    model = weights.load(options.weights)
    write_feature_set(options.out, replay_set(model, _read_nights(options.data), ATTRIBUTION))


def _add_crossvalidate(command: argparse.ArgumentParser) -> None:
    _add_run_arguments(command)
    _add_start(command)
    command.add_argument("--folds", type=int, nargs="+", help="some of the folds, from 0")
    command.set_defaults(run=_crossvalidate)


def _crossvalidate(options: argparse.Namespace) -> None:
    config, nights = _config_and_nights(options)
    pooled = cross_validate(
        nights,
        config,
        options.out,
        folds=options.folds,
        resume=options.resume,
        report_to=lambda folder: ProgressLog(folder, resume=options.resume),
        start=_start(options),
        awake=_awake(options),
    )
    _say_all(pooled)
    _say(table_5_text())


def _add_ablate(command: argparse.ArgumentParser) -> None:
    command.add_argument("table", choices=("3", "4"), help="variants, or masking ratios")
    _add_run_arguments(command)
    command.add_argument("--folds", type=int, nargs="+", help="some of the folds, from 0")
    command.add_argument(
        "--ratios", type=float, nargs="+", default=RATIOS, help="masking ratios of Table 4, 0 to 1"
    )
    command.set_defaults(run=_ablate)


def _ablate(options: argparse.Namespace) -> None:
    config, nights = _config_and_nights(options)

    def report_to(folder: Path) -> ProgressLog:
        return ProgressLog(folder, resume=options.resume)

    if options.table == "3":
        rows = run_table_3(
            nights,
            config,
            options.out,
            folds=options.folds,
            resume=options.resume,
            report_to=report_to,
        )
        columns = ("SleepEDF-78", "SHHS-5463")
    else:
        rows = run_table_4(
            nights,
            config,
            options.out,
            ratios=options.ratios,
            folds=options.folds,
            resume=options.resume,
            report_to=report_to,
        )
        columns = ("SHHS-5463, pre-trained only", "fine-tuned")
    text = ablation_text(rows, columns)
    (options.out / f"table-{options.table}.txt").write_text(text + "\n", encoding="utf-8")
    _say(text)


def _add_measured(command: argparse.ArgumentParser, subjects: str) -> None:
    """What is measured, on what, and where the figures go."""
    command.add_argument(
        "--weights", type=Path, default=newest(WEIGHTS_FOLDER), help="safetensors file"
    )
    command.add_argument("--data", type=Path, help="training set, or folder with SC4ssN.npz")
    command.add_argument("--subjects", nargs="+", help=f"instead of the {subjects}")
    command.add_argument("--edf", type=Path, help="full recording")
    command.add_argument("--stages", type=Path, help="its stages, one name per line")
    command.add_argument("--derivation", help="label of the signal in the EDF file")
    command.add_argument("--json", type=_figures_file, help="file for the figures")


def _figures_file(text: str) -> Path:
    """A file to write or to write anew, which is no recording that was named by mistake."""
    path = Path(text)
    if path.suffix.casefold() != ".json":
        raise argparse.ArgumentTypeError(f"{text} does not end in .json")
    return _file(text)


def _new_file(text: str) -> Path:
    """A file that is not there yet."""
    if Path(text).exists():
        raise argparse.ArgumentTypeError(f"{text} is there already; choose another name")
    return _file(text)


def _file(text: str) -> Path:
    """A file in a folder that is there."""
    path = Path(text)
    if not path.parent.is_dir():
        raise argparse.ArgumentTypeError(f"the folder {path.parent} does not exist")
    return path


def _add_evaluate(command: argparse.ArgumentParser) -> None:
    _add_measured(command, "test subjects named by the weights")
    command.set_defaults(run=_evaluate)


def _evaluate(options: argparse.Namespace) -> None:
    if options.data is None and options.edf is None:
        raise ValueError("name recordings with --data, or with --edf and --stages")
    if (options.edf is None) != (options.stages is None):
        raise ValueError("--edf and --stages go together")
    model = weights.load(options.weights)
    _say(f"{model.name} {model.version}, SHA-256 {model.sha256}")
    if len(model.network.spec.channels) > 1:
        _evaluate_modal(options, model)
        return
    measured = []
    if options.data is not None:
        nights = held_out_nights(model, _read_nights(options.data), options.subjects)
        chose = {night.subject for night in nights} & set(
            model.training.get("validation_subjects", ())
        )
        if chose:
            _say(f"Subjects {', '.join(sorted(chose))} chose these weights: this is no test.")
        config = model.training.get("config", {})
        # Versions from before configurations had tables keep theirs flat.
        kinds = config.get("epochs", config).get("blind_kinds", TESTED_KINDS)
        measured += evaluations(score_nights(model, nights, kinds))
    if options.edf is not None:
        recording = read_full_recording(options.edf, options.stages, options.derivation)
        night = score_night(
            model, recording.epochs, recording.stages, recording.name, recording.runs
        )
        measured.append(Evaluation.of(f"{recording.name}, full 30-s epochs", [night]))
    _say_all(measured)
    _say(table_5_text())
    if options.json is not None:
        write_results(options.json, measured)


def _evaluate_modal(options: argparse.Namespace, model: weights.LoadedModel) -> None:
    if options.data is None or options.edf is not None:
        raise ValueError(f"{model.name} looks at several channels: name a training set with --data")
    nights = read_modal_nights(options.data, model.network.spec)
    measured = score_modal_nights(model, held_out_nights(model, nights, options.subjects))
    _say(measured.text())
    if options.json is not None:
        options.json.write_text(json_text(measured.summary()), encoding="utf-8")


def _add_gauge(command: argparse.ArgumentParser) -> None:
    _add_measured(command, "weights' validation and test subjects")
    command.add_argument("--wake", type=Path, help="folder with eegmatNN-rest.npz and -task.npz")
    command.add_argument(
        "--wake-subjects",
        nargs="+",
        default=HELD_OUT_SUBJECTS,
        help=f"instead of {' '.join(HELD_OUT_SUBJECTS)}",
    )
    command.add_argument(
        "--alterations", nargs="*", choices=ALTERATIONS, default=ALTERATIONS, help="some, or none"
    )
    command.set_defaults(run=_gauge)


def _gauge(options: argparse.Namespace) -> None:
    model = weights.load(options.weights)
    signals = _gauged_signals(options, model)
    _say(f"{model.name} {model.version}, SHA-256 {model.sha256}")
    staged = stage_signals(model, signals, as_it_is)
    whole = pool_groups(AS_IT_IS, staged)
    _say("\n".join(each.details() for each in whole))
    altered = pool_groups(AS_IT_IS, [each for each in staged if each[0].is_altered])
    _say(f"{heading(altered)}\n{table_row(altered)}")
    brief = [signal for signal in signals if signal.is_altered]
    for name in options.alterations:
        figures = pool_groups(name, stage_signals(model, brief, ALTERATIONS[name]))
        _say(table_row(figures))
        altered += figures
    if options.json is not None:
        write_figures(options.json, model, whole, altered)


def _gauged_signals(options: argparse.Namespace, model: weights.LoadedModel) -> list[GaugedSignal]:
    if options.data is None and options.edf is None and options.wake is None:
        raise ValueError("name recordings with --data, with --edf and --stages, or with --wake")
    if (options.edf is None) != (options.stages is None):
        raise ValueError("--edf and --stages go together")
    signals: list[GaugedSignal] = []
    if options.edf is not None:
        recording = read_full_recording(options.edf, options.stages, options.derivation)
        signals.append(signal_of_recording(recording))
    if options.data is not None:
        named = ("validation_subjects", "test_subjects")
        subjects = options.subjects or [s for key in named for s in model.training.get(key, ())]
        nights = held_out_nights(model, _read_nights(options.data), subjects)
        signals += signals_of_nights(nights)
    if options.wake is not None:
        awake = read_awake_subjects(options.wake)
        signals += signals_of_awake(model, awake, options.wake_subjects)
    return signals


def _add_few_labels(command: argparse.ArgumentParser) -> None:
    plan = few_labels.Plan()
    command.add_argument("--out", type=Path, required=True, help="folder for what is trained")
    command.add_argument("--config", type=Path, default=_CONFIGS / "synthsleepnet-few-labels.toml")
    command.add_argument("--unlabelled", type=_count, default=plan.n_unlabelled, help="nights")
    command.add_argument("--validation", type=_count, default=plan.n_validation, help="nights")
    command.add_argument("--test", type=int, default=plan.n_test, help="nights, at least 2")
    command.add_argument(
        "--labelled", type=_count, nargs="+", default=plan.labelled, help="numbers of scored nights"
    )
    command.add_argument("--epochs", type=_count, default=plan.n_epochs, help="of each night")
    command.add_argument("--apneas", type=float, default=plan.apneas_per_h, help="an hour")
    command.add_argument("--seed", type=int, default=plan.seed, help="of the nights")
    command.set_defaults(run=_few_labels)


def _few_labels(options: argparse.Namespace) -> None:
    if options.test < 2:
        raise ValueError("two nights at least are to be tested: intervals rest on persons")
    plan = few_labels.Plan(
        n_unlabelled=options.unlabelled,
        n_validation=options.validation,
        n_test=options.test,
        labelled=tuple(options.labelled),
        n_epochs=options.epochs,
        apneas_per_h=options.apneas,
        seed=options.seed,
    )
    few_labels.compare(
        plan,
        read_synthsleepnet_config(options.config),
        options.out,
        report=ProgressLog(options.out, resume=False),
        say=_say,
    )


def _add_excerpts(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", type=Path, required=True, help="training set or folder")
    command.add_argument("--out", type=Path, required=True, help="folder for what is trained")
    command.add_argument("--config", type=Path, default=_CONFIGS / "excerpts.toml")
    command.add_argument("--networks", nargs="+", choices=excerpts.NETWORKS, help="one alone")
    _add_start(command)  # NeuroNet's encoder, which is pre-trained first without
    command.add_argument("--resume", action="store_true", help="continue where it was interrupted")
    command.set_defaults(run=_excerpts)


def _excerpts(options: argparse.Namespace) -> None:
    rows = excerpts.compare(
        _read_nights(options.data),
        excerpts.read_config(options.config),
        options.out,
        networks=options.networks or excerpts.NETWORKS,
        start=_start(options, neuronet.NAME),
        resume=options.resume,
        report_to=lambda folder: ProgressLog(folder, resume=options.resume),
        say=_say,
    )
    write_results(options.out / RESULTS_NAME, [row.measured for row in rows])


def _add_cost(command: argparse.ArgumentParser) -> None:
    command.add_argument("--batch", type=_count, nargs="+", default=[8, 32], help="sequences")
    command.add_argument("--steps", type=_count, default=5, help="steps to measure")
    command.add_argument("--precision", choices=get_args(Precision), default="float32")
    command.add_argument(
        "--synthsleepnet",
        choices=get_args(Preset),
        help="measure its stages, NeuroNet's among them, and say what the paper's would take",
    )
    command.set_defaults(run=_cost)


def _cost(options: argparse.Namespace) -> None:
    if options.synthsleepnet is not None:
        for modal_cost in measure_modal_costs(
            options.synthsleepnet, tuple(options.batch), options.steps, options.precision
        ):
            _say(modal_cost.text())
        return
    for cost in measure_costs(tuple(options.batch), options.steps, options.precision):
        _say(cost.text())
    _say(f"The paper (Table 2): {TABLE_2}")


def _config_and_nights(options: argparse.Namespace) -> tuple[TrainingConfig, tuple[Night, ...]]:
    config, nights = read_config(options.config), _read_nights(options.data)
    options.out.mkdir(parents=True, exist_ok=True)
    return config, nights


def _read_nights(path: Path) -> tuple[Night, ...]:
    if not path.exists():
        raise ValueError(f"{path} does not exist")
    return partial_epochs.read_nights(path) if path.is_dir() else read_dataset(path)


def _say_all(measured: Sequence[Evaluation]) -> None:
    for evaluation in measured:
        _say(evaluation.text())


def _say(line: str) -> None:
    if process_index() == 0:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
