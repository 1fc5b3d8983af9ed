import numpy as np
import pytest

from sleepscorer.domain.waves import WaveKind, Waves


def waves_at(*onsets_s: float, duration_s: float = 1.0) -> Waves:
    onsets = np.array(onsets_s, float)
    durations = np.full(onsets.size, duration_s)
    return Waves(WaveKind.SPINDLE, "C4-M1", onsets, durations, np.full(onsets.size, 30.0))


def test_that_waves_that_only_reach_into_a_page_are_on_it():
    waves = waves_at(0, 9.5, 12, 20)
    onsets_s, stops_s = waves.between(10, 20)
    assert onsets_s.tolist() == [9.5, 12]
    assert stops_s.tolist() == [10.5, 13]


def test_that_waves_that_touch_the_edge_are_not_on_the_page():
    assert waves_at(9, 20).between(10, 20)[0].size == 0


def test_that_chosen_waves_keep_their_kind_and_channel():
    chosen = waves_at(1, 2).chosen(np.array([False, True]))
    assert (chosen.kind, chosen.channel, chosen.stops_s.tolist()) == (
        WaveKind.SPINDLE,
        "C4-M1",
        [3.0],
    )


def test_that_arrays_that_do_not_belong_together_are_refused():
    with pytest.raises(ValueError, match="differ in number"):
        Waves(WaveKind.SPINDLE, "", np.zeros(2), np.zeros(2), np.zeros(1))
    with pytest.raises(ValueError, match="not in order"):
        waves_at(2, 1)
