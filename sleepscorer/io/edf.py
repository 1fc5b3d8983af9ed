"""EDF, EDF+ (continuous or not) and BDF, read from the file when samples are asked for.

edfio, which writes our EDF+ files, reads neither BDF nor discontinuous files lazily, and a memory
map ends the program when a network share goes away. So the data records are read here.
"""

from __future__ import annotations

import itertools
import math
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from operator import attrgetter
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.channels import Channel, ChannelKind, kind_of_label, uv_per_unit
from sleepscorer.domain.epochs import EPOCH_S, MOST_EPOCHS
from sleepscorer.domain.errors import NoSignalsError, RecordingError
from sleepscorer.domain.phrases import Phrase
from sleepscorer.domain.recording import Recording, SignalOrigin, sample_range
from sleepscorer.io.edf_header import EdfHeader, EdfSignal, parse_number, read_header
from sleepscorer.io.edf_timing import Run, Timing, continuous, timing_of
from sleepscorer.io.source_file import SourceFile, digest_of_pieces, sampled_pieces

_VOLTAGES = (ChannelKind.EEG, ChannelKind.EOG, ChannelKind.EMG, ChannelKind.ECG)

_LEAST_PAUSE_S = 1.0
_MOST_DRIFT = 1e-4
"""What a recorder's clock may be off by, of the length of the recording."""

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
            raise NoSignalsError(
                "{file} holds annotations only and no signals; choose the recording it belongs to.",
                file=path.name,
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
        return _annotations(records, header, _timing(records, header))


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
        origin_s = _timing(_Records(source, header), header).origin_s
        return header.start + timedelta(seconds=origin_s)


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
                "{file} has a header but no samples after it; it may not have been "
                "copied completely.",
                file=path.name,
            )
        if header.record_s == 0:
            raise RecordingError(
                "{file}: the duration of a data record reads 0 s, so its sampling "
                "rates are unknown. Export the recording again from the program that "
                "made it.",
                file=path.name,
            )
        self._timing = _timing(self._records, header)
        start = header.start
        super().__init__(
            path,
            start=None if start is None else start + timedelta(seconds=self._timing.origin_s),
            channels=_channels(self._signals, header.record_s),
            stretches=tuple(run.stretch for run in self._timing.runs),
            notices=header.notices
            + self._records.notices
            + self._timing.notices
            + _about_units(path, self._signals),
            content=self._content(),
        )

    @property
    def identification(self) -> tuple[str, str]:
        """Patient and recording field of the header."""
        return self.header.patient, self.header.recording

    def origin(self, channel: Channel) -> SignalOrigin:
        """Transducer and prefiltering of the header."""
        signal = self._signals[channel.index]
        return SignalOrigin(signal.transducer, signal.prefiltering)

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
        timing = self._timing
        onsets_s = np.concatenate([run.onsets_s(self.header.record_s) for run in timing.runs])
        return onsets_s + timing.origin_s

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
        for run in self._timing.runs:
            # Where the stretch begins on the channel's grid, and what of it is asked for.
            grid = round(run.stretch.start_s * channel.sfreq)
            n_stretch = (run.stop - run.first) * signal.n_per_record
            if run.knots is not None:
                n_stretch = round(run.stretch.stop_s * channel.sfreq) - grid
            low, high = max(first, grid), min(stop, grid + n_stretch)
            if low >= high:
                continue
            part = values[low - first : high - first]
            if run.knots is None:
                self._read_samples(signal, run.first * signal.n_per_record + low - grid, part)
            else:
                part[:] = self._read_drifting(signal, run, np.arange(low, high) / channel.sfreq)
        factor = uv_per_unit(signal.unit)
        if factor is not None and factor != 1:
            values *= np.float32(factor)
        return values

    def read_annotations(self) -> tuple[Annotation, ...]:
        """Read the annotations; see `Recording.read_annotations`."""
        return _annotations(self._records, self.header, self._timing)

    def close(self) -> None:
        """Close the file."""
        self._records.close()
        self._source.close()

    def _read_drifting(
        self, signal: EdfSignal, run: Run, times_s: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.float32]:
        """Samples that were taken nearest to some times."""
        places = np.floor(run.records_at(times_s) * signal.n_per_record + 0.5).astype(np.int64)
        limits = run.first * signal.n_per_record, run.stop * signal.n_per_record - 1
        places = np.clip(places, *limits)
        samples = np.empty(int(places[-1] - places[0]) + 1, np.float32)
        self._read_samples(signal, int(places[0]), samples)
        return np.asarray(samples[places - places[0]])

    def _read_samples(self, signal: EdfSignal, first: int, values: npt.NDArray[np.float32]) -> None:
        """Fill an array with physical values of samples counted through all data records.

        Block by block, so that a channel of three days takes no more memory than its values.
        """
        first_record = first // signal.n_per_record
        stop_record = -(-(first + values.size) // signal.n_per_record)
        sample_bytes = self.header.sample_bytes
        to_digital = _digital_16_bit if sample_bytes == 2 else _digital_24_bit
        skip = first - first_record * signal.n_per_record
        filled = 0
        for block in self._records.blocks(first_record, stop_record):
            digital = to_digital(block[:, signal.first_byte : signal.stop_byte(sample_bytes)])
            digital = digital[skip : skip + values.size - filled]
            values[filled : filled + digital.size] = digital
            filled += digital.size
            skip = 0
        values *= np.float32(signal.gain)
        values += np.float32(signal.offset)


class _Records:
    """The data records of a file; safe to use from several threads."""

    def __init__(self, source: SourceFile, header: EdfHeader) -> None:
        self.path = source.path
        self._source = source
        self._header = header
        self._record_bytes = header.record_bytes  # which asks every signal
        self._lock = threading.Lock()
        # The records read last: the channels of a page ask for the same ones in turn.
        self._recent: tuple[int, int, npt.NDArray[np.uint8]] | None = None
        self.n_records, self.notices = self._count()

    def _count(self) -> tuple[int, tuple[Phrase, ...]]:
        if self._record_bytes == 0:
            return 0, ()
        n_data_bytes = self._source.n_bytes - self._header.n_bytes
        present, rest = divmod(n_data_bytes, self._record_bytes)
        announced = self._header.n_records
        if announced in (-1, present):
            return present, ()
        if announced < present:
            notice = Phrase(
                "{file} is longer than its header says ({present} data records "
                "instead of {announced}), as when a recording program ended "
                "unexpectedly. Everything was opened.",
                file=self.path.name,
                present=present,
                announced=announced,
            )
            return present, (notice,)
        missing_s = (announced - present) * self._header.record_s
        notice = Phrase(
            "{file} is shorter than its header says: the last {missing_s:.0f} s "
            "of {announced_s:.0f} s are missing{also}. What is there was opened; "
            "the file may not have been copied completely.",
            file=self.path.name,
            missing_s=missing_s,
            announced_s=announced * self._header.record_s,
            also=Phrase(", the last data record is incomplete") if rest else "",
        )
        return present, (notice,)

    def blocks(self, first: int, stop: int) -> Iterator[npt.NDArray[np.uint8]]:
        """Yield the bytes of records ``[first, stop)``, shape (n_records, record_bytes)."""
        step = max(_BLOCK_BYTES // max(self._record_bytes, 1), 1)
        for block_first in range(first, stop, step):
            yield self._block(block_first, min(block_first + step, stop))

    def _block(self, first: int, stop: int) -> npt.NDArray[np.uint8]:
        with self._lock:
            if self._recent is not None:
                known_first, known_stop, known = self._recent
                if known_first <= first and stop <= known_stop:
                    return known[first - known_first : stop - known_first]
            record_bytes = self._record_bytes
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
        """Onset of each record from its time-keeping TAL; NaN without, shape (n_records,)."""
        found = (_time_keeping_onset_s(data[0]) for data in self.annotation_bytes())
        onsets_s = [math.nan if onset_s is None else onset_s for onset_s in found]
        return np.array(onsets_s, np.float64)

    def onset_s(self, record: int) -> float | None:
        """Onset of one record; None where it has none."""
        if not self._header.annotation_signals or self.n_records == 0:
            return None
        signal = self._header.annotation_signals[0]
        stop_byte = signal.stop_byte(self._header.sample_bytes)
        data = self._block(record, record + 1)[0, signal.first_byte : stop_byte]
        return _time_keeping_onset_s(data.tobytes())

    def close(self) -> None:
        with self._lock:
            self._recent = None


def _about_units(path: Path, signals: Iterable[EdfSignal]) -> tuple[Phrase, ...]:
    """Say which signals that should be voltages have an unknown unit."""
    odd = [
        f"{signal.label} “{signal.unit}”"
        for signal in signals
        if kind_of_label(signal.label) in _VOLTAGES
        and signal.unit
        and uv_per_unit(signal.unit) is None
    ]
    if not odd:
        return ()
    sentence = Phrase(
        "{file}: no unit of voltage is known under the name that the header "
        "gives ({units}); their stored numbers are shown as they are.",
        file=path.name,
        units=tuple(odd),
    )
    return (sentence,)


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


def _decoded(text: bytes) -> str:
    """Text of an annotation: UTF-8 by the standard; where it is not, Latin-1 as in headers."""
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("latin-1")


def _described(texts: bytes) -> tuple[tuple[str, str], ...]:
    """Descriptions and channels in the texts of a TAL; empty texts are none."""
    decoded = (_decoded(text).partition("@@") for text in texts.split(b"\x14") if text)
    return tuple((description, channel) for description, _, channel in decoded)


def _timing(records: _Records, header: EdfHeader) -> Timing:
    if header.is_continuous or records.n_records == 0 or header.record_s == 0:
        # That of the first record is the fraction of a second that the header can't hold.
        origin_s = records.onset_s(0) or 0.0
        timing = continuous(records.n_records, header.record_s, origin_s)
        return replace(timing, notices=_about_pauses(records, timing))
    return timing_of(records.onsets_s(), header.record_s, records.path.name)


def _about_pauses(records: _Records, timing: Timing) -> tuple[Phrase, ...]:
    """Say where a file that calls itself continuous ends at another time than its records do."""
    last_s = records.onset_s(records.n_records - 1) if records.n_records else None
    if last_s is None:
        return ()
    (run,) = timing.runs
    later_s = last_s - timing.origin_s - run.stretch.stop_s * (1 - 1 / records.n_records)
    if later_s < max(_LEAST_PAUSE_S, _MOST_DRIFT * run.stretch.stop_s):
        return ()
    return (
        Phrase(
            "{file} says that it has no pauses, but its last data record begins {later_s:.0f} s "
            "later than without: if there were pauses, the signals after them are shown and staged "
            "too early, and do not lie at their annotations. Export it as EDF+D.",
            file=records.path.name,
            later_s=later_s,
        ),
    )


def _annotations(records: _Records, header: EdfHeader, timing: Timing) -> tuple[Annotation, ...]:
    r"""Annotations of all records.

    A record holds TALs: ``+onset[\x15duration]\x14text\x14[text\x14…]\x00``.
    """
    if not header.annotation_signals:
        return ()
    n_signals = len(header.annotation_signals)
    # Where there are several, each may be the work of another person.
    authors = [f"annotation signal {n}" if n_signals > 1 else "" for n in range(1, n_signals + 1)]
    described = cache(_described)  # half a million notes repeat a few texts
    found = []
    for record, shift_s in zip(records.annotation_bytes(), timing.shifts_s.tolist(), strict=True):
        origin_s = timing.origin_s - shift_s
        for author, data in zip(authors, record, strict=True):
            for tal in data.rstrip(b"\x00").split(b"\x00"):
                time, _, texts = tal.partition(b"\x14")
                if not (described_texts := described(texts)):
                    continue  # most hold the onset of their record and nothing else
                onset, _, duration = time.decode("ascii", "replace").partition("\x15")
                onset_s = parse_number(onset)
                if onset_s is None:
                    continue
                duration_s = max(parse_number(duration) or 0.0, 0.0) if duration else 0.0
                for description, channel in described_texts:
                    found.append(
                        Annotation(onset_s - origin_s, duration_s, description, channel, author)
                    )
    return tuple(sorted(found, key=attrgetter("onset_s")))
