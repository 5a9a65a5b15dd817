"""A coordinator invites a person of an employer, new or known, by a one-time link."""

from board.db import database
from board.employers import actions
from board.employers.model import Employer, State
from board.moves import Refused
from board.people import accounts
from board.people.model import Person, Role
from board.words import N_

KNOWN = "Invited by somebody at school who knows them and has checked them."  # kept as the reason, like typed words


def invite(
    name: str,
    email: str,
    by: Person,
    employer: Employer | None,
    named: str = "",
    checked: bool = False,
    send: bool = False,
):
    """The person and the token of their link. Without an employer one called `named` is made, not yet checked.

    `checked`: the coordinator knows this employer and has checked them, so it is verified at once. `send`: by mail too.
    """
    with database.atomic():
        accounts.check_free(None, email, None)
        if employer is None:
            if Employer.arrived().where(Employer.name == named).exists():
                raise Refused(N_("An employer of this name is here already. Choose it from the list."))
            person = actions.join({"name": named}, name, email, by=by)
            employer = person.employer
        else:
            person = Person.create(role=Role.EMPLOYER, name=name, email=email, employer=employer)
        if checked and employer.state in (State.UNVERIFIED, State.LAPSED):
            actions.move("verify", employer, by, KNOWN)
        return person, accounts.invite(person, by, send)
