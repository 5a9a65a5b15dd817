"""Everything the board holds of one person, table by table, as the declaration says: for a page and for a file.

Whoever reads their own record reads what they may read elsewhere: not a message that is held, feedback that is sealed,
or what the school wrote for itself. A coordinator reads all of it, but of student safety only the cases whose line has
reached them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce

from peewee import Model

from board.audit.rules import CONFIDENTIAL
from board.db import now
from board.experience.rules import is_feedback_open
from board.moves import Step
from board.notices import Notice
from board.people.model import Person, Role
from board.placements.model import CheckIn, EmployerFeedback, Message, Party, StudentFeedback
from board.placements.rules import STAFF_ALONE
from board.privacy.declaration import DECLARED, by_name
from board.privacy.held import PLACED, About, Held
from board.reports.model import Report


@dataclass(frozen=True)
class Part:
    """The rows of one table: as kept, by column. `columns` in the order of the declaration."""

    table: str
    title: str
    columns: tuple[str, ...]
    rows: list[Model]
    written: bool = False  # by them, about something that is not theirs


def way_to(model: type[Model], way: tuple[str, ...], person: Person):
    """The condition that a row is about this person, through keys."""
    key, *rest = way
    field = model._meta.fields[key]
    if not rest:
        return field == person.id
    other = field.rel_model
    return field.in_(other.select(other.id).where(way_to(other, tuple(rest), person)))


def theirs(name: str, person: Person):
    """The condition for rows of a table that are about a person; None where there are none by declaration."""
    held, model = DECLARED[name], by_name()[name]
    ways = [way_to(model, way, person) for way in held.of if reaches(way, person)]
    if held.where:
        ways.append(held.where(person))
    return reduce(lambda one, other: one | other, ways) if ways else None


def reaches(way: tuple[str, ...], person: Person) -> bool:
    """A way that ends at a student leads to nobody else."""
    return way[-1] != "student" or person.is_student


def columns_of(name: str, held: Held, person: Person, own: bool) -> tuple[str, ...]:
    """Names of the fields that are personal and may be drawn; of an account only what its kind has, and for whoever reads
    their own only what is not the school's alone."""
    by_column = {field.column_name: field.name for field in by_name()[name]._meta.sorted_fields}
    kinds = {About.STUDENT: person.is_student, About.EMPLOYER: person.is_employer}
    elements = [element for element in held.elements if name != "person" or kinds.get(element.about, True)]
    elements = [element for element in elements if not own or element.is_read_by(person)]
    listed = [column for element in elements if not element.masked for column in element.columns]
    return tuple(by_column[column] for column in listed if column in by_column)


def whole(person: Person, reader: Person) -> list[Part]:
    """One query a table, and one more for what they wrote elsewhere; empty tables are left out."""
    own, other = not reader.is_coordinator, reader.id != person.id
    found = []
    for name, held in DECLARED.items():
        if held.secret:
            continue
        model, columns = by_name()[name], columns_of(name, held, person, own)
        condition = theirs(name, person)
        if condition is not None:
            query = narrowed(name, model.select().where(condition), person, own)
            rows = list((calm(name, query, reader) if other else query).order_by(model._meta.primary_key))
            columns = tuple(column for column in columns if not (own and (name, column) in FOR_SCHOOL))
            if rows and columns:
                found.append(Part(name, held.title, columns, rows))
        found += written(name, held, person, condition, reader)
    return found


def calm(name: str, query, reader: Person):
    """Without what only the line of a case of student safety reads: not its words, and not that there is one."""
    told = Notice.select(Notice.id).join(Step).where(Step.noun.in_(CONFIDENTIAL))
    without = {
        "report": lambda: Report.id.in_(Report.seen_by(reader).select(Report.id)),
        "step": lambda: Step.noun.not_in(CONFIDENTIAL),
        "notice": lambda: Notice.id.not_in(told),
        "mail_notice": lambda: query.model.notice.not_in(told),
    }
    return query.where(without[name]()) if name in without else query


def written(name: str, held: Held, person: Person, condition, reader: Person) -> Iterator[Part]:
    """What they wrote in rows that are about somebody or something else: those columns alone."""
    model = by_name()[name]
    for key, words in held.wrote.items():
        query = model.select().where(model._meta.fields[key] == person.id)
        if condition is not None:
            query = query.where(~condition)
        dates = tuple(column for column in ("created_at", "answered_at", "given_at") if column in model._meta.fields)
        query = calm(name, query, reader) if reader.id != person.id else query
        rows = list(query.order_by(model._meta.primary_key))
        if rows:
            yield Part(name, held.title, (*words, *dates[:1]), rows, written=True)


FOR_SCHOOL = {
    ("step", "detail"),
    ("step", "reason"),
}  # columns that only coordinators read here; each page tells its own


def narrowed(name: str, query, person: Person, own: bool):
    """Without what a person may not read of their own yet, or at all."""
    if not own:
        return query
    if name == "message":
        return query.where(Message.held_at.is_null() | Message.passed_at.is_null(False) | (Message.writer == person))
    if name == "check_in":
        return query.where(CheckIn.party == Party.STUDENT)
    if name == "step":
        return query.where(Step.move.not_in(STAFF_ALONE) | (Step.person == person))
    if name in ("employer_feedback", "skill_rating"):
        return query.where(query.model.placement.in_(opened(person)))
    return query


def opened(person: Person) -> list[int]:
    """Placements of a student whose feedback both sides may read."""
    rows = EmployerFeedback.select(EmployerFeedback.placement, EmployerFeedback.given_at)
    given = dict(rows.where(way_to(EmployerFeedback, PLACED, person)).tuples())
    mine = StudentFeedback.select(StudentFeedback.placement, StudentFeedback.given_at)
    other = dict(mine.where(StudentFeedback.placement.in_(list(given))).tuples())
    return [number for number, at in given.items() if is_feedback_open(at, other.get(number), now())]


# -- as a file


def as_file(person: Person, reader: Person) -> dict:
    """JSON's own kinds of values; money in US cents, moments in UTC."""
    parts: dict[str, list[dict]] = {}
    for part in whole(person, reader):
        rows = [{"id": row._pk} | {column: plain(row.__data__[column]) for column in part.columns} for row in part.rows]
        parts.setdefault(part.table, []).extend(rows)
    # a case of student safety stands with its line; said of everybody alike, so that it does not tell there is one
    masked = [f"{name}.{column}" for name, held in DECLARED.items() for column in held.masked]
    return {
        "about": {"name": person.name, "kind": str(Role(person.role)), "made": f"{now().isoformat()}Z"},
        "held": parts,
        "read_at_school_alone": [] if reader.is_coordinator else read_at_school(person),
        "not_in_here": sorted(masked if reader.id == person.id else [*masked, "report"]),
    }


def read_at_school(person: Person) -> list[str]:
    """What of a record its owner asks a coordinator for: who reads it says the declaration."""
    about_them = [name for name in DECLARED if theirs(name, person) is not None]
    return sorted(
        f"{name}.{column}"
        for name in about_them
        for element in DECLARED[name].elements
        if not element.masked and not element.is_read_by(person)
        for column in element.columns
    )


def plain(value):
    if isinstance(value, datetime):
        return f"{value.isoformat()}Z"
    return value.isoformat() if isinstance(value, date) else value
