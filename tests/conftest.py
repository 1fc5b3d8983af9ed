"""Fixtures for all tests."""

import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

# Before any test imports torch: its threads wait for each other where cores are shared, and the
# tests run side by side already.
os.environ.setdefault("OMP_NUM_THREADS", "1")
# Before any test imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_DATA_BESIDE_THE_CHECKOUT = Path(__file__).parents[2] / "shared" / "data"
_NO_RECORDINGS = "the real recordings are not here"


@pytest.fixture(autouse=True)
def _own_versions_of_networks(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep what the developer chose for real out of the tests."""
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path_factory.getbasetemp() / "data"))


@pytest.fixture
def other_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be networks that nothing but their own folders know of."""
    import model

    folder = Path(__file__).parent / "models" / "other_networks"
    monkeypatch.setattr(model, "__path__", [*model.__path__, str(folder)])


@pytest.fixture
def write_several(other_networks: None, tmp_path: Path) -> Callable[..., Path]:
    """Write a version of the network that looks at several channels; it has no weights to speak of.

    It says N2 all night, and what is given here of apneas and hypopneas, over and over.
    """
    import safetensors.torch
    import torch

    from model import files
    from model.files import Description, InputRange

    def write(
        version: str = "1",
        *,
        apnea: Sequence[float] = (0.1, 0.9),
        hypopnea: Sequence[float] = (0.2,),
    ) -> Path:
        description = Description(
            architecture="several",
            name="Several",
            version=version,
            configuration={},
            training={"train_subjects": []},
            input_range=InputRange(1.0, 10.0, 100.0, 50.0),
            card="# Looks at several channels",
        )
        path = tmp_path / f"several-{version}.safetensors"
        tensors = {"apnea": torch.tensor(apnea), "hypopnea": torch.tensor(hypopnea)}
        files.write(path, description, safetensors.torch.save(tensors))
        return path

    return write


@pytest.fixture
def planted_path(tmp_path: Path) -> Path:
    """Recording of half an hour, of 60 epochs, with planted events and an EEG that is flat."""
    import numpy as np

    from sleepscorer.io.edf_writing import write_edf
    from sleepscorer.signals.simulated_events import DIFFICULTIES, simulate_events
    from sleepscorer.signals.simulation import SimulatedChannel

    recording = simulate_events(5, 60, per_hour=30, difficulty=DIFFICULTIES["easy"]).recording
    channels = [
        SimulatedChannel("EEG C4-M1", "uV", 100.0, np.zeros(180_000, np.float32), (-500.0, 500.0))
    ]
    for channel in recording.channels:
        samples = recording.read(channel, 0.0, recording.duration_s)
        reach = (0.0, 131.07) if channel.unit == "%" else (-400.0, 400.0)
        unit = channel.unit.replace("µ", "u")
        channels.append(SimulatedChannel(channel.label, unit, channel.sfreq, samples, reach))
    path = tmp_path / "planted.edf"
    write_edf(path, channels, start=datetime(2026, 3, 1, 22, 15, 30))
    return path


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail whatever talks to other computers, libraries included: SleepScorer promises not to.

    Processes on the same computer may talk through sockets of the file system.
    """
    opened: list[str] = []
    begin = socket.socket.__init__

    def refusing(self: socket.socket, family: int = -1, *arguments: Any, **options: Any) -> None:
        if family != socket.AF_UNIX:
            opened.append(f"a socket of family {family}")
            raise OSError("no network in tests")
        begin(self, family, *arguments, **options)

    def not_asking(host: object, *_arguments: object, **_options: object) -> None:
        opened.append(f"the address of {host}")
        raise OSError("no network in tests")

    monkeypatch.setattr(socket.socket, "__init__", refusing)
    for name in ("getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, not_asking)
    yield
    assert not opened, f"asked the network for {', '.join(opened)}"


@pytest.fixture(scope="session")
def sleepscorer_data() -> Path:
    """Folder of the real recordings; the variable SLEEPSCORER_DATA names another one.

    Where they have to be there, because the variable or CI says so, a missing folder fails the
    test: what rests on real recordings must have been tested on them. Elsewhere the test is left
    out, and the last line of the run says how many were.
    """
    folder = Path(os.environ.get("SLEEPSCORER_DATA") or _DATA_BESIDE_THE_CHECKOUT)
    if not folder.is_dir():
        if os.environ.get("SLEEPSCORER_DATA") or os.environ.get("CI"):
            pytest.fail(
                f"no recordings at {folder}: set SLEEPSCORER_DATA to the folder that has them"
            )
        pytest.skip(_NO_RECORDINGS)
    return folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    n_left_out = sum(_NO_RECORDINGS in str(report.longrepr) for report in skipped)
    if n_left_out:
        terminalreporter.write_line(
            f"Tests left out, as their recordings are not here: {n_left_out}. "
            "SLEEPSCORER_DATA names the folder that has them."
        )


@pytest.fixture
def full_disk() -> Callable[..., AbstractContextManager[None]]:
    """A disk that takes no file longer than some bytes; the system refuses every further one."""
    resource = pytest.importorskip("resource")

    @contextmanager
    def limited(n_bytes: int = 0) -> Iterator[None]:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (n_bytes, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    return limited
