import stat
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from model import weights
from model.network import HasFeatures
from sleepscorer.autoscoring import stage_recording
from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.provenance import Imported, Joint, Model, Person
from sleepscorer.domain.scoring import EpochScore, Scoring, SignOff
from sleepscorer.domain.stages import Stage
from sleepscorer.loop import collection
from sleepscorer.loop.collection import LeftEpochs, collect, drift, minutes_of
from sleepscorer.loop.patients import LibraryError, WhoseNightError, is_held_out

DERIVATION = Derivation("Fpz-Cz")
N_EPOCHS = 30
ANA = "4711 F 01-JAN-1970 Ana_Berg"
"""Code, sex, birth date and name, as EDF+ has them."""


def test_that_only_what_a_person_decided_is_true(library, tiny_model, make_night, signed_scoring):
    night = make_night(0, ANA)
    kept = collect(library, night, signed_scoring(night, n_left=10), tiny_model, DERIVATION)
    truth = kept.truth(LeftEpochs.LEFT_OUT)
    assert (truth[:10] == -1).all()
    assert (truth[10:] == night.true_stages[10:]).all()


def test_that_epochs_left_by_a_person_count_only_on_request(
    library, tiny_model, make_night, signed_scoring
):
    night = make_night(0, ANA)
    kept = collect(library, night, signed_scoring(night, n_left=10), tiny_model, DERIVATION)
    counted = kept.truth(LeftEpochs.COUNT)
    assert (counted[:10] == kept.stages[:10]).all()


def test_that_stages_of_nobody_known_are_never_true(
    library, tiny_model, make_night, signed_scoring
):
    night = make_night(0, ANA)
    scoring = signed_scoring(night, n_left=0)
    scores = list(scoring.scores)
    scores[3] = EpochScore(Stage.W, Imported("other.csv"))
    scores[4] = EpochScore(Stage.W, Imported("other.csv", Person("Bo")))
    scores[5] = EpochScore(Stage.W, Joint((Person("Ana"), Person("Bo"))))
    scoring = Scoring(N_EPOCHS, scores=scores, sign_off=scoring.sign_off)
    kept = collect(library, night, scoring, tiny_model, DERIVATION)
    for left in LeftEpochs:
        assert kept.truth(left)[3:6].tolist() == [-1, 0, 0]


def test_that_a_night_comes_back_as_it_was_kept(library, tiny_model, make_night, signed_scoring):
    night = make_night(1, ANA)
    kept = collect(library, night, signed_scoring(night), tiny_model, DERIVATION, gain=2.0)
    assert library.nights() == (kept,)
    assert kept.gain == 2.0


def test_that_a_night_scored_anew_takes_its_own_place(
    library, tiny_model, make_night, signed_scoring
):
    night = make_night(1, ANA)
    collect(library, night, signed_scoring(night), tiny_model, DERIVATION)
    anew = collect(library, night, signed_scoring(night, n_left=2), tiny_model, DERIVATION)
    assert library.nights() == (anew,)


def test_that_a_night_that_is_removed_leaves_nothing(
    library, tiny_model, make_night, signed_scoring, tmp_path
):
    night = make_night(1, ANA)
    library.remove(collect(library, night, signed_scoring(night), tiny_model, DERIVATION))
    assert library.nights() == ()
    assert not list((tmp_path / "library" / "features").iterdir())


def test_that_kept_features_lead_to_the_application_s_own_stages(
    library, tiny_model, make_night, signed_scoring
):
    night = make_night(2, ANA, gap_epochs=(7, 8))
    kept = collect(library, night, signed_scoring(night), tiny_model, DERIVATION)
    network = tiny_model.network
    assert isinstance(network, HasFeatures)
    features = library.features(kept, network.features_sha256)
    said = network.judge(features.features, features.runs).probabilities["stages"]
    staged = stage_recording(night, DERIVATION, tiny_model).hypnodensity.probabilities
    assert np.isnan(staged[7:9]).all()
    np.testing.assert_array_equal(said, staged)


def test_that_a_night_is_kept_where_the_graphics_card_fails(
    library, tiny_model, make_night, signed_scoring, monkeypatch
):
    network = type(tiny_model.network)
    predict, failures = network.predict, [RuntimeError("CUDA error: unspecified launch failure")]

    def on_card(self, *arguments, **options):
        if failures:
            raise failures.pop()
        return predict(self, *arguments, **options)

    monkeypatch.setattr(network, "predict", on_card)
    night = make_night(1, ANA)
    on_a_card = replace(tiny_model, device="cuda")
    kept = collect(library, night, signed_scoring(night), on_a_card, DERIVATION)
    assert library.features(kept, tiny_model.network.features_sha256) is not None


def test_that_another_epoch_model_has_other_features(
    library, tiny_model, make_night, signed_scoring, write_tiny
):
    other = weights.load(write_tiny(seed=1), "cpu").network
    night = make_night(2, ANA)
    kept = collect(library, night, signed_scoring(night), tiny_model, DERIVATION)
    assert library.features(kept, other.features_sha256) is None


def test_that_damaged_features_are_not_read(
    library, tiny_model, make_night, signed_scoring, tmp_path
):
    night = make_night(2, ANA)
    kept = collect(library, night, signed_scoring(night), tiny_model, DERIVATION)
    (path,) = (tmp_path / "library" / "features").iterdir()
    content = bytearray(path.read_bytes())
    content[-100] ^= 1
    path.write_bytes(content)
    with pytest.raises(ScoringError, match="not as it was written"):
        library.features(kept, tiny_model.network.features_sha256)


@pytest.mark.parametrize("damage", [b"{", b"{}", b"\xff"])
def test_that_a_damaged_night_is_named(
    library, tiny_model, make_night, signed_scoring, tmp_path, damage
):
    night = make_night(2, ANA)
    collect(library, night, signed_scoring(night), tiny_model, DERIVATION)
    (path,) = (tmp_path / "library" / "nights").iterdir()
    path.write_bytes(damage)
    with pytest.raises(LibraryError, match=path.name):
        library.nights()


def test_that_a_night_that_nobody_signed_off_is_refused(
    library, tiny_model, make_night, signed_scoring
):
    night = make_night(0, ANA)
    scoring = Scoring(N_EPOCHS, scores=signed_scoring(night).scores)
    with pytest.raises(LibraryError, match="not signed off"):
        collect(library, night, scoring, tiny_model, DERIVATION)


def test_that_a_night_nobody_decided_on_is_refused(library, tiny_model, make_night, signed_scoring):
    night = make_night(0, ANA)
    with pytest.raises(LibraryError, match="Nobody decided on an epoch"):
        collect(library, night, signed_scoring(night, n_left=N_EPOCHS), tiny_model, DERIVATION)


@pytest.mark.parametrize("others", [[], [EpochScore(Stage.N2, Model("Net"))] * 5])
def test_that_another_network_s_output_is_refused(
    library, tiny_model, make_night, signed_scoring, others
):
    night = make_night(0, ANA)
    imported = EpochScore(Stage.N2, Imported("yasa.csv"))
    scores = others + [imported] * (N_EPOCHS - len(others))
    sign_off = SignOff("Ana", datetime(2026, 2, 1, tzinfo=UTC))
    scoring = Scoring(N_EPOCHS, scores=scores, sign_off=sign_off)
    with pytest.raises(LibraryError, match=r"yasa\.csv.*nobody said that a person"):
        collect(library, night, scoring, tiny_model, DERIVATION)
    assert library.nights() == ()


def test_that_two_nights_of_one_patient_are_on_one_side(
    library, tiny_model, make_night, signed_scoring
):
    subjects = set()
    for number, patient in enumerate((ANA, "4711 F X Ana_Berg", "4711 X X X", ANA.lower())):
        night = make_night(number, patient)
        kept = collect(library, night, signed_scoring(night), tiny_model, DERIVATION)
        subjects.add(kept.subject)
    assert len(subjects) == 1


def test_that_name_and_birth_date_recognise_a_patient_without_a_code(
    library, tiny_model, make_night, signed_scoring
):
    kept = []
    for number, patient in enumerate((ANA, "X F 01-JAN-1970 Ana_Berg", "X F 02-MAR-1980 Ana_Berg")):
        night = make_night(number, patient)
        kept.append(collect(library, night, signed_scoring(night), tiny_model, DERIVATION))
    assert kept[0].subject == kept[1].subject != kept[2].subject


@pytest.mark.parametrize(
    "patient",
    [
        "",
        "X X X X",
        "X F X anonymous",
        "X F X Ana_Berg",  # whose birth date may be another one
        "0815 F 01-JAN-1970 Ana_Berg",  # of another department, or another person
    ],
)
def test_that_whose_night_it_is_is_asked_where_it_can_t_be_told(
    library, tiny_model, make_night, signed_scoring, patient
):
    first, night = make_night(0, ANA), make_night(1, patient)
    known = collect(library, first, signed_scoring(first), tiny_model, DERIVATION)
    scoring = signed_scoring(night)
    with pytest.raises(WhoseNightError, match="code"):
        collect(library, night, scoring, tiny_model, DERIVATION)
    same = collect(library, night, scoring, tiny_model, DERIVATION, code="4711")
    assert same.subject == known.subject
    another = collect(library, night, scoring, tiny_model, DERIVATION, code="0042")
    assert another.subject != known.subject


def test_that_no_name_is_in_the_library(library, tiny_model, make_night, signed_scoring, tmp_path):
    night = make_night(0, ANA)
    collect(library, night, signed_scoring(night, by="Scorer"), tiny_model, DERIVATION)
    for path in (tmp_path / "library").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(word in content for word in (b"Ana", b"Berg", b"4711", b"1970"))


@pytest.mark.skipif(sys.platform == "win32", reason="modes of Unix")
def test_that_the_library_is_for_its_owner_alone(
    library, tiny_model, make_night, signed_scoring, tmp_path
):
    night = make_night(0, ANA)
    collect(library, night, signed_scoring(night), tiny_model, DERIVATION)
    folder = tmp_path / "library"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in folder.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_that_the_split_is_a_function_of_the_subject_for_ever():
    sides = [is_held_out(f"{(2 * number + 1) * 2**32 // 18:08x}") for number in range(9)]
    assert sides == [True] * 3 + [False] * 6


def test_that_corrections_are_counted_by_stage(library, tiny_model, make_night, signed_scoring):
    night = make_night(0, ANA)
    kept = collect(library, night, signed_scoring(night, n_left=0), tiny_model, DERIVATION)
    assert kept.corrections[Stage.N1, Stage.N2] == (night.true_stages == Stage.N2).sum()
    assert kept.corrections.sum() == N_EPOCHS
    assert kept.corrected_share == pytest.approx(6 / N_EPOCHS)


def test_that_minutes_of_each_stage_are_those_that_count(
    library, tiny_model, make_night, signed_scoring
):
    night = make_night(0, ANA)
    kept = collect(library, night, signed_scoring(night, n_left=0), tiny_model, DERIVATION)
    assert minutes_of([kept], LeftEpochs.LEFT_OUT) == {stage: 3.0 for stage in Stage if stage >= 0}


def test_that_a_network_without_features_is_refused(tiny_model):
    class Plain:
        pass

    plain = replace(tiny_model.description, name="Plain", version="1")
    with pytest.raises(LibraryError, match="Plain 1 can't learn"):
        collection.features_network(replace(tiny_model, network=Plain(), description=plain))


def test_that_twice_as_many_corrections_are_noticed(
    library, tiny_model, make_night, signed_scoring
):
    nights = []
    for number in range(20):
        night = make_night(number, f"{number} X X X")
        stages = night.true_stages.copy()
        if number < 10:
            stages[stages == Stage.N2] = Stage.W
            stages[-1] = Stage.N2
        at = datetime(2026, 2, 1, tzinfo=UTC) + timedelta(days=number)
        scoring = signed_scoring(night, n_left=0, at=at, stages=stages)
        nights.append(collect(library, night, scoring, tiny_model, DERIVATION))
    now, then = drift(library.nights())
    assert then == pytest.approx(1 / 30)
    assert now == pytest.approx(6 / 30)
    assert drift(nights[:15]) is None
    assert drift(nights[::-1]) == (now, then)
