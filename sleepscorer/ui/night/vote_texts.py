"""Sentences about channels that were left out, and epochs that could not be staged."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sleepscorer.domain.clock_times import time_text
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.votes import SignalFault, left_out
from sleepscorer.ui.base.language import N_, tr

if TYPE_CHECKING:
    from sleepscorer.autoscoring import Staging

_LEAST_EPOCHS = 4
_MOST_SENTENCES = 3

_ROLE_NAMES = {
    "EEG C4": N_("EEG (C4)"),
    "EEG C3": N_("EEG (C3)"),
    "EOG left": N_("EOG (left)"),
    "EOG right": N_("EOG (right)"),
    "ECG": N_("ECG"),
    "EMG chin": N_("EMG (chin)"),
    "airflow": N_("airflow"),
}


def about_missing(staging: Staging) -> str:
    """Say which channels the network would have liked to see; empty where it saw all."""
    if not staging.missing:
        return ""
    names = ", ".join(tr(_ROLE_NAMES.get(role, role)) for role in staging.missing)
    return tr(
        "The network did without {channels}: the recording has no such signal. It can be wrong for "
        "that and yet sure: check it all the more."
    ).format(channels=names)


def about_votes(staging: Staging, recording: Recording) -> str:
    """Say which derivations were left out when and why, and how much has no stage for that.

    Whiles shorter than two minutes are not said, gaps of the recording neither, and of a single
    derivation only how much can't be staged.
    """
    whiles = [
        one
        for one in left_out(staging.votes, least_epochs=_LEAST_EPOCHS)
        if one.fault is not SignalFault.MISSING and len(staging.votes) > 1
    ]
    longest = sorted(whiles, key=lambda one: one.start_epoch - one.stop_epoch)[:_MOST_SENTENCES]
    sentences = []
    for one in sorted(longest, key=whiles.index):
        first, last = (
            time_text(epoch * EPOCH_S, recording.start)
            for epoch in (one.start_epoch, one.stop_epoch)
        )
        sentences.append(
            tr("{derivation} was left out from {first} to {last}: {fault}.").format(
                derivation=one.derivation, first=first, last=last, fault=tr(one.fault.words)
            )
        )
    if len(whiles) > len(longest):
        n_more = len(whiles) - len(longest)
        sentences.append(tr("It was so %n more time(s); see the strip.", None, n_more))
    reasons = [SignalFault(int(one)) for one in staging.abstentions if one > SignalFault.MISSING]
    if reasons:
        told = ", ".join(
            f"{tr(fault.words)} {count}" for fault, count in Counter(reasons).most_common()
        )
        text = tr("%n epoch(s) can't be staged: {reasons}.", None, len(reasons))
        sentences.append(text.format(reasons=told))
    return " ".join(sentences)
