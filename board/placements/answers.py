"""How a part of the page says no: the same way in all of them."""

from flask_babel import gettext as _

from board.drawing import said
from board.moves import Step, TooLate
from board.placements import page
from board.placements.model import Placement
from board.words import Said


def moved_on(placement: Placement, late: Said | None = None, **typed):
    """It is no longer so: the page as it stands now, and a sentence at its head. What was typed is kept."""
    placement = page.load(placement.id)
    if placement.held_at:
        words = _("This project is on hold. Nothing can be changed until the school lifts that.")
    else:
        last = Step.of(placement).order_by(Step.id.desc()).first()
        words = said(late or TooLate(last, placement.state_label))
    return page.draw(placement, 409, words, **typed)
