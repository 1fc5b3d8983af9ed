"""What follows from a comparison, and what is said of it.

A version that is accepted stages this laboratory's nights from then on, so what patients of this
laboratory gain is what counts. Epochs of one patient are alike, so it is patients who are counted
and drawn, never epochs: a gain is one where so great a gain would come by chance in at most one of
twenty comparisons, which takes five patients at least, and where patients drawn anew would gain,
too.

What is forgotten of the first training does harm where a night comes from elsewhere: from a new
amplifier, or a colleague. And it shows what nights that a laboratory scored itself can't: who signs
off what nobody looked at signs off the nights to compare on in the same way. So what is forgotten
is taken off what is gained, point for point, before anything else is asked: a version is better
only if it would still be with every second night from elsewhere. Beyond `MOST_FORGOTTEN`, every
tenth epoch, nothing gained makes up for it. N1, the rarest stage, is not to be given up for
others; where patients differ in that, it can't be told yet.

What is taken off is what was measured, not the far end of its interval: nights of the first
training are of so few patients that it would say little, and since no laboratory can bring more of
them, "N more patients would tell" would not be true. The interval is shown.

A limit on what is forgotten by itself, one point, called gains of 17 and 4 points of laboratories
with half the amplitude and with a high-pass no better, for 1.5 and 1.2 points that were forgotten;
who records like that for good is not protected by staying with what is wrong in every third epoch.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.versions import Comparison, Figures, Gain, Verdict

LEAST_SUBJECTS = 5
"""With fewer, even a gain of every patient comes by chance more often than once in twenty times."""
CHANCE = 0.05
MOST_FORGOTTEN = 0.1
"""Accuracy on nights of the first training that a version may lose, whatever it gains."""
MOST_LOST, MOST_LOST_OF_N1 = 0.005, 0.02
"""Accuracy, and F1 of N1, that a version that is better in other respects may lose."""
LEAST_KAPPA = 0.2
"""A slight agreement at best (Landis and Koch, 1977): gains on top of it are no staging yet."""

_N_FLIPS = 10_000
_MOST_MISSING = 200
_SEED = 0
_QUANTILE = 1.645  # of the normal distribution, for one comparison in twenty


def judged(
    measured: Comparison, gains: npt.NDArray[np.float64], gain: Gain | None, forgotten: float
) -> Comparison:
    """Say what follows from what was measured.

    Parameters
    ----------
    measured
        Figures and gains.
    gains
        Of each patient, in what was aimed at, shape (n_subjects,).
    gain
        Of all of them.
    forgotten
        What nights of the first training lose in the same; less than nothing counts as nothing.
    """
    forgotten = max(forgotten, 0.0)
    beyond = gains - forgotten
    by_chance = chance_of(beyond) if len(gains) else None
    verdict = _told(beyond, None if gain is None else _less(gain, forgotten), by_chance)
    if is_collapse(measured) or _is_no_staging(measured):
        verdict = Verdict.NOT_BETTER
    n_missing = _n_missing(beyond) if verdict is Verdict.UNCLEAR else None
    if verdict is Verdict.BETTER:
        # Confidence is no better where stages got worse by it, nor agreement where N1 was given up.
        verdict = Verdict.NOT_BETTER if _loses_stages(measured) else _told_by_n1(measured)
    return replace(measured, by_chance=by_chance, verdict=verdict, n_missing=n_missing)


def chance_of(gains: npt.NDArray[np.float64]) -> float:
    """How likely so great a mean gain is if each patient's were as likely a loss.

    All ways to change the signs, or many of them (Fisher, 1935), count those that gain as much.
    """
    n = len(gains)
    if 2**n <= _N_FLIPS:
        signs = np.array(list(itertools.product((1.0, -1.0), repeat=n)))
    else:
        drawn = np.random.default_rng(_SEED).choice((1.0, -1.0), (_N_FLIPS, n))
        signs = np.concatenate([np.ones((1, n)), drawn])
    return float((signs @ gains >= gains.sum() - 1e-12).mean())


def is_collapse(comparison: Comparison) -> bool:
    """Whether so much of the first training is forgotten that nothing makes up for it."""
    return comparison.replay_gain is not None and -comparison.replay_gain.value > MOST_FORGOTTEN


def grounds_of(comparison: Comparison, *, of_confidence: bool = False) -> list[Phrase]:
    """Sentences that say what was gained here and forgotten elsewhere, and what speaks against.

    Parameters
    ----------
    comparison
        What was measured and judged.
    of_confidence
        Whether it was judged by cross-entropy, as calibrations are.
    """
    gain, elsewhere = comparison.accuracy_gain, comparison.replay_gain
    if gain is None and elsewhere is None:
        return []
    said = [] if gain is None else [_own(comparison, gain)]
    said.append(_elsewhere(elsewhere))
    if of_confidence:
        said += _confidence(comparison)
    if comparison.verdict is Verdict.BETTER:
        return said
    if is_collapse(comparison):
        said.append(
            Phrase(
                "More than {most:.0f} points forgotten are too many, whatever is gained. Were the "
                "corrected nights scored with care, and is the derivation the right one?",
                most=100 * MOST_FORGOTTEN,
            )
        )
    elif gain is not None and elsewhere is not None and gain.value > 0 > elsewhere.value:
        if gain.value <= -elsewhere.value:
            said.append(Phrase("It gains less on your nights than it forgets."))
        elif gain.low is not None and 0 < gain.low <= -elsewhere.value:
            said.append(Phrase("With other patients it may gain less than it forgets."))
    if gain is None:
        return said
    if _is_no_staging(comparison):
        said.append(
            Phrase(
                "It hardly agrees with people at all on your nights (κ {kappa:.2f}): look at their "
                "scorings and at the derivation first.",
                kappa=comparison.of_candidate.kappa,
            )
        )
    f1 = {
        "before": comparison.of_current.f1[Stage.N1] or 0.0,
        "after": comparison.of_candidate.f1[Stage.N1] or 0.0,
    }
    told = _told_by_n1(comparison)
    if told is Verdict.NOT_BETTER:
        said.append(Phrase("It gives up N1: its F1 is {after:.2f} instead of {before:.2f}.", **f1))
    elif told is Verdict.UNCLEAR:
        said.append(
            Phrase(
                "It may be that it gives up N1: its F1 is {after:.2f} instead of {before:.2f}, and "
                "with other patients it may be higher.",
                **f1,
            )
        )
    return said


def _told(gains: npt.NDArray[np.float64], gain: Gain | None, by_chance: float | None) -> Verdict:
    if gain is None or by_chance is None:
        return Verdict.UNCLEAR
    if gain.high is not None and gain.high < 0:
        return Verdict.NOT_BETTER
    if len(gains) >= LEAST_SUBJECTS and gain.value <= 0:
        return Verdict.NOT_BETTER
    if by_chance <= CHANCE and gain.low is not None and gain.low > 0:
        return Verdict.BETTER
    return Verdict.UNCLEAR


def _is_no_staging(comparison: Comparison) -> bool:
    kappa = comparison.of_candidate.kappa
    return kappa is not None and kappa < LEAST_KAPPA


def _loses_stages(comparison: Comparison) -> bool:
    gain = comparison.accuracy_gain
    return gain is not None and -gain.value > MOST_LOST


def _told_by_n1(comparison: Comparison) -> Verdict:
    """Whether N1 is kept, given up, or perhaps given up."""
    gain = comparison.n1_gain
    if gain is None or -gain.value <= MOST_LOST_OF_N1:
        return Verdict.BETTER
    return Verdict.UNCLEAR if gain.high is not None and gain.high > 0 else Verdict.NOT_BETTER


def _own(comparison: Comparison, gain: Gain) -> Phrase:
    return Phrase(
        "On your nights {after:.1f} % of the epochs agree with people instead of {before:.1f} % "
        "({gain:+.1f} points).",
        after=100 * comparison.of_candidate.accuracy,
        before=100 * comparison.of_current.accuracy,
        gain=100 * gain.value,
    )


def _confidence(comparison: Comparison) -> list[Phrase]:
    """How honest its confidence is, here and on nights of the first training."""
    said = []
    here = _cross_entropies(comparison.of_current, comparison.of_candidate)
    if here is not None:
        said.append(
            Phrase(
                "Cross-entropy, which is the less the more honest confidence is, is {after:.3f} "
                "instead of {before:.3f} on your nights.",
                **here,
            )
        )
    elsewhere = _cross_entropies(comparison.replay_of_current, comparison.replay_of_candidate)
    if elsewhere is not None:
        said.append(
            Phrase(
                "On recordings like those of the first training it is {after:.3f} instead of "
                "{before:.3f}.",
                **elsewhere,
            )
        )
    return said


def _cross_entropies(current: Figures | None, candidate: Figures | None) -> dict[str, float] | None:
    before = None if current is None else current.cross_entropy
    after = None if candidate is None else candidate.cross_entropy
    return None if before is None or after is None else {"before": before, "after": after}


def _elsewhere(gain: Gain | None) -> Phrase:
    if gain is None:
        return Phrase(
            "What it forgets was not measured: no nights of the first training fit both versions."
        )
    points = round(100 * gain.value, 1)
    if not points:
        return Phrase("On recordings like those of the first training nothing changes.")
    if points < 0:
        return Phrase(
            "On recordings like those of the first training it is {points:.1f} points worse.",
            points=-points,
        )
    return Phrase(
        "On recordings like those of the first training it is {points:.1f} points better.",
        points=points,
    )


def _less(gain: Gain, by: float) -> Gain:
    low, high = (None if bound is None else bound - by for bound in (gain.low, gain.high))
    return Gain(gain.value - by, low, high)


def _n_missing(gains: npt.NDArray[np.float64]) -> int | None:
    """Further patients with whom a gain like this would probably be told from chance."""
    n = len(gains)
    least = max(LEAST_SUBJECTS - n, 1)
    if n < 2 or gains.mean() <= 0:
        return least if n < LEAST_SUBJECTS else None
    wanted = math.ceil((_QUANTILE * float(gains.std(ddof=1)) / float(gains.mean())) ** 2)
    missing = max(wanted - n, least)
    return missing if missing <= _MOST_MISSING else None
