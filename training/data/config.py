"""What training epochs are made of, and how they are altered."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

from training.corpora.eegmat import HELD_OUT_SUBJECTS
from training.engine.config import check_shares

AugmentationKind = Literal["light", "one_of", "each", "none"]
BlindKind = Literal["pseudo", "mirrored", "bare"]
EpochKind = Literal["mosaic", BlindKind]

Protocol = Literal["named", "folds", "proportion"]

TESTED_KINDS: tuple[BlindKind, ...] = ("pseudo", "mirrored")
"""What partial nights are tested on unless a configuration says otherwise."""


@dataclass(frozen=True, slots=True)
class SplitConfig:
    """How subjects are shared out.

    Attributes
    ----------
    protocol
        As named below, in folds of a cross-validation, or in proportion.
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
    """

    protocol: Protocol = "named"
    validation_subjects: tuple[str, ...] = ()
    test_subjects: tuple[str, ...] = ()
    n_folds: int = 10
    fold: int = 0
    test_share: float = 0.3
    n_validation_subjects: int = 1

    def __post_init__(self) -> None:
        check_shares(self, "test_share")


@dataclass(frozen=True, slots=True)
class EpochsConfig:
    """What whole epochs of partial nights are made of.

    Attributes
    ----------
    reach_epochs
        A mosaic epoch takes its pieces from epochs at most this far away.
    own_share
        Share of mosaic epochs composed of their own piece alone, reflected back and forth.
    sequence_kinds
        What the sequences of partial nights are made of (see :mod:`training.data.mosaic`): those of
        successive steps of pre-training, and of successive versions of a night in the sequence
        stage, in turn. Mosaics know the stages, so that epochs in doubt look clearer in them than
        they are; what to do then is learnt from the other kinds. Fewer versions than kinds leave
        the last kinds out.
    blind_kinds
        What partial nights are tested on; they are validated on the first kind.
    """

    reach_epochs: int = 15
    own_share: float = 0.0
    sequence_kinds: tuple[EpochKind, ...] = ("mosaic", "pseudo", "mirrored")
    blind_kinds: tuple[BlindKind, ...] = TESTED_KINDS

    def __post_init__(self) -> None:
        check_shares(self, "own_share")
        for name in ("sequence_kinds", "blind_kinds"):
            if not getattr(self, name):
                raise ValueError(f"{name} must name at least one kind")


@dataclass(frozen=True, slots=True)
class AugmentationConfig:
    """How the signal of training epochs is altered.

    Attributes
    ----------
    kind
        ``"light"``: shift, gain, equaliser, sign and noise together, by the entries that follow.
        ``"one_of"``: one of SleePyCo's six alterations (Lee et al., 2024), drawn for each epoch and
        made with probability one half, as the paper's text has it. ``"each"``: all six in turn,
        each with probability one half, as in SleePyCo's code.
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
    """

    kind: AugmentationKind = "light"
    gain_ratio: float = 1.25
    equaliser_db: float = 1.0
    shift_s: float = 3.0
    flip_share: float = 0.0
    noise_uv: tuple[float, float] = (0.2, 2.0)
    noise_share: float = 0.3
    spectrogram_noise: float = 0.0
    spectrogram_of_altered: bool = True

    def __post_init__(self) -> None:
        check_shares(self, "flip_share", "noise_share")


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
    wake_slow_gain_db, rest_slow_gain_db
        Gain below 4 Hz of each run of foreign wake, and of everything else in the copy. Drawn
        apart, they keep the network from telling foreign wake by how little of it is slow.
    wake_alpha_share, wake_alpha_loss_db
        Share of the runs of foreign wake that have less alpha, as of people who have little, and
        how much of it is missing.
    gain
        Factor on everything else.
    relative_gain_share, relative_gain_uv, relative_gain_limits
        Share of the copies whose factor draws the night towards an amplitude that all have instead:
        (µV / the night's median) ** α, α between 0 and 1, ×/÷ 1.25 and within the limits.
    flip_share
        Share of the copies that change sign.
    slow_gain_db
        Gain below 4 Hz of all of the copy; derivations differ most there.
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
    wake_slow_gain_db: tuple[float, float] = (0.0, 0.0)
    rest_slow_gain_db: tuple[float, float] = (0.0, 0.0)
    wake_alpha_share: float = 0.0
    wake_alpha_loss_db: tuple[float, float] = (0.0, 0.0)
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
        check_shares(self, *(e.name for e in fields(self) if e.name.endswith("_share")))
        for entry in fields(self):
            value = getattr(self, entry.name)
            is_range = entry.type == "tuple[float, float]"
            if is_range and value[0] > value[1]:
                raise ValueError(f"{entry.name} must be two numbers in order, not {value}")
            if is_range and not entry.name.endswith("_db") and value[0] <= 0:
                raise ValueError(f"{entry.name} must be positive, not {value}")
