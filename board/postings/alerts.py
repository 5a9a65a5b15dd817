"""A posting that reads like a scam was sent in: the coordinators hear of it at once, its employer does not."""

from board.checks import scam
from board.moves import Step, follows, record
from board.postings import checking, content
from board.postings.model import Posting


@follows("posting", "submit")
def alert(posting: Posting, step: Step) -> None:
    """One alert a posting: it stands in the history of the employer, which the school alone reads."""
    employer = posting.employer
    found = scam.look(checking.offer_of(content.read(posting), employer))
    if not found.is_over:
        return
    earlier = Step.select().where(Step.noun == "employer", Step.noun_id == employer.id, Step.move == "alert")
    if any(one.facts.get("posting") == posting.id for one in earlier):
        return
    names = [signal.name for signal in found.signals]
    record(employer, "alert", None, employer.state, employer.state, detail={"posting": posting.id, "signals": names})
