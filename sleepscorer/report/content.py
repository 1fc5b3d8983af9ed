"""What a report says of a night."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sleepscorer import __version__
from sleepscorer.domain.channels import Derivation, staging_derivations
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.events import EventKind
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.prediction import STAGES
from sleepscorer.domain.provenance import (
    UNKNOWN_MODEL,
    Imported,
    Model,
    Provenance,
    people_of,
    text_of,
)
from sleepscorer.domain.recording import UNKNOWN_DATE, Recording
from sleepscorer.domain.scored_recording import ScoredRecording
from sleepscorer.domain.scoring import Scoring, SignOff, model_of
from sleepscorer.domain.statistics import SleepStatistics
from sleepscorer.events.laboratory import USUAL_LABORATORY, Laboratory
from sleepscorer.events.summary import read_statistics
from sleepscorer.file_questions import content_of, is_file, is_there, size_of
from sleepscorer.io.edf_identity import Patient, patient_of
from sleepscorer.io.text_files import read_bytes
from sleepscorer.models.calibration import Calibration
from sleepscorer.report.wording import ENGLISH, Wording
from sleepscorer.signals.spectrogram import Spectrogram, read_spectrogram

if TYPE_CHECKING:
    from sleepscorer.report.template import Template

_MOST_LOGO_BYTES = 2 * 2**20
_MOST_LETTERHEAD_BYTES = 2**16
TITLE = Phrase("Sleep report")
_OF_A_LETTERHEAD = ("name", "lines", "logo", "title", "template")
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
    template
        Its own layout of a night's report; None for the usual one.
    """

    name: str = ""
    lines: tuple[str, ...] = ()
    logo: bytes = b""
    logo_type: str = ""
    title: str = TITLE
    template: Template | None = None


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
    wording
        The language that it is written in.
    calibration
        The laboratory's of the version that gave the probabilities; None without.
    """

    scored: ScoredRecording
    statistics: SleepStatistics
    patient: Patient = field(default_factory=Patient)
    spectrogram: Spectrogram | None = None
    derivation: str = ""
    letterhead: Letterhead = field(default_factory=Letterhead)
    created: datetime = field(default_factory=datetime.now)
    wording: Wording = ENGLISH
    calibration: Calibration | None = None

    @property
    def times(self) -> tuple[tuple[str, str], ...]:
        """Names and texts of the times of the night."""
        recording, lights = self.scored.recording, self.scored.scoring.lights
        start = recording.start
        if start is None:
            hours = recording.duration_s / 3600
            return ((Phrase("Duration"), Phrase("{hours:.1f} h", hours=hours)),)
        stop = start + timedelta(seconds=recording.duration_s)

        def clock(time_s: float | None) -> str:
            if time_s is None:
                return Phrase("not marked")
            return f"{start + timedelta(seconds=time_s):%H:%M:%S}"

        day = Phrase("{day:%d %B %Y}", day=start)
        if start.date() == UNKNOWN_DATE:
            day = Phrase("not stated")
        lit = ", ".join(f"{clock(one.on_s)} – {clock(one.off_s)}" for one in lights.interruptions)
        return (
            (Phrase("Night of"), day),
            (Phrase("Recorded"), f"{start:%H:%M:%S} – {stop:%H:%M:%S}"),
            (Phrase("Lights off"), clock(lights.off_s)),
            *([(Phrase("Light on"), lit)] if lit else []),
            (Phrase("Lights on"), clock(lights.on_s)),
        )

    @property
    def remarks(self) -> tuple[tuple[float, str], ...]:
        """Comments and notes in order of time, with seconds from the start of the recording."""
        scoring = self.scored.scoring
        comments = [
            (epoch * EPOCH_S, remark.comment)
            for epoch, remark in scoring.remarks.items()
            if remark.comment
        ]
        notes = [
            (one.onset_s, one.text)
            for one in scoring.events
            if one.kind is EventKind.NOTE and one.text
        ]
        return tuple(sorted(comments + notes))

    @property
    def provenance(self) -> tuple[Phrase, ...]:
        """Sentences about who gave the stages and what the model was."""
        scoring = self.scored.scoring
        counts = Counter(score.source for score in scoring.scores)
        sentences: list[Phrase] = []
        shown = scoring.hypnodensity
        versions = [source for source in counts if isinstance(source, Model)]
        if shown is not None and model_of(shown) not in versions:
            versions.insert(0, model_of(shown))
        for version in versions:
            name = Phrase("a network") if version == UNKNOWN_MODEL else version.name
            if version.sha256:
                weights = version.sha256[:12]
                name = Phrase("{name} (weights {weights})", name=name, weights=weights)
            is_shown = shown is not None and version == model_of(shown)
            on = shown.derivation if shown and is_shown else ""
            sentences.append(
                Phrase(
                    "{n} of {total} epochs {n:holds|hold} the stage that {name} gave{on} "
                    "and that no "
                    "person has changed.",
                    n=counts[version],
                    total=len(scoring),
                    name=name,
                    on=Phrase(" on {derivation}", derivation=on) if on else "",
                )
            )
        if shown is not None and self.calibration is not None:
            made = self.calibration
            sentences.append(
                Phrase(
                    "How sure {name} is, was fitted to {n} epochs of this laboratory by {by} on "
                    "{at:%d %B %Y} (temperature {temperature:.2f}); nights staged before are "
                    "without that.",
                    name=shown.model,
                    temperature=made.temperatures.get(STAGES, 1.0),
                    n=made.n_epochs,
                    by=made.by,
                    at=made.at.astimezone(),
                )
            )
        others: Counter[str] = Counter()
        for source, count in counts.items():
            if not isinstance(source, Model):
                others[_text(source)] += count
        sentences += [
            Phrase("{n} {n:epoch was|epochs were} {what}.", n=count, what=what)
            for what, count in others.most_common()
        ]
        if scoring.sign_off is not None:
            sentences.append(Phrase("Signed off by {who}.", who=signed(scoring.sign_off)))
        return (*sentences, made_with(self.created))


def scorer_of(scoring: Scoring) -> str:
    """Who answers for a scoring; empty where nobody has put a name to it."""
    sign_off = scoring.sign_off
    return scoring.scorer or ("" if sign_off is None else sign_off.by)


def scorers_of(scoring: Scoring) -> tuple[str, ...]:
    """Who gave or confirmed stages and events, most of them first.

    Where nobody did, it is who answers for the scoring, if anybody.
    """
    sources = [one.source for one in scoring.scores] + [one.source for one in scoring.events]
    counts = Counter(person.name for source in sources for person in people_of(source))
    names = tuple(name for name, _n in counts.most_common())
    return names or tuple(filter(None, [scorer_of(scoring)]))


def signed(sign_off: SignOff) -> Phrase:
    """Who signed off, and when, by the clock of this computer."""
    return Phrase("{name}, {at:%d %B %Y, %H:%M}", name=sign_off.by, at=sign_off.at.astimezone())


def about_patient(patient: Patient) -> tuple[tuple[str, str], ...]:
    """Names and texts of who it is."""
    return (
        (Phrase("Patient"), patient.name or Phrase("not named")),
        (Phrase("Code"), patient.code or "–"),
        (Phrase("Born"), _birth_day(patient) or "–"),
        (Phrase("Sex"), patient.sex or "–"),
    )


def _birth_day(patient: Patient) -> str:
    """The birth date in words, where it is one; else as it is written."""
    day = patient.birth_day
    return patient.birth_date if day is None else Phrase("{day:%d %B %Y}", day=day)


def made_with(created: datetime) -> Phrase:
    """What made a sheet, and when."""
    return Phrase(
        "Made with SleepScorer {version} on {at:%d %B %Y, %H:%M}.", version=__version__, at=created
    )


def _text(source: Provenance | None) -> str:
    """What epochs were, of a source that is no network."""
    match source:
        case None:
            return Phrase("without a source")
        case Imported(by=None):
            return text_of(source)
        case _:
            return Phrase("scored by {source}", source=text_of(source))


def make_report(
    recording: Recording,
    scoring: Scoring,
    *,
    letterhead: Letterhead | None = None,
    derivation: Derivation | None = None,
    laboratory: Laboratory = USUAL_LABORATORY,
    wording: Wording = ENGLISH,
    calibration: Calibration | None = None,
    treated_from_s: float | None = None,
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
    laboratory
        Rule, sensors and positions.
    wording
        The language that it is written in.
    calibration
        The laboratory's of the version that gave the probabilities; None without.
    treated_from_s
        When treatment began, in seconds from the start of the recording, where somebody typed it.
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
        spectrogram = read_spectrogram(recording, derivation, progress=progress)
    return Report(
        ScoredRecording.of(recording, scoring),
        read_statistics(recording, scoring, laboratory, treated_from_s),
        patient=patient_of(recording),
        spectrogram=spectrogram,
        derivation="" if derivation is None else derivation.name,
        letterhead=letterhead or Letterhead(),
        wording=wording,
        calibration=calibration,
    )


def read_letterhead(path: Path | None) -> Letterhead:
    """Read a letterhead: a TOML file with ``name``, ``lines``, ``title``, ``logo``, ``template``.

    A plain one without a file.
    The logo is a PNG or JPEG file, the template one of HTML, both named from the folder of the
    letterhead.

    Raises
    ------
    ScoringError
        It can't be read.
    """
    if path is None:
        return Letterhead()
    if (size_of(path) or 0) > _MOST_LETTERHEAD_BYTES:
        raise ScoringError(
            "{path} is too large for a letterhead, which is a TOML file of at most {most_kib} KiB; "
            "choose another.",
            path=path,
            most_kib=_MOST_LETTERHEAD_BYTES // 2**10,
        )
    try:
        # Editors put a mark before the text that TOML does not know.
        table = tomllib.loads(read_bytes(path, _MOST_LETTERHEAD_BYTES).decode("utf-8-sig"))
        _check_letterhead(path, table)
        logo = path.parent / str(table["logo"]) if table.get("logo") else None
        if logo is not None and (
            logo.suffix.casefold() not in _LOGO_TYPES
            or (is_there(logo) and not is_file(logo))  # reading a pipe would wait for its writer
            or (size_of(logo) or 0) > _MOST_LOGO_BYTES
        ):
            raise ScoringError(
                "The logo {logo} must be a PNG or JPEG file of at most {most_mib} MiB.",
                logo=logo,
                most_mib=_MOST_LOGO_BYTES // 2**20,
            )
        return Letterhead(
            name=str(table.get("name", "")),
            lines=tuple(str(line) for line in table.get("lines", ())),
            logo=b"" if logo is None else _logo(logo),
            logo_type="" if logo is None else _LOGO_TYPES[logo.suffix.casefold()],
            title=str(table["title"]) if "title" in table else TITLE,
            template=_template(path.parent / str(table["template"]))
            if table.get("template")
            else None,
        )
    except (OSError, ValueError, TypeError) as error:
        raise ScoringError(
            "The letterhead {path} can't be read: {error}.", path=path, error=error
        ) from error
    except RecursionError as error:
        raise ScoringError(
            "The letterhead {path} can't be read: it is nested deeper than any letterhead.",
            path=path,
        ) from error


def _check_letterhead(path: Path, table: Mapping[str, object]) -> None:
    """Refuse what would not stand on the page without anybody being told."""
    unknown = tuple(f"“{name}”" for name in table if name not in _OF_A_LETTERHEAD)
    if unknown:
        raise ScoringError(
            "The letterhead {path} has {unknown}, of which nothing is known; it may have {known}.",
            path=path,
            unknown=unknown,
            known=_OF_A_LETTERHEAD,
        )
    if not isinstance(table.get("lines", []), list):
        raise ScoringError(
            'In the letterhead {path}, lines is no list; write it as ["12 Long Street", "Town"].',
            path=path,
        )


def _logo(path: Path) -> bytes:
    try:
        return content_of(path)
    except OSError as error:
        raise ScoringError(
            "The logo {path} can't be read: {reason}. The letterhead names it, from its own "
            "folder.",
            path=path,
            reason=error,
        ) from error


def _template(path: Path) -> Template:
    # Jinja2 is imported where a laboratory has a template.
    from sleepscorer.report.template import read_template

    return read_template(path)
