"""Queries whose SQL is written out once. Peewee takes many times longer to build a query than SQLite to answer it.

For what every page asks; elsewhere a plain query is the simpler thing.
"""

from collections.abc import Callable

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

    def __call__(self, *values) -> list:
        """The rows, as the query would give them."""
        lengths = tuple(len(value) if isinstance(value, list) else -1 for value in values)
        sql, params, reader = self.built.get(lengths) or self.write(lengths)
        given: list = []
        for value in values:
            given.extend(value) if isinstance(value, list) else given.append(value)
        bound = [given[param.number] if type(param) is Place else param for param in params]
        cursor = database.execute_sql(sql, bound)
        rows = cursor.fetchall()
        if reader is None or not rows:
            return rows
        if not reader.initialized:  # which column is what is found out once
            reader.cursor = cursor
            reader.initialize()
            reader.initialized = True
        return [reader.process_row(row) for row in rows]

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
        reader = None if query._row_type == ROW.TUPLE else query._get_cursor_wrapper(None)
        self.built[lengths] = (*query.sql(), reader)
        return self.built[lengths]
