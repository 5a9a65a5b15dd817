"""Who learns what: the pages of each role, walked link by link, and what may stand on none of them."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from board.employers import actions as employers
from board.people import sessions
from board.people.model import Person
from board.school.model import School
from board.search import index
from tests import busy, factories
from tests.inspector import text_of

WHEREABOUTS = ("Old Town", "Alder Street", "Tuesdays", "Bus 7", "Lindqvist")
LINKS = re.compile(r'(?:href|action|hx-get|hx-post|src)="(/[^"#]*)')


@pytest.fixture
def board(app, cast):
    Person.update(username="riv3ra", grade=10).where(Person.id == cast.maya.id).execute()
    made = busy.fill(cast)
    index.rebuild()
    return made


@pytest.fixture
def walk(app):
    """Every page a person reaches by links from some places: {address: everything that was sent}."""

    def walk_as(person, *starts, htmx=False):
        browser = FlaskClient(app, app.response_class)
        if person:
            with browser.session_transaction() as session:
                session["_user_id"], session["_fresh"] = sessions.begin(person, "Test"), True
        found, todo = {}, ["/", "/notices", "/projects", *starts]
        while todo:
            address = todo.pop()
            if address in found or address.startswith("/static/"):
                continue
            response = browser.get(address, headers={"HX-Request": "true"} if htmx else {})
            found[address] = unescape(f"{response.status_code}\n{response.headers}\n{response.get_data(as_text=True)}")
            if len(found) < 400:
                todo += [unescape(link) for link in LINKS.findall(response.get_data(as_text=True))]
        return found

    return walk_as


def leaks(pages: dict[str, str], secrets) -> list[tuple[str, str]]:
    return [
        (address, secret) for address, page in pages.items() for secret in secrets if secret.lower() in page.lower()
    ]


@pytest.mark.parametrize("htmx", [False, True])
def test_an_employer_meets_students_by_code_alone_on_every_page_there_is(cast, board, walk, htmx):
    secrets = [
        cast.maya.name,
        "Maya",
        "Rivera",
        cast.maya.email,
        "riv3ra",
        str(cast.maya.birth_date),
        "Leo Chen",
        cast.leo.email,
    ]
    secrets += ["grade 10", "birth"]
    starts = [f"/employer/applicants/{one.id}" for one in board.applications.values()]
    starts += [f"/report/application/{one.id}" for one in board.applications.values()]
    starts += ["/suggestions", "/employers/suggestions", f"/employers/suggestions/{board.suggestion.id}"]
    starts += [f"/applications/{board.applications['submitted'].id}", f"/people/{cast.maya.id}", "/employer/nothing"]
    pages = walk(cast.dana, *starts, htmx=htmx)
    pages = {address: page.replace("birthday", "") for address, page in pages.items()}
    assert len(pages) > 40
    assert not leaks(pages, secrets)
    # no number of the person either: not as an address, not as a value
    number = cast.maya.id
    assert not [a for a, page in pages.items() if re.search(rf'(student|person)[-_/="]+{number}\b', page)]
    codes = {one.code for one in board.applications.values() if one.submitted_at}
    assert all(any(f"Student {code}" in page for page in pages.values()) for code in codes)
    assert any("A tour of the press" in page for page in pages.values())  # Maya's idea, and nothing of Maya


def test_what_an_employer_does_to_an_application_answers_without_a_name(client, cast, board):
    browser = client(cast.dana)
    for move in ("shortlist", "offer", "not_select", "take_offer_back", "submit", "accept", "nothing"):
        for one in board.applications.values():
            for data in ({}, {"reason": "close-call", "words": "Call Maya", "answer_by": "2020-01-01"}):
                answer = browser.post(f"/employer/applicants/{one.id}/{move}", data=data, follow_redirects=True)
                assert answer.status_code in (200, 403, 404, 409, 422)
                page = answer.text.replace("Call Maya", "").replace("“Maya”", "")
                assert "Rivera" not in page and cast.maya.email not in page


def test_the_other_employer_meets_none_of_it(cast, board, walk):
    """Omar reads what Dana offers, as anybody may, and nothing of who asked to do it."""
    starts = [f"/employer/applicants/{one.id}" for one in board.applications.values()]
    starts += [f"/employer/postings/{one.id}" for one in board.postings.values()]
    starts += [f"/report/thread/{board.postings['submitted'].id}"]
    pages = walk(cast.omar, *starts)
    assert all(pages[address].startswith("404") for address in starts)
    codes = [f"Student {one.code}" for one in board.applications.values()]
    assert not leaks(pages, [*codes, "Maya", "Rivera", "The one on the counter"])


def test_a_student_meets_nothing_of_another(cast, board, walk):
    starts = [f"/applications/{one.id}" for one in board.applications.values()]
    starts += [f"/report/application/{one.id}" for one in board.applications.values()]
    pages = walk(cast.leo, *starts, *(f"/employer/applicants/{one.id}" for one in board.applications.values()))
    assert all(pages[address].startswith("404") for address in starts)
    codes = [f"Student {one.code}" for one in board.applications.values()]
    assert not leaks(pages, [*codes, cast.maya.name, cast.maya.email, "riv3ra", "A tour of the press"])


def test_a_teacher_reads_a_draft_only_when_asked(cast, board, walk, client):
    draft = board.applications["draft"]
    other = factories.make_person("teacher", "Ines Park")
    for reader in (other, cast.ruiz):
        assert client(reader).get(f"/applications/{draft.id}").status_code == 404
        assert client(reader).get(f"/report/application/{draft.id}").status_code == 404
        assert client(reader).get("/readings/1").status_code == 404
    assert client(cast.okafor).get(f"/applications/{draft.id}").status_code == 200
    assert f"/applications/{draft.id}" not in walk(other)


# -- where and with whom a student works


def test_a_stranger_on_an_open_board_reads_nothing_that_is_on_site(cast, board, walk):
    School.update(open_to_visitors=True).execute()
    pages = walk(
        None, "/projects?q=poster", "/projects?q=alder", f"/projects/{board.open.id}", f"/employers/{cast.cedar.id}"
    )
    assert any(f"/projects/{board.open.id}-" in address for address in pages)
    assert not leaks(pages, [*WHEREABOUTS, "Dana Whitlock", cast.dana.email, "Sam Okafor"])


def test_who_joins_is_a_stranger_until_the_school_has_checked_them(client, cast, board, walk):
    """Anybody can join from the street: that must not open a closed board, or where students work."""
    pages = walk(cast.nia, "/projects?q=poster", f"/projects/{board.open.id}", f"/employers/{cast.cedar.id}")
    assert pages[f"/projects/{board.open.id}"].startswith("404")
    assert not leaks(pages, [*WHEREABOUTS[:2], "Lindqvist", "Poster open"])
    browser = client(cast.nia)
    browser.get("/projects")
    assert "opens to you after the check" in text_of(browser.page)
    employers.move("verify", cast.newcomer, cast.ruiz)
    browser.get(f"/projects/{board.open.id}")
    assert "Poster open" in text_of(browser.page)


def test_on_an_open_board_who_has_just_joined_reads_what_a_stranger_reads(client, cast, board):
    School.update(open_to_visitors=True).execute()
    browser = client(cast.nia)
    assert browser.get(f"/projects/{board.open.id}").status_code == 200
    assert not leaks({"page": text_of(browser.page)}, WHEREABOUTS)


def test_where_a_student_works_is_for_the_school_and_for_the_employer_alone(client, cast, board):
    address = f"/projects/{board.open.id}"
    for person, knows in ((cast.omar, False), (cast.maya, True), (cast.okafor, True), (cast.dana, True)):
        browser = client(person)
        for page in (address, "/projects?q=poster", f"/employers/{cast.cedar.id}"):
            browser.get(page)
            found = [words for words in WHEREABOUTS if words in text_of(browser.page)]
            if page == address:
                assert found == (list(WHEREABOUTS) if knows else []), (person.name, page)
            else:
                assert found == (["Old Town"] if knows else []), (person.name, page)
