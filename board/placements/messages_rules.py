"""Who may write in the thread of a placement, when; and what is held until a teacher has looked. Pure."""

from board import contact
from board.people.model import Person
from board.placements.model import RUNNING, Placement, State
from board.placements.rules import is_party, runs

WRITTEN_IN = (State.AGREED, *RUNNING)  # before that the employer knows no name; afterwards it is there to be read
TWICE_SECONDS = 30  # the same words of the same person again within this time are one message: a double click


def is_open(placement: Placement) -> bool:
    """Whether anybody writes in this thread as the placement stands."""
    return placement.state in WRITTEN_IN and not placement.held_at


def may_write(person: Person, placement: Placement) -> bool:
    return is_open(placement) and runs(person, placement)


def may_decide(person: Person, placement: Placement) -> bool:
    """Whether this person may let a held message pass, or stop it."""
    return person.is_teacher and is_party(person, placement) and is_open(placement)


def found_in(words: str, writer: Person | None) -> list[tuple[str, str]]:
    """Ways to be reached in a message: (kind as a marked word, the text). The school's own people may give theirs."""
    return [] if writer and writer.is_teacher else contact.found(words)
