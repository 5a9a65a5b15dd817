"""Something felt wrong: anybody says so with one press, and the school's student-safety person looks after it."""
