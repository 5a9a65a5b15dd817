"""An accepted application becomes a placement; what happens to it as a whole stands here, its parts in files of their own."""

from board.applications.actions import fill_or_free
from board.applications.model import Application
from board.moves import Step, follows, record, tell
from board.people.model import Person
from board.placements.model import Placement, State
from board.postings.model import Posting

FOR_SCHOOL = "for_school"  # in the detail of a Step: words that staff read, and who wrote them


@follows("application", "accept")
def propose(application: Application, step: Step) -> Placement:
    """In the transaction of the student's yes. What was agreed is kept: the posting may change for others."""
    posting = Posting.get_by_id(application.posting_id)
    begins, due = posting.starts_on, posting.due_on
    placement = Placement.create(
        application=application, hours=posting.hours, pay_cents=posting.pay_cents, supervisor=posting.supervisor_id,
        starts_on=begins, due_on=None if begins and due and due < begins else due,
    )  # fmt: skip
    record(placement, "propose", step.person, State.PROPOSED)
    return placement


@follows("placement", "not_agree", "end_early")
def free_place(placement: Placement, step: Step) -> None:
    """A match that fell through before it began leaves its place to somebody else; see Application.seated."""
    fill_or_free(Posting.get_by_id(placement.application.posting_id))


def note(placement: Placement, what: str, person: Person | None, words: str = "", **detail) -> Step:
    """Remember in the history of a placement that something was done which leaves its state as it is.

    Nouns further on may follow it, as they follow a move.
    """
    step = record(placement, what, person, placement.state, placement.state, words, detail or None)
    tell(placement, step)
    return step
