"""The recipe of NeuroNet: its configuration and stages."""
