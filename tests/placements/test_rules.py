"""Who may move a placement from where to where: written out a second time, by hand."""

from datetime import date
from itertools import product
from types import SimpleNamespace

from board.people.model import Person
from board.placements.model import State
from board.placements.rules import MOVES, is_party, knows_name, runs

STAFF, EMPLOYER, STUDENT = {"teacher", "coordinator"}, {"own employer"}, {"own student"}
# move: (who may, from which states, to which)
TABLE = {
    "agree": (STAFF, "proposed", "agreed"),
    "not_agree": (STAFF, "proposed", "not_agreed"),
    "start": (STAFF | EMPLOYER, "agreed", "active"),
    "deliver": (STUDENT, "active", "delivered"),
    "send_back": (EMPLOYER, "delivered", "active"),
    "complete": (STAFF, "delivered", "completed"),
    "end_early": (STAFF | EMPLOYER | STUDENT, "proposed agreed active", "ended_early"),
}
ON_HOLD = {"end_early"}  # all that is left
REASONED = {"not_agree", "send_back"}


def everybody(cast) -> dict:
    ended = Person(id=cast.okafor.id, role="teacher", ended_at=date.today())
    return {
        "own student": cast.maya, "other student": cast.leo, "own employer": cast.dana, "other employer": cast.omar,
        "teacher": cast.okafor, "coordinator": cast.ruiz, "board": None, "ended teacher": ended,
    }  # fmt: skip


def placed(cast, state="proposed", held_at=None, agreed_at=None):
    return SimpleNamespace(
        state=str(state), held_at=held_at, agreed_at=agreed_at,
        application=SimpleNamespace(student_id=cast.maya.id), posting=SimpleNamespace(employer_id=cast.cedar.id),
    )  # fmt: skip


def test_the_table_names_every_move_and_where_it_leads():
    assert set(TABLE) == set(MOVES)
    assert {name: str(move.to) for name, move in MOVES.items()} == {name: to for name, (_w, _f, to) in TABLE.items()}
    assert {name for name, move in MOVES.items() if move.reason} == REASONED


def test_every_state_times_every_person_times_every_move(app, cast):
    people, tried = everybody(cast), 0
    for state, (name, person), held, (move, (who, start, _to)) in product(
        State, people.items(), (None, date.today()), TABLE.items()
    ):
        expected = name in who and str(state) in start.split() and (not held or move in ON_HOLD)
        assert MOVES[move].allows(person, placed(cast, state, held)) == expected, (state, name, move, held)
        tried += 1
    assert tried == len(State) * len(people) * 2 * len(TABLE)


def test_nobody_who_is_no_party_is_ever_one(app, cast):
    parties = {name for name, person in everybody(cast).items() if person and is_party(person, placed(cast))}
    assert parties == {"own student", "own employer", "teacher", "coordinator", "ended teacher"}
    assert not any(runs(person, placed(cast, held_at=date.today())) for person in everybody(cast).values() if person)


def test_an_employer_knows_the_name_once_a_teacher_has_agreed_and_not_before(app, cast):
    for person in (cast.maya, cast.okafor, cast.ruiz):
        assert knows_name(placed(cast), person)
    assert not knows_name(placed(cast), cast.dana)
    assert knows_name(placed(cast, "agreed", agreed_at=date.today()), cast.dana)
