"""`sleepscorer events`: suggest events of scored recordings, and count those that people marked."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from sleepscorer import DISCLAIMER, __version__
from sleepscorer.converting import load, recording_of
from sleepscorer.domain.artefacts import artefacts_of
from sleepscorer.domain.errors import ScoringError, SleepScorerError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scoring import Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.statistics import Figure
from sleepscorer.domain.texts import json_text
from sleepscorer.events.engine import EventEngine, Proposal, Proposals
from sleepscorer.events.laboratory import Laboratory
from sleepscorer.events.sensors import Sensors
from sleepscorer.events.summary import night_statistics
from sleepscorer.io.atomic import prepare_folder, replaces, write_text
from sleepscorer.io.definitions import definitions
from sleepscorer.io.recordings import open_recording
from sleepscorer.terminal import distinct_targets, for_each, refuse_existing, say


def events(
    paths: Sequence[Path],
    *,
    out: Path,
    laboratory: Laboratory,
    engine: EventEngine,
    recording: Path | None = None,
    overwrite: bool = False,
) -> int:
    """Write, for each scoring, proposals of events and the numbers of those that people marked.

    Parameters
    ----------
    paths
        Sessions, or scorings of any format with their recording.
    out
        Folder for the results, made when it is missing.
    laboratory
        Rule, sensors and positions.
    engine
        What looks for events.
    recording
        The recording that the scorings belong to; that of each session without.
    overwrite
        Whether results that are there already are replaced.

    Returns
    -------
    exit_status
        0 when all could be done, 1 otherwise.
    """

    def target_of(source: Path) -> Path:
        return out / f"{source.stem}-events.json"

    def work(source: Path) -> str:
        target = checked_target(source)
        refuse_existing(target, overwrite=overwrite)
        scoring = load(source, recording).scoring
        with closing(open_recording(recording_of(source, recording))) as opened:
            document, found = _evaluated(opened, scoring, laboratory, engine)
        document = {"file": source.name, **document}
        with replaces(overwrite):
            write_text(target, json_text(document))
        n_found = len(found.accepted)
        told = Phrase(
            "{source} → {target}: {n} {n:suggestion|suggestions}.",
            source=source.name,
            target=target,
            n=n_found,
        )
        return " ".join((told, *found.remarks))

    try:
        prepare_folder(out)
        checked_target = distinct_targets(paths, target_of)
    except SleepScorerError as error:
        say(str(error))
        return 1
    return for_each(paths, work, "searched")


def _evaluated(
    recording: Recording, scoring: Scoring, laboratory: Laboratory, engine: EventEngine
) -> tuple[dict[str, object], Proposals]:
    if not any(stage > Stage.W for stage in scoring.stages):
        raise ScoringError(
            "{file} has no epoch of sleep; score its stages first.", file=recording.path.name
        )
    laboratory.check(recording)
    rule = laboratory.rule
    signals = laboratory.signals(recording, artefacts_of(scoring))
    decided = [event for event in scoring.events if not event.is_proposed]
    found = engine.propose(
        *(signals, scoring.stages, rule, decided),
        rejected=scoring.decisions.rejected,
        progress=lambda _: None,
    )
    sensors = Sensors.read(signals, laboratory.supine)
    statistics = night_statistics(scoring, recording.duration_s, sensors, rule)
    document: dict[str, object] = {
        "version": __version__,
        "disclaimer": DISCLAIMER,
        "engine": engine.model.name,
        "rule": {"name": rule.name, "fall_percent": rule.fall, "or_arousal": rule.or_arousal},
        "roles": {role.value: channel.label for role, channel in signals.roles.channels.items()},
        "figures_of_marked_events": {figure.id: _figure(figure) for figure in statistics.figures},
        "remarks_on_figures": list(statistics.caveats),
        "proposals": [_proposal(one) for one in found.accepted],
        "rejected": [_proposal(one) for one in found.rejected],
        "remarks": list(found.remarks),
    }
    return document, found


def _figure(figure: Figure) -> dict[str, object]:
    definition = definitions()[figure.id]
    return {
        "name": definition.name,
        "value": None if figure.value is None else round(figure.value, 4),
        "unit": figure.unit,
        "definition": definition.text,
        "incomplete": figure.is_incomplete,
        "remark": figure.remark,
    }


def _proposal(proposal: Proposal) -> dict[str, object]:
    event = proposal.event
    return {
        "kind": event.kind.id,
        "onset_s": round(event.onset_s, 3),
        "duration_s": round(event.duration_s, 3),
        "channel": event.channel,
        "spo2_baseline": event.spo2_baseline,
        "spo2_nadir": event.spo2_nadir,
        "evidence": proposal.evidence,
        "missed": proposal.missed,
    }
