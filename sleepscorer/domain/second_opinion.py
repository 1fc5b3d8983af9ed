"""What another program says of a night: a scoring beside, never in place of what is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import numpy as np

from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.scoring import Scoring
from sleepscorer.domain.votes import fused


class Stager(Protocol):
    """A program that stages sleep."""

    @property
    def title(self) -> str:
        """Name and version, as shown."""
        ...

    def stage(
        self,
        recording: Recording,
        derivation: Derivation,
        *,
        progress: Callable[[float], None] = lambda _: None,
    ) -> Scoring:
        """Stage every complete epoch.

        Parameters
        ----------
        recording, derivation
            What is staged.
        progress
            Called with the fraction done, as far as it is known; may raise to stop.

        Returns
        -------
        scoring
            As long as the recording, its stages those of a model, with probabilities where the
            program gives them.

        Raises
        ------
        AutoscoringError
            It is not installed, failed, or gave nothing that can be read.
        RecordingError
            The derivation can't be read.
        """
        ...


JOINED_BY = " + "
"""Between the names of programs that say something together."""


def fused_opinions(first: Hypnodensity, second: Hypnodensity) -> Hypnodensity:
    """Mean of the log-probabilities of two that err differently.

    An epoch that the first one abstained from stays without a stage; one that only the second
    abstained from is the first one's.
    """
    weight = np.ones(len(first), np.float32)
    together = fused([first.probabilities, second.probabilities], [weight, weight])
    together[np.isnan(first.probabilities[:, 0])] = np.nan
    return replace(first, probabilities=together, model=f"{first.model}{JOINED_BY}{second.model}")
