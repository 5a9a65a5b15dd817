"""After a breach: whose data could have been read in some days, perhaps through one account, and whom to tell.

New York asks for ten days to the state and sixty to families, Illinois for thirty (8 NYCRR 121.10, 105 ILCS 85/27): the list
has to be there within minutes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from peewee import fn

from board.applications.model import Application
from board.guardians.model import Guardian
from board.people.model import Person, Role
from board.placements.model import Message, Placement
from board.postings.model import Posting
from board.privacy.model import Disclosure, Erasure
from board.words import N_

CATEGORIES = {
    "profile": N_("name, school address, grade, birth date"),
    "shown": N_("shown under a code or by first name"),
    "applications": N_("applications"),
    "placements": N_("projects"),
    "messages": N_("messages"),
}

# where the addresses of parents and guardians come from: ids of students -> their contacts by id
contacts: list[Callable[[list[int]], dict[int, list[str]]]] = []


def at_home(numbers: list[int]) -> dict[int, list[str]]:
    """Parents and guardians the school knows, with their address where there is one."""
    found: dict[int, list[str]] = {}
    query = Guardian.select().where(Guardian.student.in_(numbers), Guardian.gone_at.is_null()).order_by(Guardian.id)
    for one in query:
        found.setdefault(one.student_id, []).append(f"{one.name} <{one.email}>" if one.email else one.name)
    return found


contacts.append(at_home)


@dataclass
class Affected:
    student: Person
    adviser: str = ""
    guardians: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


def account_named(typed: str) -> Person | None:
    """By mail address, username, or number."""
    typed = typed.strip().lower()
    found = Person.select().where((Person.email == typed) | (Person.username == typed)).first()
    return found or (
        Person.get_or_none(Person.id == int(typed[:10])) if typed.isascii() and typed.isdecimal() else None
    )


def affected(first: datetime, last: datetime, account: Person | None = None) -> list[Affected]:
    """Students whose data could be read from one moment to another, by name. A fixed number of queries."""
    students = list(who(first, last, account).order_by(fn.LOWER(Person.name), Person.id))
    numbers = [student.id for student in students]
    advisers = dict(
        Person.select(Person.id, Person.name).where(Person.id.in_({s.adviser_id for s in students})).tuples()
    )
    known: dict[int, list[str]] = {}
    for some in contacts:
        for number, people in some(numbers).items():
            known.setdefault(number, []).extend(people)
    found = counted(numbers, last, account)
    return [
        Affected(
            student, advisers.get(student.adviser_id, ""), known.get(student.id, []),
            {name: by[student.id] for name, by in found.items() if by.get(student.id)},
        )
        for student in students
    ]  # fmt: skip


def who(first: datetime, last: datetime, account: Person | None):
    """Who was here in these days: of an employer's account only whom they were shown, of a student's only that one."""
    erased_before = Erasure.select(Erasure.person).where(Erasure.at < first)
    students = Person.select().where(
        Person.role == Role.STUDENT, Person.created_at <= last, Person.id.not_in(erased_before)
    )
    if account is None or account.is_teacher:
        return students
    if account.is_student:
        return students.where(Person.id == account.id)
    return students.where(
        Person.id.in_(shown_to(account.employer_id, last)) | Person.id.in_(applied_to(account.employer_id, last))
    )


def shown_to(employer: int, last: datetime):
    return Disclosure.select(Disclosure.student).where(Disclosure.employer == employer, Disclosure.at <= last)


def applied_to(employer: int, last: datetime):
    own = Posting.select(Posting.id).where(Posting.employer == employer)
    return Application.select(Application.student).where(Application.posting.in_(own), Application.submitted_at <= last)


def counted(students: list[int], last: datetime, account: Person | None) -> dict[str, dict[int, int]]:
    """How much of what, by category and student."""
    theirs = Application.student.in_(students)
    if account and account.is_employer:
        own = Posting.select(Posting.id).where(Posting.employer == account.employer_id)
        theirs &= Application.posting.in_(own) & Application.submitted_at.is_null(False)
    applied = Application.select(Application.student, fn.COUNT(Application.id)).where(
        theirs, Application.created_at <= last
    )
    placed = Placement.select(Application.student, fn.COUNT(Placement.id)).join(Application)
    written = Message.select(Application.student, fn.COUNT(Message.id)).join(Placement).join(Application)
    profile = account is None or not account.is_employer
    return {
        "profile": dict.fromkeys(students, 1) if profile else {},
        "shown": {} if profile else dict.fromkeys(students, 1),
        "applications": dict(applied.group_by(Application.student).tuples()),
        "placements": dict(placed.where(theirs, Placement.created_at <= last).group_by(Application.student).tuples()),
        "messages": dict(written.where(theirs, Message.created_at <= last).group_by(Application.student).tuples()),
    }


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(cell) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
