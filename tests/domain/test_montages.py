import pytest

from sleepscorer.domain.channels import (
    Channel,
    ChannelKind,
    Derivation,
    electrodes_of,
    kind_of_label,
)
from sleepscorer.domain.montage import AS_STORED, Band
from sleepscorer.domain.montages import (
    FittedMontage,
    Montage,
    MontageTrace,
    all_channels,
    fit,
    merged_montages,
    montage_of,
    single_eeg,
)


def channels(*labels: str, sfreq: float = 256.0) -> list[Channel]:
    return [
        Channel(index, label, kind_of_label(label), "µV", sfreq)
        for index, label in enumerate(labels)
    ]


def fitted(wanted: MontageTrace, *labels: str) -> list[Derivation]:
    return [trace.derivation for trace in fit(Montage("M", (wanted,)), channels(*labels)).traces]


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (["EEG F4-M1"], Derivation("EEG F4-M1")),
        (["F4:A1"], Derivation("F4:A1")),
        (["F4A1", "F4", "M1"], Derivation("F4A1")),
        (["F4", "A1"], Derivation("F4", "A1")),
        (["EEG F4-REF", "EEG M1-REF"], Derivation("EEG F4-REF", "EEG M1-REF")),
        (["F4-Cz", "M1-Cz"], Derivation("F4-Cz", "M1-Cz")),
    ],
)
def test_that_a_derivation_is_found_as_it_is_stored_or_subtracted(labels, found):
    assert fitted(MontageTrace("F4", "M1"), *labels) == [found]


@pytest.mark.parametrize("labels", [["F4"], ["F4-REF", "M1-Cz"], ["C4-M1"], ["F4", "M2"], []])
def test_that_electrodes_without_the_same_reference_are_not_subtracted(labels):
    result = fit(Montage("M", (MontageTrace("F4", "M1"),)), channels(*labels))
    assert result.traces == ()
    assert result.missing == ("F4-M1",)


def test_that_electrodes_at_different_rates_are_not_subtracted():
    both = [*channels("F4"), *channels("M1", sfreq=128.0)]
    assert fit(Montage("M", (MontageTrace("F4", "M1"),)), both).missing == ("F4-M1",)


@pytest.mark.parametrize(
    ("role", "label"),
    [
        ("Chin", "EMG submental"),
        ("chin", "Chin1-Chin2"),
        ("ECG", "EKG"),
        ("SpO2", "SaO2"),
        ("Thorax", "THOR RES"),
        ("Abdomen", "ABDO RES"),
        ("Airflow", "NASAL PRES"),
        ("Left leg", "Leg L"),
        ("Right leg", "RAT"),
    ],
)
def test_that_a_channel_is_found_by_what_it_is_for(role, label):
    others = ["EEG F4-M1", "Pos"]
    assert fitted(MontageTrace(role), *others, label) == [Derivation(label)]
    assert fitted(MontageTrace(role), *others) == []


def test_that_the_label_goes_before_the_role():
    assert fitted(MontageTrace("ECG"), "EKG", "ECG") == [Derivation("ECG")]


def test_that_a_montage_keeps_its_order_filter_height_and_colour():
    montage = Montage(
        "M",
        (
            MontageTrace("C4", "M1", Band(0.5, 30), 200.0, "#123456"),
            MontageTrace("F4", "M1"),
            MontageTrace("E1", "M2", AS_STORED),
        ),
    )
    first, second, third = fit(montage, channels("F4-M1", "C4-M1", "E1-M2")).traces
    assert (first.derivation.name, first.band, first.height, first.colour) == (
        "C4-M1",
        Band(0.5, 30),
        200.0,
        "#123456",
    )
    assert (second.band, second.height, second.colour) == (Band(0.3, 35), 150.0, None)
    assert (third.band, third.height) == (None, None)


def test_that_the_single_eeg_is_the_derivation_to_stage():
    (trace,) = single_eeg(channels("C4-M1", "F4-M1", "ECG")).traces
    assert trace.derivation.name == "F4-M1"
    assert single_eeg(channels("ECG", "Flow")) == FittedMontage((), ("EEG",))


def test_that_a_montage_made_of_what_is_shown_shows_the_same():
    stored = channels("F4", "M1", "E1-M2", "ECG")
    shown = all_channels(stored).traces
    assert fit(montage_of("Mine", shown), stored).traces == shown


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((" ",), "needs a signal"),
        (("F4", "", None, 0.0), "must be positive"),
        (("F4", "", None, float("nan")), "must be positive"),
        (("F4", "", Band(35, 0.3)), "must be the higher"),
        (("F4", "", None, None, "red"), "not like #1F2328"),
    ],
)
def test_that_a_trace_that_can_t_be_drawn_is_refused(arguments, complaint):
    with pytest.raises(ValueError, match=complaint):
        MontageTrace(*arguments)


@pytest.mark.parametrize(
    ("label", "electrodes"),
    [
        ("EEG Fpz-Cz", ("FPZ", "CZ")),
        ("C3:A2", ("C3", "M2")),
        ("LOC-A2", ("E1", "M2")),
        ("T3", ("T7", "")),
        ("Chin", None),
    ],
)
def test_that_electrodes_are_read_from_a_label_with_their_names_of_today(label, electrodes):
    assert electrodes_of(label) == electrodes


def _one(name: str, signal: str) -> Montage:
    return Montage(name, (MontageTrace(signal),))


def test_that_the_montages_of_two_people_are_put_together() -> None:
    known = (_one("A", "C3"), _one("B", "C3"), _one("C", "C3"), _one("D", "C3"), _one("E", "C3"))
    mine = (_one("A", "F3"), _one("B", "F3"), _one("C", "C3"), _one("E", "C3"), _one("Mine", "O1"))
    theirs = (_one("A", "C3"), _one("B", "O1"), _one("C", "O2"), _one("D", "P3"), _one("New", "C4"))
    merged = merged_montages(known, mine, theirs)
    assert merged == (
        _one("A", "F3"),  # changed by me
        _one("B", "F3"),  # changed by both
        _one("C", "O2"),  # changed by them
        _one("Mine", "O1"),
        _one("B (2)", "O1"),
        _one("D", "P3"),  # taken away by me, changed by them
        _one("New", "C4"),
    )
    assert merged_montages(known, mine, known) == mine
    assert merged_montages(known, known, theirs) == theirs
    assert merged_montages(known, mine, mine) == mine


def chin_of(*labels: str) -> str:
    channels = [
        Channel(index, label, ChannelKind.EMG, "µV", 256.0) for index, label in enumerate(labels)
    ]
    (trace,) = fit(Montage("lab", (MontageTrace("Chin"),)), channels).traces
    return trace.derivation.name


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("Chin1", "Chin2"), "Chin1-Chin2"),
        (("EMG Chin1", "EMG Chin2", "EMG ChinZ"), "Chin1-ChinZ"),
        (("LChin", "RChin", "CChin"), "LChin-CChin"),
        (("Chin1-Chin2", "Chin3"), "Chin1-Chin2"),
        (("EMG Chin",), "EMG Chin"),
        (("EMG submental", "Chin2"), "EMG submental"),
    ],
)
def test_that_single_electrodes_of_the_chin_are_shown_against_each_other(
    labels: tuple[str, ...], expected: str
) -> None:
    assert chin_of(*labels) == expected


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (["C4", "M1", "M2"], Derivation("C4", "M1", ("M2",))),
        (["C4", "A1", "A2"], Derivation("C4", "A1", ("A2",))),
        (["EEG C4-REF", "M1-REF", "M2-REF"], Derivation("EEG C4-REF", "M1-REF", ("M2-REF",))),
    ],
)
def test_that_several_references_are_found_together(labels, found):
    assert fitted(MontageTrace("C4", "M1", others=("M2",)), *labels) == [found]


@pytest.mark.parametrize("labels", [["C4", "M1"], ["C4-REF", "M1-REF", "M2-Cz"]])
def test_that_no_mean_is_taken_of_what_is_left_of_the_references(labels):
    result = fit(Montage("M", (MontageTrace("C4", "M1", others=("M2",)),)), channels(*labels))
    assert result.traces == ()
    assert result.missing == ("C4-(M1+M2)/2",)


def test_that_the_electrode_itself_may_be_part_of_the_mean():
    wanted = MontageTrace("C4", "C3", others=("C4", "Cz"))
    (found,) = fitted(wanted, "C3", "C4", "Cz")
    assert found.cathodes == ("C3", "C4", "Cz")
    assert found.name == "C4-(C3+C4+Cz)/3"


def test_that_a_montage_of_what_is_shown_keeps_all_references():
    traces = fit(
        Montage("M", (MontageTrace("C4", "M1", others=("M2",)),)), channels("C4", "M1", "M2")
    ).traces
    (kept,) = montage_of("Mine", traces).traces
    assert kept.cathodes == ("M1", "M2")


def test_that_an_empty_reference_among_several_is_refused():
    with pytest.raises(ValueError, match="against is empty"):
        MontageTrace("C4", "M1", others=("",))
    with pytest.raises(ValueError, match="against is empty"):
        MontageTrace("C4", "", others=("M2",))
