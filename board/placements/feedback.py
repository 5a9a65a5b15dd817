"""Feedback on the page of a placement: whether it was given, when it opens, and what this reader may read of it."""

from dataclasses import dataclass

from flask_babel import gettext as _

from board.db import now
from board.drawing import day, translate
from board.home.steps import Step
from board.people.model import Person
from board.placements.feedback_actions import levels_of, may_give_now, skills_of
from board.placements.feedback_rules import (
    EMPLOYER_ASKED,
    SKILL_STEPS,
    STUDENT_ASKED,
    has_come_to,
    is_open,
    opened_on,
    reads,
)  # fmt: skip
from board.placements.keeping import kept_in
from board.placements.model import Delivery, EmployerFeedback, Placement, State, StudentFeedback
from board.placements.once import given_in
from board.placements.rules import runs
from board.placements.standing import standing

NEXT_AFTER = (State.DELIVERED, State.COMPLETED, State.ENDED_EARLY)


@dataclass(frozen=True)
class Rating:
    """One thing on its scale, in words."""

    about: str
    step: int
    words: str


def ratings_of(row, asked: dict) -> list[Rating]:
    """In the reader's language; what was not asked of a small project is left out."""
    steps = [(name, getattr(row, name)) for name in asked]
    return [
        Rating(translate(asked[name][0]), step, translate(asked[name][1][step - 1])) for name, step in steps if step
    ]


def part(placement: Placement, me: Person) -> dict | None:
    given = given_in(placement)
    if not has_come_to(placement) and not (given.student or given.employer):
        return None
    at = now()
    reads_student, reads_employer = reads(me, *given.moments, at)
    return {
        "open": is_open(*given.moments, at),
        "opens": opened_on(*given.moments),
        "gave": {"student": given.student is not None, "employer": given.employer is not None},
        "student": of_student(given.student) if given.student and reads_student else None,
        "employer": of_employer(placement, given.employer) if given.employer and reads_employer else None,
        "may_give": may_give_now(me, placement, given),
        "own": given.student if me.is_student else given.employer if me.is_employer else None,
        "rated": standing(me.employer_id, me) if me.is_employer else None,
        "held": not runs(me, placement) or kept_in(placement).messages,
    }


def of_student(row: StudentFeedback) -> dict:
    return {"ratings": ratings_of(row, STUDENT_ASKED), "reflection": row.reflection, "at": row.given_at}


def of_employer(placement: Placement, row: EmployerFeedback) -> dict:
    levels = levels_of(placement)
    skills = [
        Rating(skill.name, levels[skill.id], translate(SKILL_STEPS[levels[skill.id] - 1]))
        for skill in skills_of(placement)
        if skill.id in levels
    ]
    return {
        "ratings": ratings_of(row, EMPLOYER_ASKED), "skills": skills, "quote": row.quote, "at": row.given_at,
        "reference": row.person if row.may_name_reference else None,
    }  # fmt: skip


def next_step(placement: Placement, me: Person) -> Step | None:
    """Asked of both sides once the work is done: when the employer has accepted it."""
    if me.is_teacher or placement.state not in NEXT_AFTER:
        return None
    given = given_in(placement)
    own = given.student if me.is_student else given.employer
    if own or not may_give_now(me, placement, given):
        return None
    if placement.state == State.DELIVERED and not is_accepted(placement):
        return None
    address = f"/placements/{placement.id}/feedback"
    opens = opened_on(*given.moments)
    if opens and opens > now():
        words = _(
            "The other side has given theirs. Both open once you have given yours, or on %(day)s.", day=day(opens)
        )
    elif me.is_student:
        words = _("Five short questions about your employer, and what you learned. It takes three minutes.")
    else:
        words = _("A few clicks, and two sentences that may go with the student for years.")
    title = _("Say how it was") if me.is_student else _("Say how the work was")
    return Step("message-square", title, words, address, _("Give feedback"))


def is_accepted(placement: Placement) -> bool:
    """Whether what was handed in last is accepted."""
    last = Delivery.select(Delivery.accepted).where(Delivery.placement == placement).order_by(Delivery.number.desc())
    return last.limit(1).scalar() is True
