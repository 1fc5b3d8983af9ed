"""What becomes of a version, or of a calibration, once it was compared; each answer is kept."""

from __future__ import annotations

from datetime import UTC, datetime

from sleepscorer.domain.versions import Comparison, Decision, Verdict
from sleepscorer.loop.patients import LibraryError
from sleepscorer.models.calibration import Calibration
from sleepscorer.models.store import ModelStore


def accept(
    store: ModelStore,
    comparison: Comparison,
    *,
    by: str,
    why: str = "",
    calibration: Calibration | None = None,
) -> None:
    """Use the version that was compared, or its calibration, from now on.

    Raises
    ------
    LibraryError
        The comparison does not say that it is better.
    ModelStoreError, ScoringError
        It can't be used, or the decision not be written down.
    """
    if comparison.verdict is not Verdict.BETTER:
        raise LibraryError(
            "The new version was not shown to be better, so it can't be accepted on this "
            "comparison."
        )
    if calibration is not None:
        store.calibrate(calibration, comparison, why)
    else:
        store.activate(_decision(comparison, by, why))


def reject(store: ModelStore, comparison: Comparison, *, by: str, why: str = "") -> None:
    """Write down that the version that was compared is not to be used."""
    store.reject(_decision(comparison, by, why))


def postpone(store: ModelStore, comparison: Comparison, *, by: str, why: str = "") -> None:
    """Write down that it is decided later."""
    store.postpone(_decision(comparison, by, why))


def _decision(comparison: Comparison, by: str, why: str) -> Decision:
    return Decision(comparison.candidate, by, datetime.now(UTC), why, comparison)
