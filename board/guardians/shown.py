"""What a parent or guardian reads of one project: what it is, with whom, where and when, who looks after it, how it goes.
No message, no grade, and nothing of anybody else's child."""

from dataclasses import dataclass
from datetime import date

from peewee import JOIN, Case, fn

from board.applications.model import SENT, Application
from board.employers.model import Employer, Supervisor
from board.employers.vetting import employer_stands, supervisor_stands
from board.guardians.actions import at_school
from board.guardians.rules import PAGE_STAYS
from board.people.model import Person
from board.placements.model import Agreement, HoursEntry, HoursState, Placement, PlacementMilestone
from board.placements.terms import beginning
from board.postings.model import Place, Posting
from board.school.model import day_of, today


@dataclass(frozen=True)
class Progress:
    """How it goes, once there is a match."""

    placement: Placement
    logged: int  # minutes
    confirmed: int  # minutes
    milestones: list[PlacementMilestone]


@dataclass(frozen=True)
class Project:
    """As agreed in the match; before there is one, as it was posted."""

    posting: Posting
    is_checked: bool  # the school's check of the organization stands
    adult: str
    adult_title: str
    adult_is_checked: bool  # as somebody to work with students
    where: tuple[str, ...]
    starts_on: date | None
    due_on: date | None
    hours: int | None
    pay_cents: int | None
    times: str  # of the training agreement, where they are other than the posting's
    school: list[Person]
    progress: Progress | None


def project_of(application: Application) -> Project:
    posting = (
        Posting.select(Posting, Employer, Supervisor, Person)
        .join(Employer)
        .switch(Posting)
        .join(Supervisor, JOIN.LEFT_OUTER)
        .switch(Posting)
        .join(Person, JOIN.LEFT_OUTER, on=Posting.contact)
        .where(Posting.id == application.posting_id)
        .get()
    )
    placement = Placement.get_or_none(Placement.application == application)
    terms = placement or posting
    supervisor = (placement and placement.supervisor) or posting.supervisor
    adult, day = supervisor or posting.contact, today()
    away = posting.place in (Place.ON_SITE, Place.HYBRID)
    where = (posting.location, posting.address, posting.times, posting.getting_there) if away else ()
    place, times = agreed_otherwise(placement) if placement else ("", "")
    if place:
        where = (place, posting.getting_there)
    return Project(
        posting, employer_stands(posting.employer, day) is None, adult.name if adult else "", adult.title if adult else "",
        supervisor is not None and supervisor_stands(supervisor, day) is None, tuple(part for part in where if part),
        terms.starts_on, terms.due_on, terms.hours, terms.pay_cents, times, staff_of(application.student, placement),
        progress_of(placement) if placement else None,
    )  # fmt: skip


def agreed_otherwise(placement: Placement) -> tuple[str, str]:
    """The place and the times of the training agreement, each where it is not what the posting says."""
    agreement, posted = Agreement.get_or_none(Agreement.placement == placement), beginning(placement)
    if agreement is None:
        return "", ""
    return (
        agreement.place if agreement.place != posted.place else "",
        agreement.times if agreement.times != posted.times else "",
    )


def closed_on(application: Application) -> date | None:
    """The day on which the page of this application closes; None while it goes on."""
    ended = Placement.select(Placement.ended_at).where(Placement.application == application).scalar()
    if ended is None and application.state not in SENT:
        ended = application.updated_at
    return day_of(ended + PAGE_STAYS) if ended else None


def staff_of(student: Person, placement: Placement | None) -> list[Person]:
    """Whom a family can ask: who looks after the match, else the adviser and the coordinators."""
    named = [one for one in (placement.lead, placement.cover) if one and not one.ended_at] if placement else []
    return named or at_school(student)


def progress_of(placement: Placement) -> Progress:
    confirmed = Case(None, ((HoursEntry.state == HoursState.CONFIRMED, HoursEntry.minutes),), 0)
    sums = HoursEntry.select(fn.COALESCE(fn.SUM(HoursEntry.minutes), 0), fn.COALESCE(fn.SUM(confirmed), 0))
    logged, sure = sums.where(HoursEntry.placement == placement).tuples().get()
    steps = PlacementMilestone.select().where(PlacementMilestone.placement == placement)
    return Progress(placement, logged, sure, list(steps.order_by(PlacementMilestone.position)))
