"""What is said of the pay of a placement: what is owed, when it was paid, when it came. Each is one transaction and a Step."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from board.db import database
from board.moves import NotAllowed, Refused, Step, TooLate, follows
from board.people.model import STAFF, Person, Role
from board.placements import payment_rules as rules
from board.placements.actions import note
from board.placements.model import Agreement, Payment, Placement
from board.school.model import School, today
from board.words import N_

MOST = 1_000_000  # cents: what a posting may pay at most
PAYS, EARNS, SETTLES = (Role.EMPLOYER,), (Role.STUDENT,), (Role.EMPLOYER, *STAFF)
May = Callable[[Person, Placement, Payment], bool]


@follows("placement", "agree", "change_agreement", "change_plan", "move_hand_in", "start")
def take_terms(placement: Placement, step: Step | None = None) -> Payment | None:
    """What is agreed becomes what is owed. Called again whenever the training agreement names another day or way; what
    somebody has since said of sum or dates stays. Before a teacher has agreed nothing is owed."""
    placement = Placement.get_by_id(placement.id)
    if not placement.pay_cents or placement.agreed_at is None:
        return None
    agreement = Agreement.get_or_none(Agreement.placement == placement)
    due = agreement.pay_by if agreement and agreement.pay_by else None
    if due is None and placement.due_on:
        due = placement.due_on + rules.PAY_WITHIN
    how = (agreement.pay_how if agreement else "") or placement.posting.paid_how[:300]
    made, new = Payment.get_or_create(
        placement=placement, defaults={"cents": placement.pay_cents, "due_on": due, "how": how}
    )
    if not new:
        Payment.update(due_on=due, how=how).where(Payment.id == made.id).execute()
    return made


@follows("placement", "end_early")
def reopen(placement: Placement, step: Step) -> None:
    """What was never begun is not owed; for the rest somebody says how much. A reason for another sum was for the whole."""
    of_it = Payment.placement == placement
    if placement.started_at is None:
        Payment.delete().where(of_it).execute()
    else:
        Payment.update(why="").where(of_it, Payment.paid_on.is_null(), Payment.received_on.is_null()).execute()


def of(placement: Placement) -> Payment | None:
    """Asked once, however many parts of a page want to know."""
    if "payment" not in placement.__dict__:
        placement.__dict__["payment"] = Payment.get_or_none(Payment.placement == placement)
    return placement.__dict__["payment"]


def fresh(placement: Placement, person: Person, by: tuple[Role, ...], may: May) -> Payment:
    """The payment as it stands now, with the database locked. Raises NotAllowed for others, Refused on hold, TooLate
    when it has moved on since the form was drawn."""
    placement = Placement.get_by_id(placement.id)
    payment = Payment.get_or_none(Payment.placement == placement) or (placement.agreed_at and take_terms(placement))
    if person.role not in by or not rules.is_party(person, placement):
        raise NotAllowed("payment")
    if payment is None or not may(person, placement, payment):
        if placement.held_at:
            raise Refused(N_("This is on hold. A coordinator has to lift that first."))
        raise TooLate(None)
    return payment


def first_day(placement: Placement) -> date:
    """The day on which the work began, at the school: nobody is paid before."""
    started: datetime = placement.started_at.replace(tzinfo=UTC)
    days = [started.astimezone(School.here().zone).date(), placement.starts_on]
    return min(day for day in days if day)


def check_day(placement: Placement, day: date) -> None:
    if day > today():
        raise Refused(N_("This day lies ahead. Write it down once it has happened."))
    if day < first_day(placement):
        raise Refused(N_("This day lies before the start of the project."))


def say_paid(placement: Placement, person: Person, day: date | None) -> Step:
    """The employer has paid on a day; None takes that back."""
    with database.atomic():
        payment = fresh(placement, person, PAYS, rules.may_say_paid)
        if day:
            check_day(placement, day)
        Payment.update(paid_on=day).where(Payment.id == payment.id).execute()
        return note(placement, "say_paid" if day else "unpay", person, **({"day": day.isoformat()} if day else {}))


def say_received(placement: Placement, person: Person, day: date | None) -> Step:
    """The pay has reached the student on a day; None takes that back."""
    with database.atomic():
        payment = fresh(placement, person, EARNS, rules.may_say_received)
        if day:
            check_day(placement, day)
        Payment.update(received_on=day).where(Payment.id == payment.id).execute()
        return note(
            placement, "say_received" if day else "unreceive", person, **({"day": day.isoformat()} if day else {})
        )


def change_sum(placement: Placement, person: Person, before: int, cents: int, why: str) -> Step:
    """Another sum than agreed, with words. An employer may promise more; less is for the school to write down, once a
    teacher has spoken with both. `before`: the sum that this person has read."""
    check_sum(cents, why)
    with database.atomic():
        payment = fresh(placement, person, SETTLES, rules.may_change_sum)
        if payment.cents != before:
            raise TooLate(None)
        if cents == payment.cents:
            raise Refused(N_("That is already the amount."))
        if cents < payment.cents and not person.is_teacher:
            raise Refused(N_("You can promise more. To pay less than agreed, speak with the teacher: only the school can write that down."))  # fmt: skip
        Payment.update(cents=cents, why=why).where(Payment.id == payment.id).execute()
        return note(placement, "change_pay", person, why, cents=cents, before=payment.cents)


def settle(placement: Placement, person: Person, cents: int, why: str) -> Step:
    """What is owed after it ended early, from nothing up, and why."""
    check_sum(cents, why)
    with database.atomic():
        payment = fresh(placement, person, SETTLES, rules.may_settle)
        Payment.update(cents=cents, why=why).where(Payment.id == payment.id).execute()
        return note(placement, "settle_pay", person, why, cents=cents, before=payment.cents)


def check_sum(cents: int, why: str) -> None:
    if not 0 <= cents <= MOST:
        raise Refused(N_("Give an amount from 0 up to $10,000."))
    if not why.strip():
        raise Refused(N_("Say why, in words that all three can read."))
