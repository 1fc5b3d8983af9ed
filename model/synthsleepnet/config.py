"""What defines a SynthSleepNet."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from model.network import APNEA, HYPOPNEA, STAGES, Task
from model.shared.frame_encoder import TINY_ENCODER, EncoderConfig

Modality = Literal["EEG", "EOG", "ECG", "EMG"]
Head = Literal["none", "probe", "context"]

TASKS: dict[str, Task] = {task.name: task for task in (STAGES, APNEA, HYPOPNEA)}
"""What a network can be trained to answer."""


@dataclass(frozen=True, slots=True)
class ChannelConfig:
    """One channel.

    Attributes
    ----------
    role
        One of :data:`model.network.ROLES`.
    modality
        Channels of one modality share a frozen encoder.
    band_hz
        Lower and upper corner of the band that is seen.
    least_sfreq
        Slowest recording, in Hz.
    """

    role: str
    modality: Modality
    band_hz: tuple[float, float]
    least_sfreq: float

    def __post_init__(self) -> None:
        if self.modality not in get_args(Modality):
            raise ValueError(f"unknown modality {self.modality!r}")


CHANNELS = (
    ChannelConfig("EEG C4", "EEG", (0.5, 40.0), 80.0),
    ChannelConfig("EEG C3", "EEG", (0.5, 40.0), 80.0),
    ChannelConfig("EOG left", "EOG", (0.5, 40.0), 50.0),
    ChannelConfig("EOG right", "EOG", (0.5, 40.0), 50.0),
    ChannelConfig("ECG", "ECG", (3.0, 30.0), 80.0),
    ChannelConfig("EMG chin", "EMG", (25.0, 49.0), 100.0),
)
"""Those of the publication, with its filters. SHHS samples its EOG at 50 Hz, of which the upper
third of the band is empty."""


@dataclass(frozen=True, slots=True)
class LoraConfig:
    """Low-rank adapters: see :class:`model.shared.lora.LowRank`.

    Attributes
    ----------
    rank, alpha, dropout
        r, α and the share of inputs left out in training.
    """

    rank: int = 4
    alpha: float = 16.0
    dropout: float = 0.05

    def __post_init__(self) -> None:
        if self.rank < 1 or not 0 <= self.dropout < 1:
            raise ValueError("rank must be positive, and dropout in [0, 1)")


@dataclass(frozen=True, slots=True)
class SynthSleepNetConfig:
    """Architecture of a SynthSleepNet; the defaults are the publication's.

    Attributes
    ----------
    channels
        What it looks at. The first is the EEG that is always there, all others may be missing.
    encoder
        Of every modality.
    lora
        Of the last map of each attention of the encoders, for each channel.
    d_model, n_blocks, n_heads
        Of the fusion of all channels.
    d_decoder, n_decoder_blocks, n_decoder_heads
        Of each channel's decoder in pre-training.
    d_projection
        Inner and outer width of the projections in which the fused epoch is compared with each
        channel's.
    tasks
        Names of those that are answered, each by a head of its own.
    head
        What answers: nothing yet, a classifier of single epochs, or a Mamba-2 over epochs and then
        that classifier.
    d_probe, dropout
        Of the classifiers.
    tuning
        Of the frame networks' last maps, for each channel, and of the last feed-forward part of the
        fusion, all in the context's stage alone; None for a network that goes without.
    context_length
        Epochs of the sequences that the context is learnt from.
    d_state, d_conv, expand, d_head
        Of Mamba-2.

    Raises
    ------
    ValueError
        If a value is out of its range.
    """

    channels: tuple[ChannelConfig, ...] = CHANNELS
    encoder: EncoderConfig = field(default_factory=EncoderConfig)
    lora: LoraConfig = field(default_factory=LoraConfig)
    d_model: int = 512
    n_blocks: int = 4
    n_heads: int = 8
    d_decoder: int = 256
    n_decoder_blocks: int = 3
    n_decoder_heads: int = 8
    d_projection: tuple[int, int] = (512, 256)
    tasks: tuple[str, ...] = (STAGES.name,)
    head: Head = "none"
    d_probe: int = 256
    dropout: float = 0.5
    tuning: LoraConfig | None = field(default_factory=lambda: LoraConfig(alpha=8.0))
    context_length: int = 20
    d_state: int = 16
    d_conv: int = 4
    expand: int = 2
    d_head: int = 64

    def __post_init__(self) -> None:
        if self.head not in get_args(Head):
            raise ValueError(f"unknown head {self.head!r}")
        roles = [channel.role for channel in self.channels]
        if not roles or len(set(roles)) != len(roles):
            raise ValueError(f"channels must be at least one, each once, not {roles}")
        if not self.tasks or len(set(self.tasks)) != len(self.tasks) or set(self.tasks) - {*TASKS}:
            raise ValueError(f"tasks must be some of {', '.join(TASKS)}, not {self.tasks}")
        for name in ("d_model", "n_blocks", "d_decoder", "n_decoder_blocks", "context_length"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be positive, not {getattr(self, name)}")
        for width, heads in (("d_model", "n_heads"), ("d_decoder", "n_decoder_heads")):
            if getattr(self, heads) < 1 or getattr(self, width) % getattr(self, heads):
                raise ValueError(f"{width} {getattr(self, width)} is no multiple of {heads}")
        if not 0 <= self.dropout < 1:
            raise ValueError(f"dropout must be in [0, 1), not {self.dropout}")

    @property
    def modalities(self) -> tuple[Modality, ...]:
        """In the order of the channels, each once."""
        return tuple(dict.fromkeys(channel.modality for channel in self.channels))

    @property
    def has_tuning(self) -> bool:
        """Whether there are adapters beyond those of pre-training."""
        return self.head == "context" and self.tuning is not None

    def with_head(self, head: Head, tasks: tuple[str, ...] | None = None) -> SynthSleepNetConfig:
        """The same network with another head."""
        return replace(self, head=head, tasks=tasks or self.tasks)


PAPER = SynthSleepNetConfig()
TINY = SynthSleepNetConfig(
    encoder=TINY_ENCODER,
    d_model=128,
    n_blocks=2,
    d_decoder=64,
    n_decoder_blocks=1,
    d_projection=(128, 64),
    d_probe=64,
    d_head=32,
)
PRESETS = {"paper": PAPER, "tiny": TINY}
