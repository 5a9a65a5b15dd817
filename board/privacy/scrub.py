"""Takes what somebody is called out of the words of others.

Everywhere: the whole name, mail addresses, the username. In what belongs to their own applications and projects also
the first and the last name alone, as they are written: elsewhere “May” is a month.
"""

import json
import re
from dataclasses import dataclass, field
from functools import reduce

from peewee import CharField, Field, IntegrityError, Model, TextField, fn

from board.db import database
from board.people.model import Person
from board.privacy.declaration import DECLARED, by_name
from board.privacy.held import NAME

SHORT = 5  # letters; a username as short as this may be anybody's word
# what other people are called is theirs; the trail holds no names, and nothing in it ever changes
UNTOUCHED = {"person", "audit_entry", "audit_checked"}
BESIDE = r"[\w@.+-]"  # what belongs to an address or a username beside it


@dataclass
class Names:
    """What is looked for. `shared`: someone else who is here has the same name, so it is theirs as well. `beside`: whole
    names of others who go with them."""

    full: str
    marks: tuple[str, ...] = ()  # addresses, usernames
    parts: tuple[str, ...] = ()  # first and last name
    shared: bool = False
    beside: tuple[str, ...] = ()
    everywhere: re.Pattern = field(init=False)
    nearby: re.Pattern = field(init=False)

    def __post_init__(self):
        full = [spelled(name) for name in (self.full, *self.beside) if name]
        marks = [rf"(?<!{BESIDE}){re.escape(mark)}(?![\w@+-])" for mark in self.marks]
        wide = [*marks, *(full[1:] if self.shared else full)]
        self.everywhere = re.compile("|".join(wide) or r"(?!)", re.I)
        parts = [rf"(?<!\w){re.escape(part)}(?!\w)" for part in self.parts]
        self.nearby = re.compile("|".join([*(f"(?i:{one})" for one in [*marks, *full]), *parts]) or r"(?!)")

    def and_of(self, others: "Names") -> "Names":
        """The same, and what others are called."""
        return Names(self.full, self.marks + others.marks, self.parts, self.shared, others.beside)

    def tokens(self) -> list[str]:
        """Pieces of which one is in every text that holds any of these; as JSON writes them, too."""
        last = [word for name in (self.full, *self.beside) for word in name.split()[-1:]]
        wanted = [*self.marks, *self.parts, *last]
        return sorted({form.casefold() for word in wanted for form in (word, json.dumps(word)[1:-1])})


def spelled(name: str) -> str:
    """A pattern for a name with any blanks between its words."""
    return r"(?<!\w)" + r"\s+".join(re.escape(word) for word in name.split()) + r"(?!\w)"


def of(person: Person) -> Names:
    words = person.name.split()
    marks = [mark for mark in (person.email, person.claimed_email) if mark]
    if person.username and len(person.username) >= SHORT:
        marks.append(person.username)
    parts = tuple(dict.fromkeys([words[0], words[-1]])) if len(words) > 1 else tuple(words)
    other = Person.select().where(Person.id != person.id, Person.name == person.name).exists()
    return Names(person.name, tuple(marks), tuple(part for part in parts if len(part) > 1), other)


def texts_of(model: type[Model]) -> list[Field]:
    """Columns of words: no states, no hashes, nothing that is masked."""
    name = model._meta.table_name
    masked = DECLARED[name].masked if name in DECLARED else set()
    return [
        column for column in model._meta.sorted_fields
        if isinstance(column, CharField | TextField) and column.column_name not in masked and not column.primary_key
    ]  # fmt: skip


def scrub(names: Names, near: dict[str, object]) -> dict[str, list]:
    """Write NAME where they stood; returns the keys of changed rows by table. `near`: by table, the condition for rows
    that belong to the person. Within a transaction."""
    tokens = names.tokens()
    database.register_function(lambda text: holds(text, tokens), "holds_one", 1)
    try:
        return {
            name: changed
            for name, model in by_name().items()
            if name not in UNTOUCHED and (changed := scrub_table(model, names, near.get(name)))
        }
    finally:
        database.unregister_function("holds_one")


def holds(text, tokens: list[str]) -> bool:
    if not isinstance(text, str):
        return False
    folded = text.casefold()
    return any(token in folded for token in tokens)


def scrub_table(model: type[Model], names: Names, near) -> list:
    columns = texts_of(model)
    if not columns:
        return []
    key = model._meta.primary_key
    found = reduce(lambda one, other: one | other, [fn.holds_one(column) for column in columns])
    rows = list(model.select(key, *columns).where(found).tuples())
    close = set()
    if near is not None and rows:
        numbers = [number for number, *_ in rows]
        for start in range(0, len(numbers), 500):
            some = model.select(key).where(key.in_(numbers[start : start + 500]), near)
            close |= {number for (number,) in some.tuples()}
    changed = []
    for number, *values in rows:
        pattern = names.nearby if number in close else names.everywhere
        new = {}
        for column, value in zip(columns, values, strict=True):
            told = without(value, pattern)
            if told != value:
                new[column] = told[: column.max_length] if isinstance(column, CharField) else told
        if new:
            write(model, key, number, new)
            changed.append(number)
    return changed


def without(value, pattern: re.Pattern):
    """A text with NAME for what the pattern finds; within JSON, in each of its texts."""
    if not isinstance(value, str):
        return value
    if value[:1] in "{[":
        try:
            loaded = json.loads(value)
        except ValueError:
            return pattern.sub(NAME, value)
        made = walk(loaded, pattern)
        return value if made == loaded else json.dumps(made)
    return pattern.sub(NAME, value)


def walk(value, pattern: re.Pattern):
    if isinstance(value, str):
        return pattern.sub(NAME, value)
    if isinstance(value, list):
        return [walk(one, pattern) for one in value]
    if isinstance(value, dict):
        return {key: walk(one, pattern) for key, one in value.items()}
    return value


def write(model: type[Model], key: Field, number, new: dict) -> None:
    """Two of one list may be called the same now: then the row's number tells them apart."""
    try:
        with database.atomic():
            model.update(new).where(key == number).execute()
    except IntegrityError:
        told = {column: f"{value[: (column.max_length or 4000) - 12]} {number}" for column, value in new.items()}
        model.update(told).where(key == number).execute()
