"""Projects that suit a student: never one they may not take."""

from datetime import date, timedelta

import pytest

from board.applications.rules import bar
from board.postings.model import Posting
from board.postings.similar import birthday_at, may_take
from board.school.model import today
from tests import factories


@pytest.mark.parametrize("days", [-1, 0, 1])
@pytest.mark.parametrize("age", [14, 15, 16, 18])
def test_what_is_offered_is_what_one_may_apply_to(cast, age, days):
    """Around the very day a student turns the lowest age, the list and the rule of applying agree."""
    posting = factories.make_posting("open", cast.cedar, minimum_age=age)
    turns = posting.starts_on + timedelta(days=days)
    student = factories.make_student(grade=10)
    student.birth_date = turns.replace(year=turns.year - age)
    offered = [row.id for row in may_take(student, Posting.id == posting.id, 5)]
    assert (offered == [posting.id]) == (bar(student, posting, today()) is None)
    assert bool(offered) == (days <= 0)


def test_a_leap_day_birthday_is_kept_on_the_first_of_march():
    assert birthday_at(date(2008, 2, 29), 16) == date(2024, 2, 29)
    assert birthday_at(date(2008, 2, 29), 15) == date(2023, 3, 1)
