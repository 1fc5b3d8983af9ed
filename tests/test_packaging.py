"""What packaging/ needs to stay fit for freezing; freezing itself is packaging/freeze.sh."""

import ast
import configparser
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import numpy as np
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from PIL import Image

from sleepscorer.io.recordings import RECORDING_SUFFIXES, open_recording
from sleepscorer.io.session import SUFFIX
from sleepscorer.loop.finetune import training_program

ROOT = Path(__file__).parents[1]
PACKAGING = ROOT / "packaging"
SPEC = PACKAGING / "sleepscorer.spec"
LOCK = PACKAGING / "requirements.lock"


def _script(name: str) -> ModuleType:
    """A script as a module; its folder is no package."""
    path = PACKAGING / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"{name}_of_packaging", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def smoke_test() -> ModuleType:
    return _script("smoke_test_frozen")


@pytest.fixture
def materials() -> ModuleType:
    return _script("materials")


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


def test_that_no_module_is_left_out_that_a_template_of_reports_needs():
    code = "import sys, sleepscorer.report.template; print(*sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    needed = {name for name in ended.stdout.split() if name.startswith(("jinja2", "markupsafe"))}
    assert "jinja2.sandbox" in needed
    left_out = {name for name in needed if "tests" in name.split(".")}
    assert left_out <= set(_value_in_specification("USED_TESTS"))


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
    here = [one for one in requirements if one.marker is None or one.marker.evaluate()]
    return {canonicalize_name(one.name): one for one in here}


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


_READ_SOURCES = """
import inspect, json, sys
read, find = set(), inspect.findsource
def noted(found):
    read.add(str(inspect.getsourcefile(found)))
    return find(found)
inspect.findsource = noted
import io, torch, torch._dynamo
weight = torch.nn.Parameter(torch.zeros(3))
optimiser = torch.optim.AdamW([weight])
weight.sum().backward()
optimiser.step()
torch.save(optimiser.state_dict(), io.BytesIO())
print(json.dumps([sorted(read), sorted(sys.modules)]))
"""


@pytest.mark.timeout(300)
def test_that_what_is_left_out_of_torch_is_neither_imported_nor_read():
    command = [sys.executable, "-c", _READ_SOURCES]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    read, imported = json.loads(ended.stdout)
    sources = {Path(path).as_posix().rpartition("/torch/")[2] for path in read if "/torch/" in path}
    kept = {f"{name}.py" for name in _value_in_specification("SOURCES_THAT_TORCH_READS")}
    assert sources <= kept
    # Settings are read when they are imported, some of them only later.
    torch = Path(next(path for path in read if path.endswith("/torch/functional.py"))).parent
    settings = {
        path.relative_to(torch).as_posix()
        for path in torch.rglob("*config*.py")
        if "\ninstall_config_module(" in path.read_text("utf-8")
    }
    assert len(settings) > 5
    assert {one for one in settings if not one.startswith("testing/")} <= kept
    unused = _value_in_specification("UNUSED_TORCH")
    assert not {name for name in imported if name.startswith(unused)}


def test_that_the_training_program_is_one_of_the_executables(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "sleepscorer"))
    for name in _value_in_specification("OTHER_EXECUTABLES"):
        (tmp_path / name).touch()
    assert Path(*training_program()).parent == tmp_path


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("name", "said"), [("sleepscorer-console", "SleepScorer"), ("sleepscorer-training", "finetune")]
)
def test_that_the_name_of_an_executable_says_what_runs(tmp_path, name, said):
    program = tmp_path / name
    program.symlink_to(PACKAGING / "launch.py")
    option = "--version" if said == "SleepScorer" else "--help"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(program), option]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert said in ended.stdout


@pytest.mark.parametrize(
    ("bundled", "left"),
    [
        ({"LD_LIBRARY_PATH": "/bundle"}, None),
        ({"LD_LIBRARY_PATH": "/bundle", "LD_LIBRARY_PATH_ORIG": "/own"}, "/own"),
        ({}, None),
    ],
)
def test_that_other_programs_look_for_their_libraries_where_they_did(monkeypatch, bundled, left):
    for name in ("LD_LIBRARY_PATH", "LD_LIBRARY_PATH_ORIG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in bundled.items():
        monkeypatch.setenv(name, value)
    _script("launch").give_back_library_path()
    assert os.environ.get("LD_LIBRARY_PATH") == left
    assert "LD_LIBRARY_PATH_ORIG" not in os.environ


def test_that_the_desktop_entry_offers_files_that_are_read():
    entry = configparser.RawConfigParser()
    entry.optionxform = str
    entry.read(PACKAGING / "linux" / "sleepscorer.desktop", "utf-8")
    offered = entry["Desktop Entry"]["MimeType"].rstrip(";").split(";")
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    types = ElementTree.parse(PACKAGING / "linux" / "sleepscorer-mime.xml").getroot()
    assert offered == [one.attrib["type"] for one in types.iter(f"{space}mime-type")]
    suffixes = {one.attrib["pattern"].removeprefix("*") for one in types.iter(f"{space}glob")}
    # Another program's .set files have nothing to do with sleep.
    assert suffixes == {*RECORDING_SUFFIXES, SUFFIX} - {".set"}


def test_that_every_system_offers_the_same_files():
    offered = {*RECORDING_SUFFIXES, SUFFIX} - {".set"}
    installer = (PACKAGING / "windows" / "sleepscorer.iss").read_text("utf-8")
    on_windows = re.findall(r"Software\\Classes\\(\.\w+)\\OpenWithProgids", installer)
    assert sorted(on_windows) == sorted(offered)
    (on_macos,) = re.findall(r'"CFBundleTypeExtensions": (\[.*\])', SPEC.read_text("utf-8"))
    assert {f".{suffix}" for suffix in ast.literal_eval(on_macos)} == offered


def test_that_every_system_has_its_bill_of_materials_and_checksums():
    steps = (ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8")
    scripts = (PACKAGING / "linux" / "release.sh", PACKAGING / "macos" / "dmg.sh")
    for text in (steps, *(script.read_text("utf-8") for script in scripts)):
        assert 'cp dist/SleepScorer/_internal/sleepscorer.cdx.json "dist/$name.cdx.json"' in text
        assert re.search(r'sum\b.* "\$name"\.\* >SHA256SUMS', text)
    assert _script("materials").BILL_NAME == "sleepscorer.cdx.json"


def test_that_the_installer_is_made_as_the_contributors_are_told():
    installer = (PACKAGING / "windows" / "sleepscorer.iss").read_text("utf-8")
    told = " ".join((ROOT / "CONTRIBUTING.md").read_text("utf-8").split())
    (needed,) = re.findall(r"#ifndef (\w+)", installer)
    assert f"iscc /D{needed}=" in told
    (name,) = re.findall(r"OutputBaseFilename=(\S+)", installer)
    steps = (ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8")
    assert f'name="{name.replace("{#Version}", "$version")}"' in steps


def test_that_installing_for_a_desktop_can_be_taken_back(tmp_path):
    folder = tmp_path / "Schlaf Übung $1"
    (folder / "share").mkdir(parents=True)
    shutil.copy(PACKAGING / "linux" / "install.sh", folder)
    for name in ("sleepscorer.desktop", "sleepscorer-mime.xml"):
        shutil.copy(PACKAGING / "linux" / name, folder / "share")
    shutil.copy(ROOT / "resources" / "icon" / "sleepscorer.png", folder / "share")
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path / "home")}
    command = ["sh", str(folder / "install.sh")]
    subprocess.run(command, check=True, env=environment)
    share = tmp_path / "home" / ".local" / "share"
    text = (share / "applications" / "sleepscorer.desktop").read_text("utf-8")
    program = str(folder / "sleepscorer").replace("$", r"\\$")
    assert f'Exec="{program}" %f\n' in text
    subprocess.run([*command, "--remove"], check=True, env=environment)
    assert not [path for path in share.rglob("*sleepscorer*") if path.is_file()]


def test_that_the_icons_are_those_that_are_drawn(tmp_path):
    icons = _script("icons")
    with Image.open(icons.FOLDER / "sleepscorer.ico") as icon:
        assert {size for size, _ in icon.info["sizes"]} == set(icons.SIZES_PX)
    with Image.open(icons.FOLDER / "sleepscorer.png") as stored:
        drawn = np.asarray(icons.drawing(stored.width).convert("RGBA"), np.int16)
        assert np.abs(drawn - np.asarray(stored.convert("RGBA"), np.int16)).mean() < 1


def test_that_the_licence_of_every_frozen_package_is_found(materials, smoke_test):
    for name in sorted({*smoke_test.LICENSED, *_locked()} - {"Python", "sleepscorer"}):
        try:
            distribution(name)
        except PackageNotFoundError:
            continue  # PyInstaller and what only it needs
        known = {one.casefold().replace("_", "-"): one for one in materials.UNACCOMPANIED_LICENCES}
        texts = materials.distribution_licences(known.get(name.casefold(), name))
        assert texts, name
        assert all(path.is_file() for path, _ in texts), name


def test_that_qt_comes_with_its_licence_on_every_system(materials):
    for name in materials.UNACCOMPANIED_LICENCES:
        texts = [path.read_text("utf-8") for path, _ in materials.distribution_licences(name)]
        assert "GNU LESSER GENERAL PUBLIC LICENSE" in texts[0]
        assert "GNU GENERAL PUBLIC LICENSE" in texts[1]
        assert all(
            path.is_relative_to(PACKAGING) for path, _ in materials.distribution_licences(name)
        )


def test_that_the_licence_of_python_is_found_where_windows_has_it(tmp_path, materials, monkeypatch):
    (tmp_path / "Lib").mkdir()
    (tmp_path / "LICENSE.txt").write_text("PSF", "utf-8")
    monkeypatch.setattr(materials.sysconfig, "get_path", lambda name: str(tmp_path / "Lib"))
    monkeypatch.setattr(materials.sys, "base_prefix", str(tmp_path))
    assert materials.python_licence().read_text("utf-8") == "PSF"


def test_that_the_bill_names_each_part_with_version_and_licence(materials):
    names = materials.distributions(["h5py", "attr"], [("numpy/core.so", "", "BINARY")])
    names.remove("pyinstaller")  # not installed for tests
    bill = json.loads(materials.bill(names, [], "1.2"))
    assert bill == json.loads(materials.bill(names, [], "1.2"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    parts = {part["name"]: part for part in bill["components"]}
    assert set(parts) == {"Python", "attrs", "h5py", "numpy"}
    assert parts["h5py"]["version"] == distribution("h5py").version
    assert all(part["licenses"] and part["purl"].startswith("pkg:") for part in parts.values())


def _value_in_specification(name: str) -> tuple[str, ...]:
    for node in ast.parse(SPEC.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            value = compile(ast.Expression(node.value), SPEC.name, "eval")
            return eval(value, {})  # of the specification itself, without names of others
    raise AssertionError(f"{SPEC.name} does not define {name}")
