import pytest

from sleepscorer.domain.stages import HYPNOGRAM_ROWS, SCORED_STAGES, Stage


def test_that_codes_are_the_class_order_of_the_network():
    assert [stage.name for stage in SCORED_STAGES] == ["W", "N1", "N2", "N3", "R"]
    assert [int(stage) for stage in SCORED_STAGES] == [0, 1, 2, 3, 4]
    assert Stage.UNSCORED == -1


def test_that_the_rows_of_a_hypnogram_hold_every_scored_stage_once():
    assert sorted(HYPNOGRAM_ROWS) == sorted(SCORED_STAGES)
    assert HYPNOGRAM_ROWS[:2] == (Stage.W, Stage.R)


@pytest.mark.parametrize("stage", Stage)
def test_that_every_table_of_codes_gives_the_stage_back(stage):
    assert Stage(int(stage)) is stage
    assert Stage.from_label(stage.label) is stage
    assert Stage.from_edf_text(stage.edf_text) is stage


def test_that_labels_and_texts_tell_the_stages_apart():
    assert len({stage.label for stage in Stage}) == len(Stage)
    assert len({stage.edf_text for stage in Stage}) == len(Stage)
    assert Stage.UNSCORED.label == ""
    assert Stage.UNSCORED.edf_text == "Sleep stage ?"


@pytest.mark.parametrize("label", ["w", "N4", "REM", "UNSCORED", " ", "0"])
def test_that_a_label_that_is_none_raises_a_key_error(label):
    with pytest.raises(KeyError):
        Stage.from_label(label)


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Sleep stage W", Stage.W),
        ("sleep stage w", Stage.W),
        ("SLEEP STAGE N1", Stage.N1),
        ("Sleep stage n2", Stage.N2),
        (" Sleep stage N3 ", Stage.N3),
        ("Sleep stage R", Stage.R),
        ("Sleep stage ?", Stage.UNSCORED),
        # Rechtschaffen & Kales, as Sleep-EDF has it.
        ("Sleep stage 1", Stage.N1),
        ("Sleep stage 2", Stage.N2),
        ("Sleep stage 3", Stage.N3),
        ("Sleep stage 4", Stage.N3),
        ("Movement time", Stage.UNSCORED),
        ("movement time", Stage.UNSCORED),
    ],
)
def test_that_edf_texts_of_both_manuals_are_read_in_any_case(text, stage):
    assert Stage.from_edf_text(text) is stage


@pytest.mark.parametrize(
    "text", ["", "Lights off", "Sleep stage", "Sleep stage 5", "Sleep stage N", "EEG arousal", "W"]
)
def test_that_other_annotations_are_no_stage(text):
    assert Stage.from_edf_text(text) is None
