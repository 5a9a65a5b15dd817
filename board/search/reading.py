"""What one request reads: the index's segments, and the postings that they lack, as if they were one."""

from collections.abc import Callable, Iterator
from heapq import nlargest
from itertools import islice, pairwise
from typing import TypeVar

import numpy as np

from board.postings.model import IndexRepair
from board.search import fallback, index, synonyms
from board.search.documents import texts
from board.search.entries import Entry, Option, best_of
from board.search.facts import settled
from board.search.live import Live
from board.search.scores import Heap, Source
from board.search.text import Word, apart

T = TypeVar("T")

MOST_BEGINNINGS, MOST_NEAR = 12, 10
MOST_SAID = 6  # of the school's words for a word that are asked of the database
FEW = 50  # postings that are read whole rather than asked for by their words


class Reading:
    """Live postings by their words."""

    def __init__(self, sources: list[Source], live: Live):
        self.sources = sources
        self.vocabularies = [source.shelf.vocabulary for source in sources]
        self.live = live

    def entry(self, *options: Option) -> Entry:
        """The postings that answer any of the options, each by the best; and perhaps some that are no longer live."""
        return best_of((source.read(options), 1.0) for source in self.sources)

    def count(self, word: str) -> int:
        """How many postings hold a word, about."""
        return sum(vocabulary.count(word) for vocabulary in self.vocabularies)

    def tells(self, word: str) -> bool:
        """Somebody has chosen it for a title, a skill, a name."""
        return any(vocabulary.tells(word) for vocabulary in self.vocabularies)

    def holds(self, word: str) -> bool:
        """A live posting holds the word: what others held is nobody's to know."""
        return self.count(word) > 0 and self.is_found(self.entry(Option((word,), 1.0, False)))

    def is_found(self, entry: Entry) -> bool:
        return bool((self.live.rows_of(entry.numbers) >= 0).any())

    def kin(self, word: str) -> list[str]:
        """Other forms of a word."""
        return list(dict.fromkeys(other for vocabulary in self.vocabularies for other in vocabulary.kin(word)))

    def beginning(self, letters: str) -> list[str]:
        """Longer words that begin so, most frequent first."""
        begun = {word for vocabulary in self.vocabularies for word in vocabulary.beginning(letters) if word != letters}
        return nlargest(MOST_BEGINNINGS, begun, key=lambda word: (self.count(word), word))

    def near(self, word: str, edits: int) -> list[tuple[str, int]]:
        """Words that may have been meant, and how many edits away they are, 0 for what sounds the same: nearest and most
        frequent first."""
        found = {other: far for vocabulary in self.vocabularies for other, far in vocabulary.near(word, edits)}
        found |= {other: 0 for vocabulary in self.vocabularies for other in vocabulary.alike(word)}
        if edits and min(found.values(), default=2) > 1:  # a word that only few postings hold, in their long texts
            found |= {other: far for each in self.vocabularies for other, far in each.near(word, 1, rare=True)}
        ranked = sorted(found, key=lambda other: (found[other], other[0] != word[0], -self.count(other)))
        held = filter(self.holds, ranked[: MOST_NEAR * 2])  # one after the other: to ask costs a read
        return [(other, found[other]) for other in islice(held, MOST_NEAR)]


def read(words: list[Word], live: Live, ask: Callable[[Reading], T]) -> T:
    """`ask` of a reading for these words. Where the index cannot be read, the database tells what may hold one."""
    # the repair list first: what leaves it between these two lines is in the index by then
    behind = settled("behind", lambda: frozenset(n for (n,) in IndexRepair.select(IndexRepair.posting_id).tuples()))
    for _ in range(2):
        found = index.opened()
        if found is None:
            break
        try:
            sources = found.sources
            if behind:
                late = np.fromiter(behind, np.int32)
                sources = [Source(source.shelf, np.concatenate([source.dead, late])) for source in sources]
                sources.append(from_database(words, behind & live.all))
            return ask(Reading(sources, live))
        except Exception:  # another process has just tidied up, or a file is broken
            index.let_go()
    answered = ask(Reading([from_database(words, live.all)], live))
    if found is not None:
        index.distrust()  # now that the fault is known to be the index's
    return answered


def from_database(words: list[Word], ids: frozenset[int]) -> Source:
    """Postings that may hold the words, or the school's other words for them. Misspelt ones find nothing here."""
    if len(ids) <= FEW:
        return Source(Heap(texts(sorted(ids))))
    found = dict.fromkeys(fallback.candidates(words, ids))
    for start, end, other in otherwise([word.whole for word in words]):
        instead = [*words[:start], *map(Word.of, other), *words[end:]]
        found |= dict.fromkeys(fallback.find(instead, ids))
    return Source(Heap(texts(sorted(found))))


def otherwise(wholes: list[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """What matching looks for in place of words, from one place to another: the school's words, and other spacing."""
    for start, end, others in synonyms.said(wholes):
        yield from ((start, end, other) for other in others[:MOST_SAID])
    for at, (one, other) in enumerate(pairwise(wholes)):
        yield at, at + 2, (one + other,)
    for at, whole in enumerate(wholes):
        yield from ((at, at + 1, parts) for parts in apart(whole))
