"""Whom a new board still lacks: its coordinator's next step once nothing else waits."""

from flask_babel import gettext as _

from board.home.steps import Step
from board.people.model import Person, Role


def first_people() -> Step | None:
    here = {role for (role,) in Person.active().select(Person.role).distinct().tuples()}
    if Role.EMPLOYER not in here:
        words = _("An employer writes what students can find here; a teacher reads it with you.")
        title = _("Invite the first employer") if Role.TEACHER in here else _("Invite a teacher and the first employer")
        return Step("user-plus", title, words, "/people/invite", _("Invite somebody"))
    if Role.STUDENT not in here:
        words = _("Paste a list from a spreadsheet; then print slips with sign-in codes and hand them out in class.")
        return Step("graduation-cap", _("Bring in your students"), words, "/students/import", _("Paste a class list"))
    return None
