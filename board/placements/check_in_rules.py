"""Check-ins: which projects have them, on which days, and who may answer or look after one. Pure."""

from datetime import date, timedelta

from board.people.model import Person
from board.placements.model import CHECK_IN_WEEKS, RUNNING, CheckIn, Party, Placement, State
from board.placements.rules import runs

EVERY = timedelta(days=7)
NUDGE_AFTER = timedelta(days=3)
SILENT_AFTER = timedelta(days=7)
SIDES = (Party.STUDENT, Party.EMPLOYER)


def has_check_ins(placement: Placement) -> bool:
    """Under way, over two weeks long, and not small."""
    if placement.state != State.ACTIVE or placement.is_small or not (placement.starts_on and placement.due_on):
        return False
    return placement.due_on - placement.starts_on > CHECK_IN_WEEKS * EVERY


def due_day(started: date, today: date) -> date | None:
    """The last day up to today on which one is due, every seven days after work started. Those that were missed before
    it, by a board that stood still, are not made up for."""
    weeks = (today - started) // EVERY
    return started + weeks * EVERY if weeks > 0 else None


def side_of(person: Person) -> str | None:
    """Whose check-in this person answers."""
    return Party.STUDENT if person.is_student else Party.EMPLOYER if person.is_employer else None


def may_read(person: Person, check_in: CheckIn) -> bool:
    """One's own side and the school: who needs help because of the other side can say so."""
    return person.is_teacher or side_of(person) == check_in.party


def may_answer(person: Person, placement: Placement, check_in: CheckIn) -> bool:
    mine = side_of(person) == check_in.party and runs(person, placement)
    return placement.state in RUNNING and mine and check_in.well is None


def may_settle(person: Person, placement: Placement, check_in: CheckIn) -> bool:
    """A call for help, by the school, also once the project has ended."""
    return person.is_teacher and runs(person, placement) and check_in.well is False and check_in.settled_at is None
