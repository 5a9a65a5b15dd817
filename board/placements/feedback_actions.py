"""Feedback is given, and changed while it is sealed. Each is one transaction and its Steps."""

import zlib
from dataclasses import dataclass
from datetime import datetime

from peewee import JOIN

from board import contact
from board.db import database, now
from board.moves import NotAllowed, Refused, Step, TooLate
from board.people.model import Person
from board.placements.actions import note
from board.placements.feedback_rules import EMPLOYER_ASKED, STUDENT_ASKED, asked_of, is_open, may_give
from board.placements.keeping import kept_in
from board.placements.model import SCALE, EmployerFeedback, Placement, SkillRating, StudentFeedback
from board.placements.rules import is_party
from board.postings.model import Need, PostingSkill
from board.school.model import Skill
from board.words import N_


@dataclass(frozen=True)
class Given:
    """What both have given so far."""

    student: StudentFeedback | None
    employer: EmployerFeedback | None

    @classmethod
    def of(cls, placement: Placement) -> "Given":
        employer = EmployerFeedback.select(EmployerFeedback, Person).join(Person, JOIN.LEFT_OUTER)
        return cls(
            StudentFeedback.get_or_none(StudentFeedback.placement == placement),
            employer.where(EmployerFeedback.placement == placement).first(),
        )

    @property
    def moments(self) -> tuple[datetime | None, datetime | None]:
        """When the student gave theirs, and the employer."""
        return self.student and self.student.given_at, self.employer and self.employer.given_at


def skills_of(placement: Placement) -> list[Skill]:
    """The skills of the project, must-haves first."""
    query = Skill.select().join(PostingSkill).where(PostingSkill.posting == placement.application.posting_id)
    return list(query.order_by(PostingSkill.need == Need.NICE, PostingSkill.position, Skill.id))


def levels_of(placement: Placement) -> dict[int, int]:
    """How each skill was rated, by its id."""
    query = SkillRating.select(SkillRating.skill, SkillRating.level).where(SkillRating.placement == placement)
    return dict(query.tuples())


def mark_of(feedback: EmployerFeedback | None, levels: dict[int, int]) -> str:
    """Changes whenever the employer's feedback does, so that one colleague does not write over another's."""
    if feedback is None:
        return ""
    ratings = [getattr(feedback, name) for name in EMPLOYER_ASKED]
    said = f"{ratings} {sorted(levels.items())} {feedback.quote} {feedback.may_name_reference}"
    return str(zlib.crc32(said.encode()))


def give_employer(
    placement: Placement, person: Person, ratings: dict[str, int], levels: dict[int, int], quote: str = "",
    may_name_reference: bool = False, seen: str | None = None,
) -> Step:  # fmt: skip
    """The employer's: a step of each scale, of the skills that came up, and words the student may quote.

    `seen`: the mark of what was there when they began; raises TooLate if a colleague has written since.
    """
    check_steps(ratings, asked_of(placement))
    check_quote(quote)
    if not person.is_employer:
        raise NotAllowed("give_feedback")
    values = ratings | {"quote": quote, "may_name_reference": may_name_reference, "person": person}
    with database.atomic():
        given = Given.of(placement)
        if seen is not None and seen != mark_of(given.employer, levels_of(placement)):
            raise TooLate(None)
        known = {skill.id for skill in skills_of(placement)}
        check_steps(levels, tuple(known & set(levels)))
        step = write(placement, person, given, EmployerFeedback, given.employer, values)
        SkillRating.delete().where(SkillRating.placement == placement).execute()
        rows = [{"placement": placement.id, "skill": skill, "level": level} for skill, level in levels.items()]
        if rows:
            SkillRating.insert_many(rows).execute()
    return step


def give_student(placement: Placement, student: Person, ratings: dict[str, int], reflection: str) -> Step:
    """The student's: a step of each scale, and what they learned, which only they and the school read."""
    check_steps(ratings, tuple(STUDENT_ASKED))
    if not reflection.strip():
        raise Refused(N_("Write at least a sentence about what you learned."))
    if not student.is_student:
        raise NotAllowed("give_feedback")
    with database.atomic():
        given = Given.of(placement)
        return write(placement, student, given, StudentFeedback, given.student, ratings | {"reflection": reflection})


def may_give_now(person: Person, placement: Placement, given: Given) -> bool:
    """As the rules say, and not while the school keeps everything as it is: words to the other side are messages."""
    return may_give(person, placement, *given.moments, now()) and not kept_in(placement).messages


def write(placement: Placement, person: Person, given: Given, table, row, values: dict) -> Step:
    """A first one, or a changed one; with the second of the two it opens."""
    fresh = Placement.get_by_id(placement.id)
    if not may_give_now(person, fresh, given):
        raise TooLate(None) if is_party(person, fresh) else NotAllowed("give_feedback")
    if row:
        table.update(**values).where(table.id == row.id).execute()
        return note(fresh, "change_feedback", person)
    table.create(placement=placement.id, **values)
    step = note(fresh, "give_feedback", person)
    other = given.employer if person.is_student else given.student
    if other and (person.is_employer or not is_open(*given.moments, now())):  # what comes late is news as well
        note(fresh, "open_feedback", None)
    return step


def check_steps(ratings: dict, names: tuple) -> None:
    low, high = SCALE
    if set(ratings) != set(names) or any(not low <= step <= high for step in ratings.values()):
        raise Refused(N_("Choose one of the four for each."))


def check_quote(quote: str) -> None:
    """Students pass it on to anybody: it holds no way to reach somebody."""
    hit = next(iter(contact.found(quote)), None)
    if hit:
        raise Refused(N_("Take out “%(text)s”: what may be quoted must not include contact details."), text=hit[1])
