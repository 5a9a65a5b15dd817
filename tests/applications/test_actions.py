"""Seats, deadlines and answers: what must hold whoever clicks first."""

from datetime import timedelta

import pytest

from board.applications import actions
from board.applications.model import Application, Reading, Reason, State
from board.applications.rules import answers_itself_on
from board.moves import NotAllowed, Refused, Step, TooLate
from board.placements.model import Placement
from board.postings import actions as postings
from board.postings import revisions
from board.postings.model import Posting, Question
from board.school.model import today
from tests import factories
from tests.at_once import at_once


def fresh(application):
    return Application.get_by_id(application.id)


def soon():
    return today() + timedelta(days=3)


# -- seats


def test_two_offers_of_the_last_place_at_once_and_one_wins(app, cast):
    for _round in range(5):
        posting = factories.make_posting(employer=cast.cedar)
        both = [factories.make_application("submitted", posting) for _ in range(2)]
        results = at_once(*[lambda one=one: actions.offer(fresh(one), cast.dana, soon()) for one in both])
        assert sorted(type(result).__name__ for result in results) == ["Refused", "Step"]
        assert sorted(fresh(one).state for one in both) == ["offered", "submitted"]


def test_six_offers_of_three_places_and_three_win(app, cast):
    posting = factories.make_posting(employer=cast.cedar, seats=3)
    many = [factories.make_application("shortlisted", posting) for _ in range(6)]
    results = at_once(*[lambda one=one: actions.offer(fresh(one), cast.dana, soon()) for one in many])
    assert sum(isinstance(result, Step) for result in results) == 3
    assert sorted(fresh(one).seat for one in many if fresh(one).seat) == [1, 2, 3]


def test_fewer_seats_than_the_highest_number_given_out_leave_no_free_one(app, cast):
    posting = factories.make_posting(employer=cast.cedar, seats=2)
    first, second, third = (factories.make_application("submitted", posting) for _ in range(3))
    actions.offer(first, cast.dana, soon())
    actions.offer(second, cast.dana, soon())
    actions.take_offer_back(first, cast.dana, "We have less work than we thought.")
    Posting.update(seats=1).where(Posting.id == posting.id).execute()
    with pytest.raises(Refused, match="offered or taken"):
        actions.offer(third, cast.dana, soon())


def test_fewer_places_than_are_taken_are_refused_even_if_the_page_counted_before(app, cast):
    """The page counts, then somebody else offers, then the page saves."""
    posting = factories.make_posting(employer=cast.cedar, seats=3)
    for _ in range(2):
        factories.make_application("offered", posting)
    with pytest.raises(Refused, match="offered or taken: 2"):
        revisions.propose(posting, cast.dana, {"seats": 1}, taken=1)
    assert Posting.get_by_id(posting.id).seats == 3


def test_a_posting_is_filled_when_its_places_become_as_many_as_are_accepted(app, cast):
    posting = factories.make_posting(employer=cast.cedar, seats=2)
    factories.make_application("accepted", posting)
    waits = factories.make_application("submitted", posting)
    revisions.propose(posting, cast.dana, {"seats": 1}, taken=1)
    assert Posting.get_by_id(posting.id).state == "filled"
    assert fresh(waits).reason == "filled"


def test_a_filled_posting_opens_again_when_a_teacher_approves_another_place(app, cast):
    posting = factories.make_posting(employer=cast.cedar)
    factories.make_application("accepted", posting)
    revision = revisions.propose(Posting.get_by_id(posting.id), cast.dana, {"seats": 2}, taken=1)
    revisions.approve_revision(revision, cast.okafor)
    assert Posting.get_by_id(posting.id).state == "open"
    factories.make_application("offered", posting)


@pytest.mark.parametrize("end", ["withdraw", "turn_down", "take_back", "lapse"])
def test_an_offer_that_ends_frees_its_place(app, cast, end):
    posting = factories.make_posting(employer=cast.cedar)
    one = factories.make_application("offered", posting, cast.maya)
    other = factories.make_application("submitted", posting, cast.leo)
    if end == "withdraw":
        actions.withdraw(one, cast.maya)
    elif end == "turn_down":
        actions.turn_down(one, cast.maya)
    elif end == "take_back":
        actions.take_offer_back(one, cast.dana, "The plan changed.")
    else:
        assert actions.lapse_offers(soon() + timedelta(days=1)) == 1
    assert fresh(one).seat is None
    assert actions.offer(other, cast.dana, soon()).to_state == "offered"


@pytest.mark.parametrize("days", [-1, 0, 15, 400])
def test_an_offer_asks_for_an_answer_between_a_day_and_two_weeks(app, cast, days):
    application = factories.make_application("submitted")
    with pytest.raises(Refused, match="at least a day"):
        actions.offer(
            application, factories.employer_person(application.posting.employer), today() + timedelta(days=days)
        )


def test_an_employer_that_is_no_longer_checked_offers_nothing(app, cast):
    application = factories.make_application("submitted", factories.make_posting(employer=cast.cedar))
    type(cast.cedar).update(state="suspended").execute()
    with pytest.raises(Refused, match="check your organization"):
        actions.offer(fresh(application), cast.dana, soon())


# -- one application a student and posting


def test_two_first_clicks_at_once_make_one_draft(app, cast):
    for _round in range(5):
        posting = factories.make_posting()
        one, two = at_once(*[lambda p=posting: actions.begin(p, cast.maya).id] * 2)
        assert one == two
        assert Application.select().where(Application.posting == posting).count() == 1


def test_two_sends_at_once_send_one(app, cast):
    draft = factories.make_application("draft", student=cast.maya)
    results = at_once(*[lambda: actions.submit(fresh(draft), cast.maya)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["Step", "TooLate"]


def test_after_withdrawing_a_student_may_apply_again_while_it_is_open(app, cast):
    posting = factories.make_posting()
    old = factories.make_application("withdrawn", posting, cast.maya)
    again = factories.make_application("submitted", posting, cast.maya)
    assert again.id != old.id and again.code != old.code


def test_after_an_answer_of_the_employer_a_student_does_not_ask_again(app, cast):
    posting = factories.make_posting()
    factories.make_application("not_selected", posting, cast.maya)
    with pytest.raises(Refused, match="has answered"):
        actions.begin(posting, cast.maya)


def test_a_draft_is_not_sent_after_the_last_day(app, cast):
    draft = factories.make_application("draft", student=cast.maya)
    Posting.update(apply_by=today() - timedelta(days=1)).execute()
    with pytest.raises(Refused, match="last day to apply"):
        actions.submit(fresh(draft), cast.maya)
    assert fresh(draft).state == State.DRAFT


def test_a_question_that_changed_is_asked_again(app, cast):
    draft = factories.make_application("draft", student=cast.maya)
    Question.update(words="Which afternoons suit you?").execute()
    with pytest.raises(actions.NotReady) as caught:
        actions.submit(fresh(draft), cast.maya)
    assert [(where, words) for where, words, _ in caught.value.problems] == [
        ("answer-1", "The employer has changed this question. Read it again.")
    ]


def test_what_gives_a_student_away_is_named_at_its_field(app, cast):
    draft = factories.make_application("draft", student=cast.maya)
    skill = actions.must_skills(draft.posting_id)[0]
    evidence = {skill.id: {"kind": "hobby", "words": "It is all at maya.draws on my insta: maya.draws"}}
    actions.save(draft, cast.maya, factories.WHY + " I am Maya.", {1: "Call 503-555-0142"}, evidence)
    found = {where for where, _, _ in actions.problems(fresh(draft), cast.maya)}
    assert found == {"why", "answer-1", f"evidence-{skill.id}"}


def test_what_is_checked_is_what_goes_whatever_another_tab_has_saved(app, cast):
    draft = factories.make_application("draft", student=cast.maya)
    skill = actions.must_skills(draft.posting_id)[0]
    evidence = {skill.id: {"kind": "hobby", "words": "I letter for the chess club."}}
    actions.save(fresh(draft), cast.maya, factories.WHY + " Call 503-555-0142", {1: "Letters."}, evidence)
    with pytest.raises(actions.NotReady):
        actions.submit(draft, cast.maya)  # this one still holds the old words


def test_nobody_writes_in_a_draft_that_is_not_theirs_or_has_gone(app, cast):
    draft = factories.make_application("draft", student=cast.maya)
    with pytest.raises(NotAllowed):
        actions.save(draft, cast.leo, "x", {}, {})
    actions.submit(draft, cast.maya)
    with pytest.raises(Refused, match="has been sent"):
        actions.save(draft, cast.maya, "x", {}, {})


# -- yes


def test_a_yes_becomes_a_proposed_placement_and_the_last_one_fills_the_posting(app, cast):
    posting = factories.make_posting(employer=cast.cedar, seats=2)
    first, second, third = (factories.make_application(state, posting) for state in ("offered", "offered", "submitted"))
    actions.accept(first, first.student)
    assert Posting.get_by_id(posting.id).state == "open"
    actions.accept(second, second.student)
    assert Posting.get_by_id(posting.id).state == "filled"
    assert {placement.state for placement in Placement.select()} == {"proposed"}
    assert Placement.select().count() == 2
    assert (fresh(third).state, fresh(third).reason) == ("not_selected", "filled")


def test_two_clicks_on_yes_make_one_placement(app, cast):
    application = factories.make_application("offered", student=cast.maya)
    results = at_once(*[lambda: actions.accept(fresh(application), cast.maya)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["Step", "TooLate"]
    assert Placement.select().count() == 1


def test_yes_or_taken_back_at_once_and_one_of_them_holds(app, cast):
    for _round in range(5):
        application = factories.make_application("offered", factories.make_posting(employer=cast.cedar), cast.maya)
        at_once(
            lambda one=application: actions.accept(fresh(one), cast.maya),
            lambda one=application: actions.take_offer_back(fresh(one), cast.dana, "The plan changed."),
        )
        accepted = Placement.select().where(Placement.application == application).count()
        assert (fresh(application).state, accepted) in (("accepted", 1), ("taken_back", 0))


def test_a_yes_after_its_last_day_is_too_late_though_the_timetable_has_not_run(app, cast):
    application = factories.make_application("offered", student=cast.maya)
    Application.update(answer_by=today() - timedelta(days=1)).execute()
    with pytest.raises(TooLate):
        actions.accept(fresh(application), cast.maya)
    assert fresh(application).state == "lapsed"


def test_while_the_school_looks_at_a_project_an_offer_waits(app, cast):
    application = factories.make_application("offered", student=cast.maya)
    postings.hold(application.posting)
    with pytest.raises(Refused, match="looking at this project"):
        actions.accept(fresh(application), cast.maya)
    assert actions.lapse_offers(soon() + timedelta(days=9)) == 0
    assert fresh(application).state == "offered"


# -- answers


def test_a_closed_posting_answers_everybody_who_waits_and_ends_its_offers(app, cast):
    posting = factories.make_posting(employer=cast.cedar, seats=3)
    made = {
        state: factories.make_application(state, posting)
        for state in ("draft", "submitted", "shortlisted", "offered", "accepted")
    }
    postings.close(posting, cast.dana)
    assert {state: fresh(one).state for state, one in made.items()} == {
        "draft": "draft", "submitted": "not_selected", "shortlisted": "not_selected", "offered": "taken_back",
        "accepted": "accepted",
    }  # fmt: skip
    assert fresh(made["submitted"]).reason == "closed"


def test_two_days_after_the_employer_should_have_decided_everybody_gets_an_answer_with_the_reason(app, cast):
    posting = factories.make_posting(employer=cast.cedar, seats=3)
    states = ("draft", "submitted", "shortlisted", "offered")
    made = {state: factories.make_application(state, posting) for state in states}
    assert actions.answer_overdue(posting.decide_by + timedelta(days=2)) == 0
    assert answers_itself_on(posting) == posting.decide_by + timedelta(days=3)
    assert actions.answer_overdue(posting.decide_by + timedelta(days=3)) == 2
    assert [fresh(made[state]).state for state in states] == ["draft", "not_selected", "not_selected", "offered"]
    assert fresh(made["submitted"]).reason == Reason.NO_DECISION


def test_without_a_day_to_decide_it_is_thirty_days_after_the_last_day_to_apply(app, cast):
    one = factories.make_application("submitted")
    Posting.update(decide_by=None).execute()
    last = one.posting.apply_by
    assert actions.answer_overdue(last + timedelta(days=32)) == 0
    Posting.update(apply_by=None).execute()
    assert actions.answer_overdue(last + timedelta(days=3000)) == 0
    Posting.update(apply_by=last).execute()
    assert actions.answer_overdue(last + timedelta(days=33)) == 1


def test_the_timetable_ends_offers_and_answers_once(app, cast):
    posting = factories.make_posting(employer=cast.cedar, seats=3)
    offered = factories.make_application("offered", posting)
    factories.make_application("submitted", posting)
    assert actions.daily(offered.answer_by) == {"lapsed": 0, "answered": 0}
    assert actions.daily(posting.decide_by + timedelta(days=3)) == {"lapsed": 1, "answered": 1}
    assert actions.daily(posting.decide_by + timedelta(days=3)) == {"lapsed": 0, "answered": 0}


@pytest.mark.parametrize("reason", ["", "filled", "no-decision", "nonsense"])
def test_only_a_reason_an_employer_may_give_is_given(app, cast, reason):
    application = factories.make_application("submitted", factories.make_posting(employer=cast.cedar))
    with pytest.raises(Refused, match="reason"):
        actions.not_select(application, cast.dana, reason)
    assert fresh(application).state == "submitted"


def test_an_employer_does_not_ask_to_meet_outside_of_the_board(app, cast):
    posting = factories.make_posting(employer=cast.cedar, seats=2)
    sent, offered = (factories.make_application(state, posting) for state in ("submitted", "offered"))
    with pytest.raises(Refused, match="503-555-0142"):
        actions.not_select(sent, cast.dana, Reason.CLOSE_CALL, "Call me: 503-555-0142")
    with pytest.raises(Refused, match=r"dana@example\.org"):
        actions.take_offer_back(offered, cast.dana, "Write to dana@example.org")


# -- a teacher reads first


def test_a_request_to_read_ends_with_sending_and_goes_to_one_teacher_at_a_time(app, cast):
    draft = factories.make_application("draft", student=cast.maya)
    actions.ask_to_read(draft, cast.maya, cast.okafor)
    actions.ask_to_read(draft, cast.maya, cast.ruiz)
    assert [reading.teacher_id for reading in Reading.select()] == [cast.ruiz.id]
    actions.submit(draft, cast.maya)
    assert Reading.select().count() == 0


def test_a_teacher_who_answers_after_the_draft_went_is_told(app, cast):
    draft = factories.make_application("draft", student=cast.maya)
    reading = actions.ask_to_read(draft, cast.maya, cast.okafor)
    actions.submit(draft, cast.maya)
    with pytest.raises(Refused, match="sent this application"):
        actions.answer_reading(reading, cast.okafor, "Lovely.")


def test_only_the_teacher_who_was_asked_answers_and_only_staff_can_be_asked(app, cast):
    draft = factories.make_application("draft", student=cast.maya)
    reading = actions.ask_to_read(draft, cast.maya, cast.okafor)
    with pytest.raises(NotAllowed):
        actions.answer_reading(reading, cast.ruiz, "Hm.")
    with pytest.raises(NotAllowed):
        actions.ask_to_read(draft, cast.maya, cast.dana)


def test_nothing_is_sent_to_a_project_that_was_closed_in_the_meantime(cast):
    application = factories.make_application("draft", student=cast.maya)
    assert application.posting.state == "open"  # as this tab has it in memory
    other = Posting.get_by_id(application.posting_id)
    postings.close(other, other.contact)
    with pytest.raises(Refused, match="takes no applications"):
        actions.submit(application, cast.maya)
    assert fresh(application).state == State.DRAFT


def test_a_draft_with_ones_username_does_not_go(cast):
    application = factories.make_application("draft", student=cast.maya)
    cast.maya.username = "riv3ra"
    actions.save(application, cast.maya, factories.WHY + " I am riv3ra.", {1: "Letters."}, {})
    with pytest.raises(actions.NotReady) as caught:
        actions.submit(fresh(application), cast.maya)
    assert any("riv3ra" in values.get("text", "") for _where, _words, values in caught.value.problems)
