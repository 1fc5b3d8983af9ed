"""Events as the programs of laboratories name them."""

import pytest

from sleepscorer.domain.events import EventGroup, EventKind, ScoredEvent, suspected_names
from sleepscorer.io.codes import EVENT_NAMES, kind_of_text
from sleepscorer.io.event_words import is_no_event
from sleepscorer.io.scoring_formats import read_scoring

K = EventKind
NAMES = {
    "NSRR": {
        "ASDA arousal|Arousal (ASDA)": K.AROUSAL,
        "Arousal|Arousal (Standard)": K.AROUSAL,
        "Arousal|Arousal ()": K.AROUSAL,
        "Arousal resulting from Chin EMG|Arousal (CHESHIRE)": K.AROUSAL,
        "Arousal resulting from respiratory effort|Arousal (ARO RES)": K.AROUSAL,
        "Spontaneous arousal|Arousal (ARO SPONT)": K.AROUSAL,
        "External arousal|Arousal (External Arousal)": K.AROUSAL,
        "Mixed Hypopnea|Mixed Hypopnea": K.HYPOPNEA,
        "Limb movement - left|Limb Movement (Left)": K.LEFT_LIMB_MOVEMENT,
        "Periodic leg movement - right|PLM (Right)": K.PLM,
        "Respiratory effort related arousal|RERA": K.RERA,
    },
    "Profusion": {
        "Arousal (ASDA)": K.AROUSAL,
        "Arousal (CHESHIRE)": K.AROUSAL,
        "Arousal (STANDARD)": K.AROUSAL,
        "Arousal (ARO Limb)": K.AROUSAL,
        "Arousal (ARO PLM)": K.AROUSAL,
        "Mixed Hypopnea": K.HYPOPNEA,
        "SpO2 desaturation": K.DESATURATION,
        "PLM (Left)": K.PLM,
    },
    "RemLogic": {
        "AROUSAL": K.AROUSAL,
        "AROUSAL-SPONTANEOUS": K.AROUSAL,
        "AROUSAL-RESPIRATORY": K.AROUSAL,
        "AROUSAL-PLM": K.AROUSAL,
        "APNEA-MIXED": K.MIXED_APNEA,
        "HYPOPNEA-MIXED": K.HYPOPNEA,
        "HYPOPNEA-OBSTRUCTIVE": K.OBSTRUCTIVE_HYPOPNEA,
        "DESAT": K.DESATURATION,
        "LM-LEFT": K.LEFT_LIMB_MOVEMENT,
    },
    "Sleepware": {
        "ObstructiveApnea": K.OBSTRUCTIVE_APNEA,
        "MixedHypopnea": K.HYPOPNEA,
        "RelativeDesaturation": K.DESATURATION,
        "LegMovement": K.LIMB_MOVEMENT,
        "Respiratory Arousal": K.AROUSAL,
    },
    "Noxturnal": {
        "Micro-éveil": K.AROUSAL,
        "A. Obstructive": K.OBSTRUCTIVE_APNEA,
        "A. Mixte": K.MIXED_APNEA,
        "Hypopnée": K.HYPOPNEA,
        "Désat": K.DESATURATION,
        "MJ": K.LIMB_MOVEMENT,
        "arousal-spontaneous": K.AROUSAL,
        "limbmovement-left": K.LEFT_LIMB_MOVEMENT,
        "oxygensaturation-drop": K.DESATURATION,
    },
    "Domino": {
        "Obstruktive Apnoe": K.OBSTRUCTIVE_APNEA,
        "Zentrale Hypopnoe": K.CENTRAL_HYPOPNEA,
        "Gemischte Apnoe": K.MIXED_APNEA,
        "Entsättigung": K.DESATURATION,
        "Resp. Arousal": K.AROUSAL,
        "LM Arousal": K.AROUSAL,
        "PLM Arousal": K.AROUSAL,
        "Beinbewegung links": K.LEFT_LIMB_MOVEMENT,
    },
    "EDFbrowser, 16 letters at most": {
        "Obstructive apne": K.OBSTRUCTIVE_APNEA,
        "Obstruct. hypopn": K.OBSTRUCTIVE_HYPOPNEA,
    },
    "other languages": {
        "Apnea obstructiva": K.OBSTRUCTIVE_APNEA,
        "Ipopnea centrale": K.CENTRAL_HYPOPNEA,
        "Hipopneia obstrutiva": K.OBSTRUCTIVE_HYPOPNEA,
        "Microdespertar": K.AROUSAL,
        "Mouvement périodique des jambes": K.PLM,
        "Hypopnea with arousal": K.HYPOPNEA,
    },
}


@pytest.mark.parametrize(
    ("program", "name"), [(program, name) for program, names in NAMES.items() for name in names]
)
def test_that_an_event_is_known_by_the_name_that_a_program_gives_it(program, name):
    assert kind_of_text(name) is NAMES[program][name]


@pytest.mark.parametrize(
    "text",
    [
        *("Autonomic arousal", "Arousal threshold", "Apnea/Hypopnea", "Note: Arousal", "Dog barks"),
        *("Respiratory artifact", "SpO2 artifact", "Supine", "Snore", "Left", "A1", "A 1", "legs"),
        *("AHI", "apnea test begins", "Arousal? look again", ""),
    ],
)
def test_that_a_text_with_a_word_that_is_not_known_is_no_event(text):
    assert kind_of_text(text) is None


def test_that_each_of_our_own_names_is_read_as_its_kind():
    for row in EVENT_NAMES:
        for name in (row.edf, row.luna, row.profusion, row.nsrr and row.nsrr[1]):
            assert name is None or kind_of_text(name) is row.kind


@pytest.mark.parametrize(
    "name", ["Supine", "Rückenlage", "POSITION-LEFT", "Dos", "Snore", "Artefakt", "SpO2 artifact"]
)
def test_that_positions_snoring_and_artefacts_are_known_to_be_no_counted_events(name):
    assert is_no_event(name)
    assert suspected_names([ScoredEvent(K.NOTE, 0, 0, text=name)]) == {}


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        ("Autonomic arousal", {EventGroup.AROUSAL}),
        ("Arousal (XYZ)", {EventGroup.AROUSAL}),
        ("Micro-éveil atypique", {EventGroup.AROUSAL}),
        ("Apnea/Hypopnea", {EventGroup.APNEA, EventGroup.HYPOPNEA}),
        ("Hypopnea (odd)", {EventGroup.HYPOPNEA}),
        ("Unsure", {EventGroup.APNEA, EventGroup.HYPOPNEA}),
        ("PLM series", {EventGroup.PLM}),
        ("Dog barks", set()),
        ("Patient says that the arousal of the neighbour woke her", set()),
    ],
)
def test_that_a_name_that_is_not_known_makes_the_group_suspect_that_it_may_belong_to(name, groups):
    assert set(suspected_names([ScoredEvent(K.NOTE, 0, 0, text=name)])) == groups
    assert suspected_names([ScoredEvent(K.AROUSAL, 0, 0, text=name)]) == {}


@pytest.mark.parametrize(
    ("file", "n_arousals", "n_hypopneas"),
    [
        ("G01-nsrr-asda-and-standard-arousals.xml", 25, 0),
        ("G02-profusion-arousal-asda-lights.xml", 10, 1),
    ],
)
def test_that_arousals_by_standard_and_by_cause_are_counted(
    file, n_arousals, n_hypopneas, sleepscorer_data
):
    kinds = [event.kind for event in read_scoring(sleepscorer_data / "field-cases" / file).events]
    assert kinds.count(K.AROUSAL) == n_arousals
    assert kinds.count(K.HYPOPNEA) == n_hypopneas
