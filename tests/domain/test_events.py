import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.domain.events import EventGroup, EventKind, ScoredEvent, in_order

events = st.builds(
    ScoredEvent,
    st.sampled_from(EventKind),
    st.sampled_from([-1.0, 0.0, 5.5]),
    st.sampled_from([0.0, 3.0]),
    channel=st.sampled_from(["", "Flow"]),
    text=st.sampled_from(["", "coughs"]),
    spo2_nadir=st.none() | st.sampled_from([80.0, 90.0]),
    spo2_baseline=st.none() | st.sampled_from([95.0, 97.0]),
)


@pytest.mark.parametrize("kind", EventKind)
def test_that_every_kind_is_found_by_the_word_of_our_files(kind):
    assert EventKind.from_id(kind.id) is kind
    assert EventKind(kind.id) is kind


def test_that_kinds_are_told_apart_and_every_group_has_one():
    assert len({kind.id for kind in EventKind}) == len(EventKind)
    assert len({kind.label for kind in EventKind}) == len(EventKind)
    assert {kind.group for kind in EventKind} == set(EventGroup)


@pytest.mark.parametrize("word", ["", "Arousal", "AROUSAL", "dream" * 100])
def test_that_an_unknown_word_is_refused(word):
    with pytest.raises(ValueError, match="there is no event “") as raised:
        EventKind.from_id(word)
    assert len(str(raised.value)) < 80


@pytest.mark.parametrize(
    ("onset_s", "duration_s"),
    [(math.nan, 0), (math.inf, 0), (-math.inf, 0), (0, -1), (0, math.nan), (0, math.inf)],
)
def test_that_a_time_that_is_none_is_refused(onset_s, duration_s):
    with pytest.raises(ValueError, match=r"an event (begins at|lasts)"):
        ScoredEvent(EventKind.AROUSAL, onset_s, duration_s)


@pytest.mark.parametrize(
    ("kind", "text", "description"),
    [
        (EventKind.NOTE, "coughs", "coughs"),
        (EventKind.NOTE, "", "Note"),
        (EventKind.K_COMPLEX, "", "K-complex"),
        (EventKind.K_COMPLEX, "doubtful", "K-complex"),
    ],
)
def test_that_a_note_is_shown_with_its_text_and_others_with_their_name(kind, text, description):
    assert ScoredEvent(kind, 0, 0, text=text).description == description


def test_that_an_event_ends_after_its_duration():
    assert ScoredEvent(EventKind.PLM, 10, 2.5).stop_s == 12.5


@given(some=st.lists(events, max_size=10), data=st.data())
def test_that_events_are_sorted_by_time_whatever_their_order_was(some, data):
    ordered = in_order(some)
    assert [event.onset_s for event in ordered] == sorted(event.onset_s for event in some)
    assert in_order(data.draw(st.permutations(some))) == ordered


@pytest.mark.parametrize(
    ("changes", "is_kept"),
    [
        ({"onset_s": 99.0}, False),
        ({"duration_s": 15.0}, False),
        ({"kind": EventKind.AROUSAL}, False),
        ({"kind": EventKind.DESATURATION}, False),
        ({"kind": EventKind.HYPOPNEA}, True),
        ({"channel": "Flow"}, True),
        ({"text": "loud"}, True),
    ],
)
def test_that_what_the_oximeter_said_stays_where_and_of_what_it_was_said(changes, is_kept):
    former = ScoredEvent(EventKind.OBSTRUCTIVE_APNEA, 100.0, 20.0, "Nasal", "", 88.0, 96.0)
    changed = replace(former, **changes).in_place_of(former)
    kept = (88.0, 96.0) if is_kept else (None, None)
    assert (changed.spo2_nadir, changed.spo2_baseline) == kept
