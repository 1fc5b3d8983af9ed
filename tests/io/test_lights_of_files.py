"""Lights off and on as files have them: several times, in the wrong order, at the start."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.domain.alignment import align
from sleepscorer.domain.scoring import LightInterruption, Lights
from sleepscorer.io.annotation_scoring import lights_of
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import read_scoring


@pytest.mark.parametrize(
    ("offs_s", "ons_s", "lights", "said"),
    [
        ([60], [3000], Lights(60, 3000), ""),
        ([60], [0, 3000], Lights(60, 3000), ""),
        ([60], [0], Lights(60), ""),
        ([60], [20, 3000], Lights(60, 3000), "goes on at 20 s before it has gone off"),
        ([3000], [100], Lights(3000), "goes on at 100 s before it has gone off"),
        ([], [3000], Lights(on_s=3000), ""),
        ([], [0, 3000], Lights(on_s=3000), "goes on at 3000 s though it is on already"),
        ([60, 90], [3000], Lights(60, 3000), "goes off at 90 s though it is off already"),
        ([60], [1000, 3000], Lights(60, 3000), "goes on at 3000 s though it is on already"),
        ([60, 1200], [1000], Lights(60, None, (LightInterruption(1000, 1200),)), ""),
        (
            [60, 1200, 2000],
            [1000, 1500, 3000],
            Lights(60, 3000, (LightInterruption(1000, 1200), LightInterruption(1500, 2000))),
            "",
        ),
        (
            [60, 1200],
            [1000, 1100, 3000],
            Lights(60, 3000, (LightInterruption(1000, 1200),)),
            "goes on at 1100 s though it is on already",
        ),
        ([60], [60], Lights(60, 60), ""),
        ([60, 60, 60], [3000, 3000], Lights(60, 3000), ""),
    ],
)
def test_that_the_night_goes_from_the_first_time_off_to_the_last_time_on(
    offs_s, ons_s, lights, said
):
    found, notes = lights_of(offs_s, ons_s)
    assert found == lights
    assert (said in notes[0]) if said else notes == ()


@given(st.lists(st.integers(0, 40)), st.lists(st.integers(0, 40)))
def test_that_any_marks_give_lights_whose_own_marks_say_the_same_without_a_word(offs_s, ons_s):
    lights, _ = lights_of(offs_s, ons_s)
    again = lights_of(
        [mark.time_s for mark in lights.marks if mark.is_off],
        [mark.time_s for mark in lights.marks if not mark.is_off],
    )
    assert Lights.of_marks(lights.marks) == lights
    assert again == (lights, ())


@pytest.mark.parametrize(
    ("name", "lights"),
    [
        (
            "D01-lights-on-and-off-in-the-night.edf",
            Lights(60, 3300, (LightInterruption(1380, 1560),)),
        ),
        ("D02-lights-on-at-the-start.edf", Lights(60, 3300)),
    ],
)
def test_that_lights_switched_several_times_are_read(name, lights, sleepscorer_data):
    folder = sleepscorer_data / "field-cases"
    recording = open_recording(folder / "recording-1h.edf")
    aligned = align(
        read_scoring(folder / name), start=recording.start, duration_s=recording.duration_s
    )
    recording.close()
    assert aligned.scoring.lights == lights
    assert aligned.mismatches == ()
