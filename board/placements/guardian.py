"""Under 18 a parent or guardian says yes before contact is shared or work starts, unless the school does not ask it."""

from dataclasses import dataclass
from datetime import date

from board.moves import Refused
from board.people.model import Person
from board.placements.hold_actions import asks_for_decision
from board.placements.model import ENDED, About, GuardianYes, Placement, State, is_minor
from board.school.model import School, today
from board.words import N_

OLDEST_PAPER = 366  # days


@dataclass(frozen=True)
class Asked:
    """Whether a yes is needed, and the one that stands."""

    needed: bool
    yes: GuardianYes | None

    @property
    def is_missing(self) -> bool:
        return self.needed and self.yes is None


def asked(placement: Placement, day: date | None = None) -> Asked:
    """What of a parent or guardian is asked on a day (today)."""
    school = School.here()
    minor = is_minor(placement.application.student, day or today())
    needed = minor and (school is None or school.guardian_asked)
    yes = (
        GuardianYes.select(GuardianYes, Person)
        .left_outer_join(Person, on=GuardianYes.recorded_by)
        .where(GuardianYes.placement == placement, GuardianYes.about == About.MATCH, GuardianYes.withdrawn_at.is_null())
        .first()
    )
    return Asked(needed, yes)


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
    day = today()
    if signed_on is None:
        raise Refused(N_("Give the day on which it was signed."))
    if signed_on > day:
        raise Refused(N_("That day has not come yet. Give the day that stands beside the signature."))
    if (day - signed_on).days > OLDEST_PAPER:
        raise Refused(N_("That is more than a year ago. Ask for a new signature."))
    return signed_on
