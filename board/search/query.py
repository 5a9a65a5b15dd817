"""Finding projects: words, then filters, then order; and every hit asked of the database."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from board.employers.model import Employer
from board.people.model import Person
from board.postings.model import Posting
from board.school.model import Field, today
from board.search import facets, facts, order
from board.search.answer import Answer, answer
from board.search.criteria import Criteria
from board.search.facets import Option, how_many
from board.search.filters import Filters, meet
from board.search.live import Live, Mask
from board.search.offers import offers
from board.statements import Statement

PAGE = 10  # about seven screens of a phone
MOST_KEPT = 1000  # rows of a table; some 2 MB
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
    marks: frozenset[str]  # words to mark, folded
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
    found = answer(criteria.q, live, criteria.verbatim) if criteria.q else None
    matched = found.matched if found else live.everything
    filters = Filters(criteria, live, person)
    hits = filters.of(matched)
    total = how_many(hits)
    criteria = filters.criteria.but(page=min(criteria.page, max(1, -(-total // PAGE))))
    ids = live.ids[page_of(hits, found, criteria, live)].tolist()
    return Found(
        criteria, total, load(ids, person), facets.count(filters, matched), found.marks if found else frozenset(),
        len(live), live.employers,
        complete=how_many(hits & found.complete) if found else total,
        correction=Correction(criteria.q, found.used) if found and found.used else None,
        instead=found.instead if found else "", offers=offers(found, filters, matched) if found else [],
        drops=drops(filters, matched, live) if not total else [],
    )  # fmt: skip


def page_of(hits: Mask, found: Answer | None, criteria: Criteria, live: Live) -> list[int]:
    """The rows of one page in the order asked for; equal ones newest first."""
    start, end = (criteria.page - 1) * PAGE, criteria.page * PAGE
    if criteria.sort == "best" and found:
        return order.best(found, hits, live, end, PAGE)[start:end]
    ranked = {"closing": live.closing, "pay": live.best_paid}.get(criteria.sort, live.newest)
    ranked = ranked[hits[ranked]]
    if found:
        complete = found.complete[ranked]
        ranked = np.concatenate([ranked[complete], ranked[~complete]])
    return ranked[start:end].tolist()


def drops(filters: Filters, matched: Mask, live: Live) -> list[tuple[str, str, int]]:
    """Nothing was found: what to leave out, and how many there are then, most first. ("words", "", 12) drops the words."""
    counts = [(name, "", how_many(filters.of(matched, name))) for name in filters.masks if name != "skill"]
    for row in filters.skills:
        others = [live.with_skill(other.id) for other in filters.skills if other.id != row.id]
        counts.append(("skill", row.slug, how_many(meet([filters.of(matched, "skill"), *others]))))
    if filters.criteria.q:
        counts.append(("words", "", how_many(filters.of(live.everything))))
    return sorted((drop for drop in counts if drop[2]), key=lambda drop: -drop[2])


def load(ids: list[int], person: Person | None) -> list[Posting]:
    """The postings of one page, in order; each asked of `seen_by` again, and of the day."""
    if not ids:
        return []
    seen = {
        number for (number,) in facts.among(ids, lambda: found_by(person, Posting.id), ("seen", person and person.id))
    }
    rows = rows_of([number for number in ids if number in seen])
    return [own_copy(row).for_reader(person) for row in rows]


def found_by(person: Person | None, *columns):
    """What this person may see of what is live today."""
    return Posting.seen_by(person).where(Posting.is_live_on(today())).select(*columns)


postings_read = Statement(lambda ids: Posting.select(*CARD).where(Posting.id.in_(ids)))
employers_read = Statement(lambda ids: Employer.select(Employer.id, Employer.name).where(Employer.id.in_(ids)))


def rows_of(ids: list[int]) -> list[Posting]:
    """What cards show of postings, with employer and field."""
    rows = kept(postings_read, ids)
    named = {row.id: row for row in kept(employers_read, [row.employer_id for row in rows])}
    fields = facts.settled("fields by id", lambda: {row.id: row for row in Field.select()})
    for row in rows:  # as peewee sets them, five times as quick
        row.__rel__ |= {"employer": named[row.__data__["employer"]], "field": fields.get(row.__data__["field"])}
    return rows


def kept(read: Statement, ids: list[int]) -> list:
    """Rows by id, in order, kept until anything is written to the database."""
    rows: dict = facts.settled(read, dict)
    lacking = list({number for number in ids if number not in rows})
    if lacking:
        if len(rows) > MOST_KEPT:
            rows.clear()
            lacking = list(set(ids))
        for row in read(lacking):
            rows[row.id] = row
    return [rows[number] for number in ids if number in rows]


def own_copy(row: Posting) -> Posting:
    """One that may be changed in memory for one reader."""
    made = row.__class__.__new__(row.__class__)
    made.__dict__ = row.__dict__ | {"__data__": dict(row.__data__), "__rel__": dict(row.__rel__)}
    return made
