from dataclasses import replace
from datetime import datetime, time, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.domain.alignment import (
    StageSpan,
    StoredScoring,
    align,
    imported_into,
    on_own_grid,
    spans_of,
    stored,
)
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.scoring import EpochScore, Lights, Remark, Scoring
from sleepscorer.domain.stages import Stage

START = datetime(2026, 3, 1, 22, 0)
W, N1, N2, N3, R, U = Stage.W, Stage.N1, Stage.N2, Stage.N3, Stage.R, Stage.UNSCORED
stage_lists = st.lists(st.sampled_from(list(Stage)), min_size=1, max_size=20)


def scores(*stages):
    return [EpochScore(stage) for stage in stages]


def stages_and_mismatches(stored_scoring, *, start=START, n_epochs=4):
    alignment = align(stored_scoring, start=start, duration_s=n_epochs * 30.0)
    return list(alignment.scoring.stages), alignment.mismatches


@given(stage_lists)
def test_that_what_fits_is_taken_over_without_a_word(stages):
    stored_scoring = stored(Scoring(len(stages), scores=scores(*stages)), START)
    found, mismatches = stages_and_mismatches(stored_scoring, n_epochs=len(stages))
    assert found == stages
    assert mismatches == ()


def test_that_a_later_start_is_placed_by_clock_time_and_said():
    stored_scoring = StoredScoring(START + timedelta(seconds=60), spans_of(scores(N1, N2, R)))
    found, mismatches = stages_and_mismatches(stored_scoring)
    assert found == [U, U, N1, N2]
    assert "2 epochs (60 s) after the recording" in mismatches[0]
    assert any("last 1 epoch (30 s) of the scoring are after" in one for one in mismatches)


def test_that_an_earlier_start_loses_its_first_epochs_and_says_so():
    stored_scoring = StoredScoring(START - timedelta(seconds=30), spans_of(scores(W, N1, N2)))
    found, mismatches = stages_and_mismatches(stored_scoring, n_epochs=2)
    assert found == [N1, N2]
    assert any("before the recording; they were left out" in one for one in mismatches)


def test_that_a_time_without_a_date_is_the_nearest_one():
    after_midnight = datetime(2026, 3, 2, 0, 0, 30)
    stored_scoring = StoredScoring(time(23, 59, 30), spans_of(scores(W, W, N1, N2)))
    found, _ = stages_and_mismatches(stored_scoring, start=after_midnight, n_epochs=2)
    assert found == [N1, N2]


def test_that_a_hidden_date_is_said_and_the_time_of_day_counts():
    hidden = datetime(1985, 1, 1, 22, 0)
    stored_scoring = StoredScoring(START + timedelta(seconds=30), spans_of(scores(W, N1, N2)))
    found, mismatches = stages_and_mismatches(stored_scoring, start=hidden)
    assert found == [U, W, N1, N2]
    assert "placed by the time of day alone" in mismatches[0]
    assert "1 epoch (30 s) after the recording" in mismatches[1]


def test_that_a_fraction_of_a_second_lost_by_a_format_moves_nothing():
    start = START + timedelta(milliseconds=600)
    stored_scoring = StoredScoring(time(22, 0, 0), spans_of(scores(W, N1, N2, R)))
    assert stages_and_mismatches(stored_scoring, start=start) == ([W, N1, N2, R], ())


def test_that_a_missing_start_is_said():
    stored_scoring = StoredScoring(None, spans_of(scores(W, N1, N2, R)))
    found, mismatches = stages_and_mismatches(stored_scoring)
    assert found == [W, N1, N2, R]
    assert mismatches == (
        "The file does not say when it begins; it was taken to begin with the recording.",
    )


def test_that_shorter_epochs_give_the_stage_that_fills_most():
    stored_scoring = StoredScoring(START, spans_of(scores(W, W, N1, N2, N2, N2), epoch_s=20.0))
    found, mismatches = stages_and_mismatches(stored_scoring)
    assert found == [W, N1, N2, N2]
    assert "epochs of 20 s" in mismatches[0]


def test_that_a_shift_inside_an_epoch_is_said():
    stored_scoring = StoredScoring(START + timedelta(seconds=10), spans_of(scores(W, N1, N2, R)))
    found, mismatches = stages_and_mismatches(stored_scoring)
    assert found == [W, N1, N2, R]
    assert any("begin between the recording's epochs" in one for one in mismatches)


def test_that_less_than_half_an_epoch_scores_nothing():
    span = StageSpan(0.0, 14.0, EpochScore(N2))
    assert stages_and_mismatches(StoredScoring(START, (span,)))[0][0] is U


def test_that_overlapping_stages_end_where_the_next_begins():
    spans = (StageSpan(0.0, 120.0, EpochScore(W)), StageSpan(30.0, 90.0, EpochScore(N2)))
    found, mismatches = stages_and_mismatches(StoredScoring(START, spans))
    assert found == [W, N2, N2, N2]
    assert "begins before the one before it ends" in mismatches[0]


def test_that_all_else_moves_with_the_stages():
    hypnodensity = Hypnodensity(np.full((2, 5), 0.2, np.float32), "m", "", "")
    stored_scoring = StoredScoring(
        START + timedelta(seconds=30),
        spans_of(scores(N1, N2)),
        hypnodensity=hypnodensity,
        events=(
            ScoredEvent(EventKind.AROUSAL, 5.0, 3.0),
            ScoredEvent(EventKind.AROUSAL, 500.0, 3.0),
        ),
        lights=Lights(1.0, 50.0),
        remarks={1: Remark("here"), 9: Remark("outside")},
    )
    alignment = align(stored_scoring, start=START, duration_s=120.0)
    scoring = alignment.scoring
    assert [event.onset_s for event in scoring.events] == [35.0]
    assert scoring.lights == Lights(31.0, 80.0)
    assert dict(scoring.remarks) == {2: Remark("here")}
    assert scoring.hypnodensity is not None
    assert np.isnan(scoring.hypnodensity.probabilities[[0, 3]]).all()
    assert sum("outside the recording" in one for one in alignment.mismatches) == 2


def test_that_without_a_recording_the_file_is_its_own_measure():
    stored_scoring = StoredScoring(time(22, 0), spans_of(scores(W, N1), epoch_s=20.0))
    alignment = on_own_grid(stored_scoring)
    assert list(alignment.scoring.stages) == [W, U]  # of the second epoch, 10 s are scored
    assert not any("begin" in one for one in alignment.mismatches)


def test_that_a_file_without_stages_is_said_to_have_none():
    empty = replace(StoredScoring(START, ()), events=(ScoredEvent(EventKind.NOTE, 1.0, 0.0),))
    assert "The file holds no stages." in stages_and_mismatches(empty)[1]


def test_that_an_import_leaves_what_the_file_does_not_hold():
    arousal = ScoredEvent(EventKind.AROUSAL, 35.0, 4.0)
    apnea = ScoredEvent(EventKind.OBSTRUCTIVE_APNEA, 60.0, 12.0)
    note = ScoredEvent(EventKind.NOTE, 70.0, 0.0, text="coughs")
    mine = Scoring(
        3,
        events=[arousal, apnea, note],
        remarks={0: Remark("turns"), 1: Remark("sweat", artefact=True)},
    )
    their_apnea = ScoredEvent(EventKind.APNEA, 61.0, 11.0)
    their_note = ScoredEvent(EventKind.NOTE, 10.0, 0.0, text="talks")
    theirs = Scoring(
        3,
        events=[their_apnea, their_note],
        remarks={1: Remark("electrode off"), 2: Remark("snores")},
    )
    merged = imported_into(mine, theirs, has_stages=False)
    assert merged.events == (their_note, arousal, their_apnea, note)
    assert merged.remarks == {
        0: Remark("turns"),
        1: Remark("sweat; electrode off", artefact=True),
        2: Remark("snores"),
    }
    again = imported_into(merged, theirs, has_stages=False)
    assert (again.events, again.remarks) == (merged.events, merged.remarks)
