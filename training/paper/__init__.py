"""What the paper reports, measured here: protocols, ablation, cost and the printed figures."""
