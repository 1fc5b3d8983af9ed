"""What reading large recordings costs, and that it grows with their length and no faster.

Run by hand: ``python tests/benchmarks/benchmark_reading.py``. The recordings are made in a
temporary folder (half a gigabyte). Printed are times and what they are relative to: fitting all
traces page by page beside channel by channel (both in this run), a discontinuous night whose onsets
jitter beside one of half its length, annotations likewise, and opening with what is read to know
the file again beside opening without.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import numpy as np

from sleepscorer.domain.channels import ChannelKind, Derivation
from sleepscorer.domain.montage import Trace
from sleepscorer.io.edf import EdfRecording, open_edf
from sleepscorer.io.source_file import SourceFile
from sleepscorer.signals.pages import sampled

N_CHANNELS, SFREQ, HOURS = 256, 256, 1
NIGHT_H = 8


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wide = written(folder / "wide.edf", n_channels=N_CHANNELS, sfreq=SFREQ, hours=HOURS)
        with closing(open_edf(wide)) as recording:
            traces = [
                Trace(Derivation(one.label), ChannelKind.OTHER, "", one.sfreq, None, None, None)
                for one in recording.channels
            ]
            together = seconds(lambda: sampled(recording, traces))
            apart = seconds(lambda: [sampled(recording, [trace]) for trace in traces])
        print(
            f"{N_CHANNELS} channels of {HOURS} h: samples page by page {together:.2f} s, channel "
            f"by channel {apart:.2f} s ({apart / together:.1f} times)"
        )
        whole = seconds(lambda: open_edf(wide).close())
        with (
            patch.object(SourceFile, "_digest_of", lambda *_: b""),
            patch.object(EdfRecording, "_content", lambda _: ""),
        ):
            bare = seconds(lambda: open_edf(wide).close())
        print(
            f"  opening {whole * 1e3:.1f} ms, without knowing the file again {bare * 1e3:.1f} ms "
            f"({whole / bare:.1f} times)"
        )
        wide.unlink()
        for title, options in (("jitter of 10 ms", {}), ("1,000 notes a minute", {"notes": 17})):
            halves = []
            for hours in (NIGHT_H / 2, NIGHT_H):
                path = written(folder / "night.edf", hours=hours, jitter_s=0.01, **options)
                with closing(open_edf(path)) as recording:
                    n_notes = len(recording.read_annotations())
                    n_stretches = len(recording.stretches)

                def read(path: Path = path) -> None:
                    with closing(open_edf(path)) as recording:
                        recording.read_annotations()

                halves.append(seconds(read))
            print(
                f"{NIGHT_H} h, {title}: {halves[1]:.2f} s, {n_stretches} stretch, {n_notes} notes; "
                f"{halves[1] / halves[0]:.1f} times half the night"
            )
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"largest memory of this process: {peak_mb:.0f} MB")


def seconds(work: Callable[[], object]) -> float:
    """Shortest of three."""
    times_s = []
    for _ in range(3):
        begun = time.perf_counter()
        work()
        times_s.append(time.perf_counter() - begun)
    return min(times_s)


def written(
    path: Path,
    *,
    n_channels: int = 1,
    sfreq: int = 100,
    hours: float,
    jitter_s: float | None = None,
    notes: int = 0,
) -> Path:
    """Write a recording with records of a second; discontinuous where onsets jitter."""
    n_records = round(hours * 3600)
    chance = np.random.default_rng(1)
    tals: Sequence[bytes] = ()
    if jitter_s is not None:
        onsets_s = np.arange(n_records) + chance.uniform(-jitter_s, jitter_s, n_records)
        tals = [
            b"+%.4f\x14\x14\x00" % max(onset_s, 0.0)
            + b"".join(b"+%.3f\x14Arousal\x14\x00" % (record + n / 20) for n in range(notes))
            for record, onset_s in enumerate(onsets_s)
        ]
    width = max(map(len, tals), default=0)
    width += width % 2
    labels = [f"X {number}" for number in range(n_channels)] + ["EDF Annotations"] * bool(tals)
    samples = [sfreq] * n_channels + [width // 2] * bool(tals)
    columns = [
        (labels, 16),
        ([""] * len(labels), 80),
        (["uV"] * len(labels), 8),
        (["-3276.8"] * len(labels), 8),
        (["3276.7"] * len(labels), 8),
        (["-32768"] * len(labels), 8),
        (["32767"] * len(labels), 8),
        ([""] * len(labels), 80),
        (samples, 8),
        ([""] * len(labels), 32),
    ]
    fixed = [
        ("0", 8),
        ("X X X X", 80),
        ("Startdate 21-NOV-2026 X X X", 80),
        ("21.11.26", 8),
        ("22.30.00", 8),
        (256 * (len(labels) + 1), 8),
        ("EDF+D" if tals else "", 44),
        (n_records, 8),
        (1, 8),
        (len(labels), 4),
    ]
    texts = fixed + [(text, size) for column, size in columns for text in column]
    with path.open("wb") as file:
        file.write(b"".join(str(text).encode().ljust(size) for text, size in texts))
        for record in range(n_records):
            file.write(chance.integers(-400, 400, n_channels * sfreq, np.int16).tobytes())
            if tals:
                file.write(tals[record].ljust(width, b"\x00"))
    return path


if __name__ == "__main__":
    main()
