import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.domain.severity import Severity, severity_of
from sleepscorer.domain.statistics import Figure


# AASM Task Force 1999, Sleep 22:667: mild 5 to 15, moderate 15 to 30, severe more than 30 an hour.
@pytest.mark.parametrize(
    ("index", "severity", "shown"),
    [
        (0.0, Severity.NONE, "0.0/h"),
        (4.94, Severity.NONE, "4.9/h"),
        (4.96, Severity.NONE, "4.96/h"),
        (5.0, Severity.MILD, "5.0/h"),
        (14.9996, Severity.MILD, "14.9996/h"),
        (14.96, Severity.MILD, "14.96/h"),
        (15.04, Severity.MODERATE, "15.0/h"),
        (29.99, Severity.MODERATE, "29.99/h"),
        (30.0, Severity.SEVERE, "30.0/h"),
    ],
)
def test_that_an_index_is_shown_in_the_class_that_it_has(index, severity, shown):
    assert severity_of(index) is severity
    assert Figure("ahi_1a", index, "/h", severity=severity).text == shown


@given(st.integers(0, 3000), st.integers(20, 3000))
def test_that_no_rounding_contradicts_the_class(n_events, n_epochs):
    index = n_events / (n_epochs / 120)
    text = Figure("ahi_1a", index, "/h", severity=severity_of(index)).text
    assert severity_of(float(text.removesuffix("/h"))) is severity_of(index)
    assert severity_of(round(index, 4)) is severity_of(index)  # as in CSV and JSON


def test_that_the_class_of_an_incomplete_index_is_the_least_that_it_can_be():
    mild = Figure("ahi_1a", 6.0, "/h", is_incomplete=True, severity=Severity.MILD)
    assert mild.severity_told == "Severity (adults): at least mild"
    severe = Figure("ahi_1a", 36.0, "/h", is_incomplete=True, severity=Severity.SEVERE)
    assert severe.severity_told == "Severity (adults): severe"
    assert Figure("tst", 6.0).severity_told == ""
