"""How an employer answers those who apply: what everybody may know before they spend an evening on an application.

Counted are applications that were sent to its postings and have been answered, or whose day to decide (see
rules.decides_by) has passed. Of these the share that its own people answered, with an offer or a "not selected", by the
end of that day at the school. An answer by the board because nobody decided counts as none. Not counted at all:
withdrawn ones, and those the board answered because all the places were taken or the posting was closed, in time: the
employer had decided. The days are the median from sending to the first answer of a person of the employer's, be it the
shortlist, an offer or a "not selected".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from peewee import JOIN, Case, fn

from board.applications.model import WAITING, Application, State
from board.applications.rules import decides_by
from board.moves import Step
from board.people.model import Person, Role
from board.postings.model import Posting
from board.school.model import School

ENOUGH = 3  # applicants; fewer say nothing about an employer, and something about a student
FIRST = ("shortlist", "offer", "not_select")
ANSWERS = ("offer", "not_select")


@dataclass(frozen=True)
class Sent:
    """An application as far as its answer goes: the day to decide, and when somebody first said something."""

    state: str
    sent_at: datetime
    decide: date | None
    first: datetime | None  # a person of the employer's, also the shortlist
    answer: datetime | None  # a person of the employer's: an offer, or not selected
    released: datetime | None  # the board, for them

    def in_time(self, at: datetime, zone: ZoneInfo) -> bool:
        """By the end of the day to decide, at the school."""
        return self.decide is None or at.replace(tzinfo=UTC).astimezone(zone).date() <= self.decide


@dataclass(frozen=True)
class Answering:
    """`answered` of `asked` in time; `days`: the median until the first answer, at least 1, None without any."""

    asked: int
    answered: int
    days: int | None


def answering(employer_id: int, at: datetime | None = None) -> Answering | None:
    """How this employer answers, from the third applicant that counts on; one query, and the school."""
    school = School.here()
    zone = school.zone if school else ZoneInfo("America/New_York")
    today = (at or datetime.now(UTC)).astimezone(zone).date()
    asked = answered = 0
    waits: list[float] = []  # days
    for one in sent_to(employer_id):
        if not counts(one, zone, today):
            continue
        asked += 1
        answered += one.answer is not None and one.in_time(one.answer, zone)
        if one.first:
            waits.append((one.first - one.sent_at) / timedelta(days=1))
    if asked < ENOUGH:
        return None
    days = max(1, round(median(waits))) if waits else None
    return Answering(asked, answered, days)


def counts(one: Sent, zone: ZoneInfo, today: date) -> bool:
    """Whether an application says anything of how its employer answers."""
    if one.answer:
        return True
    if one.released:
        return not one.in_time(one.released, zone)
    return one.state in WAITING and one.decide is not None and one.decide < today


def sent_to(employer_id: int) -> Iterator[Sent]:
    """Each application that was sent to them and not withdrawn."""
    own = (Step.person == Person.id) & (Person.role == Role.EMPLOYER)
    by_them = Person.id.is_null(False)

    def earliest(condition):
        return fn.MIN(Case(None, ((condition, Step.at),)))

    query = (
        Application.select(
            Application.state, Application.submitted_at, Posting.decide_by, Posting.apply_by,
            earliest(by_them & Step.move.in_(FIRST)), earliest(by_them & Step.move.in_(ANSWERS)),
            earliest(Step.move == "release"),
        )
        .join(Posting)
        .switch(Application)
        .join(Step, JOIN.LEFT_OUTER, on=(Step.noun == "application") & (Step.noun_id == Application.id))
        .join(Person, JOIN.LEFT_OUTER, on=own)
        .where(Posting.employer == employer_id, Application.submitted_at.is_null(False))
        .where(Application.state != State.WITHDRAWN)
        .group_by(Application.id)
    )  # fmt: skip
    for state, sent_at, decide_by, apply_by, *moments in query.tuples():
        decide = decides_by(Posting(decide_by=decide_by, apply_by=apply_by))
        yield Sent(state, sent_at, decide, *(moment and Step.at.python_value(moment) for moment in moments))
