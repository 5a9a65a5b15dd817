"""A student before the checks of a project: the age on each day of it, and what else they work in those weeks."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

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
    "SELECT posting.employer_id, placement.starts_on, placement.due_on, placement.hours, posting.sessions"
    " FROM placement JOIN application ON application.id = placement.application_id"
    " JOIN posting ON posting.id = application.posting_id"
    " WHERE application.student_id = ? AND placement.id <> ? AND placement.starts_on <= ? AND placement.due_on >= ?"
    " AND placement.state IN ('proposed', 'agreed', 'active', 'delivered')"
)

# the first day on which a student worked for an employer, in another placement
FIRST_DAY = (
    "SELECT MIN(placement.starts_on) FROM placement JOIN application ON application.id = placement.application_id"
    " JOIN posting ON posting.id = application.posting_id"
    " WHERE application.student_id = ? AND posting.employer_id = ? AND placement.id <> ?"
    " AND placement.started_at IS NOT NULL"
)


def worker_of(student: Person, project: Project, placement_id: int = 0, **more) -> Worker:
    """With what they work elsewhere from a week before the first to a week after the last day; the birth date is known.
    `placement_id`: of the project itself, once it is one."""
    plan, others = plan_of(project), []
    if plan and student.age_on(plan.first) < ADULT:
        asked = [student.id, placement_id, str(plan.last + WEEK), str(plan.first - WEEK)]
        others = list(minutes_of(database.execute_sql(PROMISED, asked).fetchall()))
    if pay.is_below_the_law(project, rulebook()):  # only then does it matter how long they have worked there
        (first,) = database.execute_sql(FIRST_DAY, [student.id, project.employer_id, placement_id]).fetchone()
        more["began"] = date.fromisoformat(first) if first else None
    return Worker(student.birth_date, tuple(others), **more)


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
    """What is still to come of it: whoever applies after the first day begins today, at the age they have today."""
    project, day = checking.project_in(posting), today()
    begun = project.starts_on and project.due_on and project.starts_on < day <= project.due_on
    return replace(project, starts_on=day) if begun else project


def found_for(posting: Posting, student: Person) -> list[Result]:
    """What the checks say of this student in this project. One query for who is under 18, else none."""
    project = project_for(posting)
    worker = worker_of(student, project)
    return engine.check(project, year(), rulebook(), worker, Stage.APPLY, today())


def barred_by_age(posting: Posting, student: Person) -> Said | None:
    """Why the law does not let this student do it: their age on the days of the work, or too much in one week."""
    first = next((one for one in found_for(posting, student) if one.is_block and one.rule in OF_STUDENT), None)
    return Said(first.words, **first.values) if first else None


def keep(application: Application, posting: Posting, student: Person) -> None:
    """In the transaction that sends an application. It holds ages, and no birth date."""
    project = project_for(posting)
    worker, rules = worker_of(student, project), rulebook()
    found = engine.check(project, year(), rules, worker, Stage.APPLY, today())
    inputs = evidence.inputs_of(project, rules, worker)
    evidence.keep("application", application.id, Stage.APPLY, student, rules, inputs, found)
