"""Errors whose text is meant for the technician."""

from __future__ import annotations

from sleepscorer.domain.phrases import Phrase


class SleepScorerError(Exception):
    """One clear sentence: the file, the place in it, what is wrong and what to do.

    Parameters
    ----------
    template, values
        What a `Phrase` is made of, or one that is made already.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(template if isinstance(template, Phrase) else Phrase(template, **values))


class RecordingError(SleepScorerError):
    """A recording can't be opened or read."""


class NoSignalsError(RecordingError):
    """A file is of the kind of a recording and holds no signals, as scorings in EDF+ do."""


class ScoringError(SleepScorerError):
    """A scoring can't be read, written or applied."""


class AlreadyThereError(ScoringError):
    """A result is there already and was left alone."""


class AutoscoringError(SleepScorerError):
    """A recording can't be staged by the network."""


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error says that there is not enough memory, of the computer or its GPU.

    The libraries of the network say so in a plain RuntimeError.
    """
    text = str(error).casefold()
    words = ("out of memory", "alloc_cpu", "not enough memory", "can't allocate memory")
    return isinstance(error, MemoryError) or any(word in text for word in words)
