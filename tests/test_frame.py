"""The frame: a posting goes from draft to an application through the actions alone."""

from board.applications.model import Application
from board.moves import Step
from board.placements.model import Placement
from board.postings.model import Posting
from board.search import index, query
from tests import factories


def test_one_posting_goes_from_draft_to_a_proposed_placement(app, cast):
    index.rebuild()
    posting = factories.make_posting(employer=cast.cedar, title="Poster for the counter")
    found = query.find(query.Criteria(q="posters"), cast.maya)
    assert [row.id for row in found.postings] == [posting.id]
    application = factories.make_application("accepted", posting, cast.maya)
    assert Placement.get().application_id == application.id
    assert Posting.get_by_id(posting.id).state == "filled"
    assert query.find(query.Criteria(q="posters"), cast.maya).total == 0
    moves = [(step.noun, step.move) for step in Step.select().order_by(Step.id)]
    assert moves[-5:] == [
        ("application", "submit"), ("application", "offer"), ("application", "accept"), ("placement", "propose"),
        ("posting", "fill"),
    ]  # fmt: skip


def test_two_offers_cannot_take_one_seat(app, cast):
    posting = factories.make_posting(employer=cast.cedar)
    factories.make_application("offered", posting, cast.maya)
    second = factories.make_application("submitted", posting, cast.leo)
    from datetime import timedelta

    import pytest

    from board.applications import actions
    from board.moves import Refused
    from board.school.model import today

    with pytest.raises(Refused):
        actions.offer(second, cast.dana, today() + timedelta(days=2))
    assert Application.get_by_id(second.id).state == "submitted"


def test_the_front_page_and_sign_in_open(client, cast):
    visitor = client()
    assert visitor.get("/").status_code == 200
    assert visitor.get("/sign-in").status_code == 200
    assert visitor.get("/projects").status_code == 303
    assert client(cast.maya).get("/projects").status_code == 200
    assert client(cast.maya).get("/review").status_code == 403
