"""What defines a NeuroNet."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from model.shared.frame_encoder import TINY_ENCODER, EncoderConfig

Head = Literal["none", "probe", "context"]


@dataclass(frozen=True, slots=True)
class NeuroNetConfig:
    """Architecture of a NeuroNet, and which channel it looks at.

    Attributes
    ----------
    role
        Of the channel, one of :data:`model.network.ROLES`.
    band_hz
        Lower and upper corner of the band that it sees.
    least_sfreq
        Slowest recording that it is asked about, in Hz.
    encoder
        Which is kept.
    d_decoder, n_decoder_blocks, n_decoder_heads
        Of the decoder of pre-training.
    d_projection
        Inner and outer width of the projection in which two views of an epoch are compared.
    head
        What stages: nothing yet, one linear map of each epoch, or the temporal context module.
    d_context, context_length
        Width of the temporal context module, and epochs of the sequences that it learns from.
    n_stages
        Number of classes: W, N1, N2, N3, R.

    Raises
    ------
    ValueError
        If a value is out of its range.
    """

    role: str = "EEG"
    band_hz: tuple[float, float] = (0.5, 40.0)
    least_sfreq: float = 80.0
    encoder: EncoderConfig = field(default_factory=EncoderConfig)
    d_decoder: int = 256
    n_decoder_blocks: int = 3
    n_decoder_heads: int = 8
    d_projection: tuple[int, int] = (1024, 512)
    head: Head = "none"
    d_context: int = 256
    context_length: int = 20
    n_stages: int = 5

    def __post_init__(self) -> None:
        if self.head not in get_args(Head):
            raise ValueError(f"unknown head {self.head!r}")
        for name in (
            "d_decoder",
            "n_decoder_blocks",
            "n_decoder_heads",
            "d_context",
            "context_length",
            "n_stages",
        ):
            value = getattr(self, name)
            if not isinstance(value, int) or value < 1:
                raise ValueError(f"{name} must be a positive integer, not {value!r}")
        if self.d_decoder % self.n_decoder_heads:
            raise ValueError(f"d_decoder {self.d_decoder} is no multiple of n_decoder_heads")
        if not 0 < self.band_hz[0] < self.band_hz[1] < self.encoder.sfreq / 2:
            raise ValueError(f"band_hz {self.band_hz} is no band below half the sampling rate")

    def with_head(self, head: Head) -> NeuroNetConfig:
        """The same network with another head."""
        return replace(self, head=head)


PAPER = NeuroNetConfig()
"""As SynthSleepNet takes it: frames of 4 s every 1 s, 66.8 million parameters of the encoder."""

ORIGINAL = NeuroNetConfig(
    encoder=EncoderConfig(
        frame_s=3.0, hop_s=0.375, stem=32, widths=(32, 32, 48, 64), gated=False, d_model=768
    )
)
"""NeuroNet-B of its own publication: frames of 3 s every 0.375 s, 29.0 million."""

TINY = NeuroNetConfig(encoder=TINY_ENCODER, d_decoder=128, d_projection=(256, 128), d_context=128)

PRESETS = {"paper": PAPER, "original": ORIGINAL, "tiny": TINY}
