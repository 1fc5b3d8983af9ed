from collections import Counter
from unittest.mock import patch

import numpy as np
import pytest

from sleepscorer.domain.event_index import EventIndex
from sleepscorer.domain.events import EventGroup, EventKind, ScoredEvent, in_order
from sleepscorer.domain.scoring import EventEdit, Scoring, stage_edit
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
