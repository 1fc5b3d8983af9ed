import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scoring import EpochScore, Lights, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.statistics import SleepStatistics, sleep_statistics

LETTERS = {
    "W": Stage.W,
    "1": Stage.N1,
    "2": Stage.N2,
    "3": Stage.N3,
    "R": Stage.R,
    "?": Stage.UNSCORED,
}


def statistics(
    letters: str,
    *,
    lights: Lights | None = None,
    events: tuple[ScoredEvent, ...] = (),
    more_s: float = 0.0,
) -> SleepStatistics:
    """Statistics of a night of one letter an epoch."""
    scores = [EpochScore(LETTERS[letter], Person("Jana")) for letter in letters]
    scoring = Scoring(len(scores), scores=scores, lights=lights or Lights(), events=events)
    return sleep_statistics(scoring, len(scores) * 30 + more_s)


def values(night: SleepStatistics, *ids: str) -> list[float | None]:
    return [night[figure_id].value for figure_id in ids]


def test_that_a_night_counted_by_hand_has_these_numbers():
    # Epochs 0–3 wake, asleep from 4, awake at 9 and 10, last sleep in 17.
    night = statistics("WWWW122333WW12RRRR" + "WW")
    assert values(night, "trt", "tst", "spt", "sol") == [10, 6, 7, 2]
    assert values(night, "waso", "waso_spt") == [2, 1]
    assert values(night, "r_latency") == [5]
    assert values(night, "se", "sme") == pytest.approx([60, 6 / 7 * 100])
    assert values(night, "awakenings", "stage_shifts", "sleep_stage_shifts") == [1, 6, 4]
    assert values(night, "sfi") == pytest.approx([5 / 0.1])
    assert values(night, "cycles", "lps") == [0, None]
    assert values(night, "w_min", "n1_min", "n2_min", "n3_min", "r_min") == [4, 1, 1.5, 1.5, 2]
    assert values(night, "n1_percent", "n2_percent") == pytest.approx([100 / 6, 25])
    assert values(night, "n3_percent", "r_percent") == pytest.approx([25, 200 / 6])
    assert values(night, "n1_latency", "n2_latency", "n3_latency") == [2, 2.5, 3.5]
    assert values(night, "unscored_min") == [0]


def test_that_lights_bound_the_night():
    lights = Lights(45, 240)  # off in the middle of epoch 1, on after epoch 7
    night = statistics("112W22WWRR", lights=lights)
    assert values(night, "trt") == [3.25]
    # Epoch 1 belongs to the night, for its middle does; it cannot begin before lights off.
    assert values(night, "sol", "tst", "waso") == [0, 2, 1.5]
    assert values(night, "n2_latency") == [0.25]
    assert values(night, "r_min", "r_latency") == [0, None]


@pytest.mark.parametrize(
    ("lights", "remark"),
    [
        (Lights(), "Lights off and on are not marked: the whole recording stands for"),
        (Lights(on_s=50), "Lights off is not marked: the start of the recording stands for it."),
        (Lights(off_s=5), "Lights on is not marked: the end of the recording stands for it."),
    ],
)
def test_that_missing_lights_are_remarked(lights, remark):
    assert statistics("W2", lights=lights).caveats[0].startswith(remark)


def test_that_marked_lights_need_no_remark():
    assert not any("Lights" in one for one in statistics("W2", lights=Lights(0, 60)).caveats)


@pytest.mark.parametrize(
    "lights", [Lights(-50, 500), Lights(-50, None), Lights(None, 500), Lights(None, None)]
)
def test_that_lights_outside_the_recording_are_its_ends(lights):
    assert values(statistics("W222W", lights=lights, more_s=10), "trt") == [160 / 60]


def test_that_lights_off_after_the_end_leave_an_empty_night():
    night = statistics("W222W", lights=Lights(1000))
    assert values(night, "trt", "tst", "se", "w_min") == [0, None, None, None]


@pytest.mark.parametrize("letters", ["WWWW", "WW??"])
def test_that_a_night_without_sleep_has_no_latencies_and_shares(letters):
    night = statistics(letters)
    assert values(night, "tst", "se") == [0, 0]
    ids = ("spt", "sol", "r_latency", "waso", "waso_spt", "sme", "awakenings", "stage_shifts")
    assert values(night, *ids) == [None] * len(ids)
    assert values(night, "sfi", "cycles", "n2_percent", "n2_latency") == [None] * 4


@pytest.mark.parametrize("letters", ["", "????"])
def test_that_a_night_that_nobody_scored_has_no_numbers(letters):
    night = statistics(letters)
    defined = {figure.id for figure in night.figures if figure.value is not None}
    assert defined == {"trt", "lights_on", "unscored_min"}


def test_that_unscored_epochs_are_neither_wake_nor_sleep():
    night = statistics("W22??2W")
    assert values(night, "tst", "w_min", "unscored_min") == [1.5, 1, 1]
    assert values(night, "stage_shifts", "awakenings", "waso_spt") == [0, 0, 0]
    assert "2 of 7 epochs are unscored; they count as neither wake nor sleep." in night.caveats


def test_that_a_night_without_r_has_no_cycle():
    assert values(statistics("W222W"), "cycles") == [0]


def test_that_events_of_all_kinds_are_counted_as_each_is_to_be():
    events = (
        ScoredEvent(EventKind.OBSTRUCTIVE_APNEA, 5, 20),  # wholly in wake
        ScoredEvent(EventKind.OBSTRUCTIVE_APNEA, 30, 10),
        ScoredEvent(EventKind.OBSTRUCTIVE_APNEA, 149.9, 20),
        ScoredEvent(EventKind.HYPOPNEA, 60, 15),
        ScoredEvent(EventKind.RERA, 60, 15),
        ScoredEvent(EventKind.PLM, 5000, 1),  # after the night
        ScoredEvent(EventKind.LIMB_MOVEMENT, 31, 1),
        ScoredEvent(EventKind.DESATURATION, -5, 1),
    )
    night = statistics("W2222W", events=events)  # 2 min asleep
    assert values(night, "ahi", "rdi") == [90, 120]
    assert values(night, "odi", "lmi", "plmsi") == [0, 30, 0]
    assert values(night, "arousal_index") == [None]
    apneas = night.events[0]
    assert apneas.kind is EventKind.OBSTRUCTIVE_APNEA
    assert (apneas.n_counted, apneas.n_not_counted) == (2, 1)
    assert (apneas.per_hour, apneas.mean_duration_s, apneas.longest_s) == (60, 15, 20)
    plm = next(count for count in night.events if count.kind is EventKind.PLM)
    assert (plm.n_counted, plm.n_not_counted, plm.per_hour) == (0, 1, 0)
    assert (plm.mean_duration_s, plm.longest_s) == (None, None)
    assert len(night.events) == 6


def test_that_events_that_nobody_marked_have_no_index_and_that_is_said():
    night = statistics("W2222W", events=(ScoredEvent(EventKind.PLM, 31, 1),))
    assert values(night, "ahi", "plmsi") == [None, 30]
    message = "Not marked in this scoring, so without an index: arousals, respiratory events."
    assert message in night.caveats


def test_that_events_without_sleep_have_no_index():
    night = statistics("WWW", events=(ScoredEvent(EventKind.AROUSAL, 31, 3),))
    assert values(night, "arousal_index") == [None]
    assert night.events[0].per_hour is None


def test_that_where_everything_was_marked_nothing_is_said_to_be_missing():
    kinds = (EventKind.AROUSAL, EventKind.APNEA, EventKind.PLM)
    events = tuple(ScoredEvent(kind, 31, 10) for kind in kinds)
    assert statistics("W22W", events=events, lights=Lights(0, 120)).caveats == ()


@given(letters=st.text("W123R?", max_size=80), off=st.integers(0, 40), on=st.integers(40, 80))
def test_that_the_numbers_of_any_night_fit_each_other(letters, off, on):
    night = statistics(letters, lights=Lights(off * 30, on * 30))
    inside = letters[off:on]
    n_sleep = sum(letter in "123R" for letter in inside)
    in_min = {figure.id: figure.value for figure in night.figures}
    assert in_min["trt"] == len(inside) / 2
    if not inside.strip("?"):
        assert in_min["tst"] is None
        return
    assert in_min["tst"] == n_sleep / 2
    stages_min = [in_min[f"{stage}_min"] for stage in ("w", "n1", "n2", "n3", "r", "unscored")]
    assert sum(stages_min) == in_min["trt"]
    if n_sleep:
        shares = [in_min[f"{stage}_percent"] for stage in ("n1", "n2", "n3", "r")]
        assert sum(shares) == pytest.approx(100)
        assert in_min["sol"] + in_min["spt"] <= in_min["trt"]
        assert in_min["waso_spt"] <= in_min["waso"]
        assert 0 < in_min["se"] <= in_min["sme"] <= 100
        if "?" not in inside:
            # The AASM's own equation.
            assert in_min["waso"] == in_min["trt"] - in_min["sol"] - in_min["tst"]


@pytest.mark.parametrize(
    ("figure_id", "text"),
    [
        ("tst", "1.0 min"),
        ("se", "50.0 %"),
        ("awakenings", "1"),
        ("sfi", "60.0/h"),
        ("n3_latency", "–"),
    ],
)
def test_that_numbers_are_shown_with_their_unit(figure_id, text):
    assert statistics("W2WR")[figure_id].text == text


@pytest.mark.parametrize(("letters", "text"), [("WWWW", "no sleep"), ("????", "not scored")])
def test_that_an_index_of_a_night_without_sleep_says_that_and_is_no_number(letters, text):
    night = statistics(letters, events=(ScoredEvent(EventKind.OBSTRUCTIVE_APNEA, 10, 20),))
    assert (night["ahi"].value, night["ahi"].text) == (None, text)
    assert night["arousal_index"].text == "not scored"
