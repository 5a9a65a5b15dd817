"""The teacher's sign-off on the page of a placement: what is there, what is missing, and whom to remind."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from board.drawing import day, money, waited
from board.drawing import hours as length
from board.home.steps import Step
from board.people.model import Person
from board.placements import payment_actions
from board.placements.ending import hours_of
from board.placements.ending_forms import SignOffForm
from board.placements.model import HoursState, Party, Placement, State
from board.placements.naming import Names
from board.placements.once import given_in, last_in, ready_in
from board.placements.rules import MOVES
from board.school.model import today


@dataclass(frozen=True)
class Check:
    """A line of the list. `level`: passed, look, blocks. `side`: who can settle it."""

    level: str
    words: str
    small: str = ""
    side: str = ""


def part(placement: Placement, me: Person) -> dict | None:
    """While it waits for the sign-off; and after it, as long as pay or feedback is missing."""
    if not me.is_teacher or placement.state not in (State.DELIVERED, State.COMPLETED) or placement.held_at:
        return None
    delivered = placement.state == State.DELIVERED
    checks = checks_of(placement, me)
    if not delivered and all(check.level == "passed" for check in checks):
        return None
    ready = ready_in(placement)
    contact = placement.posting.contact
    return {
        "checks": checks, "form": SignOffForm(formdata=None), "may": delivered and MOVES["complete"].allows(me, placement),
        "waiting": ready.waiting, "silent": ready.is_silent(today()), "accepted": ready.accepted, "silent_from": ready.silent_from,
        "completed": placement.state == State.COMPLETED, "contact": contact if contact and not contact.ended_at else None,
    }  # fmt: skip


def checks_of(placement: Placement, me: Person) -> list[Check]:
    """Handed in, accepted, hours, pay, feedback."""
    names = Names(placement, me)
    return [
        *of_work(placement, names), of_hours(placement, names), *of_pay(placement, names), *of_feedback(placement, names),
    ]  # fmt: skip


def of_work(placement: Placement, names: Names) -> list[Check]:
    last = last_in(placement)
    if last is None:
        return [Check("blocks", _("Nothing is handed in."), side=Party.STUDENT)]
    handed = Check("passed", _("%(who)s handed the work in on %(day)s.", who=names.student, day=day(last.delivered_at)))
    if last.accepted:
        return [
            handed,
            Check("passed", _("%(who)s accepted it on %(day)s.", who=names.employer, day=day(last.answered_at))),
        ]
    time = waited(last.delivered_at)
    small = _("Waits for %(time)s.", time=time) if time != _("today") else ""
    return [handed, Check("blocks", _("%(who)s has not accepted it yet.", who=names.employer), small, Party.EMPLOYER)]


def of_hours(placement: Placement, names: Names) -> Check:
    hours = hours_of(placement)
    total = length(hours.get(HoursState.CONFIRMED, (0, 0))[0])
    estimate = length((placement.hours or 0) * 60)
    logged, queried = (hours.get(state, (0, 0))[1] for state in (HoursState.LOGGED, HoursState.QUERIED))
    of = _("%(hours)s confirmed, of %(estimate)s estimated.", hours=total, estimate=estimate)
    if logged:
        words = ngettext(
            "One entry of hours waits for %(who)s.",
            "%(num)d entries of hours wait for %(who)s.",
            logged,
            who=names.employer,
        )
        return Check("blocks", words, of, Party.EMPLOYER)
    if queried:
        words = ngettext(
            "%(who)s is asked about one entry of hours.",
            "%(who)s is asked about %(num)d entries of hours.",
            queried,
            who=names.student,
        )
        return Check("blocks", words, of, Party.STUDENT)
    if not hours:
        return Check("look", _("No hours were logged."), _("The experience would show no hours."), Party.STUDENT)
    return Check("passed", _("Hours: %(hours)s confirmed, of %(estimate)s estimated.", hours=total, estimate=estimate))


def of_pay(placement: Placement, names: Names) -> list[Check]:
    if not placement.pay_cents:
        return []
    payment = payment_actions.of(placement)
    pay = money(payment.cents if payment else placement.pay_cents)
    later = _("You can sign off before that.")
    if payment and payment.received_on:
        return [Check("passed", _("%(pay)s received, says %(who)s.", pay=pay, who=names.student))]
    if payment and payment.paid_on:
        words = _("%(pay)s paid on %(day)s, says %(who)s.", pay=pay, day=day(payment.paid_on), who=names.employer)
        return [Check("look", words, _("%(who)s has not said that it came.", who=names.student), Party.STUDENT)]
    return [Check("look", _("%(pay)s not paid yet, as far as we know.", pay=pay), later, Party.EMPLOYER)]


def of_feedback(placement: Placement, names: Names) -> list[Check]:
    given = given_in(placement)
    found = []
    for side, row, name in (
        (Party.EMPLOYER, given.employer, names.employer),
        (Party.STUDENT, given.student, names.student),
    ):
        if row:
            found.append(Check("passed", _("%(who)s gave feedback.", who=name)))
        else:
            found.append(Check("look", _("%(who)s has not given feedback.", who=name), side=side))
    return found


def next_step(placement: Placement, me: Person) -> Step | None:
    """A teacher signs off when nothing is missing, or when the employer has been silent for long."""
    if not me.is_teacher or not MOVES["complete"].allows(me, placement):
        return None
    ready = ready_in(placement)
    if ready.accepted and not ready.waiting:
        words = _(
            "The work is accepted and the hours are confirmed. With your sign-off it becomes an experience the student can show."
        )
        return Step("badge-check", _("Sign it off"), words, "#completing", _("To the sign-off"))
    if ready.is_silent(today()):
        words = _(
            "The work was handed in on %(day)s and nobody has answered. Call them, or sign off without their answer.",
            day=day(ready.handed_in),
        )
        return Step("clock", _("The employer is silent"), words, "#completing", _("See what is there"))
    return None
