from pathlib import Path

import pytest

import training
from training.mc2sleepnet.config import read_config

CONFIGS = Path(training.__file__).parent / "configs"
REQUIRED = (
    'name = "Net"\nversion = "0"\nseed = 1\nvalidation_subjects = ["01"]\ntest_subjects = []\n'
)


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.toml")), ids=lambda path: path.name)
def test_that_a_shipped_configuration_separates_subjects(path):
    config = read_config(path)
    assert config.validation_subjects or config.protocol != "named"
    assert not set(config.validation_subjects) & set(config.test_subjects)


def test_that_lists_become_tuples(tmp_path):
    path = tmp_path / "c.toml"
    path.write_text(REQUIRED + "noise_uv = [0.1, 0.2]\n")
    config = read_config(path)
    assert config.noise_uv == (0.1, 0.2)
    assert config.validation_subjects == ("01",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("name = ", "Invalid value"),
        (REQUIRED + "sede = 2\n", "unknown entries sede"),
        (REQUIRED + 'schedule = "linear"\n', "schedule must be one of cosine, constant"),
        (REQUIRED + "mask_ratio = 1.5\n", "mask_ratio must be 0 to 1"),
        (REQUIRED + "pretrain_mask_ratio = 50\n", "pretrain_mask_ratio must be 0 to 1"),
        (REQUIRED + 'sequence_kinds = ["whole"]\n', "sequence_kinds must be some of mosaic, pse"),
        (REQUIRED + 'blind_kinds = ["mosaic"]\n', "blind_kinds must be some of pseudo, mirr"),
        (REQUIRED + "blind_kinds = []\n", "blind_kinds must be some of"),
        (REQUIRED + "piece_counts = [7]\n", "piece_counts must be 1 to 6"),
        (REQUIRED + "sequence_steps = 0\n", "must be positive"),
        (REQUIRED + "[network]\nd_model = 100\n", "no multiple of n_heads"),
        (REQUIRED + "[altered]\ncopies = 0\n", "at least one copy"),
        (REQUIRED + "[altered]\nwake_share = 2\n", "wake_share must be 0 to 1"),
        (REQUIRED + "[altered]\ngain = [1.0, 0.5]\n", "gain must be two numbers in order"),
        (REQUIRED + "[altered]\nnoise_uv = [0.0, 1.0]\n", "noise_uv must be positive"),
        (REQUIRED + "[altered]\ngian = [1.0, 0.5]\n", "gian"),
        ('name = "Net"\n', "missing 2 required"),
    ],
)
def test_that_a_wrong_configuration_is_named(tmp_path, content, message):
    path = tmp_path / "c.toml"
    path.write_text(content)
    with pytest.raises(ValueError, match=rf"c\.toml.*{message}"):
        read_config(path)


def test_that_alterations_are_a_table_of_their_own(tmp_path):
    path = tmp_path / "c.toml"
    path.write_text(REQUIRED + "[altered]\nslow_gain_db = [-3.0, 0.5]\n")
    altered = read_config(path).altered
    assert altered is not None
    assert altered.slow_gain_db == (-3.0, 0.5)
    path.write_text(REQUIRED)
    assert read_config(path).altered is None


def test_that_the_architecture_is_a_table_of_its_own(tmp_path):
    path = tmp_path / "c.toml"
    path.write_text(REQUIRED + '[network]\ncnn = "sleepyco256_chanpool"\n')
    assert read_config(path).network.cnn == "sleepyco256_chanpool"
