"""Projects like one: shared skills, of which the rarer say more, the same field, words of the title.

Works on the sets that are kept in memory; titles are read with the rows of the likeliest few.
"""

import math
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from board.employers.model import Employer
from board.people.model import Person
from board.postings.model import Posting, PostingSkill
from board.school.model import today
from board.search import query
from board.search.facts import among, live
from board.search.live import Live
from board.search.text import split, stem

MOST = 4
LOOKED_AT = 16  # the likeliest, whose titles are read
# what adds to a likeness, beside each shared skill: that is 1 where all ask for it, and 5 where one in fifty does
FIELD, OTHER_EMPLOYER, MAY_APPLY, TITLE = 1.5, 1.5, 3.0, 4.0


class Related(NamedTuple):
    """What a line about a project says."""

    id: int
    title: str
    employer_id: int
    employer: str
    pay_cents: int | None
    hours: int | None
    apply_by: date | None


def related(posting: Posting, person: Person | None) -> list[Related]:
    """Up to four projects that this person may see, likest first. One query, for the rows; one that is not live
    itself is asked for its skills."""
    now = live()
    row = now.row(posting.id)
    if row is not None:
        skills = now.skills_of(row)
    else:
        asked = PostingSkill.select(PostingSkill.skill).where(PostingSkill.posting == posting.id)
        skills = [number for (number,) in asked.tuples()]
    likeness = likeliest(now, posting.id, posting.field_id, posting.employer_id, skills, person)
    if not likeness:
        return []
    return choose(posting.title, load(list(likeness), person), likeness)


def likeliest(
    now: Live, number: int, field: int | None, employer: int, skills: Iterable[int], person: Person | None
) -> dict[int, float]:
    """The likeliest of the live postings, by id; pure. Another employer's count more, and what a student may apply to."""
    age, grade = (person.age_on(today()) or 0, person.grade or 0) if person and person.is_student else (99, 99)
    likeness = np.zeros(len(now))
    if field:
        likeness[now.field == field] = FIELD
    for rows in map(now.rows_with, skills):
        if len(rows):
            likeness[rows] += 1 + math.log(len(now) / len(rows))
    likeness[now.ids == number] = 0
    alike = likeness > 0
    likeness += OTHER_EMPLOYER * (now.employer != employer) + MAY_APPLY * ((now.age <= age) & (now.grade <= grade))
    rows = np.flatnonzero(alike)
    if len(rows) > LOOKED_AT:  # of many, those that are no worse than the last to be looked at
        least = np.partition(likeness[rows], -LOOKED_AT)[-LOOKED_AT]
        rows = rows[likeness[rows] >= least]
    rows = rows[np.lexsort((-now.ids[rows], -likeness[rows]))][:LOOKED_AT]
    return dict(zip(now.ids[rows].tolist(), likeness[rows].tolist(), strict=True))


def load(ids: list[int], person: Person | None) -> list[Related]:
    """What is shown of them; each asked of `seen_by`."""
    columns = (
        Posting.id, Posting.title, Posting.employer, Employer.name, Posting.pay_cents, Posting.hours, Posting.apply_by,
    )  # fmt: skip
    rows = among(ids, lambda: query.found_by(person, *columns).join(Employer), ("related", person and person.id))
    return [Related(*others, last and date.fromisoformat(last)) for *others, last in rows]


def choose(title: str, rows: list[Related], likeness: dict[int, float]) -> list[Related]:
    """With the titles known: the likest of each employer before a second one of the same."""
    own = title_words(title)

    def score(row: Related) -> float:
        words = title_words(row.title)
        return likeness[row.id] + TITLE * len(own & words) / (len(own | words) or 1)

    ranked = sorted(rows, key=lambda row: (-score(row), -row.id))
    first: dict[int, Related] = {}
    for row in ranked:
        first.setdefault(row.employer_id, row)
    firsts = list(first.values())
    return [*firsts, *(row for row in ranked if row not in firsts)][:MOST]


@lru_cache(maxsize=2000)
def title_words(title: str) -> frozenset[str]:
    return frozenset(stem(word) for word in split(title))
