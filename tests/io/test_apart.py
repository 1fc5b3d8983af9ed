import os
import time

import pytest

from sleepscorer.io.apart import Apart, ApartError


@pytest.fixture
def apart():
    found = Apart(limit_s=5.0, most_bytes=2**28)
    yield found
    found.end()


def test_that_results_and_errors_come_back(apart):
    assert apart.do(divmod, 7, 3) == (2, 1)
    with pytest.raises(ZeroDivisionError):
        apart.do(divmod, 7, 0)
    assert apart.do(os.getpid) == apart.do(os.getpid) != os.getpid()


def test_that_what_does_not_end_is_ended_and_the_next_thing_is_done():
    apart = Apart(limit_s=0.5, most_bytes=2**28)
    with pytest.raises(ApartError, match="takes more than"):
        apart.do(time.sleep, 60)
    apart._limit_s = 20.0
    assert apart.do(divmod, 7, 3) == (2, 1)
    apart.end()


def test_that_a_crash_is_an_error_and_the_next_thing_is_done(apart):
    with pytest.raises(ApartError, match="crashed"):
        apart.do(os.abort)
    assert apart.do(divmod, 7, 3) == (2, 1)


def test_that_gigabytes_are_not_given(apart):
    with pytest.raises(MemoryError):
        apart.do(bytes, 2**31)
