"""What looks wrong with a recording before it is scored, and with a scoring after it.

Nothing here blocks: each finding says what was seen, with figures, and what can be done.

Amplitudes and rates are compared with those that the version of the network in use knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy  # which loads its parts at their first use: after the window is on the screen

from sleepscorer.domain.channels import Channel, ChannelKind, Derivation
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.hypnodensity import Hypnodensity
from sleepscorer.domain.phrases import Phrase, joined
from sleepscorer.domain.recording import Recording
from sleepscorer.domain.stages import SCORED_STAGES, Stage
from sleepscorer.domain.versions import InputRange
from sleepscorer.signals.filters import finite_runs

_FLAT_RATIO = 0.02
_FLAT_SHARE = 0.05
_CLIPPED_RUN = 3
_CLIPPED_SHARE = 0.01
_MAINS_HZ = (50.0, 60.0)
_MAINS_RATIO = 10.0
_MAINS_UV = 3.0
_STRONG_MAINS_UV = 15.0
"""Of 31 nights of Sleep-EDF one has more: of the ten never trained on, the one staged worst."""
_EMPTY_RATIO = 1e-3
_EMPTY_FAST_RATIO = 3e-4
_LEAST_WHOLE_HZ = 60.0
"""A slower signal lacks so much of 20-35 Hz that wake and R come out wrong: at 50 Hz one epoch in
eight changes its stage, at 64 Hz one in thirty."""
_SLOW_RATIO = 1.0
"""Density at 0.5-1 Hz over that at 2-4 Hz; the least of 31 nights and 26 awake adults is 1.5."""
_LINE_HZ = (3.0, 35.0)
_LINE_RATIO = 20.0
_LINE_UV = 1.0
_LINE_EPOCHS = 10
_LINE_BINS = 2
_AROUND_LINE_BINS = range(5, 19)
_STILL_S = 0.25
_DROPPED_SHARE = 0.02
_FILLED_RATIO = 5.0
_MUSCLE_SHARE = 0.35
_BEAT_CORRELATION = 0.5
_BEAT_KURTOSIS = 5.0
_SHARP_HZ = (5.0, 18.0)
_SLOWEST_SHARE = 0.95
_EYE_SHARE = 0.8
_EYE_UV = 45.0
_OPPOSITE = -0.3
_SKEW = 0.1
_MOST_MISSING = 0.2
_LEAST_EPOCHS = 20
_WINDOWS_AT_ONCE = 128
_COMPARED_AT_ONCE_S = 300.0
_SEGMENT_S = 4

_MASTOID = re.compile(r"^[FC]\w*-[AM][12]$", re.IGNORECASE)

_Float32 = npt.NDArray[np.float32]
_Float64 = npt.NDArray[np.float64]
_Bool = npt.NDArray[np.bool_]


class FindingKind(Enum):
    """What may be wrong; the value is the name shown."""

    UNITS = Phrase("Wrong unit")
    AMPLITUDE = Phrase("Unusual amplitude")
    FLAT = Phrase("Flat signal")
    CLIPPED = Phrase("Clipped signal")
    INVERTED = Phrase("Inverted polarity")
    MAINS = Phrase("Mains interference")
    WRONG_CHANNEL = Phrase("Not an EEG channel")
    SAMPLING_RATE = Phrase("Sampling rate too low")
    BAND_LIMITED = Phrase("Fast activity missing")
    SLOW_MISSING = Phrase("Slow activity missing")
    RHYTHM = Phrase("Foreign rhythm")
    DROPOUTS = Phrase("Dropouts")
    GAPS = Phrase("Much is missing")
    ONE_STAGE = Phrase("Nearly all one stage")
    NO_SLEEP = Phrase("No sleep")
    NO_N2 = Phrase("No N2")
    ALTERNATION = Phrase("Stages alternate")
    R_AT_ONSET = Phrase("R at sleep onset")


_NOT_FIT_TO_VOTE = frozenset(
    {
        FindingKind.UNITS,
        FindingKind.AMPLITUDE,
        FindingKind.WRONG_CHANNEL,
        FindingKind.SAMPLING_RATE,
        FindingKind.BAND_LIMITED,
        FindingKind.SLOW_MISSING,
        FindingKind.RHYTHM,
        FindingKind.DROPOUTS,
    }
)
"""What is wrong with the whole of a signal, and not with some of its epochs."""


class Severity(IntEnum):
    """How much a finding matters for the stages."""

    NOTE = 0
    WARNING = 1
    SERIOUS = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that looks wrong.

    Attributes
    ----------
    kind
        What it is.
    severity
        How much it matters.
    seen
        One sentence with the figures.
    remedy
        One sentence about what can be done.
    factor
        What to multiply the signal by, where that is the remedy; None otherwise.
    """

    kind: FindingKind
    severity: Severity
    seen: Phrase
    remedy: Phrase
    factor: float | None = None

    @property
    def sentences(self) -> Phrase:
        """What was seen and what can be done."""
        return joined(self.seen, self.remedy)


def worth_saying(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Leave out the findings that are mere notes."""
    return tuple(finding for finding in findings if finding.severity is not Severity.NOTE)


def check_recording(
    recording: Recording,
    derivation: Derivation,
    known: InputRange | None,
    *,
    gain: float = 1.0,
    progress: Callable[[float], None] = lambda _: None,
) -> tuple[Finding, ...]:
    """Look at the derivation that is to be staged.

    Parameters
    ----------
    recording
        The recording.
    derivation
        Read from beginning to end, as are other EEG derivations against a mastoid where this is
        one: they should not be its mirror image.
    known
        What the network knows; amplitude and rate are not judged where that was not recorded.
    gain
        What the signal is multiplied by before the network sees it; one of another size answers
        what an unknown unit leaves open.
    progress
        Called with the fraction done, 0 to 1; may raise to stop.

    Raises
    ------
    RecordingError
        The derivation can't be read.
    """
    values = _read(recording, derivation, gain)
    channel = recording.channel(derivation.anode)
    progress(0.3)
    findings = () if abs(gain) != 1 else _unit(channel, derivation)
    findings += check_signal(values, channel.sfreq, derivation.name, known)
    progress(0.6)
    if not any(finding.kind is FindingKind.INVERTED for finding in findings):
        findings += _check_against_others(recording, derivation, values)
    progress(1.0)
    return tuple(sorted(findings, key=lambda finding: -finding.severity))


def _unit(channel: Channel, derivation: Derivation) -> tuple[Finding, ...]:
    """A voltage is in µV whatever it was stored in; any other unit was not understood."""
    if channel.unit == "µV":
        return ()
    unit = f"“{channel.unit}”" if channel.unit else "blank"
    return (
        Finding(
            FindingKind.UNITS,
            Severity.WARNING,
            Phrase(
                "The unit of {derivation} is {unit}, no voltage that is known: its "
                "numbers are taken for µV.",
                derivation=derivation.name,
                unit=unit,
            ),
            Phrase("Check the unit in the header of the recording."),
        ),
    )


def is_fit_to_vote(
    recording: Recording, derivation: Derivation, known: InputRange | None, *, gain: float = 1.0
) -> bool:
    """Whether nothing is wrong with the whole of a derivation; see `check_recording`."""
    sfreq = recording.channel(derivation.anode).sfreq
    found = check_signal(_read(recording, derivation, gain), sfreq, derivation.name, known)
    return not any(finding.kind in _NOT_FIT_TO_VOTE for finding in found)


def _read(recording: Recording, derivation: Derivation, gain: float) -> _Float32:
    values = recording.read_derivation(derivation, 0, recording.duration_s)
    values *= np.float32(gain)
    return values


def check_signal(
    values: _Float32, sfreq: float, name: str, known: InputRange | None
) -> tuple[Finding, ...]:
    """Look at one EEG signal.

    Parameters
    ----------
    values
        Shape (n_times,), what is taken for µV; NaN marks gaps.
    sfreq
        Sampling rate in Hz.
    name
        Name of the derivation.
    known
        What the network knows; amplitude and rate are not judged where that was not recorded.

    Returns
    -------
    findings
        The most serious first. Inverted polarity shows only in derivations of F and C against a
        mastoid, where K-complexes and slow waves are negative, and is uncertain even there.
    """
    if known is not None and sfreq < known.least_sfreq:
        return (
            Finding(
                FindingKind.SAMPLING_RATE,
                Severity.SERIOUS,
                Phrase(
                    "{name} is sampled at {sfreq:g} Hz; spindles reach up to 16 Hz and "
                    "staging needs {least_sfreq:g} Hz.",
                    name=name,
                    sfreq=sfreq,
                    least_sfreq=known.least_sfreq,
                ),
                Phrase("Choose a faster channel or export the recording at its full rate."),
            ),
        )
    whole = _Windows.whole(values, round(EPOCH_S * sfreq))
    findings = _gaps(values, name)
    if len(whole):
        findings += _flat(whole, sfreq, name)
        deviations = whole.each(_deviations)
        whole = whole.chosen(deviations > _FLAT_RATIO * np.percentile(deviations, 90))
    if len(whole):
        spectra = _Spectra.of(whole, sfreq)
        if known is not None:
            findings += _amplitude(spectra, name, known)
        mains = _mains(spectra, sfreq, name)
        findings += mains or _rhythm(whole, sfreq, name)
        findings += _fast_activity(spectra, sfreq, name)
        findings += _clipped(whole, sfreq, name) or _dropouts(whole, sfreq, name)
        wrong = _wrong_channel(whole, spectra, sfreq, name)
        findings += wrong or _slow_activity(spectra, name)
        findings += _polarity(whole, spectra, sfreq, name)
    return tuple(sorted(findings, key=lambda finding: -finding.severity))


@dataclass(frozen=True, slots=True, eq=False)
class _Windows:
    """Some windows of a signal, looked at a few at a time: a copy of three days is large.

    Attributes
    ----------
    signal
        All windows, shape (n_windows, n_times), a view of the signal.
    rows
        Which of them are meant, ascending.
    """

    signal: _Float32
    rows: npt.NDArray[np.int64]

    @classmethod
    def whole(cls, values: _Float32, n_times: int) -> _Windows:
        """Windows of that many samples without a gap."""
        n_windows = values.size // n_times
        signal = values[: n_windows * n_times].reshape(n_windows, n_times)
        every = cls(signal, np.arange(n_windows))
        return every.chosen(every.each(_are_whole))

    def __len__(self) -> int:
        return len(self.rows)

    def chosen(self, mask: _Bool) -> _Windows:
        """Those of them that a mask of shape (n,) is true for."""
        return _Windows(self.signal, self.rows[mask.astype(bool)])

    def parts(self) -> Iterator[_Float32]:
        """Yield them a few at a time, shape (at most `_WINDOWS_AT_ONCE`, n_times)."""
        for first in range(0, len(self.rows), _WINDOWS_AT_ONCE):
            yield self.signal[self.rows[first : first + _WINDOWS_AT_ONCE]]

    def each(self, measured: Callable[[_Float32], npt.NDArray[Any]]) -> npt.NDArray[Any]:
        """Measure a few at a time and put together what was measured."""
        parts = [measured(part) for part in self.parts()]
        return np.concatenate(parts) if parts else measured(self.signal[:0])


def _are_whole(windows: _Float32) -> _Bool:
    return np.asarray(np.isfinite(windows).all(axis=1))


def _deviations(windows: _Float32) -> _Float32:
    # What a constant deviates by is the rounding of its mean.
    moves = np.ptp(windows, axis=1) > 0
    return np.where(moves, windows.std(axis=1), np.float32(0))


@dataclass(frozen=True, slots=True, eq=False)
class _Spectra:
    """Power density of each window.

    Attributes
    ----------
    frequencies_hz
        Shape (n_frequencies,).
    density
        Shape (n_windows, n_frequencies), µV²/Hz.
    """

    frequencies_hz: _Float64
    density: _Float32

    @classmethod
    def of(cls, windows: _Windows, sfreq: float) -> _Spectra:
        n_segment = round(_SEGMENT_S * sfreq)
        parts = [scipy.signal.welch(part, sfreq, nperseg=n_segment) for part in windows.parts()]
        return cls(parts[0][0], np.concatenate([density for _frequencies, density in parts]))

    def power(self, low_hz: float, high_hz: float) -> _Float64:
        """Power of each window in a band, µV²."""
        inside = (self.frequencies_hz >= low_hz) & (self.frequencies_hz < high_hz)
        return np.asarray(self.density[:, inside].sum(axis=1) * self.frequencies_hz[1], np.float64)

    def mean_density(self, low_hz: float, high_hz: float) -> _Float64:
        """Mean power density of each window in a band, µV²/Hz."""
        inside = (self.frequencies_hz >= low_hz) & (self.frequencies_hz < high_hz)
        return np.asarray(self.density[:, inside].mean(axis=1), np.float64)

    def share(self, low_hz: float, high_hz: float) -> _Float64:
        """Share of a band in the power of each window at 0.3-35 Hz."""
        return self.power(low_hz, high_hz) / np.maximum(self.power(0.3, 35), 1e-30)

    @property
    def typical_uv(self) -> float:
        """Median over the windows of the deviation at 0.3-35 Hz."""
        return float(np.sqrt(np.median(self.power(0.3, 35))))


def _gaps(values: _Float32, name: str) -> list[Finding]:
    n_missing = values.size - sum(stop - first for first, stop in finite_runs(values))
    missing = n_missing / max(values.size, 1)
    if missing < _MOST_MISSING:
        return []
    return [
        Finding(
            FindingKind.GAPS,
            Severity.WARNING,
            Phrase("{missing:.0%} of {name} is missing.", missing=missing, name=name),
            Phrase("Epochs in the gaps stay unscored; check whether the export was complete."),
        )
    ]


def _amplitude(spectra: _Spectra, name: str, known: InputRange) -> list[Finding]:
    typical_uv = spectra.typical_uv
    lowest_uv, highest_uv = known.lowest_uv, known.highest_uv
    if lowest_uv <= typical_uv <= highest_uv or typical_uv == 0:
        return []
    tens = float(np.log10(known.usual_uv / typical_uv))
    thousands = round(tens / 3)
    factor = 10.0 ** (3 * thousands if thousands else round(tens))
    seen = Phrase(
        "A typical epoch of {name} deviates by {typical_uv:.2g} µV; the "
        "network knows {lowest_uv:g} to {highest_uv:g} µV.",
        name=name,
        typical_uv=typical_uv,
        lowest_uv=lowest_uv,
        highest_uv=highest_uv,
    )
    if thousands and lowest_uv <= typical_uv * factor <= highest_uv:
        unit = {2: "V", 1: "mV", -1: "nV"}.get(thousands, Phrase("another unit"))
        return [
            Finding(
                FindingKind.UNITS,
                Severity.SERIOUS,
                Phrase("{seen} The values look like {unit} taken for µV.", seen=seen, unit=unit),
                Phrase("Multiply the signal by {factor:g}.", factor=factor),
                factor,
            )
        ]
    return [
        Finding(
            FindingKind.AMPLITUDE,
            Severity.SERIOUS,
            seen,
            Phrase(
                "Check the channel, and its gain or physical range in the header; × "
                "{factor:g} would bring it near the usual.",
                factor=factor,
            ),
            factor,
        )
    ]


def _flat(windows: _Windows, sfreq: float, name: str) -> list[Finding]:
    # Relative to the rest: in volts everything moves by less than a microvolt.
    ranges = windows.each(lambda part: np.ptp(_seconds(part, sfreq), axis=1))
    share = float((ranges <= _FLAT_RATIO * np.percentile(ranges, 90)).mean())
    if share < _FLAT_SHARE:
        return []
    return [
        Finding(
            FindingKind.FLAT,
            Severity.SERIOUS if share > 0.5 else Severity.WARNING,
            Phrase("{name} is flat in {share:.0%} of the seconds.", name=name, share=share),
            Phrase("Choose another derivation: the electrode was probably off or not plugged in."),
        )
    ]


def _seconds(windows: _Float32, sfreq: float) -> _Float32:
    """Seconds of all windows, shape (n, samples of a second)."""
    length = round(sfreq)
    n_seconds = windows.shape[1] // length
    return windows[:, : n_seconds * length].reshape(-1, length)


def _clipped(windows: _Windows, sfreq: float, name: str) -> list[Finding]:
    highest = float(windows.each(lambda part: _seconds(part, sfreq).max(axis=1)).max())
    lowest = float(windows.each(lambda part: _seconds(part, sfreq).min(axis=1)).min())
    near = (highest - lowest) * 1e-4

    def stay(windows: _Float32) -> _Bool:
        """Seconds that stay at the upper and at the lower limit, shape (n, 2)."""
        seconds = _seconds(windows, sfreq)
        limits = (seconds >= highest - near, seconds <= lowest + near)
        runs = (limit[:, :-2] & limit[:, 1:-1] & limit[:, 2:] for limit in limits)
        return np.stack([run.any(axis=1) for run in runs], axis=1)

    share = float(windows.each(stay).mean(axis=0).max())
    if share < _CLIPPED_SHARE:
        return []
    return [
        Finding(
            FindingKind.CLIPPED,
            Severity.WARNING,
            Phrase(
                "{name} stays at its limit ({lowest:.0f} or {highest:.0f}) for "
                "{n} samples or more in {share:.1%} of the seconds.",
                name=name,
                lowest=lowest,
                highest=highest,
                n=_CLIPPED_RUN,
                share=share,
            ),
            Phrase(
                "Choose another derivation or record with a wider range; slow waves may be cut off."
            ),
        )
    ]


def _mains(spectra: _Spectra, sfreq: float, name: str) -> list[Finding]:
    frequencies_hz = spectra.frequencies_hz
    density = np.median(spectra.density, axis=0)
    for mains_hz in _MAINS_HZ:
        # Above half the rate the mains appears mirrored.
        seen_hz = abs(mains_hz - sfreq * round(mains_hz / sfreq))
        distance_hz = np.abs(frequencies_hz - seen_hz)
        line, around = density[distance_hz <= 0.5], density[(distance_hz > 1) & (distance_hz < 5)]
        if not line.size or not around.size or seen_hz < 25:
            continue
        height_uv = float(np.sqrt(line.sum() * frequencies_hz[1]))
        ratio = float(line.max() / max(float(np.median(around)), 1e-12))
        if ratio > _MAINS_RATIO and height_uv > _MAINS_UV:
            strong = height_uv > _STRONG_MAINS_UV
            mirrored = (
                "" if seen_hz == mains_hz else Phrase(", seen at {seen_hz:g} Hz", seen_hz=seen_hz)
            )
            return [
                Finding(
                    FindingKind.MAINS,
                    Severity.WARNING if strong or seen_hz <= 40 else Severity.NOTE,
                    Phrase(
                        "{name} has {height_uv:.1f} µV of {mains_hz:g} Hz{mirrored}: "
                        "{ratio:.0f} times the power beside it.",
                        name=name,
                        height_uv=height_uv,
                        mains_hz=mains_hz,
                        mirrored=mirrored,
                        ratio=ratio,
                    ),
                    Phrase(
                        "Switch the notch on for the traces and check the impedance; the "
                        "network sees little above 35 Hz."
                    ),
                )
            ]
    return []


def _rhythm(windows: _Windows, sfreq: float, name: str) -> list[Finding]:
    """Find a frequency so narrow, all night, that no brain makes it."""
    if len(windows) < _LINE_EPOCHS:
        return []
    n_times = windows.signal.shape[1]
    frequencies_hz = scipy.fft.rfftfreq(n_times, 1 / sfreq)
    margin_hz = _AROUND_LINE_BINS.stop * frequencies_hz[1]
    kept = (frequencies_hz > _LINE_HZ[0] - margin_hz) & (frequencies_hz < _LINE_HZ[1] + margin_hz)

    def densities(part: _Float32) -> _Float32:
        _, density = scipy.signal.periodogram(part, sfreq, window="hann", axis=1)
        return np.asarray(density[:, kept], np.float32)

    density = np.median(windows.each(densities), axis=0)
    frequencies_hz = frequencies_hz[kept]
    reach = _AROUND_LINE_BINS.stop
    if density.size <= 2 * reach:
        return []
    around = np.median(
        [np.roll(density, sign * bins) for bins in _AROUND_LINE_BINS for sign in (1, -1)], axis=0
    )
    ratios = density / np.maximum(around, 1e-12)
    ratios[:reach] = ratios[-reach:] = 0
    place = int(ratios.argmax())
    line = density[place - _LINE_BINS : place + _LINE_BINS + 1] - around[place]
    height_uv = float(np.sqrt(max(line.sum() * (frequencies_hz[1] - frequencies_hz[0]), 0)))
    if ratios[place] < _LINE_RATIO or height_uv < _LINE_UV:
        return []
    return [
        Finding(
            FindingKind.RHYTHM,
            Severity.SERIOUS,
            Phrase(
                "{name} has {height_uv:.1f} µV of exactly {frequency_hz:.1f} Hz all night, which "
                "no brain makes: a device or the mains, seen at another frequency.",
                name=name,
                height_uv=height_uv,
                frequency_hz=frequencies_hz[place],
            ),
            Phrase("Choose another derivation; it looks like alpha or spindles to the network."),
        )
    ]


def _fast_activity(spectra: _Spectra, sfreq: float, name: str) -> list[Finding]:
    if sfreq < _LEAST_WHOLE_HZ:
        return [
            Finding(
                FindingKind.SAMPLING_RATE,
                Severity.WARNING,
                Phrase(
                    "{name} is sampled at {sfreq:g} Hz and holds nothing above {highest_hz:g} Hz; "
                    "the network looks at up to 35 Hz to tell W and R.",
                    name=name,
                    sfreq=sfreq,
                    highest_hz=sfreq / 2,
                ),
                Phrase("Choose a faster channel or export the recording at its full rate."),
            )
        ]
    alpha = float(np.median(spectra.power(8, 12))) / 4
    for low_hz, high_hz, least in (
        (18.0, 30.0, _EMPTY_RATIO),
        (25.0, min(35.0, 0.45 * sfreq), _EMPTY_FAST_RATIO),
    ):
        fast = float(np.median(spectra.power(low_hz, high_hz))) / (high_hz - low_hz)
        if fast < least * alpha:
            return [
                Finding(
                    FindingKind.BAND_LIMITED,
                    Severity.SERIOUS,
                    Phrase(
                        "{name} has {share:.1g} of the power density of 8-12 Hz left at "
                        "{low_hz:g}-{high_hz:g} Hz: it was filtered or sampled slowly before it "
                        "was stored.",
                        name=name,
                        share=fast / alpha,
                        low_hz=low_hz,
                        high_hz=high_hz,
                    ),
                    Phrase(
                        "Use the unfiltered export if there is one; stages and spindles may be "
                        "wrong."
                    ),
                )
            ]
    return []


def _slow_activity(spectra: _Spectra, name: str) -> list[Finding]:
    delta = np.maximum(spectra.mean_density(2, 4), 1e-30)
    ratio = float(np.median(spectra.mean_density(0.5, 1.01) / delta))
    if ratio >= _SLOW_RATIO:
        return []
    return [
        Finding(
            FindingKind.SLOW_MISSING,
            Severity.SERIOUS,
            Phrase(
                "{name} has only {ratio:.1g} of the power density of 2-4 Hz at 0.5-1 Hz, where "
                "an EEG has several times as much: a high-pass took its slow waves before it was "
                "stored.",
                name=name,
                ratio=ratio,
            ),
            Phrase(
                "Use the unfiltered export if there is one, or a channel recorded from 0.3 Hz "
                "on; N3 is staged N2 without slow waves."
            ),
        )
    ]


def _dropouts(windows: _Windows, sfreq: float, name: str) -> list[Finding]:
    """Find samples that were lost and filled: held for a while, or one value far too often."""
    least = max(round(_STILL_S * sfreq), 5)

    def still(part: _Float32) -> _Float64:
        """Share of each window that does not move, whole seconds left out."""
        shares = np.empty(len(part))
        for row, values in enumerate(part):
            ends = np.flatnonzero(np.concatenate(([True], np.diff(values) != 0, [True])))
            lengths = np.diff(ends)
            shares[row] = lengths[(lengths >= least) & (lengths < 2 * sfreq)].sum() / values.size
        return shares

    share = float(windows.each(still).mean())
    if share < _DROPPED_SHARE:
        share = _share_of_filled(windows)
    if share < _DROPPED_SHARE:
        return []
    return [
        Finding(
            FindingKind.DROPOUTS,
            Severity.WARNING,
            Phrase(
                "{share:.0%} of {name} stands still or at one value in between, as where samples "
                "were lost and filled.",
                share=share,
                name=name,
            ),
            Phrase("Choose another derivation, or export it from where nothing was lost."),
        )
    ]


def _share_of_filled(windows: _Windows) -> float:
    """Share of the commonest value, where values near it are far rarer; 0 where they are not."""
    chosen = windows.signal[windows.rows[:: max(len(windows) // 200, 1)]].ravel()
    width = float(chosen.std()) / 200
    _, counts = np.unique(np.round(chosen / width), return_counts=True)
    # The ends are the limits of the amplifier.
    place = int(counts[1:-1].argmax()) + 1 if counts.size > 2 else 0
    around = np.concatenate((counts[max(place - 5, 0) : place], counts[place + 1 : place + 6]))
    is_filled = place > 0 and counts[place] > _FILLED_RATIO * np.median(around)
    return float(counts[place] / chosen.size) if is_filled else 0.0


def _wrong_channel(windows: _Windows, spectra: _Spectra, sfreq: float, name: str) -> list[Finding]:
    muscle = float(np.median(spectra.share(20, 35)))
    if muscle > _MUSCLE_SHARE:
        return [
            _wrong("EMG", Phrase("{muscle:.0%} of its power lies at 20-35 Hz", muscle=muscle), name)
        ]
    correlation, kurtosis = _beat(windows, sfreq)
    if correlation > _BEAT_CORRELATION and kurtosis > _BEAT_KURTOSIS:
        return [
            _wrong(
                "ECG",
                Phrase(
                    "a sharp wave recurs with the heart ({correlation:.2f})",
                    correlation=correlation,
                ),
                name,
            )
        ]
    slow = float(np.median(spectra.share(0.3, 2)))
    if slow > _SLOWEST_SHARE:
        seen = Phrase("{slow:.0%} of its power lies below 2 Hz", slow=slow)
        return [_wrong(Phrase("breathing, sweat or another slow signal"), seen, name)]
    if slow > _EYE_SHARE and spectra.typical_uv > _EYE_UV:
        seen = Phrase(
            "{slow:.0%} of its power lies below 2 Hz at {typical_uv:.0f} µV",
            slow=slow,
            typical_uv=spectra.typical_uv,
        )
        return [_wrong("EOG", seen, name)]
    return []


def _wrong(kind: str, why: Phrase, name: str) -> Finding:
    return Finding(
        FindingKind.WRONG_CHANNEL,
        Severity.SERIOUS,
        Phrase("{name} looks like {kind}: {why}.", name=name, kind=kind, why=why),
        Phrase("Choose another channel as the staging derivation, or correct the label."),
    )


def _beat(windows: _Windows, sfreq: float) -> tuple[float, float]:
    """How regularly a sharp wave recurs at 43-133 a minute, and how sharp it is."""
    chosen = windows.signal[windows.rows[:: max(len(windows) // 50, 1)]]
    chosen = chosen - chosen.mean(axis=1, keepdims=True)
    sections = scipy.signal.butter(2, _SHARP_HZ, "bandpass", fs=sfreq, output="sos")
    strength = np.abs(scipy.signal.sosfiltfilt(sections, chosen, axis=1))
    strength = scipy.ndimage.uniform_filter1d(strength, max(round(0.05 * sfreq), 1), axis=1)
    strength -= strength.mean(axis=1, keepdims=True)
    n_times = strength.shape[1]
    spectrum = np.abs(scipy.fft.rfft(strength, 2 * n_times, axis=1)) ** 2
    correlation = scipy.fft.irfft(spectrum, axis=1)[:, :n_times]
    correlation /= np.maximum(correlation[:, :1], 1e-30)
    beat = correlation[:, round(0.45 * sfreq) : round(1.4 * sfreq)].max(axis=1)
    spread = chosen.var(axis=1)
    kurtosis = (chosen**4).mean(axis=1) / np.maximum(spread, 1e-15) ** 2 - 3
    return float(np.median(beat)), float(np.median(kurtosis))


def _polarity(windows: _Windows, spectra: _Spectra, sfreq: float, name: str) -> list[Finding]:
    if not _MASTOID.match(name) or len(windows) < _LEAST_EPOCHS:
        return []
    slow = spectra.power(0.5, 4)
    low, high = np.percentile(slow, (50, 95))  # asleep, and no movement
    sections = scipy.signal.butter(2, (0.3, 4), "bandpass", fs=sfreq, output="sos")

    def skews(windows: _Float32) -> _Float64:
        waves = scipy.signal.sosfiltfilt(sections, windows, axis=1)
        waves -= waves.mean(axis=1, keepdims=True)
        return np.asarray((waves**3).mean(axis=1) / np.maximum(waves.var(axis=1), 1e-15) ** 1.5)

    skew = float(np.median(windows.chosen((slow >= low) & (slow <= high)).each(skews)))
    if skew < _SKEW:
        return []
    return [
        Finding(
            FindingKind.INVERTED,
            Severity.NOTE,
            Phrase(
                "Slow waves of {name} are steeper above zero than below (skewness "
                "{skew:+.2f}), which suggests, with little certainty, that its ends "
                "are swapped.",
                name=name,
                skew=skew,
            ),
            Phrase(
                "Compare K-complexes on the page, which begin below zero; the stages "
                "of the bundled network hardly depend on the sign, the marks of "
                "K-complexes do."
            ),
        )
    ]


def _check_against_others(
    recording: Recording, derivation: Derivation, values: _Float32
) -> tuple[Finding, ...]:
    """Find a derivation that is the mirror image of the others against a mastoid."""
    if not _MASTOID.match(derivation.name):
        return ()
    sfreq = recording.channel(derivation.anode).sfreq
    others = [
        channel
        for channel in recording.channels
        if channel.kind is ChannelKind.EEG
        and channel.sfreq == sfreq
        and channel.label != derivation.anode
        and _MASTOID.match(Derivation(channel.label).name)
    ]
    correlations = _correlations(recording, values, others[:2])
    opposite = [
        (correlation, other.label)
        for correlation, other in zip(correlations, others, strict=False)
        if correlation is not None and correlation < _OPPOSITE
    ]
    if not opposite:
        return ()
    correlation, label = min(opposite)
    return (
        Finding(
            FindingKind.INVERTED,
            Severity.WARNING,
            Phrase(
                "{name} runs against {label} (correlation {correlation:.2f}); "
                "two derivations against a mastoid go together.",
                name=derivation.name,
                label=label,
                correlation=correlation,
            ),
            Phrase(
                "The ends of one of them are swapped: compare K-complexes, which begin below zero."
            ),
        ),
    )


def _correlations(
    recording: Recording, values: _Float32, others: Sequence[Channel]
) -> list[float | None]:
    """Correlate a signal with other channels of its rate; None with what is constant or missing."""
    sums = [_Moments() for _ in others]
    for first, stop in _parts_of(values.size, others):
        for other, moments in zip(others, sums, strict=True):
            beside = recording.read(other, first / other.sfreq, stop / other.sfreq)
            moments.add(values[first:stop], beside)
    return [moments.correlation for moments in sums]


def _parts_of(n_times: int, channels: Sequence[Channel]) -> Iterator[tuple[int, int]]:
    """Ranges of samples that are read at once of channels of one rate."""
    if channels:
        step = max(round(_COMPARED_AT_ONCE_S * channels[0].sfreq), 1)
        for first in range(0, n_times, step):
            yield first, min(first + step, n_times)


class _Moments:
    """Sums of two signals that are told part by part, relative to their first values."""

    def __init__(self) -> None:
        self._n_times = 0
        self._origin = np.zeros((2, 1))
        self._sums = np.zeros(2)
        self._products = np.zeros((2, 2))

    def add(self, one: _Float32, other: _Float32) -> None:
        """Take in the next part; what is missing in either is left out."""
        both = np.isfinite(one) & np.isfinite(other)
        pairs = np.stack((one[both], other[both])).astype(np.float64)
        if not self._n_times:
            self._origin = pairs[:, :1].copy() if pairs.size else self._origin
        pairs -= self._origin
        self._n_times += pairs.shape[1]
        self._sums += pairs.sum(axis=1)
        self._products += pairs @ pairs.T

    @property
    def correlation(self) -> float | None:
        """Pearson's correlation; None of few values or a constant."""
        if self._n_times <= _LEAST_EPOCHS:
            return None
        spread = self._products - np.outer(self._sums, self._sums) / self._n_times
        if spread[0, 0] <= 0 or spread[1, 1] <= 0:
            return None
        return float(spread[0, 1] / np.sqrt(spread[0, 0] * spread[1, 1]))


def check_stages(hypnodensity: Hypnodensity) -> tuple[Finding, ...]:
    """Look for a night that nobody sleeps.

    Parameters
    ----------
    hypnodensity
        Of at least 20 epochs; a shorter one is not judged.

    Returns
    -------
    findings
        The most serious first; none of them proves anything.
    """
    probabilities = hypnodensity.probabilities
    stages = probabilities[~np.isnan(probabilities[:, 0])].argmax(axis=1)
    if stages.size < _LEAST_EPOCHS:
        return ()
    counts = np.bincount(stages, minlength=len(SCORED_STAGES))
    shares = counts / stages.size
    findings = []
    commonest = Stage(int(shares.argmax()))
    channel = Phrase(
        "Check whether {derivation} is the right channel, and its unit.",
        derivation=hypnodensity.derivation,
    )
    if shares[commonest] >= 0.9:
        findings.append(
            Finding(
                FindingKind.ONE_STAGE,
                Severity.SERIOUS,
                Phrase(
                    "{share:.0%} of {n} epochs were staged {stage}.",
                    share=shares[commonest],
                    n=stages.size,
                    stage=commonest.label,
                ),
                channel,
            )
        )
    if not shares[Stage.N1 :].any():
        findings.append(
            Finding(
                FindingKind.NO_SLEEP,
                Severity.SERIOUS,
                Phrase("No epoch was staged as sleep."),
                channel,
            )
        )
    elif shares[Stage.N2] < 0.05 and stages.size >= 240:
        findings.append(
            Finding(
                FindingKind.NO_N2,
                Severity.WARNING,
                Phrase(
                    "Only {n} of {total} epochs were staged N2, usually about half of the night.",
                    n=counts[Stage.N2],
                    total=stages.size,
                ),
                channel,
            )
        )
    changes = float((stages[1:] != stages[:-1]).mean())
    if changes > 0.4:
        findings.append(
            Finding(
                FindingKind.ALTERNATION,
                Severity.WARNING,
                Phrase(
                    "The stage changes after {share:.0%} of the epochs, usually after 10 to 20 %.",
                    share=changes,
                ),
                Phrase(
                    "The signal may be too noisy to stage: look at the trace or choose another one."
                ),
            )
        )
    asleep = np.flatnonzero(stages != Stage.W)
    if asleep.size and (stages[asleep[:10]] == Stage.R).sum() >= 5:
        findings.append(
            Finding(
                FindingKind.R_AT_ONSET,
                Severity.NOTE,
                Phrase("R follows sleep onset within five minutes, which is rare in adults."),
                Phrase(
                    "Review the first epochs of sleep: drowsy wake and N1 are taken for R at times."
                ),
            )
        )
    return tuple(sorted(findings, key=lambda finding: -finding.severity))
