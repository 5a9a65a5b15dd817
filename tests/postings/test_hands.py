"""In whose hands a posting is: who hears of it, handing over, leaving; and that nobody is left in the dark."""

from itertools import product

import pytest

from board import notices
from board.applications.model import Application
from board.db import database, now
from board.moves import NotAllowed, Refused, Step
from board.notices import Notice
from board.people.model import Person, SignIn
from board.postings import actions, hands, revisions
from board.postings.model import Posting, PostingHelper
from board.postings.rules import may_hand_over, may_take_over
from tests import factories
from tests.inspector import by_id, having, text_of, words


def come(*people: Person) -> None:
    """They have taken their invitation up."""
    for person in people:
        person.password_hash = "x"
        person.save()


@pytest.fixture
def rosa(cast):
    rosa = factories.make_person("employer", "Rosa Vega", employer=cast.cedar)
    come(rosa, cast.dana)
    return rosa


def fresh(thing):
    return type(thing).get_by_id(thing.id)


def told(move: str) -> set[str]:
    """Who heard of the last step of this name."""
    notices.deliver()
    step = Step.select().where(Step.move == move).order_by(Step.id.desc()).first()
    return {row.person.first_name for row in Notice.select(Notice, Person).join(Person).where(Notice.step == step)}


# -- who may


def test_who_may_hand_over_and_who_may_have_it(app, cast):
    rows = product(("verified", "unverified", "lapsed", "refused", "suspended"), (False, True))
    for state, ended in rows:
        employer = factories.make_employer(state="verified")
        own = factories.make_person("employer", employer=employer, ended_at=now() if ended else None)
        posting = factories.make_posting("draft", employer)
        employer.state = state
        posting.employer = employer
        people = {
            "own": own,
            "other": cast.omar,
            "student": cast.maya,
            "teacher": cast.okafor,
            "coordinator": cast.ruiz,
        }
        may = {name for name, person in people.items() if may_hand_over(person, posting)}
        writes = state not in ("refused", "suspended") and not ended
        assert may == ({"own", "coordinator"} if writes else {"coordinator"}), (state, ended)
        assert {name for name, person in people.items() if may_take_over(person, posting)} == (
            set() if ended else {"own"}
        )


# -- who hears


def test_who_began_it_is_the_contact_and_hears_alone(cast, rosa):
    posting = factories.make_posting("submitted", cast.cedar)
    assert posting.contact == cast.dana
    actions.approve(posting, cast.okafor)
    assert told("approve") == {"Dana"}


def test_who_chooses_to_help_hears_too_until_they_no_longer_do(cast, rosa):
    posting = factories.make_posting("submitted", cast.cedar)
    hands.help_with(posting, rosa)
    hands.help_with(posting, rosa)
    actions.approve(posting, cast.okafor)
    assert told("approve") == {"Dana", "Rosa"}
    hands.no_longer(posting, rosa)
    actions.pull(fresh(posting), cast.okafor, "The address is wrong.")
    assert told("pull") == {"Dana"}


def test_once_contact_and_helpers_have_left_everybody_hears(cast, rosa):
    posting = factories.make_posting("submitted", cast.cedar)
    theo = factories.make_person("employer", "Theo Lund", employer=cast.cedar)
    hands.help_with(posting, theo)
    Person.update(ended_at=now()).where(Person.id == cast.dana.id).execute()
    actions.approve(posting, cast.okafor)
    assert told("approve") == {"Theo"}
    Person.update(ended_at=now()).where(Person.id == theo.id).execute()
    last = factories.make_person("employer", "Uma Reyes", employer=cast.cedar)
    application = factories.make_application("submitted", fresh(posting))
    assert told("submit") == {"Rosa", "Uma"} and application.posting_id == posting.id and last.id


def test_a_posting_nobody_began_is_everybodys(cast, rosa):
    posting = factories.make_posting("submitted", cast.cedar)
    Posting.update(contact=None).where(Posting.id == posting.id).execute()
    actions.approve(fresh(posting), cast.okafor)
    assert told("approve") == {"Dana", "Rosa"}


def test_whoever_sends_it_in_or_writes_to_the_school_hears_the_answer(cast, rosa):
    sent = actions.begin(cast.cedar, cast.dana, factories.full_content())
    actions.submit(sent, rosa)
    actions.approve(fresh(sent), cast.okafor)
    assert told("approve") == {"Dana", "Rosa"}
    asked = factories.make_posting("open", cast.cedar)
    actions.comment(asked, rosa, "May it be longer?")
    actions.comment(asked, cast.okafor, "Yes.")
    assert told("comment") == {"Dana", "Rosa"}
    changed = factories.make_posting("open", cast.cedar)
    revisions.approve_revision(revisions.propose(changed, rosa, {"hours": 11}), cast.okafor)
    assert {p.first_name for p in hands.helpers(changed)} == {"Rosa"}


def test_a_posting_without_contact_gets_whoever_sends_it(cast, rosa):
    draft = actions.begin(cast.cedar, cast.dana, factories.full_content())
    Person.update(ended_at=now()).where(Person.id == cast.dana.id).execute()
    actions.submit(draft, rosa)
    assert fresh(draft).contact == rosa


def test_a_teacher_who_writes_is_no_helper(cast):
    posting = factories.make_posting("open", cast.cedar)
    actions.comment(posting, cast.okafor, "Good.")
    assert PostingHelper.select().count() == 0


# -- handing over


def test_handing_over_makes_a_new_contact_and_a_step_that_says_so(cast, rosa):
    posting = factories.make_posting("open", cast.cedar)
    hands.help_with(posting, rosa)
    hands.hand_over(posting, cast.dana, rosa)
    assert fresh(posting).contact == rosa and hands.helpers(posting) == []
    step = Step.of(posting).order_by(Step.id.desc()).first()
    assert (step.move, step.person, step.facts["name"]) == ("hand_over", cast.dana, "Rosa Vega")
    assert told("hand_over") == {"Rosa"}
    hands.hand_over(posting, cast.ruiz, cast.dana)  # a coordinator: both hear
    assert told("hand_over") == {"Rosa", "Dana"}
    with pytest.raises(Refused, match="already"):
        hands.hand_over(posting, cast.dana, cast.dana)


def test_nobody_gets_a_posting_who_is_not_there(cast, rosa):
    posting = factories.make_posting("open", cast.cedar)
    invited = factories.make_person("employer", "Ivy Invited", employer=cast.cedar)
    with pytest.raises(Refused, match="has not come yet"):
        hands.hand_over(posting, cast.dana, invited)
    SignIn.create(person=invited, secret_hash="0" * 64)  # without a password, by a link
    hands.hand_over(posting, cast.dana, invited)
    for nobody in (cast.omar, cast.okafor, cast.maya):
        come(nobody)
        with pytest.raises(NotAllowed):
            hands.hand_over(posting, cast.dana, nobody)
        with pytest.raises(NotAllowed):
            hands.help_with(posting, nobody)
    for somebody in (cast.omar, cast.okafor, cast.maya):
        with pytest.raises(NotAllowed):
            hands.hand_over(posting, somebody, rosa)
    assert fresh(posting).contact == invited


def test_all_of_ones_postings_go_with_one_notice_and_a_line_in_each_history(cast, rosa):
    ours = [factories.make_posting(state, cast.cedar) for state in ("draft", "open", "closed")]
    other = factories.make_posting("open", cast.mill)
    notices.deliver()
    assert hands.hand_over_all(cast.cedar, cast.dana, cast.dana, rosa) == 3
    assert {fresh(posting).contact_id for posting in ours} == {rosa.id} and fresh(other).contact == cast.omar
    assert [Step.of(posting).where(Step.move == "hand_over_all").count() for posting in ours] == [1, 1, 0]
    notices.deliver()
    assert Notice.select().where(Notice.person == rosa).count() == 1
    assert hands.hand_over_all(cast.cedar, cast.dana, cast.dana, rosa) == 0
    with pytest.raises(NotAllowed):
        hands.hand_over_all(cast.cedar, rosa, cast.dana, cast.dana)  # not theirs to give


def test_a_coordinator_gives_away_what_nobody_holds_any_more(cast, rosa):
    held, left = factories.make_posting("open", cast.cedar), factories.make_posting("open", cast.cedar)
    hands.hand_over(held, cast.dana, rosa)
    Person.update(ended_at=now()).where(Person.id == cast.dana.id).execute()
    theo = factories.make_person("employer", "Theo Lund", employer=cast.cedar)
    come(theo)
    assert hands.hand_over_all(cast.cedar, None, cast.ruiz, theo) == 1
    assert (fresh(held).contact, fresh(left).contact) == (rosa, theo)


# -- leaving


def test_leaving_ends_the_account_and_hands_the_postings_on(cast, rosa):
    posting = factories.make_posting("open", cast.cedar)
    hands.leave(cast.dana, rosa)
    assert fresh(cast.dana).ended_at and fresh(posting).contact == rosa
    assert told("leave") == {"Rosa"}


def test_leaving_without_a_word_leaves_the_postings_to_all(cast, rosa):
    posting = factories.make_posting("submitted", cast.cedar)
    hands.leave(cast.dana)
    actions.approve(fresh(posting), cast.okafor)
    assert told("approve") == {"Rosa"}


@pytest.mark.parametrize(
    ("state", "goes"),
    [("draft", True), ("closed", True), ("declined", True), ("changes_requested", True), ("submitted", False),
     ("open", False), ("paused", False), ("filled", False), ("expired", False)],
)  # fmt: skip
def test_the_last_one_goes_when_nobody_waits_for_them(cast, state, goes):
    factories.make_posting(state, cast.cedar)
    factories.make_person("employer", "Ivy Invited", employer=cast.cedar)  # who has not come cannot answer anybody
    if goes:
        hands.leave(cast.dana)
    else:
        with pytest.raises(Refused, match="ask the coordinator"):
            hands.leave(cast.dana)
    assert bool(fresh(cast.dana).ended_at) == goes


@pytest.mark.parametrize(
    ("state", "goes"), [("proposed", False), ("active", False), ("completed", True), ("ended_early", True)]
)
def test_the_last_one_stays_while_a_student_works_with_them(cast, state, goes):
    application = factories.make_placement(state, factories.make_posting("open", cast.cedar)).application
    actions.close(Posting.get_by_id(application.posting_id), cast.dana)
    assert Application.get_by_id(application.id).state == "accepted"
    if goes:
        hands.leave(cast.dana)
    else:
        with pytest.raises(Refused):
            hands.leave(cast.dana)


def test_half_a_leaving_is_none(cast, rosa, monkeypatch):
    posting = factories.make_posting("open", cast.cedar)

    def broken(*_):
        raise RuntimeError("the power went")

    monkeypatch.setattr(hands.accounts, "end_account", broken)
    with pytest.raises(RuntimeError):
        hands.leave(cast.dana, rosa)
    assert fresh(posting).contact == cast.dana and not database.in_transaction()


# -- the page


def test_the_posting_says_who_looks_after_it_and_a_colleague_helps(client, cast, rosa):
    posting = factories.make_posting("open", cast.cedar)
    page = client(rosa)
    page.get(f"/employer/postings/{posting.id}")
    assert "Dana Whitlock is the contact" in words(by_id(page.page, "hands"))
    assert page.post(f"/employer/postings/{posting.id}/help").status_code == 303
    page.get(f"/employer/postings/{posting.id}")
    assert "Helping: Rosa Vega (you)." in words(by_id(page.page, "hands"))
    assert page.post(f"/employer/postings/{posting.id}/no-longer").status_code == 303
    page.get(f"/employer/postings/{posting.id}")
    assert "Helping" not in words(by_id(page.page, "hands"))


@pytest.mark.parametrize("htmx", [False, True])
def test_handing_over_on_the_page_and_what_is_wrong_is_said_there(client, cast, rosa, htmx):
    posting = factories.make_posting("open", cast.cedar)
    page, address = client(cast.dana), f"/employer/postings/{posting.id}/hand-over"
    headers = {"HX-Request": "true"} if htmx else {}
    assert page.post(address, data={"to": ""}, headers=headers).status_code == 422
    assert "Choose who should have it" in text_of(page.page)
    assert page.post(address, data={"to": str(cast.dana.id)}, headers=headers).status_code == 409
    assert "is the contact already" in text_of(page.page)
    for nobody in (cast.omar.id, cast.maya.id, 99999, "x", "9" * 30):
        assert page.post(address, data={"to": str(nobody)}, headers=headers).status_code == 404
    assert page.post(address, data={"to": str(rosa.id)}, headers=headers).status_code == (200 if htmx else 303)
    assert fresh(posting).contact == rosa
    if htmx:
        assert by_id(page.page, "main") is None and "The contact is now Rosa Vega" in text_of(page.page)
    page.get(f"/employer/postings/{posting.id}")
    assert "handed it over to Rosa Vega" in text_of(page.page)


def test_the_coordinator_reads_it_in_the_history_of_the_person(client, cast, rosa):
    hands.hand_over(factories.make_posting("open", cast.cedar, title="Signs"), cast.dana, rosa)
    hands.hand_over_all(cast.cedar, rosa, rosa, cast.dana)
    hands.leave(rosa)
    ruiz = client(cast.ruiz)
    ruiz.get(f"/people/{cast.dana.id}")
    assert "handed it over to Rosa Vega: Signs" in text_of(ruiz.page)
    ruiz.get(f"/people/{rosa.id}")
    assert "handed postings over: Cedar Print" in text_of(ruiz.page) and "left: Cedar Print" in text_of(ruiz.page)


def test_the_others_posting_is_not_there_to_be_helped_with(client, cast):
    posting = factories.make_posting("open", cast.cedar)
    for name in ("help", "no-longer", "hand-over"):
        assert client(cast.omar).post(f"/employer/postings/{posting.id}/{name}").status_code == 404


def test_who_is_shut_out_reads_and_hands_nothing_over(client, cast, rosa):
    posting = factories.make_posting("open", cast.cedar)
    cast.cedar.state = "suspended"
    cast.cedar.save()
    page = client(cast.dana)
    page.get(f"/employer/postings/{posting.id}")
    assert by_id(page.page, "hands") is not None and not having(page.page, "data-move", "hand_over")
    assert page.post(f"/employer/postings/{posting.id}/hand-over", data={"to": str(rosa.id)}).status_code == 403
