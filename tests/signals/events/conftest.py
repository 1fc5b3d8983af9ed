import numpy as np
import pytest

SFREQ = 100.0


@pytest.fixture
def background() -> np.ndarray:
    """A minute of noise whose spectrum falls as that of sleep does, about 8 µV."""
    rng = np.random.default_rng(3)
    n_times = round(60 * SFREQ)
    spectrum = np.fft.rfft(rng.standard_normal(n_times))
    spectrum /= np.maximum(np.fft.rfftfreq(n_times, 1 / SFREQ), 0.5)
    noise = np.fft.irfft(spectrum, n_times)
    return (8 * noise / noise.std()).astype(np.float32)
