"""The lists: what needs whom first, whose names are read, and one student's whole story."""

from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from board.db import now
from board.placements.model import Agreement, Delivery, HoursEntry, Placement, Signature
from board.school.model import today
from tests import factories
from tests.inspector import having, text_of


def rows(page, part: str) -> list[int]:
    """Numbers of the placements of one section, in order."""
    found = having(page, "aria-labelledby", part)
    return [int(row.get("data-placement")) for section in found for row in having(section, "data-placement")]


@pytest.fixture
def three(cast):
    """Dana's: one that waits for a teacher, one at work, one handed in four days ago."""
    make = factories.make_placement
    posting = lambda title: factories.make_posting(employer=cast.cedar, title=title)  # noqa: E731
    proposed = make("proposed", posting("Window signs"), cast.maya)
    active = make("active", posting("Price list"), cast.leo, lead=cast.okafor, due_on=today() + timedelta(days=30))
    delivered = make("delivered", posting("Menu"), factories.make_student(name="Ana Gil"), lead=cast.ruiz)
    Delivery.create(placement=delivered, number=1, delivered_at=now() - timedelta(days=4))
    return proposed, active, delivered


def test_each_side_finds_what_needs_them_first(client, cast, three):
    proposed, active, delivered = (one.id for one in three)
    for person, needs, running in (
        (cast.dana, [delivered], [proposed, active]), (cast.maya, [], [proposed]), (cast.leo, [], [active]),
        (cast.okafor, [proposed], [active]), (cast.ruiz, [proposed], [active, delivered]), (cast.omar, [], []),
    ):  # fmt: skip
        browser = client(person)
        browser.get("/placements")
        found = rows(browser.page, "needs"), sorted(rows(browser.page, "running"))
        assert found == (needs, sorted(running)), person.name


def test_all_shows_a_teacher_also_what_others_look_after(client, cast, three):
    browser = client(cast.okafor)
    browser.get("/placements?all=1")
    assert set(rows(browser.page, "needs") + rows(browser.page, "running")) == {one.id for one in three}
    browser.get("/placements?state=proposed")
    assert rows(browser.page, "needs") == [three[0].id] and rows(browser.page, "running") == []


def test_an_employer_reads_a_code_until_a_teacher_has_agreed_and_then_a_first_name(client, cast, three):
    browser = client(cast.dana)
    browser.get("/placements")
    words = text_of(browser.page)
    assert f"Student {three[0].application.code}" in words and "Maya" not in words
    assert "Leo" in words and "Chen" not in words and "Ana" in words and "Gil" not in words


def test_the_longest_wait_stands_first(client, cast):
    days = [3, 9, 6]
    made = [factories.make_placement("delivered", factories.make_posting(employer=cast.cedar)) for _ in days]
    for placement, ago in zip(made, days, strict=True):
        Delivery.create(placement=placement, number=1, delivered_at=now() - timedelta(days=ago))
    browser = client(cast.dana)
    browser.get("/placements")
    assert rows(browser.page, "needs") == [made[1].id, made[2].id, made[0].id]


def test_a_list_costs_the_same_for_one_and_for_thirty(client, cast):
    def cost() -> int:
        browser = client(cast.dana)
        with count_queries(only_select=True) as counted:
            browser.get("/placements")
        return counted.count

    fill(cast, 1)
    cost()
    one = cost()
    fill(cast, 29)
    assert cost() == one


def fill(cast, number: int) -> None:
    for _ in range(number):
        placement = factories.make_placement("active", factories.make_posting(employer=cast.cedar))
        HoursEntry.create(placement=placement, worked_on=today(), minutes=60, did="Drew.")
        Agreement.get_or_create(placement=placement)
        Signature.get_or_create(placement=placement, party="student", version=1, defaults={"signed_on": today()})


def test_the_story_of_a_student_holds_all_of_it_for_staff_alone(client, cast, three):
    factories.make_application("not_selected", factories.make_posting(title="A poster"), cast.maya)
    for reader in (cast.okafor, cast.ruiz):
        browser = client(reader)
        browser.get(f"/students/{cast.maya.id}")
        words = text_of(browser.page)
        assert all(
            said in words for said in ("Maya Rivera", "Window signs", "A poster", "At work", "adviser: Sam Okafor")
        )
    for reader in (cast.maya, cast.dana):
        assert client(reader).get(f"/students/{cast.maya.id}").status_code == 403
    assert client(cast.okafor).get(f"/students/{cast.dana.id}").status_code == 404


def test_the_students_list_says_how_far_each_has_come_and_finds_them_by_it(client, cast, three):
    done = factories.make_student(name="Dee Done")
    factories.make_placement("completed", student=done)
    asked = factories.make_student(name="Al Asked")
    factories.make_application("submitted", student=asked)
    browser = client(cast.okafor)
    expected = {
        "working": {"Maya Rivera", "Leo Chen", "Ana Gil"},
        "done": {"Dee Done"},
        "applied": {"Al Asked"},
        "searching": {"Noor Haddad"},
    }
    for reached, names in expected.items():
        browser.get(f"/students?reached={reached}")
        assert names_on(browser.page) == names, reached
    browser.get("/students?reached=nonsense")
    assert len(names_on(browser.page)) == 6


def names_on(page) -> set[str]:
    people = having(page, "data-person")
    return {"".join(next(label.iter("label")).itertext()).strip().split("\n")[-1].strip()[2:] for label in people}


def test_something_overdue_is_marked_and_found(client, cast, three):
    past = today() - timedelta(days=1)
    Placement.update(starts_on=past, due_on=past).where(Placement.id == three[1].id).execute()
    browser = client(cast.okafor)
    browser.get("/students?stuck=1")
    assert names_on(browser.page) == {"Leo Chen"}
