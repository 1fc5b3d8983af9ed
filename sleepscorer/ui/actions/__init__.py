"""What can be done: the table of actions, their keys, and choices in the menus."""
