"""Mathematics on signals: no files, no windows."""
