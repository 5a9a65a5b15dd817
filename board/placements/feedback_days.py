"""What becomes of feedback with the days: it opens after a week, and who has not given theirs is reminded once."""

from datetime import UTC, date, datetime, time, timedelta

from peewee import JOIN

from board.db import database, now
from board.moves import Step
from board.placements.actions import note
from board.placements.feedback_rules import SEALED
from board.placements.model import EmployerFeedback, Party, Placement, State, StudentFeedback
from board.school.model import School
from board.words import N_

MISSING = 3  # days after the sign-off
STALE = 30  # days after which nobody is asked any more

DID = {
    "opened": N_("Feedback opened after a week: %(num)s"),
    "reminded": N_("People reminded of feedback: %(num)s"),
}


def daily(day: date) -> dict[str, int]:
    return {"opened": open_after_a_week(), "reminded": remind(day)}


def with_feedback(*conditions):
    """Placements with what was given in each."""
    return (
        Placement.select(Placement, StudentFeedback.given_at.alias("by_student"), EmployerFeedback.given_at.alias("by_employer"))
        .join(StudentFeedback, JOIN.LEFT_OUTER)
        .switch(Placement)
        .join(EmployerFeedback, JOIN.LEFT_OUTER)
        .where(*conditions)
        .order_by(Placement.id)
        .objects()
    )  # fmt: skip


def open_after_a_week() -> int:
    """The page knows by itself; here it is written down, so that whoever waits for it hears. Returns how many."""
    late = now() - SEALED
    one_alone = StudentFeedback.id.is_null() | EmployerFeedback.id.is_null()
    due = (StudentFeedback.given_at <= late) | (EmployerFeedback.given_at <= late)
    said = Step.select(Step.noun_id).where(Step.noun == "placement", Step.move == "open_feedback")
    with database.atomic():
        placements = list(with_feedback(one_alone, due, Placement.id.not_in(said)))
        for placement in placements:
            note(placement, "open_feedback", None)
    return len(placements)


def remind(day: date) -> int:
    """Each side that has not given feedback some days after the sign-off, once. Returns how many sides."""
    school = School.here()
    if school is None:
        return 0

    def began(on: date) -> datetime:
        """The first moment of a day at the school."""
        return datetime.combine(on, time(), school.zone).astimezone(UTC).replace(tzinfo=None)

    first, last = began(day - timedelta(days=STALE)), began(day - timedelta(days=MISSING - 1))
    completed = (Placement.state == State.COMPLETED) & Placement.held_at.is_null()
    missing = StudentFeedback.id.is_null() | EmployerFeedback.id.is_null()
    asked = Step.select(Step.noun_id, Step.detail).where(Step.noun == "placement", Step.move == "feedback_due")
    made = 0
    with database.atomic():
        placements = list(with_feedback(completed, missing, Placement.ended_at >= first, Placement.ended_at < last))
        already = {
            (step.noun_id, step.facts.get("side")) for step in asked.where(Step.noun_id.in_([p.id for p in placements]))
        }
        for placement in placements:
            for side, given in ((Party.STUDENT, placement.by_student), (Party.EMPLOYER, placement.by_employer)):
                if not given and (placement.id, str(side)) not in already:
                    note(placement, "feedback_due", None, side=str(side))
                    made += 1
    return made
