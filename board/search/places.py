"""Where in a text the words stand that were looked for."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from board.search.text import fold, split, stem

MOST = 200  # places of a text that are looked at more closely, for each beginning

WORD = re.compile(r"\.?\w+(?:['’.&]\w+)*(?:\+\+|#)?")
WITHOUT_ACCENTS = {n: unicodedata.normalize("NFD", chr(n))[0] for n in range(0xC0, 0x250)}
ODD = re.compile(r"['’]|[^\x00-\x7f…·“”–—•]")  # what a word may be written otherwise with


class Place(NamedTuple):
    start: int
    end: int
    stem: str


def places(text: str, marks: frozenset[str], shown: frozenset[str] = frozenset()) -> list[Place]:
    """In order, but for words whose stem is `shown`; the js of Node.js has one of its own. Letters are looked for first: a word is cut and stemmed only where
    it may be one."""
    some = beginnings(marks)
    lower = text.lower()
    starts = starts_of(some, lower)
    if not starts and not text.isascii():
        starts = starts_of(some, lower.translate(WITHOUT_ACCENTS))
    found = []
    for start in starts:
        match = WORD.match(text, start)
        for whole, its in words_of(match.group()) if match else ():
            if whole in marks and its not in shown:
                found.append(Place(start, match.end(), its))
                break
    return found


def every_place(text: str, marks: frozenset[str]) -> list[Place]:
    """The same, word by word where a word may be written otherwise than it was looked for: café, farmer's."""
    if not ODD.search(text):
        return places(text, marks)
    folded, found = fold(text), []
    if any(letters in folded for letters in beginnings(marks)):
        for match in WORD.finditer(text):
            its = next((its for whole, its in words_of(match.group()) if whole in marks), None)
            if its is not None:
                found.append(Place(*match.span(), its))
    return found


@lru_cache(maxsize=4000)
def words_of(chunk: str) -> tuple[tuple[str, str], ...]:
    """The words of what is written as one, each with its stem."""
    return tuple((whole, stem(whole)) for whole in split(chunk))


@lru_cache(maxsize=256)
def beginnings(marks: frozenset[str]) -> tuple[str, ...]:
    """The letters that all of these words begin with, the fewest: most are forms of one word."""
    some: list[str] = []
    for word in sorted(marks):
        if not some or not word.startswith(some[-1]):
            some.append(word)
    return tuple(some)


def starts_of(some: tuple[str, ...], text: str) -> list[int]:
    """Where words of a text begin with any of these letters, in order; of each the first so many."""
    starts: list[int] = []
    for letters in some:
        at, most = text.find(letters), len(starts) + MOST
        while at >= 0 and len(starts) < most:
            if not at or not text[at - 1].isalnum():
                starts.append(at)
            at = text.find(letters, at + 1)
    return sorted(starts)
