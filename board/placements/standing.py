"""What students say of an employer, as averages: nobody's single rating, and nothing that is still sealed.

From three ratings on. Its own people read them counted in threes (the first three, six, nine): else the way an average
moves with one more rating would tell them what that student said.
"""

from dataclasses import dataclass
from datetime import datetime

from peewee import JOIN

from board.applications.model import Application
from board.asked import of_frame
from board.db import now
from board.people.model import Person
from board.placements.feedback_rules import STUDENT_ASKED, opened_on
from board.placements.model import EmployerFeedback, Placement, StudentFeedback
from board.postings.model import Posting
from board.statements import Statement

ENOUGH = 3  # fewer say more about a student than about an employer


@dataclass(frozen=True)
class Rated:
    """Averages on a scale of 1 to 4, by what was asked; None where there are not enough."""

    count: int
    averages: dict[str, float] | None


def standing(employer_id: int, reader: Person | None, at: datetime | None = None) -> Rated | None:
    """For students, staff and its own people; None for anybody else. One query."""
    if reader is None or (reader.is_employer and reader.employer_id != employer_id):
        return None
    rows = opened(employer_id, at or now())
    if reader.is_employer:
        rows = rows[: len(rows) // ENOUGH * ENOUGH]
    return averaged(rows)


def averaged(rows: list[tuple[int, ...]]) -> Rated:
    if len(rows) < ENOUGH:
        return Rated(len(rows), None)
    columns = zip(*rows, strict=True)
    return Rated(len(rows), {name: sum(steps) / len(steps) for name, steps in zip(STUDENT_ASKED, columns, strict=True)})


def opened(employer_id: int, at: datetime) -> list[tuple[int, ...]]:
    """The ratings that are open, in the order in which they opened."""
    found = [
        (opened_on(moment(student), moment(employer)), tuple(rest))
        for student, employer, *rest in of_frame.unchanged(("given", employer_id), lambda: given(employer_id))
    ]
    return [rest for opens, rest in sorted(found, key=lambda one: one[0]) if opens <= at]


def moment(written: str | datetime | None) -> datetime | None:
    """Rows of a Statement come as SQLite has them."""
    return datetime.fromisoformat(written) if isinstance(written, str) else written


# asked by every project's page, and kept until anything is written
given = Statement(
    lambda employer: (
        StudentFeedback.select(
            StudentFeedback.given_at,
            EmployerFeedback.given_at,
            *(getattr(StudentFeedback, name) for name in STUDENT_ASKED),
        )
        .join(Placement)
        .join(Application)
        .join(Posting)
        .join(EmployerFeedback, JOIN.LEFT_OUTER, on=EmployerFeedback.placement == Placement.id)
        .where(Posting.employer == employer)
        .order_by(StudentFeedback.id)
        .tuples()
    )
)
