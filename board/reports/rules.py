"""Who may settle a report."""

from board.moves import Move
from board.people.model import Role
from board.reports.model import State
from board.words import N_

MOVES = {
    "settle": Move("settle", N_("Settled"), (State.OPEN,), State.SETTLED, (Role.COORDINATOR,), reason=True),
}
