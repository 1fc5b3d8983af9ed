"""Detectors of the waves and rhythms that sleep stages are told by."""
