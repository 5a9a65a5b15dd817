"""A placement ends before its time, by any side, without blame."""

from board.db import database, now
from board.moves import Refused, Step, make
from board.people.model import Person
from board.placements.actions import FOR_SCHOOL
from board.placements.model import EndReason, Placement
from board.placements.rules import MOVES
from board.words import N_


def end_early(placement: Placement, person: Person, reason: str, words: str = "") -> Step:
    """The reason is one of a few neutral ones and stands in the history; the words are for the school alone. Also while
    it is on hold."""
    if reason not in set(EndReason):
        raise Refused(N_("Choose what comes nearest. It blames nobody."))
    detail = {"kind": str(reason)} | ({FOR_SCHOOL: words.strip()} if words.strip() else {})
    with database.atomic():
        return make(MOVES["end_early"], placement, person, "", detail, end_reason=str(reason), ended_at=now())
