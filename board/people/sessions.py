"""A sign-in row is the session: the cookie holds a random secret, the row its hash.

A row ends at sign-out, when the password changes, when a coordinator ends it, after IDLE without a
request and after LONGEST in any case (ASVS 5.0 7.3.1, 7.3.2).
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from board.asked import of_frame, own_copy
from board.audit import trail
from board.audit.model import Kind
from board.db import database, now
from board.people.model import Person, SignIn
from board.statements import Statement

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=14)
SEEN_EVERY = timedelta(minutes=5)  # "last seen" is written at most this often


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def begin(person: Person, browser: str = "", scope: str = "", way: str = "") -> str:
    """A new session, perhaps for one thing alone; returns its secret (256 bits), which is stored nowhere. `way`: the
    route they came by."""
    secret = secrets.token_urlsafe(32)
    with trail.whole():
        row = SignIn.create(person=person, secret_hash=digest(secret), browser=browser[:80], scope=scope or None)
        trail.note(Kind.SIGN_IN, person.id, "sign_in", row.id, what=way, **({"narrow": True} if scope else {}))
    return secret


def limits() -> tuple[datetime, datetime]:
    """A session that still counts was seen after the first and begun after the second."""
    return now() - IDLE, now() - LONGEST


def living(seen_after, begun_after):
    """The condition for a session that still counts."""
    return SignIn.ended_at.is_null() & (SignIn.seen_at > seen_after) & (SignIn.created_at > begun_after)


by_secret = Statement(
    lambda secret_hash: (
        SignIn.select(SignIn, Person)
        .join(Person)
        .where((SignIn.secret_hash == secret_hash) & SignIn.ended_at.is_null() & Person.ended_at.is_null())
    )
)


def find(secret: str) -> Person | None:
    """The person behind a cookie, with `.session` set, or None. At most one query: it is kept until anything is
    written, so whoever is signed out anywhere is so at once; how long ago they were seen is looked at each time."""
    secret_hash = digest(secret)
    row = of_frame.unchanged(("sign-in", secret_hash), lambda: by_secret.first(secret_hash))
    seen_after, begun_after = limits()
    if row is None or row.seen_at <= seen_after or row.created_at <= begun_after:
        return None
    if row.seen_at < now() - SEEN_EVERY:
        SignIn.update(seen_at=now()).where(SignIn.id == row.id).execute()
    person, session = own_copy(row.person), own_copy(row)
    session.__rel__["person"], person.session = person, session
    return person


def end(secret: str) -> None:
    """Sign out."""
    with database.atomic():
        row = SignIn.get_or_none(SignIn.secret_hash == digest(secret), SignIn.ended_at.is_null())
        if row:
            SignIn.update(ended_at=now()).where(SignIn.id == row.id).execute()
            trail.note(Kind.SIGN_OUT, row.person_id, "sign_in", row.id)


def end_all(person: Person, but: SignIn | None = None) -> int:
    """End every session of a person, perhaps but one; returns how many."""
    query = SignIn.update(ended_at=now()).where(SignIn.person == person, SignIn.ended_at.is_null())
    return (query.where(SignIn.id != but.id) if but else query).execute()


def end_narrow(people) -> int:
    """End what was opened by links in mails, of these people (their ids, or a query); returns how many."""
    query = SignIn.update(ended_at=now()).where(SignIn.person.in_(people), SignIn.scope.is_null(False))
    return query.where(SignIn.ended_at.is_null()).execute()


def list_of(person: Person):
    """The browsers a person is signed in with, newest first."""
    return SignIn.select().where((SignIn.person == person) & living(*limits())).order_by(SignIn.seen_at.desc())
