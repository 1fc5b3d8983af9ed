"""Which class of severity an apnea-hypopnea index has, and how it is written beside it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from sleepscorer.domain.phrases import Phrase

AHI_LIMITS = (5.0, 15.0, 30.0)
"""Apneas and hypopneas an hour of sleep from which they are called mild, moderate and severe, in
adults: AASM Task Force 1999, Sleep 22:667, https://doi.org/10.1093/sleep/22.5.667, cited from
memory. In children other limits hold."""

_MOST_DECIMALS = 6
_ROUNDING = 1e-9


class Severity(Enum):
    """Class of an index in adults, from the least; the value is what is said."""

    NONE = Phrase("none, under 5")
    MILD = Phrase("mild")
    MODERATE = Phrase("moderate")
    SEVERE = Phrase("severe")


def class_of(index: float, limits: Sequence[float]) -> int:
    """How many of some limits an index reaches."""
    return sum(index >= limit - _ROUNDING for limit in limits)


def severity_of(index: float) -> Severity:
    """Class of an index as it is, not as it is rounded."""
    return tuple(Severity)[class_of(index, AHI_LIMITS)]


def decimals_of(index: float) -> int:
    """How many decimals an index needs to be seen in its class: one, or more just below a limit."""
    return next(
        (n for n in range(1, _MOST_DECIMALS) if severity_of(round(index, n)) is severity_of(index)),
        _MOST_DECIMALS,
    )
