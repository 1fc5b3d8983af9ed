"""Damage recordings of every kind that is read, and do with them what the program does.

Run by hand: ``python tests/campaigns/damage_recordings.py [--n N] [--seed SEED]``. Each mutant has
to be opened, shown, copied and prepared for the network, or refused with one sentence that names
it, within 20 s; a copy has to be as long as what was opened.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from functools import cache
from pathlib import Path

import mne
import numpy as np
import scipy.io
from campaign import damaged, run, said
from nights import Signal

from model.network import InputChannel, InputSpec
from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.channels import Derivation
from sleepscorer.domain.epochs import EPOCH_S
from sleepscorer.domain.errors import SleepScorerError
from sleepscorer.domain.recording import Recording
from sleepscorer.io.deidentified import Times, write_deidentified
from sleepscorer.io.edf import open_edf
from sleepscorer.io.edf_copy import copy_with_annotations
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.recordings import open_recording
from sleepscorer.network_input import preferred_derivation, read_input

N_RECORDINGS = 1500
COPIED_EVERY = 3
LONGEST_S = 20
START = datetime(2026, 3, 1, 22, 13, 30)
N_TIMES, SFREQ = 7000, 100
SPEC = InputSpec((InputChannel("EEG", (0.3, 35.0), 40.0),), 100.0, 30.0)
_HEADER_BYTES = 256
_LABEL_BYTES = 16
_COUNTS_AT = 16 + 80 + 8 * 5 + 80  # of a signal's number of samples, in bytes of each signal


def edf(folder: Path) -> bytes:
    wave = (40 * np.sin(np.arange(N_TIMES) / 9)).astype(np.float32)
    labels = ("EEG C4-M1", "EOG E1-M2", "Flow")
    path = folder / "made.edf"
    write_edf(path, [Signal(label, "uV", SFREQ, wave) for label in labels], start=START)
    return path.read_bytes()


def edf_plus(folder: Path) -> bytes:
    source, path = folder / "made.edf", folder / "plus.edf"
    source.write_bytes(edf(folder))
    notes = [Annotation(7.5 * one, 3.0, "Hypopnea", "Flow") for one in range(9)]
    with closing(open_edf(source)) as recording:
        copy_with_annotations(recording, path, notes)
    return path.read_bytes()


def discontinuous(content: bytes) -> bytes:
    """The same with a gap before its second half."""
    n_records = int(content[236:244])

    def later(found: re.Match[bytes]) -> bytes:
        onset_s = int(found[1])
        return found[0] if onset_s < n_records // 2 else b"+%d\x14\x14\x00" % (onset_s + 20)

    body = re.sub(rb"\+(\d\d)\x14\x14\x00", later, content[_HEADER_BYTES:])
    return content[:192] + b"EDF+D".ljust(44) + content[236:_HEADER_BYTES] + body


def bdf(content: bytes) -> bytes:
    """An EDF file with samples of 24 bits."""
    n_header, n_records, n_signals = (
        int(content[first:stop]) for first, stop in ((184, 192), (236, 244), (252, 256))
    )
    header = bytearray(content[:n_header].replace(b"EDF Annotations", b"BDF Annotations"))
    header[:8] = b"\xffBIOSEMI"
    header[192:197] = header[192:197].replace(b"EDF+", b"BDF+")
    counts_at = _HEADER_BYTES + _COUNTS_AT * n_signals
    counts = [int(content[counts_at + 8 * one :][:8]) for one in range(n_signals)]
    texts = [header[_HEADER_BYTES + _LABEL_BYTES * one :][:3] == b"BDF" for one in range(n_signals)]
    for one, (count, is_text) in enumerate(zip(counts, texts, strict=True)):
        wide = -(-2 * count // 3) if is_text else count
        header[counts_at + 8 * one : counts_at + 8 * one + 8] = b"%-8d" % wide
    pieces, place = [bytes(header)], n_header
    for _ in range(n_records):
        for count, is_text in zip(counts, texts, strict=True):
            part = content[place : place + 2 * count]
            place += 2 * count
            if is_text:
                pieces.append(part.ljust(-(-2 * count // 3) * 3, b"\x00"))
            else:
                wide = np.frombuffer(part, "<i2").astype("<i4").view(np.uint8).reshape(-1, 4)
                pieces.append(wide[:, :3].tobytes())
    return b"".join(pieces)


def brainvision() -> dict[str, bytes]:
    marks = ["Mk1=New Segment,,1,1,0,20260301221330000000", "Mk2=Comment,Lights off,401,200,0"]
    common = "[Common Infos]\nCodepage=UTF-8\nDataFile=night.eeg\n"
    head = (
        f"Brain Vision Data Exchange Header File Version 1.0\n{common}MarkerFile=night.vmrk\n"
        "DataFormat=BINARY\nDataOrientation=MULTIPLEXED\nNumberOfChannels=2\n"
        "SamplingInterval=10000\n[Binary Infos]\nBinaryFormat=INT_16\n[Channel Infos]\n"
        "Ch1=C4,,0.1,µV\nCh2=EMG,,1,mV\n"
    )
    markers = f"Brain Vision Data Exchange Marker File, Version 1.0\n{common}[Marker Infos]\n"
    counting = np.repeat(np.arange(N_TIMES), 2).astype("<i2")
    return {
        "night.vhdr": head.encode(),
        "night.vmrk": (markers + "\n".join(marks) + "\n").encode(),
        "night.eeg": counting.tobytes(),
    }


def fif(folder: Path) -> bytes:
    info = mne.create_info(["EEG Fpz-Cz", "belt"], SFREQ, ["eeg", "resp"])
    counting = np.arange(N_TIMES) * 1e-8
    raw = mne.io.RawArray(np.stack([counting] * 2), info, verbose="ERROR")
    raw.set_annotations(mne.Annotations([5.0], [2.0], ["Lights off"]))
    path = folder / "made_raw.fif"
    raw.save(path, overwrite=True, verbose="ERROR")
    return path.read_bytes()


def eeglab(folder: Path) -> bytes:
    names = np.array([("C3", "EEG"), ("EOG L", "EOG")], dtype=[("labels", "O"), ("type", "O")])
    dtype = [("latency", "O"), ("type", "O"), ("duration", "O")]
    empty = {key: [] for key in ("urevent", "epoch", "icaweights", "icasphere", "icawinv")}
    content = {
        **empty,
        "setname": "night",
        "nbchan": 2,
        "pnts": N_TIMES,
        "trials": 1,
        "srate": float(SFREQ),
        "xmin": 0.0,
        "xmax": (N_TIMES - 1) / SFREQ,
        "chanlocs": names,
        "ref": "common",
        "event": np.array([(201.0, "Lights off", 40.0)], dtype=dtype),
        "data": np.ones((2, N_TIMES), np.float32),
        "icachansind": [],
    }
    path = folder / "made.set"
    scipy.io.savemat(path, {"EEG": content}, appendmat=False)
    return path.read_bytes()


def recordings(folder: Path) -> dict[str, dict[str, bytes]]:
    """Files of each kind by name; the first one is opened."""
    plain, plus = edf(folder), edf_plus(folder)
    apart = discontinuous(plus)
    return {
        "EDF": {"night.edf": plain},
        "EDF+C": {"night.edf": plus},
        "EDF+D": {"night.edf": apart},
        "BDF": {"night.bdf": bdf(plain)},
        "BDF+C": {"night.bdf": bdf(plus)},
        "BDF+D": {"night.bdf": bdf(apart)},
        "BrainVision": brainvision(),
        "FIF": {"night_raw.fif": fif(folder)},
        "EEGLAB": {"night.set": eeglab(folder)},
    }


def used(recording: Recording, folder: Path, *, is_copied: bool) -> list[str]:
    """Do with a recording what the program does; say what came of it."""
    for channel in recording.channels:
        for start_s in (0.0, recording.duration_s / 2, recording.duration_s - EPOCH_S):
            recording.read(channel, max(start_s, 0.0), start_s + EPOCH_S)
    recording.read_derivation(Derivation(recording.channels[0].label), 0.0, EPOCH_S)
    annotations = recording.read_annotations()
    found = ["opened"]
    if recording.duration_s < 24 * 3600:
        try:
            read_input(recording, {"EEG": preferred_derivation(recording, SPEC)}, SPEC)
            found.append("prepared for the network")
        except SleepScorerError as error:
            found.append(said(error, recording.path.stem))
    if is_copied and recording.path.suffix in (".edf", ".bdf"):
        for name, write in (
            ("annotated", lambda path: copy_with_annotations(recording, path, annotations[:50])),
            ("harmless", lambda path: write_deidentified(recording, path, "x", times=Times.KEPT)),
        ):
            target = folder / name
            try:
                write(target if name == "annotated" else folder)
            except SleepScorerError as error:
                found.append(said(error, recording.path.stem, "annotated", "x."))
                continue
            written = target if name == "annotated" else next(folder.glob("x*.?df"))
            with closing(open_edf(written)) as copy:
                same = copy.n_records == recording.n_records
            found.append("copied" if same else "COPY OF ANOTHER LENGTH")
            written.unlink()
    return found


@cache
def kinds() -> dict[str, dict[str, bytes]]:
    with tempfile.TemporaryDirectory() as name:
        return recordings(Path(name))


def trial(rng: random.Random, number: int, folder: Path) -> Iterator[str]:
    kind = list(kinds())[number % len(kinds())]
    files = dict(kinds()[kind])
    chosen = rng.choice(list(files))
    files[chosen] = damaged(rng, files[chosen])
    for file_name, content in files.items():
        (folder / file_name).write_bytes(content)
    path = folder / next(iter(files))
    is_copied = number // len(kinds()) % COPIED_EVERY == 0
    try:
        with closing(open_recording(path)) as recording:
            found = used(recording, folder, is_copied=is_copied)
    except SleepScorerError as error:
        found = [said(error, path.stem)]
    for what in found:
        yield f"{kind}: {what}"


def open_whole_ones() -> None:
    """Open each kind undamaged: what can't be opened at all would not show among the refused."""
    for files in kinds().values():
        with tempfile.TemporaryDirectory() as name:
            for file_name, content in files.items():
                (Path(name) / file_name).write_bytes(content)
            open_recording(Path(name) / next(iter(files))).close()


if __name__ == "__main__":
    open_whole_ones()
    run(trial, n_trials=N_RECORDINGS, longest_s=LONGEST_S)
