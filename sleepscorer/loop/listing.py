"""What the training program needs to fine-tune a whole version: it learns from signals.

It is run by hand: it takes hours without a graphics card.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sleepscorer.domain.provenance import Person
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import EpochScore, Scoring
from sleepscorer.domain.stages import Stage
from sleepscorer.file_questions import absolute
from sleepscorer.io.atomic import write_text
from sleepscorer.io.scoring_formats import scoring_format
from sleepscorer.loop.collection import CollectedNight, LeftEpochs, make_own_folder
from sleepscorer.loop.finetune import parts_of
from sleepscorer.loop.patients import LibraryError

LIST_NAME, CONFIG_NAME = "nights.tsv", "full.toml"
_COLUMNS = ("recording", "scoring", "subject", "derivation", "name", "scorer")
_FORMAT = "csv"


_CONFIG = """# Pre-training with contrast and cross-masking, then the sequence level; with --start.
name = "{name}"
version = "{version}"
seed = 1

[split]
validation_subjects = [{validation}]

[selection]
criterion = "cross_entropy"
patience = 8
validate_every = 10

[epoch]
steps = 0

[pretraining]
steps = 300
learning_rate = 1e-4
warmup_steps = 30

[sequence]
steps = 200
batch_size = 16
learning_rate = 1e-4
warmup_steps = 0
averaging = 0.98
feature_noise = 0.0
mask_ratio = 0.0
"""


def write_training(
    nights: Sequence[CollectedNight], left: LeftEpochs, folder: Path, name: str, version: str
) -> tuple[Path, Path]:
    """Write down nights and configuration for ``python -m training``.

    A scoring beside the list holds what counts as true of each night. Patients have the salted
    hashes by which comparisons know them again; the same ones say when to stop as otherwise.

    Parameters
    ----------
    nights
        Held-out ones among them are left aside.
    left
        How epochs count that a person saw and left.
    folder
        Where list, scorings and configuration go; made where it is missing.
    name, version
        Of the version that comes out.

    Returns
    -------
    (Path, Path)
        Of the list and of the configuration.

    Raises
    ------
    LibraryError
        They are of fewer than two patients, or one was staged with its signal multiplied, which
        the training program does not do.
    ScoringError
        Something can't be written.
    """
    parts = parts_of(nights)
    learnt = [night for night in nights if night.id in parts]
    for night in learnt:
        if night.gain != 1:
            raise LibraryError(
                "{file} was staged with its signal multiplied by {factor}, which training on "
                "signals does not do. Correct the recording's header, or take the night out.",
                file=night.recording.file_name,
                factor=night.gain,
            )
    make_own_folder(folder)
    row = scoring_format(_FORMAT)
    lines = [_COLUMNS]
    for night in learnt:
        path = folder / row.file_name(f"{night.id}.edf")
        row.write(path, ScoredRecording(night.recording, _counting(night, left)))
        derivation = night.derivation
        channels = ",".join(filter(None, (derivation.anode, derivation.cathode)))
        lines.append(
            (
                str(absolute(Path(night.path))),
                path.name,
                night.subject,
                channels,
                night.id,
                night.sign_off.by,
            )
        )
    listed, config = folder / LIST_NAME, folder / CONFIG_NAME
    write_text(listed, "".join("\t".join(line) + "\n" for line in lines))
    choosing = sorted({night.subject for night in learnt if parts[night.id] == "validation"})
    validation = ", ".join(f'"{subject}"' for subject in choosing)
    write_text(config, _CONFIG.format(name=name, version=version, validation=validation))
    return listed, config


def _counting(night: CollectedNight, left: LeftEpochs) -> Scoring:
    person = Person(night.sign_off.by)
    scores = [EpochScore(Stage(int(stage)), person) for stage in night.truth(left)]
    return Scoring(len(scores), scores=scores, scorer=night.sign_off.by)
