"""The configuration of a training run: a table for each part of the recipe.

Where the paper leaves a point open or contradicts itself, the point is an entry here (or, when it
changes the network, in :class:`model.mc2sleepnet.config.MC2SleepNetConfig`), and its default is the
reading that fits the paper's text, its parameter count and the works it cites best.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from model.mc2sleepnet.config import MC2SleepNetConfig
from sleepscorer.codec import structured
from training.data.config import AlterationConfig, AugmentationConfig, EpochsConfig, SplitConfig
from training.engine.config import (
    OptimisationConfig,
    SelectionConfig,
    StepsConfig,
    check_shares,
    read_toml,
)


@dataclass(frozen=True, slots=True)
class LossConfig:
    """Cross-entropy, in every stage.

    Attributes
    ----------
    label_smoothing
        Share of each label's mass spread over all stages.
    sum_over_sequence
        Whether cross-entropies of a sequence are added up, as Eq. 18 is printed, or averaged.
    """

    label_smoothing: float = 0.05
    sum_over_sequence: bool = False


@dataclass(frozen=True, slots=True)
class EpochStageConfig(StepsConfig):
    """Of the epoch stage: each backbone alone on single epochs, of which a batch consists.

    Attributes
    ----------
    class_balance
        Epochs are drawn with weight ``1 / frequency ** class_balance`` of their stage.
    piece_counts
        Length, in pieces of 5 s, of the epochs of successive steps, in turn. The backbones take any
        length; shorter ones cost less and teach what 5 s can tell.
    start_share
        Share that the epoch model which training began with has in the one that the following
        stages go on with; 0 leaves that as it was learnt.
    """

    steps: int = 300
    batch_size: int = 64
    warmup_steps: int = 30
    class_balance: float = 0.4
    piece_counts: tuple[int, ...] = (6,)
    start_share: float = 0.0

    def __post_init__(self) -> None:
        check_shares(self, "start_share")
        if not self.piece_counts or not all(1 <= count <= 6 for count in self.piece_counts):
            raise ValueError(f"piece_counts must be 1 to 6, not {self.piece_counts}")


@dataclass(frozen=True, slots=True)
class PretrainStageConfig(StepsConfig):
    """Of the pre-training stage: the whole network, contrast and masking.

    Attributes
    ----------
    weights
        Of the signal, spectrogram and joint heads in the loss (Eq. 19).
    mask_ratio
        Share of each stream's epochs replaced by the mask token, 0 to 1; rounded down.
    contrastive_weight
        Of InfoNCE in the loss; 0 leaves it out.
    contrastive_temperature
        The paper gives none; 0.07 is SleePyCo's.
    literal_infonce
        Whether the logarithm stands outside the mean, as Eq. 14 and 15 are printed.
    distinct_nights
        Whether the sequences of a batch come from different nights as far as there are enough, so
        that none is a false negative of another.
    """

    weights: tuple[float, float, float] = (1.0, 0.1, 0.1)
    mask_ratio: float = 0.5
    contrastive_weight: float = 1.0
    contrastive_temperature: float = 0.07
    literal_infonce: bool = False
    distinct_nights: bool = True

    def __post_init__(self) -> None:
        check_shares(self, "mask_ratio")


@dataclass(frozen=True, slots=True)
class SequenceStageConfig(StepsConfig):
    """Of the sequence stage: the paper's fine-tuning, with the epoch model frozen.

    Attributes
    ----------
    weights
        Of the three heads in the loss.
    mask_ratio
        As in pre-training; the paper's is 0.
    feature_copies
        Newly drawn and altered versions of each night that are trained on.
    feature_augmentation
        Whether those versions are altered (lightly); the paper's are not.
    feature_noise
        Standard deviation of noise on the features, in units of each feature's own.
    averaging
        Share of the sequence model's moving average that stays at each step; the average is what
        is validated and kept. 0, as in the paper, keeps the parameters themselves.
    class_balance
        Cross-entropies are weighted by ``1 / frequency ** class_balance`` of their stage; 0, as in
        the paper, weighs all alike.
    """

    steps: int = 200
    warmup_steps: int = 30
    weights: tuple[float, float, float] = (1.0, 1.0, 1.0)
    mask_ratio: float = 0.15
    feature_copies: int = 3
    feature_augmentation: bool = True
    feature_noise: float = 0.1
    averaging: float = 0.0
    class_balance: float = 0.0

    def __post_init__(self) -> None:
        check_shares(self, "mask_ratio", "averaging")


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """Everything that, together with the data, determines the weights.

    The defaults are those of short runs; ``configs/paper-*.toml`` hold the paper's. All but the
    first four entries are tables of the file.

    Attributes
    ----------
    name, version
        Written into the weights' description.
    seed
        Of every random draw.
    checkpoint_every
        Steps between checkpoints.
    network
        The architecture.
    altered
        Altered copies of the nights that are trained on, none by default.
    """

    name: str
    version: str
    seed: int
    checkpoint_every: int = 50
    network: MC2SleepNetConfig = field(default_factory=MC2SleepNetConfig)
    split: SplitConfig = field(default_factory=SplitConfig)
    epochs: EpochsConfig = field(default_factory=EpochsConfig)
    augmentation: AugmentationConfig = field(default_factory=AugmentationConfig)
    altered: AlterationConfig | None = None
    optimisation: OptimisationConfig = field(default_factory=OptimisationConfig)
    loss: LossConfig = field(default_factory=LossConfig)
    selection: SelectionConfig = field(default_factory=SelectionConfig)
    epoch: EpochStageConfig = field(default_factory=EpochStageConfig)
    pretraining: PretrainStageConfig = field(default_factory=PretrainStageConfig)
    sequence: SequenceStageConfig = field(default_factory=SequenceStageConfig)

    def __post_init__(self) -> None:
        if not (self.epoch.steps or self.epoch.start_share or self.trains_sequences):
            raise ValueError(
                "one of [epoch] steps or start_share, [pretraining] steps and [sequence] steps "
                "must be positive"
            )

    @property
    def trains_sequences(self) -> bool:
        """Whether a stage learns the sequence level."""
        return bool(self.pretraining.steps or self.sequence.steps)


def changed(config: TrainingConfig, **tables: Mapping[str, Any]) -> TrainingConfig:
    """Build a configuration with other entries in some of its tables."""
    others = {name: replace(getattr(config, name), **table) for name, table in tables.items()}
    return replace(config, **others)


def read_config(path: Path) -> TrainingConfig:
    """Read a configuration from TOML; the flat ones of before are read as well.

    The errors are those of :func:`training.engine.config.read_toml`.
    """
    return read_toml(path, TrainingConfig, in_tables)


def completed(entries: Mapping[str, Any]) -> dict[str, Any]:
    """Give a configuration that was written by an earlier version its tables and new defaults."""
    return asdict(structured(in_tables(entries), TrainingConfig))


def in_tables(entries: Mapping[str, Any]) -> dict[str, Any]:
    """Sort the entries of a flat configuration of before into tables; others stay as they are."""
    is_flat = {name: name in _FLAT and not isinstance(entries[name], dict) for name in entries}
    tables = {name: value for name, value in entries.items() if not is_flat[name]}
    for name in (name for name in entries if is_flat[name]):
        table, entry = _FLAT[name]
        tables[table] = {**tables.get(table, {}), entry: entries[name]}
    return tables


_FLAT = {
    name: (table, name)
    for table, names in {
        "split": (
            "protocol validation_subjects test_subjects n_folds fold test_share "
            "n_validation_subjects"
        ),
        "epochs": "reach_epochs own_share sequence_kinds blind_kinds",
        "augmentation": (
            "gain_ratio equaliser_db shift_s flip_share noise_uv noise_share spectrogram_noise "
            "spectrogram_of_altered"
        ),
        "optimisation": "precision weight_decay max_gradient_norm schedule",
        "loss": "label_smoothing",
        "selection": "criterion patience validate_every",
        "epoch": "class_balance piece_counts",
        "pretraining": (
            "contrastive_weight contrastive_temperature literal_infonce distinct_nights"
        ),
        "sequence": "feature_copies feature_augmentation feature_noise mask_ratio",
    }.items()
    for name in names.split()
}
_FLAT |= {
    f"{prefix}_{name}": (table, name)
    for table, prefix, names in (
        ("epoch", "epoch", ""),
        ("pretraining", "pretrain", "weights mask_ratio"),
        ("sequence", "sequence", "weights averaging class_balance"),
    )
    for name in ("steps", "batch_size", "learning_rate", "warmup_steps", *names.split())
}
_FLAT["augmentation"] = ("augmentation", "kind")
_FLAT["ce_sum_over_sequence"] = ("loss", "sum_over_sequence")
"""Table and entry of each name in a flat configuration."""
