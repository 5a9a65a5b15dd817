"""A calendar address of one's own: what has a day on the board, in the calendar people already look at."""
