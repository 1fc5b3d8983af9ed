"""SleepScorer, a desktop application for sleep technicians."""

from sleepscorer.domain.phrases import Phrase

__version__ = "0.1.0"

DISCLAIMER = Phrase("Not a medical device: a qualified person reviews every result.")
