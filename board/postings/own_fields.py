"""Which fields' postings a teacher reads: the desk opens on those, and on what nobody has chosen."""

from collections.abc import Collection

from peewee import Node

from board.db import database
from board.people.model import Person
from board.postings.desk_model import ReviewField
from board.postings.model import Posting
from board.school.model import Field
from board.statements import Statement


@Statement
def chosen(person: Node):
    return ReviewField.select(ReviewField.field).where(ReviewField.person == person).tuples()


def of(person: Person) -> list[int]:
    """Ids of the fields they have chosen."""
    return [number for (number,) in chosen(person.id)]


def choose(person: Person, fields: Collection[int]) -> None:
    """These instead of those before; none: everything. Only they themselves notice, so no Step is written."""
    with database.atomic():
        known = [number for (number,) in Field.select(Field.id).where(Field.id.in_(list(fields))).tuples()]
        ReviewField.delete().where(ReviewField.person == person).execute()
        if known:
            ReviewField.insert_many([{"person": person.id, "field": number} for number in known]).execute()


def is_theirs(person: Person):
    """The condition for what a teacher who has chosen fields reads: those, and what nobody has chosen."""
    own = ReviewField.select(ReviewField.field).where(ReviewField.person == person)
    taken = ReviewField.select(ReviewField.field).join(Person).where(Person.ended_at.is_null())
    return Posting.field.is_null() | Posting.field.in_(own) | Posting.field.not_in(taken)
