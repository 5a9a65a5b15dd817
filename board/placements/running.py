"""What every write in a placement asks first, in its own transaction: may this person, and is it still so?"""

from board.moves import NotAllowed, TooLate
from board.people.model import Person
from board.placements.model import Placement
from board.placements.rules import is_party


def must_stand(placement: Placement, person: Person, states: tuple[str, ...]) -> None:
    """A party to it (or NotAllowed), in one of these states and not on hold as the database knows it now (or TooLate).

    Called within a transaction that holds the write lock, so nothing changes until its end.
    """
    if person.ended_at or not is_party(person, placement):
        raise NotAllowed
    query = Placement.select(Placement.id).where(
        Placement.id == placement.id, Placement.state.in_([str(state) for state in states]), Placement.held_at.is_null()
    )
    if not query.exists():
        raise TooLate(None)
