import json
import subprocess
import sys
from dataclasses import replace

import pytest

from model import files
from sleepscorer.domain.channels import Derivation
from sleepscorer.io.feature_set import read_feature_set
from sleepscorer.jobs.events import Done, StepDone
from sleepscorer.jobs.lock import held
from sleepscorer.loop import finetune
from sleepscorer.loop.collection import LeftEpochs, Library, collect
from sleepscorer.loop.finetune import NothingGainedError, Training, parts_of, prepare
from sleepscorer.loop.patients import LibraryError, chooses_weights
from sleepscorer.loop.replay import replay_of
from sleepscorer.models.ledger import ModelStoreError, Trained
from sleepscorer.models.store import ModelStore


@pytest.fixture
def store(tmp_path, write_tiny, tiny_model) -> ModelStore:
    store = ModelStore(tmp_path / "models")
    store.import_file(write_tiny(), by="Ana")
    return store


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> Library:
    """One that no test changes; with its salt it is the same nights that are trained on."""
    folder = tmp_path_factory.mktemp("shared") / "library"
    folder.mkdir(mode=0o700)
    (folder / "salt").write_bytes(b"0" * 32)
    return Library(folder)


@pytest.fixture(scope="module")
def nights(library, tiny_model, make_night, signed_scoring):
    """Two patients to learn from and one that is held out."""
    wanted = {"train": 2, "test": 1}
    for number in range(40):
        night = make_night(number, f"{number} X X X")
        part = "test" if library.subject_of(night)[0] < "5555" else "train"
        if wanted[part]:
            wanted[part] -= 1
            scoring = signed_scoring(night, n_left=8)
            collect(library, night, scoring, tiny_model, Derivation("Fpz-Cz"))
    return library.nights()


@pytest.fixture
def prepared(tmp_path, library, nights, store, tiny_model) -> Training:
    start = store.version(tiny_model.sha256)
    folder = tmp_path / "training"
    return prepare(
        *(library, nights, store, start, tiny_model, LeftEpochs.LEFT_OUT), by="Ana", folder=folder
    )


def test_that_held_out_nights_are_never_written_down_for_training(prepared, nights, tmp_path):
    features = read_feature_set(tmp_path / "training" / "features.h5")
    assert {night.part for night in features.nights} == {"train", "validation"}
    held_out = {night.subject for night in nights if night.is_held_out}
    assert len(held_out) == 1
    assert not held_out & {night.subject for night in features.nights}


def test_that_epochs_left_by_a_person_are_not_trained_on_unless_asked(prepared, tmp_path):
    features = read_feature_set(tmp_path / "training" / "features.h5")
    assert all((night.stages[:8] == -1).all() for night in features.nights)


def test_that_nights_of_one_patient_are_refused(nights):
    (first, *_) = [night for night in nights if not night.is_held_out]
    with pytest.raises(LibraryError, match=r"1 patient.*takes two"):
        parts_of([first, replace(first, id="other")])


def test_that_at_least_one_patient_chooses_and_one_is_trained_on(nights):
    usable = [night for night in nights if not night.is_held_out]
    assert sorted(parts_of(usable).values()) == ["train", "validation"]
    assert not chooses_weights("0" * 8 + "f" * 8)
    assert chooses_weights("f" * 8 + "0" * 8)


def test_that_a_plan_says_what_the_version_will_be(prepared):
    plan = prepared.plan
    assert plan.version == "0-lab1"
    assert "2 of 2 patients" in plan.card
    assert not plan.replays


def test_that_two_trainings_are_not_under_way_at_once(
    prepared, tmp_path, library, nights, store, tiny_model
):
    start = store.version(tiny_model.sha256)
    with pytest.raises(LibraryError, match="under way"):
        prepare(
            *(library, nights, store, start, tiny_model, LeftEpochs.COUNT),
            by="Ana",
            folder=tmp_path / "training",
        )


def program(monkeypatch, tmp_path, body: str) -> None:
    """Put something else in the place of the training program."""
    path = tmp_path / "program.py"
    path.write_text(f"import sys, json, pathlib, time\n{body}")
    monkeypatch.setattr(finetune, "training_program", lambda: [sys.executable, str(path)])


def test_that_what_ends_by_itself_is_said_with_its_last_words(prepared, monkeypatch, tmp_path):
    program(monkeypatch, tmp_path, "sys.exit('the disk is full')")
    with pytest.raises(LibraryError, match="the disk is full"):
        prepared.run()
    assert prepared.plan is not None


def test_that_a_pause_ends_it_and_keeps_the_plan(prepared, monkeypatch, tmp_path):
    step = json.dumps({"event": "step", "stage": "sequence", "step": 1, "of": 5})
    body = f"print('{step}', flush=True)\ntime.sleep(600)"
    program(monkeypatch, tmp_path, body.replace("null", "None"))
    events = []

    def pausing(event):
        events.append(event)
        prepared.pause()

    assert not prepared.run(pausing)
    assert events == [StepDone("sequence", 1, 5)]
    assert prepared.plan is not None


def test_that_a_pause_before_the_start_counts(prepared, monkeypatch, tmp_path):
    program(monkeypatch, tmp_path, "time.sleep(600)")
    prepared.pause()
    assert not prepared.run()


@pytest.mark.timeout(300)
def test_that_the_version_that_comes_out_is_in_the_store(prepared, store, tmp_path, monkeypatch):
    config = tmp_path / "tiny.toml"
    config.write_text('name = ""\nversion = ""\nseed = 1\n[sequence]\nsteps = 40\nbatch_size = 2\n')
    command = [*prepared.command, "--config", str(config)]
    monkeypatch.setattr(Training, "command", property(lambda _self: command))
    events = []
    assert prepared.run(events.append)
    assert isinstance(events[-1], Done)
    assert prepared.events == tuple(events)
    version = prepared.finish(store)
    assert version.version == "0-lab1"
    assert "corrected nights of a laboratory" in version.card
    assert version.sha256 == events[-1].sha256
    assert isinstance(store.entries()[-1], Trained)
    assert store.active().is_bundled
    assert prepared.plan is None
    assert len(version.subjects) == 2  # the start's and the patient's that was trained on


def test_that_a_training_that_gains_nothing_stores_nothing_and_says_so(
    prepared, store, monkeypatch, tmp_path
):
    line = json.dumps({"event": "nothing_gained"})
    body = f"""
out = pathlib.Path(sys.argv[sys.argv.index("--out") + 1])
out.mkdir(exist_ok=True)
(out / "progress.jsonl").write_text('{line}' + chr(10))
print('{line}', flush=True)
"""
    program(monkeypatch, tmp_path, body)
    before = store.versions(), store.entries()
    assert prepared.run()
    assert prepared.is_done
    with pytest.raises(NothingGainedError, match=r"at no step did Net 0 .*no version"):
        prepared.finish(store)
    assert (store.versions(), store.entries()) == before
    assert prepared.plan is None


def test_that_a_version_that_is_its_own_start_is_not_stored(store, write_tiny):
    path = write_tiny(seed=0)
    with pytest.raises(ModelStoreError, match="nothing was learnt"):
        store.add_trained(path, card="", start=files.read(path).sha256, nights=(), by="Ana")
    assert not any(isinstance(entry, Trained) for entry in store.entries())


def test_that_a_second_window_neither_trains_nor_takes_away_what_is_trained(
    prepared, store, monkeypatch, tmp_path
):
    program(monkeypatch, tmp_path, "time.sleep(600)")
    monkeypatch.setattr(finetune, "PATIENCE_S", 0.2)
    other = Training(tmp_path / "training")
    with held(tmp_path / "training.lock"):
        for act in (other.run, other.discard, lambda: other.finish(store)):
            with pytest.raises(LibraryError, match="Another window"):
                act()
    assert other.plan == prepared.plan


def test_that_adding_a_version_again_changes_nothing(store, write_tiny):
    path = write_tiny(seed=7, version="7")
    for _ in range(2):
        store.add_trained(path, card="# Net", start="ab", nights=("n",), by="Ana")
    assert [type(entry) for entry in store.entries()].count(Trained) == 1
    assert store.version(files.read(path).sha256).card == "# Net"


def test_that_nothing_under_way_is_said(tmp_path, store):
    training = Training(tmp_path / "nothing")
    assert training.plan is None
    assert training.events == ()
    with pytest.raises(LibraryError, match="not done"):
        training.finish(store)
    training.discard()


def test_that_a_window_that_listens_to_a_training_does_not_wait_for_torch():
    asking = "import sys, sleepscorer.loop.finetune; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asking], check=False).returncode == 0


def test_that_an_installation_without_training_says_so(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(LibraryError, match="no training program"):
        finetune.training_program()


def test_that_the_bundled_version_has_its_replay_set():
    """Make it with ``python -m training replay`` when the weights change."""
    from model import weights
    from resources import WEIGHTS_FOLDER

    network = weights.load(files.newest(WEIGHTS_FOLDER), "cpu").network
    replay = replay_of(network.features_sha256)
    assert replay is not None
    assert {night.part for night in replay.nights} == {"train", "validation", "test"}
    assert "ODC-By" in replay.attribution
