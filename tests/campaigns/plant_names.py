"""Plant names in every field that a recording and its scoring have, and look for them in copies.

Run by hand: ``python tests/campaigns/plant_names.py [--n N] [--seed SEED]``. Each time some fields
hold a name. The de-identified recording and session, and all formats that are made of them, must
not hold it in any encoding.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
from campaign import run, said
from nights import scoring_of, write_night

from sleepscorer.converting import opened_session
from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.prediction import Prediction
from sleepscorer.domain.provenance import Imported, Joint, Model, Person, Provenance
from sleepscorer.domain.scoring import EpochScore, Remark, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.io.atomic import write_text
from sleepscorer.io.deidentified import Times, write_deidentified
from sleepscorer.io.edf import EdfRecording, open_edf
from sleepscorer.io.scoring_formats import SCORING_FORMATS
from sleepscorer.report.content import make_report
from sleepscorer.report.page import report_html

NAMES = ("Zebedee", "Qvarnström", "Öztürk-Żak", "ZEBEDEE 0815", "zebedee_q", "Дмитрий Зуев")
# Of the whole header, and of each signal: where a field begins and how long it is.
FILE_FIELDS = {"patient": (8, 80), "recording": (88, 80), "reserved": (197, 39)}
SIGNAL_WIDTHS = {
    "label": 16,
    "transducer": 80,
    "unit": 8,
    "prefilter": 80,
    "reserved of signal": 32,
}
_BEFORE = {"label": 0, "transducer": 16, "unit": 96, "prefilter": 136, "reserved of signal": 224}
TEXTS = (
    "{}", "{}|Hypopnea", "Hypopnea|{}", "EEG arousal@@{}", "Sleep stage W@@{}", "Lights off@@{}",
    "Sleep stage {}", "arousal ({})", "N2 {}", "{} wakes", "SpO2 drop {}",
)  # fmt: skip


def trial(rng: random.Random, number: int, folder: Path) -> Iterator[str]:
    name = NAMES[number % len(NAMES)]
    inside, out = folder / "in", folder / "out"
    inside.mkdir()
    out.mkdir()
    texts = rng.sample(TEXTS, 4)
    annotations = tuple(
        Annotation(10.0 * place, 2.0, text.format(name).partition("@@")[0], "")
        if "@@" not in text
        else Annotation(10.0 * place, 2.0, text.partition("@@")[0], name)
        for place, text in enumerate(texts)
    )
    path = write_night(inside / f"{name.replace(' ', '_')}.edf", number, annotations)
    planted = plant_in_header(rng, path, name.encode("latin-1", "replace"))
    assert any(needle in path.read_bytes() for needle in needles(name))
    times = rng.choice(list(Times))
    with closing(open_edf(path)) as recording:
        scoring = planted_scoring(rng, recording, name)
        try:
            written = write_deidentified(recording, out, "study", times=times, scoring=scoring)
        except SleepScorerError as error:
            yield said(error, path.name)
            return
    assert written.session is not None
    yield "copied"
    if not planted:
        yield "nothing planted in the header"
    scored = opened_session(written.session)
    for row in SCORING_FORMATS:
        row.write(out / row.file_name(f"{row.id}.edf"), scored)
    with closing(open_edf(written.recording)) as copy:
        write_text(out / "report.html", report_html(make_report(copy, scored.scoring)))
    for file in sorted(out.iterdir()):
        content = file.read_bytes()
        for needle in needles(name):
            if needle in content:
                place = content.index(needle)
                print(file.name, content[max(place - 60, 0) : place + 40])
                yield f"{file.suffix}: NAME LEFT"


def needles(name: str) -> set[bytes]:
    """How each longer part of a name may be written."""
    found = set()
    for part in name.replace("-", " ").replace("_", " ").split():
        if len(part) >= 4:
            for form in (part, part.lower(), part.upper()):
                found |= {form.encode("utf-8"), form.encode("utf-16-le")}
                found.add(json.dumps(form)[1:-1].encode())
                if form.encode("latin-1", "ignore").decode("latin-1") == form:
                    found.add(form.encode("latin-1"))
    return found


def plant_in_header(rng: random.Random, path: Path, name: bytes) -> list[str]:
    """Overwrite some texts of an EDF header."""
    content = bytearray(path.read_bytes())
    n_signals = int(content[252:256])
    planted = []
    for field, (first, length) in FILE_FIELDS.items():
        if rng.random() < 0.5:
            text = content[first : first + length].rstrip() + b" " + name
            if field == "reserved" or rng.random() < 0.3:
                text = name
            content[first : first + length] = text[:length].ljust(length)
            planted.append(field)
    for field, width in SIGNAL_WIDTHS.items():
        for signal in range(n_signals - 1):  # the last one holds the annotations
            if rng.random() < 0.3:
                first = 256 + _BEFORE[field] * n_signals + signal * width
                former = bytes(content[first : first + width]).rstrip()
                text = rng.choice((name, former + b" " + name, name + b" " + former))
                if field == "unit":
                    text = name
                content[first : first + width] = text[:width].ljust(width)
                planted.append(field)
    if rng.random() < 0.3:
        content += name
    path.write_bytes(bytes(content))
    return planted


def planted_scoring(rng: random.Random, recording: EdfRecording, name: str) -> Scoring:
    plain = scoring_of(recording, "Ann").scoring
    sources: tuple[Provenance, ...] = (
        Person(name), Imported(f"{name}.xml", Person(name)), Model(f"{name}Net 1", "0" * 64),
        Joint((Person(name), Person("Ann"))),
    )  # fmt: skip
    labels = [channel.label for channel in recording.channels]
    density = np.full((len(plain), 5), 0.2, np.float32)
    predicted = Hypnodensity(density, f"{name}Net 1", name, f"{name}-Cz")
    other = replace(Prediction.of_stages(predicted), model=f"Net of {name}")
    return Scoring(
        len(plain),
        scores=[EpochScore(Stage(epoch % 5), rng.choice(sources)) for epoch in range(len(plain))],
        hypnodensity=predicted,
        others=[other],
        events=[
            ScoredEvent(
                kind, 7.0 * place, 3.0, rng.choice((*labels, name, "")), text, source=source
            )
            for place, kind in enumerate((EventKind.AROUSAL, EventKind.NOTE, EventKind.APNEA))
            for text, source in [(rng.choice(("", name, f"of {name}")), rng.choice(sources))]
        ],
        lights=plain.lights,
        remarks={0: Remark(name), 1: Remark(f"asked for {name}", artefact=True)},
        scorer=name,
    )


if __name__ == "__main__":
    run(trial, n_trials=400)
