"""Who learns what: the pages of each role, walked link by link, and what may stand on none of them."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient

from board import notices
from board.employers import actions as employers
from board.mail import actions as mail
from board.people import sessions
from board.people.model import Person
from board.placements import agreement_actions as agreements
from board.placements import match_actions as matches
from board.placements.match_rules import Choice
from board.school.model import School, today
from board.search import index
from tests import busy, factories
from tests.inspector import text_of

WHEREABOUTS = ("Old Town", "Alder Street", "Tuesdays", "Bus 7", "Lindqvist")
LINKS = re.compile(r'(?:href|action|hx-get|hx-post|src)="(/[^"#]*)')


def filled(cast):
    Person.update(username="riv3ra", grade=10).where(Person.id == cast.maya.id).execute()
    made = busy.fill(cast)
    index.rebuild()
    return made


@pytest.fixture
def cast_and_board(played):
    return played(filled)


@pytest.fixture
def cast(cast_and_board):
    return cast_and_board[0]


@pytest.fixture
def board(cast_and_board):
    return cast_and_board[1]


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
    pages = {address: page.replace("birthday", "") for address, page in pages.items() if address != "/privacy"}
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


# -- a match: nothing of the name before a teacher agreed, and then as little as can be


@pytest.fixture
def matched(cast):
    """Maya said yes to a project of Dana's, which has a training agreement with somebody to call."""
    Person.update(title="Owner of the press").where(Person.id == cast.dana.id).execute()
    Person.update(username="riv3ra").where(Person.id == cast.maya.id).execute()
    posting = factories.make_posting("open", cast.cedar, **factories.ON_SITE, title="Signs for a match")
    factories.make_application("submitted", posting, cast.leo)  # who was answered when it was filled
    placement = factories.make_placement("proposed", posting, cast.maya)
    day = today() + timedelta(days=60)
    values = {"pay_by": day, "call": "Pat, 503 555 0134", "worker_kind": "employee"}
    agreements.change(placement, cast.dana, values, 1)
    return placement


def agree(cast, placement) -> None:
    choice = Choice(cast.okafor, cast.ruiz, placement.supervisor, placement.starts_on, placement.due_on)
    matches.agree(placement, cast.okafor, choice, 2)


@pytest.fixture
def reads(app, settings, matched):
    """Everything somebody reads of the match: its pages and what they lead to, lists, notices, feed, letters."""
    number, application, posting = matched.id, matched.application_id, matched.posting.id
    starts = ["", "/agree", "/not-agree", "/people", "/guardian", "/agreement", "/agreement/sign", "/agreement/terms"]
    starts = [f"/placements/{number}{way}" for way in starts]
    starts += [f"/employer/applicants/{application}", f"/employer/postings/{posting}/applicants?state=offered"]
    starts += [f"/applications/{application}", "/applications", "/employer/applicants", "/employer/postings"]
    starts += [
        "/",
        "/placements",
        "/notices",
        "/projects.atom",
        f"/employer/postings/{posting}",
        f"/report/application/{application}",
    ]

    def read_by(person) -> dict[str, str]:
        notices.deliver()
        mail.gather()
        found = {f"letter {one['subject']}": one.as_string() for one in factories.letters(settings) if person.email in str(one["to"])}  # fmt: skip
        browser = FlaskClient(app, app.response_class)
        with browser.session_transaction() as session:
            session["_user_id"], session["_fresh"] = sessions.begin(person, "Test"), True
        for address in starts:
            # a press on that one is a report already: it would put the match on hold
            for send in (browser.get,) if address.startswith("/report/") else (browser.get, browser.post):
                response = send(address, headers={"HX-Request": "true"} if send == browser.post else {})
                text = f"{response.status_code}\n{response.headers}\n{response.get_data(as_text=True)}"
                found[f"{send.__name__} {address}"] = unescape(text)
        return found

    return read_by


WHO_MAYA_IS = ("Rivera", "riv3ra", "grade 10", "years old", "maya.rivera")
WHO_DANA_IS = ("Whitlock", "503 555", "Owner of the press")


def test_before_a_teacher_agreed_an_employer_reads_nothing_of_the_name(cast, matched, reads):
    matches.record_yes(matched, cast.okafor, today())
    for person in (cast.dana, cast.omar):
        assert not leaks(reads(person), [*WHO_MAYA_IS, "Maya", str(cast.maya.birth_date)])
    page = reads(cast.dana)[f"get /placements/{matched.id}"]
    assert f"Student {matched.application.code}" in page and "guardian" not in page
    assert not leaks(reads(cast.maya), ["Dana", cast.dana.email, *WHO_DANA_IS])


def test_a_match_that_is_not_agreed_stays_without_a_name(cast, matched, reads):
    matches.not_agree(matched, cast.okafor, "The way there is too long.")
    pages = reads(cast.dana)
    assert not leaks(pages, [*WHO_MAYA_IS, "Maya"])
    assert "too long" in pages[f"get /placements/{matched.id}"]


def test_once_agreed_an_employer_reads_the_first_name_and_nothing_more_without_a_yes(cast, matched, reads):
    agree(cast, matched)
    agreements.sign(matched, cast.maya, 2)
    pages = reads(cast.dana)
    assert not leaks(pages, [*WHO_MAYA_IS, str(cast.maya.birth_date)])
    named = {address.split(" ")[1] for address, page in pages.items() if "Maya" in page}
    number, application, posting = matched.id, matched.application_id, matched.posting.id
    assert named == {
        "/", "/placements", f"/placements/{number}", f"/placements/{number}/agreement", f"/placements/{number}/agreement/sign",
        f"/placements/{number}/agreement/terms",
        f"/employer/applicants/{application}", f"/employer/postings/{posting}/applicants?state=offered",
    }  # fmt: skip
    assert not leaks(reads(cast.maya), [cast.dana.email, *WHO_DANA_IS])
    assert not leaks(reads(cast.omar), [*WHO_MAYA_IS, "Maya"])


def test_with_a_yes_each_side_reads_how_to_reach_the_other_until_it_is_taken_back(cast, matched, reads):
    agree(cast, matched)
    matches.record_yes(matched, cast.okafor, today())
    pages = reads(cast.dana)
    assert {address.split("/")[1] for address, text in pages.items() if cast.maya.email in text} == {"placements"}
    assert cast.maya.email in pages[f"get /placements/{matched.id}"]
    without = {address: text.replace(cast.maya.email, "") for address, text in pages.items()}
    assert not leaks(without, WHO_MAYA_IS)
    page = reads(cast.maya)[f"get /placements/{matched.id}"]
    assert all(some in page for some in (cast.dana.email, *WHO_DANA_IS))
    matches.withdraw_yes(matched, cast.okafor)
    assert not leaks(reads(cast.dana), [*WHO_MAYA_IS, cast.maya.email])
    assert not leaks(reads(cast.maya), [cast.dana.email, *WHO_DANA_IS])


def test_where_the_school_asks_nobody_at_home_agreeing_is_enough(cast, matched, reads):
    School.update(guardian_not_asked=True).execute()
    agree(cast, matched)
    assert cast.maya.email in reads(cast.dana)[f"get /placements/{matched.id}"]


def test_no_directory_information_means_that_the_first_name_waits_for_home_also_when_it_is_written_down_late(
    client, cast, matched
):
    agree(cast, matched)
    addresses = (f"/placements/{matched.id}", f"/employer/applicants/{matched.application_id}", "/placements")
    dana = client(cast.dana)
    assert all("Maya" in dana.get(address).text for address in addresses)
    Person.update(directory_opt_out=True).where(Person.id == cast.maya.id).execute()
    assert not any("Maya" in dana.get(address).text for address in addresses)
    assert all(f"Student {matched.application.code}" in dana.get(address).text for address in addresses)
    matches.record_yes(matched, cast.okafor, today())
    assert all("Maya" in dana.get(address).text for address in addresses)


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
    employers.move("verify", cast.newcomer, cast.ruiz, "We know them.")
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
                named = page.startswith("/employers") and person.is_teacher  # the school checks supervisors there
                assert found == (["Old Town"] if knows else []) + (["Lindqvist"] if named else []), (person.name, page)
