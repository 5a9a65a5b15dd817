"""What is kept no longer than the school says: found by day, so that one may look ahead, and let go of in batches."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from peewee import ModelSelect

from board.applications.model import Answer, Application, Evidence, Reading
from board.db import database, now
from board.moves import Refused, Step, record
from board.notices import Notice
from board.people.model import Key, MailLink, Person, SignIn, Slowdown
from board.placements.model import CheckIn, Delivery, Message, MessageRead
from board.postings.desk_model import Approval, Claim, Decision
from board.postings.model import Viewing
from board.privacy import due
from board.privacy.erase import erase
from board.privacy.model import Access
from board.privacy.rules import days_kept
from board.school.model import School, today
from board.words import N_

log = logging.getLogger(__name__)

BATCH = 500  # rows of one transaction

_data = Path()


def use(data: Path) -> None:
    """Point this process at the board's data."""
    global _data
    _data = data


@dataclass(frozen=True)
class Kind:
    """One kind of thing that goes: `find(before)` gives the rows that are old enough, `go(ids)` lets go of some."""

    name: str
    term: str
    words: str  # with a %(num)s
    find: Callable[[datetime], ModelSelect]
    go: Callable[[list[int]], None]
    most: int | None = None  # of one night, each in a transaction of its own


def let_people_go(ids: list[int]) -> None:
    """Each by themself: to erase one takes a second of a big board."""
    for person in list(Person.select().where(Person.id.in_(ids))):  # all read before the first is written
        try:
            erase(person, None, _data)
        except Refused:  # something holds them since they were counted
            log.warning("person %s is not erased yet", person.id)


def let_applications_go(ids: list[int]) -> None:
    for model in (Answer, Evidence, Reading):
        model.delete().where(model.application.in_(ids)).execute()
    Application.update(why="").where(Application.id.in_(ids)).execute()


def let_messages_go(ids: list[int]) -> None:
    of = {number for (number,) in Message.select(Message.placement).where(Message.id.in_(ids)).tuples()}
    Message.delete().where(Message.id.in_(ids)).execute()
    empty = of - {n for (n,) in Message.select(Message.placement).where(Message.placement.in_(of)).tuples()}
    MessageRead.delete().where(MessageRead.placement.in_(empty)).execute()


def deleted(model) -> Callable[[list[int]], None]:
    return lambda ids: model.delete().where(model.id.in_(ids)).execute()


def emptied(model, **values) -> Callable[[list[int]], None]:
    return lambda ids: model.update(**values).where(model.id.in_(ids)).execute()


DESK = N_("Notes of the review desk: %(num)s")
KINDS = (
    Kind("people", "left", N_("People erased: %(num)s"), due.left, let_people_go, most=50),
    Kind("applications", "rejected", N_("Applications without their words: %(num)s"), due.answered, let_applications_go),
    Kind("messages", "messages", N_("Messages: %(num)s"), due.messages, let_messages_go),
    Kind("deliveries", "messages", N_("Words of what was handed in: %(num)s"), due.handed_in, emptied(Delivery, words="", answer="")),
    Kind("check_ins", "messages", N_("Words of check-ins: %(num)s"), due.check_ins, emptied(CheckIn, words="")),
    Kind("sign_ins", "logs", N_("Old sign-ins: %(num)s"), due.sign_ins, deleted(SignIn)),
    Kind("keys", "logs", N_("Codes and links that were used or are too old: %(num)s"), due.since(Key.used_at, Key.expires_at), deleted(Key)),
    Kind("links", "logs", N_("Links that were mailed: %(num)s"), due.since(MailLink.created_at), deleted(MailLink)),
    Kind("tries", "logs", N_("Counts of failed sign-ins: %(num)s"), due.since(Slowdown.last_at), deleted(Slowdown)),
    Kind("notices", "logs", N_("Notices: %(num)s"), due.since(Notice.created_at), deleted(Notice)),
    Kind("looks", "logs", N_("Notes of who opened a student’s record: %(num)s"), due.since(Access.at), deleted(Access)),
    Kind("reasons", "logs", N_("Reasons in the history: %(num)s"), due.reasons, emptied(Step, reason="")),
    Kind("claims", "logs", DESK, due.since(Claim.at), deleted(Claim)),
    Kind("approvals", "logs", DESK, due.since(Approval.made_at), deleted(Approval)),
    Kind("decisions", "logs", DESK, due.since(Decision.made_at), deleted(Decision)),
    Kind("viewings", "logs", DESK, due.since(Viewing.seen_at), deleted(Viewing)),
)  # fmt: skip
DID = {kind.name: kind.words for kind in KINDS}


def before(term: str, day: date) -> datetime:
    """What is as old as this on a day goes that night."""
    return datetime.combine(day, time()) - timedelta(days=days_kept(School.here())[term])


def counts(day: date) -> dict[str, int]:
    """How much of each kind would go in the night of a day: the dry run, also of a day to come."""
    return {kind.name: most_of(kind, kind.find(before(kind.term, day)).count()) for kind in KINDS}


def most_of(kind: Kind, number: int) -> int:
    return min(number, kind.most) if kind.most else number


def tidy(day: date | None = None) -> dict[str, int]:
    """Let go of what is old enough; run again it finds nothing, but for people beyond the most of a night. What was done
    stands in a Step, as counts."""
    day = day or today()
    database.execute_sql("PRAGMA secure_delete = ON")
    done = {kind.name: let_go(kind, before(kind.term, day)) for kind in KINDS}
    done = {name: number for name, number in done.items() if number}
    school = School.here()
    if done and school:
        with database.atomic():
            record(school, "tidy", None, "", detail={"counts": done, "day": day.isoformat()}, at=now())
    return done


def let_go(kind: Kind, moment: datetime) -> int:
    """Returns how many."""
    if kind.most:
        waiting = kind.find(moment).count()
        kind.go([number for (number,) in kind.find(moment).limit(kind.most).tuples()])
        return waiting - kind.find(moment).count()
    gone = 0
    while ids := [number for (number,) in kind.find(moment).limit(BATCH).tuples()]:
        with database.atomic():
            kind.go(ids)
        gone += len(ids)
    return gone
