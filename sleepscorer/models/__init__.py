"""Versions of networks that a laboratory has: kept, chosen between, calibrated."""
