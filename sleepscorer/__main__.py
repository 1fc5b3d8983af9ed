"""Command line: the application, the commands without a window, and the self-test."""

from __future__ import annotations

import argparse
import logging
import math
import multiprocessing
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from model.threads import sleep_while_waiting
from sleepscorer import DISCLAIMER, __version__
from sleepscorer.display import has_display
from sleepscorer.terminal import INTERRUPTED, write_stderr

if TYPE_CHECKING:
    from sleepscorer.events.laboratory import Laboratory
    from sleepscorer.events.roles import Role

_NO_DISPLAY = (
    "SleepScorer needs a display to show its window and none answers here. To stage recordings "
    "without one: sleepscorer score RECORDING… --out FOLDER"
)
_NO_QT = (
    "Qt can't be loaded ({error}). On Debian or Ubuntu, packaging/install.sh installs the system "
    "libraries that it needs. To stage recordings without a window: sleepscorer score "
    "RECORDING… --out FOLDER"
)


_NO_TORCH = (
    "torch, which runs the network, can't be loaded ({error}). Install SleepScorer again; stats, "
    "convert, export and deidentify work without it."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run SleepScorer and return its exit status."""
    multiprocessing.freeze_support()  # the frozen application's workers begin here
    sleep_while_waiting()
    arguments = sys.argv[1:] if arguments is None else arguments
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    # A recording may be given where a command may be: argparse can't tell, the first word can.
    if arguments and arguments[0] in _COMMANDS:
        try:
            return _COMMANDS[arguments[0]](arguments[1:])
        except (ImportError, OSError) as error:
            if not _is_about_torch(error):
                raise
            write_stderr(f"{_NO_TORCH.format(error=error)}\n")
            return 2
        except KeyboardInterrupt:
            write_stderr("Interrupted. What was written stays.\n")
            return INTERRUPTED
    parser = _application_parser()
    options, others = parser.parse_known_args(arguments)
    if others:
        parser.error(
            f"unrecognized arguments: {' '.join(others)}; the window opens one recording, and a "
            f"command comes first: {', '.join(_COMMANDS)}"
        )
    if options.selftest:
        from sleepscorer.selftest import selftest

        return selftest()
    return _show_window(options.recording)


def _application_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sleepscorer",
        description="Score sleep recordings. Without a file, the simulated demo is opened.",
        epilog="Without a window, each with --help: sleepscorer score stages recordings, stats "
        "gives sleep statistics, convert brings scorings into other formats, events suggests "
        "events of breathing, arousals and movements of legs, report writes what is signed, export "
        "writes formats and reports of sessions, deidentify copies recordings without names, "
        "exercise draws epochs to be scored blind, train learns from corrected nights.",
    )
    parser.add_argument("recording", nargs="?", type=Path, help="recording or session to open")
    parser.add_argument(
        "--selftest", action="store_true", help="check that this installation works, then end"
    )
    parser.add_argument("--version", action="version", version=f"SleepScorer {__version__}")
    return parser


def _gain(text: str) -> float:
    """Factor of a signal, but none that would leave nothing of it."""
    gain = _number(text)
    if not math.isfinite(gain) or gain == 0:
        raise argparse.ArgumentTypeError(f"“{text}” is no number other than 0")
    return gain


def _number(text: str) -> float:
    """Read a number; NaN for what is none."""
    try:
        return float(text)
    except ValueError:
        return math.nan


def _score(arguments: Sequence[str]) -> int:
    from sleepscorer.io.scoring_formats import SCORING_FORMATS, scoring_format

    parser = argparse.ArgumentParser(
        prog="sleepscorer score",
        description="Stage recordings, or all of an archive, without a window. What was made is "
        f"written down in the folder of the results: the same command goes on with the rest. "
        f"{DISCLAIMER}",
        epilog="Ends with 0 where every recording has its result, 1 where one failed, 3 where none "
        "failed and a result that is not of this program, or was changed since, was left alone.",
    )
    parser.add_argument(
        "recordings", nargs="+", metavar="RECORDING", help="files, folders or patterns"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the results")
    parser.add_argument(
        "--format", default="csv", choices=[row.id for row in SCORING_FORMATS], dest="format_id"
    )
    parser.add_argument(
        "--channel",
        type=_derivation,
        help="channel to stage, or two as A,B for A minus B; else chosen by label",
    )
    parser.add_argument(
        "--voters",
        type=_number_of_voters,
        default=1,  # what the window stages; what a vote is worth on patients was not measured
        metavar="N",
        help="without --channel: let so many derivations vote at most; each costs as much time as "
        "the first. 1 unless said: the best by its label",
    )
    parser.add_argument(
        "--model",
        default="",
        metavar="VERSION",
        help="version of a network that stages, as sleepscorer train versions names it or the "
        "beginning of its hash; the one in use without",
    )
    parser.add_argument(
        "--gain",
        type=_gain,
        default=1.0,
        metavar="FACTOR",
        help="multiply the signal first: 1000 for mV taken for µV, -1 for an inverted one",
    )
    parser.add_argument(
        "--second",
        metavar="yasa|COMMAND",
        help="another program whose stages are written beside: YASA where it is installed, or a "
        "command with {recording}, {out} and, if need be, {channel} in it, which writes a scoring "
        "in any format that is read here",
    )
    parser.add_argument(
        "--fuse", action="store_true", help="with --second: the result is what both say together"
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="write no result where the signal or the stages look wrong",
    )
    parser.add_argument(
        "--workers", type=_number_of_workers, default=1, metavar="N", help="stage N side by side"
    )
    parser.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="stage on the Dask cluster of this scheduler, whose computers see the same folders",
    )
    parser.add_argument(
        "--limit",
        type=_minutes,
        default=math.inf,
        metavar="MINUTES",
        help="give a recording up that takes longer, as on a share that answers no more",
    )
    parser.add_argument(
        "--summary", type=Path, metavar="FILE", help="write a table of all nights, one a row"
    )
    parser.add_argument(
        "--json", action="store_true", help="write each outcome to stdout as a line of JSON"
    )
    _add_overwrite(parser)
    options = parser.parse_args(arguments)
    if options.cluster is not None and (options.workers > 1 or math.isfinite(options.limit)):
        parser.error("a cluster has its own workers and limits: leave --workers and --limit out")
    if options.channel is not None and options.voters > 1:
        parser.error("--channel names the one derivation that is staged: leave --voters out")
    if options.fuse and options.second is None:
        parser.error("--fuse needs --second")
    if options.gain != 1 and options.second is not None:
        parser.error(
            "another program reads the signal as it is stored: leave out --gain or --second"
        )

    from model.allocator import keep_freed_memory
    from sleepscorer.headless import score
    from sleepscorer.terminal import expanded

    keep_freed_memory()
    return score(
        expanded(options.recordings),
        out=options.out,
        scoring_format=scoring_format(options.format_id),
        channel=options.channel,
        voters=options.voters,
        gain=options.gain,
        second=options.second,
        fuse=options.fuse,
        overwrite=options.overwrite,
        strict=options.strict,
        version=options.model,
        workers=options.workers,
        cluster=options.cluster,
        limit_s=options.limit * 60,
        summary=options.summary,
        as_json=options.json,
    )


def _derivation(text: str) -> str:
    if not all(part.strip() for part in text.split(",")):
        raise argparse.ArgumentTypeError(f"“{text}” names no channel, or one with nothing beside")
    return text


def _number_of_voters(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 20:
        raise argparse.ArgumentTypeError(f"“{text}” is no number from 1 to 20")
    return int(text)


def _number_of_workers(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"“{text}” is no number from 1 to 256")
    return int(text)


def _minutes(text: str) -> float:
    minutes = _number(text)
    if not minutes > 0:
        raise argparse.ArgumentTypeError(f"“{text}” is no number above 0")
    return minutes


def _stats(arguments: Sequence[str]) -> int:
    from sleepscorer.converting import STATISTICS_WRITERS, stats
    from sleepscorer.terminal import expanded

    parser = argparse.ArgumentParser(
        prog="sleepscorer stats",
        description="Statistics of scorings: sleep, breathing, oxygen, arousals, limb movements, "
        "each number with its definition; empty where nobody scored or recorded it.",
    )
    _add_scorings(parser)
    parser.add_argument("--out", type=Path, help="file for the table; the terminal without")
    parser.add_argument(
        "--format",
        default="csv",
        choices=list(STATISTICS_WRITERS),
        help="csv: a row a number; table: CSV with a row a night",
    )
    _add_laboratory(parser)
    _add_overwrite(parser)
    options = parser.parse_args(arguments)
    return stats(
        expanded(options.scorings),
        file_format=options.format,
        out=options.out,
        recording=options.recording,
        answers=dict(options.answer),
        laboratory=_laboratory(parser, options),
        overwrite=options.overwrite,
    )


def _convert(arguments: Sequence[str]) -> int:
    from sleepscorer.converting import convert
    from sleepscorer.io.scoring_formats import SCORING_FORMATS, scoring_format
    from sleepscorer.terminal import expanded

    parser = argparse.ArgumentParser(
        prog="sleepscorer convert",
        description="Bring scorings of any known format into another one. What the format can't "
        "hold is said.",
    )
    _add_scorings(parser)
    parser.add_argument("--to", required=True, choices=[row.id for row in SCORING_FORMATS])
    parser.add_argument("--out", type=Path, required=True, help="folder for the results")
    parser.add_argument(
        "--scorer",
        default="",
        metavar="NAME",
        help="person whose the scorings are; without, they count as nobody's",
    )
    _add_overwrite(parser)
    options = parser.parse_args(arguments)
    return convert(
        expanded(options.scorings),
        target_format=scoring_format(options.to),
        out=options.out,
        recording=options.recording,
        answers=dict(options.answer),
        scorer=options.scorer,
        overwrite=options.overwrite,
    )


def _add_overwrite(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--overwrite", action="store_true", help="replace results that are there already"
    )


def _add_scorings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scorings", nargs="+", metavar="SCORING", help="files or patterns")
    parser.add_argument(
        "--recording", type=Path, help="recording that the scorings belong to, to align them with"
    )
    parser.add_argument(
        "--answer",
        action="append",
        default=[],
        type=_answer,
        metavar="TOPIC=ANSWER",
        help="answers what a file leaves open; the file's error names the words",
    )


def _answer(text: str) -> tuple[str, str]:
    topic, _, answer = text.partition("=")
    if not topic or not answer:
        raise argparse.ArgumentTypeError(f"“{text}” is not written as TOPIC=ANSWER")
    return topic, answer


def _export(arguments: Sequence[str]) -> int:
    from sleepscorer.exporting import REPORTS, export_report, export_scoring
    from sleepscorer.io.scoring_formats import SCORING_FORMATS, scoring_format
    from sleepscorer.terminal import expanded

    parser = argparse.ArgumentParser(
        prog="sleepscorer export",
        description=f"Write the scorings of sessions in a format, or their reports. {DISCLAIMER}",
    )
    parser.add_argument("sessions", nargs="+", metavar="SESSION", help="files or patterns")
    parser.add_argument(
        "--to", required=True, choices=[*(row.id for row in SCORING_FORMATS), *REPORTS]
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the results")
    _add_overwrite(parser)
    parser.add_argument("--letterhead", type=Path, help="TOML file with the head of the report")
    options = parser.parse_args(arguments)
    sessions = expanded(options.sessions)
    if options.to not in REPORTS:
        if options.letterhead is not None:
            parser.error(f"--letterhead goes with --to {' or '.join(REPORTS)}")
        row = scoring_format(options.to)
        return export_scoring(sessions, row, options.out, overwrite=options.overwrite)
    return export_report(
        sessions, options.to, options.out, options.letterhead, overwrite=options.overwrite
    )


def _report(arguments: Sequence[str]) -> int:
    from sleepscorer.domain.naps import NapTest
    from sleepscorer.exporting import report, report_naps
    from sleepscorer.terminal import expanded

    parser = argparse.ArgumentParser(
        prog="sleepscorer report",
        description="Write reports of scored recordings: sleep, breathing, oxygen, heart and limb "
        "movements, each number with its definition, and what is missing before it is signed. "
        f"{DISCLAIMER}",
    )
    parser.add_argument("scorings", nargs="+", metavar="SCORING", help="sessions or patterns")
    parser.add_argument("--recording", type=Path, help="recording that the scorings belong to")
    parser.add_argument("--out", type=Path, required=True, help="folder for the results")
    _add_pages(parser)
    parser.add_argument(
        "--treated-from",
        default="",
        metavar="HH:MM[:SS]",
        help="when PAP began, of a split night or a titration; without, notes such as “CPAP on”, "
        "annotations of the file or the channel of the pressure may say so",
    )
    naps = parser.add_mutually_exclusive_group()
    for test, words in (
        (NapTest.MSLT, "Multiple Sleep Latency Test"),
        (NapTest.MWT, "Maintenance of Wakefulness Test"),
    ):
        naps.add_argument(
            f"--{test.value}",
            action="store_const",
            const=test,
            dest="test",
            help=f"the files are the naps of a {words}: one sheet of all",
        )
    _add_laboratory(parser)
    _add_overwrite(parser)
    options = parser.parse_args(arguments)
    kinds, language = _pages(parser, options)
    if options.test is not None:
        if options.treated_from:
            parser.error("naps are without treatment: leave --treated-from out")
        for option in _of_laboratory(options):
            parser.error(f"the sheet of naps has stages alone: leave {option} out")
        return report_naps(
            expanded(options.scorings),
            test=options.test,
            kinds=kinds,
            out=options.out,
            language=language,
            letterhead=options.letterhead,
            recording=options.recording,
            overwrite=options.overwrite,
        )
    return report(
        expanded(options.scorings),
        kinds=kinds,
        out=options.out,
        laboratory=_laboratory(parser, options),
        language=language,
        letterhead=options.letterhead,
        recording=options.recording,
        treated_from=options.treated_from,
        overwrite=options.overwrite,
    )


def _events(arguments: Sequence[str]) -> int:
    from sleepscorer.event_command import events
    from sleepscorer.events.engines import ENGINES
    from sleepscorer.terminal import expanded

    parser = argparse.ArgumentParser(
        prog="sleepscorer events",
        description="Suggest respiratory events, desaturations, arousals and limb movements of "
        "scored recordings, and give the numbers of those that people marked. Suggestions count in "
        f"no index. {DISCLAIMER}",
    )
    parser.add_argument("scorings", nargs="+", metavar="SCORING", help="sessions or patterns")
    parser.add_argument("--recording", type=Path, help="recording that the scorings belong to")
    parser.add_argument("--out", type=Path, required=True, help="folder for the results")
    parser.add_argument(
        "--engine",
        default="plain",
        choices=list(ENGINES),
        help="what looks for apneas and hypopneas; psgscoring is an extra",
    )
    _add_laboratory(parser)
    _add_overwrite(parser)
    options = parser.parse_args(arguments)
    return events(
        expanded(options.scorings),
        out=options.out,
        laboratory=_laboratory(parser, options),
        engine=ENGINES[options.engine](),
        recording=options.recording,
        overwrite=options.overwrite,
    )


def _exercise(arguments: Sequence[str]) -> int:
    from sleepscorer import exercise_command
    from sleepscorer.domain.exercise import N_EPOCHS
    from sleepscorer.terminal import expanded

    parser = argparse.ArgumentParser(
        prog="sleepscorer exercise",
        description="Inter-scorer exercise: draw epochs of a night, have them scored blind and "
        f"compare them with the key. {DISCLAIMER}",
    )
    commands = parser.add_subparsers(required=True, dest="command")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("key", type=Path, help="session whose stages are the key")
    common.add_argument("--out", type=Path, required=True, help="folder for the results")
    _add_overwrite(common)
    drawing = commands.add_parser(
        "draw", parents=[common], help="write a session without stages, the drawn epochs marked"
    )
    drawing.add_argument("--epochs", type=int, default=N_EPOCHS, help="how many, 200 unless said")
    drawing.add_argument("--seed", type=int, default=1, help="the same draws the same epochs")
    comparing = commands.add_parser(
        "compare", parents=[common], help="write a sheet to be signed, a page of each scorer"
    )
    comparing.add_argument("answers", nargs="+", metavar="ANSWER", help="files or patterns")
    _add_pages(comparing)
    options = parser.parse_args(arguments)
    if options.command == "draw":
        if options.seed < 0:
            parser.error("--seed is a whole number from 0")
        return exercise_command.draw(
            options.key,
            out=options.out,
            n_epochs=options.epochs,
            seed=options.seed,
            overwrite=options.overwrite,
        )
    kinds, language = _pages(parser, options)
    return exercise_command.compare(
        options.key,
        expanded(options.answers),
        out=options.out,
        kinds=kinds,
        language=language,
        letterhead=options.letterhead,
        overwrite=options.overwrite,
    )


def _add_pages(parser: argparse.ArgumentParser) -> None:
    from sleepscorer.exporting import KINDS

    parser.add_argument(
        "--to",
        action="append",
        choices=KINDS,
        help="pdf unless said; may be given several times; docx needs the extra word",
    )
    parser.add_argument(
        "--language", choices=["en", "de"], help="of the pages, en unless said; tables are English"
    )
    parser.add_argument("--letterhead", type=Path, help="TOML file with the head of the pages")


def _pages(parser: argparse.ArgumentParser, options: argparse.Namespace) -> tuple[list[str], str]:
    """Kinds of files that are asked for, each once, and the language of the pages."""
    from sleepscorer.exporting import PAGES

    kinds = list(dict.fromkeys(options.to or ["pdf"]))
    if not set(kinds) & set(PAGES):
        for option in ("language", "letterhead"):
            if getattr(options, option) is not None:
                parser.error(
                    f"a table has neither head nor language: leave --{option} out, or ask for a "
                    f"page with --to {', '.join(PAGES)}"
                )
    return kinds, options.language or "en"


def _add_laboratory(parser: argparse.ArgumentParser) -> None:
    from sleepscorer.events.rules import RULES

    rules = parser.add_mutually_exclusive_group()
    rules.add_argument(
        "--rule",
        choices=list(RULES),
        help="what a hypopnea needs by the AASM Manual; 1a unless said",
    )
    rules.add_argument(
        "--fall", type=float, metavar="PERCENT", help="own rule: least fall of SpO₂, 1 to 20"
    )
    parser.add_argument(
        "--no-arousal", action="store_true", help="with --fall: an arousal will not do instead"
    )
    parser.add_argument(
        "--role",
        action="append",
        default=[],
        type=_role,
        metavar="ROLE=LABEL",
        help="channel of a role, e.g. thermistor=AUX 3; ROLE= for none; else chosen by label",
    )
    parser.add_argument(
        "--supine",
        type=float,
        action="append",
        default=[],
        metavar="VALUE",
        help="value of the position channel that means lying on the back; without, nothing is "
        "given by position",
    )


def _of_laboratory(options: argparse.Namespace) -> list[str]:
    """Options of `_add_laboratory` that are given."""
    given = {
        "--rule": options.rule is not None,
        "--fall": options.fall is not None,
        "--no-arousal": options.no_arousal,
        "--role": bool(options.role),
        "--supine": bool(options.supine),
    }
    return [option for option, is_given in given.items() if is_given]


def _laboratory(parser: argparse.ArgumentParser, options: argparse.Namespace) -> Laboratory:
    from sleepscorer.events.laboratory import Laboratory
    from sleepscorer.events.rules import RULES, Rule

    rule = RULES[options.rule or "1a"]
    if options.no_arousal and options.fall is None:
        parser.error("--no-arousal needs --fall")
    if options.fall is not None:
        try:
            rule = Rule.own(options.fall, or_arousal=not options.no_arousal)
        except ValueError as error:
            parser.error(str(error))
    roles: dict[Role, tuple[str, ...]] = {}
    for role, label in options.role:
        roles[role] = (*roles.get(role, ()), label) if label else ()
    return Laboratory(rule, roles, tuple(options.supine))


def _role(text: str) -> tuple[Role, str]:
    from sleepscorer.events.roles import Role

    word, _, label = text.partition("=")
    try:
        return Role(word), label
    except ValueError as error:
        known = ", ".join(role.value for role in Role)
        raise argparse.ArgumentTypeError(f"“{word}” is no role; known are {known}") from error


def _deidentify(arguments: Sequence[str]) -> int:
    from sleepscorer.converting import deidentify
    from sleepscorer.io.deidentified import Times
    from sleepscorer.terminal import expanded

    parser = argparse.ArgumentParser(
        prog="sleepscorer deidentify",
        description="Copy recordings, or sessions with their recordings, without what names "
        "anybody, and say what was removed.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="recordings, sessions, patterns")
    parser.add_argument("--out", type=Path, required=True, help="folder for the copies")
    parser.add_argument(
        "--name", default="recording", type=_name_of_file, help="the copies are NAME-1, NAME-2 …"
    )
    parser.add_argument(
        "--times",
        default=Times.DATE_HIDDEN.value,
        choices=[times.value for times in Times],
        help="what becomes of clock times",
    )
    options = parser.parse_args(arguments)
    files = expanded(options.files)
    return deidentify(files, out=options.out, name=options.name, times=Times(options.times))


def _name_of_file(text: str) -> str:
    if not text.strip() or any(sign in text for sign in "/\\\0"):
        raise argparse.ArgumentTypeError(f"“{text}” is no name of a file; folders go with --out")
    return text


def _name_of_person(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("it is empty; say who asks or decides")
    return text.strip()


def _train(arguments: Sequence[str]) -> int:
    from sleepscorer import learning
    from sleepscorer.loop.collection import LeftEpochs
    from sleepscorer.terminal import expanded

    parser = argparse.ArgumentParser(
        prog="sleepscorer train",
        description="Learn from corrected nights: add sessions that were signed off, fine-tune, "
        f"compare on patients that are held out, decide. {DISCLAIMER}",
    )
    commands = parser.add_subparsers(required=True, dest="command")
    by = argparse.ArgumentParser(add_help=False)
    by.add_argument(
        "--by",
        required=True,
        type=_name_of_person,
        metavar="NAME",
        help="person who asks or decides",
    )
    why = argparse.ArgumentParser(add_help=False)
    why.add_argument("--why", default="", metavar="WORDS", help="grounds, for the ledger")
    version = argparse.ArgumentParser(add_help=False)
    version.add_argument("version", help="e.g. 4-lab1, or the beginning of its hash")

    adding = commands.add_parser("add", help="add signed-off sessions to the nights to learn from")
    adding.add_argument("sessions", nargs="+", metavar="SESSION", help="files or patterns")
    adding.add_argument("--patient", default="", metavar="CODE", help="whose they all are")
    adding.set_defaults(run=lambda o: learning.add(expanded(o.sessions), o.patient))
    listing = commands.add_parser("nights", help="say what there is to learn from")
    listing.set_defaults(run=lambda _: learning.nights())
    quick = commands.add_parser(
        "quick", parents=[by, why], help="fine-tune on them, or go on with it"
    )
    quick.add_argument(
        "--left",
        default=LeftEpochs.LEFT_OUT.value,
        choices=[one.value for one in LeftEpochs],
        help="how epochs count that a person saw and left",
    )
    quick.set_defaults(run=lambda o: learning.quick(by=o.by, why=o.why, left=LeftEpochs(o.left)))
    full = commands.add_parser(
        "full", help="write the nights down for training the whole network, and say how"
    )
    full.add_argument("folder", type=Path, help="for the list; made when it is missing")
    full.add_argument(
        "--left", default=LeftEpochs.LEFT_OUT.value, choices=[one.value for one in LeftEpochs]
    )
    full.set_defaults(run=lambda o: learning.full(o.folder, left=LeftEpochs(o.left)))
    discarding = commands.add_parser("discard", help="give up a training that was interrupted")
    discarding.set_defaults(run=lambda _: learning.discard())
    calibrating = commands.add_parser(
        "calibrate", parents=[by, why], help="fit how sure the version in use is to be"
    )
    calibrating.add_argument("--answer", default="", choices=["accept"])

    def calibrate(options: argparse.Namespace) -> int:
        if options.why and not options.answer:
            calibrating.error("--why gives the grounds of --answer accept")
        return learning.calibrate(by=options.by, answer=options.answer, why=options.why)

    calibrating.set_defaults(run=calibrate)
    comparing = commands.add_parser(
        "compare", parents=[version, by, why], help="compare with the version in use, and decide"
    )
    comparing.add_argument("--answer", default="later", choices=["accept", "reject", "later"])
    comparing.set_defaults(
        run=lambda o: learning.compare_with(o.version, by=o.by, answer=o.answer, why=o.why)
    )
    night = commands.add_parser(
        "night", parents=[version], help="compare two versions on any nights; nothing is decided"
    )
    night.add_argument("sessions", nargs="+", metavar="SESSION", help="files or patterns")
    night.add_argument("--with", default="", dest="other", metavar="VERSION", help="else in use")
    night.set_defaults(run=lambda o: learning.compare_on(expanded(o.sessions), o.version, o.other))
    commands.add_parser("versions", help="say which there are and what was decided").set_defaults(
        run=lambda _: learning.versions()
    )
    commands.add_parser("use", parents=[version, by, why], help="use a version").set_defaults(
        run=lambda o: learning.use(o.version, by=o.by, why=o.why)
    )
    commands.add_parser("back", parents=[by, why], help="use the one before again").set_defaults(
        run=lambda o: learning.back(by=o.by, why=o.why)
    )
    exporting = commands.add_parser("export", parents=[version], help="write it as one file")
    exporting.add_argument("file", type=Path)
    _add_overwrite(exporting)
    exporting.set_defaults(run=lambda o: learning.export(o.version, o.file, overwrite=o.overwrite))
    importing = commands.add_parser("import", parents=[by], help="add a version from a file")
    importing.add_argument("file", type=Path)
    importing.set_defaults(run=lambda o: learning.import_version(o.file, by=o.by))
    commands.add_parser("delete", parents=[version, by], help="remove a version").set_defaults(
        run=lambda o: learning.delete(o.version, by=o.by)
    )
    options = parser.parse_args(arguments)
    return learning.run(lambda: int(options.run(options)))


_COMMANDS = {
    "score": _score,
    "train": _train,
    "stats": _stats,
    "convert": _convert,
    "events": _events,
    "report": _report,
    "exercise": _exercise,
    "export": _export,
    "deidentify": _deidentify,
}


def _show_window(path: Path | None) -> int:
    if not has_display():
        write_stderr(f"{_NO_DISPLAY}\n")
        return 2
    try:
        from sleepscorer.ui.shell.application import run
    except ImportError as error:
        if "PySide6" not in str(error) and ".so" not in str(error):
            raise
        write_stderr(f"{_NO_QT.format(error=error)}\n")
        return 2
    return run(path)


def _is_about_torch(error: ImportError | OSError) -> bool:
    """Whether a library of the network is missing; a broken one is an OSError."""
    return (getattr(error, "name", "") or "").startswith("torch") or "torch" in str(error)


if __name__ == "__main__":
    sys.exit(main())
