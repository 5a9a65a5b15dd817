"""Which of many short texts hold words that begin so: a sorted list of words, and for each the texts that hold it."""

import sys
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from string import ascii_lowercase

from board.search.text import compounds, split

MOST_WORDS = 12  # of one text
SHORTEST_TYPO, LONGEST_TYPO = 5, 15  # letters of a word that may hold one slip
FEW = 200  # numbers that are looked at one by one
LAST = "\U0010ffff"  # sorts after every letter
START = "^"  # marks how a whole text begins among the words that are kept; no word holds it


class Beginnings:
    """Which of many short texts hold words that begin so. Texts are known by number."""

    def __init__(self, longest_start: int) -> None:
        self.longest_start = longest_start
        self.marks: Mapping[int, object] = {}
        self.keys: dict[int, tuple[str, ...]] = {}
        self.holders: dict[str, list[int]] = {}
        self.sorted: list[str] = []

    def follow(self, marks: Mapping[int, object], texts: Callable) -> None:
        """Hold these texts and no others; `texts(numbers)` is asked for those whose mark differs from the one known."""
        known = self.marks
        stale = [number for number, mark in marks.items() if known.get(number, self) != mark]
        gone = known.keys() - marks.keys()
        if not stale and not gone:
            return
        for number in (*gone, *stale):
            for key in self.keys.pop(number, ()):
                self.holders[key].remove(number)
                if not self.holders[key]:
                    del self.holders[key]
        for number, text in texts(stale).items():
            words = split(text)[:MOST_WORDS]
            keys = {*words, *compounds(text), START + "".join(words)[: self.longest_start]}
            self.keys[number] = tuple(map(sys.intern, keys))
            for key in self.keys[number]:
                self.holders.setdefault(key, []).append(number)
        self.sorted = sorted(self.holders)
        self.marks = marks

    def begin(self, letters: str) -> set[int]:
        first = bisect_left(self.sorted, letters)
        words = self.sorted[first : bisect_left(self.sorted, letters + LAST, first)]
        return set().union(*map(self.holders.__getitem__, words))

    def near(self, word: str) -> set[int]:
        """Those with a word that begins so but for one letter, or two that changed places."""
        found: set[int] = set()
        if not SHORTEST_TYPO <= len(word) <= LONGEST_TYPO:
            return found
        for place in range(len(word) + 1):
            before, after = word[:place], word[place:]
            if before and not self.begin(before):
                break  # nor does anything begin with more of it
            for slip in slips(after):
                found |= self.begin(before + slip)
        return found

    def starting(self, words: list[str]) -> set[int]:
        """Those that start as typed, whatever the spaces."""
        return self.begin(START + "".join(words))  # nothing, where more is typed than is kept

    def holding(self, words: list[str], loosely: bool) -> set[int]:
        """Those with a word for each of these that begins so; loosely: one of them may be a little wrong."""
        found: set[int] | None = None
        for word in sorted(set(words), key=len, reverse=True):  # the rare ones first
            if found is not None and len(found) < FEW:
                some = {number for number in found if any(key.startswith(word) for key in self.keys[number])}
            else:
                some = self.begin(word)
            if not some and loosely:
                some, loosely = self.near(word), False
            found = some if found is None else found & some
            if not found:
                break
        return found or set()


def slips(letters: str) -> Iterator[str]:
    """The same with its first letter left out, changed, or after its second, or with one more before it."""
    yield letters[1:]
    if len(letters) > 1:
        yield letters[1] + letters[0] + letters[2:]
    for letter in ascii_lowercase:
        yield letter + letters
        yield letter + letters[1:]
