"""Filters: what a search asks for beside its words, as sets of ids."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from board.people.model import Person
from board.school.model import LOWEST_AGE, School, today
from board.search.criteria import Criteria
from board.search.facts import settled
from board.search.live import Live
from board.search.names import fields_named, skills_named

Numbers = frozenset[int]


class Filters:
    """Criteria turned into sets of ids. What the school does not have is left out, as is what asks for the reader's
    age where that is not known."""

    def __init__(self, criteria: Criteria, live: Live, person: Person | None = None):
        self.live, self.person = live, person
        self.fields = fields_named(criteria.fields)
        self.skills = skills_named(criteria.skills)
        self.criteria = criteria.but(
            page=criteria.page,
            fields=tuple(row.slug for row in self.fields),
            skills=tuple(row.slug for row in self.skills),
            may=criteria.may and self.knows_age,
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
        if criteria.first:
            self.sets["first"] = live.welcoming
        if self.criteria.may:
            self.sets["may"] = live.all.difference(self.barred)

    def of(self, matched: Numbers, leave_out: str = "") -> Numbers:
        """Those of the matched that pass every facet, but perhaps one."""
        return meet([matched, *(some for name, some in self.sets.items() if name != leave_out)])

    @property
    def knows_age(self) -> bool:
        return self.person is not None and self.person.is_student and self.person.birth_date is not None

    @cached_property
    def barred(self) -> list[int]:
        """Those this student may not apply to: `bar` in the rules of applications says the same of each."""
        student, day, found = self.person, today(), []
        school = settled("school", School.here)
        lowest = school.minimum_age if school else LOWEST_AGE
        now, grade = student.age_on(day), student.grade or 0
        for (age, lowest_grade, starts), numbers in self.live.demands.items():
            asked = max(age or 0, lowest)
            old_enough = now >= asked or (starts and student.age_on(max(date.fromisoformat(starts), day)) >= asked)
            if not old_enough or grade < (lowest_grade or 0):
                found += numbers
        return found


def meet(sets: Iterable[Numbers]) -> Numbers:
    first, *others = sorted(sets, key=len)
    for other in others:
        first &= other
    return first
