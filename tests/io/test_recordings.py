from contextlib import closing

import numpy as np
import pytest

from sleepscorer.domain.errors import RecordingError
from sleepscorer.io.edf import EdfRecording
from sleepscorer.io.recordings import EDF_SUFFIXES, RECORDING_SUFFIXES, open_recording


@pytest.mark.parametrize("suffix", [*EDF_SUFFIXES, ".EDF", ".dat", ""])
def test_that_edf_is_recognised_under_any_suffix(write_edf_bytes, raw_signal, suffix):
    path = write_edf_bytes([raw_signal(np.arange(10))], 1, name=f"night{suffix}")
    with closing(open_recording(path)) as recording:
        assert isinstance(recording, EdfRecording)
        assert recording.path == path


@pytest.mark.parametrize("suffix", RECORDING_SUFFIXES)
def test_that_a_missing_file_is_named(tmp_path, suffix):
    with pytest.raises(RecordingError, match=rf"gone\{suffix} can't be opened: No such file"):
        open_recording(tmp_path / f"gone{suffix}")


@pytest.mark.parametrize("name", ["folder", "folder.edf", "folder.fif"])
def test_that_a_folder_is_refused(tmp_path, name):
    (tmp_path / name).mkdir()
    with pytest.raises(RecordingError, match="is a folder; choose a recording in it"):
        open_recording(tmp_path / name)


def test_that_a_path_that_no_file_can_have_is_refused(tmp_path):
    with pytest.raises(RecordingError, match="can't be opened: File name too long"):
        open_recording(tmp_path / f"{'n' * 300}.edf")
