"""What pre-training is worth where few nights are scored: an experiment on simulated nights.

Nobody slept in them: the apneas are planted, with the traces that the simulation gives them in
EEG, ECG and chin EMG. It shows whether the recipe works as it is meant to, and nothing of patients.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812 (torch's customary name)

from model import weights
from model.network import APNEA, InputSpec, Network
from model.synthsleepnet.architecture import NAME, ScoringSynthSleepNet, input_spec
from sleepscorer.input_channels import channels_of_roles
from sleepscorer.network_input import read_input
from sleepscorer.signals.simulated_events import RecordingInMemory
from sleepscorer.signals.simulation import simulate_night
from training.data.event_targets import targets_of
from training.data.modalities import ModalNight
from training.data.splits import PretrainingSplit
from training.engine.loop import ScheduledAdam
from training.engine.progress import Report
from training.engine.randomness import Purpose, seed_draws
from training.engine.selection import Selection, measure
from training.engine.start import Start, read_start
from training.evaluation.intervals import Interval, figure_interval
from training.evaluation.tasks import FIGURES, BinaryFigures, intervals_of_figures
from training.synthsleepnet.config import SynthSleepNetTrainingConfig
from training.synthsleepnet.nights import read
from training.synthsleepnet.recipe import train

PRETRAINED, UNTRAINED, SCRATCH = "pre-trained", "untrained", "from scratch"
"""Heads on a network that was pre-trained; on one that is random; all of a network at once."""

Answered = Mapping[str, tuple[npt.NDArray[np.float32], npt.NDArray[np.int8]]]
"""Probabilities of an apnea (n,) and what was planted (n,), of each subject."""

_DATA = "simulated nights; nobody slept in them"


@dataclass(frozen=True, slots=True)
class Plan:
    """Which nights are simulated.

    Attributes
    ----------
    n_unlabelled, n_validation, n_test
        Nights, each of another simulated person.
    labelled
        Numbers of scored nights that are learnt from, one after the other.
    n_epochs
        Length of each.
    apneas_per_h
        That are planted.
    seed
        Of all of it.
    """

    n_unlabelled: int = 24
    n_validation: int = 2
    n_test: int = 10
    labelled: tuple[int, ...] = (1, 4)
    n_epochs: int = 240
    apneas_per_h: float = 40.0
    seed: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Arm:
    """What one way of training came to.

    Attributes
    ----------
    name
        Of the way.
    n_labelled
        Scored nights that it learnt from.
    pairs
        What it said of the test nights, and what was planted.
    """

    name: str
    n_labelled: int
    pairs: Answered

    def text(self) -> str:
        """Figures with their intervals over the persons tested."""
        figures, intervals = _pooled(self.pairs), intervals_of_figures(self.pairs)
        assert intervals is not None, "a single person was tested"
        parts = (
            f"{name} {getattr(figures, name):.3f} ({intervals[name].low:.3f} to "
            f"{intervals[name].high:.3f})"
            for name in FIGURES
        )
        return f"{self.n_labelled} scored, {self.name}: {', '.join(parts)}"


@dataclass(frozen=True, slots=True)
class _Gain:
    auroc: float


def gain(arm: Arm, reference: Arm) -> tuple[float, Interval]:
    """AUROC that one way has over another on the same persons, resampled together."""
    subjects = sorted(arm.pairs)

    def figures(one: Arm, rows: Sequence[int]) -> BinaryFigures:
        drawn = {str(place): one.pairs[subjects[row]] for place, row in enumerate(rows)}
        return _pooled(drawn)

    def difference(rows: Sequence[int]) -> _Gain:
        return _Gain(figures(arm, rows).auroc - figures(reference, rows).auroc)

    interval = figure_interval(lambda rows: difference(rows.tolist()), len(subjects), ("auroc",))
    return difference(range(len(subjects))).auroc, interval["auroc"]


def simulated_nights(plan: Plan, spec: InputSpec) -> PretrainingSplit[ModalNight]:
    """Simulate all nights and prepare them as a recording is prepared."""
    n_labelled = max(plan.labelled)
    sizes = (plan.n_unlabelled, n_labelled, plan.n_validation, plan.n_test)
    nights = [_night(plan, number, spec) for number in range(sum(sizes))]
    edges = np.cumsum([0, *sizes]).tolist()
    parts = [tuple(nights[a:b]) for a, b in pairwise(edges)]
    return PretrainingSplit(*parts)


def _night(plan: Plan, number: int, spec: InputSpec) -> ModalNight:
    night = simulate_night(1000 * plan.seed + number, plan.n_epochs, apneas_per_h=plan.apneas_per_h)
    recording = RecordingInMemory(
        {
            channel.label: (channel.unit.replace("u", "µ"), channel.sfreq, channel.samples)
            for channel in night.channels
        }
    )
    seen = read_input(recording, channels_of_roles(recording.channels, spec), spec)
    stages = np.array(night.stages, np.int8)
    known = np.ones(len(stages), bool)
    targets = targets_of(night.events, len(stages), known)
    return ModalNight(f"{number}", f"{number}", seen.epochs, stages, targets, seen.runs)


def compare(
    plan: Plan,
    config: SynthSleepNetTrainingConfig,
    out: Path,
    *,
    report: Report,
    say: Callable[[str], None],
) -> list[Arm]:
    """Learn apneas from few scored nights, in each of the ways, and test all on the same nights.

    Parameters
    ----------
    plan
        The nights.
    config
        With steps of [unimodal], [multimodal] and [probe]; whoever begins from scratch makes as
        many steps as the probe, of as many epochs as the multimodal stage.
    out
        Folder for what is trained.
    report
        Called with progress events.
    say
        Called with each line of the result.
    """
    config = replace(config, tasks=(APNEA.name,))
    split = simulated_nights(plan, input_spec(config.network))
    test = {night.subject: float((night.targets[APNEA.name] == 1).mean()) for night in split.test}
    say(f"Simulated: apneas in {np.mean([*test.values()]):.0%} of the epochs tested.")
    blind = replace(config, probe=replace(config.probe, steps=0))
    pretrained = train(split, blind, out / PRETRAINED, resume=False, report=report, data=_DATA)
    starts = {PRETRAINED: read_start(pretrained, NAME), UNTRAINED: Start(_random(config), ())}
    heads = replace(
        config,
        unimodal=replace(config.unimodal, steps=0),
        multimodal=replace(config.multimodal, steps=0),
    )
    arms: list[Arm] = []
    for n_labelled in plan.labelled:
        few = replace(split, labelled=split.labelled[:n_labelled])
        of_number: dict[str, Arm] = {}
        for name, start in starts.items():
            folder = out / f"{name} {n_labelled}"
            path = train(few, heads, folder, resume=False, report=report, data=_DATA, start=start)
            of_number[name] = _tested(name, n_labelled, weights.load(path).network, split)
            say(of_number[name].text())
        network = _whole(few, config)
        of_number[SCRATCH] = _tested(SCRATCH, n_labelled, network, split)
        say(of_number[SCRATCH].text())
        for other in (UNTRAINED, SCRATCH):
            value, interval = gain(of_number[PRETRAINED], of_number[other])
            say(
                f"{n_labelled} scored, AUROC {PRETRAINED} less {other}: {value:+.3f} "
                f"({interval.low:+.3f} to {interval.high:+.3f})"
            )
        arms += of_number.values()
    return arms


def _tested(
    name: str, n_labelled: int, network: Network, split: PretrainingSplit[ModalNight]
) -> Arm:
    return Arm(name, n_labelled, _answered(network, split.test))


def _answered(network: Network, nights: Sequence[ModalNight]) -> Answered:
    return {
        night.subject: (
            network.predict(
                np.asarray(night.epochs[:], np.float32), night.runs, progress=lambda _: None
            ).probabilities[APNEA.name][:, 1],
            night.target(APNEA.name),
        )
        for night in nights
    }


def _pooled(pairs: Answered) -> BinaryFigures:
    return BinaryFigures.of(
        np.concatenate([yes for yes, _ in pairs.values()]),
        np.concatenate([answers for _, answers in pairs.values()]),
    )


def _random(config: SynthSleepNetTrainingConfig) -> dict[str, torch.Tensor]:
    seed_draws(config.seed, Purpose.INITIAL_WEIGHTS)
    return ScoringSynthSleepNet(config.network).state_dict()


def _whole(
    split: PretrainingSplit[ModalNight], config: SynthSleepNetTrainingConfig
) -> ScoringSynthSleepNet:
    """Train all of a network at once with labels, and keep the step that validates best."""
    seed_draws(config.seed, Purpose.INITIAL_WEIGHTS)
    network = ScoringSynthSleepNet(config.network)
    stage = replace(
        config.probe,
        batch_size=config.multimodal.batch_size,
        learning_rate=config.multimodal.learning_rate,
    )
    used = nn.ModuleList(
        [network.encoders, network.adapters, network.embeddings, network.blocks, network.norm]
    )
    used.append(network.heads)

    def loss(epochs: torch.Tensor, answers: torch.Tensor) -> torch.Tensor:
        said = network.judge(network.features(epochs)[:, None])[APNEA.name]
        return F.cross_entropy(said[:, 0], answers)

    optimiser = ScheduledAdam(used, loss, stage, config.optimisation)
    selection = Selection(network, config.selection)
    places = [
        (night, row)
        for night in split.labelled
        for row in np.flatnonzero(night.target(APNEA.name) >= 0).tolist()
    ]
    for step in range(stage.steps):
        rng = seed_draws(config.seed, Purpose.HEAD_STAGE_STEP, step)
        drawn = [places[place] for place in rng.integers(len(places), size=stage.batch_size)]
        epochs = np.concatenate([read(night, row, row + 1) for night, row in drawn])
        answers = torch.tensor([int(night.target(APNEA.name)[row]) for night, row in drawn])
        network.train()
        optimiser.descend(step, torch.from_numpy(epochs), answers)
        n_done = step + 1
        if n_done % config.selection.validate_every == 0 or n_done == stage.steps:
            network.eval()
            pairs = _answered(network, split.validation).values()
            yes = torch.from_numpy(np.concatenate([one for one, _ in pairs]))
            known = np.concatenate([answers for _, answers in pairs]).astype(np.int64)
            rows = torch.stack((1 - yes, yes), dim=1).clamp(min=1e-7).log()
            selection.offer(measure(rows, torch.from_numpy(known)))
    selection.keep_best()
    return network.eval()
