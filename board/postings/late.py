"""What has waited for a teacher for three school days goes to the coordinators, once."""

from datetime import date, datetime

from board.db import database
from board.moves import Step, record
from board.postings import queue
from board.postings.late_days import Calendar
from board.postings.model import Posting


def waiting(calendar: Calendar | None = None) -> dict[int, datetime]:
    """Postings that have waited too long, and since when."""
    calendar = calendar or Calendar.here()
    rows = [(number, queue.moment(since)) for number, since, _change in database.execute(queue.ordered())]
    return {number: since for number, since in rows if calendar.is_late(since)}


def pass_on(day: date | None = None) -> dict[str, int]:
    """The worker's pass: a Step for each of them, once for each time it was sent in."""
    late = waiting(Calendar.here(day))
    with database.atomic():
        steps = Step.select(Step.noun_id, Step.at).where(
            Step.noun == "posting", Step.move == "late", Step.noun_id.in_(list(late))
        )
        told = {number for number, at in steps.tuples() if at >= late[number]}
        postings = list(Posting.select().where(Posting.id.in_([number for number in late if number not in told])))
        for posting in postings:
            record(posting, "late", None, posting.state, posting.state)
    return {"late": len(postings)}
