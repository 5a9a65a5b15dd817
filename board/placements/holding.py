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
from board.words import N_

# why the board itself has put one on hold, by the move it followed
WHY_HELD = {
    "suspended": N_("The employer was suspended."),
    "supervisor": N_("The worksite supervisor has to be checked again. Name somebody else below, or ask a coordinator."),
    "guardian_no": N_("A parent or guardian has taken their yes back. Talk to them, then lift the hold or end it."),
    "guardian_refused": N_("A parent or guardian has said no. Talk to them, then lift the hold or end it."),
    "own_no": N_("The student is 18 now and does not want contact shared any more. Talk to them, then lift the hold or end it."),
    "age": N_("The student's birth date was put right, and at this age the work may not go on as it is planned. Change the days or the times, then lift the hold, or end it."),
    "not_shown": N_("Employers may no longer see anything about this student. Talk to the family, then end it, or let the student be shown again."),
}  # fmt: skip


def part(placement: Placement, me: Person) -> dict | None:
    undecided = me.is_teacher and asks_for_decision(placement)
    if not placement.held_at and not undecided:
        return None
    held = Step.of(placement).where(Step.move == "hold").order_by(Step.id.desc()).first() if placement.held_at else None
    return {
        "held_at": placement.held_at,
        "by": held.person if held and me.is_teacher else None,
        "words": words_of(held) if held and me.is_teacher else "",
        "may_lift": lifts(me, placement),
        "undecided": undecided,
        "student_left": bool(placement.student.ended_at),
        "lift_form": WordsForm(formdata=None, prefix="lift-"),
        "keep_form": WordsForm(formdata=None, prefix="keep-"),
    }


def words_of(held: Step) -> str:
    why = held.facts.get("why")
    return _(WHY_HELD[why]) if why in WHY_HELD else held.facts.get(FOR_SCHOOL, "")


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
