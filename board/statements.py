"""Queries whose SQL is written out once. Peewee takes many times longer to build a query than SQLite to answer it.

For what every page asks; elsewhere a plain query is the simpler thing.
"""

from collections.abc import Callable
from typing import Any

from peewee import ROW, AutoField, CharField, Field, ForeignKeyField, IntegerField, TextField, Value

from board.db import database


class Place:
    """Stands in the parameters for a value that is not known yet."""

    def __init__(self, number: int):
        self.number = number

    def node(self) -> Value:
        return Value(self, converter=False)


class Statement:
    """`build(*values)` gives the query; it is called once for each length of its lists, with stand-ins for values.

    Values go to SQLite as they are: whole numbers, texts, moments; a list is for `in_`; of a query of tuples they
    come as they are, too. `build` may only place them in the query, not look at them.
    """

    def __init__(self, build: Callable):
        self.build = build
        self.built: dict[tuple, tuple] = {}
        self.readers: dict[tuple, Callable] = {}

    def __call__(self, *values) -> list:
        """The rows, as the query would give them."""
        lengths = tuple(len(value) if isinstance(value, list) else -1 for value in values)
        sql, params, query = self.built.get(lengths) or self.write(lengths)
        given: list = []
        for value in values:
            given.extend(value) if isinstance(value, list) else given.append(value)
        bound = [given[param.number] if type(param) is Place else param for param in params]
        cursor = database.execute_sql(sql, bound)
        rows = cursor.fetchall()
        if not rows or query._row_type == ROW.TUPLE:
            return rows
        if lengths not in self.readers:
            self.learn(lengths, query, cursor)
        return [*map(self.readers[lengths], rows)]

    def learn(self, lengths: tuple, query, cursor) -> None:
        """Which column is what, found out once: that takes peewee longer than to read a row."""
        reader = query._get_cursor_wrapper(cursor)
        reader.initialize()
        reader.cursor = None
        self.readers[lengths] = maker(reader)

    def first(self, *values):
        """The first row, or None."""
        rows = self(*values)
        return rows[0] if rows else None

    def write(self, lengths: tuple) -> tuple:
        number, stand_ins = 0, []
        for length in lengths:
            places = [Place(number + more).node() for more in range(max(length, 1))]
            stand_ins.append(places[:length] if length >= 0 else places[0])
            number += len(places) if length else 0
        query = self.build(*stand_ins)
        self.built[lengths] = (*query.sql(), query)
        return self.built[lengths]


# what SQLite gives of these is what they hold
AS_THEY_COME = (AutoField, CharField, ForeignKeyField, IntegerField, TextField)


def maker(reader) -> Callable[[tuple], Any]:
    """`reader.process_row`, without asking of each value of each row whose it is: for columns of a model, and of
    models joined to it. Any other query is left to peewee."""
    fields: dict[type, dict[str, Field]] = {}
    for column, field in zip(reader.columns, reader.fields, strict=True):
        if not isinstance(field, Field) or field.name != column or column in fields.get(field.model, {}):
            return reader.process_row
        fields.setdefault(field.model, {})[column] = field
    joins = getattr(reader, "src_to_dest", [])
    grouped = [(model, column) for model, some in fields.items() for column in some]
    in_order = grouped == [(field.model, field.name) for field in reader.fields]
    known = {reader.model, *(joined for _, _, joined, *_ in joins)} == set(fields)
    keyed = all(
        is_key and joined._meta.primary_key.name in fields.get(joined, {}) for _, _, joined, *_, is_key in joins
    )
    if not in_order or not known or not keyed:
        return reader.process_row
    parts, start = [], 0
    for model, some in fields.items():
        end = start + len(some)
        converted = [(name, field.python_value) for name, field in some.items() if not isinstance(field, AS_THEY_COME)]
        parts.append((model, list(some), slice(start, end), converted))
        start = end

    def make(row: tuple):
        made = {}
        for model, names, place, converted in parts:
            one = made[model] = model.__new__(model)
            one.__data__ = data = dict(zip(names, row[place], strict=True))
            one.__rel__, one._dirty = {}, set()
            for name, python_value in converted:
                data[name] = python_value(data[name])
        for source, key, joined, *_ in joins:
            other, one = made[joined], made[source]
            if other._pk is None:
                one.__rel__[key] = None
            else:
                one.__rel__[key], one.__data__[key] = other, other._pk
        return made[reader.model]

    return make
