"""A finished placement becomes an experience; its student chooses what shows and for whom.

What was verified is a copy and never changes. What the employer says of the work comes later, once both sides' feedback
is open. A page for strangers is an address nobody can guess; ending it forgets that address for good.
"""

import secrets
from datetime import date

from peewee import fn

from board.db import database, now
from board.experience import freezing
from board.experience.model import Experience, ExperienceSkill, Portfolio
from board.experience.rules import VOUCHED_FROM, is_feedback_open, obstacle
from board.moves import NotAllowed, Refused, Step, follows
from board.people.model import Person
from board.placements.actions import note
from board.placements.guardian import check_paper
from board.placements.model import (
    About,
    EmployerFeedback,
    GuardianYes,
    Placement,
    SkillRating,
    StudentFeedback,
    is_minor,
)
from board.school.model import Skill, today
from board.words import N_

ADDRESS_BYTES = 32  # of randomness in the address of a public page; 16 is what OWASP asks of a session's


@follows("placement", "complete")
def keep(placement: Placement, step: Step) -> Experience:
    """In the transaction of the teacher's sign-off."""
    experience = Experience.create(
        placement=placement, student=placement.application.student_id, **freezing.facts_of(placement)
    )
    rows = [{"experience": experience.id, "name": name} for name in freezing.skills_of(placement)]
    if rows:
        ExperienceSkill.insert_many(rows).execute()
    note(placement, "keep", step.person)
    refresh(experience)
    return experience


# -- what the employer says of the work


@follows("placement", "give_feedback", "open_feedback", "employer_feedback", "student_feedback")
def take_over(placement: Placement, step: Step) -> None:
    """Feedback was given, perhaps the second of the two. Looked at once all of it is written; the day's job looks again,
    should the process end in between."""
    experience = Experience.get_or_none(Experience.placement == placement)
    if experience:
        database.after_commit(lambda: refresh(experience))


def refresh(experience: Experience) -> bool:
    """Take over quote and skill ratings once the feedback is open; True when that was now. Does nothing twice."""
    placement = Placement.get_by_id(experience.placement_id)
    with database.atomic():
        given = EmployerFeedback.get_or_none(EmployerFeedback.placement == placement)
        other = StudentFeedback.get_or_none(StudentFeedback.placement == placement)
        opened = given and is_feedback_open(given.given_at, other and other.given_at, now())
        if not opened or vouched().where(Step.noun_id == placement.id).exists():
            return False
        columns = {"quote": given.quote.strip(), "may_name_reference": given.may_name_reference}
        Experience.update(**columns).where(Experience.id == experience.id).execute()
        for name, value in columns.items():
            setattr(experience, name, value)
        put_ratings(experience, placement, given.person)
        note(placement, "vouch", given.person)
    return True


def put_ratings(experience: Experience, placement: Placement, person: Person | None) -> None:
    """Level and voucher beside each skill that was rated; one that is not in the list yet comes to it.

    Who has seen no more than a beginning vouches for nothing: the student reads the level, others "used in the project".
    """
    who = ", ".join(part for part in (person.name if person else "", experience.organization) if part)[:160]
    ratings = SkillRating.select(SkillRating.level, Skill.name).join(Skill).where(SkillRating.placement == placement)
    for level, name in ratings.order_by(SkillRating.id).tuples():
        columns = {"level": level, "vouched_by": who if level >= VOUCHED_FROM else ""}
        ExperienceSkill.insert(experience=experience.id, name=name, **columns).on_conflict(
            conflict_target=[ExperienceSkill.experience, ExperienceSkill.name],
            update=columns,
        ).execute()


def vouched():
    """The Steps that say that feedback was taken over."""
    return Step.select(Step.noun_id).where(Step.noun == "placement", Step.move == "vouch")


def daily() -> int:
    """Feedback that has opened by itself since, a week after it was given."""
    late = (
        Experience.select()
        .join(EmployerFeedback, on=Experience.placement == EmployerFeedback.placement)
        .where(Experience.placement.not_in(vouched()))
    )
    return sum(refresh(experience) for experience in late)


# -- what shows


def choose(experience: Experience, student: Person, shows: dict[str, bool], skills: set[int]) -> None:
    """What the student lets others see: columns of SHOWS by name, and the ids of skills."""
    must_be_theirs(experience, student)
    columns = {name: shows[name] for name in SHOWS if name in shows}
    with database.atomic():
        Experience.update(shows_skills=bool(skills), **columns).where(Experience.id == experience.id).execute()
        own = ExperienceSkill.experience == experience
        ExperienceSkill.update(shown=ExperienceSkill.id.in_(skills or {0})).where(own).execute()


SHOWS = ("shows_hours", "shows_supervisor", "shows_delivered", "shows_quote", "in_portfolio")


def must_be_theirs(thing: Experience | Portfolio, student: Person) -> None:
    if thing.student_id != student.id or student.ended_at:
        raise NotAllowed("share")


# -- a page for strangers


def has_yes(experience: Experience) -> bool:
    """Whether a guardian's yes to sharing stands."""
    return yeses().where(GuardianYes.placement == experience.placement_id).exists()


def yeses():
    return GuardianYes.select(GuardianYes.placement).where(
        GuardianYes.about == About.SHARING, GuardianYes.withdrawn_at.is_null()
    )


def share(experience: Experience, student: Person) -> None:
    """A page for strangers under a new address. Shared once more it keeps the address and counts from now: from 18 on
    that is how a student lets their whole name be read. Raises Refused where it may not be shared."""
    must_be_theirs(experience, student)
    with database.atomic():
        refuse_if_barred(student, has_yes(experience))
        begin_sharing(Experience, experience)
        note(Placement.get_by_id(experience.placement_id), "share", student)


def stop_sharing(experience: Experience, student: Person) -> None:
    """The address leads nowhere from now on, and never again."""
    must_be_theirs(experience, student)
    with database.atomic():
        if end_sharing(Experience, experience):
            note(Placement.get_by_id(experience.placement_id), "stop_sharing", student)


def refuse_if_barred(student: Person, agreed: bool) -> None:
    """By what the school knows of the student now, not by what the browser's session began with."""
    problem = obstacle(Person.get_by_id(student.id), today(), agreed)
    if problem:
        raise Refused(problem.label)


def begin_sharing(model, thing: Experience | Portfolio) -> None:
    address = secrets.token_urlsafe(ADDRESS_BYTES)
    model.update(token=fn.COALESCE(model.token, address), shared_at=now()).where(model.id == thing.id).execute()


def end_sharing(model, thing: Experience | Portfolio) -> bool:
    ended = model.update(token=None, shared_at=None).where(model.id == thing.id, model.token.is_null(False))
    return bool(ended.execute())


# -- a parent's or guardian's yes, on paper that somebody at school has seen


def record_yes(experience: Experience, by: Person, signed_on: date) -> None:
    """Under 18 the student can share from now on. Raises Refused for a day to come, or once they are 18."""
    if not by.is_teacher or by.ended_at:
        raise NotAllowed("sharing_yes")
    signed_on = check_paper(signed_on)
    if not is_minor(experience.student, today()):
        raise Refused(N_("From 18 on the student decides alone: nobody else has to say yes."))
    with database.atomic():
        if has_yes(experience):
            return
        GuardianYes.create(
            placement=experience.placement_id, about=About.SHARING, signed_on=signed_on, recorded_by=by
        )  # fmt: skip
        note(Placement.get_by_id(experience.placement_id), "sharing_yes", by, day=signed_on.isoformat())


def withdraw_yes(experience: Experience, by: Person) -> None:
    """The public page is gone with it; another yes does not bring its address back."""
    if not by.is_teacher or by.ended_at:
        raise NotAllowed("sharing_no")
    with database.atomic():
        live = yeses().where(GuardianYes.placement == experience.placement_id)
        ended = GuardianYes.update(withdrawn_at=now()).where(GuardianYes.id.in_(live.select(GuardianYes.id)))
        if not ended.execute():
            return
        if is_minor(experience.student, today()):
            end_sharing(Experience, experience)
        note(Placement.get_by_id(experience.placement_id), "sharing_no", by)
