"""The line of a case, as the board knows its people now: whom it reaches next, until when, and whom a page names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from board.asked import of_frame
from board.checks.rules_of_school import year
from board.db import now
from board.people.model import Person, Role
from board.reports import rules
from board.reports.model import Report, ReportAbout, ReportReader, State
from board.school.model import School, zone


def officers(school: School | None) -> list[int]:
    """The student-safety person and their backup, where the school has named them and they are still there."""
    named = [one for one in (school.safety_person, school.safety_backup) if one] if school else []
    there = {one.id for one in Person.staff().where(Person.id.in_(named))}
    return [one for one in named if one in there]


def coordinators() -> list[int]:
    query = Person.active().where(Person.role == Role.COORDINATOR).order_by(Person.id)
    return [one.id for one in query]


def stages(named: set[int], aside: set[int]) -> list[tuple[int, list[int]]]:
    return rules.line(officers(School.here()), coordinators(), named, aside)


def stages_of(report: Report) -> list[tuple[int, list[int]]]:
    """The whole line of a case, as it would be today."""
    rows = list(report.abouts.select(ReportAbout.person, ReportAbout.named).tuples())
    named = {person for person, is_named in rows if is_named}
    return stages(named, {person for person, _is_named in rows} - named)


def next_in_line(report: Report) -> tuple[int, list[int]] | None:
    """The first stage with somebody whom the case has not reached, and who of it."""
    reached = {person for (person,) in report.readers.select(ReportReader.person).tuples()}
    for stage, people in stages_of(report):
        missing = [one for one in people if one not in reached]
        if missing:
            return stage, missing
    return None


def readers(report: Report) -> list[int]:
    """Who may read it now: reached, still at the school, and not somebody it is about."""
    about = report.abouts.select(ReportAbout.person).where(ReportAbout.named)
    reached = report.readers.select(ReportReader.person)
    query = Person.staff().where(Person.id.in_(reached), Person.id.not_in(about)).order_by(Person.id)
    return [one.id for one in query]


def could_read(aside: Iterable[int] = ()) -> list[Person]:
    """Staff whom a case might reach sooner or later, and those of the page it is said on (`aside`): of these it can be
    said that it is about them."""
    known = {*officers(School.here()), *coordinators(), *aside}
    return list(Person.staff().where(Person.id.in_(known)).order_by(Person.name, Person.id))


def due_after(at: datetime) -> datetime:
    """Until when it is to be opened; see rules.due."""
    school = School.here()
    return rules.due(at, year(), zone(school.time_zone if school else "America/New_York"))


# -- what pages say


@dataclass(frozen=True)
class Contact:
    """Whom to reach for student safety: each with (name, mail), and the school's number for it. `named`: the school
    has chosen them; else they are the coordinators."""

    people: tuple[tuple[str, str], ...]
    phone: str
    named: bool


def contact() -> Contact:
    """Asked once until anything is written: it stands at the foot of every page."""
    return of_frame.unchanged("student safety", ask_contact)


def ask_contact() -> Contact:
    school = School.here()
    named = [one for one in (school.safety_person, school.safety_backup) if one] if school else []
    either = Person.id.in_(named) | (Person.role == Role.COORDINATOR)
    staff = {one.id: one for one in Person.staff().where(either)}
    chosen = [staff[one] for one in named if one in staff]
    people = chosen or [one for one in staff.values() if one.is_coordinator][:3]
    phone = (school and school.safety_phone) or ""
    return Contact(tuple((one.name, one.email or "") for one in people), phone, bool(chosen))


def waits_long(at: datetime | None = None):
    """Cases that nobody opened in time, those whose readers have all left, and those that reach nobody yet. Also closed
    ones that still hold something: nobody else could let it go on."""
    moment = at or now()
    there = Person.select(Person.id).where(Person.ended_at.is_null())
    read = ReportReader.select(ReportReader.report).where(ReportReader.person.in_(there))
    late = (Report.state == State.NEW) & (Report.due_at.is_null() | (Report.due_at <= moment))
    holds = Report.holds_messages | Report.holds_placement | Report.holds_posting
    needed = (Report.state != State.CLOSED) | holds
    return Report.select().where(late | (needed & Report.id.not_in(read))).order_by(Report.id)
