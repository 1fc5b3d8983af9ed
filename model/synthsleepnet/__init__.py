"""SynthSleepNet: EEG, EOG, ECG and EMG together, by masked prediction, contrast and a Mamba-2."""

from model.synthsleepnet.network import SynthSleepNet

__all__ = ["SynthSleepNet"]
