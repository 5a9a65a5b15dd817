"""Who of the school opens the record of a student they do not look after: one row for each of them and each day.

The pages that show a student are listed here; what is drawn on them knows nothing of it.
"""

from collections.abc import Callable
from datetime import datetime

from flask import Flask, Response, request
from peewee import JOIN

from board.access import who
from board.applications.model import Application
from board.db import database, now
from board.experience.model import Experience
from board.people.model import Person
from board.placements.model import Placement
from board.privacy.model import Access
from board.school.model import today

# by endpoint: the student whose page it is, by the number in the address
PAGES: dict[str, tuple[str, Callable]] = {
    "student_story.show": ("story", lambda number: Person.select(Person.id).where(Person.id == number)),
    "roster.person": ("details", lambda number: Person.select(Person.id).where(Person.id == number)),
    "records.of": ("record", lambda number: Person.select(Person.id).where(Person.id == number)),
    "records.file_of": ("record", lambda number: Person.select(Person.id).where(Person.id == number)),
    "applications.show": ("application", lambda number: Application.select(Application.student).where(Application.id == number)),
    "placements.show": ("placement", lambda number: Placement.select(Application.student).join(Application).where(Placement.id == number)),
    "experience.show": ("experience", lambda number: Experience.select(Experience.student).where(Experience.id == number)),
    "experience.certificate": ("experience", lambda number: Experience.select(Experience.student).where(Experience.id == number)),
}  # fmt: skip


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
    """Note that somebody opened a page of a student; nothing for one's own students, or a second time that day.

    `student`: a query that gives the id. One query where there is nothing to note. Returns whether it was noted.
    """
    day = today()
    found = (
        Person.select(Person.id)
        .where(Person.id.in_(student), Person.role == "student")
        .where(Person.adviser.is_null() | (Person.adviser != staff.id), Person.id.not_in(looked_after(staff)))
        .where(Person.id.not_in(Access.select(Access.student).where(Access.staff == staff.id, Access.day == day)))
        .scalar()
    )
    if found is None:
        return False
    with database.atomic():
        made = Access.insert(staff=staff.id, student=found, page=page, day=day, at=now()).on_conflict_ignore()
        made.execute()
    return True


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
