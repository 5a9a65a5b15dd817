"""The school year: what a coordinator may write, what is refused in words, and what is kept of it."""

from datetime import date, timedelta

import pytest

from board.moves import Step
from board.school.model import Period, School, today
from board.school.rules import wrong_with_days
from tests.inspector import by_id, text_of

TODAY = date(2026, 11, 25)
YEAR = "/settings/school-year"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 12, 18), date(2026, 12, 22), None),
        (date(2026, 12, 18), date(2026, 12, 18), None),  # one day
        (date(2026, 12, 18), date(2026, 12, 17), "before the first"),
        (date(2026, 9, 1), date(2027, 10, 5), None),  # 400 days
        (date(2026, 9, 1), date(2027, 10, 6), "401 days"),
        (date(2206, 12, 18), date(2206, 12, 19), "Look at the year"),
        (date(2020, 12, 18), date(2020, 12, 19), "Look at the year"),
        (None, date(2026, 12, 18), "Give the first"),
        (date(2026, 12, 18), None, "Give the first"),
    ],
)
def test_which_days_can_be_a_part_of_the_school_year(first, last, words):
    said = wrong_with_days(first, last, TODAY)
    assert (said is None) if words is None else (words in str(said))


def typed(**changes):
    day = today()
    return {
        "kind": "finals", "name": "Finals", "first_on": day.isoformat(),
        "last_on": (day + timedelta(days=4)).isoformat(),
    } | changes  # fmt: skip


def test_days_are_added_changed_and_removed_each_with_its_step(client, cast):
    browser = client(cast.ruiz)
    assert browser.post(YEAR, data=typed()).status_code == 303
    assert browser.post(YEAR, data=typed(name="The same again")).status_code == 303  # overlapping is fine
    first = Period.select().order_by(Period.id).first()
    assert (first.kind, first.name, first.first_on) == ("finals", "Finals", today())
    changed = browser.post(f"{YEAR}/{first.id}", data=typed(kind="testing", name=""))
    assert changed.status_code == 303 and Period.get_by_id(first.id).kind == "testing"
    browser.get(YEAR)
    page = text_of(browser.page)
    assert "Now and ahead" in page and "State testing" in page and "The same again" in page
    assert browser.post(f"{YEAR}/{first.id}/remove").status_code == 303
    assert [row.name for row in Period.select()] == ["The same again"]
    moves = [step.move for step in Step.select().where(Step.noun == "period").order_by(Step.id)]
    assert moves == ["add", "add", "change", "remove"]


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"last_on": "2000-01-01"}, "last_on", "before the first"),
        ({"first_on": ""}, "first_on", "fill this in"),
        ({"first_on": "soon"}, "first_on", "Write the date"),
        ({"kind": ""}, "kind", "Choose what these days are"),
        ({"kind": "weekend"}, "kind", "Choose what these days are"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_what_was_typed_stays(client, cast, changes, place, words):
    browser = client(cast.ruiz)
    answer = browser.post(YEAR, data=typed(name="Mine", **changes))
    assert answer.status_code == 422 and Period.select().count() == 0
    assert words in text_of(by_id(browser.page, f"{place}-error"))
    assert by_id(browser.page, "name").get("value") == "Mine"


def test_what_has_passed_stands_last(client, cast):
    day = today()
    Period.create(kind="holiday", name="Long ago", first_on=day - timedelta(days=9), last_on=day - timedelta(days=1))
    Period.create(kind="summer", first_on=day, last_on=day)
    browser = client(cast.ruiz)
    browser.get(YEAR)
    page = text_of(browser.page)
    assert page.index("Summer break") < page.index("Add days") < page.index("Long ago")


def test_the_guardian_is_asked_unless_the_school_says_otherwise(client, cast):
    browser = client(cast.ruiz)
    browser.get("/settings")
    assert by_id(browser.page, "guardian_asked").get("checked") is not None and School.here().guardian_asked
    words = {
        "name": "Lincoln High School", "state": "OR", "time_zone": "America/Los_Angeles", "minimum_age": "14",
        "minimum_pay_cents": "15",
    }  # fmt: skip
    assert browser.post("/settings", data=words).status_code == 303
    assert not School.here().guardian_asked
    browser.post("/settings", data=words | {"guardian_asked": "y"})
    assert School.here().guardian_asked
