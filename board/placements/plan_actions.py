"""What happens to the plan, and the start: each one transaction and one Step."""

from datetime import date
from hashlib import sha256

from peewee import fn

from board.db import database, now
from board.moves import NotAllowed, Refused, Step, TooLate, follows, make
from board.people.model import Person
from board.placements import agreement_actions as agreements
from board.placements import before_start, checking
from board.placements.actions import note
from board.placements.model import RUNNING, Placement, PlacementMilestone, State
from board.placements.plan_rules import (
    Planned,
    first_plan,
    may_accept,
    may_move_dates,
    may_plan,
    may_set_hand_in,
    may_tick,
    may_untick,
)
from board.placements.rules import MOVES
from board.placements.running import must_stand
from board.postings.model import Milestone, Posting
from board.words import N_, Said


class NotYet(Refused):
    """Something has to be there before work starts: `missing` says what."""

    def __init__(self, missing: list[Said]):
        super().__init__(N_("Something is still missing before work can start."))
        self.missing = missing


@follows("placement", "agree")
def plan_from_posting(placement: Placement, step: Step) -> None:
    """In the transaction of a teacher's yes."""
    posting = Posting.get_by_id(placement.application.posting_id)
    rows = list(posting.milestones.order_by(Milestone.position))
    write(placement, first_plan(rows, placement.starts_on, placement.due_on, placement.is_small))


def write(placement: Placement, plan: list[Planned]) -> None:
    """All of it anew, in this order. The caller's transaction; only before anything of it is done."""
    PlacementMilestone.delete().where(PlacementMilestone.placement == placement).execute()
    for position, one in enumerate(plan, 1):
        PlacementMilestone.create(placement=placement, position=position, title=one.title, due_on=one.due_on)


def milestones_of(placement: Placement) -> list[PlacementMilestone]:
    query = PlacementMilestone.select().where(PlacementMilestone.placement == placement)
    return list(query.order_by(PlacementMilestone.position))


def stamp_of(placement: Placement, milestones: list[PlacementMilestone]) -> str:
    """How the plan stood when a form was drawn, so that nobody overwrites what they have not seen."""
    said = [f"{one.id}:{one.title}:{one.due_on}" for one in milestones]
    return sha256("|".join([str(placement.due_on), *said]).encode()).hexdigest()[:16]


def save_plan(placement: Placement, person: Person, plan: list[Planned], hand_in: date | None, stamp: str) -> None:
    """The plan as it is meant before the start. Who may not set the day of the hand-in leaves it as it is."""
    with database.atomic():
        must_stand(placement, person, (State.AGREED,))
        if not may_plan(person, placement):
            raise NotAllowed
        must_be_as_seen(placement, stamp)
        write(placement, plan)
        if hand_in and may_set_hand_in(person, placement):
            set_hand_in(placement, person, hand_in)
        note(placement, "change_plan", person)


def move_dates(
    placement: Placement, person: Person, days: dict[int, date | None], hand_in: date | None, stamp: str
) -> None:
    """Days alone: of milestones by id, and of the hand-in."""
    with database.atomic():
        must_stand(placement, person, (State.AGREED, State.ACTIVE))
        if not (may_move_dates(person, placement) or may_set_hand_in(person, placement)):
            raise NotAllowed
        must_be_as_seen(placement, stamp)
        moved = []
        for one in milestones_of(placement):
            if one.id in days and one.accepted_at is None and days[one.id] != one.due_on:
                one.due_on = days[one.id]
                one.save()
                moved.append(one.title)
        if hand_in and hand_in != placement.due_on:
            set_hand_in(placement, person, hand_in)
            note(placement, "move_hand_in", person, day=hand_in.isoformat())
        if moved:
            note(placement, "move_dates", person, titles=moved)


def must_be_as_seen(placement: Placement, stamp: str) -> None:
    """In the transaction that writes."""
    fresh = Placement.get_by_id(placement.id)
    placement.due_on, placement.state, placement.started_at = fresh.due_on, fresh.state, fresh.started_at
    if stamp_of(fresh, milestones_of(fresh)) != stamp:
        raise TooLate(None)


def set_hand_in(placement: Placement, person: Person, day: date) -> None:
    """Before the start the training agreement names another day then, and is signed anew."""
    if day == placement.due_on:
        return
    placement.due_on = day
    placement.save()
    if placement.is_small:
        PlacementMilestone.update(due_on=day).where(PlacementMilestone.placement == placement).execute()
    if placement.state == State.AGREED:
        agreements.renew(placement, person, ["due_on"])


# -- start


def start(placement: Placement, person: Person) -> Step:
    """Work begins. Early is fine; after the day of the hand-in it is not."""
    with database.atomic():
        must_stand(placement, person, (State.AGREED,))
        found = before_start.look(placement)
        lacking = before_start.missing(placement, found)
        if lacking:
            raise NotYet(lacking)
        checking.keep_start(placement, person, bool(found.agreement.permit_number), not found.guardian.is_missing)
        return make(MOVES["start"], placement, person, started_at=now())


# -- while it runs


def tick(milestone: PlacementMilestone, placement: Placement, person: Person) -> None:
    change(milestone, placement, person, may_tick, "milestone_done", done_at=now())


def untick(milestone: PlacementMilestone, placement: Placement, person: Person) -> None:
    change(milestone, placement, person, may_untick, "milestone_undone", done_at=None)


def accept(milestone: PlacementMilestone, placement: Placement, person: Person) -> None:
    change(milestone, placement, person, may_accept, "milestone_accepted", accepted_at=now())


def change(milestone: PlacementMilestone, placement: Placement, person: Person, allowed, what: str, **columns) -> None:
    """One mark on one milestone, as it stands in the database now."""
    with database.atomic():
        must_stand(placement, person, RUNNING)
        mine = person.is_employer if allowed is may_accept else person.is_student
        if not mine or placement.is_small:
            raise NotAllowed
        fresh = PlacementMilestone.get_or_none(
            PlacementMilestone.id == milestone.id, PlacementMilestone.placement == placement
        )
        if fresh is None or not allowed(person, placement, fresh):
            raise TooLate(None)
        PlacementMilestone.update(**columns).where(PlacementMilestone.id == fresh.id).execute()
        note(placement, what, person, title=fresh.title)


# -- a small project's one milestone is the hand-in itself


@follows("placement", "deliver")
def handed_in(placement: Placement, step: Step) -> None:
    small_says(placement, done_at=now())


@follows("placement", "send_back")
def sent_back(placement: Placement, step: Step) -> None:
    small_says(placement, done_at=None, accepted_at=None)


@follows("placement", "complete")
def completed(placement: Placement, step: Step) -> None:
    small_says(placement, done_at=fn.COALESCE(PlacementMilestone.done_at, now()), accepted_at=now())


def small_says(placement: Placement, **columns) -> None:
    if placement.is_small:
        PlacementMilestone.update(**columns).where(PlacementMilestone.placement == placement).execute()
