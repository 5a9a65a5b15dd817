"""What students say of an employer, as others read it: from three on, opened only, and never one of them alone."""

from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from board.db import now
from board.placements.model import EmployerFeedback, StudentFeedback
from board.placements.standing import Rated, averaged, standing
from board.school.model import School
from tests import factories
from tests.inspector import having, words

NAMES = ("clear_task", "answers", "respect", "learning", "again")


def rate(employer, step: int, opened: bool = True, days: float = 1):
    """A student's feedback on one project of an employer."""
    made = factories.make_placement("completed", factories.make_posting("open", employer))
    at = now() - timedelta(days=days)
    StudentFeedback.create(placement=made, reflection="Good to know.", given_at=at, **dict.fromkeys(NAMES, step))
    if opened:
        EmployerFeedback.create(placement=made, quality=3, given_at=at)
    return made


def test_there_is_no_average_of_fewer_than_three(cast):
    for count in (0, 1, 2):
        assert standing(cast.cedar.id, cast.okafor) == Rated(count, None)
        rate(cast.cedar, 4)
    assert standing(cast.cedar.id, cast.okafor) == Rated(3, dict.fromkeys(NAMES, 4.0))


def test_what_is_sealed_does_not_count(cast):
    for step in (4, 4, 2):
        rate(cast.cedar, step)
    before = standing(cast.cedar.id, cast.okafor)
    rate(cast.cedar, 1, opened=False)
    assert standing(cast.cedar.id, cast.okafor) == before
    assert standing(cast.cedar.id, cast.okafor, now() + timedelta(days=7)).count == 4


def test_another_employers_count_for_the_other_alone(cast):
    for _number in range(3):
        rate(cast.mill, 1)
    assert standing(cast.cedar.id, cast.okafor) == Rated(0, None)
    assert standing(cast.mill.id, cast.maya).averages["again"] == 1


def test_its_own_people_read_them_counted_in_threes(cast):
    """Else the way an average moves would tell them what the last student said."""
    read = []
    for number, step in enumerate((4, 4, 4, 1, 2, 3)):
        rate(cast.cedar, step, days=20 - number)
        read.append(standing(cast.cedar.id, cast.dana))
    assert [rated.count for rated in read] == [0, 0, 3, 3, 3, 6]
    assert read[2] == read[3] == read[4] and read[5].averages["again"] == 3
    assert standing(cast.cedar.id, cast.maya).count == 6


def test_strangers_and_other_employers_read_nothing(cast):
    for _number in range(3):
        rate(cast.cedar, 4)
    assert standing(cast.cedar.id, None) is None and standing(cast.cedar.id, cast.omar) is None


def test_averages_of_different_things_are_not_mixed():
    rows = [(1, 2, 3, 4, 4), (1, 2, 3, 4, 4), (4, 2, 3, 4, 1)]
    assert averaged(rows).averages == {"clear_task": 2, "answers": 2, "respect": 3, "learning": 4, "again": 3}


def test_it_is_one_query_whatever_the_number(cast):
    for _number in range(2):
        rate(cast.cedar, 4)
    with count_queries() as few:
        standing(cast.cedar.id, cast.okafor)
    for _number in range(3):
        rate(cast.cedar, 3)
    with count_queries() as many:
        assert standing(cast.cedar.id, cast.okafor).averages
    assert few.count == many.count == 1


@pytest.mark.parametrize("number", [2, 4])
def test_students_and_the_school_read_it_where_they_decide(client, cast, number):
    School.update(open_to_visitors=True).execute()
    for step in (4, 4, 4, 3)[:number]:
        rate(cast.cedar, step)
    posting = factories.make_posting("open", cast.cedar)
    said = "would do again 3.8 of 4" if number == 4 else "not enough yet"
    for person, address in (
        (cast.maya, f"/projects/{posting.id}"), (cast.maya, f"/employers/{cast.cedar.id}"),
        (cast.okafor, f"/review/{posting.id}"), (cast.ruiz, f"/employers/{cast.cedar.id}"),
    ):  # fmt: skip
        browser = client(person)
        browser.get(address)
        (line,) = having(browser.page, "data-rated", str(number))
        assert said in words(line)
    for person, address in (
        (None, f"/projects/{posting.id}"), (None, f"/employers/{cast.cedar.id}"),
        (cast.omar, f"/projects/{posting.id}"), (cast.omar, f"/employers/{cast.cedar.id}"),
        (cast.dana, f"/projects/{posting.id}"),
    ):  # fmt: skip
        browser = client(person)
        browser.get(address)
        assert not having(browser.page, "data-rated")
