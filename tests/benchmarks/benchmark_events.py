"""Event-F1, error of the index and time of the event engines on simulated nights.

Arousals follow in a table of their own, by what makes them hard to find; all engines have them from
the plain rules. Their types are causes: respiratory, with a limb movement, spontaneous.

Usage: python tests/benchmarks/benchmark_events.py [--nights N] [--epochs N] [--difficulty NAME …]
[--engine NAME …]

Events are planted in signals that the same people wrote as the engine: the numbers say that the
rules do what they say, not how well they work on patients.
"""

import argparse
import itertools
import resource

from sleepscorer.domain.events import EventGroup, EventKind, ScoredEvent
from sleepscorer.domain.stages import Stage
from sleepscorer.events.engine import NightSignals
from sleepscorer.events.engines import ENGINES, available_engines
from sleepscorer.events.limbs import limb_movements
from sleepscorer.events.links import causes_of, links_of
from sleepscorer.events.plain_engine import PlainEngine
from sleepscorer.events.roles import Roles
from sleepscorer.events.rules import RULE_1A
from sleepscorer.signals.simulated_arousals import AROUSAL_DIFFICULTIES, simulate_arousals
from sleepscorer.signals.simulated_events import DIFFICULTIES, PlantedNight, simulate_events

GROUPS = {
    "apneas and hypopneas": (EventGroup.APNEA, EventGroup.HYPOPNEA),
    "limb movements": (EventGroup.LIMB_MOVEMENT,),
}
RATES = {"mild": 8.0, "moderate": 20.0, "severe": 45.0}
LIMITS = (5, 15, 30)  # of the classes none, mild, moderate, severe
FIRST_AROUSAL_SEED = 100  # the rules were made on the ones before


def matched(planted: list[ScoredEvent], found: list[ScoredEvent]) -> list[tuple[int, int]]:
    """Pairs that overlap by more than half of the shorter, each event once."""
    pairs, free = [], set(range(len(found)))
    for place, one in enumerate(planted):
        for other in sorted(free):
            event = found[other]
            overlap_s = min(one.stop_s, event.stop_s) - max(one.onset_s, event.onset_s)
            if overlap_s > min(one.duration_s, event.duration_s) / 2:
                pairs.append((place, other))
                free.remove(other)
                break
    return pairs


def cpu_s() -> float:
    """Time at work, of this process and of those that ended; a busy computer does not add to it."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def cause_by_event(events: list[ScoredEvent]) -> dict[ScoredEvent, object]:
    arousals = [one for one in events if one.kind is EventKind.AROUSAL]
    return dict(causes_of(arousals, links_of(events), limb_movements(events).counted))


def measure_arousals(name: str, night: PlantedNight) -> None:
    begin_s = cpu_s()
    proposals = PlainEngine().propose(
        NightSignals(night.recording, Roles.recognised(night.recording.channels)),
        night.stages,
        RULE_1A,
        (),
        rejected=(),
        progress=lambda _: None,
    )
    took_s = cpu_s() - begin_s
    accepted = [one.event for one in proposals.accepted]
    causes = cause_by_event(list(night.events)), cause_by_event(accepted)
    for title, in_r in (("NREM", False), ("R", True)):
        planted, found = (
            [one for one in some if (stage_of(night, one) is Stage.R) is in_r] for some in causes
        )
        hours = sum(one > Stage.W and (one is Stage.R) is in_r for one in night.stages) / 120
        pairs = matched(planted, found)
        same = sum(causes[0][planted[one]] is causes[1][found[other]] for one, other in pairs)
        print(
            f"{name:11} {title:5} {len(planted):4} {len(found):5}  "
            f"{2 * len(pairs) / max(len(planted) + len(found), 1):.3f}  "
            f"{len(pairs) / max(len(found), 1):.3f}      {len(pairs) / max(len(planted), 1):.3f}  "
            f"{same / max(len(pairs), 1):.3f}   {(len(found) - len(planted)) / hours:+.2f}"
            f"  {took_s:.1f}"
        )


def stage_of(night: PlantedNight, event: ScoredEvent) -> Stage:
    return night.stages[int(event.onset_s // 30)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nights", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=960)
    parser.add_argument("--difficulty", choices=list(DIFFICULTIES), nargs="*", default=DIFFICULTIES)
    parser.add_argument("--engine", choices=list(ENGINES), nargs="*", default=ENGINES)
    options = parser.parse_args()
    there = available_engines()
    engines = {word: ENGINES[word]() for word in options.engine if word in there}
    cases = itertools.product(options.difficulty, RATES.items(), range(options.nights))
    print(
        "engine      difficulty  severity  events                n   F1     types  "
        "index error /h  class  CPU s"
    )
    for name, (severity, per_hour), seed in cases:
        night = simulate_events(
            seed, options.epochs, per_hour=per_hour, difficulty=DIFFICULTIES[name]
        )
        roles = Roles.recognised(night.recording.channels)
        for word, engine in engines.items():
            begin_s = cpu_s()
            proposals = engine.propose(
                NightSignals(night.recording, roles),
                night.stages,
                RULE_1A,
                (),
                rejected=(),
                progress=lambda _: None,
            )
            took_s = cpu_s() - begin_s
            hours = sum(stage > Stage.W for stage in night.stages) / 120
            for title, groups in GROUPS.items():
                planted = [one for one in night.events if one.kind.group in groups]
                found = [one.event for one in proposals.accepted if one.event.kind.group in groups]
                pairs = matched(planted, found)
                f1 = 2 * len(pairs) / max(len(planted) + len(found), 1)
                same = sum(planted[one].kind is found[other].kind for one, other in pairs)
                indices = [len(planted) / hours, len(found) / hours]
                classes = [sum(index >= limit for limit in LIMITS) for index in indices]
                print(
                    f"{word:11} {name:11} {severity:9} {title:21} {len(planted):4} {f1:.3f}  "
                    f"{same / max(len(pairs), 1):.3f}  {indices[1] - indices[0]:+13.2f}  "
                    f"{'same' if classes[0] == classes[1] else 'OTHER':5}  {took_s:.1f}"
                )
    print("\narousals    in    n    found  F1     precision  recall causes  index error /h  CPU s")
    for (name, difficulty), number in itertools.product(
        AROUSAL_DIFFICULTIES.items(), range(options.nights)
    ):
        seed = FIRST_AROUSAL_SEED + number
        night = simulate_events(seed, options.epochs, per_hour=RATES["moderate"])
        measure_arousals(name, simulate_arousals(night, seed, difficulty=difficulty))
    for title, who in (("here", resource.RUSAGE_SELF), ("apart", resource.RUSAGE_CHILDREN)):
        print(f"most memory {title}: {resource.getrusage(who).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
