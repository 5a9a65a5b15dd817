"""What the school keeps as it is in a placement, for a reason that only few may know.

Placements know nothing of cases of student safety: whoever does registers an answer here, and every write asks it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from board.moves import Refused
from board.placements.model import Placement
from board.words import N_

AS_IT_IS = N_("The school keeps this as it is for now. If something in it is wrong, talk to the school.")
STAYS_ON_HOLD = N_("This stays on hold for now: whoever at school put it on hold lets it go on.")
PAUSED = N_(
    "The school has paused this project for now: messages can be read and not written. If something cannot wait, "
    "talk to the school."
)


@dataclass(frozen=True)
class Kept:
    """`hold`: it stays on hold; `messages`: nobody writes; `since`: what was there by then is neither changed nor removed."""

    hold: bool = False
    messages: bool = False
    since: datetime | None = None


ask: list[Callable[[int], Kept]] = []


def kept(placement: Placement) -> Kept:
    """What is kept of this placement, as the database knows it now."""
    answers = [answer(placement.id) for answer in ask]
    times = [one.since for one in answers if one.since]
    return Kept(any(one.hold for one in answers), any(one.messages for one in answers), max(times, default=None))


def kept_in(placement: Placement) -> Kept:
    """The same for the parts of a page, asked once for this row in memory; writes ask `kept`."""
    if "kept_by_school" not in placement.__dict__:
        placement.__dict__["kept_by_school"] = kept(placement)
    return placement.__dict__["kept_by_school"]


def must_be_free(placement: Placement, made_at: datetime) -> None:
    """Raises Refused where something of this age is kept as it is."""
    since = kept(placement).since
    if since and made_at <= since:
        raise Refused(AS_IT_IS)
