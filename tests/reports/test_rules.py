"""Who reads a case in which order, and until when it is opened: truth tables."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from board.checks.facts import Span, Year
from board.reports.rules import ASIDE, COORDINATORS, OFFICERS, due, line

WEST = ZoneInfo("America/Los_Angeles")
PERSON, BACKUP, COORDINATOR, OTHER = 1, 2, 3, 4


@pytest.mark.parametrize(
    ("officers", "coordinators", "named", "aside", "expected"),
    [
        ([PERSON, BACKUP], [COORDINATOR, OTHER], set(), set(), [(OFFICERS, [1, 2]), (COORDINATORS, [3, 4])]),
        ([PERSON, BACKUP], [COORDINATOR], {PERSON}, set(), [(OFFICERS, [2]), (COORDINATORS, [3])]),
        ([PERSON, BACKUP], [COORDINATOR], {PERSON, BACKUP}, set(), [(COORDINATORS, [3])]),
        ([PERSON, BACKUP], [COORDINATOR], {PERSON}, {BACKUP}, [(COORDINATORS, [3])]),
        ([PERSON], [PERSON, COORDINATOR], set(), set(), [(OFFICERS, [1]), (COORDINATORS, [3])]),
        ([], [COORDINATOR, OTHER], set(), set(), [(COORDINATORS, [3, 4])]),
        ([], [COORDINATOR], {COORDINATOR}, set(), []),
        ([PERSON], [], set(), {PERSON}, [(ASIDE, [1])]),
        ([PERSON], [COORDINATOR], {PERSON}, {COORDINATOR}, [(ASIDE, [3])]),
        ([PERSON], [COORDINATOR], {PERSON, COORDINATOR}, {COORDINATOR}, []),
        ([], [], set(), set(), []),
    ],
)
def test_the_line_of_a_case(officers, coordinators, named, aside, expected):
    assert line(officers, coordinators, named, aside) == expected


def at(*when: int) -> datetime:
    """A time of the school's clock, in UTC."""
    return datetime(*when, tzinfo=WEST).astimezone(UTC).replace(tzinfo=None)


PLAIN = Year()
HOLIDAY = Year(free=(Span(date(2026, 11, 26), date(2026, 11, 27)),))
SUMMER = Year(free=(Span(date(2026, 6, 12), date(2026, 9, 1)),))
FINALS = Year(busy=(Span(date(2026, 12, 7), date(2026, 12, 11)),))
TERMS = Year(terms=(Span(date(2026, 9, 8), date(2026, 12, 18)), Span(date(2027, 1, 4), date(2027, 6, 11))))


@pytest.mark.parametrize(
    ("came", "year", "until"),
    [
        (at(2026, 10, 6, 10), PLAIN, at(2026, 10, 7, 16)),
        (at(2026, 10, 6, 23, 59), PLAIN, at(2026, 10, 7, 16)),  # late on Tuesday is still Tuesday at school
        (at(2026, 10, 9, 10), PLAIN, at(2026, 10, 12, 16)),  # Friday: Monday
        (at(2026, 10, 10, 10), PLAIN, at(2026, 10, 12, 16)),  # Saturday
        (at(2026, 11, 25, 10), HOLIDAY, at(2026, 11, 30, 16)),  # the day before Thanksgiving
        (at(2026, 12, 7, 10), FINALS, at(2026, 12, 8, 16)),  # finals are school days
        (at(2026, 6, 15, 10), SUMMER, at(2026, 6, 22, 16)),  # a week, and not September
        (at(2026, 10, 30, 10), PLAIN, at(2026, 11, 2, 16)),  # the clocks go back on the weekend between
        (at(2026, 3, 6, 10), PLAIN, at(2026, 3, 9, 16)),  # and forward
        (at(2026, 12, 30, 10), TERMS, at(2027, 1, 4, 16)),  # between two semesters: the first day of the next
        (at(2027, 8, 2, 10), TERMS, at(2027, 8, 3, 16)),  # a calendar that nobody has carried on: any weekday
    ],
)
def test_until_when_it_is_opened(came, year, until):
    assert due(came, year, WEST) == until
