"""Scorings as EDF+ annotations, in a file of their own or in a copy of the recording."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sleepscorer.domain.alignment import StoredScoring
from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.events import EventKind
from sleepscorer.domain.scored_recording import RecordingIdentity, ScoredRecording
from sleepscorer.domain.scoring import Scoring
from sleepscorer.io.annotation_roles import rivals, roles_of
from sleepscorer.io.annotation_scoring import (
    event_annotations,
    scoring_of_annotations,
    stage_annotations,
)
from sleepscorer.io.codes import CODES_OF_STAGE, kind_of_text
from sleepscorer.io.edf import EdfRecording, open_edf, read_edf_annotations, read_edf_start
from sleepscorer.io.edf_copy import copy_with_annotations
from sleepscorer.io.edf_writing import write_annotation_file
from sleepscorer.io.event_links import says_link
from sleepscorer.io.losses import edf_text, free_note


def write_edf_hypnogram(path: Path, scored: ScoredRecording) -> None:
    """Write one AASM annotation an epoch, contiguous from the start of the recording, and events.

    Raises
    ------
    ScoringError
        The file can't be written.
    """
    _write_annotations(path, scored, _aasm_annotations(scored.scoring))


def write_edf_rk_hypnogram(path: Path, scored: ScoredRecording) -> None:
    """Write Rechtschaffen & Kales texts with stages merged, as Sleep-EDF has its hypnograms.

    Raises
    ------
    ScoringError
        The file can't be written.
    """
    stages = stage_annotations(scored.scoring, lambda stage: CODES_OF_STAGE[stage].rk, merged=True)
    _write_annotations(path, scored, stages + event_annotations(scored.scoring))


def _write_annotations(
    path: Path, scored: ScoredRecording, annotations: tuple[Annotation, ...]
) -> None:
    """Write a file of annotations, with the rule of hypopneas at the end of the recording field."""
    rule = "_".join(f"Hypopneas: {scored.rule_told}".split()) if scored.rule_told else ""
    write_annotation_file(
        path,
        annotations,
        start=scored.recording.start,
        recording_additional=(rule,) if rule else (),
    )


def write_scored_copy(
    path: Path, scored: ScoredRecording, *, progress: Callable[[float], None] = lambda _: None
) -> None:
    """Write a copy of the recording that holds the scoring; its samples stay bit by bit.

    Annotations of the recording are kept as they are, but for stages, lights off and on, links, and
    events that the scoring has too.

    Parameters
    ----------
    path
        The copy.
    scored
        The scoring.
    progress
        Called with the fraction done; may raise to stop, which leaves no copy.

    Raises
    ------
    ScoringError
        The recording is no EDF or BDF file, is not known, or the copy can't be written.
    RecordingError
        The recording can't be read, or its file is not what was opened any more.
    """
    with opened_edf(scored) as recording:
        _write_scored_copy(path, recording, scored.scoring, progress)


@contextmanager
def opened_edf(scored: ScoredRecording) -> Iterator[EdfRecording]:
    """Give the EDF or BDF recording that was scored: the one that is open, else the file.

    Raises
    ------
    ScoringError
        The file is another recording, or none that is EDF or BDF.
    RecordingError
        It can't be read.
    """
    if isinstance(scored.opened, EdfRecording) and scored.opened.is_open:
        yield scored.opened
        return
    if scored.path is None:
        raise ScoringError(
            "A copy of {file} can't be written, because it is not known where "
            "the recording is; open it first, or name it with --recording.",
            file=scored.recording.file_name,
        )
    with closing(open_edf(scored.path)) as recording:
        difference = scored.recording.difference(RecordingIdentity.of(recording))
        if difference:
            raise ScoringError(
                "{path} is not the recording that was scored: {difference}. Put the "
                "right one there and try again.",
                path=scored.path,
                difference=difference,
            )
        yield recording


def _write_scored_copy(
    path: Path, recording: EdfRecording, scoring: Scoring, progress: Callable[[float], None]
) -> None:
    originals = recording.read_annotations()
    stages = {index for voice in rivals(originals) for index in voice.indices}
    others = [originals[index] for index in roles_of(originals).events if index not in stages]
    written = _aasm_annotations(scoring)
    marked = {_mark(one) for one in written if kind_of_text(one.description) is not None}
    kept = tuple(
        one for one in others if _mark(one) not in marked and not says_link(one.description)
    )
    said = {(one.onset_s, free_note(edf_text(one.description))) for one in kept}
    new = tuple(one for one in written if (one.onset_s, one.description) not in said)
    copy_with_annotations(recording, path, kept + new, progress=progress)


def read_edf_scoring(path: Path) -> StoredScoring:
    """Read the stages and events among the annotations of an EDF+ or BDF+ file.

    Raises
    ------
    ScoringError
        There are none.
    RecordingError
        The file can't be read.
    """
    return scoring_of_annotations(path, read_edf_annotations(path), start=read_edf_start(path))


def _mark(annotation: Annotation) -> tuple[float, EventKind | None]:
    """What an annotation marks, whatever program's name it has."""
    return annotation.onset_s, kind_of_text(annotation.description)


def _aasm_annotations(scoring: Scoring) -> tuple[Annotation, ...]:
    stages = stage_annotations(scoring, lambda stage: CODES_OF_STAGE[stage].aasm)
    return stages + event_annotations(scoring)
