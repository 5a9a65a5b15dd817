"""The state machine: what a move is, and the one door through which a state changes.

`make` asks whether this person may, changes the state only if it is still where the move starts,
and writes the Step in the same transaction. The Step is the history people read and the outbox
that notices are made from.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from peewee import SQL, CharField, ForeignKeyField, IntegerField, Node, TextField, chunked, fn

from board.audit import trail
from board.db import Moment, Table, database
from board.people.model import Person, Role
from board.words import N_, Marked, Said


class NotAllowed(Exception):
    """This person may not make this move."""


class TooLate(Said):
    """Somebody got there first: the thing is no longer where the move starts. Carries that Step, if any."""

    def __init__(self, step: "Step | None", label: str = ""):
        self.step = step
        # employers never learn a student's name, and a student knows what they did themself
        if step and step.person and not step.person.is_student:
            super().__init__(
                N_("%(name)s was first: this is now “%(state)s”."),
                name=step.person.name,
                state=Marked(label or step.to_state),
            )
        else:
            super().__init__(N_("This has changed in the meantime. Here is how it stands now."))


class Refused(Said):
    """A rule that needs the world says no; the sentence says what to do."""


def anyone(person, thing) -> bool:
    return True


@dataclass(frozen=True)
class Move:
    """One allowed change of state. `by`: roles; an empty tuple means the board itself.

    `if_` is asked of (person, thing) for what a role alone cannot say, such as "their own".
    """

    name: str
    label: str
    start: tuple[str, ...]
    to: str
    by: tuple[Role, ...] = ()
    if_: Callable[[Person, object], bool] = anyone
    reason: bool = False  # words are required
    quiet: bool = False  # drawn as a secondary action
    danger: bool = False  # drawn in brick

    def allows(self, person: Person | None, thing) -> bool:
        """May this person make this move on this thing as it stands? `None` is the board itself."""
        if thing.state not in self.start:
            return False
        if person is None:
            return not self.by
        return person.role in self.by and person.ended_at is None and self.if_(person, thing)


def open_to(moves: dict[str, Move], person: Person, thing) -> list[Move]:
    """The moves a page offers: what you see is what you may do."""
    return [move for move in moves.values() if move.allows(person, thing)]


class Step(Table):
    """One move that was made: who, when, from, to, why. Never changed, but for `told_at`; and words go when they
    were kept long enough, or whoever they are about is erased (see privacy)."""

    noun = CharField(20)
    noun_id = IntegerField()
    move = CharField(30)
    person = ForeignKeyField(Person, null=True, on_delete="SET NULL", backref="steps")
    from_state = CharField(20, default="")
    to_state = CharField(20)
    reason = TextField(default="")
    detail = TextField(default="")  # JSON, for what a notice or a page needs to know
    at = Moment()
    told_at = Moment(null=True)  # notices were made from it
    tell_at = Moment(null=True)  # not before: a decision can be taken back until then

    class Meta:
        indexes = [(("noun", "noun_id"), False)]

    @property
    def facts(self) -> dict:
        return json.loads(self.detail) if self.detail else {}

    @classmethod
    def of(cls, thing):
        """The history of one thing, oldest first, with the people in it."""
        return (
            cls.select(cls, Person)
            .left_outer_join(Person)
            .where(cls.noun == noun(thing), cls.noun_id == thing.id)
            .order_by(cls.id)
        )


Step.add_index(Step.id, where=SQL("told_at IS NULL"), name="step_untold")


def noun(thing) -> str:
    return thing._meta.table_name


# called after the commit of every Step, so that whoever tells people of it looks now and not in a minute
woken: list[Callable[[], None]] = []


_later: ContextVar[datetime | None] = ContextVar("later", default=None)


@contextmanager
def told_later(at: datetime) -> Iterator[None]:
    """Nobody hears of the Steps written in here before this moment."""
    before = _later.set(at)
    try:
        yield
    finally:
        _later.reset(before)


def record(
    thing, move: str, person: Person | None, to: str, start: str = "", reason: str = "", detail=None, at=None
) -> Step:
    """Write a Step. Moves go through `make`; this alone is for births and edits."""
    extra = ({"at": at} if at else {}) | {"tell_at": _later.get()}
    with trail.whole():
        step = Step.create(
            noun=noun(thing), noun_id=thing.id, move=move, person=person, from_state=start, to_state=to,
            reason=reason, detail=json.dumps(detail) if detail else "", **extra,
        )  # fmt: skip
        entry = trail.entry_of(step.id, step.noun, step.noun_id, move, step.person_id, str(start), str(to), detail)
        trail.note_all([entry])
    for wake in woken:
        database.after_commit(wake)
    return step


CHUNK = 100  # rows of one INSERT: SQLite takes a limited number of values


def record_many(rows: list[dict]) -> None:
    """Steps of many things in a few statements, each a row of the table. Nobody is woken for them."""
    with trail.whole():
        last = Step.select(fn.MAX(Step.id)).scalar() or 0  # nobody else writes until this transaction ends
        for some in chunked(rows, CHUNK):
            Step.insert_many(some).execute()
        trail.note_all([
            trail.entry_of(
                last + number, row["noun"], row["noun_id"], row["move"], row.get("person"), row.get("from_state", ""),
                str(row["to_state"]), json.loads(row["detail"]) if row.get("detail") else None,
            )
            for number, row in enumerate(rows, 1)
        ])  # fmt: skip


def make(move: Move, thing, person: Person | None, reason: str = "", detail=None, columns=None, **more) -> Step:
    """Make a move, or raise NotAllowed (role), Refused (words missing) or TooLate (state has moved on).

    `columns` and `more` are written in the same UPDATE. The thing in memory is brought up to date.
    """
    columns = (columns or {}) | more
    model = type(thing)
    if person is not None and (person.role not in move.by or person.ended_at or not move.if_(person, thing)):
        raise NotAllowed(move.name)
    if person is None and move.by:
        raise NotAllowed(move.name)
    if move.reason and not reason.strip():
        raise Refused(N_("Please say why, in a sentence the other side can use."))
    with database.atomic():
        start = model.select(model.state).where(model.id == thing.id).scalar()
        changed = (
            model.update(state=str(move.to), **columns)
            .where(model.id == thing.id, model.state.in_([str(state) for state in move.start]))
            .execute()
        )
        if not changed:
            now_is = model.get_or_none(model.id == thing.id)
            raise TooLate(Step.of(thing).order_by(Step.id.desc()).first(), getattr(now_is, "state_label", ""))
        thing.state = str(move.to)
        for name, value in columns.items():
            if not isinstance(value, Node):
                setattr(thing, name, value)
        step = record(thing, move.name, person, str(move.to), start, reason.strip(), detail)
        tell(thing, step)
        return step


def tell(thing, step: Step) -> None:
    """Let the nouns further on follow; `make` does this by itself, a recorded edit asks for it."""
    for follow in followers.get((noun(thing), step.move), ()):
        follow(thing, step)


followers: dict[tuple[str, str], list[Callable]] = {}


def follows(thing_noun: str, *move_names: str):
    """Run a function (thing, step) in the transaction of a move: how a noun further on reacts to one before it.

    A closed posting answers its applicants, though postings know nothing of applications.
    """

    def keep(function):
        for name in move_names:
            followers.setdefault((thing_noun, name), []).append(function)
        return function

    return keep
