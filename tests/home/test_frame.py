"""The frame of every page is kept, and what is kept reaches nobody it is not for and outlives no change."""

import re
import sqlite3
from datetime import timedelta

import pytest
from flask import flash, g, url_for

from board.access import school
from board.applications.model import Reading
from board.db import database, now
from board.home import frame
from board.home.waiting import waiting
from board.people import sessions
from board.people.model import Person, Role
from board.school.model import School
from board.search import index
from board.suggestions.model import Suggestion
from tests import factories
from tests.inspector import words

SHOWN = {  # what waits for whom in the test of kept headers: every badge is there
    "maya": {"offers"}, "dana": {"applicants"}, "okafor": {"review", "matches", "readings"},
    "ruiz": {"review", "matches", "suggestions", "employers"},
}  # fmt: skip
ENDPOINTS = (
    "home.front", "postings.projects", "account.account", "review.desk", "desk.mine", "placement_lists.all",
)  # fmt: skip
ADDRESSES = ("/", "/account", "/notices", "/nothing-here")


@pytest.fixture
def elsewhere(settings):
    """What another process writes."""
    connection = sqlite3.connect(settings.database, isolation_level=None)
    yield connection.execute
    connection.close()


def part(browser, tag: str, name: str):
    return next(element for element in browser.page.iter(tag) if element.get("class") == name)


def header(browser) -> str:
    return words(part(browser, "header", "site-header"))


def token(page: str) -> set[str]:
    """What stands signed in the forms of a page; when it was signed is left out."""
    return set(re.findall(r'name="csrf_token" value="([^".]*)', page))


def test_nobody_meets_the_name_or_the_token_of_another(app, client, cast):
    app.config["WTF_CSRF_ENABLED"] = True
    cast.double = factories.make_student(name="Leo Chen the Second", grade=cast.leo.grade)
    cast.colleague = factories.make_person("employer", "Ada <b>Whitlock</b> & Co", employer=cast.cedar)
    people = [person for person in vars(cast).values() if isinstance(person, Person)]
    browsers = {person.name: client(person) for person in people}
    tokens: dict[str, str] = {}
    for name, browser in [*browsers.items(), *reversed(browsers.items())]:
        for address in ADDRESSES:
            page = browser.get(address).text
            shown = words(part(browser, "div", "who"))
            assert name in shown
            assert not [other for other in browsers if other in shown and other not in name], (name, address)
            assert tokens.setdefault(name, *token(page)) in token(page) and len(token(page)) == 1
    assert len(set(tokens.values())) == len(people)
    visitor = client()
    for address in ADDRESSES[:1]:
        assert not [name for name in browsers if name in visitor.get(address).text]


def test_a_kept_header_says_what_one_drawn_for_its_reader_says(app, cast):
    """For every role and section: whatever the template says of a reader has to be in what it is kept under."""
    index.rebuild()
    posting = factories.make_posting(employer=cast.cedar)
    factories.make_posting("submitted", cast.cedar)
    factories.make_application("offered", posting, cast.maya)
    factories.make_application("submitted", factories.make_posting(employer=cast.cedar))
    Reading.create(application=factories.make_application("draft"), teacher=cast.okafor)
    factories.make_placement("proposed", factories.make_posting(employer=cast.cedar), cast.leo)
    Suggestion.create(student=cast.maya, organization="Harbor Bikes", place="Harbor", why="Bikes.")
    secrets = {name: sessions.begin(getattr(cast, name)) for name in ("maya", "noor", "okafor", "ruiz", "dana", "nia")}
    secrets |= {"narrow": sessions.begin(cast.dana, "", f"applicants {posting.id}"), "nobody": None}
    for _time in range(2):
        for name, secret in secrets.items():
            for endpoint in ENDPOINTS:
                with app.test_request_context(url_for_of(app, endpoint)):
                    person = sessions.find(secret) if secret else None
                    g._login_user = person or app.login_manager.anonymous_user()
                    drawn = frame.draw("site_header", me=person, waiting=waiting(), csrf_token=lambda: "TOKEN")
                    kept = re.sub(r'(name="csrf_token" value=")[^"]+', r"\1TOKEN", str(frame.site_header()))
                    assert kept == drawn, (name, endpoint)
                    shown = {key for key, number in waiting().items() if number}
                    assert SHOWN.get(name, set()) <= shown, name


def url_for_of(app, endpoint: str) -> str:
    with app.test_request_context():
        return url_for(endpoint)


def test_a_new_name_shows_on_the_next_page_whoever_wrote_it(client, cast, elsewhere):
    browser = client(cast.dana)
    browser.get("/")
    assert "Dana Whitlock" in header(browser) and "Cedar Print" in header(browser) and "Lincoln" in header(browser)
    for change, old, new in (
        ("UPDATE school SET name = 'Grant High School'", "Lincoln", "Grant High School"),
        (f"UPDATE person SET name = 'Dana Okoro' WHERE id = {cast.dana.id}", "Whitlock", "Dana Okoro"),
        (f"UPDATE employer SET name = 'Cedar & Sons' WHERE id = {cast.cedar.id}", "Cedar Print", "Cedar & Sons"),
    ):
        elsewhere(change)
        browser.get("/")
        assert new in header(browser) and old not in header(browser)
    assert "Grant High School" in words(part(browser, "footer", "site-footer"))


def test_a_grade_a_role_and_the_open_board_show_on_the_next_page(client, cast, elsewhere):
    student, teacher, visitor = client(cast.maya), client(cast.okafor), client()
    for browser in (student, teacher, visitor):
        browser.get("/")
    assert "grade 10" in header(student)
    assert "Settings" not in header(teacher) and "Find projects" not in header(visitor)
    elsewhere(f"UPDATE person SET grade = 11 WHERE id = {cast.maya.id}")
    elsewhere(f"UPDATE person SET role = 'coordinator' WHERE id = {cast.okafor.id}")
    elsewhere("UPDATE school SET open_to_visitors = 1")
    for browser in (student, teacher, visitor):
        browser.get("/")
    assert "grade 11" in header(student)
    assert "Settings" in header(teacher) and "Find projects" in header(visitor)


def test_a_count_that_changes_is_seen_on_the_next_page(client, cast, elsewhere):
    posting = factories.make_posting("submitted", cast.cedar)
    browser = client(cast.okafor)
    browser.get("/")
    assert "Review 1" in header(browser)
    elsewhere(f"UPDATE posting SET state = 'draft' WHERE id = {posting.id}")
    browser.get("/")
    assert "Review" in header(browser) and "Review 1" not in header(browser)
    factories.make_posting("submitted", cast.cedar)
    factories.make_posting("submitted", cast.mill)
    browser.get("/")
    assert "Review 2" in header(browser)


def test_a_match_that_waits_shows_in_every_teachers_header_until_it_is_answered(client, cast, elsewhere):
    browsers = [client(cast.okafor), client(cast.ruiz)]
    for browser in browsers:
        browser.get("/placements")
        assert "Matches to agree to" not in header(browser)
    placement = factories.make_placement("proposed")
    for browser in browsers:
        browser.get("/placements")
        assert "Matches to agree to: 1" in header(browser)
    elsewhere(f"UPDATE placement SET state = 'not_agreed', ended_at = '{now()}' WHERE id = {placement.id}")
    for browser in browsers:
        browser.get("/placements")
        assert "Matches to agree to" not in header(browser)


def test_a_count_that_is_taken_back_is_kept_by_nobody(app, client, cast):
    browser = client(cast.okafor)
    browser.get("/")
    with app.test_request_context("/"), database.atomic() as transaction:
        g._login_user = cast.okafor
        factories.make_posting("submitted", cast.cedar)
        assert waiting()["review"] == 1
        transaction.rollback()
    browser.get("/")
    assert "Review 1" not in header(browser)


def test_whoever_is_signed_out_anywhere_is_so_at_once(client, cast, elsewhere):
    for change in (
        f"UPDATE sign_in SET ended_at = '{now()}' WHERE person_id = {cast.maya.id}",
        f"UPDATE person SET ended_at = '{now()}' WHERE id = {cast.maya.id}",
    ):
        browser = client(cast.maya)
        assert browser.get("/saved").status_code == 200
        elsewhere(change)
        assert browser.get("/saved").status_code == 303


@pytest.mark.parametrize("late", [sessions.IDLE, sessions.LONGEST])
def test_a_sign_in_ends_by_the_clock_though_nothing_is_written(client, cast, monkeypatch, late):
    browser = client(cast.maya)
    assert browser.get("/saved").status_code == 200
    monkeypatch.setattr(sessions, "SEEN_EVERY", timedelta(days=99))
    monkeypatch.setattr(sessions, "IDLE", timedelta(days=99) if late == sessions.LONGEST else sessions.IDLE)
    monkeypatch.setattr(sessions, "now", lambda: now() + late - timedelta(minutes=1))
    assert browser.get("/saved").status_code == 200
    monkeypatch.setattr(sessions, "now", lambda: now() + late + timedelta(minutes=1))
    assert browser.get("/saved").status_code == 303


def test_what_a_page_changes_in_memory_stays_with_that_page(app, cast):
    secret = sessions.begin(cast.maya)
    with app.test_request_context("/"):
        first = sessions.find(secret)
        first.name, first.session.scope, first.role = "Somebody Else", "posting 1", str(Role.COORDINATOR)
        school().name = "Another School"
    again = sessions.find(secret)
    assert (again.name, again.role, again.session.scope) == ("Maya Rivera", "student", None)
    assert School.here().name == "Lincoln High School"


def test_what_was_said_shows_in_a_page_and_in_a_piece_that_brings_the_words_along(app):
    piece = app.jinja_env.from_string('{% from "parts/shell.html" import flashes with context %}{{ flashes() }}')
    for draw in (frame.flashes, piece.render):
        with app.test_request_context("/"):
            assert draw().strip() == ""
        with app.test_request_context("/"):
            flash("It is <b>sent</b>.", "stop")
            drawn = draw()
            assert 'data-tone="stop"' in drawn and "It is &lt;b&gt;sent&lt;/b&gt;." in drawn


def test_the_footer_leads_back_to_the_page_it_stands_on(client, cast):
    browser = client(cast.maya)
    for address in ("/projects?q=%22%3E%3Cb%3E", "/saved"):
        browser.get(address)
        field = next(e for e in part(browser, "footer", "site-footer").iter("input") if e.get("name") == "next")
        assert field.get("value") == address
