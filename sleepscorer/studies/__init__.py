"""A laboratory's nights: which there are, how far each is, and what is left to do."""
