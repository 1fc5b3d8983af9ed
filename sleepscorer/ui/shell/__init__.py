"""The window itself: starting, opening, restoring, the laboratory's montages."""
