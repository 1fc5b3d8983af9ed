"""Which channels serve a network that looks at several, by the labels of real recordings."""

import pytest

from model.network import ROLES, InputChannel, InputSpec
from sleepscorer.domain.channels import Channel, Derivation, kind_of_label
from sleepscorer.input_channels import channels_of_roles, derivations_for

SHHS_1 = {
    "SaO2": 1,
    "H.R.": 1,
    "EEG(sec)": 125,
    "ECG": 125,
    "EMG": 125,
    "EOG(L)": 50,
    "EOG(R)": 50,
    "EEG": 125,
    "THOR RES": 10,
    "ABDO RES": 10,
    "POSITION": 1,
    "LIGHT": 1,
    "NEW AIR": 10,
    "OX stat": 1,
}


def channels(*labels: str, sfreq: float = 128.0) -> tuple[Channel, ...]:
    return channels_at(dict.fromkeys(labels, sfreq))


def channels_at(rates: dict[str, float]) -> tuple[Channel, ...]:
    return tuple(
        Channel(index, label, kind_of_label(label), "µV", sfreq)
        for index, (label, sfreq) in enumerate(rates.items())
    )


def spec(*roles: str, least_sfreq: float = 1.0) -> InputSpec:
    first, *others = roles
    return InputSpec(
        (
            InputChannel(first, (0.5, 40.0), least_sfreq),
            *(InputChannel(role, (0.5, 40.0), least_sfreq, is_optional=True) for role in others),
        ),
        100.0,
        30.0,
    )


ALL = ROLES[1:]


def names(found: dict[str, Derivation]) -> tuple[str, ...]:
    return tuple(derivation.name for derivation in found.values())


def test_that_every_role_has_a_way_to_find_it():
    assert all(isinstance(derivations_for(role, ()), tuple) for role in ROLES)
    with pytest.raises(KeyError):
        derivations_for("EEG Cz", ())


def test_that_c4_is_what_shhs_calls_eeg_and_c3_what_it_calls_the_second():
    found = channels_of_roles(channels_at(SHHS_1), spec(*ALL))
    assert {role: one.anode for role, one in found.items()} == {
        "EEG C4": "EEG",
        "EEG C3": "EEG(sec)",
        "EOG left": "EOG(L)",
        "EOG right": "EOG(R)",
        "ECG": "ECG",
        "EMG chin": "EMG",
        "airflow": "NEW AIR",
    }
    second = channels("EEG2", "EEG")  # a later visit
    assert names(channels_of_roles(second, spec("EEG C4", "EEG C3"))) == ("EEG", "EEG2")


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (
            ("F3-M2", "C3-M2", "O2-M1", "C4-M1", "E1-M2", "E2-M2", "Chin1-Chin2", "ECG I"),
            ("C4-M1", "C3-M2", "E1-M2", "E2-M2", "ECG I", "Chin1-Chin2"),
        ),
        (
            ("C3", "C4", "M1", "M2", "E1", "E2", "EKG", "LChin", "CChin", "LLeg", "RLeg"),
            ("C4-M1", "C3-M2", "E1-M2", "E2-M2", "EKG", "LChin-CChin"),
        ),
        (
            ("EEG C4:A1", "EEG C3:A2", "EOG LOC-A2", "EOG ROC-A2", "EMG submental", "ECG1"),
            ("C4:A1", "C3:A2", "LOC-A2", "ROC-A2", "ECG1", "EMG submental"),
        ),
        (
            ("EEG Fpz-Cz", "EEG Pz-Oz", "EOG horizontal", "EMG submental"),
            ("Fpz-Cz", "Pz-Oz", "EOG horizontal", "EMG submental"),
        ),
        (("F4-M1", "F3-M2", "EMG LAT", "EMG RAT", "EKG_Off"), ("F4-M1", "F3-M2")),
    ],
)
def test_that_roles_are_found_in_the_names_of_laboratories(labels, expected):
    roles = [role for role in ALL if role != "airflow"]
    assert names(channels_of_roles(channels(*labels), spec(*roles))) == expected


def test_that_no_channel_has_two_roles():
    found = channels_of_roles(channels("EEG", "EOG", "EMG"), spec(*ALL))
    assert list(found) == ["EEG C4", "EOG left", "EMG chin"]


def test_that_what_a_person_chose_is_the_first_whatever_its_label():
    chosen = Derivation("Pz-Oz")
    found = channels_of_roles(channels("C4-M1", "Pz-Oz", "C3-M2"), spec(*ALL), chosen)
    assert found == {"EEG C4": chosen, "EEG C3": Derivation("C3-M2")}


def test_that_a_slow_channel_is_passed_over():
    rates = {"C4-M1": 128.0, "EMG chin": 64.0, "EMG chin fast": 256.0, "ECG": 32.0}
    found = channels_of_roles(channels_at(rates), spec(*ALL, least_sfreq=100.0))
    assert names(found) == ("C4-M1", "EMG chin fast")


@pytest.mark.parametrize("roles", [("ECG",), ("EEG", "EEG"), ("EEG C5",), ()])
def test_that_a_network_can_not_want_what_nobody_can_give(roles):
    with pytest.raises(ValueError, match=r"roles|first channel"):
        InputSpec(tuple(InputChannel(role, (0.5, 40.0), 1.0) for role in roles), 100.0, 30.0)
    with pytest.raises(ValueError, match="always there"):
        InputSpec((InputChannel("EEG", (0.5, 40.0), 1.0, is_optional=True),), 100.0, 30.0)
