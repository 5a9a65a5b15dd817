"""Days that come close or have passed: each is said once, to whom it concerns, and what is settled is left alone."""

import re
from datetime import timedelta

import pytest

from board.db import now
from board.moves import Step
from board.notices import Notice, deliver
from board.people.model import Person
from board.placements import payment_actions as payments
from board.placements.model import Delivery, Payment, Placement
from board.placements.reminders import DID, remind
from board.school.model import today
from board.worker.timetable import BY_NAME
from tests import factories


def placed(cast, state="active", **columns):
    began = {"started_at": now() - timedelta(days=40), "starts_on": today() - timedelta(days=40)}
    return factories.make_placement(state, factories.make_posting(employer=cast.cedar), cast.maya, **began | columns)


def made(move) -> int:
    return Step.select().where(Step.noun == "placement", Step.move == move).count()


def told(move) -> set[str]:
    deliver()
    query = Person.select().join(Notice).join(Step).where(Step.noun == "placement", Step.move == move)
    return {person.name.split()[0] for person in query}


@pytest.mark.parametrize(
    ("left", "expected"),
    [(3, None), (2, "work_due"), (0, "work_due"), (-1, "work_late"), (-6, "work_late"), (-7, "work_very_late"), (-14, "work_very_late"), (-15, None)],
)  # fmt: skip
def test_a_student_hears_two_days_before_a_day_after_and_a_week_after(app, cast, left, expected):
    placed(cast, due_on=today() + timedelta(days=left))
    found = {move: count for move, count in remind(today()).items() if count}
    assert found == ({expected: 1} if expected else {})
    assert not any(remind(today()).values())  # once
    if expected:
        assert told(expected) == ({"Maya", "Sam", "Elena"} if expected == "work_very_late" else {"Maya"})


def test_another_day_is_reminded_of_anew_and_a_whole_life_brings_each_once(app, cast):
    one = placed(cast, due_on=today())
    for days in range(-5, 20):
        remind(today() + timedelta(days=days))
    assert [made(move) for move in ("work_due", "work_late", "work_very_late")] == [1, 1, 1]
    Placement.update(due_on=today() + timedelta(days=30)).where(Placement.id == one.id).execute()
    remind(today() + timedelta(days=29))
    assert made("work_due") == 2


@pytest.mark.parametrize(
    "columns", [{"state": "delivered"}, {"state": "agreed"}, {"held_at": "2026-01-01"}, {"due_on": None}]
)
def test_nobody_is_reminded_of_work_that_is_there_or_cannot_go_on(app, cast, columns):
    placed(
        cast, columns.get("state", "active"), **{"due_on": today()} | {k: v for k, v in columns.items() if k != "state"}
    )
    assert not any(remind(today()).values())


@pytest.mark.parametrize(
    ("days", "expected"),
    [(2, None), (3, "answer_due"), (6, "answer_due"), (7, "answer_late"), (13, "answer_late"), (15, None)],
)
def test_an_employer_hears_of_work_that_waits_for_three_days_and_for_a_week(app, cast, days, expected):
    one = placed(cast, "delivered")
    row = Delivery.create(placement=one, number=1, words="Here.", delivered_at=now() - timedelta(days=days, minutes=5))
    assert {move: count for move, count in remind(today()).items() if count} == ({expected: 1} if expected else {})
    assert not any(remind(today()).values())
    if expected:
        assert told(expected) == ({"Dana"} if expected == "answer_due" else {"Dana", "Sam", "Elena"})
    Delivery.update(accepted=True, answered_at=now()).where(Delivery.id == row.id).execute()
    Step.delete().where(Step.move == expected).execute()
    assert not any(remind(today()).values())


def test_overdue_pay_is_told_once_to_all_three_and_pay_that_nobody_confirmed_too(app, cast):
    one = placed(cast, "completed")
    payments.take_terms(one)
    Payment.update(due_on=today() - timedelta(days=1)).execute()
    Placement.update(held_at=now()).execute()
    assert not any(remind(today()).values())  # nobody can do anything about it
    Placement.update(held_at=None).execute()
    assert remind(today())["pay_late"] == 1
    assert not any(remind(today() + timedelta(days=3)).values())
    assert told("pay_late") == {"Maya", "Dana", "Sam", "Elena"}
    Payment.update(paid_on=today()).execute()
    assert not any(remind(today() + timedelta(days=6)).values())
    assert remind(today() + timedelta(days=7))["pay_unconfirmed"] == 1
    assert told("pay_unconfirmed") == {"Maya", "Dana", "Sam", "Elena"}
    Payment.update(received_on=today()).execute()
    assert not any(remind(today() + timedelta(days=8)).values())


def test_the_timetable_runs_it_and_sweeps_the_files(app, cast):
    placed(cast, due_on=today())
    job = BY_NAME["work and pay"]
    assert job.run() == dict.fromkeys(DID, 0) | {"work_due": 1} and set(job.did) == set(DID)
    assert BY_NAME["files"].run() == {"files": 0}


def test_a_notice_of_a_day_names_it_and_leads_to_the_placement(app, cast, client):
    one = placed(cast, due_on=today() + timedelta(days=1))
    remind(today())
    deliver()
    maya = client(cast.maya)
    page = maya.get("/notices").text
    tomorrow = today() + timedelta(days=1)
    assert re.search(rf"is due on \w{{3}}, \w{{3}} {tomorrow.day}\b", page)
    notice = Notice.select().join(Step).where(Step.move == "work_due").get()
    assert maya.post(f"/notices/{notice.id}").location == f"/placements/{one.id}"
