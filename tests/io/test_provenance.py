import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.codec import CodecError
from sleepscorer.domain.provenance import Imported, Joint, Model, Person
from sleepscorer.io.provenance import PROVENANCES

NAMES = st.text(min_size=1).filter(str.strip)
PEOPLE = st.builds(Person, NAMES, st.booleans())
PROVENANCE = st.one_of(
    PEOPLE,
    st.builds(Model, NAMES, st.text()),
    st.builds(Imported, st.text(), st.none() | PEOPLE),
    st.builds(
        Joint,
        st.lists(PEOPLE, min_size=2, max_size=4, unique_by=lambda person: person.name).map(tuple),
    ),
)


@given(PROVENANCE)
def test_that_any_provenance_comes_back_as_it_was(provenance):
    line = PROVENANCES.encode(provenance)
    assert "\n" not in line
    assert PROVENANCES.decode(line) == provenance


def test_that_what_files_hold_stays_as_it_is():
    """Files with these entries exist: changing a line here breaks them."""
    anna = {"kind": "person", "name": "Anna", "saw_model": True}
    stored = {
        "person": (Person("Anna", saw_model=True), anna),
        "model": (Model("Net 4", "ab"), {"kind": "model", "name": "Net 4", "sha256": "ab"}),
        "imported": (Imported("a.csv"), {"kind": "imported", "file": "a.csv", "by": None}),
        "imported by": (
            Imported("a.csv", Person("Anna", saw_model=True)),
            {"kind": "imported", "file": "a.csv", "by": {"name": "Anna", "saw_model": True}},
        ),
        "joint": (
            Joint((Person("A"), Person("B"))),
            {
                "kind": "joint",
                "people": [{"name": "A", "saw_model": False}, {"name": "B", "saw_model": False}],
            },
        ),
    }
    for provenance, entries in stored.values():
        assert json.loads(PROVENANCES.encode(provenance)) == entries
        assert PROVENANCES.from_builtins(entries) == provenance


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        (None, "“kind” is None"),
        ({"name": "Anna"}, "“kind” is None"),
        ({"kind": "god"}, "'god', which is none of person, model, imported, joint"),
        ({"kind": "person"}, "name"),
        ({"kind": "person", "name": " ", "saw_model": False}, "needs a name"),
        ({"kind": "person", "name": "Anna", "saw_model": "no"}, "'no' is no bool"),
        ({"kind": "person", "name": "Anna", "saw_model": 0}, "0 is no bool"),
        ({"kind": "person", "name": "Anna", "saw_model": False, "title": "Dr"}, "title"),
        ({"kind": "imported", "file": "a.csv", "by": "Anna"}, "by"),
        ({"kind": "joint", "people": [{"name": "A", "saw_model": False}]}, "decide together"),
        ({"kind": "joint", "people": "AB"}, "people"),
    ],
)
def test_that_what_is_no_provenance_is_refused_with_the_reason(entries, why):
    with pytest.raises(CodecError) as raised:
        PROVENANCES.from_builtins(entries)
    assert why in str(raised.value)
