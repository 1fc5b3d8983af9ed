"""The configuration of a SynthSleepNet's training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from model.neuronet.config import PRESETS as NEURONET_PRESETS
from model.neuronet.config import NeuroNetConfig
from model.synthsleepnet.config import PRESETS, Head, SynthSleepNetConfig
from sleepscorer.codec import structured
from training.engine.config import (
    OptimisationConfig,
    SelectionConfig,
    StepsConfig,
    check_shares,
    read_toml,
)
from training.neuronet.config import DECOUPLED, UnimodalStageConfig

Preset = Literal["paper", "tiny"]


@dataclass(frozen=True, slots=True)
class ModalSplitConfig:
    """How subjects are shared out: see :func:`training.data.splits.pretraining_split`.

    Attributes
    ----------
    test_share
        Part of the subjects that is tested on, about.
    n_labelled, n_validation
        Subjects whose scorings are learnt from, and that choose which step is kept. The published
        code chose on those that it tested.
    """

    test_share: float = 0.1
    n_labelled: int = 50
    n_validation: int = 10

    def __post_init__(self) -> None:
        check_shares(self, "test_share")


@dataclass(frozen=True, slots=True)
class MultimodalStageConfig(StepsConfig):
    """Of the pre-training of the fusion: the encoders stand still, but for their adapters.

    Attributes
    ----------
    mask_ratio
        Share of each channel's frames that is not seen.
    contrastive_weight, contrastive_temperature
        Of the contrast of the fused epoch with each channel's own.
    detached_targets
        Whether what is to be guessed stands still; the adapters learn by it otherwise.
    channel_dropout
        Probability with which a channel but the first is taken out of an epoch, so that the network
        meets in training what recordings lack; none in the publication.
    """

    batch_size: int = 256
    learning_rate: float = 1e-4
    mask_ratio: float = 0.4
    contrastive_weight: float = 1.0
    contrastive_temperature: float = 0.1
    detached_targets: bool = False
    channel_dropout: float = 0.0

    def __post_init__(self) -> None:
        check_shares(self, "mask_ratio", "channel_dropout")


@dataclass(frozen=True, slots=True)
class TaskStageConfig(StepsConfig):
    """Of a stage in which heads learn their tasks.

    Attributes
    ----------
    batch_size
        Sequences in a step: of one epoch for the probe.
    n_parts
        Parts that a step's batch is computed in, one after the other: published are four of 32
        sequences for the context.
    channel_dropout
        As in pre-training; only where the features are not kept.
    class_balance
        Cross-entropies are weighted by ``1 / frequency ** class_balance`` of their class; 0, as
        published, weighs all alike.
    """

    n_parts: int = 1
    channel_dropout: float = 0.0
    class_balance: float = 0.0

    def __post_init__(self) -> None:
        check_shares(self, "channel_dropout")
        if self.n_parts < 1 or self.batch_size % self.n_parts:
            raise ValueError(f"a batch of {self.batch_size} has no {self.n_parts} equal parts")


@dataclass(frozen=True, slots=True)
class SynthSleepNetTrainingConfig:
    """Everything that, together with the data, determines the weights.

    Attributes
    ----------
    name, version
        Written into the weights' description.
    seed
        Of every random draw, and of the split.
    preset
        Which architecture.
    roles
        Of the channels that there are to be; all of the preset's by default.
    tasks
        That are learnt, each by a head of its own. The first is what a step is chosen by.
    tuned
        Whether the context's stage moves the second adapters, too. Without, features of epochs are
        computed once and kept.
    checkpoint_every
        Steps between checkpoints.
    label_share
        Share of the labelled subjects whose scorings are learnt from: 0.01, 0.05 and 1 in the
        publication.
    unimodal, multimodal, probe, context
        The stages: each modality's encoder; the fusion; heads on single epochs, all else frozen;
        heads with a Mamba-2. A run has one kind of heads, and begins with ``--start`` where another
        one ended.
    """

    name: str
    version: str
    seed: int
    preset: Preset = "tiny"
    roles: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ("stages",)
    tuned: bool = True
    checkpoint_every: int = 50
    label_share: float = 1.0
    split: ModalSplitConfig = field(default_factory=ModalSplitConfig)
    optimisation: OptimisationConfig = DECOUPLED
    selection: SelectionConfig = field(default_factory=SelectionConfig)
    unimodal: UnimodalStageConfig = field(default_factory=UnimodalStageConfig)
    multimodal: MultimodalStageConfig = field(default_factory=MultimodalStageConfig)
    probe: TaskStageConfig = field(default_factory=TaskStageConfig)
    context: TaskStageConfig = field(default_factory=TaskStageConfig)

    def __post_init__(self) -> None:
        if self.probe.steps and self.context.steps:
            raise ValueError("heads are of one kind: leave out [probe] or [context]")
        stages = (self.unimodal, self.multimodal, self.probe, self.context)
        if not any(stage.steps for stage in stages):
            raise ValueError("one of [unimodal], [multimodal], [probe], [context] must have steps")
        unknown = set(self.roles) - {channel.role for channel in PRESETS[self.preset].channels}
        if unknown:
            raise ValueError(f"the preset has no channel {', '.join(sorted(unknown))}")

    @property
    def head(self) -> Head:
        """Of the network that is trained."""
        return "context" if self.context.steps else "probe" if self.probe.steps else "none"

    @property
    def network(self) -> SynthSleepNetConfig:
        """Architecture that is trained."""
        preset = PRESETS[self.preset]
        channels = tuple(c for c in preset.channels if not self.roles or c.role in self.roles)
        tuning = preset.tuning if self.tuned else None
        found = replace(preset, channels=channels, tuning=tuning)
        return found.with_head(self.head, self.tasks)

    @property
    def unimodal_network(self) -> NeuroNetConfig:
        """NeuroNet that each encoder is pre-trained in."""
        return replace(NEURONET_PRESETS[self.preset], encoder=self.network.encoder)


def read_config(path: Path) -> SynthSleepNetTrainingConfig:
    """Read a configuration from TOML.

    The errors are those of :func:`training.engine.config.read_toml`.
    """
    return read_toml(path, SynthSleepNetTrainingConfig)


def completed(entries: Mapping[str, Any]) -> dict[str, Any]:
    """Give a configuration that was written by an earlier version new defaults."""
    return asdict(structured(dict(entries), SynthSleepNetTrainingConfig))
