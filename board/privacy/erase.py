"""Erase a person: what is theirs alone is deleted, what others need stays without them. Counts stay.

The database is done in one transaction; `cleaning` then takes the last bytes off the disk.
"""

import hashlib
from pathlib import Path

from board.db import database
from board.guardians.model import Guardian
from board.moves import Refused, record
from board.people import accounts
from board.people.actions import mark_of
from board.people.model import Person, Slowdown
from board.placements import files
from board.placements.model import Attachment
from board.postings import actions as postings
from board.postings.model import Posting, State
from board.privacy import homes, letters, scrub
from board.privacy.declaration import DECLARED, by_name
from board.privacy.holds import held_by
from board.privacy.ledger import remember, remembered
from board.privacy.model import Erasure
from board.privacy.record import theirs
from board.words import N_


class DryRun(Exception):
    """Takes everything back."""


def erase(person: Person, by: Person | None, data: Path, dry_run: bool = False) -> dict[str, int]:
    """Returns how many rows of which table are deleted or changed. Raises Refused while something holds them.

    Whoever is erased already stays so, and nothing is done.
    """
    if by and (not by.is_coordinator or by.ended_at):
        raise Refused(N_("Only a coordinator erases people."))
    if by and by.id == person.id:
        raise Refused(N_("You cannot erase yourself. Another coordinator can."))
    said = held_by(person)
    if said:
        raise Refused(said.words, **said.values)
    home = homes.left_behind(person) if person.is_student else []
    names, counts, stored = scrub.of(person).and_of(homes.names_of(home)), {}, stored_by(person)
    database.execute_sql("PRAGMA secure_delete = ON")
    try:
        with database.atomic():
            if not Erasure.select().where(Erasure.person == person).exists():
                counts = remove(person, by, names, home)
            if dry_run:
                raise DryRun
    except DryRun:
        return counts
    if counts:
        for name in stored:
            files.drop(name)
        letters.drop(data / "outbox", names)
        remember(data, "person", person.id, person.created_at)
    return counts


def remove(person: Person, by: Person | None, names: scrub.Names, home: list[Guardian]) -> dict[str, int]:
    accounts.end_account(person, by)
    homes.empty(home)
    near = {name: condition for name in DECLARED if (condition := theirs(name, person)) is not None}
    counts: dict[str, int] = {}
    for name, held in DECLARED.items():
        model = by_name()[name]
        if held.gone and name in near:
            counts[name] = model.delete().where(near[name]).execute()
        elif held.blank and name in near:
            values = {key: value(person) if callable(value) else value for key, value in held.blank.items()}
            counts[name] = model.update(**values).where(near[name]).execute()
        for key, values in held.blank_by.items():
            done = model.update(**values).where(model._meta.fields[key] == person.id).execute()
            counts[name] = counts.get(name, 0) + done
    changed = scrub.scrub(names, near)
    for name, rows in changed.items():
        counts[name] = counts.get(name, 0) + len(rows)
    Slowdown.delete().where(Slowdown.account_hash.in_(tries_of(person, names))).execute()
    refresh_postings(changed)
    record(person, "erase", by, "erased")
    Erasure.create(person=person, by=by, rows=sum(counts.values()), in_index=bool(SEARCHED & set(changed)))
    return {name: number for name, number in counts.items() if number}


def look_ahead(person: Person) -> dict[str, int]:
    """How many of their own rows would go, by table: for a page, which writes nothing and reads no text."""
    found = {}
    for name, held in DECLARED.items():
        condition = theirs(name, person) if held.gone or held.blank else None
        if condition is not None:
            found[name] = by_name()[name].select().where(condition).count()
    return {name: number for name, number in found.items() if number}


SEARCHED = {"posting", "employer", "skill", "field"}  # what the search index holds words of


def refresh_postings(changed: dict[str, list]) -> None:
    """Cards and index follow, as after any other change of words."""
    numbers = set(changed.get("posting", ()))
    if changed.get("employer"):
        own = Posting.select(Posting.id).where(Posting.employer.in_(changed["employer"]))
        numbers |= {number for (number,) in own.tuples()}
    for number in sorted(numbers):
        Posting.update(version=Posting.version + 1).where(Posting.id == number).execute()
    postings.show(*Posting.select().where(Posting.id.in_(numbers or {0}), Posting.state == State.OPEN))


def tries_of(person: Person, names: scrub.Names) -> list[str]:
    return [mark_of(mark) for mark in names.marks] + [hashlib.sha256(f"confirm {person.id}".encode()).hexdigest()]


def stored_by(person: Person) -> list[str]:
    condition = theirs("attachment", person)
    rows = Attachment.select(Attachment.stored).where(condition, Attachment.stored.is_null(False))
    return [name for (name,) in rows.tuples()]


# -- after a backup was put back


def come_back(data: Path) -> list[Person]:
    """Who was erased and is here again, since a backup was put back."""
    wanted = remembered(data, "person")
    known = Erasure.select(Erasure.person)
    rows = Person.select().where(Person.id.in_([number for number, _ in wanted]), Person.id.not_in(known))
    return [person for person in rows if (person.id, person.created_at) in wanted]
