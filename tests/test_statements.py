"""Queries that are written out once give what peewee gives."""

import pytest
from peewee import JOIN, fn

from board.employers.model import Employer, Supervisor
from board.people.model import Person, SignIn
from board.postings.model import Posting, Saved
from board.school.model import Field, School
from board.statements import Statement
from tests import factories

QUERIES = {
    "one model": lambda: School.select(),
    "some columns": lambda: Posting.select(Posting.title, Posting.apply_by, Posting.first_project_welcome),
    "a key joined to": lambda: SignIn.select(SignIn, Person).join(Person),
    "keys that may hold nothing": lambda: (
        Posting.select(Posting, Employer, Field, Supervisor)
        .join(Employer).switch(Posting).join(Field, JOIN.LEFT_OUTER).switch(Posting).join(Supervisor, JOIN.LEFT_OUTER)
    ),
    "a chain": lambda: Saved.select(Saved, Posting, Employer).join(Posting).join(Employer),
    "without the key's column": lambda: Posting.select(Posting.title, Employer.name).join(Employer),
    "models out of order": lambda: Posting.select(Posting.title, Employer, Posting.id).join(Employer),
    "a count beside": lambda: Posting.select(Posting, fn.LENGTH(Posting.title).alias("long")),
    "the same model twice": lambda: Person.select(Person, Adviser.name).join(Adviser, on=(Person.adviser == Adviser.id)),
    "tuples": lambda: Posting.select(Posting.id, Posting.apply_by).tuples(),
}  # fmt: skip
Adviser = Person.alias()


def told(row) -> object:
    """A row and what it is joined to, in plain values."""
    if not hasattr(row, "__data__"):
        return row
    joined = {key: told(other) for key, other in row.__rel__.items()}
    return type(row), row.__data__, joined, row._dirty, getattr(row, "long", None)


@pytest.mark.parametrize("name", QUERIES)
def test_a_statement_gives_the_rows_its_query_gives(cast, name):
    factories.make_posting(employer=cast.cedar, supervisor={"name": "Ida Lindqvist", "title": "Owner"})
    bare = factories.make_posting("draft", cast.mill)
    Posting.update(field=None, supervisor=None).where(Posting.id == bare.id).execute()
    Saved.create(student=cast.maya, posting=bare)
    SignIn.create(person=cast.maya, secret_hash="0" * 64)
    Person.update(adviser=cast.okafor).where(Person.id == cast.maya.id).execute()
    build = QUERIES[name]
    rows = Statement(build)()
    as_peewee = list(build())
    if name == "tuples":
        as_peewee = [(number, day and day.isoformat()) for number, day in as_peewee]
    assert rows and [told(row) for row in rows] == [told(row) for row in as_peewee]


def test_a_row_of_a_statement_saves_what_is_changed_and_no_more(cast):
    first = Statement(lambda number: Person.select().where(Person.id == number)).first
    person = first(cast.maya.id)
    person.grade = 12
    assert person.dirty_fields == [Person.grade]
    person.save()
    assert first(cast.maya.id).grade == 12
