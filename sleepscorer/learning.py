"""`sleepscorer train`: learn from corrected nights without a window."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from model.weights import LoadedModel
from sleepscorer.autoscoring import load_model
from sleepscorer.converting import check_same
from sleepscorer.domain.channels import Derivation, staging_derivations
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scoring import Scoring
from sleepscorer.domain.versions import Decision, Figures, Verdict
from sleepscorer.io.atomic import replaces
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.session import read_session
from sleepscorer.jobs.events import JobEvent, StepDone, Validated
from sleepscorer.loop.calibrating import fit_calibration, with_calibration
from sleepscorer.loop.collection import CollectedNight, LeftEpochs, Library, collect, drift
from sleepscorer.loop.comparison import ComparedNights, compare_held_out, compare_on_night
from sleepscorer.loop.decision import accept, postpone, reject
from sleepscorer.loop.finetune import Training, prepare
from sleepscorer.loop.listing import write_training
from sleepscorer.loop.patients import LibraryError
from sleepscorer.loop.verdict import grounds_of
from sleepscorer.models.ledger import (
    Activated,
    Calibrated,
    Postponed,
    Rejected,
    RolledBack,
    Uncalibrated,
)
from sleepscorer.models.store import ModelStore
from sleepscorer.network_input import preferred_derivation
from sleepscorer.terminal import for_each, refuse_existing, say


def add(sessions: Sequence[Path], code: str = "") -> int:
    """Add signed-off sessions to the nights to learn from; return the exit status."""
    model, library = load_model(), Library()

    def work(path: Path) -> str:
        session = read_session(path)
        scoring = session.scored.scoring
        with closing(open_recording(session.find_recording(path))) as recording:
            check_same(path, session.scored.recording, recording)
            derivation, gain = staged_derivation(recording, scoring, model)
            night = collect(library, recording, scoring, model, derivation, gain=gain, code=code)
        side = "compare versions on" if night.is_held_out else "learn from"
        return f"{path.name}: {_decided(night)}, a night to {side}"

    return for_each(sessions, work, "added")


def staged_derivation(
    recording: Recording, scoring: Scoring, model: LoadedModel
) -> tuple[Derivation, float]:
    """Find what was staged, and what it was multiplied by; the preferred one without stages.

    Raises
    ------
    LibraryError
        It is not one of the recording's.
    AutoscoringError
        The recording has no EEG.
    """
    if scoring.hypnodensity is None:
        return preferred_derivation(recording, model.network.spec), 1.0
    name, _, factor = scoring.hypnodensity.derivation.partition(" × ")
    for derivation in (
        *staging_derivations(recording.channels),
        *(Derivation(channel.label) for channel in recording.channels),
    ):
        if derivation.name == name:
            return derivation, float(factor or 1)
    raise LibraryError(
        "{file} was staged on {derivation}, which can't be found among its channels. Stage it on "
        "one derivation, sign it off again and add it then.",
        file=recording.path.name,
        derivation=name,
    )


def nights() -> int:
    """Say what there is to learn from."""
    found = Library().nights()
    for night in found:
        changes = night.corrections
        use = "compare" if night.is_held_out else "learn"
        say(
            f"{night.recording.file_name}: {use}, patient {night.subject[:8]}, "
            f"{_decided(night)}, N1 to N2 {changes[1, 2]}, N2 to N1 {changes[2, 1]}, signed off by "
            f"{night.sign_off.by}"
        )
    say(
        Phrase(
            "{n} {n:night|nights} of {n_patients} {n_patients:patient|patients}.",
            n=len(found),
            n_patients=len({night.subject for night in found}),
        )
    )
    shares = drift(found)
    if shares is not None:
        late, early = (100 * share for share in shares)
        say(
            "The last ten nights were corrected more than twice as much as those before "
            f"({late:.0f} against {early:.0f} % of the epochs): has something changed in recording?"
        )
    return 0


def quick(*, by: str, left: LeftEpochs, why: str = "") -> int:
    """Fine-tune the version in use, then compare; a training that was interrupted goes on."""
    library, store, training = Library(), ModelStore(), Training()
    if training.plan is None:
        start = store.active()
        prepare(library, library.nights(), store, start, load_model(), left, by=by)
    elif training.plan.left is not left:
        raise LibraryError(
            "A training with --left {left} was interrupted: name that to go on, or give it up with "
            "sleepscorer train discard.",
            left=training.plan.left.value,
        )
    elif not training.is_done:
        say(
            "The training that was interrupted goes on; sleepscorer train discard would give it up."
        )
    if not training.is_done and not training.run(_say_event):
        return 1
    version = training.finish(store)
    say(f"{version.title} is there; it is not in use.")
    return compare_with(version.version, by=by, why=why)


def full(folder: Path, *, left: LeftEpochs) -> int:
    """Write down nights for a training of the whole network, and say how that is done."""
    store = ModelStore()
    start = store.active()
    version = store.next_version(start)
    listed, config = write_training(Library().nights(), left, folder, start.name, version)
    exported, data, run = folder / "start.safetensors", folder / "nights.h5", folder / "run"
    made = run / f"{start.architecture}-{version}.safetensors"
    store.export(start, exported)
    for line in (
        f"{listed} names the nights. It takes hours without a graphics card; the first command "
        "measures the seconds of a step, of which there are up to 500:",
    ):
        say(line)
    prepared = ("--data", data, "--config", config, "--start", exported, "--out", run)
    for words in (
        ("python", "-m", "training", "cost"),
        ("python", "-m", "training", "prepare", "list", listed, "--out", data),
        ("python", "-m", "training", "train", *prepared),
        ("sleepscorer", "train", "import", made, "--by", "NAME"),
        ("sleepscorer", "train", "compare", version, "--by", "NAME"),
    ):
        say(f"  {shlex.join(map(str, words))}")
    return 0


def discard() -> int:
    """Give up a training that was interrupted."""
    Training().discard()
    say("No training is under way.")
    return 0


def compare_with(name: str, *, by: str, answer: str = "", why: str = "") -> int:
    """Compare a version with the one in use, and do what is answered."""
    store, library = ModelStore(), Library()
    version = store.named(name)
    _say_what_can_be_compared(library)
    candidate = load_model(store.path_of(version))
    calibration = store.calibration(version)
    found = compare_held_out(library, load_model(), with_calibration(candidate, calibration))
    for line in told(found):
        say(line)
    if answer == "accept":
        accept(store, found.comparison, by=by, why=why)
    elif answer == "reject":
        reject(store, found.comparison, by=by, why=why)
    else:
        postpone(store, found.comparison, by=by, why=why)
    return 0


def _say_what_can_be_compared(library: Library) -> None:
    """Say beforehand that a comparison of minutes will tell nothing of the laboratory's nights."""
    if not any(night.is_held_out for night in library.nights()):
        say(
            "No night to compare versions on is kept yet, so what is gained on yours can't be "
            "told: only what is forgotten of the first training is measured, which takes minutes."
        )


def compare_on(sessions: Sequence[Path], name: str, other: str = "") -> int:
    """Say what two versions make of nights, whichever they are; return the exit status."""
    store = ModelStore()
    chosen = [store.named(one) if one else store.active() for one in (other, name)]
    models = [
        with_calibration(load_model(store.path_of(one)), store.calibration(one)) for one in chosen
    ]

    def work(path: Path) -> str:
        session = read_session(path)
        scoring = session.scored.scoring
        with closing(open_recording(session.find_recording(path))) as recording:
            check_same(path, session.scored.recording, recording)
            derivation, gain = staged_derivation(recording, scoring, models[0])
            found = compare_on_night(recording, scoring, derivation, *models, gain=gain)
        comparison = found.comparison
        lines = [
            f"{path.name}: {chosen[0].title} and {chosen[1].title} give {found.n_same} of "
            f"{found.n_staged} epochs the same stage"
        ]
        if comparison.n_epochs:
            of = "signed off" if found.is_signed_off else "that a person decided on alone"
            lines += [
                Phrase("  on {n} {n:epoch|epochs} {of}:", n=comparison.n_epochs, of=of),
                _row(chosen[0].title, comparison.of_current),
                _row(chosen[1].title, comparison.of_candidate),
            ]
        return "\n".join(lines)

    return for_each(sessions, work, "compared")


def calibrate(*, by: str, answer: str = "", why: str = "") -> int:
    """Fit a calibration of the version in use, compare, and use it where that is answered."""
    store, library = ModelStore(), Library()
    current = load_model()
    learnt = [night for night in library.nights() if not night.is_held_out]
    calibration = fit_calibration(library, learnt, current, by=by)
    candidate = with_calibration(current, calibration)
    _say_what_can_be_compared(library)
    found = compare_held_out(library, current, candidate, aim="cross_entropy")
    for line in told(found, of_confidence=True):
        say(line)
    if answer == "accept":
        accept(store, found.comparison, by=by, why=why, calibration=calibration)
    else:
        say("It is not used; with --answer accept it is.")
    return 0


def versions() -> int:
    """Say which versions there are, and what was decided."""
    store = ModelStore()
    active = store.active()
    for version in store.versions():
        marks = [
            "in use" if version.sha256 == active.sha256 else "",
            "comes with SleepScorer" if version.is_bundled else "",
            "calibrated" if store.calibration(version) else "",
        ]
        say(f"{version.title} ({version.sha256[:12]})" + "".join(f", {m}" for m in marks if m))
    for entry in store.entries():
        match entry:
            case Activated(decision=made) | Rejected(decision=made) | Postponed(decision=made):
                grounds = "" if made.comparison is None else f": {made.comparison.verdict.value}"
                kind = type(entry).__name__.lower()
                say(f"{made.at:%Y-%m-%d %H:%M} {kind} {made.sha256[:12]} by {made.by}{grounds}")
            case RolledBack(at=at, sha256=sha256, by=who):
                say(f"{at:%Y-%m-%d %H:%M} went back to {sha256[:12]} by {who}")
            case Calibrated(at=at, sha256=sha256, by=who):
                say(f"{at:%Y-%m-%d %H:%M} calibrated {sha256[:12]} by {who}")
            case Uncalibrated(at=at, sha256=sha256, by=who):
                say(f"{at:%Y-%m-%d %H:%M} took the calibration of {sha256[:12]} away by {who}")
            case _:
                pass
    return 0


def use(name: str, *, by: str, why: str) -> int:
    """Use a version from now on, on somebody's word alone."""
    store = ModelStore()
    version = store.named(name)
    store.activate(Decision(version.sha256, by, datetime.now(UTC), why))
    say(f"{version.title} is in use.")
    return 0


def back(*, by: str, why: str) -> int:
    """Use the version again that was used before."""
    say(f"{ModelStore().roll_back(by=by, why=why).title} is in use.")
    return 0


def export(name: str, path: Path, *, overwrite: bool = False) -> int:
    """Write a version as one file; one that is there already is left alone without `overwrite`."""
    store = ModelStore()
    version = store.named(name)
    refuse_existing(path, overwrite=overwrite)
    with replaces(overwrite):
        store.export(version, path)
    say(f"{version.title} → {path}.")
    return 0


def import_version(path: Path, *, by: str) -> int:
    """Add a version from a file; it is not used before somebody decides so."""
    say(f"{ModelStore().import_file(path, by=by).title} is there; it is not in use.")
    return 0


def delete(name: str, *, by: str) -> int:
    """Remove a version."""
    store = ModelStore()
    store.delete(store.named(name), by=by)
    return 0


def told(found: ComparedNights, *, of_confidence: bool = False) -> list[str]:
    """Say what a comparison found, a line each; see `grounds_of`."""
    comparison = found.comparison
    lines = [
        Phrase(
            "{n} held-out {n:night|nights} of {n_patients} {n_patients:patient|patients}, "
            "{n_epochs} {n_epochs:epoch|epochs}",
            n=comparison.n_nights,
            n_patients=comparison.n_subjects,
            n_epochs=comparison.n_epochs,
        ),
        _row("in use", comparison.of_current),
        _row("new", comparison.of_candidate),
    ]
    for name, gain in (
        ("accuracy", comparison.accuracy_gain),
        ("kappa", comparison.kappa_gain),
        ("F1 of N1", comparison.n1_gain),
        ("accuracy on replay", comparison.replay_gain),
    ):
        if gain is not None:
            interval = "" if gain.low is None else f" [{gain.low:+.3f}, {gain.high:+.3f}]"
            lines.append(f"  gain of {name}: {gain.value:+.3f}{interval}")
    if comparison.replay_of_current is not None and comparison.replay_of_candidate is not None:
        lines.append(_row("replay, in use", comparison.replay_of_current))
        lines.append(_row("replay, new", comparison.replay_of_candidate))
    lines += [*grounds_of(comparison, of_confidence=of_confidence), *found.left_out]
    missing = ""
    if comparison.verdict is Verdict.UNCLEAR and comparison.n_missing:
        missing = Phrase(": nights of {n} more {n:patient|patients} would", n=comparison.n_missing)
    return [*lines, f"Verdict: {comparison.verdict.value}{missing}."]


def _row(name: str, figures: Figures) -> str:
    kappa = "–" if figures.kappa is None else f"{figures.kappa:.3f}"
    error = figures.calibration_error
    return (
        f"  {name}: accuracy {figures.accuracy:.3f}, macro-F1 {figures.macro_f1:.3f}, kappa "
        f"{kappa}, calibration error {'–' if error is None else f'{error:.3f}'}"
    )


def _say_event(event: JobEvent) -> None:
    match event:
        case StepDone(step=step, of=of, loss=loss, eta_s=eta_s) if step % 25 == 0:
            left = "" if eta_s is None else f", {eta_s / 60:.1f} min left at most"
            say(f"step {step} of {of}, loss {loss}{left}")
        case Validated(step=step, accuracy=accuracy, kappa=kappa):
            say(f"validation after {step} steps: accuracy {accuracy:.3f}, kappa {kappa:.3f}")
        case _:
            pass


def run(work: Callable[[], int]) -> int:
    """Do it and say in a sentence what went wrong; return the exit status."""
    try:
        return work()
    except SleepScorerError as error:
        say(str(error))
        return 1


def _decided(night: CollectedNight) -> str:
    return Phrase("{n} {n:epoch|epochs} decided on", n=int(night.decided.sum()))
