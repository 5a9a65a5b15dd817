"""What happens to check-ins: they fall due, are answered, are looked after; who does not answer is reminded once.

The job of each day may be run any number of times: a check-in is one row a side and a day, and a reminder is a Step
that remembers which one it was about.
"""

import json
from collections.abc import Iterable
from datetime import UTC, date

from board.applications.model import Application
from board.db import database, now
from board.moves import NotAllowed, Refused, Step, TooLate, noun
from board.people.model import Person
from board.placements.actions import note
from board.placements.check_in_rules import (
    NUDGE_AFTER,
    SIDES,
    SILENT_AFTER,
    due_day,
    has_check_ins,
    may_settle,
    side_of,
)
from board.placements.hours_actions import zone
from board.placements.hours_rules import sunday_of
from board.placements.model import RUNNING, CheckIn, HoursEntry, HoursState, Placement, State
from board.placements.running import must_stand
from board.postings.model import Posting
from board.words import N_

DID = {
    "due": N_("Check-ins that fell due: %(num)s"),
    "nudged": N_("Reminders of a check-in: %(num)s"),
    "hours": N_("Employers with hours to confirm: %(num)s"),
}


def daily(day: date) -> dict[str, int]:
    return {"due": make_due(day), "nudged": nudge(day), "hours": hours_wait(day)}


def under_way() -> list[Placement]:
    query = Placement.select(Placement, Application, Posting).join(Application).join(Posting)
    query = query.where(Placement.state == State.ACTIVE, Placement.held_at.is_null())
    return list(query.order_by(Placement.id))


def make_due(day: date) -> int:
    """Rows for both sides of every project whose seven days are over, and one Step that tells them."""
    made = 0
    for placement in under_way():
        started = placement.started_at.replace(tzinfo=UTC).astimezone(zone()).date()
        due = due_day(started, day)
        if due and has_check_ins(placement):
            with database.atomic():
                made += make_row(placement, due)
    return made


def make_row(placement: Placement, due: date) -> int:
    """One, if it is not there yet and the project still runs; the caller's transaction."""
    known = CheckIn.select().where(CheckIn.placement == placement, CheckIn.due_on == due).exists()
    runs = Placement.select().where(
        Placement.id == placement.id, Placement.state == State.ACTIVE, Placement.held_at.is_null()
    )
    if known or not runs.exists():
        return 0
    for party in SIDES:
        CheckIn.create(placement=placement, due_on=due, party=party)
    note(placement, "check_in_due", None, due=due.isoformat())
    return 1


def nudge(day: date) -> int:
    """Who has not answered three days after it was due, once. After a week it is the teacher's to ask."""
    window = CheckIn.due_on.between(day - SILENT_AFTER, day - NUDGE_AFTER)
    late = CheckIn.select(CheckIn, Placement).join(Placement).where(
        CheckIn.well.is_null(), window, Placement.state == State.ACTIVE, Placement.held_at.is_null()
    )  # fmt: skip
    made = 0
    with database.atomic():
        rows = list(late.order_by(CheckIn.id))
        said = details({one.placement_id for one in rows}, "check_in_nudge", "check_in")
        for one in rows:
            if (one.placement_id, one.id) not in said:
                note(one.placement, "check_in_nudge", None, check_in=one.id, party=one.party)
                made += 1
    return made


def details(placements: Iterable[int], move: str, key: str) -> set[tuple[int, object]]:
    """(placement, what `key` of its detail says) of the Steps of a kind there are."""
    query = Step.select(Step.noun_id, Step.detail).where(
        Step.noun == noun(Placement), Step.move == move, Step.noun_id.in_(list(placements))
    )
    return {(number, json.loads(detail).get(key)) for number, detail in query.tuples() if detail}


def hours_wait(day: date) -> int:
    """An employer hears once a week of hours of a week that is over and nobody has confirmed."""
    sunday = sunday_of(day)
    open_ = HoursEntry.select(HoursEntry.placement).where(
        HoursEntry.state == HoursState.LOGGED, HoursEntry.worked_on < sunday
    )
    waiting = Placement.select().where(
        Placement.id.in_(open_), Placement.state.in_(RUNNING), Placement.held_at.is_null()
    )
    made = 0
    with database.atomic():
        rows = list(waiting.order_by(Placement.id))
        said = details({one.id for one in rows}, "hours_wait", "week")
        for placement in rows:
            if (placement.id, sunday.isoformat()) not in said:
                note(placement, "hours_wait", None, week=sunday.isoformat())
                made += 1
    return made


# -- answers


def answer(placement: Placement, person: Person, well: bool, words: str = "") -> None:
    """All that is open on one's side is answered with it."""
    with database.atomic():
        must_stand(placement, person, RUNNING)
        side = side_of(person)
        if side is None:
            raise NotAllowed
        open_ = placement.check_ins.where(CheckIn.party == side, CheckIn.well.is_null())
        rows = list(open_.order_by(CheckIn.due_on.desc()))
        if not rows:
            raise TooLate(None)
        last, *before = [one.id for one in rows]
        values = {"well": well, "words": words.strip(), "answered_at": now()}
        CheckIn.update(**values).where(CheckIn.id == last).execute()
        # an older one that nobody answered is answered with it: a call for help stands once
        CheckIn.update(well=True, answered_at=now()).where(CheckIn.id.in_(before)).execute()
        note(placement, "check_in_well" if well else "check_in_help", person, check_in=last)


def settle(check_in: CheckIn, placement: Placement, person: Person, words: str) -> None:
    """A teacher has looked after a call for help. The words are for the school alone."""
    with database.atomic():
        must_stand(placement, person, tuple(State))
        if not words.strip():
            raise Refused(N_("Say in a sentence what was done."))
        if not person.is_teacher:
            raise NotAllowed
        fresh = CheckIn.get_by_id(check_in.id)
        if not may_settle(person, placement, fresh):
            raise TooLate(Step.of(placement).order_by(Step.id.desc()).first())
        CheckIn.update(settled_at=now()).where(CheckIn.id == fresh.id).execute()
        note(placement, "check_in_settle", person, words.strip(), check_in=fresh.id, party=fresh.party)
