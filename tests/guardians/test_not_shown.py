"""A student of whom no employer is to be shown anything: every route an employer can open, letters, feeds and public pages."""

import pytest
from werkzeug.routing import IntegerConverter

from board import notices
from board.applications import actions as applications
from board.applications import reminders
from board.calendar.actions import hashed
from board.calendar.model import CalendarAddress
from board.guardians import actions
from board.home.waiting import of as counts_of
from board.mail import actions as mail
from board.moves import NotAllowed, Refused, Step
from board.notices import Notice
from board.people.model import Person
from board.placements import messages_actions as messages
from board.placements.model import Placement, State
from board.postings.desk import waiting_for
from board.postings.model import Posting
from board.school.model import today
from tests import factories
from tests.inspector import text_of
from tests.test_routes import declared


@pytest.fixture
def board(cast):
    """Maya at Dana's in every state, one of Leo's beside each, and what belongs to them."""
    cast.applications, cast.placements = [], []
    for state in ("submitted", "shortlisted", "offered", "not_selected", "withdrawn"):
        posting = factories.make_posting("open", cast.cedar, seats=3)
        cast.applications.append(factories.make_application(state, posting, cast.maya))
    for state in State:
        posting = factories.make_posting("open", cast.cedar, hours=6 if state == "delivered" else 12)
        cast.placements.append(factories.make_placement(state, posting, cast.maya))
        factories.say_yes(cast.placements[-1])
    active = next(one for one in cast.placements if one.state == "active")
    messages.write(active, cast.maya, "Here is my sketch.")
    cast.leo_waits = factories.make_application("submitted", cast.applications[0].posting, cast.leo)
    cast.all = cast.applications + [one.application for one in cast.placements]
    CalendarAddress.create(person=cast.dana, secret_hash=hashed("known-dana"))
    return cast


def hide(cast) -> None:
    actions.show(cast.maya, cast.okafor, False)


TELLING = ("application_id", "placement_id")


def routes(app):
    """What an employer may open that is about one student's application or placement."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static" and "employer" in declared(app, rule.endpoint) and set(TELLING) & rule.arguments:
            yield rule


def address_of(rule, values: dict) -> str:
    filled = {
        name: values.get(name, 1 if isinstance(converter, IntegerConverter) else "shortlist")
        for name, converter in rule._converters.items()
    }
    return rule.build(filled, append_unknown=False)[1]


def test_each_route_about_one_of_theirs_answers_as_if_it_were_not_there(app, client, cast, board):
    dana, tried = client(cast.dana), 0
    hide(cast)
    for rule in routes(app):
        things = cast.placements if "placement_id" in rule.arguments else cast.all
        for thing in things:
            for method in rule.methods & {"GET", "POST"}:
                address = address_of(rule, {"placement_id": thing.id, "application_id": thing.id})
                assert dana.open(address, method=method).status_code == 404, (method, address)
                tried += 1
    assert tried > 100
    for one in cast.all:
        assert dana.get(f"/report/application/{one.id}").status_code == 404


def lists(cast) -> list[str]:
    postings = [one.id for one in Posting.select().where(Posting.employer == cast.cedar)]
    return [
        "/", "/employer/applicants", "/employer/postings", "/placements", "/messages", "/notices", "/employer",
        "/calendar/known-dana.ics", "/account",
        *(f"/employer/postings/{number}/applicants{tab}" for number in postings for tab in ("", "?state=offered", "?state=answered")),
        *(f"/employer/postings/{number}{page}" for number in postings for page in ("", "/close")),
    ]  # fmt: skip


def test_no_list_page_feed_or_count_of_an_employer_knows_of_them(app, client, cast, board):
    notices.deliver()
    dana = client(cast.dana)

    def seen() -> dict[str, str]:
        return {address: dana.get(address).text for address in lists(cast)}

    codes = {one.code for one in cast.all} | {"Maya"}
    before = seen()
    assert {code for code in codes if any(code in page for page in before.values())} == codes, "each of them is seen otherwise"  # fmt: skip
    assert counts_of(cast.dana)["applicants"] == 3 and counts_of(cast.dana)["messages"] == 1
    hide(cast)
    for address, page in seen().items():
        assert not [code for code in codes if code in page], address
        assert not any(f"/placements/{one.id}" in page for one in cast.placements), address
    assert counts_of(cast.dana)["applicants"] == 1 and counts_of(cast.dana)["messages"] == 0
    assert cast.leo_waits.code in seen()["/employer/applicants"]


def test_nothing_of_them_is_told_to_an_employer_from_then_on_nor_goes_out_in_a_letter(app, cast, board, settings):
    hide(cast)
    mail.gather()
    notices.deliver()
    told = Notice.select(Step).join(Step).where(Notice.person == cast.dana)
    own = {("application", one.id) for one in cast.all} | {("placement", one.id) for one in cast.placements}
    assert not [step for step in (one.step for one in told) if (step.noun, step.noun_id) in own]
    for letter in factories.letters(settings):
        assert letter["To"] != cast.dana.email or not [code for code in (one.code for one in cast.all) if code in str(letter)]  # fmt: skip
    first = cast.applications[0].posting
    assert {posting.id: count for posting, count in reminders.waiting_by_posting()} == {first.id: 1}
    assert waiting_for([one.posting_id for one in cast.all]) == {first.id: 1}


def test_no_employer_moves_what_is_hidden(app, client, cast, board):
    hide(cast)
    for one in cast.applications[:3]:
        assert client(cast.dana).post(f"/employer/applicants/{one.id}/shortlist").status_code == 404


def test_what_was_open_is_on_hold_and_is_back_once_they_may_be_shown(app, client, cast, board):
    hide(cast)
    held = {one.state for one in Placement.select().where(Placement.held_at.is_null(False))}
    assert held == {"proposed", "agreed", "active", "delivered"}
    ruiz = client(cast.ruiz)
    active = next(one for one in cast.placements if one.state == "active")
    ruiz.get(f"/placements/{active.id}")
    assert "Employers may no longer see anything about this student" in text_of(ruiz.page)
    actions.show(cast.maya, cast.ruiz, True)
    assert client(cast.dana).get(f"/placements/{active.id}").status_code == 200
    assert [step.move for step in Step.of(cast.maya) if "shown" in step.move] == ["not_shown", "shown"]


def test_they_cannot_apply_and_read_whom_to_ask(client, cast, board):
    hide(cast)
    posting = factories.make_posting("open", cast.mill)
    maya = client(Person.get_by_id(cast.maya.id))
    assert maya.get(f"/projects/{posting.id}/apply").status_code == 200
    assert "Ask your teacher" in text_of(maya.page)
    with pytest.raises(Refused, match="shown to employers"):
        applications.begin(posting, Person.get_by_id(cast.maya.id))


def test_only_the_school_says_so_and_the_page_says_who_did(client, cast):
    for person in (cast.maya, cast.dana):
        with pytest.raises(NotAllowed):
            actions.show(cast.leo, person, False)
    okafor, here = client(cast.okafor), f"/students/{cast.maya.id}"
    assert okafor.post(here + "/shown", data={"shown": "no"}).status_code == 303
    okafor.get(here)
    assert "Written down by Sam Okafor" in text_of(okafor.page)
    assert okafor.post(here + "/shown", data={"shown": "yes"}).status_code == 303
    assert Person.get_by_id(cast.maya.id).not_shown is None
    assert okafor.post(f"/students/{cast.dana.id}/shown", data={"shown": "no"}).status_code == 404


def test_their_public_page_is_gone_at_once(client, cast):
    from board.experience import actions as experience
    from board.experience.model import Experience

    kept = factories.make_experience(factories.make_posting("open", cast.cedar), cast.maya)
    experience.record_yes(kept, cast.okafor, today())
    experience.share(kept, cast.maya)
    address = f"/verify/{Experience.get().token}"
    assert client().get(address).status_code == 200
    hide(cast)
    assert client().get(address).status_code == 404
    with pytest.raises(Refused, match="shown to employers"):
        experience.share(Experience.get(), Person.get_by_id(cast.maya.id))


def test_a_family_without_directory_information_says_yes_before_the_first_name_is_told(client, cast):
    Person.update(directory_opt_out=True).where(Person.id == cast.maya.id).execute()
    made = factories.make_placement("proposed", factories.make_posting("open", cast.cedar), Person.get_by_id(cast.maya.id))  # fmt: skip
    okafor, here = client(cast.okafor), f"/placements/{made.id}"
    data = {"lead": cast.okafor.id, "cover": cast.ruiz.id, "starts_on": made.starts_on, "due_on": made.due_on, "version": 1}  # fmt: skip
    assert okafor.post(here + "/agree", data=data).status_code == 422
    assert "a parent or guardian has to say yes first" in text_of(okafor.page)
    assert "Maya" not in client(cast.dana).get(here).text
    factories.say_yes(made)
    assert okafor.post(here + "/agree", data=data).status_code == 303
    assert "Maya" in client(cast.dana).get(here).text
