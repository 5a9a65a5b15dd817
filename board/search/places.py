"""Where in a text the words stand that were looked for."""

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from board.search.text import LONGEST_WORD, fold, split, stem

MOST = 200  # places of a text that are looked at more closely, for each beginning

WORD = re.compile(r"\.?\w+(?:['’.&]\w+)*(?:\+\+|#)?")
WITHOUT_ACCENTS = {n: unicodedata.normalize("NFD", chr(n))[0] for n in range(0xC0, 0x250)}
ACCENTED = re.compile(r"[\u00c0-\u024f]")
BEFORE, AFTER = re.compile(r"[^\W_]+$"), re.compile(r"[^\W_]+")  # a sign within a word
ODD = re.compile(r"['’]|[^\x00-\x7f…·“”–—•]")  # what a word may be written otherwise with


class Place(NamedTuple):
    start: int
    end: int
    stem: str


def places(text: str, marks: frozenset[str], shown: frozenset[str] = frozenset()) -> list[Place]:
    """In order, but for words whose stem is `shown`; the js of Node.js has one of its own."""
    found = as_looked_for(text, marks, shown)
    return found or [place for place in of_compounds(text, marks) if place.stem not in shown]


def as_looked_for(
    text: str, marks: frozenset[str], shown: frozenset[str] = frozenset(), most: int = MOST
) -> list[Place]:  # fmt: skip
    """Letters are looked for first: a word is cut and stemmed only where it may be one."""
    some = beginnings(marks)
    starts = starts_of(some, lower(text, some), most)
    if not starts and not text.isascii() and ACCENTED.search(text):
        starts = starts_of(some, text.lower().translate(WITHOUT_ACCENTS), most)
    found = []
    for start in starts:
        if start and text[start - 1].isalnum():  # an accent before it, which `lower` took for a sign
            continue
        match = WORD.match(text, start)
        for whole, its in words_of(match.group()) if match else ():
            if whole in marks and its not in shown:
                found.append(Place(start, match.end(), its))
                break
    return found


def of_compounds(text: str, marks: frozenset[str]) -> list[Place]:
    """Words with a sign in them that were looked for without: e-commerce as ecommerce, Node.js as nodejs."""
    found = []
    for sign in "-.":
        at = text.find(sign, 1)
        while at >= 0:
            if text[at - 1].isalnum() and text[at + 1 : at + 2].isalnum():
                start, end = BEFORE.search(text, max(0, at - LONGEST_WORD), at), AFTER.match(text, at + 1)
                whole = fold(start[0] + end[0]) if start and end else ""
                if whole in marks:
                    found.append(Place(start.start(), end.end(), stem(whole)))
            at = text.find(sign, at + 1)
    return sorted(found)


def lower(text: str, some: tuple[str, ...]) -> str:
    """In which to look for these letters. Python takes five times as long where there is one sign beyond ASCII, and
    most texts have a dash or a quotation mark, which is nothing to letters of the alphabet."""
    if text.isascii() or not all(map(str.isascii, some)):
        return text.lower()
    return text.encode("ascii", "replace").lower().decode()


def places_of_each(texts: list[str], marks: frozenset[str]) -> list[list[Place]]:
    """The same of many short texts at once; word by word where a word may be written otherwise than it was looked
    for: café, farmer's."""
    found: list[list[Place]] = [[] for _ in texts]
    plain = [text if (text.isascii() and "'" not in text) or not ODD.search(text) else "" for text in texts]
    ends = list(accumulate(len(text) + 1 for text in plain))
    whole = "\n".join(plain)
    for start, end, its in sorted([*as_looked_for(whole, marks, most=MOST * len(texts)), *of_compounds(whole, marks)]):
        number = bisect_right(ends, start)
        before = ends[number - 1] if number else 0
        found[number].append(Place(start - before, end - before, its))
    for number, text in enumerate(texts):
        if text and not plain[number]:
            found[number] = word_by_word(text, marks)
    return found


def word_by_word(text: str, marks: frozenset[str]) -> list[Place]:
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


def starts_of(some: tuple[str, ...], text: str, most: int = MOST) -> list[int]:
    """Where words of a text begin with any of these letters, in order; of each the first so many."""
    starts: list[int] = []
    for letters in some:
        at, enough = text.find(letters), len(starts) + most
        while at >= 0 and len(starts) < enough:
            if not at or not text[at - 1].isalnum():
                starts.append(at)
            at = text.find(letters, at + 1)
    return sorted(starts)
