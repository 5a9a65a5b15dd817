"""Where a placement stands: its stops with their names, and the day of each where it is known."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from board.drawing import day, local, translate
from board.placements.history import steps_of
from board.placements.model import Placement, State

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
    return [Stop(row[0], when(*row[1:]), look) for row, look in zip(known, looks, strict=True)]


def when(at, planned: date | None, words: str) -> str:
    if at:
        return day(local(at).date(), "MMM d")
    return words % {"day": day(planned, "MMM d")} if planned else ""
