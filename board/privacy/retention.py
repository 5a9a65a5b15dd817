"""What is kept no longer than the school says: found by day, so that one may look ahead, and let go of in batches."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from peewee import ModelSelect, fn

from board.applications.model import ENDED as APPLICATION_ENDED
from board.applications.model import Answer, Application, Evidence, Reading
from board.db import database, now
from board.moves import Step, record
from board.notices import Notice
from board.people.model import Key, MailLink, Person, Role, SignIn, Slowdown
from board.placements.model import ENDED, CheckIn, Delivery, Message, MessageRead, Placement
from board.privacy.erase import erase
from board.privacy.holds import held_by
from board.privacy.model import Access, Erasure
from board.privacy.rules import days_kept
from board.reports.freezing import frozen_applications, frozen_placements
from board.school.model import School, today
from board.words import N_

BATCH = 500  # rows of one transaction
PEOPLE = 50  # erased in one night: each is looked for in every text of the board

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


# -- people


def left(before: datetime) -> ModelSelect:
    erased = Erasure.select(Erasure.person)
    roles = (
        Role.STUDENT,
        Role.EMPLOYER,
    )  # what the school's own people approved stays theirs until a coordinator erases them
    return Person.select(Person.id).where(Person.ended_at <= before, Person.role.in_(roles), Person.id.not_in(erased))


def let_people_go(ids: list[int]) -> None:
    for person in Person.select().where(Person.id.in_(ids[:PEOPLE])):
        if held_by(person) is None:
            erase(person, None, _data)


# -- applications


def answered(before: datetime) -> ModelSelect:
    """Applications that ended without a match and have words left."""
    ends = [str(state) for state in APPLICATION_ENDED]
    since = Step.select(Step.noun_id).where(Step.noun == "application", Step.at > before, Step.to_state.in_(ends))
    words = (Application.why != "") | fn.EXISTS(Answer.select().where(Answer.application == Application.id))
    words |= fn.EXISTS(Evidence.select().where(Evidence.application == Application.id))
    kept = Application.id.not_in(since), Application.id.not_in(frozen_applications())
    return Application.select(Application.id).where(
        Application.state.in_(ends), Application.updated_at <= before, *kept, words
    )


def let_applications_go(ids: list[int]) -> None:
    for model in (Answer, Evidence, Reading):
        model.delete().where(model.application.in_(ids)).execute()
    Application.update(why="").where(Application.id.in_(ids)).execute()


# -- messages


def over(before: datetime):
    """Placements that ended so long ago; one that is on hold, or that a case keeps as it is, keeps everything."""
    kept = Placement.held_at.is_null(), Placement.id.not_in(frozen_placements())
    return Placement.select(Placement.id).where(Placement.state.in_(ENDED), Placement.ended_at <= before, *kept)


def old_messages(before: datetime) -> ModelSelect:
    return Message.select(Message.id).where(Message.placement.in_(over(before)))


def let_messages_go(ids: list[int]) -> None:
    of = {number for (number,) in Message.select(Message.placement).where(Message.id.in_(ids)).tuples()}
    Message.delete().where(Message.id.in_(ids)).execute()
    empty = of - {n for (n,) in Message.select(Message.placement).where(Message.placement.in_(of)).tuples()}
    MessageRead.delete().where(MessageRead.placement.in_(empty)).execute()


def old_words(before: datetime) -> ModelSelect:
    return Delivery.select(Delivery.id).where(
        Delivery.placement.in_(over(before)), (Delivery.words != "") | (Delivery.answer != "")
    )


def old_check_ins(before: datetime) -> ModelSelect:
    return CheckIn.select(CheckIn.id).where(CheckIn.placement.in_(over(before)), CheckIn.words != "")


# -- logs


def old_sign_ins(before: datetime) -> ModelSelect:
    """The newest of each person stays: it says that they have come."""
    other = SignIn.alias()
    newest = other.select(fn.MAX(other.id)).group_by(other.person)
    old = (SignIn.ended_at <= before) | (SignIn.seen_at <= before)
    return SignIn.select(SignIn.id).where(old, SignIn.id.not_in(newest))


def old_reasons(before: datetime) -> ModelSelect:
    about = ("application", "placement", "person", "suggestion", "saved_search", "portfolio")
    return Step.select(Step.id).where(Step.noun.in_(about), Step.at <= before, Step.reason != "")


def deleted(model) -> Callable[[list[int]], None]:
    return lambda ids: model.delete().where(model.id.in_(ids)).execute()


def emptied(model, **values) -> Callable[[list[int]], None]:
    return lambda ids: model.update(**values).where(model.id.in_(ids)).execute()


KINDS = (
    Kind("people", "left", N_("People erased: %(num)s"), left, let_people_go),
    Kind("applications", "rejected", N_("Applications without their words: %(num)s"), answered, let_applications_go),
    Kind("messages", "messages", N_("Messages: %(num)s"), old_messages, let_messages_go),
    Kind("deliveries", "messages", N_("Words of what was handed in: %(num)s"), old_words, emptied(Delivery, words="", answer="")),
    Kind("check_ins", "messages", N_("Words of check-ins: %(num)s"), old_check_ins, emptied(CheckIn, words="")),
    Kind("sign_ins", "logs", N_("Old sign-ins: %(num)s"), old_sign_ins, deleted(SignIn)),
    Kind("keys", "logs", N_("Codes and links that were used or are too old: %(num)s"),
         lambda before: Key.select(Key.id).where((Key.used_at <= before) | (Key.expires_at <= before)), deleted(Key)),
    Kind("links", "logs", N_("Links that were mailed: %(num)s"),
         lambda before: MailLink.select(MailLink.id).where(MailLink.created_at <= before), deleted(MailLink)),
    Kind("tries", "logs", N_("Counts of failed sign-ins: %(num)s"),
         lambda before: Slowdown.select(Slowdown.id).where(Slowdown.last_at <= before), deleted(Slowdown)),
    Kind("notices", "logs", N_("Notices: %(num)s"),
         lambda before: Notice.select(Notice.id).where(Notice.created_at <= before), deleted(Notice)),
    Kind("looks", "logs", N_("Notes of who opened a student’s record: %(num)s"),
         lambda before: Access.select(Access.id).where(Access.at <= before), deleted(Access)),
    Kind("reasons", "logs", N_("Reasons in the history: %(num)s"), old_reasons, emptied(Step, reason="")),
)  # fmt: skip
DID = {kind.name: kind.words for kind in KINDS}


def before(term: str, day: date) -> datetime:
    """What is as old as this on a day goes that night."""
    return datetime.combine(day, time()) - timedelta(days=days_kept(School.here())[term])


def counts(day: date) -> dict[str, int]:
    """How much of each kind is old enough on a day: the dry run, also of a day to come."""
    return {kind.name: kind.find(before(kind.term, day)).count() for kind in KINDS}


def tidy(day: date | None = None) -> dict[str, int]:
    """Let go of what is old enough; run again it finds nothing. What was done stands in a Step, as counts."""
    day = day or today()
    done: dict[str, int] = {}
    database.execute_sql("PRAGMA secure_delete = ON")
    for kind in KINDS:
        moment = before(kind.term, day)
        while ids := [number for (number,) in kind.find(moment).limit(BATCH).tuples()]:
            if kind.name == "people":
                kind.go(ids)
                left_over = kind.find(moment).count()
                done[kind.name] = len(ids) - min(left_over, len(ids))
                break  # those that are held stay
            with database.atomic():
                kind.go(ids)
            done[kind.name] = done.get(kind.name, 0) + len(ids)
    done = {name: number for name, number in done.items() if number}
    school = School.here()
    if done and school:
        with database.atomic():
            record(school, "tidy", None, "", detail={"counts": done, "day": day.isoformat()}, at=now())
    return done
