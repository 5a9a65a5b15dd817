"""Privacy: what the board holds of people, why, who sees it and for how long; and how to read, correct and erase it."""
