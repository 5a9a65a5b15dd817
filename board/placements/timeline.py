"""Where a placement stands: its stops with their names, the day of each where it is known, and whose turn it is."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from board.drawing import day, local, translate
from board.people.model import Person
from board.placements import before_start, handing_in, match
from board.placements.history import steps_of
from board.placements.model import Placement, State
from board.placements.naming import Names

REACHED = {State.PROPOSED: 0, State.AGREED: 1, State.ACTIVE: 2, State.DELIVERED: 3, State.COMPLETED: 5}


@dataclass(frozen=True)
class Stop:
    name: str
    when: str  # in words, or empty
    look: str  # done, now, next or stopped


def stops(placement: Placement) -> list[Stop]:
    """From the match to the end. One that ended early shows how far it came."""
    delivered = next((s.at for s in reversed(steps_of(placement)) if s.move == "deliver"), None)
    handed_in = delivered if placement.state in (State.DELIVERED, State.COMPLETED) else None
    known = [
        (_("Matched"), placement.created_at, None, ""),
        (_("Agreed"), placement.agreed_at, None, ""),
        (_("Under way"), placement.started_at, placement.starts_on, _("starts %(day)s")),
        (_("Handed in"), handed_in, placement.due_on, _("due %(day)s")),
        (_("Completed"), placement.ended_at, None, ""),
    ]
    reached = REACHED.get(State(placement.state))
    if reached is None:
        known = [row for row in known[:3] if row[1]]
        known.append((translate(placement.state_label), placement.ended_at, None, ""))
        reached = len(known) - 1
    last = "stopped" if placement.state in (State.NOT_AGREED, State.ENDED_EARLY) else "now"
    looks = ["done" if at < reached else last if at == reached else "next" for at in range(len(known))]
    return [Stop(row[0], when(*row[1:], look), look) for row, look in zip(known, looks, strict=True)]


def when(at: datetime | None, planned: date | None, words: str, look: str) -> str:
    """When it happened; of what is still to come, the day it is planned for."""
    if at:
        return day(local(at).date(), "MMM d")
    return words % {"day": day(planned, "MMM d")} if planned and look == "next" else ""


def calm(placement: Placement, me: Person) -> str:
    """Whose turn it is, for somebody who has nothing to do here now."""
    names = Names(placement, me)
    words = {
        State.PROPOSED: _("A teacher looks at this match next. You will hear from us when they have."),
        State.NOT_AGREED: _("The school did not agree to this match. The reason stands below; it says nothing about anybody’s work."),
        State.AGREED: _("All is agreed. The first day comes next."),
        State.ACTIVE: _("The work is under way. Nothing waits for you here at the moment."),
        State.DELIVERED: _("The work is handed in and lies with %(employer)s now.", employer=names.employer),
        State.COMPLETED: _("Done. What was written and agreed stays here to be read."),
        State.ENDED_EARLY: _("This ended early. What was done until then counts, and stays here to be read."),
    }  # fmt: skip
    if placement.state == State.PROPOSED and me.is_teacher:
        return _("Both have said yes. The match waits for a teacher.")
    if placement.state == State.AGREED and any(
        not item.done for item in before_start.items(placement, match.look(placement))
    ):
        return _("What is left before the start is up to others now.")
    if placement.state == State.AGREED and placement.starts_on:
        return _("All is agreed. The first day is %(day)s.", day=day(placement.starts_on))
    if placement.state == State.DELIVERED and handing_in.work_of(placement).is_accepted:
        return _("The work is accepted. A teacher signs it off once the hours are confirmed.")
    if placement.state == State.DELIVERED and me.is_employer:
        return _("The work is handed in.")
    return words[State(placement.state)]
