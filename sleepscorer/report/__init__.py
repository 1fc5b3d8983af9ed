"""The report of a night: what it says, its figures and its page; without Qt."""
