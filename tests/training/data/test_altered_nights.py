from dataclasses import replace

import numpy as np
import pytest

from training.corpora.eegmat import AwakeSubject
from training.data.altered_nights import AwakePieces, cut_awake_pieces, with_altered_copies
from training.data.equipment import Equipment
from training.data.nights import Night
from training.mc2sleepnet.config import AlterationConfig

STAGES = np.repeat([0, 2, 0, 3, 0, 4, 0], [20, 30, 1, 10, 5, 10, 8]).astype(np.int8)
SLEEP_UV, WAKE_UV, FOREIGN_UV = 20.0, 60.0, 11.0

ONLY_WAKE = AlterationConfig(
    wake_derivations=("C3-A2", "O1-A2"),
    wake_share=1.0,
    wake_gain=(1.0, 1.0),
    gain=(0.5, 0.5),
    noise_uv=(0.3, 0.3),
)


def noise_of(deviation_uv: float, n_pieces: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.normal(0, deviation_uv, (n_pieces, 500)).astype(np.float32)


def night() -> Night:
    pieces = noise_of(SLEEP_UV, len(STAGES), 0)
    pieces[STAGES == 0] *= WAKE_UV / SLEEP_UV
    return Night("SC4001", "00", pieces, STAGES)


def awake() -> list[AwakePieces]:
    return [
        AwakePieces(subject, derivation, noise_of(FOREIGN_UV, 12, seed))
        for seed, (subject, derivation) in enumerate(
            [("02", "C3-A2"), ("02", "O1-A2"), ("03", "C3-A2"), ("03", "Pz-LE")]
        )
    ]


def draw(alterations: AlterationConfig, seed: int = 0) -> Night:
    _, copy = with_altered_copies([night()], awake(), alterations)
    return copy.drawn(np.random.default_rng(seed))


def deviations(drawn: Night, stage: int) -> np.ndarray:
    return drawn.samples_uv[:][drawn.stages == stage].std(axis=1)


def test_that_the_nights_stay_and_their_copies_follow():
    nights = [night(), replace(night(), name="SC4002")]
    first, second, *copies = with_altered_copies(nights, awake(), replace(ONLY_WAKE, copies=2))
    assert (first, second) == tuple(nights)
    assert [copy.name for copy in copies] == ["SC4001 altered", "SC4002 altered"] * 2
    assert {copy.subject for copy in copies} == {"00"}
    assert first.drawn(np.random.default_rng(0)) is first


def test_that_whole_nights_are_not_copied():
    whole = Night("a", "00", np.zeros((4, 3000), dtype=np.float32), np.zeros(4, dtype=np.int8))
    assert with_altered_copies([whole], awake(), ONLY_WAKE) == (whole,)


def test_that_wake_becomes_that_of_one_person_and_derivation_and_sleep_is_scaled():
    drawn = draw(ONLY_WAKE)
    np.testing.assert_array_equal(drawn.stages, STAGES)
    np.testing.assert_allclose(deviations(drawn, 0), FOREIGN_UV, rtol=0.15)
    sources = [
        each
        for each in awake()
        if all((each.pieces_uv == piece).all(axis=1).any() for piece in drawn.samples_uv[:20])
    ]
    assert len(sources) == 1
    assert sources[0].derivation != "Pz-LE"  # not among those that wake is taken from
    for stage in (2, 3, 4):
        np.testing.assert_allclose(deviations(drawn, stage), 0.5 * SLEEP_UV, rtol=0.15)


def test_that_the_wake_of_a_run_is_continuous():
    drawn = draw(ONLY_WAKE)
    pieces = next(
        each.pieces_uv for each in awake() if (each.pieces_uv == drawn.samples_uv[0]).all(1).any()
    )
    rows = [int(np.flatnonzero((pieces == piece).all(axis=1))[0]) for piece in drawn.samples_uv[:8]]
    assert set(np.diff(rows) % len(pieces)) == {1}


def test_that_about_half_of_the_runs_of_wake_keep_their_own():
    half = replace(ONLY_WAKE, wake_share=0.5)
    kept = [(deviations(draw(half, seed), 0) > 0.4 * WAKE_UV).mean() for seed in range(60)]
    assert np.mean(kept) == pytest.approx(0.5, abs=0.12)


def test_that_a_draw_is_the_same_at_the_same_place_and_another_elsewhere():
    first, same, other = draw(ONLY_WAKE, 1), draw(ONLY_WAKE, 1), draw(ONLY_WAKE, 2)
    np.testing.assert_array_equal(first.samples_uv[:], same.samples_uv[:])
    assert first.equipment == same.equipment
    assert not np.array_equal(first.samples_uv[:], other.samples_uv[:])


def test_that_the_relative_gain_draws_quiet_and_loud_nights_together():
    relative = replace(ONLY_WAKE, relative_gain_share=1.0, relative_gain_uv=12.0)
    medians = [np.median(deviations(draw(relative, seed), 2)) for seed in range(40)]
    # 12/20 µV at α = 1, ×/÷ 1.25; as it is at α = 0
    assert min(medians) > 0.4 * SLEEP_UV
    assert max(medians) < 1.3 * SLEEP_UV
    assert np.ptp(medians) > 4


def slow_share(pieces: np.ndarray) -> float:
    """Amplitude up to 2 Hz beside that from 15 Hz on, of noise that is white as recorded: 1."""
    spectrum = np.sqrt((np.abs(np.fft.rfft(pieces)) ** 2).mean(axis=0))
    return float(spectrum[1:11].mean() / spectrum[75:].mean())  # bins of 0.2 Hz


def test_that_slow_waves_of_foreign_wake_and_of_the_rest_are_drawn_apart():
    apart = replace(ONLY_WAKE, wake_slow_gain_db=(6.0, 6.0), rest_slow_gain_db=(-6.0, -6.0))
    drawn = draw(apart)
    assert slow_share(drawn.samples_uv[:][STAGES == 0]) == pytest.approx(2.0, rel=0.2)
    assert slow_share(drawn.samples_uv[:][STAGES != 0]) == pytest.approx(0.5, rel=0.2)
    varied = replace(ONLY_WAKE, rest_slow_gain_db=(-9.0, 0.0))
    shares = [slow_share(draw(varied, seed).samples_uv[:][STAGES == 2]) for seed in range(20)]
    assert min(shares) < 0.5 < 0.8 < max(shares)
    own = replace(ONLY_WAKE, wake_share=0.0, wake_slow_gain_db=(6.0, 6.0))
    assert slow_share(draw(own).samples_uv[:][STAGES == 0]) == pytest.approx(1.0, rel=0.2)


def alpha_share(pieces: np.ndarray) -> float:
    """Deviation between 9.4 and 11.2 Hz, to that between 15 and 30 Hz."""
    spectrum = np.abs(np.fft.rfft(pieces)) ** 2  # bins of 0.2 Hz
    return float(np.sqrt(spectrum[:, 47:57].mean() / spectrum[:, 75:150].mean()))


def test_that_foreign_wake_can_have_less_alpha():
    faded = replace(ONLY_WAKE, wake_alpha_share=1.0, wake_alpha_loss_db=(6.0, 6.0))
    drawn = draw(faded)
    assert alpha_share(drawn.samples_uv[:][STAGES == 0]) == pytest.approx(0.5, rel=0.2)
    assert alpha_share(drawn.samples_uv[:][STAGES != 0]) == pytest.approx(1.0, rel=0.2)
    some = replace(faded, wake_alpha_share=0.5)
    shares = [alpha_share(draw(some, seed).samples_uv[:20]) for seed in range(20)]
    assert 4 < sum(share < 0.7 for share in shares) < 16


def test_that_everything_goes_through_equipment_within_the_ranges():
    ranges = replace(
        ONLY_WAKE,
        flip_share=0.5,
        slow_gain_db=(-3.0, 0.5),
        strong_noise_share=0.3,
        high_pass_share=0.5,
        high_pass_hz=(0.4, 1.0),
        low_pass_share=0.3,
    )
    drawn = [draw(ranges, seed).equipment for seed in range(80)]
    assert {each.gain for each in drawn} == {1.0, -1.0}
    assert all(-3 <= each.slow_gain_db <= 0.5 for each in drawn)
    assert {each.high_pass_order for each in drawn} == {1, 2}
    assert all(each.high_pass_hz == 0 or 0.4 <= each.high_pass_hz <= 1 for each in drawn)
    assert 0.3 < np.mean([each.high_pass_hz > 0 for each in drawn]) < 0.7
    assert 0.1 < np.mean([each.low_pass_hz > 0 for each in drawn]) < 0.5
    assert 0.1 < np.mean([each.noise_uv > 2 for each in drawn]) < 0.5
    assert Equipment() not in drawn


def test_that_a_derivation_that_nobody_has_is_named():
    with pytest.raises(ValueError, match="nobody who is awake has F3-A2"):
        with_altered_copies([night()], awake(), replace(ONLY_WAKE, wake_derivations=("F3-A2",)))


def test_that_awake_pieces_do_not_cross_from_rest_to_task():
    rest = np.full(1200, 5.0, dtype=np.float32)
    task = np.full(700, -5.0, dtype=np.float32)
    (pieces,) = cut_awake_pieces([AwakeSubject("02", {"C3-A2": (rest, task)})])
    np.testing.assert_allclose(pieces.pieces_uv.mean(axis=1), [5, 5, -5], atol=0.1)
    np.testing.assert_allclose(pieces.pieces_uv.std(axis=1), 0, atol=0.1)
