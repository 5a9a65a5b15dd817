"""Who may do what with a suggestion, and who reads it: written out a second time, by hand."""

from itertools import product
from types import SimpleNamespace

import pytest
from peewee import IntegrityError

from board.db import now
from board.people.model import Person
from board.suggestions.model import State, Suggestion
from board.suggestions.rules import MOVES, may_suggest

# move: (who may, where it leads); all begin where it waits
TABLE = {
    "invite": ("coordinator", "invited"),
    "pass_on": ("coordinator", "invited"),
    "decline": ("coordinator", "declined"),
    "take_back": ("student", "taken_back"),
}


def test_every_state_times_every_person_times_every_move(app, cast):
    ended = Person(id=cast.maya.id, role="student", ended_at=now())
    people = {
        "student": cast.maya, "other student": cast.leo, "employer": cast.dana, "teacher": cast.okafor,
        "coordinator": cast.ruiz, "board": None, "ended": ended,
    }  # fmt: skip
    assert set(TABLE) == set(MOVES)
    for state, (name, person), (move, (who, to)) in product(State, people.items(), TABLE.items()):
        suggestion = SimpleNamespace(state=str(state), student_id=cast.maya.id)
        assert MOVES[move].allows(person, suggestion) == (state == "waiting" and name == who), (state, name, move)
        assert MOVES[move].to == to
    assert MOVES["decline"].reason


def test_students_suggest_and_nobody_else(cast):
    assert may_suggest(cast.maya) and may_suggest(cast.noor)
    assert not any(may_suggest(person) for person in (cast.dana, cast.okafor, cast.ruiz))


def test_a_student_sees_their_own_coordinators_all_and_nobody_else_any(app, cast):
    mine = Suggestion.create(student=cast.maya, organization="Harbor Bikes", place="Harbor", why="Bikes.")
    other = Suggestion.create(student=cast.leo, organization="Bay Bakery", place="Bay", why="Bread.")
    seen = {
        cast.maya: {mine}, cast.leo: {other}, cast.noor: set(), cast.ruiz: {mine, other}, cast.okafor: set(),
        cast.dana: set(), None: set(),
    }  # fmt: skip
    for person, expected in seen.items():
        assert set(Suggestion.seen_by(person)) == expected, person


@pytest.mark.parametrize(
    "wrong",
    [{"state": "nearly"}, {"organization": ""}, {"why": ""}, {"title": "A list"}, {"make": "One page."}, {"hours": 81},
     {"hours": 0}, {"state": "invited"}],
)  # fmt: skip
def test_what_can_never_be_right_the_table_refuses(cast, wrong):
    right = {"student": cast.maya, "organization": "Harbor Bikes", "place": "Harbor", "why": "Bikes."}
    assert Suggestion.create(**right)
    with pytest.raises(IntegrityError):
        Suggestion.create(**right | wrong)
