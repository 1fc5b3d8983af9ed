"""A network that nothing but its own folder knows of goes all the way."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from model import registry, weights
from model.network import Explains
from sleepscorer import headless
from sleepscorer.autoscoring import load_model, stage_recording
from sleepscorer.domain.stages import Stage
from sleepscorer.domain.versions import Decision
from sleepscorer.io.edf_writing import write_edf
from sleepscorer.io.recordings import open_recording
from sleepscorer.io.scoring_formats import scoring_format
from sleepscorer.models.calibration import Calibration
from sleepscorer.models.store import ModelStore
from sleepscorer.network_input import preferred_derivation
from sleepscorer.signals.simulation import simulate_night

ROW = (0.1, 0.1, 0.2, 0.1, 0.5)
NOW = datetime(2026, 11, 25, 22, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def night_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("night") / "night.edf"
    write_edf(path, simulate_night(seed=1, n_epochs=24).channels, start=datetime(2026, 1, 1, 22))
    return path


def test_that_it_is_found_by_its_folder():
    assert {"constant", "mc2sleepnet"} <= set(registry.names())


def test_that_it_is_imported_chosen_stages_is_calibrated_and_left_again(
    write_constant, night_path, tmp_path, capsys
):
    store = ModelStore()
    bundled = store.active()
    version = store.import_file(write_constant(), by="Anna")
    assert store.active() == bundled  # nothing is used before somebody decides

    store.activate(Decision(version.sha256, "Anna", NOW, "to try it"))
    model = load_model()
    assert (model.name, model.sha256) == ("Constant", version.sha256)
    with closing(open_recording(night_path)) as recording:
        derivation = preferred_derivation(recording, model.network.spec)
        staging = stage_recording(recording, derivation, model)
        (prediction,) = staging.predictions
        np.testing.assert_allclose(prediction.probabilities, np.tile(ROW, (24, 1)), rtol=1e-6)
        assert prediction.model == "Constant 1"
        assert staging.epochs.shape == (24, 1, 64 * 30)
        assert staging.features is None
        assert not isinstance(model.network, Explains)
        assert staging.hypnodensity.stage(3) is Stage.R

        store.calibrate(Calibration(version.sha256, {"stages": 2.0}, 100, "Anna", NOW))
        surer = stage_recording(recording, derivation, load_model()).hypnodensity
    expected = np.sqrt(ROW) / np.sqrt(ROW).sum()
    np.testing.assert_allclose(surer.probabilities[0], expected, rtol=1e-5)
    assert surer.weights_sha256 == version.sha256

    csv = scoring_format("csv")
    assert headless.score([night_path], out=tmp_path / "out", scoring_format=csv) == 0
    assert "Constant 1 on" in capsys.readouterr().err

    assert store.roll_back(by="Anna", why="it says R all night") == bundled
    assert load_model().sha256 == bundled.sha256
    store.delete(version, by="Anna")
    assert store.versions() == (bundled,)


def test_that_its_file_does_not_fit_another_network(write_constant, tmp_path):
    path = write_constant(row=(1.0, 0.0))
    content = path.read_bytes()
    assert weights.load(path, "cpu").version == "1"
    path.write_bytes(content.replace(b"constant", b"constanz"))
    with pytest.raises(weights.WeightsError, match="damaged or was changed"):
        weights.load(path, "cpu")
