"""Changes of trusted employers go live without review: only where the school allows it, and only if no check minds."""

import pytest

from board.db import now
from board.employers import actions as employers
from board.employers.model import Employer
from board.moves import NotAllowed, Step
from board.postings import revisions
from board.postings.model import Posting, Revision
from board.school.model import School
from tests import factories
from tests.inspector import by_id, having, words


@pytest.fixture
def trusted(cast):
    School.update(trusted_skip=True).execute()
    employers.trust(cast.cedar, cast.ruiz, True)
    return factories.make_posting("open", cast.cedar)


def change(posting, cast, **values):
    return revisions.propose(Posting.get_by_id(posting.id), cast.dana, values)


def test_a_change_that_no_check_minds_goes_live_is_recorded_and_listed(client, cast, trusted):
    assert change(trusted, cast, deliverable="Two printed pages.") is None
    assert Posting.get_by_id(trusted.id).deliverable == "Two printed pages."
    assert Revision.select().order_by(Revision.id.desc()).get().state == "approved"
    step = Step.select().where(Step.move == "pass_unread").get()
    assert step.person is None
    teacher = client(cast.okafor)
    teacher.get("/review")
    assert trusted.title in words(by_id(teacher.page, "unread"))
    Step.update(at=now().replace(year=now().year - 1)).where(Step.id == step.id).execute()
    teacher.get("/review")
    assert by_id(teacher.page, "unread") is None


@pytest.mark.parametrize(
    ("what", "values"),
    [
        ("a link that asks for a reason", {"description": "See www.alderfallsmuseum.org for what they have."}),
        ("a school that does not allow it", {"deliverable": "Two printed pages."}),
        ("nobody trusts them", {"deliverable": "Two printed pages."}),
        ("two teachers have to agree", {"deliverable": "Two printed pages."} | factories.ON_SITE),
    ],
)
def test_everything_else_waits_for_a_teacher(cast, trusted, what, values):
    if "school" in what:
        School.update(trusted_skip=None).execute()
    if "nobody" in what:
        employers.trust(Employer.get_by_id(cast.cedar.id), cast.ruiz, False)
    if "two" in what:
        School.update(second_teacher=True).execute()
    assert change(trusted, cast, **values) is not None
    assert Posting.get_by_id(trusted.id).deliverable == "One printed page and its file."


def test_new_work_is_always_read(cast, trusted):
    assert factories.make_posting("submitted", cast.cedar).state == "submitted"


def test_trust_is_a_coordinators_and_of_employers_that_are_checked(client, cast):
    School.update(trusted_skip=True).execute()
    assert client(cast.okafor).post(f"/employers/{cast.cedar.id}/trust", data={"trust": "1"}).status_code == 403
    with pytest.raises(NotAllowed):
        employers.trust(cast.newcomer, cast.ruiz, True)
    coordinator = client(cast.ruiz)
    coordinator.get(f"/employers/{cast.cedar.id}")
    assert "trust" in {e.get("data-move") for e in having(coordinator.page, "data-move")}
    coordinator.post(f"/employers/{cast.cedar.id}/trust", data={"trust": "1"})
    assert Employer.get_by_id(cast.cedar.id).trusted_at
    coordinator.post(f"/employers/{cast.cedar.id}/trust")
    assert not Employer.get_by_id(cast.cedar.id).trusted_at


def test_trust_ends_with_a_suspension(cast, trusted):
    employers.move("suspend", Employer.get_by_id(cast.cedar.id), cast.ruiz, "A student told us something.")
    assert Employer.get_by_id(cast.cedar.id).trusted_at is None
