"""What packaging/ needs to stay fit for freezing; freezing itself is packaging/freeze.sh."""

import ast
import importlib.util
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from sleepscorer.io.recordings import open_recording

ROOT = Path(__file__).parents[1]
PACKAGING = ROOT / "packaging"
SPEC = PACKAGING / "sleepscorer.spec"
LOCK = PACKAGING / "requirements.lock"


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


def test_that_the_specification_names_every_folder_and_file_of_resources(smoke_test):
    shipped = {
        file.relative_to(ROOT / "resources").parts[0] for file in smoke_test.shipped_resources()
    }
    named = {
        *_value_in_specification("RESOURCE_FOLDERS"),
        *_value_in_specification("RESOURCE_FILES"),
    }
    assert named == shipped


@pytest.mark.parametrize("suffix", [".edf", ".vhdr", ".set"])
def test_that_the_smoke_tests_recordings_open(tmp_path, smoke_test, suffix):
    path = tmp_path / f"night{suffix}"
    {
        ".edf": smoke_test.write_edf,
        ".vhdr": smoke_test.write_brainvision,
        ".set": smoke_test.write_eeglab,
    }[suffix](path)
    recording = open_recording(path)
    assert recording.n_epochs == smoke_test.N_EPOCHS
    assert [(channel.label, channel.sfreq) for channel in recording.channels] in (
        [("EEG Fpz-Cz", 100.0)],
        [("Fpz-Cz", 100.0)],
    )
    recording.close()


def _locked() -> dict[str, Requirement]:
    lines = [line for line in LOCK.read_text("utf-8").splitlines() if not line.startswith("#")]
    requirements = [Requirement(line) for line in lines]
    return {canonicalize_name(one.name): one for one in requirements}


def test_that_the_lock_pins_every_package_to_one_version():
    for name, locked in _locked().items():
        assert [one.operator for one in locked.specifier] == ["=="], name


def test_that_the_lock_satisfies_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    locked = _locked()
    for text in [*project["dependencies"], *project["optional-dependencies"]["freeze"]]:
        asked = Requirement(text)
        (pin,) = locked[canonicalize_name(asked.name)].specifier
        assert asked.specifier.contains(pin.version), text


def test_that_the_lock_holds_what_its_packages_ask_for():
    locked = _locked()
    for name, requirement in locked.items():
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue  # PyInstaller and what only it needs
        if not requirement.specifier.contains(found.version, prereleases=True):
            continue  # another version may ask for others
        for asked in map(Requirement, found.requires or ()):
            if asked.marker is None or asked.marker.evaluate({"extra": ""}):
                (pin,) = locked[canonicalize_name(asked.name)].specifier
                assert asked.specifier.contains(Version(pin.version), prereleases=True), name


@pytest.mark.timeout(300)
def test_that_the_application_says_what_the_smoke_test_expects(tmp_path, smoke_test):
    launcher = tmp_path / "sleepscorer"
    launcher.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sleepscorer "$@"\n', "utf-8")
    launcher.chmod(0o755)
    smoke_test.check_version(launcher, tmp_path)
    smoke_test.check_scoring(launcher, tmp_path)


@pytest.fixture
def contents(tmp_path, monkeypatch, smoke_test):
    """A bundle that holds what the smoke test looks for."""
    contents = tmp_path / "_internal"
    for file in smoke_test.shipped_resources():
        copy = contents / file.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    texts = [contents / "licenses" / name / "LICENSE" for name in smoke_test.LICENSED]
    texts += [contents / f"PySide6/Qt/translations/qtbase_{name}.qm" for name in ("de", "en")]
    for file in texts:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    monkeypatch.setattr(smoke_test, "CONTENTS", contents)
    return contents


def test_that_a_complete_bundle_passes(contents, smoke_test):
    smoke_test.check_contents()


@pytest.mark.parametrize(
    "name",
    ["resources/definitions.md", "licenses/mne/LICENSE", "PySide6/Qt/translations/qtbase_de.qm"],
)
def test_that_a_bundle_without_a_file_fails(contents, smoke_test, name):
    (contents / name).unlink()
    with pytest.raises(smoke_test.SmokeTestError, match=r"missing"):
        smoke_test.check_contents()


@pytest.mark.parametrize("name", ["matplotlib", "mne/tests", "torch/test"])
def test_that_a_bundle_with_what_nobody_needs_fails(contents, smoke_test, name):
    (contents / name).mkdir(parents=True)
    with pytest.raises(smoke_test.SmokeTestError, match=r"should not be there"):
        smoke_test.check_contents()


def test_that_a_bundle_with_a_changed_file_fails(contents, smoke_test):
    (contents / "resources/definitions.md").write_text("Other definitions", "utf-8")
    with pytest.raises(smoke_test.SmokeTestError, match=r"definitions\.md is missing or differs"):
        smoke_test.check_contents()


def _value_in_specification(name: str) -> tuple[str, ...]:
    for node in ast.parse(SPEC.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return ast.literal_eval(node.value)
    raise AssertionError(f"{SPEC.name} does not define {name}")
