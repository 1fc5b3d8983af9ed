"""Event-F1, error of the index and time of the event engines on simulated nights.

Usage: python tests/benchmarks/benchmark_events.py [--nights N]

Events are planted in signals that the same people wrote as the engine: the numbers say that the
rules do what they say, not how well they work on patients.
"""

import argparse
import resource
import time

from sleepscorer.domain.events import EventGroup, ScoredEvent
from sleepscorer.domain.stages import Stage
from sleepscorer.events.engine import NightSignals
from sleepscorer.events.plain_engine import PlainEngine
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nights", type=int, default=1)
    engine = PlainEngine()
    n_nights = parser.parse_args().nights
    print("difficulty  severity  events                n   F1     types  index error /h  class  s")
    for name, difficulty in DIFFICULTIES.items():
        for severity, per_hour in RATES.items():
            for seed in range(n_nights):
                night = simulate_events(seed, per_hour=per_hour, difficulty=difficulty)
                roles = Roles.recognised(night.recording.channels)
                begin = time.perf_counter()
                proposals = engine.propose(
                    NightSignals(night.recording, roles),
                    night.stages,
                    RULE_1A,
                    (),
                    progress=lambda _: None,
                )
                took_s = time.perf_counter() - begin
                hours = sum(stage > Stage.W for stage in night.stages) / 120
                for title, groups in GROUPS.items():
                    planted = [one for one in night.events if one.kind.group in groups]
                    found = [
                        one.event for one in proposals.accepted if one.event.kind.group in groups
                    ]
                    pairs = matched(planted, found)
                    f1 = 2 * len(pairs) / max(len(planted) + len(found), 1)
                    same = sum(planted[one].kind is found[other].kind for one, other in pairs)
                    indices = [len(planted) / hours, len(found) / hours]
                    classes = [sum(index >= limit for limit in LIMITS) for index in indices]
                    print(
                        f"{name:11} {severity:9} {title:21} {len(planted):4} {f1:.3f}  "
                        f"{same / max(len(pairs), 1):.3f}  {indices[1] - indices[0]:+13.2f}  "
                        f"{'same' if classes[0] == classes[1] else 'OTHER':5}  {took_s:.1f}"
                    )
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
