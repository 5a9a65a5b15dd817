"""Hours: how people write a length of time, what an entry may not be, who may do what with one, and weeks. Pure.

Times are minutes; of a day, minutes since midnight at the school, kept as "HH:MM".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from board.people.model import Person
from board.placements.model import ENTRY_MINUTES, RUNNING, HoursEntry, HoursState, Placement, State
from board.placements.rules import runs
from board.words import N_, Said

DAY = 24 * 60
OVER = 1.25  # of the estimate: from then on it is time to talk
CONFIRMED_IN = (*RUNNING, State.ENDED_EARLY)
OPEN = (HoursState.LOGGED, HoursState.QUERIED)  # not confirmed yet

NUMBER = r"(\d{1,5}(?:[.,]\d{1,4})?)"
HOURS, MINUTES = r"\s*h(?:ours?|rs?|oras?)?\.?", r"\s*m(?:in(?:utes?|utos?|s)?)?\.?"
SHAPES = (
    (re.compile(r"(\d{1,3}):([0-5]\d)"), lambda h, m: int(h) * 60 + int(m)),
    (re.compile(NUMBER + HOURS + r"(?:\s*(?:and|y)?\s*(\d{1,2})" + f"(?:{MINUTES})?)?"),
     lambda h, m: as_number(h) * 60 + int(m or 0)),
    (re.compile(NUMBER + MINUTES), lambda m: as_number(m)),
    (re.compile(NUMBER), lambda h: as_number(h) * 60),
)  # fmt: skip


def as_number(text: str) -> float:
    return float(text.replace(",", "."))


def minutes_of(text: str) -> int | None:
    """A length of time as people write it: "1:30", "1.5", "1,5 h", "1h 30", "90 min". A number alone means hours. Below
    nothing it keeps its sign. None: not a length of time."""
    text = text.strip().lower()
    sign = -1 if text[:1] in "-−–" and text else 1
    text = text.lstrip("-−– ")
    for shape, value in SHAPES:
        found = shape.fullmatch(text)
        if found:
            return sign * round(value(*found.groups()))
    return None


CLOCK = re.compile(r"(\d{1,2})(?:[:.]?([0-5]\d))?\s*(?:([ap])\.?\s*m\.?)?")


def clock_of(text: str) -> str | None:
    """A time of the day as "HH:MM": from "16:30", "4:30 pm", "4pm". None: not one. Without am or pm an hour is one of 24."""
    found = CLOCK.fullmatch(text.strip().lower())
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 else None


def since_midnight(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def length(minutes: int) -> str:
    """As it is shown: "1 h 30 min"."""
    hours, rest = divmod(minutes, 60)
    return " ".join(
        part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if part
    )


# -- one entry


@dataclass(frozen=True)
class Work:
    """Time as somebody typed it, shape checked: a length, or from and to."""

    day: date
    did: str
    minutes: int
    starts_at: str | None = None
    ends_at: str | None = None
    skill_id: int | None = None


class Wrong(Exception):
    """What speaks against an entry, and at which field it is said."""

    def __init__(self, field: str, said: Said):
        super().__init__(f"{field}: {said}")
        self.field, self.said = field, said


def wrong(field: str, words: str, **values) -> Wrong:
    return Wrong(field, Said(words, **values))


def check(work: Work, begins: date, at: datetime) -> None:
    """Against the calendar: `begins` is the day work started, `at` now at the school. Raises Wrong."""
    if work.day > at.date():
        raise wrong("worked_on", N_("This day is still to come. Log it once you have worked."))
    if work.day < begins:
        raise wrong("worked_on", N_("This is before the project started, on %(day)s."), day=begins)
    if work.day == at.date() and work.ends_at and since_midnight(work.ends_at) > at.hour * 60 + at.minute:
        raise wrong("ends_at", N_("This time is still to come today. Log it once you have worked."))
    if work.minutes <= 0:
        raise wrong("length", N_("Enter a time longer than zero, such as 1:30 or 90 min."))
    if work.minutes < ENTRY_MINUTES[0]:
        raise wrong("length", N_("Log five minutes or more: put what is shorter together."))
    if work.minutes > DAY:
        raise wrong("length", N_("A day has 24 hours. If you mean minutes, write “90 min”."))


def check_day(work: Work, others: Iterable[HoursEntry]) -> None:
    """Against what this student has logged for the same day, in this placement and in others. Raises Wrong."""
    others = list(others)
    total = work.minutes + sum(one.minutes for one in others)
    if work.starts_at:
        first, last = since_midnight(work.starts_at), since_midnight(work.ends_at)
        for one in others:
            if one.starts_at and since_midnight(one.starts_at) < last and first < since_midnight(one.ends_at):
                raise wrong(
                    "starts_at", N_("You have logged %(start)s to %(end)s on this day already."),
                    start=one.starts_at, end=one.ends_at,
                )  # fmt: skip
    if total > DAY:
        field = "starts_at" if work.starts_at else "length"
        raise wrong(
            field, N_("With this you would have worked %(time)s on one day: it has 24 hours."), time=length(total)
        )


# -- who may do what with one


def may_log(person: Person, placement: Placement, entries: int) -> bool:
    """The student, while it runs; of a small project once, for the whole of it."""
    return logs(person, placement) and not (placement.is_small and entries)


def logs(person: Person, placement: Placement) -> bool:
    return placement.state in RUNNING and person.is_student and runs(person, placement)


def may_change(person: Person, placement: Placement, state: str) -> bool:
    """Change or remove: the student, until it is confirmed."""
    return logs(person, placement) and state in OPEN


def confirms(person: Person, placement: Placement) -> bool:
    """The employer; also once it has ended early: what was worked until then is what is owed."""
    return placement.state in CONFIRMED_IN and person.is_employer and runs(person, placement)


def may_confirm(person: Person, placement: Placement, state: str) -> bool:
    """The employer; also what they have asked about, once they know."""
    return confirms(person, placement) and state in OPEN


def may_query(person: Person, placement: Placement, state: str) -> bool:
    """While it runs: the student could not answer any more."""
    return placement.state in RUNNING and confirms(person, placement) and state == HoursState.LOGGED


# -- all of them


@dataclass(frozen=True)
class Week:
    """Sunday to Saturday, as school calendars have it here."""

    first: date
    entries: list[HoursEntry]

    @property
    def last(self) -> date:
        return self.first + timedelta(days=6)

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.entries)

    @property
    def open(self) -> list[HoursEntry]:
        return [one for one in self.entries if one.state in OPEN]

    @property
    def logged(self) -> list[HoursEntry]:
        return [one for one in self.entries if one.state == HoursState.LOGGED]


def sunday_of(day: date) -> date:
    return day - timedelta(days=(day.weekday() + 1) % 7)


def weeks_of(entries: Iterable[HoursEntry]) -> list[Week]:
    """The newest first; within one the days in their order."""
    rows = sorted(entries, key=lambda one: (one.worked_on, one.starts_at or "", one.id))
    grouped = groupby(rows, key=lambda one: sunday_of(one.worked_on))
    return [Week(first, list(some)) for first, some in grouped][::-1]


def is_over(minutes: int, hours: int | None) -> bool:
    """More than a quarter beyond the estimate."""
    return bool(hours) and minutes > hours * 60 * OVER


def real_hourly(pay_cents: int | None, minutes: int) -> int | None:
    """Cents an hour that was worked, rounded down."""
    return pay_cents * 60 // minutes if pay_cents and minutes else None


def is_low(pay_cents: int | None, minutes: int, minimum: int) -> bool:
    """Whether the pay for each hour that was worked lies below a minimum (cents; see checking.least_pay)."""
    return bool(pay_cents) and bool(minutes) and pay_cents * 60 < minimum * minutes
