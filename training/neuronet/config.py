"""The configuration of a NeuroNet's training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from model.network import InputSpec
from model.neuronet.config import PRESETS, Head, NeuroNetConfig
from sleepscorer.codec import structured
from training.data.config import EpochKind, EpochsConfig, SplitConfig
from training.engine.config import (
    OptimisationConfig,
    SelectionConfig,
    StepsConfig,
    check_shares,
    read_toml,
)

Preset = Literal["paper", "original", "tiny"]
DECOUPLED = OptimisationConfig(
    precision="automatic", weight_decay=1e-2, decoupled=True, max_gradient_norm=2.0
)
"""AdamW with torch's own decay and gradients of norm 2, as both networks' published code has it."""


@dataclass(frozen=True, slots=True)
class UnimodalStageConfig(StepsConfig):
    """Of the pre-training of an encoder: no labels, but for which step is kept.

    Attributes
    ----------
    batch_size, learning_rate
        Epochs in a step. The published rate is 1e-4 for 256 of them and goes with their number.
    mask_ratio
        Share of the frames that are not seen.
    contrastive_weight, contrastive_temperature
        Of the contrast between two maskings of an epoch.
    detached_targets
        Whether what is to be guessed stands still. It moves in the published code, as it does here
        by default: the frame network learns by it too.
    epoch_kind
        What epochs of partial nights are made of. Mosaics would know the stages.
    n_neighbours, n_principal, most_epochs
        Validation: stage by the nearest of labelled epochs, in the space of the first principal
        components; the most epochs that either side has.
    """

    batch_size: int = 256
    learning_rate: float = 1e-4
    mask_ratio: float = 0.8
    contrastive_weight: float = 1.0
    contrastive_temperature: float = 0.05
    detached_targets: bool = False
    epoch_kind: EpochKind = "pseudo"
    n_neighbours: int = 10
    n_principal: int = 50
    most_epochs: int = 2000

    def __post_init__(self) -> None:
        check_shares(self, "mask_ratio")


@dataclass(frozen=True, slots=True)
class HeadStageConfig(StepsConfig):
    """Of a stage in which a head learns stages from kept features.

    Attributes
    ----------
    feature_copies
        Newly drawn versions of each partial night that are learnt from.
    class_balance
        Cross-entropies are weighted by ``1 / frequency ** class_balance`` of their stage; 0, as
        published, weighs all alike.
    unfrozen_mlp
        Whether the last feed-forward part of the encoder learns too, as it does under the temporal
        context module.
    """

    feature_copies: int = 3
    class_balance: float = 0.0
    unfrozen_mlp: bool = False


@dataclass(frozen=True, slots=True)
class NeuroNetTrainingConfig:
    """Everything that, together with the data, determines the weights.

    Attributes
    ----------
    name, version
        Written into the weights' description.
    seed
        Of every random draw.
    preset
        Which architecture.
    checkpoint_every
        Steps between checkpoints.
    label_share
        Share of the subjects to train on whose stages are known to the heads and to the choice of
        a step.
    pretraining, probe, context
        The stages: without labels; one linear map on frozen features; the temporal context module.
        A run has one head: a probe and a context of one encoder are two runs, the second with
        ``--start``.
    """

    name: str
    version: str
    seed: int
    preset: Preset = "tiny"
    checkpoint_every: int = 50
    label_share: float = 1.0
    split: SplitConfig = field(default_factory=SplitConfig)
    epochs: EpochsConfig = field(default_factory=EpochsConfig)
    optimisation: OptimisationConfig = DECOUPLED
    selection: SelectionConfig = field(default_factory=SelectionConfig)
    pretraining: UnimodalStageConfig = field(default_factory=UnimodalStageConfig)
    probe: HeadStageConfig = field(default_factory=HeadStageConfig)
    context: HeadStageConfig = field(default_factory=lambda: HeadStageConfig(unfrozen_mlp=True))

    def __post_init__(self) -> None:
        if self.probe.steps and self.context.steps:
            raise ValueError("a network has one head: leave out [probe] or [context]")
        if not (self.pretraining.steps or self.probe.steps or self.context.steps):
            raise ValueError("one of [pretraining], [probe] and [context] must have steps")

    @property
    def head(self) -> Head:
        """Of the network that is trained."""
        return "context" if self.context.steps else "probe" if self.probe.steps else "none"

    def network(self, prepared: InputSpec) -> NeuroNetConfig:
        """Architecture for the channel that the nights were prepared for."""
        (channel,) = prepared.channels
        return replace(
            PRESETS[self.preset],
            role=channel.role,
            band_hz=channel.band_hz,
            least_sfreq=channel.least_sfreq,
            head=self.head,
        )


def read_config(path: Path) -> NeuroNetTrainingConfig:
    """Read a configuration from TOML.

    The errors are those of :func:`training.engine.config.read_toml`.
    """
    return read_toml(path, NeuroNetTrainingConfig)


def completed(entries: Mapping[str, Any]) -> dict[str, Any]:
    """Give a configuration that was written by an earlier version new defaults."""
    return asdict(structured(dict(entries), NeuroNetTrainingConfig))
