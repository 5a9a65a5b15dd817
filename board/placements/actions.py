"""An accepted application becomes a placement; a teacher agrees to it later."""

from board.applications.model import Application
from board.moves import follows, record
from board.placements.model import Placement, State


@follows("application", "accept")
def propose(application: Application, step) -> Placement:
    """In the transaction of the student's yes."""
    placement = Placement.create(application=application)
    record(placement, "propose", step.person, State.PROPOSED)
    return placement
