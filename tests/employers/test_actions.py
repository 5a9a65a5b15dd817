"""Joining, changing, being suspended: what happens to the rest of the board."""

import pytest

from board.employers import actions
from board.employers.model import Employer
from board.moves import NotAllowed, Refused, Step
from board.postings import revisions
from board.postings.model import Posting
from board.search import index, query
from tests import factories

ORGANIZATION = {"name": "Fern & Fig", "size": "2-10", "place": "Alder Falls", "website": "", "offer": "Photos."}


def test_who_the_school_brings_is_known_at_once_and_unverified(app, cast):
    person = actions.join(ORGANIZATION, "Ada Fern", "Ada@Fern.example", "Owner", by=cast.ruiz)
    assert person.employer.state == "unverified"
    assert (person.email, person.is_newcomer) == ("ada@fern.example", False)
    step = Step.of(person.employer).get()
    assert (step.move, step.person, step.to_state) == ("join", cast.ruiz, "unverified")


def test_a_mail_address_with_an_account_cannot_be_brought_again(app, cast):
    with pytest.raises(actions.MailTaken):
        actions.join(ORGANIZATION, "Dana", cast.dana.email.upper(), by=cast.ruiz)
    assert not Employer.select().where(Employer.name == "Fern & Fig").exists()


def test_a_change_names_what_changed_and_the_same_again_is_no_change(app, cast):
    actions.change(cast.cedar, cast.dana, {"name": "Cedar Print", "about": "We print."})
    step = Step.of(cast.cedar).get()
    assert step.facts == {"changed": ["about"]}
    actions.change(Employer.get_by_id(cast.cedar.id), cast.dana, {"about": "We print."})
    assert Step.of(cast.cedar).count() == 1
    with pytest.raises(NotAllowed):
        actions.change(cast.cedar, cast.omar, {"name": "Mine now"})


def test_a_new_name_is_found_and_makes_cards_new(app, cast):
    index.rebuild()
    posting = factories.make_posting(employer=cast.cedar)
    actions.change(cast.cedar, cast.dana, {"name": "Juniper Letterpress"})
    assert [row.id for row in query.find(query.Criteria(q="juniper"), cast.maya).postings] == [posting.id]
    assert query.find(query.Criteria(q="cedar"), cast.maya).total == 0
    assert Posting.get_by_id(posting.id).version > posting.version


def test_suspending_takes_open_postings_off_the_board_and_its_people_cannot_put_them_back(app, cast):
    from board.postings import actions as postings

    index.rebuild()
    posting = factories.make_posting("open", cast.cedar)
    paused = factories.make_posting("paused", cast.cedar)
    draft = factories.make_posting("draft", cast.cedar)
    other = factories.make_posting("open", cast.mill)
    with pytest.raises(Refused):
        actions.move("suspend", cast.cedar, cast.ruiz, "  ")
    actions.move("suspend", cast.cedar, cast.ruiz, "A student was not paid.")
    posting = Posting.get_by_id(posting.id)
    assert posting.state == "paused"
    assert posting.held_at
    assert Step.of(posting).order_by(Step.id.desc()).get().reason == "A student was not paid."
    assert Posting.get_by_id(other.id).state == "open"
    assert [row.id for row in query.find(query.Criteria(), cast.maya).postings] == [other.id]
    for verb in (
        lambda: postings.resume(posting, cast.dana),
        lambda: postings.resume(Posting.get_by_id(paused.id), cast.dana),
        lambda: postings.put_back(posting, cast.okafor),
        lambda: postings.submit(Posting.get_by_id(draft.id), cast.dana),
        lambda: postings.save_draft(Posting.get_by_id(draft.id), cast.dana, {"title": "x"}),
        lambda: postings.copy(posting, cast.dana),
        lambda: postings.begin(cast.cedar.id, cast.dana),
        lambda: revisions.propose(posting, cast.dana, {"title": "x"}),
    ):
        with pytest.raises(NotAllowed):
            verb()
    actions.move("verify", Employer.get_by_id(cast.cedar.id), cast.ruiz, "We know them.")
    assert Posting.get_by_id(posting.id).state == "paused"
    postings.put_back(Posting.get_by_id(posting.id), cast.okafor)
    assert Posting.get_by_id(posting.id).is_live
