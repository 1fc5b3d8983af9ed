"""BrainVision, FIF and EEGLAB recordings, through MNE."""

from __future__ import annotations

import re
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import mne
import numpy as np
import numpy.typing as npt

from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.channels import Channel, ChannelKind, kind_of_label
from sleepscorer.domain.errors import RecordingError, SleepScorerError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.recording import Recording, Stretch, sample_range
from sleepscorer.file_questions import absolute, content_of, is_file
from sleepscorer.io.matlab_process import NAME, eeglab_as_fif, one_sentence
from sleepscorer.io.source_file import SourceFile, digest_of_pieces, sampled_pieces

_KINDS = {
    "eeg": ChannelKind.EEG,
    "eog": ChannelKind.EOG,
    "emg": ChannelKind.EMG,
    "ecg": ChannelKind.ECG,
    "resp": ChannelKind.RESPIRATION,
}
_SKIP = "BAD_ACQ_SKIP"  # MNE's name for what a FIF file leaves out
_BOUNDARY = "boundary"  # EEGLAB's for where data were cut out
_LEAST_PAUSE_S = 0.05
_CLOCK_DRIFT = 2e-4  # that much of the time between two clock times is no pause
_HOUR_S = 3600.0
_LARGEST_VALUE = 1e20  # what is beyond is damage; in single precision it would be infinite


def open_with_mne(path: Path) -> MneRecording:
    """Open a BrainVision (.vhdr), FIF (.fif) or EEGLAB (.set) recording.

    Raises
    ------
    RecordingError
        MNE can't read it.
    """
    resources = ExitStack()
    with ExitStack() as stack, _border(path):
        opened = _OPENERS[path.suffix.casefold()](path, stack)
        sources = []
        for file in dict.fromkeys((path, *opened.data_files)):
            source = SourceFile(file)
            stack.callback(source.close)
            sources.append(source)
        recording = MneRecording(path, opened, sources, resources)
        resources.push(stack.pop_all())
    return recording


@contextmanager
def _border(path: Path) -> Iterator[None]:
    """Give a sentence for whatever MNE raises: it looks at some of a header only when asked."""
    try:
        yield
    except (SleepScorerError, MemoryError):
        raise
    except Exception as error:
        raise RecordingError(
            "{file} can't be read by MNE: {error}", file=path.name, error=one_sentence(error)
        ) from error


@dataclass(frozen=True, slots=True)
class _Segment:
    """Samples without a pause: a half-open range, and the time of the first one."""

    first: int
    stop: int
    start_s: float


@dataclass(frozen=True, slots=True)
class _Opened:
    """What MNE opened, and what it does not tell.

    Attributes
    ----------
    raw
        MNE's reader.
    data_files
        Files that hold samples.
    segments
        Where there are samples, in order.
    notices
        Sentences about what was odd.
    """

    raw: Any
    data_files: tuple[Path, ...]
    segments: tuple[_Segment, ...]
    notices: tuple[Phrase, ...] = ()


class MneRecording(Recording):
    """A recording that MNE reads; all its channels have the same sampling rate."""

    def __init__(
        self, path: Path, opened: _Opened, sources: Sequence[SourceFile], resources: ExitStack
    ) -> None:
        raw = opened.raw
        self._raw = raw
        self._segments = opened.segments
        self._sources = sources
        self._resources = resources
        self._lock = threading.Lock()
        self._sfreq = sfreq = float(raw.info["sfreq"])
        # The date is that of the acquisition, which may have begun before the first sample.
        acquisition = raw.info["meas_date"]
        start = None if acquisition is None else acquisition + timedelta(seconds=raw.first_time)
        data = max(sources, key=lambda source: source.n_bytes)
        super().__init__(
            path,
            start=None if start is None else start.replace(tzinfo=None),
            channels=tuple(
                _channel(index, label, mne_kind, sfreq)
                for index, (label, mne_kind) in enumerate(
                    zip(raw.ch_names, raw.get_channel_types(), strict=True)
                )
            ),
            stretches=tuple(
                Stretch(one.start_s, one.start_s + (one.stop - one.first) / sfreq)
                for one in opened.segments
            ),
            notices=opened.notices,
            content=digest_of_pieces(data.read, sampled_pieces(0, data.n_bytes)).hex(),
        )

    def change_on_disk(self) -> str:
        """Say what happened to the files; see `Recording.change_on_disk`."""
        changes = (source.change() for source in self._sources)
        return next(filter(None, changes), "")

    def read(self, channel: Channel, start_s: float, stop_s: float) -> npt.NDArray[np.float32]:
        """Read samples; see `Recording.read`."""
        n_times = round(self.duration_s * channel.sfreq)
        first, stop = sample_range(start_s, stop_s, channel.sfreq, n_times)
        values = np.full(stop - first, np.nan, np.float32)
        if first == stop:
            return values
        change = self.change_on_disk()
        if change:
            raise RecordingError(
                "{file} can't be read any more at {start_s:.0f} s: {change}",
                file=self.path.name,
                start_s=start_s,
                change=change,
            )
        # MNE gives volts.
        scale = 1e6 if channel.unit == "µV" else 1.0
        for segment in self._segments:
            grid = round(segment.start_s * channel.sfreq)
            low, high = max(first, grid), min(stop, grid + segment.stop - segment.first)
            if low < high:
                from_first = segment.first - grid
                part = self._samples(channel.index, low + from_first, high + from_first, start_s)
                values[low - first : high - first] = np.where(
                    np.abs(part) < _LARGEST_VALUE, part * scale, np.nan
                )
        return values

    def read_annotations(self) -> tuple[Annotation, ...]:
        """Read the annotations; see `Recording.read_annotations`."""
        firsts = [segment.first for segment in self._segments]
        found = []
        for onset_s, duration_s, description in zip(
            self._raw.annotations.onset - self._raw.first_time,
            self._raw.annotations.duration,
            self._raw.annotations.description,
            strict=True,
        ):
            if str(description) == _SKIP:
                continue
            place = int(np.searchsorted(firsts, round(onset_s * self._sfreq), "right")) - 1
            segment = self._segments[max(place, 0)]
            moved_s = float(onset_s) + segment.start_s - segment.first / self._sfreq
            found.append(Annotation(moved_s, float(duration_s), str(description)))
        return tuple(sorted(found, key=lambda annotation: annotation.onset_s))

    def close(self) -> None:
        """Release the files."""
        self._raw.close()
        self._resources.close()

    def _samples(
        self, index: int, first: int, stop: int, start_s: float
    ) -> npt.NDArray[np.float64]:
        try:
            with self._lock:
                values = self._raw.get_data([index], first, stop, verbose="ERROR")[0]
        except MemoryError:
            raise
        except Exception as error:
            raise RecordingError(
                "{file} can't be read any more at {start_s:.0f} s: {error}",
                file=self.path.name,
                start_s=start_s,
                error=one_sentence(error),
            ) from error
        return np.asarray(values)


def _open_fif(path: Path, _stack: ExitStack) -> _Opened:
    return _opened_fif(path)


def _opened_fif(file: Path) -> _Opened:
    raw = mne.io.read_raw_fif(file, preload=False, verbose="ERROR")
    sfreq = float(raw.info["sfreq"])
    skips = [
        (round(onset_s * sfreq), round((onset_s + duration_s) * sfreq))
        for onset_s, duration_s, description in zip(
            raw.annotations.onset - raw.first_time,
            raw.annotations.duration,
            raw.annotations.description,
            strict=True,
        )
        if description == _SKIP
    ]
    # MNE counts the samples that are left out.
    edges = [0, *(edge for skip in sorted(skips) for edge in skip), raw.n_times]
    segments = tuple(
        _Segment(first, stop, first / sfreq)
        for first, stop in zip(edges[::2], edges[1::2], strict=True)
        if first < stop
    )
    files = tuple(Path(name) for name in raw.filenames if name is not None)
    return _Opened(raw, files, segments)


def _open_eeglab(path: Path, stack: ExitStack) -> _Opened:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sleepscorer-")))
    read = eeglab_as_fif(path, folder)
    opened = _opened_fif(folder / NAME)
    onsets_s, durations_s, texts = (
        zip(*read.annotations, strict=True) if read.annotations else ((),) * 3
    )
    opened.raw.set_annotations(mne.Annotations(onsets_s, durations_s, texts))
    n_cuts = sum(text.casefold() == _BOUNDARY for text in texts)
    notices: tuple[Phrase, ...] = ()
    if n_cuts:
        notices = (
            Phrase(
                "{file}: data were cut out or put together at {n} {n:place|places} (“boundary”); "
                "the file does not say how long is missing, so times after the first one are too "
                "early.",
                file=path.name,
                n=n_cuts,
            ),
        )
    return replace(opened, data_files=read.data_files, notices=notices)


def _open_brainvision(path: Path, stack: ExitStack) -> _Opened:
    header, notices = _with_its_files(path, stack)
    raw = mne.io.read_raw_brainvision(header, preload=False, verbose="ERROR")
    sfreq = float(raw.info["sfreq"])
    markers = _named_file(content_of(header), "MarkerFile")
    marker_path = None if markers is None else path.parent / markers
    segments: tuple[_Segment, ...] = (_Segment(0, raw.n_times, 0.0),)
    about_pauses: tuple[Phrase, ...] = ()
    files = tuple(Path(name) for name in raw.filenames)
    if marker_path is not None and is_file(marker_path):
        files = (*files, marker_path)
        segments, about_pauses = _brainvision_segments(
            path.name, content_of(marker_path), raw.n_times, sfreq
        )
    return _Opened(raw, files, segments, (*notices, *about_pauses))


def _named_file(header: bytes, key: str) -> str | None:
    found = re.search(rb"^\s*" + key.encode() + rb"\s*=\s*(.+?)\s*$", header, re.MULTILINE)
    if found is None:
        return None
    try:
        return found[1].decode("utf-8")
    except UnicodeDecodeError:
        return found[1].decode("latin-1")


def _with_its_files(path: Path, stack: ExitStack) -> tuple[Path, tuple[Phrase, ...]]:
    """Header that names files which are there: they are renamed together, what it names is not."""
    try:
        content = content_of(path)
    except OSError as error:
        raise RecordingError(
            "{path} can't be opened: {reason}.", path=path, reason=error
        ) from error
    taken = []
    for key, suffixes in (("DataFile", (".eeg", ".dat")), ("MarkerFile", (".vmrk",))):
        name = _named_file(content, key)
        if name is None or "$b" in name or is_file(path.parent / name):
            continue
        others = [path.with_suffix(suffix) for suffix in suffixes]
        other = next((one for one in others if is_file(one)), None)
        if other is None:
            raise RecordingError(
                "{file} can't be read by MNE: the file {name} that it names is not "
                "beside it, nor is {other}; put it there.",
                file=path.name,
                name=name,
                other=others[0].name,
            )
        line = re.compile(rb"^\s*" + key.encode() + rb"\s*=.*$", re.MULTILINE)
        named = f"{key}={absolute(other)}".encode()
        content = line.sub(lambda _, named=named: named, content, count=1)  # type: ignore[misc]
        taken.append(
            Phrase(
                "{file} names {name}, which is not there; {other} was taken for it, "
                "as both were renamed.",
                file=path.name,
                name=name,
                other=other.name,
            )
        )
    if not taken:
        return path, ()
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sleepscorer-")))
    header = folder / path.name
    header.write_bytes(content)
    return header, tuple(taken)


def _brainvision_segments(
    name: str, markers: bytes, n_times: int, sfreq: float
) -> tuple[tuple[_Segment, ...], tuple[Phrase, ...]]:
    """Pauses: each new segment has the clock time at which it was begun."""
    found = re.findall(
        rb"^\s*Mk\d+=New Segment,[^,]*,\s*(\d+)\s*,[^,]*,[^,\r\n]*,?\s*(\d{20})?",
        markers,
        re.MULTILINE,
    )
    clocks = ((int(place) - 1, _clock(stamp)) for place, stamp in found)
    begun = sorted(clocks, key=lambda one: one[0])
    begun = [(place, clock) for place, clock in begun if place < n_times] or [(0, None)]
    segments = [_Segment(0, n_times, 0.0)]
    notices: list[Phrase] = []
    known_place, known_clock = begun[0]
    for place, clock in begun[1:]:
        if place == segments[-1].first:
            continue
        if clock is None or known_clock is None:
            notices.append(
                Phrase(
                    "{file} was paused at {time_s:.0f} s, but does not say for how long; "
                    "clock times after it are too early.",
                    file=name,
                    time_s=place / sfreq,
                )
            )
            continue
        recorded_s = (place - known_place) / sfreq
        pause_s = (clock - known_clock).total_seconds() - recorded_s
        known_place, known_clock = place, clock
        if pause_s < -_LEAST_PAUSE_S - _CLOCK_DRIFT * recorded_s:
            notices.append(
                Phrase(
                    "{file}: the recorder's clock was set back by {pause_s:.0f} s at "
                    "{time_s:.0f} s; what follows was taken for going on without a pause.",
                    file=name,
                    pause_s=-pause_s,
                    time_s=place / sfreq,
                )
            )
            continue
        if pause_s <= _LEAST_PAUSE_S + _CLOCK_DRIFT * recorded_s:
            continue
        if abs(pause_s - _HOUR_S) < 1:
            notices.append(
                Phrase(
                    "{file} pauses for exactly one hour at {time_s:.0f} s. If that is the "
                    "beginning of summer time, nothing is missing there and what follows "
                    "lies one hour too late.",
                    file=name,
                    time_s=place / sfreq,
                )
            )
        last = segments[-1]
        start_s = last.start_s + (place - last.first) / sfreq + pause_s
        segments[-1] = replace(last, stop=place)
        segments.append(_Segment(place, n_times, start_s))
    return tuple(segments), tuple(notices)


def _clock(stamp: bytes) -> datetime | None:
    """Clock time of a marker, ``YYYYMMDDhhmmssµµµµµµ``; None where there is none."""
    try:
        return datetime.strptime(stamp.decode("ascii"), "%Y%m%d%H%M%S%f")
    except ValueError:
        return None


def _channel(index: int, label: str, mne_kind: str, sfreq: float) -> Channel:
    kind = kind_of_label(label)
    if kind is ChannelKind.OTHER:
        kind = _KINDS.get(mne_kind, ChannelKind.OTHER)
    unit = "µV" if mne_kind in ("eeg", "eog", "emg", "ecg", "bio") else ""
    return Channel(index, label, kind, unit, sfreq)


_OPENERS = {".vhdr": _open_brainvision, ".fif": _open_fif, ".set": _open_eeglab}
