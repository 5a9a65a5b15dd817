"""Parents and guardians out of a class list: kept in a few statements, and asked where somebody waits for them."""

from itertools import chain

from peewee import chunked

from board.db import now
from board.guardians.asking import ask, waiting
from board.guardians.model import Guardian, Source
from board.people import class_list_home
from board.people.actions import record_all
from board.people.model import Person
from board.people.rules import same_name

CHUNK = 100  # rows of one INSERT


def known() -> dict[int, set[str]]:
    """By student: whoever is written down, or was and has been taken off the list, so that no list brings them back."""
    found: dict[int, set[str]] = {}
    for number, name, email in Guardian.select(Guardian.student, Guardian.name, Guardian.email).tuples():
        found.setdefault(number, set()).update(filter(None, (email, same_name(name))))
    return found


def keep(by_student: dict[int, list[dict]], by: Person) -> None:
    """The caller's transaction."""
    rows = [
        one | {"student": number, "source": str(Source.ROSTER), "added_by": by.id, "created_at": now()}
        for number, some in by_student.items()
        for one in some
    ]
    for some in chunked(rows, CHUNK):
        Guardian.insert_many(some).execute()
    record_all(list(by_student), "add_guardian", by)
    for application in list(chain.from_iterable(waiting_of(some) for some in chunked(by_student, CHUNK))):
        ask(application)


def waiting_of(students: list[int]):
    query = waiting()
    return query.where(query.model.student.in_(students))


KEEPER = class_list_home.Keeper(known, keep)
if KEEPER not in class_list_home.keepers:
    class_list_home.keepers.append(KEEPER)
