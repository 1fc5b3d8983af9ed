import pytest

from sleepscorer.domain.provenance import Imported, Joint, Model, Person, is_human, saw_model

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
