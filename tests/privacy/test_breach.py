"""After a breach: who was affected, through one account or at all; and a file no spreadsheet runs."""

import csv
import io
from datetime import datetime, timedelta

import pytest
from playhouse.test_utils import count_queries

from board.db import now
from board.people.model import Person
from board.placements.model import Message
from board.privacy import breach
from board.privacy.breach import affected, safe
from board.privacy.erase import erase
from board.school.model import today
from tests import factories
from tests.inspector import text_of

DAY = timedelta(days=1)


@pytest.fixture
def shown(cast):
    """Maya's and Leo's were sent to Cedar, Noor's is a draft; Leo works there, and once wrote to Mill."""
    factories.make_application("withdrawn", factories.make_posting("open", cast.cedar), cast.maya)
    Person.update(birth_date=cast.maya.birth_date).where(Person.id == cast.noor.id).execute()
    factories.make_application("draft", factories.make_posting("open", cast.cedar), Person.get_by_id(cast.noor.id))
    placement = factories.make_placement("active", factories.make_posting("open", cast.cedar), cast.leo)
    factories.make_application("submitted", factories.make_posting("open", cast.mill), cast.leo)
    Message.create(placement=placement, writer=cast.dana, words="Hello.")
    return placement


def names(found) -> list[str]:
    return [row.student.name for row in found]


def window(before: int = 1, after: int = 1) -> tuple[datetime, datetime]:
    return now() - before * DAY, now() + after * DAY


def test_without_an_account_it_is_everybody_who_was_here(cast, shown, settings):
    assert names(affected(*window())) == ["Leo Chen", "Maya Rivera", "Noor Haddad"]
    assert names(affected(now() - 9 * DAY, now() - 8 * DAY)) == [], "nobody was here yet"
    erase(cast.noor, None, settings.data)
    assert "Erased person" in names(affected(*window())), "somebody erased since was here then"
    assert names(affected(now() + DAY, now() + 2 * DAY)) == ["Leo Chen", "Maya Rivera"]


def test_of_an_employer_s_account_it_is_whom_that_employer_was_shown(cast, shown):
    found = affected(*window(), cast.dana)
    assert names(found) == ["Leo Chen", "Maya Rivera"]
    assert found[0].counts == {"shown": 1, "applications": 1, "placements": 1, "messages": 1}, (
        "what went to Mill is not Cedar's"
    )
    assert names(affected(*window(), cast.omar)) == ["Leo Chen"] and names(affected(*window(), cast.nia)) == []
    assert names(affected(now() - 9 * DAY, now() - 8 * DAY, cast.dana)) == []


def test_of_a_student_s_account_it_is_that_student_and_of_staff_s_everybody(cast, shown):
    assert names(affected(*window(), cast.maya)) == ["Maya Rivera"]
    assert len(affected(*window(), cast.okafor)) == 3
    assert affected(*window(), cast.maya)[0].counts == {"profile": 1, "applications": 1}


def test_contacts_of_parents_come_from_whoever_knows_them(cast, shown, monkeypatch):
    monkeypatch.setattr(breach, "contacts", [lambda ids: {cast.maya.id: ["Rosa Rivera, rosa@example.org"]}])
    by_name = {row.student.name: row.guardians for row in affected(*window())}
    assert by_name["Maya Rivera"] == ["Rosa Rivera, rosa@example.org"] and by_name["Leo Chen"] == []


def test_more_students_are_no_more_questions(cast, shown):
    with count_queries() as few:
        affected(*window(), cast.dana)
    for _ in range(5):
        factories.make_application(
            "submitted", factories.make_posting("open", cast.cedar), factories.make_student(adviser=cast.okafor)
        )
    with count_queries() as many:
        assert len(affected(*window(), cast.dana)) == 7
    assert few.count == many.count


@pytest.mark.parametrize(
    ("cell", "made"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("Ann", "Ann"),
        (None, ""),
        (11, "11"),
    ],
)
def test_no_cell_is_a_formula(cell, made):
    assert safe(cell) == made


def test_the_page_and_its_file(client, cast, shown):
    Person.update(name="=HYPERLINK(1)").where(Person.id == cast.leo.id).execute()
    browser = client(cast.ruiz)
    browser.get("/settings/privacy/breach")
    assert "student is affected" not in text_of(browser.page)
    asked = {"first": str(today() - DAY), "last": str(today()), "account": cast.dana.email}
    assert browser.get("/settings/privacy/breach", query_string=asked).status_code == 200
    text = text_of(browser.page)
    assert "2 students are affected" in text and "By what the account of Dana Whitlock could see" in text
    answer = browser.get("/settings/privacy/breach.csv", query_string=asked)
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["'=HYPERLINK(1)", "Maya Rivera"] and rows[1][2] == "Sam Okafor"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"first": ""}, "Please fill this in"), ({"first": "2026-05-02", "last": "2026-05-01"}, "before the first day"),
        ({"account": "nobody@example.org"}, "No account has this"), ({"last": "soon"}, "date"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_it(client, cast, changes, words):
    asked = {"first": "2026-05-01", "last": "2026-05-02", "account": ""} | changes
    answer = client(cast.ruiz).get("/settings/privacy/breach", query_string=asked)
    assert answer.status_code == 422 and words in answer.text
    assert client(cast.ruiz).get("/settings/privacy/breach.csv", query_string=asked).status_code == 303
