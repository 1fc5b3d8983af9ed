"""Errors whose text is meant for the technician."""


class SleepScorerError(Exception):
    """One clear sentence: the file, the place in it, what is wrong and what to do."""


class RecordingError(SleepScorerError):
    """A recording can't be opened or read."""


class ScoringError(SleepScorerError):
    """A scoring can't be read, written or applied."""


class AutoscoringError(SleepScorerError):
    """A recording can't be staged by the network."""
