"""Links in mails that let an employer's person do one thing without a password: signed, not stored, good for two weeks.

Such a link says who it is for, at which address, and which page it opens. It dies when the account is closed or the
address changes. It may be opened again: people look at the same mail twice.
"""

import hashlib
from datetime import timedelta

from itsdangerous import BadData, URLSafeTimedSerializer

from board.people import pepper
from board.people.model import Person

LASTS = timedelta(days=14)


def signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(pepper.value, salt="narrow link")


def digest(email: str | None) -> str:
    return hashlib.sha256((email or "").encode()).hexdigest()[:12]


def sign(person: Person, path: str) -> str:
    return signer().dumps([person.id, digest(person.email), path])


def read(token: str) -> tuple[Person, str] | None:
    """The person and the path; None for a link that is not ours, too old, or not this person's any more."""
    try:
        number, mark, path = signer().loads(token, max_age=int(LASTS.total_seconds()))
    except (BadData, ValueError, TypeError):
        return None
    person = Person.active().where(Person.id == number).first()
    if person is None or not person.is_employer or not person.email or digest(person.email) != mark:
        return None
    return person, path
