"""Training and evaluation of the network, run as its own process: ``python -m training``."""
