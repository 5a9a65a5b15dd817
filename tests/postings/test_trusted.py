"""Changes of trusted employers go live without review: only where the school allows it, and only if no check minds."""

import pytest

from board.db import now
from board.employers import actions as employers
from board.employers.model import Employer
from board.moves import NotAllowed, Step
from board.postings import content, revisions
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
    assert change(trusted, cast, deliverable="One printed page, its file, and a copy.") is None
    assert Posting.get_by_id(trusted.id).deliverable == "One printed page, its file, and a copy."
    assert Revision.select().order_by(Revision.id.desc()).get().state == "approved"
    step = Step.select().where(Step.move == "pass_unread").get()
    assert step.person is None
    teacher = client(cast.okafor)
    teacher.get("/review")
    listed = words(by_id(teacher.page, "unread"))
    assert trusted.title in listed and "Deliverable" in listed
    teacher.get(f"/review/{trusted.id}")
    difference = words(by_id(teacher.page, "difference"))
    assert "Changed without review" in difference and "and a copy" in difference
    Step.update(at=now().replace(year=now().year - 1)).where(Step.id == step.id).execute()
    teacher.get("/review")
    assert by_id(teacher.page, "unread") is None


@pytest.mark.parametrize(
    ("what", "values"),
    [
        ("a link that asks for a reason", {"description": "See www.alderfallsmuseum.org for what they have."}),
        ("a school that does not allow it", {"deliverable": "One printed page, its file, and a copy."}),
        ("nobody trusts them", {"deliverable": "One printed page, its file, and a copy."}),
        ("two teachers have to agree", {"deliverable": "One printed page, its file, and a copy."} | factories.ON_SITE),
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


def test_new_work_is_always_read_also_where_it_comes_as_a_change(cast, trusted):
    assert factories.make_posting("submitted", cast.cedar).state == "submitted"
    other = {
        "another field": {"field": "finance-accounting"},
        "a task nobody has read of": {"tasks": [*content.read(trusted)["tasks"], "photos"]},
        "another description": {"description": "Walk our dogs along the river, feed them at noon, and write down what each one ate."},
        "another title": {"title": "Walk our dogs"},
        "another place": factories.ON_SITE,
        "as a contractor": {"worker_kind": "contractor"},
    }  # fmt: skip
    for what, values in other.items():
        before = content.read(Posting.get_by_id(trusted.id))
        waits = change(trusted, cast, **values)
        assert waits is not None and content.read(Posting.get_by_id(trusted.id)) == before, what
        revisions.take_back_revision(waits, cast.dana)
    assert change(trusted, cast, hours=11) is None, "what is left as it was read goes"


def test_many_small_changes_do_not_lead_to_other_work(client, cast, trusted):
    """Each takes one word; together they would take them all."""
    words_of = content.read(trusted)["description"].split()
    for number in range(len(words_of)):
        words_of[number] = f"dog{number}"
        if change(trusted, cast, description=" ".join(words_of)) is not None:
            break
    else:
        pytest.fail("another text came onto the board word by word")
    assert number == 4, "the fifth of fourteen words is more than a third"


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
