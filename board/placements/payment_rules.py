"""What is owed for a placement, how it stands, and who may say what of it. Pure: the board moves no money."""

from datetime import date, timedelta

from board.people.model import Person
from board.placements.model import RUNNING, Payment, Placement, State
from board.placements.rules import is_party, runs
from board.words import N_, Labelled

PAY_WITHIN = timedelta(days=14)  # after the work is due, where the agreement names no day
CONFIRM_WITHIN = timedelta(days=7)  # a check may be in the mail so long
BEGUN = (*RUNNING, State.COMPLETED, State.ENDED_EARLY)


class Standing(Labelled):
    OPEN = "open", N_("To be settled")  # ended early: nobody has said yet what is owed
    NOTHING = "nothing", N_("Nothing owed")
    OWED = "owed", N_("Not paid yet")
    LATE = "late", N_("Overdue")
    PAID = "paid", N_("Paid, not confirmed yet")
    UNCONFIRMED = "unconfirmed", N_("Paid, not confirmed for a week")
    RECEIVED = "received", N_("Received")


OVERDUE = (Standing.LATE, Standing.UNCONFIRMED)


def standing(payment: Payment, placement: Placement, day: date) -> Standing:
    if payment.received_on:
        return Standing.RECEIVED
    if payment.paid_on:
        return Standing.UNCONFIRMED if payment.paid_on + CONFIRM_WITHIN <= day else Standing.PAID
    if is_open(payment, placement):
        return Standing.OPEN
    if not payment.cents:
        return Standing.NOTHING
    if placement.started_at and payment.due_on and payment.due_on < day:
        return Standing.LATE
    return Standing.OWED


def is_open(payment: Payment, placement: Placement) -> bool:
    """It ended early, and what is owed for what was done has not been written down."""
    return placement.state == State.ENDED_EARLY and not payment.why and not payment.paid_on and not payment.received_on


def has_begun(placement: Placement) -> bool:
    return placement.started_at is not None and placement.state in BEGUN


def is_final(payment: Payment) -> bool:
    """Both sides have said so: nobody changes it any more."""
    return bool(payment.paid_on and payment.received_on)


def may_say_paid(person: Person, placement: Placement, payment: Payment) -> bool:
    """Its employer, until the student has confirmed what they said."""
    open_still = not is_final(payment) and payment.cents > 0 and not is_open(payment, placement)
    return person.is_employer and runs(person, placement) and has_begun(placement) and open_still


def may_say_received(person: Person, placement: Placement, payment: Payment) -> bool:
    open_still = not is_final(payment) and payment.cents > 0 and not is_open(payment, placement)
    return person.is_student and runs(person, placement) and has_begun(placement) and open_still


def may_change_sum(person: Person, placement: Placement, payment: Payment) -> bool:
    """The employer may promise more; less is for the school alone to write down."""
    goes_on = placement.agreed_at is not None and placement.state != State.NOT_AGREED
    goes_on = goes_on and not payment.paid_on and not payment.received_on
    return not person.is_student and runs(person, placement) and goes_on and not is_open(payment, placement)


def may_settle(person: Person, placement: Placement, payment: Payment) -> bool:
    """Say what is owed after it ended early; on hold that is for the school alone."""
    who = is_party(person, placement) and (person.is_teacher or (person.is_employer and not placement.held_at))
    return who and is_open(payment, placement)
