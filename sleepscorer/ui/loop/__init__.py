"""Learning from corrections, in the window."""
