"""JSON that holds everything."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from sleepscorer import DISCLAIMER, __version__
from sleepscorer.domain.alignment import StoredScoring, stored
from sleepscorer.domain.epochs import EPOCH_S, MOST_EPOCHS
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.event_decisions import NO_DECISIONS, EventDecisions, EventLink
from sleepscorer.domain.events import ScoredEvent
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.prediction import Prediction
from sleepscorer.domain.provenance import Provenance, provenance_of
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import (
    EpochScore,
    LightInterruption,
    Lights,
    Remark,
    Scoring,
    SignOff,
    model_of,
)
from sleepscorer.domain.stages import Stage
from sleepscorer.io.atomic import write_text
from sleepscorer.io.event_tags import tagged, untagged
from sleepscorer.io.provenance import PROVENANCES, SIGN_OFFS, SourceTable, source_of
from sleepscorer.io.text_files import decoded, read_bytes

FORMAT = "SleepScorer scoring"
_VERSION = 2
_MOST_CLASSES = 100
_ENDS = ("first", "second")
_COLUMNS = (
    *("kind", "text", "tag", "onset_s", "duration_s", "channel"),
    *("spo2_nadir", "spo2_baseline", "source"),
)


def write_json(path: Path, scored: ScoredRecording) -> None:
    """Write the scoring and what its recording is recognised by.

    Raises
    ------
    ScoringError
        The file can't be written.
    """
    text = json.dumps(document_of(scored), indent=1, ensure_ascii=True, allow_nan=False)
    write_text(path, f"{text}\n")


def document_of(scored: ScoredRecording, *, in_columns: bool = False) -> dict[str, object]:
    """Express a scoring and the identity of its recording in what JSON can hold.

    Parameters
    ----------
    scored
        The scoring.
    in_columns
        Whether events stand in columns, see `columns_of`, instead of each by itself.
    """
    identity, scoring = scored.recording, scored.scoring
    hypnodensity = scoring.hypnodensity
    table = SourceTable.of(scoring)
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
        **({"rule": scored.rule_told} if scored.rule_told else {}),
        "sign_off": None if scoring.sign_off is None else SIGN_OFFS.to_builtins(scoring.sign_off),
        "sources": table.documents,
        **document_of_lights(scoring.lights, "lights_"),
        "model": None
        if hypnodensity is None
        else {
            "name": hypnodensity.model,
            "weights_sha256": hypnodensity.weights_sha256,
            "derivation": hypnodensity.derivation,
        },
        "epoch_s": EPOCH_S,
        "epochs": [_epoch(scoring, epoch, table) for epoch in range(len(scoring))],
        "events": columns_of(scoring.events, table)
        if in_columns
        else [_document_of_event(event, table) for event in scoring.events],
        **(
            {"decisions": document_of_decisions(scoring.decisions, table)}
            if scoring.decisions
            else {}
        ),
        "other_predictions": [document_of_prediction(one) for one in scoring.others],
    }


def document_of_prediction(prediction: Prediction) -> dict[str, object]:
    """Express a prediction in what JSON can hold."""
    rows = prediction.probabilities.tolist()
    return {
        "task": prediction.task,
        "classes": list(prediction.classes),
        "name": prediction.model,
        "weights_sha256": prediction.sha256,
        "derivation": prediction.derivation,
        "probabilities": [None if math.isnan(row[0]) else row for row in rows],
    }


def prediction_of(document: Mapping[str, Any]) -> Prediction:
    """Read the prediction of a document that `document_of_prediction` made.

    Raises
    ------
    KeyError, TypeError, ValueError
        It is no such document.
    """
    classes = tuple(str(name) for name in document["classes"])
    if not 0 < len(classes) <= _MOST_CLASSES:
        raise ValueError(f"a prediction of {len(classes)} classes")
    probabilities = np.full((len(document["probabilities"]), len(classes)), np.nan, np.float32)
    for epoch, row in enumerate(document["probabilities"]):
        if row is not None:
            probabilities[epoch] = row
    return Prediction(
        task=str(document["task"]),
        classes=classes,
        probabilities=probabilities,
        model=str(document["name"]),
        sha256=str(document["weights_sha256"]),
        derivation=str(document["derivation"]),
    )


def _epoch(scoring: Scoring, epoch: int, table: SourceTable) -> dict[str, object]:
    score = scoring[epoch]
    entry: dict[str, object] = {"stage": score.stage.label, "source": table.number(score.source)}
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


def columns_of(events: Sequence[ScoredEvent], table: SourceTable) -> dict[str, list[Any]]:
    """Express events in what JSON can hold, in columns; sources by their numbers in a table.

    Half a million events take half the room and time that they take each by itself.
    """
    kinds, texts, tags = zip(*map(tagged, events), strict=True) if events else ((),) * 3
    columns: tuple[Iterable[object], ...] = (
        *(kinds, texts, tags),
        (event.onset_s for event in events),
        (event.duration_s for event in events),
        (event.channel for event in events),
        (event.spo2_nadir for event in events),
        (event.spo2_baseline for event in events),
        (table.number(event.source) for event in events),
    )
    return {name: list(column) for name, column in zip(_COLUMNS, columns, strict=True)}


def events_of(document: object, sources: Sequence[Provenance]) -> tuple[ScoredEvent, ...]:
    """Read events that `columns_of` wrote, or those of a list that has each by itself.

    Raises
    ------
    KeyError, TypeError, ValueError
        It is neither.
    """
    if isinstance(document, list):
        return tuple(_event_of(entry, sources) for entry in document)
    if not isinstance(document, dict):
        raise TypeError("events are neither a list nor columns")
    rows = zip(*(document[name] for name in _COLUMNS), strict=True)
    return tuple(_event_of(dict(zip(_COLUMNS, row, strict=True)), sources) for row in rows)


def document_of_decisions(decisions: EventDecisions, table: SourceTable) -> dict[str, object]:
    """Express what people decided on events in what JSON can hold."""
    firsts, seconds = ([getattr(one, name) for one in decisions.links] for name in _ENDS)
    return {
        "rejected": columns_of(decisions.rejected, table),
        "links": {
            "first": columns_of(firsts, table),
            "second": columns_of(seconds, table),
            "holds": [one.holds for one in decisions.links],
        },
    }


def decisions_of(
    document: Mapping[str, Any] | None, sources: Sequence[Provenance]
) -> EventDecisions:
    """Read the decisions of a document that `document_of_decisions` made; None stands for none.

    Raises
    ------
    KeyError, TypeError, ValueError
        It is no such document.
    """
    if document is None:
        return NO_DECISIONS
    links = document["links"]
    ends = (events_of(links[name], sources) for name in _ENDS)
    return EventDecisions(
        events_of(document["rejected"], sources),
        tuple(
            EventLink(first, second, bool(holds))
            for first, second, holds in zip(*ends, links["holds"], strict=True)
        ),
    )


def _document_of_event(event: ScoredEvent, table: SourceTable) -> dict[str, object]:
    kind, text, tag = tagged(event)
    return {
        "kind": kind,
        **({"tag": tag} if tag else {}),
        "onset_s": event.onset_s,
        "duration_s": event.duration_s,
        "channel": event.channel,
        "text": text,
        "spo2_nadir": event.spo2_nadir,
        "spo2_baseline": event.spo2_baseline,
        "source": table.number(event.source),
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
            raise ScoringError(
                "{file} is a JSON file of another program, not a scoring.", file=path.name
            )
        if int(document["format_version"]) > _VERSION:
            raise ScoringError(
                "{file} was written by a newer SleepScorer; open it with that version.",
                file=path.name,
            )
        start = document["recording"]["start"]
        moment = None if start is None else datetime.fromisoformat(start).replace(tzinfo=None)
        return stored(scoring_of(document), moment)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as error:
        raise ScoringError(
            "{file} is damaged or was changed by hand ({name}: {error}); export it again.",
            file=path.name,
            name=type(error).__name__,
            error=str(error)[:80],
        ) from error
    except RecursionError as error:
        raise ScoringError("{file} is nested deeper than any scoring.", file=path.name) from error


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
    hypnodensity = _hypnodensity(document["model"], entries)
    is_typed = int(document["format_version"]) > 1
    sources = sources_of(document["sources"]) if is_typed else ()

    def source(one: Mapping[str, Any]) -> Provenance | None:
        if is_typed:
            return source_of(one["source"], sources)
        return provenance_of(str(one["source"]), model_of(hypnodensity))

    return Scoring(
        len(entries),
        scores=[EpochScore(Stage.from_label(one["stage"]), source(one)) for one in entries],
        hypnodensity=hypnodensity,
        others=[prediction_of(one) for one in document.get("other_predictions", ())],
        events=events_of(document["events"], sources),
        decisions=decisions_of(document.get("decisions"), sources),  # not in earlier versions
        lights=lights_of_document(document, "lights_"),
        remarks={
            epoch: Remark(str(one["comment"]), bool(one["artefact"]))
            for epoch, one in enumerate(entries)
            if "comment" in one
        },
        scorer=str(document["scorer"]),
        sign_off=sign_off_of(document.get("sign_off")),
    )


def sources_of(documents: list[object]) -> tuple[Provenance, ...]:
    """Read the sources of documents that `SourceTable` made; raise ValueError for others."""
    return tuple(PROVENANCES.from_builtins(one) for one in documents)


def sign_off_of(document: object) -> SignOff | None:
    """Read a sign-off, or that there is none; raise ValueError for anything else."""
    return None if document is None else SIGN_OFFS.from_builtins(document)


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


def _event_of(entry: Mapping[str, Any], sources: Sequence[Provenance]) -> ScoredEvent:
    def value(name: str) -> float | None:
        return None if entry[name] is None else float(entry[name])

    kind, text = untagged(str(entry["kind"]), str(entry["text"]), str(entry.get("tag", "")))
    return ScoredEvent(
        kind,
        float(entry["onset_s"]),
        float(entry["duration_s"]),
        channel=str(entry["channel"]),
        text=text,
        spo2_nadir=value("spo2_nadir"),
        spo2_baseline=value("spo2_baseline"),
        source=source_of(entry.get("source", -1), sources),  # not in earlier versions
    )
