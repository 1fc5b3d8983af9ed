"""EDF files made byte by byte, so that they can be as odd as files get."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from sleepscorer.io.edf import EdfRecording, open_edf


@dataclass
class RawSignal:
    """One signal of a file to write, in the numbers that are stored."""

    digital: np.ndarray
    label: str = "EEG Fpz-Cz"
    unit: str = "uV"
    physical: tuple[str, str] = ("-3276.8", "3276.7")
    digital_range: tuple[str, str] = ("-32768", "32767")


@dataclass
class RawEdf:
    """A file to write; what is not given is as a correct EDF+ file has it.

    Attributes
    ----------
    signals
        All of the same number of data records.
    n_records
        Number of data records that are written.
    tals
        Annotation bytes of each data record; no annotation signal without.
    tal_bytes
        Length of the annotation signal in bytes, the longest of `tals` without.
    fields
        Texts by place and width, written over the header at the end.
    """

    signals: Sequence[RawSignal]
    n_records: int
    tals: Sequence[bytes] | None = None
    tal_bytes: int | None = None
    record_s: str = "1"
    reserved: str = ""
    is_bdf: bool = False
    date: str = "21.11.26"
    time: str = "22.30.00"
    recording: str = "Startdate 21-NOV-2026 X X X"
    fields: dict[tuple[int, int], str] = field(default_factory=dict)

    def __bytes__(self) -> bytes:
        sample_bytes = 3 if self.is_bdf else 2
        pieces = [self._digital_bytes(signal, sample_bytes) for signal in self.signals]
        labels = [signal.label for signal in self.signals]
        n_per_record = [signal.digital.size // max(self.n_records, 1) for signal in self.signals]
        if self.tals is not None:
            longest = self.tal_bytes or max(len(tal) for tal in self.tals)
            n_samples = -(-longest // sample_bytes)
            width = n_samples * sample_bytes
            pieces.append([tal.ljust(width, b"\x00")[:width] for tal in self.tals])
            labels.append("BDF Annotations" if self.is_bdf else "EDF Annotations")
            n_per_record.append(n_samples)
        data = b"".join(b"".join(record) for record in zip(*pieces, strict=True))
        header = bytearray(self._header(labels, n_per_record))
        for (position, width), text in self.fields.items():
            header[position : position + width] = text.encode("latin-1").ljust(width)[:width]
        return bytes(header) + data

    def _digital_bytes(self, signal: RawSignal, sample_bytes: int) -> list[bytes]:
        wide = signal.digital.astype("<i4").view(np.uint8).reshape(-1, 4)
        return [
            record.tobytes() for record in np.split(wide[:, :sample_bytes], max(self.n_records, 1))
        ][: self.n_records]

    def _header(self, labels: list[str], n_per_record: list[int]) -> bytes:
        n_signals = len(labels)
        blanks = [""] * n_signals
        # The annotation signal, where there is one, comes last.
        described = [*self.signals, RawSignal(np.zeros(0), unit="", physical=("-1", "1"))]
        described = described[:n_signals]
        fixed = [
            ("X X X X", 80),
            (self.recording, 80),
            (self.date, 8),
            (self.time, 8),
            (256 * (n_signals + 1), 8),
            (self.reserved, 44),
            (self.n_records, 8),
            (self.record_s, 8),
            (n_signals, 4),
        ]
        columns = [
            (labels, 16),
            (blanks, 80),
            ([signal.unit for signal in described], 8),
            ([signal.physical[0] for signal in described], 8),
            ([signal.physical[1] for signal in described], 8),
            ([signal.digital_range[0] for signal in described], 8),
            ([signal.digital_range[1] for signal in described], 8),
            (blanks, 80),
            (n_per_record, 8),
            (blanks, 32),
        ]
        texts = fixed + [(text, width) for column, width in columns for text in column]
        version = b"\xffBIOSEMI" if self.is_bdf else b"0       "
        return version + b"".join(
            str(text).encode("latin-1").ljust(width)[:width] for text, width in texts
        )


@pytest.fixture(scope="session")
def raw_signal() -> type[RawSignal]:
    return RawSignal


@pytest.fixture(scope="session")
def raw_edf() -> type[RawEdf]:
    return RawEdf


@pytest.fixture
def write_edf_bytes(tmp_path) -> Callable[..., Path]:
    """Write a `RawEdf` made of the given arguments and return its path."""

    def write(*arguments: object, name: str = "night.edf", **options: object) -> Path:
        path = tmp_path / name
        path.write_bytes(bytes(RawEdf(*arguments, **options)))
        return path

    return write


@pytest.fixture
def opened() -> Iterator[Callable[[Path], EdfRecording]]:
    """Open an EDF file; it is closed when the test ends."""
    with ExitStack() as stack:
        yield lambda path: stack.enter_context(closing(open_edf(path)))
