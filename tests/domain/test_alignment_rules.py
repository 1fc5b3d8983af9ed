import re
from datetime import datetime, time, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.domain.alignment import (
    Alignment,
    StageSpan,
    StoredScoring,
    align,
    on_own_grid,
    spans_of,
    stored,
)
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scoring import EpochScore, Lights, Remark, Scoring
from sleepscorer.domain.stages import Stage

START = datetime(2026, 11, 21, 23, 50)
LETTERS = {
    "W": Stage.W,
    "1": Stage.N1,
    "2": Stage.N2,
    "3": Stage.N3,
    "R": Stage.R,
    "?": Stage.UNSCORED,
}


def scores(letters: str) -> list[EpochScore]:
    return [EpochScore(LETTERS[letter], Person("Jana")) for letter in letters]


def span(onset_s: float, duration_s: float, letter: str) -> StageSpan:
    return StageSpan(onset_s, duration_s, EpochScore(LETTERS[letter], Person("Jana")))


def letters_of(alignment: Alignment) -> str:
    names = {stage: letter for letter, stage in LETTERS.items()}
    return "".join(names[stage] for stage in alignment.scoring.stages)


def aligned(*spans: StageSpan, start: object = START, duration_s: float = 150, **more) -> Alignment:
    return align(StoredScoring(start, spans, **more), start=START, duration_s=duration_s)


stages = st.text("W123R?", min_size=1, max_size=40)


@given(letters=stages, rest_s=st.floats(0, 29))
def test_that_a_scoring_of_the_same_night_fits_without_a_word(letters, rest_s):
    scoring = Scoring(
        len(letters),
        scores=scores(letters),
        events=[ScoredEvent(EventKind.PLM, 12.5, 1)],
        lights=Lights(5, 20),
        remarks={0: Remark("sweat")},
        scorer="Jana",
    )
    found = align(stored(scoring, START), start=START, duration_s=len(letters) * 30 + rest_s)
    assert found.mismatches == ()
    for name in ("scores", "events", "lights", "remarks", "scorer"):
        assert getattr(found.scoring, name) == getattr(scoring, name)


@given(letters=stages, shift=st.integers(-45, 45), n_epochs=st.integers(1, 40))
def test_that_a_scoring_with_another_start_is_placed_by_clock_time(letters, shift, n_epochs):
    start = START + timedelta(seconds=30 * shift)
    found = align(
        StoredScoring(start, spans_of(scores(letters))), start=START, duration_s=30 * n_epochs
    )
    expected = [
        letters[k - shift] if 0 <= k - shift < len(letters) else "?" for k in range(n_epochs)
    ]
    assert letters_of(found) == "".join(expected)
    begins_or_ends_elsewhere = shift != 0 or len(letters) != n_epochs
    assert bool(found.mismatches) == begins_or_ends_elsewhere


def test_that_what_was_moved_and_left_out_is_said():
    found = aligned(*spans_of(scores("WWW22")), start=START - timedelta(seconds=60))
    assert letters_of(found) == "W22??"
    assert found.mismatches == (
        "The scoring begins at 2026-11-21 23:49:00, 2 epochs (60 s) before the recording "
        "(2026-11-21 23:50:00); it was placed by clock time.",
        "The first 2 epochs (60 s) of the scoring are before the recording; they were left out.",
        "The scoring leaves the last 2 epochs (60 s) of the recording unscored.",
    )
    found = aligned(*spans_of(scores("WWW22")), start=START + timedelta(seconds=30))
    assert letters_of(found) == "?WWW2"
    assert found.mismatches == (
        "The scoring begins at 2026-11-21 23:50:30, 1 epoch (30 s) after the recording "
        "(2026-11-21 23:50:00); it was placed by clock time.",
        "The scoring leaves the first 1 epoch (30 s) of the recording unscored.",
        "The last 1 epoch (30 s) of the scoring are after the last complete epoch of the "
        "recording; they were left out.",
    )


@pytest.mark.parametrize("offset_s", [0.0005, -0.0009])
def test_that_a_rounded_start_is_the_same_start(offset_s):
    found = aligned(*spans_of(scores("W2222")), start=START + timedelta(seconds=offset_s))
    assert (letters_of(found), found.mismatches) == ("W2222", ())


@pytest.mark.parametrize(
    ("begins", "letters", "n_sentences"),
    [
        (time(23, 50), "W2222", 0),
        (time(23, 49, 30), "2222?", 3),
        # Past midnight, and before it when the recording begins after.
        (time(0, 20), "?????", 4),
        (time(23, 50, 0, 400_000), "W2222", 0),
    ],
)
def test_that_a_time_without_a_date_is_the_nearest_one(begins, letters, n_sentences):
    found = aligned(*spans_of(scores("W2222")), start=begins)
    assert letters_of(found) == letters
    assert len(found.mismatches) == n_sentences
    if n_sentences:
        assert f"The scoring begins at {begins:%H:%M:%S}" in found.mismatches[0]


def test_that_where_the_recording_has_no_start_the_scoring_begins_with_it_and_that_is_said():
    stored_scoring = StoredScoring(START, spans_of(scores("W2222")))
    found = align(stored_scoring, start=None, duration_s=150)
    assert letters_of(found) == "W2222"
    assert found.mismatches == (
        "The recording does not say when it begins; the scoring was taken to begin with it.",
    )


# Other epochs


def test_that_run_lengths_become_epochs():
    found = aligned(span(0, 60, "W"), span(60, 90, "2"))
    assert (letters_of(found), found.mismatches) == ("WW222", ())


def test_that_short_epochs_give_the_stage_that_fills_most():
    spans = [span(10 * k, 10, letter) for k, letter in enumerate("WWWW22123?????2")]
    found = aligned(*spans)
    # Of equals the first; what is scored for less than half of an epoch does not count.
    assert letters_of(found) == "W21??"
    (sentence,) = found.mismatches
    assert sentence.startswith("The scoring has epochs of 10 s; each 30-s epoch got the stage")
    assert "(3 of them hold more than one stage)" in sentence


def test_that_stages_between_the_epochs_of_the_recording_are_counted():
    found = aligned(*(span(10 + 30 * k, 30, letter) for k, letter in enumerate("W2R2")))
    assert letters_of(found) == "W2R2?"
    assert "4 of 4 stages begin between the recording's epochs" in found.mismatches[0]
    assert "(3 of them hold more than one stage)" in found.mismatches[0]
    assert found.mismatches[1:] == (
        "The scoring leaves the first 10 s of the recording unscored.",
        "The scoring leaves the last 20 s of the recording unscored.",
    )


def test_that_a_stage_that_a_rounded_time_puts_into_the_next_epoch_is_not_seen_there():
    found = aligned(span(0, 30.0005, "W"), span(30.0005, 29.9995, "1"), span(60, 90, "2"))
    assert (letters_of(found), found.mismatches) == ("W1222", ())


@pytest.mark.parametrize(("scored_s", "letter"), [(14.9, "?"), (15, "2"), (30, "2")])
def test_that_an_epoch_needs_half_of_it_scored(scored_s, letter):
    found = aligned(span(0, scored_s, "2"), duration_s=30)
    assert letters_of(found) == letter


def test_that_notes_on_the_file_come_first():
    assert aligned(notes=("Odd.",)).mismatches[0] == "Odd."


# What belongs to times and epochs


@pytest.mark.parametrize("shift", [-1, 1, 2, 10])
def test_that_everything_moves_with_the_stages(shift):
    probabilities = np.full((3, 5), 0.2, np.float32)
    probabilities[1] = [1, 0, 0, 0, 0]
    offset_s = 30 * shift
    found = aligned(
        *spans_of(scores("W2R")),
        start=START + timedelta(seconds=offset_s),
        hypnodensity=Hypnodensity(probabilities, "Net 1", "00", "C4-M1"),
        remarks={0: Remark("first"), 1: Remark("second")},
        lights=Lights(10.5, 60),
        events=(ScoredEvent(EventKind.PLM, 35.25, 2), ScoredEvent(EventKind.PLM, 500, 2)),
    )
    assert found.scoring.lights == Lights(10.5 + offset_s, 60 + offset_s)
    inside = [epoch for epoch in (shift, shift + 1) if 0 <= epoch < 5]
    assert list(found.scoring.remarks) == inside
    said = " ".join(found.mismatches)
    assert bool(re.search("remarks? (is|are) on", said)) == (len(inside) < 2)
    onset_s = 35.25 + offset_s
    assert [event.onset_s for event in found.scoring.events] == [onset_s] * (onset_s < 150)
    assert re.search("events? lies? outside the recording", said)
    hypnodensity = found.scoring.hypnodensity
    assert len(hypnodensity) == 5
    expected = [shift + 1] if 0 <= shift + 1 < 5 else []
    assert np.flatnonzero(hypnodensity.probabilities[:, 0] == 1).tolist() == expected


def test_that_probabilities_and_remarks_between_the_epochs_are_left_out():
    density = Hypnodensity(np.full((2, 5), 0.2, np.float32), "Net 1", "00", "C4-M1")
    sentence = "Probabilities and remarks belong to epochs that lie between those of the"
    for more in ({"hypnodensity": density}, {"remarks": {0: Remark("first")}}, {}):
        found = aligned(*spans_of(scores("W2")), start=START + timedelta(seconds=10), **more)
        assert found.scoring.hypnodensity is None
        assert found.scoring.remarks == {}
        assert any(one.startswith(sentence) for one in found.mismatches) == bool(more)


@pytest.mark.parametrize(
    ("onset_s", "duration_s", "is_kept"),
    [(-5, 4, False), (-5, 5, True), (0, 0, True), (150, 10, True), (150.1, 10, False)],
)
def test_that_events_stay_that_touch_the_recording(onset_s, duration_s, is_kept):
    found = aligned(
        *spans_of(scores("W2222")), events=(ScoredEvent(EventKind.PLM, onset_s, duration_s),)
    )
    assert len(found.scoring.events) == is_kept
    assert len(found.mismatches) == 1 - is_kept


# Without a recording


@pytest.mark.parametrize("start", [START, None, time(23, 50)])
def test_that_without_a_recording_the_own_epochs_count(start):
    found = on_own_grid(StoredScoring(start, (span(0, 60, "W"), span(60, 30, "2"))))
    assert letters_of(found) == "WW2"


@pytest.mark.parametrize(
    ("duration_s", "letters"), [(None, "WW2"), (150, "WW2??"), (60, "WW2"), (90.0005, "WW2")]
)
def test_that_the_length_is_the_files_or_that_of_its_stages(duration_s, letters):
    spans = (span(0, 60, "W"), span(60, 30, "2"))
    assert letters_of(on_own_grid(StoredScoring(START, spans, duration_s=duration_s))) == letters


def test_that_a_file_that_holds_nothing_has_no_epochs():
    empty = StoredScoring(None, ())
    assert (empty.stop_s, empty.epoch_s) == (0, 30)
    assert len(on_own_grid(empty).scoring) == 0
