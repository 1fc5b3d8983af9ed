"""What a file leaves open, to be answered by a person: never guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sleepscorer.domain.alignment import StoredScoring
from sleepscorer.domain.errors import ScoringError
from sleepscorer.domain.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question about a file.

    Attributes
    ----------
    answer
        Word for it on the command line.
    text
        What it means.
    read
        Reads the scoring so; raises QuestionError where something else is still open, and
        ScoringError where the file makes no sense so.
    """

    answer: str
    text: Phrase
    read: Callable[[], StoredScoring]


class QuestionError(ScoringError):
    """A file can be read in more than one way, and nothing in it says which.

    Attributes
    ----------
    topic
        Word for the question on the command line.
    options
        The ways, the most probable one first.
    """

    def __init__(self, topic: str, message: Phrase, options: tuple[Option, ...]) -> None:
        super().__init__(message)
        self.topic = topic
        self.options = options


def answered(
    read: Callable[[], StoredScoring], choose: Callable[[QuestionError], Option]
) -> StoredScoring:
    """Read a scoring and ask until nothing is open.

    Parameters
    ----------
    read
        Reads it.
    choose
        Answers a question; may raise to stop.
    """
    while True:
        try:
            return read()
        except QuestionError as question:
            read = choose(question).read


def by_words(answers: Mapping[str, str]) -> Callable[[QuestionError], Option]:
    """Answer from words by topic; a question without a word for it is an error that names them.

    Raises
    ------
    ScoringError
        By what is returned: no word answers the question.
    """

    def choose(question: QuestionError) -> Option:
        for option in question.options:
            if answers.get(question.topic) == option.answer:
                return option
        words = "; ".join(
            f"--answer {question.topic}={one.answer} ({one.text})" for one in question.options
        )
        raise ScoringError(
            "{question} Say which: {words}.", question=question, words=words
        ) from question

    return choose


def first_reading(option: Option) -> StoredScoring:
    """Scoring of an answer with the most probable answers to whatever it leaves open."""
    return answered(option.read, lambda question: question.options[0])
