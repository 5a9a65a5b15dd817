"""What the live postings answer to some words: those that hold all of them, and where these are few, some."""

from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from board.search import matching, spelling
from board.search.live import Live, Mask
from board.search.matching import Sums, Wanted
from board.search.reading import Reading, read
from board.search.text import COMMON, MOST_WORDS, Word, compounds, split, tidy
from board.search.text import words as telling

MOST_SOME = 60


class Answer(NamedTuple):
    """What live postings answer, by row. `complete`: those that hold all the words; `matched`: these and some others."""

    scores: np.ndarray
    complete: Mask
    matched: Mask
    marks: frozenset[str]  # words that say why, as they stand in the postings
    used: str  # the words that were looked for, where that is not what was typed
    instead: str  # the words that may have been meant, where few hold those that were typed
    words: tuple[str, ...]  # what was looked for, in order


def answer(q: str, live: Live, verbatim: bool = False) -> Answer | None:
    """To what a person typed; None where there is no word in it. `verbatim`: nothing is corrected."""
    tidied = tidy(q)
    typed, joined = split(tidied)[: MOST_WORDS * 2], frozenset(compounds(tidied))
    return (
        read(asked_for(q, typed, joined), live, lambda reading: of(reading, typed, joined, verbatim)) if typed else None
    )


def asked_for(q: str, typed: list[str], joined: frozenset[str]) -> list[Word]:
    """The telling words, and the small ones that are part of one with a hyphen."""
    if not joined:
        return telling(q)
    parts = {word for one, other in pairwise(typed) if one + other in joined for word in (one, other)}
    return [Word.of(word) for word in dict.fromkeys(typed) if word not in COMMON or word in parts] or telling(q)


def of(reading: Reading, typed: list[str], joined: frozenset[str], verbatim: bool) -> Answer:
    each = matching.wanted(reading, typed, joined)
    sums = Sums(each, reading.live)
    used = "" if verbatim or sums.complete.any() else instead_of(reading, typed, each)
    if used:
        each = matching.wanted(reading, used.split())  # the words put right may have other words at this school
        sums = Sums(each, reading.live)
    are_few = np.count_nonzero(sums.complete) < matching.FEW
    matched = sums.complete | sums.some(MOST_SOME) if are_few and len(each) > 1 else sums.complete
    instead = ""
    if verbatim and are_few:
        instead = instead_of(reading, typed, each)
    elif are_few and not used:
        instead = doubted(reading, typed, each, np.count_nonzero(sums.complete))
    return Answer(
        sums.scores, sums.complete, matched, marks_of(reading, each), used, instead, tuple(used.split() or typed)
    )


def instead_of(reading: Reading, typed: list[str], each: list[Wanted]) -> str:
    """What was typed, with other words in place of those that nothing holds, or of one where nothing holds them all."""
    as_typed, each = each, [replace(one) for one in each]
    spelling.correct(reading, each)
    found = np.count_nonzero(Sums(each, reading.live).complete)
    if not found:
        each = [replace(other) if spelling.unsure(one) else one for one, other in zip(each, as_typed, strict=True)]
        spelling.correct_one(reading, each)
    elif found < matching.FEW and (more := doubted(reading, typed, each, found)):
        return more
    return said_again(typed, each) if any(one.used for one in each) else ""


def doubted(reading: Reading, typed: list[str], each: list[Wanted], found: int) -> str:
    """What was typed, with frequent words in place of rare ones near them, where that finds many times as much."""
    each = [replace(one) for one in each]
    spelling.doubt(reading, each)
    if not any(one.used for one in each):
        return ""
    more = np.count_nonzero(Sums(each, reading.live).complete)
    return said_again(typed, each) if more > matching.FEW * found else ""


def said_again(typed: list[str], each: list[Wanted]) -> str:
    """What was typed, with the words used in place of others."""
    used = {one.word.whole: one.used for one in each if one.used}
    return " ".join(used.get(word, word) for word in typed)


def marks_of(reading: Reading, each: list[Wanted]) -> frozenset[str]:
    """Words that stand for a word by themselves: "taking" alone does not say that there is a photograph."""
    found: set[str] = set()
    for option in (option for one in each for option in one.options if len(option.words) == 1):
        found.update(option.words, *(reading.kin(word) for word in option.words if option.with_forms))
    return frozenset(found)
