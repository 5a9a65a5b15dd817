"""Spellings and slugs of skills; what a school may set."""

import re
import unicodedata
from datetime import date

from board.school.model import LONGEST_SYNONYM, MOST_SYNONYMS
from board.words import N_, Said, slug

# the lowest pay an hour a school may ask for, in cents: from the federal minimum wage (29 USC 206)
PAY_CENTS = (725, 20000)

PERIOD_DAYS = 400  # a period of the school year that is longer has a wrong date
YEARS = (5, 10)  # so far back, and so far ahead

# signs that make a skill another skill: C, C++ and C# are three
SIGNS = {"++": "-plus-plus", "#": "-sharp", "+": "-plus", "&": "-and-"}


def fold(name: str) -> str:
    """The key under which spellings of one skill meet: case, white space and width do not count."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())[:60]


def tidy(name: str) -> str:
    """A skill's name as it is shown: control characters out, single spaces, at most 60 characters."""
    kept = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in unicodedata.normalize("NFKC", name))
    return " ".join(kept.split())[:60].strip(" ,;|")


def skill_slug(name: str) -> str:
    """A slug that tells C, C++, C# and .NET apart and is never empty ("日本語" keeps its code points)."""
    words = name.strip().lower()
    if words.startswith("."):
        words = "dot-" + words[1:]
    for sign, said in SIGNS.items():
        words = words.replace(sign, said)
    words = re.sub(r"(?<=\w)\.(?=\w)", "-", words)  # Node.js -> node-js
    made = slug(words)
    return made or "s-" + "-".join(f"{ord(c):x}" for c in fold(name)[:10])


def group_of(typed: str) -> list[str]:
    """Words that mean the same, as they were typed with commas, semicolons or lines between them, each once."""
    each: dict[str, str] = {}
    for term in filter(None, map(tidy, re.split(r"[,;\n]", typed))):
        each.setdefault(term.casefold(), term)
    return list(each.values())


def wrong_with(group: list[str]) -> Said | None:
    """Why these words cannot be a group, or None."""
    if len(group) < 2:
        return Said(N_("Give at least two different words, with a comma between them."))
    if len(group) > MOST_SYNONYMS:
        return Said(N_("Use at most %(most)d words in a group."), most=MOST_SYNONYMS)
    for term in group:
        if len(term) > LONGEST_SYNONYM:
            return Said(N_("“%(term)s” is longer than %(most)d characters."), term=term, most=LONGEST_SYNONYM)
        if not any(character.isalnum() for character in term):
            return Said(N_("“%(term)s” has no letter and no number."), term=term)
    return None


def wrong_with_days(first: date | None, last: date | None, today: date) -> Said | None:
    """Why a period of the school year cannot have these days, or None. Those of one kind may overlap."""
    if first is None or last is None:
        return Said(N_("Give the first and the last day."))
    if last < first:
        return Said(N_("The last day is before the first: %(first)s to %(last)s."), first=first, last=last)
    if not (today.year - YEARS[0] <= first.year and last.year <= today.year + YEARS[1]):
        return Said(N_("Look at the year: %(first)s to %(last)s."), first=first, last=last)
    days = (last - first).days + 1
    if days > PERIOD_DAYS:
        return Said(N_("These are %(days)s days. No part of a school year is longer than %(most)s: look at the year."), days=days, most=PERIOD_DAYS)  # fmt: skip
    return None
