"""The configuration of a training run: one flat table."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """Everything that, together with the data, determines the weights.

    Attributes
    ----------
    name, version
        Written into the weights' description.
    seed
        Of every random draw.
    validation_subjects
        Choose when the sequence stage stops and the temperature; never trained on.
    test_subjects
        Never read during training; the weights are evaluated on them afterwards.
    reach_epochs
        A mosaic epoch takes its pieces from epochs at most this far away.
    blind_share
        Share of training epochs composed of their neighbours' pieces whatever their stage.
    gain_ratio
        Amplitude is scaled by a factor between 1/ratio and ratio.
    equaliser_db
        Largest gain of a random frequency response, dB.
    shift_s
        Largest circular shift, s.
    flip_share
        Share of epochs, or of nights, that change sign: which electrode of a derivation comes
        first is a convention, and the network is to stage both.
    noise_uv
        Lowest and highest standard deviation of added white noise, µV.
    noise_share
        Share of epochs that get noise.
    label_smoothing
        Share of each label's mass spread over all stages.
    weight_decay
        Coupled L2 penalty of Adam, as in the paper.
    max_gradient_norm
        Gradients are scaled down to this norm.
    epoch_steps, epoch_batch_size, epoch_learning_rate, epoch_warmup_steps
        Of the epoch stage: steps, epochs per step, peak rate of Adam, steps to reach it.
    class_balance
        Epochs are drawn with weight ``1 / frequency ** class_balance`` of their stage.
    feature_copies
        Newly drawn and altered versions of each night that the sequence stage trains on.
    sequence_steps, sequence_batch_size, sequence_learning_rate, sequence_warmup_steps
        Of the sequence stage: steps, sequences per step, peak rate of Adam, steps to reach it.
    feature_noise
        Standard deviation of noise on the features, in units of each feature's own.
    mask_ratio
        Share of each stream's epochs replaced by the mask token, 0 to 1.
    validate_every, checkpoint_every
        Steps between validations of the sequence stage, and between checkpoints.
    """

    name: str
    version: str
    seed: int
    validation_subjects: tuple[str, ...]
    test_subjects: tuple[str, ...]
    reach_epochs: int = 15
    blind_share: float = 0.0
    gain_ratio: float = 1.25
    equaliser_db: float = 1.0
    shift_s: float = 3.0
    flip_share: float = 0.0
    noise_uv: tuple[float, float] = (0.2, 2.0)
    noise_share: float = 0.3
    label_smoothing: float = 0.05
    weight_decay: float = 1e-5
    max_gradient_norm: float = 1.0
    epoch_steps: int = 300
    epoch_batch_size: int = 64
    epoch_learning_rate: float = 5e-4
    epoch_warmup_steps: int = 30
    class_balance: float = 0.4
    feature_copies: int = 2
    sequence_steps: int = 200
    sequence_batch_size: int = 32
    sequence_learning_rate: float = 5e-4
    sequence_warmup_steps: int = 30
    feature_noise: float = 0.1
    mask_ratio: float = 0.15
    validate_every: int = 25
    checkpoint_every: int = 50


def read_config(path: Path) -> TrainingConfig:
    """Read a configuration from TOML.

    Raises
    ------
    ValueError
        If the file is not TOML, lacks an entry without default or has an unknown one.
    """
    try:
        entries: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: {error}") from error
    unknown = entries.keys() - {field.name for field in fields(TrainingConfig)}
    if unknown:
        raise ValueError(f"{path}: unknown entries {', '.join(sorted(unknown))}")
    frozen: dict[str, Any] = {
        key: tuple(v) if isinstance(v, list) else v for key, v in entries.items()
    }
    try:
        return TrainingConfig(**frozen)
    except TypeError as error:
        raise ValueError(f"{path}: {error}") from error
