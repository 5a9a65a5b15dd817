"""What the tests of two people at the same moment share here."""

from board.placements.model import Placement
from tests.at_once import at_once, kinds

__all__ = ["at_once", "fresh", "kinds"]


def fresh(placement: Placement) -> Placement:
    return Placement.get_by_id(placement.id)
