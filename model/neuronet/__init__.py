"""NeuroNet: masked prediction and contrast on one channel, then a probe or a Mamba over epochs."""

from model.neuronet.network import NeuroNet

__all__ = ["NeuroNet"]
