"""What the live postings answer to some words: those that hold all of them, and where these are few, some."""

from dataclasses import dataclass, field, replace

from board.search import matching
from board.search.matching import Wanted
from board.search.reading import Reading, read
from board.search.text import MOST_WORDS, split, tidy
from board.search.text import words as telling

MOST_SOME = 60


@dataclass
class Answer:
    """Scores of live postings; `complete`: those that hold all the words."""

    scores: dict[int, float] = field(default_factory=dict)
    complete: frozenset[int] = frozenset()
    marks: frozenset[str] = frozenset()  # words that say why, as they stand in the postings
    used: str = ""  # the words that were looked for, where that is not what was typed
    instead: str = ""  # the words that may have been meant, where nothing was replaced
    words: tuple[str, ...] = ()  # what was looked for, in order


def answer(q: str, live: frozenset[int], verbatim: bool = False) -> Answer:
    """To what a person typed. `verbatim`: nothing is corrected."""
    typed = split(tidy(q))[: MOST_WORDS * 2]
    if not typed:
        return Answer()
    return read(telling(q), live, lambda reading: of(reading, typed, verbatim))


def of(reading: Reading, typed: list[str], verbatim: bool) -> Answer:
    each = matching.wanted(reading, typed)
    complete = matching.rank(each, reading.live)
    used = "" if verbatim or complete else instead_of(reading, typed, each)
    if used:
        each = matching.wanted(reading, used.split())  # the words put right may have other words at this school
        complete = matching.rank(each, reading.live)
    found = complete
    if len(complete) < matching.FEW and len(each) > 1:
        found = complete | matching.some_of(each, reading.live, complete, MOST_SOME)
    asked_back = verbatim and len(complete) < matching.FEW
    return Answer(
        found, frozenset(complete), marks_of(reading, each), used, instead_of(reading, typed, each) if asked_back else "",
        tuple(used.split() or typed),
    )  # fmt: skip


def instead_of(reading: Reading, typed: list[str], each: list[Wanted]) -> str:
    """What was typed, with other words in place of those that nothing holds, or of one where nothing holds them all."""
    each = [replace(one) for one in each]
    matching.correct(reading, each)
    if not matching.rank(each, reading.live):
        matching.correct_one(reading, each)
    return said_again(typed, each) if any(one.used for one in each) else ""


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
