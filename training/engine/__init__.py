"""What every training run needs, whatever it trains: loop, checkpoints, progress, processes."""
