"""Hours: how a length is read, what an entry may not be, weeks, and who may do what with an entry."""

from datetime import date, datetime, timedelta
from itertools import product

import pytest

from board.placements.hours_rules import (
    Work,
    Wrong,
    check,
    check_day,
    clock_of,
    is_low,
    is_over,
    length,
    may_change,
    may_confirm,
    may_log,
    may_query,
    minutes_of,
    real_hourly,
    sunday_of,
    weeks_of,
)
from board.placements.model import HoursEntry, HoursState, State
from tests.placements.test_plan_rules import PEOPLE, people, placement


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1:30", 90), ("0:45", 45), ("12:05", 725), ("1.5", 90), ("1,5", 90), ("2", 120), ("90 min", 90), ("90min", 90),
        ("90 minutes", 90), ("45m", 45), ("1h", 60), ("1.5 h", 90), ("1h30", 90), ("1h 30m", 90), ("1 h 30 min", 90),
        ("2 hours", 120), ("1 hour and 15 minutes", 75), ("2 hrs 5 mins", 125), (" 1:30 ", 90), ("1,25 horas", 75),
        ("30", 1800), ("0", 0), ("-1", -60), ("−2:00", -120), ("- 30 min", -30),
        ("1:60", None), ("1:5", None), ("soon", None), ("", None), ("1 day", None), ("1:30:00", None), ("99999999", None),
        ("NaN", None), ("1e3", None), ("１２", 720),
    ],
)  # fmt: skip
def test_a_length_of_time_as_people_write_it(text, minutes):
    assert minutes_of(text) == minutes


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("16:30", "16:30"), ("4:30 pm", "16:30"), ("4pm", "16:00"), ("4 p.m.", "16:00"), ("12 am", "00:00"),
        ("12:15 PM", "12:15"), ("9:05", "09:05"), ("0930", "09:30"), ("9", "09:00"), ("24:00", None), ("13 pm", None),
        ("9:60", None), ("noon", None), ("", None),
    ],
)  # fmt: skip
def test_a_time_of_the_day_as_people_write_it(text, clock):
    assert clock_of(text) == clock


def test_a_length_is_shown_in_hours_and_minutes():
    assert [length(m) for m in (0, 45, 60, 90, 1440)] == ["0 min", "45 min", "1 h", "1 h 30 min", "24 h"]


# -- one entry

NOW = datetime(2026, 3, 11, 15, 0)  # a Wednesday
TODAY, BEGINS = NOW.date(), date(2026, 3, 4)
DAY = timedelta(days=1)


def work(day=TODAY, minutes=60, start=None, end=None):
    return Work(day, "Two sketches", minutes, start, end)


@pytest.mark.parametrize(
    ("entry", "field", "words"),
    [
        (work(), None, ""),
        (work(day=BEGINS), None, ""),
        (work(day=TODAY + DAY), "worked_on", "still to come"),
        (work(day=BEGINS - DAY), "worked_on", "before the project started, on 2026-03-04"),
        (work(start="14:00", end="15:00"), None, ""),
        (work(start="14:01", end="15:01"), "ends_at", "still to come today"),
        (work(day=TODAY - DAY, start="22:00", end="23:00"), None, ""),
        (work(minutes=0), "length", "longer than zero"),
        (work(minutes=-60), "length", "longer than zero"),
        (work(minutes=4), "length", "five minutes or more"),
        (work(minutes=5), None, ""),
        (work(minutes=1440), None, ""),
        (work(minutes=1441), "length", "A day has 24 hours. If you mean minutes"),
    ],
)
def test_what_an_entry_may_not_be(entry, field, words):
    if field is None:
        check(entry, BEGINS, NOW)
        return
    with pytest.raises(Wrong) as refused:
        check(entry, BEGINS, NOW)
    assert refused.value.field == field and words in str(refused.value.said)


def kept(minutes=60, start=None, end=None, day=TODAY, **more):
    return HoursEntry(worked_on=day, minutes=minutes, starts_at=start, ends_at=end, did="x", **more)


@pytest.mark.parametrize(
    ("entry", "others", "field", "words"),
    [
        (
            work(start="14:00", end="15:00"),
            [kept(start="13:00", end="14:00"), kept(start="15:00", end="16:00")],
            None,
            "",
        ),
        (
            work(start="14:00", end="15:00"),
            [kept(start="14:59", end="16:00")],
            "starts_at",
            "You have logged 14:59 to 16:00",
        ),
        (work(start="14:00", end="15:00"), [kept(start="13:00", end="14:01")], "starts_at", "already"),
        (work(start="14:00", end="15:00"), [kept(start="14:10", end="14:20")], "starts_at", "already"),
        (work(start="14:10", end="14:20"), [kept(start="14:00", end="15:00")], "starts_at", "already"),
        (work(start="14:00", end="15:00"), [kept(minutes=300)], None, ""),  # a length lies nowhere in the day
        (work(minutes=600), [kept(minutes=840)], None, ""),
        (work(minutes=601), [kept(minutes=840)], "length", "24 h 1 min on one day"),
        (work(start="14:00", end="15:00"), [kept(minutes=1400)], "starts_at", "24 h 20 min"),
    ],
)
def test_what_one_day_holds(entry, others, field, words):
    if field is None:
        check_day(entry, iter(others))
        return
    with pytest.raises(Wrong) as refused:
        check_day(entry, iter(others))
    assert refused.value.field == field and words in str(refused.value.said)


# -- who may what: hours state x person x move, in every state of the placement

TABLE = {
    may_change: ("student", "logged queried"),
    may_confirm: ("employer", "logged queried"),
    may_query: ("employer", "logged"),
}


def test_every_person_with_every_entry_in_every_state():
    tried = 0
    for rule, (who, of) in TABLE.items():
        for state, name, entry, held in product(State, PEOPLE, HoursState, (False, True)):
            running = ("active", "delivered", *(["ended_early"] if rule is may_confirm else []))
            expected = name == who and str(entry) in of.split() and str(state) in running and not held
            assert rule(people()[name], placement(state, held), str(entry)) == expected, (
                rule.__name__,
                state,
                name,
                entry,
            )
            tried += 1
    assert tried == len(TABLE) * len(State) * len(PEOPLE) * len(HoursState) * 2


def test_only_the_student_logs_and_a_small_project_once():
    for state, name, small, entries in product(State, PEOPLE, (False, True), (0, 1, 5)):
        expected = name == "student" and str(state) in ("active", "delivered") and not (small and entries)
        assert may_log(people()[name], placement(state, small=small), entries) == expected


# -- all of them


def test_weeks_begin_on_sunday():
    assert [sunday_of(date(2026, 3, day)) for day in (1, 7, 8, 14)] == [date(2026, 3, d) for d in (1, 1, 8, 8)]
    entries = [kept(30, day=date(2026, 3, day), state="logged", id=day) for day in (14, 8, 7, 1)]
    entries[0].state = "confirmed"
    later, earlier = weeks_of(entries)
    assert (later.first, later.last, later.minutes) == (date(2026, 3, 8), date(2026, 3, 14), 60)
    assert [one.worked_on.day for one in later.entries] == [8, 14] and [one.id for one in later.logged] == [8]
    assert [one.worked_on.day for one in earlier.entries] == [1, 7]
    assert weeks_of([]) == []


def test_a_quarter_beyond_the_estimate_and_not_at_it():
    assert [is_over(minutes, 10) for minutes in (600, 750, 751)] == [False, False, True]
    assert not is_over(10_000, None)


def test_pay_for_each_real_hour():
    assert real_hourly(20000, 751) == 1597 and real_hourly(20000, 0) is None and real_hourly(None, 60) is None
    assert [is_low(20000, minutes, 1500) for minutes in (0, 800, 801)] == [False, False, True]
    assert not is_low(None, 600, 1500)
