"""A placement before the checks: at its start, with its own days, and whenever hours come in."""

from dataclasses import replace
from datetime import date, timedelta

from peewee import JOIN

from board.applications.checking import ADULT, Elsewhere, worker_of
from board.applications.model import Application
from board.checks import engine, evidence, hours, pay
from board.checks.facts import Project, Worker
from board.checks.model import Checked
from board.checks.plan import Plan, SchoolDays, Slot, monday_of
from board.checks.results import Level, Result, Stage, in_order, loaded
from board.checks.rules_of_school import rulebook, year
from board.employers.vetting import is_asked_of, supervisor_stands
from board.people.model import Person
from board.placements.hours_rules import is_low, since_midnight
from board.placements.model import HoursEntry, Placement
from board.postings import checking
from board.postings.model import Posting
from board.postings.vetted import ON_SITE
from board.school.model import today

HOURS = "hours"  # the noun of an entry in the evidence
SIX_DAYS = timedelta(days=6)


def project_of(placement: Placement) -> Project:
    """What was agreed: the hours, pay and days of the placement, the rest as its posting says."""
    project = checking.project_in(placement.posting)
    return replace(
        project, hours=placement.hours or project.hours, weeks=None, starts_on=placement.starts_on,
        due_on=placement.due_on, pay_cents=placement.pay_cents or project.pay_cents,
        supervisor=str(placement.supervisor_id or ""), employer_stands=placement.posting.employer.is_verified,
        supervisor_stands=supervisor_holds(placement),
    )  # fmt: skip


def supervisor_holds(placement: Placement) -> bool:
    """Whether the school's check of whoever is named holds today, where it checks them; nobody named is said elsewhere."""
    if placement.supervisor_id is None or not is_asked_of(placement.posting.place in ON_SITE):
        return True
    return supervisor_stands(placement.supervisor, today()) is None


def at_start(placement: Placement, has_permit: bool, guardian_stands: bool) -> list[Result]:
    """Everything again for this student, from the day the work starts; nothing where the school knows no birth date, or
    while the days are missing: that is asked for by itself."""
    worker = worker_at_start(placement, has_permit, guardian_stands)
    if worker is None:
        return []
    return engine.check(project_of(placement), year(), rulebook(), worker, Stage.START)


def worker_at_start(placement: Placement, has_permit: bool, guardian_stands: bool) -> Worker | None:
    if placement.student.birth_date is None or placement.starts_on is None or placement.due_on is None:
        return None
    more = {"has_permit": has_permit, "guardian_stands": guardian_stands}
    return worker_of(placement.student, project_of(placement), placement.id, **more)


def law_of(found: list[Result]) -> Result | None:
    """What of the results another day or another time would settle."""
    return next((one for one in found if one.is_block and one.rule in engine.OF_AGE), None)


def supervisor_in(found: list[Result]) -> bool:
    """Whether the school's check of the supervisor does not hold."""
    return any(one.mark == "R19:supervisor" and one.is_block for one in found)


def permit_of(found: list[Result]) -> bool:
    """Whether the school's rules ask for a work permit at this age."""
    return any(one.rule == "R16" for one in found)


def keep_start(placement: Placement, person: Person, has_permit: bool, guardian_stands: bool) -> None:
    """In the transaction of the start."""
    worker, rules = worker_at_start(placement, has_permit, guardian_stands), rulebook()
    project = project_of(placement)
    found = engine.check(project, year(), rules, worker, Stage.START) if worker else []
    evidence.keep("placement", placement.id, Stage.START, person, rules, evidence.inputs_of(project, rules, worker), found)  # fmt: skip


# -- hours that were worked


def least_pay(placement: Placement, minutes: int) -> int:
    """Cents an hour to which the pay has to come for these minutes at least: the same that its posting was checked for,
    by who does it. One query where the youth minimum wage may hold."""
    rules, posting, student = rulebook(), placement.posting, placement.student
    if posting.worker_kind == "contractor":  # whom no law gives a minimum wage, but the school does
        return rules.minimum_pay_cents
    least = rules.binding_pay_cents
    if not rules.youth_rate or not student.birth_date or not is_low(placement.pay_cents, minutes, least):
        return least
    last = placement.due_on or today()
    days = Elsewhere(student).began(posting.employer_id, placement.id), placement.starts_on
    first = min((day for day in days if day), default=None)
    is_young = student.age_on(last) < pay.YOUTH_UNTIL
    return pay.least(rules) if is_young and not pay.youth_wage_ends(first, last) else least


def look_at_hours(entry: HoursEntry, placement: Placement, person: Person) -> list[Result]:
    """What an entry breaks, at the age the student had that day; kept in the transaction that writes the entry.

    It was worked, so it stays: whoever looks after it is told.
    """
    born = placement.student.birth_date
    if born is None or placement.student.age_on(entry.worked_on) >= ADULT:
        return []
    if placement.is_small and not entry.starts_at:  # one entry for all the work: of no single day
        return []
    age, rules, school = placement.student.age_on(entry.worked_on), rulebook(), year()
    starts = since_midnight(entry.starts_at) if entry.starts_at else None
    ends = since_midnight(entry.ends_at) if entry.ends_at else None
    day = entry.worked_on
    plan = Plan(day, day, (Slot(day, entry.minutes, starts, ends),))
    same, every = worked_besides(entry, placement)
    age_on = placement.student.age_on
    found = hours.times(plan, school, rules, age_on, engine.band(age), same, every, SchoolDays(school))
    found = in_order(replace(one, change="") for one in found)  # it lies in the past
    inputs = {
        "age": age, "day": day.isoformat(), "minutes": entry.minutes, "starts": starts, "ends": ends,
        "same_employer": total(same), "every_employer": total(every),
    }  # fmt: skip
    evidence.keep(HOURS, entry.id, Stage.HOURS, person, rules, inputs, found)
    return found


def total(minutes: dict[date, int]) -> dict[str, int]:
    return {day.isoformat(): number for day, number in sorted(minutes.items())}


def worked_besides(entry: HoursEntry, placement: Placement) -> tuple[dict[date, int], dict[date, int]]:
    """What else this student has logged in the week of an entry: for this employer, and for every employer."""
    monday = monday_of(entry.worked_on)
    query = (
        HoursEntry.select(HoursEntry.worked_on, HoursEntry.minutes, Posting.employer)
        .join(Placement)
        .join(Application)
        .join(Posting)
        .where(
            Application.student == placement.application.student_id,
            HoursEntry.worked_on.between(monday, monday + SIX_DAYS),
            HoursEntry.id != entry.id,
        )
    )
    same: dict[date, int] = {}
    every: dict[date, int] = {}
    for day, minutes, employer in query.tuples():
        every[day] = every.get(day, 0) + minutes
        if employer == placement.posting.employer_id:
            same[day] = same.get(day, 0) + minutes
    return same, every


def flags_of(placement: Placement, reader: Person) -> dict[int, list[Result]]:
    """By entry: what it breaks, as it was found when it was written last. One query. An employer is not told what the
    student works elsewhere."""
    query = (
        Checked.select(Checked.noun_id, Checked.results)
        .join(HoursEntry, JOIN.INNER, on=(HoursEntry.id == Checked.noun_id))
        .where(Checked.noun == HOURS, Checked.stage == Stage.HOURS, HoursEntry.placement == placement)
        .order_by(Checked.id)
    )
    found = {}
    for row in query:
        results = [one for one in map(loaded, row.found) if one.level != Level.PASSED]
        found[row.noun_id] = [one for one in results if not (reader.is_employer and ":others-" in one.mark)]
    return found
