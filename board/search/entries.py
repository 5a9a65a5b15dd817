"""Which postings hold a word, and how well each does: one word's, or the best of several."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

NONE = np.zeros(0, np.int32)


class Entry(NamedTuple):
    """The postings that hold a word: their ids in order, how well each does, and which have it in the title."""

    numbers: np.ndarray  # int32
    scores: np.ndarray  # float32
    titles: np.ndarray = NONE  # int32

    @property
    def size(self) -> int:
        return len(self.numbers)

    @classmethod
    def of(cls, numbers, scores, titles=NONE) -> "Entry":
        """From ids in any order."""
        numbers, scores = np.asarray(numbers, np.int32), np.asarray(scores, np.float32)
        if (numbers[1:] < numbers[:-1]).any():
            order = np.argsort(numbers)
            numbers, scores = numbers[order], scores[order]
        return cls(numbers, scores, np.asarray(titles, np.int32))

    def but(self, gone: np.ndarray) -> "Entry":
        """Without some postings: yes or no for each id up to the last, which is a no."""
        numbers, titles = np.minimum(self.numbers, len(gone) - 1), np.minimum(self.titles, len(gone) - 1)
        keep = ~gone[numbers]
        return Entry(self.numbers[keep], self.scores[keep], self.titles[~gone[titles]])


NOTHING = Entry(NONE, np.zeros(0, np.float32))


class Option(NamedTuple):
    """What may stand for a word: words that all have to be there, what they count, whether other forms do as well, and
    whether a title that holds them says the word."""

    words: tuple[str, ...]
    counts: float = 1.0
    with_forms: bool = True
    titles: bool = True


def best_of(entries: Iterable[tuple[Entry, float]]) -> Entry:
    """Each posting by the best of several entries, of which each counts so much."""
    some = [(entry, counts) for entry, counts in entries if entry.size]
    if not some:
        return NOTHING
    if len(some) == 1:
        ((entry, counts),) = some
        return entry if counts == 1 else entry._replace(scores=entry.scores * np.float32(counts))
    best = np.zeros(max(int(entry.numbers[-1]) for entry, _ in some) + 1, np.float32)
    for entry, counts in some:
        best[entry.numbers] = np.maximum(best[entry.numbers], entry.scores * np.float32(counts))
    numbers = np.flatnonzero(best > 0).astype(np.int32)
    titles = [entry.titles for entry, _ in some if len(entry.titles)]
    return Entry(numbers, best[numbers], np.unique(np.concatenate(titles)) if titles else NONE)


def all_of(entries: list[Entry]) -> Entry:
    """The postings that are in all the entries, as good as in the worst of them."""
    first, *others = entries
    for other in others:
        both, here, there = np.intersect1d(first.numbers, other.numbers, assume_unique=True, return_indices=True)
        titles = np.intersect1d(first.titles, other.titles, assume_unique=True)
        first = Entry(both, np.minimum(first.scores[here], other.scores[there]), titles)
    return first
