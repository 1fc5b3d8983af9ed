"""Learning from corrections: nights that people decided on, versions made of them, and proof."""
