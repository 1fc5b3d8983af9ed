"""The sheet of an inter-scorer exercise: a page of each scorer, to be signed by both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sleepscorer.domain.exercise import Exercise
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.scoring import Scoring
from sleepscorer.report.agreement_page import agreement_html
from sleepscorer.report.content import Letterhead, made_with, scorer_of, signed
from sleepscorer.report.page import disclaimer_html, head_html, signature_html
from sleepscorer.report.sheet import Page, Sheet
from sleepscorer.report.wording import ENGLISH, Wording

_MOST_TOLD = 40


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody made of an exercise.

    Attributes
    ----------
    file_name
        Its file, which tells it from the others where nobody has put a name to it.
    scoring
        What was scored.
    exercise
        How it compares with the key.
    """

    file_name: str
    scoring: Scoring
    exercise: Exercise


@dataclass(frozen=True, slots=True)
class ExerciseReport:
    """What several scorers made of an exercise.

    Attributes
    ----------
    file_name
        The recording.
    key
        The scoring that all are compared with.
    answers
        What each made of it.
    letterhead
        Head of the pages.
    created
        When they are made.
    wording
        The language that they are written in.
    """

    file_name: str
    key: Scoring
    answers: tuple[Answer, ...]
    letterhead: Letterhead = field(default_factory=Letterhead)
    created: datetime = field(default_factory=datetime.now)
    wording: Wording = ENGLISH


def exercise_sheet(report: ExerciseReport) -> Sheet:
    """A page of each scorer."""
    wording, title = report.wording, Phrase("Inter-scorer exercise")
    pages = tuple(_page(report, answer) for answer in report.answers)
    return Sheet(f"{wording.say(title)} – {report.file_name}", pages, wording)


def _page(report: ExerciseReport, answer: Answer) -> Page:
    wording, key, exercise = report.wording, report.key, answer.exercise
    sign_off = answer.scoring.sign_off
    nobody = wording.say(Phrase("not signed"))
    names = [scorer_of(one) or nobody for one in (key, answer.scoring)]
    about = (
        (Phrase("Recording"), report.file_name),
        (Phrase("Epochs"), f"{len(exercise.epochs)}"),
        (Phrase("Drawn with seed"), f"{exercise.seed}"),
    )
    who = (
        (Phrase("Key by"), names[0]),
        (Phrase("Scored by"), names[1]),
        *([] if sign_off is None else [(Phrase("Signed off"), signed(sign_off))]),
        (Phrase("Answer in"), answer.file_name),
        (Phrase("Compared on"), Phrase("{day:%d %B %Y}", day=report.created)),
    )
    head = head_html(report.letterhead, Phrase("Inter-scorer exercise"), (about, who), wording)
    remarks = "".join(f"<p>{wording.html(one)}</p>" for one in _remarks(exercise))
    parts = (
        agreement_html(
            exercise.comparison, names[0], scorer_of(answer.scoring) or answer.file_name, wording
        ),
        f"{_differing(key, answer, wording)}{remarks}",
    )
    how = Phrase(
        "Drawn of the key by its stages: each by its share of the night, of each at least 20 where "
        "there are."
    )
    scorer, director = Phrase("Signed by the scorer"), Phrase("Signed by the director")
    foot = (
        f'<p class="small">{wording.html(how)} {wording.html(made_with(report.created))}</p>'
        f"{disclaimer_html(wording)}"
        f"{signature_html(scorer, wording)}{signature_html(director, wording)}"
    )
    return Page(head, parts, foot)


def _remarks(exercise: Exercise) -> Sequence[Phrase]:
    told = []
    n_open = exercise.comparison.only_first.size
    if n_open:
        told.append(
            Phrase(
                "{n} {n:epoch|epochs} of the exercise {n:has no stage and counts|have no stage and "
                "count} nowhere.",
                n=n_open,
            )
        )
    if exercise.n_by_program:
        told.append(Phrase("{n} {n:stage is|stages are} not a person's.", n=exercise.n_by_program))
    if exercise.n_saw:
        told.append(
            Phrase(
                "{n} {n:stage is|stages are} by somebody who saw those of a program: not blind.",
                n=exercise.n_saw,
            )
        )
    return told


def _differing(key: Scoring, answer: Answer, wording: Wording) -> str:
    """The epochs to be talked about."""
    epochs = answer.exercise.comparison.differing.tolist()
    told = tuple(
        f"{epoch + 1} ({key[epoch].stage.label}, {answer.scoring[epoch].stage.label})"
        for epoch in epochs[:_MOST_TOLD]
    )
    title = Phrase("Epochs with another stage (key, scorer)")
    text = ", ".join(told) if told else Phrase("none")
    if len(epochs) > _MOST_TOLD:
        text = Phrase("{epochs} and {n} more", epochs=told, n=len(epochs) - _MOST_TOLD)
    return f'<p class="part">{wording.html(title)}</p><p class="small">{wording.html(text)}</p>'
