"""The plan: which milestones a placement begins with, who may change them when, and what a date may be. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from board.people.model import Person
from board.placements.match_rules import LONGEST
from board.placements.model import RUNNING, Placement, PlacementMilestone, State
from board.placements.rules import runs
from board.words import N_, Said

MOST = 8  # milestones
HAND_IN = N_("Hand in the work")  # the one milestone of a small project
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Planned:
    """A milestone as it is meant, without a row of its own yet."""

    title: str
    due_on: date | None


def first_plan(milestones: Iterable, begins: date | None, due: date | None, small: bool) -> list[Planned]:
    """What a placement begins with: the posting's milestones, each due by the end of its week of the project and never
    after the work is handed in; a small project has that day alone."""
    if small:
        return [Planned(HAND_IN, due)]
    return [Planned(row.title, due_of(row.week, begins, due)) for row in milestones][:MOST]


def due_of(week: int | None, begins: date | None, due: date | None) -> date | None:
    """The last day of a week of the project, counted from its first day."""
    if week is None or begins is None:
        return None
    day = begins + week * WEEK - timedelta(days=1)
    return min(day, due) if due else day


def wrong_with(day: date | None, begins: date | None, due: date | None) -> Said | None:
    """What speaks against a milestone's day."""
    if day and begins and day < begins:
        return Said(N_("This is before the project starts, on %(day)s."), day=begins)
    if day and due and day > due:
        return Said(N_("This is after the work is handed in, on %(day)s. Choose that day or one before."), day=due)
    return None


def wrong_with_hand_in(day: date | None, before: date | None, begins: date | None, today: date) -> Said | None:
    """What speaks against another day to hand the work in. One that stays as it is may lie behind us."""
    if day is None:
        return Said(N_("Give the day by which the work is handed in.")) if before else None
    if begins and day < begins:
        return Said(N_("This is before the project starts, on %(day)s."), day=begins)
    if begins and day - begins > LONGEST:
        return Said(N_("This is more than a year after the first day. Look at the year."))
    if day != before and day < today:
        return Said(N_("This day has passed. Give one from today on."))
    return None


# -- who may, when


def may_plan(person: Person, placement: Placement) -> bool:
    """Titles, days and order: everybody of it, until work starts. A small project has one milestone and its day."""
    return placement.state == State.AGREED and runs(person, placement) and not placement.is_small


def may_set_hand_in(person: Person, placement: Placement) -> bool:
    """The day the work is handed in: the employer and the school, until it is."""
    return placement.state in (State.AGREED, State.ACTIVE) and runs(person, placement) and not person.is_student


def may_move_dates(person: Person, placement: Placement) -> bool:
    """Once work has started, days alone can be moved, by the employer and the school."""
    return placement.state == State.ACTIVE and runs(person, placement) and not person.is_student


def may_tick(person: Person, placement: Placement, milestone: PlacementMilestone) -> bool:
    """Done, says the student. Of a small project the hand-in says it."""
    return ticks(person, placement) and milestone.done_at is None


def may_untick(person: Person, placement: Placement, milestone: PlacementMilestone) -> bool:
    return ticks(person, placement) and milestone.done_at is not None and milestone.accepted_at is None


def ticks(person: Person, placement: Placement) -> bool:
    return placement.state in RUNNING and person.is_student and runs(person, placement) and not placement.is_small


def may_accept(person: Person, placement: Placement, milestone: PlacementMilestone) -> bool:
    """Accepted, says the employer, of what is done."""
    open_ = milestone.done_at is not None and milestone.accepted_at is None
    mine = person.is_employer and runs(person, placement) and not placement.is_small
    return placement.state in RUNNING and mine and open_
