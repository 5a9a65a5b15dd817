"""Who hears of what by mail and when: defaults, quiet hours and mornings, also on the days the clocks change."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from board.mail import rules
from board.mail.model import Pace
from board.notices import HEARS, KIND_OF, Kind
from board.people.model import Role

PACIFIC = ZoneInfo("America/Los_Angeles")
NIGHT = (21, 7)


def utc(text: str) -> datetime:
    """A moment at the school in the tables' UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=PACIFIC).astimezone(ZoneInfo("UTC")).replace(tzinfo=None)


def at_school(moment: datetime) -> str:
    return rules.local(moment, PACIFIC).strftime("%a %b %d %H:%M")


def test_every_kind_of_notice_is_offered_to_somebody_in_words():
    kinds = {news.kind or KIND_OF.get(noun, Kind.OTHER) for (noun, _move), news in HEARS.items()}
    offered = {kind for kinds_of_role in rules.OFFERED.values() for kind in kinds_of_role}
    assert kinds <= offered and set(rules.OFFERED) == set(Role)
    for role, some in rules.OFFERED.items():
        assert len({label for label, _pace in some.values()}) == len(some), role
        assert Kind.OTHER in some and len(some) <= 6


def test_what_somebody_waits_for_comes_at_once_and_what_piles_up_comes_in_the_morning():
    assert rules.default("student", "application") == Pace.AT_ONCE
    assert rules.default("student", "search") == Pace.DAILY
    assert rules.default("employer", "application") == Pace.AT_ONCE
    assert rules.default("teacher", "posting") == Pace.DAILY
    assert rules.default("coordinator", "report") == Pace.AT_ONCE
    assert rules.default("teacher", "employer") == Pace.AT_ONCE  # not offered to them: nobody is left in the dark


@pytest.mark.parametrize(
    ("hour", "night", "noon", "never", "evening"),
    [(0, True, False, False, False), (6, True, False, False, False), (7, False, False, False, False),
     (12, False, True, False, False), (13, False, False, False, False), (20, False, False, False, True),
     (21, True, False, False, True), (23, True, False, False, True)],
)  # fmt: skip
def test_quiet_hours_may_lie_across_midnight(hour, night, noon, never, evening):
    spans = (NIGHT, (12, 13), (7, 7), (20, 0))
    assert [rules.is_quiet(hour, *span) for span in spans] == [night, noon, never, evening]


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-03-05T20:59", "Thu Mar 05 20:59"),
        ("2026-03-05T21:00", "Fri Mar 06 07:00"),
        ("2026-03-06T06:59", "Fri Mar 06 07:00"),
        ("2026-03-06T07:00", "Fri Mar 06 07:00"),
        ("2026-03-07T23:30", "Sun Mar 08 07:00"),  # the clocks go forward in this night
        ("2026-03-08T00:30", "Sun Mar 08 07:00"),
        ("2026-10-31T23:30", "Sun Nov 01 07:00"),  # and back in this one
        ("2026-12-31T22:00", "Fri Jan 01 07:00"),
    ],
)
def test_a_student_hears_when_quiet_hours_are_over(now, then):
    assert at_school(rules.not_before("student", utc(now), NIGHT, PACIFIC)) == then
    for role in ("teacher", "coordinator", "employer"):
        assert rules.not_before(role, utc(now), NIGHT, PACIFIC) == utc(now)


def test_quiet_hours_always_end_within_a_day_and_never_before_now():
    start = utc("2026-03-06T12:00")
    for minutes in range(0, 5 * 24 * 60, 7):
        moment = start + timedelta(minutes=minutes)
        for night in (NIGHT, (1, 3), (2, 3), (4, 2), (0, 23), (23, 0)):
            then = rules.not_before("student", moment, night, PACIFIC)
            assert moment <= then <= moment + timedelta(hours=25)
            # at the hour the clocks leap over, "until 2" ends at 3
            assert not rules.is_quiet(rules.local(then, PACIFIC).hour, *night)


@pytest.mark.parametrize(
    ("now", "daily", "weekly"),
    [
        ("2026-03-04T06:59", "Tue Mar 03 07:00", "Mon Mar 02 07:00"),
        ("2026-03-04T07:00", "Wed Mar 04 07:00", "Mon Mar 02 07:00"),
        ("2026-03-08T06:59", "Sat Mar 07 07:00", "Mon Mar 02 07:00"),
        ("2026-03-08T07:00", "Sun Mar 08 07:00", "Mon Mar 02 07:00"),
        ("2026-03-09T06:59", "Sun Mar 08 07:00", "Mon Mar 02 07:00"),
        ("2026-03-09T07:00", "Mon Mar 09 07:00", "Mon Mar 09 07:00"),
        ("2026-11-01T07:00", "Sun Nov 01 07:00", "Mon Oct 26 07:00"),
        ("2026-11-02T07:00", "Mon Nov 02 07:00", "Mon Nov 02 07:00"),
    ],
)
def test_digests_are_due_at_seven_at_the_school_on_every_day_of_the_year(now, daily, weekly):
    assert at_school(rules.last_morning("daily", utc(now), PACIFIC)) == daily
    assert at_school(rules.last_morning("weekly", utc(now), PACIFIC)) == weekly


def test_mornings_come_once_a_day_whatever_the_clocks_do():
    start, seen = utc("2026-03-01T00:00"), []
    for minutes in range(0, 16 * 24 * 60, 5):
        morning = rules.last_morning("daily", start + timedelta(minutes=minutes), PACIFIC)
        if morning not in seen:
            seen.append(morning)
    assert seen == sorted(seen) and len(seen) == 17
    assert {rules.local(morning, PACIFIC).hour for morning in seen} == {7}
