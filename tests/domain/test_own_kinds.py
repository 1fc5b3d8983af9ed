"""Kinds of events that a laboratory makes up are notes of a fixed text."""

import pytest

from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.own_kinds import (
    MOST_OWN_KINDS,
    OwnKind,
    lines_of,
    own_kind_of,
    own_kinds_by_place,
    own_kinds_of,
)

SNORING = OwnKind("Snoring", "Snore train", "#0072B2")
TALKING = OwnKind("Talking", "Talking", "#D55E00")


def test_that_the_text_of_a_note_says_its_kind() -> None:
    kinds = (SNORING, TALKING)
    note = ScoredEvent(EventKind.NOTE, 1.0, 2.0, text="Snore train")
    assert own_kind_of(note, kinds) == SNORING
    assert own_kind_of(ScoredEvent(EventKind.NOTE, 1.0, 2.0, text="Snoring"), kinds) is None
    assert own_kind_of(ScoredEvent(EventKind.AROUSAL, 1.0, 3.0, text="Talking"), kinds) is None


def test_that_kinds_come_back_from_settings() -> None:
    assert own_kinds_of((SNORING.line, TALKING.line)) == (SNORING, TALKING)


@pytest.mark.parametrize(
    "line",
    ["", "none", "[1, 2]", '["", "a", "#000000"]', '["a", "a", "red"]', "null", SNORING.line],
)
def test_that_what_makes_no_sense_in_settings_is_left_out(line: str) -> None:
    assert own_kinds_of((SNORING.line, line)) == (SNORING,)


def test_that_there_are_no_more_than_keys() -> None:
    lines = [OwnKind(f"k{n}", f"k{n}", "#000000").line for n in range(20)]
    assert len(own_kinds_of(lines)) == MOST_OWN_KINDS


def test_that_a_kind_without_a_name_or_a_colour_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a name"):
        OwnKind(" ", "text", "#000000")
    with pytest.raises(ValueError, match="not like"):
        OwnKind("name", "text", "red")


def test_that_each_kind_stays_in_its_place_whatever_becomes_of_those_before() -> None:
    places = (None, SNORING, None, TALKING)
    assert own_kinds_by_place(lines_of(places)) == places
    assert own_kinds_of(lines_of(places)) == (SNORING, TALKING)
    assert own_kinds_by_place((SNORING.line, SNORING.line, "damaged", TALKING.line)) == (
        SNORING,
        None,
        None,
        TALKING,
    )
