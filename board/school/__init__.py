"""Your school: its name, its rules for this board, and the words it uses for kinds of work and skills."""
