"""Event-F1, error of the index and cost of the event engines and their peers on simulated nights.

A first table has breathing, oxygen and legs; another has the AHI by the rules 1A and 1B of nights
with hypopneas that the two differ in, as the report says it once all that is suggested was
confirmed; the last has arousals, and the spindles that the
evidence beside an epoch shows, by what makes arousals hard to find. Causes of arousals are
respiratory, with a limb movement, spontaneous. Luna and the arousal networks of psgscoring are
asked where they are installed (`peers_of_events`); no engine of the program uses them.

Usage: python tests/benchmarks/benchmark_events.py [--nights N] [--epochs N] [--difficulty NAME …]
[--rules NAME …] [--arousals NAME …] [--engine NAME …] [--arousal-seed N]

Events are planted in signals that the same people wrote as the engine: the numbers say that the
rules do what they say, not how well they work on patients, and those of a peer that it was made for
other signals.
"""

import argparse
import itertools
import resource
import time
from collections.abc import Sequence

from peers_of_events import EEG, NETWORKS, Found, luna_finds, missing, network_finds

from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.event_agreement import same_events
from sleepscorer.domain.events import EventGroup, EventKind, ScoredEvent, in_order
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scoring import EpochScore, Scoring
from sleepscorer.domain.severity import severity_of
from sleepscorer.domain.stages import Stage
from sleepscorer.events.engine import EventEngine, NightSignals
from sleepscorer.events.engines import ENGINES, available_engines
from sleepscorer.events.limbs import limb_movements
from sleepscorer.events.links import causes_of, links_of
from sleepscorer.events.plain_engine import PlainEngine
from sleepscorer.events.roles import Roles
from sleepscorer.events.rules import RULE_1A, RULE_1B, Rule
from sleepscorer.events.sensors import Sensors
from sleepscorer.events.summary import night_statistics
from sleepscorer.signals.events.spindles import detect_spindles
from sleepscorer.signals.simulated_arousals import AROUSAL_DIFFICULTIES, simulate_arousals
from sleepscorer.signals.simulated_events import DIFFICULTIES, PlantedNight, simulate_events

GROUPS = {
    "apneas and hypopneas": (EventGroup.APNEA, EventGroup.HYPOPNEA),
    "desaturations": (EventGroup.DESATURATION,),
    "limb movements": (EventGroup.LIMB_MOVEMENT,),
}
RATES = {"mild": 8.0, "moderate": 20.0, "severe": 45.0}
SCORER = Person("scorer")
FIRST_AROUSAL_SEED = 100  # the rules were made on the ones before
OF_BOTH = ("desaturations", "limb movements")  # that the rules find for each engine


def usage() -> tuple[float, float]:
    """Seconds at work, of this process and those that ended, and MB that this one ever held."""
    own, others = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return sum(one.ru_utime + one.ru_stime for one in (own, others)), own.ru_maxrss / 1024


def engine_finds(engine: EventEngine, night: PlantedNight, rule: Rule = RULE_1A) -> Found:
    begin_s, (cpu_s, _) = time.perf_counter(), usage()
    proposals = engine.propose(
        NightSignals(night.recording, Roles.recognised(night.recording.channels)),
        night.stages,
        rule,
        (),
        rejected=(),
        progress=lambda _: None,
    )
    wall_s, (after_s, most_mb) = time.perf_counter() - begin_s, usage()
    events = [one.event for one in proposals.accepted]
    groups = {**GROUPS, "arousals": (EventGroup.AROUSAL,)}
    return Found(
        {
            title: [one for one in events if one.kind.group in kinds]
            for title, kinds in groups.items()
        },
        after_s - cpu_s,
        wall_s,
        most_mb,
    )


def evidence_finds(night: PlantedNight) -> Found:
    begin_s, (cpu_s, _) = time.perf_counter(), usage()
    signals = NightSignals(night.recording, Roles.recognised(night.recording.channels))
    waves = detect_spindles(*signals.read_derivation(Derivation(EEG[1]), 100.0), EEG[1])
    wall_s, (after_s, most_mb) = time.perf_counter() - begin_s, usage()
    events = [
        ScoredEvent(EventKind.SPINDLE, onset_s, duration_s)
        for onset_s, duration_s in zip(waves.onsets_s, waves.durations_s, strict=True)
    ]
    return Found({"spindles": events}, after_s - cpu_s, wall_s, most_mb)


def stage_of(night: PlantedNight, event: ScoredEvent) -> Stage:
    return night.stages[min(int(event.onset_s // 30), len(night.stages) - 1)]


def in_sleep(night: PlantedNight, events: Sequence[ScoredEvent]) -> list[ScoredEvent]:
    """As the plain rules have them: a peer that knows no stages is not blamed for its wake."""
    return [
        one
        for one in events
        if stage_of(night, one) > Stage.W
        or night.stages[min(int(one.stop_s // 30), len(night.stages) - 1)] > Stage.W
    ]


def ratios(n_same: int, n_planted: int, n_found: int) -> str:
    """F1, precision and recall."""
    return (
        f"{2 * n_same / max(n_planted + n_found, 1):.3f}  "
        f"{n_same / max(n_found, 1):.3f}      {n_same / max(n_planted, 1):.3f}"
    )


def measure_breathing(name: str, severity: str, seed: int, n_epochs: int, words: list[str]) -> None:
    night = simulate_events(seed, n_epochs, per_hour=RATES[severity], difficulty=DIFFICULTIES[name])
    hours = sum(stage > Stage.W for stage in night.stages) / 120
    finders = {word: engine_finds(ENGINES[word](), night) for word in words}
    luna = luna_finds(night, OF_BOTH)
    if luna is not None:
        finders["Luna"] = luna
    for (title, groups), (word, found) in itertools.product(GROUPS.items(), finders.items()):
        if title not in found.events or (word == "psgscoring" and title in OF_BOTH):
            continue
        planted = [one for one in (*night.events, *night.falls) if one.kind.group in groups]
        events = in_sleep(night, found.events[title])
        pairs = same_events(planted, events)
        same = sum(one.kind is other.kind for one, other in pairs)
        indices = [len(planted) / hours, len(events) / hours]
        classes = [severity_of(index) for index in indices]
        print(
            f"{word:11} {name:11} {severity:9} {title:21} {len(planted):4} {len(events):5}  "
            f"{ratios(len(pairs), len(planted), len(events))}  {same / max(len(pairs), 1):.3f}  "
            f"{indices[1] - indices[0]:+13.2f}  "
            f"{'same' if classes[0] == classes[1] else 'OTHER':5}  {cost(found)}"
        )


def index_by(rule: Rule, events: Sequence[ScoredEvent], night: PlantedNight) -> float:
    """AHI of the report, once a person has marked or confirmed some events."""
    scoring = Scoring(
        len(night.stages),
        scores=[EpochScore(stage, SCORER) for stage in night.stages],
        events=[one.by(SCORER) for one in events],
    )
    signals = NightSignals(night.recording, Roles.recognised(night.recording.channels))
    statistics = night_statistics(scoring, night.recording.duration_s, Sensors.read(signals), rule)
    return statistics["ahi_1a" if rule is RULE_1A else "ahi_1b"].value or 0.0


def measure_rules(name: str, severity: str, seed: int, n_epochs: int, words: list[str]) -> None:
    night = simulate_events(
        seed,
        n_epochs,
        per_hour=RATES[severity],
        difficulty=DIFFICULTIES[name],
        borderline=True,
    )
    night = simulate_arousals(night, seed)
    for word, (rule_name, rule) in itertools.product(words, {"1A": RULE_1A, "1B": RULE_1B}.items()):
        found = engine_finds(ENGINES[word](), night, rule)
        events = in_order(one for some in found.events.values() for one in some)
        planted, suggested = (index_by(rule, some, night) for some in (night.events, events))
        classes = [severity_of(index) for index in (planted, suggested)]
        print(
            f"{word:11} {name:11} {severity:9} {rule_name:4} {planted:9.2f} {suggested:9.2f} "
            f"{suggested - planted:+13.2f}  {'same' if classes[0] is classes[1] else 'OTHER':5}  "
            f"{cost(found)}"
        )


def cost(found: Found) -> str:
    return f"{found.cpu_s:5.1f} {found.wall_s:6.1f} {found.most_mb:5.0f}"


def cause_by_event(events: list[ScoredEvent]) -> dict[ScoredEvent, object]:
    arousals = [one for one in events if one.kind is EventKind.AROUSAL]
    return dict(causes_of(arousals, links_of(events), limb_movements(events).counted))


def measure_arousals(name: str, seed: int, n_epochs: int) -> None:
    night = simulate_events(seed, n_epochs, per_hour=RATES["moderate"])
    night = simulate_arousals(night, seed, difficulty=AROUSAL_DIFFICULTIES[name])
    plain = engine_finds(PlainEngine(), night)
    others = [one for title in GROUPS for one in plain.events[title]]
    finders = {
        "plain": plain,
        "Luna": luna_finds(night, ("arousals",)),
        **{f"psg {one[-2:]}": network_finds(night, one) for one in NETWORKS},
    }
    truth = cause_by_event(list(night.events))
    for word, found in finders.items():
        if found is None:
            continue
        causes = cause_by_event([*others, *found.events["arousals"]])
        for title, in_r in (("NREM", False), ("R", True)):
            planted, events = (
                [one for one in some if (stage_of(night, one) is Stage.R) is in_r]
                for some in (truth, in_sleep(night, found.events["arousals"]))
            )
            hours = sum(one > Stage.W and (one is Stage.R) is in_r for one in night.stages) / 120
            pairs = same_events(planted, events)
            same = sum(truth[one] is causes[other] for one, other in pairs)
            print(
                f"{word:8} {name:11} {title:5} {len(planted):4} {len(events):5}  "
                f"{ratios(len(pairs), len(planted), len(events))}  "
                f"{same / max(len(pairs), 1):.3f}   {(len(events) - len(planted)) / hours:+13.2f}"
                f"  {cost(found)}"
            )
    for word, found in (
        ("evidence", evidence_finds(night)),
        ("Luna", luna_finds(night, ("spindles",))),
    ):
        if found is None:
            continue
        planted = list(night.spindles)
        events = [one for one in found.events["spindles"] if stage_of(night, one) is Stage.N2]
        pairs = same_events(planted, events, tolerance_s=0.0)
        print(
            f"{word:8} {name:11} {'spin.':5} {len(planted):4} {len(events):5}  "
            f"{ratios(len(pairs), len(planted), len(events))}  {'':8}{'':13}  {cost(found)}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nights", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=960)
    parser.add_argument("--difficulty", choices=list(DIFFICULTIES), nargs="*", default=DIFFICULTIES)
    parser.add_argument("--rules", choices=list(DIFFICULTIES), nargs="*", default=DIFFICULTIES)
    parser.add_argument(
        "--arousals", choices=list(AROUSAL_DIFFICULTIES), nargs="*", default=AROUSAL_DIFFICULTIES
    )
    parser.add_argument("--engine", choices=list(ENGINES), nargs="*", default=ENGINES)
    parser.add_argument("--arousal-seed", type=int, default=FIRST_AROUSAL_SEED)
    options = parser.parse_args()
    words = [word for word in options.engine if word in available_engines()]
    print(*missing(), sep="\n")
    cases = itertools.product(options.difficulty, RATES, range(options.nights))
    print(
        "engine      difficulty  severity  events                   n found  F1     precision  "
        "recall types  index error /h  class  CPU s wall s MB"
    )
    for name, severity, seed in cases:
        measure_breathing(name, severity, seed, options.epochs, words)
    cases = itertools.product(options.rules, RATES, range(options.nights))
    print(
        "\nengine      difficulty  severity  rule planted/h   found/h  index error /h  class  "
        "CPU s wall s MB"
    )
    for name, severity, seed in cases:
        measure_rules(name, severity, seed, options.epochs, words)
    print(
        "\nengine   arousals    in       n found  F1     precision  recall causes  "
        "index error /h  CPU s wall s MB"
    )
    for name, number in itertools.product(options.arousals, range(options.nights)):
        measure_arousals(name, options.arousal_seed + number, options.epochs)


if __name__ == "__main__":
    main()
