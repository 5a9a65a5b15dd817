"""Search without an index: the database is asked which postings may hold the words."""


def candidates(words, live: frozenset[int]) -> list[int]:
    """Ids of live postings that may hold all of these words, or some."""
    return sorted(live)
