"""What a teacher does about a side that has gone silent, said on the page as on their desk."""

from flask_babel import gettext as _

from board.drawing import day
from board.home.steps import Step
from board.people.model import Person
from board.placements.model import RUNNING, Placement, State
from board.placements.naming import Names
from board.placements.silence import Quiet, silent


def next_step(placement: Placement, me: Person) -> Step | None:
    """One query, and that for staff alone."""
    if not me.is_teacher or placement.state not in RUNNING or placement.held_at:
        return None
    names, found = Names(placement, me), {one.party: one.since for one in silent(of=placement)}
    since = found.get(Quiet.DUE)
    if since:
        title = _("The work was due on %(day)s", day=day(since))
        words = _(
            "Ask %(student)s how far along they are. If there is a reason, set a later day in the plan.",
            student=names.student,
        )
        return Step("clock", title, words, "#messages", _("Write to them"))
    since = found.get(Quiet.STUDENT)
    if since and not placement.is_small:
        title = _("Nobody has heard from %(student)s since %(day)s", student=names.student, day=day(since))
        words = _("Write to them below, or ask them at school how it goes. If it can't go on, it ends without blame.")
        return Step("clock", title, words, "#messages", _("Write to them"))
    since = found.get(Quiet.EMPLOYER)
    if since is None:
        return None
    title = _("%(employer)s has not answered since %(day)s", employer=names.employer, day=day(since))
    if placement.state == State.DELIVERED:
        words = _("What waits for them stands in the sign-off, with a button to remind them. A call often helps.")
        return Step("clock", title, words, "#completing", _("To the sign-off"))
    words = _("Hours, a milestone or a check-in wait for them. Write to them below; a call often helps.")
    return Step("clock", title, words, "#messages", _("Write to them"))
