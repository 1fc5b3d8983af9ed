"""Nights to train on, and what batches are made of them."""
