"""What a report says of a night."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sleepscorer import __version__
from sleepscorer.domain.channels import Derivation, staging_derivations
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.recording import UNKNOWN_DATE, Recording
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import MODEL_SOURCE, Scoring
from sleepscorer.domain.statistics import SleepStatistics, sleep_statistics
from sleepscorer.file_questions import is_file, is_there, size_of
from sleepscorer.io.edf_identity import Patient, patient_of
from sleepscorer.io.text_files import read_bytes
from sleepscorer.signals.spectrogram import Spectrogram, multitaper_spectrogram

_MOST_LOGO_BYTES = 2 * 2**20
_MOST_LETTERHEAD_BYTES = 2**16
TITLE = "Sleep staging report"
_LOGO_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Letterhead:
    """A laboratory's own head of the page.

    Attributes
    ----------
    name
        Name of the laboratory.
    lines
        Address and the like.
    logo
        Content of an image file; empty without.
    logo_type
        Its media type.
    title
        Title of the report.
    """

    name: str = ""
    lines: tuple[str, ...] = ()
    logo: bytes = b""
    logo_type: str = ""
    title: str = TITLE


@dataclass(frozen=True, slots=True)
class Report:
    """A night to be reported.

    Attributes
    ----------
    scored
        The scoring.
    statistics
        Its statistics.
    patient
        Whom the recording's header names.
    spectrogram, derivation
        Spectrogram of a derivation and its name; None and empty when there is no EEG.
    letterhead
        Head of the page.
    created
        When the report is made.
    """

    scored: ScoredRecording
    statistics: SleepStatistics
    patient: Patient = field(default_factory=Patient)
    spectrogram: Spectrogram | None = None
    derivation: str = ""
    letterhead: Letterhead = field(default_factory=Letterhead)
    created: datetime = field(default_factory=datetime.now)

    @property
    def times(self) -> tuple[tuple[str, str], ...]:
        """Names and texts of the times of the night."""
        recording, lights = self.scored.recording, self.scored.scoring.lights
        start = recording.start
        if start is None:
            return (("Duration", f"{recording.duration_s / 3600:.1f} h"),)
        stop = start + timedelta(seconds=recording.duration_s)

        def clock(time_s: float | None) -> str:
            if time_s is None:
                return "not marked"
            return f"{start + timedelta(seconds=time_s):%H:%M:%S}"

        day = "not stated" if start.date() == UNKNOWN_DATE else f"{start:%d %B %Y}"
        lit = ", ".join(f"{clock(one.on_s)} – {clock(one.off_s)}" for one in lights.interruptions)
        return (
            ("Night of", day),
            ("Recorded", f"{start:%H:%M:%S} – {stop:%H:%M:%S}"),
            ("Lights off", clock(lights.off_s)),
            *([("Light on", lit)] if lit else []),
            ("Lights on", clock(lights.on_s)),
        )

    @property
    def provenance(self) -> tuple[str, ...]:
        """Sentences about who gave the stages and what the model was."""
        scoring = self.scored.scoring
        counts = Counter(score.source for score in scoring.scores)
        sentences = []
        model = scoring.hypnodensity
        if model is not None:
            staged = counts.pop(MODEL_SOURCE, 0)
            name = model.model or "a network"
            sha = f" (weights {model.weights_sha256[:12]})" if model.weights_sha256 else ""
            on = f" on {model.derivation}" if model.derivation else ""
            sentences.append(
                f"{staged} of {len(scoring)} epochs hold the stage that {name}{sha} gave{on} and "
                "that no person has changed."
            )
        sentences += [
            f"{count} epochs were scored by {source}."
            for source, count in counts.most_common()
            if source
        ]
        if counts[""]:
            sentences.append(f"{counts['']} epochs have no source.")
        sentences.append(f"Made with SleepScorer {__version__} on {self.created:%d %B %Y, %H:%M}.")
        return tuple(sentences)


def make_report(
    recording: Recording,
    scoring: Scoring,
    *,
    letterhead: Letterhead | None = None,
    derivation: Derivation | None = None,
    progress: Callable[[float], None] = lambda _: None,
) -> Report:
    """Gather what the report of an open recording says; the spectrogram takes about a second.

    Parameters
    ----------
    recording, scoring
        The night.
    letterhead
        Head of the page; a plain one without.
    derivation
        Derivation of the spectrogram; the first that can be staged without.
    progress
        Called with the fraction done; may raise to stop.

    Raises
    ------
    RecordingError
        The recording can't be read, or its file is not what was opened any more.
    """
    recording.check_on_disk()
    derivations = staging_derivations(recording.channels)
    derivation = derivation or (derivations[0] if derivations else None)
    spectrogram = None
    if derivation is not None:
        values = recording.read_derivation(derivation, 0.0, recording.duration_s)
        sfreq = recording.channel(derivation.anode).sfreq
        spectrogram = multitaper_spectrogram(values, sfreq, progress=progress)
    return Report(
        ScoredRecording.of(recording, scoring),
        sleep_statistics(scoring, recording.duration_s),
        patient=patient_of(recording),
        spectrogram=spectrogram,
        derivation="" if derivation is None else derivation.name,
        letterhead=letterhead or Letterhead(),
    )


def read_letterhead(path: Path) -> Letterhead:
    """Read a letterhead: a TOML file with ``name``, ``lines``, ``title`` and ``logo``.

    The logo is a PNG or JPEG file, named from the folder of the letterhead.

    Raises
    ------
    ScoringError
        It can't be read.
    """
    try:
        # Editors put a mark before the text that TOML does not know.
        table = tomllib.loads(read_bytes(path, _MOST_LETTERHEAD_BYTES).decode("utf-8-sig"))
        logo = path.parent / str(table["logo"]) if table.get("logo") else None
        if logo is not None and (
            logo.suffix.casefold() not in _LOGO_TYPES
            or (is_there(logo) and not is_file(logo))  # reading a pipe would wait for its writer
            or (size_of(logo) or 0) > _MOST_LOGO_BYTES
        ):
            raise ScoringError(
                f"The logo {logo} must be a PNG or JPEG file of at most "
                f"{_MOST_LOGO_BYTES // 2**20} MiB."
            )
        return Letterhead(
            name=str(table.get("name", "")),
            lines=tuple(str(line) for line in table.get("lines", ())),
            logo=b"" if logo is None else logo.read_bytes(),
            logo_type="" if logo is None else _LOGO_TYPES[logo.suffix.casefold()],
            title=str(table.get("title", TITLE)),
        )
    except (OSError, ValueError, TypeError) as error:
        raise ScoringError(f"The letterhead {path} can't be read: {error}.") from error
    except RecursionError as error:
        raise ScoringError(
            f"The letterhead {path} can't be read: it is nested deeper than any letterhead."
        ) from error
