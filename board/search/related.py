"""Projects like one: shared skills, of which the rarer say more, the same field, words of the title.

Works on the sets that are kept in memory; titles are read with the rows of the likeliest few.
"""

import math
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from board.employers.model import Employer
from board.people.model import Person
from board.postings.model import Posting, PostingSkill
from board.school.model import today
from board.search import query
from board.search.facts import among, live
from board.search.live import Live
from board.search.text import split

MOST = 4
LOOKED_AT = 10  # the likeliest, whose titles are read
PARTS = 64  # of the board
MOST_CHOSEN = 3000  # about a megabyte
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

    @classmethod
    def of(cls, row: tuple) -> "Related":
        *others, last = row
        return cls(*others, last and date.fromisoformat(last))


# the ids chosen for whoever sees all that is live, by what they were chosen for, as long as the same postings are live
_chosen: WeakKeyDictionary[Live, dict[tuple, list[int]]] = WeakKeyDictionary()


def related(posting: Posting, person: Person | None) -> list[Related]:
    """Up to four projects that this person may see, likest first. One query, for the rows; one that is not live
    itself is asked for its skills. Which they are is kept, and whether they may be seen asked each time."""
    now = live()
    chosen = _chosen.setdefault(now, {})
    key = (posting.id, posting.version, *may_apply(person))
    ids = chosen.get(key)
    rows = load(ids, person) if ids else []
    if ids is None or len(rows) < len(ids):
        likeness = likeliest(now, posting.id, posting.field_id, posting.employer_id, skills_of(posting, now), person)
        known = load(list(likeness), person) if likeness else []
        rows = choose(posting.title, known, likeness)
        ids = [row[0] for row in rows]
        if len(known) == len(likeness) and len(chosen) < MOST_CHOSEN:
            chosen[key] = ids
    return [Related.of(row) for row in sorted(rows, key=lambda row: ids.index(row[0]))]


def may_apply(person: Person | None) -> tuple[int, int]:
    """The age and the grade that decide what somebody may apply to; who is no student is asked for neither."""
    if person is None or not person.is_student:
        return 99, 99
    return person.age_on(today()) or 0, person.grade or 0


def skills_of(posting: Posting, now: Live) -> list[int]:
    row = now.row(posting.id)
    if row is not None:
        return now.skills_of(row)
    asked = PostingSkill.select(PostingSkill.skill).where(PostingSkill.posting == posting.id)
    return [number for (number,) in asked.tuples()]


def likeliest(
    now: Live, number: int, field: int | None, employer: int, skills: Iterable[int], person: Person | None
) -> dict[int, float]:
    """The likeliest of the live postings, by id; pure. Another employer's count more, and what a student may apply to."""
    shared = (now.field == (field or -1)) * FIELD
    each = [rows for rows in map(now.rows_with, skills) if len(rows)]
    if each:
        # in 256ths: sums of them are exact, and equal ones equal
        tells = [round(256 * (1 + math.log(len(now) / len(rows)))) / 256 for rows in each]
        shared += np.bincount(np.concatenate(each), np.repeat(tells, [*map(len, each)]), minlength=len(now))
    own = now.row(number)
    if own is not None:
        shared[own] = 0
    # whatever the others have on top, these share too little to be looked at
    rows = np.flatnonzero(shared >= max(tenth(shared) - OTHER_EMPLOYER - MAY_APPLY, 1))
    likeness = shared[rows] + OTHER_EMPLOYER * (now.employer[rows] != employer)
    age, grade = may_apply(person)
    likeness += MAY_APPLY * ((now.age[rows] <= age) & (now.grade[rows] <= grade))
    best = np.lexsort((-rows, -likeness))[:LOOKED_AT]  # of equal ones the newest, as rows are in order of ids
    return dict(zip(now.ids[rows[best]].tolist(), likeness[best].tolist(), strict=True))


def tenth(shared: np.ndarray) -> float:
    """What LOOKED_AT of them reach at least, or a little less: a tenth of the time of finding it out exactly. That many
    parts of the board have one that is as good as the worst of their best."""
    each = len(shared) // PARTS
    if not each:
        return 0.0
    best = shared[: each * PARTS].reshape(PARTS, each).max(axis=1)
    return float(np.partition(best, -LOOKED_AT)[-LOOKED_AT])


def load(ids: list[int], person: Person | None) -> list[tuple]:
    """What is shown of them, as rows of Related; each asked of `seen_by`."""
    columns = (
        Posting.id, Posting.title, Posting.employer, Employer.name, Posting.pay_cents, Posting.hours, Posting.apply_by,
    )  # fmt: skip
    return among(ids, lambda: query.found_by(person, *columns).join(Employer), ("related", person and person.id))


def choose(title: str, rows: list[tuple], likeness: dict[int, float]) -> list[tuple]:
    """With the titles known: the likest of each employer before a second one of the same."""
    own = frozenset(title_words(title))

    def score(row: tuple) -> tuple[float, int]:
        number, words = row[0], title_words(row[1])
        both = len(own.intersection(words))
        return likeness[number] + (TITLE * both / (len(own) + len(words) - both) if both else 0), number

    ranked = sorted(rows, key=score, reverse=True)
    first: dict[int, tuple] = {}
    for row in ranked:
        first.setdefault(row[2], row)
    return [*first.values(), *(row for row in ranked if first[row[2]] is not row)][:MOST]


@lru_cache(maxsize=4000)  # titles; about 1 MB
def title_words(title: str) -> tuple[str, ...]:
    """Each once, in the singular."""
    return tuple({word.removesuffix("s") for word in split(title)})
