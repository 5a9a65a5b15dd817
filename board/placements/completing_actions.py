"""A teacher signs a placement off, and reminds who is waited for."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from board.db import database, now
from board.moves import NotAllowed, Refused, Step, make
from board.people.model import Person
from board.placements.actions import note
from board.placements.completing_rules import Ready, problem
from board.placements.hold_actions import must_run
from board.placements.model import OPEN, Delivery, HoursEntry, HoursState, Party, Placement, State
from board.placements.rules import MOVES
from board.school.model import School, today
from board.words import N_, Said

NUDGE_AGAIN = timedelta(days=1)


class NotReady(Refused):
    """Something is missing; `field` of the form says what it is about, if any does."""

    def __init__(self, field: str, said: Said):
        super().__init__(said.words, **said.values)
        self.field = field


def day_of(moment: datetime) -> date:
    """The day at the school."""
    school = School.here()
    return moment.replace(tzinfo=UTC).astimezone(school.zone if school else ZoneInfo("America/New_York")).date()


def last_delivery(placement: Placement) -> Delivery | None:
    return Delivery.select().where(Delivery.placement == placement).order_by(Delivery.number.desc()).first()


def ready_of(placement: Placement, last: Delivery | None = None) -> Ready:
    """`last`: what was handed in last, where that is known."""
    last = last or last_delivery(placement)
    waiting = HoursEntry.select().where(HoursEntry.placement == placement, HoursEntry.state != HoursState.CONFIRMED)
    return Ready(bool(last and last.accepted), day_of(last.delivered_at) if last else None, waiting.count())


def sign_off(
    placement: Placement, person: Person, without_answer: bool = False, without_hours: bool = False, words: str = ""
) -> Step:
    """The placement is completed. Words are kept where it is signed off with something missing.

    Raises NotReady with what is missing, TooLate when a colleague was first or the work went back.
    """
    with database.atomic():
        if must_run(placement).state == State.DELIVERED:
            ready = ready_of(placement)
            found = problem(ready, today(), without_answer, without_hours, words)
            if found:
                raise NotReady(*found)
            missing = ["answer"] * (not ready.accepted) + ["hours"] * bool(ready.waiting)
        else:
            missing = []
        detail = {"without": missing} if missing else None
        return make(MOVES["complete"], placement, person, words if missing else "", detail, ended_at=now())


def nudge(placement: Placement, person: Person, side: Party) -> Step:
    """A notice to one side that something waits for them here: once a day."""
    if not person.is_teacher or person.ended_at or side not in (Party.STUDENT, Party.EMPLOYER):
        raise NotAllowed("nudge")
    with database.atomic():
        if must_run(placement).state not in (*OPEN, State.COMPLETED, State.ENDED_EARLY):
            raise Refused(N_("Nothing waits here any more."))
        lately = Step.of(placement).where(Step.move == "nudge", Step.at > now() - NUDGE_AGAIN)
        if any(step.facts.get("side") == side for step in lately):
            raise Refused(N_("They have been reminded today. Give them until tomorrow, or call them."))
        return note(placement, "nudge", person, side=str(side))
