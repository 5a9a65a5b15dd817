"""Who is reminded of work, answers and pay: Steps the board makes by itself, each once for a placement and a day."""

from collections.abc import Iterator
from datetime import date, timedelta

from peewee import fn

from board.applications.model import Application
from board.applications.reminders import once
from board.db import now
from board.placements import payment_rules as rules
from board.placements.model import Delivery, Payment, Placement, State
from board.postings.model import Posting
from board.words import N_

DUE_IN = timedelta(days=2)
LATE_AFTER, VERY_LATE_AFTER, STALE = timedelta(days=1), timedelta(days=7), timedelta(days=14)
ANSWER_AFTER, ANSWER_LATE_AFTER = timedelta(days=3), timedelta(days=7)
PAY_STALE = timedelta(days=60)  # of a board that comes back from a long silence

DID = {
    "work_due": N_("Work that is due soon: %(num)s"),
    "work_late": N_("Work that is late: %(num)s"),
    "work_very_late": N_("Work that is a week late: %(num)s"),
    "answer_due": N_("Work that waits for an answer: %(num)s"),
    "answer_late": N_("Work that has waited for a week: %(num)s"),
    "pay_late": N_("Pay that is overdue: %(num)s"),
    "pay_unconfirmed": N_("Pay that nobody has confirmed: %(num)s"),
}


def remind(day: date) -> dict[str, int]:
    """Remind everybody of what is near or late on this day; how many of each were new."""
    return {
        "work_due": once("work_due", work(day, day + DUE_IN)),
        "work_late": once("work_late", work(day - VERY_LATE_AFTER + timedelta(days=1), day - LATE_AFTER)),
        "work_very_late": once("work_very_late", work(day - STALE, day - VERY_LATE_AFTER)),
        "answer_due": once("answer_due", unanswered(ANSWER_AFTER, ANSWER_LATE_AFTER)),
        "answer_late": once("answer_late", unanswered(ANSWER_LATE_AFTER, STALE)),
        "pay_late": once("pay_late", unpaid(day)),
        "pay_unconfirmed": once("pay_unconfirmed", unconfirmed(day)),
    }


def work(first: date, last: date) -> Iterator[tuple[Placement, dict]]:
    """What is under way and due between two days."""
    due = Placement.state == State.ACTIVE, Placement.held_at.is_null(), Placement.due_on.between(first, last)
    for placement in Placement.select().where(*due).order_by(Placement.id):
        yield placement, {"day": placement.due_on.isoformat()}


def unanswered(least: timedelta, most: timedelta) -> Iterator[tuple[Placement, dict]]:
    """Work that was handed in so long ago, and has no answer."""
    since = Delivery.delivered_at.between(now() - most + timedelta(seconds=1), now() - least)
    waits = Placement.state == State.DELIVERED, Placement.held_at.is_null(), Delivery.accepted.is_null(), since
    for delivery in Delivery.select(Delivery, Placement).join(Placement).where(*waits).order_by(Delivery.id):
        yield delivery.placement, {"day": delivery.delivered_at.date().isoformat()}


# -- pay


def late(day: date) -> tuple:
    """Conditions of a payment and its placement: see payment_rules.standing."""
    settled = (Placement.state != State.ENDED_EARLY) | (Payment.why != "")
    return (
        Placement.state.in_(rules.BEGUN), Placement.started_at.is_null(False), Payment.cents > 0, settled,
        Payment.due_on < day, Payment.paid_on.is_null(), Payment.received_on.is_null(),
    )  # fmt: skip


def not_confirmed(day: date) -> tuple:
    return Payment.paid_on <= day - rules.CONFIRM_WITHIN, Payment.received_on.is_null()


def payments_that_go_on():
    """On hold nobody can say anything of the pay, so nobody is asked to."""
    return Payment.select(Payment, Placement).join(Placement).where(Placement.held_at.is_null())


def unpaid(day: date) -> Iterator[tuple[Placement, dict]]:
    rows = payments_that_go_on().where(*late(day), Payment.due_on >= day - PAY_STALE)
    for payment in rows.order_by(Payment.id):
        yield payment.placement, {"day": payment.due_on.isoformat()}


def unconfirmed(day: date) -> Iterator[tuple[Placement, dict]]:
    rows = payments_that_go_on().where(*not_confirmed(day), Payment.paid_on >= day - PAY_STALE)
    for payment in rows.order_by(Payment.id):
        yield payment.placement, {"day": payment.paid_on.isoformat()}


def owing(employer_id: int, day: date) -> dict[str, int]:
    """How an employer stands with pay: {"late": overdue, "unconfirmed": paid as they say, and not confirmed for a week}."""
    theirs = Payment.select(fn.COUNT(Payment.id)).join(Placement).join(Application).join(Posting)
    theirs = theirs.where(Posting.employer == employer_id)
    return {"late": theirs.where(*late(day)).scalar(), "unconfirmed": theirs.where(*not_confirmed(day)).scalar()}
