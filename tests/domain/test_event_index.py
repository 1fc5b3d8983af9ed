from collections import Counter
from unittest.mock import patch

import numpy as np
import pytest

from sleepscorer.domain.event_index import EventIndex
from sleepscorer.domain.events import EventGroup, EventKind, ScoredEvent, in_order, sorting_key
from sleepscorer.domain.provenance import Model, Person
from sleepscorer.domain.scoring import EventEdit, Scoring, stage_edit, without_model
from sleepscorer.domain.stages import Stage

KINDS = (EventKind.AROUSAL, EventKind.APNEA, EventKind.SPINDLE)


def some_events(seed: int, n: int = 60) -> list[ScoredEvent]:
    """Events of which some are equal and many lie in each other."""
    rng = np.random.default_rng(seed)
    return [
        ScoredEvent(
            KINDS[rng.integers(3)],
            float(rng.integers(0, 200)),
            float(rng.choice([0, 1, 3, 150])),
            text=str(rng.integers(2)),
            spo2_nadir=rng.choice([None, 0.0, 80.0]),
        )
        for _ in range(n)
    ]


def test_that_what_lies_in_a_stretch_is_what_asking_each_event_finds():
    events = in_order(some_events(1))
    index = EventIndex(events)
    for start_s in range(-30, 260, 17):
        here = tuple(one for one in events if one.onset_s < start_s + 30 and one.stop_s >= start_s)
        assert index.between(start_s, start_s + 30) == here
        arousals = tuple(one for one in here if one.kind is EventKind.AROUSAL)
        assert index.between(start_s, start_s + 30, EventKind.AROUSAL) == arousals
        assert index.n_before(start_s) == sum(one.onset_s < start_s for one in events)
    assert [events[index.place_of(one)] for one in events] == list(events)
    assert index.place_of(ScoredEvent(EventKind.NOTE, 3.0, 1.0)) is None
    onsets_s, _ = index.spans_s({EventGroup.APNEA})
    assert onsets_s.tolist() == [o.onset_s for o in events if o.kind is EventKind.APNEA]


@pytest.mark.parametrize("seed", range(20))
def test_that_events_are_taken_away_and_put_in_as_if_all_were_sorted_anew(seed):
    rng = np.random.default_rng(seed)
    events = some_events(seed)
    scoring = Scoring(10, events=events)
    removed = tuple(events[place] for place in rng.choice(60, rng.integers(0, 60), replace=False))
    added = tuple(some_events(seed + 100, int(rng.integers(0, 20))))
    expected = in_order(((Counter(events) - Counter(removed)) + Counter(added)).elements())
    inverse = scoring.apply(EventEdit(removed, added))
    assert scoring.events == expected
    assert scoring.event_index.events == expected
    scoring.apply(inverse)
    assert scoring.events == in_order(events)


def test_that_one_event_too_many_is_not_taken_away():
    event = ScoredEvent(EventKind.NOTE, 3.0, 1.0)
    scoring = Scoring(1, events=[event, event])
    with pytest.raises(ValueError, match="no such event"):
        scoring.apply(EventEdit((event,) * 3))
    assert scoring.events == (event, event)


def test_that_a_stage_key_makes_no_index_anew():
    scoring = Scoring(10, events=some_events(1))
    index = scoring.event_index
    scoring.apply(stage_edit([1], Stage.N2, "Jana"))
    assert scoring.event_index is index


def test_that_one_more_event_looks_at_few_of_the_others():
    events = [ScoredEvent(EventKind.NOTE, float(onset_s), 1.0) for onset_s in range(10_000)]
    scoring = Scoring(10, events=events)
    with patch("sleepscorer.domain.scoring.sorting_key", wraps=lambda e: (e.onset_s,)) as key:
        scoring.apply(EventEdit((events[500],), (ScoredEvent(EventKind.NOTE, 77.5, 1.0),)))
    assert key.call_count < 100


@pytest.mark.parametrize("n", [400, 5000])
def test_that_many_events_are_put_in_and_taken_back_in_about_one_look_at_each(n):
    there = [ScoredEvent(EventKind.NOTE, 2.0 * place, 1.0) for place in range(400)]
    more = tuple(ScoredEvent(EventKind.NOTE, 0.3 * place + 0.1, 1.0) for place in range(n))
    scoring = Scoring(10, events=there)
    with patch("sleepscorer.domain.scoring.sorting_key", wraps=sorting_key) as key:
        inverse = scoring.apply(EventEdit((), more))
        assert scoring.events == in_order((*there, *more))
        scoring.apply(inverse)
    assert scoring.events == tuple(there)
    assert key.call_count <= 15 * len(there)


def test_that_a_copy_sorts_nothing_anew():
    scoring = Scoring(10, events=some_events(1))
    assert scoring.copy().event_index is scoring.event_index
    assert without_model(scoring).event_index is scoring.event_index


def test_that_events_of_a_network_are_left_out_without_it():
    own = ScoredEvent(EventKind.AROUSAL, 3.0, 3.0, source=Person("Jana"))
    found = ScoredEvent(EventKind.SPINDLE, 2.0, 1.0, source=Model("Finder 1"))
    assert without_model(Scoring(1, events=[own, found])).events == (own,)


def test_that_what_is_drawn_of_a_crowd_is_the_longest_of_each_kind_channel_and_column():
    crowd = [ScoredEvent(EventKind.AROUSAL, n / 100, n % 7, "C4") for n in range(3000)]
    others = [
        ScoredEvent(EventKind.AROUSAL, 3.001, 0.1, "C3"),
        ScoredEvent(EventKind.APNEA, 3.001, 0.1, "C4"),
        ScoredEvent(EventKind.AROUSAL, -20.0, 500.0, "C4"),  # begins before the page
    ]
    seen = EventIndex.of([*crowd, *others]).seen_between(0.0, 30.0, 30)
    longest = [
        max(crowd[first : first + 100], key=lambda one: one.stop_s) for first in range(0, 3000, 100)
    ]
    assert set(seen) == {*longest[1:], *others}
    assert list(seen) == sorted(seen, key=sorting_key)


def test_that_all_events_are_drawn_where_there_are_fewer_than_columns():
    events = in_order(some_events(3))
    index = EventIndex(events)
    assert index.seen_between(0.0, 300.0, 60) == index.between(0.0, 300.0)
