"""Filters: what a search asks for beside its words, as masks."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property, reduce

import numpy as np

from board.people.model import Person
from board.school.model import LOWEST_AGE, School, today
from board.search.criteria import Criteria
from board.search.facts import settled
from board.search.live import Live, Mask
from board.search.names import fields_named, skills_named

_closing: list[Callable[[Person], set[int]]] = []  # what else keeps a student from a project; see `closing`


def closing(ids: Callable[[Person], set[int]]) -> Callable[[Person], set[int]]:
    """Decorates a function that names the live projects a student may not apply to for a reason of their own."""
    _closing.append(ids)
    return ids


def closed_to(student: Person) -> list[int]:
    return sorted(set().union(*(ids(student) for ids in _closing)))


class Filters:
    """Criteria turned into masks. What the school does not have is left out, as is what asks for the reader's
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
        self.masks: dict[str, Mask] = {}
        if self.fields:
            self.masks["field"] = live.in_fields([row.id for row in self.fields])
        if self.skills:
            self.masks["skill"] = meet(live.with_skill(row.id) for row in self.skills)
        if criteria.hours:
            self.masks["hours"] = live.within_hours(criteria.hours)
        if criteria.pay:
            self.masks["pay"] = live.paying(criteria.pay)
        if criteria.place:
            self.masks["place"] = live.at(criteria.place)
        if criteria.first:
            self.masks["first"] = live.welcoming
        if self.criteria.may:
            self.masks["may"] = self.open_to_reader

    def of(self, matched: Mask, leave_out: str = "") -> Mask:
        """Those of the matched that pass every facet, but perhaps one."""
        return meet([matched, *(some for name, some in self.masks.items() if name != leave_out)])

    @property
    def knows_age(self) -> bool:
        return self.person is not None and self.person.is_student and self.person.birth_date is not None

    @cached_property
    def open_to_reader(self) -> Mask:
        """Those this student may apply to: `barred_from` of the applications says the same of each."""
        student = self.person
        return settled(("open to", student.id, self.live), self.ask_what_is_open)

    def ask_what_is_open(self) -> Mask:
        student, day, live = self.person, today(), self.live
        if student.not_shown:
            return np.zeros(len(live), bool)
        school = settled("school", School.here)
        asked = np.maximum(live.age, school.minimum_age if school else LOWEST_AGE)
        starts, which = np.unique(live.starts_on, return_inverse=True)
        ages = [student.age_on(max(date.fromordinal(start), day)) if start else 0 for start in starts.tolist()]
        old_enough = (student.age_on(day) >= asked) | (np.array(ages, np.int64)[which] >= asked)
        may = old_enough & ((student.grade or 0) >= live.grade)
        closed = settled(("closed to", student.id), lambda: closed_to(student))
        if closed:
            rows = live.rows_of(np.array(closed))
            may[rows[rows >= 0]] = False
        return may


def meet(masks: Iterable[Mask]) -> Mask:
    return reduce(np.logical_and, masks)
