"""What of a posting is found: its own words, its skills, its field and its employer. Never where or with whom."""

from collections.abc import Iterator

from peewee import JOIN

from board.employers.model import Employer
from board.postings.model import Posting, PostingSkill, State
from board.school.model import Field, Skill
from board.search.text import split

# how much a word says in each part of a posting
WEIGHTS = {
    "title": 6.0, "skills": 4.0, "field": 3.0, "summary": 2.5, "deliverable": 1.6, "employer": 1.2, "description": 1.0,
}  # fmt: skip
TEXTS = tuple(WEIGHTS)
TELLING = ("title", "skills", "field", "summary", "employer")  # short, chosen words: of these, all may be meant
BATCH = 400


def texts(ids: list[int] | None = None) -> Iterator[tuple[int, dict[str, str]]]:
    """The texts of postings that are open and not held, by id; of these ids, or of all."""
    query = (
        Posting.select(
            Posting.id, Posting.title, Posting.summary, Posting.deliverable, Posting.description,
            Field.name, Employer.name,
        )
        .join(Employer)
        .switch(Posting)
        .join(Field, JOIN.LEFT_OUTER)
        .where(Posting.state == State.OPEN, Posting.held_at.is_null())
    )  # fmt: skip
    named = PostingSkill.select(PostingSkill.posting, Skill.name).join(Skill)
    if ids is not None:
        query, named = query.where(Posting.id.in_(ids)), named.where(PostingSkill.posting.in_(ids))
    rows = list(query.tuples())
    skills: dict[int, list[str]] = {}
    for number, name in named.tuples():
        skills.setdefault(number, []).append(name)
    for number, title, summary, deliverable, description, field, employer in rows:
        yield number, {
            "title": title, "skills": " · ".join(skills.get(number, ())), "field": field or "", "summary": summary,
            "deliverable": deliverable, "description": description, "employer": employer,
        }  # fmt: skip


def terms(parts: dict[str, str]) -> dict[str, list[str]]:
    """The words of each part, whole: which of them are one word in other forms is for the vocabulary to say."""
    return {name: split(text) for name, text in parts.items()}
