"""Writes the trail. An entry is part of the transaction of what it tells of: both are there, or neither.

A transaction takes the write lock at once (see board/db.py), so that of two processes one waits for the other and the
chain never forks.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta

from board.audit.model import NOTHING, Entry, Kind, Tally
from board.audit.rules import CONFIDENTIAL, facts_of, hash_of, kind_of, packed
from board.db import database, now

# in the order in which they are sealed; `previous` and `hash` come last
COLUMNS = (
    "id", "at", "kind", "what", "person_id", "noun", "noun_id", "step_id", "from_state", "to_state", "detail",
    "previous", "hash",
)  # fmt: skip
LAST = "SELECT id, hash FROM audit_entry ORDER BY id DESC LIMIT 1"
INSERT = f"INSERT INTO audit_entry ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"

SAME_LOOK = timedelta(minutes=10)  # a page that is drawn again is not looked at again
DAY = timedelta(days=1)
FREE = 10  # tries of the same that are written one by one
THEN_EVERY = timedelta(minutes=1)
QUIET = timedelta(hours=1)  # after which it begins anew

_put_off: list[bool] = []


def note(
    kind: Kind, person_id: int | None = None, noun: str = "", noun_id: int | None = None, /, *, what: str = "",
    step_id: int | None = None, start: str = "", to: str = "", at: datetime | None = None, **ids,
) -> None:  # fmt: skip
    """Add one entry, in the caller's transaction if there is one. `ids`: numbers and codes, no words."""
    note_all([(at or now(), kind, what, person_id, noun, noun_id, step_id, start, to, packed(ids))])


def note_all(rows: list[tuple]) -> None:
    """Add entries, each as (at, kind, what, person_id, noun, noun_id, step_id, from_state, to_state, detail)."""
    if _put_off or not rows:
        return
    with whole():
        number, seal = database.execute_sql(LAST).fetchone() or (0, NOTHING)
        made = []
        for at, kind, *rest in rows:
            number += 1
            fields = (number, str(at), str(kind), *rest, seal)
            seal = hash_of(fields)
            made.append((*fields, seal))
        if len(made) == 1:
            database.execute_sql(INSERT, made[0])
        else:
            database.connection().executemany(INSERT, made)


def whole():
    """A transaction, or the one there is: a savepoint in it would take two statements more."""
    return nullcontext() if database.in_transaction() else database.atomic()


@contextmanager
def put_off(then: Callable[[], None]) -> Iterator[None]:
    """For an invented past alone, whose Steps are moved about before it is whole: `then` writes its entries. See board/demo."""
    _put_off.append(True)
    try:
        yield
    finally:
        _put_off.pop()
    then()


def entry_of(
    step_id: int, noun: str, noun_id: int, move: str, person_id: int | None, start: str, to: str, facts: dict | None,
) -> tuple:  # fmt: skip
    """The entry of a Step, for `note_all`."""
    detail = packed(facts_of(facts)) if facts else ""
    if noun in CONFIDENTIAL:
        person_id, detail = None, ""
    return now(), kind_of(noun, move), move, person_id, noun, noun_id, step_id, start, to, detail


def viewed(person_id: int, student_id: int) -> None:
    """Somebody at school looked at pages of a student; once for the same look."""
    once(SAME_LOOK, Kind.VIEW, person_id, "person", student_id)


def once(within: timedelta, kind: Kind, person_id: int | None, noun: str, noun_id: int | None, what: str = "") -> None:
    """An entry, unless the same was written that short a time ago."""
    same = Entry.select(Entry.id).where(
        Entry.kind == str(kind), Entry.what == what, Entry.noun == noun, Entry.at > now() - within,
        Entry.noun_id.is_null() if noun_id is None else Entry.noun_id == noun_id,
        Entry.person_id.is_null() if person_id is None else Entry.person_id == person_id,
    )  # fmt: skip
    if not same.limit(1).exists():
        note(kind, person_id, noun, noun_id, what=what)


# -- what may come by the thousand


def press(
    kind: Kind, person_id: int | None, noun: str = "", noun_id: int | None = None, /, what: str = "", **ids
) -> None:  # fmt: skip
    """An entry of what may be tried again and again: the first few each, then one a minute that says how many.

    Counted by person and thing; what nobody can be named for is one count for all.
    """
    at = now()
    key = f"{kind} {person_id or 0} {noun} {noun_id or 0}"
    with database.atomic():
        row = Tally.get_or_none(Tally.key == key)
        if row and at - row.last_at > QUIET:
            row.number = 0
        row = row or Tally(key=key, kind=str(kind), person_id=person_id, noun=noun, noun_id=noun_id, written_at=at)
        row.number, row.last_at = row.number + 1, at
        if row.number > FREE and at - row.written_at < THEN_EVERY:
            row.held += 1
        else:
            times = {"times": row.held + 1} if row.held else {}
            note(kind, person_id, noun, noun_id, what=what, **ids, **times)
            row.held, row.written_at = 0, at
        row.save()


def let_go() -> int:
    """Write what was held back and has ended since, forget what is quiet; returns how many entries."""
    at = now()
    with database.atomic():
        held = list(Tally.select().where(Tally.held > 0, Tally.written_at <= at - THEN_EVERY).order_by(Tally.id))
        for row in held:
            note(Kind(row.kind), row.person_id, row.noun, row.noun_id, times=row.held)
        Tally.update(held=0, written_at=at).where(Tally.id.in_([row.id for row in held])).execute()
        Tally.delete().where(Tally.held == 0, Tally.last_at < at - QUIET).execute()
    return len(held)
