"""Whose turn it is: a table of what a placement stands at, and the first thing that waits for each side."""

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from board.guardians.model import GuardianAnswer
from board.placements.turns import turn
from board.placements.waiting import Facts
from board.school import model as school_model


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The school's zone is known; no database is near."""
    monkeypatch.setattr(school_model, "_clock", ["America/New_York", float("inf")])


DAY = date(2026, 3, 16)
AT = datetime(2026, 3, 2, 15)
STUDENT = SimpleNamespace(is_student=True, is_teacher=False)
EMPLOYER = SimpleNamespace(is_student=False, is_teacher=False)
TEACHER = SimpleNamespace(is_student=False, is_teacher=True)
YES = [GuardianAnswer(answer="yes", how="paper")]
ALL_SIGNED = {"student", "employer", "teacher"}


def days(number: int) -> date:
    return DAY + timedelta(days=number)


def facts(state: str, age: int = 16, small: bool = False, held: bool = False, **more) -> Facts:
    person = SimpleNamespace(age_on=lambda day: age, directory_opt_out=None)
    columns = {"starts_on": days(-10), "due_on": days(20)} | {
        k: more.pop(k) for k in ("starts_on", "due_on") if k in more
    }
    placement = SimpleNamespace(
        state=state, held_at=AT if held else None, created_at=AT, agreed_at=AT, started_at=AT, is_small=small,
        ended_at=AT if state in ("completed", "ended_early", "not_agreed") else None,
        application=SimpleNamespace(student=person), **columns,
    )  # fmt: skip
    return Facts(
        placement,
        DAY,
        **({"agreement_whole": True, "signed": ALL_SIGNED, "answers": YES, "last_worked": days(-1)} | more),
    )


def delivery(accepted: bool | None, ago: int = 1):
    at = datetime.combine(days(-ago), time(15))
    return SimpleNamespace(accepted=accepted, delivered_at=at, answered_at=None if accepted is None else at)


def pay(due: int, paid: int | None = None, received: int | None = None, why: str = ""):
    return SimpleNamespace(
        cents=20000, why=why, due_on=days(due), paid_on=None if paid is None else days(paid),
        received_on=None if received is None else days(received),
    )  # fmt: skip


STILL_OPEN = SimpleNamespace(title="First sketch", due_on=days(2))
BOTH = {"student", "employer"}
CASES = {  # what it stands at: (student, employer, teacher) as the part of the page, "" for nobody's turn
    "proposed": (facts("proposed"), "", "", "match"),
    "proposed, not filled in": (facts("proposed", agreement_whole=False), "", "agreement-terms", "match"),
    "agreed, not filled in": (facts("agreed", agreement_whole=False, signed={"teacher"}), "", "agreement-terms", ""),
    "agreed, nobody has signed": (facts("agreed", signed=set()), "agreement", "agreement", "agreement"),
    "agreed, the student has signed": (facts("agreed", signed={"student", "teacher"}), "", "agreement", ""),
    "agreed, no teacher has signed": (facts("agreed", signed={"student", "employer"}), "", "", "agreement"),
    "agreed, all have signed": (facts("agreed"), "", "plan", ""),
    "agreed, no guardian's yes": (facts("agreed", answers=[]), "", "", "match"),
    "agreed, no guardian asked": (facts("agreed", answers=[], guardian_asked=False), "", "plan", ""),
    "agreed, of age": (facts("agreed", age=18, answers=[]), "", "plan", ""),
    "agreed, age not known": (facts("agreed", age=None, answers=[]), "", "", "match"),
    "agreed, held": (facts("agreed", held=True), "", "", "holding"),
    "active": (facts("active"), "handing_in", "", ""),
    "active, held": (facts("active", held=True), "", "", "holding"),
    "active, hours to confirm": (facts("active", to_confirm=2, waits_since=days(-2)), "handing_in", "hours", ""),
    "active, hours long to confirm": (facts("active", to_confirm=2, waits_since=days(-9), silent={"employer": days(-9)}), "handing_in", "hours", "messages"),
    "active, the employer is silent": (facts("active", silent={"employer": days(-9)}), "handing_in", "", "messages"),
    "active, the student is silent": (facts("active", silent={"student": days(-8)}), "handing_in", "", "messages"),
    "active, small, the student is silent": (facts("active", small=True, silent={"student": days(-8)}), "handing_in", "", ""),
    "active, hours asked about": (facts("active", asked_about=1), "hours", "", ""),
    "active, both check-ins due": (facts("active", check_in_due={"student": days(-1), "employer": days(-1)}), "checkins", "checkins", ""),
    "active, help is needed": (facts("active", needs_help=days(-1)), "handing_in", "", "checkins"),
    "active, a message is held": (facts("active", held_message=days(-1)), "handing_in", "", "messages"),
    "active, not logged for a week": (facts("active", last_worked=days(-7)), "hours", "", ""),
    "active, a milestone to accept": (facts("active", to_accept=days(-1)), "handing_in", "plan", ""),
    "active, a milestone is near": (facts("active", milestone=STILL_OPEN), "plan", "", ""),
    "active, nearly due": (facts("active", due_on=days(2)), "handing_in", "", ""),
    "active, past due": (facts("active", due_on=days(-1)), "handing_in", "", "messages"),
    "active, sent back": (facts("active", delivery=delivery(False)), "handing_in", "", ""),
    "active, pay is overdue": (facts("active", payment=pay(-1)), "handing_in", "payment", "payment"),
    "delivered": (facts("delivered", delivery=delivery(None)), "", "handing_in", ""),
    "delivered, small": (facts("delivered", small=True, delivery=delivery(None)), "", "closing", ""),
    "delivered, long not looked at": (facts("delivered", delivery=delivery(None, 9), silent={"employer": days(-9)}), "", "handing_in", "completing"),
    "accepted": (facts("delivered", delivery=delivery(True)), "feedback", "feedback", "completing"),
    "accepted, hours to confirm": (facts("delivered", delivery=delivery(True), to_confirm=1, waits_since=days(-1)), "feedback", "hours", ""),
    "accepted, hours asked about": (facts("delivered", delivery=delivery(True), asked_about=1), "hours", "feedback", ""),
    "accepted long ago, hours to confirm": (facts("delivered", delivery=delivery(True, 9), to_confirm=1, waits_since=days(-9)), "feedback", "hours", "completing"),
    "accepted, pay due": (facts("delivered", delivery=delivery(True), payment=pay(9)), "feedback", "payment", "completing"),
    "accepted, paid": (facts("delivered", delivery=delivery(True), payment=pay(9, -1)), "payment", "feedback", "completing"),
    "completed": (facts("completed", delivery=delivery(True)), "feedback", "feedback", ""),
    "completed, feedback given": (facts("completed", delivery=delivery(True), given=BOTH), "", "", ""),
    "completed, pay overdue": (facts("completed", delivery=delivery(True), given=BOTH, payment=pay(-3)), "", "payment", "payment"),
    "completed, pay not confirmed": (facts("completed", given=BOTH, payment=pay(-3, -2)), "payment", "", ""),
    "completed, all settled": (facts("completed", given=BOTH, payment=pay(-3, -2, -1)), "", "", ""),
    "active, pay received that nobody called paid": (facts("active", payment=pay(-1, None, -1)), "handing_in", "", ""),
    "completed, pay received that nobody called paid": (facts("completed", given=BOTH, payment=pay(-3, None, -1)), "", "", ""),
    "ended early, nobody has said what is owed": (facts("ended_early", given=BOTH, payment=pay(9)), "", "payment", "payment"),
    "ended early, settled and not due yet": (facts("ended_early", given=BOTH, payment=pay(9, why="Half.")), "", "payment", ""),
    "ended early": (facts("ended_early", payment=pay(-1, why="Half of it.")), "feedback", "payment", "payment"),
    "ended early, hours to confirm": (facts("ended_early", given=BOTH, to_confirm=1, waits_since=days(-9)), "", "hours", ""),
    "not agreed": (facts("not_agreed"), "", "", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_first_thing_that_waits_for_each_side(name):
    stands, *expected = CASES[name]
    turns = [turn(stands, person, DAY) for person in (STUDENT, EMPLOYER, TEACHER)]
    assert [one.at if one else "" for one in turns] == expected


def test_a_student_nobody_has_heard_from_is_the_teachers_to_ask_and_late():
    found = turn(facts("active", silent={"student": days(-8), "employer": days(-9)}), TEACHER, DAY)
    assert (found.said.words, found.since, found.urgent) == (
        "Nobody has heard from the student: ask how it goes", days(-8), True,
    )  # fmt: skip


def test_what_is_late_is_said_to_be_late():
    assert turn(facts("active", due_on=days(-1)), STUDENT, DAY).urgent
    assert not turn(facts("active", due_on=days(0)), STUDENT, DAY).urgent
    assert turn(facts("delivered", delivery=delivery(None, 4)), EMPLOYER, DAY).urgent
    assert not turn(facts("delivered", delivery=delivery(None, 3)), EMPLOYER, DAY).urgent


def test_an_agreement_holds_nobody_up_before_a_teacher_has_agreed():
    assert turn(facts("proposed", agreement_whole=False), EMPLOYER, DAY).calm
    assert not turn(facts("agreed", agreement_whole=False), EMPLOYER, DAY).calm


def test_logging_hours_as_they_come_keeps_nobody_waiting():
    assert turn(facts("active"), STUDENT, DAY).calm
    assert not turn(facts("active", asked_about=1), STUDENT, DAY).calm


def test_of_what_ended_early_first_somebody_says_what_is_owed():
    early = facts("ended_early", given=BOTH, payment=pay(-9))
    found = turn(early, EMPLOYER, DAY)
    assert found.said.words == "Write down what is owed" and turn(early, TEACHER, DAY).at == "payment"
