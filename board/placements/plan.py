"""The plan on the page: milestones with their days, the start, and how far the work has come."""

from collections.abc import Callable
from datetime import date

from flask_babel import gettext as _

from board.drawing import day
from board.home.steps import Step
from board.people.model import Person
from board.placements import before_start
from board.placements.dates import touching
from board.placements.match import look
from board.placements.model import RUNNING, Placement, PlacementMilestone, State
from board.placements.plan_actions import milestones_of, stamp_of
from board.placements.plan_forms import DatesForm, PlanForm, filled
from board.placements.plan_rules import (
    may_accept,
    may_plan,
    may_set_hand_in,
    may_tick,
    may_untick,
)
from board.placements.rules import MOVES
from board.school.model import Period, today

SOON = 3  # days before a milestone is due that the student is asked for it


def part(placement: Placement, me: Person) -> dict | None:
    """Two queries, some more before the start."""
    if placement.agreed_at is None:
        return None
    milestones = milestones_of(placement)
    stamp = stamp_of(placement, milestones)
    sets = may_set_hand_in(me, placement)
    form = None
    if may_plan(me, placement):
        form = filled(PlanForm, placement, milestones, stamp, sets)
    elif sets:
        form = filled(DatesForm, placement, dated(placement, milestones), stamp, sets)
    open_move = MOVES["start"].allows(me, placement)
    return {
        "milestones": milestones,
        "flags": flagging(placement, milestones),
        "done": sum(one.done_at is not None for one in milestones),
        "accepted": sum(one.accepted_at is not None for one in milestones),
        "form": form,
        "dated": dated(placement, milestones),
        "plans": may_plan(me, placement),
        "running": placement.state in RUNNING,
        "may_start": open_move,
        "missing": before_start.missing(placement, look(placement)) if open_move else [],
        "may": lambda what, one: MAY[what](me, placement, one),
        "today": today(),
    }


MAY = {"done": may_tick, "undone": may_untick, "accepted": may_accept}


def dated(placement: Placement, milestones: list[PlacementMilestone]) -> list[PlacementMilestone]:
    """Whose days can still be moved; a small project's day is that of the hand-in."""
    if placement.is_small or placement.state != State.ACTIVE:
        return []
    return [one for one in milestones if one.accepted_at is None]


def flagging(placement: Placement, milestones: list[PlacementMilestone]) -> Callable[[date | str | None], list[Period]]:
    """What a day (also one that is typed) lies in on which a student's work has to stand back; one query for all."""
    days = [placement.starts_on, placement.due_on, *(one.due_on for one in milestones)]
    known: list[date] = [one for one in days if one]
    periods = list(Period.between(min(known), max(known))) if known else []

    def flags(day: date | str | None) -> list[Period]:
        day = date.fromisoformat(day) if isinstance(day, str) else day
        return touching([day], periods).get(day, [])

    return flags


def next_step(placement: Placement, me: Person) -> Step | None:
    if placement.state == State.AGREED:
        return to_start(placement, me)
    if placement.state not in RUNNING or placement.is_small or placement.held_at:
        return None
    rows = milestones_of(placement)
    if me.is_employer:
        done = next((one for one in rows if may_accept(me, placement, one)), None)
        return done and Step("list-checks", _("Look at what is done"), done.title, "#plan", _("To the plan"))
    if me.is_student and placement.state == State.ACTIVE:
        return to_show(placement, me, rows)
    return None


def to_show(placement: Placement, me: Person, rows: list[PlacementMilestone]) -> Step | None:
    near = [one for one in rows if one.due_on and may_tick(me, placement, one) and (one.due_on - today()).days <= SOON]
    if not near:
        return None
    first = min(near, key=lambda one: one.due_on)
    words = _("It is due on %(day)s. Tick it off once it is done.", day=day(first.due_on))
    if first.due_on < today():
        words = _("It was due on %(day)s. Tick it off, or write how far along you are.", day=day(first.due_on))
    return Step("list-checks", first.title, words, "#plan", _("To the plan"))


def to_start(placement: Placement, me: Person) -> Step | None:
    """The employer's turn, once all is there; a teacher's too from the first day on."""
    begins, now_on = placement.starts_on, today()
    if not MOVES["start"].allows(me, placement) or (me.is_teacher and begins and now_on < begins):
        return None
    if before_start.missing(placement, look(placement)):
        return None
    words = _("Everything is ready.")
    if begins and now_on < begins:
        words = _("Everything is ready. It is planned to begin on %(day)s.", day=day(begins))
    return Step("play", _("Start the project"), words, "#start", _("To the start"))
