import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.domain.events import EventGroup, EventKind, ScoredEvent
from sleepscorer.domain.provenance import Model
from training.data.event_targets import UNKNOWN, event_targets, targets_of

APNEA = EventKind.OBSTRUCTIVE_APNEA
N_EPOCHS = 10


def marked(onset_s: float, duration_s: float, kind: EventKind = APNEA) -> list[int]:
    events = [ScoredEvent(kind, onset_s, duration_s)]
    return np.flatnonzero(event_targets(events, EventGroup.APNEA, N_EPOCHS)).tolist()


@pytest.mark.parametrize(
    ("onset_s", "duration_s", "epochs"),
    [
        (2, 12, [0]),  # what is rounded away where both ends are rounded to epochs
        (25, 10, [0, 1]),  # half of it in each
        (24, 10, [0]),
        (26, 10, [1]),
        (20, 20, [0, 1]),  # 10 s in each
        (21, 20, [1]),
        (19, 40, [0, 1]),
        (15, 60, [0, 1, 2]),
        (25, 60, [1, 2]),  # 5 s of it in epoch 0 are neither
        (60, 30, [2]),
        (45, 0, [1]),  # marked without a length
        (295, 30, []),  # most of it after the last epoch
    ],
)
def test_that_an_epoch_has_an_event_by_ten_seconds_or_by_half_of_it(onset_s, duration_s, epochs):
    assert marked(onset_s, duration_s) == epochs


@given(
    onset_s=st.floats(0, 250).map(lambda value: round(value, 3)),
    duration_s=st.floats(0.001, 45).map(lambda value: round(value, 3)),
)
def test_that_no_event_is_lost_and_none_marks_what_it_does_not_touch(onset_s, duration_s):
    epochs = marked(onset_s, duration_s)
    assert epochs
    assert epochs == list(range(epochs[0], epochs[-1] + 1))
    for epoch in epochs:
        assert onset_s < (epoch + 1) * 30
        assert onset_s + duration_s >= epoch * 30


@pytest.mark.parametrize(
    ("kind", "is_marked"),
    [
        (EventKind.APNEA, True),
        (EventKind.CENTRAL_APNEA, True),
        (EventKind.MIXED_APNEA, True),
        (EventKind.HYPOPNEA, False),
        (EventKind.RERA, False),
        (EventKind.DESATURATION, False),
        (EventKind.AROUSAL, False),
    ],
)
def test_that_apneas_of_all_kinds_are_apneas_and_nothing_else_is(kind, is_marked):
    assert bool(marked(40, 15, kind)) is is_marked


def test_that_each_task_has_its_own_events():
    events = [ScoredEvent(APNEA, 35, 15), ScoredEvent(EventKind.CENTRAL_HYPOPNEA, 65, 15)]
    found = targets_of(events, 4, np.array([True, True, True, False]))
    assert found["apnea"].tolist() == [0, 1, 0, UNKNOWN]
    assert found["hypopnea"].tolist() == [0, 0, 1, UNKNOWN]


def test_that_a_proposal_is_no_event():
    proposed = ScoredEvent(APNEA, 35, 15).by(Model("engine", ""))
    assert targets_of([proposed], 2, np.ones(2, bool))["apnea"].tolist() == [UNKNOWN] * 2
    decided = ScoredEvent(EventKind.AROUSAL, 5, 3)
    found = targets_of([proposed, decided], 2, np.ones(2, bool))
    assert found["apnea"].tolist() == [0, 0]


def test_that_a_night_in_which_nobody_marked_anything_is_not_one_without_apneas():
    assert targets_of([], 3, np.ones(3, bool))["apnea"].tolist() == [UNKNOWN] * 3
