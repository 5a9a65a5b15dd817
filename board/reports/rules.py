"""Who reads a case, in which order; until when it is opened; and who may do what with it. Pure."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from board.checks.facts import Year
from board.moves import Move
from board.people.model import STAFF
from board.reports.model import By, State
from board.words import N_

MOVES = {
    move.name: move
    for move in (
        Move("open", N_("Opened"), (State.NEW,), State.OPEN, STAFF),
        Move("close", N_("Close the case"), (State.OPEN,), State.CLOSED, STAFF),
        Move("reopen", N_("Open it again"), (State.CLOSED,), State.OPEN, STAFF, quiet=True),
    )
}

OFFICERS, COORDINATORS, ASIDE = 1, 2, 3  # stages of a line
SCHOOL_ENDS = time(16)  # of the next school day; bells differ, and by four the office has had a whole day
LONGEST_WAIT = timedelta(days=7)  # also in the summer: nobody waits for September

# whose word takes a project off the board; an employer who tells of a student hides no other project
HIDES = (By.STUDENT, By.GUARDIAN, By.TEACHER, By.COORDINATOR)
# projects that one student hides at once, beside those they are in: what comes on top is read like anything else, but
# nobody empties the board by pressing on every page of it
MOST_HIDDEN = 5


def hides(by: str, is_in_it: bool, hidden: int) -> bool:
    """Whether a posting is off the board from the press on. `is_in_it`: the student has a placement there; `hidden`: how
    many postings open cases of the same person hide already."""
    return by in HIDES and (by != By.STUDENT or is_in_it or hidden < MOST_HIDDEN)


def line(
    officers: Iterable[int], coordinators: Iterable[int], named: set[int], aside: set[int]
) -> list[tuple[int, list[int]]]:
    """The stages of a case's line, each (stage, people), in order; empty when there is nobody.

    First the student-safety person and their backup, then the coordinators. Nobody it is about (`named`) is in it.
    Who leads or covers the placement (`aside`) is left out, unless nobody else of the school is there at all.
    """
    officers, coordinators = list(dict.fromkeys(officers)), list(dict.fromkeys(coordinators))
    out = named | aside
    first = [one for one in officers if one not in out]
    second = [one for one in coordinators if one not in out and one not in first]
    found = [(OFFICERS, first), (COORDINATORS, second)]
    if not first and not second:
        found = [(ASIDE, [one for one in dict.fromkeys([*officers, *coordinators]) if one not in named])]
    return [(stage, people) for stage, people in found if people]


def due(at: datetime, year: Year, zone: ZoneInfo) -> datetime:
    """Until when something that came at this moment is opened: the end of the next school day, and never later than
    a week. Moments are in UTC without a zone."""
    came = at.replace(tzinfo=UTC).astimezone(zone).date()
    day, last = came + timedelta(days=1), came + LONGEST_WAIT
    while day < last and not year.is_awaited(day):
        day += timedelta(days=1)
    return datetime.combine(day, SCHOOL_ENDS, zone).astimezone(UTC).replace(tzinfo=None)
