"""Something is wrong: anybody tells the coordinators, and they look."""
