"""What the AASM Manual asks of events is said, never enforced."""

import pytest

from sleepscorer.domain.channels import ChannelKind
from sleepscorer.domain.event_rules import RULES, about_doubts, doubts_about, is_doubtful
from sleepscorer.domain.events import LEAST_DURATIONS_S, EventKind, ScoredEvent
from sleepscorer.domain.scoring import Scoring
from sleepscorer.domain.statistics import sleep_statistics

EEG, EMG, BREATHING = ChannelKind.EEG, ChannelKind.EMG, ChannelKind.RESPIRATION


@pytest.mark.parametrize(
    ("kind", "channel", "shortest_s", "longest_s", "rule"),
    [
        (EventKind.AROUSAL, EEG, 3.0, None, "lasts at least 3 seconds"),
        (EventKind.CENTRAL_APNEA, BREATHING, 10.0, None, "drop in sensor signal is ≥10 seconds"),
        (EventKind.HYPOPNEA, BREATHING, 10.0, None, "drop in signal excursion is ≥10 seconds"),
        (EventKind.RERA, BREATHING, 10.0, None, "breaths lasting ≥10 seconds"),
        (EventKind.LIMB_MOVEMENT, EMG, 0.5, 10.0, "0.5 seconds; the maximum duration is 10"),
        (EventKind.SPINDLE, EEG, 0.5, None, "duration ≥0.5 seconds"),
        (EventKind.K_COMPLEX, EEG, 0.5, None, "total duration ≥0.5 seconds"),
        (EventKind.DESATURATION, ChannelKind.SPO2, None, None, "≥3% oxygen desaturation"),
    ],
)
def test_that_an_event_is_as_long_as_the_manual_asks(
    kind: EventKind,
    channel: ChannelKind,
    shortest_s: float | None,
    longest_s: float | None,
    rule: str,
) -> None:
    assert rule in RULES[kind].words
    for limit_s, beyond_s, words in (
        (shortest_s, -0.1, "shorter than"),
        (longest_s, 0.1, "longer than"),
    ):
        if limit_s is not None:
            assert doubts_about(ScoredEvent(kind, 0.0, limit_s), channel) == ()
            (doubt,) = doubts_about(ScoredEvent(kind, 0.0, limit_s + beyond_s), channel)
            assert doubt == f"{words} {limit_s:g} s"
    longest = ScoredEvent(kind, 0.0, longest_s or 600.0)
    assert doubts_about(longest, channel) == ()


@pytest.mark.parametrize("kind", [kind for kind in EventKind if kind in RULES])
def test_that_an_event_is_where_it_belongs_and_an_unknown_channel_is_no_doubt(kind) -> None:
    event = ScoredEvent(kind, 0.0, max(LEAST_DURATIONS_S[kind], RULES[kind].least_s))
    for channel in (None, ChannelKind.OTHER, RULES[kind].channel):
        assert doubts_about(event, channel) == ()
    for channel in (EEG, EMG, BREATHING, ChannelKind.ECG, ChannelKind.SPO2):
        if channel is not RULES[kind].channel:
            (doubt,) = doubts_about(event, channel)
            assert "not in a channel of" in doubt


def test_that_a_mark_that_a_key_makes_is_within_its_rule() -> None:
    for kind, duration_s in LEAST_DURATIONS_S.items():
        assert doubts_about(ScoredEvent(kind, 0.0, duration_s), None) == ()


def test_that_a_note_may_be_anything() -> None:
    assert doubts_about(ScoredEvent(EventKind.NOTE, 0.0, 0.0), EEG) == ()


def test_that_the_sentence_has_the_length_the_doubts_and_the_rule() -> None:
    event = ScoredEvent(EventKind.HYPOPNEA, 5.0, 3.3)
    assert about_doubts(event, doubts_about(event, EEG)) == (
        "Hypopnea, 3.3 s: shorter than 10 s, not in a channel of breathing (AASM Manual: “The "
        "duration of the ≥30% drop in signal excursion is ≥10 seconds”). It stays as it is."
    )


def test_that_statistics_say_what_they_count_against_the_rule() -> None:
    events = [ScoredEvent(EventKind.HYPOPNEA, 5.0, 3.3), ScoredEvent(EventKind.AROUSAL, 9.0, 2.8)]
    (told,) = [
        remark
        for remark in sleep_statistics(Scoring(4, events=events), 120.0).caveats
        if "AASM Manual asks" in remark
    ]
    assert told.startswith("Shorter or longer")
    assert "Hypopnea (1), Arousal (1)" in told
    assert not any(
        "AASM Manual asks" in remark
        for remark in sleep_statistics(Scoring(4, events=[]), 120.0).caveats
    )


@pytest.mark.parametrize("kind", EventKind)
def test_that_an_event_is_doubtful_when_there_are_doubts_about_it(kind) -> None:
    for duration_s in (0.1, 0.5, 3.0, 12.0, 500.0):
        event = ScoredEvent(kind, 10, duration_s, text="x")
        for channel in (None, *ChannelKind):
            assert is_doubtful(event, channel) == bool(doubts_about(event, channel))
