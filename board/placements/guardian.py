"""Under 18 a parent or guardian says yes before contact is shared or work starts, unless the school does not ask it."""

from datetime import date

from board.applications.model import Application
from board.guardians import rules
from board.guardians.actions import consent_of, subjects
from board.guardians.model import GuardianAnswer
from board.guardians.rules import Consent as Asked
from board.placements.hold_actions import asks_for_decision
from board.placements.model import ENDED, Placement, State
from board.school.model import day_of, today


def asked(placement: Placement, day: date | None = None, answers: list[GuardianAnswer] | None = None) -> Asked:
    """What is asked on a day (today) of a parent or guardian, or from 18 on of the student, and which yes stands."""
    return consent_of(placement.application, day_of(placement.created_at), day, answers)


def match_of(application: Application) -> Placement | None:
    """Whose history the answers belong to."""
    return Placement.get_or_none(Placement.application == application)


if match_of not in subjects:
    subjects.append(match_of)


def shares_contact(placement: Placement, guardian: Asked) -> bool:
    """Whether each side may learn how to reach the other: agreed, not on hold, no yes is missing, and nobody in it is
    gone: a suspended employer waits until a teacher has decided that it goes on."""
    agreed = placement.agreed_at is not None and placement.state not in (State.PROPOSED, State.NOT_AGREED)
    stands = agreed and not placement.held_at and not guardian.is_missing
    return stands and not asks_for_decision(placement)


def reaches_student(placement: Placement, guardian: Asked) -> bool:
    """Whether the employer may read the student's school address: as long as there is something to do."""
    return shares_contact(placement, guardian) and placement.state not in ENDED


def check_paper(signed_on: date | None) -> date:
    """The day on a paper. Raises Refused when it cannot be."""
    return rules.check_paper(signed_on, today())
