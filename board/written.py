"""The SQL of queries of one shape is written once: peewee takes many times longer to write it than SQLite to answer.

Two queries have one shape when they differ in nothing but the values they give. What a query is made of is gone
through part by part; a part that is not known here, or one that holds something unheard of, leaves the query to
peewee. So does whatever peewee does not write as foreseen: of each shape its text is looked at before it is kept.
"""

from collections.abc import Callable, Mapping
from typing import Any

from peewee import (
    SQL,
    Alias,
    Case,
    CompoundSelectQuery,
    Context,
    Delete,
    Entity,
    Expression,
    Field,
    FieldAlias,
    Function,
    Insert,
    Join,
    Model,
    ModelAlias,
    Negated,
    Node,
    NodeList,
    Ordering,
    QualifiedNames,
    Query,
    Select,
    Update,
    Value,
    multi_types,
)  # fmt: skip

MOST = 2000  # shapes; a list of another length is another shape
LONGEST = 60  # of a list whose length is one of a shape


class Strange(Exception):
    """A part of a query that is not known here."""


class Noting(Context):
    """Notes each value as it was given, with what turns it into what SQLite gets."""

    __slots__ = ("noted",)

    def __init__(self, **settings):
        super().__init__(**settings)
        self.noted: list[tuple] = []

    def value(self, value, converter=None, add_param=True):
        self.noted.append((value, converter or (self.state.converter if converter is None else None)))
        return super().value(value, converter, add_param)


# of each kind of part: what stands in the SQL as it is; what is gone through, in the order it is written;
# what is no matter of SQL; what has to be empty, being of no use here
KINDS: dict[type, tuple[str, str, str, str]] = {
    Expression: ("op flat _coerce", "lhs rhs", "", "_converter"),
    SQL: ("sql _coerce", "params", "", "_converter"),
    Entity: ("_path _coerce", "", "", "_converter"),
    Function: ("name _coerce", "arguments _order_by _filter", "_python_value", "_converter"),
    Ordering: ("direction collation nulls _coerce", "node", "_converter", ""),
    Alias: ("_alias _coerce", "node", "_converter", ""),
    Negated: ("_coerce", "node", "_converter", ""),
    QualifiedNames: ("_scope _coerce", "node", "_converter", ""),
    NodeList: ("glue parens _coerce", "nodes", "", "_converter"),
    Case: ("_coerce", "predicate expression_tuples default", "", "_converter"),
    Join: ("join_type _alias", "lhs rhs _on", "", ""),
    Select: (
        "_alias _simple_distinct _is_default _coerce",
        "_distinct _returning _from_list _where _group_by _having _order_by _limit _offset",
        "_cursor_wrapper _row_type _constructor _database _hash model _join_ctx _joins _load_tree",
        "_cte_list _windows _for_update _lateral",
    ),
    CompoundSelectQuery: (
        "op _alias _coerce",
        "lhs rhs _order_by _limit _offset",
        "_cursor_wrapper _row_type _constructor _database _hash model _load_tree",
        "_cte_list _where",
    ),
    Update: (
        "_return_cursor _coerce",
        "table _update _where _order_by _limit _offset _returning",
        "_cursor_wrapper _row_type _constructor _database model",
        "_cte_list _from",
    ),
    Insert: (
        "_return_cursor _as_rowcount _coerce",
        "table _insert _returning",
        "_cursor_wrapper _row_type _constructor _database model",
        "_cte_list _columns _on_conflict _where _order_by _limit _offset",
    ),
    Delete: (
        "_return_cursor _coerce",
        "table _where _returning",
        "_cursor_wrapper _row_type _constructor _database model",
        "_cte_list _order_by _limit _offset",
    ),
}  # fmt: skip


class Shape:
    """What a query is made of, and the values it gives, in the order in which they are written."""

    def __init__(self, query: Query):
        self.parts: list = []
        self.values: list = []
        self.stay: list = []  # what is known by its place in memory has to stay there
        self.aliases: dict[int, int] = {}
        self.go(query)

    def go(self, thing: Any) -> None:
        kind = type(thing)
        (ways.get(kind) or way_of(kind))(self, thing)

    def plain(self, thing: Any) -> None:
        self.parts.append("?")
        self.values.append(thing)

    def nothing(self, thing: None) -> None:
        self.parts.append(None)

    def row(self, thing: Model) -> None:
        self.parts += ("row", type(thing))
        self.values.append(thing)

    def table(self, thing: type[Model]) -> None:
        self.parts.append(thing)

    def many(self, things: Any) -> None:
        if len(things) > LONGEST and not isinstance(next(iter(things)), Node):
            raise Strange
        self.parts += (len(things), type(things))
        for one in things:
            self.go(one)

    def columns(self, row: Mapping) -> None:
        """Of an UPDATE or an INSERT, as peewee orders them."""
        if not all(isinstance(field, Field) for field in row):
            raise Strange
        self.parts.append(len(row))
        for field, value in sorted(row.items(), key=lambda item: item[0]._sort_key):
            self.field(field)
            self.one(value)

    def one(self, value: Any) -> None:
        """Where a list is one value, and nothing is one too."""
        self.go(value) if isinstance(value, (Node, type(Model))) else self.plain(value)

    def field(self, field: Field) -> None:
        self.parts.append(id(field))
        self.stay.append(field)

    def alias(self, alias: ModelAlias) -> None:
        self.parts += (self.aliases.setdefault(id(alias), len(self.aliases)), alias.model, alias.alias)
        self.stay.append(alias.model)

    def field_of_alias(self, field: FieldAlias) -> None:
        if len(field.__dict__) > 3:
            raise Strange
        self.alias(field.source)
        self.field(field.field)

    def value(self, value: Value) -> None:
        """One that says itself what turns it into what SQLite gets."""
        turn = value.converter
        self.parts += (value.multi, value._coerce, id(getattr(turn, "__self__", turn)), getattr(turn, "__func__", None))
        self.stay.append(turn)
        if value._converter:
            raise Strange
        self.many(value.values) if value.multi else self.one(value.value)


ways: dict[type, Callable[[Shape, Any], None]] = {}


def way_of(kind: type) -> Callable[[Shape, Any], None]:
    """How to go through things of a kind, found out once."""
    if issubclass(kind, FieldAlias):
        return Shape.field_of_alias  # peewee makes a class of its own for each: they must not stay
    if issubclass(kind, Node):
        way = next((way for known, way in NODES.items() if issubclass(kind, known)), None) or part_by_part(kind)
    elif issubclass(kind, type(Model)):
        way = Shape.table
    elif issubclass(kind, multi_types):
        way = Shape.many
    elif issubclass(kind, Mapping):
        way = Shape.columns
    elif kind is type(None):
        way = Shape.nothing
    else:
        way = Shape.plain
    ways[kind] = way
    return way


NODES = {
    Field: Shape.field,
    ModelAlias: Shape.alias,
    Model: Shape.row,
    Value: Shape.value,
}


def part_by_part(kind: type) -> Callable[[Shape, Any], None]:
    known = next((known for known in KINDS if issubclass(kind, known)), None)
    if known is None or kind.__sql__ is not known.__sql__:
        return strange
    as_it_is, within, no_matter, empty = (tuple(names.split()) for names in KINDS[known])
    all_known = frozenset((*as_it_is, *within, *no_matter, *empty))

    def go(shape: Shape, node: Node) -> None:
        held = node.__dict__
        if not held.keys() <= all_known or any(held.get(name) for name in empty):
            raise Strange
        get, through = held.get, shape.go
        shape.parts.append(kind)
        shape.parts += [get(name) for name in as_it_is]
        for name in within:
            through(get(name))

    return go


def strange(shape: Shape, node: Node) -> None:
    raise Strange


class Texts:
    """The SQL of the shapes met so far, with what turns each value of it into what SQLite gets."""

    def __init__(self, most: int = MOST):
        self.most = most
        self.kept: dict[tuple, tuple | None] = {}

    def of(self, query: Query, settings: Callable[[], dict]) -> tuple[str, list] | None:
        """The SQL of a query and what it gives SQLite, or None where peewee has to write it."""
        if not isinstance(query, Query):
            return None
        try:
            shape = Shape(query)
            key = tuple(shape.parts)
            known = self.kept.get(key, ())
        except (Strange, TypeError):  # of what cannot be a key
            return None
        if known is None:
            return None
        if not known or not known[0]:
            return self.learn(key, shape, query, settings, known)
        return known[1], [turn(value) if turn else value for turn, value in zip(known[2], shape.values, strict=True)]

    def learn(self, key: tuple, shape: Shape, query: Query, settings: Callable, known: tuple) -> tuple[str, list]:
        """Let peewee write it, and keep the text if its values are those foreseen. Where the same value is there twice,
        it takes two texts that are alike to know that none stands for the other."""
        context = Noting(**settings())
        sql, given = context.sql(query).query()
        foreseen = len(given) == len(shape.values) == len(context.noted) and all(
            noted is value for (noted, _turn), value in zip(context.noted, shape.values, strict=True)
        )
        if len(self.kept) >= self.most:
            self.kept.clear()
        if not foreseen or (known and known[1] != sql):
            self.kept[key] = None
        else:
            sure = bool(known) or len({id(value) for value in shape.values}) == len(shape.values)
            self.kept[key] = sure, sql, [turn for _noted, turn in context.noted], shape.stay
        return sql, given
