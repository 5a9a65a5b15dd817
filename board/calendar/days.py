"""What has a day on the board, for one person: a fixed number of queries, whatever there is.

A calendar is read by the machines of others (a phone's maker, a mail service), so no student's name stands in one:
the title of the project says enough, and its page says the rest to whoever may open it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from board.applications.model import Application
from board.applications.model import State as ApplicationState
from board.people.model import Person
from board.placements.model import OPEN, RUNNING, CheckIn, Payment, Placement, PlacementMilestone
from board.placements.model import State as PlacementState
from board.postings.model import Posting, Saved
from board.postings.model import State as PostingState

BACK = timedelta(days=60)  # how long a day that has passed stays in it


@dataclass(frozen=True)
class Day:
    """Something on a day. `id`: the same as long as the thing is; `path`: its page."""

    id: str
    on: date
    words: str
    path: str


def days(person: Person, today: date) -> list[Day]:
    """All that has a day for this person, from two months back on, in order."""
    found = [*placed(person), *(applying(person, today) if person.is_student else ())]
    if person.is_employer:
        found += posted(person)
    return sorted((day for day in found if day.on >= today - BACK), key=lambda day: (day.on, day.id))


def applying(student: Person, today: date) -> Iterator[Day]:
    """The last days to apply for what they saved or began, and to answer offers."""
    writing = Application.select(Application.posting).where(
        Application.student == student, Application.state == ApplicationState.DRAFT
    )
    saved = Saved.select(Saved.posting).where(Saved.student == student)
    sent = Application.select(Application.posting).where(
        Application.student == student, Application.submitted_at.is_null(False)
    )
    wanted = (Posting.id.in_(writing) | Posting.id.in_(saved)) & Posting.id.not_in(sent)
    live = Posting.is_live_on(today) & Posting.apply_by.is_null(False)
    for posting in Posting.select(Posting.id, Posting.title, Posting.apply_by).where(wanted, live):
        words = _("Last day to apply: %(title)s", title=posting.title)
        yield Day(f"apply-{posting.id}", posting.apply_by, words, f"/projects/{posting.id}")
    offers = Application.select(Application.id, Application.answer_by, Posting.title).join(Posting)
    for offer in offers.where(Application.student == student, Application.state == ApplicationState.OFFERED):
        words = _("Last day to answer the offer: %(title)s", title=offer.posting.title)
        yield Day(f"offer-{offer.id}", offer.answer_by, words, f"/applications/{offer.id}")


def posted(person: Person) -> Iterator[Day]:
    """Of an employer: when their projects take no more applications, and when they decide."""
    columns = (Posting.id, Posting.title, Posting.apply_by, Posting.decide_by)
    on_board = Posting.state.in_((PostingState.OPEN, PostingState.PAUSED))
    for posting in Posting.select(*columns).where(Posting.employer == person.employer_id, on_board):
        path = f"/employer/postings/{posting.id}/applicants"
        if posting.apply_by:
            words = _("Last day for students to apply: %(title)s", title=posting.title)
            yield Day(f"apply-{posting.id}", posting.apply_by, words, path)
        if posting.decide_by:
            yield Day(f"decide-{posting.id}", posting.decide_by, _("Decide: %(title)s", title=posting.title), path)


def placed(person: Person) -> Iterator[Day]:
    """Of placements: start, milestones, hand-in, check-ins, pay. A teacher's are those they lead or cover."""
    open_ones = Placement.seen_by(person).where(Placement.state.in_(OPEN))
    if person.is_teacher:
        open_ones = open_ones.where((Placement.lead == person.id) | (Placement.cover == person.id))
    with_title = open_ones.select(Placement, Application.id, Posting.title).join(Application).join(Posting)
    titles, running = {}, []
    for placement in with_title:
        title, path = placement.posting.title, f"/placements/{placement.id}"
        titles[placement.id] = title
        if placement.starts_on:
            yield Day(f"start-{placement.id}", placement.starts_on, _("Start: %(title)s", title=title), path)
        if placement.due_on:
            yield Day(f"due-{placement.id}", placement.due_on, _("Hand in: %(title)s", title=title), path)
        if placement.state in (PlacementState.AGREED, *RUNNING):
            running.append(placement.id)
    yield from parts(person, running, titles)


def parts(person: Person, running: list[int], titles: dict[int, str]) -> Iterator[Day]:
    """Milestones, check-ins and pay of agreed and running placements."""
    milestones = PlacementMilestone.select().where(
        PlacementMilestone.placement.in_(running), PlacementMilestone.due_on.is_null(False)
    )
    for one in milestones:
        title = titles[one.placement_id]
        words = _("%(milestone)s: %(title)s", milestone=one.title, title=title)
        yield Day(f"milestone-{one.id}", one.due_on, words, f"/placements/{one.placement_id}#plan")
    check_ins = CheckIn.select().where(CheckIn.placement.in_(running), CheckIn.answered_at.is_null())
    if not person.is_teacher:
        check_ins = check_ins.where(CheckIn.party == person.role)
    for one in check_ins:
        words = _("Check-in: %(title)s", title=titles[one.placement_id])
        yield Day(f"check-in-{one.id}", one.due_on, words, f"/placements/{one.placement_id}#checkins")
    payments = Payment.select().where(
        Payment.placement.in_(running), Payment.due_on.is_null(False), Payment.paid_on.is_null()
    )
    for one in payments:
        words = _("Pay is due: %(title)s", title=titles[one.placement_id])
        yield Day(f"pay-{one.placement_id}", one.due_on, words, f"/placements/{one.placement_id}#payment")
