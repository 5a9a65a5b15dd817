"""The demo school's year, as it lies in a calendar: this one and the one before or after it."""

from datetime import date, timedelta

from board.checks import rule_actions
from board.people.model import Person
from board.school import periods
from board.school.model import PeriodKind, School

MONDAY, THURSDAY = 0, 3


def write(today: date, by: Person) -> None:
    """Written last: what was played before asks nothing of it."""
    for autumn in (today.year - 1, today.year):
        for kind, name, first, last in periods_of(autumn):
            periods.add(kind, name, first, last, by)
        for name, first, last in terms_of(autumn):
            periods.add_term(name, first, last, by)
    periods.set_bell(School.here(), 8 * 60 + 10, 14 * 60 + 50, by)
    for key in ("state_minimum_cents", "limits_16_17"):  # looked up; the others wait for somebody
        rule_actions.confirm(School.here(), key, by)


def terms_of(autumn: int) -> list[tuple[str, date, date]]:
    """The two semesters, with the breaks that lie in them."""
    spring = autumn + 1
    labor_day, winter = nth(MONDAY, 1, date(autumn, 9, 1)), nth(MONDAY, 3, date(autumn, 12, 5))
    last_week = nth(MONDAY, 2, date(spring, 6, 1))
    return [
        (f"Fall {autumn}", labor_day + days(1), winter - days(3)),
        (f"Spring {spring}", winter + days(14), last_week + days(4)),
    ]


def periods_of(autumn: int) -> list[tuple[PeriodKind, str, date, date]]:
    """Of the school year that begins in the autumn of this year."""
    spring = autumn + 1
    labor_day, thanksgiving = nth(MONDAY, 1, date(autumn, 9, 1)), nth(THURSDAY, 4, date(autumn, 11, 1))
    winter, week_off = nth(MONDAY, 3, date(autumn, 12, 5)), nth(MONDAY, 4, date(spring, 3, 1))
    testing, last_week = nth(MONDAY, 3, date(spring, 4, 1)), nth(MONDAY, 2, date(spring, 6, 1))
    memorial_day = nth(MONDAY, 1, date(spring, 5, 25))
    holiday, finals = PeriodKind.HOLIDAY, PeriodKind.FINALS
    return [
        (holiday, "Labor Day", labor_day, labor_day),
        (holiday, "Thanksgiving break", thanksgiving - days(1), thanksgiving + days(1)),
        (finals, "Fall finals", winter - days(7), winter - days(3)),
        (holiday, "Winter break", winter, winter + days(11)),
        (holiday, "Spring break", week_off, week_off + days(4)),
        (PeriodKind.TESTING, "State tests, grades 9 to 11", testing, testing + days(8)),
        (holiday, "Memorial Day", memorial_day, memorial_day),
        (finals, "Spring finals", last_week, last_week + days(4)),
        (PeriodKind.SUMMER, "Summer break", last_week + days(5), nth(MONDAY, 1, date(spring, 9, 1)) - days(8)),
    ]


def days(number: int) -> timedelta:
    return timedelta(days=number)


def nth(weekday: int, number: int, first: date) -> date:
    """The so-manieth of a weekday from a day on."""
    return first + days((weekday - first.weekday()) % 7 + 7 * (number - 1))
