"""The plan: what it begins with, what a day may be, and who may change what when."""

from datetime import date, timedelta
from itertools import product
from types import SimpleNamespace

import pytest

from board.people.model import Person
from board.placements.dates import touching
from board.placements.model import PlacementMilestone, State
from board.placements.plan_rules import (
    MOST,
    Planned,
    first_plan,
    may_accept,
    may_move_dates,
    may_plan,
    may_set_hand_in,
    may_tick,
    may_untick,
    wrong_with,
    wrong_with_hand_in,
)
from board.school.model import Period

DAY = timedelta(days=1)
BEGINS, DUE = date(2026, 3, 2), date(2026, 3, 20)  # a Monday, a Friday


def row(title, week=None):
    return SimpleNamespace(title=title, week=week)


def test_a_milestone_is_due_by_the_end_of_its_week_and_never_after_the_hand_in():
    plan = first_plan([row("One", 1), row("Two", 2), row("Last", 5), row("Some day")], BEGINS, DUE, small=False)
    assert plan == [
        Planned("One", date(2026, 3, 8)), Planned("Two", date(2026, 3, 15)), Planned("Last", DUE), Planned("Some day", None),
    ]  # fmt: skip


def test_without_a_first_day_milestones_have_none_and_without_a_last_one_no_limit():
    assert [one.due_on for one in first_plan([row("One", 1)], None, DUE, small=False)] == [None]
    assert [one.due_on for one in first_plan([row("One", 8)], BEGINS, None, small=False)] == [date(2026, 4, 26)]


def test_a_small_project_has_exactly_the_hand_in():
    assert first_plan([row("One", 1), row("Two", 2)], BEGINS, DUE, small=True) == [Planned("Hand in the work", DUE)]
    assert len(first_plan([row(str(n)) for n in range(12)], BEGINS, DUE, small=False)) == MOST


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (BEGINS - DAY, "before the project starts, on 2026-03-02"), (BEGINS, None), (DUE, None),
        (DUE + DAY, "after the work is handed in, on 2026-03-20"), (None, None),
    ],
)  # fmt: skip
def test_a_milestone_lies_between_the_start_and_the_hand_in(day, words):
    said = wrong_with(day, BEGINS, DUE)
    assert (said is None) if words is None else words in str(said)
    assert wrong_with(day, None, None) is None


@pytest.mark.parametrize(
    ("day", "before", "today", "words"),
    [
        (DUE, DUE, DUE + DAY, None),  # it stays as it is, though it has passed
        (DUE, DUE - DAY, DUE + DAY, "has passed"),
        (DUE + DAY, DUE, DUE + DAY, None),
        (BEGINS - DAY, DUE, BEGINS - 5 * DAY, "before the project starts"),
        (None, DUE, BEGINS, "Give the day"),
        (None, None, BEGINS, None),
    ],
)
def test_another_day_to_hand_in(day, before, today, words):
    said = wrong_with_hand_in(day, before, BEGINS, today)
    assert (said is None) if words is None else words in str(said)


def test_days_that_lie_in_finals_are_found_with_both_their_ends():
    finals = Period(kind="finals", first_on=BEGINS, last_on=BEGINS + 2 * DAY)
    holiday = Period(kind="holiday", first_on=BEGINS + 2 * DAY, last_on=BEGINS + 2 * DAY)
    days = [BEGINS - DAY, BEGINS, BEGINS + 2 * DAY, BEGINS + 3 * DAY, None]
    assert touching(days, iter([finals, holiday])) == {BEGINS: [finals], BEGINS + 2 * DAY: [finals, holiday]}


# -- who may what when, a second time, by hand

PEOPLE = ("student", "other student", "employer", "other employer", "teacher", "coordinator")
# what: (who, in which states, of which milestones)
OPEN, DONE, ACCEPTED = "open", "done", "accepted"
TABLE = {
    may_plan: ("student employer teacher coordinator", "agreed", None),
    may_set_hand_in: ("employer teacher coordinator", "agreed active", None),
    may_move_dates: ("employer teacher coordinator", "active", None),
    may_tick: ("student", "active delivered", OPEN),
    may_untick: ("student", "active delivered", DONE),
    may_accept: ("employer", "active delivered", DONE),
}
MARKS = {OPEN: {}, DONE: {"done_at": 1}, ACCEPTED: {"done_at": 1, "accepted_at": 1}}


def people():
    make = Person
    return {
        "student": make(id=1, role="student"), "other student": make(id=2, role="student"),
        "employer": make(id=3, role="employer", employer=7), "other employer": make(id=4, role="employer", employer=8),
        "teacher": make(id=5, role="teacher"), "coordinator": make(id=6, role="coordinator"),
    }  # fmt: skip


def placement(state="active", held=False, small=False):
    return SimpleNamespace(
        state=str(state), held_at=held or None, is_small=small, application=SimpleNamespace(student_id=1),
        posting=SimpleNamespace(employer_id=7),
    )  # fmt: skip


def test_every_person_in_every_state_of_every_milestone():
    tried = 0
    for rule, (who, states, mark) in TABLE.items():
        for state, name, mine, held, small in product(State, PEOPLE, MARKS, (False, True), (False, True)):
            this = placement(state, held, small)
            expected = name in who.split() and str(state) in states.split() and not held
            if name.startswith("other"):
                expected = False
            arguments = [people()[name], this]
            if mark:
                expected = expected and mine == mark and not small
                arguments.append(PlacementMilestone(**MARKS[mine]))
            if rule is may_plan:
                expected = expected and not small
            assert rule(*arguments) == expected, (rule.__name__, state, name, mine, held, small)
            tried += 1
    assert tried == len(TABLE) * len(State) * len(PEOPLE) * 3 * 4
