"""Words that mean the same at this school, as the search uses them: folded and cut like what is typed."""

from typing import NamedTuple

from board.db import database
from board.school.model import Synonym
from board.search.facts import unchanged
from board.search.text import split, stem

Term = tuple[str, ...]  # the words of one term: ("software", "development")


class Groups(NamedTuple):
    """From each term to the others of its groups: by the words, and by their stems for "videos" and "video"."""

    words: dict[Term, list[Term]]
    stems: dict[Term, list[Term]]
    longest: int  # words of the longest term


_rows: list[tuple[str]] = []
_groups = Groups({}, {}, 0)


def groups() -> dict[Term, list[Term]]:
    """The other terms that mean the same, by term; as the database has them now."""
    return kept().words


def expand(words: list[str], at: int) -> tuple[int, list[Term]]:
    """The longest term that begins with this word: how many words it has, and what means the same. (0, []) for none.

    A term as it is written comes before one with another ending.
    """
    found = kept()
    for length in range(min(found.longest, len(words) - at), 0, -1):
        term = tuple(words[at : at + length])
        others = found.words.get(term) or found.stems.get(stems_of(term))
        if others:
            return length, [other for other in others if other != term]
    return 0, []


def kept() -> Groups:
    return unchanged("synonyms", ask)


def ask() -> Groups:
    """Cut anew only where the rows are others than the last time: anything written to the database leads here."""
    global _rows, _groups
    rows = database.execute(Synonym.select(Synonym.words).order_by(Synonym.id)).fetchall()
    if rows != _rows:
        _groups, _rows = made_of([words.split(", ") for (words,) in rows]), rows
    return _groups


def made_of(listed: list[list[str]]) -> Groups:
    by_words: dict[Term, dict[Term, None]] = {}
    by_stems: dict[Term, dict[Term, None]] = {}
    for group in listed:
        terms = list(dict.fromkeys(filter(None, (tuple(split(term)) for term in group))))
        for term in terms:
            others = dict.fromkeys(other for other in terms if other != term)
            by_words.setdefault(term, {}).update(others)
            by_stems.setdefault(stems_of(term), {}).update(others)
    return Groups(
        {term: list(others) for term, others in by_words.items() if others},
        {term: list(others) for term, others in by_stems.items() if others},
        max(map(len, by_words), default=0),
    )


def stems_of(term: Term) -> Term:
    return tuple(map(stem, term))
