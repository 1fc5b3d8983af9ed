"""BrainVision, FIF and EEGLAB recordings, through MNE."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import mne
import numpy as np
import numpy.typing as npt

from sleepscorer.domain.annotations import Annotation
from sleepscorer.domain.channels import Channel, ChannelKind, kind_of_label
from sleepscorer.domain.errors import RecordingError
from sleepscorer.domain.recording import Recording, Stretch, sample_range

_READERS = {
    ".vhdr": mne.io.read_raw_brainvision,
    ".fif": mne.io.read_raw_fif,
    ".set": mne.io.read_raw_eeglab,
}
_KINDS = {
    "eeg": ChannelKind.EEG,
    "eog": ChannelKind.EOG,
    "emg": ChannelKind.EMG,
    "ecg": ChannelKind.ECG,
    "resp": ChannelKind.RESPIRATION,
}


def open_with_mne(path: Path) -> MneRecording:
    """Open a BrainVision (.vhdr), FIF (.fif) or EEGLAB (.set) recording.

    Raises
    ------
    RecordingError
        MNE can't read it.
    """
    try:
        raw = _READERS[path.suffix.casefold()](path, preload=False, verbose="ERROR")
    except Exception as error:  # MNE raises whatever its parsers raise
        raise RecordingError(f"{path.name} can't be read by MNE: {error}") from error
    return MneRecording(path, raw)


class MneRecording(Recording):
    """A recording that MNE reads; all its channels have the same sampling rate."""

    def __init__(self, path: Path, raw: Any) -> None:
        self._raw = raw
        self._lock = threading.Lock()
        sfreq = float(raw.info["sfreq"])
        # The date is that of the acquisition, which may have begun before the first sample.
        acquisition = raw.info["meas_date"]
        start = None if acquisition is None else acquisition + timedelta(seconds=raw.first_time)
        super().__init__(
            path,
            start=None if start is None else start.replace(tzinfo=None),
            channels=tuple(
                _channel(index, label, mne_kind, sfreq)
                for index, (label, mne_kind) in enumerate(
                    zip(raw.ch_names, raw.get_channel_types(), strict=True)
                )
            ),
            stretches=(Stretch(0.0, raw.n_times / sfreq),),
        )

    def read(self, channel: Channel, start_s: float, stop_s: float) -> npt.NDArray[np.float32]:
        """Read samples; see `Recording.read`."""
        first, stop = sample_range(start_s, stop_s, channel.sfreq, self._raw.n_times)
        if first == stop:
            return np.empty(0, np.float32)
        try:
            with self._lock:
                values = self._raw.get_data([channel.index], first, stop, verbose="ERROR")[0]
        except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: data cut short
            raise RecordingError(
                f"{self.path.name} can't be read any more at {start_s:.0f} s: {error}"
            ) from error
        # MNE gives volts.
        scale = 1e6 if channel.unit == "µV" else 1.0
        return np.asarray(values * scale, np.float32)

    def read_annotations(self) -> tuple[Annotation, ...]:
        """Read the annotations; see `Recording.read_annotations`."""
        return tuple(
            Annotation(float(onset_s), float(duration_s), str(description))
            for onset_s, duration_s, description in zip(
                self._raw.annotations.onset - self._raw.first_time,
                self._raw.annotations.duration,
                self._raw.annotations.description,
                strict=True,
            )
        )

    def close(self) -> None:
        """Release the file."""
        self._raw.close()


def _channel(index: int, label: str, mne_kind: str, sfreq: float) -> Channel:
    kind = kind_of_label(label)
    if kind is ChannelKind.OTHER:
        kind = _KINDS.get(mne_kind, ChannelKind.OTHER)
    unit = "µV" if mne_kind in ("eeg", "eog", "emg", "ecg", "bio") else ""
    return Channel(index, label, kind, unit, sfreq)
