"""What speaks for a stage in the signals of an epoch, and the scoring rule that applies.

The rules are those of the AASM Manual for the Scoring of Sleep and Associated Events for adults,
in the form in which detectors and one night's neighbours can decide them. They are applied to what
the detectors found: a rule is as good as that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.waves import WaveKind, Waves

N3_SLOW_WAVE_S = 6.0
"""A fifth of the epoch: from here on slow waves make it N3 (AASM Manual)."""

ALPHA_HALF = 0.5
"""More alpha than this share of the epoch makes it W (AASM Manual)."""

LOW_MUSCLE_RATIO = 1.5
"""Chin EMG up to this multiple of the night's lowest level counts as low."""

_LOWEST_PERCENTILE = 5.0
_SECONDS = int(EPOCH_S)
_MANY_RAPID = 4
"""Rapid eye movements or blinks in an epoch from which on N1 and N2 are out of the question."""

DOUBTED = 0.1
"""Probability of the network below which it speaks against the stage that a rule points to."""
_AROUSAL_AFTER_K_S = 1.0  # AASM Manual: an arousal that begins no more than 1 s after its end

_Float32 = npt.NDArray[np.float32]
_Bool = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class HalfCounts:
    """Numbers of waves whose middle lies in the first and in the last half of an epoch."""

    first: int
    last: int

    @property
    def total(self) -> int:
        """Waves of the epoch."""
        return self.first + self.last


@dataclass(frozen=True, slots=True)
class EpochEvidence:
    """What was found in one epoch.

    Attributes
    ----------
    waves
        Counts of the kinds that were looked for; a kind without a channel to look in is absent, as
        is every kind without a signal.
    slow_wave_s
        Seconds of slow waves above 75 µV, 0 to 30; NaN without EEG or without a signal.
    alpha, theta
        Share of the seconds that the rhythm rules, 0 to 1; NaN without a signal.
    muscle_uv
        Median level of the chin EMG; NaN without.
    muscle_ratio
        The same relative to the lowest level of the night; NaN without.
    """

    waves: dict[WaveKind, HalfCounts]
    slow_wave_s: float
    alpha: float
    theta: float
    muscle_uv: float
    muscle_ratio: float
    has_signal: bool = True
    """Whether at least half of the epoch was recorded; a gap has no waves to count."""

    def count(self, kind: WaveKind) -> HalfCounts:
        """Count of a kind; none where it was not looked for."""
        return self.waves.get(kind, HalfCounts(0, 0))

    @property
    def has_low_muscle_tone(self) -> bool | None:
        """Whether the chin EMG is at the night's lowest level; None without EMG."""
        return None if np.isnan(self.muscle_ratio) else self.muscle_ratio <= LOW_MUSCLE_RATIO


@dataclass(frozen=True, eq=False)  # no slots: what every page asks of the night is worked out once
class NightEvidence:
    """What detectors found in a whole night.

    Attributes
    ----------
    n_epochs
        Complete 30-s epochs of the recording.
    waves
        One entry for each kind that was looked for.
    slow_wave_s
        Share of each second that lies in slow waves, 0 to 1, shape (30 * n_epochs,); NaN where
        the EEG has a gap, and everywhere without EEG.
    alpha_rules, theta_rules
        Whether the rhythm rules each second, shape (30 * n_epochs,).
    muscle_uv
        Level of the chin EMG in each second, shape (30 * n_epochs,); NaN without.
    channels
        Names of the derivations that were looked at, by what for.

    Raises
    ------
    ValueError
        An array has another length.
    """

    n_epochs: int
    waves: tuple[Waves, ...]
    slow_wave_s: _Float32
    alpha_rules: _Bool
    theta_rules: _Bool
    muscle_uv: _Float32
    channels: dict[str, str]

    def __post_init__(self) -> None:
        arrays = (self.slow_wave_s, self.alpha_rules, self.theta_rules, self.muscle_uv)
        if any(array.shape != (self.n_epochs * _SECONDS,) for array in arrays):
            raise ValueError(f"an array does not have the seconds of {self.n_epochs} epochs")

    @cached_property
    def has_eeg(self) -> bool:
        """Whether there is any EEG."""
        return not bool(np.isnan(self.slow_wave_s).all())

    @cached_property
    def lowest_muscle_uv(self) -> float:
        """Level of the chin EMG that only a twentieth of the night goes below; NaN without."""
        known = self.muscle_uv[~np.isnan(self.muscle_uv)]
        return float(np.percentile(known, _LOWEST_PERCENTILE)) if known.size else float("nan")

    @cached_property
    def _middles_s(self) -> dict[WaveKind, npt.NDArray[np.float64]]:
        """Middles of the waves of each kind, ascending."""
        return {waves.kind: np.sort(waves.onsets_s + waves.durations_s / 2) for waves in self.waves}

    @cached_property
    def _of_epochs(self) -> dict[int, EpochEvidence]:
        """What was found in the epochs that were asked for: a page asks for its neighbours too."""
        return {}

    def epoch(self, epoch: int) -> EpochEvidence:
        """What was found in an epoch.

        Raises
        ------
        IndexError
            There is no such epoch.
        """
        if not 0 <= epoch < self.n_epochs:
            raise IndexError(f"epoch {epoch} is outside the {self.n_epochs} epochs")
        if epoch not in self._of_epochs:
            self._of_epochs[epoch] = self._found_in(epoch)
        return self._of_epochs[epoch]

    def _found_in(self, epoch: int) -> EpochEvidence:
        seconds = slice(epoch * _SECONDS, (epoch + 1) * _SECONDS)
        slow_wave_s = self.slow_wave_s[seconds]
        n_missing = int(np.isnan(slow_wave_s).sum())
        if self.has_eeg and n_missing > _SECONDS / 2:
            return _NO_SIGNAL
        levels_uv = self.muscle_uv[seconds]
        muscle_uv = float("nan") if np.isnan(levels_uv).all() else float(np.nanmedian(levels_uv))
        return EpochEvidence(
            waves={kind: _half_counts(at_s, epoch) for kind, at_s in self._middles_s.items()},
            slow_wave_s=float(np.nansum(slow_wave_s)) if self.has_eeg else float("nan"),
            alpha=float(self.alpha_rules[seconds].mean()),
            theta=float(self.theta_rules[seconds].mean()),
            muscle_uv=muscle_uv,
            muscle_ratio=muscle_uv / (self.lowest_muscle_uv or float("nan")),
        )


_NAN = float("nan")
_NO_SIGNAL = EpochEvidence({}, _NAN, _NAN, _NAN, _NAN, _NAN, has_signal=False)


def _half_counts(middles_s: npt.NDArray[np.float64], epoch: int) -> HalfCounts:
    half_s = EPOCH_S / 2
    edges_s = (epoch * EPOCH_S + np.arange(3) * half_s).tolist()
    first, middle, stop = np.searchsorted(middles_s, edges_s)
    return HalfCounts(int(middle - first), int(stop - middle))


class Rule(Enum):
    """A rule of the AASM Manual in one sentence; what stands in braces is filled in."""

    NO_EEG = Phrase("No EEG was analysed here.")
    NO_SIGNAL = Phrase("No signal: the recording has a gap here.")
    SLOW_WAVES = Phrase("N3: slow waves fill {seconds} s, at least 6 s of the epoch.")
    ALPHA = Phrase("W: alpha in {seconds} s of 30, more than half of the epoch.")
    N2_BEGINS = Phrase("N2 begins here: {sign}.")
    N2_GOES_ON = Phrase("N2 goes on: {sign}.")
    EYES_WITHOUT_EMG = Phrase(
        "{stage} goes on: rapid eye movements ({n}), no chin EMG to tell W from R."
    )
    EYES_UNDECIDED = Phrase(
        "W or R: rapid eye movements or blinks ({n}), and no chin EMG to tell which of them."
    )
    EYES_LOW_EMG = Phrase(
        "R: rapid eye movements ({n}), low chin EMG and no K-complex or spindle that begins N2."
    )
    EYES_HIGH_EMG = Phrase("W: rapid eye movements or blinks ({n}) with chin EMG that is not low.")
    AROUSAL = Phrase("N1: an arousal ended {stage}, no K-complex or spindle since.")
    N2_UNENDED = Phrase("N2 goes on: no arousal, and nothing that ends it.")
    N2_AFTER_N3 = Phrase("N2 follows N3: no arousal, and nothing that ends it.")
    R_GOES_ON = Phrase("R goes on: no arousal, and no K-complex or spindle.")
    N1 = Phrase("N1: no K-complex or spindle in time, alpha below half of the epoch.")
    N1_EYES = Phrase(
        "N1: no K-complex or spindle in time, alpha below half of the epoch, slow eye movements."
    )
    N1_VERTEX = Phrase(
        "N1: no K-complex or spindle in time, alpha below half of the epoch, vertex sharp waves."
    )
    N1_BOTH = Phrase(
        "N1: no K-complex or spindle in time, alpha below half of the epoch, "
        "slow eye movements and vertex sharp waves."
    )


class SignOfN2(Enum):
    """What begins N2; the value is how it is told."""

    K_HERE = Phrase("a K-complex in the first half")
    SPINDLE_HERE = Phrase("a spindle in the first half")
    K_BEFORE = Phrase("a K-complex in the last half of the epoch before")
    SPINDLE_BEFORE = Phrase("a spindle in the last half of the epoch before")


@dataclass(frozen=True, slots=True)
class AppliedRule:
    """The rule that decides an epoch.

    Attributes
    ----------
    stage
        The stage it points to; None when the evidence does not decide.
    rule
        The rule.
    values
        What is filled in, by name.
    against
        Probability that the network gives the stage, where that speaks against it.
    """

    stage: Stage | None
    rule: Rule
    values: Mapping[str, str | int] = field(default_factory=dict)
    against: float | None = None

    @property
    def sentence(self) -> str:
        """Rule and evidence in one sentence."""
        return self.rule.value.format(**self.values)


def applied_rule(
    evidence: NightEvidence,
    stages: Sequence[Stage],
    epoch: int,
    events: Iterable[ScoredEvent] = (),
) -> AppliedRule:
    """Find the rule that applies to an epoch after the epoch before it.

    Parameters
    ----------
    evidence
        Of the night.
    stages
        Stages of all epochs as they are scored now; that of the epoch before decides what goes
        on, that of the epoch itself is not looked at.
    epoch
        Its index.
    events
        Scored events; the arousals among them end N2 and R.

    Raises
    ------
    IndexError
        There is no such epoch.
    """
    here = evidence.epoch(epoch)
    if not here.has_signal:
        return AppliedRule(None, Rule.NO_SIGNAL)
    if np.isnan(here.slow_wave_s):
        return AppliedRule(None, Rule.NO_EEG)
    if here.slow_wave_s >= N3_SLOW_WAVE_S:
        return AppliedRule(Stage.N3, Rule.SLOW_WAVES, {"seconds": round(here.slow_wave_s)})
    if here.alpha > ALPHA_HALF:
        return AppliedRule(Stage.W, Rule.ALPHA, {"seconds": round(here.alpha * EPOCH_S)})
    arousals = _arousals(events)
    sign = _sign_of_n2(evidence, epoch, arousals)
    before = stages[epoch - 1] if epoch else Stage.UNSCORED
    if sign is not None:
        rule = Rule.N2_GOES_ON if before is Stage.N2 else Rule.N2_BEGINS
        return AppliedRule(Stage.N2, rule, {"sign": sign.value})
    return _eye_rule(here, before) or _continued(here, before, epoch, arousals)


def _arousals(events: Iterable[ScoredEvent]) -> tuple[ScoredEvent, ...]:
    return tuple(event for event in events if event.kind is EventKind.AROUSAL)


def _sign_of_n2(
    evidence: NightEvidence, epoch: int, arousals: Sequence[ScoredEvent]
) -> SignOfN2 | None:
    """What in the last half of the epoch before or the first of this one begins N2."""
    here_s, before_s = epoch * EPOCH_S, (epoch - 0.5) * EPOCH_S
    for sign, kind, start_s in (
        (SignOfN2.K_HERE, WaveKind.K_COMPLEX, here_s),
        (SignOfN2.SPINDLE_HERE, WaveKind.SPINDLE, here_s),
        (SignOfN2.K_BEFORE, WaveKind.K_COMPLEX, before_s),
        (SignOfN2.SPINDLE_BEFORE, WaveKind.SPINDLE, before_s),
    ):
        for waves in evidence.waves:
            if waves.kind is kind and _occurs(waves, start_s, arousals):
                return sign
    return None


def _occurs(waves: Waves, start_s: float, arousals: Sequence[ScoredEvent]) -> bool:
    """Whether a wave lies in a half epoch, K-complexes of an arousal left out."""
    middles_s = waves.onsets_s + waves.durations_s / 2
    here = waves.chosen((middles_s >= start_s) & (middles_s < start_s + EPOCH_S / 2))
    if waves.kind is WaveKind.SPINDLE:
        return len(here) > 0
    return any(
        not any(
            onset_s - event.duration_s <= event.onset_s <= stop_s + _AROUSAL_AFTER_K_S
            for event in arousals
        )
        for onset_s, stop_s in zip(here.onsets_s, here.stops_s, strict=True)
    )


def _eye_rule(here: EpochEvidence, before: Stage) -> AppliedRule | None:
    """W or R by rapid eye movements and the tone of the chin."""
    n_rapid, is_low = here.count(WaveKind.RAPID_EYE_MOVEMENT).total, here.has_low_muscle_tone
    if not n_rapid:
        return None
    if is_low is None:
        if before not in (Stage.W, Stage.R):
            many = n_rapid >= _MANY_RAPID
            return AppliedRule(None, Rule.EYES_UNDECIDED, {"n": n_rapid}) if many else None
        return AppliedRule(before, Rule.EYES_WITHOUT_EMG, {"stage": before.label, "n": n_rapid})
    if is_low:
        return AppliedRule(Stage.R, Rule.EYES_LOW_EMG, {"n": n_rapid})
    return AppliedRule(Stage.W, Rule.EYES_HIGH_EMG, {"n": n_rapid})


def _continued(
    here: EpochEvidence, before: Stage, epoch: int, arousals: Sequence[ScoredEvent]
) -> AppliedRule:
    """What an epoch without a sign of its own is after the epoch before it."""
    start_s = (epoch - 0.5) * EPOCH_S
    is_aroused = any(start_s <= event.onset_s < (epoch + 0.5) * EPOCH_S for event in arousals)
    if before in (Stage.N2, Stage.N3):
        if is_aroused:
            return AppliedRule(Stage.N1, Rule.AROUSAL, {"stage": before.label})
        rule = Rule.N2_UNENDED if before is Stage.N2 else Rule.N2_AFTER_N3
        return AppliedRule(Stage.N2, rule)
    if before is Stage.R and not is_aroused and here.has_low_muscle_tone is not False:
        return AppliedRule(Stage.R, Rule.R_GOES_ON)
    has_eyes = here.count(WaveKind.SLOW_EYE_MOVEMENT).total > 0
    # A blink is as sharp as a vertex wave, and spreads to the vertex.
    is_blinking = here.count(WaveKind.RAPID_EYE_MOVEMENT).total > 0
    has_vertex = not is_blinking and here.count(WaveKind.VERTEX_WAVE).total > 0
    rules = {
        (False, False): Rule.N1,
        (True, False): Rule.N1_EYES,
        (False, True): Rule.N1_VERTEX,
        (True, True): Rule.N1_BOTH,
    }
    return AppliedRule(Stage.N1, rules[has_eyes, has_vertex])
