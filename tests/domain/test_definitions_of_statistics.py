"""Worked examples of each number, beside the sentence that defines it.

“Manual” is the AASM Manual for the Scoring of Sleep and Associated Events; its notes are
paraphrased.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scoring import EpochScore, LightInterruption, Lights, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.statistics import Division, SleepStatistics, sleep_statistics

STAGES = {"W": Stage.W, "1": Stage.N1, "2": Stage.N2, "3": Stage.N3, "R": Stage.R}
STAGES |= {"?": Stage.UNSCORED}
AROUSAL, APNEA, HYPOPNEA = EventKind.AROUSAL, EventKind.OBSTRUCTIVE_APNEA, EventKind.HYPOPNEA


def statistics(letters: str, *events: ScoredEvent, lights: Lights | None = None) -> SleepStatistics:
    """Statistics of a night of one letter an epoch."""
    scores = [EpochScore(STAGES[letter], Person("Jana")) for letter in letters]
    scoring = Scoring(len(scores), scores=scores, events=events, lights=lights or Lights())
    return sleep_statistics(scoring, len(scores) * 30)


def arousals(*onsets_s: float) -> list[ScoredEvent]:
    return [ScoredEvent(AROUSAL, onset_s, 3) for onset_s in onsets_s]


# Manual, parameters to be reported: “an arousal that meets the criteria counts in the arousal index
# also when its epoch is scored W, as long as it lies between lights off and on; the index is per
# hour of TST.” So do Wilson et al. 2022, J Clin Sleep Med 18:1385: “Arousals in sleep and wake
# epochs are counted, but only sleep time is used in the denominator.”


def test_that_an_arousal_in_an_epoch_of_wake_counts_per_hour_of_sleep():
    night = statistics("W" + "2" * 59 + "W" + "2" * 61, *arousals(5, 100, 1805, 3000))
    assert night["tst"].value == 60
    assert night["arousal_index"].value == 4
    (count,) = night.events
    assert (count.n_counted, count.n_not_counted) == (4, 0)
    assert {stage.label: n for stage, n in count.n_by_stage.items() if n} == {"W": 2, "N2": 2}


def test_that_an_arousal_outside_the_night_does_not_count():
    lights = Lights(45, 3570)  # the middle of epoch 1 to the middle of epoch 119
    night = statistics(
        "W" * 10 + "2" * 100 + "W" * 10, *arousals(10, 44, 46, 3569, 3571), lights=lights
    )
    assert night.events[0].n_counted == 2
    assert night["arousal_index"].value == pytest.approx(2 / (50 / 60))


def test_that_an_arousal_in_wake_does_not_count_while_the_light_is_on():
    lights = Lights(0, 300, (LightInterruption(90, 120),))
    night = statistics("222WWW2222", *arousals(85, 95, 121), lights=lights)
    assert night.events[0].n_counted == 2


def test_that_an_arousal_in_an_unscored_epoch_does_not_count():
    assert statistics("22?2", *arousals(65, 95)).events[0].n_counted == 1


# Manual, respiratory rules, notes: “An apnea or hypopnea that begins or ends in an epoch of sleep
# counts; one that lies entirely in epochs of W does not.”


@pytest.mark.parametrize(
    ("letters", "onset_s", "duration_s", "counts"),
    [
        ("W2W", 35, 20, True),  # in sleep
        ("W2W", 20, 20, True),  # begins in wake, ends in sleep
        ("W2W", 50, 20, True),  # begins in sleep, ends in wake
        ("W2W", 5, 20, False),  # entirely in wake
        ("W2W", 65, 20, False),
        ("WW2", 20, 20, False),  # entirely in two epochs of wake
        ("W2W", 10, 20, False),  # ends as sleep begins
        ("W2W", 60, 20, False),  # begins as sleep ends
        ("W2W", 20, 50, False),  # neither begins nor ends in sleep
        ("?2W", 10, 25, True),
        ("?W2", 10, 25, False),
        ("W2W", 30, 0, True),  # an instant
        ("W2W", 60, 0, False),
    ],
)
@pytest.mark.parametrize(
    ("kind", "index"),
    [
        (APNEA, "ahi"),
        (HYPOPNEA, "ahi"),
        (EventKind.CENTRAL_APNEA, "rdi"),
        (EventKind.RERA, "rdi"),
        (EventKind.DESATURATION, "odi"),
    ],
)
def test_that_a_respiratory_event_counts_when_it_begins_or_ends_in_sleep(
    letters, onset_s, duration_s, counts, kind, index
):
    night = statistics(letters, ScoredEvent(kind, onset_s, duration_s))
    assert night[index].value == (120 if counts else 0)  # half a minute of sleep
    assert night.events[0].n_counted == counts


def test_that_a_respiratory_event_is_counted_in_the_stage_of_sleep_that_makes_it_count():
    night = statistics("W1W3", ScoredEvent(APNEA, 20, 20), ScoredEvent(APNEA, 80, 20))
    assert night.events[0].n_by_stage == {
        Stage.W: 0,
        Stage.N1: 1,
        Stage.N2: 0,
        Stage.N3: 1,
        Stage.R: 0,
    }


def test_that_the_end_of_an_event_before_lights_off_decides():
    lights = Lights(30, 90)
    assert statistics("222", ScoredEvent(APNEA, 20, 20), lights=lights)["ahi"].value == 60
    assert statistics("222", ScoredEvent(APNEA, 5, 20), lights=lights)["ahi"].value == 0


# Manual, movement rules: the index of PLMS is of those in sleep.


def test_that_limb_movements_count_where_they_begin_in_sleep():
    night = statistics("W2W", *(ScoredEvent(EventKind.PLM, at, 2) for at in (29, 31, 59, 61)))
    assert night["plmsi"].value == night["lmi"].value == 240


# “The SFI was calculated as the total number of awakenings and sleep stage shifts divided by total
# sleep time.” Haba-Rubio, Ibanez and Sforza 2004, Sleep Medicine 5:577, abstract.


@pytest.mark.parametrize(
    ("letters", "n_awakenings", "n_shifts"),
    [
        ("2222", 0, 0),
        ("1232", 0, 3),
        ("22WW22", 1, 0),  # going back to sleep is neither
        ("2W2W2", 2, 0),
        ("22WW", 0, 0),  # the awakening that ends the night
        ("WW22", 0, 0),
        ("12W1RR2W", 1, 3),
        ("2??3", 0, 0),  # nobody knows what happened in between
        ("2??W2", 0, 0),
    ],
)
def test_that_the_fragmentation_index_counts_awakenings_and_shifts_per_hour_of_sleep(
    letters, n_awakenings, n_shifts
):
    night = statistics(letters)
    tst_h = sum(letter in "123R" for letter in letters) / 120
    assert night["awakenings"].value == n_awakenings
    assert night["sleep_stage_shifts"].value == n_shifts
    assert night["sfi"].value == pytest.approx((n_awakenings + n_shifts) / tst_h)


# Manual, parameters to be reported: TRT is lights off to lights on. “Lights off and on several
# times: TRT runs from the first off to the last on; interruptions are said and their minutes
# shown.”


def test_that_trt_runs_from_the_first_lights_off_to_the_last_lights_on():
    lights = Lights(60, 3540, (LightInterruption(1320, 1440), LightInterruption(2400, 2430)))
    night = statistics("WWWW" + "2" * 40 + "WWWW" + "2" * 68 + "WWWW", lights=lights)
    assert night["trt"].value == 58
    assert night["lights_on"].value == 2.5
    assert night["tst"].value == 54
    assert night["se"].value == pytest.approx(54 / 58 * 100)
    assert (
        "The light was on 2 times in the night (2.0, 0.5 min); TRT runs from the first lights off "
        "to the last lights on." in night.caveats
    )


def test_that_one_interruption_is_said_and_none_is_not():
    once = statistics("2222", lights=Lights(0, 120, (LightInterruption(30, 60),)))
    assert once.caveats[0].startswith("The light was on once in the night (0.5 min)")
    assert not any("light was on" in one for one in statistics("2222").caveats)
    assert statistics("2222")["lights_on"].value == 0


# “Latency to persistent sleep: lights off → first of 20 consecutive epochs of sleep.”


@pytest.mark.parametrize(
    ("letters", "lps"),
    [
        ("WW" + "2" * 20, 1),
        ("WW" + "2" * 19, None),
        ("2" * 19 + "W" + "123R" * 5, 10),
        ("2" * 10 + "?" + "2" * 20 + "W", 5.5),
        ("W" * 30, None),
    ],
)
def test_that_persistent_sleep_is_twenty_epochs_in_a_row(letters, lps):
    assert statistics(letters)["lps"].value == lps


def test_that_persistent_sleep_counts_from_lights_off():
    assert statistics("WWWW" + "2" * 20, lights=Lights(45))["lps"].value == 1.25


# Feinberg and Floyd 1979, Psychophysiology 16:283: a NREM period of at least 15 min, and a REM
# period of at least 5 min that ends it; the first REM period of the night may be shorter.


@pytest.mark.parametrize(
    ("letters", "n_cycles"),
    [
        ("2" * 30 + "R", 1),  # the first R may be short
        ("2" * 29 + "R" * 10, 0),  # NREM sleep is too short
        ("WW" + "2" * 15 + "W" * 5 + "2" * 10 + "RR", 1),  # wake counts with it
        ("2" * 30 + "R" * 10 + "2" * 29 + "R" * 10, 1),  # less than 15 min apart: one period of R
        ("2" * 30 + "R" * 10 + "2" * 30 + "R" * 10, 2),
        ("2" * 30 + "R" * 10 + "2" * 30 + "R" * 9, 1),  # a later R has to last 5 min
        ("2" * 30 + "R" + "2" * 40 + "RR" + "2" * 40 + "R" * 20, 2),
        ("R" * 20 + "2" * 30 + "R" * 20, 1),  # R at sleep onset ends no NREM sleep
        ("2" * 30 + "R" * 10 + "2" * 100, 1),  # the last NREM sleep has no R
        ("2" * 100, 0),
    ],
)
def test_that_cycles_are_those_of_feinberg_and_floyd(letters, n_cycles):
    assert statistics(letters)["cycles"].value == n_cycles


# Events that a file names in a way that is not known


def note(text: str, onset_s: float = 40.0) -> ScoredEvent:
    return ScoredEvent(EventKind.NOTE, onset_s, 10, text=text)


@pytest.mark.parametrize(
    ("text", "incomplete"),
    [
        ("Arousal (strange)", {"arousal_index"}),
        ("Apnée quelconque", {"ahi", "rdi"}),
        ("Hypopnoe Typ 7", {"ahi", "rdi"}),
        ("Effort related thing", {"rdi"}),
        ("Entsättigung X", {"odi"}),
        ("PLM burst", {"plmsi", "lmi"}),
        ("patient coughs", set()),
    ],
)
def test_that_an_index_whose_events_may_not_be_recognised_is_incomplete(text, incomplete):
    night = statistics("2222", note(text), *arousals(40))
    marked = {figure.id for figure in night.figures if figure.is_incomplete}
    assert marked == incomplete
    assert night["arousal_index"].value == 30
    told = [one for one in night.caveats if "so their indices are incomplete" in one]
    assert bool(told) == bool(incomplete)
    assert all(f"“{text}” (1)" in one for one in told)


# Hours, thirds and halves

ADDITIVE = (
    *("trt", "tst", "spt", "waso", "waso_spt", "awakenings", "stage_shifts", "sleep_stage_shifts"),
    *("w_min", "n1_min", "n2_min", "n3_min", "r_min", "unscored_min", "lights_on"),
)
INDICES = ("arousal_index", "ahi", "rdi", "odi", "lmi", "plmsi", "sfi")


def parts(night: SleepStatistics, division: Division, figure_id: str) -> list[float | None]:
    figures = (part.figures for part in night.parts if part.division is division)
    return [next(one.value for one in each if one.id == figure_id) for each in figures]


def test_that_a_night_of_two_and_a_half_hours_has_three_hours_three_thirds_and_two_halves():
    # Lights off after 10 min: hours of 60, 60 and 30 min, thirds of 50 and halves of 75.
    letters = "W" * 20 + "W" * 20 + "2" * 100 + "3" * 60 + "W" * 20 + "R" * 80 + "W" * 40 + "W" * 4
    night = statistics(letters, *arousals(1300, 4300, 8200), lights=Lights(600, 9600))
    assert parts(night, Division.HOURS, "trt") == [60, 60, 30]
    assert parts(night, Division.THIRDS, "trt") == [50, 50, 50]
    assert parts(night, Division.HALVES, "trt") == [75, 75]
    assert parts(night, Division.HOURS, "n2_min") == [50, 0, 0]
    assert parts(night, Division.HOURS, "n3_min") == [0, 30, 0]
    assert parts(night, Division.HOURS, "r_min") == [0, 20, 20 - 0]
    assert parts(night, Division.HOURS, "waso") == [0, 10, 10]
    assert parts(night, Division.HOURS, "se") == pytest.approx([50 / 0.6, 50 / 0.6, 20 / 0.3])
    assert parts(night, Division.THIRDS, "n2_min") == [40, 10, 0]
    assert parts(night, Division.HALVES, "tst") == [65, 55]
    assert parts(night, Division.HOURS, "arousal_index") == pytest.approx([1.2, 1.2, 3])
    assert [part.name for part in night.parts[:3]] == ["hour 1", "hour 2", "hour 3"]
    assert (night.parts[2].start_s, night.parts[2].stop_s) == (7800, 9600)


def test_that_latencies_and_cycles_are_of_the_whole_night_alone():
    night = statistics("W" * 10 + "2" * 40 + "R" * 10)
    of_a_part = {figure.id for figure in night.parts[0].figures}
    of_the_night = {figure.id for figure in night.figures}
    latencies = {"sol", "lps", "r_latency", "n1_latency", "n2_latency", "n3_latency"}
    assert of_the_night - of_a_part == latencies | {"cycles"}


def test_that_a_night_without_length_has_no_parts():
    assert statistics("222", lights=Lights(1000)).parts == ()
    assert statistics("").parts == ()


KINDS = (AROUSAL, APNEA, HYPOPNEA, EventKind.RERA, EventKind.PLM, EventKind.DESATURATION)


@given(
    letters=st.text("W123R?", min_size=1, max_size=400),
    times=st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 12000), st.integers(0, 90))),
    off_s=st.integers(0, 3000),
    on_s=st.integers(3000, 12000),
)
def test_that_the_parts_of_any_night_add_up_to_it(letters, times, off_s, on_s):
    events = [ScoredEvent(kind, onset_s, duration_s) for kind, onset_s, duration_s in times]
    night = statistics(letters, *events, lights=Lights(off_s, on_s))
    for division in Division:
        if night["trt"].value:
            for figure_id in ADDITIVE:
                total = sum(value or 0 for value in parts(night, division, figure_id))
                assert total == pytest.approx(night[figure_id].value or 0), figure_id
        if night["tst"].value:
            hours = [(value or 0) / 60 for value in parts(night, division, "tst")]
            for figure_id in INDICES:
                rates = parts(night, division, figure_id)
                count = sum((rate or 0) * hour for rate, hour in zip(rates, hours, strict=True))
                # An event of an hour without sleep has no rate there.
                if all(hours):
                    whole = (night[figure_id].value or 0) * night["tst"].value / 60
                    assert count == pytest.approx(whole), figure_id
