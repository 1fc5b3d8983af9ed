"""What belongs to one open recording: its document, and what acts on it."""
