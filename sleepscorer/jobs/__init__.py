"""Work in processes of its own: what it reports, and how it is started and ended."""
