"""What packaging/ needs to stay fit for freezing; freezing itself is packaging/freeze.sh."""

import ast
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from sleepscorer.io.recordings import open_recording

ROOT = Path(__file__).parents[1]
PACKAGING = ROOT / "packaging"
SPEC = PACKAGING / "sleepscorer.spec"


@pytest.fixture
def smoke_test() -> ModuleType:
    """The smoke test as a module; its folder is no package."""
    path = PACKAGING / "smoke_test_frozen.py"
    spec = importlib.util.spec_from_file_location("smoke_test_of_packaging", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_that_packaging_is_the_library_and_not_our_folder(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT))
    found = importlib.util.find_spec("packaging.version")
    assert found is not None
    assert found.origin is not None
    assert not Path(found.origin).is_relative_to(PACKAGING)
    assert not (PACKAGING / "__init__.py").exists()


@pytest.mark.parametrize("script", sorted(PACKAGING.rglob("*.py")), ids=lambda path: path.name)
def test_that_no_script_is_named_like_a_module(script):
    assert script.stem not in sys.stdlib_module_names
    assert importlib.util.find_spec(script.stem) is None


def test_that_the_specification_is_valid_python():
    compile(SPEC.read_text("utf-8"), SPEC.name, "exec")


def test_that_the_specification_names_every_folder_and_file_of_resources():
    resources = ROOT / "resources"
    with_data = {
        file.relative_to(resources).parts[0]
        for file in resources.rglob("*")
        if file.is_file() and not file.suffix.startswith(".py")
    }
    for_readers_of_the_readme = {"screenshots"}
    named = {
        *_value_in_specification("RESOURCE_FOLDERS"),
        *_value_in_specification("RESOURCE_FILES"),
    }
    assert named | for_readers_of_the_readme == with_data


@pytest.mark.parametrize("suffix", [".edf", ".vhdr"])
def test_that_the_smoke_tests_recordings_open(tmp_path, smoke_test, suffix):
    path = tmp_path / f"night{suffix}"
    {".edf": smoke_test.write_edf, ".vhdr": smoke_test.write_brainvision}[suffix](path)
    recording = open_recording(path)
    assert recording.n_epochs == smoke_test.N_EPOCHS
    assert [(channel.label, channel.sfreq) for channel in recording.channels] in (
        [("EEG Fpz-Cz", 100.0)],
        [("Fpz-Cz", 100.0)],
    )
    recording.close()


def _value_in_specification(name: str) -> tuple[str, ...]:
    for node in ast.parse(SPEC.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return ast.literal_eval(node.value)
    raise AssertionError(f"{SPEC.name} does not define {name}")
