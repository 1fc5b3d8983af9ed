"""MC²SleepNet: cross-masked sequences of signal and spectrogram features of one EEG derivation."""

from model.mc2sleepnet.epoch_model import EpochModel
from model.mc2sleepnet.network import MC2SleepNet
from model.mc2sleepnet.sequence_model import SequenceModel, StageLogits

__all__ = ["EpochModel", "MC2SleepNet", "SequenceModel", "StageLogits"]
