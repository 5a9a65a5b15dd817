"""What happens to hours: each one transaction and one Step."""

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256

from peewee import fn

from board.applications.model import Application
from board.db import database, now
from board.moves import NotAllowed, Refused, Step, TooLate
from board.people.model import Person
from board.placements import checking
from board.placements.actions import note
from board.placements.hours_rules import (
    CONFIRMED_IN,
    OPEN,
    Work,
    check,
    check_day,
    confirms,
    is_low,
    is_over,
    logs,
)
from board.placements.keeping import must_be_free
from board.placements.model import RUNNING, HoursEntry, HoursState, Placement
from board.placements.running import must_stand
from board.school.model import School
from board.words import N_


def zone():
    school = School.here()
    return school.zone if school else UTC


def begins_on(placement: Placement):
    """The school's day on which work started."""
    return placement.started_at.replace(tzinfo=UTC).astimezone(zone()).date()


def stamp_of(entry: HoursEntry) -> str:
    """What an entry says, so that nobody confirms what they have not seen."""
    said = (entry.worked_on, entry.minutes, entry.starts_at, entry.ends_at, entry.did, entry.skill_id)
    return sha256("|".join(map(str, said)).encode()).hexdigest()[:16]


# -- the student


def log(placement: Placement, person: Person, work: Work) -> HoursEntry:
    """Raises Wrong with the field it is about; Refused for a second entry of a small project."""
    with database.atomic():
        must_log(placement, person)
        if placement.is_small and placement.entries.exists():
            raise Refused(N_("A small project has one entry for all its hours. Change that one."))
        check_all(placement, person, work)
        entry = HoursEntry.create(placement=placement, **columns(work))
        note(placement, "log_hours", person, minutes=work.minutes)
        talk_if_over(placement)
        look_at(entry, placement, person)
        return entry


def change(entry: HoursEntry, placement: Placement, person: Person, work: Work) -> None:
    """Until it is confirmed; one that was asked about is answered with it."""
    with database.atomic():
        must_log(placement, person)
        check_all(placement, person, work, entry)
        must_be_free(placement, entry.created_at)
        was = HoursEntry.select(HoursEntry.state).where(HoursEntry.id == entry.id).scalar()
        values = columns(work) | {"state": HoursState.LOGGED, "query": "", "created_at": now()}  # it waits anew
        if not HoursEntry.update(**values).where(HoursEntry.id == entry.id, HoursEntry.state.in_(OPEN)).execute():
            raise TooLate(Step.of(placement).order_by(Step.id.desc()).first())
        note(placement, "answer_hours" if was == HoursState.QUERIED else "change_hours", person, minutes=work.minutes)
        talk_if_over(placement)
        look_at(HoursEntry.get_by_id(entry.id), placement, person)


def remove(entry: HoursEntry, placement: Placement, person: Person) -> None:
    with database.atomic():
        must_log(placement, person)
        must_be_free(placement, entry.created_at)
        if not HoursEntry.delete().where(HoursEntry.id == entry.id, HoursEntry.state.in_(OPEN)).execute():
            raise TooLate(Step.of(placement).order_by(Step.id.desc()).first())
        note(placement, "remove_hours", person, day=entry.worked_on.isoformat(), minutes=entry.minutes)


def must_log(placement: Placement, person: Person) -> None:
    must_stand(placement, person, RUNNING)
    if not logs(person, placement):
        raise NotAllowed


def columns(work: Work) -> dict:
    return {
        "worked_on": work.day, "starts_at": work.starts_at, "ends_at": work.ends_at, "minutes": work.minutes,
        "did": work.did, "skill": work.skill_id,
    }  # fmt: skip


def check_all(placement: Placement, person: Person, work: Work, entry: HoursEntry | None = None) -> None:
    """In the transaction that writes, so that two browsers cannot log the same hour."""
    check(work, begins_on(placement), datetime.now(zone()))
    own = Placement.select(Placement.id).join(Application).where(Application.student == person)
    others = HoursEntry.select().where(HoursEntry.worked_on == work.day, HoursEntry.placement.in_(own))
    if entry:
        others = others.where(HoursEntry.id != entry.id)
    check_day(work, others)


def set_goal(placement: Placement, person: Person, hours: int | None) -> None:
    """How many hours the student would like to reach: their own."""
    with database.atomic():
        must_log(placement, person)
        placement.own_goal_minutes = hours * 60 if hours else None
        placement.save()
        note(placement, "own_goal", person)


# -- the employer


def confirm(placement: Placement, person: Person, seen: Iterable[tuple[int, str]]) -> int:
    """Entries by (id, stamp), as they were seen: all of them or, if one is another by now, none. Returns how many."""
    seen = dict(seen)
    with database.atomic():
        must_confirm(placement, person)
        rows = list(placement.entries.where(HoursEntry.id.in_(list(seen)), HoursEntry.state.in_(OPEN)))
        if not rows or len(rows) < len(seen) or any(stamp_of(one) != seen[one.id] for one in rows):
            raise TooLate(None)
        done = {"state": HoursState.CONFIRMED, "confirmed_at": now(), "confirmed_by": person, "query": ""}
        HoursEntry.update(**done).where(HoursEntry.id.in_([one.id for one in rows])).execute()
        note(placement, "confirm_hours", person, count=len(rows), minutes=sum(one.minutes for one in rows))
        return len(rows)


def query(entry: HoursEntry, placement: Placement, person: Person, words: str) -> None:
    """Ask about one; the student answers by changing it."""
    with database.atomic():
        must_confirm(placement, person, RUNNING)
        if not words.strip():
            raise Refused(N_("Say what you would like to know."))
        asked = HoursEntry.update(state=HoursState.QUERIED, query=words.strip())
        if not asked.where(HoursEntry.id == entry.id, HoursEntry.state == HoursState.LOGGED).execute():
            raise TooLate(Step.of(placement).order_by(Step.id.desc()).first())
        note(placement, "query_hours", person, day=entry.worked_on.isoformat())


def must_confirm(placement: Placement, person: Person, states=CONFIRMED_IN) -> None:
    must_stand(placement, person, states)
    if not confirms(person, placement):
        raise NotAllowed


# -- when it breaks the law for young workers, or grows beyond what was agreed


def look_at(entry: HoursEntry, placement: Placement, person: Person) -> None:
    """It happened, so it is kept; employer and teachers hear of it."""
    if any(one.is_block for one in checking.look_at_hours(entry, placement, person)):
        note(placement, "hours_law", None, day=entry.worked_on.isoformat())


def talk_if_over(placement: Placement) -> None:
    """In the transaction of what was logged: everybody is asked to talk, once for each of the two reasons."""
    minutes = placement.entries.select(fn.SUM(HoursEntry.minutes)).scalar() or 0
    reasons = {
        "hours_over": is_over(minutes, placement.hours),
        "pay_low": is_low(placement.pay_cents, minutes, checking.least_pay(placement, minutes)),
    }
    said = (
        {step.move for step in Step.of(placement).where(Step.move.in_(list(reasons)))}
        if any(reasons.values())
        else set()
    )
    for move, so in reasons.items():
        if so and move not in said:
            note(placement, move, None, minutes=minutes)
