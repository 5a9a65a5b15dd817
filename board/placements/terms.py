"""The training agreement as it stands: its row, or what it begins with."""

from board.placements.model import Agreement, Placement
from board.postings import times
from board.postings.model import Posting, WorkerKind
from board.words import plain

# what everybody signs is one text: it begins in English, whoever reads it first
TAKEN_ON = {
    WorkerKind.EMPLOYEE: "The student is taken on as an employee.",
    WorkerKind.CONTRACTOR: "The student is taken on as an independent contractor.",
}
LONGEST = 300  # characters of a line of it


def of(placement: Placement) -> Agreement:
    """The agreement as it stands; before anybody has touched it, what the posting says, not written down yet."""
    return Agreement.get_or_none(Agreement.placement == placement) or beginning(placement)


def beginning(placement: Placement) -> Agreement:
    posting = placement.posting
    where = ", ".join(part for part in (posting.address, posting.location) if part)
    return Agreement(
        placement=placement, what=posting.deliverable or posting.summary or posting.title, place=where[:300],
        times=times_of(posting), pay_how=joined(posting.paid_how, TAKEN_ON.get(posting.worker_kind or "", "")),
    )  # fmt: skip


def times_of(posting: Posting) -> str:
    """The fixed times, then what the employer says of times; without any, the rhythm of the week."""
    fixed = "; ".join(times.sessions(posting.session_list, plain, "en"))
    return joined(f"{fixed}." if fixed else "", posting.times) or posting.rhythm


def joined(first: str, second: str) -> str:
    """Both, where there is room for the second."""
    both = f"{first} {second}".strip()
    return both if len(both) <= LONGEST else first or second[:LONGEST]
