"""Whose turn it is in a placement, and what to do. Pure: asked of the facts that waiting.py finds."""

from dataclasses import dataclass
from datetime import date, timedelta

from board.people.model import Person
from board.placements.agreement_rules import SIGNERS
from board.placements.hours_rules import CONFIRMED_IN
from board.placements.model import BEFORE_START, OPEN, RUNNING, Party, State
from board.placements.payment_rules import Standing, standing
from board.placements.waiting import Facts
from board.school.model import day_of
from board.words import N_, Said

SOON = timedelta(days=3)  # so near to its last day, handing in comes first
SILENT = timedelta(days=7)  # nobody has answered for so long


@dataclass(frozen=True)
class Turn:
    """What one side should do now. `at`: the part of the page; `since`: how long it has waited; `urgent`: it is late."""

    said: Said
    at: str
    since: date
    urgent: bool = False
    calm: bool = False  # good to know, nobody waits for it


def turn(facts: Facts, person: Person, today: date) -> Turn | None:
    """The first thing that waits for this person, or None when it is nobody's turn or another's. Pure."""
    if facts.placement.held_at and not person.is_teacher:
        return None
    if person.is_student:
        return students_turn(facts, today)
    return teachers_turn(facts, today) if person.is_teacher else employers_turn(facts, today)


def students_turn(facts: Facts, today: date) -> Turn | None:
    placement, began = facts.placement, begun(facts)
    if placement.state in OPEN and facts.needs_own_yes:
        return Turn(Said(N_("You are 18 now: say yes yourself")), "own-yes", began)
    if placement.state == State.AGREED and facts.can_sign(Party.STUDENT):
        return Turn(Said(N_("Read and sign the training agreement")), "agreement", began)
    if placement.state == State.ACTIVE:
        if Party.STUDENT in facts.check_in_due:
            return Turn(Said(N_("Say whether all is well")), "checkins", facts.check_in_due[Party.STUDENT])
        if facts.asked_about:
            return Turn(Said(N_("Your employer asks about your hours")), "hours", facts.last_worked or began)
        if facts.delivery and facts.delivery.accepted is False:
            return Turn(
                Said(N_("Hand in again: changes were asked for")), "handing_in", day_of(facts.delivery.answered_at)
            )
        if placement.due_on and placement.due_on <= today + SOON:
            return Turn(Said(N_("Hand in your work")), "handing_in", placement.due_on, placement.due_on < today)
        if facts.milestone and facts.milestone.due_on and facts.milestone.due_on <= today + SOON:
            since = facts.milestone.due_on
            return Turn(Said(N_("Next: %(milestone)s"), milestone=facts.milestone.title), "plan", since, since < today)
        since = facts.last_worked or began
        if since + SILENT <= today:
            return Turn(Said(N_("Log your hours")), "hours", since, calm=True)
        return Turn(Said(N_("Make it, then hand it in")), "handing_in", placement.due_on or since, calm=True)
    if placement.state == State.DELIVERED and facts.asked_about:
        return Turn(Said(N_("Your employer asks about your hours")), "hours", facts.last_worked or began)
    return after_work(facts, Party.STUDENT)


def employers_turn(facts: Facts, today: date) -> Turn | None:
    placement, began = facts.placement, begun(facts)
    if placement.state in BEFORE_START and not facts.agreement_whole:
        waits = placement.state == State.PROPOSED  # nobody signs before a teacher has agreed
        return Turn(Said(N_("Fill in the training agreement")), "agreement-terms", began, calm=waits)
    if placement.state == State.AGREED:
        if facts.can_sign(Party.EMPLOYER):
            return Turn(Said(N_("Read and sign the training agreement")), "agreement", began)
        if facts.signed.issuperset(SIGNERS) and not facts.consent.is_missing:
            late = bool(placement.starts_on and placement.starts_on < today)
            return Turn(Said(N_("Start the project")), "plan", placement.starts_on or began, late)
        return None
    if placement.state == State.DELIVERED and (facts.delivery is None or facts.delivery.accepted is None):
        since = day_of(facts.delivery.delivered_at) if facts.delivery else began
        at = "closing" if placement.is_small else "handing_in"
        return Turn(Said(N_("Look at the work that was handed in")), at, since, since + SOON < today)
    if placement.state in RUNNING and Party.EMPLOYER in facts.check_in_due:
        return Turn(Said(N_("Say whether all is well")), "checkins", facts.check_in_due[Party.EMPLOYER])
    if facts.to_confirm and placement.state in CONFIRMED_IN:
        since = facts.waits_since or began
        return Turn(Said(N_("Confirm hours")), "hours", since, since + SILENT < today)
    if facts.to_accept and placement.state in RUNNING and not placement.is_small:
        return Turn(Said(N_("Look at what is done")), "plan", facts.to_accept)
    payment, how = facts.payment, pay(facts, today)
    if how == Standing.OPEN:
        return Turn(Said(N_("Write down what is owed")), "payment", day_of(placement.ended_at))
    unpaid = how in (Standing.OWED, Standing.LATE) and payment.due_on
    if unpaid and (placement.state != State.ACTIVE or payment.due_on < today):
        return Turn(Said(N_("Pay, and say so here")), "payment", payment.due_on, payment.due_on < today)
    return after_work(facts, Party.EMPLOYER)


def pay(facts: Facts, today: date) -> Standing | None:
    """How the pay stands, once there is something to pay for."""
    payment, placement = facts.payment, facts.placement
    return standing(payment, placement, today) if payment and placement.started_at else None


def after_work(facts: Facts, party: Party) -> Turn | None:
    """What is left once the work was accepted, or has ended: pay that came, feedback."""
    placement, payment = facts.placement, facts.payment
    over = placement.state == State.COMPLETED or (placement.state == State.ENDED_EARLY and placement.started_at)
    accepted = facts.delivery is not None and bool(facts.delivery.accepted)
    if party == Party.STUDENT and payment and payment.paid_on and not payment.received_on:
        return Turn(Said(N_("Say whether your pay has come")), "payment", payment.paid_on)
    if party not in facts.given and (over or (placement.state == State.DELIVERED and accepted)):
        since = day_of(placement.ended_at or (facts.delivery and facts.delivery.answered_at) or placement.created_at)
        return Turn(Said(N_("Give feedback")), "feedback", since)
    return None


def teachers_turn(facts: Facts, today: date) -> Turn | None:
    placement, payment, how = facts.placement, facts.payment, pay(facts, today)
    if placement.state == State.PROPOSED:
        since = day_of(placement.created_at)
        return Turn(Said(N_("Look at the match")), "match", since, since + SOON < today)
    if placement.held_at and placement.state in (State.AGREED, *RUNNING):
        return Turn(Said(N_("It is on hold")), "holding", day_of(placement.held_at), True)
    if facts.needs_help:
        return Turn(Said(N_("Somebody needs help")), "checkins", facts.needs_help, True)
    asks = facts.consent.question
    if asks and placement.state in OPEN:
        return Turn(Said(N_("A parent or guardian wants to talk to the school")), "guardian", day_of(asks.created_at))
    if facts.held_message:
        return Turn(Said(N_("Look at a message that is held")), "messages", facts.held_message)
    if placement.state == State.AGREED:
        if facts.needs_guardian:
            return Turn(Said(N_("A parent's or guardian's yes is missing")), "match", begun(facts))
        if facts.can_sign(Party.TEACHER):
            return Turn(Said(N_("Read and sign the training agreement")), "agreement", begun(facts))
    if placement.state == State.DELIVERED and facts.delivery and facts.delivery.accepted:
        since = day_of(facts.delivery.answered_at)
        if not facts.open_hours or since + SILENT < today:
            return Turn(Said(N_("Sign off")), "completing", since)
    if placement.state == State.ACTIVE and placement.due_on and placement.due_on < today:
        return Turn(Said(N_("Past its last day: ask the student how it goes")), "messages", placement.due_on, True)
    since = facts.silent.get(Party.STUDENT)
    if since and placement.state == State.ACTIVE and not placement.is_small:  # small projects have no check-ins
        return Turn(Said(N_("Nobody has heard from the student: ask how it goes")), "messages", since, True)
    since = facts.silent.get(Party.EMPLOYER)
    if since and placement.state in RUNNING:
        if placement.state == State.DELIVERED and facts.delivery and facts.delivery.accepted is None:
            return Turn(Said(N_("The employer does not look at the work: write to them")), "completing", since, True)
        if facts.to_confirm:
            return Turn(Said(N_("The employer does not confirm hours: write to them")), "messages", since, True)
        return Turn(Said(N_("The employer does not answer: write to them")), "messages", since, True)
    if how == Standing.OPEN and day_of(placement.ended_at) + SILENT < today:
        return Turn(
            Said(N_("Nobody has said what is owed: ask the employer")), "payment", day_of(placement.ended_at), True
        )
    if how == Standing.LATE:
        return Turn(Said(N_("Pay is overdue: ask the employer")), "payment", payment.due_on, True)
    return None


def begun(facts: Facts) -> date:
    """When the present state began, as near as the row knows."""
    placement = facts.placement
    at = {State.ACTIVE: placement.started_at, State.DELIVERED: placement.started_at, State.AGREED: placement.agreed_at}
    return day_of(at.get(State(placement.state)) or placement.created_at)
