"""The days on which a project is worked, laid out on the calendar. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from board.checks.facts import Project, Year

DAY, WEEK = timedelta(days=1), timedelta(days=7)
WHOLE_DAY = 24 * 60  # minutes
MOST_DAYS = 400  # nobody plans further than a year; what is longer is refused elsewhere


@dataclass(frozen=True)
class Slot:
    """Work at a fixed time of one day, minutes since midnight; without one where only its length is known."""

    day: date
    minutes: int
    starts: int | None = None
    ends: int | None = None


@dataclass(frozen=True)
class Plan:
    """What of a project is at fixed times, and how many minutes more are done when it suits the student."""

    first: date
    last: date
    slots: tuple[Slot, ...] = ()
    loose: int = 0

    @cached_property
    def by_day(self) -> dict[date, int]:
        """Minutes at fixed times."""
        found: dict[date, int] = {}
        for slot in self.slots:
            found[slot.day] = found.get(slot.day, 0) + slot.minutes
        return found

    @property
    def minutes(self) -> int:
        return sum(slot.minutes for slot in self.slots) + self.loose

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def days_between(first: date, last: date) -> Iterator[date]:
    for number in range(min((last - first).days + 1, MOST_DAYS)):
        yield first + number * DAY


def monday_of(day: date) -> date:
    """The week a day lies in. The law counts in the employer's own work week, which nobody here is told; from Monday
    on, the five days of school stand together, and the weekend after them."""
    return day - day.weekday() * DAY


def plan_of(project: Project) -> Plan | None:
    """Every session on each of its weekdays, and the rest of the estimated hours; None without days to lay it on."""
    first, last = project.starts_on, project.due_on
    if first and last is None and project.weeks:
        last = first + project.weeks * WEEK - DAY
    if first is None or last is None or last < first:
        return None
    slots = tuple(
        Slot(day, session.minutes, session.starts, session.ends)
        for day in days_between(first, last)
        for session in project.sessions
        if session.day == day.weekday() and session.minutes > 0
    )
    fixed = sum(slot.minutes for slot in slots)
    return Plan(first, last, slots, max(0, (project.hours or 0) * 60 - project.passed - fixed))


class SchoolDays:
    """The school year asked day by day; what it answered is kept for the rest of one check."""

    def __init__(self, year: Year):
        self.year = year
        self.days: dict[date, bool] = {}
        self.weeks: dict[date, bool] = {}

    def has(self, day: date) -> bool:
        if day not in self.days:
            self.days[day] = self.year.is_school_day(day)
        return self.days[day]

    def in_week(self, day: date) -> bool:
        """Any week with a day of school in it is a school week; 29 CFR 570.35(b)."""
        monday = monday_of(day)
        if monday not in self.weeks:
            self.weeks[monday] = any(self.has(monday + number * DAY) for number in range(7))
        return self.weeks[monday]


def labor_day(year: int) -> date:
    """The first Monday of September."""
    first = date(year, 9, 1)
    return first + (-first.weekday() % 7) * DAY


def is_summer(day: date) -> bool:
    """From June 1 through Labor Day evenings are longer; 29 CFR 570.35(a)(6)."""
    return date(day.year, 6, 1) <= day <= labor_day(day.year)
