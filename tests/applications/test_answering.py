"""How an employer answers applicants: who counts, who does not, and who may know."""

from datetime import UTC, datetime, timedelta

import pytest
from playhouse.test_utils import count_queries

from board.applications import actions as applications
from board.applications.answering import ENOUGH, Answering, answering
from board.applications.model import Application, Reason
from board.applications.rules import answers_itself_on
from board.db import database, now
from board.moves import Step
from board.postings import actions as postings
from board.postings.model import Posting
from board.school.model import School, today
from tests import factories
from tests.inspector import having, text_of, words

DAY = timedelta(days=1)


@pytest.fixture
def posting(app, cast):
    return factories.make_posting("open", cast.cedar, seats=20)


def sent(posting, days_ago: int = 0):
    one = factories.make_application("submitted", posting)
    one.submitted_at = now() - days_ago * DAY
    one.save()
    return one


def answered(posting, cast, after: int, move="not_select"):
    """One that was sent, and answered some days later: now."""
    one = sent(posting, after)
    if move == "not_select":
        applications.not_select(one, cast.dana, Reason.CLOSE_CALL)
    elif move == "offer":
        applications.offer(one, cast.dana, today() + 3 * DAY)
    else:
        applications.shortlist(one, cast.dana)
    return one


def decided_by(posting, day):
    Posting.update(decide_by=day).where(Posting.id == posting.id).execute()


def tomorrow_and_after():
    return datetime.now(UTC) + 2 * DAY


def test_nothing_is_said_before_the_third_applicant(posting, cast):
    for number in range(1, ENOUGH):
        answered(posting, cast, 2)
        assert answering(cast.cedar.id) is None, number
    answered(posting, cast, 2)
    assert answering(cast.cedar.id) == Answering(3, 3, 2)
    assert answering(cast.mill.id) is None


def test_an_offer_and_a_no_are_answers_the_shortlist_alone_is_only_a_first_word(posting, cast):
    answered(posting, cast, 1, "offer")
    answered(posting, cast, 3)
    answered(posting, cast, 9, "shortlist")
    answered(posting, cast, 5)
    assert answering(cast.cedar.id) == Answering(3, 3, 3), "whoever still has time is not asked for yet"
    decided_by(posting, today() - DAY)
    assert answering(cast.cedar.id) == Answering(4, 0, 4), "and what came after the day named came too late"


def test_whoever_waits_past_the_day_to_decide_counts_as_not_answered_and_so_does_what_the_board_said(posting, cast):
    for _ in range(3):
        answered(posting, cast, 4)
    left = sent(posting)
    assert answering(cast.cedar.id).asked == 3
    decide = today() + DAY
    decided_by(posting, decide)
    later = datetime.combine(decide + 2 * DAY, datetime.min.time(), UTC)
    assert answering(cast.cedar.id, later) == Answering(4, 3, 4)
    applications.answer_overdue(answers_itself_on(Posting.get_by_id(posting.id)))
    Step.update(at=later.replace(tzinfo=None)).where(Step.move == "release").execute()
    assert Application.get_by_id(left.id).reason == Reason.NO_DECISION
    assert answering(cast.cedar.id, later) == Answering(4, 3, 4)


def test_withdrawn_ones_and_those_ended_in_time_because_a_choice_was_made_do_not_count(posting, cast):
    for _ in range(3):
        answered(posting, cast, 4)
    gone = sent(posting)
    applications.withdraw(gone, gone.student)
    factories.make_application("draft", posting)
    other = factories.make_posting("open", cast.cedar)
    sent(other)
    postings.close(other, cast.dana)
    filled = factories.make_posting("open", cast.cedar, seats=1)
    sent(filled)
    factories.make_application("accepted", filled)
    assert answering(cast.cedar.id, tomorrow_and_after() + 90 * DAY) == Answering(4, 4, 4)


def test_closing_late_is_no_answer(posting, cast):
    for _ in range(3):
        answered(posting, cast, 4)
    other = factories.make_posting("open", cast.cedar)
    sent(other)
    decided_by(other, today() - DAY)
    postings.close(Posting.get_by_id(other.id), cast.dana)
    assert answering(cast.cedar.id) == Answering(4, 3, 4)


@pytest.mark.parametrize(("zone", "in_time"), [("America/Los_Angeles", 3), ("America/New_York", 0)])
def test_the_last_day_ends_at_midnight_at_the_school(posting, cast, zone, in_time):
    School.update(time_zone=zone).execute()
    for _ in range(3):
        answered(posting, cast, 1)
    decided_by(posting, "2026-11-01")  # the day the clocks go back
    late = datetime(2026, 11, 2, 7, 30)  # 23:30 in Los Angeles, 2:30 the next day in New York
    Step.update(at=late).where(Step.move == "not_select").execute()
    Application.update(submitted_at=late - 2 * DAY).execute()
    assert answering(cast.cedar.id) == Answering(3, in_time, 2)


def test_where_no_day_was_named_every_answer_is_in_time(posting, cast):
    Posting.update(decide_by=None, apply_by=None).execute()
    for days in (3, 30, 90):
        answered(posting, cast, days)
    sent(posting, 400)
    assert answering(cast.cedar.id) == Answering(3, 3, 30)


def test_one_and_a_thousand_take_the_same_queries(posting, cast):
    for _ in range(3):
        answered(posting, cast, 4)
    with count_queries() as few:
        answering(cast.cedar.id)
    rows = list(Application.select().where(Application.state == "not_selected").dicts())
    with database.atomic():
        for number in range(1000):
            row = rows[0] | {"code": f"z{number:03}", "student": factories.make_student().id}
            made = Application.insert({key: value for key, value in row.items() if key != "id"}).execute()
            Step.create(noun="application", noun_id=made, move="not_select", person=cast.dana, to_state="not_selected")
    with count_queries() as many:
        found = answering(cast.cedar.id)
    assert found == Answering(1003, 1003, 4) and many.count == few.count == 2


# -- who reads it


def said(browser, address) -> str:
    browser.get(address)
    return " ".join(words(e) for e in having(browser.page, "data-answered"))


def test_students_teachers_and_the_employer_itself_read_it_and_nobody_else(client, posting, cast):
    School.update(open_to_visitors=True).execute()
    for _ in range(2):
        answered(posting, cast, 4)
    answered(posting, cast, 4, "offer")
    page = f"/employers/{cast.cedar.id}"
    sentence = "Answers 3 of 3 applicants by the day it names, usually within 4 days."
    for person in (cast.maya, cast.okafor, cast.ruiz, cast.dana):
        assert said(client(person), page) == sentence, person.name
    for person in (cast.omar, cast.nia, None):
        assert said(client(person), page) == ""
    assert "You answer 3 of 3 applicants" in said(client(cast.dana), "/employer/applicants")
    assert said(client(cast.okafor), f"/review/{posting.id}") == sentence
    assert said(client(cast.omar), "/employer/applicants") == ""


def test_an_employer_that_answers_nobody_is_called_what_it_is(client, posting, cast):
    for _ in range(3):
        sent(posting, 9)
    decided_by(posting, today() - DAY)
    browser = client(cast.maya)
    assert said(browser, f"/employers/{cast.cedar.id}") == "Has answered none of 3 applicants by the day it named."
    assert "3 of 3" not in text_of(browser.page)
