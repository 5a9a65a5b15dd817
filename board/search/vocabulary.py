"""The words that the live index holds: which are forms of one word, which begin alike, and which lie near one another."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from heapq import nlargest

from rapidfuzz import process
from rapidfuzz.distance import OSA

from board.search.sounds import sound, sounds
from board.search.text import stem

COMMON_ENOUGH = 3  # a word of long texts is offered as a correction when so many postings hold it
BETWEEN = "|"  # no word holds it
MOST_KIN, MOST_NEAR = 6, 24
SHORTEST_SOUND = 3


def term_of(word: str) -> str:
    """A word as the index knows it, behind its stem: so the forms of one word stand side by side."""
    return f"{stem(word)}{BETWEEN}{word}"


def word_of(term: str) -> str:
    return term.partition(BETWEEN)[2]


def place_of(term: str, terms: list[str]) -> int | None:
    """Where a term stands among others that are in order."""
    at = bisect_left(terms, term)
    return at if at < len(terms) and terms[at] == term else None


def of_each_length(words: Iterable[str]) -> dict[int, list[str]]:
    lengths: dict[int, list[str]] = {}
    for word in words:
        lengths.setdefault(len(word), []).append(word)
    return lengths


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

    def likely(self) -> dict[str, None]:
        """Words that a misspelt one may have been meant to be."""
        often = zip(self.terms, self.numbers, strict=True)
        return dict.fromkeys(self.telling) | dict.fromkeys(word_of(t) for t, times in often if times >= COMMON_ENOUGH)

    @cached_property
    def by_length(self) -> dict[int, list[str]]:
        return of_each_length(self.likely())

    @cached_property
    def rare_by_length(self) -> dict[int, str]:
        """The others, as far as they are letters alone, with blanks between: a slip of somebody who wrote a long text may
        be among them. They are seldom asked for, and one text takes a tenth of the memory."""
        likely = self.likely()
        rare = of_each_length(word for word in map(word_of, self.terms) if word.isalpha() and word not in likely)
        return {length: " ".join(words) for length, words in rare.items()}

    @cached_property
    def by_sound(self) -> dict[str, list[str]]:
        """Telling words by how they sound."""
        found: dict[str, list[str]] = {}
        for its, word in zip(sounds(self.telling), self.telling, strict=True):
            found.setdefault(its, []).append(word)
        return found

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

    def tells(self, word: str) -> bool:
        return place_of(word, self.telling) is not None

    def beginning(self, letters: str) -> Iterator[str]:
        """Telling words that begin so."""
        for at in range(bisect_left(self.telling, letters), len(self.telling)):
            if not self.telling[at].startswith(letters):
                return
            yield self.telling[at]

    def alike(self, word: str) -> list[str]:
        """Words that sound the same; not the word itself."""
        its = sound(word)
        return [other for other in self.by_sound.get(its, ()) if other != word] if len(its) >= SHORTEST_SOUND else []

    def near(self, word: str, edits: int, rare: bool = False) -> list[tuple[str, int]]:
        """Words so many edits away at most, a swapped pair being one, with the number of edits; not the word itself."""
        found = []
        for length in range(len(word) - edits, len(word) + edits + 1) if edits else ():
            some = self.rare_by_length.get(length, "").split() if rare else self.by_length.get(length, ())
            nearest = process.extract(word, some, scorer=OSA.distance, score_cutoff=edits, limit=MOST_NEAR)
            found += [(other, int(distance)) for other, distance, _ in nearest if distance]
        return found
