"""At the head of the page: that a placement is on hold, or that somebody in it is gone and the school has to decide."""

from flask_babel import gettext as _

from board.home.steps import Step as Next
from board.moves import Step
from board.people.model import Person
from board.placements.actions import FOR_SCHOOL
from board.placements.ending_forms import WordsForm
from board.placements.hold_actions import asks_for_decision
from board.placements.keeping import kept_in
from board.placements.model import Placement
from board.placements.rules import may_lift


def part(placement: Placement, me: Person) -> dict | None:
    undecided = me.is_teacher and asks_for_decision(placement)
    if not placement.held_at and not undecided:
        return None
    held = Step.of(placement).where(Step.move == "hold").order_by(Step.id.desc()).first() if placement.held_at else None
    return {
        "held_at": placement.held_at,
        "by": held.person if held and me.is_teacher else None,
        "words": held.facts.get(FOR_SCHOOL, "") if held and me.is_teacher else "",
        "may_lift": lifts(me, placement),
        "undecided": undecided,
        "student_left": bool(placement.student.ended_at),
        "lift_form": WordsForm(formdata=None, prefix="lift-"),
        "keep_form": WordsForm(formdata=None, prefix="keep-"),
    }


def lifts(me: Person, placement: Placement) -> bool:
    """A coordinator, unless it is held for a reason that is not theirs to know."""
    return may_lift(me, placement) and not kept_in(placement).hold


def next_step(placement: Placement, me: Person) -> Next | None:
    if lifts(me, placement):
        words = _("Nobody can do anything here until you lift the hold, or it ends.")
        return Next("pause", _("Look into it, and lift the hold"), words, "#holding", _("To what was written"))
    if me.is_teacher and asks_for_decision(placement):
        words = _("Both sides wait for the school: let it go on, put it on hold, or end it.")
        return Next("triangle-alert", _("Decide how this goes on"), words, "#holding", _("Decide"))
    return None
