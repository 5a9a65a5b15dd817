"""Signing in, passwords, and one-time keys. What is done to accounts is in accounts.py."""

import hashlib
import hmac
import json
import re
import secrets
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from peewee import chunked

from board.audit import trail
from board.audit.model import Kind
from board.db import database, now
from board.moves import NotAllowed, Refused, record, record_many, tell
from board.people import pepper, rules, sessions
from board.people.model import Key, KeyKind, Person, Slowdown
from board.school.model import School
from board.words import N_, slug

# OWASP Password Storage: Argon2id with 19 MiB, two passes, one lane
hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

CODE_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # nothing that looks like something else on paper
CODE_LENGTH = 12  # 59 bits
CHUNK = 100  # rows of one INSERT: SQLite takes a limited number of values


class SlowDown(Exception):
    """Too many failed sign-ins of this account."""


def fold_account(typed: str) -> str:
    return typed.strip().lower()[:254]


def check_sign_in(typed: str, password: str) -> tuple[Person | None, bool]:
    """The person these belong to, or None, and whether they used a one-time code (then: choose a password).

    An account that does not exist takes as long and slows down as one that does. Raises SlowDown.
    """
    account = fold_account(typed)
    mark = mark_of(account)
    begin_try(mark)
    person = Person.active().where((Person.email == account) | (Person.username == account)).first()
    right = verify(person.password_hash if person else None, password)
    by_code = False
    if person and not right:
        key = find_key(KeyKind.CODE, tidy_code(password), person)
        right = by_code = key is not None
    else:
        find_key(KeyKind.CODE, tidy_code(password), None)  # the same work for the same time
    if not right:
        # who tried is not known: the account they meant is what it was done to
        trail.press(Kind.SIGN_IN_FAILED, None, "person" if person else "", person and person.id)
        return None, False
    Slowdown.delete().where(Slowdown.account_hash == mark).execute()
    return person, by_code


def mark_of(account: str) -> str:
    """The row that counts the tries of an account. What is typed must not name a row of another kind, such as the one
    that counts letters to an address: so it has a word of its own before it."""
    return hashlib.sha256(f"sign-in {account}".encode()).hexdigest()


def begin_try(mark: str) -> None:
    """Count a try before it is known to fail, so that a hundred at once do not slip past."""
    with database.atomic():
        row = Slowdown.get_or_none(Slowdown.account_hash == mark)
        at = now()
        if row and not rules.may_try(row.failures, row.last_at, at):
            raise SlowDown
        if row and at - row.last_at <= rules.FORGET_AFTER:
            Slowdown.update(failures=row.failures + 1, last_at=at).where(Slowdown.id == row.id).execute()
        else:
            Slowdown.replace(account_hash=mark, failures=1, last_at=at).execute()


DUMMY = hasher.hash(secrets.token_urlsafe())


def verify(password_hash: str | None, password: str) -> bool:
    try:
        hasher.verify(password_hash or DUMMY, password[: rules.PASSWORD_LENGTH[1]])
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def confirm(person: Person, password: str) -> bool:
    """Whether this is the person's password, asked again before something that matters. Raises SlowDown."""
    mark = hashlib.sha256(f"confirm {person.id}".encode()).hexdigest()
    begin_try(mark)
    right = verify(person.password_hash, password)
    if right:
        Slowdown.delete().where(Slowdown.account_hash == mark).execute()
    else:
        trail.press(Kind.SIGN_IN_FAILED, person.id, "person", person.id, what="confirm")
    return right


def set_password(person: Person, password: str, keep: bool = False, key: Key | None = None) -> None:
    """A new password ends every session (but the one at hand, to keep) and every key.

    `key` is the one-time key that opened the way; it is used up here. Raises Refused with the reason.
    """
    school = School.here()
    problem = rules.password_problem(
        password, person.name, person.email or "", person.username or "", school.name if school else ""
    )
    if problem:
        raise Refused(problem)
    hashed = hasher.hash(password)
    with database.atomic():
        if key:
            use_key(key)
        Person.update(password_hash=hashed).where(Person.id == person.id).execute()
        end_keys(person)
        sessions.end_all(person, but=getattr(person, "session", None) if keep else None)
        record(person, "set_password", person, "")
    person.password_hash = hashed


def accept(key: Key, name: str, password: str) -> Person:
    """An invitation is taken up: the name as the person writes it, and a password."""
    with database.atomic():
        is_new = not has_come(key.person)
        set_password(key.person, password, key=key)
        Person.update(name=name).where(Person.id == key.person_id).execute()
        key.person.name = name
        if is_new:
            arrive(key.person)
    return key.person


def has_come(person: Person) -> bool:
    """Whether somebody has taken their invitation up."""
    return Person.select().where(Person.id == person.id, Person.has_come()).exists()


def arrive(person: Person) -> None:
    tell(person, record(person, "arrive", person, "active"))


def enter(person: Person, browser: str = "", scope: str = "", way: str = "") -> str:
    """A new session of somebody who has proved who they are; its secret. Who was invited and is here for the first
    time has come, whichever link it was by (`way`: its route); students come by a code, and newcomers join."""
    with database.atomic():
        is_new = not (person.is_student or person.is_newcomer or has_come(person))
        secret = sessions.begin(person, browser, scope, way)
        if is_new:
            arrive(person)
    return secret


# -- keys


def key_hash(secret: str) -> str:
    return hmac.new(pepper.value, secret.encode(), hashlib.sha256).hexdigest()


def make_key(kind: KeyKind, person: Person | None, made_by: Person | None, lasts: timedelta) -> str:
    """A new one-time key, returned once and kept as a hash; it takes the place of the person's old one."""
    secret = secrets.token_urlsafe(24)
    if kind == KeyKind.CODE:
        secret = new_code()
    with database.atomic():
        old = Key.person == person if person else Key.kind == kind
        Key.update(used_at=now()).where(old, Key.used_at.is_null()).execute()
        Key.create(kind=kind, secret_hash=key_hash(secret), person=person, made_by=made_by, expires_at=now() + lasts)
    return secret


def find_key(kind: KeyKind, secret: str, person: Person | None = None) -> Key | None:
    """A key that still opens. With a person: theirs alone."""
    query = Key.select(Key, Person).left_outer_join(Person, on=Key.person).where(
        Key.kind == kind, Key.secret_hash == key_hash(secret), Key.used_at.is_null(), Key.expires_at > now(),
        Person.ended_at.is_null(),
    )  # fmt: skip
    return (query.where(Key.person == person) if person else query).first()


def use_key(key: Key) -> None:
    """Close a key; raises Refused if somebody used it in the meantime."""
    if not Key.update(used_at=now()).where(Key.id == key.id, Key.used_at.is_null()).execute():
        raise Refused(N_("This link has been used already."))


def end_keys(person: Person) -> None:
    Key.update(used_at=now()).where(Key.person == person, Key.used_at.is_null()).execute()


def make_codes(people: list[Person], by: Person) -> dict[int, str]:
    """Fresh sign-in codes for many at once, by person id; whatever key they had stops working."""
    if not all(rules.may_help(by, person) for person in people):
        raise NotAllowed("help")
    codes = {person.id: new_code() for person in people}
    at = now()
    with database.atomic():
        for some in chunked(list(codes), CHUNK):
            Key.update(used_at=at).where(Key.person.in_(some), Key.used_at.is_null()).execute()
        rows = [
            {
                "kind": KeyKind.CODE, "secret_hash": key_hash(code), "person": person_id, "made_by": by.id,
                "expires_at": at + rules.CODE_LASTS, "created_at": at,
            }
            for person_id, code in codes.items()
        ]  # fmt: skip
        for some in chunked(rows, CHUNK):
            Key.insert_many(some).execute()
        record_all(list(codes), "new_code", by)
    return codes


def record_all(ids: list[int], move: str, by: Person, to: str = "", detail: dict | None = None) -> None:
    """The same Step for many accounts, in a few statements. Nobody waits to be told of these, so nobody is woken."""
    rows = [
        {
            "noun": "person", "noun_id": number, "move": move, "person": by.id, "from_state": "", "to_state": to,
            "reason": "", "detail": json.dumps(detail) if detail else "", "at": now(),
        }
        for number in ids
    ]  # fmt: skip
    record_many(rows)


def new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def tidy_code(typed: str) -> str:
    """A code as people type it: any case, with or without dashes and spaces."""
    return re.sub(r"[\s-]", "", typed).upper()[:40]


def spell_code(code: str) -> str:
    """A code as it is printed: 7KQM-XW2P-RT9D."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def free_username(name: str, taken: set[str] | None = None) -> str:
    """A username from a name ("Maya Rivera" -> "mrivera"), with a number if it is taken; adds itself to `taken`."""
    words = slug(name).split("-") if slug(name) else ["student"]
    base = (words[0][:1] + words[-1] if len(words) > 1 else words[0])[:40]
    if taken is None:
        taken = {name for (name,) in Person.select(Person.username).where(Person.username.startswith(base)).tuples()}
    made, number = base, 2
    while made in taken:
        made, number = f"{base}{number}", number + 1
    taken.add(made)
    return made
