"""How far students have come: looking, applied, at work, done. Conditions for lists, and words for one page of them."""

from dataclasses import dataclass

from peewee import fn

from board.applications.model import Application
from board.applications.model import State as ApplicationState
from board.people.model import Person
from board.placements.model import OPEN, HoursEntry, HoursState, Placement, State
from board.words import N_, Labelled

ASKING = (ApplicationState.SUBMITTED, ApplicationState.SHORTLISTED, ApplicationState.OFFERED)


class Reached(Labelled):
    WORKING = "working", N_("At work")
    APPLIED = "applied", N_("Applied")
    DONE = "done", N_("Has done one")
    SEARCHING = "searching", N_("Looking")


@dataclass
class Way:
    """Of one student."""

    reached: Reached
    minutes: int = 0  # confirmed, of all their placements
    stuck: bool = False


def students_placed(*states: State):
    return Application.select(Application.student).join(Placement).where(Placement.state.in_(states))


def asking():
    return Application.select(Application.student).where(Application.state.in_(ASKING))


def condition(reached: Reached):
    """Students who have come so far and no farther; whoever works is at work, whatever else they have done."""
    working, applied = Person.id.in_(students_placed(*OPEN)), Person.id.in_(asking())
    done = Person.id.in_(students_placed(State.COMPLETED))
    return {
        Reached.WORKING: working, Reached.APPLIED: applied & ~working, Reached.DONE: done & ~working & ~applied,
        Reached.SEARCHING: ~working & ~applied & ~done,
    }[reached]  # fmt: skip


def ways_of(students: list[int], stuck: set[int]) -> dict[int, Way]:
    """By id, in four queries. `stuck`: students of whose placements something is overdue."""

    def ids(query) -> set[int]:
        return {number for (number,) in query.where(Application.student.in_(students)).tuples()}

    working, applied, done = ids(students_placed(*OPEN)), ids(asking()), ids(students_placed(State.COMPLETED))
    minutes = dict(
        HoursEntry.select(Application.student, fn.SUM(HoursEntry.minutes))
        .join(Placement)
        .join(Application)
        .where(Application.student.in_(students), HoursEntry.state == HoursState.CONFIRMED)
        .group_by(Application.student)
        .tuples()
    )
    found = {}
    for number in students:
        reached = Reached.WORKING if number in working else Reached.APPLIED if number in applied else None
        reached = reached or (Reached.DONE if number in done else Reached.SEARCHING)
        found[number] = Way(reached, minutes.get(number, 0), number in stuck)
    return found
