"""What a case keeps as it is, route by route: every way to write in a placement or about a posting, for everybody in it."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from board.access import may_open
from board.applications import actions as applications
from board.db import database, now
from board.placements import handing_actions
from board.placements import messages_actions as messages
from board.placements.feedback_rules import EMPLOYER_ASKED, STUDENT_ASKED
from board.placements.model import CheckIn, HoursEntry, Payment, Placement
from board.postings import actions as postings
from board.postings.model import Posting
from board.reports import case_actions
from board.reports.model import Report
from board.reports.rules import MOST_HIDDEN
from board.school.model import School, today
from tests import factories
from tests.reports.test_cases import say

# what may be done all the same: to end it, to write down what home says, to pay somebody for the work they have done,
# and to remind a side of that
HOME = {
    f"match.{name}"
    for name in (
        "guardian_yes",
        "guardian_no",
        "guardian_refused",
        "guardian_school",
        "guardian_talked",
        "guardian_withdraw",
    )
}
ALWAYS = HOME | {"ending.end", "payments.paid", "payments.received", "payments.settle", "payments.change_sum",
          "ending.remind"}  # fmt: skip
ASIDE = ("audit", "sign_in", "notice", "mail", "index_repair", "viewing", "access", "message_read", "job_", "sqlite")


def rows() -> dict[str, list]:
    """All that is written anywhere, by table, without what remembers that somebody was here."""
    names = [name for name in database.get_tables() if not name.startswith(ASIDE)]
    return {name: sorted(map(repr, database.execute_sql(f'SELECT * FROM "{name}"').fetchall())) for name in names}


def typed() -> dict:
    """What any form of a placement asks for, in words that would pass."""
    day, soon, later = (str(today() + timedelta(days=days)) for days in (0, 5, 20))
    words = dict.fromkeys(("words", "hold-words", "lift-words", "keep-words", "why"), "Because of the rain.")
    scales = dict.fromkeys((*STUDENT_ASKED, *EMPLOYER_ASKED), "4")
    return words | scales | {
        "reason": "fit", "day": day, "version": "1", "number": "1", "signed_on": day, "name": "Ana Rivera", "starts_on": day,
        "due_on": later, "hand_in": later, "milestones-0-title": "A sketch", "milestones-0-due_on": soon, "worked_on": day,
        "length": "1:30", "did": "Drew more", "goal": "20", "amount": "$250", "before": "20000", "well": "yes",
        "address": "https://docs.example/2", "permit_needed": "y", "times": "Mondays", "parties": ["student", "employer"],
        "reflection": "I learned to letter.", "without_answer": "y", "without_hours": "y",
    }  # fmt: skip


@pytest.fixture
def work(school):
    """Something of all that is kept, so that each route has what it is about."""
    word = messages.write(school.placement, school.dana, "Call me on 555-014-2233.")
    entry = HoursEntry.create(placement=school.placement, worked_on=today(), minutes=60, did="Sketch")
    link = handing_actions.add_link(school.placement, school.maya, "https://docs.example/1")
    asked = CheckIn.create(placement=school.placement, due_on=today(), party="student")
    Payment.get_or_create(placement=school.placement, defaults={"cents": 20000, "due_on": today()})
    school.ids = {
        "placement_id": school.placement.id, "entry_id": entry.id, "attachment_id": link.id, "message_id": word.id,
        "check_in_id": asked.id, "milestone_id": 1, "what": "done", "side": "student", "word": "yes",
    }  # fmt: skip
    return school


def writes(app, ids: dict):
    """(endpoint, address) of each way to write in a placement."""
    for rule in app.url_map.iter_rules():
        if "POST" in rule.methods and "placement_id" in rule.arguments:
            yield rule.endpoint, re.sub(r"<(?:[^<>]*:)?(\w+)>", lambda found: str(ids[found[1]]), rule.rule)


@pytest.mark.parametrize(
    ("state", "free"),
    [
        ("active", {"messages.write", "hours.log", "handing.add_link", "check_ins.answer", "match.permit"}),
        ("completed", {"feedback.give"}),
    ],
)
def test_nobody_writes_in_a_placement_while_a_case_holds_it(app, client, work, state, free):
    """`free`: what of it would pass with the same words once nothing holds it."""
    case = say(work)
    ended = {"ended_at": now(), "held_at": None} if state == "completed" else {}
    Placement.update(state=state, **ended).execute()
    people = work.maya, work.dana, work.ruiz
    browsers = {person: client(person) for person in people}

    def send(endpoint: str, address: str) -> set[int]:
        view = app.view_functions[endpoint]
        return {
            FlaskClient.open(browsers[person], address, method="POST", data=typed()).status_code  # no page is inspected
            for person in people if may_open(view, person, board_is_open=False)
        }  # fmt: skip

    ways = [one for one in writes(app, work.ids) if one[0] not in ALWAYS]
    before = rows()
    for endpoint, address in ways:
        assert send(endpoint, address) <= {303, 403, 404, 409, 422}, endpoint
    assert len(ways) > 30 and rows() == before
    case_actions.close(case_actions.look(case, work.park), work.park, "settled", let_go=True)
    for endpoint, address in ways:
        if endpoint in free:
            before = rows()
            send(endpoint, address)
            assert rows() != before, endpoint


def test_nobody_changes_a_posting_or_brings_it_back_while_a_case_holds_it(client, school):
    """By what is pressed on its pages; words of the two tables of forms stand in the tests of postings."""
    waits = factories.make_posting("submitted", school.cedar, title="Window signs")
    sent = factories.make_application("submitted", school.posting, school.leo)
    offered = factories.make_application("offered", school.posting, factories.make_student())
    cases = [factories.make_report("posting", waits.id, school.okafor), say(school)]
    browsers = {
        person: client(person) for person in (school.dana, school.okafor, school.ruiz, school.noor, offered.student)
    }
    desk, review, answers = "/employer/postings", "/review", "/employer/applicants"
    day = str(today() + timedelta(days=3))
    presses = [
        (school.dana, f"{desk}/{school.posting.id}/resume", {}), (school.dana, f"{desk}/{school.posting.id}/pause", {}),
        (school.dana, f"{desk}/{waits.id}/delete", {}), (school.okafor, f"{review}/{waits.id}/approve", {}),
        (school.okafor, f"{review}/{school.posting.id}/put_back", {"words": "Fine."}),
        (school.ruiz, f"{review}/{school.posting.id}/put_back", {"words": "Fine."}),
        (school.dana, f"{answers}/{sent.id}/offer", {"answer_by": day}), (school.dana, f"{answers}/{sent.id}/shortlist", {}),
        (school.dana, f"{answers}/{sent.id}/not_select", {"reason": "close-call", "words": "Another time."}),
        (school.dana, f"{answers}/{offered.id}/take_offer_back", {"words": "Sorry."}),
        (offered.student, f"/applications/{offered.id}/accept", {}), (school.noor, f"/projects/{school.posting.id}/apply", {}),
        (school.noor, f"/projects/{school.posting.id}/save", {}),
    ]  # fmt: skip
    before = rows()
    for person, address, data in presses:
        assert browsers[person].post(address, data=data).status_code in (303, 403, 404, 409, 422), address
        assert rows() == before, address
    browsers[school.dana].post(
        f"{desk}/{waits.id}/take_back"
    )  # it is theirs to withdraw, and no longer theirs to change
    browsers[school.dana].post(f"{desk}/{waits.id}/delete")
    assert Posting.get_by_id(waits.id).state == "draft"
    for case in cases:
        case_actions.close(case_actions.look(case, school.park), school.park, "settled", let_go=True)
    for person, address, data in (presses[6], presses[10]):
        before = rows()
        browsers[person].post(address, data=data)
        assert rows() != before, address


def test_what_was_said_about_an_application_stops_its_match(school):
    """An employer's word hides no posting, so the student may still accept."""
    offered = factories.make_application("offered", school.posting, school.leo)
    case = factories.make_report("application", offered.id, school.dana)
    applications.accept(offered, school.leo)
    match = Placement.get(Placement.application == offered)
    case = case_actions.look(case, school.park)
    assert match.held_at and case.placement_id == match.id and case.holds_messages
    case_actions.close(case, school.park, "settled", let_go=True)
    assert Placement.get_by_id(match.id).held_at is None


def test_a_students_case_beyond_those_that_hide_a_project_stops_its_match_all_the_same(school):
    for _ in range(MOST_HIDDEN):
        factories.make_report("posting", factories.make_posting("open", school.mill).id, school.leo)
    offered = factories.make_application("offered", school.posting, school.leo)
    case = factories.make_report("application", offered.id, school.leo)
    assert not case.holds_posting and Posting.get_by_id(school.posting.id).held_at is None
    applications.accept(offered, school.leo)
    match, case = Placement.get(Placement.application == offered), Report.get_by_id(case.id)
    assert match.held_at and case.placement_id == match.id and case.holds_placement and case.holds_messages


def test_what_the_line_of_a_case_let_go_on_before_is_not_stopped_again_by_its_match(school):
    offered = factories.make_application("offered", school.posting, school.leo)
    case = case_actions.look(factories.make_report("application", offered.id, school.leo), school.park)
    assert case.holds_posting and case_actions.let_posting(case, school.park)
    applications.accept(offered, school.leo)
    match, case = Placement.get(Placement.application == offered), Report.get_by_id(case.id)
    assert match.held_at is None and case.placement_id == match.id and not case.holds_placement


def test_a_hidden_project_is_nowhere_for_students_and_visitors(client, school):
    """Also on pages that were kept with it, such as what is alike."""
    School.update(open_to_visitors=True).execute()
    alike = factories.make_posting("open", school.cedar, title="Zebra poster for the shop")
    posting = factories.make_posting("open", school.mill, title="Zebra poster for the café")
    postings.save(posting, school.leo)
    everywhere = ["/projects?q=zebra", "/projects.atom?q=zebra", "/projects/suggest?q=zeb", f"/projects/{alike.id}",
                  f"/employers/{school.mill.id}", f"/projects/{posting.id}"]  # fmt: skip
    pages = [(client(school.leo), address) for address in [*everywhere, "/saved"]]
    pages += [(client(), address) for address in everywhere]
    assert all("café" in browser.get(address).text for browser, address in pages)
    factories.make_report("posting", posting.id, school.maya)
    assert [address for browser, address in pages if "café" in browser.get(address).text] == []
