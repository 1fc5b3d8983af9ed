import pytest

from sleepscorer.domain.channels import (
    Channel,
    ChannelKind,
    Derivation,
    electrode_name,
    is_snore,
    kind_of_label,
    opposite_reference,
    staging_derivations,
    uv_per_unit,
)

LABELS = {
    ChannelKind.EEG: (
        # Sleep-EDF
        "EEG Fpz-Cz",
        "EEG Pz-Oz",
        # HMC
        "EEG F4-M1",
        "EEG C3-M2",
        # SHHS, MESA, MrOS
        "EEG",
        "EEG(sec)",
        "EEG sec",
        "EEG2",
        "EEG1",
        "C3",
        "C4",
        "A1",
        "A2",
        "M1",
        # ISRUC, CAP
        "F3-A2",
        "O2-A1",
        "Fp2-F4",
        "F8-T4",
        "C4A1",
        "C3A2",
        "F2-F4",
        # DREAMS
        "CZ-A1",
        "FP1-A1",
        # DOD
        "C3_M2",
        "F3_F4",
        "F3M2",
        # MASS, TUH and various
        "EEG F4-LER",
        "EEG C3-CLE",
        "EEG C3-A2",
        "EEG1 C4-A1",
        "C4-M1",
        "C4:A1",
        "C4/M1",
        "fpz-cz",
        "EEG Fpz - Cz",
        "EEG A1-A2",
        "A1-A2",
        "M1-M2",
        "EEG T3-LE",
        "EEG C4-REF",
        "EEG: C4",
        "EEG Channel-1",
        "EEG Ableitung 2",
        "TP9",
        "AF7",
        # BDF of Biosemi
        "A3",
        "A32",
        "B1",
        "D31",
    ),
    ChannelKind.EOG: (
        "EOG horizontal",
        "EOG(L)",
        "EOG(R)",
        "EOG-L",
        "EOG E1-M2",
        "EOG Left Horiz",
        "LOC",
        "ROC",
        "LOC-A2",
        "ROC-A1",
        "ROC-LOC",
        "LOC_A2",
        "LOCA2",
        "E1",
        "E1-M2",
        "E2_M2",
        "E1M2",
        "E1/Fpz",
        "E1-E2",
        "EOG1-A2",
        "EOG dx",
        "LEOG",
        "VEOG",
        "EEG ROC-REF",
        "EOG Fp1-A2",
        "Left Eye",
    ),
    ChannelKind.EMG: (
        "EMG",
        "EMG submental",
        "EMG chin",
        "EMG1-EMG2",
        "EMG Chin1",
        "Chin",
        "Chin1-Chin2",
        "L Chin",
        "cchin_l",
        "Mentalis",
        "Leg",
        "Leg/L",
        "Leg L",
        "LLeg1-LLeg2",
        "R-Leg",
        "RAT",
        "LAT",
        "LAT1-LAT2",
        "Tib dx",
        "TIB sx",
        "EMG Ant Tibial L",
        "PLM l",
        "PLMr",
        "DX1-DX2",
        "SX1-SX2",
        "Masseter",
    ),
    ChannelKind.ECG: (
        "ECG",
        "EKG",
        "ECG1",
        "ECG L",
        "ECG1-ECG2",
        "ekg",
        "ECG ECGI",
        "EEG EKG1-REF",
    ),
    ChannelKind.SPO2: (
        "SaO2",
        "SpO2",
        "SAO2",
        "SpO2 B-B",
        "Sa02",
        "OSAT",
        "O2 Sat",
        "O2Sat",
        "SpO₂",
    ),
    ChannelKind.RESPIRATION: (
        "Resp oro-nasal",
        "THOR RES",
        "ABDO RES",
        "Thor",
        "Abdo",
        "Thoracic",
        "Abdominal",
        "TORACE",
        "toracico",
        "ADDOME",
        "VTH",
        "VAB",
        "Chest",
        "Effort TOR",
        "RIP Thorax",
        "Airflow",
        "AIRFLOW",
        "NEW AIR",
        "Cannula Flow",
        "cannula",
        "Flow",
        "Flusso",
        "Nasal Pressure",
        "Pres",
        "NPres",
        "NAF1",
        "Therm",
        "TERMISTORE",
        "Snore",
        "SOUND",
        "MIC",
        "PHONO",
    ),
    ChannelKind.OTHER: (
        "H.R.",
        "HR",
        "Heart Rate Varia",
        "Pleth",
        "PLETH",
        "Pulse",
        "OX stat",
        "OxStatus",
        "STAT",
        "Status",
        "LIGHT",
        "POSITION",
        "Pos",
        "Posizione",
        "Temp rectal",
        "Event marker",
        "EtCO2",
        "X1",
        "DC8",
        "EXG1",
        "GSR1",
        "EKG_Off",
        "EOG-L_Off",
        "EEG1_Off",
        "",
        "A33",
        "T2",
        "Sum",
    ),
}


@pytest.mark.parametrize(
    ("label", "kind"), [(label, kind) for kind, labels in LABELS.items() for label in labels]
)
def test_that_the_labels_in_use_are_recognised(label, kind):
    assert kind_of_label(label) is kind
    assert kind_of_label(f" {label} ") is kind


@pytest.mark.parametrize("label", LABELS[ChannelKind.EEG])
def test_that_case_does_not_matter(label):
    assert kind_of_label(label.upper()) is kind_of_label(label.lower()) is ChannelKind.EEG


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("EEG Fpz-Cz", "Fpz-Cz"),
        ("EEG1 C4-A1", "C4-A1"),
        ("eeg: c4", "c4"),
        ("EOG E1-M2", "E1-M2"),
        ("EOG LOC", "LOC"),
        ("EEG A1", "A1"),
        (" C4-M1 ", "C4-M1"),
        # The first word says what the rest means.
        ("EOG horizontal", "EOG horizontal"),
        ("EMG1-EMG2", "EMG1-EMG2"),
        ("EEG(sec)", "EEG(sec)"),
        ("EEG 2", "EEG 2"),
        ("ECG", "ECG"),
        ("", ""),
    ],
)
def test_that_electrodes_are_named_without_the_type_word(label, name):
    assert electrode_name(label) == name


@pytest.mark.parametrize(
    ("label", "expected"),
    [("Snore", True), ("SOUND", True), ("Microphone", True), ("Flow", False), ("Mick", False)],
)
def test_that_a_sensor_for_snoring_is_recognised(label, expected):
    assert is_snore(label) is expected


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        ("uV", 1.0),
        ("µV", 1.0),
        ("μV", 1.0),
        ("ÂµV", 1.0),
        ("UV", 1.0),
        (" uV ", 1.0),
        ("mV", 1000.0),
        ("V", 1e6),
        ("Volt", 1e6),
        ("nV", 1e-3),
        ("", None),
        ("%", None),
        ("DegC", None),
        ("bpm", None),
        ("mmHg", None),
        ("m", None),
        ("microlit", None),
    ],
)
def test_that_voltages_are_told_from_other_units(unit, factor):
    assert uv_per_unit(unit) == factor


def channels(*labels: str, sfreq: float = 200.0, unit: str = "µV") -> tuple[Channel, ...]:
    return tuple(
        Channel(index, label, kind_of_label(label), unit, sfreq)
        for index, label in enumerate(labels)
    )


def staged(*labels: str) -> list[str]:
    return [derivation.name for derivation in staging_derivations(channels(*labels))]


def test_that_the_main_eeg_of_shhs_comes_before_the_spare_one():
    assert staged("SaO2", "EEG(sec)", "ECG", "EEG") == ["EEG", "EEG(sec)"]


def test_that_the_derivation_of_the_training_comes_first_then_the_order_of_the_manual():
    stored = ["P3-O1", "O2-M1", "Fz-Cz", "C3-A2", "C4-M1", "F3-M2", "F4-A1", "Fpz-Cz", "Cz-Oz"]
    assert staged("EEG(sec)", *stored) == [
        "Fpz-Cz",
        "F4-A1",
        "F3-M2",
        "C4-M1",
        "C3-A2",
        "Fz-Cz",
        "Cz-Oz",
        "O2-M1",
        "EEG(sec)",
        "P3-O1",
    ]


def test_that_the_order_does_not_depend_on_the_way_labels_are_written():
    stored = ["EEG O2:A1", "C3A2", "EEG1 C4_A1", "EEG FPZ - CZ"]
    assert staged(*stored) == ["FPZ - CZ", "C4_A1", "C3A2", "O2:A1"]


def test_that_derivations_of_the_same_rank_keep_the_order_of_the_recording():
    assert staged("EEG2", "EEG1") == ["EEG2", "EEG1"]


def test_that_only_eeg_is_staged_and_no_reference_alone():
    assert staged("EOG E1-M2", "EMG", "M1", "A2", "EEG A1-REF", "SaO2", "Status") == []


def test_that_an_electrode_is_offered_against_the_opposite_mastoid_and_as_stored():
    assert staged("C4", "M1", "M2") == ["C4-M1", "C4"]
    assert staged("EEG C3", "EEG A1", "EEG A2") == ["C3-A2", "C3"]


def test_that_the_derivation_against_the_mastoid_names_the_stored_channels():
    derivations = staging_derivations(channels("EEG C4", "EEG M1"))
    assert derivations == (Derivation("EEG C4", "EEG M1"), Derivation("EEG C4"))


@pytest.mark.parametrize(
    ("label", "reference"),
    [
        ("F4", "M1"),
        ("C4", "M1"),
        ("O2", "M1"),
        ("F3", "M2"),
        ("C3", "M2"),
        ("EEG O1", "M2"),
        ("E1", "M2"),
        ("E2", "M2"),
        ("LOC", "M2"),
        ("EOG ROC", "M2"),
        ("Cz", None),
        ("C4-M1", None),
        ("EMG", None),
        ("M1", None),
    ],
)
def test_that_electrodes_go_with_the_mastoid_of_the_manual(label, reference):
    everything = channels(label, "A1", "A2", "M1", "M2")
    found = opposite_reference(everything[0], everything)
    assert (found and found.label) == reference


def test_that_earlobes_stand_in_for_mastoids():
    everything = channels("C4", "EEG A1")
    assert opposite_reference(everything[0], everything) is everything[1]


@pytest.mark.parametrize("other", [{"sfreq": 100.0}, {"unit": "%"}])
def test_that_a_mastoid_of_another_rate_or_unit_is_no_reference(other):
    c4 = channels("C4")[0]
    assert opposite_reference(c4, (c4, *channels("M1", **other))) is None


@pytest.mark.parametrize("reference", ["CLE", "Ref", "LE", "AVG", "A1A2"])
@pytest.mark.parametrize(("ear", "name"), [("A1", "C4-A1"), ("M1", "C4-M1")])
def test_that_two_electrodes_of_one_reference_give_a_derivation_free_of_it(reference, ear, name):
    everything = channels(f"EEG C4-{reference}", f"EEG {ear}-{reference}")
    derivations = staging_derivations(everything)
    assert [one.name for one in derivations] == [name, f"C4-{reference}"]
    assert derivations[0].cathode == f"EEG {ear}-{reference}"


def test_that_electrodes_of_two_references_are_not_put_together():
    everything = channels("EEG C4-CLE", "EEG A1-Ref")
    assert [one.cathode for one in staging_derivations(everything)] == [None]


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        (unit, factor)
        for factor, units in {
            1e6: ("V", "Volts", "volt", " V "),
            1e3: ("mV", "millivolt", "MV", "mVolts"),
            1.0: (
                "uV",
                "µV",
                "μV",
                "muV",
                "uVolt",
                "uVolts",
                "microVolt",
                "MicroVol",
                ".V",
                "(uV)",
                "[µV]",
            ),
            1e-3: ("nV", "nanovolts"),
        }.items()
        for unit in units
    ],
)
def test_that_every_spelling_of_a_voltage_is_known(unit, factor):
    assert uv_per_unit(unit) == factor


@pytest.mark.parametrize(
    ("mu", "encoding"),
    [
        ("μ", "utf-8"),
        ("µ", "utf-8"),
        ("μ", "shift_jis"),
        ("µ", "cp850"),
        ("μ", "gbk"),
        ("μ", "iso8859_7"),
    ],
)
def test_that_a_mu_of_any_encoding_is_known_in_a_header_read_as_latin_1(mu, encoding):
    assert uv_per_unit(f"{mu}V".encode(encoding).decode("latin-1")) == 1


@pytest.mark.parametrize("sfreq", [0.1, 0.5])
def test_that_a_trend_of_less_than_a_sample_a_second_is_no_eeg_to_stage(sfreq):
    assert staging_derivations(channels("EEG C4-M1", sfreq=sfreq)) == ()


@pytest.mark.parametrize("unit", ["", "%", "mmHg", "kV", "V/s", "dB", "AU", "pV²", "m"])
def test_that_other_units_are_no_voltage(unit):
    assert uv_per_unit(unit) is None
