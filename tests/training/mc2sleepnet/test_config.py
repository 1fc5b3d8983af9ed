from dataclasses import asdict
from pathlib import Path

import pytest

import training
from model import files
from resources import WEIGHTS_FOLDER
from sleepscorer.codec import structured
from training.mc2sleepnet.config import _FLAT, TrainingConfig, completed, in_tables, read_config

CONFIGS = Path(training.__file__).parent / "configs"
REQUIRED = (
    'name = "Net"\nversion = "0"\nseed = 1\n'
    '[split]\nvalidation_subjects = ["01"]\ntest_subjects = []\n'
)


OF_OTHER_NETWORKS = ("excerpts", "neuronet", "synthsleepnet")
SHIPPED = sorted(
    path for path in CONFIGS.glob("*.toml") if not path.name.startswith(OF_OTHER_NETWORKS)
)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_that_a_shipped_configuration_separates_subjects(path):
    config = read_config(path)
    split = config.split
    assert split.validation_subjects or split.protocol != "named" or config.name == ""
    assert not set(split.validation_subjects) & set(split.test_subjects)


def test_that_lists_become_tuples(tmp_path):
    path = tmp_path / "c.toml"
    path.write_text(REQUIRED + "[augmentation]\nnoise_uv = [0.1, 0.2]\n")
    config = read_config(path)
    assert config.augmentation.noise_uv == (0.1, 0.2)
    assert config.split.validation_subjects == ("01",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("name = ", "Invalid value"),
        (REQUIRED + "sede = 2\n", r"extra fields found \(sede\) @ \$\.split"),
        (
            REQUIRED + '[optimisation]\nschedule = "linear"\n',
            "'linear' is none of cosine, constant",
        ),
        (REQUIRED + "[sequence]\nmask_ratio = 1.5\n", r"mask_ratio must be 0 to 1.*\$\.sequence"),
        (REQUIRED + "[pretraining]\nmask_ratio = 50\n", r"mask_ratio must be.*\$\.pretraining"),
        (REQUIRED + '[epochs]\nsequence_kinds = ["whole"]\n', "'whole' is none of mosaic, pse"),
        (REQUIRED + '[epochs]\nblind_kinds = ["mosaic"]\n', "'mosaic' is none of pseudo, mirr"),
        (REQUIRED + "[epochs]\nblind_kinds = []\n", "blind_kinds must name at least one"),
        (REQUIRED + "[epoch]\npiece_counts = [7]\n", "piece_counts must be 1 to 6"),
        (REQUIRED + '[epoch]\nsteps = "many"\n', r"'many' is no int @ \$\.epoch\.steps"),
        (REQUIRED + "[epoch]\nsteps = 0\n[sequence]\nsteps = 0\n", "must be positive"),
        (REQUIRED + "[network]\nd_model = 100\n", "no multiple of n_heads"),
        (REQUIRED + "[altered]\ncopies = 0\n", "at least one copy"),
        (REQUIRED + "[altered]\nwake_share = 2\n", "wake_share must be 0 to 1"),
        (REQUIRED + "[altered]\ngain = [1.0, 0.5]\n", "gain must be two numbers in order"),
        (REQUIRED + "[altered]\nnoise_uv = [0.0, 1.0]\n", "noise_uv must be positive"),
        (REQUIRED + "[altered]\ngian = [1.0, 0.5]\n", "gian"),
        ("epoch = 3\nepoch_steps = 3\n" + REQUIRED, "not a mapping"),
        ('name = "Net"\n', r"required field missing @ \$\.version"),
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


def test_that_a_flat_configuration_of_before_is_read_as_its_tables(tmp_path):
    path, flat = tmp_path / "tables.toml", tmp_path / "flat.toml"
    path.write_text(
        'name = "Net"\nversion = "0"\nseed = 1\ncheckpoint_every = 9\n'
        '[split]\nprotocol = "folds"\nfold = 3\n'
        "[epochs]\nown_share = 0.3\n"
        '[augmentation]\nkind = "each"\nnoise_share = 0.2\nflip_share = 0.5\n'
        '[optimisation]\nprecision = "bfloat16"\n'
        "[loss]\nlabel_smoothing = 0.1\nsum_over_sequence = true\n"
        "[selection]\npatience = 4\n"
        "[epoch]\nsteps = 5\nclass_balance = 0.1\npiece_counts = [6, 1]\n"
        "[pretraining]\nsteps = 6\nmask_ratio = 0.2\nweights = [1, 0.5, 0.5]\n"
        "[sequence]\nsteps = 7\nmask_ratio = 0.3\nclass_balance = 0.2\naveraging = 0.9\n"
        "[network]\nn_heads = 4\n[altered]\nflip_share = 0.4\n"
    )
    flat.write_text(
        'name = "Net"\nversion = "0"\nseed = 1\nprotocol = "folds"\nfold = 3\nown_share = 0.3\n'
        'augmentation = "each"\nnoise_share = 0.2\nflip_share = 0.5\nprecision = "bfloat16"\n'
        "label_smoothing = 0.1\nce_sum_over_sequence = true\npatience = 4\nepoch_steps = 5\n"
        "class_balance = 0.1\npiece_counts = [6, 1]\npretrain_steps = 6\n"
        "pretrain_mask_ratio = 0.2\npretrain_weights = [1, 0.5, 0.5]\nsequence_steps = 7\n"
        "mask_ratio = 0.3\nsequence_class_balance = 0.2\nsequence_averaging = 0.9\n"
        "checkpoint_every = 9\n[network]\nn_heads = 4\n[altered]\nflip_share = 0.4\n"
    )
    assert read_config(flat) == read_config(path)


def test_that_every_name_of_before_has_an_entry_of_its_own():
    tables = asdict(TrainingConfig("Net", "0", 1))
    flat = {name: tables[table][entry] for name, (table, entry) in _FLAT.items()}
    rest = ("name", "version", "seed", "checkpoint_every", "network", "altered")
    flat |= {name: tables[name] for name in rest}
    assert completed(flat) == completed(tables) == tables  # what came later has its default


def test_that_the_configuration_of_the_shipped_version_is_read():
    flat = files.read(files.newest(WEIGHTS_FOLDER)).description.training["config"]
    tables = in_tables(flat)
    structured(tables, TrainingConfig)  # refuses what it does not know
    assert _n_entries(tables) == _n_entries(flat)


def _n_entries(config: dict[str, object]) -> int:
    return sum(len(value) if isinstance(value, dict) else 1 for value in config.values())
