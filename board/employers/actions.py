"""Employers join, are checked, and change what they say about themselves."""

import hashlib
from datetime import timedelta

from peewee import IntegrityError

from board.db import database, now
from board.employers.model import Employer
from board.employers.rules import JOINS_AN_HOUR, MOVES, may_edit
from board.moves import NotAllowed, Refused, Step, make, record, tell
from board.people.actions import set_password
from board.people.model import Person, Role, Slowdown
from board.people.rules import password_problem
from board.school.model import School
from board.words import N_

FIELDS = ("name", "size", "place", "website", "about")


class MailTaken(Refused):
    """Somebody has an account with this mail address."""


class TooManyJoins(Refused):
    """More organizations asked to join within the hour than a school ever meets."""


def join(
    organisation: dict, name: str, email: str, title: str = "", by: Person | None = None, password: str = ""
) -> Person:
    """A new employer, unverified, and its first person, with a password or (from the caller) an invitation.

    `by`: the coordinator who brings them; without one they came by the public page. Raises MailTaken,
    TooManyJoins, or Refused for a password that will not do.
    """
    if password:  # first: or a password that will not do would ask for free whether an address has an account
        check_password(password, name, email)
    if by is None and taken_asked_for().failures >= JOINS_AN_HOUR:
        raise TooManyJoins(N_("Many organizations asked to join in the last hour. Please try again in an hour."))
    try:
        return begin(organisation, name, email, title, by, password)
    except MailTaken:
        asked = taken_asked_for()
        Slowdown.replace(account_hash=TAKEN, failures=asked.failures + 1, last_at=now()).execute()
        raise


def begin(organisation: dict, name: str, email: str, title: str, by: Person | None, password: str) -> Person:
    with database.atomic():
        if by is None and joined_within_the_hour() >= JOINS_AN_HOUR:
            raise TooManyJoins(N_("Many organizations asked to join in the last hour. Please try again in an hour."))
        employer = Employer.create(**organisation)
        try:
            person = Person.create(role=Role.EMPLOYER, name=name, email=email.lower(), title=title, employer=employer)
        except IntegrityError:
            raise MailTaken(N_("This mail address has an account already. Sign in instead.")) from None
        record(employer, "join", by or person, employer.state)
        if password:
            set_password(person, password)
    return person


TAKEN = hashlib.sha256(b"join").hexdigest()  # the row that counts joins with an address that has an account


def taken_asked_for() -> Slowdown:
    """How often that happened without an hour's rest: nobody goes through a list of addresses here."""
    row = Slowdown.get_or_none(Slowdown.account_hash == TAKEN)
    return row if row and now() - row.last_at < timedelta(hours=1) else Slowdown(failures=0)


def check_password(password: str, name: str, email: str) -> None:
    school = School.here()
    problem = password_problem(password, name, email, school.name if school else "")
    if problem:
        raise Refused(problem)


def joined_within_the_hour() -> int:
    since = now() - timedelta(hours=1)
    # an organization that came by itself was brought by its own person
    own = Step.person.in_(Person.select(Person.id).where(Person.role == Role.EMPLOYER))
    return Step.select().where(Step.noun == "employer", Step.move == "join", Step.at > since, own).count()


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


def move(name: str, employer: Employer, person: Person, words: str = "") -> Step:
    """Verify, refuse or suspend."""
    if name not in MOVES:
        raise NotAllowed(name)
    return make(MOVES[name], employer, person, words)
