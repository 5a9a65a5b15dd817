"""Check-ins on the page: is all well? One click says so; a call for help stands until a teacher has looked after it."""

from datetime import date

from flask_babel import gettext as _

from board.home.steps import Step
from board.moves import Step as Moved
from board.people.model import Person
from board.placements.check_in_rules import may_answer, may_read, may_settle
from board.placements.history import steps_of
from board.placements.model import CheckIn, Placement
from board.placements.once import once
from board.school.model import today


def check_ins_of(placement: Placement, me: Person) -> list[CheckIn]:
    """Those this person may read, the newest first."""
    rows = placement.check_ins.order_by(CheckIn.due_on.desc(), CheckIn.id)
    return [one for one in rows if may_read(me, one)]


def check_ins_in(placement: Placement, me: Person) -> list[CheckIn]:
    """The same for a page, which asks twice."""
    return once(placement, "check_ins", lambda it: check_ins_of(it, me))


def part(placement: Placement, me: Person) -> dict | None:
    """One query, and for the school the history, which the page asks for anyway."""
    rows = check_ins_in(placement, me)
    if not rows:
        return None
    open_ = [one for one in rows if may_answer(me, placement, one)]
    return {
        "rows": rows,
        "open": open_[:1],
        "help": [one for one in rows if one.well is False and not one.settled_at],
        "past": [one for one in rows if one.well is not None or not open_],
        "may_settle": lambda one: may_settle(me, placement, one),
        "settled": words_of(placement) if me.is_teacher else {},
        "both": me.is_teacher,
        "today": today(),
    }


def words_of(placement: Placement) -> dict[int, Moved]:
    """By check-in: the Step that settled it."""
    return {step.facts.get("check_in"): step for step in steps_of(placement) if step.move == "check_in_settle"}


def next_step(placement: Placement, me: Person) -> Step | None:
    rows = check_ins_in(placement, me)
    if any(may_settle(me, placement, one) for one in rows):
        words = _("A call for help on this project waits for a teacher.")
        return Step("hand-heart", _("Somebody needs help"), words, "#checkins", _("Have a look"))
    due: date | None = max((one.due_on for one in rows if may_answer(me, placement, one)), default=None)
    if due is None:
        return None
    words = _("Once a week each side says so with one click, and a teacher hears when somebody needs help.")
    return Step("hand-heart", _("Time to check in"), words, "#checkins", _("To the check-in"))
