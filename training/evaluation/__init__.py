"""What trained weights are worth, and on what."""
