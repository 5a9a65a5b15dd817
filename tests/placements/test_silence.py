"""Who has gone quiet: what counts as a sign, what waits, and since when."""

from datetime import datetime, time, timedelta

import pytest
from playhouse.test_utils import count_queries

from board.db import now
from board.moves import Step
from board.placements.actions import note
from board.placements.model import CheckIn, Delivery, HoursEntry, Message, Placement, PlacementMilestone
from board.placements.silence import silent
from board.school.model import today
from tests import factories
from tests.inspector import text_of

DAY = timedelta(days=1)


def ago(days):
    return factories.days_ago(days)


def made(cast, started=30, due=10, state="active", student=None, **more):
    posting = factories.make_posting(employer=cast.cedar)
    dates = {"starts_on": today() - started * DAY, "due_on": today() + due * DAY, "started_at": ago(started)}
    placement = factories.make_placement(state, posting, student or cast.maya, **dates | more)
    Step.update(at=ago(started + 5)).where(Step.noun == "placement", Step.noun_id == placement.id).execute()
    return placement


def found(**more):
    """By the hour that `ago` counts from: the days are whole ones, whatever the hour of the test."""
    at = datetime.combine(today(), time(20))
    return [(one.placement.id, str(one.party), (today() - one.since).days) for one in silent(at=at, **more)]


def test_a_student_who_has_done_nothing_is_silent_since_the_start(app, cast):
    placement = made(cast, started=7)
    made(cast, started=6, student=factories.make_student())
    assert found() == [(placement.id, "student", 7)]
    assert found(days=8) == []


def of_student(placement, cast, at):
    return {
        "hours": lambda: HoursEntry.create(
            placement=placement,
            worked_on=today(),
            minutes=60,
            did="x",
            created_at=at,
            state="confirmed",
            confirmed_at=at,
        ),
        "message": lambda: Message.create(placement=placement, writer=cast.maya, words="Hello", created_at=at),
        "milestone": lambda: PlacementMilestone.create(
            placement=placement, position=1, title="One", done_at=at, accepted_at=at
        ),
        "check-in": lambda: CheckIn.create(
            placement=placement, due_on=today(), party="student", well=True, answered_at=at
        ),
        "delivery": lambda: Delivery.create(
            placement=placement, number=1, delivered_at=at, accepted=False, answered_at=at
        ),
        "another step": lambda: Step.update(at=at).where(Step.id == note(placement, "x", cast.maya).id).execute(),
    }


@pytest.mark.parametrize("sign", ["hours", "message", "milestone", "check-in", "delivery", "another step"])
def test_any_sign_of_a_student_counts(app, cast, sign):
    placement = made(cast)
    of_student(placement, cast, ago(9))[sign]()
    assert found() == [(placement.id, "student", 9)]
    assert found(days=10) == []


@pytest.mark.parametrize("sign", ["message", "check-in", "step"])
def test_a_sign_of_somebody_else_is_none_of_the_student(app, cast, sign):
    placement = made(cast)
    if sign == "message":
        Message.create(placement=placement, writer=cast.dana, words="Hello?")
    elif sign == "step":
        note(placement, "x", cast.dana)
    else:
        CheckIn.create(placement=placement, due_on=today(), party="employer", well=True, answered_at=now())
    assert found() == [(placement.id, "student", 30)]


def of_employer(placement, days):
    return {
        "hours": lambda: HoursEntry.create(placement=placement, worked_on=today() - days * DAY, minutes=60, did="x", created_at=ago(days)),
        "milestone": lambda: PlacementMilestone.create(placement=placement, position=1, title="One", done_at=ago(days)),
        "delivery": lambda: Delivery.create(placement=placement, number=1, delivered_at=ago(days)),
        "check-in": lambda: CheckIn.create(placement=placement, due_on=today() - days * DAY, party="employer"),
    }  # fmt: skip


@pytest.mark.parametrize("what", ["hours", "milestone", "delivery", "check-in"])
def test_an_employer_is_silent_who_leaves_something_waiting_for_a_week(app, cast, what):
    placement = made(cast)
    note(placement, "x", cast.maya)  # the student is not
    of_employer(placement, 8)[what]()
    assert found() == [(placement.id, "employer", 8)]
    assert found(days=10) == []


def test_what_is_answered_waits_for_nobody(app, cast):
    placement = made(cast)
    note(placement, "x", cast.maya)
    for state, more in (("confirmed", {"confirmed_at": now()}), ("queried", {"query": "?"})):
        HoursEntry.create(
            placement=placement, worked_on=today(), minutes=60, did="x", created_at=ago(9), state=state, **more
        )
    PlacementMilestone.create(placement=placement, position=1, title="One", done_at=ago(9), accepted_at=now())
    Delivery.create(placement=placement, number=1, delivered_at=ago(9), accepted=True, answered_at=now())
    CheckIn.create(placement=placement, due_on=today() - 9 * DAY, party="employer", well=True, answered_at=now())
    CheckIn.create(placement=placement, due_on=today() - 9 * DAY, party="student")
    assert found() == []


def test_once_the_work_is_handed_in_it_is_not_the_students_turn(app, cast):
    placement = made(cast, state="delivered", due=-3)
    Delivery.create(placement=placement, number=1, delivered_at=ago(12))
    CheckIn.create(placement=placement, due_on=today() - 20 * DAY, party="employer")
    assert found() == [(placement.id, "employer", 12)]


def test_a_project_past_its_day_is_listed_for_that_too_and_the_oldest_comes_first(app, cast):
    placement = made(cast, due=-2)
    later = made(cast, started=8, student=factories.make_student())
    assert found() == [(placement.id, "student", 30), (later.id, "student", 8), (placement.id, "due", 2)]


@pytest.mark.parametrize(
    "columns", [{"state": "agreed"}, {"state": "completed"}, {"state": "ended_early"}, {"held_at": now()}]
)
def test_what_does_not_run_is_silent_by_right(app, cast, columns):
    made(cast, due=-2, **columns)
    assert found() == []


def test_one_query_with_everybody_in_it_however_many_there_are(app, cast):
    for _ in range(4):
        made(cast, due=-1, student=factories.make_student())
    silent()
    with count_queries() as counter:
        names = {
            (one.placement.student.name, one.placement.posting.employer.name, one.placement.lead.name)
            for one in silent()
        }
    assert len(names) == 4 and counter.count <= 2  # and the school's clock
    assert Placement.select().count() == 4


WORDS = {  # what is silent, and what a teacher reads of it on the page
    "student": "Nobody has heard from Maya Rivera since",
    "employer": "Cedar Print has not answered since",
    "due": "The work was due on",
    "nobody": "Nothing waits for you here",
}


@pytest.mark.parametrize("who", WORDS)
def test_the_page_tells_a_teacher_who_is_silent_and_what_to_do(client, cast, who):
    placement = made(cast, started=9, due=-1 if who == "due" else 10, lead=cast.okafor)
    if who in ("employer", "nobody"):
        state = "logged" if who == "employer" else "confirmed"
        HoursEntry.create(
            placement=placement, worked_on=today(), minutes=60, did="x", created_at=ago(8), state=state,
            confirmed_at=None if who == "employer" else now(),
        )  # fmt: skip
        note(placement, "log_hours", cast.maya)
    other = made(cast, started=20, student=factories.make_student())
    teacher = client(cast.okafor)
    teacher.get(f"/placements/{placement.id}")
    page = text_of(teacher.page)
    assert {name for name, said in WORDS.items() if said in page} == {who}
    assert ("Write to them" in page) == (who != "nobody")
    for person in (cast.maya, cast.dana):
        browser = client(person)
        browser.get(f"/placements/{placement.id}")
        assert "Write to them" not in text_of(browser.page)
    assert [one.placement for one in silent(of=other)] == [other]
