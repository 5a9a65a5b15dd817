"""Times for the demo: what the actions write now is moved to the day it is said to have happened."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from board.applications.model import Application, Reading
from board.db import now
from board.moves import Step
from board.people.model import Person
from board.placements.model import Placement
from board.postings.model import Comment, Posting, Revision, Saved
from board.reports.model import Report
from board.suggestions.model import Suggestion

COLUMNS = (
    Person.created_at, Posting.created_at, Posting.updated_at, Posting.submitted_at, Posting.opened_at, Posting.held_at,
    Application.created_at, Application.updated_at, Application.submitted_at, Reading.asked_at, Reading.answered_at,
    Placement.created_at, Revision.created_at, Comment.created_at, Saved.created_at, Report.created_at, Suggestion.created_at,
    Step.at,
)  # fmt: skip


DAY_BEGINS = timedelta(hours=8)  # at school; it ends at eight in the evening


class Clock:
    """`happened(days_ago)` moves every time written since the last call. Each call lies at least a minute back."""

    def __init__(self, zone: ZoneInfo):
        self.begun = now()
        self.zone = zone

    def before(self, days_ago: float) -> datetime:
        """So many days ago, by day: the hours of a day are pressed into the twelve in which people are awake."""
        at = (self.begun - timedelta(days=days_ago)).replace(tzinfo=UTC).astimezone(self.zone)
        midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
        by_day = midnight + DAY_BEGINS + (at - midnight) / 2
        told = by_day.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        return min(told, self.begun - timedelta(minutes=1))

    def happened(self, days_ago: float) -> None:
        at = self.before(days_ago)
        for column in COLUMNS:
            column.model.update({column: at}).where(column >= self.begun).execute()

    @staticmethod
    def put_in_order() -> None:
        """Number the Steps as they happened: histories were played one after the other, people live them at once."""
        ids = [number for (number,) in Step.select(Step.id).order_by(Step.at, Step.id).tuples()]
        for place, number in enumerate(ids, 1):
            Step.update(id=-place).where(Step.id == number).execute()
        Step.update(id=Step.id * -1).execute()
