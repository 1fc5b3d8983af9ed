"""SleepScorer, a desktop application for sleep technicians."""

__version__ = "0.1.0"

DISCLAIMER = "Not a medical device: a qualified person reviews every result."
