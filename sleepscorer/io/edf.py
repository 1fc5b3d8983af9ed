"""EDF, EDF+ (continuous or not) and BDF, read from the file when samples are asked for.

edfio, which writes our EDF+ files, reads neither BDF nor discontinuous files lazily, and a memory
map ends the program when a network share goes away. So the data records are read here.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.channels import Channel, ChannelKind, kind_of_label, uv_per_unit
from sleepscorer.domain.epochs import EPOCH_S, MOST_EPOCHS
from sleepscorer.domain.errors import RecordingError
from sleepscorer.domain.recording import Recording, Stretch, sample_range
from sleepscorer.io.edf_header import EdfHeader, EdfSignal, parse_number, read_header
from sleepscorer.io.source_file import SourceFile, digest_of_pieces, sampled_pieces

_VOLTAGES = (ChannelKind.EEG, ChannelKind.EOG, ChannelKind.EMG, ChannelKind.ECG)

_ROUNDING_S = 2e-3
"""Onsets are written to the millisecond, so that two of them may be this far off without a gap."""

_BLOCK_BYTES = 8 * 2**20
"""Data records are read in blocks of about this size."""


def open_edf(path: Path) -> EdfRecording:
    """Open an EDF, EDF+ or BDF file with signals.

    Raises
    ------
    RecordingError
        It can't be read, or has no signals or no samples.
    """
    source = SourceFile(path)
    try:
        header = read_header(source)
        if not header.signals:
            raise RecordingError(
                f"{path.name} holds annotations only and no signals; open the recording it "
                "belongs to."
            )
        return EdfRecording(source, header)
    except BaseException:
        source.close()
        raise


def read_edf_annotations(path: Path) -> tuple[Annotation, ...]:
    """Read the annotations of an EDF+ or BDF+ file, with or without signals.

    Onsets count from the start of that file.

    Raises
    ------
    RecordingError
        It can't be read.
    """
    with closing(SourceFile(path)) as source:
        header = read_header(source)
        if not header.annotation_signals:
            return ()
        records = _Records(source, header)
        return _annotations(records, header, records.first_onset_s())


def read_edf_start(path: Path) -> datetime | None:
    """Read the clock time at which an EDF or BDF file begins, with or without signals.

    None when its header makes no sense there.

    Raises
    ------
    RecordingError
        It can't be read.
    """
    with closing(SourceFile(path)) as source:
        header = read_header(source)
        if header.start is None:
            return None
        return header.start + timedelta(seconds=_Records(source, header).first_onset_s())


class EdfRecording(Recording):
    """A recording in an EDF, EDF+ or BDF file.

    Attributes
    ----------
    header
        Its header, as it was when the file was opened.
    """

    def __init__(self, source: SourceFile, header: EdfHeader) -> None:
        path = source.path
        self.header = header
        self._source = source
        self._records = _Records(source, header)
        self._signals = tuple(signal for signal in header.signals if signal.n_per_record)
        if self._records.n_records == 0 or not self._signals:
            raise RecordingError(
                f"{path.name} has a header but no samples after it; it may not have been copied "
                "completely."
            )
        if header.record_s == 0:
            raise RecordingError(
                f"{path.name}: the duration of a data record reads 0 s, so its sampling rates are "
                "unknown. Export the recording again from the program that made it."
            )
        self._origin_s = self._records.first_onset_s()
        # Sampling times of a stretch run on from its first record: (stretch, first, stop record).
        self._runs = self._contiguous_runs()
        start = header.start
        super().__init__(
            path,
            start=None if start is None else start + timedelta(seconds=self._origin_s),
            channels=_channels(self._signals, header.record_s),
            stretches=tuple(run[0] for run in self._runs),
            remarks=header.remarks + self._records.remarks,
            content=self._content(),
        )

    @property
    def identification(self) -> tuple[str, str]:
        """Patient and recording field of the header."""
        return self.header.patient, self.header.recording

    @property
    def is_open(self) -> bool:
        """Whether it was not closed yet."""
        return self._source.is_open

    @property
    def n_records(self) -> int:
        """Number of complete data records that the file holds, whatever its header says."""
        return self._records.n_records

    def change_on_disk(self) -> str:
        """Say what happened to the file; see `Recording.change_on_disk`."""
        return self._source.change()

    def record_bytes(self) -> Iterator[bytes]:
        """Yield the bytes of each data record, annotations included, in order."""
        for block in self._records.blocks(0, self.n_records):
            yield from (row.tobytes() for row in block)

    def record_onsets_s(self) -> npt.NDArray[np.float64]:
        """Onset of each data record on the file's own time scale, shape (n_records,)."""
        onsets_s = np.empty(self.n_records)
        for stretch, first, stop in self._runs:
            onsets_s[first:stop] = (
                self._origin_s + stretch.start_s + np.arange(stop - first) * self.header.record_s
            )
        return onsets_s

    def _content(self) -> str:
        """Digest of some samples; annotations and header texts are no part of it.

        So a scored, renamed or de-identified copy is recognised as the same night.
        """
        header, sample_bytes = self.header, self.header.sample_bytes
        pieces: list[tuple[int, int]] = []
        for record_first, _ in sampled_pieces(0, self.n_records):
            signal = self._signals[len(pieces) % len(self._signals)]
            first = header.n_bytes + record_first * header.record_bytes + signal.first_byte
            places = sampled_pieces(first, first + signal.n_per_record * sample_bytes)
            pieces.append(places[len(pieces) % len(places)])
        return digest_of_pieces(self._source.read, pieces).hex()

    def read(self, channel: Channel, start_s: float, stop_s: float) -> npt.NDArray[np.float32]:
        """Read samples; see `Recording.read`."""
        signal = self._signals[channel.index]
        n_times = round(self.duration_s * channel.sfreq)
        first, stop = sample_range(start_s, stop_s, channel.sfreq, n_times)
        values = np.full(stop - first, np.nan, np.float32)
        for stretch, first_record, stop_record in self._runs:
            # Where the stretch begins on the channel's grid, and what of it is asked for.
            grid = round(stretch.start_s * channel.sfreq)
            n_stretch = (stop_record - first_record) * signal.n_per_record
            low, high = max(first, grid), min(stop, grid + n_stretch)
            if low < high:
                values[low - first : high - first] = self._read_samples(
                    signal, first_record * signal.n_per_record + low - grid, high - low
                )
        factor = uv_per_unit(signal.unit)
        if factor is not None and factor != 1:
            values *= np.float32(factor)
        return values

    def read_annotations(self) -> tuple[Annotation, ...]:
        """Read the annotations; see `Recording.read_annotations`."""
        return _annotations(self._records, self.header, self._origin_s)

    def close(self) -> None:
        """Close the file."""
        self._records.close()
        self._source.close()

    def _contiguous_runs(self) -> tuple[tuple[Stretch, int, int], ...]:
        n_records, record_s = self._records.n_records, self.header.record_s
        if self.header.is_continuous:
            return ((Stretch(0.0, n_records * record_s), 0, n_records),)
        onsets_s = self._records.onsets_s() - self._origin_s
        steps = np.diff(onsets_s)
        if (steps < record_s * 0.5).any():
            record = int(np.argmin(steps)) + 1
            raise RecordingError(
                f"{self._records.path.name}: data record {record + 1} begins before the one "
                "before it ends; the file is damaged and its times can't be trusted."
            )
        breaks = np.flatnonzero(np.abs(steps - record_s) > _ROUNDING_S) + 1
        edges = (0, *(int(record) for record in breaks), n_records)
        runs = []
        for first, stop in itertools.pairwise(edges):
            start_s = float(onsets_s[first])
            stop_s = start_s + (stop - first) * record_s
            if stop < n_records:
                stop_s = min(stop_s, float(onsets_s[stop]))  # a record may overlap the one before
            runs.append((Stretch(start_s, stop_s), first, stop))
        return tuple(runs)

    def _read_samples(self, signal: EdfSignal, first: int, n_times: int) -> npt.NDArray[np.float32]:
        """Physical values of samples counted through all data records."""
        first_record = first // signal.n_per_record
        stop_record = -(-(first + n_times) // signal.n_per_record)
        sample_bytes = self.header.sample_bytes
        to_digital = _digital_16_bit if sample_bytes == 2 else _digital_24_bit
        digital = [
            to_digital(block[:, signal.first_byte : signal.stop_byte(sample_bytes)])
            for block in self._records.blocks(first_record, stop_record)
        ]
        skip = first - first_record * signal.n_per_record
        values = np.concatenate(digital)[skip : skip + n_times].astype(np.float32)
        values *= np.float32(signal.gain)
        values += np.float32(signal.offset)
        return values


class _Records:
    """The data records of a file; safe to use from several threads."""

    def __init__(self, source: SourceFile, header: EdfHeader) -> None:
        self.path = source.path
        self._source = source
        self._header = header
        self._lock = threading.Lock()
        # The records read last: the channels of a page ask for the same ones in turn.
        self._recent: tuple[int, int, npt.NDArray[np.uint8]] | None = None
        self.n_records, self.remarks = self._count()

    def _count(self) -> tuple[int, tuple[str, ...]]:
        if self._header.record_bytes == 0:
            return 0, ()
        n_data_bytes = self._source.n_bytes - self._header.n_bytes
        present, rest = divmod(n_data_bytes, self._header.record_bytes)
        announced = self._header.n_records
        if announced in (-1, present):
            return present, ()
        if announced < present:
            remark = (
                f"{self.path.name} is longer than its header says ({present} data records instead "
                f"of {announced}), as when a recording program ended unexpectedly. Everything was "
                "opened."
            )
            return present, (remark,)
        missing_s = (announced - present) * self._header.record_s
        remark = (
            f"{self.path.name} is shorter than its header says: the last {missing_s:.0f} s of "
            f"{announced * self._header.record_s:.0f} s are missing"
            f"{', the last data record is incomplete' if rest else ''}. "
            "What is there was opened; the file may not have been copied completely."
        )
        return present, (remark,)

    def blocks(self, first: int, stop: int) -> Iterator[npt.NDArray[np.uint8]]:
        """Yield the bytes of records ``[first, stop)``, shape (n_records, record_bytes)."""
        step = max(_BLOCK_BYTES // max(self._header.record_bytes, 1), 1)
        for block_first in range(first, stop, step):
            yield self._block(block_first, min(block_first + step, stop))

    def _block(self, first: int, stop: int) -> npt.NDArray[np.uint8]:
        with self._lock:
            if self._recent is not None:
                known_first, known_stop, known = self._recent
                if known_first <= first and stop <= known_stop:
                    return known[first - known_first : stop - known_first]
            record_bytes = self._header.record_bytes
            position = self._header.n_bytes + first * record_bytes
            data = self._source.read(position, (stop - first) * record_bytes)
            block = np.frombuffer(data, np.uint8).reshape(stop - first, record_bytes)
            self._recent = first, stop, block
            return block

    def annotation_bytes(self) -> Iterator[tuple[bytes, ...]]:
        """Yield the bytes of each annotation signal in each record, in order."""
        sample_bytes = self._header.sample_bytes
        for block in self.blocks(0, self.n_records):
            parts = [
                block[:, signal.first_byte : signal.stop_byte(sample_bytes)]
                for signal in self._header.annotation_signals
            ]
            for record in range(len(block)):
                yield tuple(part[record].tobytes() for part in parts)

    def onsets_s(self) -> npt.NDArray[np.float64]:
        """Onset of each record from its time-keeping TAL, shape (n_records,)."""
        onsets_s = np.empty(self.n_records)
        for record, data in enumerate(self.annotation_bytes()):
            onset_s = _time_keeping_onset_s(data[0])
            if onset_s is None:
                raise RecordingError(
                    f"{self.path.name}: data record {record + 1} of this discontinuous file has "
                    "no onset, so its place in the night is unknown."
                )
            onsets_s[record] = onset_s
        return onsets_s

    def first_onset_s(self) -> float:
        """Onset of the first record: the fraction of a second that the header can't hold."""
        if not self._header.annotation_signals or self.n_records == 0:
            return 0.0
        signal = self._header.annotation_signals[0]
        stop_byte = signal.stop_byte(self._header.sample_bytes)
        first = self._block(0, 1)[0, signal.first_byte : stop_byte]
        return _time_keeping_onset_s(first.tobytes()) or 0.0

    def close(self) -> None:
        with self._lock:
            self._recent = None


def _channels(signals: Iterable[EdfSignal], record_s: float) -> tuple[Channel, ...]:
    channels: list[Channel] = []
    labels: set[str] = set()
    for index, signal in enumerate(signals):
        kind = kind_of_label(signal.label)
        is_voltage = uv_per_unit(signal.unit) is not None or (not signal.unit and kind in _VOLTAGES)
        unit = "µV" if is_voltage else signal.unit
        label = _unused_label(signal.label, labels)
        labels.add(label)
        channels.append(Channel(index, label, kind, unit, signal.n_per_record / record_s))
    return tuple(channels)


def _unused_label(label: str, used: set[str]) -> str:
    """Number a label that occurs again, e.g. ``"EMG (2)"``: labels tell channels apart."""
    numbered = (f"{label} ({number})".strip() for number in itertools.count(2))
    candidates = itertools.chain([label], numbered)
    return next(candidate for candidate in candidates if candidate not in used)


def _digital_16_bit(data: npt.NDArray[np.uint8]) -> npt.NDArray[np.int16]:
    return np.ascontiguousarray(data).view("<i2").reshape(-1)


def _digital_24_bit(data: npt.NDArray[np.uint8]) -> npt.NDArray[np.int32]:
    padded = np.zeros((data.size // 3, 4), np.uint8)
    padded[:, 1:] = data.reshape(-1, 3)
    return padded.view("<i4").reshape(-1) >> 8


def _time_keeping_onset_s(data: bytes) -> float | None:
    onset, separator, _ = data.partition(b"\x14")
    onset_s = parse_number(onset.decode("ascii", "replace")) if separator else None
    is_possible = onset_s is not None and abs(onset_s) <= MOST_EPOCHS * EPOCH_S
    return onset_s if is_possible else None


def _annotations(records: _Records, header: EdfHeader, origin_s: float) -> tuple[Annotation, ...]:
    r"""Annotations of all records.

    A record holds TALs: ``+onset[\x15duration]\x14text\x14[text\x14…]\x00``.
    """
    if not header.annotation_signals:
        return ()
    found = []
    n_signals = len(header.annotation_signals)
    # Where there are several, each may be the work of another person.
    authors = [f"annotation signal {n}" if n_signals > 1 else "" for n in range(1, n_signals + 1)]
    signals = (
        pair for one in records.annotation_bytes() for pair in zip(authors, one, strict=True)
    )
    for author, data in signals:
        for tal in filter(None, data.split(b"\x00")):  # most of a record is padding
            time, _, texts = tal.partition(b"\x14")
            onset, _, duration = time.decode("ascii", "replace").partition("\x15")
            onset_s = parse_number(onset)
            if onset_s is None:
                continue
            duration_s = max(parse_number(duration) or 0.0, 0.0)
            for text in texts.decode("utf-8", "replace").split("\x14"):
                if text:
                    description, _, channel = text.partition("@@")
                    found.append(
                        Annotation(onset_s - origin_s, duration_s, description, channel, author)
                    )
    return tuple(sorted(found, key=lambda annotation: annotation.onset_s))
