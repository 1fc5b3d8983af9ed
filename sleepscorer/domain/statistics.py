"""Sleep statistics, each with the definition that it was computed by.

Definitions: AASM Manual for the Scoring of Sleep and Associated Events, “Parameters to be reported
for polysomnography”; wake after sleep onset in both of the ways in use; sleep fragmentation index
after Haba-Rubio et al. 2004 (https://doi.org/10.1016/j.sleep.2004.02.007).
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.events import EventGroup, EventKind, ScoredEvent
from sleepscorer.domain.scoring import Scoring
from sleepscorer.domain.stages import SCORED_STAGES, Stage

_EPOCH_MIN = EPOCH_S / 60
_SLEEP = (Stage.N1, Stage.N2, Stage.N3, Stage.R)
_R_EPISODE_GAP_MIN = 15.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the sleep statistics.

    Attributes
    ----------
    id
        Word in CSV and JSON.
    name
        Name shown.
    value
        The number; None where it is not defined, e.g. a latency to a stage that does not occur.
    unit
        ``"min"``, ``"%"``, ``"/h"`` or empty for a count.
    definition
        How it is computed.
    """

    id: str
    name: str
    value: float | None
    unit: str
    definition: str

    @property
    def text(self) -> str:
        """Number and unit as shown, e.g. ``"412.5 min"``; a dash when it is not defined."""
        if self.value is None:
            return "–"
        if not self.unit:
            return f"{self.value:.0f}"
        space = "" if self.unit == "/h" else " "
        return f"{self.value:.1f}{space}{self.unit}"


@dataclass(frozen=True, slots=True)
class EventCount:
    """How often an event was marked.

    Attributes
    ----------
    kind
        The event.
    n_by_stage
        How many begin in each stage, between lights off and lights on.
    n_sleep, n_wake
        How many begin in sleep; how many begin elsewhere and are not counted in any index.
    per_hour
        Those in sleep per hour of total sleep time; None without sleep.
    mean_duration_s, longest_s
        Of those in sleep, in seconds; None when there is none.
    """

    kind: EventKind
    n_by_stage: Mapping[Stage, int]
    n_sleep: int
    n_wake: int
    per_hour: float | None
    mean_duration_s: float | None
    longest_s: float | None


@dataclass(frozen=True, slots=True)
class SleepStatistics:
    """All numbers of a night.

    Attributes
    ----------
    figures
        The numbers in the order in which they are shown.
    events
        Counts of the kinds of events that were marked.
    remarks
        Sentences that a reader of the numbers must know.
    """

    figures: tuple[Figure, ...]
    events: tuple[EventCount, ...]
    remarks: tuple[str, ...]

    def __getitem__(self, figure_id: str) -> Figure:
        return {figure.id: figure for figure in self.figures}[figure_id]


def sleep_statistics(scoring: Scoring, duration_s: float) -> SleepStatistics:
    """Compute the statistics of a night.

    Parameters
    ----------
    scoring
        The scoring.
    duration_s
        Length of the recording in seconds; it stands for lights off to lights on where those are
        not marked.
    """
    night = _Night(scoring, duration_s)
    return SleepStatistics(
        figures=(*_sleep_figures(night), *_stage_figures(night), *_event_figures(night)),
        events=tuple(_counts(night)),
        remarks=tuple(_remarks(night, scoring)),
    )


class _Night:
    """The epochs between lights off and lights on and what is derived from them."""

    def __init__(self, scoring: Scoring, duration_s: float) -> None:
        lights = scoring.lights
        self.off_s = 0.0 if lights.off_s is None else max(lights.off_s, 0.0)
        self.on_s = duration_s if lights.on_s is None else min(lights.on_s, duration_s)
        self.trt_min = max(self.on_s - self.off_s, 0.0) / 60
        # An epoch belongs to the night when its middle does.
        inside = [
            epoch
            for epoch in range(len(scoring))
            if self.off_s <= (epoch + 0.5) * EPOCH_S < self.on_s
        ]
        self.first = inside[0] if inside else 0
        self.stages = tuple(scoring[epoch].stage for epoch in inside)
        self.events = scoring.events
        asleep = [index for index, stage in enumerate(self.stages) if stage in _SLEEP]
        self.onset = asleep[0] if asleep else None
        self.period = self.stages[asleep[0] : asleep[-1] + 1] if asleep else ()
        self.tst_min = len(asleep) * _EPOCH_MIN

    @property
    def is_scored(self) -> bool:
        return any(stage is not Stage.UNSCORED for stage in self.stages)

    def minutes(self, *stages: Stage) -> float:
        return sum(stage in stages for stage in self.stages) * _EPOCH_MIN

    def latency_min(self, stages: Iterable[Stage]) -> float | None:
        """Minutes from lights off to the first epoch of any of some stages."""
        wanted = tuple(stages)
        for index, stage in enumerate(self.stages):
            if stage in wanted:
                return max((self.first + index) * EPOCH_S - self.off_s, 0.0) / 60
        return None

    def stage_at(self, time_s: float) -> Stage:
        """Stage of a moment; unscored before lights off and after lights on."""
        index = int(time_s // EPOCH_S) - self.first
        return self.stages[index] if 0 <= index < len(self.stages) else Stage.UNSCORED

    def is_sleep_at(self, time_s: float) -> bool:
        return self.stage_at(time_s) in _SLEEP

    def per_hour(self, count: int) -> float | None:
        return count / (self.tst_min / 60) if self.tst_min else None

    def count_in_sleep(self, groups: Sequence[EventGroup]) -> int | None:
        """Events of some groups that begin in sleep; None when no such event was marked at all."""
        marked = [event for event in self.events if event.kind.group in groups]
        if not marked:
            return None
        return sum(self.is_sleep_at(event.onset_s) for event in marked)


def _sleep_figures(night: _Night) -> Iterable[Figure]:
    scored, asleep = night.is_scored, night.onset is not None
    sol_min = night.latency_min(_SLEEP)
    r_min = night.latency_min((Stage.R,))
    spt_min = len(night.period) * _EPOCH_MIN
    after_onset = night.stages[night.onset :] if night.onset is not None else ()

    def if_scored(value: float) -> float | None:
        return value if scored else None

    def if_asleep(value: float) -> float | None:
        return value if asleep else None

    def wake_min(stages: Sequence[Stage]) -> float:
        return sum(stage is Stage.W for stage in stages) * _EPOCH_MIN

    pairs = tuple(itertools.pairwise(night.period))
    n_awakenings = sum(one in _SLEEP and other is Stage.W for one, other in pairs)
    n_shifts = sum(one is not other and Stage.UNSCORED not in (one, other) for one, other in pairs)
    n_to_wake = sum(
        one in _SLEEP and other is Stage.W for one, other in itertools.pairwise(night.stages)
    )
    yield Figure(
        "trt", "Total recording time (TRT)", night.trt_min, "min", "Lights off to lights on"
    )
    yield Figure(
        "tst", "Total sleep time (TST)", if_scored(night.tst_min), "min", "N1 + N2 + N3 + R"
    )
    yield Figure(
        "spt",
        "Sleep period time (SPT)",
        if_asleep(spt_min),
        "min",
        "First to last epoch of sleep, both included",
    )
    yield Figure(
        "sol", "Sleep latency (SOL)", sol_min, "min", "Lights off to the first epoch of any sleep"
    )
    yield Figure(
        "r_latency",
        "R latency",
        None if r_min is None or sol_min is None else r_min - sol_min,
        "min",
        "Sleep onset to the first epoch of R",
    )
    yield Figure(
        "waso",
        "WASO (AASM)",
        if_asleep(wake_min(after_onset)),
        "min",
        "W from sleep onset to lights on",
    )
    yield Figure(
        "waso_spt",
        "WASO within SPT",
        if_asleep(wake_min(night.period)),
        "min",
        "W between the first and the last epoch of sleep",
    )
    yield Figure(
        "se",
        "Sleep efficiency (SE)",
        if_scored(night.tst_min / night.trt_min * 100) if night.trt_min else None,
        "%",
        "TST / TRT",
    )
    yield Figure(
        "sme",
        "Sleep maintenance efficiency (SME)",
        if_asleep(night.tst_min / spt_min * 100) if spt_min else None,
        "%",
        "TST / SPT",
    )
    yield Figure(
        "awakenings", "Awakenings", if_asleep(n_awakenings), "", "Changes from sleep to W in SPT"
    )
    yield Figure("stage_shifts", "Stage shifts", if_asleep(n_shifts), "", "Changes of stage in SPT")
    yield Figure(
        "sfi",
        "Sleep fragmentation index (SFI)",
        night.per_hour(n_to_wake),
        "/h",
        "Changes from sleep to W, the last one included, per hour of TST",
    )
    yield Figure(
        "cycles",
        "Sleep cycles",
        if_asleep(_n_r_episodes(night.stages)),
        "",
        f"Episodes of R; epochs of R less than {_R_EPISODE_GAP_MIN:g} min apart are one episode",
    )


def _n_r_episodes(stages: Sequence[Stage]) -> int:
    epochs = [epoch for epoch, stage in enumerate(stages) if stage is Stage.R]
    gap = _R_EPISODE_GAP_MIN / _EPOCH_MIN
    return bool(epochs) + sum(
        later - earlier - 1 >= gap for earlier, later in itertools.pairwise(epochs)
    )


def _stage_figures(night: _Night) -> Iterable[Figure]:
    for stage in (Stage.W, *_SLEEP):
        minutes = night.minutes(stage) if night.is_scored else None
        word = stage.label.lower()
        yield Figure(
            f"{word}_min", f"{stage.label}, time", minutes, "min", f"Epochs of {stage.label}"
        )
        if stage is Stage.W:
            continue
        share = minutes / night.tst_min * 100 if minutes is not None and night.tst_min else None
        yield Figure(f"{word}_percent", f"{stage.label}, share", share, "%", "Of TST")
        if stage is Stage.R:
            continue  # its latency counts from sleep onset and stands above
        yield Figure(
            f"{word}_latency",
            f"{stage.label} latency",
            night.latency_min((stage,)),
            "min",
            f"Lights off to the first epoch of {stage.label}",
        )
    yield Figure(
        "unscored_min",
        "Unscored",
        night.minutes(Stage.UNSCORED),
        "min",
        "Epochs without a stage between lights off and lights on",
    )


_INDICES = (
    ("arousal_index", "Arousal index", (EventGroup.AROUSAL,), "Arousals"),
    ("ahi", "AHI", (EventGroup.APNEA, EventGroup.HYPOPNEA), "Apneas and hypopneas"),
    (
        "rdi",
        "RDI",
        (EventGroup.APNEA, EventGroup.HYPOPNEA, EventGroup.RERA),
        "Apneas, hypopneas and RERAs",
    ),
    ("odi", "Desaturation index", (EventGroup.DESATURATION,), "Desaturations"),
    (
        "lmi",
        "Limb movement index",
        (EventGroup.LIMB_MOVEMENT, EventGroup.PLM),
        "Limb movements, periodic or not,",
    ),
    ("plmsi", "PLMSI", (EventGroup.PLM,), "Limb movements marked as periodic"),
)


def _event_figures(night: _Night) -> Iterable[Figure]:
    for figure_id, name, groups, what in _INDICES:
        count = night.count_in_sleep(groups)
        # Where no such event was marked nobody may have looked for them: that is not zero.
        value = None if count is None else night.per_hour(count)
        yield Figure(figure_id, name, value, "/h", f"{what} that begin in sleep, per hour of TST")


def _counts(night: _Night) -> Iterable[EventCount]:
    for kind in EventKind:
        events = [event for event in night.events if event.kind is kind]
        if not events:
            continue
        asleep: list[ScoredEvent] = [event for event in events if night.is_sleep_at(event.onset_s)]
        durations_s = [event.duration_s for event in asleep]
        stages = Counter(night.stage_at(event.onset_s) for event in events)
        yield EventCount(
            kind,
            n_by_stage={stage: stages[stage] for stage in SCORED_STAGES},
            n_sleep=len(asleep),
            n_wake=len(events) - len(asleep),
            per_hour=night.per_hour(len(asleep)),
            mean_duration_s=sum(durations_s) / len(asleep) if asleep else None,
            longest_s=max(durations_s, default=None),
        )


def _remarks(night: _Night, scoring: Scoring) -> Iterable[str]:
    lights = scoring.lights
    if lights.off_s is None and lights.on_s is None:
        yield "Lights off and on are not marked: the whole recording stands for the time in bed."
    elif lights.off_s is None:
        yield "Lights off is not marked: the start of the recording stands for it."
    elif lights.on_s is None:
        yield "Lights on is not marked: the end of the recording stands for it."
    n_unscored = sum(stage is Stage.UNSCORED for stage in night.stages)
    if n_unscored:
        yield (
            f"{n_unscored} of {len(night.stages)} epochs are unscored; they count as neither wake "
            "nor sleep."
        )
    groups = {event.kind.group for event in night.events}
    respiratory = {EventGroup.APNEA, EventGroup.HYPOPNEA, EventGroup.RERA}
    missing = [
        name
        for name, wanted in (
            ("arousals", {EventGroup.AROUSAL}),
            ("respiratory events", respiratory),
            ("limb movements", {EventGroup.LIMB_MOVEMENT, EventGroup.PLM}),
        )
        if not groups & wanted
    ]
    if missing:
        yield f"Not marked in this scoring, so without an index: {', '.join(missing)}."
