import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import h5py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sleepscorer import __version__
from sleepscorer.domain.epochs import n_complete_epochs
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.event_decisions import EventDecisions, EventLink
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.prediction import Prediction
from sleepscorer.domain.provenance import Imported, Joint, Model, Person
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import (
    EpochScore,
    LightInterruption,
    Lights,
    Remark,
    Scoring,
    SignOff,
)
from sleepscorer.domain.stages import Stage
from sleepscorer.io.apart import Apart
from sleepscorer.io.session import (
    Session,
    is_session,
    read_session,
    read_session_scoring,
    write_session,
    write_session_scoring,
)

# HDF5 holds any text without NUL.
texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)
file_names = texts.filter(lambda name: name not in ("", ".", "..") and "/" not in name)


names = texts.filter(str.strip)
people = st.builds(Person, names, st.booleans())
sources = st.none() | st.one_of(
    people,
    st.builds(Model, names, texts),
    st.builds(Imported, texts, st.none() | people),
    st.lists(people, min_size=2, max_size=3, unique_by=lambda one: one.name).map(
        lambda some: Joint(tuple(some))
    ),
)
sign_offs = st.builds(SignOff, names, st.datetimes(timezones=st.just(UTC)))
times_s = st.floats(0, 1e5)
saturations = st.none() | st.floats(0, 100)
events = st.builds(
    ScoredEvent,
    st.sampled_from(EventKind),
    times_s,
    times_s,
    texts,
    texts,
    saturations,
    saturations,
    sources,
)
lights = st.tuples(st.none() | st.floats(0, 500), st.none() | st.floats(500, 900)).map(
    lambda off_and_on: Lights(*off_and_on)
) | st.tuples(st.floats(0, 500), st.floats(501, 700), st.none() | st.floats(701, 900)).map(
    lambda times: Lights(times[0], times[2], (LightInterruption(times[1], 701.0),))
)
remarks = st.builds(Remark, texts, st.booleans())


def link_of(first: ScoredEvent, second: ScoredEvent, holds: bool) -> EventLink:
    """A link of two events of any kinds, which become ones that can be linked."""
    return EventLink(
        replace(first, kind=EventKind.HYPOPNEA), replace(second, kind=EventKind.AROUSAL), holds
    )


decisions = st.builds(
    EventDecisions,
    st.lists(events, max_size=3).map(tuple),
    st.lists(st.builds(link_of, events, events, st.booleans()), max_size=3).map(tuple),
)


@st.composite
def hypnodensities(draw, n_epochs: int) -> Hypnodensity:
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    probabilities = rng.dirichlet(np.ones(5), n_epochs).astype(np.float32)
    probabilities[rng.random(n_epochs) < draw(st.sampled_from([0, 0.3, 1]))] = np.nan
    return Hypnodensity(probabilities, draw(texts), draw(texts), draw(texts))


@st.composite
def predictions(draw, n_epochs: int) -> Prediction:
    classes = tuple(draw(st.lists(texts, min_size=1, max_size=4)))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    probabilities = rng.dirichlet(np.ones(len(classes)), n_epochs).astype(np.float32)
    return Prediction(draw(texts), classes, probabilities, draw(texts), draw(texts), draw(texts))


@st.composite
def sessions(draw) -> Session:
    duration_s = draw(st.floats(0, 900))
    n_epochs = n_complete_epochs(duration_s)
    scores = st.builds(EpochScore, st.sampled_from(Stage), sources)
    remarked = st.dictionaries(st.integers(0, max(n_epochs - 1, 0)), remarks, max_size=n_epochs)
    scoring = Scoring(
        n_epochs,
        scores=draw(st.lists(scores, min_size=n_epochs, max_size=n_epochs)),
        hypnodensity=draw(st.none() | hypnodensities(n_epochs)),
        others=draw(st.lists(predictions(n_epochs), max_size=2)),
        sign_off=draw(st.none() | sign_offs),
        events=draw(st.lists(events, max_size=5)),
        decisions=draw(decisions),
        lights=draw(lights),
        remarks=draw(remarked),
        scorer=draw(texts),
    )
    identity = RecordingIdentity(
        file_name=draw(file_names),
        start=draw(st.none() | st.datetimes()),
        duration_s=duration_s,
        labels=draw(st.lists(texts, max_size=5).map(tuple)),
    )
    path = Path("/nights") / draw(file_names)
    return Session(path, ScoredRecording(identity, scoring), draw(texts))


def example(n_epochs: int = 4) -> Session:
    probabilities = np.full((n_epochs, 5), 0.2, np.float32)
    probabilities[1] = np.nan
    scoring = Scoring(
        n_epochs,
        scores=[EpochScore(Stage(epoch % 6 - 1), Person("Jana")) for epoch in range(n_epochs)],
        hypnodensity=Hypnodensity(probabilities, "Net 1", "ab" * 32, "Fpz-Cz"),
        events=[
            ScoredEvent(
                EventKind.CENTRAL_APNEA, 12.5, 10, "Flow", "", 85, 96, Model("Net 1", "ab")
            ),
            ScoredEvent(EventKind.NOTE, 40, 0, text="coughs"),
        ],
        lights=Lights(3.5),
        remarks={2: Remark("sweat", True)},
        scorer="Dr. Ruiz",
        sign_off=SignOff("Dr. Ruiz", datetime(2026, 11, 22, 8, tzinfo=UTC)),
        others=[
            Prediction(
                "apnea",
                ("no", "yes"),
                np.full((n_epochs, 2), 0.5, np.float32),
                "Net 2",
                "cd",
                "Flow",
            )
        ],
    )
    start = datetime(2026, 11, 21, 22, 30, 0, 250_000)
    labels = ("EEG Fpz-Cz", "EMG")
    identity = RecordingIdentity("night.edf", start, n_epochs * 30.0 + 5, labels, "5f1c")
    return Session(Path("/nights/night.edf"), ScoredRecording(identity, scoring), "Jana")


@pytest.fixture
def saved(tmp_path) -> Path:
    path = tmp_path / "night.h5"
    write_session(path, example())
    return path


@pytest.fixture
def changed(saved) -> Callable[[Callable[[h5py.File], None]], Path]:
    """Change the HDF5 inside a session as a program that knows the format would."""

    def change(edit: Callable[[h5py.File], None]) -> Path:
        content = saved.read_bytes()[512:]
        with h5py.File.in_memory(content) as file:
            edit(file)
            file.flush()
            content = file.id.get_file_image()
        digest = hashlib.sha256(content).hexdigest()
        seal = f"SleepScorer session\nsha256 {digest}\n".encode().ljust(512, b"\x00")
        saved.write_bytes(seal + content)
        return saved

    return change


def assert_equal(one: Session, other: Session) -> None:
    assert one.recording_path == other.recording_path
    assert one.scorer == other.scorer
    assert one.scored.recording == other.scored.recording
    for name in ("scores", "events", "decisions", "lights", "remarks", "scorer"):
        assert getattr(one.scored.scoring, name) == getattr(other.scored.scoring, name)
    first, second = one.scored.scoring.hypnodensity, other.scored.scoring.hypnodensity
    assert (first is None) == (second is None)
    if first is not None:
        assert second.probabilities.dtype == np.float32
        np.testing.assert_array_equal(first.probabilities, second.probabilities)
        assert (first.model, first.weights_sha256) == (second.model, second.weights_sha256)
        assert first.derivation == second.derivation


@settings(max_examples=60, deadline=None)
@given(session=sessions())
def test_that_any_session_is_read_back_as_it_was_written(tmp_path_factory, session):
    path = tmp_path_factory.mktemp("session") / "night.h5"
    write_session(path, session)
    assert_equal(read_session(path), session)


def test_that_a_session_is_an_hdf5_file_of_the_documented_layout(saved):
    with h5py.File(saved) as file:
        assert file.attrs["format"] == "SleepScorer session"
        assert file.attrs["format_version"] == 3
        assert file.attrs["application"] == f"SleepScorer {__version__}"
        assert dict(file["recording"].attrs) == {
            "path": str(Path("/nights/night.edf")),
            "file_name": "night.edf",
            "start": "2026-11-21T22:30:00.250000",
            "duration_s": 125.0,
            "content": "5f1c",
        }
        assert list(file["recording/labels"].asstr()) == ["EEG Fpz-Cz", "EMG"]
        assert file["scoring"].attrs["scorer"] == "Jana"
        assert file["scoring"].attrs["responsible"] == "Dr. Ruiz"
        assert file["scoring"].attrs["lights_off_s"] == 3.5
        assert np.isnan(file["scoring"].attrs["lights_on_s"])
        assert file["scoring/stages"].dtype == np.int8
        assert file["scoring/stages"][()].tolist() == [-1, 0, 1, 2]
        assert file["scoring/sources"][()].tolist() == [-1, 0, 0, 0]
        assert [json.loads(line) for line in file["sources/provenances"].asstr()] == [
            {"kind": "person", "name": "Jana", "saw_model": False},
            {"kind": "model", "name": "Net 1", "sha256": "ab"},
        ]
        assert json.loads(file["scoring"].attrs["sign_off"]) == {
            "kind": "sign_off",
            "by": "Dr. Ruiz",
            "at": "2026-11-22T08:00:00+00:00",
        }
        assert file["events/sources"][()].tolist() == [1, -1]
        assert dict(file["predictions/0"].attrs) == {
            "task": "apnea",
            "model": "Net 2",
            "sha256": "cd",
            "derivation": "Flow",
        }
        assert list(file["predictions/0/classes"].asstr()) == ["no", "yes"]
        assert file["predictions/0/probabilities"].shape == (4, 2)
        assert file["remarks/epochs"][()].tolist() == [2]
        assert list(file["remarks/comments"].asstr()) == ["sweat"]
        assert file["remarks/artefacts"][()].tolist() == [True]
        assert list(file["events/kinds"].asstr()) == ["central_apnea", "note"]
        assert file["events/onsets_s"][()].tolist() == [12.5, 40]
        assert file["events/durations_s"][()].tolist() == [10, 0]
        assert list(file["events/channels"].asstr()) == ["Flow", ""]
        assert list(file["events/texts"].asstr()) == ["", "coughs"]
        np.testing.assert_array_equal(file["events/spo2_nadirs"], [85, np.nan])
        np.testing.assert_array_equal(file["events/spo2_baselines"], [96, np.nan])
        assert file["hypnodensity"].attrs["model"] == "Net 1"
        assert file["hypnodensity/probabilities"].shape == (4, 5)


def test_that_a_file_name_that_is_not_utf_8_survives(tmp_path):
    name = os.fsdecode(b"n\xe4chte.edf")
    original = example()
    identity = RecordingIdentity(name, None, 125, ())
    session = Session(
        Path("/nights") / name, ScoredRecording(identity, original.scored.scoring), "Jana"
    )
    write_session(tmp_path / "night.h5", session)
    assert_equal(read_session(tmp_path / "night.h5"), session)


@pytest.mark.parametrize(
    ("scorer", "shown"), [("A\x00B", "A␀B"), ("\ud800", "�"), ("M\udcfcller", "M�ller")]
)
def test_that_letters_that_hdf5_can_not_hold_are_shown_in_their_place(saved, scorer, shown):
    write_session(saved, Session(Path("x"), example().scored, scorer))
    assert read_session(saved).scorer == shown


def test_that_a_failure_to_write_leaves_the_old_file(saved, full_disk):
    before = saved.read_bytes()
    with full_disk(1000), pytest.raises(ScoringError, match="can't be written: File too large"):
        write_session(saved, example(7))
    assert saved.read_bytes() == before
    assert list(saved.parent.iterdir()) == [saved]


def test_that_a_folder_that_is_missing_is_an_error(tmp_path):
    with pytest.raises(ScoringError, match="can't be written: No such file or directory"):
        write_session(tmp_path / "gone" / "night.h5", example())


# Damage


@pytest.fixture(scope="module")
def saved_once(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("session") / "night.h5"
    write_session(path, example())
    return path


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_that_any_change_of_a_single_bit_is_noticed(saved_once, data):
    content = bytearray(saved_once.read_bytes())
    path = saved_once.parent / "changed" / "night.h5"
    path.parent.mkdir(exist_ok=True)
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(content)
    with pytest.raises(ScoringError, match=r"night\.h5 can't be read as a session"):
        read_session(path)


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_that_a_session_that_was_cut_or_extended_is_noticed(saved_once, data):
    content = saved_once.read_bytes()
    path = saved_once.parent / "cut" / "night.h5"
    path.parent.mkdir(exist_ok=True)
    n_bytes = data.draw(st.integers(0, len(content) + 100).filter(lambda n: n != len(content)))
    path.write_bytes(content[:n_bytes].ljust(n_bytes, b"\x00"))
    with pytest.raises(ScoringError, match=r"night\.h5 can't be read as a session"):
        read_session(path)


@pytest.mark.parametrize("content", [b"", b"Dear colleague", b"\x89HDF\r\n\x1a\n" + bytes(900)])
def test_that_another_file_is_refused(tmp_path, content):
    path = tmp_path / "letter.h5"
    path.write_bytes(content)
    with pytest.raises(ScoringError, match=r"letter\.h5 can't be read as a session: it does not"):
        read_session(path)


def test_that_the_hdf5_file_of_another_program_is_refused(tmp_path):
    path = tmp_path / "other.h5"
    with h5py.File(path, "w") as file:
        file["stages"] = [1, 2, 3]
    with pytest.raises(ScoringError, match=r"other\.h5 can't be read as a session: it does not"):
        read_session(path)


def test_that_a_missing_file_and_a_folder_are_named(tmp_path):
    with pytest.raises(ScoringError, match=r"gone\.h5 can't be opened: No such file"):
        read_session(tmp_path / "gone.h5")
    with pytest.raises(ScoringError, match="can't be opened: Is a directory"):
        read_session(tmp_path)


def test_that_a_session_of_a_newer_version_says_which_program_wrote_it(changed):
    def renew(file: h5py.File) -> None:
        file.attrs["format_version"] = 4
        file.attrs["application"] = "SleepScorer 9.1"

    message = r"night\.h5 was saved by a newer SleepScorer \(SleepScorer 9\.1\)"
    with pytest.raises(ScoringError, match=message):
        read_session(changed(renew))


def replaced(name: str, value: object) -> Callable[[h5py.File], None]:
    def edit(file: h5py.File) -> None:
        del file[name]
        file[name] = value

    return edit


def as_group(name: str) -> Callable[[h5py.File], None]:
    def edit(file: h5py.File) -> None:
        del file[name]
        file.create_group(name)

    return edit


def huge(name: str) -> Callable[[h5py.File], None]:
    """Claim to hold a hundred million texts, which takes the file no space."""

    def edit(file: h5py.File) -> None:
        del file[name]
        file.create_dataset(name, shape=(10**8,), dtype=h5py.string_dtype(), chunks=(10**4,))

    return edit


def soft_link(name: str) -> Callable[[h5py.File], None]:
    return replaced(name, h5py.SoftLink("/elsewhere"))


def external_link(name: str) -> Callable[[h5py.File], None]:
    return replaced(name, h5py.ExternalLink("/etc/passwd", "/stages"))


def in_another_file(name: str) -> Callable[[h5py.File], None]:
    """Claim that the numbers of a dataset are the bytes of another file."""

    def edit(file: h5py.File) -> None:
        del file[name]
        file.create_dataset(name, (4,), np.int8, external=[("/etc/passwd", 0, 4)])

    return edit


def virtual(name: str) -> Callable[[h5py.File], None]:
    def edit(file: h5py.File) -> None:
        del file[name]
        layout = h5py.VirtualLayout((4,), np.int8)
        layout[:] = h5py.VirtualSource("/another.h5", "stages", (4,))
        file.create_virtual_dataset(name, layout)

    return edit


def attribute(group: str, name: str, value: object) -> Callable[[h5py.File], None]:
    def edit(file: h5py.File) -> None:
        file[group].attrs[name] = value

    return edit


@pytest.mark.parametrize(
    "edit",
    [
        lambda file: file.pop("scoring"),
        lambda file: file.pop("recording"),
        lambda file: file.pop("scoring/sources"),
        lambda file: file["scoring"].attrs.pop("scorer"),
        lambda file: file["recording"].attrs.pop("start"),
        lambda file: file.attrs.pop("format_version"),
        attribute("/", "format_version", "one"),
        attribute("/", "format_version", np.inf),
        attribute("/", "format_version", [1, 2]),
        attribute("recording", "duration_s", "long"),
        attribute("recording", "duration_s", np.nan),
        attribute("recording", "duration_s", np.inf),
        attribute("recording", "duration_s", -300.0),
        attribute("recording", "duration_s", 1e9),
        attribute("recording", "start", "yesterday"),
        attribute("recording", "start", 5),
        replaced("scoring/stages", [0, 1, 2]),
        replaced("scoring/stages", [0, 1, 2, 5]),
        replaced("scoring/stages", [0, 1, 2, -2]),
        replaced("scoring/stages", [["W", "W", "W", "W"]]),
        replaced("scoring/stages", np.zeros((4, 1))),
        replaced("scoring/stages", 0),
        replaced("scoring/sources", ["Jana"] * 3),
        replaced("scoring/sources", [1, 2, 3, 4]),
        replaced("scoring/sources", [b"\xff", b"", b"", b""]),
        replaced("recording/labels", 5),
        replaced("hypnodensity/probabilities", np.full((3, 5), 0.2)),
        replaced("hypnodensity/probabilities", np.full((4, 5), 0.5)),
        replaced("hypnodensity/probabilities", [["x"] * 5] * 4),
        as_group("recording/labels"),
        as_group("scoring/stages"),
        as_group("scoring/sources"),
        as_group("hypnodensity"),
        as_group("hypnodensity/probabilities"),
        replaced("recording", 5),
        replaced("scoring/sources", np.array(["Jana"] * 4, "S4")),
        huge("recording/labels"),
        huge("sources/provenances"),
        huge("predictions/0/classes"),
        huge("events/kinds"),
        replaced("scoring/sources", np.array([0, 0, 0, 2], np.int32)),
        replaced("scoring/sources", np.array([0, 0, 0, -2], np.int32)),
        replaced("scoring/sources", np.array([0.0, 0.5, 0.0, 0.0])),
        replaced("scoring/sources", ["", "Jana", "Jana", "Jana"]),
        replaced("events/sources", np.array([1], np.int32)),
        replaced("sources/provenances", ["Jana", "model"]),
        replaced("sources/provenances", ['{"kind": "imported", "file": 5, "by": null}'] * 2),
        replaced("predictions/0/probabilities", np.full((4, 3), 1 / 3, np.float32)),
        replaced("predictions/0/probabilities", np.full((4, 2), 0.7, np.float32)),
        lambda file: file.move("predictions/0", "predictions/1"),
        lambda file: file["scoring"].attrs.__setitem__("sign_off", "Dr. Ruiz"),
        soft_link("predictions/0"),
        in_another_file("predictions/0/probabilities"),
        huge("remarks/epochs"),
        soft_link("scoring"),
        external_link("scoring/stages"),
        in_another_file("scoring/stages"),
        virtual("scoring/stages"),
        lambda file: file.pop("events"),
        lambda file: file.pop("remarks/comments"),
        replaced("events/kinds", ["central_apnea", "dream"]),
        replaced("events/kinds", ["central_apnea"]),
        replaced("events/onsets_s", [np.nan, 0]),
        replaced("events/durations_s", [-1, 0]),
        replaced("remarks/epochs", [4]),
        replaced("remarks/epochs", ["x"]),
        attribute("scoring", "lights_on_s", 1.0),  # before they go off
        attribute("scoring", "lights_off_s", "late"),
        lambda file: file["scoring"].attrs.pop("responsible"),
    ],
)
def test_that_content_that_makes_no_sense_is_refused(changed, edit):
    with pytest.raises(ScoringError, match=r"night\.h5 can't be read as a session"):
        read_session(changed(edit))


def test_that_what_is_not_an_hdf5_file_inside_is_refused(saved):
    content = b"no HDF5" * 100
    digest = hashlib.sha256(content).hexdigest()
    saved.write_bytes(
        f"SleepScorer session\nsha256 {digest}\n".encode().ljust(512, b"\x00") + content
    )
    with pytest.raises(ScoringError, match=r"night\.h5 can't be read as a session"):
        read_session(saved)


def test_that_a_session_without_a_hypnodensity_has_none(changed):
    session = read_session(changed(lambda file: file.pop("hypnodensity")))
    assert session.scored.scoring.hypnodensity is None


def test_that_a_session_of_version_1_is_read_without_events_remarks_and_lights(changed):
    def age(file: h5py.File) -> None:
        file.attrs["format_version"] = 1
        del file["events"], file["remarks"], file["sources"], file["predictions"]
        replaced("scoring/sources", ["", "Jana", "Jana", "Jana"])(file)
        for name in ("responsible", "lights_off_s", "lights_on_s", "sign_off"):
            del file["scoring"].attrs[name]

    session = read_session(changed(age))
    scoring = session.scored.scoring
    assert scoring.scores == example().scored.scoring.scores
    assert (scoring.events, scoring.remarks, scoring.lights) == ((), {}, Lights())
    assert (session.scorer, scoring.scorer) == ("Jana", "")


# As a format among others


def test_that_a_scoring_becomes_a_session_that_nobody_works_on_yet(tmp_path):
    scored = example().scored
    write_session_scoring(tmp_path / "night.h5", scored)
    session = read_session(tmp_path / "night.h5")
    assert session.recording_path.name == "night.edf"
    assert session.scorer == "Dr. Ruiz"
    located = ScoredRecording(scored.recording, scored.scoring, tmp_path / "night.edf")
    write_session_scoring(tmp_path / "night.h5", located)
    assert read_session(tmp_path / "night.h5").recording_path == tmp_path / "night.edf"


def test_that_the_scoring_alone_can_be_read(saved):
    stored = read_session_scoring(saved)
    assert stored.start == datetime(2026, 11, 21, 22, 30, 0, 250_000)
    assert stored.scorer == "Dr. Ruiz"


# Finding the recording


def at(recording_path: Path, file_name: str = "night.edf") -> Session:
    identity = RecordingIdentity(file_name, None, 30, ("EEG",))
    return Session(recording_path, ScoredRecording(identity, Scoring(1)), "Jana")


def test_that_the_recording_is_found_where_it_was(tmp_path):
    path = tmp_path / "elsewhere.edf"
    path.touch()
    (tmp_path / "night.edf").touch()
    assert at(path).find_recording(tmp_path / "night.h5") == path


def test_that_the_recording_is_found_beside_the_session(tmp_path):
    (tmp_path / "night.edf").touch()
    found = at(Path("/gone/night.edf")).find_recording(tmp_path / "night.h5")
    assert found == tmp_path / "night.edf"


@pytest.mark.parametrize("former", ["/gone/night.edf", "C:\\nights\\night.edf", "/" + "n" * 5000])
def test_that_a_recording_in_neither_place_is_missed_by_name(tmp_path, former):
    (tmp_path / "night.edf").mkdir()
    with pytest.raises(ScoringError, match=r"The recording night\.edf of night\.h5 is neither at"):
        at(Path(former)).find_recording(tmp_path / "night.h5")


def test_that_a_former_folder_that_may_not_be_entered_is_passed_over(tmp_path, monkeypatch):
    (tmp_path / "night.edf").touch()
    is_file = Path.is_file

    # By hand: the administrator may enter every folder.
    def refuse_locked(path: Path) -> bool:
        if "locked" in path.parts:
            raise PermissionError(13, "Permission denied")
        return is_file(path)

    monkeypatch.setattr(Path, "is_file", refuse_locked)
    found = at(Path("/locked/night.edf")).find_recording(tmp_path / "night.h5")
    assert found == tmp_path / "night.edf"


@pytest.mark.parametrize(
    ("name", "expected"), [("night.h5", True), ("NIGHT.H5", True), ("night.edf", False)]
)
def test_that_sessions_are_told_by_their_suffix(name, expected):
    assert is_session(Path(name)) is expected


def test_that_a_session_made_to_hang_is_ended_and_said(sleepscorer_data, monkeypatch):
    monkeypatch.setattr("sleepscorer.io.session._stranger", Apart(3.0, 2**30))
    path = sleepscorer_data / "fault-cases" / "hang-session.h5"
    with pytest.raises(ScoringError, match=r"hang-session\.h5 can't be read.*more than 3 s"):
        read_session(path)


def _of_a_giant_type(file: h5py.File) -> None:
    del file["scoring/stages"]
    file["scoring"].create_dataset("stages", (4,), dtype=np.dtype((np.void, 2**31 - 1)))


def _packed(file: h5py.File) -> None:
    del file["scoring/stages"]
    file["scoring"].create_dataset("stages", data=np.zeros(4, np.int8), chunks=(4,))


def _with_a_giant_attribute(file: h5py.File) -> None:
    file["recording"].attrs.create("duration_s", np.zeros(8000))


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (_of_a_giant_type, "stages is not stored as in a session"),
        (_packed, "stages is not stored as in a session"),
        (_with_a_giant_attribute, "duration_s is no number"),
        (lambda file: file["recording"].attrs.create("start", "2026-11-21T22:30+01:00"), "zone"),
        (lambda file: file["scoring"].attrs.create("lights_on_s", np.inf), "light goes"),
        (lambda file: file["recording"].attrs.create("duration_s", np.inf), ""),
        (lambda file: file["events/spo2_nadirs"].__setitem__(0, np.inf), "saturation"),
        (lambda file: file["scoring"].attrs.create("scorer", 1e300), "scorer is no text"),
    ],
)
def test_that_what_is_of_no_plausible_form_is_refused_before_it_is_read(changed, edit, reason):
    with pytest.raises(ScoringError, match=rf"night\.h5 can't be read as a session.*{reason}"):
        read_session(changed(edit))
