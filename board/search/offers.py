"""Fields and skills that the words of a search name, as filters."""

import re

from board.search.answer import Answer
from board.search.facets import Option, offer
from board.search.facts import settled
from board.search.filters import Filters
from board.search.live import Mask
from board.search.names import fields, known_skills, skills_spelled
from board.search.synonyms import said
from board.search.text import split

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
    called, spelled = skills_called(named), skills_spelled()
    of_field = settled("parts of fields", parts_of_fields)
    made: list[Option] = []
    for name in named:
        # the whole of what was typed gives way to the filter; beside other words its name stays, for the order
        q, left = ("", filters.live.everything) if len(name) == len(words) else (criteria.q, matched)
        skill = called.get(name) or spelled.get("".join(name))
        for kind, address in (("field", of_field.get(name)), ("skill", skill)):
            option = offer(filters, kind, address, left, q) if address else None
            if option and (kind, address) not in {(other.kind, other.value) for other in made}:
                made.append(option)
    return made[:MOST]


def skills_called(named: list[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """Slugs of skills by the words of their names: with a sign in them, as C++ and .NET have, by the name itself."""
    plain = {name: "-".join(name) for name in named if all(map(str.isalnum, name))}
    signed = {name: "".join(name) for name in named if name not in plain}
    found = {}
    for key, names in (("slug", plain), ("folded", signed)):
        known = known_skills(key, set(names.values())) if names else {}
        found |= {name: known[said].slug for name, said in names.items() if said in known}
    return found


def parts_of_fields() -> dict[tuple[str, ...], str]:
    """Slugs of fields by the words of their names and of each half of them."""
    parts = [(part, row.slug) for row in fields().values() for part in (row.name, *PARTS.split(row.name))]
    return {tuple(split(part)): address for part, address in parts}
