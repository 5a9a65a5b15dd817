"""Times for the demo: what the actions write now is moved to the day it is said to have happened."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from board.applications.model import Application, Reading
from board.db import database, now
from board.employers.vetting_model import SupervisorCheck, Vetting, VettingItem
from board.experience.model import Experience, Portfolio
from board.guardians.model import Guardian, GuardianAnswer, GuardianAsk
from board.moves import Step
from board.people.model import Person
from board.placements.model import (
    Agreement,
    Attachment,
    CheckIn,
    Delivery,
    EmployerFeedback,
    GuardianYes,
    HoursEntry,
    Message,
    Payment,
    Placement,
    PlacementMilestone,
    Signature,
    StudentFeedback,
)
from board.postings.model import Comment, Posting, Revision, Saved
from board.privacy.model import Disclosure
from board.reports.model import Report, ReportEntry, ReportReader
from board.suggestions.model import Suggestion

COLUMNS = (
    Person.created_at, Posting.created_at, Posting.updated_at, Posting.submitted_at, Posting.opened_at, Posting.held_at,
    Application.created_at, Application.updated_at, Application.submitted_at, Reading.asked_at, Reading.answered_at,
    Placement.created_at, Revision.created_at, Comment.created_at, Saved.created_at, Report.created_at, Report.opened_at, Report.closed_at,
    ReportEntry.at, ReportReader.since, ReportReader.opened_at, Suggestion.created_at,
    Guardian.created_at, GuardianAsk.created_at, GuardianAsk.ended_at, GuardianAnswer.created_at,
    Vetting.began_at, Vetting.ended_at, VettingItem.checked_at, SupervisorCheck.updated_at, Disclosure.at, Step.at,
)  # fmt: skip
# what happens in a placement: asked for at each of its events, and at no other
PLACED = (
    Placement.agreed_at, Placement.started_at, Placement.ended_at, Placement.held_at, GuardianYes.created_at,
    GuardianAnswer.created_at, GuardianAnswer.withdrawn_at,
    GuardianYes.withdrawn_at, Agreement.updated_at, Signature.created_at, PlacementMilestone.done_at,
    PlacementMilestone.accepted_at, HoursEntry.created_at, HoursEntry.confirmed_at, CheckIn.answered_at,
    CheckIn.settled_at, Delivery.delivered_at, Delivery.answered_at, Attachment.created_at, Message.created_at,
    Message.held_at, Message.passed_at, Message.stopped_at, Payment.created_at, EmployerFeedback.given_at,
    StudentFeedback.given_at, Experience.created_at, Experience.shared_at, Portfolio.shared_at, Posting.updated_at,
    Disclosure.at, Step.at,
)  # fmt: skip
# days that are written with a moment, and are the school's day of it
DAYS = {
    Signature.created_at: Signature.signed_on, Experience.created_at: Experience.ended_on,
    GuardianAnswer.created_at: GuardianAnswer.signed_on,
}  # fmt: skip

DAY_BEGINS = timedelta(hours=8)  # at school; it ends at eight in the evening


@lru_cache
def moving(columns: tuple) -> list[str]:
    """A statement for each table that moves what was written since :begun to :at, and the days that go with it. Asked
    some thousand times, so nothing is built anew."""
    tables: dict[str, list] = {}
    for column in columns:
        tables.setdefault(column.model._meta.table_name, []).append(column)
    made = []
    for table, own in tables.items():
        new = [f'"{one.column_name}" >= :begun' for one in own]
        sets = [
            f'"{one.column_name}" = iif({is_new}, :at, "{one.column_name}")'
            for one, is_new in zip(own, new, strict=True)
        ]
        days = [(DAYS[one].column_name, is_new) for one, is_new in zip(own, new, strict=True) if one in DAYS]
        sets += [f'"{name}" = iif({is_new}, :day, "{name}")' for name, is_new in days]
        made.append(f'UPDATE "{table}" SET {", ".join(sets)} WHERE {" OR ".join(new)}')
    return made


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

    def happened(self, days_ago: float, columns: tuple = COLUMNS) -> None:
        at = self.before(days_ago)
        day = at.replace(tzinfo=UTC).astimezone(self.zone).date()
        said = {"at": Step.at.db_value(at), "begun": Step.at.db_value(self.begun), "day": day.isoformat()}
        for sql in moving(columns):
            database.execute_sql(sql, said)

    @staticmethod
    def put_in_order() -> None:
        """Number the Steps as they happened: histories were played one after the other, people live them at once."""
        ids = [number for (number,) in Step.select(Step.id).order_by(Step.at, Step.id).tuples()]
        for place, number in enumerate(ids, 1):
            Step.update(id=-place).where(Step.id == number).execute()
        Step.update(id=Step.id * -1).execute()
