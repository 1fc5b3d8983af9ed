"""What every part of the window stands on: language, theme, preferences, tasks, pages."""
