"""Making, ending and finding the address of a calendar. Whoever holds it reads the calendar and nothing else."""

import hashlib
import secrets

from board.calendar.model import CalendarAddress
from board.db import database, now
from board.moves import record
from board.people.model import Person


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def make(person: Person) -> str:
    """A new address; the one before opens nothing any more. Returns its token, which is kept nowhere."""
    token = secrets.token_urlsafe(24)
    with database.atomic():
        CalendarAddress.delete().where(CalendarAddress.person == person).execute()
        CalendarAddress.create(person=person, secret_hash=hashed(token), created_at=now())
        record(person, "make_calendar", person, "")
    return token


def end(person: Person) -> bool:
    """Whether there was one."""
    with database.atomic():
        ended = CalendarAddress.delete().where(CalendarAddress.person == person).execute()
        if ended:
            record(person, "end_calendar", person, "")
    return bool(ended)


def of(person: Person) -> CalendarAddress | None:
    return CalendarAddress.get_or_none(CalendarAddress.person == person)


def whose(token: str) -> Person | None:
    """Whose calendar it is; None for an address that is ended, or of an account that is closed."""
    theirs = CalendarAddress.select(CalendarAddress.person).where(CalendarAddress.secret_hash == hashed(token))
    return Person.active().where(Person.id.in_(theirs)).first()
