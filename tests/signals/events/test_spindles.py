import numpy as np
import pytest

from sleepscorer.domain.waves import WaveKind
from sleepscorer.signals.events.spindles import detect_spindles

SFREQ = 100.0


def with_burst(background, onset_s, duration_s, *, frequency_hz=13.0, height_uv=25.0, sfreq=SFREQ):
    values = background.copy()
    time_s = np.arange(values.size) / sfreq - onset_s
    inside = (time_s >= 0) & (time_s < duration_s)
    waxing = np.sin(np.pi * time_s[inside] / duration_s) ** 0.5
    values[inside] += height_uv * waxing * np.sin(2 * np.pi * frequency_hz * time_s[inside])
    return values


def test_that_a_spindle_is_found_where_it_is(background):
    found = detect_spindles(with_burst(background, 20, 1.2), SFREQ, "C4-M1")
    assert (found.kind, found.channel, len(found)) == (WaveKind.SPINDLE, "C4-M1", 1)
    assert found.onsets_s[0] == pytest.approx(20, abs=0.2)
    assert found.durations_s[0] == pytest.approx(1.2, abs=0.4)
    assert found.amplitudes_uv[0] == pytest.approx(50, rel=0.3)


def test_that_background_alone_has_no_spindles(background):
    assert len(detect_spindles(background, SFREQ)) == 0


@pytest.mark.parametrize("frequency_hz", [8.5, 20])
def test_that_other_rhythms_are_no_spindles(background, frequency_hz):
    values = with_burst(background, 20, 1.2, frequency_hz=frequency_hz)
    assert len(detect_spindles(values, SFREQ)) == 0


def test_that_a_burst_of_a_fifth_of_a_second_is_no_spindle(background):
    assert len(detect_spindles(with_burst(background, 20, 0.2), SFREQ)) == 0


def test_that_gaps_are_respected_and_onsets_count_from_the_start(background):
    values = with_burst(background, 40, 1.2)
    values[1000:1500] = np.nan
    found = detect_spindles(values, SFREQ)
    assert found.onsets_s == pytest.approx([40], abs=0.2)
    values[4050:4080] = np.nan
    assert len(detect_spindles(values, SFREQ)) == 0
    assert len(detect_spindles(np.full(500, np.nan, np.float32), SFREQ)) == 0
    assert len(detect_spindles(values[:150], SFREQ)) == 0


def test_that_any_sampling_rate_from_64_hz_gives_the_same_spindle(background):
    for sfreq in (64.0, 204.8):
        time_s = np.arange(round(60 * sfreq)) / sfreq
        resampled = np.interp(time_s, np.arange(background.size) / SFREQ, background)
        values = with_burst(resampled.astype(np.float32), 20, 1.2, sfreq=sfreq)
        assert detect_spindles(values, sfreq).onsets_s == pytest.approx([20], abs=0.25)


def test_that_what_cannot_be_searched_is_refused(background):
    with pytest.raises(ValueError, match="below 64"):
        detect_spindles(background, 50.0)
    with pytest.raises(ValueError, match="shape"):
        detect_spindles(background[np.newaxis], SFREQ)
