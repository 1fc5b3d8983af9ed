"""Scorings in text tables of any program: one engine, and a row of data for each program."""
