"""Everything that is marked, as a list."""

import pytest

from sleepscorer.domain.channels import ChannelKind
from sleepscorer.domain.event_list import (
    EventList,
    ListedRemark,
    ListFilter,
    ListOrder,
    RemarkKind,
    channel_of,
    source_of,
)
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scoring import EventEdit, Remark, Scoring, stage_edit
from sleepscorer.domain.stages import Stage

APNEA = ScoredEvent(EventKind.APNEA, 70.0, 12.0, "Flow", "long", source=Person("Z"))
AROUSAL = ScoredEvent(EventKind.AROUSAL, 20.0, 2.0, "EEG C4-M1", source=Person("A"))
DESATURATION = ScoredEvent(EventKind.DESATURATION, 75.0, 20.0, "SpO2")
COMMENT = ListedRemark(RemarkKind.COMMENT, 1, "Turns LONG")
ARTEFACT = ListedRemark(RemarkKind.ARTEFACT, 3)
CHANNELS = {
    "EEG C4-M1": ChannelKind.EEG,
    "Flow": ChannelKind.RESPIRATION,
    "SpO2": ChannelKind.SPO2,
}


@pytest.fixture
def scoring() -> Scoring:
    remarks = {3: Remark(artefact=True), 1: Remark("Turns LONG")}
    scoring = Scoring(6, events=(APNEA, AROUSAL, DESATURATION), remarks=remarks)
    scoring.apply(stage_edit((0, 2), Stage.N2, Person("A")))
    return scoring


def arranged(scoring: Scoring, wanted=ListFilter(), order=ListOrder.TIME, *, descending=False):  # noqa: B008
    listed = EventList(scoring, CHANNELS)
    listed.arrange(wanted, order, descending=descending)
    return [listed[row] for row in range(len(listed))]


def test_that_events_comments_and_artefacts_are_listed_in_order_of_time(scoring) -> None:
    assert arranged(scoring) == [AROUSAL, COMMENT, APNEA, DESATURATION, ARTEFACT]
    assert arranged(scoring, descending=True)[0] == ARTEFACT
    listed = EventList(scoring, CHANNELS)
    assert listed.n_all == 5
    assert listed.kinds == (
        EventKind.AROUSAL,
        EventKind.APNEA,
        EventKind.DESATURATION,
        RemarkKind.ARTEFACT,
        RemarkKind.COMMENT,
    )
    assert listed.channels == ("EEG C4-M1", "Flow", "SpO2")
    assert listed.labels == tuple(CHANNELS)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (ListFilter(kind=EventKind.APNEA), [APNEA]),
        (ListFilter(kind=RemarkKind.COMMENT), [COMMENT]),
        (ListFilter(channel="SpO2"), [DESATURATION]),
        (ListFilter(text="long"), [COMMENT, APNEA]),
        (ListFilter(text="long", channel="Flow"), [APNEA]),
        (ListFilter(doubtful=True), [AROUSAL]),
        (ListFilter(text="nowhere"), []),
        (ListFilter(text="spo"), [DESATURATION]),
        (ListFilter(text="nowhere", named=frozenset({EventKind.AROUSAL})), [AROUSAL]),
    ],
)
def test_that_only_what_is_wanted_is_listed(scoring, wanted, expected) -> None:
    assert arranged(scoring, wanted) == expected


@pytest.mark.parametrize(
    ("order", "first", "last"),
    [
        (ListOrder.KIND, AROUSAL, COMMENT),
        (ListOrder.CHANNEL, COMMENT, DESATURATION),
        (ListOrder.DURATION, AROUSAL, ARTEFACT),
        (ListOrder.TEXT, AROUSAL, COMMENT),
        (ListOrder.SOURCE, COMMENT, APNEA),
        (ListOrder.STAGE, COMMENT, DESATURATION),
    ],
)
def test_that_a_list_is_sorted_by_each_column_and_back(scoring, order, first, last) -> None:
    there = arranged(scoring, order=order)
    assert (there[0], there[-1]) == (first, last)
    assert arranged(scoring, order=order, descending=True) == there[::-1]


def test_that_rows_tell_stage_channel_and_source(scoring) -> None:
    listed = EventList(scoring, CHANNELS)
    assert listed.stage_of(APNEA) is Stage.N2
    assert listed.stage_of(COMMENT) is Stage.UNSCORED
    scoring.apply(stage_edit((1,), Stage.R, Person("A")))
    listed.see_stages_of(scoring)
    assert listed.stage_of(COMMENT) is Stage.R
    assert (channel_of(APNEA), channel_of(COMMENT)) == ("Flow", "")
    assert (source_of(APNEA), source_of(ARTEFACT)) == ("Z", "")
    assert COMMENT.duration_s == 30.0
    assert listed.doubts_about(COMMENT) == ()


def test_that_selected_items_are_found_again_in_any_arrangement(scoring) -> None:
    listed = EventList(scoring, CHANNELS)
    wanted = frozenset({APNEA, COMMENT})
    assert listed.rows_of(wanted) == [1, 2]
    listed.arrange(ListFilter(kind=EventKind.APNEA), ListOrder.TIME, descending=False)
    assert listed.rows_of(wanted) == [0]
    assert listed.rows_of(frozenset()) == []


def test_that_of_events_that_are_the_same_as_many_rows_are_found_as_are_selected(scoring) -> None:
    scoring.apply(EventEdit(added=(APNEA,)))
    listed = EventList(scoring, CHANNELS)
    first, second = listed.rows_of((APNEA, APNEA))
    assert listed[first] == listed[second] == APNEA
    assert listed.rows_of((APNEA,)) == [first]
