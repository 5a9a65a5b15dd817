"""How a placement stops before its time: the way there while it goes on, and what is left to settle once it has ended."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from peewee import fn

from board.drawing import hours as length
from board.drawing import money
from board.people.model import Person
from board.placements.ending_forms import HoldForm
from board.placements.model import HoursEntry, HoursState, Payment, Placement, State
from board.placements.once import given_in
from board.placements.payment_rules import is_open
from board.placements.rules import MOVES, may_hold


@dataclass(frozen=True)
class Left:
    """Something to settle, and whether it is."""

    words: str
    done: bool


def part(placement: Placement, me: Person) -> dict | None:
    may_end, may_stop = MOVES["end_early"].allows(me, placement), may_hold(me, placement)
    ended = placement.state == State.ENDED_EARLY
    if not (may_end or may_stop or ended):
        return None
    return {
        "may_end": may_end, "may_hold": may_stop, "ended": ended, "left": left_of(placement, me) if ended else [],
        "hold_form": HoldForm(formdata=None, prefix="hold-"),
    }  # fmt: skip


def hours_of(placement: Placement) -> dict[str, tuple[int, int]]:
    """Minutes and entries, by state."""
    query = HoursEntry.select(HoursEntry.state, fn.SUM(HoursEntry.minutes), fn.COUNT(HoursEntry.id))
    return {
        state: (minutes, count)
        for state, minutes, count in query.where(HoursEntry.placement == placement).group_by(HoursEntry.state).tuples()
    }


def left_of(placement: Placement, me: Person) -> list[Left]:
    """What is still to be done between the two, and what is. Nothing, where the work had not begun."""
    if placement.started_at is None:
        return []
    hours = hours_of(placement)
    open_entries = sum(count for state, (_minutes, count) in hours.items() if state != HoursState.CONFIRMED)
    confirmed = hours.get(HoursState.CONFIRMED, (0, 0))[0]
    payment = Payment.get_or_none(Payment.placement == placement)
    given = given_in(placement)
    found = []
    if open_entries:
        found.append(
            Left(
                ngettext(
                    "One entry of hours waits to be confirmed.",
                    "%(num)d entries of hours wait to be confirmed.",
                    open_entries,
                ),
                False,
            )
        )
    else:
        found.append(
            Left(
                _("Hours confirmed: %(hours)s.", hours=length(confirmed)) if confirmed else _("No hours were logged."),
                True,
            )
        )
    found.append(owed(placement, payment, confirmed or open_entries))
    if not me.is_employer:
        found.append(
            Left(
                _("Feedback from the student: given.")
                if given.student
                else _("Feedback from the student: not given yet."),
                bool(given.student),
            )
        )
    if not me.is_student:
        found.append(
            Left(
                _("Feedback from the employer: given.")
                if given.employer
                else _("Feedback from the employer: not given yet."),
                bool(given.employer),
            )
        )
    return found


def owed(placement: Placement, payment: Payment | None, worked) -> Left:
    """What the employer still owes for what was done."""
    if payment and payment.received_on:
        return Left(_("Paid and received: %(pay)s.", pay=money(payment.cents)), True)
    if payment and not is_open(payment, placement):
        if not payment.cents:
            return Left(_("Nothing is owed."), True)
        return Left(_("Owed for what was done: %(pay)s.", pay=money(payment.cents)), bool(payment.paid_on))
    if payment or worked:  # also where nobody has logged anything: somebody says so, and that is an answer
        return Left(
            _(
                "What is owed for the work done so far is not written down yet. Agreed for the whole project: %(pay)s.",
                pay=money(placement.pay_cents) or _("not given"),
            ),
            False,
        )
    return Left(_("Nothing is owed, unless you have agreed otherwise."), True)
