"""The lists: what needs whom first, whose names are read, and one student's whole story."""

from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from board.db import now
from board.moves import Step
from board.placements import messages_actions
from board.placements.model import Agreement, Delivery, HoursEntry, Message, Placement, Signature
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


@pytest.mark.parametrize("address", ["/placements", "/messages", "/employer/postings/1/applicants?state=offered"])
def test_whose_family_gives_out_no_name_is_asked_of_a_whole_list_at_once(client, cast, address):
    posting = factories.make_posting(employer=cast.cedar, seats=9)
    browser = client(cast.dana)

    def add(number: int) -> None:
        for _ in range(number):
            student = factories.make_student(name="Ana Gil", directory_opt_out=True)
            placement = factories.make_placement("active", posting, student, lead=cast.okafor)
            Message.create(placement=placement, writer=cast.dana, words="A word.")

    def asked() -> int:
        browser.get(address)
        with count_queries() as counter:
            browser.get(address)
        return counter.count

    add(1)
    few = asked()
    add(4)
    assert asked() == few
    words = text_of(browser.page)
    assert words.count("Student ") >= 5 and "Ana" not in words
    for placement in Placement.select():
        factories.say_yes(placement)
    browser.get(address)
    assert text_of(browser.page).count("Ana") >= 5


def test_what_is_next_leads_to_a_place_that_is_there(client, cast):
    make, past, seen = factories.make_placement, today() - timedelta(days=1), set()
    posting = lambda **more: factories.make_posting(employer=cast.cedar, **more)  # noqa: E731
    small = {"hours": 6, "pay_cents": 12000}
    make("proposed", posting(), cast.maya, lead=cast.okafor)
    make("agreed", posting(), cast.maya, lead=cast.okafor)
    make("active", posting(), cast.maya, lead=cast.okafor, due_on=past, starts_on=past)
    make("active", posting(), cast.maya, lead=cast.okafor, held_at=now())
    for content, accepted, ago in (({}, None, 1), ({}, None, 9), ({}, True, 1), (small, None, 1)):
        made, at = make("delivered", posting(**content), cast.maya, lead=cast.okafor), now() - timedelta(days=ago)
        answered = {"accepted": True, "answered_at": at} if accepted else {}
        Delivery.create(placement=made, number=1, delivered_at=at, **answered)
    for person in (cast.maya, cast.dana, cast.okafor):
        browser = client(person)
        browser.get("/placements")
        links = [cell.find(".//a") for cell in having(browser.page, "data-label", "Next")]
        for address in {link.get("href") for link in links if link is not None}:
            page, _, part = address.partition("#")
            assert browser.get(page).status_code == 200, address
            assert not part or having(browser.page, "id", part), (person.name, address)
            seen.add(part or page.rpartition("/")[2])
    assert {"match", "agreement-terms", "holding", "messages", "completing", "handing_in", "close"} <= seen


def test_each_reads_how_many_messages_are_new_to_them_and_where(client, cast, three):
    active = three[1]
    factories.say_yes(active)
    for words in ("Hello.", "Bring a ruler."):
        messages_actions.write(active, cast.dana, words)

    def new(person) -> list[str]:
        browser = client(person)
        browser.get("/placements")
        return [f"{text_of(one)} {one.get('href')}" for one in having(browser.page, "data-new")]

    there = f"2 new messages /placements/{active.id}#messages"
    assert (new(cast.leo), new(cast.okafor)) == ([there], [there])
    assert (new(cast.dana), new(cast.maya), new(cast.omar)) == ([], [], [])
    client(cast.leo).get(f"/placements/{active.id}")
    assert new(cast.leo) == []


def test_who_has_gone_silent_stands_with_their_teacher_the_longest_first(client, cast):
    long = {
        "started_at": now() - timedelta(days=30),
        "due_on": today() + timedelta(days=9),
        "lead": cast.okafor,
        "starts_on": today() - timedelta(days=30),
    }
    made = [
        factories.make_placement("active", factories.make_posting(employer=cast.cedar, title=title), student, **long)
        for title, student in (("Of Maya", cast.maya), ("Of Leo", cast.leo), ("Of Ana", factories.make_student()))
    ]
    Step.update(at=now() - timedelta(days=30)).execute()
    for placement, ago in zip(made, (8, 12, 1), strict=True):
        HoursEntry.create(
            placement=placement, worked_on=today(), minutes=60, did="Drew.", state="confirmed", confirmed_at=now(),
            created_at=now() - timedelta(days=ago),
        )  # fmt: skip
    browser = client(cast.okafor)
    browser.get("/placements")
    assert rows(browser.page, "needs") == [made[1].id, made[0].id]
    assert text_of(browser.page).count("Nobody has heard from the student: ask how it goes") == 2
    dana = client(cast.dana)
    dana.get("/placements")
    assert "Nobody has heard" not in text_of(dana.page)


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


def test_the_story_tells_what_each_side_did_in_words(client, cast, three):
    active = three[1]
    Step.insert_many(
        {"noun": "placement", "noun_id": active.id, "move": move, "person": person, "from_state": "active", "to_state": "active"}
        for move, person in (
            ("log_hours", cast.leo), ("attach", cast.leo), ("check_in_help", cast.leo), ("accept_work", cast.dana),
            ("complete", cast.okafor), ("hours_wait", None),
        )
    ).execute()  # fmt: skip
    browser = client(cast.okafor)
    browser.get(f"/students/{cast.leo.id}")
    words = [text_of(line) for line in browser.page.iter("span") if line.get("class") == "history-what"]
    for said in (
        "logged hours",
        "added a file or a link",
        "asked for help",
        "accepted the work",
        "signed off: completed",
    ):
        assert f"{said}: Price list" in words
    assert not [line for line in words if "hours wait" in line or "log hours" in line]
    browser.get(f"/students/{cast.maya.id}")
    assert "Price list" not in text_of(browser.page)


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
