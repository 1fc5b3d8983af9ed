"""What people decided on events beside marking them."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sleepscorer.domain.alignment import align, imported_into, stored
from sleepscorer.domain.event_decisions import (
    NO_DECISIONS,
    EventDecisions,
    EventLink,
    can_be_linked,
    following,
    is_of_family,
    is_rejected,
)
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.provenance import Model, Person
from sleepscorer.domain.scoring import DecisionsEdit, Scoring, replacement_edit, without_model

RULES = Model("event rules 2")
APNEA = ScoredEvent(EventKind.OBSTRUCTIVE_APNEA, 100.0, 20.0, "Flow")
FALL = ScoredEvent(EventKind.DESATURATION, 110.0, 30.0, "SpO2", "", 88.0, 95.0)
AROUSAL = ScoredEvent(EventKind.AROUSAL, 121.0, 5.0, "C4-M1")
LEG = ScoredEvent(EventKind.LEFT_LIMB_MOVEMENT, 121.5, 2.0, "LAT")
ALL = (APNEA, FALL, AROUSAL, LEG)


def test_that_a_link_is_of_two_events_whoever_marked_them_and_of_whatever_order():
    link = EventLink(FALL, APNEA.by(Person("Jana")), holds=True)
    assert link == EventLink(APNEA, FALL.by(RULES), holds=True)
    assert (link.first, link.second.kind) == (APNEA, EventKind.DESATURATION)


@pytest.mark.parametrize(("first", "second"), [(APNEA, APNEA), (FALL, AROUSAL), (FALL, LEG)])
def test_that_what_never_belongs_together_is_not_linked(first, second):
    assert not can_be_linked(first, second)
    with pytest.raises(ValueError, match="do not belong together"):
        EventLink(first, second, holds=True)


def test_that_the_last_word_on_a_pair_holds():
    made, cut = (EventLink(APNEA, FALL, holds) for holds in (True, False))
    decisions = EventDecisions(links=(made, cut))
    assert decisions.links == (cut,)
    assert decisions.changed(NO_DECISIONS, EventDecisions(links=(made,))).links == (made,)
    assert decisions.changed(decisions, NO_DECISIONS) == NO_DECISIONS
    assert decisions
    assert not NO_DECISIONS


PAIRS = [pair for pair in itertools.combinations(ALL, 2) if can_be_linked(*pair)]
DECISIONS = st.builds(
    EventDecisions,
    st.lists(st.sampled_from([one.by(RULES) for one in ALL])).map(tuple),
    st.lists(
        st.builds(
            lambda pair, holds: EventLink(*pair, holds), st.sampled_from(PAIRS), st.booleans()
        )
    ).map(tuple),
)


@settings(deadline=None)
@given(DECISIONS, st.lists(st.tuples(DECISIONS, DECISIONS), max_size=5))
def test_that_all_that_was_decided_can_be_taken_back(first, steps):
    scoring = Scoring(10, decisions=first)
    inverses = [scoring.apply(DecisionsEdit(*step)) for step in steps]
    for inverse in reversed(inverses):
        scoring.apply(inverse)
    assert scoring.decisions == first


def test_that_links_follow_what_events_become_and_go_with_them():
    links = EventDecisions(
        links=(EventLink(APNEA, FALL, holds=True), EventLink(AROUSAL, LEG, holds=False))
    )
    longer = ScoredEvent(EventKind.HYPOPNEA, 99.0, 25.0, "Flow", source=Person("Jana"))
    gone, come = following(links, {APNEA: longer})
    assert links.changed(gone, come).pairs == {
        (
            EventLink(longer, FALL, holds=True).first,
            EventLink(longer, FALL, holds=True).second,
        ): True,
        (AROUSAL, LEG): False,
    }
    for becomes in (None, ScoredEvent(EventKind.SPINDLE, 121.0, 5.0)):
        gone, come = following(links, {AROUSAL: becomes})
        assert links.changed(gone, come).links == links.links[:1]


@pytest.mark.parametrize(
    ("found", "is_same"),
    [
        (APNEA.by(Model("another engine")), True),
        (ScoredEvent(EventKind.HYPOPNEA, 103.0, 20.0, "Nasal"), True),  # whatever its type
        (ScoredEvent(EventKind.HYPOPNEA, 115.0, 20.0), False),
        (ScoredEvent(EventKind.HYPOPNEA, 100.0, 60.0), False),
        (ScoredEvent(EventKind.DESATURATION, 100.0, 20.0), False),
    ],
)
def test_that_a_finding_is_rejected_where_it_is_the_same_however_it_was_found(found, is_same):
    assert is_rejected(found, (APNEA.by(RULES),)) is is_same


def test_that_a_movement_of_one_leg_says_nothing_of_the_other():
    other = ScoredEvent(EventKind.RIGHT_LIMB_MOVEMENT, 121.5, 2.0, "RAT")
    assert is_rejected(LEG, (LEG.by(RULES),))
    assert not is_rejected(other, (LEG.by(RULES),))


def test_that_decisions_go_where_the_scoring_goes():
    decisions = EventDecisions((APNEA.by(RULES),), (EventLink(AROUSAL, LEG, holds=True),))
    scoring, blank = Scoring(10, events=ALL, decisions=decisions), Scoring(10)
    assert scoring.copy().decisions == decisions
    blank.apply(replacement_edit(blank, scoring))
    assert blank.decisions == decisions
    assert without_model(scoring).decisions == EventDecisions(links=decisions.links)
    placed = align(stored(scoring, None), start=None, duration_s=300.0).scoring
    assert placed.decisions == decisions
    assert imported_into(Scoring(10), scoring, has_stages=False).decisions == decisions
    later = stored(scoring, None).later_by(30.0).decisions
    assert later.rejected[0].onset_s == 130.0
    assert later.links[0].first.onset_s == 151.0


def test_that_apneas_and_hypopneas_are_of_one_family_and_legs_of_two():
    assert is_of_family(APNEA, ScoredEvent(EventKind.HYPOPNEA, 0.0, 1.0))
    assert is_of_family(AROUSAL, ScoredEvent(EventKind.AROUSAL, 0.0, 1.0))
    assert not is_of_family(APNEA, AROUSAL)
    assert not is_of_family(LEG, ScoredEvent(EventKind.RIGHT_LIMB_MOVEMENT, 0.0, 1.0))
