"""Who was shown what of a student, on whose word; and who of the school opened a record that is not theirs to look after."""

import csv
import io
import re
from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from board.applications import actions as applications
from board.audit import trail
from board.audit.model import Entry, Kind
from board.db import now
from board.experience import actions as experience
from board.experience import portfolio
from board.guardians import actions as homes
from board.guardians.model import GuardianAsk
from board.guardians.model import Word as Answered
from board.people.model import Person
from board.placements import guardian_actions, hold_actions
from board.placements import match_actions as matches
from board.placements.match_rules import Choice
from board.placements.model import Placement
from board.privacy import disclosures, watching
from board.privacy.model import Access, Disclosure
from board.school.model import School, today
from tests import factories
from tests.inspector import having, text_of


def log(student) -> list[tuple[str, str, str | None]]:
    rows = Disclosure.select().where(Disclosure.student == student).order_by(Disclosure.id)
    return [(row.what, row.word, row.employer and row.employer.name) for row in rows]


@pytest.fixture
def proposed(cast):
    return factories.make_placement(
        "proposed", factories.make_posting("open", cast.cedar, title="Door signs"), cast.maya
    )


def agree(cast, placement):
    day = today() + timedelta(days=30)
    matches.agree(placement, cast.okafor, Choice(cast.okafor, cast.ruiz, placement.supervisor, day, day), 1)
    return Placement.get_by_id(placement.id)


SENT, NAMED = ("application", "student", "Cedar Print"), ("first_name", "teacher", "Cedar Print")


def test_each_step_that_shows_more_is_a_line(cast, proposed):
    assert log(cast.maya) == [SENT]
    placement = agree(cast, proposed)
    assert log(cast.maya) == [SENT, NAMED], "no contact without a yes"
    matches.record_yes(placement, cast.okafor, today())
    assert log(cast.maya) == [SENT, NAMED, ("contact", "guardian", "Cedar Print")]
    row = Disclosure.select().order_by(Disclosure.id.desc()).first()
    assert (row.placement_id, row.application_id, row.person_id) == (
        placement.id,
        placement.application_id,
        cast.okafor.id,
    )


@pytest.mark.parametrize(("way", "word"), [("link", "guardian"), ("school", "school"), ("student", "adult")])
def test_whichever_yes_it_is_the_log_says_whose_word_it_was(cast, proposed, way, word):
    placement = agree(cast, proposed)
    if way == "link":
        homes.add(cast.maya, cast.okafor, {"name": "Gwen Parkinson", "email": "gwen@home.example"})
        homes.ask(placement.application, cast.okafor)
        homes.answer(GuardianAsk.select().first(), Answered.YES, "Gwen Parkinson", "en")
    elif way == "school":
        guardian_actions.record_school(placement, cast.ruiz, "Elena Ruiz", "Lives on their own.")
    else:
        Person.update(birth_date=today().replace(year=today().year - 18, day=1)).where(
            Person.id == cast.maya.id
        ).execute()
        homes.say_oneself(placement.application, Person.get_by_id(cast.maya.id), True, "en")
    assert log(cast.maya)[2:] == [("contact", word, "Cedar Print")]


def test_a_draft_is_shown_to_nobody(cast):
    factories.make_application("draft", factories.make_posting(employer=cast.cedar), cast.maya)
    assert log(cast.maya) == []


def test_a_yes_taken_back_and_given_again_is_a_second_line_and_nothing_else_is(cast, proposed):
    placement = agree(cast, proposed)
    matches.record_yes(placement, cast.okafor, today())
    hold_actions.hold(placement, cast.okafor, "Wait.")
    hold_actions.lift(Placement.get_by_id(placement.id), cast.ruiz, "Looked.")
    assert [what for what, _word, _who in log(cast.maya)].count("contact") == 1
    matches.withdraw_yes(Placement.get_by_id(placement.id), cast.okafor)
    matches.record_yes(Placement.get_by_id(placement.id), cast.okafor, today())
    assert [what for what, _word, _who in log(cast.maya)].count("contact") == 2


@pytest.mark.parametrize(("asks", "age", "word"), [(True, 19, "adult"), (False, 16, "school"), (False, 19, "adult")])
def test_without_a_guardian_it_says_on_whose_word(cast, proposed, asks, age, word):
    School.update(guardian_not_asked=not asks).execute()
    born = cast.maya.birth_date.replace(year=today().year - age)
    Person.update(birth_date=born).where(Person.id == cast.maya.id).execute()
    agree(cast, Placement.get_by_id(proposed.id))
    assert log(cast.maya)[-1] == ("contact", word, "Cedar Print")


def test_what_a_student_shares_with_everybody_is_a_line_without_an_employer(cast):
    kept = factories.make_experience(factories.make_posting("open", cast.cedar), cast.maya, 60)
    experience.record_yes(kept, cast.okafor, today())
    experience.share(kept, cast.maya)
    portfolio.share_portfolio(cast.maya)
    assert log(cast.maya)[-2:] == [("experience", "student", None), ("portfolio", "student", None)]


def test_what_came_to_be_before_there_was_a_log_is_added_once(cast, proposed):
    agree(cast, proposed)
    at = Disclosure.get(Disclosure.what == "application").at
    Disclosure.delete().execute()
    assert disclosures.catch_up() == 2 and disclosures.catch_up() == 0
    assert sorted(log(cast.maya)) == sorted([SENT, NAMED])
    assert Disclosure.get(Disclosure.what == "application").at == at


def test_staff_read_it_on_the_student_s_page_and_the_student_in_the_record(client, cast, proposed):
    for person, address in ((cast.okafor, f"/students/{cast.maya.id}"), (cast.maya, "/account/record")):
        browser = client(person)
        browser.get(address)
        text = text_of(browser.page)
        assert (
            "Application: grade band, skills" in text
            and "Cedar Print" in text
            and "the student sent or shared it" in text
        )


def test_the_list_stands_alone_to_print_and_as_a_table_for_the_school_and_the_student(client, cast, proposed):
    placement = agree(cast, proposed)
    matches.record_yes(placement, cast.okafor, today())
    for person, address in (
        (cast.okafor, f"/students/{cast.maya.id}/disclosures"),
        (cast.maya, "/account/disclosures"),
    ):
        browser = client(person)
        assert browser.get(address).status_code == 200
        text = text_of(browser.page)
        assert len(having(browser.page, "data-shown")) == 3 and "a parent or guardian said yes" in text
        rows = list(csv.reader(io.StringIO(browser.get(f"{address}.csv").get_data(as_text=True).lstrip("\ufeff"))))
        assert [row[1:3] for row in rows[1:]] == [["Cedar Print", "Door signs"]] * 3
    assert "Nothing yet" in text_of(opened(client(cast.leo), "/account/disclosures"))
    for person in (cast.dana, cast.leo):
        assert client(person).get(f"/students/{cast.maya.id}/disclosures").status_code == 403
    assert client(cast.ruiz).get(f"/students/{cast.dana.id}/disclosures").status_code == 404


def opened(browser, address):
    assert browser.get(address).status_code == 200
    return browser.page


def test_withdrawn_is_still_shown(cast):
    made = factories.make_application("submitted", factories.make_posting(employer=cast.cedar), cast.maya)
    applications.withdraw(made, cast.maya)
    assert log(cast.maya) == [SENT]


# -- who opened a record


def looks() -> list[tuple[str, str, str]]:
    return [(row.staff.name, row.student.name, row.page) for row in Access.select().order_by(Access.id)]


def test_who_does_not_look_after_a_student_leaves_one_line_a_day(client, cast, proposed, monkeypatch):
    other = factories.make_person("teacher", "Ines Park")
    for person in (other, cast.okafor):
        browser = client(person)
        for address in (f"/students/{cast.maya.id}", f"/placements/{proposed.id}", f"/students/{cast.maya.id}"):
            assert browser.get(address).status_code == 200
    assert looks() == [("Ines Park", "Maya Rivera", "story")], "the adviser leaves none"
    monkeypatch.setattr(watching, "today", lambda: today() + timedelta(days=1))
    client(other).get(f"/placements/{proposed.id}")
    assert looks()[1:] == [("Ines Park", "Maya Rivera", "placement")]


@pytest.mark.parametrize("part", ["lead", "cover"])
def test_who_leads_or_covers_a_project_of_theirs_looks_after_them(client, cast, proposed, part):
    other = factories.make_person("teacher", "Ines Park")
    Placement.update(**{part: other}).where(Placement.id == proposed.id).execute()
    client(other).get(f"/students/{cast.maya.id}")
    assert looks() == []


def test_every_page_of_a_student_is_watched_and_stands_in_the_trail(app, client, cast, monkeypatch):
    """Their adviser leaves an entry of the trail, and no row a day."""
    monkeypatch.setattr(trail, "SAME_LOOK", timedelta(0))
    kept = factories.make_experience(factories.make_posting("open", cast.cedar), cast.maya, 60)
    draft = factories.make_application("draft", factories.make_posting(), cast.maya)
    read = applications.ask_to_read(draft, cast.maya, cast.okafor)
    home = homes.add(cast.maya, cast.okafor, {"name": "Gwen Parkinson"})
    numbers = {
        "applications": kept.placement.application_id, "placements": kept.placement_id, "readings": read.id,
        "experience": kept.id,
    }  # fmt: skip
    staff = {one.name: client(one) for one in (factories.make_person("coordinator", "Ines Park"), cast.okafor)}
    asked = set()
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in watching.PAGES or "GET" not in rule.methods:
            continue
        address = re.sub(r"guardians/<int:number>", f"guardians/{home.id}", rule.rule)
        address = re.sub(r"<.*?>", str(numbers.get(rule.rule.split("/")[1], cast.maya.id)), address)
        for name, browser in staff.items():
            Access.delete().execute()
            before = Entry.select().count()
            if browser.get(address).status_code != 200:
                continue  # what coordinators alone open, or whoever was asked to read
            asked.add(rule.endpoint)
            seen = [row.noun_id for row in Entry.select().where(Entry.id > before, Entry.kind == Kind.VIEW)]
            assert seen == [cast.maya.id], rule.rule
            expected = [(name, "Maya Rivera", watching.PAGES[rule.endpoint][0])] if name == "Ines Park" else []
            assert looks() == expected, rule.rule
    assert asked == set(watching.PAGES)


def test_what_is_not_there_and_who_is_no_student_leave_nothing(client, cast):
    browser = client(cast.ruiz)
    for address in (f"/people/{cast.okafor.id}", "/people/9999/record", f"/students/{cast.okafor.id}"):
        browser.get(address)
    client(cast.maya).get("/account/record")
    assert looks() == []


def test_a_second_look_writes_nothing_and_asks_little(app, cast):
    other = factories.make_person("teacher")
    student = Person.select(Person.id).where(Person.id == cast.maya.id)
    assert watching.look(other, "story", student)
    with count_queries() as counter:
        assert not watching.look(other, "story", student)
    assert counter.count == 2, "one for the row of the day, one for the trail"


def test_coordinators_read_who_looked_and_students_only_of_themselves(client, cast):
    other = factories.make_person("teacher", "Ines Park")
    for student in (cast.maya, cast.leo):
        Access.create(staff=other, student=student, page="story", day=today(), at=now())
    browser = client(cast.ruiz)
    browser.get(f"/students/{cast.maya.id}")
    assert "Ines Park" in text_of(browser.page) and having(browser.page, "data-look")
    browser = client(cast.okafor)
    browser.get(f"/students/{cast.maya.id}")
    assert "Ines Park" not in text_of(browser.page)
    held = client(cast.maya).get("/account/record/file").json["held"]["access"]
    assert {row["student"] for row in held} == {cast.maya.id}
