"""Which running projects have gone quiet, for the teacher's desk: one query, the longest silence first."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from peewee import JOIN, Case, fn

from board.applications.model import Application
from board.db import now
from board.employers.model import Employer
from board.moves import Step
from board.people.model import Person
from board.placements.hours_actions import zone
from board.placements.model import (
    RUNNING,
    CheckIn,
    Delivery,
    HoursEntry,
    HoursState,
    Message,
    Party,
    Placement,
    PlacementMilestone,
    State,
)
from board.postings.model import Posting
from board.words import N_, Labelled

SILENT_AFTER = 7  # days


class Quiet(Labelled):
    """Why a teacher should look at a project."""

    STUDENT = "student", N_("The student has been quiet")
    EMPLOYER = "employer", N_("The employer has not answered")
    DUE = "due", N_("The day to hand in has passed")


@dataclass(frozen=True)
class Silence:
    """`party` says who is silent, or that the day to hand in has passed; `since` is the school's day."""

    placement: Placement
    party: Quiet
    since: date


def silent(days: int = SILENT_AFTER, at: datetime | None = None, of: Placement | None = None) -> list[Silence]:
    """Of all running placements (or of one) that are not on hold, with their posting, employer, student and lead loaded.

    A student is silent who has not done anything here (hours, a message, a milestone, a check-in, any other Step) for
    `days`, while the work is theirs. An employer is silent who has left hours, a milestone, a delivery or a check-in
    waiting for `days`. One that is past its day to hand in is listed for that as well.
    """
    at = at or now()
    quiet, here, found = at - timedelta(days=days), zone(), []

    def day_of(moment: datetime) -> date:
        return moment.replace(tzinfo=UTC).astimezone(here).date()

    for placement in rows(of):
        signs = [placement.started_at, *(moment(one) for one in placement.signs)]
        last = max(one for one in signs if one)
        waiting = [moment(one) for one in placement.waiting] + [begin_of(placement.check_in, here)]
        oldest = min((one for one in waiting if one), default=None)
        if placement.state == State.ACTIVE and last <= quiet:
            found.append(Silence(placement, Quiet.STUDENT, day_of(last)))
        if oldest and oldest <= quiet:
            found.append(Silence(placement, Quiet.EMPLOYER, day_of(oldest)))
        if placement.state == State.ACTIVE and placement.due_on and placement.due_on < day_of(at):
            found.append(Silence(placement, Quiet.DUE, placement.due_on))
    return sorted(found, key=lambda one: (one.since, one.placement.id, one.party))


def moment(value) -> datetime | None:
    """A subquery gives the text that is stored."""
    return Step.at.python_value(value) if value else None


def begin_of(value, here) -> datetime | None:
    """Of a stored day at the school: its first moment."""
    day = CheckIn.due_on.python_value(value) if value else None
    return datetime(day.year, day.month, day.day, tzinfo=here).astimezone(UTC).replace(tzinfo=None) if day else None


def rows(of: Placement | None) -> list[Placement]:
    """One query; on each placement `signs` of the student and what is `waiting` for the employer."""
    lead = Person.alias()
    own = Placement.id

    def last(column, *where):
        return column.model.select(fn.MAX(column)).where(column.model.placement == own, *where)

    def first(column, *where):
        return column.model.select(fn.MIN(column)).where(column.model.placement == own, *where)

    student = Application.student
    steps = Step.select(fn.MAX(Step.at)).where(
        Step.noun == Placement._meta.table_name, Step.noun_id == own, Step.person == student
    )
    mine, theirs = CheckIn.party == Party.STUDENT, CheckIn.party == Party.EMPLOYER
    signs = {
        "sign_step": steps,
        "sign_hours": last(HoursEntry.created_at),
        "sign_message": last(Message.created_at, Message.writer == student),
        "sign_milestone": last(PlacementMilestone.done_at),
        "sign_check_in": last(CheckIn.answered_at, mine),
        "sign_delivery": last(Delivery.delivered_at),
    }
    waiting = {
        "wait_hours": first(HoursEntry.created_at, HoursEntry.state == HoursState.LOGGED),
        "wait_milestone": first(PlacementMilestone.done_at, PlacementMilestone.accepted_at.is_null()),
        "wait_delivery": first(Delivery.delivered_at, Delivery.accepted.is_null()),
    }
    check_in = Case(None, ((Placement.state == State.ACTIVE, first(CheckIn.due_on, theirs, CheckIn.well.is_null())),))
    columns = [query.alias(name) for name, query in (signs | waiting | {"wait_check_in": check_in}).items()]
    query = (
        Placement.select(Placement, Application, Posting, Employer, Person, lead, *columns)
        .join(Application)
        .join(Posting)
        .join(Employer)
        .switch(Application)
        .join(Person, on=Application.student)
        .switch(Placement)
        .join(lead, JOIN.LEFT_OUTER, on=(Placement.lead == lead.id), attr="lead")
        .where(Placement.state.in_(RUNNING), Placement.held_at.is_null())
        .order_by(Placement.id)
    )
    found = list(query.where(Placement.id == of.id) if of else query)
    for one in found:
        one.signs = [getattr(one, name) for name in signs]
        one.waiting = [getattr(one, name) for name in waiting]
        one.check_in = one.wait_check_in
    return found
