"""What the keys of a record are called."""

from dataclasses import dataclass

from peewee import ForeignKeyField, Model

from board.applications.model import Application
from board.employers.model import Employer
from board.people.model import Person
from board.placements.model import Placement
from board.postings.model import Posting
from board.privacy.declaration import by_name
from board.privacy.record import Part


@dataclass
class Names:
    """What the keys of a record are called, one query for each kind of thing."""

    known: dict[tuple[str, int], str]

    def of(self, model: type[Model], number) -> str:
        return self.known.get((model._meta.table_name, number), f"{number}")


NAMED = {
    "skill": "name",
    "field": "name",
    "posting": "title",
    "employer": "name",
    "supervisor": "name",
    "question": "words",
    "guardian": "name",
}


def names_of(parts: list[Part], person: Person, reader: Person) -> Names:
    wanted: dict[type[Model], set] = {}
    for part in parts:
        for column in part.columns:
            field = by_name()[part.table]._meta.fields[column]
            if isinstance(field, ForeignKeyField):
                wanted.setdefault(field.rel_model, set()).update(row.__data__[column] for row in part.rows)
    known: dict[tuple[str, int], str] = {}
    for model, numbers in wanted.items():
        name, numbers = model._meta.table_name, {number for number in numbers if number}
        if name in NAMED and numbers:
            query = model.select(model.id, model._meta.fields[NAMED[name]]).where(model.id.in_(numbers))
            known |= {(name, number): words for number, words in query.tuples()}
        elif model is Application:
            query = Application.select(Application.id, Posting.title).join(Posting).where(Application.id.in_(numbers))
            known |= {(name, number): title for number, title in query.tuples()}
        elif model is Placement:
            query = Placement.select(Placement.id, Posting.title).join(Application).join(Posting)
            known |= {(name, number): title for number, title in query.where(Placement.id.in_(numbers)).tuples()}
        elif model is Person and numbers:
            known |= {("person", other.id): called(other, person, reader) for other in people(numbers)}
    return Names(known)


def people(numbers: set[int]):
    return Person.select(Person, Employer).left_outer_join(Employer).where(Person.id.in_(numbers))


def called(other: Person, person: Person, reader: Person) -> str:
    """To who reads their own record, an employer's people stand for their organization; other students are nobody."""
    if reader.is_coordinator or other.id == person.id or other.is_teacher:
        return other.name
    return other.employer.name if other.is_employer else "–"
