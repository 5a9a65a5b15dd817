"""On the page of a completed placement: where what was done is kept."""

from flask_babel import gettext as _

from board.db import now
from board.experience.actions import has_yes
from board.experience.model import Experience
from board.experience.rules import FRESH, may_share
from board.home.steps import Step
from board.people.model import Person
from board.placements.model import Placement, State
from board.school.model import today


def part(placement: Placement, me: Person) -> dict | None:
    """For the student and the school: an employer has no use for it."""
    found = kept(placement, me)
    if found is None:
        return None
    student = placement.application.student
    is_public = bool(found.token) and may_share(student, today(), has_yes(found))
    return {"found": found, "is_public": is_public}


def next_step(placement: Placement, me: Person) -> Step | None:
    found = kept(placement, me) if me.is_student else None
    if found is None or found.shared_at or found.created_at < now() - FRESH:
        return None
    return Step(
        "award", _("Your verified experience is ready"),
        _("What you did, for whom and how long: with lines for your résumé and a certificate to print."),
        f"/experience/{found.id}", _("Look at it"),
    )  # fmt: skip


def kept(placement: Placement, me: Person) -> Experience | None:
    if placement.state != State.COMPLETED or me.is_employer:
        return None
    return Experience.get_or_none(Experience.placement == placement)
