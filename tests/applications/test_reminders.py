"""Reminders: who hears of which day, once; and never of what is no longer so."""

from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from board.applications import actions as applications
from board.applications import reminders
from board.applications.model import Application
from board.db import now
from board.home.lines import lines
from board.moves import Step
from board.notices import Notice, deliver
from board.people.model import Person
from board.postings import actions as postings
from board.postings.model import Posting
from board.school.model import today
from tests import factories
from tests.inspector import having, words

DAY = timedelta(days=1)


@pytest.fixture
def posting(app, cast):
    made = factories.make_posting("open", cast.cedar, title="Poster", seats=3)
    deliver()
    return made


def told(move: str) -> dict[str, str]:
    """First name -> the sentence of the last reminder of a kind, as it reads."""
    deliver()
    step = Step.select().where(Step.move == move).order_by(Step.id.desc()).first()
    found = {}
    for notice in Notice.select().where(Notice.step == step):
        (line,) = lines([notice], notice.person)
        found[notice.person.name.split()[0]] = line.words % line.values
    return found


def set_dates(posting, **values):
    Posting.update(**values).where(Posting.id == posting.id).execute()


def reminded(day) -> dict[str, int]:
    return {name: number for name, number in reminders.remind(day).items() if number}


def test_before_the_last_day_its_employer_hears_and_who_saved_it_or_is_writing(posting, cast):
    writer, _other, sent, ended = (factories.make_student(name=f"{name} Lee") for name in ("Wu", "Ola", "Sy", "Ed"))
    postings.save(posting, cast.maya)
    postings.save(posting, sent)
    postings.save(posting, ended)
    factories.make_application("draft", posting, writer)
    factories.make_application("submitted", posting, sent)
    Person.update(ended_at=now()).where(Person.id == ended.id).execute()
    last = posting.apply_by
    assert reminded(last - 4 * DAY) == {}
    assert reminded(last - 3 * DAY)["closing_soon"] == 1
    heard = told("closing_soon")
    assert set(heard) == {"Dana", "Maya", "Wu"}
    assert heard["Maya"] == f"“Poster” closes soon: the last day to apply is {last}."


def test_nobody_is_reminded_twice_of_one_day_but_of_another_they_are(posting):
    last = posting.apply_by
    for day in (last - 3 * DAY, last - 2 * DAY, last - DAY, last):
        reminders.remind(day)
    assert Step.select().where(Step.move == "closing_soon").count() == 1
    set_dates(posting, apply_by=last + 7 * DAY)
    assert reminded(last + 5 * DAY) == {"closing_soon": 1}
    assert reminded(last + 6 * DAY) == {}


def test_past_its_last_day_its_employer_is_asked_what_now_and_students_are_not(posting, cast, client):
    postings.save(posting, cast.maya)
    day = posting.apply_by + DAY
    assert reminded(day) == {"expired": 1} and reminded(day) == {}
    assert set(told("expired")) == {"Dana"}
    set_dates(posting, apply_by=today() - DAY)
    notice = Notice.select().join(Step).where(Step.move == "expired", Notice.person == cast.dana).get()
    dana = client(cast.dana)
    address = dana.post(f"/notices/{notice.id}").location
    assert address == f"/employer/postings/{posting.id}"
    dana.get(address)
    links = {e.get("href") for e in dana.page.iter("a")}
    assert f"{address}/close" in links and having(dana.page, "name", "apply_by")


def test_an_end_long_past_is_no_news(posting):
    assert reminded(posting.apply_by + 8 * DAY) == {}


@pytest.mark.parametrize("state", ["draft", "submitted", "paused", "closed", "held"])
def test_what_students_cannot_find_closes_for_nobody(app, cast, state):
    posting = factories.make_posting("open" if state == "held" else state, cast.cedar)
    if state == "held":
        postings.pull(posting, cast.okafor, "Let us look.")
    assert reminded(posting.apply_by - DAY) == {} and reminded(posting.apply_by + DAY) == {}


def test_an_employer_hears_how_many_wait_before_the_day_to_decide_and_once_it_has_passed(posting, cast, client):
    for _ in range(2):
        factories.make_application("submitted", posting)
    factories.make_application("draft", posting)
    factories.make_application("not_selected", posting)
    decide = posting.decide_by
    assert "decide_due" not in reminded(decide - 4 * DAY)
    assert reminded(decide - 3 * DAY) == {"decide_due": 1}
    assert told("decide_due") == {"Dana": f"2 applicants for “Poster” wait for your answer, until {decide}."}
    assert reminded(decide) == {}
    assert reminded(decide + DAY)["decide_late"] == 1
    last = decide + 3 * DAY
    assert f"On {last} the board answers them for you" in told("decide_late")["Dana"]
    assert "decide_late" not in reminded(decide + 2 * DAY)
    assert applications.answer_overdue(last - DAY) == 0 and applications.answer_overdue(last) == 2
    notice = Notice.select().join(Step).where(Step.move == "decide_due").get()
    assert client(cast.dana).post(f"/notices/{notice.id}").location == f"/employer/postings/{posting.id}/applicants"


def test_nobody_is_told_that_they_are_late_once_the_board_answers_for_them(posting):
    factories.make_application("submitted", posting)
    last = posting.decide_by + 3 * DAY
    assert "decide_late" not in reminded(last) and reminded(last - DAY)["decide_late"] == 1


def test_one_applicant_is_spoken_of_as_one_and_none_not_at_all(posting):
    assert "decide_due" not in reminded(posting.decide_by)
    factories.make_application("shortlisted", posting)
    reminders.remind(posting.decide_by)
    assert told("decide_due")["Dana"].startswith("An applicant for “Poster” waits")


def test_a_student_is_reminded_of_an_offer_on_its_last_two_days_but_not_as_it_comes(posting, cast):
    offered = factories.make_application("offered", posting, cast.maya)
    last = offered.answer_by
    assert reminded(last - DAY) == {}, "it came today"
    Step.update(at=now() - timedelta(days=1)).where(Step.move == "offer").execute()
    assert reminded(last - 2 * DAY) == {}
    assert reminded(last - DAY) == {"offer_due": 1} and reminded(last) == {}
    assert told("offer_due") == {"Maya": f"Your offer for “Poster” ends on {last}. Say yes or no before that."}


def test_nobody_is_reminded_of_an_offer_that_cannot_be_answered(posting, cast):
    offered = factories.make_application("offered", posting, cast.maya)
    Step.update(at=now() - timedelta(days=2)).where(Step.move == "offer").execute()
    postings.pull(Posting.get_by_id(posting.id), cast.okafor, "Let us look.")
    assert reminded(offered.answer_by) == {}
    applications.lapse_offers(offered.answer_by + DAY)
    assert Application.get_by_id(offered.id).state == "offered"


def test_what_reminders_ask_does_not_grow_with_what_has_been_said(posting, cast):
    day = posting.apply_by
    reminders.remind(day)
    with count_queries() as few:
        reminders.remind(day)
    for _ in range(12):
        factories.make_application("submitted", factories.make_posting("open", cast.cedar))
    reminders.remind(day)
    with count_queries() as many:
        reminders.remind(day)
    assert many.count == few.count


def test_the_page_of_notices_writes_the_day_out_and_the_history_knows_of_the_reminder(posting, cast, client):
    set_dates(posting, apply_by=today() + DAY)
    reminders.remind(today())
    deliver()
    dana = client(cast.dana)
    dana.get("/notices")
    (line,) = [words(e) for e in having(dana.page, "data-notice") if "closes soon" in words(e)]
    assert str(today().year) not in line and f"{today() + DAY:%b}" in line
    okafor = client(cast.okafor)
    okafor.get(f"/review/{posting.id}")
    assert "reminded people that its last day to apply is near" in words(okafor.page)
