"""Who of the school opens a page of a student: an entry of the audit trail for each look, and where they do not look
after the student a row a day that the coordinators read on the student's page.

The pages that show a student are listed here; what is drawn on them knows nothing of it.
"""

from collections.abc import Callable
from datetime import datetime

from flask import Flask, Response, request
from peewee import JOIN

from board.access import who
from board.applications.model import Application, Reading
from board.audit import trail
from board.db import database, now
from board.experience.model import Experience
from board.people.model import Person
from board.placements.model import Placement
from board.privacy.model import Access
from board.school.model import today


def itself(number: int):
    return Person.select(Person.id).where(Person.id == number)


def of_application(number: int):
    return Application.select(Application.student).where(Application.id == number)


def of_reading(number: int):
    return Reading.select(Application.student).join(Application).where(Reading.id == number)


def of_placement(number: int):
    return Placement.select(Application.student).join(Application).where(Placement.id == number)


def of_experience(number: int):
    return Experience.select(Experience.student).where(Experience.id == number)


# by endpoint: the student whose page it is, by the number in the address
PAGES: dict[str, tuple[str, Callable]] = {
    "student_story.show": ("story", itself),
    "roster.person": ("details", itself),
    "disclosed.of": ("record", itself),
    "disclosed.table_of": ("record", itself),
    "home_records.show": ("record", itself),
    "home_records.file": ("record", itself),
    "records.of": ("record", itself),
    "records.file_of": ("record", itself),
    "applications.show": ("application", of_application),
    "applications.reading": ("application", of_reading),
    "placements.show": ("placement", of_placement),
    "match.paper": ("placement", of_placement),
    "experience.show": ("experience", of_experience),
    "experience.certificate": ("experience", of_experience),
}


def init_app(app: Flask) -> None:
    @app.after_request
    def note(response: Response) -> Response:
        if request.method == "GET" and request.endpoint in PAGES and response.status_code == 200:
            person = who()
            if person and person.is_teacher:
                page, student_of = PAGES[request.endpoint]
                look(person, page, student_of(next(iter(request.view_args.values()))))
        return response


def look(staff: Person, page: str, student) -> bool:
    """Note that somebody opened a page of a student. A row of its own is not written for one's own students, or a second
    time that day.

    `student`: a query that gives the id. Two queries where there is nothing to write. Returns whether there was a row.
    """
    day = today()
    not_theirs = Person.adviser.is_null() | (Person.adviser != staff.id)
    not_theirs &= Person.id.not_in(looked_after(staff))
    not_theirs &= Person.id.not_in(Access.select(Access.student).where(Access.staff == staff.id, Access.day == day))
    query = Person.select(Person.id, not_theirs).where(Person.id.in_(student), Person.role == "student")
    found = query.tuples().first()
    if found is None:
        return False
    number, is_noted = found
    trail.viewed(staff.id, number)
    if is_noted:
        row = Access.insert(staff=staff.id, student=number, page=page, day=day, at=now())
        with database.atomic():
            row.on_conflict_ignore().execute()
    return bool(is_noted)


def looked_after(staff: Person):
    """Students of whose projects this teacher is lead or cover."""
    named = (Placement.lead == staff.id) | (Placement.cover == staff.id)
    return Application.select(Application.student).join(Placement).where(named)


def opened_by(student: Person, most: int = 30) -> list[tuple[str, str, datetime]]:
    """(who, page, when), newest first."""
    rows = (
        Access.select(Person.name, Access.page, Access.at)
        .join(Person, JOIN.INNER, on=Access.staff)
        .where(Access.student == student)
        .order_by(Access.id.desc())
        .limit(most)
    )
    return list(rows.tuples())
