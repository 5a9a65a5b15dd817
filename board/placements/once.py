"""What several parts of a page want to know of a placement, asked once for each time the page is drawn."""

from collections.abc import Callable
from typing import TypeVar

from board.placements.completing_actions import last_delivery, ready_of
from board.placements.completing_rules import Ready
from board.placements.feedback_actions import Given
from board.placements.model import Delivery, Placement

Fact = TypeVar("Fact")


def once(placement: Placement, name: str, ask: Callable[[Placement], Fact]) -> Fact:
    """Kept on this row in memory, which `page.load` makes anew; actions ask for themselves."""
    if name not in placement.__dict__:
        placement.__dict__[name] = ask(placement)
    return placement.__dict__[name]


def given_in(placement: Placement) -> Given:
    return once(placement, "given", Given.of)


def last_in(placement: Placement) -> Delivery | None:
    return once(placement, "last_delivery", last_delivery)


def ready_in(placement: Placement) -> Ready:
    return once(placement, "ready", lambda it: ready_of(it, last_in(it)))
