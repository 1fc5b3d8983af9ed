"""The configuration of a training run: one flat table.

Where the paper leaves a point open or contradicts itself, the point is an entry here (or, when it
changes the network, in :class:`model.mc2sleepnet.config.MC2SleepNetConfig`), and its default is the
reading that fits the paper's text, its parameter count and the works it cites best.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args

from model.mc2sleepnet.config import MC2SleepNetConfig
from training.corpora.eegmat import HELD_OUT_SUBJECTS

Augmentation = Literal["light", "one_of", "each", "none"]
Protocol = Literal["named", "folds", "proportion"]
Criterion = Literal["kappa", "accuracy", "cross_entropy"]
BlindKind = Literal["pseudo", "mirrored", "bare"]
EpochKind = Literal["mosaic", BlindKind]
Schedule = Literal["cosine", "constant"]
Precision = Literal["float32", "bfloat16"]

TESTED_KINDS: tuple[BlindKind, ...] = ("pseudo", "mirrored")
"""What partial nights are tested on unless a configuration says otherwise."""


@dataclass(frozen=True, slots=True)
class AlterationConfig:
    """How copies of partial nights are altered: see :mod:`training.data.altered_nights`.

    Ranges are of one draw for each copy, uniform over the logarithm but for decibels.

    Attributes
    ----------
    copies
        Of each night, beside itself.
    held_out_wake_subjects
        Awake subjects that are left to the gauges.
    wake_derivations
        A copy's foreign wake is of one of these, drawn alike; one that is named more often is drawn
        more often.
    wake_share
        Share of the runs of wake that are replaced.
    wake_gain
        Factor on each run of foreign wake.
    gain
        Factor on everything else.
    relative_gain_share, relative_gain_uv, relative_gain_limits
        Share of the copies whose factor draws the night towards an amplitude that all have instead:
        (µV / the night's median) ** α, α between 0 and 1, ×/÷ 1.25 and within the limits.
    flip_share
        Share of the copies that change sign.
    slow_gain_db
        Gain below 4 Hz, where derivations differ most.
    noise_uv, strong_noise_share, strong_noise_uv
        Standard deviation of white noise; share of the copies with much of it, and how much.
    high_pass_share, high_pass_hz, low_pass_share, low_pass_hz
        Share of the copies with a filter of the amplifier, and its corner frequency.
    """

    copies: int = 1
    held_out_wake_subjects: tuple[str, ...] = HELD_OUT_SUBJECTS
    wake_derivations: tuple[str, ...] = ("Fpz*-Cz",)
    wake_share: float = 0.5
    wake_gain: tuple[float, float] = (0.8, 2.0)
    gain: tuple[float, float] = (0.65, 1.0)
    relative_gain_share: float = 0.0
    relative_gain_uv: float = 12.0
    relative_gain_limits: tuple[float, float] = (0.4, 1.6)
    flip_share: float = 0.0
    slow_gain_db: tuple[float, float] = (0.0, 0.0)
    noise_uv: tuple[float, float] = (0.3, 1.5)
    strong_noise_share: float = 0.0
    strong_noise_uv: tuple[float, float] = (3.0, 6.0)
    high_pass_share: float = 0.0
    high_pass_hz: tuple[float, float] = (0.5, 0.5)
    low_pass_share: float = 0.0
    low_pass_hz: tuple[float, float] = (15.0, 35.0)

    def __post_init__(self) -> None:
        if self.copies < 1 or not self.wake_derivations:
            raise ValueError("altered nights need at least one copy and one wake derivation")
        for entry in fields(self):
            value = getattr(self, entry.name)
            if entry.name.endswith("_share") and not 0 <= value <= 1:
                raise ValueError(f"{entry.name} must be 0 to 1, not {value}")
            is_range = entry.type == "tuple[float, float]"
            if is_range and not (len(value) == 2 and value[0] <= value[1]):
                raise ValueError(f"{entry.name} must be two numbers in order, not {value}")
            if is_range and entry.name != "slow_gain_db" and value[0] <= 0:
                raise ValueError(f"{entry.name} must be positive, not {value}")


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """Everything that, together with the data, determines the weights.

    The defaults are those of short runs; ``configs/paper-*.toml`` hold the paper's.

    Attributes
    ----------
    name, version
        Written into the weights' description.
    seed
        Of every random draw.
    protocol
        How subjects are shared out: as named below, in folds of a cross-validation, or in
        proportion.
    validation_subjects
        Choose when a stage stops and the temperature; never trained on. For ``"named"``.
    test_subjects
        Never read during training; the weights are evaluated on them afterwards. For ``"named"``.
    n_folds, fold
        Number of folds and the one to test on, from 0. For ``"folds"``.
    test_share
        Share of the subjects to test on. For ``"proportion"``.
    n_validation_subjects
        For ``"folds"`` and ``"proportion"``.
    precision
        Of the products in the network; parameters and sums stay float32.
    network
        The architecture; in the file, a table of its own.
    altered
        Altered copies of the nights that are trained on, none by default; in the file, a table.

    reach_epochs
        A mosaic epoch takes its pieces from epochs at most this far away.
    own_share
        Share of mosaic epochs composed of their own piece alone, reflected back and forth.
    piece_counts
        Length, in pieces of 5 s, of the mosaic epochs of successive steps of the epoch stage, in
        turn. The backbones take any length; shorter ones cost less and teach what 5 s can tell.

    sequence_kinds
        What the sequences of partial nights are made of (see :mod:`training.data.mosaic`): those of
        successive steps of pre-training, and of successive versions of a night in the sequence
        stage, in turn. Mosaics know the stages, so that epochs in doubt look clearer in them than
        they are; what to do then is learnt from the other kinds. Fewer versions than kinds leave
        the last kinds out.
    blind_kinds
        What partial nights are tested on; they are validated on the first kind.

    augmentation
        What is done to the signal of training epochs. ``"light"``: shift, gain, equaliser, sign
        and noise together, by the entries that follow. ``"one_of"``: one of SleePyCo's six
        alterations (Lee et al., 2024), drawn for each epoch and made with probability one half,
        as the paper's text has it. ``"each"``: all six in turn, each with probability one half, as
        in SleePyCo's code.
    gain_ratio
        Light: amplitude is scaled by a factor between 1/ratio and ratio.
    equaliser_db
        Light: largest gain of a random frequency response, dB.
    shift_s
        Light: largest circular shift, s.
    flip_share
        Light: share of epochs, or of nights, that change sign: which electrode of a derivation
        comes first is a convention, and the network is to stage both.
    noise_uv
        Light: lowest and highest standard deviation of added white noise, µV.
    noise_share
        Light: share of epochs that get noise.
    spectrogram_noise
        Largest standard deviation of noise on the normalised spectrogram, drawn for each epoch.
    spectrogram_of_altered
        Whether the spectrogram is that of the altered signal. In the paper it is of the signal as
        it was, and altered by its own noise.

    label_smoothing
        Share of each label's mass spread over all stages.
    weight_decay
        Coupled L2 penalty of Adam, as in the paper.
    max_gradient_norm
        Gradients are scaled down to this norm; 0 leaves them as they are.
    schedule
        Of the learning rate after the warm-up: half a cosine down to zero, or constant as in the
        paper.
    ce_sum_over_sequence
        Whether cross-entropies of a sequence are added up, as Eq. 18 is printed, or averaged.

    epoch_steps, epoch_batch_size, epoch_learning_rate, epoch_warmup_steps
        Of the epoch stage (each backbone alone on single epochs): steps, epochs per step, peak
        rate of Adam, steps to reach it.
    class_balance
        Epochs are drawn with weight ``1 / frequency ** class_balance`` of their stage.

    pretrain_steps, pretrain_batch_size, pretrain_learning_rate, pretrain_warmup_steps
        Of the pre-training stage (the whole network, contrast and masking); no steps, no stage.
    pretrain_weights
        Of the signal, spectrogram and joint heads in its loss (Eq. 19).
    pretrain_mask_ratio
        Share of each stream's epochs replaced by the mask token, 0 to 1; rounded down.
    contrastive_weight
        Of InfoNCE in its loss; 0 leaves it out.
    contrastive_temperature
        The paper gives none; 0.07 is SleePyCo's.
    literal_infonce
        Whether the logarithm stands outside the mean, as Eq. 14 and 15 are printed.
    distinct_nights
        Whether the sequences of a batch come from different nights as far as there are enough, so
        that none is a false negative of another.

    feature_copies
        Newly drawn and altered versions of each night that the sequence stage trains on.
    feature_augmentation
        Whether those versions are altered (lightly); the paper's are not.
    sequence_steps, sequence_batch_size, sequence_learning_rate, sequence_warmup_steps
        Of the sequence stage (the paper's fine-tuning, with the epoch model frozen): steps,
        sequences per step, peak rate of Adam, steps to reach it; no steps, no stage.
    sequence_weights
        Of the three heads in its loss.
    feature_noise
        Standard deviation of noise on the features, in units of each feature's own.
    mask_ratio
        As `pretrain_mask_ratio`, in the sequence stage; the paper's is 0.
    sequence_averaging
        Share of the sequence model's moving average that stays at each step; the average is what
        is validated and kept. 0, as in the paper, keeps the parameters themselves.
    sequence_class_balance
        Cross-entropies in the sequence stage are weighted by ``1 / frequency **
        sequence_class_balance`` of their stage; 0, as in the paper, weighs all alike.

    criterion
        What a validation is judged by, all of the joint head. The paper gives none;
        SleepTransformer uses accuracy, SleePyCo cross-entropy.
    patience
        Validations without gain after which a stage stops; 0 never stops. The paper's 1000 are
        meant for large clusters, SleePyCo uses 20.
    validate_every, checkpoint_every
        Steps between validations, and between checkpoints.
    """

    name: str
    version: str
    seed: int
    protocol: Protocol = "named"
    validation_subjects: tuple[str, ...] = ()
    test_subjects: tuple[str, ...] = ()
    n_folds: int = 10
    fold: int = 0
    test_share: float = 0.3
    n_validation_subjects: int = 1
    precision: Precision = "float32"
    network: MC2SleepNetConfig = field(default_factory=MC2SleepNetConfig)
    altered: AlterationConfig | None = None

    reach_epochs: int = 15
    own_share: float = 0.0
    piece_counts: tuple[int, ...] = (6,)
    sequence_kinds: tuple[EpochKind, ...] = ("mosaic", "pseudo", "mirrored")
    blind_kinds: tuple[BlindKind, ...] = TESTED_KINDS

    augmentation: Augmentation = "light"
    gain_ratio: float = 1.25
    equaliser_db: float = 1.0
    shift_s: float = 3.0
    flip_share: float = 0.0
    noise_uv: tuple[float, float] = (0.2, 2.0)
    noise_share: float = 0.3
    spectrogram_noise: float = 0.0
    spectrogram_of_altered: bool = True

    label_smoothing: float = 0.05
    weight_decay: float = 1e-5
    max_gradient_norm: float = 1.0
    schedule: Schedule = "cosine"
    ce_sum_over_sequence: bool = False

    epoch_steps: int = 300
    epoch_batch_size: int = 64
    epoch_learning_rate: float = 5e-4
    epoch_warmup_steps: int = 30
    class_balance: float = 0.4

    pretrain_steps: int = 0
    pretrain_batch_size: int = 32
    pretrain_learning_rate: float = 5e-4
    pretrain_warmup_steps: int = 0
    pretrain_weights: tuple[float, float, float] = (1.0, 0.1, 0.1)
    pretrain_mask_ratio: float = 0.5
    contrastive_weight: float = 1.0
    contrastive_temperature: float = 0.07
    literal_infonce: bool = False
    distinct_nights: bool = True

    feature_copies: int = 3
    feature_augmentation: bool = True
    sequence_steps: int = 200
    sequence_batch_size: int = 32
    sequence_learning_rate: float = 5e-4
    sequence_warmup_steps: int = 30
    sequence_weights: tuple[float, float, float] = (1.0, 1.0, 1.0)
    feature_noise: float = 0.1
    mask_ratio: float = 0.15
    sequence_averaging: float = 0.0
    sequence_class_balance: float = 0.0

    criterion: Criterion = "kappa"
    patience: int = 0
    validate_every: int = 25
    checkpoint_every: int = 50

    def __post_init__(self) -> None:
        for name in (
            "own_share",
            "flip_share",
            "noise_share",
            "pretrain_mask_ratio",
            "mask_ratio",
            "sequence_averaging",
        ):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} must be 0 to 1, not {getattr(self, name)}")
        if not self.piece_counts or not all(1 <= count <= 6 for count in self.piece_counts):
            raise ValueError(f"piece_counts must be 1 to 6, not {self.piece_counts}")
        if self.sequence_steps == 0 and self.pretrain_steps == 0:
            raise ValueError("one of pretrain_steps and sequence_steps must be positive")
        for name, kind in (("sequence_kinds", EpochKind), ("blind_kinds", BlindKind)):
            kinds = get_args(kind)
            if not getattr(self, name) or set(getattr(self, name)) - set(kinds):
                raise ValueError(f"{name} must be some of {', '.join(kinds)}")
        choices = {
            "protocol": Protocol,
            "precision": Precision,
            "augmentation": Augmentation,
            "schedule": Schedule,
            "criterion": Criterion,
        }
        for name, choice in choices.items():
            if getattr(self, name) not in get_args(choice):
                raise ValueError(f"{name} must be one of {', '.join(get_args(choice))}")


def read_config(path: Path) -> TrainingConfig:
    """Read a configuration from TOML.

    Raises
    ------
    ValueError
        If the file is not TOML, lacks an entry without default, has an unknown one or one with a
        value that makes no sense.
    """
    try:
        entries: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: {error}") from error
    unknown = entries.keys() - {entry.name for entry in fields(TrainingConfig)}
    if unknown:
        raise ValueError(f"{path}: unknown entries {', '.join(sorted(unknown))}")
    frozen = _frozen(entries)
    try:
        if "network" in frozen:
            frozen["network"] = MC2SleepNetConfig(**frozen["network"])
        if "altered" in frozen:
            frozen["altered"] = AlterationConfig(**_frozen(frozen["altered"]))
        return TrainingConfig(**frozen)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{path}: {error}") from error


def _frozen(entries: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in entries.items()}
