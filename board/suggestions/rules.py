"""Who may do what with a suggestion, and how many a student may have. Pure."""

from board.moves import Move
from board.people.model import Person, Role
from board.suggestions.model import State, Suggestion
from board.words import N_

WAITING_MOST = 3  # of one student at a time: a coordinator writes to each by hand
A_DAY = 5  # also those taken back again

COORDINATOR = (Role.COORDINATOR,)


def own(person: Person, suggestion: Suggestion) -> bool:
    return person.id == suggestion.student_id


MOVES = {
    move.name: move
    for move in (
        Move("invite", N_("Invite them"), (State.WAITING,), State.INVITED, COORDINATOR),
        Move("pass_on", N_("Pass it on"), (State.WAITING,), State.INVITED, COORDINATOR),
        Move("decline", N_("Not this time"), (State.WAITING,), State.DECLINED, COORDINATOR, reason=True, danger=True),
        Move("take_back", N_("Take back"), (State.WAITING,), State.TAKEN_BACK, (Role.STUDENT,), own, quiet=True),
    )
}


def may_suggest(person: Person) -> bool:
    return person.is_student and person.ended_at is None
