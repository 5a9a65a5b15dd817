"""For every choice of a filter, the number of results one gets by clicking it.

Within one facet the choices are alternatives (a field, or another); a posting must pass every facet.
Skills are the exception: each one more is asked for as well.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from board.postings.model import Place
from board.search.facts import settled
from board.search.filters import Filters
from board.search.live import Mask, Rows
from board.search.names import fields, skills_numbered
from board.search.text import fold

HOURS = (5, 10, 20, 40)
PAY = (15, 18, 20, 25)  # dollars an hour, at least
TOP_SKILLS = 10
MOST_LIKE = 60  # skills listed when somebody looks for one
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


def count(filters: Filters, matched: Mask) -> dict[str, list[Option]]:
    """The facets of a search. Choices that lead nowhere are left out, unless they are picked."""
    criteria = filters.criteria
    if matched is not filters.live.everything or criteria.is_filtered or criteria.like:
        counting = Counting(filters, matched)
        everybody = counting.for_everybody()
    else:  # nothing asked for: the same for everybody, but for what each may apply to
        counting = settled("counting", lambda: Counting(Filters(criteria, filters.live), matched))
        everybody = settled("facets", counting.for_everybody)
    may = how_many(filters.open_to_reader[counting.without("may")]) if filters.knows_age else 0
    return everybody | {"may": may_options(filters, may)}


def how_many(mask: Mask) -> int:
    return int(np.count_nonzero(mask))


class Counting:
    """The choices of every facet with their counts."""

    def __init__(self, filters: Filters, matched: Mask):
        self.filters, self.live, self.criteria, self.matched = filters, filters.live, filters.criteria, matched
        self.rows = np.flatnonzero(filters.of(matched))
        self.total = len(self.rows)

    def without(self, facet: str) -> Rows:
        """Those of the matched that pass every other facet."""
        return np.flatnonzero(self.filters.of(self.matched, facet)) if facet in self.filters.masks else self.rows

    def for_everybody(self) -> dict[str, list[Option]]:
        live = self.live
        return {
            "field": self.fields(),
            "skill": self.skills(),
            "hours": self.one_of("hours", HOURS, live.within_hours),
            "pay": self.one_of("pay", PAY, live.paying),
            "place": self.one_of("place", tuple(Place), live.at),
            "first": self.one_of("first", (1,), lambda _: live.welcoming),
        }  # fmt: skip

    def fields(self) -> list[Option]:
        every = np.bincount(self.live.field[self.without("field")]).tolist()
        picked = {row.id for row in self.filters.fields}
        already = self.total if picked else 0  # another field is one more alternative
        options = []
        for row in fields().values():
            own = at(every, row.id)
            if own or row.id in picked:
                total = already if row.id in picked else already + own
                options.append(Option("field", row.slug, row.name, total, row.id in picked, own, row))
        return options

    def skills(self) -> list[Option]:
        """The picked ones, then those that tell these results from the rest; or those that somebody looks for."""
        picked = [row.id for row in self.filters.skills]
        here = self.live.skill_counts(self.rows)
        if self.criteria.like:
            like = fold(self.criteria.like)
            wanted = dict.fromkeys([*picked, *np.flatnonzero(here).tolist()])
            rows = [row for row in skills_numbered(wanted) if row.id in picked or like in fold(row.name)]
        else:
            rows = skills_numbered([*picked, *self.telling(here, set(picked))])
        options = []
        for row in rows:
            own = at(here, row.id)
            options.append(Option("skill", row.slug, row.name, own, row.id in picked, own, row))
        return sorted(options, key=lambda option: (not option.picked, -option.count, option.label.lower()))[:MOST_LIKE]

    def telling(self, here: np.ndarray, picked: set[int]) -> list[int]:
        """The skills that are asked for here more than elsewhere, and by many; on the whole board, by the most."""
        some = np.flatnonzero(here >= max(1, self.total * RARE))
        own = here[some]
        share = len(self.live) / max(1, self.total)
        tells = own * np.log(np.maximum(1.0, own * share / self.live.counts_of_skills[some]))
        best = some[np.lexsort((some, -own, -tells))]
        return [skill for skill in best[: TOP_SKILLS + len(picked)].tolist() if skill not in picked][:TOP_SKILLS]

    def one_of(self, kind: str, values: tuple, mask_of: Callable[..., Mask]) -> list[Option]:
        """A facet of which one choice holds at a time; a value from the address that is not on the list is added."""
        others, picked, options = self.without(kind), getattr(self.criteria, kind), []
        for value in values if not picked or picked in values else sorted((*values, picked)):
            own = how_many(mask_of(value)[others])
            if own or value == picked:
                label = value.label if isinstance(value, Place) else ""
                options.append(Option(kind, str(value), label, own, value == picked, own, value))
        return options


def at(counts, number: int) -> int:
    return int(counts[number]) if number < len(counts) else 0


def may_options(filters: Filters, own: int) -> list[Option]:
    picked = filters.criteria.may
    return [Option("may", "1", "", own, picked, own, "1")] if own or picked else []


def offer(filters: Filters, kind: str, slug: str, matched: Mask, q: str) -> Option | None:
    """A field or a skill that the words name, as a filter in their place: `q` is what stays of the words, `matched`
    what that finds. None where it leads nowhere, or is picked."""
    criteria = filters.criteria
    if slug in (criteria.fields if kind == "field" else criteria.skills):
        return None
    clicked = Filters(criteria.but(q=q, **criteria.toggled(kind, slug)), filters.live, filters.person)
    row = clicked.fields[-1:] if kind == "field" else clicked.skills[-1:]
    own = how_many(clicked.of(matched))
    return Option(kind, slug, row[0].name, own, False, own, row[0], q) if row and own else None
