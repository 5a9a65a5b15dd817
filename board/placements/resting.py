"""What has come about while a placement was on hold for a reason that only few may know: things for which the board itself
would have put it on hold, had it not been so already. Asked before it is let go on."""

from board.employers.model import State as EmployerState
from board.moves import Step
from board.placements.guardian import asked
from board.placements.model import RUNNING, Placement

SAID_NO = ("guardian_no", "guardian_refused", "own_no")


def would_rest(placement: Placement) -> str:
    """The reason, a key of WHY_HELD in holding.py; "" where nothing has come about."""
    employer = placement.posting.employer
    if employer.state == EmployerState.SUSPENDED:
        return "suspended"
    if placement.student.not_shown:
        return "not_shown"
    since = Step.at >= placement.held_at
    said = Step.of(placement).where(Step.move.in_(SAID_NO), since).order_by(Step.id.desc()).first()
    if said and placement.state in RUNNING and asked(placement).is_missing:
        return said.move
    dropped = Step.select().where(Step.noun == "employer", Step.noun_id == employer.id, since)
    theirs = (placement.supervisor_id, placement.posting.supervisor_id)
    gone = any(step.facts["supervisor"] in theirs for step in dropped.where(Step.move == "drop_supervisor"))
    return "supervisor" if gone else ""
