"""The study list: the nights of a laboratory, in the window."""
