"""From words typed to what is looked for in their place, and how well every posting answers.

Each word may be found as itself, in another form, as one of the school's words for it, as the beginning of a longer
word, or, when nothing holds it, as a word near it. Which near word was meant the postings themselves decide: the
one that stands best beside the other words.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from board.search import synonyms
from board.search.entries import NOTHING, Entry, Option
from board.search.live import Live, Mask
from board.search.reading import Reading
from board.search.sounds import sound
from board.search.text import COMMON, MOST_WORDS, Word, apart

# what a posting's word counts that is not the one typed
MEANT, BEGUN, JOINED = 0.6, 0.6, 0.9
EDITED = {0: 0.75, 1: 0.68, 2: 0.5}  # by edits; none: it sounds the same
PARTED = 0.7  # a missing space
OTHER_START = 0.85  # who slips seldom slips at the first letter
SURE = 20  # what nearness says beside frequency, of a word that stands alone
COVERED = 4.0  # for holding a word at all
FEW = 5  # postings that are few
MANY = 20  # times as many: a word that so many more hold may have been meant
IN_TITLE = 0.5  # more for having all the words in the title, in shares
FEW_BEGINNINGS = 3  # longer words that a word may be which is also there itself
SHORTEST_BEGINNING, SHORTEST_HEARD, SHORTEST_EDITED, SHORTEST_REPLACED, TWO_EDITS_FROM = 3, 3, 4, 5, 6
MOST_CORRECTED = 3  # words of a search
SHORTEST_PART = 3  # of a word that two were written as


Meant = tuple[tuple[str, ...], float]


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


# -- what was meant


def correct(reading: Reading, each: list[Wanted]) -> None:
    """Words that nothing holds become the near word that stands best beside the others; the first few of them."""
    unknown = [one for one in each if not one.is_found(reading)][:MOST_CORRECTED]
    again = unknown[:1] if len(unknown) > 1 else []  # now that there is a word beside it
    for one in [*unknown, *again]:
        take(reading, one, [other for other in each if other is not one], meant(reading, one.word.whole))


def correct_one(reading: Reading, each: list[Wanted]) -> None:
    """No posting holds all the words, though each is there: one may be a more frequent word, misspelt."""
    best, chosen = 0.0, None
    for one in each:
        if one.used or len(one.word.whole) < SHORTEST_REPLACED:
            continue
        others = Sums([other for other in each if other is not one], reading.live)
        beside = np.where(others.complete, others.scores, 0)
        own = reading.count(one.word.whole)
        for words, counts in meant(reading, one.word.whole) if beside.any() else ():
            least = own if counts > EDITED[2] else MANY * (1 + own)
            if any(reading.count(word) <= least for word in words):
                continue
            score = counts * best_beside(reading, reading.entry(Option(words, 1.0, False)), beside)
            if score > best:
                best, chosen = score, (one, words, counts)
    if chosen:
        put(reading, *chosen)


def doubt(reading: Reading, each: list[Wanted]) -> None:
    """Words that few postings hold become one near them that many more hold: a slip of somebody's pen is a word that is
    there."""
    for one in each:
        if one.entry.size >= FEW or one.used:
            continue
        least, whole = MANY * (1 + one.entry.size), one.word.whole
        if reading.tells(whole):  # somebody has chosen it: then only one that sounds the same
            some = [((other,), EDITED[0]) for other, _ in reading.near(whole, 0)]
        else:
            some = list(meant(reading, whole, 1))
        near = [pair for pair in some if reading.entry(Option(pair[0], 1.0, False)).size >= least]
        take(reading, one, [other for other in each if other is not one], iter(near))


def unsure(one: Wanted) -> bool:
    """It stands for a word that is far from it."""
    return bool(one.used) and one.options[0].counts <= EDITED[2]


def take(reading: Reading, one: Wanted, others: list[Wanted], near: Iterator[Meant]) -> None:
    """The near word that stands best beside the others; where it stands alone, a near and frequent one."""
    best, chosen = -math.inf, None
    beside = Sums(others, reading.live).coverage
    for words, counts in near:
        entry = reading.entry(Option(words, 1.0, False))
        alone = math.log(1 + entry.size) + SURE * math.log(counts)
        score = counts * best_beside(reading, entry, beside) + 0.01 * alone
        if score > best and reading.is_found(entry):
            best, chosen = score, (words, counts)
    if chosen:
        put(reading, one, *chosen)


def put(reading: Reading, one: Wanted, words: tuple[str, ...], counts: float) -> None:
    one.options = [Option(words, counts)]
    one.used = " ".join(words)
    one.look_up(reading)


def meant(reading: Reading, whole: str, edits: int = 2) -> Iterator[Meant]:
    """What a misspelt word may have been: near words, and two written as one."""
    if len(whole) < SHORTEST_HEARD or not any(letter.isalpha() for letter in whole):
        return
    most = min(edits, 0 if len(whole) < SHORTEST_EDITED else 1 if len(whole) < TWO_EDITS_FROM else 2)
    near = reading.near(whole, most)
    if not near and whole.endswith("s"):
        near = reading.near(whole.removesuffix("s"), most)  # of a plural that nobody else writes
    for other, far in near:
        begins = other[0] == whole[0] or sound(other)[0] == sound(whole)[0]
        yield (other,), EDITED[far] * (1 if begins else OTHER_START)
    for cut in range(SHORTEST_PART, len(whole) - SHORTEST_PART + 1):
        parts = whole[:cut], whole[cut:]
        if not COMMON.intersection(parts) and all(reading.count(part) > 1 for part in parts):
            yield parts, PARTED


def best_beside(reading: Reading, entry: Entry, beside: np.ndarray) -> float:
    """The best score of a posting that holds this as well as others, whose scores are given by row."""
    rows = reading.live.rows_of(entry.numbers)
    there = rows >= 0
    rows, own = rows[there], entry.scores[there] * math.log(1 + len(reading.live))
    both = beside[rows] > 0
    return float((beside[rows] + own)[both].max(initial=0.0))


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
