"""The page about privacy, corrections, and what a coordinator does with one person."""

import pytest

from board import notices
from board.mail.model import MailSettings
from board.moves import NotAllowed, Refused, TooLate
from board.people.model import Person
from board.privacy import cleaning, corrections
from board.privacy.declaration import DECLARED
from board.privacy.erase import erase
from board.privacy.held import About
from board.privacy.model import Correction, Erasure
from board.school.model import School
from board.worker.model import JobState
from tests import factories
from tests.inspector import having, text_of


def test_a_stranger_reads_what_is_held_on_a_closed_board_too(client, cast):
    MailSettings.create(id=1, reply_to="wbl@lincoln.example")
    browser = client()
    assert browser.get("/privacy").status_code == 200
    text = text_of(browser.page)
    for words in (
        "Birth date",
        "no employer ever sees it",
        "Who learns what of a student, and when",
        "a code instead of the name",
        "No Social Security number",
        "within 45 days",
        "wbl@lincoln.example",
    ):
        assert words in text
    rows = len(having(browser.page, "data-element"))
    assert rows == len({(e.about, e.what) for held in DECLARED.values() for e in held.elements}) > 60
    assert not [person.name for person in Person.select() if person.name in text]


def test_it_begins_with_a_way_to_each_of_its_parts_and_its_long_lists_lie_folded(client, cast):
    whole = page(client(), "/privacy")
    ways = next(nav for nav in whole.iter("nav") if nav.get("aria-label") == "On this page")
    to = [one.get("href")[1:] for one in ways.iter("a")]
    assert to == [one.get("id") for one in whole.iter("h2")]
    folds = having(whole, "data-about")
    assert {one.get("data-about") for one in folds} == set(About) and {one.tag for one in folds} == {"details"}
    assert not [one for one in folds if one.get("open") is not None]
    assert len(having(whole, "data-element")) == sum(len(having(one, "data-element")) for one in folds)


def test_it_stands_at_the_foot_of_every_page(client, cast):
    for person in (None, cast.maya, cast.dana, cast.ruiz):
        assert 'href="/privacy"' in client(person).get("/").text


def test_the_times_on_it_are_the_school_s_own(client, cast):
    assert "for 730 days after it is closed" in text_of(page(client(), "/privacy"))
    School.update(keep_left_days=90).execute()
    assert "for 90 days after it is closed" in text_of(page(client(), "/privacy"))


def page(browser, address):
    assert browser.get(address).status_code == 200
    return browser.page


# -- corrections


def test_a_student_says_what_is_wrong_and_reads_the_answer(client, cast):
    browser, staff = client(cast.maya), client(cast.ruiz)
    assert browser.post("/account/correction", data={"words": " "}).status_code == 422
    browser.post("/account/correction", data={"words": "My grade is 11, not 10."})
    assert "My grade is 11" in text_of(page(browser, "/account/correction"))
    notices.deliver()
    assert "Somebody says that something the board keeps" in text_of(page(staff, "/notices"))
    assert "My grade is 11" in text_of(page(staff, "/corrections"))
    number = Correction.get().id
    answer = staff.post(f"/corrections/{number}", data={"state": "declined", "words": ""})
    assert answer.status_code == 422 and "Say why it stays" in answer.text
    assert (
        staff.post(f"/corrections/{number}", data={"state": "declined", "words": "The register says 10."}).status_code
        == 303
    )
    text = text_of(page(browser, "/account/correction"))
    assert "The register says 10." in text and "hearing" in text
    late = staff.post(f"/corrections/{number}", data={"state": "corrected", "words": "What I had typed"})
    assert late.status_code == 409 and "What I had typed" in late.text


def test_rules_of_corrections(app, cast):
    first = corrections.ask(cast.maya, "Wrong.")
    assert corrections.ask(cast.maya, "Wrong.").id == first.id
    for number in range(4):
        corrections.ask(cast.maya, f"Wrong {number}.")
    with pytest.raises(Refused, match="several"):
        corrections.ask(cast.maya, "One more.")
    with pytest.raises(NotAllowed):
        corrections.answer(first, cast.okafor, "corrected", "")
    with pytest.raises(Refused):
        corrections.answer(first, cast.ruiz, "open", "")
    corrections.answer(first, cast.ruiz, "corrected", "")
    with pytest.raises(TooLate):
        corrections.answer(first, cast.ruiz, "declined", "No.")
    assert [row.id for row in Correction.seen_by(cast.leo)] == []
    assert len(list(Correction.seen_by(cast.maya))) == 5


# -- erasing, by page


def test_a_coordinator_types_the_name_and_the_person_is_gone(client, cast, settings):
    placement = factories.make_placement("active", factories.make_posting("open", cast.cedar), cast.leo)
    browser, address = client(cast.ruiz), f"/people/{cast.maya.id}/erase"
    (settings.data / "backups").mkdir()
    (settings.data / "backups" / "old.sqlite3").write_bytes(b"x")
    text = text_of(page(browser, address))
    assert "old.sqlite3" in text and "The last one that holds this person is to be gone by" in text
    wrong = browser.post(address, data={"name": "Leo Chen"})
    assert (
        wrong.status_code == 422
        and "This is not the name" in wrong.text
        and Person.get_by_id(cast.maya.id).name == "Maya Rivera"
    )
    assert browser.post(address, data={"name": "maya  rivera"}).status_code == 303
    text = text_of(page(browser, address))
    assert "This person is erased" in text and "old.sqlite3" in text and "Within minutes" in text
    assert JobState.get(JobState.name == "clean").wanted_at is not None
    cleaning.clean()
    assert "no byte of it is left" in text_of(page(browser, address))
    assert Erasure.get().by_id == cast.ruiz.id
    text = text_of(page(browser, f"/people/{cast.leo.id}/erase"))
    assert "A project is not finished yet" in text and "Erase for good" not in text
    assert browser.post(f"/people/{cast.leo.id}/erase", data={"name": "Leo Chen"}).status_code == 422
    assert placement.application.student.name == "Leo Chen"
    assert "You cannot erase yourself" in text_of(page(browser, f"/people/{cast.ruiz.id}/erase"))


def test_pages_that_showed_an_erased_person_still_open(client, cast, settings):
    kept = factories.make_experience(factories.make_posting("open", cast.cedar, title="Signs"), cast.maya, 60)
    number, application = kept.placement_id, kept.placement.application_id
    erase(cast.maya, cast.ruiz, settings.data)
    notices.deliver()
    for person, addresses in (
        (cast.ruiz, (f"/placements/{number}", f"/students/{cast.maya.id}", f"/people/{cast.maya.id}", f"/people/{cast.maya.id}/record", "/people?state=ended", "/placements?all=1", "/notices")),
        (cast.okafor, (f"/applications/{application}", "/students", "/notices")),
        (cast.dana, (f"/placements/{number}", "/employer/applicants", f"/employer/applicants/{application}", "/notices", "/")),
    ):  # fmt: skip
        browser = client(person)
        for address in addresses:
            assert browser.get(address).status_code == 200, address
            assert "Rivera" not in browser.get(address).text and "Maya" not in browser.get(address).text, address
