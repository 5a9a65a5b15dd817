"""Which postings hold a word, and how well each does: one word's, or the best of several."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

OTHER_PARTS = 0.2  # of what the parts of a posting beside the best one say


class Entry:
    """The postings that hold a word: their ids in order, how well each does, and which have it in the title."""

    __slots__ = ("numbers", "scores", "titles")

    def __init__(self, scores: dict[int, float], titles: Iterable[int]):
        self.numbers = array("i", sorted(scores))
        self.scores = array("f", map(scores.__getitem__, self.numbers))
        self.titles = frozenset(titles)

    def __len__(self) -> int:
        return len(self.numbers)

    def get(self, number: int) -> float:
        """A posting's score; 0 when it does not hold the word."""
        at = bisect_left(self.numbers, number)
        return self.scores[at] if at < len(self.numbers) and self.numbers[at] == number else 0.0

    def items(self) -> Iterable[tuple[int, float]]:
        return zip(self.numbers, self.scores, strict=True)

    def but(self, dead: frozenset[int]) -> "Entry":
        """Without some postings."""
        if not any(self.get(number) for number in dead):
            return self
        return Entry({n: score for n, score in self.items() if n not in dead}, self.titles - dead)


NOTHING = Entry({}, ())


class Option(NamedTuple):
    """What may stand for a word: words that all have to be there, what they count, whether other forms do as well, and
    whether only names (titles, skills, fields) are looked at."""

    words: tuple[str, ...]
    counts: float = 1.0
    with_forms: bool = True
    in_names: bool = False


def best_of(entries: list[tuple[Entry, float]]) -> Entry:
    """Each posting by the best of several entries, of which each counts so much."""
    some = sorted(((entry, counts) for entry, counts in entries if entry.numbers), key=lambda pair: -len(pair[0]))
    if not some:
        return NOTHING
    entry, counts = some[0]
    if len(some) == 1 and counts == 1:
        return entry
    best = {n: score * counts for n, score in entry.items()}
    for entry, counts in some[1:]:
        for number, score in entry.items():
            score *= counts
            if score > best.get(number, 0.0):
                best[number] = score
    return Entry(best, frozenset().union(*(entry.titles for entry, _ in some)))


def all_of(entries: list[Entry]) -> Entry:
    """The postings that are in all the entries, as good as in the worst of them."""
    if len(entries) == 1:
        return entries[0]
    first, *others = sorted(entries, key=len)
    both = set(first.numbers).intersection(*(other.numbers for other in others))
    worst = {number: score for number, score in first.items() if number in both}
    for other in others:
        for number, score in other.items():
            if number in both and score < worst[number]:
                worst[number] = score
    return Entry(worst, first.titles.intersection(*(other.titles for other in others)))


class Tally:
    """Adds up what the parts of postings say about a word: the best part counts in full, the others a little."""

    def __init__(self):
        self.best: dict[int, float] = {}
        self.every: dict[int, float] = {}
        self.titles: list[int] = []

    def add(self, name: str, found: dict[int, float]) -> None:
        """What one part says, by posting."""
        if name == "title":
            self.titles += found
        best, every = self.best, self.every
        if not best:
            best.update(found)
            return
        both = [number for number in found if number in best]
        for number in both:
            one, other = best[number], found[number]
            every[number] = every.get(number, one) + other
            if one > other:
                found[number] = one
        best.update(found)

    @property
    def entry(self) -> Entry:
        for number, total in self.every.items():
            self.best[number] += OTHER_PARTS * (total - self.best[number])
        return Entry(self.best, self.titles)
