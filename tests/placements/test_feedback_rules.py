"""When feedback opens and who reads what of it: given by nobody, one side, both × day × reader."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from board.placements.feedback_rules import (
    EMPLOYER_ASKED,
    SKILL_STEPS,
    STUDENT_ASKED,
    asked_of,
    is_open,
    may_give,
    opened_on,
    reads,
)
from board.placements.model import State

START = datetime(2026, 3, 2, 12)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


@pytest.mark.parametrize(
    ("student", "employer", "opens"),
    [
        (None, None, None),
        (0, None, 7), (None, 0, 7),  # one alone: seven days
        (0, 0, 0), (0, 3, 3), (3, 0, 3),  # both: with the second
        (0, 7, 7), (0, 9, 7), (9, 0, 7),  # the second came when it was open
    ],
)  # fmt: skip
def test_feedback_opens_when_both_have_given_it_or_after_seven_days(student, employer, opens):
    moments = [None if number is None else day(number) for number in (student, employer)]
    assert opened_on(*moments) == (None if opens is None else day(opens))
    if opens is not None:
        assert is_open(*moments, day(opens)) and not is_open(*moments, day(opens) - timedelta(seconds=1))


def person(role: str, number: int = 1):
    return SimpleNamespace(
        id=number, role=role, employer_id=5 if role == "employer" else None, ended_at=None,
        is_student=role == "student", is_employer=role == "employer", is_teacher=role in ("teacher", "coordinator"),
    )  # fmt: skip


NOBODY, STUDENT, EMPLOYER, BOTH = (None, None), (0, None), (None, 0), (0, 1)
# (what was given, the day) -> what is read of (student's, employer's) by student, employer, teacher
READ = {
    (NOBODY, 0): ((0, 0), (0, 0), (0, 0)),
    (NOBODY, 9): ((0, 0), (0, 0), (0, 0)),
    (STUDENT, 0): ((1, 0), (0, 0), (1, 0)),
    (STUDENT, 6.9): ((1, 0), (0, 0), (1, 0)),
    (STUDENT, 7): ((1, 0), (0, 0), (1, 0)),
    (EMPLOYER, 0): ((0, 0), (0, 1), (0, 1)),
    (EMPLOYER, 6.9): ((0, 0), (0, 1), (0, 1)),
    (EMPLOYER, 7): ((0, 1), (0, 1), (0, 1)),
    (BOTH, 1): ((1, 1), (0, 1), (1, 1)),
    (BOTH, 6.9): ((1, 1), (0, 1), (1, 1)),
    (BOTH, 7): ((1, 1), (0, 1), (1, 1)),
}


@pytest.mark.parametrize(("given", "at"), READ)
@pytest.mark.parametrize("reader", ["student", "employer", "teacher", "coordinator"])
def test_who_reads_what(given, at, reader):
    moments = [None if number is None else day(number) for number in given]
    expected = READ[given, at][{"student": 0, "employer": 1}.get(reader, 2)]
    assert reads(person(reader), *moments, day(at)) == tuple(map(bool, expected))


def placement(state: State, started=True, held=False, hours=20):
    return SimpleNamespace(
        state=str(state), started_at=START if started else None, held_at=START if held else None, hours=hours,
        is_small=hours < 10, application=SimpleNamespace(student_id=1), posting=SimpleNamespace(employer_id=5),
    )  # fmt: skip


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("started", [True, False])
@pytest.mark.parametrize("held", [True, False])
@pytest.mark.parametrize("role", ["student", "employer", "teacher", "coordinator"])
def test_feedback_is_asked_for_once_the_work_is_there(state, started, held, role):
    """Handed in, completed, or ended after it had begun; by the two sides; never on hold."""
    some = state in (State.DELIVERED, State.COMPLETED) or (state == State.ENDED_EARLY and started)
    expected = some and not held and role in ("student", "employer")
    assert may_give(person(role), placement(state, started, held), None, None, START) == expected


@pytest.mark.parametrize(
    ("given", "at", "student", "employer"),
    [
        (NOBODY, 0, True, True), (STUDENT, 3, True, True), (STUDENT, 7, False, True), (EMPLOYER, 3, True, True),
        (EMPLOYER, 7, True, False), (BOTH, 1, False, False),
    ],
)  # fmt: skip
def test_it_can_be_changed_until_it_opens_and_given_late(given, at, student, employer):
    moments = [None if number is None else day(number) for number in given]
    here = placement(State.COMPLETED)
    assert may_give(person("student"), here, *moments, day(at)) == student
    assert may_give(person("employer"), here, *moments, day(at)) == employer


def test_strangers_and_who_has_left_give_none():
    here = placement(State.COMPLETED)
    other = person("employer")
    other.employer_id = 6
    gone = person("student")
    gone.ended_at = START
    for somebody in (person("student", 2), other, gone):
        assert not may_give(somebody, here, None, None, START)


def test_every_scale_has_four_words_of_its_own():
    scales = [*EMPLOYER_ASKED.values(), *STUDENT_ASKED.values(), ("skill", SKILL_STEPS)]
    said = [words for _label, steps in scales for words in steps]
    assert all(len(steps) == 4 for _label, steps in scales)
    assert len(set(said)) == len(said)
    assert (len(EMPLOYER_ASKED), len(STUDENT_ASKED)) == (5, 5)
    assert asked_of(placement(State.DELIVERED, hours=9)) == ("quality", "reliability", "communication")
    assert len(asked_of(placement(State.DELIVERED, hours=10))) == 5
