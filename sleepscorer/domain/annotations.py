"""Text with a place in the recording."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Annotation:
    """A remark or event of a recording.

    Attributes
    ----------
    onset_s
        Seconds from the start of the recording.
    duration_s
        Seconds; 0 when the annotation marks an instant.
    description
        Its text.
    channel
        Label of the channel it belongs to; empty when it belongs to the whole recording.
    author
        Who made it, where a file holds the work of several; empty otherwise.
    """

    onset_s: float
    duration_s: float
    description: str
    channel: str = ""
    author: str = ""
