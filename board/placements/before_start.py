"""What has to be there before work starts."""

from board.placements.model import About, GuardianYes, Placement, is_minor
from board.school.model import School, today
from board.words import N_, Said


def missing(placement: Placement) -> list[Said]:
    """Sentences for what is not there yet; empty once work may start. At most two queries."""
    found = []
    if placement.lead_id is None:
        found.append(Said(N_("A teacher leads it.")))
    if placement.cover_id is None:
        found.append(Said(N_("Another teacher covers for them.")))
    school = School.here()
    if is_minor(placement.student, today()) and not (school and school.guardian_not_asked):
        yes = GuardianYes.select().where(
            GuardianYes.placement == placement, GuardianYes.about == About.MATCH, GuardianYes.withdrawn_at.is_null()
        )
        if not yes.exists():
            found.append(Said(N_("A parent or guardian has said yes, and the school has seen it.")))
    return found
