"""The range that a trace without a height is shown in."""

import numpy as np
import pytest

from sleepscorer.domain.channels import Channel, ChannelKind, Derivation
from sleepscorer.domain.montage import Trace
from sleepscorer.domain.recording import Recording, Stretch
from sleepscorer.signals.pages import fitted_range, sampled


class Steps(Recording):
    """Channel k runs from -k to k; notes which pages are read in which order."""

    def __init__(self, path, n_channels: int) -> None:
        self.read_at: list[float] = []
        super().__init__(
            path,
            start=None,
            channels=tuple(
                Channel(index, f"X {index}", ChannelKind.OTHER, "", 10.0)
                for index in range(n_channels)
            ),
            stretches=(Stretch(0.0, 3600.0),),
        )

    def read(self, channel, start_s, stop_s):
        self.read_at.append(start_s)
        n_times = round((stop_s - start_s) * channel.sfreq)
        return np.linspace(-channel.index, channel.index, n_times, dtype=np.float32)

    def read_annotations(self):
        return ()

    def close(self) -> None:
        pass


def traces(recording: Recording) -> list[Trace]:
    return [
        Trace(Derivation(one.label), one.kind, one.unit, one.sfreq, None, None, None)
        for one in recording.channels
    ]


def test_that_each_trace_gets_the_range_of_its_own_values(tmp_path):
    recording = Steps(tmp_path / "night.edf", 6)
    shown = traces(recording)
    nights = sampled(recording, shown)
    found = [fitted_range(trace, own) for trace, own in zip(shown, nights, strict=True)]
    assert [height for _, height in found] == pytest.approx(
        [1.0, *(2 * 0.98 * index / 0.7 for index in range(1, 6))], rel=0.02
    )
    assert all(offset == pytest.approx(0, abs=0.05) for offset, _ in found)


def test_that_all_traces_of_a_page_are_read_before_the_next_one(tmp_path):
    recording = Steps(tmp_path / "night.edf", 6)
    sampled(recording, traces(recording))
    assert recording.read_at == sorted(recording.read_at)
    assert len(set(recording.read_at)) == 8


def test_that_nothing_is_sampled_of_no_traces(tmp_path):
    assert sampled(Steps(tmp_path / "night.edf", 1), []) == []
