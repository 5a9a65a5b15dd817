"""For what the board itself puts a placement on hold: a birth date that was put right; and what has come about while one
was on hold for a reason that only few may know, asked before it is let go on."""

from board.employers.model import State as EmployerState
from board.guardians.rules import SAID_NO
from board.moves import Step, follows
from board.people.model import Person
from board.placements import checking
from board.placements.guardian import asked
from board.placements.hold_actions import asks_for_decision, rest
from board.placements.model import RUNNING, Placement, State


def would_rest(placement: Placement) -> str:
    """The reason, a key of WHY_HELD in holding.py; "" where nothing has come about."""
    employer = placement.posting.employer
    if employer.state == EmployerState.SUSPENDED and asks_for_decision(placement):
        return "suspended"
    if placement.student.not_shown:
        return "not_shown"
    if is_barred_by_age(placement):
        return "age"
    since = Step.at >= placement.held_at
    said = Step.of(placement).where(Step.move.in_(SAID_NO), since).order_by(Step.id.desc()).first()
    if said and placement.state in RUNNING and asked(placement).is_missing:
        return said.move
    dropped = Step.select().where(Step.noun == "employer", Step.noun_id == employer.id, since)
    theirs = (placement.supervisor_id, placement.posting.supervisor_id)
    gone = any(step.facts["supervisor"] in theirs for step in dropped.where(Step.move == "drop_supervisor"))
    return "supervisor" if gone else ""


def is_barred_by_age(placement: Placement) -> bool:
    """Whether work that runs may not, at the age the student has as the school knows it now (R24)."""
    if placement.state != State.ACTIVE:
        return False  # a start asks for itself, and what is handed in is done
    found = checking.at_start(placement, has_permit=True, guardian_stands=True)
    return placement.student.birth_date is None or checking.law_of(found) is not None


@follows("person", "change")
def is_of_another_age(student: Person, step: Step) -> None:
    if "birth_date" not in step.facts.get("changed", ()):
        return
    for placement in Placement.seen_by(student).where(Placement.state == State.ACTIVE):
        if is_barred_by_age(Placement.get_by_id(placement.id)):
            rest(placement, "age")
