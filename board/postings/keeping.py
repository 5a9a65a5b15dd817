"""What the school keeps as it is of a posting, for a reason that only few may know; see placements/keeping.py."""

from collections.abc import Callable
from dataclasses import dataclass

from board.moves import Refused
from board.postings.model import Posting
from board.words import N_

TEXT_STAYS = N_(
    "The school has paused this for now: its text stays as it is. If something cannot wait, write to the school."
)
STAYS_HIDDEN = N_("This stays off the board for now: whoever at school paused it puts it back.")


@dataclass(frozen=True)
class Kept:
    """`hidden`: it stays off the board; `text`: nobody changes or deletes it."""

    hidden: bool = False
    text: bool = False


ask: list[Callable[[int], Kept]] = []


def kept(posting: Posting) -> Kept:
    answers = [answer(posting.id) for answer in ask]
    return Kept(any(one.hidden for one in answers), any(one.text for one in answers))


def must_be_free(posting: Posting) -> None:
    """Raises Refused where the text is kept as it is."""
    if kept(posting).text:
        raise Refused(TEXT_STAYS)


def must_not_be_hidden(posting: Posting) -> None:
    """Raises Refused where it is kept off the board."""
    if kept(posting).hidden:
        raise Refused(STAYS_HIDDEN)
