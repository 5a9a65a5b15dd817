"""From words typed to what is looked for in their place, and how well every posting answers.

Each word may be found as itself, in another form, as one of the school's words for it, as the beginning of a longer
word, or, when nothing holds it, as a word near it. Which near word was meant the postings themselves decide: the
one that stands best beside the other words.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import pairwise
from operator import itemgetter

from board.search import synonyms
from board.search.reading import Reading
from board.search.scores import NOTHING, Entry, best_of
from board.search.text import COMMON, MOST_WORDS, Word

# what a posting's word counts that is not the one typed
MEANT, BEGUN, JOINED = 0.6, 0.6, 0.9
EDITED = {0: 0.9, 1: 0.68, 2: 0.5}  # by edits; none: a missing space
COVERED = 4.0  # for holding a word at all
FEW, ENOUGH = 5, 300  # postings to choose from
IN_TITLE = 0.5  # more for having all the words in the title, in shares
SHORTEST_BEGINNING, SHORTEST_EDITED, TWO_EDITS_FROM = 3, 4, 6
SHORTEST_PART = 3  # of a word that two were written as

Option = tuple[tuple[str, ...], float, bool]  # words that all have to be there, what they count, in any form or not

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
        self.entry = merged(reading, self.options)
        self.weight = weight_of(reading, self.entry)

    def is_found(self, reading: Reading) -> bool:
        return reading.is_found(self.entry)


def weight_of(reading: Reading, entry: Entry) -> float:
    return math.log(1 + (len(reading.live) + 1) / (1 + len(entry)))


def merged(reading: Reading, options: list[Option]) -> Entry:
    """The postings that answer any of the options, each by the best."""
    return best_of([(all_of(reading, words, with_forms), counts) for words, counts, with_forms in options])


def all_of(reading: Reading, words: tuple[str, ...], with_forms: bool) -> Entry:
    """The postings that hold all of several words, as good as the worst of them."""
    if len(words) == 1:
        return reading.entry(words[0], with_forms)
    first, *others = sorted((reading.entry(word, with_forms) for word in words), key=len)
    scores = {n: min(score, *(other.get(n) for other in others)) for n, score in first.items()}
    held = {n: score for n, score in scores.items() if score}
    return Entry(held, first.titles.intersection(*(other.titles for other in others)))


# -- what is looked for


def wanted(reading: Reading, typed: list[str]) -> list[Wanted]:
    """Each telling word once, in order, with what may stand for it. `typed`: all the words, as text.split has them."""
    said = synonyms.said(typed)
    found: dict[str, Wanted] = {}
    only_common = all(word in COMMON for word in typed)
    for position, whole in enumerate(typed):
        if whole in found or len(found) == MOST_WORDS:
            continue
        if whole not in COMMON or only_common:
            found[whole] = Wanted(Word.of(whole))
            found[whole].options = [((whole,), 1.0, True)]
        elif any(start == position and end == position + 1 for start, end, _ in said):
            found[whole] = Wanted(Word.of(whole))  # a common word that means something at this school, as IT does
    for start, end, others in said:
        for whole in typed[start:end]:
            if whole in found:
                found[whole].options += [(words, MEANT, True) for words in others]
    for one, other in pairwise(typed):
        if one in found and other in found and reading.holds(one + other):
            for whole in (one, other):
                found[whole].options.append(((one + other,), JOINED, True))
    each = list(found.values())
    for one in each:
        one.look_up(reading)
    if each and typed[-1] == each[-1].word.whole and len(typed[-1]) >= SHORTEST_BEGINNING:
        finish(reading, each[-1])
    return each


def finish(reading: Reading, last: Wanted) -> None:
    """The last word may be unfinished, when few postings hold it."""
    if len(last.entry) >= FEW:
        return
    last.options += [
        ((longer,), BEGUN, False) for longer in reading.beginning(last.word.whole) if reading.holds(longer)
    ]
    last.look_up(reading)


# -- what was meant


def correct(reading: Reading, each: list[Wanted]) -> None:
    """Words that nothing holds become the near word that stands best beside the others."""
    for one in each:
        if not one.is_found(reading):
            take(reading, one, [other for other in each if other is not one], meant(reading, one.word.whole))


def correct_one(reading: Reading, each: list[Wanted]) -> None:
    """No posting holds all the words, though each is there: one of them may be another, misspelt."""
    best, chosen = 0.0, None
    for one in each:
        others = [other for other in each if other is not one]
        if one.used or len(one.word.whole) < SHORTEST_EDITED:
            continue
        for words, counts in meant(reading, one.word.whole, 1):
            score = counts * best_beside(reading, all_of(reading, words, False), others, complete=True)
            if score > best:
                best, chosen = score, (one, words, counts)
    if chosen:
        put(reading, *chosen)


def take(reading: Reading, one: Wanted, others: list[Wanted], near: Iterator[Meant]) -> None:
    """The near word that stands best beside the others; where it stands alone, the most frequent."""
    best, chosen = 0.0, None
    beside = [other for other in others if other.is_found(reading)]
    for words, counts in near:
        entry = all_of(reading, words, False)
        score = counts * (best_beside(reading, entry, beside) if beside else math.log(1 + len(entry)))
        if score > best:
            best, chosen = score, (words, counts)
    if chosen:
        put(reading, one, *chosen)


def put(reading: Reading, one: Wanted, words: tuple[str, ...], counts: float) -> None:
    one.options = [(words, counts, True)]
    one.used = " ".join(words)
    one.look_up(reading)


def meant(reading: Reading, whole: str, edits: int = 2) -> Iterator[Meant]:
    """What a misspelt word may have been: near words, and two written as one."""
    if len(whole) < SHORTEST_EDITED or not any(letter.isalpha() for letter in whole):
        return
    for other, far in reading.near(whole, min(edits, 1 if len(whole) < TWO_EDITS_FROM else 2)):
        yield (other,), EDITED[far]
    for cut in range(SHORTEST_PART, len(whole) - SHORTEST_PART + 1):
        if reading.count(whole[:cut]) > 1 and reading.count(whole[cut:]) > 1:
            yield (whole[:cut], whole[cut:]), EDITED[0]


def best_beside(reading: Reading, entry: Entry, others: list[Wanted], complete: bool = False) -> float:
    """The best score of a posting that holds this and, better, or necessarily, the others."""
    best, weight, live = 0.0, math.log(1 + len(reading.live)), reading.live
    for number, score in entry.items():
        if number not in live:
            continue
        score *= weight
        for other in others:
            its = other.entry.get(number)
            if its:
                score += its * other.weight
            elif complete:
                break
        else:
            best = max(best, score)
    return best


# -- how well postings answer


def rank(each: list[Wanted], live: frozenset[int]) -> dict[int, float]:
    """Live postings that hold all the words, with their scores: more for words in the title."""
    first, *others = sorted(each, key=lambda one: len(one.entry))
    ids = live.intersection(first.entry.numbers)
    for other in others:
        ids = (
            ids.intersection(other.entry.numbers)
            if len(ids) * 8 > len(other.entry)
            else [n for n in ids if other.entry.get(n)]
        )
    return {number: score(each, number) for number in ids}


def score(each: list[Wanted], number: int) -> float:
    total = titled = weights = 0.0
    for one in each:
        its = one.entry.get(number)
        weights += one.weight
        if its:
            total += its * one.weight
            if number in one.entry.titles:
                titled += one.weight
    return total * (1 + IN_TITLE * titled / weights)


def some_of(each: list[Wanted], live: frozenset[int], but, most: int) -> dict[int, float]:
    """The best of those that hold some of the words; the more of them, the better."""
    totals: dict[int, float] = {}
    for one in sorted(each, key=lambda one: len(one.entry)):
        weight, entry = one.weight, one.entry
        some = entry.items()
        if len(totals) >= ENOUGH < len(entry):  # so many hold this word that it alone says little
            totals = dict(nlargest(ENOUGH, totals.items(), key=itemgetter(1)))
            some = [(number, its) for number in totals if (its := entry.get(number))]
        for number, its in some:
            totals[number] = totals.get(number, 0.0) + (its + COVERED) * weight
    left = ((value, number) for number, value in totals.items() if number in live and number not in but)
    return {number: score(each, number) for _, number in nlargest(most, left)}
