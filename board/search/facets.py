"""Filters over the live postings, and for every choice the number of results one gets by clicking it.

Within one facet the choices are alternatives (a field, or another); a posting must pass every facet.
Skills are the exception: each one more is asked for as well.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from board.postings.model import Place
from board.school.model import Field, Skill
from board.search.criteria import Criteria
from board.search.facts import Live, unchanged

HOURS = (5, 10, 20, 40)
PAY = (15, 18, 20, 25)  # dollars an hour, at least
TOP_SKILLS = 12

Numbers = frozenset[int]


@dataclass
class Option:
    """One choice of a facet. `count`: results with it applied. `own`: results it stands for alone."""

    kind: str
    value: str
    label: str
    count: int
    picked: bool
    own: int
    thing: object = None


class Filters:
    """Criteria turned into sets of ids. Fields and skills that the school does not have are left out."""

    def __init__(self, criteria: Criteria, live: Live):
        self.live = live
        self.fields = rows_of(Field, criteria.fields)
        self.skills = rows_of(Skill, criteria.skills)
        self.criteria = criteria.but(
            page=criteria.page,
            fields=tuple(row.slug for row in self.fields),
            skills=tuple(row.slug for row in self.skills),
        )
        self.sets: dict[str, Numbers] = {}
        if self.fields:
            self.sets["field"] = frozenset().union(*(live.fields.get(row.id, frozenset()) for row in self.fields))
        if self.skills:
            self.sets["skill"] = meet(live.skills.get(row.id, frozenset()) for row in self.skills)
        if criteria.hours:
            self.sets["hours"] = live.within_hours(criteria.hours)
        if criteria.pay:
            self.sets["pay"] = live.paying(criteria.pay)
        if criteria.place:
            self.sets["place"] = live.places.get(criteria.place, frozenset())

    def of(self, matched: Numbers, leave_out: str = "") -> Numbers:
        """Those of the matched that pass every facet, but perhaps one."""
        return meet([matched, *(some for name, some in self.sets.items() if name != leave_out)])


def rows_of(model, slugs: tuple[str, ...]) -> list:
    """The rows with these slugs, in their order."""
    if not slugs:
        return []
    rows = {row.slug: row for row in model.select().where(model.slug.in_(slugs))}
    return [rows[slug] for slug in slugs if slug in rows]


def meet(sets: Iterable[Numbers]) -> Numbers:
    first, *others = sorted(sets, key=len)
    for other in others:
        first &= other
    return first


def count(filters: Filters, matched: Numbers, hits: Numbers) -> dict[str, list[Option]]:
    """The facets of a search. Choices that lead nowhere are left out, unless they are picked."""
    if hits is filters.live.all:  # nothing asked for: the same for everybody
        return unchanged("facets", lambda: count_all(filters, matched, hits))
    return count_all(filters, matched, hits)


def count_all(filters: Filters, matched: Numbers, hits: Numbers) -> dict[str, list[Option]]:
    criteria, live = filters.criteria, filters.live
    return {
        "field": field_options(filters, matched, hits),
        "skill": skill_options(filters, hits),
        "hours": one_of(filters.of(matched, "hours"), "hours", HOURS, criteria.hours, live.within_hours),
        "pay": one_of(filters.of(matched, "pay"), "pay", PAY, criteria.pay, live.paying),
        "place": one_of(filters.of(matched, "place"), "place", tuple(Place), criteria.place, live.places.get),
    }


def field_options(filters: Filters, matched: Numbers, hits: Numbers) -> list[Option]:
    others = filters.of(matched, "field")
    picked = {row.id for row in filters.fields}
    already = len(hits) if picked else 0  # another field is one more alternative
    options = []
    for row in unchanged("fields", lambda: list(Field.select().order_by(Field.position, Field.name))):
        own = len(others & filters.live.fields.get(row.id, frozenset()))
        if own or row.id in picked:
            total = already if row.id in picked else already + own
            options.append(Option("field", row.slug, row.name, total, row.id in picked, own, row))
    return options


def skill_options(filters: Filters, hits: Numbers) -> list[Option]:
    counts = filters.live.skill_counts(hits)
    picked = {row.id for row in filters.skills}
    top = {number for number, _ in counts.most_common(TOP_SKILLS + len(picked))} | picked
    if not top:
        return []
    options = [
        Option("skill", row.slug, row.name, counts[row.id], row.id in picked, counts[row.id], row)
        for row in Skill.select().where(Skill.id.in_(top))
    ]
    return sorted(options, key=lambda option: (not option.picked, -option.count, option.label.lower()))


def one_of(others: Numbers, kind: str, values, picked, numbers_of) -> list[Option]:
    """A facet of which one choice holds at a time; a value from the address that is not on the list is added."""
    options = []
    listed = values if picked is None or picked in values else sorted((*values, picked))
    for value in listed:
        own = len(others & (numbers_of(value) or frozenset()))
        if own or value == picked:
            label = value.label if isinstance(value, Place) else ""
            options.append(Option(kind, str(value), label, own, value == picked, own, value))
    return options
