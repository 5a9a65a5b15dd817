"""Every table and column says what it holds of people, and the page says it to everybody."""

import pytest
from peewee import CharField, ForeignKeyField

from board.db import Table
from board.people.model import Person
from board.privacy import declaration
from board.privacy.declaration import DECLARED, NOTHING, by_category, by_name, undeclared
from board.privacy.held import About


def test_every_table_and_every_column_is_declared(app):
    assert undeclared() == []
    assert len(DECLARED) > 40 and not set(DECLARED) & NOTHING


def test_a_column_that_nobody_declared_is_named_with_what_to_do(app):
    Person._meta.add_field("shoe_size", CharField(null=True))
    try:
        found = undeclared()
    finally:
        Person._meta.remove_field("shoe_size")
        del Person.shoe_size
    assert len(found) == 1 and "person.shoe_size" in found[0] and "Add it to an Element" in found[0]


def test_a_table_that_nobody_declared_is_named_with_what_to_do(app, monkeypatch):
    monkeypatch.delitem(DECLARED, "message")
    monkeypatch.setattr(declaration, "NOTHING", NOTHING - {"field"})
    found = undeclared()
    assert [words.split("”")[0] for words in found] == ["The table “field", "The table “message"]
    assert all("NOTHING" in words and "Held" in words for words in found)


def test_what_is_declared_and_gone_is_named_too(app, monkeypatch):
    monkeypatch.setitem(DECLARED, "unicorn", DECLARED["interest"])
    assert undeclared() == ["The table “unicorn” is declared and does not exist."]


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_the_ways_to_a_person_are_keys_that_end_at_one(name):
    for way in DECLARED[name].of:
        model = by_name()[name]
        for key in way:
            field = model._meta.fields[key]
            assert isinstance(field, ForeignKeyField)
            model = field.rel_model
        assert model is Person


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_who_wrote_and_what_is_emptied_are_columns(name):
    held, model = DECLARED[name], by_name()[name]
    fields = model._meta.fields
    assert set(held.blank) <= set(fields)
    for key, columns in held.wrote.items():
        assert fields[key].rel_model is Person and set(columns) <= set(fields)
    for key, values in held.blank_by.items():
        assert fields[key].rel_model is Person and set(values) <= set(fields)


def test_every_key_to_a_person_is_the_way_to_whose_row_it_is_or_says_who_acted(app):
    """A table with a key to a person and no way to whose it is would be left out of the record and of erasing."""
    for name, held in DECLARED.items():
        model: type[Table] = by_name()[name]
        keys = {
            field.name
            for field in model._meta.sorted_fields
            if isinstance(field, ForeignKeyField) and field.rel_model is Person
        }
        if keys and not held.of and held.where is None:
            assert held.secret or keys == set(held.wrote) | set(held.acted), name


def test_each_section_of_the_page_has_something(app):
    assert set(by_category()) == set(About)
