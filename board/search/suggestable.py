"""What a search may go on to be, kept in memory: titles and names of what is live, and how they begin."""

import threading
from typing import NamedTuple

import numpy as np

from board.db import database
from board.employers.model import Employer
from board.postings.model import Posting
from board.school.model import Field, Skill, Spelling, today
from board.search.beginnings import Beginnings
from board.search.facets import at
from board.search.facts import live
from board.search.live import Live

BATCH = 500
LONGEST_START = {"project": 8}  # characters of it that are kept; of names more, for there are fewer

lock = threading.Lock()
tables = {kind: Beginnings(LONGEST_START.get(kind, 24)) for kind in ("project", "skill", "field", "employer")}
_titles_of: Live | None = None


class Names(NamedTuple):
    """Fields and skills that a live posting carries, by id."""

    fields: dict[int, Field]
    skills: dict[int, tuple[str, str]]  # slug, name
    employers: dict[int, str]


def names() -> Names:
    """As the database has them now; the tables follow."""
    now = live()
    carried = np.bincount(now.field)
    fields = {field.id: field for field in Field.shown() if at(carried, field.id)}
    rows = database.execute(Skill.usable().select(Skill.id, Skill.slug, Skill.name)).fetchall()
    skills = {number: (slug, name) for number, slug, name in rows if at(now.counts_of_skills, number)}
    spelled = {number: name for number, (_, name) in skills.items()}
    for number, other in database.execute(Spelling.select(Spelling.skill, Spelling.folded)).fetchall():
        if number in spelled:
            spelled[number] += f" {other}"
    offering = set(now.employer.tolist())
    rows = database.execute(Employer.select(Employer.id, Employer.name)).fetchall()
    employers = {number: name for number, name in rows if number in offering}
    named = {"field": {number: field.name for number, field in fields.items()}, "skill": spelled, "employer": employers}
    with lock:
        for kind, texts in named.items():
            tables[kind].follow(texts, lambda ids, texts=texts: {number: texts[number] for number in ids})
    return Names(fields, skills, employers)


def follow_titles(now: Live) -> None:
    global _titles_of
    with lock:
        if _titles_of is not now:
            marks = zip(now.version.tolist(), now.copy.tolist(), strict=True)
            tables["project"].follow(dict(zip(now.ids.tolist(), marks, strict=True)), titles)
            _titles_of = now


def titles(ids: list[int]) -> dict[int, str]:
    """One query: of these, or of all that are live where these are many."""
    which = Posting.id.in_(ids) if len(ids) <= BATCH else Posting.is_live_on(today())
    wanted = set(ids)
    rows = database.execute(Posting.select(Posting.id, Posting.title).where(which)).fetchall()
    return {number: title for number, title in rows if number in wanted}
