"""Drafts, sending, copying, deleting; changes to what has been approved."""

from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from board.moves import NotAllowed, Refused, Step, TooLate
from board.postings import actions, content, revisions, texts
from board.postings.model import Comment, Posting, Revision
from board.postings.rules import NotReady
from board.school.model import today
from board.search import index, query
from tests import factories


def fresh(posting) -> Posting:
    return Posting.get_by_id(posting.id)


def later(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


def moves_of(thing) -> list[str]:
    return [step.move for step in Step.of(thing)]


# -- drafts


def test_a_draft_keeps_what_was_typed_and_saving_the_same_again_writes_nothing(app, cast):
    posting = actions.begin(cast.cedar, cast.dana, {"title": "A price list"})
    actions.save_draft(posting, cast.dana, {"hours": 12, "must": ["Canva"]})
    assert (fresh(posting).title, fresh(posting).hours) == ("A price list", 12)
    version = fresh(posting).version
    actions.save_draft(posting, cast.dana, {"hours": 12, "must": ["Canva"], "title": "A price list"})
    assert fresh(posting).version == version
    assert moves_of(posting) == ["begin"]


@pytest.mark.parametrize("state", ["submitted", "open", "paused", "filled", "closed", "declined"])
def test_only_a_draft_or_one_sent_back_is_saved(app, cast, state):
    posting = factories.make_posting(state, cast.cedar)
    with pytest.raises(Refused):
        actions.save_draft(posting, cast.dana, {"title": "Another"})
    assert fresh(posting).title == posting.title


def test_sending_needs_everything_and_reads_what_is_stored(app, cast):
    posting = actions.begin(cast.cedar, cast.dana, factories.full_content(title=""))
    with pytest.raises(NotReady) as found:
        actions.submit(posting, cast.dana)
    assert [problem.key for problem in found.value.problems] == ["title"]
    actions.save_draft(posting, cast.dana, {"title": "A price list"})
    actions.submit(posting, cast.dana)
    assert fresh(posting).state == "submitted"
    assert fresh(posting).submitted_at


def test_what_is_taken_back_can_be_changed_and_sent_again(app, cast):
    posting = factories.make_posting("submitted", cast.cedar)
    actions.take_back(posting, cast.dana)
    actions.save_draft(posting, cast.dana, {"title": "Another title"})
    actions.submit(posting, cast.dana)
    assert moves_of(posting) == ["begin", "submit", "take_back", "submit"]
    with pytest.raises(TooLate):
        actions.submit(posting, cast.dana)


def test_a_copy_has_the_text_and_no_dates_and_is_a_draft(app, cast):
    old = factories.make_posting("closed", cast.cedar, **factories.ON_SITE)
    new = actions.copy(old, cast.dana)
    assert (new.state, new.contact, new.opened_at, new.submitted_at) == ("draft", cast.dana, None, None)
    assert content.read(fresh(new)) == content.read(old) | dict.fromkeys(content.DATES)


def test_a_draft_is_deleted_with_its_rows_and_steps_and_nothing_else_is(app, cast):
    draft, kept = factories.make_posting("draft", cast.cedar), factories.make_posting("draft", cast.cedar)
    actions.delete_draft(draft, cast.dana)
    assert not Posting.select().where(Posting.id == draft.id).exists()
    assert not Step.select().where(Step.noun == "posting", Step.noun_id == draft.id).exists()
    assert content.read(kept)["milestones"]
    for state in ("submitted", "open", "closed", "changes_requested"):
        posting = factories.make_posting(state, cast.cedar)
        with pytest.raises(Refused):
            actions.delete_draft(posting, cast.dana)
        assert fresh(posting)


def test_words_go_between_the_employer_and_the_school_alone(app, cast):
    posting = factories.make_posting("submitted", cast.cedar)
    actions.comment(posting, cast.dana, " Is the pay right? ")
    actions.comment(posting, cast.okafor, "Yes.")
    assert [row.words for row in Comment.select().order_by(Comment.id)] == ["Is the pay right?", "Yes."]
    for person in (cast.omar, cast.maya):
        with pytest.raises(NotAllowed):
            actions.comment(posting, person, "Hello")
    with pytest.raises(Refused):
        actions.comment(posting, cast.dana, "  \n")


# -- changes to an approved text


def test_a_change_waits_while_the_approved_text_stays(app, cast):
    index.rebuild()
    posting = factories.make_posting("open", cast.cedar, title="Price list")
    revision = revisions.propose(posting, cast.dana, {"title": "Banner", "hours": 11})
    assert (fresh(posting).title, fresh(posting).hours) == ("Price list", 10)
    assert revision.values["title"] == "Banner"
    assert Step.of(revision).get().facts == {"changed": ["title", "hours"], "posting": posting.id}
    assert query.find(query.Criteria(q="banner"), cast.maya).total == 0
    revisions.approve_revision(revision, cast.okafor)
    assert (fresh(posting).title, fresh(posting).hours, fresh(posting).state) == ("Banner", 11, "open")
    assert query.find(query.Criteria(q="banner"), cast.maya).total == 1
    assert moves_of(posting)[-1] == "revise"


def test_fewer_students_and_a_later_last_day_count_at_once_even_beside_a_change_that_waits(app, cast):
    posting = factories.make_posting("open", cast.cedar, seats=3)
    revision = revisions.propose(posting, cast.dana, {"seats": 2, "apply_by": later(16), "title": "Banner"})
    adjusted = Step.of(posting).order_by(Step.id.desc()).get()
    assert (adjusted.move, adjusted.facts) == ("adjust", {"changed": ["seats", "apply_by"]})
    assert (fresh(posting).seats, str(fresh(posting).apply_by)) == (2, later(16))
    assert fresh(posting).title == posting.title
    assert content.changed(content.read(fresh(posting)), revision.values) == ["title"]
    assert revisions.propose(posting, cast.dana, {"seats": 1}) is None
    assert fresh(posting).seats == 1


def test_a_later_last_day_that_fits_only_a_later_start_waits_with_it(app, cast):
    posting = factories.make_posting("open", cast.cedar)
    both = {"apply_by": later(32), "decide_by": later(34), "starts_on": later(36)}
    revision = revisions.propose(posting, cast.dana, both)
    assert str(fresh(posting).apply_by) == later(14)
    assert revision.values["apply_by"] == later(32)


def test_more_students_wait_and_fewer_than_are_promised_are_refused(app, cast):
    posting = factories.make_posting("open", cast.cedar, seats=3)
    assert revisions.propose(posting, cast.dana, {"seats": 4})
    with pytest.raises(NotReady) as found:
        revisions.propose(posting, cast.dana, {"seats": 1}, taken=2)
    assert [problem.key for problem in found.value.problems] == ["seats"]
    assert revisions.propose(posting, cast.dana, {"seats": 2}, taken=2) is None
    assert fresh(posting).seats == 2


def test_a_second_change_takes_the_place_of_the_first_so_that_nobody_approves_what_they_have_not_read(app, cast):
    posting = factories.make_posting("open", cast.cedar)
    first = revisions.propose(posting, cast.dana, {"title": "Menu"})
    second = revisions.propose(posting, cast.dana, {"title": "Poster"})
    assert Revision.get_by_id(first.id).state == "taken_back"
    with pytest.raises(TooLate):
        revisions.approve_revision(first, cast.okafor)
    assert fresh(posting).title == posting.title
    assert revisions.propose(posting, cast.dana, {"title": "Poster"}) == second
    assert texts.proposed_for(posting) == second


def test_going_back_to_the_approved_text_takes_the_change_back(app, cast):
    posting = factories.make_posting("open", cast.cedar)
    revisions.propose(posting, cast.dana, {"title": "Menu"})
    assert revisions.propose(posting, cast.dana, {"title": posting.title}) is None
    assert texts.proposed_for(posting) is None


def test_a_returned_change_leaves_the_text_and_carries_the_teachers_words(app, cast):
    posting = factories.make_posting("open", cast.cedar)
    revision = revisions.propose(posting, cast.dana, {"title": "Menu"})
    with pytest.raises(Refused):
        revisions.return_revision(revision, cast.okafor, " ")
    revisions.return_revision(revision, cast.okafor, "The old title says more.")
    assert fresh(posting).title == posting.title
    assert Step.of(revision).order_by(Step.id.desc()).get().reason == "The old title says more."
    with pytest.raises(TooLate):
        revisions.take_back_revision(revision, cast.dana)


def test_a_change_taken_back_is_not_approved(app, cast):
    posting = factories.make_posting("paused", cast.cedar)
    revision = revisions.propose(posting, cast.dana, {"title": "Menu"})
    with pytest.raises(NotAllowed):
        revisions.take_back_revision(revision, cast.omar)
    revisions.take_back_revision(revision, cast.dana)
    with pytest.raises(TooLate):
        revisions.approve_revision(revision, cast.okafor)


def test_a_change_must_be_complete_too_but_an_old_last_day_is_no_new_mistake(app, cast):
    posting = factories.make_posting("expired", cast.cedar)
    assert revisions.propose(posting, cast.dana, {"title": "Menu"})
    with pytest.raises(NotReady) as found:
        revisions.propose(posting, cast.dana, {"title": "", "pay_cents": 100})
    assert [problem.key for problem in found.value.problems] == ["title", "pay_cents"]


@pytest.mark.parametrize("state", ["draft", "submitted", "changes_requested", "declined", "closed"])
def test_only_an_approved_posting_takes_changes(app, cast, state):
    posting = factories.make_posting(state, cast.cedar)
    with pytest.raises(Refused):
        revisions.propose(posting, cast.dana, {"title": "Menu"})
    assert not Revision.select().where(Revision.state == "proposed").exists()


def test_reading_a_posting_asks_as_many_queries_whatever_it_says(app, cast):
    counts = []
    for many in (0, 3):
        names = [f"Skill {number}" for number in range(many + 1)]
        posting = factories.make_posting("draft", cast.cedar, must=names, questions=["What?"] * many,
                                         milestones=[{"title": "Half", "week": 1}] * many)  # fmt: skip
        with count_queries() as counter:
            content.read(fresh(posting))
        counts.append(counter.count)
    assert counts[0] == counts[1]
