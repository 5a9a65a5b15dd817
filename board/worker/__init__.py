"""What the board does by itself, beside the pages: a timetable of named jobs, and what became of each."""
