import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
import scipy

from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.versions import InputRange
from sleepscorer.io.recordings import open_recording
from sleepscorer.signals import quality
from sleepscorer.signals.quality import (
    FindingKind,
    Severity,
    check_recording,
    check_signal,
    check_stages,
)
from sleepscorer.signals.simulation import simulate_night

SFREQ = 100.0
C4, F4 = Derivation("C4-M1"), Derivation("F4-M1")
KNOWN = InputRange(lowest_uv=4.0, usual_uv=16.0, highest_uv=60.0, least_sfreq=40.0)


@pytest.fixture(scope="module")
def night():
    return {channel.label: channel for channel in simulate_night(3, 120).channels}


@pytest.fixture(scope="module")
def eeg(night) -> np.ndarray:
    return night["EEG C4-M1"].samples


def kinds(values, sfreq=SFREQ, name="C4-M1") -> list[FindingKind]:
    return [finding.kind for finding in check_signal(values, sfreq, name, KNOWN)]


def with_sine(values, frequency_hz, height_uv):
    times_s = np.arange(values.size) / SFREQ
    return (values + height_uv * np.sin(2 * np.pi * frequency_hz * times_s + 0.7)).astype("f4")


def test_that_clean_eeg_has_no_findings(eeg, night):
    assert kinds(eeg) == []
    assert kinds(night["EEG O2-M1"].samples, name="O2-M1") == []


def test_that_a_signal_is_judged_by_what_the_network_in_use_knows(eeg):
    other = InputRange(lowest_uv=100.0, usual_uv=200.0, highest_uv=400.0, least_sfreq=128.0)
    (finding,) = check_signal(eeg, SFREQ, "C4-M1", other)
    assert finding.kind is FindingKind.SAMPLING_RATE
    assert "staging needs 128 Hz" in finding.seen
    (finding,) = check_signal(eeg, SFREQ, "C4-M1", replace(other, least_sfreq=40.0))
    assert finding.kind is FindingKind.AMPLITUDE
    assert "the network knows 100 to 400 µV" in finding.seen
    assert check_signal(eeg, SFREQ, "C4-M1", None) == ()


@pytest.mark.parametrize(("factor", "unit"), [(1e-6, "V"), (1e-3, "mV"), (1e3, "nV")])
def test_that_a_wrong_unit_is_named_with_its_remedy(eeg, factor, unit):
    (finding,) = check_signal(eeg * np.float32(factor), SFREQ, "C4-M1", KNOWN)
    assert finding.kind is FindingKind.UNITS
    assert finding.severity is Severity.SERIOUS
    assert f"look like {unit} taken" in finding.seen
    assert finding.factor == pytest.approx(1 / factor)


@pytest.mark.parametrize("factor", [0.1, 10])
def test_that_a_wrong_gain_is_an_unusual_amplitude(eeg, factor):
    (finding,) = check_signal(eeg * np.float32(factor), SFREQ, "C4-M1", KNOWN)
    assert finding.kind is FindingKind.AMPLITUDE
    assert finding.factor == pytest.approx(1 / factor)


@pytest.mark.parametrize(("share", "severity"), [(0.2, Severity.WARNING), (0.7, Severity.SERIOUS)])
def test_that_a_flat_part_is_found(eeg, share, severity):
    values = eeg.copy()
    values[: round(share * values.size)] = 12
    (finding,) = check_signal(values, SFREQ, "C4-M1", KNOWN)
    assert (finding.kind, finding.severity) == (FindingKind.FLAT, severity)
    assert f"{100 * share:.0f} %" in finding.seen


def test_that_a_signal_that_is_flat_throughout_is_flat_and_nothing_else():
    assert kinds(np.zeros(12_000, np.float32)) == [FindingKind.FLAT]


def test_that_clipping_is_found(eeg):
    assert kinds(eeg.clip(-30, 30)) == [FindingKind.CLIPPED]


@pytest.mark.parametrize("mains_hz", [50, 60])
def test_that_mains_are_found_also_where_they_appear_mirrored(eeg, mains_hz):
    (finding,) = check_signal(with_sine(eeg, mains_hz, 10), SFREQ, "C4-M1", KNOWN)
    assert finding.kind is FindingKind.MAINS
    assert f"{mains_hz} Hz" in finding.seen
    assert kinds(with_sine(eeg, mains_hz, 0.5)) == []


@pytest.mark.parametrize(("height_uv", "severity"), [(10, Severity.NOTE), (30, Severity.WARNING)])
def test_that_strong_mains_are_more_than_a_note(eeg, height_uv, severity):
    (finding,) = check_signal(with_sine(eeg, 50, height_uv), SFREQ, "C4-M1", KNOWN)
    assert finding.severity is severity


def test_that_too_slow_a_signal_is_found(eeg):
    assert kinds(eeg[::3], 30.0) == [FindingKind.SAMPLING_RATE]


def test_that_missing_fast_activity_is_found(eeg):
    spectrum = np.fft.rfft(eeg)
    spectrum[np.fft.rfftfreq(eeg.size, 1 / SFREQ) > 15] = 0
    assert kinds(np.fft.irfft(spectrum, eeg.size).astype("f4")) == [FindingKind.BAND_LIMITED]


def filtered(values, corner_hz, kind):
    sections = scipy.signal.butter(4, corner_hz, kind, fs=SFREQ, output="sos")
    return scipy.signal.sosfiltfilt(sections, values).astype("f4")


def test_that_a_low_pass_that_leaves_20_hz_is_found_too(eeg):
    assert kinds(filtered(eeg, 20, "low")) == [FindingKind.BAND_LIMITED]
    assert kinds(filtered(eeg, 30, "low")) == []


@pytest.mark.parametrize(("sfreq", "expected"), [(50, [FindingKind.SAMPLING_RATE]), (64, [])])
def test_that_a_rate_that_the_network_takes_but_not_as_a_whole_is_found(eeg, sfreq, expected):
    values = scipy.signal.resample_poly(eeg, sfreq, 100).astype("f4")
    assert kinds(values, float(sfreq)) == expected


@pytest.mark.parametrize("corner_hz", [1.0, 1.6, 5.0])
def test_that_a_high_pass_that_took_the_slow_waves_is_found(eeg, corner_hz):
    assert kinds(filtered(eeg, corner_hz, "high")) == [FindingKind.SLOW_MISSING]
    assert kinds(filtered(eeg, 0.3, "high")) == []


@pytest.mark.parametrize("frequency_hz", [5, 10, 13, 16.7, 20])
def test_that_a_rhythm_that_no_brain_makes_is_found(eeg, frequency_hz):
    (finding,) = check_signal(with_sine(eeg, frequency_hz, 5), SFREQ, "C4-M1", KNOWN)
    assert finding.kind is FindingKind.RHYTHM
    assert f"of exactly {frequency_hz:.1f} Hz" in finding.seen


def test_that_the_mains_are_found_where_they_are_seen_among_the_brains_rhythms(eeg):
    values = scipy.signal.resample_poly(eeg, 64, 100)
    values += 10 * np.sin(2 * np.pi * 50 * np.arange(values.size) / 64)
    assert kinds(values.astype("f4"), 64.0) == [FindingKind.RHYTHM]


def with_lost(values, filled_by, length, share):
    rng = np.random.default_rng(1)
    values = values.copy()
    for first in rng.integers(1, values.size - length, round(share * values.size / length)):
        values[first : first + length] = filled_by(values, first)
    return values


@pytest.mark.parametrize("length", [30, 50, 90])
def test_that_samples_that_were_lost_and_held_are_found(eeg, length):
    values = with_lost(eeg, lambda values, first: values[first - 1], length, 0.1)
    assert kinds(values) == [FindingKind.DROPOUTS]


@pytest.mark.parametrize("length", [1, 2, 10])
def test_that_samples_that_were_lost_and_filled_are_found(eeg, length):
    assert kinds(with_lost(eeg, lambda *_: 0, length, 0.1)) == [FindingKind.DROPOUTS]


@pytest.mark.parametrize("step_uv", [0.5, 2.0])
def test_that_a_coarse_amplifier_has_no_dropouts(eeg, step_uv):
    assert kinds((np.round(eeg / step_uv) * step_uv).astype("f4")) == []


def test_that_a_slow_sensor_is_no_eeg():
    times_s = np.arange(60_000) / SFREQ
    breath = 50 * np.sin(2 * np.pi * 0.25 * times_s + 2 * np.sin(times_s / 30))
    breath += np.random.default_rng(0).normal(0, 1, times_s.size)
    assert kinds(breath.astype("f4")) == [FindingKind.WRONG_CHANNEL]


@pytest.mark.parametrize(("label", "scale"), [("EMG Chin", 4), ("ECG", 100)])
def test_that_another_organ_is_recognised(night, label, scale):
    channel = night[label]
    found = check_signal(channel.samples * np.float32(scale), channel.sfreq, "C4-M1", KNOWN)
    assert any(
        finding.kind is FindingKind.WRONG_CHANNEL and label[:3] in finding.seen for finding in found
    )


def test_that_eyes_are_recognised_where_they_move_much(sleepscorer_data):
    path = sleepscorer_data / "continuous" / "SC4001-first5min.edf"
    recording = open_recording(path)
    eog, eeg = (
        check_recording(recording, Derivation(label), KNOWN)
        for label in ("EOG horizontal", "EEG Fpz-Cz")
    )
    recording.close()
    assert FindingKind.WRONG_CHANNEL in [finding.kind for finding in eog]
    assert eeg == ()


def test_that_mains_that_would_appear_among_the_brains_rhythms_are_not_judged(eeg):
    # At 64 Hz, 50 Hz would be seen at 14 Hz and 60 Hz at 4 Hz.
    values = np.interp(np.arange(0, 1800, 1 / 64), np.arange(eeg.size) / SFREQ, eeg)
    assert kinds(values.astype("f4"), 64.0) == []


def test_that_gaps_are_left_out_and_named(eeg):
    values = eeg.copy()
    values[: values.size // 3] = np.nan
    assert kinds(values) == [FindingKind.GAPS]
    assert kinds(np.full(12_000, np.nan, np.float32)) == [FindingKind.GAPS]
    assert kinds(np.empty(0, np.float32)) == []


def test_that_the_ends_of_a_mastoid_derivation_are_judged_by_its_slow_waves(eeg):
    assert kinds(-eeg) == [FindingKind.INVERTED]
    assert kinds(-eeg, name="Fpz-Cz") == []


def random_signal(rng: np.random.Generator) -> tuple[np.ndarray, float]:
    """Noise with mains, heart beats, gaps, flat, clipped and other odd parts."""
    sfreq = float(rng.choice([64, 99.7, 100, 128]))
    n_times = int(sfreq * 30 * rng.integers(1, 60)) + int(rng.integers(0, 500))
    times_s = np.arange(n_times) / sfreq
    values = rng.standard_normal(n_times) * rng.choice([1e-3, 0.1, 5, 20, 200])
    if rng.random() < 0.3:
        values = np.cumsum(values) / 10
    values += rng.choice([0, 30]) * np.sin(2 * np.pi * rng.choice([1, 10, 50]) * times_s)
    values += rng.choice([0, 0, 60]) * (np.abs(np.sin(np.pi * 1.1 * times_s)) > 0.99)
    if rng.random() < 0.4:
        values[: int(n_times * rng.random())] = rng.choice([0, np.nan])
    if rng.random() < 0.3:
        values = values.clip(-20, 15)
    return values.astype(np.float32), sfreq


def test_that_parts_of_a_signal_have_the_findings_of_the_whole(monkeypatch):
    rng = np.random.default_rng(3)
    seen = set()
    for _ in range(40):
        values, sfreq = random_signal(rng)
        findings = []
        for n_at_once in (10_000, 3):
            monkeypatch.setattr(quality, "_WINDOWS_AT_ONCE", n_at_once)
            findings.append(check_signal(values, sfreq, "C4-M1", KNOWN))
        assert findings[0] == findings[1]
        seen |= {finding.kind for finding in findings[0]}
    assert len(seen) > 5


def test_that_the_correlation_of_parts_is_that_of_the_whole(monkeypatch, stored_recording):
    rng = np.random.default_rng(4)
    ours, other = rng.standard_normal((2, 30_000)).astype(np.float32) + np.float32(1000)
    other = (other - 0.5 * ours).astype(np.float32)
    ours[50:4000], other[9000:9100] = np.nan, np.nan
    both = np.isfinite(ours) & np.isfinite(other)
    expected = np.corrcoef(ours[both], other[both])[0, 1]
    recording = stored_recording({"C4-M1": (ours, SFREQ, "µV"), "F4-M1": (other, SFREQ, "µV")})
    monkeypatch.setattr(quality, "_COMPARED_AT_ONCE_S", 7.0)
    (found,) = quality._correlations(recording, ours, recording.channels[1:])
    assert found == pytest.approx(expected, abs=1e-6)


def test_that_looking_at_a_long_signal_takes_less_memory_than_the_signal():
    values = np.random.default_rng(1).standard_normal(24 * 3600 * 200).astype(np.float32) * 20
    tracemalloc.start()
    check_signal(values, 200.0, "C4-M1", KNOWN)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < values.nbytes


def test_that_a_derivation_is_compared_with_the_others(night, stored_recording):
    signals = {name: (night[f"EEG {name}"].samples, SFREQ, "µV") for name in ("F4-M1", "C4-M1")}
    assert check_recording(stored_recording(signals), C4, KNOWN) == ()
    signals["F4-M1"] = (-signals["F4-M1"][0], SFREQ, "µV")
    (finding,) = check_recording(stored_recording(signals), C4, KNOWN)
    assert finding.kind is FindingKind.INVERTED
    assert "F4-M1" in finding.seen
    # The inverted one is known by itself already.
    (finding,) = check_recording(stored_recording(signals), F4, KNOWN)
    assert "skewness" in finding.seen
    flat = np.zeros_like(signals["C4-M1"][0])
    signals["F4-M1"] = (flat, SFREQ, "µV")
    assert check_recording(stored_recording(signals), C4, KNOWN) == ()


def hypnodensity_of(stages: list[int]) -> Hypnodensity:
    probabilities = np.full((len(stages), 5), 0.05, np.float32)
    probabilities[np.arange(len(stages)), stages] = 0.8
    return Hypnodensity(probabilities, "Net 1", "00", "Fpz-Cz")


def stage_findings(stages: list[int]) -> list[FindingKind]:
    return [finding.kind for finding in check_stages(hypnodensity_of(stages))]


def test_that_a_usual_night_has_no_findings():
    assert stage_findings([0] * 20 + [1] * 5 + [2] * 150 + [3] * 60 + [4] * 50 + [0] * 20) == []


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        ([0] * 95 + [1] * 5, [FindingKind.ONE_STAGE]),
        ([0] * 100, [FindingKind.ONE_STAGE, FindingKind.NO_SLEEP]),
        ([0] * 100 + [1] * 100 + [3] * 100, [FindingKind.NO_N2]),
        ([2, 0] * 50, [FindingKind.ALTERNATION]),
        ([0] * 20 + [4] * 20 + [2] * 60, [FindingKind.R_AT_ONSET]),
        ([0] * 19, []),
    ],
)
def test_that_a_night_that_nobody_sleeps_is_found(stages, expected):
    assert stage_findings(stages) == expected
