import os
import stat

import pytest

from sleepscorer.domain.errors import ScoringError
from sleepscorer.io.atomic import replacing


@pytest.fixture
def former(tmp_path):
    path = tmp_path / "night.csv"
    path.write_text("former")
    return path


def files(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_that_a_new_file_is_written(tmp_path):
    path = tmp_path / "night.csv"
    with replacing(path) as temporary:
        assert (temporary.parent, temporary.suffix) == (tmp_path, ".csv")
        temporary.write_text("new")
        assert not path.exists()
    assert path.read_text() == "new"
    assert files(tmp_path) == ["night.csv"]


def test_that_an_existing_file_is_replaced_as_a_whole_at_the_end(former):
    with replacing(former) as temporary:
        temporary.write_text("new")
        assert former.read_text() == "former"
    assert former.read_text() == "new"
    assert files(former.parent) == ["night.csv"]


@pytest.mark.parametrize("error", [ValueError("bug"), KeyboardInterrupt()])
def test_that_an_error_leaves_the_former_file_and_nothing_else(former, error):
    def write() -> None:
        with replacing(former) as temporary:
            temporary.write_text("half")
            raise error

    with pytest.raises(type(error)):
        write()
    assert former.read_text() == "former"
    assert files(former.parent) == ["night.csv"]


def test_that_a_full_disk_leaves_the_former_file_and_is_explained(former):
    def write() -> None:
        with replacing(former) as temporary:
            temporary.write_text("half")
            raise OSError(28, "No space left on device")

    message = r"night\.csv can't be written: No space left on device\. Nothing was changed"
    with pytest.raises(ScoringError, match=message):
        write()
    assert former.read_text() == "former"
    assert files(former.parent) == ["night.csv"]


def test_that_an_error_without_a_system_message_is_explained_too(former):
    def write() -> None:
        with replacing(former):
            raise OSError("the disk is on fire")

    with pytest.raises(ScoringError, match="can't be written: the disk is on fire"):
        write()


def test_that_a_folder_that_can_not_be_written_to_is_explained(former):
    def write() -> None:
        with replacing(former / "night.csv"):
            pytest.fail("there is nothing to write to")

    with pytest.raises(ScoringError, match="can't be written: Not a directory"):
        write()
    assert former.read_text() == "former"


def test_that_a_folder_in_the_place_of_the_file_is_explained(tmp_path):
    (tmp_path / "night.csv").mkdir()

    def write() -> None:
        with replacing(tmp_path / "night.csv") as temporary:
            temporary.write_text("new")

    with pytest.raises(ScoringError, match="can't be written: Is a directory"):
        write()
    assert files(tmp_path) == ["night.csv"]


@pytest.mark.parametrize("name", ["n" * 251 + ".csv", "nächte 王.csv", ".csv", "csv"])
def test_that_any_name_that_a_file_can_have_is_possible(tmp_path, name):
    path = tmp_path / name
    with replacing(path) as temporary:
        temporary.write_text("new")
    assert path.read_text() == "new"


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_that_a_replaced_file_keeps_its_mode(former, mode):
    former.chmod(mode)
    with replacing(former) as temporary:
        temporary.write_text("new")
    assert stat.S_IMODE(former.stat().st_mode) == mode


@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_that_a_new_file_has_the_mode_of_any_new_file(tmp_path, mask):
    former_mask = os.umask(mask)
    try:
        with replacing(tmp_path / "night.csv") as temporary:
            temporary.write_text("new")
    finally:
        os.umask(former_mask)
    assert stat.S_IMODE((tmp_path / "night.csv").stat().st_mode) == 0o666 & ~mask
