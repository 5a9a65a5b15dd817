"""What people do with the plan: change it, move days, start, tick off, accept."""

from flask import Blueprint, abort, request
from flask_babel import gettext as _

from board.access import open_to, who
from board.drawing import day, translate
from board.moves import Refused, TooLate
from board.people.model import Role
from board.placements import page, plan_actions
from board.placements.answers import moved_on
from board.placements.model import Placement, PlacementMilestone
from board.placements.plan import dated
from board.placements.plan_actions import NotYet, milestones_of, stamp_of
from board.placements.plan_forms import DatesForm, PlanForm, rearranged
from board.placements.plan_rules import may_plan, may_set_hand_in
from board.placements.rules import MOVES

plan = Blueprint("plan", __name__)


@plan.post("/placements/<int:placement_id>/plan")
@open_to(Role.STUDENT, Role.TEACHER, Role.EMPLOYER)
def save(placement_id: int):
    """The whole plan, before the start. A button within it adds, removes or moves a row and saves nothing yet."""
    placement, me = page.load(placement_id), who()
    if not may_plan(me, placement):
        return moved_on(placement)
    sets, do = may_set_hand_in(me, placement), request.form.get("do", "")
    if do:
        return page.draw(placement, plan=PlanForm(placement, sets, formdata=rearranged(request.form, do)))
    form = PlanForm(placement, sets)
    if not form.validate():
        return page.draw(placement, 422, plan=form)
    try:
        plan_actions.save_plan(placement, me, form.plan(), form.day(), form.stamp.data or "")
    except TooLate as late:
        form.stamp.data = stamp_of(Placement.get_by_id(placement.id), milestones_of(placement))  # they have seen it now
        return moved_on(placement, late, plan=form)
    return page.answer(placement, _("The plan is saved."), at="plan")


@plan.post("/placements/<int:placement_id>/dates")
@open_to(Role.TEACHER, Role.EMPLOYER)
def dates(placement_id: int):
    """Days alone; before the start the whole plan has a form of its own."""
    placement, me = page.load(placement_id), who()
    if may_plan(me, placement) or not may_set_hand_in(me, placement):
        return moved_on(placement)
    form = DatesForm(placement, True)
    if not form.validate():
        return page.draw(placement, 422, plan=form)
    days = form.days(dated(placement, milestones_of(placement)))
    try:
        plan_actions.move_dates(placement, me, days, form.day(), form.stamp.data or "")
    except TooLate as late:
        return moved_on(placement, late)
    return page.answer(placement, _("The days are saved. Everybody concerned is told."), at="plan")


@plan.post("/placements/<int:placement_id>/start")
@open_to(Role.TEACHER, Role.EMPLOYER)
def start(placement_id: int):
    placement, me = page.load(placement_id), who()
    if not MOVES["start"].allows(me, placement):
        return moved_on(placement)
    try:
        plan_actions.start(placement, me)
    except NotYet as lacking:
        words = " ".join(translate(one.words, **one.values) for one in lacking.missing)
        return page.draw(placement, 422, f"{translate(lacking.words)} {words}")
    except TooLate as late:
        return moved_on(placement, late)
    except Refused as refused:
        return page.draw(placement, 422, translate(refused.words, **refused.values))
    return page.answer(placement, started(placement), at="plan")


def started(placement: Placement) -> str:
    if placement.due_on:
        return _("The project has started. The work is handed in by %(day)s.", day=day(placement.due_on))
    return _("The project has started.")


DO = {"done": plan_actions.tick, "undone": plan_actions.untick, "accepted": plan_actions.accept}


@plan.post("/placements/<int:placement_id>/milestones/<int:milestone_id>/<what>")
@open_to(Role.STUDENT, Role.EMPLOYER)
def mark(placement_id: int, milestone_id: int, what: str):
    """Done, not done after all, accepted."""
    placement = page.load(placement_id) if what in DO else abort(404)
    milestone = PlacementMilestone.get_or_none(
        PlacementMilestone.id == milestone_id, PlacementMilestone.placement == placement
    ) or abort(404)
    try:
        DO[what](milestone, placement, who())
    except TooLate as late:
        return moved_on(placement, late)
    said = {
        "done": _("“%(title)s” is done. The employer has a look.", title=milestone.title),
        "undone": _("“%(title)s” is open again.", title=milestone.title),
        "accepted": _("“%(title)s” is accepted.", title=milestone.title),
    }
    return page.answer(placement, said[what], at="plan")
