"""Queries whose SQL is written out once. Peewee takes many times longer to build a query than SQLite to answer it.

For what every page asks; elsewhere a plain query is the simpler thing.
"""

from collections.abc import Callable
from typing import Any

from peewee import ROW, Value

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
        self.readers: dict[tuple, Any] = {}

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
        reader = self.readers[lengths]
        return [reader.process_row(row) for row in rows]

    def learn(self, lengths: tuple, query, cursor) -> None:
        """Which column is what, found out once: that takes peewee longer than to read a row."""
        reader = query._get_cursor_wrapper(cursor)
        reader.initialize()
        reader.cursor = None
        self.readers[lengths] = reader

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
