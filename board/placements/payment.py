"""The part of a placement's page that says what is owed, and what each side says of it."""

from flask_babel import gettext as _

from board.drawing import day, money
from board.home.steps import Step
from board.people.model import Person
from board.placements import handing_in, payment_actions
from board.placements import payment_rules as rules
from board.placements.model import Placement, State
from board.placements.naming import Names
from board.placements.payment_forms import PaidForm, ReceivedForm, SettleForm, SumForm
from board.placements.payment_rules import OVERDUE, Standing
from board.school.model import today

TONES = {
    Standing.OPEN: ("look", "circle-help"), Standing.NOTHING: ("quiet", "minus"), Standing.OWED: ("wait", "hourglass"),
    Standing.LATE: ("stop", "triangle-alert"), Standing.PAID: ("wait", "hourglass"),
    Standing.UNCONFIRMED: ("look", "triangle-alert"), Standing.RECEIVED: ("good", "circle-check"),
}  # fmt: skip


def part(placement: Placement, me: Person) -> dict | None:
    payment = payment_actions.of(placement)
    if payment is None or placement.agreed_at is None:
        return None
    how = rules.standing(payment, placement, today())
    day_of = {"day": today()}
    return {
        "payment": payment, "standing": how, "tone": TONES[how],
        "says_paid": rules.may_say_paid(me, placement, payment),
        "asks": how in OVERDUE or how == Standing.PAID or is_due(placement),
        "says_received": rules.may_say_received(me, placement, payment),
        "changes_sum": rules.may_change_sum(me, placement, payment),
        "settles": rules.may_settle(me, placement, payment),
        "paid_form": PaidForm(formdata=None, data={"day": payment.paid_on} if payment.paid_on else day_of),
        "received_form": ReceivedForm(formdata=None, data={"day": payment.received_on} if payment.received_on else day_of),
        "sum_form": SumForm(formdata=None, data={"before": payment.cents}), "settle_form": SettleForm(formdata=None),
    }  # fmt: skip


def next_step(placement: Placement, me: Person) -> Step | None:
    payment = payment_actions.of(placement)
    if payment is None or placement.agreed_at is None:
        return None
    how, names = rules.standing(payment, placement, today()), Names(placement, me)
    if rules.may_settle(me, placement, payment):
        return Step(
            "dollar-sign", _("Write down what is owed"),
            _("It ended early. Say what %(student)s gets for what was done, and why; nothing is an answer too.", student=names.student),
            "#payment", _("Go to the pay"),
        )  # fmt: skip
    if how in (Standing.PAID, Standing.UNCONFIRMED) and rules.may_say_received(me, placement, payment):
        return Step(
            "dollar-sign", _("Has your pay come?"),
            _("%(employer)s says it was paid on %(day)s. Look, and say when it came.", employer=names.employer, day=day(payment.paid_on)),
            "#payment", _("Go to the pay"),
        )  # fmt: skip
    owes = how == Standing.LATE or (how == Standing.OWED and is_due(placement))
    if owes and rules.may_say_paid(me, placement, payment):
        when = _("It was due on %(day)s.", day=day(payment.due_on)) if how == Standing.LATE else (
            _("It is due on %(day)s.", day=day(payment.due_on)) if payment.due_on else ""
        )  # fmt: skip
        return Step(
            "dollar-sign", _("Pay %(student)s %(sum)s", student=names.student, sum=money(payment.cents)),
            f"{when} {_('The board moves no money: pay as agreed, then say here on which day.')}".strip(),
            "#payment", _("Go to the pay"),
        )  # fmt: skip
    return None


def is_due(placement: Placement) -> bool:
    """The work is there: nothing stands before the pay any more."""
    if placement.state in (State.COMPLETED, State.ENDED_EARLY):
        return True
    return placement.state == State.DELIVERED and handing_in.work_of(placement).is_accepted
