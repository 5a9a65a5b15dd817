"""The words that the live index holds: which are forms of one word, which begin alike, and which lie near one another."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from heapq import nlargest

from rapidfuzz import process
from rapidfuzz.distance import OSA

from board.search.documents import TELLING, TEXTS
from board.search.text import stem

COMMON_ENOUGH = 3  # a word of long texts is offered as a correction when so many postings hold it
BETWEEN = "|"  # no word holds it
MOST_KIN, MOST_NEAR = 6, 24


class Vocabulary:
    """Of one segment. `counts`: by part of a posting, how many postings hold each word."""

    def __init__(self, counts: dict[str, dict[str, int]]):
        self.counts: dict[str, int] = {}
        self._parts: dict[str, int] = {}  # a bit for each part that holds the word
        for position, name in enumerate(TEXTS):
            for word, number in counts.get(name, {}).items():
                self.counts[word] = max(number, self.counts.get(word, 0))
                self._parts[word] = self._parts.get(word, 0) | 1 << position
        self.telling = sorted({word for name in TELLING for word in counts.get(name, ())})

    def parts(self, word: str, among: tuple[str, ...] = TEXTS) -> list[str]:
        """The parts of postings that hold a word."""
        bits = self._parts.get(word, 0)
        return [name for position, name in enumerate(TEXTS) if bits >> position & 1 and name in among]

    def __contains__(self, word: str) -> bool:
        return word in self.counts

    @cached_property
    def by_stem(self) -> list[str]:
        return sorted(f"{stem(word)}{BETWEEN}{word}" for word in self.counts)

    @cached_property
    def by_length(self) -> dict[int, list[str]]:
        """Words that a misspelt one may have been meant to be."""
        telling, lengths = set(self.telling), {}
        for word, number in self.counts.items():
            if number >= COMMON_ENOUGH or word in telling:
                lengths.setdefault(len(word), []).append(word)
        return lengths

    def kin(self, word: str) -> list[str]:
        """Other forms of a word, the most frequent of them."""
        pairs = starting(self.by_stem, stem(word) + BETWEEN)
        others = [other for other in (pair.partition(BETWEEN)[2] for pair in pairs) if other != word]
        return nlargest(MOST_KIN, others, key=self.counts.get) if len(others) > MOST_KIN else others

    def beginning(self, letters: str) -> Iterator[str]:
        """Telling words that begin so."""
        return starting(self.telling, letters)

    def near(self, word: str, edits: int) -> list[tuple[str, int]]:
        """Words so many edits away at most, a swapped pair being one, with the number of edits; not the word itself."""
        found = []
        for length in range(len(word) - edits, len(word) + edits + 1):
            some = self.by_length.get(length, ())
            nearest = process.extract(word, some, scorer=OSA.distance, score_cutoff=edits, limit=MOST_NEAR)
            found += [(other, int(distance)) for other, distance, _ in nearest if distance]
        return found


def starting(sorted_words: list[str], letters: str) -> Iterator[str]:
    for position in range(bisect_left(sorted_words, letters), len(sorted_words)):
        if not sorted_words[position].startswith(letters):
            return
        yield sorted_words[position]
