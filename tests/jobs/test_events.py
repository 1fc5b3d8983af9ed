import json
import math

import pytest

from sleepscorer.codec import CodecError
from sleepscorer.jobs.events import (
    EVENTS,
    Done,
    NothingGained,
    StepDone,
    StoppedEarly,
    Validated,
    events_in,
)

ALL = [
    StepDone("epoch", 5, 10, loss=0.5, eta_s=3.0),
    StepDone("features", 1, 3),
    Validated("sequence", 5, 0.8, 0.7, 0.6, 0.5),
    Validated("pretrain", 5, 0.8, 0.7, 0.6, 0.5, signal_accuracy=0.4),
    StoppedEarly("sequence", 6),
    Done("weights.safetensors", "ab" * 32),
    NothingGained(),
]


@pytest.mark.parametrize("event", ALL, ids=lambda event: type(event).__name__)
def test_that_events_come_back_from_their_line(event):
    line = EVENTS.encode(event)
    assert "\n" not in line
    assert EVENTS.decode(line) == event
    assert EVENTS.decode(line.encode()) == event


def test_that_a_figure_that_is_not_defined_comes_back_as_such():
    line = EVENTS.encode(Validated("sequence", 5, 0.8, 0.7, math.nan, 0.5))
    assert math.isnan(EVENTS.decode(line).kappa)


def test_that_lines_of_earlier_runs_are_events_still():
    line = '{"event": "step", "stage": "epoch", "step": 5, "of": 9, "loss": 2, "eta_s": 1.5}'
    assert EVENTS.decode(line) == StepDone("epoch", 5, 9, 2.0, 1.5)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "not valid JSON"),
        ("Traceback (most recent call last):", "not valid JSON"),
        (b"\xff\xfe", "not valid JSON"),
        ("[]", "“event” is None"),
        ("{}", "“event” is None"),
        ('{"event": "sneezed"}', "“event” is 'sneezed', which is none of step, validation"),
        ('{"event": ["step"]}', "which is none of"),
        ('{"event": "stopped_early", "stage": "epoch"}', "step"),
        ('{"event": "stopped_early", "stage": "epoch", "step": "6"}', "'6' is no int"),
        ('{"event": "stopped_early", "stage": "epoch", "step": true}', "True is no int"),
        ('{"event": "stopped_early", "stage": 3, "step": 6}', "3 is no str"),
        ('{"event": "stopped_early", "stage": "epoch", "step": 6, "of": 9}', "of"),
    ],
)
def test_that_a_line_that_is_no_event_is_an_error_that_says_why(line, why):
    with pytest.raises(CodecError) as raised:
        EVENTS.decode(line)
    assert why in str(raised.value)


def test_that_an_event_is_flat_and_begins_with_its_kind():
    assert list(json.loads(EVENTS.encode(StoppedEarly("epoch", 3)))) == ["event", "stage", "step"]


def test_that_lines_which_a_kill_cut_are_left_out_of_a_log():
    whole = EVENTS.encode(ALL[0])
    assert list(events_in([whole[:20], whole, whole[:9] + whole, b"\xff", ""])) == [ALL[0]]
