"""Who may do what with an application, and who may apply at all: written out a second time, by hand."""

from datetime import date, timedelta
from itertools import product
from types import SimpleNamespace

import pytest

from board.applications.model import EvidenceKind, Reason, State
from board.applications.rules import MOVES, bar, decides_by, grade_band, offer_window
from board.people.model import Person
from board.postings.model import Posting
from tests import factories

# move: (who may, from which states)
TABLE = {
    "submit": ("owner", "draft"),
    "withdraw": ("owner", "draft submitted shortlisted offered"),
    "accept": ("owner", "offered"),
    "turn_down": ("owner", "offered"),
    "shortlist": ("employer", "submitted"),
    "offer": ("employer", "submitted shortlisted"),
    "take_offer_back": ("employer", "offered"),
    "not_select": ("employer", "submitted shortlisted"),
    "lapse": ("board", "offered"),
    "revoke": ("board", "offered"),
    "release": ("board", "submitted shortlisted"),
}
PEOPLE = ("owner", "other student", "employer", "other employer", "teacher", "coordinator", "board", "ended owner")


def test_the_table_names_every_move():
    assert set(TABLE) == set(MOVES)


def test_every_state_times_every_person_times_every_move(app, cast):
    posting = factories.make_posting(employer=cast.cedar)
    ended = Person(id=cast.maya.id, role="student", ended_at=date.today())
    people = {
        "owner": cast.maya, "other student": cast.leo, "employer": cast.dana, "other employer": cast.omar,
        "teacher": cast.okafor, "coordinator": cast.ruiz, "board": None, "ended owner": ended,
    }  # fmt: skip
    assert set(people) == set(PEOPLE)
    tried = 0
    for state, (name, person), (move, (who, states)) in product(State, people.items(), TABLE.items()):
        application = SimpleNamespace(state=str(state), student_id=cast.maya.id, posting=posting)
        expected = name == who and str(state) in states.split()
        assert MOVES[move].allows(person, application) == expected, (state, name, move)
        tried += 1
    assert tried == len(State) * len(PEOPLE) * len(TABLE)


TODAY = date(2026, 3, 10)
STARTS = date(2026, 4, 1)


def barred(born=date(2010, 1, 5), grade=10, today=TODAY, lowest=14, **posting):
    values = {
        "state": "open",
        "minimum_age": 15,
        "minimum_grade": None,
        "starts_on": STARTS,
        "apply_by": date(2026, 3, 20),
    }
    student = Person(role="student", name="Maya", birth_date=born, grade=grade)
    return bar(student, Posting(**(values | posting)), today, lowest)


@pytest.mark.parametrize(
    ("words", "case"),
    [
        (None, {}),
        # the posting
        ("no applications", {"state": "paused"}),
        ("no applications", {"state": "filled"}),
        ("no applications", {"state": "closed"}),
        ("no applications", {"state": "submitted"}),
        ("no applications", {"state": "draft"}),
        ("no applications", {"held_at": TODAY}),
        # the last day
        (None, {"apply_by": TODAY}),
        ("last day to apply", {"apply_by": TODAY - timedelta(days=1)}),
        (None, {"apply_by": None}),
        # the birth date
        ("birth date", {"born": None}),
        # age on the first day of work
        (None, {"born": date(2011, 4, 1)}),
        ("15 or older", {"born": date(2011, 4, 2)}),
        (None, {"born": date(2011, 3, 31)}),
        ("15 or older", {"born": date(2011, 3, 11), "starts_on": None}),
        (None, {"born": date(2011, 3, 10), "starts_on": None}),
        # a start that has passed counts as today
        (None, {"born": date(2011, 3, 10), "starts_on": date(2026, 2, 1)}),
        ("15 or older", {"born": date(2011, 3, 11), "starts_on": date(2026, 2, 1)}),
        # born on February 29: a year older on March 1
        ("14 or older", {"born": date(2012, 2, 29), "minimum_age": 14, "starts_on": date(2026, 2, 28), "today": date(2026, 2, 20)}),
        (None, {"born": date(2012, 2, 29), "minimum_age": 14, "starts_on": date(2026, 3, 1), "today": date(2026, 2, 20)}),
        (None, {"born": date(2012, 2, 29), "minimum_age": 16, "starts_on": date(2028, 2, 29)}),
        ("16 or older", {"born": date(2012, 2, 29), "minimum_age": 16, "starts_on": date(2028, 2, 28)}),
        # a posting without an age: the school's own
        ("14 or older", {"born": date(2012, 4, 2), "minimum_age": None}),
        (None, {"born": date(2012, 4, 1), "minimum_age": None}),
        ("16 or older", {"born": date(2010, 4, 2), "minimum_age": 15, "lowest": 16}),
        # grade
        (None, {"minimum_grade": 10}),
        ("grade 11", {"minimum_grade": 11}),
        ("grade 9", {"minimum_grade": 9, "grade": None}),
        (None, {"minimum_grade": None, "grade": None}),
    ],
)  # fmt: skip
def test_who_may_apply(words, case):
    said = barred(**case)
    assert (said is None) if words is None else (words in str(said))


def test_an_employer_learns_a_grade_band_and_no_grade():
    assert [grade_band(grade) for grade in (9, 10, 11, 12, None)] == [
        "Grade 9 or 10", "Grade 9 or 10", "Grade 11 or 12", "Grade 11 or 12", "High school",
    ]  # fmt: skip


def test_an_offer_is_open_for_a_day_at_least_and_two_weeks_at_most():
    assert offer_window(TODAY) == (date(2026, 3, 11), date(2026, 3, 24))


def test_a_posting_without_a_day_to_decide_has_thirty_days_after_its_last_day():
    assert decides_by(Posting(apply_by=TODAY, decide_by=STARTS)) == STARTS
    assert decides_by(Posting(apply_by=TODAY)) == date(2026, 4, 9)
    assert decides_by(Posting()) is None


def test_every_label_is_a_sentence_of_its_own():
    for kind in (State, Reason, EvidenceKind):
        labels = [member.label for member in kind]
        assert len(set(labels)) == len(labels)
