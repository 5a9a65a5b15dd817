"""The one door through which a state changes."""

import threading

import pytest

from board.db import database
from board.moves import NotAllowed, Refused, Step, TooLate
from board.postings import actions
from board.postings.model import Posting
from tests import factories


def test_the_second_teacher_is_told_who_was_first_and_what_it_is_now(app, cast):
    posting = factories.make_posting("submitted", cast.cedar)
    second = Posting.get_by_id(posting.id)
    actions.approve(posting, cast.okafor)
    with pytest.raises(TooLate) as late:
        actions.decline(second, cast.ruiz, "unclear", "We could not see it.")
    assert str(late.value) == "Sam Okafor was first: this is now “Open”."
    assert Posting.get_by_id(posting.id).state == "open"


def test_a_move_that_fails_leaves_no_step(app, cast):
    posting = factories.make_posting("submitted", cast.cedar)
    before = Step.select().count()
    with pytest.raises(NotAllowed):
        actions.take_back(posting, cast.omar)
    with pytest.raises(Refused):
        actions.decline(posting, cast.okafor, "unclear", "   ")
    with pytest.raises(NotAllowed):
        actions.approve(posting, cast.maya)
    assert Step.select().count() == before


def test_an_ended_account_makes_no_moves(app, cast):
    posting = factories.make_posting("submitted", cast.cedar)
    cast.okafor.ended_at = posting.created_at
    with pytest.raises(NotAllowed):
        actions.approve(posting, cast.okafor)


def test_of_eight_teachers_at_once_exactly_one_approves(app, cast):
    posting = factories.make_posting("submitted", cast.cedar)
    start, outcomes = threading.Barrier(8), []

    def approve():
        with database.connection_context():
            mine = Posting.get_by_id(posting.id)
            start.wait()
            try:
                actions.approve(mine, cast.okafor)
                outcomes.append("approved")
            except TooLate:
                outcomes.append("late")

    threads = [threading.Thread(target=approve) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["approved"] + ["late"] * 7
    assert Step.select().where(Step.move == "approve").count() == 1


def test_a_step_remembers_who_when_from_to_and_why(app, cast):
    posting = factories.make_posting("submitted", cast.cedar)
    actions.decline(posting, cast.okafor, "pay", "Nine dollars an hour is too little here.")
    step = Step.of(posting).order_by(Step.id.desc()).first()
    assert (step.person, step.move, step.from_state, step.to_state) == (cast.okafor, "decline", "submitted", "declined")
    assert step.reason == "Nine dollars an hour is too little here." and step.facts == {"kind": "pay"} and step.at
