"""AASM sleep stages and their codes in every format we exchange."""

from __future__ import annotations

from enum import IntEnum


class Stage(IntEnum):
    """One AASM sleep stage; the value is the class index of the network's output."""

    W = 0
    N1 = 1
    N2 = 2
    N3 = 3
    R = 4
    UNSCORED = -1

    @property
    def label(self) -> str:
        """Short AASM name, e.g. ``"N2"``; empty when unscored."""
        return "" if self is Stage.UNSCORED else self.name

    @property
    def edf_text(self) -> str:
        """Text of the EDF+ annotation, e.g. ``"Sleep stage N2"``."""
        return f"Sleep stage {self.label or '?'}"

    @classmethod
    def from_label(cls, label: str) -> Stage:
        """Stage of a short AASM name; the empty string is unscored.

        Raises
        ------
        KeyError
            The label is none of W, N1, N2, N3, R and the empty string.
        """
        if label == cls.UNSCORED.name:
            raise KeyError(label)
        return cls[label] if label else cls.UNSCORED

    @classmethod
    def from_edf_text(cls, text: str) -> Stage | None:
        """Stage of an EDF+ annotation text, AASM or R&K; None for any other text."""
        return _STAGE_OF_EDF_TEXT.get(text.strip().casefold())


SCORED_STAGES = (Stage.W, Stage.N1, Stage.N2, Stage.N3, Stage.R)
"""The five stages in class order."""

HYPNOGRAM_ROWS = (Stage.W, Stage.R, Stage.N1, Stage.N2, Stage.N3)
"""Rows of a hypnogram from top to bottom (AASM practice)."""

_STAGE_OF_EDF_TEXT = {stage.edf_text.casefold(): stage for stage in Stage} | {
    # Rechtschaffen & Kales: stages 3 and 4 are N3; movement time has no AASM stage.
    "sleep stage 1": Stage.N1,
    "sleep stage 2": Stage.N2,
    "sleep stage 3": Stage.N3,
    "sleep stage 4": Stage.N3,
    "movement time": Stage.UNSCORED,
}
