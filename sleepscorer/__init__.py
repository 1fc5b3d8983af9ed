"""SleepScorer, a desktop application for sleep technicians."""

__version__ = "0.1.0"
