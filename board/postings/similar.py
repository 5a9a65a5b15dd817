"""Projects that suit a student: alike to one they did not get, or within what they said interests them."""

from datetime import date

from peewee import JOIN, SQL

from board.employers.model import Employer
from board.people.model import Interest, Person, PersonSkill
from board.postings.model import Posting, PostingSkill
from board.school.model import LOWEST_AGE, Field, today

CANDIDATES = 60  # the newest; enough to choose two from


def similar(posting: Posting, student: Person, most: int = 2) -> list[Posting]:
    """Open projects of the same field or with shared skills, which this student may apply to and has not."""
    return similar_to([posting], student, most)[posting.id]


def similar_to(postings: list[Posting], student: Person, most: int = 2) -> dict[int, list[Posting]]:
    """The same for several at once, by posting id; three queries, however many."""
    ids = [posting.id for posting in postings]
    skills_of = skills_by_posting(ids)
    wanted = {skill for skills in skills_of.values() for skill in skills}
    fields = {posting.field_id for posting in postings if posting.field_id}
    sharing = PostingSkill.select(PostingSkill.posting).where(PostingSkill.skill.in_(wanted))
    found = may_take(student, Posting.field.in_(fields) | Posting.id.in_(sharing), CANDIDATES) if ids else []
    skills_of |= skills_by_posting([posting.id for posting in found])

    def likeness(old: Posting, new: Posting) -> int:
        shared = skills_of.get(old.id, set()) & skills_of.get(new.id, set())
        return len(shared) + 2 * (old.field_id is not None and old.field_id == new.field_id)

    chosen = {}
    for old in postings:
        ranked = sorted((new for new in found if likeness(old, new)), key=lambda new: -likeness(old, new))
        chosen[old.id] = [new for new in ranked if new.id != old.id][:most]
    return chosen


def newest_for(student: Person, most: int = 3) -> list[Posting]:
    """The newest projects in the fields or with the skills a student has named."""
    fields = Interest.select(Interest.field).where(Interest.person == student)
    skills = PersonSkill.select(PersonSkill.skill).where(PersonSkill.person == student)
    sharing = PostingSkill.select(PostingSkill.posting).where(PostingSkill.skill.in_(skills))
    return may_take(student, Posting.field.in_(fields) | Posting.id.in_(sharing), most)


def may_take(student: Person, condition, most: int) -> list[Posting]:
    """The newest live projects under a condition that the student is old enough for and has not asked to do."""
    if student.birth_date is None:
        return []
    day = today()
    found = (
        Posting.select(Posting.id)
        .where(Posting.is_live_on(day), condition, old_enough(student.birth_date, day))
        .where(Posting.minimum_grade.is_null() | (Posting.minimum_grade <= (student.grade or 0)))
        .where(Posting.id.not_in(asked_by(student)))
        .order_by(Posting.opened_at.desc(), Posting.id.desc())
        .limit(most)
    )
    query = Posting.select(Posting, Employer, Field).join(Employer).switch(Posting).join(Field, JOIN.LEFT_OUTER)
    return list(query.where(Posting.id.in_(found)).order_by(Posting.opened_at.desc(), Posting.id.desc()))


def old_enough(born: date, day: date):
    """The condition that somebody has a posting's lowest age on its first day of work, as when they apply."""
    allowed = Posting.minimum_age.is_null()
    for age in range(LOWEST_AGE, 20):
        birthday = birthday_at(born, age)
        starts_later = Posting.starts_on >= birthday
        allowed |= (Posting.minimum_age == age) & (starts_later if birthday > day else SQL("1 = 1"))
    return allowed


def birthday_at(born: date, age: int) -> date:
    """The day somebody turns an age; born on Feb 29, on Mar 1 of other years."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def asked_by(student: Person):
    """Postings they have applied to or begun to. The table is named, not imported: it lies further on."""
    return SQL("(SELECT posting_id FROM application WHERE student_id = ?)", [student.id])


def skills_by_posting(ids: list[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    query = PostingSkill.select(PostingSkill.posting, PostingSkill.skill).where(PostingSkill.posting.in_(ids))
    for posting, skill in query.tuples():
        found.setdefault(posting, set()).add(skill)
    return found
