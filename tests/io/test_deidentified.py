"""A copy says nothing but what is known to be harmless: names are planted in every field."""

from contextlib import closing, suppress
from datetime import datetime

import numpy as np
import pytest

from sleepscorer.converting import opened_session
from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scoring import EpochScore, Lights, Remark, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.io.deidentified import Times, write_deidentified
from sleepscorer.io.harmless import (
    harmless_annotation,
    harmless_labels,
    harmless_prefilter,
    harmless_unit,
    is_harmless_label,
)
from sleepscorer.io.recordings import open_recording

NAME = "Zebedee"
NEEDLE = NAME[:3].encode().lower()
WIDTHS = (16, 80, 8, 8, 8, 8, 8, 80, 8, 32)
N_RECORDS = 60


def signal_field(column: int, n_signals: int, signal: int) -> tuple[int, int]:
    return 256 + sum(WIDTHS[:column]) * n_signals + signal * WIDTHS[column], WIDTHS[column]


def planted_scoring() -> Scoring:
    probabilities = np.full((2, 5), 0.2, np.float32)
    return Scoring(
        2,
        scores=[EpochScore(Stage.N2, Person(NAME)), EpochScore(Stage.R, Person(f"Dr {NAME}"))],
        hypnodensity=Hypnodensity(probabilities, f"{NAME}Net 1", NAME, f"{NAME}-Cz"),
        events=[
            ScoredEvent(EventKind.AROUSAL, 3.0, 4.0, channel=f"{NAME} EEG", text=NAME),
            ScoredEvent(EventKind.HYPOPNEA, 9.0, 12.0, channel=f"nobody's {NAME}"),
            ScoredEvent(EventKind.NOTE, 12.0, 0.0, text=NAME),
        ],
        lights=Lights(1.0, 59.0),
        remarks={0: Remark(NAME, artefact=True), 1: Remark(f"call {NAME}")},
        scorer=NAME,
    )


def planted_tals(kind: str) -> list[bytes]:
    texts = [
        NAME,
        f"{NAME}|Hypopnea",
        f"Hypopnea|{NAME}",
        f"EEG arousal@@{NAME}",
        f"Sleep stage W@@{NAME}",
        f"Lights off@@{NAME}",
        "EEG arousal@@EEG Fpz-Cz",
        f"Sleep stage {NAME}",
        f"arousal ({NAME})",
        f"{NAME} arousal",
        f"N2 {NAME}",
    ]
    tals = []
    for record in range(N_RECORDS):
        text = texts[record % len(texts)]
        padding = f"\x00{NAME}" if record == 5 else ""
        tals.append(
            f"+{record}\x14\x14\x00+{record}.5\x151\x14{text}\x14\x00{padding}".encode("latin-1")
        )
    return tals


@pytest.mark.parametrize("times", list(Times))
@pytest.mark.parametrize("kind", ["EDF", "EDF+C", "EDF+D", "BDF", "BDF+C", "BDF+D"])
def test_that_a_name_in_any_field_is_in_no_copy(kind, times, raw_signal, write_edf_bytes, tmp_path):
    zeros = np.zeros(N_RECORDS * 4, np.int64)
    labels = ("EEG Fpz-Cz", f"{NAME} EEG", "Resp", f"C4-M1\x00{NAME}"[:16], NAME)
    signals = [raw_signal(zeros, label=label) for label in labels]
    has_annotations = "+" in kind
    n_signals = len(signals) + has_annotations
    fields = {
        (8, 80): f"X F 01-JAN-1960 {NAME}",
        (88, 80): f"Startdate 21-NOV-2026 {NAME} {NAME} {NAME}",
        (192, 44): f"{kind if has_annotations else ''}".ljust(6) + NAME,
        (244, 8): f"1\x00{NAME}",
        signal_field(1, n_signals, 0): f"{NAME}'s electrode",
        signal_field(2, n_signals, 2): NAME,
        signal_field(3, n_signals, 0): f"-99\x00{NAME}",
        signal_field(4, n_signals, 1): f"99\x00{NAME}",
        signal_field(5, n_signals, 2): f"-9\x00{NAME}",
        signal_field(6, n_signals, 3): f"9\x00{NAME}",
        signal_field(3, n_signals, 4): NAME,
        signal_field(7, n_signals, 0): f"HP:0.1Hz {NAME} LP:35Hz",
        signal_field(7, n_signals, 1): f"of Ms {NAME}",
        signal_field(9, n_signals, 0): f"reserved for {NAME}",
    }
    path = write_edf_bytes(
        signals,
        N_RECORDS,
        planted_tals(kind) if has_annotations else None,
        reserved=kind if has_annotations else "",
        is_bdf=kind.startswith("BDF"),
        fields=fields,
        name=f"{NAME}.{kind[:3].lower()}",
    )
    path.write_bytes(path.read_bytes() + NAME.encode())
    assert path.read_bytes().lower().count(NEEDLE) > 15
    with closing(open_recording(path)) as recording:
        written = write_deidentified(
            recording, tmp_path / ".", "study", times=times, scoring=planted_scoring()
        )
    assert written.session is not None
    for file in (written.recording, written.session):
        content = file.read_bytes().lower()
        assert NEEDLE not in content, content[max(content.index(NEEDLE) - 40, 0) :][:80]
    scored = opened_session(written.session)  # what it refers to opens, and is what was scored
    assert [score.stage for score in scored.scoring.scores] == [Stage.N2, Stage.R]
    assert scored.scoring.events[0].channel == "EEG 2"
    assert scored.scoring.events[1].channel == ""
    assert any("EEG 2" in sentence for sentence in written.removed)
    with closing(open_recording(written.recording)) as copy:
        assert [channel.label for channel in copy.channels] == [
            *("EEG Fpz-Cz", "EEG 2", "Resp", "C4-M1", "Channel 5")
        ]
        assert copy.start == {
            Times.KEPT: datetime(2026, 11, 21, 22, 30),
            Times.DATE_HIDDEN: datetime(1985, 1, 1, 22, 30),
            Times.SHIFTED: datetime(1985, 1, 1),
        }.get(times)
        texts = {(one.description, one.channel) for one in copy.read_annotations()}
    if has_annotations:
        assert ("EEG arousal", "EEG Fpz-Cz") in texts
        assert ("Hypopnea", "") in texts


def test_that_nothing_is_written_where_a_file_is_in_the_way(raw_signal, write_edf_bytes, tmp_path):
    path = write_edf_bytes([raw_signal(np.zeros(240, np.int64))], 60)
    (tmp_path / "study.h5").write_text("somebody's work")
    with closing(open_recording(path)) as recording, suppress(SleepScorerError):
        write_deidentified(
            recording, tmp_path, "study", times=Times.KEPT, scoring=planted_scoring()
        )
        pytest.fail("it was written")
    assert (tmp_path / "study.h5").read_text() == "somebody's work"
    assert not (tmp_path / "study.edf").exists()


def test_that_usual_labels_stay_as_they_are(sleepscorer_data):
    replaced = set()
    for path in sorted(sleepscorer_data.rglob("*.edf")):
        with suppress(SleepScorerError), closing(open_recording(path)) as recording:
            labels = tuple(channel.label for channel in recording.channels)
            replaced |= set(labels) - set(harmless_labels(labels))
    # What a programmer wrote to test a reader.
    assert replaced <= {"Ergo-Left", "Ergo-Right", "3Hz +5/-5 V", "0.2Hz Blk 1/0uV"}


@pytest.mark.parametrize(
    "label",
    ["Anna", "EEG Anna", "C3-A2 Müller", "R. Smith", "0170 1234567", "<b>EEG", "王", "", "EEG\n1"],
)
def test_that_a_label_with_any_other_word_is_replaced(label):
    assert not is_harmless_label(label)
    assert label not in harmless_labels([label])


def test_that_replaced_labels_differ_from_all_others():
    labels = ["Anna", "Channel 1", "Berta", "Channel 3"]
    found = harmless_labels(labels)
    assert len(set(found)) == 4
    assert found[1::2] == ("Channel 1", "Channel 3")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("HP:0.1Hz LP:75Hz N:50Hz", "HP:0.1Hz LP:75Hz N:50Hz"),
        ("HP: DC, LP: 0", "HP:DC LP:0"),
        ("HP:0.5Hz LP:100Hz [enhanced cassette BW]", "HP:0.5Hz LP:100Hz"),
        ("Anna Müller, N 017012345", ""),
        ("HP Anna LP:35Hz", "LP:35Hz"),
    ],
)
def test_that_of_a_filter_text_the_filters_are_kept(text, kept):
    assert harmless_prefilter(text) == kept


@pytest.mark.parametrize(
    ("unit", "kept"),
    [("uV", "uV"), ("µV", "µV"), ("%", "%"), ("", ""), ("Anna", ""), ("deg C", "deg C")],
)
def test_that_units_are_kept_and_other_texts_are_not(unit, kept):
    assert harmless_unit(unit) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Sleep stage 4", "Sleep stage 4"),
        ("Anna|Hypopnea", "Hypopnea"),
        ("licht aus", "Lights off"),
        ("Anna", None),
    ],
)
def test_that_an_annotation_is_said_in_standard_words_or_not_at_all(text, kept):
    found = harmless_annotation(Annotation(1.0, 2.0, text, "Anna", "Berta"), {})
    assert found == (None if kept is None else Annotation(1.0, 2.0, kept))
