"""Corpora of scored nights, each brought into the form of :class:`training.data.nights.Night`."""
