"""The texts of the postings at the top of a search: read once for their order and for saying why they were found."""

from typing import NamedTuple

from board.postings.model import Posting
from board.search.facts import settled
from board.statements import Statement

MOST_KEPT = 60  # postings; some hundred kilobytes


class Texts(NamedTuple):
    """What a posting says at length."""

    id: int
    title: str
    summary: str
    deliverable: str
    description: str


asked = Statement(
    lambda ids: (
        Posting.select(Posting.id, Posting.title, Posting.summary, Posting.deliverable, Posting.description)
        .where(Posting.id.in_(ids))
        .tuples()
    )
)


def texts_of(ids: list[int]) -> list[Texts]:
    """Those of each, as they are now. One query at most."""
    known: dict[int, Texts] = settled("long texts", dict)
    lacking = [number for number in ids if number not in known]
    if lacking:
        if len(known) > MOST_KEPT:
            known.clear()
            lacking = ids
        known |= {row[0]: Texts(*row) for row in asked(lacking)}
    return [known[number] for number in ids if number in known]
