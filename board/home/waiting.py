"""What waits for the person who is looking: the numbers in the header. One query, kept until anything is written."""

from typing import Any

from flask import g
from peewee import Select, fn

from board.access import who
from board.applications.model import WAITING, Application, Reading
from board.asked import of_frame
from board.db import database
from board.employers.model import Employer
from board.employers.model import State as EmployerState
from board.notices import Notice
from board.people.model import Person, Role
from board.placements.model import Placement
from board.placements.model import State as PlacementState
from board.placements.thread import unread
from board.postings.model import Posting, Revision, RevisionState
from board.postings.model import State as PostingState
from board.postings.searches import count_new
from board.reports.model import Report, ReportReader
from board.reports.model import State as ReportState
from board.school.model import School, today
from board.statements import Statement
from board.suggestions.model import Suggestion


def waiting() -> dict[str, int]:
    """Counts by name for the header of this request."""
    if "waiting" not in g:
        person = who()
        g.waiting = of_frame.unchanged(("waiting", person.id, today()), lambda: of(person)) if person else {}
    return g.waiting


def of(person: Person) -> dict[str, int]:
    names, numbers = COUNTS[Role(person.role)]
    counts = dict.fromkeys(names, 0)
    for name, number in zip(names, numbers.first(person.id, person.employer_id), strict=True):
        counts[name] += number
    if person.is_student:
        counts["saved"] = count_new(person)
    return counts


def lists(role: Role, person, employer) -> list[tuple[str, Any]]:
    """What is counted under each name; two lists of one name are added up."""
    found: list[tuple[str, Any]] = [
        ("notices", Notice.select().where(Notice.person == person, Notice.read_at.is_null())),
        ("messages", unread(role, person, employer)),
    ]
    if role in (Role.TEACHER, Role.COORDINATOR):
        found += [
            ("review", Posting.select().where(Posting.state == PostingState.SUBMITTED)),
            ("review", Revision.select().where(Revision.state == RevisionState.PROPOSED)),
            ("matches", Placement.select().where(Placement.state == PlacementState.PROPOSED)),
            ("reports", Report.select().where(Report.state == ReportState.NEW, Report.reaches(person))),
            ("officer", School.select().where((School.safety_person == person) | (School.safety_backup == person))),
            ("officer", ReportReader.select().where(ReportReader.person == person)),
            ("readings", Reading.select().where(Reading.teacher == person, Reading.answered_at.is_null())),
        ]
    if role == Role.COORDINATOR:
        found += [
            ("suggestions", Suggestion.waiting()),
            ("employers", Employer.arrived().where(Employer.state == EmployerState.UNVERIFIED)),
        ]
    if role == Role.EMPLOYER:
        theirs = Application.select().join(Posting).where(Posting.employer == employer)
        found.append(("applicants", theirs.where(Application.state.in_(WAITING), Application.is_shown())))
    if role == Role.STUDENT:
        offered = (Application.student == person) & (Application.state == "offered")
        found.append(("offers", Application.select().where(offered)))
    return found


def counting(role: Role) -> tuple[list[str], Statement]:
    def build(person, employer):
        counts = [some.select(fn.COUNT(some.model.id)) for _, some in lists(role, person, employer)]
        return Select(columns=counts).bind(database).tuples()

    return [name for name, _ in lists(role, 0, 0)], Statement(build)


COUNTS = {role: counting(role) for role in Role}
