"""Related projects: what is shared counts, the rarer the more; and nothing that may not be seen."""

import pytest
from playhouse.test_utils import count_queries

from board.employers.model import Employer
from board.postings import actions
from board.postings.model import Posting
from board.school.model import School
from board.search import facts, index, related
from tests import factories
from tests.inspector import having


@pytest.fixture(autouse=True)
def an_index(app):
    index.rebuild()


@pytest.fixture
def poster(cast):
    return make(cast.cedar, "Poster for the fair", must=["Canva"], nice=["Photography"])


def make(employer, title, **changes) -> Posting:
    return factories.make_posting(employer=employer, title=title, **{"field": "design-media", "nice": []} | changes)


def names(posting, person=None) -> list[str]:
    return [row.title for row in related.related(posting, person)]


def test_a_rarer_skill_says_more_than_a_common_one(cast, poster):
    employers = [factories.make_employer() for _ in range(8)]
    for number, employer in enumerate(employers[:5]):
        make(employer, f"Common {number}", must=["Canva"], field="sales")
    make(employers[6], "Rare", must=["Photography"], field="sales")
    make(employers[7], "Both", must=["Photography", "Canva"], field="sales")
    make(employers[5], "Neither", must=["Python"], field="sales")
    assert names(poster)[:2] == ["Both", "Rare"]
    assert "Neither" not in names(poster) and len(names(poster)) == related.MOST


def test_field_and_title_decide_between_equals(cast, poster):
    for number in range(4):
        make(factories.make_employer(), f"Elsewhere {number}", must=["Canva"], field="sales")
    make(factories.make_employer(), "Same field", must=["Canva"])
    make(factories.make_employer(), "A poster for a fair", must=["Canva"])
    assert names(poster)[:2] == ["A poster for a fair", "Same field"]


def test_other_employers_come_first_and_one_does_not_fill_the_list(cast, poster):
    for number in range(5):
        make(cast.cedar, f"From the same {number}", must=["Canva", "Photography"])
        make(cast.mill, f"From one other {number}", must=["Canva", "Photography"])
    third = make(factories.make_employer(), "From a third", must=["Canva"])
    found = related.related(poster, None)
    assert [row.employer_id for row in found[:3]] == [cast.mill.id, cast.cedar.id, third.employer_id]
    assert len(found) == related.MOST and poster.id not in {row.id for row in found}


def test_a_student_meets_first_what_they_may_apply_to(cast, poster):
    make(factories.make_employer(), "For the older", must=["Canva", "Photography"], minimum_age=16)
    make(factories.make_employer(), "For grade 12", must=["Canva", "Photography"], minimum_grade=12)
    make(factories.make_employer(), "For all", must=["Canva"])
    assert names(poster, cast.leo)[0] == "For all"
    assert names(poster, cast.maya)[0] == "For the older"
    assert names(poster, cast.okafor)[0] in ("For the older", "For grade 12")


def test_what_is_paused_held_or_over_is_related_to_nothing_for_anybody(client, cast, poster):
    for state in ("draft", "submitted", "paused", "filled", "closed", "expired"):
        factories.make_posting(state, cast.mill, title=f"Poster {state}")
    held = factories.make_posting("open", cast.mill, title="Poster held")
    open_one = make(cast.mill, "Poster open", must=["Canva"])
    School.update(open_to_visitors=True).execute()
    people = (None, cast.maya, cast.okafor, cast.ruiz, cast.dana, cast.omar)

    def shown(person) -> set[int]:
        browser = client(person)
        browser.get(f"/projects/{poster.id}")
        return {int(e.get("data-related")) for e in having(browser.page, "data-related")}

    assert all(shown(person) == {held.id, open_one.id} for person in people)
    factories.make_report("posting", held.id, cast.leo, "He asked for my address.")
    actions.pause(open_one, cast.omar)
    assert all(shown(person) == set() for person in people)


def test_one_that_is_over_leads_on_to_others(cast, poster):
    make(cast.mill, "Like it", must=["Canva"])
    actions.close(poster, cast.dana)
    assert names(Posting.get_by_id(poster.id), cast.maya) == ["Like it"]


def test_where_there_is_nothing_shared_there_is_nothing_related(cast):
    alone = make(cast.cedar, "Alone", must=["Python"], field="sales")
    make(cast.mill, "Quite different", must=["Canva"], field="marketing")
    assert names(alone) == []
    Posting.update(field=None).where(Posting.id == alone.id).execute()
    assert names(Posting.get_by_id(alone.id)) == []


def test_it_takes_one_query_however_many_there_are_once_they_are_known(cast, poster):
    make(cast.mill, "Another", must=["Canva"])
    facts.live()
    related.related(poster, cast.maya)
    with count_queries() as few:
        related.related(poster, cast.maya)
    for number in range(30):
        make(cast.mill, f"More {number}", must=["Canva"])
    related.related(poster, cast.maya)
    with count_queries() as many:
        assert len(related.related(poster, cast.maya)) == related.MOST
    assert few.count == many.count == 1


def test_what_is_kept_for_one_reader_is_asked_again_for_the_next(cast, poster):
    """Same age and grade, or none of either: the choice is kept for all of them, not what each may see."""
    make(cast.mill, "Open", must=["Canva"])
    Employer.update(state="verified").where(Employer.id == cast.newcomer.id).execute()
    make(Employer.get_by_id(cast.newcomer.id), "Their own", must=["Canva"])
    Employer.update(state="unverified").where(Employer.id == cast.newcomer.id).execute()
    for person, seen in (
        (cast.okafor, {"Open", "Their own"}),
        (cast.nia, {"Their own"}),
        (None, {"Open", "Their own"}),
    ) * 2:
        assert set(names(poster, person)) == seen


def test_the_choice_follows_every_change_of_what_is_live(cast, poster):
    first, second = (make(employer, "A poster", must=["Canva"]) for employer in (cast.mill, factories.make_employer()))
    assert set(names(poster, cast.maya)) == {"A poster"} and len(names(poster, cast.maya)) == 2
    actions.pause(first, cast.omar)
    assert [row.id for row in related.related(poster, cast.maya)] == [second.id]
    actions.resume(Posting.get_by_id(first.id), cast.omar)
    assert {row.id for row in related.related(poster, cast.maya)} == {first.id, second.id}
