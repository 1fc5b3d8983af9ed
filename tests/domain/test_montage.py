from dataclasses import replace

import pytest

from sleepscorer.domain.channels import (
    Channel,
    ChannelKind,
    Derivation,
    is_pap_pressure,
    kind_of_label,
)
from sleepscorer.domain.montage import (
    AASM_BANDS,
    PAP_RANGE,
    SNORE_BAND,
    SPO2_RANGE,
    Band,
    Trace,
    default_montage,
    is_read_slowly,
)


def channel(label: str, sfreq: float = 256.0, unit: str = "µV") -> Channel:
    return Channel(0, label, kind_of_label(label), unit, sfreq)


def names(*labels: str) -> list[str]:
    return [trace.derivation.name for trace in default_montage(channel(label) for label in labels)]


def trace_of(*arguments: object) -> Trace:
    (trace,) = default_montage([channel(*arguments)])
    return trace


def test_that_kinds_are_grouped_in_the_order_that_technicians_expect():
    stored = ["Pos", "SaO2", "Flow", "ECG", "EMG chin", "EOG L", "EEG C4-M1", "EEG F4-M1"]
    expected = ["C4-M1", "F4-M1", "EOG L", "EMG chin", "ECG", "Flow", "SaO2", "Pos"]
    assert names(*stored) == expected


def test_that_a_recording_without_channels_has_no_traces():
    assert default_montage([]) == ()


def test_that_electrodes_are_shown_against_the_opposite_mastoid_which_is_then_left_out():
    assert names("F4", "C3", "M1", "M2", "E1", "E2") == ["F4-M1", "C3-M2", "E1-M2", "E2-M2"]


def test_that_a_mastoid_that_nothing_was_referred_to_is_shown():
    assert names("C4", "M1", "M2") == ["C4-M1", "M2"]
    assert names("C4-M1", "M1") == ["C4-M1", "M1"]


@pytest.mark.parametrize(
    ("label", "band", "height"),
    [
        ("C4-M1", Band(0.3, 35), 150),
        ("E1-M2", Band(0.3, 35), 300),
        ("Chin", Band(10, 100), 100),
        ("ECG", Band(0.3, 70), 2500),
        ("Flow", Band(0.1, 15), None),
        ("Snore", SNORE_BAND, None),
        ("SaO2", None, None),
        ("Pos", None, None),
    ],
)
def test_that_filters_are_those_of_the_manual(label, band, height):
    trace = trace_of(label)
    assert (trace.band, trace.height) == (band, height)


def test_that_a_signal_that_is_no_voltage_is_fitted_into_its_lane():
    assert trace_of("ECG", 256.0, "adu").height is None


@pytest.mark.parametrize(
    ("label", "sfreq", "has_band"),
    [("EMG", 1, False), ("EMG", 20, False), ("EMG", 21, True), ("Snore", 10, False)],
)
def test_that_envelopes_sampled_below_the_band_are_shown_as_stored(label, sfreq, has_band):
    trace = trace_of(label, sfreq)
    assert (trace.band is not None) == has_band
    if not has_band:
        assert trace.height is None


def test_that_a_trace_says_what_it_shows():
    trace = trace_of("EEG Fpz-Cz", 100.0)
    assert (trace.kind, trace.unit, trace.sfreq) == (ChannelKind.EEG, "µV", 100.0)


def test_that_every_band_is_a_band():
    assert all(0 < band.low_hz < band.high_hz for band in (*AASM_BANDS.values(), SNORE_BAND))


def test_that_a_saturation_in_percent_has_a_lane_of_its_own_range_unless_one_was_chosen():
    saturation = trace_of("SpO2", 1.0, "%")
    assert saturation.fixed == SPO2_RANGE
    assert replace(saturation, height=20.0).fixed is None
    assert trace_of("SpO2", 1.0, "V").fixed is None
    assert trace_of("Flow", 32.0, "%").fixed is None


@pytest.mark.parametrize(
    ("label", "sfreq", "is_slow"),
    [
        ("Flow", 256.0, True),
        ("SaO2", 1.0, True),
        ("Leg L", 256.0, True),
        ("Pos", 10.0, True),
        ("X7", 256.0, False),
        ("C4-M1", 256.0, False),
        ("EMG chin", 256.0, False),
    ],
)
def test_that_what_changes_in_minutes_is_read_slowly(label, sfreq, is_slow):
    assert is_read_slowly(trace_of(label, sfreq)) is is_slow


@pytest.mark.parametrize(
    ("label", "unit", "expected"),
    [
        ("CPAP Pressure", "cmH2O", True),
        ("IPAP", "cmH20", True),
        ("Mask Pressure", "mbar", True),
        ("C-Press", "cmH2O", True),
        ("Nasal Pressure", "cmH2O", False),
        ("CPAP Pressure", "", False),
        ("PAP Flow", "L/min", False),
    ],
)
def test_that_the_pressure_of_a_device_is_told_from_that_of_a_cannula(label, unit, expected):
    assert is_pap_pressure(label, unit) is expected
    stored = Channel(0, label, ChannelKind.RESPIRATION, unit, 10.0)
    (trace,) = default_montage((stored,))
    assert trace.fixed == (PAP_RANGE if expected else None)
    assert (trace.band is None) is expected
    assert replace(trace, band=Band(0.1, 1.0)).fixed is None
    assert replace(trace, height=10.0).fixed is None
    assert replace(trace, derivation=Derivation(label, "Other")).fixed is None
