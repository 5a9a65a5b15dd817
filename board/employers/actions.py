"""Employers join, are checked, and change what they say about themselves."""

from peewee import IntegrityError

from board.db import database, now
from board.employers.model import Employer
from board.employers.rules import MOVES, may_edit
from board.employers.vetting_actions import verify
from board.moves import NotAllowed, Refused, Step, follows, make, record, tell
from board.people import sessions
from board.people.model import Person, Role
from board.words import N_

FIELDS = ("name", "size", "place", "website", "about")


class MailTaken(Refused):
    """Somebody has an account with this mail address."""


def join(organisation: dict, name: str, email: str, title: str = "", by: Person | None = None) -> Person:
    """A new employer, unverified, and its first person, whose address the school knows. `by`: who brings them.

    Who comes by the public page comes through postings/joining.py.
    """
    with database.atomic():
        employer = Employer.create(**organisation)
        try:
            person = Person.create(role=Role.EMPLOYER, name=name, email=email.lower(), title=title, employer=employer)
        except IntegrityError:
            raise MailTaken(N_("This mail address has an account already.")) from None
        record(employer, "join", by or person, employer.state)
    return person


def change(employer: Employer, person: Person, values: dict) -> None:
    """What an organization says about itself; the Step names what changed."""
    if not may_edit(person, employer):
        raise NotAllowed
    changed = [key for key in FIELDS if key in values and getattr(employer, key) != values[key]]
    if not changed:
        return
    with database.atomic():
        for key in changed:
            setattr(employer, key, values[key])
        employer.save()
        tell(employer, record(employer, "change", person, employer.state, employer.state, detail={"changed": changed}))


def trust(employer: Employer, person: Person, begins: bool) -> None:
    """Let their changes that pass every check go without a teacher, or end that."""
    if not person.is_coordinator or person.ended_at or (begins and not employer.is_verified):
        raise NotAllowed("trust")
    if begins == bool(employer.trusted_at):
        return
    with database.atomic():
        employer.trusted_at = now() if begins else None
        employer.save()
        record(employer, "trust" if begins else "stop_trusting", person, employer.state, employer.state)


def move(name: str, employer: Employer, person: Person, words: str = "") -> Step:
    """Verify, refuse or suspend. To verify asks for the checklist, or for words that say why without it."""
    if name not in MOVES:
        raise NotAllowed(name)
    if name in ("verify", "renew"):
        return verify(employer, person, words=words, renewal=name == "renew")
    return make(MOVES[name], employer, person, words)


@follows("employer", "suspend", "refuse")
def shut_doors(employer: Employer, step: Step) -> None:
    """Whoever came in by a link in a mail is out; the links themselves are dead (see doors/views.py). With a password
    they still come in, and read."""
    sessions.end_narrow(Person.select(Person.id).where(Person.employer == employer))
