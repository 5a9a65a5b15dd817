"""Fields and skills that the words of a search name, as filters."""

import re

from board.search.answer import Answer
from board.search.facets import Option, offer
from board.search.facts import settled
from board.search.filters import Filters
from board.search.live import Mask
from board.search.names import fields, skills_named
from board.search.synonyms import said
from board.search.text import split
from board.words import slug

LONGEST_NAME, MOST = 3, 3  # words of a name; offers
PARTS = re.compile(r"\s*(?:[&,/]|\band\b)\s*")  # Design & Media is called by either word


def offers(found: Answer, filters: Filters, matched: Mask) -> list[Option]:
    """The longest names first; those that lead nowhere or change nothing are left out."""
    criteria, words = filters.criteria, found.words
    terms = [(start, end) for start, end, _ in said(list(words))]  # "media" in "social media" names no field
    named = [
        words[start : start + length]
        for length in range(min(LONGEST_NAME, len(words)), 0, -1)
        for start in range(len(words) - length + 1)
        if not any(first <= start and start + length <= end and length < end - first for first, end in terms)
    ]
    called = {row.slug for row in skills_named({slug(" ".join(name)) for name in named})}
    of_field = settled("parts of fields", parts_of_fields)
    made: list[Option] = []
    for name in named:
        # the whole of what was typed gives way to the filter; beside other words its name stays, for the order
        q, left = ("", filters.live.everything) if len(name) == len(words) else (criteria.q, matched)
        skill = slug(" ".join(name))
        for kind, address in (("field", of_field.get(name)), ("skill", skill if skill in called else None)):
            option = offer(filters, kind, address, left, q) if address else None
            if option:
                made.append(option)
    return made[:MOST]


def parts_of_fields() -> dict[tuple[str, ...], str]:
    """Slugs of fields by the words of their names and of each half of them."""
    parts = [(part, row.slug) for row in fields().values() for part in (row.name, *PARTS.split(row.name))]
    return {tuple(split(part)): address for part, address in parts}
