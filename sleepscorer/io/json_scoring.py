"""JSON that holds everything."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from sleepscorer import DISCLAIMER, __version__
from sleepscorer.domain.alignment import StoredScoring, stored
from sleepscorer.domain.epochs import EPOCH_S, MOST_EPOCHS
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.events import EventKind, ScoredEvent
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import EpochScore, LightInterruption, Lights, Remark, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.io.atomic import write_text
from sleepscorer.io.text_files import decoded, read_bytes

FORMAT = "SleepScorer scoring"
_VERSION = 1


def write_json(path: Path, scored: ScoredRecording) -> None:
    """Write the scoring and what its recording is recognised by.

    Raises
    ------
    ScoringError
        The file can't be written.
    """
    text = json.dumps(document_of(scored), indent=1, ensure_ascii=True, allow_nan=False)
    write_text(path, f"{text}\n")


def document_of(scored: ScoredRecording) -> dict[str, object]:
    """Express a scoring and the identity of its recording in what JSON can hold."""
    identity, scoring = scored.recording, scored.scoring
    hypnodensity = scoring.hypnodensity
    return {
        "format": FORMAT,
        "format_version": _VERSION,
        "application": f"SleepScorer {__version__}",
        "notice": DISCLAIMER,
        "recording": {
            "file_name": identity.file_name,
            "start": None if identity.start is None else identity.start.isoformat(),
            "duration_s": identity.duration_s,
            "channels": list(identity.labels),
            "content": identity.content,
        },
        "scorer": scoring.scorer,
        **document_of_lights(scoring.lights, "lights_"),
        "model": None
        if hypnodensity is None
        else {
            "name": hypnodensity.model,
            "weights_sha256": hypnodensity.weights_sha256,
            "derivation": hypnodensity.derivation,
        },
        "epoch_s": EPOCH_S,
        "epochs": [_epoch(scoring, epoch) for epoch in range(len(scoring))],
        "events": [document_of_event(event) for event in scoring.events],
    }


def _epoch(scoring: Scoring, epoch: int) -> dict[str, object]:
    score = scoring[epoch]
    entry: dict[str, object] = {"stage": score.stage.label, "source": score.source}
    if epoch in scoring.remarks:
        entry |= {
            "comment": scoring.remarks[epoch].comment,
            "artefact": scoring.remarks[epoch].artefact,
        }
    if scoring.hypnodensity is not None:
        row = [float(value) for value in scoring.hypnodensity.probabilities[epoch]]
        entry["probabilities"] = None if math.isnan(row[0]) else row
    return entry


def document_of_lights(lights: Lights, prefix: str = "") -> dict[str, object]:
    """Express times of the lights in what JSON can hold, under names with a prefix."""
    document: dict[str, object] = {f"{prefix}off_s": lights.off_s, f"{prefix}on_s": lights.on_s}
    if lights.interruptions:
        document[f"{prefix}interruptions_s"] = [
            [one.on_s, one.off_s] for one in lights.interruptions
        ]
    return document


def lights_of_document(document: Mapping[str, Any], prefix: str = "") -> Lights:
    """Read the times of a document that `document_of_lights` made.

    Raises
    ------
    KeyError, TypeError, ValueError
        It is no such document.
    """
    off_s, on_s = (document[f"{prefix}{name}"] for name in ("off_s", "on_s"))
    return Lights(
        None if off_s is None else float(off_s),
        None if on_s is None else float(on_s),
        tuple(
            LightInterruption(float(on), float(off))
            for on, off in document.get(f"{prefix}interruptions_s", ())
        ),
    )


def document_of_event(event: ScoredEvent) -> dict[str, object]:
    """Express an event in what JSON can hold."""
    return {
        "kind": event.kind.id,
        "onset_s": event.onset_s,
        "duration_s": event.duration_s,
        "channel": event.channel,
        "text": event.text,
        "spo2_nadir": event.spo2_nadir,
        "spo2_baseline": event.spo2_baseline,
    }


def read_json(path: Path) -> StoredScoring:
    """Read a scoring that was written by `write_json`.

    Raises
    ------
    ScoringError
        The file can't be read, is from a newer version or is damaged.
    """
    try:
        document = json.loads(decoded(read_bytes(path, 4 * 16 * 2**20)))
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise ScoringError(f"{path.name} is a JSON file of another program, not a scoring.")
        if int(document["format_version"]) > _VERSION:
            raise ScoringError(
                f"{path.name} was written by a newer SleepScorer; open it with that version."
            )
        start = document["recording"]["start"]
        moment = None if start is None else datetime.fromisoformat(start).replace(tzinfo=None)
        return stored(scoring_of(document), moment)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as error:
        raise ScoringError(
            f"{path.name} is damaged or was changed by hand ({type(error).__name__}: "
            f"{str(error)[:80]}); export it again."
        ) from error
    except RecursionError as error:
        raise ScoringError(f"{path.name} is nested deeper than any scoring.") from error


def scoring_of(document: Mapping[str, Any]) -> Scoring:
    """Read the scoring of a document that `document_of` made.

    Raises
    ------
    KeyError, TypeError, ValueError, IndexError
        It is no such document.
    """
    entries = document["epochs"]
    if len(entries) > MOST_EPOCHS or float(document["epoch_s"]) != EPOCH_S:
        raise ValueError(f"{len(entries)} epochs of {document['epoch_s']} s")
    return Scoring(
        len(entries),
        scores=[EpochScore(Stage.from_label(one["stage"]), str(one["source"])) for one in entries],
        hypnodensity=_hypnodensity(document["model"], entries),
        events=[event_of(one) for one in document["events"]],
        lights=lights_of_document(document, "lights_"),
        remarks={
            epoch: Remark(str(one["comment"]), bool(one["artefact"]))
            for epoch, one in enumerate(entries)
            if "comment" in one
        },
        scorer=str(document["scorer"]),
    )


def _hypnodensity(model: Mapping[str, Any] | None, entries: list[Any]) -> Hypnodensity | None:
    if model is None:
        return None
    probabilities = np.full((len(entries), 5), np.nan, np.float32)
    for epoch, one in enumerate(entries):
        if one["probabilities"] is not None:
            probabilities[epoch] = one["probabilities"]
    return Hypnodensity(
        probabilities,
        model=str(model["name"]),
        weights_sha256=str(model["weights_sha256"]),
        derivation=str(model["derivation"]),
    )


def event_of(entry: Mapping[str, Any]) -> ScoredEvent:
    """Read the event of a document that `document_of_event` made."""

    def value(name: str) -> float | None:
        return None if entry[name] is None else float(entry[name])

    return ScoredEvent(
        EventKind.from_id(str(entry["kind"])),
        float(entry["onset_s"]),
        float(entry["duration_s"]),
        channel=str(entry["channel"]),
        text=str(entry["text"]),
        spo2_nadir=value("spo2_nadir"),
        spo2_baseline=value("spo2_baseline"),
    )
