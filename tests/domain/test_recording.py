from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepscorer.domain.channels import Channel, ChannelKind, Derivation
from sleepscorer.domain.errors import RecordingError
from sleepscorer.domain.recording import Recording, Stretch, sample_range
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import Scoring

START = datetime(2026, 1, 1, 22, 30)


class RampRecording(Recording):
    """Channel k rises by k + 1 units a second; used to see what is read from where."""

    def __init__(self, *channels: tuple[str, float, str], start=START, stop_s=95.0) -> None:
        super().__init__(
            Path("night.edf"),
            start=start,
            channels=tuple(
                Channel(index, label, ChannelKind.EEG, unit, sfreq)
                for index, (label, sfreq, unit) in enumerate(channels)
            ),
            stretches=(Stretch(0, 20), Stretch(30, stop_s)),
        )

    def read(self, channel, start_s, stop_s):
        n_times = round(self.duration_s * channel.sfreq)
        first, stop = sample_range(start_s, stop_s, channel.sfreq, n_times)
        return np.arange(first, stop, dtype=np.float32) / channel.sfreq * (channel.index + 1)

    def read_annotations(self):
        return ()

    def close(self) -> None:
        pass


def test_that_duration_and_epochs_include_the_gaps():
    recording = RampRecording(("C4", 100, "µV"))
    assert recording.duration_s == 95
    assert recording.n_epochs == 3


def test_that_clock_time_counts_from_the_start():
    assert RampRecording(("C4", 100, "µV")).clock_time(0.5) == START + timedelta(seconds=0.5)
    assert RampRecording(("C4", 100, "µV"), start=None).clock_time(5) is None


def test_that_a_channel_is_found_by_its_label_the_first_one_when_labels_repeat():
    recording = RampRecording(("C4", 100, "µV"), ("M1", 100, "µV"), ("M1", 1, "µV"))
    assert recording.channel("M1").index == 1


def test_that_a_missing_channel_is_named_with_the_ones_there_are():
    with pytest.raises(RecordingError, match=r"night\.edf has no channel “O2”; it has: C4, M1\."):
        RampRecording(("C4", 100, "µV"), ("M1", 100, "µV")).channel("O2")


def test_that_a_derivation_is_the_difference_of_its_channels():
    recording = RampRecording(("C4", 100, "µV"), ("M1", 100, "µV"))
    c4 = recording.read_derivation(Derivation("C4"), 1, 3)
    difference = recording.read_derivation(Derivation("C4", "M1"), 1, 3)
    np.testing.assert_allclose(c4, np.arange(100, 300) / 100)
    np.testing.assert_allclose(difference, -np.arange(100, 300) / 100, rtol=1e-6)


def test_that_the_mean_of_several_references_is_subtracted():
    recording = RampRecording(("C4", 100, "µV"), ("M1", 100, "µV"), ("M2", 100, "µV"))
    both = recording.read_derivation(Derivation("C4", "M1", ("M2",)), 1, 3)
    np.testing.assert_allclose(both, np.arange(100, 300) / 100 * (1 - 2.5), rtol=1e-6)


def test_that_derivations_read_together_are_as_those_read_alone():
    recording = RampRecording(("C4", 100, "µV"), ("M1", 100, "µV"), ("M2", 100, "µV"))
    derivations = [
        Derivation("C4", "M1", ("M2",)),
        Derivation("M1", "M1", ("M2",)),
        Derivation("C4", "M2"),
        Derivation("C4"),
    ]
    together = recording.read_derivations(derivations, 1, 3)
    for derivation, values in zip(derivations, together, strict=True):
        np.testing.assert_array_equal(values, recording.read_derivation(derivation, 1, 3))


@pytest.mark.parametrize("other", [("M2", 50, "µV"), ("M2", 100, "%")])
def test_that_one_reference_of_several_that_does_not_fit_gives_no_derivation(other):
    recording = RampRecording(("C4", 100, "µV"), ("M1", 100, "µV"), other)
    with pytest.raises(RecordingError, match=r"C4-\(M1\+M2\)/2 can't be made"):
        recording.read_derivation(Derivation("C4", "M1", ("M2",)), 0, 1)


@pytest.mark.parametrize("other", [("M1", 50, "µV"), ("M1", 100, "%")])
def test_that_channels_of_another_rate_or_unit_give_no_derivation(other):
    recording = RampRecording(("C4", 100, "µV"), other)
    with pytest.raises(RecordingError, match="C4-M1 can't be made, because C4 has 100 Hz in µV"):
        recording.read_derivation(Derivation("C4", "M1"), 0, 1)


def test_that_an_impossibly_long_recording_is_refused():
    with pytest.raises(RecordingError, match=r"night\.edf would last 116 days"):
        RampRecording(("C4", 100, "µV"), stop_s=1e7)


@given(
    first=st.integers(0, 10**7),
    n_times=st.integers(0, 10**4),
    sfreq=st.sampled_from([0.1, 1, 99.9, 100, 128, 200, 256, 500, 512, 1000 / 3]),
)
def test_that_times_computed_from_samples_find_these_samples_again(first, n_times, sfreq):
    start_s, stop_s = first / sfreq, (first + n_times) / sfreq
    assert sample_range(start_s, stop_s, sfreq, 2 * 10**7) == (first, first + n_times)


@given(
    start_s=st.floats(-1e4, 1e6),
    middle_s=st.floats(-1e4, 1e6),
    stop_s=st.floats(-1e4, 1e6),
    n_times=st.integers(0, 10**6),
)
def test_that_adjoining_times_give_adjoining_samples_inside_the_recording(
    start_s, middle_s, stop_s, n_times
):
    start_s, middle_s, stop_s = sorted((start_s, middle_s, stop_s))
    first, middle = sample_range(start_s, middle_s, 100, n_times)
    again, last = sample_range(middle_s, stop_s, 100, n_times)
    assert 0 <= first <= middle == again <= last <= n_times
    assert sample_range(start_s, stop_s, 100, n_times) == (first, last)


def test_that_only_samples_within_the_half_open_interval_are_meant():
    assert sample_range(0.0, 0.01, 100, 10) == (0, 1)
    assert sample_range(0.001, 0.011, 100, 10) == (1, 2)
    assert sample_range(0.011, 0.019, 100, 10) == (2, 2)
    assert sample_range(5, 2, 100, 10**4) == (500, 500)


def test_that_the_same_night_is_recognised_under_another_name():
    one = RecordingIdentity.of(RampRecording(("C4", 100, "µV"), ("M1", 100, "µV")))
    other = RecordingIdentity("copy.edf", START, 95.0005, ("C4", "M1"))
    assert one == RecordingIdentity("night.edf", START, 95, ("C4", "M1"))
    assert one.difference(other) == ""


@pytest.mark.parametrize(
    ("other", "difference"),
    [
        (
            RecordingIdentity("night.edf", START + timedelta(days=1), 95, ("C4",)),
            "it begins at 2026-01-02 22:30:00, not at 2026-01-01 22:30:00",
        ),
        (
            RecordingIdentity("night.edf", None, 95, ("C4",)),
            "it begins at an unknown time, not at 2026-01-01 22:30:00",
        ),
        (RecordingIdentity("night.edf", START, 65, ("C4",)), "it lasts 65 s, not 95 s"),
        (RecordingIdentity("night.edf", START, 95, ("O2",)), "its channels are O2, not C4"),
    ],
)
def test_that_another_night_is_told_apart_in_words(other, difference):
    assert RecordingIdentity("night.edf", START, 95, ("C4",)).difference(other) == difference


def test_that_a_scoring_of_an_open_recording_knows_where_that_is():
    recording, scoring = RampRecording(("C4", 100, "µV")), Scoring(3)
    expected = ScoredRecording(RecordingIdentity.of(recording), scoring, Path("night.edf"))
    assert ScoredRecording.of(recording, scoring) == expected


def test_that_epochs_have_a_clock_time_when_the_recording_has_a_start():
    scored = ScoredRecording(RecordingIdentity("night.edf", START, 95, ("C4",)), Scoring(3))
    assert scored.clock_time(0) == START
    assert scored.clock_time(2) == START + timedelta(minutes=1)
    unknown = ScoredRecording(RecordingIdentity("night.edf", None, 95, ("C4",)), Scoring(3))
    assert unknown.clock_time(1) is None


def test_that_a_channel_minus_itself_is_refused_and_not_read_as_zeros():
    recording = RampRecording(("C4", 100, "µV"))
    with pytest.raises(RecordingError, match="“C4” minus itself is nothing; choose two channels"):
        recording.read_derivation(Derivation("C4", "C4"), 0, 10)
