"""Words that mean the same at this school, as the search uses them: folded and cut like what is typed."""

from functools import lru_cache
from typing import NamedTuple

from board.db import database
from board.school.model import Skill, SkillState, Spelling, Synonym
from board.search.facts import unchanged
from board.search.text import fold, split, stem

Term = tuple[str, ...]  # the words of one term: ("software", "development")


class Groups(NamedTuple):
    """From each term to the others of its groups: by the words, and by their stems for "videos" and "video"."""

    words: dict[Term, list[Term]]
    stems: dict[Term, list[Term]]
    longest: int  # words of the longest term
    spelled: dict[str, Term]  # from another spelling of a skill, as it is kept, to the skill's name


SPELLED = 4  # words of another spelling, at most
Row = tuple[str]
_last: tuple[tuple[list[Row], list[tuple[str, str]]], Groups] = (([], []), Groups({}, {}, SPELLED, {}))


def groups() -> dict[Term, list[Term]]:
    """The other terms that mean the same, by term; as the database has them now."""
    return kept().words


def expand(words: list[str], at: int) -> tuple[int, list[Term]]:
    """The longest term that begins with this word: how many words it has, and what means the same. (0, []) for none.

    A term as it is written comes before one with another ending.
    """
    found = kept()
    for length in range(min(found.longest, len(words) - at), 0, -1):
        term = tuple(words[at : at + length])
        others = found.words.get(term) or found.stems.get(tuple(map(stem, term))) or []
        named = found.spelled.get("".join(term))
        if others or named:
            each = dict.fromkeys([*others, named] if named else others)
            return length, [other for other in each if other != term]
    return 0, []


def said(words: list[str]) -> list[tuple[int, int, list[Term]]]:
    """Where such terms stand among words: from, to, and what means the same. None lies within another."""
    found, at = [], 0
    while at < len(words):
        length, others = expand(words, at)
        if others:
            found.append((at, at + length, others))
        at += length or 1
    return found


def kept() -> Groups:
    return unchanged("synonyms", ask)


def ask() -> Groups:
    """Cut anew only where the rows are others than the last time: anything written to the database leads here."""
    global _last
    rows = database.execute(Synonym.select(Synonym.words).order_by(Synonym.id)).fetchall()
    used = Spelling.select(Spelling.folded, Skill.name).join(Skill).where(Skill.state != SkillState.REFUSED)
    spelled = database.execute(used.order_by(Spelling.id)).fetchall()
    known, found = _last
    if (rows, spelled) != known:
        found = made_of([cut(words) for (words,) in rows], {other: name_of(name) for other, name in spelled})
        _last = (rows, spelled), found
    return found


@lru_cache(maxsize=1000)
def name_of(skill: str) -> Term:
    return tuple(split(skill))


@lru_cache(maxsize=1000)
def cut(words: str) -> tuple[tuple[Term, Term], ...]:
    """The terms of one group, each with its stems."""
    terms = dict.fromkeys(filter(None, (tuple(split(term)) for term in words.split(", "))))
    return tuple((term, tuple(map(stem, term))) for term in terms)


def made_of(listed: list[tuple[tuple[Term, Term], ...]], spelled: dict[str, Term]) -> Groups:
    by_words: dict[Term, dict[Term, None]] = {}
    by_stems: dict[Term, dict[Term, None]] = {}
    for group in listed:
        for term, stems in group:
            others = dict.fromkeys(other for other, _ in group if other != term)
            by_words.setdefault(term, {}).update(others)
            by_stems.setdefault(stems, {}).update(others)
    return Groups(
        {term: list(others) for term, others in by_words.items() if others},
        {term: list(others) for term, others in by_stems.items() if others},
        max(SPELLED, *map(len, by_words)) if by_words else SPELLED,
        {fold(other): name for other, name in spelled.items() if name},
    )
