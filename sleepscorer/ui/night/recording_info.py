"""Whose night is open and what was recorded: one line, a tip, and a page with everything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.channels import Channel
from sleepscorer.domain.clock_times import known_start, time_text
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scoring import Lights
from sleepscorer.domain.texts import markup, one_line
from sleepscorer.io.annotation_scoring import scoring_of_annotations
from sleepscorer.io.edf_identity import patient_of
from sleepscorer.ui.base.language import N_, number, tr

_MOST_IN_TIP = 40
_MOST_ANNOTATIONS = 2_000
_SEXES = {"female": N_("female"), "male": N_("male")}


def identity_line(recording: Recording) -> str:
    """Patient, code, birth date, date and duration; what the file does not say is left out."""
    patient = patient_of(recording)
    birth = str(patient.birth_day or patient.birth_date)
    born = tr("born {date}").format(date=birth) if birth else ""
    sex = tr(_SEXES[patient.sex]) if patient.sex else ""
    parts = (
        patient.name or tr("patient not named"),
        patient.code,
        sex,
        born,
        _start_text(recording) or tr("date and time not known"),
        _duration_text(recording),
    )
    return "   ·   ".join(one_line(part) for part in parts if part)


def channels_tip(recording: Recording) -> str:
    """One line for each channel: rate, unit, filter and transducer."""
    channels = recording.channels
    lines = [_channel_line(recording, channel) for channel in channels[:_MOST_IN_TIP]]
    n_more = len(channels) - len(lines)
    if n_more:
        lines.append(tr("and %n more", None, n_more))
    return "\n".join(lines)


def information_page(recording: Recording, annotations: Sequence[Annotation]) -> str:
    """Everything that the file says, as HTML."""
    patient = patient_of(recording)
    text, recording_field = recording.identification
    facts = (
        (tr("Patient"), patient.name),
        (tr("Code"), patient.code),
        (tr("Sex"), tr(_SEXES[patient.sex]) if patient.sex else ""),
        (tr("Born"), str(patient.birth_day or patient.birth_date)),
        (tr("Begin"), _start_text(recording)),
        (tr("Duration"), _duration_text(recording)),
        (tr("File"), str(recording.path)),
        (tr("Patient field"), text),
        (tr("Recording field"), recording_field),
        *((tr("Remark"), tr(remark)) for remark in recording.notices),
    )
    parts = (
        _table(facts),
        _heading(tr("Channels")),
        _table(_channel_rows(recording)),
        _heading(tr("Annotations")),
        _table(_annotation_rows(recording, annotations)),
    )
    return "".join(parts)


def annotations_text(recording: Recording, annotations: Sequence[Annotation]) -> str:
    """How many annotations a file holds, and when the lights went off and on by them."""
    text = tr("The file holds %n annotation(s)", None, len(annotations))
    try:
        stored = scoring_of_annotations(
            recording.path,
            annotations,
            start=recording.start,
            duration_s=recording.duration_s,
        )
    except ScoringError:  # taking them over asks, or says what they are
        lights = Lights()
    else:
        lights = stored.lights
    for sentence, time_s in (
        (tr("lights off {time}"), lights.off_s),
        (tr("lights on {time}"), lights.on_s),
    ):
        if time_s is not None:
            text += ", " + sentence.format(time=time_text(time_s, recording.start))
    return f"{text}."


def _channel_rows(recording: Recording) -> Iterable[tuple[str, ...]]:
    yield (
        tr("Channel"),
        tr("Rate"),
        tr("Unit"),
        tr("Prefiltering"),
        tr("Transducer"),
    )
    for channel in recording.channels:
        origin = recording.origin(channel)
        rate = f"{number(channel.sfreq, 'g')} Hz"
        yield channel.label, rate, channel.unit, origin.prefiltering, origin.transducer


def _annotation_rows(
    recording: Recording, annotations: Sequence[Annotation]
) -> Iterable[tuple[str, ...]]:
    if not annotations:
        yield (tr("The file has none."),)
        return
    yield tr("Time"), tr("Duration"), tr("Text"), tr("Channel")
    for one in annotations[:_MOST_ANNOTATIONS]:
        duration = f"{number(one.duration_s, 'g')} s" if one.duration_s else ""
        yield time_text(one.onset_s, recording.start), duration, one.description, one.channel
    n_more = len(annotations) - _MOST_ANNOTATIONS
    if n_more > 0:
        yield (tr("and %n more", None, n_more),)


def _channel_line(recording: Recording, channel: Channel) -> str:
    origin = recording.origin(channel)
    parts = (
        f"{number(channel.sfreq, 'g')} Hz",
        channel.unit,
        origin.prefiltering,
        origin.transducer,
    )
    return f"{channel.label}: " + ", ".join(one_line(part) for part in parts if part)


def _start_text(recording: Recording) -> str:
    start = known_start(recording.start)
    if start is None:
        return ""
    if isinstance(start, datetime):
        return f"{start:%Y-%m-%d %H:%M:%S}"
    return f"{start:%H:%M:%S}"


def _duration_text(recording: Recording) -> str:
    minutes = round(recording.duration_s / 60)
    return tr("{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)


def _heading(text: str) -> str:
    return f'<p class="part">{markup(text)}</p>'


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    cells = (
        "".join(f"<td>{markup(one_line(cell))}&nbsp;&nbsp;</td>" for cell in row)
        for row in rows
        if any(row[1:]) or len(row) == 1
    )
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
