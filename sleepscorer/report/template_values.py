"""What a laboratory's template is told of a night, as docs/formats.md lists it."""

from __future__ import annotations

from collections.abc import Iterable

from sleepscorer import __version__
from sleepscorer.domain.clock_times import time_text
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.statistics import Figure, PartOfSleep
from sleepscorer.events.summary import PARTS_OF_SLEEP
from sleepscorer.io.statistics_files import told, told_events
from sleepscorer.report.content import Report, about_patient, scorers_of, signed
from sleepscorer.report.wording import Wording


def values_of(report: Report) -> dict[str, object]:
    """Tell a report: texts in its language, numbers, and lists and tables of both."""
    statistics, wording = report.statistics, report.wording
    recording, scoring = report.scored.recording, report.scored.scoring
    sign_off, say = scoring.sign_off, wording.say
    name, code, born, sex = (say(text) for _, text in about_patient(report.patient))
    scorers = list(scorers_of(scoring))
    ids = [one.id for one in statistics.asleep[0].figures] if statistics.asleep else []
    parts = {part.id: part for part in statistics.asleep}
    for word, part_name in PARTS_OF_SLEEP.items():
        absent = (Figure(one, None, remark=Phrase("not known")) for one in ids)
        parts.setdefault(word, PartOfSleep(word, part_name, tuple(absent)))
    treated = statistics.treated
    return {
        "language": wording.language,
        "version": __version__,
        "created": say(Phrase("{at:%d %B %Y, %H:%M}", at=report.created)),
        "letterhead": {
            "name": report.letterhead.name,
            "lines": list(report.letterhead.lines),
            "title": say(report.letterhead.title),
            "logo": bool(report.letterhead.logo),
        },
        "patient": {"name": name, "code": code, "born": born, "sex": sex},
        "recording": {
            "file": recording.file_name,
            "hours": recording.duration_s / 3600,
            "derivation": report.derivation,
        },
        "times": {_word(one): {"name": say(one), "value": say(text)} for one, text in report.times},
        "scorers": scorers,
        "scored_by": ", ".join(scorers) or say(Phrase("not signed")),
        "signed_off": say(Phrase("not signed off") if sign_off is None else signed(sign_off)),
        "is_signed_off": sign_off is not None,
        "rule": say(statistics.rule),
        "figures": _figures(statistics.figures, wording),
        "asleep": {word: _part(part, wording) for word, part in parts.items()},
        "treatment": None
        if treated is None
        else {
            "told": say(treated.told),
            "parts": [_part(part, wording) for part in treated.parts],
            "pressures": [_part(part, wording) for part in treated.pressures],
        },
        "events": [
            {
                "id": count.kind.id,
                "name": say(count.kind.label),
                **told_events([count])[count.kind.id],
            }
            for count in statistics.events
        ],
        "checks": [{"done": one.is_done, "text": say(one.text)} for one in statistics.checks],
        "remarks": [
            {"time": time_text(time_s, recording.start), "text": text}
            for time_s, text in report.remarks
        ],
        "caveats": [say(one) for one in statistics.caveats],
        "provenance": [say(one) for one in report.provenance],
    }


def _word(name: str) -> str:
    """Word of a time for templates, the same in each language."""
    template = name.template if isinstance(name, Phrase) else name
    return template.casefold().replace(" ", "_")


def _part(part: PartOfSleep, wording: Wording) -> dict[str, object]:
    return {
        "id": part.id,
        "name": wording.say(part.name),
        "figures": _figures(part.figures, wording),
    }


def _figures(figures: Iterable[Figure], wording: Wording) -> dict[str, object]:
    shown = list(figures)
    return {
        figure.id: {
            **one,
            "number": one["value"],
            "value": _value(figure, wording),
            "remark": wording.say(figure.remark),
            "severity": wording.say(figure.severity_told),
        }
        for figure, one in zip(shown, told(shown, wording.definitions).values(), strict=True)
    }


def _value(figure: Figure, wording: Wording) -> str:
    """A number as the report says it, and in words that it is incomplete."""
    if figure.value is None:
        return wording.say(figure.remark) or "–"
    text = figure.text.replace(".", wording.point)
    if not figure.is_incomplete:
        return text
    return wording.say(Phrase("{value} (incomplete)", value=text))
