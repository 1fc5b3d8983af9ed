import numpy as np
import pytest

from sleepscorer.domain.channels import Channel, ChannelKind, is_pap_pressure, kind_of_label
from sleepscorer.events.roles import Role, RoleError, Roles, in_per_cent, role_of


def channel(label: str, sfreq: float = 100.0, unit: str = "µV", index: int = 0) -> Channel:
    return Channel(index, label, kind_of_label(label), unit, sfreq)


@pytest.mark.parametrize(
    ("labels", "role"),
    [
        (("Thermistor", "Flow Therm", "Resp oro-nasal", "Termistore"), Role.THERMISTOR),
        (
            ("Nasal Pressure", "NPRES", "Pres", "Cannula", "PTAF", "NAF", "Airflow", "New Air"),
            Role.NASAL_PRESSURE,
        ),
        (("CPAP Flow", "CFlow", "PAP FLOW"), Role.PAP_FLOW),
        (
            ("CPAP Pressure", "PAP Press", "Mask Pressure", "CPress", "CPAP", "Maskendruck"),
            Role.PAP_PRESSURE,
        ),
        (("THOR RES", "Thorax", "Chest", "RIP Thora", "Vth", "Effort THO"), Role.THORAX),
        (("ABDO RES", "Abdomen", "RIP Abdom", "Vab", "Abdo"), Role.ABDOMEN),
        (("SaO2", "SpO2", "SPO₂", "OSAT", "O2 Sat"), Role.SPO2),
        (("Pulse", "PR", "HR", "Heart Rate", "Puls"), Role.PULSE),
        (("Position", "Pos", "Body", "BODY POS", "Lage"), Role.POSITION),
        (("Snore", "Snoring", "MIC", "Sound"), Role.SNORE),
        (
            ("LAT", "L Leg", "LLEG", "Leg L", "Leg/L", "Leg 1", "EMG LAT", "Leg EMG-L"),
            Role.LEFT_LEG,
        ),
        (("RAT", "R Leg", "RLEG", "Leg R", "Leg/R", "Leg 2", "DX1", "Right Leg"), Role.RIGHT_LEG),
        (("Leg", "PLM", "Tib"), Role.LEG),
        (("Chin", "Chin1-Chin2", "EMG chin", "EMG submental", "LChin"), Role.CHIN),
    ],
)
def test_that_a_role_is_recognised_by_its_label(labels, role):
    assert {label: role_of(channel(label)) for label in labels} == dict.fromkeys(labels, role)


@pytest.mark.parametrize(
    "label", ["C4-M1", "E1-M2", "ECG", "EKG_Off", "Leg_Off", "Light", "EMG", "EPAP"]
)
def test_that_other_channels_have_none(label):
    assert role_of(channel(label)) is None


@pytest.mark.parametrize(
    ("label", "unit", "role"),
    [
        ("Therapy Pressure", "cmH2O", Role.PAP_PRESSURE),
        ("Pressure Mask", "cmH20", Role.PAP_PRESSURE),
        ("Press therapy", "hPa", Role.PAP_PRESSURE),
        ("Therapy Pressure", "V", Role.NASAL_PRESSURE),
        ("Nasal Pressure", "cmH2O", Role.NASAL_PRESSURE),
    ],
)
def test_that_the_pressure_of_a_device_is_no_flow_at_the_nose(label, unit, role):
    one = Channel(0, label, ChannelKind.RESPIRATION, unit, 10.0)
    assert is_pap_pressure(label, unit) is (role is Role.PAP_PRESSURE)
    assert role_of(one) is role


def test_that_the_faster_of_two_channels_gets_the_role_and_a_person_can_change_it():
    slow, fast = channel("SpO2", 1.0, "%", 0), channel("SaO2", 4.0, "%", 1)
    roles = Roles.recognised([slow, fast])
    assert roles[Role.SPO2] is fast
    assert roles.having(Role.SPO2, slow)[Role.SPO2] is slow
    assert Role.SPO2 not in roles.having(Role.SPO2, None)


def test_that_a_channel_too_slow_or_in_no_voltage_is_told_and_not_used():
    roles = Roles.recognised([channel("LAT", 10.0), channel("RAT", 200.0, "", 1)])
    told = [str(problem) for _, problem in roles.problems()]
    assert "“LAT” has 10 Hz; as left-leg it needs at least 50 Hz." in told
    assert "“RAT” is stored in “”, no voltage: 8 µV can't be told in it." in told
    assert not roles.usable().channels


def test_that_a_fraction_is_read_in_per_cent_and_said_and_a_voltage_is_neither():
    part, remark = in_per_cent(channel("SpO2", 1.0, ""), np.full(100, 0.96, np.float32))
    assert part == pytest.approx(96)
    assert remark == "“SpO2” is stored as a fraction of one and was read in %."
    whole, remark = in_per_cent(channel("SpO2", 1.0, "%"), np.full(100, 96, np.float32))
    assert (set(whole.tolist()), remark) == ({96.0}, None)
    wave = (0.5 + 0.5 * np.sin(np.arange(1000))).astype(np.float32)
    for none in (np.full(100, 2.4, np.float32), np.full(100, np.nan, np.float32), wave):
        with pytest.raises(RoleError, match="“SpO2” is no oxygen saturation in %: only 0 %"):
            in_per_cent(channel("SpO2", 1.0, ""), none)
