"""A student before the checks of a project: the age on each day of it, and what else they work in those weeks."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from board.applications.model import Application
from board.checks import engine, evidence, pay
from board.checks.facts import Project, Worker
from board.checks.plan import days_between, plan_of
from board.checks.results import Result, Stage
from board.checks.rules_of_school import rulebook, year
from board.db import database
from board.people.model import Person
from board.postings import checking
from board.postings.model import Posting
from board.school.model import today
from board.words import Said

OF_STUDENT = (*engine.OF_AGE, "R13")  # what another student may do
ADULT = 18  # from then on no law looks at the hours
WEEK = timedelta(days=7)
# what a student has promised and not ended yet; the table is named, not imported: it lies further on
PROMISED = (
    "SELECT placement.id, posting.employer_id, placement.starts_on, placement.due_on, placement.hours, posting.sessions"
    " FROM placement JOIN application ON application.id = placement.application_id"
    " JOIN posting ON posting.id = application.posting_id"
    " WHERE application.student_id = ? AND placement.starts_on IS NOT NULL AND placement.due_on IS NOT NULL"
    " AND placement.state IN ('proposed', 'agreed', 'active', 'delivered')"
)

# when a student began to work, and for which employer
BEGUN = (
    "SELECT placement.id, posting.employer_id, placement.starts_on FROM placement"
    " JOIN application ON application.id = placement.application_id"
    " JOIN posting ON posting.id = application.posting_id"
    " WHERE application.student_id = ? AND placement.started_at IS NOT NULL AND placement.starts_on IS NOT NULL"
)


class Elsewhere:
    """What one student works beside a project. Each of its two questions is asked once, and only where it matters, for
    however many projects it is asked."""

    def __init__(self, student: Person):
        self.student = student

    @cached_property
    def promised(self) -> list[tuple[int, date, date, list[tuple[int, date, int]]]]:
        rows = database.execute_sql(PROMISED, [self.student.id]).fetchall()
        days = [(row[0], date.fromisoformat(row[2]), date.fromisoformat(row[3]), row[1:]) for row in rows]
        return [(number, first, last, list(minutes_of([row]))) for number, first, last, row in days]

    @cached_property
    def begun(self) -> list[tuple[int, int, str]]:
        return database.execute_sql(BEGUN, [self.student.id]).fetchall()

    def minutes(self, first: date, last: date, but: int) -> Iterable[tuple[int, date, int]]:
        """Of every placement but one that lies in these days, on each of its own."""
        for number, begins, ends, minutes in self.promised:
            if number != but and begins <= last and ends >= first:
                yield from minutes

    def began(self, employer: int | None, but: int) -> date | None:
        """The first day on which they worked for an employer, in another placement."""
        days = [day for number, whose, day in self.begun if whose == employer and number != but]
        return date.fromisoformat(min(days)) if days else None


def worker_of(
    student: Person, project: Project, placement_id: int = 0, elsewhere: Elsewhere | None = None, **more
) -> Worker:
    """With what they work elsewhere from a week before the first to a week after the last day; the birth date is known.
    `placement_id`: of the project itself, once it is one. `elsewhere`: where more than one project is asked about."""
    plan, elsewhere = plan_of(project), elsewhere or Elsewhere(student)
    if plan and student.age_on(plan.first) < ADULT:
        more["others"] = tuple(elsewhere.minutes(plan.first - WEEK, plan.last + WEEK, placement_id))
    if pay.is_below_the_law(project, rulebook()):  # only then does it matter how long they have worked there
        more["began"] = elsewhere.began(project.employer_id, placement_id)
    return Worker(student.birth_date, **more)


def minutes_of(rows: Iterable[tuple]) -> Iterable[tuple[int, date, int]]:
    """(employer, day, minutes): at their fixed times, and what is done at any time spread evenly over all the days."""
    for employer, starts, due, hours, sessions in rows:
        plan = plan_of(
            Project(
                employer, hours=hours, starts_on=date.fromisoformat(starts), due_on=date.fromisoformat(due),
                sessions=checking.sessions_of(json.loads(sessions or "[]")),
            )
        )  # fmt: skip
        if plan is None:
            continue
        each = plan.loose / plan.days
        for number, day in enumerate(days_between(plan.first, plan.last)):
            minutes = plan.by_day.get(day, 0) + int(each * (number + 1)) - int(each * number)
            if minutes:
                yield employer, day, minutes


def project_for(posting: Posting) -> Project:
    """What is still to come of it: whoever applies after the first day begins today, at the age they have today. Its
    fixed times before today are over; what is done at any time is all still to do."""
    project, day = checking.project_in(posting), today()
    plan = plan_of(project)
    if plan is None or project.due_on is None or not plan.first < day <= plan.last:
        return project
    passed = sum(slot.minutes for slot in plan.slots if slot.day < day)
    return replace(project, starts_on=day, passed=passed)


def found_for(posting: Posting, student: Person, elsewhere: Elsewhere | None = None) -> list[Result]:
    """What the checks say of this student in this project. One query for who is under 18, else none."""
    project = project_for(posting)
    worker = worker_of(student, project, elsewhere=elsewhere)
    return engine.check(project, year(), rulebook(), worker, Stage.APPLY, today())


def barred_by_age(posting: Posting, student: Person, elsewhere: Elsewhere | None = None) -> Said | None:
    """Why the law does not let this student do it: their age on the days of the work, or too much in one week."""
    found = found_for(posting, student, elsewhere)
    first = next((one for one in found if one.is_block and one.rule in OF_STUDENT), None)
    return Said(first.words, **first.values) if first else None


def keep(application: Application, posting: Posting, student: Person) -> None:
    """In the transaction that sends an application. It holds ages, and no birth date."""
    project = project_for(posting)
    worker, rules = worker_of(student, project), rulebook()
    found = engine.check(project, year(), rules, worker, Stage.APPLY, today())
    inputs = evidence.inputs_of(project, rules, worker)
    evidence.keep("application", application.id, Stage.APPLY, student, rules, inputs, found)
