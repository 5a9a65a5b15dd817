"""A coordinator trusts an employer: small changes that pass every check need no teacher, where the school allows it."""

from flask import abort, request, url_for
from flask_babel import gettext as _

from board import htmx
from board.access import open_to, who
from board.employers import actions
from board.employers.views import employers, load
from board.moves import NotAllowed
from board.people.model import Role


@employers.post("/employers/<int:employer_id>/trust")
@open_to(Role.COORDINATOR)
def trust(employer_id: int):
    """`trust` is "1" to begin, empty to end."""
    employer, begins = load(employer_id), request.form.get("trust") == "1"
    try:
        actions.trust(employer, who(), begins)
    except NotAllowed:
        abort(403)
    words = (
        _("Their changes that pass every check go live at once.")
        if begins
        else _("A teacher reads each of their changes again.")
    )
    return htmx.go(url_for("employers.show", employer_id=employer.id), words)
