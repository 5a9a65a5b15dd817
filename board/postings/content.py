"""The text of a posting as one plain dict: what forms fill, revisions keep, copies begin with, and differences show.

Dates are ISO texts, skills and questions lists of words, the field is its slug, so that the dict is JSON.
"""

import json
from datetime import date

from board.db import now
from board.employers.model import Supervisor
from board.postings.model import Milestone, Need, Posting, PostingSkill, Question, Section
from board.school.actions import skills_named
from board.school.model import Field, Skill
from board.statements import Statement

SECTIONS: dict[Section, tuple[str, ...]] = {
    Section.BASICS: ("title", "summary", "field", "resume_title"),
    Section.WORK: ("description", "deliverable", "milestones", "tasks"),
    Section.SKILLS: ("must", "nice", "first_project_welcome", "ai_tools", "ai_note"),
    Section.TIME: ("hours", "weeks", "rhythm", "starts_on", "due_on", "sessions"),
    Section.PAY: ("pay_cents", "seats", "paid_how", "worker_kind"),
    Section.PLACE: ("place", "location", "address", "times", "getting_there", "premises", "alone", "supervisor"),
    Section.WHO: ("minimum_age", "minimum_grade", "questions"),
    Section.DATES: ("apply_by", "decide_by"),
}
SECTION_OF = {key: section for section, keys in SECTIONS.items() for key in keys}
KEYS = tuple(SECTION_OF)
DATES = ("starts_on", "due_on", "apply_by", "decide_by")
LISTS = ("milestones", "must", "nice", "questions")
PACKED = ("tasks", "sessions")  # lists that stand as JSON in one column
PLAIN = tuple(key for key in KEYS if key not in (*DATES, *LISTS, *PACKED, "field", "supervisor"))


def read(posting: Posting) -> dict:
    """Everything a posting says."""
    skills = list(
        PostingSkill.select(PostingSkill, Skill)
        .join(Skill)
        .where(PostingSkill.posting == posting)
        .order_by(PostingSkill.position, PostingSkill.id)
    )
    values = {key: getattr(posting, key) for key in PLAIN}
    values |= {key: getattr(posting, key).isoformat() if getattr(posting, key) else None for key in DATES}
    values |= {key: json.loads(getattr(posting, key) or "[]") for key in PACKED}
    supervisor = posting.supervisor
    return values | {
        "field": posting.field.slug if posting.field_id else None,
        "supervisor": {"name": supervisor.name, "title": supervisor.title} if supervisor else None,
        "must": [row.skill.name for row in skills if row.need == Need.MUST],
        "nice": [row.skill.name for row in skills if row.need == Need.NICE],
        "milestones": [
            {"title": row.title, "week": row.week} for row in posting.milestones.order_by(Milestone.position)
        ],
        "questions": [row.words for row in posting.questions.order_by(Question.position)],
    }


def write(posting: Posting, values: dict, by=None) -> None:
    """Write the keys that are given, leave the others; one transaction is the caller's. `by` proposes new skills."""
    for key in PLAIN:
        if key in values:
            setattr(posting, key, values[key])
    for key in DATES:
        if key in values:
            setattr(posting, key, date.fromisoformat(values[key]) if values[key] else None)
    for key in PACKED:
        if key in values:
            setattr(posting, key, json.dumps(values[key]) if values[key] else None)
    if "field" in values:
        posting.field = Field.get_or_none(Field.slug == values["field"]) if values["field"] else None
    if "supervisor" in values:
        posting.supervisor = supervisor_of(posting.employer_id, values["supervisor"])
    posting.version += 1
    posting.updated_at = now()
    posting.save()
    if "must" in values or "nice" in values:
        old = read_skills(posting)
        write_skills(posting, values.get("must", old["must"]), values.get("nice", old["nice"]), by)
    if "milestones" in values:
        Milestone.delete().where(Milestone.posting == posting).execute()
        rows = [
            {"posting": posting.id, "position": number, "title": row["title"], "week": row.get("week")}
            for number, row in enumerate(values["milestones"], 1)
        ]
        if rows:
            Milestone.insert_many(rows).execute()
    if "questions" in values:
        write_questions(posting, values["questions"])


skills_asked = Statement(
    lambda posting: (
        PostingSkill.select(PostingSkill.need, Skill.name)
        .join(Skill)
        .where(PostingSkill.posting == posting)
        .order_by(PostingSkill.position)
        .tuples()
    )
)


def read_skills(posting: Posting) -> dict[str, list[str]]:
    rows = skills_asked(posting.id)
    named: dict[str, list[str]] = {Need.MUST: [], Need.NICE: []}
    for need, name in rows:
        named[need].append(name)
    return named


def write_skills(posting: Posting, must: list[str], nice: list[str], by=None) -> None:
    musts = skills_named(must, by)
    nices = [skill for skill in skills_named(nice, by) if skill not in musts]
    rows = [
        {"posting": posting.id, "skill": skill.id, "need": need, "position": number}
        for need, skills in ((Need.MUST, musts), (Need.NICE, nices))
        for number, skill in enumerate(skills)
    ]
    PostingSkill.delete().where(PostingSkill.posting == posting).execute()
    if rows:
        PostingSkill.insert_many(rows).execute()


def write_questions(posting: Posting, questions: list[str]) -> None:
    """Keep the rows that stay, so that answers keep their question."""
    for number, words in enumerate(questions, 1):
        changed = Question.update(words=words).where(Question.posting == posting, Question.position == number).execute()
        if not changed:
            Question.create(posting=posting, position=number, words=words)
    Question.delete().where(Question.posting == posting, Question.position > len(questions)).execute()


def supervisor_of(employer_id: int, named: dict | None) -> Supervisor | None:
    if not named or not named.get("name"):
        return None
    row, made = Supervisor.get_or_create(
        employer=employer_id, name=named["name"], defaults={"title": named.get("title", "")}
    )
    if not made and named.get("title") and row.title != named["title"]:
        row.title = named["title"]
        row.save()
    return row


def changed(old: dict, new: dict) -> list[str]:
    """The keys that differ, in the order of the page; None and "" are the same nothing."""
    return [key for key in KEYS if key in new and (new[key] or None) != (old.get(key) or None)]
