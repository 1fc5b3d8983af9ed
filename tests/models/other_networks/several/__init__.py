"""A network that looks at several channels and answers several questions: no more than that."""
