"""How an employer can make an open posting stronger: only what is true of it, found by looking, and what to do."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from flask_babel import gettext as _
from flask_babel import ngettext
from peewee import fn

from board.applications.model import Application
from board.db import now
from board.drawing import money
from board.postings.model import Posting, Saved
from board.search import facts

LOOKED_AT = 20  # the newest open postings of one employer
SHOWN = 3  # postings
EACH = 2  # words of advice about one
LIKE_IT = 5  # so many others in its field, to speak of what is usual
LOW = 0.9  # of what is usual
QUIET = timedelta(days=5)  # open for so long without an applicant
OLD, HIGH = 17, 11  # a lowest age and grade that leave few students
FEW_SAVES = 1


@dataclass(frozen=True)
class Seen:
    """What is known of an open posting. Pay is in cents an hour."""

    skills: int
    hourly: int | None
    usual: float | None  # what others of its field pay, where there are enough of them
    first_welcome: bool
    age: int
    grade: int
    open_for: timedelta
    applicants: int
    saves: int


@dataclass(frozen=True)
class Advice:
    """A sentence, and the part of the posting it is about."""

    words: str
    part: str


def advice(seen: Seen) -> list[Advice]:
    """What would help this posting, the most first."""
    found = []
    if not seen.skills:
        found.append(
            Advice(_("It names no skill. Students search by skill: name one or two that the work needs."), "skills")
        )
    if seen.hourly and seen.usual and seen.hourly < LOW * seen.usual:
        words = _(
            "It pays %(pay)s an hour; most open projects of its kind pay about %(usual)s.", pay=money(seen.hourly),
            usual=money(round(seen.usual / 50) * 50),
        )  # fmt: skip
        found.append(Advice(words, "pay"))
    nobody = not seen.applicants and seen.open_for >= QUIET
    if nobody and (seen.age >= OLD or seen.grade >= HIGH):
        words = _("Nobody has applied yet, and it is only for older students. Could a younger one do it?")
        found.append(Advice(words, "who"))
    if not seen.first_welcome:
        words = _("Say that a first project is welcome, if it is: for most students here it would be one.")
        found.append(Advice(words, "skills"))
    if nobody and seen.saves <= FEW_SAVES:
        words = ngettext(
            "Open for %(num)d day, and hardly anybody has saved it. Say in the title and the summary what there is at the end.",
            "Open for %(num)d days, and hardly anybody has saved it. Say in the title and the summary what there is at the end.",
            seen.open_for.days,
        )  # fmt: skip
        found.append(Advice(words, "basics"))
    return found[:EACH]


def stronger(employer_id: int) -> list[tuple[Posting, list[Advice]]]:
    """Open postings of an employer that could be stronger; those with the fewest applicants first."""
    live = facts.live()
    own = np.flatnonzero(live.employer == employer_id)[::-1][:LOOKED_AT].tolist()
    ids = live.ids[own].tolist()
    applicants = counted(Application.posting, Application.submitted_at.is_null(False) & Application.posting.in_(ids))
    saves = counted(Saved.posting, Saved.posting.in_(ids))
    rows = Posting.select(Posting.id, Posting.title).where(Posting.id.in_(ids))
    titles = {posting.id: posting for posting in rows}
    usual = usual_pay(live, employer_id, own)
    found = []
    for row, number in zip(own, ids, strict=True):
        seen = Seen(
            len(live.skills_of(row)), int(live.hourly[row]), usual.get(int(live.field[row])), bool(live.first[row]),
            int(live.age[row]), int(live.grade[row]), now() - datetime.fromtimestamp(int(live.opened[row]), UTC).replace(tzinfo=None),
            applicants.get(number, 0), saves.get(number, 0),
        )  # fmt: skip
        words = advice(seen)
        if words and number in titles:
            found.append((seen.applicants, titles[number], words))
    found.sort(key=lambda one: one[0])
    return [(posting, words) for _applicants, posting, words in found[:SHOWN]]


def usual_pay(live: facts.Live, employer_id: int, own: list[int]) -> dict[int, float]:
    """The middle of what others pay an hour in the fields of these rows, where there are enough of them."""
    paying = (live.hourly > 0) & (live.employer != employer_id)
    paid = {field: live.hourly[paying & (live.field == field)] for field in set(live.field[own].tolist())}
    return {field: float(np.median(some)) for field, some in paid.items() if len(some) >= LIKE_IT}


def counted(column, condition) -> dict[int, int]:
    query = column.model.select(column, fn.COUNT(column.model.id)).where(condition).group_by(column)
    return dict(query.tuples())
