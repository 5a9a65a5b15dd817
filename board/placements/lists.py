"""All placements of one person: what needs them first. The same address for student, employer and teacher."""

from dataclasses import dataclass

from flask import Blueprint, g, request
from flask_babel import gettext as _

from board import htmx
from board.access import open_to, school, who
from board.applications.model import Application
from board.drawing import said
from board.employers.model import Employer
from board.forms import whole
from board.people.model import Person, Role
from board.placements.model import OPEN, Placement, State
from board.placements.naming import keeping_names, student_of
from board.placements.silence import silent
from board.placements.thread import unread_of
from board.placements.turns import Turn, turn
from board.placements.waiting import Facts, facts_of
from board.postings.model import Posting
from board.school.model import day_of

lists = Blueprint("placement_lists", __name__)

MOST = 300  # open placements of one list; a school has fewer
DONE_PAGE = 25


@dataclass(frozen=True)
class Row:
    """One line of the list: what is due in it for whoever reads, in words, and where."""

    placement: Placement
    student: str
    facts: Facts
    turn: Turn | None
    words: str  # of the turn, or whose turn it is
    new: int = 0  # messages this reader has not read
    needs: bool = False  # somebody waits for this reader; a student who logs hours as they come keeps nobody waiting

    @property
    def address(self) -> str:
        at = f"#{self.turn.at}" if self.turn else ""
        return f"/placements/{self.placement.id}{'/close' if at == '#closing' else at}"


def with_people(query):
    """Placements with all that a row names."""
    return (
        query.select(Placement, Application, Posting, Employer, Person)
        .join(Application)
        .join(Posting)
        .join(Employer)
        .switch(Application)
        .join(Person, on=Application.student)
        .switch(Placement)
    )


def rows_of(placements: list[Placement], me: Person) -> list[Row]:
    """In a fixed number of queries; those that wait for this person first, the longest wait first."""
    here, today = school(), school().today()
    facts, new = facts_of(placements, not here.guardian_not_asked, today), unread_of(me) if placements else {}
    for one in silent() if me.is_teacher and placements else ():
        if one.placement.id in facts:
            facts[one.placement.id].silent[one.party] = one.since
    rows, kept = [], keeping_names(placements) if me.is_employer else ()
    for placement in placements:
        due = turn(facts[placement.id], me, today)
        words = said(due.said) if due else others_turn(facts[placement.id], me)
        needs = due is not None and not due.calm
        unread = new.get(placement.id, 0)
        rows.append(Row(placement, student_of(placement, me, kept), facts[placement.id], due, words, unread, needs))
    rows.sort(
        key=lambda row: (
            row.turn is None,
            row.turn.since if row.turn else day_of(row.placement.created_at),
            row.placement.id,
        )
    )
    return rows


def others_turn(facts: Facts, me: Person) -> str:
    """What happens next when this person has nothing to do."""
    placement = facts.placement
    if placement.held_at and placement.state in OPEN:
        return _("On hold: the school has paused it")
    if placement.state == State.PROPOSED:
        return _("A teacher looks at the match")
    if placement.state == State.AGREED:
        return _("Signatures and what comes before the start")
    if placement.state == State.ACTIVE:
        return _("Under way")
    if placement.state == State.DELIVERED:
        if facts.delivery and facts.delivery.accepted:
            return _("Accepted: the hours come next") if facts.open_hours else _("Accepted: a teacher signs off")
        return _("The employer looks at the work")
    return _(placement.state_label)


def open_rows(me: Person, mine: bool = False) -> list[Row]:
    """What is open, and what has ended and still waits for this person."""
    query = Placement.seen_by(me)
    if mine:
        query = query.where(
            (Placement.lead == me.id) | (Placement.cover == me.id) | (Placement.state == State.PROPOSED)
        )
    running = list(with_people(query.where(Placement.state.in_(OPEN))).order_by(Placement.id).limit(MOST))
    # of what has ended, the newest: somebody may still have to pay, or to say how it was
    started = Placement.state.in_((State.COMPLETED, State.ENDED_EARLY)) & Placement.started_at.is_null(False)
    ended = list(with_people(query.where(started)).order_by(Placement.ended_at.desc()).limit(MOST // 3))
    rows = rows_of(running + ended, me)
    return [row for row in rows if row.turn or row.placement.state in OPEN]


@lists.get("/placements")
@open_to(Role.STUDENT, Role.TEACHER, Role.EMPLOYER)
def all():
    me = who()
    g.section = "placements"
    mine = me.is_teacher and not request.args.get("all")
    rows = open_rows(me, mine)
    matches = me.is_teacher and request.args.get("state") == State.PROPOSED  # those alone that wait for a yes
    if matches:
        rows = [row for row in rows if row.placement.state == State.PROPOSED]
    needs = [row for row in rows if row.needs]
    done = Placement.seen_by(me).where(Placement.state.not_in(OPEN))
    if mine:
        done = done.where((Placement.lead == me.id) | (Placement.cover == me.id))
    done = done.where(Placement.id.not_in([row.placement.id for row in needs]))  # once is enough
    total = done.count()
    pages = max(1, -(-total // DONE_PAGE))
    number = min(max(whole(request.args.get("page")) or 1, 1), pages)
    ended = (
        []
        if matches
        else with_people(done).order_by(Placement.ended_at.desc(), Placement.id.desc()).paginate(number, DONE_PAGE)
    )
    return htmx.page(
        "placements/list.html", needs=needs, running=[row for row in rows if not row.needs],
        done=rows_of(list(ended), me), total=total, page=number, pages=pages, mine=mine,
        address=lambda page: f"/placements?{'' if mine or not me.is_teacher else 'all=1&'}page={page}#done",
    )  # fmt: skip
