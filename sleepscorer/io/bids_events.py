"""Events of the Brain Imaging Data Structure: a table and a side file that describes it.

Format: https://bids-specification.readthedocs.io/en/stable/modality-specific-files/task-events.html
"""

from __future__ import annotations

import json
from pathlib import Path

from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.texts import cell, storable
from sleepscorer.io.annotation_scoring import event_annotations, stage_annotations
from sleepscorer.io.atomic import write_files
from sleepscorer.io.codes import CODES_OF_STAGE
from sleepscorer.io.text_files import seconds

_COLUMNS = ("onset", "duration", "trial_type", "channel")
_MISSING = "n/a"
_DESCRIPTIONS = {
    "onset": {"Description": "Seconds from the first sample of the recording", "Units": "s"},
    "duration": {"Description": "Duration of the epoch or event", "Units": "s"},
    "trial_type": {
        "LongName": "Sleep stage or event",
        "Description": "Sleep stage of the epoch (AASM), event, or free text; a text in this "
        "column is one of the standard texts of EDF+ where there is one",
    },
    "channel": {"Description": "Channel that the event was marked in; n/a for all"},
}


def write_bids_events(path: Path, scored: ScoredRecording) -> None:
    """Write the table and, beside it, the JSON file that describes its columns.

    Raises
    ------
    ScoringError
        A file can't be written.
    """
    stages = stage_annotations(scored.scoring, lambda stage: CODES_OF_STAGE[stage].aasm)
    annotations = sorted((*stages, *event_annotations(scored.scoring)), key=lambda one: one.onset_s)
    lines = ["\t".join(_COLUMNS)]
    lines += [
        "\t".join(
            (
                seconds(one.onset_s),
                seconds(one.duration_s),
                cell(one.description),
                cell(one.channel) or _MISSING,
            )
        )
        for one in annotations
    ]
    table = storable("\n".join(lines) + "\n")
    told = _DESCRIPTIONS
    if scored.rule_told:
        text = f"{told['trial_type']['Description']}; hypopneas count by {scored.rule_told}"
        told = {**told, "trial_type": {**told["trial_type"], "Description": text}}
    descriptions = json.dumps(told, indent=2) + "\n"
    write_files({path: table.encode(), side_file(path): descriptions.encode()})


def side_file(path: Path) -> Path:
    """Name of the file that describes a table's columns."""
    return path.with_suffix(".json")
