"""For every choice of a filter, the number of results one gets by clicking it.

Within one facet the choices are alternatives (a field, or another); a posting must pass every facet.
Skills are the exception: each one more is asked for as well.
"""

from collections.abc import Callable
from dataclasses import dataclass
from heapq import nlargest
from math import log

from board.postings.model import Place
from board.search.facts import settled
from board.search.filters import Filters, Numbers
from board.search.names import fields, skills_numbered
from board.search.text import fold

HOURS = (5, 10, 20, 40)
PAY = (15, 18, 20, 25)  # dollars an hour, at least
TOP_SKILLS = 10
MOST_LIKE = 60  # skills listed when somebody looks for one
SAMPLE = 500  # which skills matter is asked of so many of the results; their counts of all
RARE = 0.005  # a skill that fewer of the results ask for does not matter


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
    q: str | None = None  # of an offer: what stays of the words, which name the choice


def count(filters: Filters, matched: Numbers, hits: Numbers) -> dict[str, list[Option]]:
    """The facets of a search. Choices that lead nowhere are left out, unless they are picked."""
    criteria = filters.criteria
    if hits is not filters.live.all or criteria.is_filtered or criteria.like:
        return Counting(filters, matched, hits).all()
    # nothing asked for: the same for everybody, but for what each may apply to
    everybody = settled("facets", lambda: Counting(filters, matched, hits).for_everybody())
    return everybody | {"may": may_options(filters, len(hits) - len(filters.barred) if filters.knows_age else 0)}


class Counting:
    """The choices of every facet with their counts, by sets of bits (see `Live.bits`)."""

    def __init__(self, filters: Filters, matched: Numbers, hits: Numbers):
        self.filters, self.live, self.criteria, self.hits = filters, filters.live, filters.criteria, hits
        self.matched = self.live.bits(matched)
        self.passing = {name: self.bits_of(name, some) for name, some in filters.sets.items()}
        self.found = self.without("")

    def bits_of(self, name: str, some: Numbers) -> int:
        if name in ("hours", "pay", "place", "first"):
            return self.live.kept_bits(name, getattr(self.criteria, name), some)
        return self.live.bits(some)

    def without(self, facet: str) -> int:
        """Those of the matched that pass every other facet."""
        others = self.matched
        for name, bits in self.passing.items():
            if name != facet:
                others &= bits
        return others

    def all(self) -> dict[str, list[Option]]:
        may = 0
        if self.filters.knows_age:
            may = (self.without("may") & ~self.live.bits(self.filters.barred)).bit_count()
        return self.for_everybody() | {"may": may_options(self.filters, may)}

    def for_everybody(self) -> dict[str, list[Option]]:
        live = self.live
        return {
            "field": self.fields(),
            "skill": self.skills(),
            "hours": self.one_of("hours", HOURS, live.within_hours),
            "pay": self.one_of("pay", PAY, live.paying),
            "place": self.one_of("place", tuple(Place), lambda at: live.places.get(at, frozenset())),
            "first": self.one_of("first", (1,), lambda _: live.welcoming),
        }  # fmt: skip

    def fields(self) -> list[Option]:
        others = self.without("field")
        picked = {row.id for row in self.filters.fields}
        already = len(self.hits) if picked else 0  # another field is one more alternative
        options = []
        for row in fields().values():
            some = self.live.fields.get(row.id, frozenset())
            own = (others & self.live.kept_bits("field", row.id, some)).bit_count()
            if own or row.id in picked:
                total = already if row.id in picked else already + own
                options.append(Option("field", row.slug, row.name, total, row.id in picked, own, row))
        return options

    def skills(self) -> list[Option]:
        """The picked ones, then those that tell these results from the rest; or those that somebody looks for."""
        picked = [row.id for row in self.filters.skills]
        if self.criteria.like:
            like = fold(self.criteria.like)
            here = dict.fromkeys([*picked, *self.live.skill_counts(self.hits)])
            rows = [row for row in skills_numbered(here) if row.id in picked or like in fold(row.name)]
        else:
            rows = skills_numbered([*picked, *self.telling(set(picked))])
        options = []
        for row in rows:
            some = self.live.skills.get(row.id, frozenset())
            own = (self.found & self.live.kept_bits("skill", row.id, some)).bit_count()
            options.append(Option("skill", row.slug, row.name, own, row.id in picked, own, row))
        return sorted(options, key=lambda option: (not option.picked, -option.count, option.label.lower()))[:MOST_LIKE]

    def telling(self, picked: set[int]) -> list[int]:
        """The skills that are asked for here more than elsewhere, and by many; on the whole board, by the most."""
        live, some = self.live, self.hits
        if len(some) > SAMPLE and some is not live.all:
            some = list(some)[:: len(some) // SAMPLE]
        share, least = len(live.all) / max(1, len(some)), len(some) * RARE
        told = [
            (here * log(max(1.0, here * share / len(live.skills[skill]))), here, -skill)
            for skill, here in live.skill_counts(some).items()
            if here >= least and skill not in picked
        ]
        return [-last for _, _, last in nlargest(TOP_SKILLS, told)]

    def one_of(self, kind: str, values: tuple, numbers_of: Callable[..., Numbers]) -> list[Option]:
        """A facet of which one choice holds at a time; a value from the address that is not on the list is added."""
        others, picked, options = self.without(kind), getattr(self.criteria, kind), []
        for value in values if not picked or picked in values else sorted((*values, picked)):
            own = (others & self.live.kept_bits(kind, value, numbers_of(value))).bit_count()
            if own or value == picked:
                label = value.label if isinstance(value, Place) else ""
                options.append(Option(kind, str(value), label, own, value == picked, own, value))
        return options


def may_options(filters: Filters, own: int) -> list[Option]:
    picked = filters.criteria.may
    return [Option("may", "1", "", own, picked, own, "1")] if own or picked else []


def offer(filters: Filters, kind: str, slug: str, matched: Numbers, q: str) -> Option | None:
    """A field or a skill that the words name, as a filter in their place: `q` is what stays of the words, `matched`
    what that finds. None where it leads nowhere, or is picked."""
    criteria = filters.criteria
    if slug in (criteria.fields if kind == "field" else criteria.skills):
        return None
    clicked = Filters(criteria.but(q=q, **criteria.toggled(kind, slug)), filters.live, filters.person)
    row = clicked.fields[-1:] if kind == "field" else clicked.skills[-1:]
    own = len(clicked.of(matched))
    return Option(kind, slug, row[0].name, own, False, own, row[0], q) if row and own else None
