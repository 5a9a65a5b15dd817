"""The words that the live index holds: which are forms of one word, which begin alike, and which lie near one another."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from heapq import nlargest

from rapidfuzz import process
from rapidfuzz.distance import OSA

from board.search.text import stem

COMMON_ENOUGH = 3  # a word of long texts is offered as a correction when so many postings hold it
BETWEEN = "|"  # no word holds it
MOST_KIN, MOST_NEAR = 6, 24


def term_of(word: str) -> str:
    """A word as the index knows it, behind its stem: so the forms of one word stand side by side."""
    return f"{stem(word)}{BETWEEN}{word}"


def word_of(term: str) -> str:
    return term.partition(BETWEEN)[2]


def place_of(term: str, terms: list[str]) -> int | None:
    """Where a term stands among others that are in order."""
    at = bisect_left(terms, term)
    return at if at < len(terms) and terms[at] == term else None


class Vocabulary:
    """Of one segment. `terms` in order, `numbers` of postings that hold each; `telling`: chosen words, in order."""

    def __init__(self, terms: list[str], numbers: array, telling: list[str]):
        self.terms, self.numbers, self.telling = terms, numbers, telling

    def count(self, word: str) -> int:
        """How many postings hold a word."""
        place = place_of(term_of(word), self.terms)
        return 0 if place is None else self.numbers[place]

    def __contains__(self, word: str) -> bool:
        return self.count(word) > 0

    @cached_property
    def by_length(self) -> dict[int, list[str]]:
        """Words that a misspelt one may have been meant to be."""
        likely = dict.fromkeys(self.telling)
        likely |= dict.fromkeys(
            word_of(term) for term, number in zip(self.terms, self.numbers, strict=True) if number >= COMMON_ENOUGH
        )
        lengths: dict[int, list[str]] = {}
        for word in likely:
            lengths.setdefault(len(word), []).append(word)
        return lengths

    def kin(self, word: str) -> list[str]:
        """Other forms of a word, the most frequent of them."""
        start = stem(word) + BETWEEN
        first = at = bisect_left(self.terms, start)
        while at < len(self.terms) and self.terms[at].startswith(start):
            at += 1
        others = [place for place in range(first, at) if self.terms[place] != start + word]
        if len(others) > MOST_KIN:
            others = nlargest(MOST_KIN, others, key=self.numbers.__getitem__)
        return [word_of(self.terms[place]) for place in others]

    def beginning(self, letters: str) -> Iterator[str]:
        """Telling words that begin so."""
        for at in range(bisect_left(self.telling, letters), len(self.telling)):
            if not self.telling[at].startswith(letters):
                return
            yield self.telling[at]

    def near(self, word: str, edits: int) -> list[tuple[str, int]]:
        """Words so many edits away at most, a swapped pair being one, with the number of edits; not the word itself."""
        found = []
        for length in range(len(word) - edits, len(word) + edits + 1):
            some = self.by_length.get(length, ())
            nearest = process.extract(word, some, scorer=OSA.distance, score_cutoff=edits, limit=MOST_NEAR)
            found += [(other, int(distance)) for other, distance, _ in nearest if distance]
        return found
