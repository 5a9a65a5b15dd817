"""A small project is closed by its employer on one page: that is their next step once the work is handed in."""

from flask_babel import gettext as _

from board.home.steps import Step
from board.people.model import Person
from board.placements.closing_actions import Closing, may_close
from board.placements.model import Placement
from board.placements.rules import runs


def next_step(placement: Placement, me: Person) -> Step | None:
    if not may_close(me, placement) or not runs(me, placement) or Closing.of(placement).is_done:
        return None
    words = _(
        "Accept the work, confirm the hours, say what is paid and how it was. It takes two minutes, then a teacher signs off."
    )
    return Step(
        "circle-check",
        _("Close it on one page"),
        words,
        f"/placements/{placement.id}/close",
        _("Look at the work and close"),
    )
