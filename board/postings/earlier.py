"""Earlier postings like this one, and how they went: what a teacher would try to remember before saying yes."""

from dataclasses import dataclass

from peewee import JOIN, Case, fn

from board.applications.model import Application
from board.employers.model import Employer
from board.placements.model import Placement
from board.placements.model import State as Placed
from board.postings.model import Posting, State
from board.postings.similar import skills_by_posting

CANDIDATES = 60  # the newest; enough to choose from
MOST = 4


@dataclass(frozen=True)
class Earlier:
    """One of them: how many applied, and how the work ended."""

    posting: Posting
    applied: int
    completed: int
    ended_early: int
    running: int


def like(posting: Posting) -> list[Earlier]:
    """The most alike, the employer's own first, also those a teacher declined. Four queries, however many there are."""
    columns = (Posting.id, Posting.title, Posting.state, Posting.held_at, Posting.field, Posting.employer)
    query = Posting.select(*columns, Employer.id, Employer.name).join(Employer)
    decided = Posting.opened_at.is_null(False) | (Posting.state == State.DECLINED)
    query = query.where(decided, Posting.id != posting.id, Posting.state != State.SUBMITTED)
    near = Posting.employer == posting.employer_id
    if posting.field_id:
        near |= Posting.field == posting.field_id
    own_first = Case(None, ((Posting.employer == posting.employer_id, 0),), 1)
    newest = fn.COALESCE(Posting.opened_at, Posting.submitted_at).desc()
    found = list(query.where(near).order_by(own_first, newest, Posting.id.desc()).limit(CANDIDATES))
    skills = skills_by_posting([posting.id, *(one.id for one in found)])
    wanted = skills.get(posting.id, set())

    def likeness(one: Posting) -> int:
        alike = len(wanted & skills.get(one.id, set())) + 2 * (one.field_id == posting.field_id is not None)
        return alike + (one.employer_id == posting.employer_id)

    chosen = sorted((one for one in found if likeness(one)), key=likeness, reverse=True)[:MOST]
    went = how_they_went([one.id for one in chosen])
    return [Earlier(one, *went.get(one.id, (0, 0, 0, 0))) for one in chosen]


def how_they_went(ids: list[int]) -> dict[int, tuple[int, int, int, int]]:
    """(applied, completed, ended early, at work) by posting."""

    def placed(*states: Placed):
        return fn.SUM(Case(None, ((Placement.state.in_(states), 1),), 0))

    rows = (
        Application.select(
            Application.posting, fn.COUNT(Application.id), placed(Placed.COMPLETED), placed(Placed.ENDED_EARLY),
            placed(Placed.AGREED, Placed.ACTIVE, Placed.DELIVERED),
        )
        .join(Placement, JOIN.LEFT_OUTER)
        .where(Application.posting.in_(ids), Application.submitted_at.is_null(False))
        .group_by(Application.posting)
    )  # fmt: skip
    return {number: tuple(counts) for number, *counts in rows.tuples()}
