"""One's own calendar: which days stand in it for whom, that a stranger's program reads it, and that no name is in it."""

from datetime import date, timedelta

import pytest
import vobject

from board.calendar import actions
from board.calendar.days import Day
from board.calendar.ical import drawn
from board.db import now
from board.people.model import Person
from board.placements.model import CheckIn, Payment, Placement, PlacementMilestone
from board.postings.model import Posting, Saved
from board.school.model import today
from tests import factories
from tests.inspector import text_of


@pytest.fixture
def placed(cast):
    """Maya's placement at Cedar Print, led by Mr. Okafor: with everything that has a day."""
    day = today()
    placement = factories.make_placement(
        "active", factories.make_posting(employer=cast.cedar, title="Signs; a set, of \\ six"), cast.maya,
        lead=cast.okafor, cover=cast.ruiz, starts_on=day, due_on=day + timedelta(days=20),
    )  # fmt: skip
    PlacementMilestone.delete().execute()
    Payment.delete().execute()
    PlacementMilestone.create(placement=placement, position=1, title="First sketch", due_on=day + timedelta(days=7))
    CheckIn.create(placement=placement, party="student", due_on=day + timedelta(days=8))
    CheckIn.create(placement=placement, party="employer", due_on=day + timedelta(days=9))
    Payment.create(placement=placement, cents=20000, due_on=day + timedelta(days=34))
    return placement


def read(browser, person) -> dict[str, dict]:
    """The events a calendar program finds, by their id."""
    answer = browser.get(f"/calendar/{actions.make(person)}.ics")
    assert answer.status_code == 200 and answer.content_type == "text/calendar; charset=utf-8"
    found = vobject.readOne(answer.get_data(as_text=True))
    return {e.uid.value.split("@")[0]: e for e in found.contents.get("vevent", [])}


EVERYBODYS = {"start", "due", "milestone", "pay"}


@pytest.mark.parametrize(
    ("who", "kinds"),
    [("maya", EVERYBODYS | {"check-in"}), ("dana", EVERYBODYS | {"check-in"}), ("okafor", EVERYBODYS | {"check-in"}),
     ("ruiz", EVERYBODYS | {"check-in"}), ("leo", set()), ("omar", set())],
)  # fmt: skip
def test_everybody_of_a_placement_finds_its_days_and_nobody_else(client, cast, placed, who, kinds):
    found = read(client(), getattr(cast, who))
    found = {uid for uid in found if not uid.startswith(("apply", "decide"))}
    assert {uid.rsplit("-", 1)[0] for uid in found} == kinds
    of_each = {"maya": 1, "dana": 1, "okafor": 2, "ruiz": 2}.get(who, 0)
    assert sum(uid.startswith("check-in") for uid in found) == of_each


def test_a_teacher_who_neither_leads_nor_covers_finds_nothing(client, cast, placed):
    assert read(client(), factories.make_person("teacher", "Ines Park")) == {}


def test_the_days_and_words_come_out_as_they_went_in(client, cast, placed):
    found = read(client(), cast.maya)
    due = found[f"due-{placed.id}"]
    assert due.dtstart.value == placed.due_on and due.dtend.value == placed.due_on + timedelta(days=1)
    assert due.summary.value == "Hand in: Signs; a set, of \\ six"
    assert due.url.value.endswith(f"/placements/{placed.id}")


@pytest.mark.parametrize("state", ["not_agreed", "completed", "ended_early"])
def test_what_has_ended_is_in_no_calendar(client, cast, placed, state):
    ended = {"state": state, "ended_at": now()}
    Placement.update(**ended).where(Placement.id == placed.id).execute()
    assert read(client(), cast.maya) == {}


def test_a_student_finds_the_last_days_of_what_they_saved_began_and_were_offered(client, cast):
    saved, begun, sent, gone = (factories.make_posting(title=f"Project {n}") for n in range(4))
    Saved.create(student=cast.maya, posting=saved)
    Saved.create(student=cast.maya, posting=gone)
    Posting.update(apply_by=today() - timedelta(days=1)).where(Posting.id == gone.id).execute()
    factories.make_application("draft", begun, cast.maya)
    Saved.create(student=cast.maya, posting=sent)
    factories.make_application("submitted", sent, cast.maya)
    offered = factories.make_application("offered", student=cast.maya)
    assert set(read(client(), cast.maya)) == {f"apply-{saved.id}", f"apply-{begun.id}", f"offer-{offered.id}"}


def test_an_employer_finds_when_to_decide(client, cast):
    posting = factories.make_posting(employer=cast.cedar)
    factories.make_posting("draft", employer=cast.cedar)
    assert set(read(client(), cast.dana)) == {f"apply-{posting.id}", f"decide-{posting.id}"}


def test_no_name_of_a_student_stands_in_any_calendar(client, cast, placed):
    browser = client()
    for person in (cast.maya, cast.dana, cast.okafor, cast.ruiz):
        words = browser.get(f"/calendar/{actions.make(person)}.ics").get_data(as_text=True)
        assert "BEGIN:VEVENT" in words
        for secret in ("Maya", "Rivera", cast.maya.email, str(cast.maya.birth_date)):
            assert secret not in words


def test_an_address_is_shown_once_and_a_new_one_ends_the_old(client, cast):
    browser, stranger = client(cast.maya), client()
    browser.get("/account/calendar")
    assert "Make my calendar address" in text_of(browser.page)
    first = address_on(browser, browser.post("/account/calendar"))
    assert stranger.get(first).status_code == 200
    assert first not in browser.get("/account/calendar").text
    second = address_on(browser, browser.post("/account/calendar"))
    assert stranger.get(first).status_code == 404 and stranger.get(second).status_code == 200
    browser.post("/account/calendar/end")
    assert stranger.get(second).status_code == 404
    assert browser.post("/account/calendar/end").status_code == 303


def address_on(browser, answer) -> str:
    return answer.text.split('id="address" value="')[1].split('"')[0].removeprefix("http://127.0.0.1:8000")


def test_the_calendar_of_a_closed_account_is_gone(client, cast):
    token = actions.make(cast.maya)
    Person.update(ended_at=now()).where(Person.id == cast.maya.id).execute()
    assert client().get(f"/calendar/{token}.ics").status_code == 404


def test_the_address_is_kept_nowhere(cast):
    from board.db import database

    token = actions.make(cast.maya)
    dump = "\n".join(str(row) for row in database.connection().iterdump())
    assert token not in dump and actions.hashed(token) in dump


def test_it_speaks_the_language_of_its_owner(client, cast):
    Person.update(language="es").where(Person.id == cast.maya.id).execute()
    words = client().get(f"/calendar/{actions.make(Person.get_by_id(cast.maya.id))}.ics").get_data(as_text=True)
    assert "X-WR-CALNAME:Proyectos" in words


@pytest.mark.parametrize(
    "title", ["a" * 300, "é" * 100, "x\r\nBEGIN:VALARM", "naïve, “quoted”; \\n", "🎨 posters", "a\tb"]
)
def test_no_title_breaks_a_line_or_begins_one(title):
    day = Day("start-1", date(2026, 3, 1), title, "/placements/1")
    words = drawn([day], "School", "http://127.0.0.1:8000", "localhost", now())
    assert all(len(line) <= 75 for line in words.split(b"\r\n"))
    (event,) = vobject.readOne(words.decode()).contents["vevent"]
    assert event.summary.value.replace("\n", " ") == title.replace("\r\n", " ")
    assert "valarm" not in event.contents


def test_as_many_queries_for_one_placement_as_for_many(client, cast, placed):
    from playhouse.test_utils import count_queries

    from board.calendar.days import days

    with count_queries() as one:
        days(cast.dana, today())
    for n in range(4):
        factories.make_placement("active", factories.make_posting(employer=cast.cedar, title=f"Other {n}"))
    with count_queries() as many:
        found = days(cast.dana, today())
    assert one.count == many.count and len(found) > 10
