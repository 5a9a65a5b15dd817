"""Finding projects: words, then filters, then order; and every hit asked of the database."""

import heapq
from dataclasses import dataclass, field
from typing import NamedTuple

from peewee import JOIN

from board.employers.model import Employer
from board.people.model import Person
from board.postings.model import Posting
from board.school.model import Field, today
from board.search import facets, facts, scores
from board.search.criteria import Criteria
from board.search.facets import Filters, Option
from board.search.text import Marks, Word, words

PAGE = 20
# what a card shows: the long texts, and whatever is on site, stay in the database
CARD = (
    Posting.id, Posting.employer, Posting.field, Posting.state, Posting.held_at, Posting.version, Posting.title,
    Posting.summary, Posting.hours, Posting.weeks, Posting.pay_cents, Posting.place, Posting.location,
    Posting.minimum_age, Posting.minimum_grade, Posting.first_project_welcome, Posting.apply_by,
)  # fmt: skip


class Correction(NamedTuple):
    """Words that were looked for in place of those typed, which nothing holds."""

    typed: str
    used: str


@dataclass
class Found:
    """One page of results, the total, and the facets with their counts."""

    criteria: Criteria  # as answered: without what the school does not know, on a page that is there
    total: int
    postings: list[Posting]
    facets: dict[str, list[Option]]
    marks: Marks
    everything: int  # live postings in all, and their employers
    employers: int
    complete: int = 0  # so many hold all the words and come first; the others hold some
    correction: Correction | None = None
    instead: str = ""  # "did you mean", where the words were looked for as typed
    offers: list[Option] = field(default_factory=list)  # fields and skills that the words name, as filters
    drops: list[tuple[str, str, int]] = field(default_factory=list)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))

    @property
    def picked(self) -> list[Option]:
        return [option for options in self.facets.values() for option in options if option.picked]


def find(criteria: Criteria, person: Person | None) -> Found:
    """One page of what this person may find. A page beyond the last is the last."""
    live = facts.live()
    looked_for = words(criteria.q)
    found_words = scores.match(looked_for, live.facts) if looked_for else None
    matched = live.all if found_words is None else live.all.intersection(found_words)
    filters = Filters(criteria, live, person)
    hits = filters.of(matched)
    pages = max(1, -(-len(hits) // PAGE))
    criteria = filters.criteria.but(page=min(criteria.page, pages))
    ids = page_of(hits, found_words, criteria, live)
    counted = facets.count(filters, matched, hits)
    return Found(
        criteria, len(hits), load(ids, person), counted, marks_of(looked_for), len(live.all), live.employers,
        complete=len(hits), drops=drops(filters, matched, live) if not hits else [],
    )  # fmt: skip


def marks_of(looked_for: list[Word]) -> Marks:
    last = looked_for[-1].whole if looked_for else ""
    begins = last if len(last) >= scores.SHORTEST_BEGINNING else ""
    return Marks(stems=frozenset(word.stem for word in looked_for), begins=begins)


def page_of(hits: frozenset[int], found_words: scores.Scores | None, criteria: Criteria, live) -> list[int]:
    """The ids of one page in the order asked for; equal ones newest first."""
    start, end = (criteria.page - 1) * PAGE, criteria.page * PAGE
    if criteria.sort == "best" and found_words is not None:
        place = live.place_in_newest
        return heapq.nsmallest(end, hits, key=lambda n: (-found_words[n], place[n]))[start:]
    order = {"closing": live.closing, "pay": live.best_paid}.get(criteria.sort, live.newest)
    return [number for number in order if number in hits][start:end]


def drops(filters: Filters, matched: frozenset[int], live) -> list[tuple[str, str, int]]:
    """Nothing was found: what to leave out, and how many there are then, most first. ("words", "", 12) drops the words."""
    counts = [(name, "", len(filters.of(matched, name))) for name in filters.sets if name != "skill"]
    for row in filters.skills:
        others = [live.skills.get(other.id, frozenset()) for other in filters.skills if other.id != row.id]
        counts.append(("skill", row.slug, len(facets.meet([filters.of(matched, "skill"), *others]))))
    if filters.criteria.q:
        counts.append(("words", "", len(filters.of(live.all))))
    return sorted((drop for drop in counts if drop[2]), key=lambda drop: -drop[2])


def load(ids: list[int], person: Person | None) -> list[Posting]:
    """The postings of one page, in order; each asked of `seen_by` again, and of the day."""
    if not ids:
        return []
    query = (
        Posting.seen_by(person)
        .select(*CARD, Employer.id, Employer.name, Field)
        .join(Employer)
        .switch(Posting)
        .join(Field, JOIN.LEFT_OUTER)
        .where(Posting.id.in_(ids), Posting.is_live_on(today()))
    )
    rows = {posting.id: posting.for_reader(person) for posting in query}
    return [rows[number] for number in ids if number in rows]
