"""The grid of 30-s scoring epochs on the recording's clock."""

EPOCH_S = 30.0
"""Length of a scoring epoch (AASM Manual)."""

MOST_EPOCHS = 100_000
"""Five weeks: a file that claims to be longer is damaged."""


def n_complete_epochs(duration_s: float) -> int:
    """Count the complete epochs in a duration; an unfinished last one is not scored."""
    # A header may give 29.999999 s for thirty: a microsecond is no missing sample.
    return int((duration_s + 1e-6) // EPOCH_S)


def epoch_at(time_s: float, n_epochs: int) -> int:
    """Index of the epoch that contains a time, the nearest one for a time outside all."""
    return min(max(int(time_s // EPOCH_S), 0), n_epochs - 1)
