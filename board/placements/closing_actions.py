"""An employer closes a small project on one page: accepts the work, confirms the hours, says what is paid, and how it was.

One transaction and a Step for each thing it did.
"""

import zlib
from dataclasses import dataclass
from datetime import date

from board.db import database
from board.moves import NotAllowed, Refused, TooLate
from board.people.model import Person
from board.placements import handing_actions, hours_actions, payment_actions
from board.placements.completing_actions import last_delivery
from board.placements.feedback_actions import give_employer
from board.placements.hold_actions import must_run
from board.placements.model import Delivery, EmployerFeedback, HoursEntry, HoursState, Payment, Placement, State
from board.placements.rules import is_party


class WrongDay(Refused):
    """The day on which it was paid cannot be right."""


@dataclass(frozen=True)
class Closing:
    """What the page shows, and what is still to do on it."""

    placement: Placement
    delivery: Delivery | None
    entries: list[HoursEntry]
    payment: Payment | None
    feedback: EmployerFeedback | None

    @classmethod
    def of(cls, placement: Placement) -> "Closing":
        return cls(
            placement, last_delivery(placement),
            list(HoursEntry.select().where(HoursEntry.placement == placement).order_by(HoursEntry.worked_on, HoursEntry.id)),
            Payment.get_or_none(Payment.placement == placement),
            EmployerFeedback.get_or_none(EmployerFeedback.placement == placement),
        )  # fmt: skip

    @property
    def is_accepted(self) -> bool:
        return bool(self.delivery and self.delivery.accepted)

    @property
    def waiting(self) -> list[HoursEntry]:
        return [entry for entry in self.entries if entry.state != HoursState.CONFIRMED]

    @property
    def asks_for_pay(self) -> bool:
        return bool(self.placement.pay_cents) and not (self.payment and self.payment.paid_on)

    @property
    def is_done(self) -> bool:
        """But for the pay, which may come later."""
        return self.is_accepted and not self.waiting and self.feedback is not None

    @property
    def mark(self) -> str:
        """What somebody has before them: they confirm the hours they have read, and nothing else."""
        hours = [(e.id, e.minutes, e.worked_on, e.starts_at, e.ends_at, e.did, e.state) for e in self.entries]
        number = self.delivery.number if self.delivery else 0
        rest = f"{self.is_accepted:d}{self.asks_for_pay:d}{self.feedback is not None:d}"
        return f"{number}-{zlib.crc32(repr(hours).encode())}-{rest}"


def may_close(person: Person, placement: Placement) -> bool:
    return (
        person.is_employer and is_party(person, placement) and placement.is_small and placement.state == State.DELIVERED
    )


def close(
    placement: Placement, person: Person, seen: str, paid_on: date | None, ratings: dict[str, int], quote: str = ""
) -> None:
    """Everything that is still to do, or nothing of it. `seen`: the mark of what they had before them.

    Raises TooLate when that has changed, Refused with what is wrong.
    """
    if not person.is_employer or person.ended_at or not is_party(person, placement):
        raise NotAllowed("close")
    with database.atomic():
        fresh = must_run(placement)
        case = Closing.of(fresh)
        if not may_close(person, fresh) or case.delivery is None or seen != case.mark:
            raise TooLate(None)
        if not case.is_accepted:
            handing_actions.accept(fresh, person, case.delivery.number)
        if case.waiting:
            hours_actions.confirm(fresh, person, [(entry.id, hours_actions.stamp_of(entry)) for entry in case.waiting])
        if paid_on and case.asks_for_pay:
            try:
                payment_actions.say_paid(fresh, person, paid_on)
            except Refused as wrong:
                raise WrongDay(wrong.words, **wrong.values) from None
        if case.feedback is None:
            give_employer(fresh, person, ratings, {}, quote)
