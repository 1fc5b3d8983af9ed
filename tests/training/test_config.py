from pathlib import Path

import pytest

import training
from training.config import read_config

CONFIGS = Path(training.__file__).parent / "configs"
REQUIRED = (
    'name = "Net"\nversion = "0"\nseed = 1\nvalidation_subjects = ["01"]\ntest_subjects = []\n'
)


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.toml")), ids=lambda path: path.name)
def test_that_a_shipped_configuration_separates_subjects(path):
    config = read_config(path)
    assert config.validation_subjects
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
        ('name = "Net"\n', "missing 4 required"),
    ],
)
def test_that_a_wrong_configuration_is_named(tmp_path, content, message):
    path = tmp_path / "c.toml"
    path.write_text(content)
    with pytest.raises(ValueError, match=rf"c\.toml.*{message}"):
        read_config(path)
