"""The list "Before the start" on the placement's page: what is done, what is missing, and whose turn it is."""

from flask_babel import gettext as _

from board.people.model import Person, Role
from board.placements import before_start
from board.placements.match import look
from board.placements.model import Placement, State


def part(placement: Placement, me: Person) -> dict | None:
    if placement.state != State.AGREED:
        return None
    items = [item for item in before_start.items(placement, look(placement)) if item.name != "agreed"]
    items.sort(key=lambda item: item.done)  # what is left first
    return {
        "items": items,
        "left": sum(not item.done for item in items),
        "turns": {item.name: turn(item, me) for item in items if not item.done},
    }


def turn(item: before_start.Item, me: Person) -> str:
    """Whose turn it is, in words for this reader."""
    if item.is_turn_of(me):
        return _("Your turn")
    names = {Role.STUDENT: _("The student's turn"), Role.EMPLOYER: _("The employer's turn"), Role.TEACHER: _("The school's turn")}  # fmt: skip
    return names[item.turn[0]] if item.turn else ""
