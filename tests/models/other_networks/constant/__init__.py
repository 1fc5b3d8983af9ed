"""A network that always says the same: the least that a network has to be."""
