"""From a recording to what a network sees of it: the only way there is.

Application, training, evaluation and benchmarks all read through here, so that a network meets in
use what it met in training. Gaps are crossed by nobody: each stretch without one is filtered by
itself, an epoch that a gap touches is left out, and the epochs on either side are no neighbours.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from model.network import InputChannel, InputSpec
from model.shared.filters import SignalBlocks, resample_and_filter, robust_scale
from sleepscorer.domain.channels import (
    Derivation,
    electrodes_of,
    is_recommended,
    staging_derivations,
)
from sleepscorer.domain.epochs import EPOCH_S, n_complete_epochs
from sleepscorer.domain.errors import AutoscoringError
from sleepscorer.domain.recording import Recording, Stretch
from sleepscorer.input_channels import derivations_for
from sleepscorer.signals.filters import finite_runs

Progress = Callable[[float], None]
Runs = tuple[tuple[int, int], ...]

_READ_AT_ONCE = 10_000_000
"""Samples; more than a usual night has. Each so many are let go of once they are resampled, and are
enough for the C library to give their memory back at once."""


@dataclass(frozen=True, slots=True, eq=False)
class NetworkInput:
    """All epochs of a recording as a network sees them.

    Attributes
    ----------
    epochs
        Shape (n_epochs, n_chans, n_times), float32, µV or scaled, as the network wants; zero
        outside the runs. NaN where a channel that may be missing is not there, or tells nothing:
        all night, or in epochs that only its own gaps touch.
    runs
        Half-open ranges of consecutive epochs that no gap touches, ascending and disjoint.
    """

    epochs: npt.NDArray[np.float32]
    runs: Runs

    def missing(self, spec: InputSpec) -> tuple[str, ...]:
        """Roles of the network that it was given nothing for, all night."""
        return tuple(
            channel.role
            for index, channel in enumerate(spec.channels)
            if channel.is_optional
            and all(np.isnan(self.epochs[a:b, index, 0]).all() for a, b in self.runs)
        )


def read_input(
    recording: Recording,
    derivations: Mapping[str, Derivation],
    spec: InputSpec,
    *,
    gain: float = 1.0,
    progress: Progress = lambda _: None,
) -> NetworkInput:
    """Prepare all epochs of a recording for a network.

    Parameters
    ----------
    recording
        What is read.
    derivations
        What is read for each role.
    spec
        What the network wants.
    gain
        What the first channel is multiplied by.
    progress
        Called with the fraction done, 0 to 1; may raise to stop.

    Raises
    ------
    AutoscoringError
        A channel that may not be missing is, or one is sampled too slowly.
    RecordingError
        A derivation can't be read.
    """
    check_input(recording, derivations, spec)
    n_chans = len(spec.channels)
    epochs = np.zeros((recording.n_epochs, n_chans, spec.n_times), np.float32)
    runs: Runs | None = None
    for index, channel in enumerate(spec.channels):
        derivation = derivations.get(channel.role)
        if derivation is None:
            epochs[:, index] = np.nan
            continue
        found = _fill(
            epochs[:, index],
            _parts_without_gaps(
                recording,
                derivation,
                gain if index == 0 else 1.0,
                _part_of(progress, index, n_chans),
            ),
            recording.channel(derivation.anode).sfreq,
            channel,
            spec,
        )
        if channel.is_optional:
            epochs[outside(found, len(epochs)), index] = np.nan
        else:
            runs = found if runs is None else _both(runs, found)
    assert runs is not None, "a network that looks at nothing"
    if n_chans > 1:
        # What a gap of another channel touches is left out of all.
        epochs[outside(runs, len(epochs))] = 0
    return NetworkInput(epochs, runs)


def input_of_signal(
    signal_uv: npt.NDArray[np.floating[Any]], sfreq: float, spec: InputSpec
) -> NetworkInput:
    """Prepare a signal that is no recording, for a network of one channel.

    Parameters
    ----------
    signal_uv
        From the start of the first epoch, shape (n_times,), µV; NaN where there is a gap.
    sfreq
        Its sampling rate in Hz.
    spec
        What the network wants.

    Raises
    ------
    ValueError
        The network wants other channels too, or a faster signal.
    """
    (channel,) = spec.channels
    stretch = Stretch(0.0, signal_uv.size / sfreq)
    epochs = np.zeros((n_complete_epochs(stretch.stop_s), 1, spec.n_times), np.float32)
    parts = _finite_parts(stretch, signal_uv, sfreq)
    return NetworkInput(epochs, _fill(epochs[:, 0], parts, sfreq, channel, spec))


def check_input(
    recording: Recording, derivations: Mapping[str, Derivation], spec: InputSpec
) -> None:
    """Refuse what a network can't be given.

    Raises
    ------
    AutoscoringError
        A channel that may not be missing is, or one is sampled too slowly.
    RecordingError
        There is no such channel.
    """
    for channel in spec.channels:
        derivation = derivations.get(channel.role)
        if derivation is None:
            if channel.is_optional:
                continue
            raise AutoscoringError(
                "{file} has no {role} chosen, which this network needs. Choose "
                "another version of the network.",
                file=recording.path.name,
                role=channel.role,
            )
        sfreq = recording.channel(derivation.anode).sfreq
        if sfreq < channel.least_sfreq:
            raise AutoscoringError(
                "{file}: {derivation} is sampled at {sfreq:g} Hz; staging needs at "
                "least {least_sfreq:g} Hz. Choose another derivation.",
                file=recording.path.name,
                derivation=derivation.name,
                sfreq=sfreq,
                least_sfreq=channel.least_sfreq,
            )


def preferred_derivation(recording: Recording, spec: InputSpec) -> Derivation:
    """Choose the EEG derivation to stage: one that holds all that the network sees where there is.

    Else it is one that is at least accepted.

    Raises
    ------
    AutoscoringError
        The recording has no EEG.
    """
    derivations = derivations_for(spec.channels[0].role, recording.channels)
    if not derivations:
        labels = tuple(channel.label for channel in recording.channels)
        raise AutoscoringError(
            "{file} has no EEG channel that could be staged; its channels are: "
            "{labels}. Choose one as the staging derivation if one of them is "
            "EEG.",
            file=recording.path.name,
            labels=labels,
        )
    wanted = spec.channels[0]
    for enough_hz in (2 * wanted.band_hz[1], wanted.least_sfreq):
        for derivation in derivations:
            if recording.channel(derivation.anode).sfreq >= enough_hz:
                return derivation
    return derivations[0]


def outside(runs: Runs, n_epochs: int) -> npt.NDArray[np.bool_]:
    """Epochs that are in no run, shape (n_epochs,)."""
    is_outside = np.ones(n_epochs, bool)
    for start, stop in runs:
        is_outside[start:stop] = False
    return is_outside


def derivation_named(recording: Recording, text: str) -> Derivation:
    """Find the derivation that ``"LABEL"`` or ``"LABEL,LABEL"`` says; a label may have a comma.

    Raises
    ------
    RecordingError
        There is no such channel.
    """
    if any(channel.label == text for channel in recording.channels):
        return Derivation(text)
    anode, _, cathode = (part.strip() for part in text.partition(","))
    return Derivation(recording.channel(anode).label, cathode or None)


def voting_derivations(
    recording: Recording, spec: InputSpec, most: int, first: Derivation | None = None
) -> tuple[Derivation, ...]:
    """Choose the EEG derivations that vote.

    Beside the first one only frontal, central and occipital ones do, each electrode once. Those
    that share no electrode with the chosen ones go first, then those of another region: a mastoid
    that comes off must not take all of them along, and what is seen at the back of the head is not
    seen in front. A network that looks at several channels at once is asked once: it sees both
    sides of the head already.

    Parameters
    ----------
    recording
        What is staged.
    spec
        What the network wants.
    most
        No more than these, at least 1.
    first
        The one that is chosen already; the preferred one without.

    Raises
    ------
    AutoscoringError
        The recording has no EEG.
    """
    first = first or preferred_derivation(recording, spec)
    least_sfreq = spec.channels[0].least_sfreq
    best_of_anode: dict[str, Derivation] = {}
    for one in staging_derivations(recording.channels):
        if is_recommended(one) and recording.channel(one.anode).sfreq >= least_sfreq:
            best_of_anode.setdefault(one.anode, one)
    left = list(best_of_anode.values())
    chosen = [first]
    while len(chosen) < most and len(spec.channels) == 1:
        used = [electrode for one in chosen for electrode in _electrodes(one)]
        asked, regions = {one.anode for one in chosen}, {_region(one) for one in chosen}
        left = [one for one in left if one.anode not in asked]
        if not left:
            break
        ranked = sorted(
            left,
            key=lambda one: (
                sum(electrode in used for electrode in _electrodes(one)),
                _region(one) in regions,
            ),
        )
        chosen.append(ranked[0])
    return tuple(chosen)


def _electrodes(derivation: Derivation) -> tuple[str, ...]:
    pair = electrodes_of(derivation.name)
    return (derivation.name,) if pair is None else tuple(filter(None, pair))


def _region(derivation: Derivation) -> str:
    """Letter of the lobe: F, C, P, T or O; Fp and AF count as F."""
    name = _electrodes(derivation)[0]
    return "F" if name.startswith("AF") else name[:1]


def complete_epochs(stretch: Stretch, n_epochs: int) -> tuple[int, int]:
    """Half-open range of the epochs that lie wholly inside a stretch."""
    first = math.ceil((stretch.start_s - 1e-6) / EPOCH_S)
    stop = min(math.floor((stretch.stop_s + 1e-6) / EPOCH_S), n_epochs)
    return first, max(first, stop)


_Part = tuple[Stretch, npt.NDArray[np.floating[Any]] | SignalBlocks]


def _fill(
    epochs: npt.NDArray[np.float32],
    parts: Iterator[_Part],
    sfreq: float,
    channel: InputChannel,
    spec: InputSpec,
) -> Runs:
    """Fill in the epochs (n, n_times) of one channel; return the runs of those filled in."""
    runs = []
    for part, values in parts:
        first, stop = complete_epochs(part, len(epochs))
        if first < stop:
            epochs[first:stop] = _prepared(part, values, sfreq, channel, spec, first, stop)
            runs.append((first, stop))
    if channel.is_scaled:
        _scale(epochs, runs, is_optional=channel.is_optional)
    return tuple(runs)


def _scale(
    epochs: npt.NDArray[np.float32], runs: Sequence[tuple[int, int]], *, is_optional: bool
) -> None:
    """Make the median of all runs 0 and their interquartile range 1.

    What never changes tells nothing: NaN where it may be missing, zero else.
    """
    if not runs:
        return
    seen = np.concatenate([epochs[start:stop].ravel() for start, stop in runs])
    middle, spread = robust_scale(seen)
    for start, stop in runs:
        if spread > 0:
            epochs[start:stop] -= middle
            epochs[start:stop] /= spread
        else:
            epochs[start:stop] = np.nan if is_optional else 0.0


def _parts_without_gaps(
    recording: Recording, derivation: Derivation, gain: float, progress: Progress
) -> Iterator[_Part]:
    """Read a derivation, in parts where its recording or it has a gap."""
    sfreq = recording.channel(derivation.anode).sfreq
    for index, stretch in enumerate(recording.stretches):
        blocks = []
        for start_s, stop_s in _blocks_of(stretch, sfreq):
            block = recording.read_derivation(derivation, start_s, stop_s)
            if block.size:
                blocks.append(block if gain == 1 else block * np.float32(gain))
        if len(blocks) > 1 and all(np.isfinite((one.min(), one.max())).all() for one in blocks):
            yield stretch, SignalBlocks(blocks)
        elif blocks:
            yield from _finite_parts(stretch, _joined(blocks), sfreq)
        progress((index + 1) / len(recording.stretches))


def _joined(blocks: list[npt.NDArray[np.float32]]) -> npt.NDArray[np.float32]:
    """Put blocks together and let go of each."""
    if len(blocks) == 1:
        return blocks[0]
    values, filled = np.empty(sum(block.size for block in blocks), np.float32), 0
    while blocks:
        block = blocks.pop(0)
        values[filled : filled + block.size] = block
        filled += block.size
    return values


def _blocks_of(stretch: Stretch, sfreq: float) -> Iterator[tuple[float, float]]:
    """Times between which a stretch is read at once, each but the ends that of a sample."""
    first, stop = math.ceil(stretch.start_s * sfreq), round(stretch.stop_s * sfreq)
    inner = range(first + _READ_AT_ONCE, stop, _READ_AT_ONCE)
    edges_s = (stretch.start_s, *(sample / sfreq for sample in inner), stretch.stop_s)
    return itertools.pairwise(edges_s)


def _part_of(progress: Progress, index: int, n_parts: int) -> Progress:
    """Map the progress of one of several parts to that of the whole."""
    return lambda done: progress((index + done) / n_parts)


def _finite_parts(
    stretch: Stretch, values: npt.NDArray[np.floating[Any]], sfreq: float
) -> Iterator[_Part]:
    """Parts of a stretch between samples that are missing (NaN)."""
    for first, stop in finite_runs(values):
        # The rounded edge of a stretch may be a sample outside it: that is no gap.
        start_s = stretch.start_s + first / sfreq if first > 1 else stretch.start_s
        is_end = values.size - stop <= 1
        stop_s = stretch.stop_s if is_end else stretch.start_s + stop / sfreq
        yield Stretch(start_s, stop_s), values[first:stop]


def _prepared(
    stretch: Stretch,
    values: npt.NDArray[np.floating[Any]] | SignalBlocks,
    sfreq: float,
    channel: InputChannel,
    spec: InputSpec,
    first: int,
    stop: int,
) -> npt.NDArray[np.float64]:
    """Epochs ``[first, stop)`` of a stretch, shape (stop - first, n_times)."""
    # The whole stretch is filtered at once: epoch by epoch, each would have its own edges.
    prepared = resample_and_filter(
        values,
        sfreq,
        wanted_sfreq=spec.sfreq,
        band_hz=channel.band_hz,
        least_sfreq=channel.least_sfreq,
    )
    skip = round((first * EPOCH_S - stretch.start_s) * spec.sfreq)
    n_times = (stop - first) * spec.n_times
    piece = prepared[skip : skip + n_times]
    if piece.size < n_times:
        # Rounding may cost the stretch its last sample: the one before it stands in.
        piece = np.pad(piece, (0, n_times - piece.size), "edge")
    return piece.reshape(stop - first, spec.n_times)


def _both(one: Runs, other: Runs) -> Runs:
    """Epochs that are in a run of either, as runs; the ends of both end a run."""
    common = (
        (max(start, start_too), min(stop, stop_too))
        for start, stop in one
        for start_too, stop_too in other
    )
    return tuple((start, stop) for start, stop in common if start < stop)
