from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sleepscorer.domain.alignment import StoredScoring, align
from sleepscorer.domain.clock_times import known_start
from sleepscorer.domain.event_decisions import EventDecisions, EventLink, can_be_linked
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.prediction import Prediction
from sleepscorer.domain.provenance import UNKNOWN_MODEL, Imported, Joint, Model, Person
from sleepscorer.domain.recording import UNKNOWN_DATE
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
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.losses import reduced
from sleepscorer.io.questions import answered, by_words
from sleepscorer.io.scoring_formats import SCORING_FORMATS, read_scoring


@dataclass(frozen=True)
class Signal:
    label: str
    unit: str
    sfreq: float
    samples: npt.NDArray[np.float32]
    physical_range: tuple[float, float]


START = datetime(2026, 3, 1, 22, 13, 30)

# NUL ends texts in HDF5 and half a surrogate pair is no text anywhere.
texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)
labels = st.sampled_from(["", "EEG C4-M1", "EMG RAT", "Spøla ±", "L", "nan"])
percents = st.none() | st.integers(0, 1000).map(lambda tenths: tenths / 10)


def milliseconds(least: int, most: int) -> st.SearchStrategy[float]:
    return st.integers(least, most).map(lambda value: value / 1000)


@st.composite
def hypnodensities(draw: st.DrawFn, n_epochs: int) -> Hypnodensity:
    seed = draw(st.integers(0, 2**32 - 1))
    rows = np.random.default_rng(seed).dirichlet(np.ones(5), n_epochs).astype(np.float32)
    rows[draw(st.lists(st.booleans(), min_size=n_epochs, max_size=n_epochs))] = np.nan
    return Hypnodensity(rows, model=draw(texts), weights_sha256="ab" * 32, derivation="C4-M1")


sources = st.sampled_from(
    [
        None,
        UNKNOWN_MODEL,
        Model("Net 1", "ab"),
        Person("Ål"),
        Person("Ål", saw_model=True),
        Person("a name like a file.csv"),
        Imported("vendor.xml"),
        Imported("vendor.xml", Person("Ål")),
        Joint((Person("Ål"), Person("Bo"))),
    ]
)


def other_prediction(n_epochs: int) -> Prediction:
    rows = np.full((n_epochs, 2), 0.5, np.float32)
    return Prediction("apnea", ("no", "yes"), rows, "Net 2", "cd", "Flow")


@st.composite
def events(draw: st.DrawFn, duration_ms: int) -> ScoredEvent:
    onset_s = draw(milliseconds(0, duration_ms))
    return ScoredEvent(
        draw(st.sampled_from(list(EventKind))),
        onset_s,
        draw(milliseconds(0, 60_000)),
        channel=draw(labels),
        text=draw(
            st.just("") | texts | st.sampled_from(["Arousal", "Lights off", "a@@b", "W", "|Apnea"])
        ),
        spo2_nadir=draw(percents),
        spo2_baseline=draw(percents),
        source=draw(sources),
    )


@st.composite
def decisions(draw: st.DrawFn, duration_ms: int) -> EventDecisions:
    kinds = replace(draw(events(duration_ms)), kind=EventKind.HYPOPNEA), EventKind.AROUSAL
    links = [
        EventLink(kinds[0], replace(draw(events(duration_ms)), kind=kinds[1]), draw(st.booleans()))
        for _ in range(draw(st.integers(0, 2)))
    ]
    return EventDecisions(tuple(draw(st.lists(events(duration_ms), max_size=2))), tuple(links))


def links_between(marked: list[ScoredEvent]) -> st.SearchStrategy[list[EventLink]]:
    """Any links of some events."""
    pairs = [(one, other) for one in marked for other in marked if can_be_linked(one, other)]
    link = st.builds(
        lambda pair, holds: EventLink(*pair, holds), st.sampled_from(pairs), st.booleans()
    )
    return st.lists(link, max_size=3) if pairs else st.just([])


@st.composite
def lights_in(draw: st.DrawFn, duration_ms: int) -> Lights:
    """Any lights, interrupted or not."""
    count = draw(st.integers(0, 6))
    times_s = sorted(
        draw(st.lists(milliseconds(0, duration_ms), min_size=count, max_size=count, unique=True))
    )
    if count < 2:
        return draw(st.sampled_from([Lights(*times_s), Lights(on_s=next(iter(times_s), None))]))
    off_s, *between = times_s
    pairs = tuple(
        LightInterruption(*pair) for pair in zip(between[::2], between[1::2], strict=False)
    )
    return Lights(off_s, between[-1] if len(between) % 2 else None, pairs)


@st.composite
def scorings(draw: st.DrawFn) -> Scoring:
    """Any scoring."""
    n_epochs = draw(st.integers(1, 8))
    duration_ms = n_epochs * 30_000
    score = st.builds(EpochScore, st.sampled_from(list(Stage)), sources)
    remark = st.builds(Remark, texts, st.booleans())
    marked = draw(st.lists(events(duration_ms), max_size=6))
    decided = draw(decisions(duration_ms))
    if draw(st.booleans()):  # of events that are there
        decided = EventDecisions(links=tuple(draw(links_between(marked))))
    return Scoring(
        n_epochs,
        scores=draw(st.lists(score, min_size=n_epochs, max_size=n_epochs)),
        hypnodensity=draw(st.none() | hypnodensities(n_epochs)),
        events=marked,
        decisions=decided,
        lights=draw(lights_in(duration_ms)),
        remarks=draw(st.dictionaries(st.integers(0, n_epochs - 1), remark, max_size=4)),
        scorer=draw(texts),
        others=draw(st.sampled_from([(), (other_prediction(n_epochs),)])),
        sign_off=draw(st.none() | st.just(SignOff("Ål", datetime(2026, 3, 2, 8, tzinfo=UTC)))),
    )


def scored(scoring: Scoring, path: Path | None = None) -> ScoredRecording:
    identity = RecordingIdentity("night.edf", START, len(scoring) * 30.0, ("EEG C4-M1",))
    return ScoredRecording(identity, scoring, path)


def content(scoring: Scoring) -> tuple[object, ...]:
    """All of a scoring, to be compared."""
    hypnodensity = scoring.hypnodensity
    return (
        scoring.scores,
        scoring.events,
        scoring.decisions,
        scoring.lights,
        dict(scoring.remarks),
        scoring.scorer,
        scoring.others,
        scoring.sign_off,
        None
        if hypnodensity is None
        else (
            hypnodensity.model,
            hypnodensity.weights_sha256,
            hypnodensity.derivation,
            hypnodensity.probabilities.tobytes(),
        ),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("round-trips")


def recording_of(folder: Path, scoring: Scoring) -> Path:
    path = folder / f"night-{len(scoring)}.edf"
    if not path.exists():
        samples = np.zeros(len(scoring) * 300, np.float32)
        write_edf(path, [Signal("EEG C4-M1", "uV", 10.0, samples, (-100.0, 100.0))], start=START)
    return path


def read_back(path: Path, times: str = "clock") -> StoredScoring:
    # What YASA's numbers mean, how long a line of a night of a few epochs lasts, and early times
    # without a date are all that our files leave open.
    answers = {"coding": "yasa", "epoch": "30", "times": times}
    return answered(lambda: read_scoring(path), by_words(answers))


@pytest.mark.parametrize("row", SCORING_FORMATS, ids=lambda row: row.id)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(scoring=scorings())
def test_that_what_is_read_back_is_what_was_written_but_for_the_announced_losses(
    row, folder, scoring
):
    held, losses = reduced(scoring, row.holds)
    path = folder / row.file_name("night.edf")
    row.write(path, scored(scoring, recording_of(folder, scoring)))
    stored_scoring = read_back(path)
    aligned = align(stored_scoring, start=START, duration_s=len(scoring) * 30.0)
    assert content(aligned.scoring) == content(held)
    assert (not losses) == (content(held) == content(scoring))
    # Reducing what is left loses nothing more.
    assert content(reduced(held, row.holds)[0]) == content(held)


def kept(scoring: Scoring) -> tuple[object, ...]:
    """What of a scoring no conversion may change without saying so."""
    return scoring.stages, scoring.lights, scoring.events


@pytest.mark.parametrize("row", SCORING_FORMATS, ids=lambda row: row.id)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(scoring=scorings(), other=st.sampled_from(SCORING_FORMATS))
def test_that_a_conversion_and_its_way_back_lose_only_what_is_announced(
    row, folder, scoring, other
):
    recording = recording_of(folder, scoring)
    duration_s = len(scoring) * 30.0
    held = scoring
    for step, target in enumerate((row, other, row)):
        path = folder / f"step-{step}-{target.file_name('night.edf')}"
        before = held
        held, losses = reduced(before, target.holds)
        target.write(path, scored(before, recording))
        aligned = align(read_back(path), start=START, duration_s=duration_s)
        assert kept(aligned.scoring) == kept(held)
        assert losses or kept(held) == kept(before)
        held = aligned.scoring


@pytest.mark.parametrize("row", SCORING_FORMATS, ids=lambda row: row.id)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    start=st.datetimes(datetime(1986, 1, 1), datetime(2084, 12, 31)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    is_dated=st.booleans(),
    stages=st.lists(st.sampled_from(list(Stage)[:5]), min_size=1, max_size=8),
)
def test_that_a_start_is_read_back_or_announced_as_lost(row, folder, start, is_dated, stages):
    if row.id == "edf-copy":
        return  # its start is the recording's
    scoring = Scoring(len(stages), scores=[EpochScore(stage) for stage in stages])
    written = start if is_dated else datetime.combine(UNKNOWN_DATE, start.time())
    path = folder / f"start-{row.file_name('night.edf')}"
    identity = RecordingIdentity("night.edf", written, len(stages) * 30.0, ())
    row.write(path, ScoredRecording(identity, scoring))
    times = "elapsed" if known_start(written) is None else "clock"
    found = known_start(read_back(path, times).start)
    losses = " ".join(row.losses(scoring, start=written))
    if known_start(written) is None or "the time of day at which" in losses:
        assert found is None
    elif "the date on which" in losses:
        assert found == start.time()
    else:
        assert found == known_start(written)


@pytest.mark.parametrize("scoring_format", SCORING_FORMATS, ids=lambda one: one.id)
def test_that_a_suggestion_never_leaves_as_an_event_of_a_person(tmp_path, scoring_format):
    suggested = ScoredEvent(EventKind.CENTRAL_APNEA, 35.0, 12.0, source=Model("Plain engine"))
    decided = ScoredEvent(EventKind.OBSTRUCTIVE_APNEA, 65.0, 14.0, source=Person("Ål"))
    scoring = Scoring(4, scores=[EpochScore(Stage.N2)] * 4, events=[suggested, decided])
    held, losses = reduced(scoring, scoring_format.holds)
    kinds = {event.kind: event.source for event in held.events}
    assert isinstance(kinds.get(EventKind.CENTRAL_APNEA, UNKNOWN_MODEL), Model)
    assert (EventKind.CENTRAL_APNEA in kinds) or any("suggests" in loss for loss in losses)
    if EventKind.OBSTRUCTIVE_APNEA in scoring_format.holds.kinds:
        assert EventKind.OBSTRUCTIVE_APNEA in kinds
