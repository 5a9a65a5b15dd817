"""A yes becomes a placement in the same transaction: both or neither."""

import pytest

from board.applications import actions
from board.applications.model import Application
from board.moves import Step
from board.placements.model import Placement
from board.postings import actions as postings
from tests import factories


def test_a_yes_proposes_one_placement_with_its_step(app, cast):
    application = factories.make_application("accepted", student=cast.maya)
    placement = Placement.get()
    assert (placement.application_id, placement.state, placement.held_at) == (application.id, "proposed", None)
    step = Step.of(placement).get()
    assert (step.move, step.person_id, step.to_state) == ("propose", cast.maya.id, "proposed")


@pytest.mark.parametrize(
    "state", ["submitted", "shortlisted", "offered", "turned_down", "lapsed", "taken_back", "withdrawn"]
)
def test_nothing_but_a_yes_makes_a_placement(app, cast, state):
    factories.make_application(state, student=cast.maya)
    assert Placement.select().count() == 0


def test_when_what_follows_a_yes_fails_the_yes_has_not_happened(app, cast, monkeypatch):
    application = factories.make_application("offered", student=cast.maya)

    def broken(posting):
        raise RuntimeError("the index is on fire")

    monkeypatch.setattr(postings, "fill", broken)
    with pytest.raises(RuntimeError):
        actions.accept(application, cast.maya)
    assert Application.get().state == "offered"
    assert Placement.select().count() == 0


def test_a_posting_that_closes_after_the_yes_leaves_the_placement(app, cast):
    application = factories.make_application("accepted", factories.make_posting(employer=cast.cedar), cast.maya)
    postings.close(application.posting, cast.dana)
    assert Placement.get().state == "proposed"
    assert Application.get().state == "accepted"
