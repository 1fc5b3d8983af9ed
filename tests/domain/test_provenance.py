import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.domain.provenance import (
    UNKNOWN_MODEL,
    Imported,
    Joint,
    Model,
    Person,
    agreed,
    is_human,
    provenance_of,
    saw_model,
    text_of,
)

ANNA, BEN = Person("Anna"), Person("Ben", saw_model=True)


@pytest.mark.parametrize(
    ("provenance", "human", "saw"),
    [
        (None, False, False),
        (ANNA, True, False),
        (BEN, True, True),
        (Model("MC²SleepNet 4", "ab" * 32), False, False),
        (Imported("night.csv"), False, False),
        (Imported("night.csv", ANNA), True, False),
        (Imported("night.csv", BEN), True, True),
        (Joint((ANNA, BEN)), True, True),
        (Joint((ANNA, Person("Cleo"))), True, False),
    ],
)
def test_that_only_what_people_decided_is_human(provenance, human, saw):
    assert is_human(provenance) is human
    assert saw_model(provenance) is saw


@pytest.mark.parametrize("name", ["", "  "])
@pytest.mark.parametrize("kind", [Person, Model])
def test_that_nobody_is_no_provenance(kind, name):
    with pytest.raises(ValueError, match="needs a name"):
        kind(name)


@pytest.mark.parametrize("people", [(), (ANNA,)])
def test_that_one_person_does_not_decide_together(people):
    with pytest.raises(ValueError, match="can't decide together"):
        Joint(people)


def test_that_a_person_is_named_once_in_a_joint_decision():
    with pytest.raises(ValueError, match="named twice"):
        Joint((ANNA, Person("Anna", saw_model=True)))


@pytest.mark.parametrize(
    ("provenance", "text"),
    [
        (None, ""),
        (ANNA, "Anna"),
        (UNKNOWN_MODEL, "model"),
        (Imported("a.csv"), "imported from a.csv"),
        (Imported("a (1).csv", ANNA), "Anna (imported from a (1).csv)"),
        (Joint((ANNA, Person("Cleo"))), "Anna & Cleo"),
        (Joint((ANNA, Person("Cleo"), Person("Dora"))), "Anna & Cleo & Dora"),
    ],
)
def test_that_what_is_said_in_a_few_words_is_understood_again(provenance, text):
    assert text_of(provenance) == text
    assert provenance_of(text) == provenance


def test_that_words_hold_neither_the_version_nor_who_saw_it():
    net = Model("MC²SleepNet 4", "ab" * 32)
    assert text_of(net) == "model"
    assert provenance_of("model", net) == net
    assert provenance_of(text_of(BEN)) == Person("Ben")


@pytest.mark.parametrize(
    ("text", "provenance"),
    [
        ("yasa_night.csv", Imported("yasa_night.csv")),
        ("NIGHT 1.EDF", Imported("NIGHT 1.EDF")),
        ("Dr. R. B.", Person("Dr. R. B.")),
        ("Anna & yasa.csv", Imported("Anna & yasa.csv")),
        ("model & Anna", ANNA),
        ("yasa.csv & Anna", ANNA),
        ("Anna & ", Person("Anna & ")),
    ],
)
def test_that_a_source_of_earlier_versions_is_a_person_only_where_it_is_no_file(text, provenance):
    assert provenance_of(text) == provenance


@given(st.text())
def test_that_any_text_of_a_source_keeps_its_words(text):
    provenance = provenance_of(text)
    assert (provenance is None) == (not text.strip())
    assert provenance_of(text_of(provenance)) == provenance


def test_that_two_who_agree_are_joint_and_seen_by_whoever_saw():
    assert agreed(ANNA, BEN) == Joint((ANNA, BEN))
    assert agreed(ANNA, Person("Anna", saw_model=True)) == Person("Anna", saw_model=True)
    assert agreed(Imported("a.csv", ANNA), BEN) == Joint((ANNA, BEN))
    assert agreed(Joint((ANNA, BEN)), ANNA) == Joint((ANNA, BEN))
    assert agreed(None, Imported("a.csv")) == Imported("a.csv")
