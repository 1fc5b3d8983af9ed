"""Event-F1, error of the index and time of the event engines on simulated nights.

Usage: python tests/benchmarks/benchmark_events.py [--nights N] [--epochs N] [--difficulty NAME]

Events are planted in signals that the same people wrote as the engine: the numbers say that the
rules do what they say, not how well they work on patients.
"""

import argparse
import itertools
import resource

from sleepscorer.domain.events import EventGroup, ScoredEvent
from sleepscorer.domain.stages import Stage
from sleepscorer.events.engine import NightSignals
from sleepscorer.events.engines import ENGINES
from sleepscorer.events.psgscoring_engine import is_installed
from sleepscorer.events.roles import Roles
from sleepscorer.events.rules import RULE_1A
from sleepscorer.signals.simulated_events import DIFFICULTIES, simulate_events

GROUPS = {
    "apneas and hypopneas": (EventGroup.APNEA, EventGroup.HYPOPNEA),
    "limb movements": (EventGroup.LIMB_MOVEMENT,),
}
RATES = {"mild": 8.0, "moderate": 20.0, "severe": 45.0}
LIMITS = (5, 15, 30)  # of the classes none, mild, moderate, severe


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nights", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=960)
    parser.add_argument("--difficulty", choices=list(DIFFICULTIES), nargs="*", default=DIFFICULTIES)
    options = parser.parse_args()
    engines = {word: make() for word, make in ENGINES.items()}
    if not is_installed():
        del engines["psgscoring"]
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
    for title, who in (("here", resource.RUSAGE_SELF), ("apart", resource.RUSAGE_CHILDREN)):
        print(f"most memory {title}: {resource.getrusage(who).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
