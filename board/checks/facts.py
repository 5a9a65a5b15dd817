"""What the checks look at, as plain values: a project, a student, the school year. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

SATURDAY = 5


@dataclass(frozen=True)
class Session:
    """A time of the week at which the student works: weekday (Monday is 0), minutes since midnight."""

    day: int
    starts: int
    ends: int

    @property
    def minutes(self) -> int:
        return self.ends - self.starts


@dataclass(frozen=True)
class Span:
    """Days from the first to the last."""

    first: date
    last: date
    name: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Year:
    """The school's calendar. Without any term every weekday counts as a school day: the stricter reading."""

    terms: tuple[Span, ...] = ()
    free: tuple[Span, ...] = ()  # holidays, summer
    busy: tuple[Span, ...] = ()  # finals, state testing
    bell: tuple[int, int] = (8 * 60, 15 * 60)  # school hours of a school day, minutes since midnight

    def is_school_day(self, day: date) -> bool:
        return self.is_no_break(day) and (not self.terms or any(day in term for term in self.terms))

    def is_no_break(self, day: date) -> bool:
        return day.weekday() < SATURDAY and not any(day in span for span in self.free)

    def is_awaited(self, day: date) -> bool:
        """Whether the school can be expected to answer on a day: a school day. Beyond the last semester that was given any
        weekday counts but breaks: else a calendar that nobody carries on would make nothing late any more."""
        is_beyond = bool(self.terms) and day > max(term.last for term in self.terms)
        return self.is_no_break(day) if is_beyond else self.is_school_day(day)


@dataclass(frozen=True)
class Project:
    """A posting as the checks read it. Money in US cents, `texts` by key of content.py."""

    employer_id: int | None
    employer_stands: bool = True
    texts: Mapping[str, str] = field(default_factory=dict)
    hours: int | None = None
    weeks: int | None = None
    starts_on: date | None = None
    due_on: date | None = None
    sessions: tuple[Session, ...] = ()
    tasks: tuple[str, ...] | None = None  # slugs of tasks.py; None: nobody was asked
    pay_cents: int | None = None
    worker_kind: str | None = None
    place: str | None = None
    address: str = ""
    supervisor: str = ""
    supervisor_stands: bool = True  # false only where the school asks for their check
    premises: str | None = None
    alone: str | None = None
    minimum_age: int | None = None
    passed: int = 0  # minutes of its fixed times that lay before its first day here: nobody works them any more


@dataclass(frozen=True)
class Worker:
    """A student the project is checked for. `others`: minutes planned or worked on a day elsewhere, by employer.

    Nobody says of a student here that they have finished school: all are kept to its hours, the stricter reading of
    29 CFR 570.35."""

    birth_date: date
    others: tuple[tuple[int, date, int], ...] = ()  # (employer, day, minutes)
    has_permit: bool = False
    guardian_stands: bool = True
    began: date | None = None  # their first day of work for this employer, if there was one before
