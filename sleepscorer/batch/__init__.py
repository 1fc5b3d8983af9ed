"""Many recordings staged: what there is to do, who does it, and what became of it."""
