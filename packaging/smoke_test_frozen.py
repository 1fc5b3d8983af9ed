"""Checks the frozen application in dist/SleepScorer as its users meet it.

Needs nothing but Python 3.11, so that it can't lend the application a module that it lacks. Any
line that the application should not print is a failure, so that no warning is got used to.
"""

from __future__ import annotations

import array
import csv
import math
import os
import random
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUNDLE = ROOT / "dist" / "SleepScorer"
EXECUTABLE = BUNDLE / "sleepscorer"
CONTENTS = BUNDLE / "_internal"

STAGES = {"W", "N1", "N2", "N3", "R"}
SFREQ_HZ = 100
EPOCH_S = 30
N_EPOCHS = 25  # more than the network sees at once
N_AWAKE_EPOCHS = 12

TIMEOUT_S = 300
WINDOW_S = 10

UNUSED = (
    "PySide6/QtNetwork.abi3.so",
    "matplotlib",
    "pytest",
    "setuptools",
    "tkinter",
    "torch/include",
    "torch/test",
)
LICENSED = (
    *("PySide6_Essentials", "Python", "cattrs", "edfio", "h5py", "mne", "numpy", "pyinstaller"),
    *("pymatreader", "sleepscorer", "torch"),
)

# What Qt says of the platform without a display, which only this test chooses.
OFFSCREEN_REMARK = re.compile(r"This plugin does not support propagateSizeHints\(\)")


class SmokeTestError(Exception):
    """The frozen application is not fit to be shipped."""


def main() -> int:
    """Run all checks; return 0 when the bundle can be shipped."""
    try:
        check_contents()
        check_libraries_of_the_window()
        with (
            tempfile.TemporaryDirectory(prefix="SleepScorer – für ", dir=BUNDLE.parent) as place,
            tempfile.TemporaryDirectory(prefix="SleepScorer – ") as name,
        ):
            program = elsewhere(Path(place)) / EXECUTABLE.name
            folder = Path(name)
            check_version(program, folder)
            selftest_s = check_selftest(program, folder)
            check_scoring(program, folder)
            check_own_stager(program, folder)
            check_training(program, folder)
            check_demo_window(program, folder)
            window_s = check_recording_window(program, folder)
    except SmokeTestError as error:
        sys.stderr.write(f"FAILED {error}\n")
        return 1
    size = sum(file.lstat().st_size for file in BUNDLE.rglob("*") if not file.is_symlink())
    sys.stdout.write(
        f"{BUNDLE.relative_to(ROOT)}: {size / 1e6:.0f} MB, self-test ends {selftest_s:.1f} s after "
        f"the start, window shown after {window_s:.1f} s\nThe frozen application works.\n"
    )
    return 0


def check_contents() -> None:
    """Compare the bundle's files with what must and what must not be in it."""
    for file in shipped_resources():
        frozen = CONTENTS / file.relative_to(ROOT)
        if not frozen.is_file() or frozen.read_bytes() != file.read_bytes():
            raise SmokeTestError(f"contents: {file.relative_to(ROOT)} is missing or differs")
    for file in (ROOT / "resources" / "translations").glob("*.qm"):
        name = file.name.replace("sleepscorer", "qtbase")
        if not (CONTENTS / "PySide6/Qt/translations" / name).is_file():
            raise SmokeTestError(f"contents: Qt's own texts, {name}, are missing")
    for name in LICENSED:
        if not any(CONTENTS.glob(f"licenses/{name}/**/*")):
            raise SmokeTestError(f"contents: the licence of {name} is missing")
    unused = [name for name in UNUSED if (CONTENTS / name).exists()]
    unused += [str(folder.relative_to(CONTENTS)) for folder in CONTENTS.rglob("tests")]
    if unused:
        raise SmokeTestError(f"contents: {', '.join(unused)} should not be there")


def elsewhere(folder: Path) -> Path:
    """The bundle at a path with blanks and an umlaut; its files are not copied but linked."""
    copy = folder / "Schlaf Übung"
    shutil.copytree(BUNDLE, copy, symlinks=True, copy_function=os.link)
    return copy


def shipped_resources() -> Iterator[Path]:
    """Files of `resources` that are no code and that a wheel holds."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    excluded = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["exclude"]
    for file in (ROOT / "resources").rglob("*"):
        is_excluded = any(file.is_relative_to(ROOT / name) for name in excluded)
        if file.is_file() and not file.suffix.startswith(".py") and not is_excluded:
            yield file


def check_libraries_of_the_window() -> None:
    """Find the libraries that a window on an X display loads; without a display none is loaded."""
    plugin = CONTENTS / "PySide6/Qt/plugins/platforms/libqxcb.so"
    command = ["/usr/bin/ldd", str(plugin)]
    environment = {"LD_LIBRARY_PATH": str(CONTENTS)}
    listed = subprocess.run(  # noqa: S603  a fixed command
        command, env=environment, capture_output=True, text=True, check=True
    )
    missing = [line.split()[0] for line in listed.stdout.splitlines() if "not found" in line]
    if missing:
        raise SmokeTestError(f"window: its libraries are missing: {', '.join(missing)}")


def check_version(program: Path, folder: Path) -> None:
    """`--version` names the version of this checkout."""
    source = (ROOT / "sleepscorer" / "__init__.py").read_text("utf-8")
    version = re.findall(r'^__version__ = "(.+)"', source, re.MULTILINE)[0]
    run(program, folder, ["--version"], [re.escape(f"SleepScorer {version}")])


def check_selftest(program: Path, folder: Path) -> float:
    """`--selftest` passes; return the seconds it took from the start of the process."""
    started_s = time.perf_counter()
    run(
        program,
        folder,
        ["--selftest"],
        [*[r"ok     \w+: .+ \(\d+\.\d s\)"] * 4, r"SleepScorer works\."],
    )
    return time.perf_counter() - started_s


def check_scoring(program: Path, folder: Path) -> None:
    """Stage recordings and bring what comes out into another format.

    EDF is read here, BrainVision by MNE, and EEGLAB by MNE in a process of its own, as are sessions
    that another process wrote.
    """
    results, converted = folder / "results", folder / "converted"
    recordings = {
        folder / "night.edf": write_edf,
        folder / "other night.vhdr": write_brainvision,
        folder / "third night.set": write_eeglab,
    }
    for recording, write in recordings.items():
        write(recording)
    names = [re.escape(recording.name) for recording in recordings]
    run(
        program,
        folder,
        ["score", *map(str, recordings), "--out", str(results), "--format", "session"],
        [
            r"\S+ \S+ on (CPU|CUDA)\. Not a medical device: .+",
            *(rf"{name}: {N_EPOCHS} epochs from .+ → .+" for name in names),
            r"3 of 3 files staged\.",
        ],
    )
    sessions = [results / f"{recording.stem}.h5" for recording in recordings]
    run(
        program,
        folder,
        ["convert", *map(str, sessions), "--to", "csv", "--out", str(converted)],
        [
            *(rf"{re.escape(session.name)} → .+" for session in sessions),
            r"3 of 3 files converted\.",
        ],
    )
    for session in sessions:
        with (converted / f"{session.stem}.csv").open(encoding="utf-8", newline="") as file:
            stages = [row["stage"] for row in csv.DictReader(file)]
        if len(stages) != N_EPOCHS or not STAGES.issuperset(stages):
            raise SmokeTestError(f"convert {session.name}: its stages are {stages}")


def check_own_stager(program: Path, folder: Path) -> None:
    """A program of the laboratory finds its own libraries, not those of the bundle."""
    stager = folder / "stager.sh"
    stager.write_text(
        '#!/bin/sh\nprintenv LD_LIBRARY_PATH >"$0.libraries"\n'
        f'i=0; while [ $i -lt {N_EPOCHS} ]; do echo W; i=$((i+1)); done >"$1"\n',
        "utf-8",
    )
    results = folder / "second opinion"
    command = f"sh {stager.name} {{out}} {{recording}}"
    score = ["score", "night.edf", "--second", command, "--format", "session"]
    run(
        program,
        folder,
        [*score, "--out", str(results)],
        [
            r"\S+ \S+ on (CPU|CUDA)\. Not a medical device: .+",
            rf"night\.edf: sh gives another stage to \d+ of {N_EPOCHS} epochs .+",
            r"night\.edf: sh: The file does not say when it begins; .+",
            rf"night\.edf: {N_EPOCHS} epochs from .+ → .+",
            r"1 of 1 files staged\.",
        ],
    )
    if libraries := Path(f"{stager}.libraries").read_text("utf-8").strip():
        raise SmokeTestError(f"second opinion: its libraries are looked for in {libraries}")


def check_training(program: Path, folder: Path) -> None:
    """The training program that the window starts takes two steps on the nights that come along."""
    resources = CONTENTS / "resources"
    config = (CONTENTS / "training/configs/quick.toml").read_text("utf-8")
    config = re.sub("^(steps|validate_every|checkpoint_every) = .+", r"\1 = 2", config, flags=re.M)
    (folder / "quick.toml").write_text(config, "utf-8")
    out = folder / "trained"
    arguments = [
        *("finetune", str(*(resources / "replay").glob("*.h5")), "--version", "smoke-test"),
        *("--start", str(*(resources / "weights").glob("*.safetensors"))),
        *("--config", "quick.toml", "--out", str(out)),
    ]
    run(
        program.with_name("sleepscorer-training"),
        folder,
        arguments,
        [*[r'\{"event": "(step|validation|done|nothing_gained)".*'] * 4],
    )
    # Two steps need not gain anything; only then is there a version besides.
    if not any(out.iterdir()):
        raise SmokeTestError("training: it wrote no checkpoint")


def check_demo_window(program: Path, folder: Path) -> None:
    """Without a file, the window simulates its demo and stays up."""
    process = start_window(program, folder, [])
    deadline_s = time.monotonic() + TIMEOUT_S
    while not any((folder / "cache").rglob("*.edf")):
        if process.poll() is not None or time.monotonic() > deadline_s:
            break
        time.sleep(0.1)
    else:
        deadline_s = time.monotonic() + WINDOW_S
    end_window(folder, process, "window with the demo", deadline_s)


def check_recording_window(program: Path, folder: Path) -> float:
    """With a recording, the window stays up; return the seconds until it was shown.

    A recording is opened as soon as the window is on the screen.
    """
    recording = folder / "night.edf"
    started_s = time.monotonic()
    process = start_window(program, folder, [str(recording)])
    while not has_open(process, recording) and time.monotonic() < started_s + TIMEOUT_S:
        time.sleep(0.01)
    shown_s = time.monotonic() - started_s
    end_window(folder, process, "window with a recording", time.monotonic() + WINDOW_S)
    return shown_s


def has_open(process: subprocess.Popen[bytes], path: Path) -> bool:
    """Whether a process has a file open, or has ended."""
    try:
        files = [file.readlink() for file in Path(f"/proc/{process.pid}/fd").iterdir()]
    except OSError:  # it has just closed one
        return process.poll() is not None
    return path in files


def environment(folder: Path) -> dict[str, str]:
    """Variables of a user without settings, so that nothing of this machine helps."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    return {
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "PATH": "/usr/bin:/bin",
        "QT_QPA_PLATFORM": "offscreen",
        "TMPDIR": str(folder),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_RUNTIME_DIR": str(runtime),
    }


def run(program: Path, folder: Path, arguments: Sequence[str], expected: Sequence[str]) -> None:
    """Run the application; its lines must match the expected patterns, and its status be 0."""
    what = " ".join(arguments)
    try:
        finished = subprocess.run(  # noqa: S603  a fixed command
            [str(program), *arguments],
            cwd=folder,
            env=environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=TIMEOUT_S,
            check=False,
        )
    except OSError as error:
        raise SmokeTestError(f"{what}: {error}") from error
    except subprocess.TimeoutExpired as error:
        raise SmokeTestError(f"{what}: not finished after {TIMEOUT_S} s") from error
    if finished.returncode:
        raise SmokeTestError(f"{what}: status {finished.returncode}\n{finished.stdout}")
    lines = said(finished.stdout)
    if len(lines) != len(expected) or not all(map(re.fullmatch, expected, lines)):
        raise SmokeTestError(f"{what}: it does not say what it should:\n{finished.stdout}")


def said(output: str) -> list[str]:
    """Lines of an output without those that only a platform without a display causes."""
    return [line for line in output.splitlines() if not OFFSCREEN_REMARK.fullmatch(line)]


def start_window(program: Path, folder: Path, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start the window; what it prints goes to a file, which can't fill up like a pipe."""
    with (folder / "window.txt").open("wb") as output:
        return subprocess.Popen(  # noqa: S603  a fixed command
            [str(program), *arguments],
            cwd=folder,
            env=environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def end_window(
    folder: Path, process: subprocess.Popen[bytes], what: str, deadline_s: float
) -> None:
    """End the window at a time of the monotonic clock; it must be up until then and silent."""
    try:
        status: int | None = process.wait(max(0.0, deadline_s - time.monotonic()))
    except subprocess.TimeoutExpired:
        status = None
        process.terminate()
        process.wait(TIMEOUT_S)
    output = (folder / "window.txt").read_text("utf-8")
    if status is not None:
        raise SmokeTestError(f"{what}: ended by itself with status {status}\n{output}")
    if said(output):
        raise SmokeTestError(f"{what}: printed something:\n{output}")


def write_edf(path: Path) -> None:
    """Write an EDF recording with one EEG channel."""
    n_records, record_s = N_EPOCHS * EPOCH_S, 1
    fixed = (
        f"{'0':8}{'X X X X':80}{'Startdate 01-JAN-2026 X X X':80}{'01.01.26':8}{'22.30.00':8}"
        f"{512:<8}{'':44}{n_records:<8}{record_s:<8}{1:<4}"
    )
    channel = (
        f"{'EEG Fpz-Cz':16}{'':80}{'uV':8}{-500:<8}{500:<8}{-32768:<8}{32767:<8}{'':80}"
        f"{SFREQ_HZ * record_s:<8}{'':32}"
    )
    path.write_bytes((fixed + channel).encode("ascii") + little_endian(signal()))


def write_brainvision(path: Path) -> None:
    """Write the same recording in BrainVision's three files."""
    header = (
        "Brain Vision Data Exchange Header File Version 1.0\n\n"
        f"[Common Infos]\nCodepage=UTF-8\nDataFile={path.stem}.eeg\nMarkerFile={path.stem}.vmrk\n"
        "DataFormat=BINARY\nDataOrientation=MULTIPLEXED\nNumberOfChannels=1\n"
        f"SamplingInterval={1_000_000 // SFREQ_HZ}\n\n"
        "[Binary Infos]\nBinaryFormat=INT_16\n\n"
        "[Channel Infos]\nCh1=Fpz-Cz,,0.0152590,µV\n"
    )
    path.write_text(header, "utf-8")
    path.with_suffix(".vmrk").write_text(
        "Brain Vision Data Exchange Marker File Version 1.0\n\n"
        f"[Common Infos]\nCodepage=UTF-8\nDataFile={path.stem}.eeg\n\n"
        "[Marker Infos]\nMk1=New Segment,,1,1,0,20260101223000000000\n",
        "utf-8",
    )
    path.with_suffix(".eeg").write_bytes(little_endian(signal()))


def write_eeglab(path: Path) -> None:
    """Write the same recording as EEGLAB does, in a file of MATLAB 5."""
    fields = {
        "nbchan": matlab_matrix(1),
        "trials": matlab_matrix(1),
        "pnts": matlab_matrix(N_EPOCHS * EPOCH_S * SFREQ_HZ),
        "srate": matlab_matrix(SFREQ_HZ),
        "data": matlab_matrix(*(value / 65 for value in signal())),
        "chanlocs": matlab_struct(b"", {"labels": matlab_text("Fpz-Cz")}),
    }
    header = b"MATLAB 5.0 MAT-file".ljust(124) + struct.pack("<H2s", 0x0100, b"IM")
    path.write_bytes(header + matlab_struct(b"EEG", fields))


def matlab_matrix(*values: float) -> bytes:
    """One row of numbers."""
    numbers = matlab_element(9, struct.pack(f"<{len(values)}d", *values))
    return matlab_array(6, len(values), b"", numbers)


def matlab_text(text: str) -> bytes:
    """One row of letters."""
    return matlab_array(4, len(text), b"", matlab_element(4, text.encode("utf-16-le")))


def matlab_struct(name: bytes, fields: dict[str, bytes]) -> bytes:
    """A structure of arrays, each with its name."""
    names = b"".join(field.encode("ascii").ljust(32, b"\0") for field in fields)
    content = matlab_element(5, struct.pack("<i", 32)) + matlab_element(1, names)
    return matlab_array(2, 1, name, content + b"".join(fields.values()))


def matlab_array(kind: int, n_columns: int, name: bytes, content: bytes) -> bytes:
    """One row of a class of MATLAB's arrays."""
    head = matlab_element(6, struct.pack("<II", kind, 0))
    head += matlab_element(5, struct.pack("<ii", 1, n_columns)) + matlab_element(1, name)
    return matlab_element(14, head + content)


def matlab_element(kind: int, content: bytes) -> bytes:
    """A piece of a file of MATLAB 5: its type, its length, and its bytes up to the next eight."""
    padding = b"\0" * (-len(content) % 8)
    return struct.pack("<II", kind, len(content)) + content + padding


def signal() -> array.array[int]:
    """Wake, then deep sleep with spindles, in noise: 16-bit samples in steps of 1/65 µV.

    It is like sleep, because the application has something to say about what is not.
    """
    chance = random.Random(0)  # noqa: S311  nothing is kept secret with it
    values = array.array("h")
    slow = slower = background = 0.0
    for index in range(N_EPOCHS * EPOCH_S * SFREQ_HZ):
        time_s = index / SFREQ_HZ
        background = 0.9 * background + chance.gauss(0, 4)
        # Noise that resonates at 1 Hz.
        turn = 2 * 0.985 * math.cos(2 * math.pi / SFREQ_HZ)
        slow, slower = turn * slow - 0.985**2 * slower + chance.gauss(0, 0.5), slow
        value_uv = background + chance.gauss(0, 1.5)
        if time_s < N_AWAKE_EPOCHS * EPOCH_S:
            value_uv += 20 * math.sin(2 * math.pi * 10 * time_s)  # alpha
        else:
            value_uv += slow
            if time_s % 12 < 0.8:
                value_uv += 25 * math.sin(2 * math.pi * 13 * time_s)  # a spindle
        values.append(round(65 * value_uv))
    return values


def little_endian(values: array.array[int]) -> bytes:
    """Bytes of 16-bit samples in the order of both formats."""
    if sys.byteorder == "big":
        values.byteswap()
    return values.tobytes()


if __name__ == "__main__":
    sys.exit(main())
