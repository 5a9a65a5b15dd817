"""What waits in placements, known for many at once by a fixed number of queries; whose turn it is stands in turns.py."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from peewee import Case, fn

from board.guardians.actions import answers_of
from board.guardians.model import GuardianAnswer, is_minor
from board.guardians.rules import Consent, consent
from board.placements.agreement_rules import unfilled
from board.placements.model import (
    Agreement,
    CheckIn,
    Delivery,
    EmployerFeedback,
    HoursEntry,
    HoursState,
    Message,
    Party,
    Payment,
    Placement,
    PlacementMilestone,
    Signature,
    StudentFeedback,
)
from board.school.model import day_of


@dataclass
class Facts:
    """What is known of one placement beside its own row."""

    placement: Placement
    today: date
    answers: list[GuardianAnswer] = field(default_factory=list)  # of home, and the student's own at 18
    guardian_asked: bool = True  # the school wants a parent's or guardian's yes
    agreement_whole: bool = False  # the training agreement is filled in
    signed: set[str] = field(default_factory=set)  # parties, in the current version of the agreement
    logged: int = 0  # minutes
    confirmed: int = 0  # minutes
    to_confirm: int = 0  # entries
    asked_about: int = 0  # entries
    last_worked: date | None = None
    waits_since: date | None = None  # the oldest entry nobody has confirmed
    delivery: Delivery | None = None  # the last one
    payment: Payment | None = None
    given: set[str] = field(default_factory=set)  # parties that gave feedback
    check_in_due: dict[str, date] = field(default_factory=dict)  # by party, the oldest
    needs_help: date | None = None  # since when somebody asks for help
    held_message: date | None = None  # since when the oldest waits for a teacher
    silent: dict[str, date] = field(default_factory=dict)  # since when, by party; asked for the school alone
    milestone: PlacementMilestone | None = None  # the next one that is not done
    to_accept: date | None = None  # since when a milestone that is done waits for the employer

    @property
    def open_hours(self) -> int:
        """Entries that have to be confirmed before a teacher signs off without saying why."""
        return self.to_confirm + self.asked_about

    @property
    def consent(self) -> Consent:
        """As guardian.asked: whoever is under 18 today, whatever they are on the first day."""
        student, matched = self.placement.application.student, day_of(self.placement.created_at)
        asks = self.guardian_asked or bool(student.directory_opt_out)
        return consent(self.answers, is_minor(student, self.today), is_minor(student, matched), asks)

    @property
    def needs_guardian(self) -> bool:
        return self.consent.is_missing and not self.consent.of_student

    @property
    def needs_own_yes(self) -> bool:
        """The student has turned 18, and what home had not agreed to waits for them."""
        return self.consent.is_missing and self.consent.of_student

    def can_sign(self, party: Party) -> bool:
        """The training agreement waits for this party's name."""
        return self.agreement_whole and party not in self.signed


def facts_of(placements: Iterable[Placement], guardian_asked: bool, today: date) -> dict[int, Facts]:
    """By id. The placements come with application, posting and student."""
    found = {placement.id: Facts(placement, today, guardian_asked=guardian_asked) for placement in placements}
    ids = list(found)
    if not ids:
        return found
    answers = answers_of([one.placement.application_id for one in found.values()])
    for one in found.values():
        one.answers = answers[one.placement.application_id]
    for agreement in Agreement.select().where(Agreement.placement.in_(ids)):
        one = found[agreement.placement_id]
        one.agreement_whole = not unfilled(agreement, one.placement)
    current = (Agreement.placement == Signature.placement) & (Agreement.version == Signature.version)
    signed = Signature.select(Signature.placement, Signature.party).join(Agreement, on=current)
    for number, party in signed.where(Signature.placement.in_(ids)).tuples():
        found[number].signed.add(party)
    hours(found, ids)
    last = Delivery.alias()
    newest = last.select(fn.MAX(last.number)).where(last.placement == Delivery.placement)
    for one in Delivery.select().where(Delivery.placement.in_(ids), Delivery.number == newest):
        found[one.placement_id].delivery = one
    for one in Payment.select().where(Payment.placement.in_(ids)):
        found[one.placement_id].payment = one
    for table, party in ((EmployerFeedback, Party.EMPLOYER), (StudentFeedback, Party.STUDENT)):
        for (number,) in table.select(table.placement).where(table.placement.in_(ids)).tuples():
            found[number].given.add(party)
    check_ins(found, ids, today)
    held = Message.select(Message.placement, Message.held_at).where(
        Message.placement.in_(ids), Message.held_at.is_null(False), Message.passed_at.is_null(), Message.stopped_at.is_null()
    )  # fmt: skip
    for number, at in held.order_by(Message.id.desc()).tuples():
        found[number].held_message = day_of(at)  # the oldest is written last
    ahead = PlacementMilestone.select().where(
        PlacementMilestone.placement.in_(ids), PlacementMilestone.accepted_at.is_null()
    )
    for one in ahead.order_by(PlacementMilestone.placement, PlacementMilestone.position.desc()):
        if one.done_at is None:
            found[one.placement_id].milestone = one  # the first in order is written last
        else:
            found[one.placement_id].to_accept = day_of(one.done_at)
    return found


def hours(found: dict[int, Facts], ids: list[int]) -> None:
    def in_state(state: HoursState, value=1):
        return fn.SUM(Case(None, ((HoursEntry.state == state, value),), 0))

    waits = fn.MIN(Case(None, ((HoursEntry.state == HoursState.LOGGED, HoursEntry.worked_on),), None))
    rows = HoursEntry.select(
        HoursEntry.placement, fn.SUM(HoursEntry.minutes), in_state(HoursState.CONFIRMED, HoursEntry.minutes),
        in_state(HoursState.LOGGED), in_state(HoursState.QUERIED), fn.MAX(HoursEntry.worked_on), waits,
    )  # fmt: skip
    for number, logged, confirmed, to_confirm, asked, last, since in (
        rows.where(HoursEntry.placement.in_(ids)).group_by(HoursEntry.placement).tuples()
    ):
        one = found[number]
        one.logged, one.confirmed, one.to_confirm, one.asked_about = logged, confirmed, to_confirm, asked
        one.last_worked, one.waits_since = as_day(last), as_day(since)


def as_day(value: str | date | None) -> date | None:
    """SQLite gives what it counted out as a text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def check_ins(found: dict[int, Facts], ids: list[int], today: date) -> None:
    rows = CheckIn.select().where(CheckIn.placement.in_(ids), CheckIn.due_on <= today)
    open_ones = CheckIn.answered_at.is_null() | (~CheckIn.well & CheckIn.settled_at.is_null())
    for one in rows.where(open_ones).order_by(CheckIn.due_on.desc()):
        facts = found[one.placement_id]
        if one.answered_at is None:
            facts.check_in_due[one.party] = one.due_on
        else:
            facts.needs_help = day_of(one.answered_at)
