"""The recipe of SynthSleepNet: its configuration and stages."""
