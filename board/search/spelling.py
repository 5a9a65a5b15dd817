"""What was meant by a word that is misspelt, or written as one with another.

The postings themselves decide which of the near words it is: the one that stands best beside the other words.
"""

import math
from collections.abc import Iterator

import numpy as np

from board.search.entries import Entry, Option
from board.search.matching import FEW, Sums, Wanted
from board.search.reading import Reading
from board.search.sounds import sound
from board.search.text import COMMON

# what a posting's word counts that is not the one typed
EDITED = {0: 0.75, 1: 0.68, 2: 0.5}  # by edits; none: it sounds the same
PARTED = 0.7  # a missing space
OTHER_START = 0.85  # who slips seldom slips at the first letter
SURE = 20  # what nearness says beside frequency, of a word that stands alone
MANY = 20  # times as many: a word that so many more hold may have been meant
SHORTEST_HEARD, SHORTEST_EDITED, SHORTEST_REPLACED, TWO_EDITS_FROM = 3, 4, 5, 6  # letters
MOST_CORRECTED = 3  # words of a search
SHORTEST_PART = 3  # of a word that two were written as

Meant = tuple[tuple[str, ...], float]


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
