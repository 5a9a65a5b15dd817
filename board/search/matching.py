"""From words typed to what is looked for in their place, and how well every posting answers.

Each word may be found as itself, in another form, as one of the school's words for it, as the beginning of a longer
word, or, when nothing holds it, as a word near it (see spelling).
"""

import math
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from board.search import synonyms
from board.search.entries import NOTHING, Entry, Option
from board.search.live import Live, Mask
from board.search.reading import Reading
from board.search.text import COMMON, MOST_WORDS, Word, apart

# what a posting's word counts that is not the one typed
MEANT, BEGUN, JOINED = 0.6, 0.6, 0.9
COVERED = 4.0  # for holding a word at all
FEW = 5  # postings that are few
IN_TITLE = 0.5  # more for having all the words in the title, in shares
FEW_BEGINNINGS = 3  # longer words that a word may be which is also there itself
SHORTEST_BEGINNING = 3  # letters of a word that may be unfinished


@dataclass
class Wanted:
    """One word typed, and what may stand for it."""

    word: Word
    options: list[Option] = field(default_factory=list)
    entry: Entry = NOTHING
    weight: float = 0.0  # the fewer postings answer, the more it says
    used: str = ""  # the word looked for in its place

    def look_up(self, reading: Reading) -> None:
        self.entry = reading.entry(*self.options)
        self.weight = weight_of(reading, self.entry)

    def is_found(self, reading: Reading) -> bool:
        return reading.is_found(self.entry)


def weight_of(reading: Reading, entry: Entry) -> float:
    return math.log(1 + (len(reading.live) + 1) / (1 + entry.size))


# -- what is looked for


def wanted(reading: Reading, typed: list[str], joined: frozenset[str] = frozenset()) -> list[Wanted]:
    """Each telling word once, in order, with what may stand for it. `typed`: all the words, as text.split has them;
    `joined`: those of text.compounds."""
    said = synonyms.said(typed)
    found: dict[str, Wanted] = {}
    only_common = all(word in COMMON for word in typed)
    pairs = [(one, other) for one, other in pairwise(typed) if one + other in joined and reading.holds(one + other)]
    whole_of = {word for pair in pairs for word in pair}  # the e of e-commerce is no common word
    for position, whole in enumerate(typed):
        if whole in found or len(found) == MOST_WORDS:
            continue
        # a common word may mean something at this school, as IT does
        is_name = any(start == position and end == position + 1 for start, end, _ in said)
        if whole not in COMMON or is_name or only_common or whole in whole_of:
            found[whole] = Wanted(
                Word.of(whole), [Option((whole,), 1.0, whole not in COMMON or (only_common and not is_name))]
            )
    for start, end, others in said:
        for whole in typed[start:end]:
            if whole in found:
                found[whole].options += [Option(words, MEANT, titles=False) for words in others]
    for one, other in pairwise(typed):
        if one in found and other in found and ((one, other) in pairs or reading.holds(one + other)):
            for whole in (one, other):
                found[whole].options.append(Option((one + other,), 1.0 if (one, other) in pairs else JOINED))
    for whole, its in found.items():
        its.options += [Option(words, JOINED) for words in apart(whole)]
    each = list(found.values())
    for one in each:
        one.look_up(reading)
    if each and typed[-1] == each[-1].word.whole and len(typed[-1]) >= SHORTEST_BEGINNING:
        finish(reading, each[-1])
    return each


def finish(reading: Reading, last: Wanted) -> None:
    """The last word may be unfinished, when few postings hold it."""
    if last.entry.size >= FEW:
        return
    most = FEW_BEGINNINGS if last.entry.size else None
    longer = [word for word in reading.beginning(last.word.whole)[:most] if reading.holds(word)]
    if longer:
        last.options += [Option((word,), BEGUN, False) for word in longer]
        last.look_up(reading)


# -- how well postings answer


class Sums:
    """What the words say of each live posting, by row."""

    def __init__(self, each: list[Wanted], live: Live):
        held = np.zeros(len(live), np.int8)
        said, titled, covered = (np.zeros(len(live), np.float32) for _ in range(3))
        for one in each:
            rows, scores = live.rows_of(one.entry.numbers), one.entry.scores
            there = rows >= 0
            if not there.all():
                rows, scores = rows[there], scores[there]
            held[rows] += 1
            said[rows] += scores * one.weight
            covered[rows] += one.weight
            titles = live.rows_of(one.entry.titles)
            titled[titles[titles >= 0]] += one.weight
        weights = sum(one.weight for one in each)
        self.complete: Mask = held == len(each) if each else held > 0
        self.scores = said * (1 + IN_TITLE * titled / weights) if weights else said
        self.coverage = said + COVERED * covered  # the more of the words, the better

    def some(self, most: int) -> Mask:
        """The best of those that hold some of the words and not all."""
        rows = np.flatnonzero((self.coverage > 0) & ~self.complete)
        if len(rows) > most:
            rows = rows[np.argpartition(self.coverage[rows], -most)[-most:]]
        made = np.zeros(len(self.complete), bool)
        made[rows] = True
        return made
